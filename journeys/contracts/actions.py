"""Preparing, freezing and signing a contract; objectives (rules 4 and 5)."""

import datetime
import hashlib

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.enums import Method, Signer
from journeys.contracts.models import Contract, Objective, Signature, SignedText
from journeys.contracts.writing import written
from journeys.documents.actions import add_document
from journeys.documents.enums import DocumentKind
from journeys.pathway.actions.acting import begin, save_new, tell
from journeys.pathway.actions.phases import enter
from journeys.pathway.models import Journey
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.models import User
from territories.journal.enums import Act

IDENTITY = ["first_name", "last_name", "birth_date", "phone", "guardian"]


@transaction.atomic
def prepare(*, journey: Journey, by: User, seen: int | None) -> Contract:
    """Open a draft; from now on an identity may be noted. An amendment is the next version."""
    journey = begin(journey, seen=seen)
    if journey.contracts.all().prepared().exists():
        raise ValidationError(_("Un contrat est déjà en préparation : reprenez-le."))
    number = journey.contracts.count() + 1
    contract = Contract.objects.create(
        territory_id=journey.territory_id,
        journey=journey,
        number=number,
        prepared_by=by,
        birth_date=journey.participant.birth_date,
        minimum_age=journey.territory.programme.minimum_age,
        planned_end_on=_default_end(journey),
    )
    participant = journey.participant
    participant.identified_on = timezone.localdate()
    participant.save(update_fields=["identified_on"])
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract)
    return contract


def _default_end(journey: Journey) -> datetime.date:
    if journey.limit_on:
        return journey.limit_on
    months = journey.territory.programme.journey_months
    return timezone.localdate() + relativedelta(months=months)


@transaction.atomic
def write_identity(*, contract: Contract, by: User, seen: int | None, identity: dict) -> Contract:
    """Note who signs. Parameters: `identity`, values of first_name, last_name, birth_date, phone,
    guardian; only those given are touched."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    participant = journey.participant
    for field in IDENTITY:
        if field in identity:
            setattr(participant, field, identity[field])
    if participant.birth_date and _age(participant.birth_date) < contract.minimum_age:
        raise ValidationError(
            {
                "birth_date": _("La personne doit avoir %(age)s ans pour signer.")
                % {"age": contract.minimum_age}
            }
        )
    participant.save(update_fields=IDENTITY)
    contract.birth_date = participant.birth_date
    contract.save(update_fields=["birth_date"])
    tell(Act.IDENTIFIED, journey=journey, by=by, about=contract, fields=sorted(identity))
    return contract


def _age(birth_date: datetime.date) -> int:
    return relativedelta(timezone.localdate(), birth_date).years


@transaction.atomic
def write_terms(*, contract: Contract, by: User, seen: int | None, terms: dict) -> Contract:
    """Note weekly hours, planned end, language, interpreter, who read aloud."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    for field, value in terms.items():
        setattr(contract, field, value)
    limit = _default_end(journey)
    if contract.planned_end_on and contract.planned_end_on > limit:
        raise ValidationError(
            {
                "planned_end_on": _("La durée du parcours s'arrête au plus tard le %(day)s.")
                % {"day": limit.strftime("%d/%m/%Y")}
            }
        )
    contract.save()
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract, fields=sorted(terms))
    return contract


