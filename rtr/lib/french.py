"""French as it is written: numbers in words, elision, zero in the singular, dates of the house.

Pure functions, no Django. The rules follow the « Lexique des règles typographiques en usage à
l'Imprimerie nationale » (spaces, abbreviations of days and months) and the 1990 spelling does not
matter here: numbers stop at sixteen.
"""

from datetime import date, datetime, time

NBSP = "\u00a0"
THIN = "\u202f"  # narrow no-break space: between thousands, before ; ? ! in French
LARGEST_SPELLED = 16

_NUMBERS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_DAYS_SHORT = "lun. mar. mer. jeu. ven. sam. dim.".split()
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_MONTHS_SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()

# Words that begin with an aspirated h: « le handicap », « de Hérouville » but « d’Hérouville » is
# what people of the town say, so names are left to the ear: only common nouns are listed.
_ASPIRATED = (
    "hall",
    "hameau",
    "handicap",
    "handball",
    "hangar",
    "haut",
    "hors",
    "huit",
    "hip-hop",
)
_VOWELS = "aàâäeéèêëiîïoôöuùûüœæh"
_NOT_ELIDED = ("onz", "oui", "ouistiti", "un-deux", "yaourt", "yoga")


def spelled(count: int, *, feminine: bool = False) -> str:
    """The number in words up to sixteen, in figures after: « douze », « une », « 1 240 ».

    Zero is « aucun » or « aucune », which reads better before a noun than « zéro ».
    """
    if count == 0:
        return "aucune" if feminine else "aucun"
    if count == 1:
        return "une" if feminine else "un"
    if 0 < count <= LARGEST_SPELLED:
        return _NUMBERS[count]
    return figures(count)


def figures(number: int | float, decimals: int = 0) -> str:
    """Figures as French writes them: « 4 126 », « 12,5 »."""
    return f"{number:,.{decimals}f}".replace(",", THIN).replace(".", ",").replace("-", "−")


def is_plural(count: float) -> bool:
    """French plural starts at two: « 0 talent », « 1,5 jour », « 2 talents »."""
    return abs(count) >= 2


def plural(count: float, singular: str, many: str | None = None) -> str:
    """The form of the word for this count; *many* defaults to the singular and an « s »."""
    return (many if many is not None else f"{singular}s") if is_plural(count) else singular


def elides(word: str) -> bool:
    """Whether « de », « que », « le »… lose their vowel before this word."""
    start = word.strip("«»“”\"'( \u00a0\u202f").casefold()
    if not start or start[0] not in _VOWELS:
        return False
    return not start.startswith(_ASPIRATED + _NOT_ELIDED)


def elide(small: str, word: str) -> str:
    """*small* and *word*, with the elision where French makes it: « d’Inès », « de Kiwi ».

    *small* is one of de, que, le, la, je, me, te, se, ne, jusque, lorsque, puisque.
    """
    if elides(word):
        return f"{small[:-1]}’{word}"
    return f"{small} {word}"


def capitalised(text: str) -> str:
    """The first letter as a capital, the rest untouched (accents kept: « Équipe »)."""
    return text[:1].upper() + text[1:]


def listed(words: list[str], last: str = "et") -> str:
    """« a », « a et b », « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def day(on: date, *, year: bool = True, weekday: bool = True) -> str:
    """« mar. 24 nov. 2026 », without its year or its weekday where the context says them."""
    return _assembled(on, _DAYS_SHORT, _MONTHS_SHORT, year=year, weekday=weekday)


def day_in_full(on: date, *, year: bool = True, weekday: bool = True) -> str:
    """« mardi 24 novembre 2026 », « samedi 1er août »: a line may end after the weekday."""
    said = _assembled(on, _DAYS, _MONTHS, year=year, weekday=False)
    return f"{_DAYS[on.weekday()]} {said}" if weekday else said


def _assembled(on: date, days: list[str], months: list[str], *, year: bool, weekday: bool) -> str:
    number = "1er" if on.day == 1 else str(on.day)
    parts = [days[on.weekday()]] if weekday else []
    parts += [number, months[on.month - 1]]
    parts += [str(on.year)] if year else []
    return NBSP.join(parts)


def month(on: date, *, year: bool = True) -> str:
    """« novembre 2026 »."""
    return _MONTHS[on.month - 1] + (f"{NBSP}{on.year}" if year else "")


def month_short(on: date) -> str:
    """« nov. »."""
    return _MONTHS_SHORT[on.month - 1]


def hour(at: time | datetime) -> str:
    """« 14 h », « 9 h 30 », in the timezone the value carries."""
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def ago(on: date, today: date) -> str:
    """How far a day is: « aujourd’hui », « hier », « il y a 3 jours », « dans 2 mois ».

    Days up to four weeks, then months of 30.44 days, then years.
    """
    days = (on - today).days
    near = {
        0: "aujourd’hui",
        -1: "hier",
        -2: "avant-hier",
        1: "demain",
        2: "après-demain",
    }
    if days in near:
        return near[days]
    return f"dans {_span(days)}" if days > 0 else f"il y a {_span(-days)}"


def _span(days: int) -> str:
    if days <= 28:
        return f"{days}{NBSP}jours"
    months = round(days / 30.44)
    if months < 24:
        months = max(months, 1)
        return f"{months}{NBSP}mois"
    return f"{round(days / 365.25)}{NBSP}ans"


def lasting(days: int) -> str:
    """A length of time in words that one says: « 40 jours », « neuf mois », « un an »."""
    if days < 60:
        return f"{days}{NBSP}{plural(days, 'jour')}"
    months = round(days / 30.44)
    if months < 24:
        return f"{spelled(months)} mois" if months != 12 else "un an"
    years = round(days / 365.25)
    return f"{spelled(years)} {plural(years, 'an')}"


def phone(number: str) -> str:
    """« 06 39 98 12 34 »: ten national figures in pairs; another number is left as given."""
    compact = "".join(c for c in number if c.isdigit() or c == "+")
    if compact.startswith("+33") and len(compact) == 12:
        compact = f"0{compact[3:]}"
    if len(compact) == 10 and compact.isdigit():
        return NBSP.join(compact[i : i + 2] for i in range(0, 10, 2))
    return number


def spaced(text: str) -> str:
    """No-break spaces where French wants one: inside « », before : ; ? ! and %."""
    text = text.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    for sign in (":", "%"):
        text = text.replace(f" {sign}", f"{NBSP}{sign}")
    for sign in (";", "?", "!"):
        text = text.replace(f" {sign}", f"{THIN}{sign}")
    return text
