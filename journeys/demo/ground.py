"""What the demonstration stands on: each territory with its programme, its quarters, its team."""

import datetime
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from badges.achievements.models import Achievement
from territories.accounts.models import User
from territories.organisations.models import Organisation
from territories.places.models import Neighbourhood, Place, Territory
from territories.programmes.models import Period, Programme

DATA = Path(__file__).resolve().parent / "data"
# How many people of twenty live in each territory: three quarters in the first programme.
SHARES = {
    ("rtr", "paris-montreuil"): 5,
    ("rtr", "aix-marseille"): 5,
    ("rtr", "lille-roubaix"): 5,
    ("territoires-partages", "caen-la-mer"): 4,
    ("territoires-partages", "orne-odon"): 1,
}
# Numbers that the regulator keeps for fiction, by region; valid, and never anybody's.
FICTION = {
    "paris-montreuil": "+3319900",
    "lille-roubaix": "+3335301",
    "aix-marseille": "+3346571",
    "caen-la-mer": "+3326191",
    "orne-odon": "+3326191",
}


def _words(name: str) -> dict:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


NAMES = {kind: words.split() for kind, words in _words("names.toml").items()}
WORDS = _words("words.toml")


@dataclass(frozen=True)
class Colleague:
    """A member of the staff, where they work."""

    user: User
    organisation: Organisation


@dataclass
class Team:
    """Who works in a territory; referents come in the order in which they take people on."""

    coordinators: list[Colleague] = field(default_factory=list)
    referents: list[Colleague] = field(default_factory=list)
    activity_referents: list[Colleague] = field(default_factory=list)
    animators: list[Colleague] = field(default_factory=list)
    # Not of the team: those who send people from an account.
    prescribers: list[Colleague] = field(default_factory=list)


@dataclass
class Ground:
    """One territory, read once."""

    territory: Territory
    programme: Programme
    periods: list[Period]
    achievements: list[Achievement]
    neighbourhoods: list[Neighbourhood]
    places: list[Place]
    share: int
    team: Team = field(default_factory=Team)

    @property
    def of(self) -> dict[str, int]:
        """What every row of this territory carries."""
        return {"territory_id": self.territory.pk}

    def qpv_edition(self, neighbourhood: Neighbourhood | None, day: datetime.date) -> str:
        """The list the quarter was on that day, or nothing (rule 22)."""
        if neighbourhood is None:
            return ""
        for zoning in neighbourhood.zonings.all():
            if zoning.from_on <= day and (zoning.until_on is None or day < zoning.until_on):
                return zoning.edition
        return ""

    def step(self, phase: str, place: int) -> str:
        """The name of a step inside a phase, where the programme names some."""
        steps = self.programme.phase_steps.get(phase, [])
        return steps[place] if place < len(steps) else ""


def grounds() -> list[Ground]:
    """The territories of both programmes, in the order of SHARES."""
    read = []
    for (programme_slug, slug), share in SHARES.items():
        territory = Territory.objects.select_related("programme").get(
            programme__slug=programme_slug, slug=slug
        )
        programme = territory.programme
        quarters = Neighbourhood.objects.filter(commune__territory=territory)
        read.append(
            Ground(
                territory=territory,
                programme=programme,
                periods=list(programme.periods.order_by("starts_on")),
                achievements=list(programme.achievements.order_by("code")),
                neighbourhoods=list(quarters.prefetch_related("zonings").order_by("name")),
                places=list(territory.places.order_by("name")),
                share=share,
            )
        )
    return read
