"""From a draft to a frozen text: who signs, what is aimed at, for how long (rule 4)."""

import datetime

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.models import Contract, Objective, SignedText, Translation
from journeys.contracts.writing import fingerprint, translated, written
from journeys.participants.signals import number_changed
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.accounts.models import User
from territories.journal.enums import Act

GUARDIAN = ["guardian", "guardian_phone", "guardian_email", "is_guardian_unknown"]
IDENTITY = ["first_name", "last_name", "birth_date", "phone", *GUARDIAN]
REACHED = ["phone", "guardian_phone", "guardian_email"]
# What a version takes over from the one in force, or from the one refused, until it is changed.
CARRIED = ["weekly_hours", "planned_end_on", "language", "interpreter", "read_aloud_by"]


@transaction.atomic
def prepare(*, journey: Journey, by: User, seen: int | None) -> Contract:
    """Open a draft; from now on an identity may be noted. An amendment is the next version."""
    journey = begin(journey, seen=seen)
    if journey.contracts.all().prepared().exists():
        raise ValidationError(_("Un contrat est déjà en préparation : reprenez-le."))
    contract = Contract(
        territory_id=journey.territory_id,
        journey=journey,
        number=journey.contracts.count() + 1,
        prepared_by=by,
        birth_date=journey.participant.birth_date,
        minimum_age=journey.territory.programme.minimum_age,
        planned_end_on=_latest_end(journey),
    )
    refused = journey.contracts.all().refused().first()
    if before := refused or journey.contracts.all().signed().last():
        for field in CARRIED:
            setattr(contract, field, getattr(before, field))
    contract.save(force_insert=True)
    if refused:
        _take_over_objectives(refused, contract, by)
    if journey.entry_on is None:
        participant = journey.participant
        participant.identified_on = timezone.localdate()
        participant.save(update_fields=["identified_on"])
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract)
    return contract


def _take_over_objectives(before: Contract, contract: Contract, by: User) -> None:
    """What somebody did not sign is reworked from what it said."""
    Objective.objects.bulk_create(
        Objective(
            territory_id=contract.territory_id,
            journey_id=contract.journey_id,
            contract=contract,
            rank=old.rank,
            wording=old.wording,
            achievement_id=old.achievement_id,
            agreed_by=by,
        )
        for old in before.objectives.all()
    )


def _latest_end(journey: Journey) -> datetime.date:
    """The journey's limit, or what it would be if all signed today."""
    if journey.limit_on:
        return journey.limit_on
    months = journey.territory.programme.journey_months
    return timezone.localdate() + relativedelta(months=months)


