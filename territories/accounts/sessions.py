"""Where an account is open: kept with the session, without any network address."""

import re

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from rtr import due
from territories.accounts.models import User

NOWHERE = "0.0.0.0"  # noqa: S104  what stands where allauth would keep an address
# The first that is found in what a browser says of itself; most also name those that come after.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/|FxiOS", "Firefox"),
    ("Chrome/|CriOS|Chromium", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh|Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@receiver(pre_save, sender=UserSession)
def keep_no_address(sender, instance, **kwargs):
    instance.ip = NOWHERE


def device(user_agent: str) -> str:
    """« Chrome sur Windows ».

    >>> device("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36")
    'Chrome sur Windows'
    """
    browser, system = browser_and_system(user_agent)
    if browser and system:
        return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Un appareil que nous ne reconnaissons pas")


def browser_and_system(user_agent: str) -> tuple[str, str]:
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


@due.register_nightly
def forget_sessions() -> None:
    """What a session said of itself goes with it."""
    going_on = Session.objects.filter(expire_date__gt=timezone.now())
    UserSession.objects.exclude(session_key__in=going_on.values("session_key")).delete()


def _first(names: list[tuple[str, str]], text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text)), "")


def end_sessions(user: User, *, but: str = "") -> int:
    """Sign the account out everywhere, except from the session of that key. Returns how many."""
    rows = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for row in rows:
        row.end()
    return len(rows)
