"""Somebody was there: later chapters say what they do of it, and registers tell when it is noted.

`noted(enrolment)` is called, in its transaction, after any change of an attendance or of whose it
is: a register taken or corrected, a walk-in found to be somebody.
"""

from collections.abc import Callable

from journeys.activities.models import Enrolment

_listeners: list[Callable[[Enrolment], None]] = []


def on_present(listener: Callable[[Enrolment], None]) -> Callable[[Enrolment], None]:
    """Have this called with each enrolment noted; it looks at `attendance` itself."""
    _listeners.append(listener)
    return listener


def noted(enrolment: Enrolment) -> None:
    for listener in _listeners:
        listener(enrolment)
