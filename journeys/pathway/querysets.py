"""Which journeys? Adjectives and annotations, used by every page and export."""

import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from journeys.pathway.enums import AbsenceKind, Reader, Status, TeamRole


class OfJourneyQuerySet(models.QuerySet):
    """Rows that belong to a journey are seen by those who may open the journey."""

    def visible_to(self, user):
        journeys = self.model._meta.get_field("journey").related_model.objects.visible_to(user)
        return self.filter(journey__in=journeys)


class OwnWordsQuerySet(OfJourneyQuerySet):
    """The person's own words, with a `reader`: read by the team they chose, and by nobody else,
    whatever their rank (rule 17, docs/decisions/0016-own-words-read-by-choice.md)."""

    def visible_to(self, user):
        rows = OfJourneyQuerySet.visible_to(self, user)
        if user.helped_by:  # a colleague sees the screen
            return rows.exclude(reader=Reader.ME)
        if user.territory_id:
            return rows
        mine = user.team_places.filter(journey=OuterRef("journey")).standing()
        chosen = Q(reader=Reader.TEAM) & Q(Exists(mine))
        return rows.filter(chosen | Q(reader=Reader.REFERENTS) & Q(Exists(mine.referring())))


class TeamMemberQuerySet(OfJourneyQuerySet):
    def active(self, on: datetime.date | None = None):
        on = on or timezone.localdate()
        return self.filter(from_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gt=on))

    def suspended(self):
        """Members the person objected to; leaving the team does not lift the objection."""
        return self.filter(suspended_on__isnull=False)

    def standing(self):
        return self.active().filter(suspended_on__isnull=True)

    def referring(self):
        """Those who refer for the journey as a whole, not for one activity of it."""
        return self.filter(role__in=[TeamRole.COORDINATOR, TeamRole.REFERENT])


class AbsenceQuerySet(OfJourneyQuerySet):
    def on(self, day: datetime.date):
        return self.filter(from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def pauses(self):
        return self.filter(kind=AbsenceKind.PAUSE)

    def exits(self):
        return self.filter(kind=AbsenceKind.EXIT)


class JourneyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Journeys whose file the user may open.

        A coordinator: all of the territories; a referent: those whose team holds them; the
        participant: their own. A member the person objected to sees nothing.
        """
        if user.territory_id:
            return self.filter(participant__user=user.pk)
        mine = user.team_places.filter(journey=OuterRef("pk"))
        seen = Q(territory_id__in=user.territories_where("journeys.read_all"))
        if own := user.territories_where("journeys.read_own"):
            of_mine = Q(territory_id__in=own) & Q(Exists(mine.standing()))
            seen = (seen | of_mine) if user.may("journeys.read_all") else of_mine
        return self.filter(seen, ~Exists(mine.suspended()))

    def with_last_phase(self):
        """Adds `phase`, `phase_on` and `phase_rank`: the last row of the phase changes."""
        last = self._related("phase_changes").filter(journey=OuterRef("pk")).order_by("-rank")
        return self.annotate(
            phase=Subquery(last.values("phase")[:1]),
            phase_on=Subquery(last.values("on")[:1]),
            phase_rank=Subquery(last.values("rank")[:1]),
        )

    def with_status(self, on: datetime.date | None = None):
        """Adds `status`: left, paused, overdue, butinage or active, in this order."""
        on = on or timezone.localdate()
        absent = self._related("absences").filter(journey=OuterRef("pk")).on(on)
        return self.annotate(
            status=Case(
                When(Exists(absent.exits()), then=Value(Status.LEFT)),
                When(Exists(absent.pauses()), then=Value(Status.PAUSED)),
                When(entry_on__isnull=True, then=Value(Status.BUTINAGE)),
                When(limit_on__lt=on, then=Value(Status.OVERDUE)),
                default=Value(Status.ACTIVE),
                output_field=models.CharField(),
            )
        )

    def with_referent(self):
        """Adds `referent_name`: the first standing referent's first name, if any."""
        referents = (
            self._related("team")
            .filter(journey=OuterRef("pk"), role=TeamRole.REFERENT)
            .standing()
            .order_by("from_on", "pk")
        )
        return self.annotate(
            referent_id=Subquery(referents.values("user_id")[:1]),
            referent_name=Subquery(referents.values("user__first_name")[:1]),
        )

    def in_status(self, status: str, on: datetime.date | None = None):
        """Those that `with_status` would say so, in words an index can serve."""
        on = on or timezone.localdate()
        absent = self._related("absences").filter(journey=OuterRef("pk")).on(on)
        if status in (Status.LEFT, Status.PAUSED):
            away = absent.exits() if status == Status.LEFT else absent.pauses()
            return self.filter(Exists(away))
        clock = {
            Status.BUTINAGE: Q(entry_on__isnull=True),
            Status.OVERDUE: Q(limit_on__lt=on),
            Status.ACTIVE: Q(limit_on__gte=on),
        }
        return self.filter(clock[Status(status)], ~Exists(absent))

    def in_phase(self, phase: str):
        """Those whose last phase row says so."""
        changes = self._related("phase_changes")
        later = changes.filter(journey=OuterRef("journey"), rank__gt=OuterRef("rank"))
        last = changes.filter(~Exists(later), journey=OuterRef("pk"), phase=phase)
        return self.filter(Exists(last))

    def left(self, on: datetime.date | None = None):
        return self.filter(self._absent("exits", on))

    def not_left(self, on: datetime.date | None = None):
        return self.exclude(self._absent("exits", on))

    def going_on(self, on: datetime.date | None = None):
        """Neither left nor paused."""
        absent = self._related("absences").filter(journey=OuterRef("pk"))
        return self.exclude(Exists(absent.on(on or timezone.localdate())))

    def in_butinage(self):
        return self.filter(entry_on__isnull=True)

    def contracted(self):
        return self.filter(entry_on__isnull=False)

    def without_referent(self):
        referents = self._related("team").filter(journey=OuterRef("pk"), role=TeamRole.REFERENT)
        return self.exclude(Exists(referents.standing()))

    def without_contact_since(self, day: datetime.date):
        return self.filter(Q(last_contact_on__lt=day) | Q(last_contact_on__isnull=True))

    def _absent(self, which: str, on: datetime.date | None):
        absent = self._related("absences").filter(journey=OuterRef("pk"))
        return Q(Exists(getattr(absent.on(on or timezone.localdate()), which)()))

    def _related(self, name: str):
        return self.model._meta.get_field(name).related_model.objects.all()
