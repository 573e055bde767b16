"""Signing: each by their own act, never in someone's place (rule 4)."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.actions.linking import send_copy
from journeys.contracts.enums import Method, Signer
from journeys.contracts.models import Contract, Signature, SignedText
from journeys.documents.actions import add_document
from journeys.documents.enums import DocumentKind
from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.actions.phases import enter
from journeys.pathway.enums import TeamRole
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act

BY_HAND = (Signer.PARTICIPANT, Signer.GUARDIAN)
IN_SESSION = (Signer.COORDINATOR, Signer.REFERENT)


def signer_of(user: User, journey: Journey) -> Signer | None:
    """As whom this user signs for themselves: the coordination, the journey's referent, or no one.

    Whoever the person objected to signs nothing.
    """
    mine = journey.team.all().filter(user=user)
    if mine.suspended().exists():
        return None
    if user.may("contracts.sign_as_coordinator", journey.territory_id):
        return Signer.COORDINATOR
    is_referent = mine.standing().filter(role=TeamRole.REFERENT).exists()
    if is_referent and user.may("contracts.sign", journey.territory_id):
        return Signer.REFERENT
    return None


@transaction.atomic
def sign_in_session(*, contract: Contract, by: User, seen: int | None, signer: Signer) -> Signature:
    """The coordinator or the referent signs, in their own session, for themselves only."""
    journey = begin(contract.journey, seen=seen)
    if signer not in IN_SESSION or signer_of(by, journey) != signer:
        raise ValidationError(_("On ne signe jamais à la place d’une autre personne."))
    refuse_signed(contract, signer)
    if contract.signatures.filter(user=by).exists():
        raise ValidationError(_("Vous avez déjà signé ce contrat."))
    signature = write_signature(
        contract=contract,
        by=by,
        signer=signer,
        name=by.get_full_name(),
        method=Method.SESSION,
        user=by,
    )
    tell(Act.CONTRACT_SIGNED, journey=journey, by=by, about=signature)
    complete(contract=contract, journey=journey, by=by)
    return signature


@transaction.atomic
def sign_by_hand(
    *, contract: Contract, by: User, seen: int | None, signer: Signer, photo: UploadedFile
) -> Signature:
    """The person (or their guardian) signed the printed page; its photograph is kept."""
    journey = begin(contract.journey, seen=seen)
    participant = journey.participant
    if signer not in BY_HAND:
        raise ValidationError(_("L’équipe signe dans sa propre session."))
    if not by.may("contracts.sign", journey.territory_id):
        raise ValidationError(_("Seule l’équipe du parcours reçoit une signature."))
    if signer == Signer.GUARDIAN and not participant.guardian:
        raise ValidationError(_("Aucun curateur ni tuteur n’est noté sur ce contrat."))
    refuse_signed(contract, signer)
    page = add_document(
        participant=participant,
        by=by,
        kind=DocumentKind.SIGNED_PAGE,
        seen_on=timezone.localdate(),
        photo=photo,
    )
    signature = write_signature(
        contract=contract,
        by=by,
        signer=signer,
        name=participant.full_name if signer == Signer.PARTICIPANT else participant.guardian,
        method=Method.HANDWRITING,
        page=page,
    )
    tell(Act.SIGNATURE_RECEIVED, journey=journey, by=by, about=signature)
    complete(contract=contract, journey=journey, by=by)
    return signature


def refuse_signed(contract: Contract, signer: str) -> Contract:
    """The contract as it is now, if that signer may still sign it. The journey is locked, and a
    photograph is not written yet: a file has no rollback."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not contract.is_frozen or contract.cancelled_on:
        raise ValidationError(_("Figez le texte avant de le signer."))
    if contract.signed_on:
        raise ValidationError(_("Ce contrat est déjà signé par tous."))
    if contract.signatures.filter(signer=signer).exists():
        raise ValidationError(_("Cette signature est déjà là."))
    return contract


def write_signature(*, contract: Contract, by: User | None, **signature) -> Signature:
    row = Signature(
        territory_id=contract.territory_id,
        journey_id=contract.journey_id,
        contract=contract,
        sha256=contract.sha256,
        recorded_by=by,
        **signature,
    )
    save_new(row)
    return row


def awaited(contract: Contract) -> list[Signer]:
    """Who must still sign: the person, their guardian if there is one, one of the team."""
    there = set(contract.signatures.values_list("signer", flat=True))
    needed = [Signer.PARTICIPANT]
    if contract.journey.participant.has_guardian:
        needed.append(Signer.GUARDIAN)
    waiting = [signer for signer in needed if signer not in there]
    if not there & set(IN_SESSION):
        waiting.append(Signer.COORDINATOR)
    return waiting


def complete(*, contract: Contract, journey: Journey, by: User | None) -> None:
    """All have signed: the contract is in force, the person gets the way to their copy; the first
    one sets the entry date."""
    contract = Contract.objects.get(pk=contract.pk)
    if awaited(contract):
        return
    contract.signed_on = timezone.localdate()
    contract.save(update_fields=["signed_on"])
    contract.objectives.update(agreed_on=contract.signed_on)
    texts = Q(pk=contract.sha256) | Q(original=contract.sha256)
    SignedText.objects.filter(texts).update(signed_on=contract.signed_on)
    if journey.entry_on is None:
        enter(journey=journey, on=contract.signed_on)
    tell(Act.CONTRACT_IN_FORCE, journey=journey, by=by, about=contract)
    send_copy(contract=contract, journey=journey)
