"""A one-use link to somebody's own phone or mail: sent, opened, reminded, forgotten (rule 4)."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts import wording
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink
from journeys.contracts.models import Contract, Objective, Signature
from journeys.messages.actions import send_later
from journeys.messages.enums import Channel, Language
from journeys.messages.models import OutboundMessage
from journeys.participants.actions import ask_call_back
from journeys.participants.models import Participant
from journeys.pathway import after
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Journey
from rtr import scope
from territories.accounts.models import User
from territories.journal.enums import Act

WORKS_FOR = datetime.timedelta(days=7)
KEPT_FOR = datetime.timedelta(days=30)
TOKEN_BYTES = 16  # 128 bits; short, because a text message in Arabic holds 70 signs
LINKS_AN_HOUR = 5
HOUR = datetime.timedelta(hours=1)


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def addresses_of(participant: Participant, signer: str) -> dict[Channel, str]:
    """Where this signer receives a link and a code: their own phone, their own mail."""
    if signer == Signer.PARTICIPANT:
        found = {Channel.SMS: participant.phone}
    elif signer == Signer.GUARDIAN:
        found = {Channel.SMS: participant.guardian_phone, Channel.MAIL: participant.guardian_email}
    else:
        found = {}
    return {channel: str(to) for channel, to in found.items() if to}


def language_of(journey: Journey, contract: Contract | None) -> str:
    """The language the person chose, else last signed in, else that of their contract."""
    signed = journey.signatures.filter(signer=Signer.PARTICIPANT).exclude(language="").last()
    read = (signed.language if signed else "", contract.language if contract else "")
    language = after.language_of(journey.participant, *read)
    return language if language in Language else Language.EASY_FRENCH


def is_over(journey: Journey) -> bool:
    return journey.absences.all().exits().filter(exit_kind=DEATH).exists()


# -- Sending -------------------------------------------------------------------------------------


@transaction.atomic
def send_link(
    *,
    journey: Journey,
    by: User | None,
    seen: int | None,
    about: Contract | Objective,
    signer: str = Signer.PARTICIPANT,
    channel: str = "",
    is_awaited: bool = False,
    is_reminder: bool = False,
) -> OutboundMessage:
    """Send a new link, the only one that works from now on; its token is kept nowhere.

    Parameters: `channel`, the first one known if empty; `is_awaited`, the person stands there.
    Returns the message; its status says whether that number refuses messages.
    """
    journey = begin(journey, seen=seen)
    addresses = addresses_of(journey.participant, signer)
    channel = channel or next(iter(addresses), "")
    to = addresses.get(channel, "")
    _check(journey, about, signer, to)
    of = {"contract" if isinstance(about, Contract) else "objective": about}
    before = SigningLink.objects.filter(signer=signer, **of)
    if by and not is_awaited:
        _refuse_twice_a_day(before.live().filter(to=to))
    link, token = _replace(
        before,
        territory_id=journey.territory_id,
        journey=journey,
        signer=signer,
        channel=channel,
        to=to,
        language=language_of(journey, of.get("contract")),
        given_by=by,
        is_reminder=is_reminder,
        **of,
    )
    tell(Act.SIGNING_LINK_SENT, journey=journey, by=by, about=link)
    return _write(link, token, is_awaited)


def _replace(before, *, given_by: User | None, **said) -> tuple[SigningLink, str]:
    """The links sent before work no more; the platform's are in the name of who sent the last."""
    last, token, now = before.last(), secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    before.live().update(replaced_at=now)
    link = SigningLink.objects.create(
        token_sha256=sha256_of(token),
        expires_at=now + WORKS_FOR,
        given_by=given_by or (last and last.given_by),
        **said,
    )
    return link, token


def _check(journey: Journey, about: Contract | Objective, signer: str, to: str) -> None:
    if is_over(journey):
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))
    if isinstance(about, Contract) and (not about.is_frozen or about.cancelled_on):
        raise ValidationError(_("Le lien s’envoie une fois le texte figé."))
    if not to:
        raise ValidationError(_("Notez d’abord où envoyer le lien."))
    if isinstance(about, Contract) and about.is_pending:
        if about.signatures.filter(signer=signer).exists():
            raise ValidationError(_("Cette signature est déjà là."))


def _refuse_twice_a_day(before) -> None:
    last = before.last()
    if last and last.given_by_id and timezone.localdate(last.given_at) == timezone.localdate():
        raise ValidationError(
            _("Un lien est déjà parti aujourd’hui vers ce numéro. Vous pourrez la relancer demain.")
        )


def _write(link: SigningLink, token: str, is_awaited: bool) -> OutboundMessage:
    cause = wording.REMINDER if link.is_reminder else wording.LINK
    if link.objective_id:
        cause = wording.OBJECTIVE
    elif link.contract.signed_on:
        cause = wording.COPY
    name = link.given_by.first_name if link.given_by else _("votre équipe")
    return send_later(
        territory=link.journey.territory,
        cause=cause,
        channel=Channel(link.channel),
        to=link.to,
        places={"name": name, "link": settings.SITE_URL + reverse("sign_door", args=[token])},
        participant=link.journey.participant,
        language=link.language,
        is_awaited=is_awaited,
        useless_after=link.expires_at,
    )