@transaction.atomic
def write_identity(*, contract: Contract, by: User, seen: int | None, identity: dict) -> Contract:
    """Note who signs. Parameters: `identity`, values of IDENTITY; only those given are touched."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    participant = journey.participant
    for field in IDENTITY:
        if field in identity:
            setattr(participant, field, identity[field])
    if participant.birth_date:
        _refuse_minor(participant.birth_date, contract.minimum_age)
    participant.save(update_fields=IDENTITY)
    contract.birth_date = participant.birth_date
    contract.save(update_fields=["birth_date"])
    tell(Act.IDENTIFIED, journey=journey, by=by, about=contract, fields=sorted(identity))
    return contract


def _refuse_minor(birth_date: datetime.date, minimum_age: int) -> None:
    of_age_on = birth_date + relativedelta(years=minimum_age)
    if of_age_on <= timezone.localdate():
        return
    text = _(
        "Le contrat se signe à partir de %(age)s ans, donc le %(day)s. "
        "D’ici là, la personne peut continuer à venir."
    )
    said = {"age": minimum_age, "day": french.day_in_full(of_age_on, weekday=False)}
    raise ValidationError({"birth_date": text % said})


@transaction.atomic
def write_reached(
    *, journey: Journey, by: User, seen: int | None, reached: dict, is_lost: bool = False
) -> Journey:
    """Note where the person and the guardian receive their links, at any time once they are known.

    A link sent to a number that changes works no more. Parameters: `reached`, values of REACHED;
    `is_lost`, somebody else has the person's number: their devices and cards are closed.
    """
    journey = begin(journey, seen=seen)
    participant = journey.participant
    if participant.identified_on is None:
        raise ValidationError(_("Un numéro se note quand un contrat se prépare."))
    before = str(participant.phone)
    for field, value in reached.items():
        setattr(participant, field, value)
    participant.save(update_fields=REACHED)
    if is_lost or str(participant.phone) != before:
        number_changed.send(sender=None, participant=participant, is_lost=is_lost)
    tell(Act.IDENTIFIED, journey=journey, by=by, fields=sorted(reached))
    return journey


@transaction.atomic
def write_terms(*, contract: Contract, by: User, seen: int | None, terms: dict) -> Contract:
    """Note weekly hours, planned end, language, interpreter, who read aloud."""
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    for field, value in terms.items():
        setattr(contract, field, value)
    _check_end(contract, _latest_end(journey))
    contract.save()
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract, fields=sorted(terms))
    return contract


def _check_end(contract: Contract, latest: datetime.date) -> None:
    end = contract.planned_end_on
    if end and end > latest:
        text = _("La durée du parcours s’arrête au plus tard le %(day)s.")
        day = french.day_in_full(latest, weekday=False)
        raise ValidationError({"planned_end_on": text % {"day": day}})
    if end and end <= timezone.localdate():
        raise ValidationError({"planned_end_on": _("Choisissez un jour à venir.")})


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
    last = journey.objectives.all().agreed().order_by("rank").last()
    Objective.objects.bulk_create(
        Objective(
            territory_id=journey.territory_id,
            journey=journey,
            contract=contract,
            rank=rank,
            agreed_by=by,
            **objective,
        )
        for rank, objective in enumerate(objectives, start=(last.rank if last else 0) + 1)
    )
    tell(Act.CONTRACT_PREPARED, journey=journey, by=by, about=contract, fields=["objectives"])
    return contract


def _draft(contract: Contract) -> Contract:
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.is_frozen or contract.cancelled_on:
        raise ValidationError(
            _("Le texte est figé : pour le changer, annulez ce contrat et préparez-en un autre.")
        )
    return contract


def missing(contract: Contract) -> dict[str, str]:
    """What a draft still needs before its text can be frozen: field → what to do."""
    participant = contract.journey.participant
    there = {
        "first_name": participant.first_name,
        "last_name": participant.last_name,
        "birth_date": contract.birth_date,
        "guardian": participant.guardian or not participant.is_guardian_unknown,
        "objectives": contract.aims().exists(),
        "weekly_hours": contract.weekly_hours,
        "planned_end_on": contract.planned_end_on,
    }
    todo = {
        "first_name": _("Notez le prénom."),
        "last_name": _("Notez le nom."),
        "birth_date": _("Notez la date de naissance."),
        "guardian": _("Notez le nom du curateur ou tuteur : il signe aussi, le contrat l’attend."),
        "objectives": _("Convenez d’un objectif au moins."),
        "weekly_hours": _("Notez le temps par semaine."),
        "planned_end_on": _("Choisissez la fin prévue."),
    }
    return {field: todo[field] for field, value in there.items() if not value}


@transaction.atomic
def freeze(*, contract: Contract, by: User, seen: int | None, read: str = "") -> Contract:
    """Write the text once for all, with its SHA-256: from now on it is read and signed.

    Parameters: `read`, the fingerprint of the text that was read aloud together, when there was
    one: should the text have changed since (the programme's terms, say), nothing is frozen.
    """
    journey = begin(contract.journey, seen=seen)
    contract = _draft(contract)
    if todo := missing(contract):
        raise ValidationError(list(todo.values()))
    _refuse_minor(contract.birth_date, contract.minimum_age)
    _check_end(contract, _latest_end(journey))
    contract.text = written(contract)
    contract.sha256 = fingerprint(contract.text)
    if read and read != contract.sha256:
        raise ValidationError(_("Le texte a changé pendant votre lecture : relisez-le ensemble."))
    contract.frozen_at = timezone.now()
    contract.save()
    keep_texts(contract=contract)
    tell(Act.CONTRACT_FROZEN, journey=journey, by=by, about=contract)
    return contract


def keep_texts(*, contract: Contract) -> None:
    """The fingerprint of the text, and its translations with theirs: frozen the same day."""
    today = timezone.localdate()
    SignedText.objects.get_or_create(sha256=contract.sha256, defaults={"frozen_on": today})
    for language, text in translated(contract).items():
        sha256 = fingerprint(text)
        Translation.objects.create(
            territory_id=contract.territory_id,
            journey_id=contract.journey_id,
            contract=contract,
            language=language,
            text=text,
            sha256=sha256,
        )
        SignedText.objects.get_or_create(
            sha256=sha256,
            defaults={
                "frozen_on": today,
                "language": language,
                "original_id": contract.sha256,
            },
        )


@transaction.atomic
def cancel(*, contract: Contract, by: User | None, seen: int | None) -> Contract:
    """Set a prepared contract aside; another may be prepared."""
    journey = begin(contract.journey, seen=seen)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.signed_on:
        raise ValidationError(_("Un contrat signé ne s’annule pas : préparez un avenant."))
    if contract.cancelled_on:
        raise ValidationError(_("Ce contrat est déjà annulé."))
    contract.cancelled_on = timezone.localdate()
    contract.save(update_fields=["cancelled_on"])
    tell(Act.CONTRACT_CANCELLED, journey=journey, by=by, about=contract)
    return contract
