from django.db import migrations
from django.utils.html import linebreaks

from publishing.rich_text import plain_text

#: Until now the style sheets knew the colours by the addresses.
SIGNS = {
    "automotive": "automotive",
    "chemie-kunststoffe": "chemistry",
    "energie-umwelt-solarwirtschaft": "energy",
    "informationstechnologie": "it",
    "life-sciences": "life",
}


def give_signs_and_paragraphs(apps, schema_editor):
    for cluster in apps.get_model("clusters", "Cluster").objects.all():
        cluster.sign = SIGNS.get(cluster.slug, "")
        cluster.description = linebreaks(cluster.description, autoescape=True) if cluster.description.strip() else ""
        cluster.save()


def take_paragraphs_back(apps, schema_editor):
    for cluster in apps.get_model("clusters", "Cluster").objects.all():
        cluster.description = "\n\n".join(
            text for part in cluster.description.split("</p>") if (text := plain_text(part))
        )
        cluster.save()


class Migration(migrations.Migration):
    dependencies = [("clusters", "0003_networks")]

    operations = [migrations.RunPython(give_signs_and_paragraphs, take_paragraphs_back)]
