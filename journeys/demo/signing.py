"""Contracts on phones: links sent, opened, reminded, refused; translations; objectives proposed."""

import datetime
import hashlib
import tomllib

from django.db.models import Count, Max
from django.utils import timezone

from journeys.contracts.actions.preparing import keep_texts
from journeys.contracts.enums import Agreed, Method, Signer
from journeys.contracts.links import SigningLink, ending_of
from journeys.contracts.models import Contract, ContractWording, Objective, Signature
from journeys.demo.chance import Chance
from journeys.demo.ground import DATA, WORDS
from journeys.messages.enums import Channel, Language
from journeys.pathway.models import Journey
from rtr.postgres.lifecycle import lifecycle
from territories.programmes.models import Programme

DAY = datetime.timedelta(days=1)
WORKS_FOR = 7 * DAY
SIGNED_ON_PHONES, PROPOSED = 60, 24
PHRASES = WORDS["phrases"]


def write_wordings() -> None:
    """The terms of each programme in the languages it has them in."""
    texts = tomllib.loads((DATA / "wordings.toml").read_text(encoding="utf-8"))
    programmes = {one.slug: one for one in Programme.objects.filter(slug__in=texts)}
    ContractWording.objects.bulk_create(
        ContractWording(programme=programmes[slug], language=language, text=text.strip())
        for slug, own in texts.items()
        for language, text in own.items()
    )


def write_signing(chance: Chance) -> None:
    waiting = _with_phone(Contract.objects.prepared().filter(frozen_at__isnull=False))
    for contract in waiting:
        keep_texts(contract=contract)
    _send(waiting, chance)
    _refuse(waiting[::7], chance)
    _sign_on_phones()
    _propose(chance)


def _with_phone(contracts) -> list[Contract]:
    reached = contracts.exclude(journey__participant__phone="")
    related = ("journey__participant", "journey__territory__programme", "prepared_by")
    return list(reached.select_related(*related).order_by("pk"))


def _send(contracts: list[Contract], chance: Chance) -> None:
    """Half of those who wait received a link: the older ones were reminded, some opened it."""
    now, links = timezone.now(), []
    for number, contract in enumerate(contracts):
        if number % 4 == 3:
            continue
        first = max(contract.frozen_at, now - chance.randint(1, 10) * DAY)
        links.append(_link(contract, first))
        if (now - first).days >= 3:
            links[-1].replaced_at = first + 3 * DAY
            links.append(_link(contract, first + 3 * DAY, is_reminder=True))
        if chance.happens(0.4):
            last = links[-1]
            last.opened_at = min(now, last.given_at + datetime.timedelta(hours=2))
            last.talk_asked_at = last.opened_at if chance.happens(0.2) else None
    SigningLink.objects.bulk_create(links)


def _link(contract: Contract, at: datetime.datetime, **said) -> SigningLink:
    to = contract.journey.participant.phone.as_e164
    return SigningLink(
        territory_id=contract.territory_id,
        journey_id=contract.journey_id,
        contract=contract,
        signer=Signer.PARTICIPANT,
        channel=Channel.SMS,
        to=to,
        token_sha256=hashlib.sha256(f"{contract.pk} {at} {said}".encode()).hexdigest(),
        language=_spoken(contract),
        given_by=contract.prepared_by,
        given_at=at,
        expires_at=at + WORKS_FOR,
        **said,
    )


def _spoken(contract: Contract) -> str:
    return contract.language if contract.language in Language else Language.FRENCH


def _refuse(contracts: list[Contract], chance: Chance) -> None:
    """A few did not want to sign: the contract is to be reworked."""
    words = chance.sample(PHRASES["refusal_word"], len(PHRASES["refusal_word"]))
    for contract in contracts:
        at = timezone.now() - chance.randint(1, 48) * datetime.timedelta(hours=1)
        contract.refused_at = max(at, contract.frozen_at)
        contract.cancelled_on = timezone.localdate(contract.refused_at)
        contract.refused_by = Signer.PARTICIPANT
        contract.refusal_word = words.pop() if words else ""
    fields = ["refused_at", "cancelled_on", "refused_by", "refusal_word"]
    Contract.objects.bulk_update(contracts, fields)


def _sign_on_phones() -> None:
    """The last who signed by hand did it on their phone instead, in the language they read."""
    signed = _with_phone(
        Contract.objects.signed()
        .filter(signatures__signer=Signer.PARTICIPANT, signatures__method=Method.HANDWRITING)
        .order_by("-signed_on")
    )
    for contract in signed[-SIGNED_ON_PHONES:]:
        keep_texts(contract=contract)
        by_hand = contract.signatures.get(signer=Signer.PARTICIPANT)
        link = _link(contract, by_hand.signed_at)
        link.opened_at = by_hand.signed_at
        link.save(force_insert=True)
        with lifecycle():
            Signature.objects.filter(pk=by_hand.pk).update(
                method=Method.PHONE,
                page=None,
                link=link,
                code_sent_to=ending_of(link.to),
                language=_spoken(contract),
            )
            by_hand.page.delete()


def _propose(chance: Chance) -> None:
    """Objectives that wait for one of the two: most for the person, some for the team."""
    counted = (
        Journey.objects.contracted()
        .going_on()
        .annotate(held=Count("objectives"), last=Max("objectives__rank"))
    )
    today, rows = timezone.localdate(), []
    for number, journey in enumerate(counted.filter(held__lt=8).order_by("-entry_on")[:PROPOSED]):
        day = max(journey.entry_on, today - chance.randint(1, 12) * DAY)
        by_person = number % 4 == 0
        wordings = set(journey.objectives.values_list("wording", flat=True))
        left = [one for one in PHRASES["plain_objective"] if one not in wordings]
        rows.append(
            Objective(
                territory_id=journey.territory_id,
                journey=journey,
                rank=journey.last + 1,
                wording=chance.choice(left),
                agreed_on=day,
                team_agreed_on=None if by_person else day,
                person_agreed_on=day if by_person else None,
                person_agreed_how=Agreed.PORTAL if by_person else "",
            )
        )
    Objective.objects.bulk_create(rows)
