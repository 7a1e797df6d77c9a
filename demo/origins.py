from demo.pictures import CREDIT
from publishing.models import Image
from publishing.origins import Kind, Origin, register

register(
    Origin(
        Kind.PICTURES,
        "Gezeichnete Beispielbilder",
        credit=CREDIT,
        licence="Für dieses Portal gemacht; sie zeigen keine wirklichen Orte",
        is_shown=lambda: Image.objects.filter(credit=CREDIT).exists(),
    )
)
