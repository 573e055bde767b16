"""What the pages say of somebody's frames, and of those of a team."""

import datetime
from dataclasses import dataclass

from django.db.models import CharField, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.frames.actions.checking import days_of
from journeys.frames.afest import Afest
from journeys.frames.enums import State
from journeys.frames.limits import DAYS_A_HOST, within_a_year
from journeys.frames.models import Immersion
from journeys.frames.tutors import TutorFeedback, TutorLink
from journeys.pathway.models import Journey
from journeys.pathway.story import Story, What, also, rows_as
from territories.accounts.models import User

TONES = {
    State.PREPARED: ("warn", "pencil"),
    State.SIGNED: ("info", "file-earmark-check"),
    State.UNDER_WAY: ("ok", "person-workspace"),
    State.OVER: ("warn", "flag"),
    State.ASSESSED: ("ok", "check-circle"),
    State.CANCELLED: ("", "x-circle"),
}
SOON = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Counted:
    """« Chez Vélo Cité : 12 jours déjà comptés sur 60. »"""

    host: str
    siret: str
    days: int

    @property
    def said(self) -> str:
        text = ngettext(
            "%(host)s : %(days)s jour déjà compté chez cet employeur sur %(most)s.",
            "%(host)s : %(days)s jours déjà comptés chez cet employeur sur %(most)s.",
            self.days,
        )
        return text % {"host": self.host, "days": self.days, "most": DAYS_A_HOST}


def counted(
    journey: Journey, *, on: datetime.date | None = None, but: Immersion | None = None
) -> list[Counted]:
    """Days already planned by host, in the twelve months that end on `on`; those ahead as well.

    Parameters: `but`, an immersion that is being corrected.
    """
    day, found = on or timezone.localdate(), {}
    for one in journey.immersions.standing().exclude(pk=but.pk if but else None):
        days = days_of(one)
        count = within_a_year(days, day) + sum(each > day for each in days)
        name, before = found.get(one.host_siret, (one.host_name, 0))
        found[one.host_siret] = (name, before + count)
    rows = [Counted(name, siret, days) for siret, (name, days) in found.items() if days]
    return sorted(rows, key=lambda row: row.host)


def dressed(immersion: Immersion) -> Immersion:
    """With its pill, and the sentence that says what to do next."""
    immersion.tone, immersion.icon = TONES[immersion.state]
    immersion.next_word = _next(immersion)
    return immersion


def _next(immersion: Immersion) -> str:
    return {
        State.PREPARED: _("À imprimer et à faire signer par chacun avant le premier jour."),
        State.OVER: _("À faire : le bilan avec la personne, l’avis du tuteur."),
    }.get(immersion.state, "")


def feedback_of(immersion: Immersion) -> TutorFeedback | None:
    return TutorFeedback.objects.filter(immersion=immersion).first()


def live_link(immersion: Immersion) -> TutorLink | None:
    return immersion.tutor_links.live().select_related("given_by").last()


def frames_of(journey: Journey) -> dict:
    """All the frames of one person, the latest first; four queries, whatever their number."""
    immersions = journey.immersions.select_related("feedback")
    return {
        "immersions": [dressed(one) for one in immersions],
        "afests": journey.afests.prefetch_related("sequences"),
        "volunteerings": journey.volunteerings.all(),
        "briefings": journey.participant.briefings.select_related("equipment__place", "by"),
    }


@dataclass(frozen=True)
class GoingOn:
    """For the first page of a file: a frame that goes on or comes."""

    kind: str
    pk: int
    label: str
    from_on: datetime.date
    until_on: datetime.date | None
    signed_on: datetime.date | None

    @property
    def lacks_signature(self) -> bool:
        return self.kind == "immersion" and self.signed_on is None


@also
def _going_on(journey: Journey) -> list:
    """Immersions to come, under way or to assess; AFEST and volunteering that go on."""
    still = Q(until_on=None) | Q(until_on__gte=timezone.localdate())
    immersions = journey.immersions.standing().filter(assessed_on=None)
    afests = journey.afests.filter(closed_on=None, stopped_on=None)
    until = {"until_on": "until_on"}
    return [
        _as("immersion", immersions, "host_name", other_on="signed_on", **until),
        _as("afest", afests, "aim"),
        _as("volunteering", journey.volunteerings.filter(still), "host_name", **until),
    ]


def _as(kind: str, rows, label: str, **columns):
    code = Value(kind, CharField())
    return rows_as(What.FRAME, rows, code, "from_on", detail=label, **columns)


def going_on(story: Story) -> list[GoingOn]:
    """For the first page: what the story tells of frames."""
    return [
        GoingOn(one.code, one.pk, one.detail, one.from_on, one.until_on, one.other_on)
        for one in story.of(What.FRAME)
    ]


# -- The person's own pages ------------------------------------------------------------------------


def own_frames(journey: Journey) -> list[Immersion]:
    """Signed immersions, for the person: where, when, and what the tutor liked."""
    signed = journey.immersions.standing().filter(signed_on__isnull=False)
    return list(signed.select_related("feedback"))


# -- The team --------------------------------------------------------------------------------------


def team_lists(user: User, place_ids: set[int], on: datetime.date) -> dict:
    """What begins, what ends, what lacks a signature, whom to ask: scope first, a query each."""
    related = ("journey__participant", "feedback")
    seen = (
        Immersion.objects.visible_to(user).filter(territory__in=place_ids).select_related(*related)
    )
    standing = seen.standing()
    signed = standing.filter(signed_on__isnull=False)
    over = signed.filter(ended_on__isnull=False, assessed_on__isnull=True)
    afests = Afest.objects.visible_to(user).filter(
        territory__in=place_ids, closed_on=None, stopped_on=None
    )
    ahead = Q(from_on__gt=on, from_on__lte=on + SOON)
    here = Q(ended_on=None, from_on__lte=on, until_on__gte=on)
    lists = {
        "unsigned": standing.unsigned().order_by("from_on"),
        "beginning": signed.filter(ahead).order_by("from_on"),
        "going_on": signed.filter(here).order_by("until_on"),
        "to_ask": over.filter(feedback__isnull=True).order_by("ended_on"),
        "to_assess": over.filter(feedback__isnull=False).order_by("ended_on"),
    }
    return {name: [dressed(one) for one in rows] for name, rows in lists.items()} | {
        "afests": list(afests.select_related("journey__participant").prefetch_related("sequences")),
    }
