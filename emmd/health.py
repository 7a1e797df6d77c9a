from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """The database answers and has every migration this code needs."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _not_ready("database unreachable")
    return (
        _not_ready(f"{len(pending)} migrations pending") if pending else HttpResponse("ok\n", content_type="text/plain")
    )


def _not_ready(reason):
    return HttpResponse(f"{reason}\n", status=503, content_type="text/plain")
