"""Drafts and planned items in their real page: for staff, and by a signed link for people without an account."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from publishing.page_cache import never_cache_for_strangers

SALT = "publishing.preview"


def make_link(item):
    token = signing.dumps([item._meta.label_lower, item.pk], salt=SALT, compress=True)
    return reverse("preview", args=[token])


def link_ends_at():
    return timezone.now() + timedelta(days=settings.PREVIEW_LINK_DAYS)


@require_safe
def shared_preview(request, token):
    try:
        label, pk = signing.loads(token, salt=SALT, max_age=timedelta(days=settings.PREVIEW_LINK_DAYS))
    except signing.SignatureExpired:
        return never_cache_for_strangers(render(request, "publishing/preview_expired.html", status=410))
    except signing.BadSignature as error:
        raise Http404 from error
    item = _item(label, pk)
    if item is None:
        return never_cache_for_strangers(render(request, "publishing/preview_expired.html", status=410))
    return render_preview(request, item)


def _item(label, pk):
    try:
        return apps.get_model(label)._base_manager.filter(pk=pk).first()
    except LookupError:
        return None  # The link is older than an update that removed this kind of content.


def render_preview(request, item, *, edit_path=None):
    """The item's real page, marked as a preview, kept by nobody. `edit_path` leads those who may edit it back."""
    view_class = admin.site.get_model_admin(type(item)).preview_view
    request.is_preview = True
    view = view_class.as_view(
        queryset=type(item).objects.with_page_parts(), extra_context={"preview_of": item, "edit_path": edit_path}
    )
    response = view(request, slug=item.slug)
    response.render()
    return never_cache_for_strangers(response)
