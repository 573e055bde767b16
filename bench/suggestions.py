"""Do suggestions find what people chose next? Against what is popular, and against chance.

Each person's last new activity is held out by time. The model knows what they came to before, what
they had said by then, and what everybody else came to; among the activities that had a session in
the six weeks after, is the one they chose among the first five? (Leave-one-last-out, top-N over all
candidates: P. Cremonesi, Y. Koren, R. Turrin, « Performance of recommender algorithms on top-N
recommendation tasks », RecSys 2010.) Popularity and chance answer the same questions.

The people are invented, and so is their taste (journeys/demo): these figures show that the method
finds what was put there, not how it would do with real people.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean

from django.utils import timezone

from journeys.models import Enrolment, Journey, Session, Strength
from journeys.suggestions import fitting, reading
from journeys.suggestions.reading import VISIT, Visit
from journeys.suggestions.scoring import AHEAD_DAYS, MOST, Item, Scorer, chosen, ranked
from territories.models import Territory

SEEDS = range(5)
SAMPLE = 0.6  # of the people, drawn again for each seed
WAYS = ("suggestions", "popularité", "hasard")


@dataclass(frozen=True)
class Choice:
    """Somebody's last new activity, and what was known before it."""

    territory: int
    person: int
    chose: int
    at: datetime
    before: tuple[Visit, ...]
    said: tuple[tuple[str, str], ...]
    house: int


@dataclass(frozen=True)
class Found:
    """`hits`: share of choices among the first five; `first`: that came first; `coverage`: share of
    the offer shown to somebody."""

    name: str
    hits: float
    first: float
    coverage: float


class Ground:
    """A territory: its offer, when its sessions were, who came to what."""

    def __init__(self, territory_id: int):
        self.pk = territory_id
        self.offer = {one.pk: one for one in reading.offer_of(territory_id) if one.is_suggestible}
        sessions = Session.objects.held().filter(territory=territory_id).order_by("starts_at", "pk")
        self.sessions = list(sessions.values_list("activity_id", "starts_at"))
        self.visits = _visits(territory_id)
        self.choices = list(_choices(self))
        held = {(choice.person, choice.chose) for choice in self.choices}
        pairs = {(who, one.activity) for who, all_ in self.visits.items() for one in all_}
        self.came = sorted(pairs - held)
        self.model = fitting.fit(list(self.offer.values()), self.came)
        self.popular = Counter(activity for _who, activity in self.came)

    def candidates(self, choice: Choice) -> list[Item]:
        """What could have been suggested to them that day: the next session of each activity."""
        known = {visit.activity for visit in choice.before}
        until = choice.at + timedelta(days=AHEAD_DAYS)
        first: dict[int, datetime] = {}
        for activity, starts_at in self.sessions:
            if choice.at <= starts_at < until and activity in self.offer and activity not in known:
                first.setdefault(activity, starts_at)
        return [reading.item_of(self.offer[pk], starts_at) for pk, starts_at in first.items()]


def _visits(territory_id: int) -> dict[int, list[Visit]]:
    rows = Enrolment.objects.attended().filter(
        territory=territory_id, session__territory=territory_id, participant__isnull=False
    )
    found = defaultdict(list)
    for who, *row in rows.order_by("session__starts_at", "pk").values_list("participant", *VISIT):
        found[who].append(Visit(*row))
    return found


def _choices(ground: Ground) -> Iterable[Choice]:
    journeys = Journey.objects.filter(territory=ground.pk)
    people = {
        who: (journey, house)
        for who, journey, house in journeys.values_list(
            "participant", "pk", "participant__organisation"
        )
    }
    said = defaultdict(list)
    rows = Strength.objects.filter(territory=ground.pk).order_by("pk")
    for journey, kind, text, on in rows.values_list("journey", "kind", "text", "said_on"):
        said[journey].append((kind, text, on))
    for who, visits in sorted(ground.visits.items()):
        news = {visit.activity: visit for visit in reversed(visits)}  # the first visit of each
        last = max(news.values(), key=lambda visit: visit.starts_at)
        if who not in people or last.activity not in ground.offer:
            continue
        journey, house = people[who]
        day = timezone.localtime(last.starts_at).date()
        texts = tuple((kind, text) for kind, text, on in said[journey] if on <= day)
        before = tuple(visit for visit in visits if visit.starts_at < last.starts_at)
        if texts or before:
            yield Choice(ground.pk, who, last.activity, last.starts_at, before, texts, house)


Ranking = Callable[[Ground, Choice, list[Item]], list[Item]]


def by_model(ground: Ground, choice: Choice, items: list[Item]) -> list[Item]:
    said = [reading.said(kind, text) for kind, text in choice.said]
    profile = reading.profile_of(choice.before, said, house=choice.house)
    today = timezone.localtime(choice.at).date()
    return chosen(ranked(Scorer(ground.model, profile, today), items))


def by_popularity(ground: Ground, choice: Choice, items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (-ground.popular[item.pk], item.pk))[:MOST]


def by_chance(seed: int) -> Ranking:
    drawn = random.Random(seed)
    return lambda ground, choice, items: drawn.sample(items, min(MOST, len(items)))


def grounds() -> list[Ground]:
    return [Ground(pk) for pk in Territory.objects.order_by("pk").values_list("pk", flat=True)]


def measured(grounds: list[Ground], seed: int) -> list[Found]:
    """One draw of the people: what each way of ranking finds."""
    drawn = random.Random(seed)
    asked = [
        (ground, choice, ground.candidates(choice))
        for ground in grounds
        for choice in ground.choices
        if drawn.random() < SAMPLE
    ]
    offered = {item.pk for _ground, _choice, items in asked for item in items}
    found = []
    for name, ranking in zip(WAYS, (by_model, by_popularity, by_chance(seed)), strict=True):
        shown = [[item.pk for item in ranking(*one)] for one in asked]
        pairs = [(some, choice.chose) for (_g, choice, _i), some in zip(asked, shown, strict=True)]
        found.append(
            Found(
                name,
                hits=mean(pk in some for some, pk in pairs),
                first=mean(some[:1] == [pk] for some, pk in pairs),
                coverage=len(set().union(*shown)) / len(offered),
            )
        )
    return found


def rounds() -> list[list[Found]]:
    """Each seed's figures, on the people of this database; a scope over all of it is held."""
    read = grounds()
    return [measured(read, seed) for seed in SEEDS]


def table(rounds: list[list[Found]]) -> str:
    """Means of the seeds, and how many times better the suggestions are, in the same run."""
    lines = ["cinq premières idées  trouvée  en premier  couverture  suggestions ÷  de … à …"]
    by_name = {name: [one for some in rounds for one in some if one.name == name] for name in WAYS}
    ours = mean(one.hits for one in by_name["suggestions"])
    for name, found in by_name.items():
        hits, first, shown = (
            mean(getattr(one, figure) for one in found) for figure in ("hits", "first", "coverage")
        )
        span = f"{min(one.hits for one in found):.0%} à {max(one.hits for one in found):.0%}"
        figures = f"{hits:>7.0%}  {first:>10.0%}  {shown:>10.0%}  {ours / hits:>13.2f}"
        lines.append(f"{name:<20}  {figures}  {span}")
    return "\n".join(lines)
