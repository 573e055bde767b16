"""How much an activity may please somebody, in parts that can be told.

A score is the sum of its parts, so that each can be named, checked and taken away. Content comes
from texts (TF-IDF, cosine); « what people alike chose » from who came to both of two activities
(item-based top-N: M. Deshpande and G. Karypis, ACM Transactions on Information Systems 22(1),
2004). Nothing here reads the database: what is known of somebody is a Profile (reading.py).
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from journeys.suggestions.words import likeness, weighed

Slot = tuple[int, str]  # weekday from 0, and the half of the day


class Why(StrEnum):
    DREAM = "dream"
    STRENGTH = "strength"
    LIVED = "lived"
    LIKED = "liked"
    LEARNT = "learnt"
    RESEMBLES = "resembles"
    ALIKE = "alike"
    PLACE = "place"
    COMMUNE = "commune"
    HOUSE = "house"
    TIME = "time"
    LANGUAGE = "language"
    NEW = "new"
    SOON = "soon"


# The most that each part can bring.
WEIGHTS = {
    Why.DREAM: 1.0,
    Why.STRENGTH: 1.0,
    Why.LIVED: 0.5,
    Why.LIKED: 0.8,
    Why.LEARNT: 0.4,
    Why.RESEMBLES: 0.6,
    Why.ALIKE: 0.6,
    Why.PLACE: 0.15,
    Why.COMMUNE: 0.1,
    Why.HOUSE: 0.1,
    Why.TIME: 0.15,
    Why.LANGUAGE: 0.3,
    Why.NEW: 0.1,
    Why.SOON: 0.05,
}
SAYS = (Why.DREAM, Why.STRENGTH, Why.LIVED, Why.LIKED, Why.LEARNT)
SAME_THEME = 0.3  # added to the likeness of two texts
HALF = 2  # visits that bring half of what habit can bring
NEW_DAYS = 30
AHEAD_DAYS = 42
# Of five: no kind and no house takes all the room.
MOST = 5
MOST_ALIKE = 2


@dataclass(frozen=True)
class Said:
    """A text of the person: what kind of part it feeds, and what to call it by."""

    why: Why
    text: str
    about: str


@dataclass(frozen=True)
class Profile:
    """All that is known of somebody here: what they said, where and when they came."""

    said: tuple[Said, ...] = ()
    came: Counter[int] = field(default_factory=Counter)  # activities
    places: Counter[int] = field(default_factory=Counter)
    communes: Counter[int] = field(default_factory=Counter)
    slots: Counter[Slot] = field(default_factory=Counter)
    house: int | None = None  # the organisation that welcomed them
    language: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.said and not self.came


@dataclass(frozen=True)
class Item:
    """An activity with the session that would be the next one."""

    pk: int
    title: str
    kind: str
    theme: str
    house: int
    house_name: str
    place: int | None
    place_name: str
    commune: int | None
    commune_name: str
    languages: tuple[str, ...]
    published_on: datetime.date
    on: datetime.date
    slot: Slot


@dataclass(frozen=True)
class Model:
    """What was learnt of a territory's offer; nothing in it is about one person.

    `rarity`: stem → weight. `weights`: activity → its text, weighed. `alike`: activity → activity →
    from 0 to 1, how much those who came to the one came to the other; pairs with fewer than five
    people are not in it.
    """

    rarity: dict[str, float]
    weights: dict[int, dict[str, float]]
    alike: dict[int, dict[int, float]]
    themes: dict[int, str]
    titles: dict[int, str]


@dataclass(frozen=True)
class Part:
    why: Why
    value: float
    about: object = ""  # what it is named by
    source: object = None  # what of the profile it comes from


class Scorer:
    """One person's scores; the texts they said are weighed once."""

    def __init__(self, model: Model, profile: Profile, today: datetime.date):
        self.model, self.profile, self.today = model, profile, today
        self.said = [(one, weighed(one.text, model.rarity)) for one in profile.said]

    def score(self, item: Item) -> float:
        return sum(part.value for part in self.parts(item))

    def parts(self, item: Item) -> list[Part]:
        """What the score is made of, the largest first; nothing that brings nothing."""
        found = [*self._texts(item), *self._people(item), *self._habits(item), *self._offer(item)]
        found = [part for part in found if part.value > 0]
        return sorted(found, key=lambda part: (-part.value, part.why, str(part.about)))

    def _texts(self, item: Item) -> Iterator[Part]:
        """One voice for each kind of text: the one nearest to the activity."""
        text = self.model.weights.get(item.pk, {})
        for why in SAYS:
            near = [(likeness(words, text), one) for one, words in self.said if one.why == why]
            if near:
                value, one = max(near, key=lambda pair: (pair[0], pair[1].text))
                yield Part(why, WEIGHTS[why] * value, one.about, one)

    def _people(self, item: Item) -> Iterator[Part]:
        model, came = self.model, self.profile.came
        text = model.weights.get(item.pk, {})
        near, shared = [], []
        for pk in came.keys() - {item.pk}:
            same = bool(item.theme) and model.themes.get(pk) == item.theme
            value = likeness(model.weights.get(pk, {}), text) + SAME_THEME * same
            near.append((min(value, 1.0), pk))
            shared.append((model.alike.get(pk, {}).get(item.pk, 0.0), pk))
        if near:
            value, pk = max(near)
            yield Part(Why.RESEMBLES, WEIGHTS[Why.RESEMBLES] * value, model.titles.get(pk), pk)
            total = sum(value for value, _pk in shared)
            _most, pk = max(shared)
            value = WEIGHTS[Why.ALIKE] * total / (1 + total)
            yield Part(Why.ALIKE, value, model.titles.get(pk), pk)

    def _habits(self, item: Item) -> Iterator[Part]:
        """Where and when somebody already comes; nothing of where they live."""
        profile = self.profile
        place = _habit(Why.PLACE, profile.places[item.place], item.place_name, item.place)
        town = _habit(Why.COMMUNE, profile.communes[item.commune], item.commune_name, item.commune)
        yield max(place, town, key=lambda part: part.value)  # a known place is in a known town
        yield _habit(Why.TIME, profile.slots[item.slot], item.slot, item.slot)

    def _offer(self, item: Item) -> Iterator[Part]:
        profile = self.profile
        if item.house == profile.house:
            yield Part(Why.HOUSE, WEIGHTS[Why.HOUSE], item.house_name, item.house)
        if profile.language and profile.language in item.languages:
            yield Part(Why.LANGUAGE, WEIGHTS[Why.LANGUAGE], profile.language, profile.language)
        if (self.today - item.published_on).days <= NEW_DAYS:
            yield Part(Why.NEW, WEIGHTS[Why.NEW])
        soon = max(0.0, 1 - (item.on - self.today).days / AHEAD_DAYS)
        yield Part(Why.SOON, WEIGHTS[Why.SOON] * soon)


def _habit(why: Why, count: int, about: object, source: object) -> Part:
    return Part(why, WEIGHTS[why] * count / (count + HALF), about, source)


def ranked(scorer: Scorer, items: list[Item]) -> list[Item]:
    """The best first; the same order for the same data and day."""
    return sorted(items, key=lambda item: (-scorer.score(item), item.on, item.pk))


def chosen(items: list[Item], most: int = MOST) -> list[Item]:
    """The first ones, with at most two of a kind and two of a house; a little more where the
    whole offer has one or two of them."""
    kinds, houses = {item.kind for item in items}, {item.house for item in items}
    room_of_kind = max(MOST_ALIKE, ceil(most / max(1, len(kinds))))
    room_of_house = max(MOST_ALIKE, ceil(most / max(1, len(houses))))
    taken: list[Item] = []
    for item in items:
        of_kind = sum(item.kind == one.kind for one in taken)
        of_house = sum(item.house == one.house for one in taken)
        if of_kind < room_of_kind and of_house < room_of_house:
            taken.append(item)
        if len(taken) == most:
            break
    return taken
