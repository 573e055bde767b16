"""A row of the list as a sentence, and the next dated thing beside it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.coordination.people import Fact, Row
from journeys.pathway.enums import Phase, Status
from journeys.pathway.lists import EXITS
from rtr.lib import french
from rtr.templatetags.rtr import ago
from territories.accounts.models import User
from territories.programmes.models import Programme

LONG = 60  # days beyond which a month says more than a number
WORKS = {"emploi_durable", "emploi_transition", "selon_duree"}


@dataclass(frozen=True)
class Pill:
    tone: str
    icon: str
    word: str


PILLS = {
    Status.BUTINAGE: Pill("info", "signpost-split", Status.BUTINAGE.label),
    Status.ACTIVE: Pill("ok", "check-circle", Status.ACTIVE.label),
    Status.PAUSED: Pill("", "pause-circle", Status.PAUSED.label),
    Status.OVERDUE: Pill("warn", "hourglass-split", Status.OVERDUE.label),
    Status.LEFT: Pill("", "door-open", Status.LEFT.label),
}
VERBS = {
    Phase.REPERAGE: gettext_lazy("Découvre"),
    Phase.MOBILISATION: gettext_lazy("Explore"),
    Phase.INSERTION: gettext_lazy("Avance"),
}


def sentence(row: Row, *, reader: User) -> SafeString:
    """« Explore avec Karim depuis mars, dernier contact il y a 3 jours. » To Karim, « vous »."""
    if row.status == Status.LEFT:
        parts = _left(row.facts["exit"])
    elif row.status == Status.PAUSED:
        parts = _paused(row.facts["pause"])
    else:
        parts = _going_on(row, reader)
    if row.call_back_asked_on:
        parts.append(_("un rappel est attendu"))
    return closed(format_html_join(", ", "{}", ((part,) for part in parts)))


def closed(words: SafeString) -> SafeString:
    """The sentence with its full stop; that of a short month will do (« le 4 janv. »)."""
    return words if words.endswith(".") else format_html("{}.", words)


def _left(exit_: Fact) -> list:
    day = french.day(exit_.on, weekday=False)
    kind = EXITS.label(exit_.detail).partition(" (")[0]
    return [_("Sortie le %(day)s : %(kind)s") % {"day": day, "kind": kind}]


def _paused(pause: Fact) -> list:
    parts = [_("En pause depuis le %(day)s") % {"day": _day(pause.on)}]
    if pause.until:
        parts.append(_("reprise prévue le %(day)s") % {"day": _day(pause.until)})
    return parts


def _going_on(row: Row, reader: User) -> list:
    verb = VERBS[Phase(row.phase)]
    since = since_when(row.facts["phase"].on)
    referent = row.facts.get("referent")
    if referent:
        parts = [_("%(verb)s avec %(who)s %(since)s")]
    else:
        parts = [_("%(verb)s %(since)s")]
    who = referent and (_("vous") if referent.who == reader.pk else referent.detail)
    parts[0] %= {"verb": verb, "who": who, "since": since}
    if outcome := row.facts.get("outcome"):
        parts.append(_outcome(outcome))
    if row.status == Status.OVERDUE:
        parts.append(_("durée dépassée depuis le %(day)s") % {"day": _day(row.limit_on)})
    if row.last_contact_on:
        parts.append(format_html("{} {}", _("dernier contact"), ago(row.last_contact_on)))
    return parts


def _outcome(outcome: Fact) -> str:
    kind = EXITS[outcome.detail]
    said = {"day": _day(outcome.on), "kind": kind.label}
    if kind["class"] in WORKS:
        return _("au travail depuis le %(day)s") % said
    if kind["class"] == "formation":
        return _("en formation depuis le %(day)s") % said
    return _("%(kind)s depuis le %(day)s") % said


def since_when(on: datetime.date) -> str:
    """« depuis 40 jours », « depuis mars », « depuis juin 2025 »."""
    today = timezone.localdate()
    days = (today - on).days
    if days < 1:
        return _("depuis aujourd’hui")
    if days < LONG:
        return _("depuis %(long)s") % {"long": french.lasting(days)}
    return _("depuis %(month)s") % {"month": french.month(on, year=on.year != today.year)}


def _day(on: datetime.date) -> str:
    """« 4 janv. 2027 », the year left out when it is this one."""
    return french.day(on, year=on.year != timezone.localdate().year, weekday=False)


def next_step(row: Row, programme: Programme) -> tuple[datetime.date, str] | None:
    """The first dated thing ahead, or already due: (day, what)."""
    steps = []
    if pause := row.facts.get("pause"):
        steps.append((pause.until, _("reprise prévue")))
    if follow_up := row.facts.get("follow_up"):
        steps.append((follow_up.on, _("nouvelles à prendre")))
    if draft := row.facts.get("contract"):
        days = datetime.timedelta(days=programme.unsigned_contract_days)
        steps.append((draft.on + days, _("contrat à signer")))
    if row.status == Status.BUTINAGE:
        steps.append(_end_of_butinage(row, programme))
    if row.limit_on and row.status != Status.LEFT:
        steps.append((row.limit_on, _("limite du parcours")))
    return min((step for step in steps if step[0]), default=None)


def _end_of_butinage(row: Row, programme: Programme) -> tuple[datetime.date, str]:
    """The usual length, then the limit once that one is behind (rule 3)."""
    usual = row.first_contact_on + datetime.timedelta(days=programme.butinage_max_days)
    if usual >= timezone.localdate():
        return usual, _("fin du butinage")
    days = datetime.timedelta(days=programme.butinage_limit_days)
    return row.first_contact_on + days, _("limite du butinage")
