"""What the apps above bring to these pages; they register it when they are ready."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest

from territories.programmes.models import Programme

Card = Callable[[HttpRequest, Model], dict | None]
# Setting → how many rows a shorter term would erase tonight, and the sentence for that number
_dangers: dict[str, tuple[Callable[[Programme, int], int], Callable[[int], str]]] = {}
# Setting → the codes it is chosen from
_choices: dict[str, Callable[[], list[tuple[str, str]]]] = {}
# Model → parts of its page: a template, and its context (nothing: not for this person)
_cards: dict[type[Model], list[tuple[str, Card]]] = {}


def add_danger(
    setting: str, count: Callable[[Programme, int], int], said: Callable[[int], str]
) -> None:
    _dangers[setting] = (count, said)


def add_choices(setting: str, choices: Callable[[], list[tuple[str, str]]]) -> None:
    _choices[setting] = choices


def add_card(about: type[Model], template: str, context: Card) -> None:
    """A card of the page of each territory, or of each structure."""
    _cards.setdefault(about, []).append((template, context))


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


def cards(request: HttpRequest, row: Model) -> list[tuple[str, dict]]:
    """For `{% include template with card=card only %}`, on the page of this row."""
    added = _cards.get(type(row), [])
    found = [(template, context(request, row)) for template, context in added]
    return [(template, context) for template, context in found if context is not None]
