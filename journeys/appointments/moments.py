"""Moments as people say them, in the local time of the place; and which are refused."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from journeys.messages.enums import Language
from rtr.lib import french, tongue

FARTHEST = datetime.timedelta(days=366)
FRENCH = (Language.FRENCH, Language.EASY_FRENCH)


def local(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """That hour of that day, here. Of an hour that comes twice (last Sunday of October), the first.

    Raises ValidationError for one that does not exist (last Sunday of March).
    """
    moment = timezone.make_aware(datetime.datetime.combine(day, hour))
    if timezone.localtime(moment.astimezone(datetime.UTC)).time() != hour:
        raise ValidationError(
            {"hour": _("Cette heure n’existe pas ce jour-là. Choisissez-en une autre.")}
        )
    return moment


def refuse_unlikely(moment: datetime.datetime) -> None:
    """Raises ValidationError for a moment behind, or more than a year ahead."""
    if moment <= timezone.now():
        raise ValidationError({"day": _("Ce moment est passé. Choisissez-en un autre.")})
    if moment > timezone.now() + FARTHEST:
        raise ValidationError({"day": _("Choisissez un jour dans l’année qui vient.")})


def in_large(moment: datetime.datetime) -> str:
    """« Vendredi 27 novembre à 14 h », that may turn before the day or hour on a narrow phone."""
    text = french.capitalised(said(moment)).replace(french.NBSP, " ", 1)
    return text.replace(" à ", f" à{french.NBSP}")


def said(moment: datetime.datetime, *, year: bool | None = None) -> str:
    """« mardi 24 novembre à 14 h », with the year when it is another one."""
    return tongue.moment(moment, year=year)


def said_in(language: str, moment: datetime.datetime) -> str:
    """The same for a text message. Figures where letters cost twice: a message holds 70 of them."""
    here = timezone.localtime(moment)
    if language in (*FRENCH, Language.ENGLISH):
        with translation.override(language):
            return said(moment, year=False)
    return f"{here:%d/%m %H:%M}"


def week_later(moment: datetime.datetime) -> datetime.datetime:
    """The same weekday and hour, one week after or more: the first that is ahead."""
    here = timezone.localtime(moment)
    day = here.date()
    while True:
        day += datetime.timedelta(days=7)
        then = timezone.make_aware(datetime.datetime.combine(day, here.time()))
        if then > timezone.now():
            return then
