"""The journey in words: the list that stands for the drawing on phones, on paper and aloud."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from journeys.pathway.drawing.story import Away, Drawing
from journeys.pathway.enums import Phase
from rtr.lib import french

# What comes first when several things share a day: the contract opens the phase it leads to.
_ORDER = (
    "first",
    "return",
    "contract",
    "phase",
    "outcome",
    "pause",
    "exit",
    "today",
    "warning",
    "limit",
)


@dataclass(frozen=True)
class Step:
    """One line of the list.

    kind: one of phase, contract, outcome, pause, exit, return, today, warning, limit, open.
    title and when read together (« Repérage », « le 12 févr. 2026 »); said is a sentence or "".
    is_ahead: not lived yet, drawn dotted.
    """

    kind: str
    on: date
    title: str
    when: str
    said: str = ""
    phase: str = ""
    is_ahead: bool = False


def steps(drawing: Drawing) -> list[Step]:
    """The whole story in order, nothing left out."""
    phases = _phases(drawing)
    found = [*phases, *_absences(drawing), *_marks(drawing)]

    def place(step: Step) -> tuple[date, int]:
        return step.on, _ORDER.index("first" if step in phases[:1] else step.kind)

    found.sort(key=place)
    if not drawing.left_on and not drawing.limit_on:
        title = _("La suite se décide ensemble")
        found.append(Step("open", drawing.today, title, "", is_ahead=True))
    return found


def _the(on: date) -> str:
    return _("le\u00a0%(day)s") % {"day": french.day(on, weekday=False)}


def _phases(it: Drawing) -> list[Step]:
    found = []
    for number, (phase, on) in enumerate(it.phases):
        is_last = number == len(it.phases) - 1 and not it.left_on
        day = french.day(on, weekday=False)
        when = _("depuis le\u00a0%(day)s") % {"day": day} if is_last else _the(on)
        said = _lived(
            it,
            on,
            it.phases[number + 1][1] if not is_last and number + 1 < len(it.phases) else None,
        )
        if number == 0 and (butinage := _butinage(it)):
            said = f"{butinage} {said}".strip()
        found.append(Step("phase", on, str(Phase(phase).label), when, said, str(phase)))
    return found


def _butinage(it: Drawing) -> str:
    days = ((it.entry_on or it.reached_on) - it.first_contact_on).days
    if days < 1:
        return ""
    long = french.lasting(days)
    return _("Butinage %(of_long)s.") % {"of_long": french.elide("de", long)}


def _lived(it: Drawing, since: date, until: date | None) -> str:
    """What was lived and recognised in a phase: « Trois expériences, badge « Coup de main ». »"""

    def within(on: date) -> bool:
        return since <= on <= it.today and (until is None or on < until)

    lived = [one for one in it.experiences if within(one.from_on)]
    parts = []
    if lived:
        told, count = sum(one.is_told for one in lived), len(lived)
        parts.append(_counted(count, _("expérience"), _("expériences")))
        if told == count:
            parts[0] += f" {french.plural(count, _('racontée'), _('racontées'))}"
        elif told:
            parts.append(_("dont %(t)s") % {"t": _counted(told, _("racontée"), _("racontées"))})
    names = [f"«{french.NBSP}{b.label}{french.NBSP}»" for b in it.badges if within(b.on)]
    if names:
        word = french.plural(len(names), _("badge"), _("badges"))
        parts.append(f"{word} {french.listed(names)}")
    return f"{french.capitalised(', '.join(parts))}." if parts else ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{french.spelled(count, feminine=True)} {french.plural(count, one, many)}"


def _absences(it: Drawing) -> list[Step]:
    found = []
    for away in it.begun:
        found.append(_exit(away) if away.is_exit else _pause(away, it.today))
        if away.is_exit and away.until_on and away.until_on <= it.today:
            found.append(Step("return", away.until_on, _("Retour"), _the(away.until_on)))
    return found


def _exit(away: Away) -> Step:
    said = french.capitalised(f"{away.label}.") if away.label else ""
    return Step("exit", away.from_on, _("Sortie"), _the(away.from_on), said)


def _pause(away: Away, today: date) -> Step:
    first = french.day(away.from_on, weekday=False)
    if away.until_on:
        last = french.day(away.until_on, weekday=False)
        when = _("du\u00a0%(first)s au\u00a0%(last)s") % {"first": first, "last": last}
    else:
        when = _("depuis le\u00a0%(day)s") % {"day": first}
    is_more = away.label and away.label.casefold() != "pause"
    said = french.capitalised(f"{away.label}.") if is_more else ""
    return Step("pause", away.from_on, _("Pause"), when, said)


def _marks(it: Drawing) -> list[Step]:
    found = [Step("outcome", on, word, _the(on), _("Étape gagnée.")) for word, on in it.outcomes]
    if it.entry_on:
        found.append(Step("contract", it.entry_on, _("Contrat signé"), _the(it.entry_on)))
    if not it.left_on:
        found.append(Step("today", it.today, _("Aujourd’hui"), french.day(it.today), _ahead(it)))
    for on in it.warnings_ahead:
        found.append(Step("warning", on, _("Rappel"), _the(on), is_ahead=True))
    if it.limit_on and it.shows_limit:
        found.append(_limit(it))
    return found


def _ahead(it: Drawing) -> str:
    planned = sorted(one.from_on for one in it.experiences if one.from_on > it.today)
    if not planned:
        return ""
    return _("Prochaine expérience %(day)s.") % {"day": _the(planned[0])}


def _limit(it: Drawing) -> Step:
    title = it.limit_label or _("Limite du parcours")
    said = ""
    if it.is_overdue:
        late = french.lasting((it.today - it.limit_on).days)
        said = _("Passée depuis %(long)s.") % {"long": late}
    is_ahead = it.limit_on > it.today
    return Step("limit", it.limit_on, title, _the(it.limit_on), said, is_ahead=is_ahead)
