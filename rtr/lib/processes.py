"""Children that never outlive their parent, not even a parent killed by SIGKILL."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl(2), Linux only
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def tied(
    args: list[str], *, on_death: signal.Signals = signal.SIGTERM, **options: Any
) -> subprocess.Popen:
    """Start a child that receives `on_death` when this process ends, however it ends.

    Parameters: `args` and `options`, those of `subprocess.Popen`; call it from a thread that
    lasts, since Linux counts the death of the calling thread as the parent's.
    Errors: those of `Popen`.
    Source: prctl(2), PR_SET_PDEATHSIG; a credential change clears the signal, and `Popen`
    runs `preexec_fn` after it has changed user.
    """
    if _libc:
        parent = os.getpid()
        return subprocess.Popen(args, preexec_fn=_tie(on_death, parent), **options)
    # Elsewhere a shell waits on a pipe that only our death closes.
    child = subprocess.Popen(args, **options)
    watch = f"cat; kill -{on_death.value} {child.pid}"
    child.watchdog = subprocess.Popen(["/bin/sh", "-c", watch], stdin=subprocess.PIPE)
    return child


def tie_to_parent(on_death: signal.Signals = signal.SIGTERM) -> None:
    """Ask to receive `on_death` when the process that started this one ends (Linux only)."""
    if _libc:
        _tie(on_death, os.getppid())()


def apart(work: Callable[[], None]) -> bool:
    """Do it in a process of its own and wait; True where it went well, what went wrong is printed.

    For what leaves threads behind: a fork copies a library without its threads, for which it then
    waits for ever (those of Rayon, within Typst). Close connections before.
    """
    child = get_context("fork").Process(target=_alone, args=(work,))
    child.start()
    try:
        child.join()
    finally:
        child.terminate()
        child.join()
    return not child.exitcode


def _alone(work: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too: the parent answers it
    tie_to_parent()
    work()


def _tie(on_death: signal.Signals, parent: int) -> Callable[[], None]:
    def tie() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, on_death)
        if os.getppid() != parent:  # it died before we could ask
            os.kill(os.getpid(), on_death)

    return tie
