"""What the apps above bring to these pages; they register it when they are ready."""

from collections.abc import Callable

from django.http import HttpRequest

from territories.places.models import Territory
from territories.programmes.models import Programme

# Setting → how many rows a shorter term would erase tonight, and the sentence for that number
_dangers: dict[str, tuple[Callable[[Programme, int], int], Callable[[int], str]]] = {}
# Setting → the codes it is chosen from
_choices: dict[str, Callable[[], list[tuple[str, str]]]] = {}
# Parts of a territory's page: a template, and its context (nothing: not for this person)
_cards: list[tuple[str, Callable[[HttpRequest, Territory], dict | None]]] = []


def add_danger(
    setting: str, count: Callable[[Programme, int], int], said: Callable[[int], str]
) -> None:
    _dangers[setting] = (count, said)


def add_choices(setting: str, choices: Callable[[], list[tuple[str, str]]]) -> None:
    _choices[setting] = choices


def add_card(template: str, context: Callable[[HttpRequest, Territory], dict | None]) -> None:
    _cards.append((template, context))


def dangers(programme: Programme, values: dict) -> list[str]:
    """One sentence per shortened term that would erase something; nothing when none would."""
    found = []
    for setting, (count, said) in _dangers.items():
        if setting in values and values[setting] < getattr(programme, setting):
            if rows := count(programme, values[setting]):
                found.append(said(rows))
    return found


def choices(setting: str) -> list[tuple[str, str]]:
    return _choices[setting]() if setting in _choices else []


def cards(request: HttpRequest, territory: Territory) -> list[tuple[str, dict]]:
    found = [(template, context(request, territory)) for template, context in _cards]
    return [(template, context) for template, context in found if context is not None]
