"""What a browser sends when an editor saves an article."""

from django.utils.timezone import localtime


def form_data(article=None, **changes):
    data = {
        "kind": "news",
        "rubric": "",
        "kicker": "",
        "title": "Ein Titel",
        "teaser": "Ein Vorspann.",
        "body": "<p>Ein Text.</p>",
        "image": "",
        "release_statement": "",
        "contact": "",
        "publish_from_0": "",
        "publish_from_1": "",
        "publish_until_0": "",
        "publish_until_1": "",
        "featured_until_0": "",
        "featured_until_1": "",
        "slug": "",
        "seen_edit_number": "",
        "correction": "",
        "corrected_at_0": "",
        "corrected_at_1": "",
    }
    if article:
        data |= {
            "kind": article.kind,
            "rubric": article.rubric_id or "",
            "title": article.title,
            "teaser": article.teaser,
            "body": article.body,
            "slug": article.slug,
            "seen_edit_number": article.edit_number,
        }
        if article.publish_from:
            local = localtime(article.publish_from)
            data |= {"publish_from_0": f"{local:%d.%m.%Y}", "publish_from_1": f"{local:%H:%M}"}
    for prefix, rows in (("links", _link_rows(article)), ("downloads", []), ("gallery", [])):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | changes


def _link_rows(article):
    links = article.links.all() if article else []
    return [
        {"id": one.pk, "article": article.pk, "kind": one.kind, "label": one.label, "url": one.url, "order": one.order}
        for one in links
    ]


def change_path(article):
    return f"/admin/news/article/{article.pk}/change/"
