"""Tags and filters of every template (they are built in, no {% load %})."""

import json
import re
from datetime import date, datetime

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rtr.lib import french, here, languages, pictograms, tongue
from rtr.lib.told import acts_of

register = template.Library()

LOGO = mark_safe(
    '<svg viewBox="0 0 52 18" aria-hidden="true" focusable="false">'
    '<circle cx="9" cy="9" r="7.5" fill="#2f66ad"/>'
    '<path d="M26 1.5 34.5 16.5H17.5Z" fill="#7d4a9c"/>'
    '<path d="M37 2H51V16H37Z" fill="#5b7318"/></svg>'
)
# Drawn the other way round on a page read from right to left.
DIRECTED = {
    "arrow-left",
    "arrow-right",
    "box-arrow-in-right",
    "box-arrow-right",
    "chevron-left",
    "chevron-right",
    "send",
}
HEXAGON = "M20 2 38 12.5V33.5L20 44 2 33.5V12.5Z"


def icon_href(name: str) -> str:
    """The address of a pictogram, for a drawing that holds one."""
    if getattr(settings, "TESTING", False) and name not in pictograms.names_in(pictograms.ALL):
        raise ValueError(f"no icon {name!r} in static/img/icons.svg")
    return f"{static(pictograms.sprite_of(name))}#{name}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line pictogram. Silent beside a word; with *label* it speaks for itself."""
    silent = mark_safe('aria-hidden="true"')
    voice = format_html('role="img" aria-label="{}"', label) if label else silent
    href = icon_href(str(name))
    turned = " mirror" if name in DIRECTED else ""
    return format_html(
        '<svg class="i{}" {} focusable="false"><use href="{}"/></svg>', turned, voice, href
    )


@register.simple_tag
def logo() -> SafeString:
    return LOGO


@register.simple_tag
def medal(icon_name: str, aim: bool = False, big: bool = False) -> SafeString:
    """A badge as a hexagon; dashed when it is aimed at and not received yet."""
    classes = " ".join(["medal", *(["aim"] if aim else []), *(["big"] if big else [])])
    line = "" if aim else '<path class="hexa-line" d="M20 5.4 35 14.2V31.8L20 40.6 5 31.8V14.2Z"/>'
    return format_html(
        '<svg class="{}" viewBox="0 0 40 46" aria-hidden="true" focusable="false">'
        '<path class="hexa" d="{}"/>{}<use href="{}" x="11" y="14" width="18" height="18"/></svg>',
        classes,
        HEXAGON,
        mark_safe(line),
        icon_href(str(icon_name)),
    )


