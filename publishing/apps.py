from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Bilder, Dateien, Kontakte"

    def ready(self):
        from publishing.site_version import content_changed

        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="publishing.content_changed")
