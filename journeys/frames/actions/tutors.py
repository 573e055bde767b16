"""Asking a tutor, by a link without an account; their answers, corrected until closed."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.contracts.actions.linking import is_over
from journeys.frames import wording
from journeys.frames.models import Immersion
from journeys.frames.tutors import TutorFeedback, TutorLink
from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.pathway.actions.acting import begin, tell
from journeys.pathway.consents import ConsentTo, is_refused
from journeys.pathway.models import Journey
from rtr import scope
from rtr.lib import contacts
from territories.accounts.models import User
from territories.journal.enums import Act

TOKEN_BYTES = 16
WORKS_FOR = datetime.timedelta(days=60)  # after the last day, or after today
REMINDED_AFTER = datetime.timedelta(days=7)
KEPT_FOR = datetime.timedelta(days=30)


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address(token: str) -> str:
    return settings.SITE_URL + reverse("tutor", args=[token])


def channels_of(immersion: Immersion) -> dict[Channel, str]:
    """Where the tutor's contact lets a message leave for."""
    found = contacts.tidy(immersion.tutor_contact)
    if "@" in found:
        return {Channel.MAIL: found}
    number = contacts.phone(found)
    return {Channel.SMS: number} if number else {}


@transaction.atomic
def ask_tutor(
    *, immersion: Immersion, by: User | None, channel: str = "", is_reminder: bool = False
) -> tuple[TutorLink, str]:
    """A new link, the only one that works; sent, or shown on the spot where `channel` is empty.

    Returns the link and its token, which is kept nowhere.
    """
    journey = begin(immersion.journey, seen=None)
    _refuse(immersion, journey)
    to = channels_of(immersion).get(Channel(channel), "") if channel else ""
    if channel and not to:
        raise ValidationError(_("Notez d’abord un téléphone ou une adresse pour le tuteur."))
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    immersion.tutor_links.filter(revoked_at__isnull=True).update(revoked_at=now)
    link = TutorLink.objects.create(
        territory_id=immersion.territory_id,
        journey_id=immersion.journey_id,
        immersion=immersion,
        channel=channel,
        to=to,
        token_sha256=sha256_of(token),
        given_by=by,
        given_at=now,
        expires_at=max(now, _end_of(immersion.last_on)) + WORKS_FOR,
        is_reminder=is_reminder,
    )
    tell(Act.TUTOR_ASKED, journey=journey, by=by, about=immersion)
    if channel:
        _send(link, token, immersion)
    return link, token


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


def _refuse(immersion: Immersion, journey: Journey) -> None:
    if is_over(journey):
        raise ValidationError(_("Ce parcours s’est terminé par un décès."))
    if is_refused(journey, ConsentTo.TUTOR):
        raise ValidationError(_("La personne ne veut pas que son tuteur donne un avis."))
    if immersion.assessed_on:
        raise ValidationError(_("Le bilan est fait : l’avis du tuteur ne se change plus."))
    if immersion.cancelled_on or not immersion.is_started:
        raise ValidationError(_("L’avis du tuteur se demande une fois l’immersion commencée."))


def _send(link: TutorLink, token: str, immersion: Immersion) -> None:
    """The tutor knows the person, by first name; nothing is said of why they came."""
    send_later(
        territory=immersion.territory,
        cause=wording.TUTOR_REMINDER if link.is_reminder else wording.TUTOR_LINK,
        channel=Channel(link.channel),
        to=link.to,
        places={"who": immersion.journey.participant.first_name, "link": address(token)},
        useless_after=link.expires_at,
    )


@transaction.atomic
def take_back(*, immersion: Immersion, by: User) -> int:
    """The link works no more; what was answered stays. Returns how many were taken back."""
    journey = begin(immersion.journey, seen=None)
    return journey.tutorlinks.filter(immersion=immersion, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


# -- Behind the link -------------------------------------------------------------------------------


def link_of(token: str) -> TutorLink | None:
    """A link that works. Looked for everywhere; the page then sees that territory alone."""
    with scope.everything("a link names its territory once found"):
        rows = TutorLink.objects.live().select_related(
            "immersion__journey__participant", "territory", "given_by"
        )
        link = rows.filter(token_sha256=sha256_of(token)).first()
        if link is None or link.immersion.assessed_on or is_over(link.immersion.journey):
            return None
        return link


@transaction.atomic
def answer_by_tutor_link(*, link: TutorLink, said: dict) -> TutorFeedback:
    """Kept the first time, corrected after; sent twice it is kept once."""
    journey = begin(link.journey, seen=None)
    # The team may have closed it, or taken the link back, while the tutor was writing.
    immersion = Immersion.objects.get(pk=link.immersion_id)
    if immersion.assessed_on or not TutorLink.objects.live().filter(pk=link.pk).exists():
        raise ValidationError(_("Ce lien ne marche plus."))
    now = timezone.now()
    feedback, is_new = TutorFeedback.objects.update_or_create(
        immersion=immersion,
        defaults=said | {"changed_at": now},
        create_defaults=said
        | {
            "territory_id": link.territory_id,
            "journey_id": link.journey_id,
            "answered_at": now,
            "changed_at": now,
        },
    )
    if is_new:
        tell(Act.TUTOR_ANSWERED, journey=journey, by=None, about=immersion)
    return feedback


# -- Every night -----------------------------------------------------------------------------------


def remind_tutors(*, on: datetime.date) -> int:
    """Once, a week after the link and once the immersion is over. Safe to run twice."""
    before = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min)) - REMINDED_AFTER
    links = (
        TutorLink.objects.live()
        .exclude(channel="")
        .filter(
            given_at__lt=before,
            is_reminder=False,
            immersion__feedback__isnull=True,
            immersion__assessed_on__isnull=True,
            immersion__ended_on__lt=on,
        )
    )
    sent = 0
    for link in links.select_related("immersion__journey__participant"):
        if not is_over(link.immersion.journey):
            ask_tutor(
                immersion=link.immersion, by=link.given_by, channel=link.channel, is_reminder=True
            )
            sent += 1
    return sent


def forget_tutor_links(*, on: datetime.date) -> int:
    """Links that stopped working a month ago are erased; the answers stay."""
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time.min)) - KEPT_FOR
    stopped = TutorLink.objects.filter(expires_at__lt=day) | TutorLink.objects.filter(
        revoked_at__lt=day
    )
    return stopped.delete()[0]
