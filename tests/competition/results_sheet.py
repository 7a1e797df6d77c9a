"""What a browser sends when an editor saves the results, and the addresses of the pages around it."""

from competition.admin.results_form import ResultsForm
from competition.result_lines import lines_of


def steer_path(edition, page=""):
    return f"/admin/competition/edition/{edition.pk}/steuern/{page}"


def sheet(edition, **changes):
    """The form as it is shown, with `changes`: names of fields with _ for -, as keywords cannot hold it."""
    form = ResultsForm(edition=edition)
    data = {name: form[name].value() for name in form.fields}
    changes = {name.replace("_", "-"): getattr(value, "pk", value) for name, value in changes.items()}
    return {name: "" if value is None else value for name, value in (data | changes).items()}


def line_of(edition, entry):
    """„12-a“: where an entry stands among the finalists of the form."""
    form = ResultsForm(edition=edition)
    name = next(name for name, value in form.initial.items() if name.startswith("finalist-") and value == entry.pk)
    return name.removeprefix("finalist-")


def decided(edition):
    """{(kind, special name or place, organisation)} of what stands in the database."""
    names = dict(edition.entries.values_list("pk", "organisation"))
    return {(one.kind, one.name or one.place, names[one.entry]) for one in lines_of(edition)}
