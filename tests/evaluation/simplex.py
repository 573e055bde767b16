"""A reader with a linear programme: what somebody can deduce from a published table.

Written apart from the code under test, from the definition alone: the unknown leaf numbers, every
published sum as an equation, the lowest and highest value each hidden number may take. Exact
(fractions), small (Bland's rule), slow: for small tables.
"""

from fractions import Fraction


def extremes(equations: list[tuple[dict, int]], wanted: dict) -> tuple[Fraction, Fraction | None]:
    """The lowest and highest value of a sum of unknowns, all at least zero; None: no limit.

    Parameters: `equations`, pairs of coefficients by unknown and their sum; `wanted`, the
    coefficients of what is looked for.
    """
    names = sorted({name for sides, _sum in equations for name in sides} | set(wanted))
    lowest = _least(names, equations, wanted)
    highest = _least(names, equations, {name: -c for name, c in wanted.items()})
    return lowest, None if highest is None else -highest


def _least(names, equations, aim) -> Fraction | None:
    """Two phases: find numbers that agree with the equations, then lower the aim."""
    count, rows = len(names), []
    for sides, total in equations:
        sign = -1 if total < 0 else 1
        row = [Fraction(sign * sides.get(name, 0)) for name in names]
        rows.append([*row, Fraction(sign * total)])
    size = len(rows)
    for rank, row in enumerate(rows):
        row[count:count] = [Fraction(int(rank == other)) for other in range(size)]
    basis = list(range(count, count + size))
    start = [Fraction(0)] * count + [Fraction(1)] * size
    assert _lower(rows, basis, start, count + size) == 0, "the published sums contradict each other"
    _drop_helpers(rows, basis, count)
    costs = [Fraction(aim.get(name, 0)) for name in names] + [Fraction(0)] * size
    return _lower(rows, basis, costs, count)


def _lower(rows, basis, costs, usable) -> Fraction | None:
    while True:
        enters = next((k for k in range(usable) if _gain(rows, basis, costs, k) < 0), None)
        if enters is None:
            return sum(costs[b] * row[-1] for b, row in zip(basis, rows, strict=True))
        limits = [
            (row[-1] / row[enters], basis[r], r) for r, row in enumerate(rows) if row[enters] > 0
        ]
        if not limits:
            return None
        _pivot(rows, basis, min(limits)[2], enters)


def _gain(rows, basis, costs, k) -> Fraction:
    return costs[k] - sum(costs[b] * row[k] for b, row in zip(basis, rows, strict=True) if row[k])


def _pivot(rows, basis, leaves, enters) -> None:
    by = rows[leaves][enters]
    rows[leaves] = [value / by for value in rows[leaves]]
    for rank, row in enumerate(rows):
        if rank != leaves and row[enters]:
            by = row[enters]
            rows[rank] = [a - by * b for a, b in zip(row, rows[leaves], strict=True)]
    basis[leaves] = enters


def _drop_helpers(rows, basis, count) -> None:
    """Equations that repeat others keep a helper at zero: take it out, or the equation."""
    for rank in reversed(range(len(rows))):
        if basis[rank] < count:
            continue
        enters = next((k for k in range(count) if rows[rank][k]), None)
        if enters is None:
            del rows[rank], basis[rank]
        else:
            _pivot(rows, basis, rank, enters)
