"""Due rows: work that must happen is a row, and anything else is only a hint that one waits.

The row is written in the transaction of its cause. A Celery task, or the sweeper thread where
there is no Redis, hears of it after the commit; a sweep each minute finds whatever no hint
reached. Rows are claimed with SKIP LOCKED, so any number of workers may run at once.

    class Letter(due.DueRow): ...
    due.register(Letter, due.Outside(post))     # in AppConfig.ready
    due.add(Letter(...))                        # in the action
"""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import close_old_connections, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rtr import scope
from rtr.celery import app

logger = logging.getLogger(__name__)

SWEEP_EVERY = 60.0  # seconds
NIGHT = time(2, 30)  # local time of the nightly work
BROKER_REST = 10.0  # seconds without hints after one that failed
LONGEST_WAIT = timedelta(hours=6)  # between two tries


# -- The rows ----------------------------------------------------------------------------------


class Status(models.TextChoices):
    DUE = "due", _("À faire")
    LEASED = "leased", _("En cours")
    DONE = "done", _("Fait")
    UNCERTAIN = "uncertain", _("Incertain")
    FAILED = "failed", _("Abandonné")
    CANCELLED = "cancelled", _("Annulé")


class DueQuerySet(models.QuerySet):
    def waiting(self) -> "DueQuerySet":
        """Rows to run now: those due, and those whose worker fell silent during a call."""
        now = timezone.now()
        due = Q(status=Status.DUE, due_at__lte=now)
        return self.filter(due | Q(status=Status.LEASED, lease_until__lte=now))

    def claim(self) -> "DueRow | None":
        """Lock the row that has waited longest, passing over those that others hold."""
        return self.waiting().order_by("due_at").select_for_update(skip_locked=True).first()


class DueRow(models.Model):
    """A piece of work to be done once. `uncertain` waits for a person: nobody knows if it was."""

    status = models.CharField(_("état"), max_length=9, choices=Status, default=Status.DUE)
    due_at = models.DateTimeField(_("à faire le"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    lease_until = models.DateTimeField(_("réservé jusqu’à"), null=True, blank=True)
    last_error = models.CharField(_("dernière erreur"), max_length=200, blank=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=[Status.DUE, Status.LEASED]),
                name="%(class)s_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.LEASED, lease_until__isnull=False)
                | (~Q(status=Status.LEASED) & Q(lease_until__isnull=True)),
                name="%(class)s_lease",
                violation_error_message=_("Une réservation va avec l’état « En cours »."),
            )
        ]

    def settle(self, status: Status, *, error: str = "", **fields: Any) -> None:
        """Give the row its new state, and only that: the effect may have changed the rest.

        Nothing overrides `done`: an answer that comes late from the provider is the truth.
        """
        rows = type(self).objects.filter(pk=self.pk).exclude(status=Status.DONE)
        if status != Status.DONE:  # someone else took over when our lease ran out
            rows = rows.filter(status=self.status, lease_until=self.lease_until)
        rows.update(status=status, lease_until=None, last_error=error[:200], **fields)

    def put_off(self, error: str, *, tries: int | None) -> None:
        """Try again in 2, 4, 8… minutes, or give up after so many tries."""
        status = Status.FAILED if tries and self.attempts >= tries else Status.DUE
        wait = min(timedelta(minutes=2 ** min(self.attempts, 10)), LONGEST_WAIT)
        due_at = timezone.now() + wait
        self.settle(status, error=error, attempts=self.attempts, due_at=due_at)


# -- The two kinds of effects ------------------------------------------------------------------


class NotDone(Exception):
    """Raised by an effect that surely did not happen, and may be tried again."""


class Refused(Exception):
    """Raised by an effect that will never happen: trying again is of no use."""


class Pointless(Exception):
    """Raised by an effect that nobody needs any more: its row is cancelled."""


class NotYet(Exception):
    """Raised by an effect that is to wait for a given moment; this was no try."""

    def __init__(self, until: datetime):
        super().__init__(f"not before {until:%Y-%m-%d %H:%M}")
        self.until = until


@dataclass(frozen=True)
class Inside:
    """An effect in our own database: it commits together with the row's state, or not at all.

    `effect` takes the row. It may return a moment: the row is then due again, never done.
    """

    effect: Callable[[Any], datetime | None]
    tries: int | None = 8
    queue: str = "fast"

    def run_one(self, rows: DueQuerySet) -> bool:
        with transaction.atomic():
            row = rows.claim()
            if row is None:
                return False
            row.attempts += 1
            try:
                with transaction.atomic(), narrowed(row):
                    again_at = self.effect(row)
            except Refused as error:
                row.settle(Status.FAILED, error=str(error), attempts=row.attempts)
            except Exception as error:
                row.put_off(told(row, error), tries=self.tries)
            else:
                if again_at:
                    row.settle(Status.DUE, attempts=0, due_at=again_at)
                else:
                    row.settle(Status.DONE, attempts=row.attempts)
        return True


