"""The code of a session: whoever is there reads it with their phone and asks for its badge.

It names a session and a badge, under a signature; it opens nothing by itself, and is of no use
long before or after the session.
"""

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from badges.achievements.models import Achievement
from journeys.activities.models import Session

SALT = "journeys.recognition.scan"
BEFORE = datetime.timedelta(minutes=30)
AFTER = datetime.timedelta(hours=48)


def token_of(session: Session, achievement: Achievement) -> str:
    return signing.Signer(salt=SALT).sign(f"{session.pk}-{achievement.pk}")


def url_of(session: Session, achievement: Achievement) -> str:
    return settings.SITE_URL + reverse("portal_scan", args=[token_of(session, achievement)])


def read(token: str) -> tuple[Session, Achievement] | None:
    """What a code is of; None for a forged one, or when its session is not near."""
    try:
        session, achievement = signing.Signer(salt=SALT).unsign(token).split("-")
    except (signing.BadSignature, ValueError):
        return None
    now = timezone.now()
    near = Session.objects.held().filter(starts_at__lt=now + BEFORE, ends_at__gt=now - AFTER)
    found = near.select_related("activity__organisation").filter(pk=session).first()
    badge = Achievement.objects.published().filter(pk=achievement).first()
    return (found, badge) if found and badge else None
