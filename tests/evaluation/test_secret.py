"""No published number of people under 11 can be found again: attacked with its own totals."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluation.dashboards.secret import THRESHOLD, TOTAL, Protected, Table, protect
from tests.evaluation.simplex import extremes
from tests.figures import count, figure

FLAT = {"tous": None, "a": "tous", "b": "tous", "c": "tous"}
DEEP = FLAT | {"b1": "b", "b2": "b", "b3": "b", "c1": "c", "c2": "c"}


def table(parents, columns, numbers, **options) -> Table:
    inner = set(parents.values())
    leaves = [row for row in parents if row not in inner]
    cells = itertools.product(leaves, columns)
    return Table(parents, columns, dict(zip(cells, numbers, strict=True)), **options)


@st.composite
def tables(draw, *, rows=(FLAT, DEEP), most_columns=4):
    """Small numbers everywhere: what makes the secret hard."""
    parents = draw(st.sampled_from(rows))
    columns = tuple("stuvw"[: draw(st.integers(1, most_columns))])
    leaves = len(set(parents) - set(parents.values()))
    people = st.one_of(st.integers(0, 12), st.integers(0, 60), st.just(0))
    size = leaves * len(columns)
    numbers = draw(st.lists(people, min_size=size, max_size=size))
    try:
        return table(parents, columns, numbers)
    except ValueError:
        assume(False)


def attacked(protected: Protected, cell) -> tuple:
    """The lowest and highest value that the published sums leave to a hidden number."""
    t = protected.table

    def sides(row, column) -> dict:
        columns = t.columns if column == TOTAL else [column]
        below = [leaf for leaf in t.leaves if row in _line(t, leaf)]
        return dict.fromkeys(itertools.product(below, columns), 1)

    def known(equation) -> int:  # what is hidden and not zero is at least one
        return sum(protected.floor(leaf) for leaf in equation if leaf in protected.hidden)

    equations = []
    for found, people in t.values.items():
        equation = sides(*found)
        if found not in protected.hidden:
            equations.append((equation, people - known(equation)))
        elif len(equation) > 1:  # a hidden sum is known to be at least its floor
            spare = {("spare", *found): -1}
            equations.append((equation | spare, protected.floor(found) - known(equation)))
    wanted = sides(*cell)
    lowest, highest = extremes(equations, wanted)
    floor = known(wanted)
    return lowest + floor, None if highest is None else highest + floor


def _line(t: Table, leaf: str) -> list[str]:
    line = [leaf]
    while t.parents[line[-1]]:
        line.append(t.parents[line[-1]])
    return line


def small(t: Table) -> list:
    return [cell for cell in t.values if t.is_small(cell)]


@settings(max_examples=count(150, full=5000), deadline=None)
@given(tables())
def test_every_small_number_could_be_eleven_different_ones(t):
    protected = protect(t)

    for cell in small(t):
        low, high = protected.interval(cell)
        assert cell in protected.hidden
        assert high - low >= THRESHOLD - 1


@settings(max_examples=count(60, full=1000), deadline=None)
@given(tables(rows=(FLAT,), most_columns=3))
def test_a_reader_with_a_linear_programme_finds_none(t):
    protected = protect(t)

    for cell in small(t):
        low, high = attacked(protected, cell)
        assert high is None or high - low >= THRESHOLD - 1
        at_most = t.values[cell] + THRESHOLD if high is None else high
        assert protected.interval(cell) == (low, min(at_most, t.values[cell] + THRESHOLD))


def test_a_deep_table_resists_too():
    t = table(DEEP, ("caen", "orne"), [14, 30, 3, 9, 0, 12, 25, 2, 40, 1, 5, 5])
    protected = protect(t)

    found = {cell: attacked(protected, cell) for cell in small(t)}

    assert all(high is None or high - low >= THRESHOLD - 1 for low, high in found.values())
    figure("cases sous 11 attaquées", len(found), "aucune retrouvée")


def test_hiding_the_small_numbers_alone_is_not_enough():
    """The control: without other hidden cells, the same attack finds the number."""
    t = table(FLAT, ("caen", "orne"), [40, 30, 3, 20, 25, 15])
    naive = Protected(t, set(small(t)))

    assert small(t) == [("b", "caen")]
    assert attacked(naive, ("b", "caen")) == (3, 3)


@pytest.mark.parametrize("numbers", [[5, 6, 0], [10, 1, 0], [4, 4, 4], [2, 2, 7]])
def test_eleven_people_in_all_still_hide_their_parts(numbers):
    t = table(FLAT, ("caen",), numbers)
    protected = protect(t)

    assert all(high - low >= 10 for low, high in map(protected.interval, small(t)))
    assert protected.value("tous", "caen") == sum(numbers)


def test_zeros_are_shown_and_so_are_numbers_from_eleven():
    t = table(FLAT, ("caen", "orne"), [40, 30, 11, 20, 0, 15])
    protected = protect(t)

    assert protected.hidden == set()
    assert protected.value("c", "caen") == 0


def test_that_nobody_is_outside_a_public_is_hidden_when_asked():
    rows = {"contrat": None, "rsa": "contrat", "reste": "contrat"}
    t = table(rows, ("caen",), [14, 0], secret_zeros=frozenset({"reste"}))
    protected = protect(t)

    assert protected.hidden == {("rsa", "caen"), ("reste", "caen")}


def test_the_same_table_always_hides_the_same_cells():
    numbers = [14, 30, 3, 9, 0, 12, 25, 2, 40, 1, 5, 5]
    first, again = (protect(table(DEEP, ("caen", "orne"), numbers)) for _ in range(2))

    assert first.hidden == again.hidden


def test_a_column_under_eleven_has_no_place_in_a_table():
    with pytest.raises(ValueError, match="under 11"):
        table(FLAT, ("caen",), [4, 5, 1])


def test_a_row_whose_parent_is_unknown_is_refused():
    with pytest.raises(ValueError, match="tree"):
        Table({"tous": None, "a": "elsewhere"}, ("caen",), {("a", "caen"): 20})


def test_one_territory_and_the_whole_do_not_tell_the_other():
    """Caen's page, Orne's page and the total laid side by side: the attack has them all."""
    t = table(FLAT, ("caen", "orne"), [40, 30, 6, 20, 25, 15])
    protected = protect(t)

    low, high = attacked(protected, ("b", "caen"))

    assert high - low >= THRESHOLD - 1