@dataclass(frozen=True)
class Outside:
    """An effect that no transaction can undo: a mail, a text message, a webhook.

    A lease is committed first, then `call` runs outside any transaction. What it returns are
    fields of the row to record. When it raises anything but the four above, or when the worker
    dies, nobody knows: `ask`, where the provider can tell by our uuid (`can_ask` says so for a
    row), returns the fields to record or raises `NotDone`; else the row becomes `uncertain`. It
    is never resent.
    """

    call: Callable[[Any], Mapping[str, Any] | None]
    ask: Callable[[Any], Mapping[str, Any] | None] | None = None
    can_ask: Callable[[Any], bool] = lambda row: True
    tries: int = 8
    lease: timedelta = timedelta(minutes=5)  # longer than any timeout of `call`
    queue: str = "fast"

    def run_one(self, rows: DueQuerySet) -> bool:
        with transaction.atomic(durable=True):
            row = rows.claim()
            if row is None:
                return False
            answer_was_lost = row.status == Status.LEASED
            row.status, row.lease_until = Status.LEASED, timezone.now() + self.lease
            row.attempts += 1
            row.save(update_fields=["status", "lease_until", "attempts"])
        with narrowed(row):
            self._settle(row, self.ask if answer_was_lost else self.call)
        return True

    def _settle(self, row: DueRow, outside: Callable | None) -> None:
        if outside is None or outside is self.ask and not self.can_ask(row):
            row.settle(Status.UNCERTAIN, error=row.last_error)
            return
        try:
            fields = outside(row) or {}
        except NotDone as error:
            row.put_off(str(error), tries=self.tries)
        except NotYet as wait:
            row.settle(Status.DUE, attempts=row.attempts - 1, due_at=wait.until)
        except Pointless as error:
            row.settle(Status.CANCELLED, error=str(error))
        except Refused as error:
            row.settle(Status.FAILED, error=str(error))
        except Exception as error:
            self._doubt(row, told(row, error), asked=outside is self.ask)
        else:
            row.settle(Status.DONE, **fields)

    def _doubt(self, row: DueRow, error: str, *, asked: bool) -> None:
        """Ask at the end of the lease, some time after the failure, when the provider can tell."""
        if self.ask and self.can_ask(row) and not (asked and row.attempts >= self.tries):
            type(row).objects.filter(pk=row.pk).update(last_error=error)
        else:
            row.settle(Status.UNCERTAIN, error=error)


def narrowed(row: DueRow) -> AbstractContextManager[None]:
    """The work on a row sees the row's territory alone, where it has one."""
    territory_id = getattr(row, "territory_id", None)
    return scope.over([territory_id]) if territory_id else nullcontext()


