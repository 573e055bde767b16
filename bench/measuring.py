"""Times that mean something on a busy machine: interleaved, medians, and only their ratios."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5


@dataclass(frozen=True)
class Measure:
    """What is done, against the least that could be: `ratio` is their medians' quotient."""

    name: str
    run: Callable[[], object]
    limit: Callable[[], object]
    goal: float


def ratios(measures: list[Measure], *, rounds: int = ROUNDS) -> list[tuple[Measure, float]]:
    """Run everything in turn, `rounds` times, so that a slow moment slows all of them."""
    jobs = [job for measure in measures for job in (measure.run, measure.limit)]
    for job in jobs:
        job()  # caches, connections, compiled templates
    times: list[list[float]] = [[] for _job in jobs]
    for _round in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            started = time.perf_counter()
            job()
            taken.append(time.perf_counter() - started)
    medians = [median(taken) for taken in times]
    return [
        (measure, medians[2 * rank] / medians[2 * rank + 1])
        for rank, measure in enumerate(measures)
    ]


def table(found: list[tuple[Measure, float]]) -> str:
    """One line a measure: what, its ratio, its goal."""
    width = max(len(measure.name) for measure, _ratio in found)
    lines = [f"{'mesure':<{width}}  rapport    but"]
    for measure, ratio in found:
        said = "" if ratio <= measure.goal else "  dépassé"
        lines.append(f"{measure.name:<{width}}  {ratio:>7.2f}  ≤ {measure.goal:g}{said}")
    return "\n".join(lines)
