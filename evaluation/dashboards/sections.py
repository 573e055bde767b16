"""The dashboard as its page reads it: key figures, drawings with their twin table, territories."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation.dashboards import words
from evaluation.dashboards.board import Board, Part
from evaluation.dashboards.charts import STYLES, Chart, Line, by_size, chart
from evaluation.dashboards.counts import OFFICIAL, OTHER, OWN
from evaluation.dashboards.publics import CONTRACT
from journeys.pathway.enums import Phase

STATES = [
    "butinage",
    "pause_avant",
    "sortie_avant",
    "effacee",
    "en_cours",
    "pause",
    "duree_depassee",
    "sortie",
]
STEPS = ["accueil", CONTRACT, "sortie", OFFICIAL]
WHOLE, WIDE, HALF, NARROW = 940, 580, 430, 290  # about what a box has inside


@dataclass(frozen=True)
class Figure:
    """A key figure: its number or its share, and what it is made of."""

    label: str
    people: int | None
    share: int | None
    out_of: int | None
    said: str
    is_share: bool = False


@dataclass(frozen=True)
class TwinRow:
    label: str
    people: list[int | None]
    is_sum: bool


@dataclass(frozen=True)
class Section:
    """A drawing and the table that says the same."""

    slug: str
    title: str
    said: str
    wide: Chart
    narrow: Chart
    masked: list[str]  # what is not drawn: its number is hidden
    heads: list[str]
    rows: list[TwinRow]
    has_key: bool = False


def share(part: int | None, whole: int | None) -> int | None:
    """A percentage of two numbers that are both shown."""
    return round(100 * part / whole) if part is not None and whole else None


def key_figures(board: Board) -> list[Figure]:
    people = board.journeys.all
    met, signed, left = people("accueil"), people(CONTRACT), people("sortie")
    target = board.target or None
    rule = _("règle du financeur")
    apart = _("comptées à part, jamais ajoutées")
    return [
        Figure(_("Personnes accueillies"), met, None, None, _("fiches effacées comprises")),
        Figure(_("Contrats signés"), signed, share(signed, target), target, _("visés")),
        Figure(_("De l’accueil au contrat"), signed, share(signed, met), met, "", True),
        Figure(_("Sorties"), left, None, None, _("après un contrat")),
        *(
            Figure(words.label(row), people(row), share(people(row), left), left, said, True)
            for row, said in ((OFFICIAL, rule), (OWN, apart))
        ),
    ]


def exits(board: Board) -> Section:
    part, rows, lines = board.journeys, [], []
    for of in (OFFICIAL, OWN, OTHER):
        below = _children(part, of)
        rows += [of, *below]
        lines += by_size(Line(words.label(row), part.all(row), STYLES[of]) for row in below)
    said = _("une seule nature par personne")
    return _section(
        board, part, "sorties", _("Sorties par nature"), said, lines, rows, WIDE, key=True
    )


def steps(board: Board) -> Section:
    """How many go how far, with their share of the people welcomed."""
    part = board.journeys
    met = part.all("accueil")
    lines = []
    for row in STEPS:
        of_met = share(part.all(row), met) if row != "accueil" else None
        aside = "" if of_met is None else f"{of_met} %"
        lines.append(Line(words.label(row), part.all(row), "b1", aside))
    said = _("à droite, la part des personnes accueillies")
    return _section(board, part, "etapes", _("Étapes du parcours"), said, lines, STEPS, NARROW)


def states(board: Board) -> Section:
    part = board.journeys
    lines = [Line(words.label(row), part.all(row)) for row in STATES if part.all(row) != 0]
    rows = ["avant", *STATES[:4], CONTRACT, *STATES[4:]]
    said = _("chaque personne y est une fois")
    return _section(board, part, "etats", _("Où en sont les parcours"), said, lines, rows, HALF)


def phases(board: Board) -> Section:
    part, rows = board.phases, list(Phase.values)
    lines = [Line(words.label(row), part.all(row)) for row in rows]
    said = _("la dernière, parmi les personnes sous contrat")
    return _section(board, part, "phases", _("Phases"), said, lines, rows, HALF)


def publics(board: Board) -> Section:
    found = [(part, row) for part in board.publics for row in part.rows if row != CONTRACT]
    lines = by_size(Line(words.label(row), part.all(row)) for part, row in found)
    said = _("parmi les personnes sous contrat ; on peut être dans plusieurs")
    places = board.publics[0]
    section = _section(board, places, "publics", _("Publics"), said, lines, [], WHOLE)
    section.rows.extend(_twin_rows(board, found))
    return section


def _children(part: Part, parent: str) -> list[str]:
    return [row for row, above in part.protected.table.parents.items() if above == parent]


def _section(
    board: Board,
    part: Part,
    slug: str,
    title: str,
    said: str,
    lines: list[Line],
    rows: Iterable[str],
    width: int,
    *,
    key: bool = False,
) -> Section:
    drawn = [line for line in lines if line.people is not None]
    masked = [line.label for line in lines if line.people is None]
    wide = chart(title, drawn, width=width, stacked=width <= HALF)
    narrow = chart(title, drawn, width=NARROW, stacked=True)
    heads = [_("Ensemble")] if len(board.places) > 1 else []
    heads += [place.name for place in board.places]
    twin = _twin_rows(board, [(part, row) for row in rows])
    return Section(slug, title, said, wide, narrow, masked, heads, twin, key)


def _twin_rows(board: Board, found: Iterable[tuple[Part, str]]) -> list[TwinRow]:
    """One row per thing counted; those where nobody is, anywhere on the page, are left out."""
    rows = []
    for part, row in found:
        people = [part.all(row)] if len(board.places) > 1 else []
        people += [part.at(row, str(place.pk)) for place in board.places]
        if set(people) != {0}:
            is_sum = row not in part.protected.table.leaves
            rows.append(TwinRow(words.label(row), people, is_sum))
    return rows


def territories(board: Board) -> list[dict]:
    """One line per territory: what was reached there."""
    part, lines = board.journeys, []
    for place in board.places:
        official, own, left = (part.at(row, str(place.pk)) for row in (OFFICIAL, OWN, "sortie"))
        line = {"place": place, "left": left, "official": official, "own": own}
        line |= {"official_share": share(official, left), "own_share": share(own, left)}
        line |= {row: part.at(row, str(place.pk)) for row in ("accueil", CONTRACT)}
        lines.append(line)
    return lines
