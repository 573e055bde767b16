"""What the chapters above do when an immersion ends: they register here, in `AppConfig.ready`.

    from journeys.frames.ending import on_ended
    on_ended(remember_immersion)   # called with the immersion, in the transaction that ends it

Safe to register twice; a function is called once for each immersion that ends.
"""

from collections.abc import Callable

from journeys.frames.models import Immersion

_told: list[Callable[[Immersion], object]] = []


def on_ended(fn: Callable[[Immersion], object]) -> Callable[[Immersion], object]:
    if fn not in _told:
        _told.append(fn)
    return fn


def tell_ended(immersion: Immersion) -> None:
    for fn in _told:
        fn(immersion)