@transaction.atomic
def write_objectives(
    *, contract: Contract, by: User, seen: int | None, objectives: list[dict]
) -> Contract:
    """Set the draft's objectives. Parameters: `objectives`, dicts of `wording`, `achievement`."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    most = journey.territory.programme.objectives_at_signature
    if len(objectives) > most:
        raise ValidationError(_("%(most)s objectifs au plus à la signature.") % {"most": most})
    contract.objectives.all().delete()
    Objective.objects.bulk_create(
        Objective(
            territory_id=journey.territory_id,
            journey=journey,
            contract=contract,
            rank=rank,
            agreed_by=by,
            **objective,
        )
        for rank, objective in enumerate(objectives, start=1)
    )
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract, fields=["objectives"])
    return contract


def _draft(contract: Contract) -> Contract:
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.is_frozen or contract.cancelled_on:
        raise ValidationError(
            _("Le texte est figé : pour le changer, annulez et préparez-le encore.")
        )
    return contract


def missing(contract: Contract) -> dict[str, str]:
    """What a draft still needs before its text can be frozen: field → what to do."""
    participant = contract.journey.participant
    needs = {
        "first_name": (participant.first_name, _("Notez le prénom.")),
        "last_name": (participant.last_name, _("Notez le nom.")),
        "birth_date": (contract.birth_date, _("Notez la date de naissance.")),
        "weekly_hours": (contract.weekly_hours, _("Notez le temps par semaine.")),
        "planned_end_on": (contract.planned_end_on, _("Choisissez la fin prévue.")),
        "objectives": (contract.objectives.exists(), _("Convenez d'un objectif au moins.")),
    }
    return {field: todo for field, (there, todo) in needs.items() if not there}


@transaction.atomic
def freeze(*, contract: Contract, by: User, seen: int | None) -> Contract:
    """Write the text once for all, with its SHA-256: from now on it is read and signed."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    if todo := missing(contract):
        raise ValidationError(list(todo.values()))
    contract.text = written(contract)
    contract.sha256 = hashlib.sha256(contract.text.encode()).hexdigest()
    contract.frozen_at = timezone.now()
    contract.save()
    SignedText.objects.create(sha256=contract.sha256, frozen_on=timezone.localdate())
    tell(Act.CONTRACT_FROZEN, journey=journey, by=by, about=contract)
    return contract


@transaction.atomic
def sign_in_session(*, contract: Contract, by: User, seen: int | None, signer: Signer) -> Signature:
    """The coordinator or the referent signs, in their own session, for themselves only."""
    journey = begin(contract.journey, seen=seen)
    if signer not in (Signer.COORDINATOR, Signer.REFERENT):
        raise ValidationError(_("On ne signe jamais à la place d'une autre personne."))
    signature = _sign(
        contract=contract,
        by=by,
        signer=signer,
        name=by.get_full_name(),
        method=Method.SESSION,
        user=by,
    )
    tell(Act.CONTRACT_SIGNED, journey=journey, by=by, about=signature)
    _complete(contract=contract, journey=journey, by=by)
    return signature


@transaction.atomic
def sign_by_hand(
    *, contract: Contract, by: User, seen: int | None, signer: Signer, photo: UploadedFile
) -> Signature:
    """The person (or their guardian) signed the printed page; its photograph is kept."""
    journey = begin(contract.journey, seen=seen)
    if signer not in (Signer.PARTICIPANT, Signer.GUARDIAN):
        raise ValidationError(_("L'équipe signe dans sa propre session."))
    participant = journey.participant
    page = add_document(
        participant=participant,
        by=by,
        kind=DocumentKind.SIGNED_PAGE,
        seen_on=timezone.localdate(),
        photo=photo,
    )
    signature = _sign(
        contract=contract,
        by=by,
        signer=signer,
        name=participant.full_name if signer == Signer.PARTICIPANT else participant.guardian,
        method=Method.HANDWRITING,
        page=page,
    )
    tell(Act.CONTRACT_SIGNED, journey=journey, by=by, about=signature)
    _complete(contract=contract, journey=journey, by=by)
    return signature


def _sign(*, contract: Contract, by: User, **signature) -> Signature:
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not contract.is_frozen or contract.cancelled_on:
        raise ValidationError(_("Figez le texte avant de le signer."))
    if contract.signed_on:
        raise ValidationError(_("Ce contrat est déjà signé par tous."))
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
    if contract.journey.participant.guardian:
        needed.append(Signer.GUARDIAN)
    waiting = [signer for signer in needed if signer not in there]
    if not there & {Signer.COORDINATOR, Signer.REFERENT}:
        waiting.append(Signer.COORDINATOR)
    return waiting


