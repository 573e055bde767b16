"""Codes such as LOUTRE-4821: said in two breaths, never in order, never given twice (rule 1)."""

import random
from functools import cache

from journeys.participants.lists import DATA
from journeys.participants.models import GivenCode

LOWEST, HIGHEST = 1000, 9999
ROUNDS = 60  # with a third of all codes given, one draw in three is lost: a few rounds do
_chance = random.SystemRandom()  # the system's own source, the one behind `secrets`


class NoCodeLeft(Exception):
    """Nearly all codes were given: code_words.txt wants more words."""


@cache
def code_words() -> tuple[str, ...]:
    """Plants, animals and places that are pleasant to be called by; one word a line."""
    return tuple((DATA / "code_words.txt").read_text(encoding="utf-8").split())


def new_code() -> str:
    """A code that nobody was ever given. Raises NoCodeLeft.

    A trigger remembers it when its participant is inserted: two people welcomed in the same
    instant with the same draw, once in some three million, meet a unique violation.
    """
    return new_codes(1)[0]


def new_codes(count: int, *, chance: random.Random = _chance) -> list[str]:
    """Several codes, all different and never given before.

    Parameters: `chance`, where the draws come from; left alone except for demonstration data.
    Raises NoCodeLeft after many draws in vain.
    """
    drawn: dict[str, None] = {}  # keeps the order of the draws
    for _round in range(ROUNDS):
        fresh = dict.fromkeys(_draw(chance) for _ in range(count - len(drawn)))
        given = set(GivenCode.objects.filter(code__in=fresh).values_list("code", flat=True))
        drawn |= {code: None for code in fresh if code not in given}
        if len(drawn) >= count:
            return list(drawn)
    raise NoCodeLeft


def _draw(chance: random.Random) -> str:
    return f"{chance.choice(code_words())}-{chance.randint(LOWEST, HIGHEST)}"
