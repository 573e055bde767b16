"""A one-use link: given by the team, used once by the person."""

import datetime
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.participants.models import Participant
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.lists import DEATH
from journeys.pathway.models import Journey
from journeys.portal.models import PortalLink
from rtr import scope
from territories.accounts.models import User
from territories.journal.enums import Act

WORKS_FOR = datetime.timedelta(hours=24)
KEPT_FOR = datetime.timedelta(days=30)
TOKEN_BYTES = 32


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def give_link(*, journey: Journey, by: User) -> str:
    """Make a link and return its token, kept nowhere; the links given before work no more."""
    journey = begin(journey, seen=None)
    if journey.absences.all().exits().filter(exit_kind=DEATH).exists():
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    PortalLink.objects.filter(participant=journey.participant, used_at__isnull=True).delete()
    link = PortalLink.objects.create(
        territory_id=journey.territory_id,
        participant=journey.participant,
        token_sha256=sha256_of(token),
        given_by=by,
        expires_at=timezone.now() + WORKS_FOR,
    )
    tell(Act.LINK_GIVEN, journey=journey, by=by, about=link)
    return token


def is_usable(token: str) -> bool:
    with scope.everything("a link names its territory once found"):
        return PortalLink.objects.usable().filter(token_sha256=sha256_of(token)).exists()


def use_link(token: str) -> User | None:
    """The account behind a link, made the first time; None for one that works no more.

    Looked for everywhere, then used within its own territory.
    """
    with scope.everything("a link names its territory once found"):
        links = PortalLink.objects.usable().filter(token_sha256=sha256_of(token))
        territory_id = links.values_list("territory_id", flat=True).first()
    if territory_id is None:
        return None
    with scope.over([territory_id]), transaction.atomic():
        link = PortalLink.objects.usable().select_for_update(of=("self",))
        link = link.filter(token_sha256=sha256_of(token)).first()
        if link is None:  # a second tap: the first one used it
            return None
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        return _account_of(link.participant)


def _account_of(participant: Participant) -> User:
    """A participant's account holds nothing but a uuid and the wall it lives behind."""
    if participant.user is None:
        participant.user = User.objects.create_user(territory=participant.territory)
        participant.save(update_fields=["user"])
    return participant.user


def forget_links(*, on: datetime.date) -> int:
    """Erase the links that expired a month ago. Returns how many. Safe to run twice."""
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min))
    return PortalLink.objects.filter(expires_at__lt=day - KEPT_FOR).delete()[0]
