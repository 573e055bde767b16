"""Figures that tests measure, printed in a table at the end of the run; `make trials` wants them.

for _ in range(count(20, full=1000)): …
figure("transitions simultanées", 1000, "une seule gagne")
"""

import os

import pytest

FULL = os.environ.get("RTR_TRIALS") == "full"
_figures: list[tuple[str, str, str]] = []


def figure(name: str, value: object, note: str = "") -> None:
    """Keep a figure for the table."""
    _figures.append((name, str(value), note))


def count(reduced: int, *, full: int) -> int:
    """How many times to try: few under `make test`, all under `make trials`."""
    return full if FULL else reduced


def pytest_sessionfinish(session):
    """A run on several cores: each hands its figures to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = _figures


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    _figures.extend(tuple(row) for row in getattr(node, "workeroutput", {}).get("figures", []))


def pytest_terminal_summary(terminalreporter):
    if _figures:
        terminalreporter.section("Chiffres")
        width = [max(len(row[column]) for row in _figures) for column in (0, 1)]
        for name, value, note in sorted(_figures):
            terminalreporter.write_line(f"{name:<{width[0]}}  {value:>{width[1]}}  {note}")
