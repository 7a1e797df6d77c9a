from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EmmdConfig(AppConfig):
    name = "emmd"
    verbose_name = "Portal"


class PortalAdminConfig(AdminConfig):
    default_site = "emmd.admin_site.EmmdAdminSite"
