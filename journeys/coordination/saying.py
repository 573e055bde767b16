"""What the lines of today say, and the act each offers; the order of the page."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.coordination import reasons
from journeys.coordination.agreements import AGREEMENTS
from journeys.coordination.asked import ASKED
from journeys.coordination.meetings import (
    AID,
    ANSWER_APPOINTMENT,
    CALL_BACK,
    MARK_APPOINTMENT,
)
from journeys.coordination.moves import MOVES
from journeys.coordination.needs import Group, Line, Looking, Need
from journeys.coordination.reflections import LIVED
from journeys.coordination.sentences import closed
from journeys.pathway.enums import Milestone
from rtr.lib import french
from rtr.templatetags.rtr import ago


def _told(sentence: str, line: Line, **words) -> SafeString:
    """The sentence, where {who} is the person, linked to their file; closed by a full stop."""
    who = format_html("<b>{}</b>", line.nickname)
    if line.file:
        who = format_html('<a href="{}">{}</a>', reverse("journey", args=[line.file]), who)
    return closed(format_html(sentence, who=who, **words))


def _of(line: Line, sentence: str, **words) -> SafeString:
    """The same where {of_who} is « de Kiwi », « d’Inès »."""
    small = french.elide("de", line.nickname).removesuffix(line.nickname)
    return _told(sentence.replace("{of_who}", small + "{who}"), line, **words)


def _day(on: datetime.date) -> str:
    return french.day(on, year=on.year != timezone.localdate().year)


def _date(on: datetime.date) -> str:
    return french.day(on, year=on.year != timezone.localdate().year, weekday=False)


def _note(words: str, on: datetime.date) -> SafeString:
    """« demandé hier »: words, then how far the day is."""
    return format_html("{} {}", words, ago(on))


def _late(line: Line) -> str:
    return _("En retard") if line.due < timezone.localdate() else ""


def _open(line: Line) -> tuple[str, str]:
    return _("Voir le parcours"), reverse("journey", args=[line.file])


def _act(word: str, name: str, *args) -> tuple[str, str]:
    return word, reverse(name, args=args)


# -- People waiting for an answer ----------------------------------------------------------------


def _referral_notes(line: Line) -> list:
    by = _("réponse avant le %(day)s") % {"day": _day(line.due)}
    return [french.capitalised(line.detail), _note(_("reçue"), line.since), by]


REFERRAL = Need(
    slug="referral",
    icon="envelope-open",
    permission="referrals.answer",
    rows=reasons.referrals,
    sentence=lambda line: _told(_("{who} est d’accord pour vous rencontrer"), line),
    notes=_referral_notes,
    act=lambda line: _act(_("Répondre"), "referral_answer", line.about),
    warning=_late,
)

# -- Contracts and entries -----------------------------------------------------------------------


def _contract_sentence(line: Line) -> SafeString:
    sentences = {
        "mine": _("{who} a signé son contrat, il reste votre signature"),
        "theirs": _("Le contrat {of_who} est prêt, il reste à le signer"),
        "waiting": _("La signature {of_who} est attendue depuis {days} jours"),
        "draft": _("Le contrat préparé avec {who} s’efface le {day} s’il n’est pas signé"),
        "amendment": _("La nouvelle version du contrat {of_who} attend d’être signée"),
    }
    day, days = _day(line.due + datetime.timedelta(days=1)), timezone.localdate() - line.since
    return _of(line, sentences[line.detail], day=day, days=days.days)


def _contract_notes(line: Line) -> list:
    waiting = line.detail == "waiting"
    notes = [_note(_("texte figé") if waiting else _("préparé"), line.since)]
    if line.detail in ("theirs", "waiting"):
        erased_on = line.due + datetime.timedelta(days=1)
        notes.append(_("s’efface le %(day)s sans signature") % {"day": _day(erased_on)})
    return notes


def _contract_act(line: Line) -> tuple[str, str]:
    if line.detail == "mine":
        return _act(_("Signer"), "contract_sign_self", line.file)
    words = {"draft": _("Reprendre"), "waiting": _("Relancer")}
    word = words.get(line.detail, _("Faire signer"))
    return _act(word, "contract", line.file)


CONTRACT = Need(
    slug="contract",
    icon="pen",
    permission="contracts.prepare",
    rows=reasons.contracts,
    sentence=_contract_sentence,
    notes=_contract_notes,
    act=_contract_act,
)


def _entry_notes(line: Line) -> list:
    by = _("à finir avant le %(day)s") % {"day": _day(line.due)}
    return [_note(_("entrée"), line.since), by]


ENTRY = Need(
    slug="entry",
    icon="list-check",
    permission="journeys.act",
    rows=reasons.entry_questions,
    sentence=lambda line: _told(_("Des questions d’entrée restent à finir avec {who}"), line),
    notes=_entry_notes,
    act=lambda line: _act(_("Finir"), "situation_answer", line.file),
    warning=_late,
)

# -- Butinages -----------------------------------------------------------------------------------


def _butinage_sentence(line: Line) -> SafeString:
    if line.detail == "erased":
        erased_on = line.due + datetime.timedelta(days=1)
        sentence = _("Sans nouvelle rencontre, la fiche {of_who} s’efface le {day}")
        return _of(line, sentence, day=_day(erased_on))
    passed = line.due < timezone.localdate()
    programme = line.programme
    if line.detail == "limit":
        words = {"days": programme.butinage_limit_days, "day": _day(line.due)}
        if passed:
            return _of(line, _("Le butinage {of_who} dépasse la limite de {days} jours"), **words)
        return _of(line, _("Le butinage {of_who} atteint sa limite le {day}"), **words)
    words = {"days": programme.butinage_max_days, "day": _day(line.due)}
    if passed:
        return _of(line, _("Le butinage {of_who} dépasse les {days} jours habituels"), **words)
    return _of(line, _("Le butinage {of_who} atteint {days} jours le {day}"), **words)


def _butinage_act(line: Line) -> tuple[str, str]:
    if line.detail == "erased":
        return _act(_("Noter un contact"), "contact_record", line.file)
    return _act(_("Préparer"), "contract_prepare", line.file)


BUTINAGE = Need(
    slug="butinage",
    icon="signpost-split",
    permission="contracts.prepare",
    rows=reasons.butinages,
    sentence=_butinage_sentence,
    notes=lambda line: [_note(_("première rencontre"), line.since)],
    act=_butinage_act,
)

# -- Journeys to keep in sight -------------------------------------------------------------------


def _assign_url(line: Line) -> tuple[str, str]:
    return _("Affecter"), f"{reverse('assign_referent')}?journey={line.file}"


NO_REFERENT = Need(
    slug="no_referent",
    icon="person-x",
    permission="journeys.assign",
    rows=reasons.no_referent,
    sentence=lambda line: _told(_("{who} n’a pas de référent"), line),
    notes=lambda line: [_note(_("première rencontre"), line.since)],
    act=_assign_url,
)


def _no_contact_sentence(line: Line) -> SafeString:
    days = (timezone.localdate() - line.since).days
    reached = max(limit for limit in line.programme.no_contact_days if limit <= days)
    sentence = _("Pas de contact avec {who} depuis plus de {days} jours")
    return _told(sentence, line, days=reached)


def _no_contact_act(line: Line) -> tuple[str, str]:
    if line.may_act:
        return _act(_("Noter un contact"), "contact_record", line.file)
    return _open(line)


NO_CONTACT = Need(
    slug="no_contact",
    icon="chat-dots",
    permission="journeys.act",
    rows=reasons.no_contact,
    sentence=_no_contact_sentence,
    notes=lambda line: [_note(_("dernier contact"), line.since)],
    act=_no_contact_act,
    also_read=True,
)


def _limit_sentence(line: Line) -> SafeString:
    if line.detail == "overdue":
        sentence = _("Le parcours {of_who} a dépassé sa durée le {day}")
    else:
        sentence = _("Le parcours {of_who} atteint sa durée maximale le {day}")
    return _of(line, sentence, day=_date(line.due))


def _limit_notes(line: Line) -> list:
    entered = _("entrée le %(day)s") % {"day": _date(line.since)}
    return [entered] if line.detail == "overdue" else [entered, ago(line.due)]


def _limit_act(line: Line) -> tuple[str, str]:
    if line.may_act and line.detail == "overdue":
        return _act(_("Prolonger"), "extend", line.file)
    return _open(line)


LIMIT = Need(
    slug="limit",
    icon="hourglass-split",
    permission="journeys.extend",
    rows=reasons.limits,
    sentence=_limit_sentence,
    notes=_limit_notes,
    act=_limit_act,
    warning=lambda line: _("Durée dépassée") if line.detail == "overdue" else "",
    also_read=True,
)

# -- News to take --------------------------------------------------------------------------------


def _follow_up_sentence(line: Line) -> SafeString:
    sentences = {
        Milestone.EXIT: _("C’est le moment de prendre des nouvelles {of_who}, après sa sortie"),
        Milestone.MONTHS_3: _("C’est le moment de prendre des nouvelles {of_who}, à 3 mois"),
        Milestone.MONTHS_6: _("C’est le moment de prendre des nouvelles {of_who}, à 6 mois"),
    }
    return _of(line, sentences[Milestone(line.detail.split("|")[0])])


def _follow_up_notes(line: Line) -> list:
    """What was tried, then by when: « demandé par SMS le 20 nov. », « 2 appels »."""
    _milestone, sent, calls = line.detail.split("|")
    notes = []
    if sent:
        day = _date(datetime.date.fromisoformat(sent))
        notes.append(_("demandé par SMS le %(day)s") % {"day": day})
    if calls:
        count = int(calls)
        notes.append(f"{count} {french.plural(count, _('appel'), _('appels'))}")
    return [*notes, _("à faire avant le %(day)s") % {"day": _day(line.due)}]


def _follow_up_warning(line: Line) -> str:
    alert_on = line.since + datetime.timedelta(days=line.programme.followup_alert_days)
    if late := _late(line):
        return late
    return _("Bientôt en retard") if alert_on <= timezone.localdate() else ""


FOLLOW_UP = Need(
    slug="follow_up",
    icon="calendar2-check",
    permission="journeys.act",
    rows=reasons.follow_ups,
    sentence=_follow_up_sentence,
    notes=_follow_up_notes,
    act=lambda line: _act(_("Noter le suivi"), "follow_up_record", line.file, line.about),
    warning=_follow_up_warning,
)


def _return_act(line: Line) -> tuple[str, str]:
    if line.may_act:
        return _act(_("Noter la reprise"), "resume", line.file)
    return _open(line)


RETURN = Need(
    slug="return",
    icon="pause-circle",
    permission="journeys.act",
    rows=reasons.returns,
    sentence=lambda line: _of(
        line, _("La pause {of_who} devait finir le {day}"), day=_date(line.due)
    ),
    notes=lambda line: [_("en pause depuis le %(day)s") % {"day": _date(line.since)}],
    act=_return_act,
    also_read=True,
)


# -- Messages ------------------------------------------------------------------------------------


def _message_sentence(line: Line) -> SafeString:
    if not line.nickname:
        if line.detail == "uncertain":
            return closed(_("Un message est peut-être parti, peut-être pas"))
        return closed(_("Un message n’est pas arrivé"))
    if line.detail == "uncertain":
        return _told(_("Un message à {who} est peut-être parti, peut-être pas"), line)
    return _told(_("Un message à {who} n’est pas arrivé"), line)


MESSAGE = Need(
    slug="message",
    icon="question-circle",
    permission="messages.decide",
    rows=reasons.messages_in_trouble,
    sentence=_message_sentence,
    notes=lambda line: [_note(_("écrit"), line.since)],
    act=lambda line: _act(_("Décider"), "message_decide", line.about),
)


def _answer_sentence(line: Line) -> SafeString:
    if not line.nickname:
        return closed(_("Une réponse attend d’être lue"))
    return _told(_("{who} a répondu à un message"), line)


ANSWER = Need(
    slug="answer",
    icon="chat-left-text",
    permission="messages.decide",
    rows=reasons.answers_to_read,
    sentence=_answer_sentence,
    notes=lambda line: [_note(_("reçue"), line.since)],
    act=lambda line: _act(_("Lire"), "messages_inbox"),
)


def _unseen_query(looking: Looking) -> str:
    """The list's filter, when the programmes shown agree on its days."""
    days = {min(p.no_contact_days) for p in looking.programmes if p.no_contact_days}
    return f"no_contact={days.pop()}&sort=contact" if len(days) == 1 else ""


