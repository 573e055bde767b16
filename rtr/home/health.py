"""What the proxy and the supervisor ask: is the process alive, may it be given visitors?"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from rtr import due
from rtr.celery import app

ANSWER_WITHIN = 5.0  # seconds

# Apart from the request, so that a database that hangs does not hang the answer too.
_asking = ThreadPoolExecutor(max_workers=2, thread_name_prefix="health")


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Ready with a database that has all migrations.

    The broker is told and changes nothing: without it due rows wait a minute, pages do not.
    """
    found = {"database": "away", "broker": None, "migrations": None, "oldest_due_seconds": None}
    try:
        found |= _asking.submit(look).result(timeout=ANSWER_WITHIN)
    except Exception as error:
        found["error"] = type(error).__qualname__
    is_ready = found["database"] == "ok" and found["migrations"] == "ok"
    status = "ok" if is_ready else "not ready"
    return JsonResponse({"status": status, **found}, status=200 if is_ready else 503)


def look() -> dict[str, Any]:
    try:
        connection.ensure_connection()
        found = {"database": "ok", "broker": broker(), "migrations": "missing"}
        if all_migrated():
            oldest = due.oldest()
            seconds = round(oldest.total_seconds()) if oldest else None
            found |= {"migrations": "ok", "oldest_due_seconds": seconds}
        return found
    finally:
        connection.close()


def broker() -> str | None:
    if not settings.REDIS_URL:
        return None
    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=0)
    except Exception:
        return "away"
    return "ok"


_migrated = False


def all_migrated() -> bool:
    """Reading the migrations takes a moment: once all are applied, they stay so."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
