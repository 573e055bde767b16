"""Dates, hours, numbers and lists in the language of the page: the person's pages speak several.

French is told by rtr.lib.french. Any other language says these few sentences in its catalogue,
like all others: nothing here knows a language by its name.
"""

import datetime

from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as said

from rtr.lib import french

FIRST_STRONG, POP = "\u2068", "\u2069"  # a Latin name keeps its order inside an Arabic sentence
WEEKDAYS = [
    said("lundi"),
    said("mardi"),
    said("mercredi"),
    said("jeudi"),
    said("vendredi"),
    said("samedi"),
    said("dimanche"),
]
MONTHS = [
    said("janvier"),
    said("février"),
    said("mars"),
    said("avril"),
    said("mai"),
    said("juin"),
    said("juillet"),
    said("août"),
    said("septembre"),
    said("octobre"),
    said("novembre"),
    said("décembre"),
]
# A month beside its day may change its form: « 24 листопада ».
DATES = [
    said("%(day)s janvier"),
    said("%(day)s février"),
    said("%(day)s mars"),
    said("%(day)s avril"),
    said("%(day)s mai"),
    said("%(day)s juin"),
    said("%(day)s juillet"),
    said("%(day)s août"),
    said("%(day)s septembre"),
    said("%(day)s octobre"),
    said("%(day)s novembre"),
    said("%(day)s décembre"),
]


def in_french() -> bool:
    language = get_language() or "fr"
    return language == "fr" or language.startswith("fr-")


# -- Days and hours --------------------------------------------------------------------------------


def day(on: datetime.date, *, year: bool = True, weekday: bool = True) -> str:
    """« mar. 24 nov. 2026 »; in full elsewhere than in French."""
    if in_french():
        return french.day(on, year=year, weekday=weekday)
    return day_in_full(on, year=year, weekday=weekday)


def day_in_full(on: datetime.date, *, year: bool = True, weekday: bool = True) -> str:
    """« mardi 24 novembre 2026 »."""
    if in_french():
        return french.day_in_full(on, year=year, weekday=weekday)
    text = _(DATES[on.month - 1]) % {"day": on.day}
    if year:
        text = _("%(day)s %(year)s") % {"day": text, "year": on.year}
    if weekday:
        text = _("%(weekday)s %(day)s") % {"weekday": _(WEEKDAYS[on.weekday()]), "day": text}
    return text


def weekday(on: datetime.date) -> str:
    """« mardi »."""
    return _(WEEKDAYS[on.weekday()])


def month(on: datetime.date, *, year: bool = True) -> str:
    """« novembre 2026 »."""
    if in_french():
        return french.month(on, year=year)
    name = _(MONTHS[on.month - 1])
    return _("%(month)s %(year)s") % {"month": name, "year": on.year} if year else name


def hour(at: datetime.time | datetime.datetime) -> str:
    """« 14 h », « 9 h 30 »."""
    if in_french():
        return french.hour(at)
    return _("%(hour)s h %(minutes)s") % {"hour": at.hour, "minutes": f"{at.minute:02d}"}


def moment(at: datetime.datetime, *, year: bool | None = None) -> str:
    """« mardi 24 novembre à 14 h », local time, with the year when it is another one."""
    here = timezone.localtime(at)
    if year is None:
        year = here.year != timezone.localdate().year
    words = {"day": day_in_full(here.date(), year=year), "hour": hour(here)}
    return _("%(day)s à %(hour)s") % words


def hours(start: datetime.datetime, end: datetime.datetime) -> str:
    """« de 14 h à 16 h 30 », local time."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    return _("de %(start)s à %(end)s") % {"start": hour(start), "end": hour(end)}


def lasting(minutes: int) -> str:
    """« 2 h », « 1 h 30 », « 45 min »."""
    hours, left = divmod(minutes, 60)
    words = {"hours": hours, "minutes": left}
    if not hours:
        return _("%(minutes)s min") % words
    if not left:
        return _("%(hours)s h") % words
    if in_french():
        return f"{hours}{french.NBSP}h{french.NBSP}{left:02}"
    return _("%(hours)s h %(minutes)s min") % words


def ago(on: datetime.date, today: datetime.date) -> str:
    """« aujourd’hui », « il y a 3 jours », « dans 2 mois »."""
    if in_french():
        return french.ago(on, today)
    days = (on - today).days
    near = {0: _("aujourd’hui"), -1: _("hier"), 1: _("demain")}
    if days in near:
        return near[days]
    return _ahead(days) if days > 0 else _behind(-days)


def _behind(days: int) -> str:
    if days <= 28:
        return _counted(ngettext("il y a %(count)s jour", "il y a %(count)s jours", days), days)
    months = max(1, round(days / 30.44))
    if months < 24:
        return _counted(ngettext("il y a %(count)s mois", "il y a %(count)s mois", months), months)
    years = round(days / 365.25)
    return _counted(ngettext("il y a %(count)s an", "il y a %(count)s ans", years), years)


def _ahead(days: int) -> str:
    if days <= 28:
        return _counted(ngettext("dans %(count)s jour", "dans %(count)s jours", days), days)
    months = max(1, round(days / 30.44))
    if months < 24:
        return _counted(ngettext("dans %(count)s mois", "dans %(count)s mois", months), months)
    years = round(days / 365.25)
    return _counted(ngettext("dans %(count)s an", "dans %(count)s ans", years), years)


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": count}


# -- Numbers and lists -----------------------------------------------------------------------------


def spelled(count: int, *, feminine: bool = False) -> str:
    """« douze », « une »; figures in the languages whose numbers agree in other ways."""
    return french.spelled(count, feminine=feminine) if in_french() else str(count)


def figures(number: float, decimals: int = 0) -> str:
    """« 4 126 », « 12,5 »."""
    if in_french():
        return french.figures(number, decimals)
    return formats.number_format(number, decimals, use_l10n=True, force_grouping=True)


def listed(words: list[str]) -> str:
    """« a, b et c »."""
    if in_french() or len(words) < 2:
        return french.listed(words)
    text = words[0]
    for word in words[1:-1]:
        text = _("%(first)s, %(second)s") % {"first": text, "second": word}
    return _("%(first)s et %(second)s") % {"first": text, "second": words[-1]}


# -- Words of somebody's own -----------------------------------------------------------------------


def _turns(text: str) -> bool:
    """Whether this text may be drawn in another direction than the page."""
    return get_language_bidi() or any("\u0590" <= sign <= "\u08ff" for sign in text)


def own(text: object) -> str:
    """A name, a number or a code that keeps its direction inside a sentence of a message."""
    return f"{FIRST_STRONG}{text}{POP}" if _turns(str(text)) else str(text)


def isolated(text: object) -> SafeString:
    """The same in a page: <bdi> where directions may mix, nothing more elsewhere."""
    return format_html("<bdi>{}</bdi>", text) if _turns(str(text)) else conditional_escape(text)
