"""Signing with a code received on one's own phone (rule 4): never shown to anybody else."""

import datetime
from enum import StrEnum

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts import wording
from journeys.contracts.actions.linking import addresses_of
from journeys.contracts.actions.signing import BY_HAND, complete, refuse_signed, write_signature
from journeys.contracts.enums import Method, Signer
from journeys.contracts.links import SigningCode, SigningLink, ending_of
from journeys.contracts.models import Contract, Signature
from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.models import Journey
from territories.accounts.models import User
from territories.journal.enums import Act

WORKS_FOR = datetime.timedelta(minutes=10)
HOUR = datetime.timedelta(hours=1)
CODES_AN_HOUR, MOST_TRIES = 5, 3
METHODS = {Channel.SMS: Method.PHONE, Channel.MAIL: Method.MAIL}


class Answer(StrEnum):
    """What became of a code that was typed; the words are in `spoken`, under « code »."""

    SIGNED = "signed"
    WRONG = "wrong"
    WORN = "worn"  # too old, tried too often, or none was sent
    GONE = "gone"  # the contract was cancelled, or signed by all, meanwhile


@transaction.atomic
def send_code(*, contract: Contract, signer: str, language: str, channel: str = "") -> bool:
    """Send six figures to the signer's own phone or mail; those sent before work no more.

    False when too many left within the hour. Raises ValidationError when it cannot be signed.
    """
    journey = _locked(contract)
    contract = refuse_signed(contract, signer)
    addresses = addresses_of(journey.participant, signer)
    channel = channel if channel in addresses else next(iter(addresses), "")
    if not channel:
        raise ValidationError(_("Notez d’abord où envoyer le code."))
    codes = SigningCode.objects.filter(contract=contract, signer=signer)
    if codes.filter(sent_at__gt=timezone.now() - HOUR).count() >= CODES_AN_HOUR:
        return False
    to = addresses[channel]
    code = get_adapter().generate_phone_verification_code(user=None, phone=to)
    row = SigningCode.objects.create(
        territory_id=contract.territory_id,
        journey_id=contract.journey_id,
        contract=contract,
        signer=signer,
        to=to,
        hashed=make_password(code),
        expires_at=timezone.now() + WORKS_FOR,
    )
    send_later(
        territory=journey.territory,
        cause=wording.CODE,
        channel=Channel(channel),
        to=to,
        places={"code": code},
        participant=journey.participant,
        language=language,
        is_awaited=True,
        useless_after=row.expires_at,
    )
    return True


@transaction.atomic
def sign_with_code(
    *,
    contract: Contract,
    signer: str,
    code: str,
    language: str,
    link: SigningLink | None = None,
    user: User | None = None,
) -> Answer:
    """The person types the code they received: their own act, on their own phone.

    Parameters: `language`, the one that was before their eyes; `link`, what led there; `user`,
    their own account, when they are on their own pages. A second tap changes nothing.
    """
    journey = _locked(contract)
    if contract.signatures.filter(signer=signer).exists():
        return Answer.SIGNED
    try:
        contract = refuse_signed(contract, signer)
    except ValidationError:
        return Answer.GONE
    sent = SigningCode.objects.filter(contract=contract, signer=signer).last()
    addresses = addresses_of(journey.participant, signer)
    if not sent or sent.expires_at <= timezone.now() or sent.tries >= MOST_TRIES:
        return Answer.WORN
    if sent.to not in addresses.values():  # the number changed meanwhile
        return Answer.WORN
    if not check_password(code, sent.hashed):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return Answer.WRONG if sent.tries < MOST_TRIES else Answer.WORN
    _sign(contract=contract, sent=sent, language=language, link=link, user=user)
    return Answer.SIGNED


def _locked(contract: Contract) -> Journey:
    """The order of locks is the one of every act: the journey, then the contract."""
    journeys = Journey.objects.select_for_update(of=("self",))
    return journeys.select_related("participant", "territory").get(pk=contract.journey_id)


def _sign(*, contract: Contract, sent: SigningCode, language: str, link, user) -> Signature:
    journey = begin(contract.journey, seen=None)
    participant, signer = journey.participant, sent.signer
    if signer not in BY_HAND or signer == Signer.GUARDIAN and not participant.guardian:
        raise ValidationError(_("On ne signe jamais à la place d’une autre personne."))
    channel = Channel.MAIL if "@" in sent.to else Channel.SMS
    signature = write_signature(
        contract=contract,
        by=user,
        signer=signer,
        name=participant.full_name if signer == Signer.PARTICIPANT else participant.guardian,
        method=METHODS[channel],
        user=user,
        link=link,
        code_sent_to=ending_of(sent.to),
        language=language,
    )
    SigningCode.objects.filter(contract=contract, signer=signer).delete()
    tell(Act.SIGNED_BY_CODE, journey=journey, by=None, about=signature)
    complete(contract=contract, journey=journey, by=None)
    return signature


@transaction.atomic
def refuse_contract(*, contract: Contract, signer: str, word: str = "") -> Contract:
    """The person does not want to sign: the contract is set aside, to be reworked together."""
    journey = begin(contract.journey, seen=None)
    contract = refuse_signed(contract, signer)
    now = timezone.now()
    contract.cancelled_on, contract.refused_at = timezone.localdate(now), now
    contract.refused_by, contract.refusal_word = signer, word
    contract.save(update_fields=["cancelled_on", "refused_at", "refused_by", "refusal_word"])
    tell(Act.CONTRACT_REFUSED, journey=journey, by=None, about=contract)
    return contract


def forget_codes(*, on: datetime.date) -> int:
    """Erase the codes of the days before. Returns how many. Safe to run twice."""
    return SigningCode.objects.filter(sent_at__date__lt=on).delete()[0]