def _complete(*, contract: Contract, journey: Journey, by: User) -> None:
    """All have signed: the contract is in force; the first one sets the entry date."""
    contract = Contract.objects.get(pk=contract.pk)
    if awaited(contract):
        return
    contract.signed_on = timezone.localdate()
    contract.save(update_fields=["signed_on"])
    SignedText.objects.filter(sha256=contract.sha256).update(signed_on=contract.signed_on)
    if journey.entry_on is None:
        enter(journey=journey, on=contract.signed_on)
    tell(Act.CONTRACT_IN_FORCE, journey=journey, by=by, about=contract)


@transaction.atomic
def cancel(*, contract: Contract, by: User | None, seen: int | None) -> Contract:
    """Set a prepared contract aside; another may be prepared."""
    journey = begin(contract.journey, seen=seen)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.signed_on:
        raise ValidationError(_("Un contrat signé ne s'annule pas : préparez un avenant."))
    if contract.cancelled_on:
        raise ValidationError(_("Ce contrat est déjà annulé."))
    contract.cancelled_on = timezone.localdate()
    contract.save(update_fields=["cancelled_on"])
    tell(Act.CONTRACT_CANCELLED, journey=journey, by=by, about=contract)
    return contract


def erase_unsigned(*, on: datetime.date) -> int:
    """Rule 1: an identity noted for a contract not signed within 30 days (a setting) is erased,
    with the drafts and their signatures. Returns how many. Safe to run twice.
    """
    erased = 0
    late = Journey.objects.in_butinage().filter(participant__identified_on__lt=on)
    for journey in late.select_related("participant", "territory__programme"):
        days = journey.territory.programme.unsigned_contract_days
        if journey.participant.identified_on + datetime.timedelta(days=days) < on:
            _erase_identity(journey)
            erased += 1
    return erased


def _erase_identity(journey: Journey) -> None:
    with lifecycle():
        journey = begin(journey, seen=None)
        drafts = journey.contracts.all()
        SignedText.objects.filter(sha256__in=drafts.values("sha256")).delete()
        pages = journey.signatures.values_list("page", flat=True)
        pages = list(journey.participant.documents.filter(pk__in=pages))
        drafts.delete()
        for page in pages:
            page.file.delete(save=False)
            page.delete()
        participant = journey.participant
        participant.first_name = participant.last_name = ""
        participant.phone = participant.guardian = ""
        participant.birth_date = participant.identified_on = None
        participant.save()
        tell(Act.IDENTITY_ERASED, journey=journey, by=None, fields=IDENTITY)


@transaction.atomic
def add_objective(
    *, journey: Journey, by: User, seen: int | None, wording: str, achievement=None
) -> Objective:
    """A dated agreement of both after the signature; no amendment (rule 5)."""
    journey = begin(journey, seen=seen)
    if journey.entry_on is None:
        raise ValidationError(_("Les premiers objectifs se conviennent dans le contrat."))
    last = journey.objectives.order_by("rank").last()
    objective = Objective(
        territory_id=journey.territory_id,
        journey=journey,
        rank=(last.rank if last else 0) + 1,
        wording=wording,
        achievement=achievement,
        agreed_by=by,
    )
    save_new(objective)
    tell(Act.OBJECTIVE_ADDED, journey=journey, by=by, about=objective)
    return objective


@transaction.atomic
def decide_objective(
    *, objective: Objective, by: User, seen: int | None, reached: bool, reason: str
) -> Objective:
    """Reached, or set aside, by a dated and reasoned decision; never by time passing."""
    journey = begin(objective.journey, seen=seen)
    if objective.reached_on or objective.set_aside_on:
        raise ValidationError(_("Cet objectif a déjà sa décision."))
    if not reason:
        raise ValidationError({"reason": _("Dites ce qui le montre, en quelques mots.")})
    today = timezone.localdate()
    objective.reached_on = today if reached else None
    objective.set_aside_on = None if reached else today
    objective.decision_reason, objective.decided_by = reason, by
    objective.save()
    tell(Act.OBJECTIVE_DECIDED, journey=journey, by=by, about=objective)
    return objective