def told(row: DueRow, error: Exception) -> str:
    """Log what failed and where, without the message, which may quote what a person typed."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    name = type(error).__qualname__
    logger.error("%s %s: %s at %s", row._meta.label, row.pk, name, place)
    first_line = str(error).partition("\n")[0]
    return f"{name}: {first_line}"


kinds: dict[str, tuple[type[DueRow], Inside | Outside]] = {}


def register(model: type[DueRow], kind: Inside | Outside) -> None:
    """Say what running a row of this model does; called from `AppConfig.ready`."""
    kinds[model._meta.label_lower] = model, kind


# -- Adding and hinting ------------------------------------------------------------------------


def add(row: DueRow) -> DueRow:
    """Save the row in the transaction of its cause; once that commits, hint that it waits."""
    row.save(force_insert=True)
    hint(row)
    return row


def again(row: DueRow) -> None:
    """A person decided: an uncertain or abandoned row is to be tried anew."""
    stopped = type(row).objects.filter(pk=row.pk, status__in=[Status.UNCERTAIN, Status.FAILED])
    stopped.update(status=Status.DUE, due_at=timezone.now(), attempts=0)
    hint(row)


def hint(row: DueRow) -> None:
    """Never an ETA: a row due later is found by the sweep. A lost hint costs a minute."""
    if row.due_at <= timezone.now():
        transaction.on_commit(lambda: _hint(row._meta.label_lower, row.pk), robust=True)


def hint_all(model: type[DueRow]) -> None:
    """The same for rows written in bulk: whatever waits of this model is to be run."""
    transaction.on_commit(lambda: _hint(model._meta.label_lower, None), robust=True)


def _hint(label: str, pk: int | None) -> None:
    if sweeper:
        sweeper.woken.set()
    if settings.REDIS_URL:
        _send(label, pk)


broker_rests_until = 0.0


def _send(label: str, pk: int | None = None) -> None:
    """A broker that is away costs a second (settings.py), then nothing for a moment."""
    global broker_rests_until
    if monotonic() < broker_rests_until:
        return
    _model, kind = kinds[label]
    try:
        run.apply_async([label, pk], queue=kind.queue, retry=False, expires=SWEEP_EVERY)
    except Exception as error:
        broker_rests_until = monotonic() + BROKER_REST
        logger.warning("no hint for %s: %s", label, type(error).__qualname__)


# -- Running -----------------------------------------------------------------------------------


def run_due(label: str, pk: int | None = None) -> int:
    """Run the waiting rows of a model, or one of them.

    Parameters: `label`, as in `journeys.outboundmessage`; `pk`, of one row.
    Returns: how many rows were tried.
    """
    model, kind = kinds[label]
    count = 0
    with scope.everything("due rows of every territory"):
        rows = model.objects.filter(pk=pk) if pk else model.objects.all()
        while kind.run_one(rows):
            count += 1
    return count


def oldest() -> timedelta | None:
    """For how long the row that has waited longest has been waiting; None when none is."""
    with scope.everything("health of the due rows"):
        first = [
            model.objects.waiting().order_by("due_at").first() for model, _kind in kinds.values()
        ]
    moments = [row.due_at for row in first if row]
    return timezone.now() - min(moments) if moments else None


@app.task(name="rtr.due.run")
def run(label: str, pk: int | None = None) -> None:
    run_due(label, pk)


@app.task(name="rtr.due.nightly")
def nightly() -> None:
    run_due(NightlyRun._meta.label_lower)


@app.task(name="rtr.due.sweep")
def sweep() -> None:
    """Run all that waits. One kind that breaks does not keep the others waiting."""
    plan_nights()
    for label, (_model, kind) in kinds.items():
        try:
            if settings.REDIS_URL and kind.queue != "fast":
                _send(label)
            else:
                run_due(label)
        except Exception as error:
            logger.error("sweep of %s: %s", label, type(error).__qualname__)


class Sweeper(threading.Thread):
    """Sweeps each minute, and at once when a row of this process was committed."""

    def __init__(self):
        super().__init__(name="sweeper", daemon=True)
        self.woken = threading.Event()
        self.leaving = False

    def run(self) -> None:
        while not self.leaving:
            close_old_connections()
            try:
                sweep()
            except Exception as error:  # the database is away: the next sweep may find it back
                logger.error("sweep: %s", type(error).__qualname__)
            self.woken.wait(SWEEP_EVERY)
            self.woken.clear()
        close_old_connections()

    def leave(self) -> None:
        self.leaving = True
        self.woken.set()
        self.join(timeout=10)


sweeper: Sweeper | None = None


def start_sweeper() -> Sweeper:
    global sweeper
    sweeper = Sweeper()
    sweeper.start()
    return sweeper


# -- Every night -------------------------------------------------------------------------------


class NightlyRun(DueRow):
    """A function to run each night: a row that, once run, is due again the night after.

    A machine that slept through the night runs it when it wakes, whoever sweeps first.
    """

    name = models.CharField(_("nom"), max_length=100, unique=True)

    class Meta(DueRow.Meta):
        app_label = "rtr"
        verbose_name = _("travail de nuit")
        verbose_name_plural = _("travaux de nuit")

    def __str__(self):
        return self.name


nights: dict[str, Callable[[], None]] = {}


def register_nightly(function: Callable[[], None]) -> Callable[[], None]:
    """Run the function once a night, in one transaction, over all territories.

    Long work writes due rows of its own. Usable as a decorator.
    """
    nights[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def next_night() -> datetime:
    now = timezone.localtime()
    tonight = timezone.make_aware(datetime.combine(now.date(), NIGHT))
    return (
        tonight
        if now < tonight
        else timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), NIGHT))
    )


def run_night(row: NightlyRun) -> datetime:
    if row.name in nights:  # a function that was removed leaves its row behind
        nights[row.name]()
    return next_night()


def plan_nights() -> None:
    known = set(NightlyRun.objects.values_list("name", flat=True))
    new = [NightlyRun(name=name, due_at=next_night()) for name in nights if name not in known]
    NightlyRun.objects.bulk_create(new, ignore_conflicts=True)


register(NightlyRun, Inside(run_night, tries=None, queue="slow"))
