from django.conf import settings
from django.core.management.base import BaseCommand

from emmd.icons import write_icons


class Command(BaseCommand):
    help = "Draws the portal's icons into static/img anew. Needed only when the sign changes."
    requires_system_checks = []

    def handle(self, *args, **options):
        write_icons(settings.BASE_DIR / "static/img")
