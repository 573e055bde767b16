"""Private calendar addresses: made, read by whoever holds them, revoked."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from journeys.activities.models import CalendarFeed
from territories.accounts.models import User


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User) -> tuple[CalendarFeed, str]:
    """A new address for one's own calendar; the one before works no more.

    Returns the row, and the token, which is shown once: only its hash is kept.
    """
    revoke_feeds(by=by)
    token = secrets.token_urlsafe(32)
    return CalendarFeed.objects.create(user=by, token_sha256=sha256_of(token)), token


def revoke_feeds(*, by: User) -> int:
    """Returns how many addresses stop working, now."""
    return CalendarFeed.objects.standing().filter(user=by).update(revoked_at=timezone.now())


def open_feed(*, token: str) -> CalendarFeed | None:
    """The feed behind an address, noted as read; nothing for one revoked or unknown."""
    rows = CalendarFeed.objects.standing().filter(
        token_sha256=sha256_of(token), user__is_active=True
    )
    feed = rows.select_related("user").first()
    if feed:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=timezone.now())
    return feed
