"""Putting back what a merge changed, for thirty days; then making it final."""

import datetime
from dataclasses import dataclass

from auditlog.context import disable_auditlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.models import Contract
from journeys.duplicates.actions.merging import follow_contacts
from journeys.duplicates.models import KeptApart, Merge
from journeys.duplicates.moving import follow_parents, put_back
from journeys.participants.models import Participant
from journeys.pathway.actions.acting import tell
from journeys.pathway.actions.lifecycle import erase
from journeys.pathway.models import Journey
from rtr import scope
from rtr.lib import french
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.journal.models import JournalEntry

UNDO_DAYS = 30


@dataclass(frozen=True)
class Undone:
    """`acts`: noted since on the file that was kept, where they stay; `left`: values changed again
    since, left as they are."""

    merge: Merge
    acts: int
    left: int


def undo_merge(*, merge: Merge, by: User) -> Undone:
    """Make two files of one again. Raises ValidationError, saying why it can no longer be done."""
    with transaction.atomic(), lifecycle():
        merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        kept, absorbed = _locked(merge)
        acts = acts_since(merge)
        with scope.everything("rows of one person's programmes live in several territories"):
            left = put_back(merge.record)
        follow_parents([kept.pk, absorbed.pk])
        follow_contacts(kept, absorbed)
        merge.record, merge.undone_on, merge.undone_by = [], timezone.localdate(), by
        merge.save(update_fields=["record", "undone_on", "undone_by"])
        tell(Act.UNMERGED, journey=kept, by=by, about=merge)
    return Undone(merge, acts, left)


def _locked(merge: Merge) -> tuple[Journey, Journey]:
    if said := in_the_way(merge):
        raise ValidationError(said)
    both = [merge.kept_id, merge.absorbed_id]
    rows = Journey.everyone.filter(participant__in=both).select_for_update(of=("self",))
    found = {journey.participant_id: journey for journey in rows.order_by("pk")}
    Journey.everyone.filter(participant__in=both).update(version=F("version") + 1)
    kept, absorbed = (found[pk] for pk in both)
    kept.version += 1
    return kept, absorbed


def in_the_way(merge: Merge) -> str:
    """Why this merge can no longer be undone; nothing while it can."""
    if merge.undone_on:
        return _("Cette réunion est déjà défaite.")
    if merge.settled_on or merge.at < timezone.now() - datetime.timedelta(days=UNDO_DAYS):
        return _("Une réunion se défait pendant trente jours : celle-ci est définitive.")
    both = Q(kept__in=[merge.kept_id, merge.absorbed_id]) | Q(absorbed=merge.kept_id)
    if Merge.objects.undoable().filter(both, pk__gt=merge.pk).exists():
        return _("Une réunion plus récente touche ce dossier : défaites-la d’abord.")
    if _signed_since(merge):
        return _("Un contrat venu de l’autre dossier a été signé depuis : rien ne se défait plus.")
    return ""


def _signed_since(merge: Merge) -> bool:
    moved = {
        pk
        for model, column, _before, _after, pks in merge.record
        if (model, column) == (Contract._meta.label_lower, "journey_id")
        for pk in pks
    }
    return Contract.objects.filter(pk__in=moved, signatures__signed_at__gt=merge.at).exists()


def acts_since(merge: Merge) -> int:
    entries = JournalEntry.objects.filter(participant_id=merge.kept_id, at__gt=merge.at)
    return entries.filter(version__isnull=False).exclude(act=Act.MERGED).count()


def stays_in_words(acts: int) -> str:
    """« Trois actes notés depuis restent dans le dossier gardé. »"""
    if not acts:
        return ""
    count = french.capitalised(french.spelled(acts))
    if acts == 1:
        return _("Un acte noté depuis reste dans le dossier gardé.")
    return _("%(count)s actes notés depuis restent dans le dossier gardé.") % {"count": count}


# -- After thirty days -----------------------------------------------------------------------------


def settle_merges(*, on: datetime.date) -> int:
    """Erase the shells of the files merged thirty days ago, and what was recorded to put them
    back; forget the pairs of which one is gone. Returns how many. Safe to run twice."""
    before = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    old = Merge.objects.undoable().filter(at__lt=before - datetime.timedelta(days=UNDO_DAYS))
    settled = [_settle(merge) for merge in old]
    KeptApart.objects.exclude(other_id__in=Participant.everyone.values("pk")).delete()
    return len(settled)


def _settle(merge: Merge) -> None:
    with lifecycle(), disable_auditlog():
        shell = Participant.everyone.get(pk=merge.absorbed_id)
        merge.record, merge.settled_on = [], timezone.localdate()
        merge.save(update_fields=["record", "settled_on"])
        erase(shell)
        record(
            Act.MERGE_SETTLED,
            by=None,
            territory_id=merge.territory_id,
            participant_id=merge.kept_id,
            about=merge,
        )
