"""A session said in words: when, where, how many places. Never who."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.activities.models import Session
from rtr.lib import french, tongue


def hours(session: Session) -> str:
    """« de 14 h à 16 h 30 »."""
    return tongue.hours(session.starts_at, session.ends_at)


def moment(session: Session) -> str:
    """« jeudi 26 novembre, de 14 h à 16 h »; the year only when it is not this one."""
    on = timezone.localdate(session.starts_at)
    year = on.year != timezone.localdate().year
    words = {"day": tongue.day_in_full(on, year=year), "hours": hours(session)}
    return _("%(day)s, %(hours)s") % words


def left(session: Session) -> int:
    return max(0, session.places - session.taken)


def places(session: Session) -> str:
    """« Huit personnes sur 12 places », « 12 places, personne d’inscrit », « Complet, trois
    personnes attendent »."""
    if session.cancelled_at:
        return _("Annulée")
    if not left(session):
        return _full(session)
    if not session.taken:
        return _("%(places)s, personne d’inscrit") % {"places": _counted(session.places)}
    return _("%(people)s sur %(places)s") % {
        "people": people(session.taken),
        "places": _counted(session.places),
    }


def short(session: Session) -> str:
    """« 8 sur 12 places », where there is little room."""
    places = _counted(session.places)
    return _("%(taken)s sur %(places)s") % {"taken": session.taken, "places": places}


def _full(session: Session) -> str:
    if not session.waiting:
        return _("Complet : %(places)s") % {"places": _counted(session.places)}
    verb = french.plural(session.waiting, _("attend"), _("attendent"))
    waiting = people(session.waiting).lower()
    return _("Complet, %(people)s %(verb)s") % {"people": waiting, "verb": verb}


def _counted(count: int) -> str:
    return f"{count}{french.NBSP}{french.plural(count, _('place'))}"


def people(count: int) -> str:
    """« Deux personnes »."""
    number = french.capitalised(tongue.spelled(count, feminine=True))
    return ngettext("%(count)s personne", "%(count)s personnes", count) % {"count": number}


def free(session: Session) -> str:
    """For who would like to come: « Trois places libres », « Complet : on peut attendre »."""
    if session.cancelled_at:
        return _("Annulée")
    if count := left(session):
        number = french.capitalised(tongue.spelled(count, feminine=True))
        text = ngettext("%(count)s place libre", "%(count)s places libres", count)
        return text % {"count": number}
    return _("Complet. On peut attendre une place.")


def is_near(session: Session, days: int = 7) -> bool:
    return session.starts_at < timezone.now() + datetime.timedelta(days=days)