GROUPS = [
    Group(
        "reponses",
        gettext_lazy("Des personnes attendent une réponse"),
        [CALL_BACK, REFERRAL, ANSWER_APPOINTMENT, AID, *ASKED],
    ),
    Group("rendez-vous", gettext_lazy("Des rendez-vous à noter"), [MARK_APPOINTMENT]),
    Group("messages", gettext_lazy("Des messages à regarder"), [ANSWER, MESSAGE]),
    Group("contrats", gettext_lazy("Des contrats à signer"), [CONTRACT, *AGREEMENTS]),
    Group("entrees", gettext_lazy("Des entrées à terminer"), [ENTRY]),
    Group("nouvelles", gettext_lazy("Des nouvelles à prendre"), [FOLLOW_UP, RETURN]),
    Group("butinages", gettext_lazy("Des butinages arrivent à leur terme"), [BUTINAGE]),
    Group("limites", gettext_lazy("Des parcours arrivent à leur limite"), [LIMIT]),
    Group(
        "referents",
        gettext_lazy("Des parcours sans référent"),
        [NO_REFERENT],
        query=lambda looking: "no_referent=on",
    ),
    Group(
        "contacts",
        gettext_lazy("Des personnes que l’on n’a pas vues depuis longtemps"),
        [NO_CONTACT],
        query=_unseen_query,
    ),
    *LIVED,
    *MOVES,
]
