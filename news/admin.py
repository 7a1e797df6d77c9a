from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from clusters.admin import ClusterChoosing
from news.models import Article, ArticleDownload, ArticleImage, ArticleLink, PressOffice, Rubric
from news.views import ArticleDetail
from publishing.admin.base import HistoryAdmin, PortalAdmin, PortalInline
from publishing.admin.published import PublishedAdmin, PublishedForm


class ArticleForm(PublishedForm):
    """Asks before words that age go public: once for each word, then the editor's answer stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ageing_words = []

    def _post_clean(self):
        super()._post_clean()
        if not self.instance.released or self.errors:
            return
        words = self.instance.ageing_words()
        if "keep_ageing_words" in self.data:
            self.instance.keep_ageing_words(words)
        elif words:
            self.ageing_words = words
            self.add_error(None, f"{soon_wrong(words)} Oben können Sie sie trotzdem behalten.")


def soon_wrong(words):
    listed = ", ".join(f"„{word}“" for word in words)
    return f"Diese Wörter stimmen bald nicht mehr: {listed}. Besser ist ein Datum."


class ArticleImageInline(PortalInline):
    model = ArticleImage


class ArticleLinkInline(PortalInline):
    model = ArticleLink


class ArticleDownloadInline(PortalInline):
    model = ArticleDownload
    autocomplete_fields = ("document",)


@admin.register(Article)
class ArticleAdmin(ClusterChoosing, PublishedAdmin):
    form = ArticleForm
    preview_view = ArticleDetail
    list_display = (
        "title",
        "kind",
        "rubric",
        "state_label",
        "publish_from_label",
        "changed_label",
        "last_editor",
    )
    list_filter = (*PublishedAdmin.list_filter, "kind", "rubric")
    list_select_related = ("rubric",)
    autocomplete_fields = ("contact", "related")
    inlines = (ArticleLinkInline, ArticleDownloadInline, ArticleImageInline)
    fieldsets = (
        (None, {"fields": (("kind", "rubric"), "kicker", "title", "teaser", "body", "clusters")}),
        ("Bild", {"fields": ("image",)}),
        ("Presse und Kontakt", {"fields": ("release_statement", "contact")}),
        PublishedAdmin.publication_fieldset,
        ("Korrektur", {"fields": ("correction", "corrected_at"), "classes": ("collapse",)}),
        ("Mehr News", {"fields": ("related", "is_example"), "classes": ("collapse",)}),
    )

    def response_change(self, request, obj):
        self._warn_of_ageing_words(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        self._warn_of_ageing_words(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def _warn_of_ageing_words(self, request, article):
        if not article.released and (words := article.ageing_words()):
            self.message_user(request, soon_wrong(words), messages.WARNING)

    def check_before_release(self, item):
        if words := item.ageing_words():
            raise ValidationError(f"{soon_wrong(words)} Wer sie behalten will, veröffentlicht im Beitrag selbst.")


@admin.register(Rubric)
class RubricAdmin(PortalAdmin):
    list_display = ("name", "order")
    list_editable = ("order",)
    search_fields = ("name",)


@admin.register(PressOffice)
class PressOfficeAdmin(HistoryAdmin):
    autocomplete_fields = ("contact",)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not PressOffice.objects.exists()
