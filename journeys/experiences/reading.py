"""What somebody lived and said of it, as one user may read it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.experiences.lists import FRAME_ICONS, skill_labels
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.models import Journey
from rtr.access import ACCESS
from rtr.lib import tongue
from territories.accounts.models import User


class Told(StrEnum):
    """How far an experience has come, for whoever looks."""

    NOT_YET = "not_yet"
    TOLD = "told"
    DISCUSSED = "discussed"


TOLD_WORDS = {
    Told.NOT_YET: _("À raconter"),
    Told.TOLD: _("Racontée, à en parler"),
    Told.DISCUSSED: _("On en a parlé"),
}
TOLD_ICONS = {Told.NOT_YET: "circle", Told.TOLD: "chat-left-text", Told.DISCUSSED: "check-circle"}
TOLD_TONES = {Told.NOT_YET: "", Told.TOLD: "info", Told.DISCUSSED: "ok"}


@dataclass
class Lived:
    """An experience with the reflections that this user reads, the last one first."""

    row: Experience
    reflections: list[Reflection] = field(default_factory=list)

    @property
    def told(self) -> Told:
        if any(one.discussed_on for one in self.reflections):
            return Told.DISCUSSED
        return Told.TOLD if self.reflections else Told.NOT_YET

    @property
    def icon(self) -> str:
        return "house" if self.row.is_elsewhere else FRAME_ICONS[self.row.frame]

    @property
    def when(self) -> str:
        """In full words: one day, or the months it lasted."""
        first, last = self.row.from_on, self.row.until_on
        if last is None:
            return tongue.day_in_full(first)
        if (first.year, first.month) == (last.year, last.month):
            return tongue.month(first)
        months = {"first": tongue.month(first), "last": tongue.month(last)}
        return _("%(first)s à %(last)s") % months

    @property
    def pill(self) -> dict:
        return {
            "tone": TOLD_TONES[self.told],
            "icon": TOLD_ICONS[self.told],
            "word": TOLD_WORDS[self.told],
        }


def lived_of(journey: Journey, user: User) -> list[Lived]:
    """Everything that was lived, the last first, in two queries."""
    rows = Experience.objects.visible_to(user).filter(journey=journey).defer("draft")
    found = {row.pk: Lived(row) for row in rows}
    told = Reflection.objects.visible_to(user).filter(experience__in=list(found))
    for reflection in told.select_related("written_by", "discussed_with"):
        found[reflection.experience_id].reflections.append(reflection)
    return list(found.values())


def glance_of(journey: Journey, user: User) -> list[Lived]:
    """The same in one query, of each reflection only whether it was talked about and its skills."""
    told = Reflection.objects.visible_to(user).filter(experience=OuterRef("pk"))
    said = JSONObject(skills="skills", own_words="own_words", discussed_on="discussed_on")
    rows = Experience.objects.visible_to(user).filter(journey=journey).defer("draft")
    return [
        Lived(row, [Reflection(**fields) for fields in row.told])
        for row in rows.annotate(told=ArraySubquery(told.values(said=said)))
    ]


def states_of(lived: list[Lived]) -> list[tuple[str, str, int]]:
    """How many are in each state: its code, its words, its count, those that there are."""
    counts = Counter(one.told for one in lived)
    return [(state.value, TOLD_WORDS[state], counts[state]) for state in Told if counts[state]]


def skills_of(lived: list[Lived]) -> list[tuple[str, int]]:
    """Skills said, in plain words and in the person's own, the most often said first."""
    words: Counter = Counter()
    for one in lived:
        for reflection in one.reflections:
            words.update(skill_labels(reflection.skills))
            words.update(f"« {word} »" for word in reflection.own_words)
    return words.most_common()


# Where a talk may lead: an act of this chapter's neighbours, when this user may do it.
STEPS = [
    ("objective_add", _("Ajouter un objectif"), "flag"),
    ("journey_enrol", _("Inscrire à une activité"), "calendar-plus"),
    ("appointment_propose", _("Proposer un rendez-vous"), "clock"),
]


@dataclass(frozen=True)
class NextAct:
    label: str
    icon: str
    url: str


def following_steps(user: User, journey: Journey) -> list[NextAct]:
    return [
        NextAct(label, icon, reverse(name, args=[journey.pk]))
        for name, label, icon in STEPS
        if name in ACCESS and user.may(ACCESS[name], journey.territory_id)
        if name != "objective_add" or journey.entry_on
    ]
