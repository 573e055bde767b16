"""Badges and requests as pages show them."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from badges.credentials.models import Credential
from journeys.experiences.models import Reflection
from journeys.pathway.models import Journey
from journeys.recognition.enums import StartedBy, State
from journeys.recognition.holding import held_by
from journeys.recognition.models import Recognition
from territories.accounts.models import User

PILLS = {
    State.ASKED: ("info", "hourglass-split"),
    State.MORE: ("warn", "chat-dots"),
    State.ACCEPTED: ("ok", "check-circle"),
    State.DECLINED: ("", "archive"),
    State.WITHDRAWN: ("", "x-circle"),
}
RELATED = ("achievement", "organisation", "experience", "starter", "reviewer")


@dataclass(frozen=True)
class Asked:
    """A request, and its pill."""

    it: Recognition

    @property
    def pill(self) -> dict:
        tone, icon = PILLS[self.it.state]
        return {"tone": tone, "icon": icon, "word": self.it.get_state_display()}

    @property
    def icon(self) -> str:
        return self.it.achievement.icon if self.it.achievement_id else "award"

    @property
    def is_by_team(self) -> bool:
        return self.it.started_by in (StartedBy.REFERENT, StartedBy.ORGANISATION)


def held_of(journey: Journey) -> list[Credential]:
    """With the request each came from, in two queries."""
    asked = Recognition.objects.select_related("experience", "reviewer")
    return list(held_by(journey).prefetch_related(Prefetch("recognition", asked)))


def waiting_of(journey: Journey, user: User) -> list[Asked]:
    """Requests of this journey that are not badges: waiting, or declined lately."""
    rows = Recognition.objects.visible_to(user).filter(journey=journey)
    rows = rows.exclude(state__in=[State.ACCEPTED, State.WITHDRAWN])
    return [Asked(row) for row in rows.select_related(*RELATED)]


def told_of(row: Recognition, user: User) -> Reflection | None:
    """The reflection a request shows, if the person lets this reader read it."""
    told = Reflection.objects.visible_to(user)
    if row.reflection_id:
        return told.filter(pk=row.reflection_id).select_related("experience").first()
    if row.experience_id is None:
        return None
    return told.filter(experience=row.experience_id).select_related("experience").first()


def in_order(rows: QuerySet) -> QuerySet:
    """The oldest that waits first, then the others, the last one first."""
    related = (*RELATED, "journey__participant")
    return rows.select_related(*related).order_by("state", "-started_at", "-pk")
