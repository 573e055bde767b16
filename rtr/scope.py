"""The second wall's scope: the territories whose rows this piece of work may touch.

A stack in a ContextVar, empty by default: no scope, no rows. `rtr.postgres` tells the connection
its value before each statement; the row-level policies read it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

EVERYTHING = "*"

_scope: ContextVar[str] = ContextVar("rtr_scope", default="")


def current() -> str:
    """The scope in force: comma-separated territory ids, `*` for all, or nothing."""
    return _scope.get()


@contextmanager
def over(territory_ids: Iterable[int]) -> Iterator[None]:
    """Work on these territories only; the previous scope comes back on leaving."""
    with _set(",".join(str(int(pk)) for pk in sorted(set(territory_ids)))):
        yield


@contextmanager
def everything(reason: str) -> Iterator[None]:
    """Work on all territories: jobs, commands, and doors that resolve a token before narrowing.

    Parameters: `reason`, why no narrower scope can do; it must not be empty.
    """
    if not reason:
        raise ValueError("everything() wants a reason")
    with _set(EVERYTHING):
        yield


@contextmanager
def _set(value: str) -> Iterator[None]:
    token = _scope.set(value)
    try:
        yield
    finally:
        _scope.reset(token)


def streamed(chunks: Iterable[Any]) -> Iterator[Any]:
    """Give each chunk of a streamed answer the scope in force now, while it is made."""
    return _under(current(), iter(chunks))  # a generator would read the scope at its first chunk


def _under(value: str, chunks: Iterator[Any]) -> Iterator[Any]:
    while True:
        with _set(value):
            try:
                chunk = next(chunks)
            except StopIteration:
                return
        yield chunk