def send_copy(*, contract: Contract, journey: Journey) -> None:
    """All have signed: the person gets the way to their copy, where they have a phone."""
    if addresses_of(journey.participant, Signer.PARTICIPANT) and not is_over(journey):
        send_link(journey=journey, by=None, seen=None, about=contract)


# -- Opening -------------------------------------------------------------------------------------


def territory_behind(token: str) -> int | None:
    """Looked for everywhere; the pages then see that territory alone."""
    with scope.everything("a link names its territory once found"):
        links = SigningLink.objects.filter(token_sha256=sha256_of(token))
        return links.values_list("territory_id", flat=True).first()


def state_of(link: SigningLink, *, is_in: bool) -> str:
    """Why a link works no more, as a subject of `spoken`, or nothing.

    Parameters: `is_in`, whether this browser is the one that opened it.
    """
    told = {
        "ended": is_over(link.journey),
        "cancelled": link.contract is not None
        and link.contract.cancelled_on is not None
        and not (is_in and link.contract.refused_by == link.signer),
        "replaced": link.replaced_at is not None and not (is_in and _is_signed(link)),
        "phone": link.to
        != addresses_of(link.journey.participant, link.signer).get(Channel(link.channel)),
        "expired": link.expires_at <= timezone.now(),
        "opened": link.opened_at is not None and not is_in,
    }
    return next((state for state, is_so in told.items() if is_so), "")


def _is_signed(link: SigningLink) -> bool:
    """Whoever has just signed goes on reading, although a link to their copy was sent."""
    return link.contract is not None and link.contract.signed_on is not None


@transaction.atomic
def open_link(*, link: SigningLink, language: str) -> bool:
    """The person pressed the button: from now on the link works in that browser alone.

    False when somebody opened it meanwhile.
    """
    free = SigningLink.objects.filter(pk=link.pk, opened_at__isnull=True)
    return bool(free.update(opened_at=timezone.now(), language=language))


@transaction.atomic
def send_again(*, link: SigningLink) -> bool:
    """Another link to the same place, asked by whoever holds the old one: five an hour at most."""
    Journey.objects.select_for_update(of=("self",)).get(pk=link.journey_id)
    about = link.contract or link.objective
    of = {"contract": link.contract, "objective": link.objective, "signer": link.signer}
    lately = SigningLink.objects.filter(**of, given_at__gt=timezone.now() - HOUR)
    if lately.count() >= LINKS_AN_HOUR:
        return False
    send_link(
        journey=link.journey,
        by=None,
        seen=None,
        about=about,
        signer=link.signer,
        channel=link.channel,
        is_awaited=True,
    )
    return True


@transaction.atomic
def ask_to_talk(*, link: SigningLink) -> None:
    """« Je veux en parler »: the team reads it on the contract; the person is called back."""
    SigningLink.objects.filter(pk=link.pk).update(talk_asked_at=timezone.now())
    if link.signer == Signer.PARTICIPANT:
        ask_call_back(participant=link.journey.participant)


# -- Every night ---------------------------------------------------------------------------------

REMINDED_AFTER = (3, 7)  # days since the first link


def remind_signers(*, on: datetime.date) -> int:
    """Remind whoever got a link and has neither signed nor refused, after 3 and 7 days.

    Returns how many were sent. Safe to run twice.
    """
    sent = 0
    links = SigningLink.objects.live().filter(
        contract__signed_on__isnull=True, contract__cancelled_on__isnull=True
    )
    for link in links.filter(contract__isnull=False).select_related("contract", "journey"):
        if _is_due(link, on) and state_of(link, is_in=True) in ("", "expired"):
            send_link(
                journey=link.journey,
                by=None,
                seen=None,
                about=link.contract,
                signer=link.signer,
                channel=link.channel,
                is_reminder=True,
            )
            sent += 1
    return sent


def _is_due(link: SigningLink, on: datetime.date) -> bool:
    if link.contract.signatures.filter(signer=link.signer).exists():
        return False
    due_on = next_reminder_on(link.contract.links.filter(signer=link.signer))
    return due_on is not None and due_on <= on


def next_reminder_on(links) -> datetime.date | None:
    """When the platform reminds this signer by itself; nothing once it did twice."""
    links = list(links)
    automatic = [link for link in links if link.is_reminder]
    if not links or len(automatic) >= len(REMINDED_AFTER):
        return None
    day = datetime.timedelta(days=1)
    due_on = timezone.localdate(links[0].given_at) + REMINDED_AFTER[len(automatic)] * day
    return max(due_on, timezone.localdate(links[-1].given_at) + day)


def forget_signing_links(*, on: datetime.date) -> int:
    """Erase the links that nobody signed by, a month after they stopped; and yesterday's codes."""
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    stopped = SigningLink.objects.filter(expires_at__lt=day - KEPT_FOR)
    kept = Signature.objects.filter(link__isnull=False).values("link")
    waiting = Contract.objects.prepared().values("pk")
    gone = stopped.exclude(pk__in=kept).exclude(contract__in=waiting)
    return gone.delete()[0]
