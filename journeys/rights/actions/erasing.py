"""Forgetting: the whole file before a contract, what no duty keeps after it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from badges.credentials.actions import Evidence, reissue
from badges.credentials.models import Collection, Credential, ForeignBadge, ShareLink
from badges.wallet_api.actions import disconnect
from badges.wallet_api.models import ConnectedWallet
from journeys.contracts.models import SignedText
from journeys.documents.enums import DocumentKind
from journeys.documents.erasing import forget_file
from journeys.documents.models import Document
from journeys.experiences.models import Experience, Reflection
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.actions.lifecycle import purge_participant
from journeys.pathway.enums import Reader
from journeys.pathway.models import Barrier, Journey, Note, Strength
from journeys.recognition.enums import State as RecognitionState
from journeys.recognition.holding import held_by
from journeys.suggestions.models import NotForMe
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.enums import Act


@transaction.atomic
def forget_me(*, journey: Journey) -> None:
    """Erase the whole file at once; a number stays. Raises ValidationError after a contract."""
    journey = begin(journey, seen=None)
    if journey.entry_on:
        raise ValidationError(_("Avec un contrat, demandez l’effacement à l’équipe."))
    with lifecycle():
        drafts = journey.contracts.all()
        texts = [*drafts.values_list("sha256", flat=True)]
        texts += drafts.values_list("translations__sha256", flat=True)
        SignedText.objects.filter(sha256__in=[text for text in texts if text]).delete()
        purge_participant(participant=journey.participant)


# -- What the person erases alone, with a contract too --------------------------------------------


@dataclass(frozen=True)
class Erasable:
    """What may go at once: rows, counted before and erased after."""

    voices: QuerySet
    photos: QuerySet
    kept_for_me: QuerySet
    portraits: QuerySet
    drafts: QuerySet

    @property
    def count(self) -> int:
        rows = [self.voices, self.photos, self.kept_for_me, self.portraits, self.drafts]
        return sum(some.count() for some in rows)


def erasable(journey: Journey) -> Erasable:
    mine = Reflection.objects.filter(journey=journey)
    papers = Document.objects.filter(participant=journey.participant)
    return Erasable(
        voices=mine.exclude(reader=Reader.ME).exclude(voice=""),
        photos=mine.exclude(reader=Reader.ME).exclude(photo=""),
        kept_for_me=mine.filter(reader=Reader.ME),
        portraits=papers.standing().filter(kind=DocumentKind.PORTRAIT),
        drafts=Experience.objects.filter(journey=journey).exclude(draft={}),
    )


@transaction.atomic
def erase_own(*, journey: Journey, by: User) -> int:
    """Voices, photographs, what was kept for oneself and drafts go at once. Returns how many."""
    journey = begin(journey, seen=None)
    found = erasable(journey)
    count = found.count
    if not count:
        return 0
    found.kept_for_me.delete()  # their files too: experiences/receivers.py
    for reflection in (found.voices | found.photos).distinct():
        _without_files(reflection)
    for portrait in found.portraits:
        forget_file(portrait)
        portrait.delete()
    found.drafts.update(draft={})
    tell(Act.OWN_ERASED, journey=journey, by=by)
    return count


def _without_files(reflection: Reflection) -> None:
    """The words stay; a reflection that was only a voice or a photograph goes."""
    if not reflection.words:
        reflection.delete()
        return
    for column in ("voice", "photo"):
        forget_file(reflection, column=column)
        setattr(reflection, column, "")
    reflection.voice_seconds = None
    reflection.save(update_fields=["voice", "photo", "voice_seconds"])


# -- What the coordination erases, once asked ------------------------------------------------------


def erase_beyond_duty(*, journey: Journey) -> None:
    """All but what must be accounted for: identity, answers at the entry, contract, hours, proofs.

    Runs in the transaction of the answer, which writes it down.
    """
    of = {"journey": journey}
    _badges_beyond_duty(journey)
    for model in (Note, Barrier, Strength, Reflection, NotForMe):
        model.objects.filter(**of).delete()
    Experience.objects.filter(**of, is_elsewhere=True).delete()
    Experience.objects.filter(**of).update(draft={})
    for paper in journey.participant.documents.own():
        forget_file(paper)
        paper.delete()
    if situation := getattr(journey, "situation", None):
        situation.resources = situation.disability = ""
        situation.save(update_fields=["resources", "disability"])


def _badges_beyond_duty(journey: Journey) -> None:
    """Badges stay the person's, without their words; who saw them sees them no more."""
    journey.recognitions.exclude(state=RecognitionState.ACCEPTED).delete()
    journey.recognitions.update(words="", asked_for="", reflection=None)
    for wallet in ConnectedWallet.objects.filter(
        recipient__holder__participant=journey.participant_id
    ):
        disconnect(wallet=wallet, by=None)
        wallet.delete()
    for model in (Collection, ForeignBadge, ShareLink):
        model.objects.filter(recipient__holder__participant=journey.participant_id).delete()
    telling = held_by(journey).exclude(evidence_narrative="", evidence_url="", identity_hash="")
    for badge in telling:
        held = Credential.objects.filter(pk=badge.pk)
        held.update(identity_kind="", identity_hash="", identity_salt="", **Evidence().fields())
        if badge.is_revoked:
            held.update(document="", token="")
        else:
            reissue(credential=badge, by=None)
