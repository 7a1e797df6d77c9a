from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.module_loading import autodiscover_modules


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Bilder, Dateien, Kontakte"

    def ready(self):
        from publishing.site_version import content_changed

        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="publishing.content_changed")
        # Each room says in its module `search` what of it is searched.
        autodiscover_modules("search")
        from publishing.search import documents  # noqa: F401
