"""Every import leaves a line: what, when, by whom, how many rows. „Heute“ shows the last ones.

note_import("Weiterleitungen", source=file.name, by=request.user, added=12, refused=["Zeile 3: …"])
"""

from publishing.models import ImportRun

MOST_NOTES = 200


def note_import(what, *, source="", by=None, added=0, changed=0, refused=()):
    """`refused` holds a sentence for each row that was not taken."""
    refused = list(refused)
    notes = refused[:MOST_NOTES]
    if len(refused) > MOST_NOTES:
        notes.append(f"… und {len(refused) - MOST_NOTES} weitere")
    return ImportRun.objects.create(
        what=what[:120],
        source=source[:200],
        by=by,
        added=added,
        changed=changed,
        refused=len(refused),
        notes="\n".join(notes),
    )
