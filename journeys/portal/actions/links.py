"""A one-use link: given by the team, used once by the person; also as figures on a screen."""

import datetime
import hashlib
import secrets
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.messages.actions import send_later
from journeys.messages.enums import Channel, Language
from journeys.messages.models import OutboundMessage
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Journey
from journeys.portal import wording
from journeys.portal.actions.entering import (
    account_of,
    hashed,
    is_same,
    number_of,
    one_at_a_time,
)
from journeys.portal.models import PortalLink, WrongCode
from rtr import scope
from territories.accounts.models import User
from territories.journal.enums import Act

WORKS_FOR, ON_SCREEN_FOR = datetime.timedelta(hours=24), datetime.timedelta(minutes=10)
KEPT_FOR = datetime.timedelta(days=30)
HOUR = datetime.timedelta(hours=1)
TOKEN_BYTES = 32
FIGURES, FIRST = 8, 4  # of a code on the screen; those that find it, the others prove it
# Wrong codes: of one code, whose first figures were right; of one network, a whole class of people.
OF_A_CODE, OF_A_NETWORK = 5, 40


class Typed(StrEnum):
    """What became of a code that was typed and opened nothing."""

    WRONG = "wrong"
    WAIT = "wait"  # too many were wrong lately
    GONE = "gone"  # it works no more


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def refuse_after_death(journey: Journey) -> None:
    if journey.absences.all().exits().filter(exit_kind=DEATH).exists():
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))


@transaction.atomic
def give_link(*, journey: Journey, by: User) -> str:
    """Make a link and return its token, kept nowhere; the links given before work no more."""
    journey = begin(journey, seen=None)
    _link, token = _give(journey, by, lasts=WORKS_FOR)
    return token


@transaction.atomic
def send_link(*, journey: Journey, by: User, site: str) -> OutboundMessage:
    """The same, by text message to the person's own phone.

    Parameters: `site`, how addresses begin, without a slash at the end.
    """
    journey = begin(journey, seen=None)
    if not (number := number_of(journey.participant)):
        raise ValidationError(_("La personne n’a pas laissé de numéro."))
    link, token = _give(journey, by, lasts=WORKS_FOR)
    return send_later(
        territory=journey.territory,
        cause=wording.LINK,
        channel=Channel.SMS,
        to=number,
        places={"link": site + reverse("portal_enter", args=[token])},
        participant=journey.participant,
        language=journey.participant.language or Language.FRENCH,
        useless_after=link.expires_at,
    )


@transaction.atomic
def give_screen_code(*, journey: Journey, by: User) -> tuple[str, str]:
    """Eight figures and a token that open for ten minutes, once, whichever is used first."""
    journey = begin(journey, seen=None)
    figures = f"{secrets.randbelow(10**FIGURES):0{FIGURES}}"
    _link, token = _give(journey, by, lasts=ON_SCREEN_FOR, figures=figures)
    return figures, token


def _give(journey: Journey, by: User, *, lasts, figures: str = "") -> tuple[PortalLink, str]:
    refuse_after_death(journey)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    before = PortalLink.objects.filter(participant=journey.participant, used_at__isnull=True)
    (before.exclude(figures="") if figures else before.filter(figures="")).delete()
    now = timezone.now()
    link = PortalLink.objects.create(
        territory_id=journey.territory_id,
        participant=journey.participant,
        token_sha256=sha256_of(token),
        given_by=by,
        given_at=now,
        expires_at=now + lasts,
        figures=figures[:FIRST],
        code=hashed("screen", figures) if figures else "",
    )
    tell(Act.SCREEN_CODE_GIVEN if figures else Act.LINK_GIVEN, journey=journey, by=by, about=link)
    return link, token


def is_usable(token: str) -> bool:
    with scope.everything("a link names its territory once found"):
        return PortalLink.objects.usable().filter(token_sha256=sha256_of(token)).exists()


def use_link(token: str) -> User | None:
    """The account behind a link, made the first time; None for one that works no more.

    Looked for everywhere, then used within its own territory.
    """
    with scope.everything("a link names its territory once found"):
        links = PortalLink.objects.usable().filter(token_sha256=sha256_of(token))
        found = links.values_list("pk", "territory_id").first()
    return _use(*found) if found else None


def _use(pk: int, territory_id: int) -> User | None:
    with scope.over([territory_id]), transaction.atomic():
        link = PortalLink.objects.usable().select_for_update(of=("self",)).filter(pk=pk).first()
        if link is None:  # a second tap: the first one used it
            return None
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        return account_of(link.participant)


def use_screen_code(*, figures: str, network: str) -> User | Typed:
    """The account behind eight figures typed. Parameters: `network`, the address that typed."""
    caller = hashed("network", network)
    with transaction.atomic():
        one_at_a_time(caller)
        lately = WrongCode.objects.filter(network=caller, at__gt=timezone.now() - HOUR)
        if lately.count() >= OF_A_NETWORK:
            return Typed.WAIT
        right = _right_one(figures)
        if right is None:
            WrongCode.objects.create(network=caller)
            return Typed.WRONG
    return _use(*right) or Typed.GONE


def _right_one(figures: str) -> tuple[int, int] | None:
    with scope.everything("a code names its territory once found"):
        near = PortalLink.objects.usable().filter(figures=figures[:FIRST], tries__lt=OF_A_CODE)
        near = near.exclude(figures="")
        for pk, territory_id, code in near.values_list("pk", "territory_id", "code"):
            if is_same(code, hashed("screen", figures)):
                return pk, territory_id
        near.update(tries=F("tries") + 1)
    return None


def forget_links(*, on: datetime.date) -> int:
    """Erase the links that expired a month ago. Returns how many. Safe to run twice."""
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    WrongCode.objects.filter(at__lt=day).delete()
    return PortalLink.objects.filter(expires_at__lt=day - KEPT_FOR).delete()[0]
