"""Whether the program can answer: for load balancers and `consentry check`."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 otherwise; text."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse(
            "The database is away.\n", status=503, content_type="text/plain", headers={"Retry-After": "5"}
        )
    return HttpResponse("Well.\n", content_type="text/plain")
