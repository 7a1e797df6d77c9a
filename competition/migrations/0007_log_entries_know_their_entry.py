from django.db import migrations

NAMES_AN_ENTRY = ("recused", "recusal_lifted", "downloaded", "submitted")


def link(apps, schema_editor):
    """Lines written before had the entry in their text alone. The longest name wins: one may begin another."""
    entries, lines = apps.get_model("competition", "Entry"), apps.get_model("competition", "LogEntry")
    unlinked = lines.objects.filter(act__in=NAMES_AN_ENTRY, entry=None)
    for edition in unlinked.order_by().values_list("edition", flat=True).distinct():
        rows = entries.objects.filter(edition=edition).values_list("pk", "organisation", "title")
        names = {f"{organisation}: {title}" if title else organisation: pk for pk, organisation, title in rows}
        by_length = sorted(names, key=len, reverse=True)
        for pk, text in unlinked.filter(edition=edition).values_list("pk", "text"):
            if name := next((one for one in by_length if one in text), None):
                # Not save(): the log refuses to be changed.
                lines.objects.filter(pk=pk).update(entry=names[name])


class Migration(migrations.Migration):
    dependencies = [("competition", "0006_log_entry_of_an_entry")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
