"""The files of the open data: the same parameters as the list."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from properties.dataset import GEOJSON_TYPE
from properties.export import geojson, table
from properties.filters import ListingFilters
from properties.kinds import HALL, LAND
from publishing.licence import with_licence
from publishing.tables import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

FILES = {
    "csv": (CSV_TYPE, lambda filters, pages: as_csv(table(filters))),
    "xlsx": (XLSX_TYPE, lambda filters, pages: as_xlsx(table(filters), pages.title)),
    "geojson": (GEOJSON_TYPE, lambda filters, pages: geojson(filters, pages.title)),
}
NAMES = {LAND: "gewerbeflaechen", HALL: "hallen"}


def file_of(pages, ending):
    """The view that answers with the table of this kind."""
    content_type, write = FILES[ending]

    @require_safe
    def view(request):
        filters = ListingFilters(request.GET, kind=pages.kind, request=request, further=())
        request.understood_parameters = filters.understood
        response = HttpResponse(write(filters, pages), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{NAMES[pages]}.{ending}"'
        response["X-Robots-Tag"] = "noindex"
        return with_licence(response)

    return view
