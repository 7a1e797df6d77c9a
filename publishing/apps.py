from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils.module_loading import autodiscover_modules


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Bilder, Dateien, Kontakte"

    def ready(self):
        from publishing.site_version import content_changed

        for signal in (post_save, pre_delete, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="publishing.content_changed")
        # Each room says in these modules what of it is searched, what it stores of people, and whose data it shows.
        autodiscover_modules("search", "stored_data", "origins")
        from publishing.search import documents  # noqa: F401
