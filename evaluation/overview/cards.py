"""What is reached in one territory, on its own page, for who may read its figures."""

from django.http import HttpRequest
from django.utils import timezone

from evaluation.overview.reading import overview
from territories.coordination import above
from territories.models import Territory

READERS = ("programme.manage", "journeys.read_all")  # numbers without secret: those who see all


def reached(request: HttpRequest, territory: Territory) -> dict | None:
    if not any(request.user.may(permission, territory.pk) for permission in READERS):
        return None
    periods = list(territory.programme.periods.open_on(timezone.localdate()).order_by("starts_on"))
    period = periods[-1] if periods else None
    read = overview(territory.programme, [territory], period, periods, timezone.localdate())
    return {"line": read.total, "period": period}


above.add_card(Territory, "evaluation/overview/_card.html", reached)