@register.filter("json")
def as_json(value: object) -> str:
    """For a data- attribute that a script reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def acts(message: object) -> dict[str, str]:
    """What a message offers: .undo_url .undo .next_url .next_word, as rtr.lib.told put them."""
    return acts_of(message.extra_tags)


# -- Languages ------------------------------------------------------------------------------------


@register.filter
def language_tag(code: str) -> str:
    """What `lang` wants of a language: easy French is French."""
    return languages.tag(code)


@register.filter
def own_name(code: str) -> str:
    """A language by its own name: « العربية »."""
    return dict(settings.LANGUAGES).get(code, code)


@register.simple_tag
def partly_in_french() -> str:
    """What is said at the foot of a page of which some sentences are not translated yet."""
    return "Une partie de cette page est en français." if languages.missing.get() else ""


# -- Numbers and words ---------------------------------------------------------------------------


@register.filter
def spelled(count: int, gender: str = "m") -> str:
    """« douze », « une » with "f"; figures beyond sixteen."""
    return tongue.spelled(int(count), feminine=gender.startswith("f"))


@register.filter
def figures(number: float, decimals: int = 0) -> str:
    """« 4 126 », « 12,5 » with :1."""
    return "" if number is None else tongue.figures(number, decimals)


@register.simple_tag
def plural(count: float, singular: str, many: str) -> str:
    """{% plural n _("personne correspond") _("personnes correspondent") %}; zero is singular."""
    return french.plural(count, singular, many)


@register.simple_tag
def counted(
    count: int, singular: str, many: str, feminine: bool = False, capital: bool = False
) -> str:
    """{% counted n _("personne") _("personnes") feminine=True capital=True %} → Douze personnes."""
    text = f"{spelled(count, 'f' if feminine else 'm')} {french.plural(count, singular, many)}"
    return french.capitalised(text) if capital else text


@register.filter
def de(word: str) -> str:
    """« de Kiwi », « d’Inès »."""
    return french.elide("de", str(word))


@register.filter
def que(word: str) -> str:
    """« que Kiwi », « qu’Inès »."""
    return french.elide("que", str(word))


@register.filter
def listed(words: list) -> str:
    """« a, b et c »."""
    return tongue.listed([str(word) for word in words])


@register.filter
def capital(text: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return french.capitalised(str(text))


@register.filter
def phone(number: object) -> str:
    """« 06 39 98 12 34 »."""
    return french.phone(str(number)) if number else ""


@register.filter
def stopped(words: str) -> str:
    """A sentence somebody typed, with the full stop they left out."""
    words = str(words).rstrip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


@register.filter
def bdi(text: object) -> SafeString:
    """A name, a number or a code that keeps its own direction inside an Arabic sentence."""
    return tongue.isolated(text)


@register.filter
def here_word(user: object) -> str:
    """The opaque word under which a person's own phone keeps their things (rtr/lib/here.py)."""
    return here.word_of(user)


@register.filter
def dial(contact: object) -> str:
    """The figures a `tel:` link wants, when what was left is a number to call; else nothing."""
    compact = re.sub(r"[ .\-/\u00a0\u202f]", "", str(contact))
    return compact if re.fullmatch(r"\+?\d{9,15}", compact) else ""


# -- Dates ---------------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None) -> str:
    """« mar. 24 nov. 2026 »."""
    return _written(value, tongue.day)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """« mar. 24 nov. », where the year goes without saying."""
    return _written(value, lambda on: tongue.day(on, year=False))


@register.filter
def bare_day(value: date | datetime | None) -> str:
    """« 24 nov. 2026 », after a word that already places it."""
    return _written(value, lambda on: tongue.day(on, weekday=False))


@register.filter
def full_day(value: date | datetime | None) -> str:
    """« mardi 24 novembre 2026 »."""
    return _written(value, tongue.day_in_full)


@register.filter
def month(value: date | datetime | None) -> str:
    """« novembre 2026 »."""
    return _written(value, tongue.month)


@register.filter
def hour(value: datetime | None) -> str:
    """« 14 h », « 9 h 30 », local time."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return tongue.hour(value)


@register.filter
def moment(value: datetime | None) -> str:
    """« mar. 24 nov. 2026 à 14 h »."""
    if value is None:
        return ""
    return _("%(day)s à %(hour)s") % {"day": day(value), "hour": hour(value)}


@register.filter
def told_moment(value: datetime | None) -> str:
    """« mardi 24 novembre à 14 h », as the person’s pages say it."""
    return tongue.moment(value) if value else ""


@register.filter
def ago(value: date | datetime | None) -> SafeString | str:
    """« il y a 3 jours », in a <time> whose title is the day in full."""
    on = _local_day(value)
    if on is None:
        return ""
    title = moment(value) if isinstance(value, datetime) else day(on)
    told = tongue.ago(on, timezone.localdate())
    return format_html('<time datetime="{}" title="{}">{}</time>', on.isoformat(), title, told)


@register.filter
def lasting(days: int) -> str:
    """A number of days in words that one says: « 40 jours », « neuf mois »."""
    return french.lasting(int(days))


def _written(value: date | datetime | None, as_said) -> str:
    on = _local_day(value)
    return "" if on is None else as_said(on)


def _local_day(value: date | datetime | None) -> date | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
