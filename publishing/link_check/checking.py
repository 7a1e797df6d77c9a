"""Which links there are, which of them are due, and what they answered."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from publishing.link_check import inside, outside
from publishing.link_check.collecting import all_links, link_fields, urls_of
from publishing.links import is_internal
from publishing.models import LinkCheck, LinkUse
from publishing.models.link import digest_of

AT_ONCE = 500


@transaction.atomic
def write_down_all_links():
    """The tables then know exactly the links that stand somewhere today; what they answered before is kept."""
    found = list(all_links())
    links = _links_of({one.url for one in found})
    wanted = {(links[one.url], *_place(one)): one for one in found}
    kept = {}
    for use in LinkUse.objects.all():
        key = (use.link_id, use.row_type_id, use.row_id, use.field_label)
        if key in wanted:
            kept[key] = use
        else:
            use.delete()
    for key, use in kept.items():
        if use.is_public != wanted[key].is_public:
            use.is_public = wanted[key].is_public
            use.save(update_fields=["is_public"])
    new = [_use(key, one) for key, one in wanted.items() if key not in kept]
    LinkUse.objects.bulk_create(new, batch_size=AT_ONCE)
    LinkCheck.objects.filter(uses=None).delete()


def _links_of(urls):
    """{url: key}; of new addresses, too."""
    digests = {url: digest_of(url) for url in sorted(urls)}
    known = set(LinkCheck.objects.values_list("digest", flat=True))
    new = [
        LinkCheck(url=url, digest=digest, is_internal=is_internal(url))
        for url, digest in digests.items()
        if digest not in known
    ]
    LinkCheck.objects.bulk_create(new, batch_size=AT_ONCE)
    keys = dict(LinkCheck.objects.values_list("digest", "pk"))
    return {url: keys[digest] for url, digest in digests.items()}


def _place(found):
    return ContentType.objects.get_for_model(found.row).pk, found.row.pk, found.field_label[:120]


def _use(key, found):
    link, row_type, row, label = key
    return LinkUse(
        link_id=link,
        row_type_id=row_type,
        row_id=row,
        field_label=label,
        owner_type=ContentType.objects.get_for_model(found.owner),
        owner_id=found.owner.pk,
        is_public=found.is_public,
    )


def due_links(only_internal=False):
    """What visitors meet first, then what was waiting longest."""
    is_public = Exists(LinkUse.objects.filter(link=OuterRef("pk"), is_public=True))
    links = LinkCheck.objects.due().annotate(is_met=is_public).order_by("-is_met", "-is_internal", "next_at", "pk")
    return links.filter(is_internal=True) if only_internal else links


def check(links, *, asker=None, advance=lambda: None):
    """Asks for each of `links` and keeps the answers at once: a run that is stopped loses none. Counts outcomes."""
    outcomes = Counter()
    if not links:
        return outcomes
    askers = {True: inside.Asker(), False: asker or outside.Asker()}
    for link in links:
        # Of two runs at the same time only one asks.
        if LinkCheck.objects.hold(link):
            answer = askers[link.is_internal].ask(link.url)
            link.note(answer.outcome, answer.status_code, answer.reason)
            outcomes["broken" if link.is_broken else str(link.outcome)] += 1
        advance()
    return outcomes


def forget_what_is_mended(owner):
    """After a save: a link that no longer stands there is nobody's task. New ones are found by the next run."""
    for use in LinkUse.objects.of(owner).select_related("link", "row_type"):
        if not _still_stands(use):
            use.delete()


def _still_stands(use):
    row = use.row_type.model_class()._base_manager.filter(pk=use.row_id).first()
    return row is not None and any(use.link.url in urls_of(row, field) for field in link_fields(type(row)))
