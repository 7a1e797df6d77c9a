"""Groups are made by migrations: each app's migration hands its models to those who edit them."""

from django.contrib.auth.management import create_permissions

EDITORS = "Redaktion"
ADMINISTRATORS = "Administration"
#: Keep the pool's listings of their own district, and open nothing else.
DISTRICTS = "Landkreise"


def hand_over(apps, app_label, *, editors=(), administrators=()):
    """For RunPython. Permissions usually come after all migrations: here they are made at once."""
    config = apps.get_app_config(app_label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")  # noqa: N806
    for group_name, model_names in ((EDITORS, editors), (ADMINISTRATORS, (*editors, *administrators))):
        group, _ = Group.objects.get_or_create(name=group_name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_label, content_type__model__in=model_names)
        )
