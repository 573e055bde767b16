"""What became of a message, in words: one pill, one sentence, and why when it did not leave."""

import datetime
from types import SimpleNamespace

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.messages.actions.sending import NOT_WANTED, OPTED_OUT, USELESS
from journeys.messages.enums import Channel, Delivery, Meaning, State
from journeys.messages.models import InboundMessage, OutboundMessage, StrayAnswers
from journeys.messages.wording import KINDS
from rtr.due import Status
from rtr.lib import french

AT_ONCE = datetime.timedelta(minutes=5)
# Which rows each word is said of, for filters.
STATES = {
    State.WAITING: Q(status__in=[Status.DUE, Status.LEASED]),
    State.SENT: Q(status=Status.DONE, delivery=""),
    State.DELIVERED: Q(status=Status.DONE, delivery=Delivery.DELIVERED),
    State.UNDELIVERED: Q(status=Status.DONE, delivery=Delivery.UNDELIVERED),
    State.UNCERTAIN: Q(status=Status.UNCERTAIN),
    State.REFUSED: Q(status=Status.FAILED),
    State.CANCELLED: Q(status=Status.CANCELLED),
}
_OF_STATUS = {
    Status.DUE: State.WAITING,
    Status.LEASED: State.WAITING,
    Status.UNCERTAIN: State.UNCERTAIN,
    Status.FAILED: State.REFUSED,
    Status.CANCELLED: State.CANCELLED,
}
_OF_DELIVERY = {
    "": State.SENT,
    Delivery.DELIVERED: State.DELIVERED,
    Delivery.UNDELIVERED: State.UNDELIVERED,
}
_PILLS = {
    State.WAITING: ("info", "clock"),
    State.SENT: ("", "send"),
    State.DELIVERED: ("ok", "check-circle"),
    State.UNDELIVERED: ("warn", "exclamation-circle"),
    State.UNCERTAIN: ("warn", "question-circle"),
    State.REFUSED: ("bad", "x-circle"),
    State.CANCELLED: ("", "slash-circle"),
}
ICONS = {Channel.SMS: "phone", Channel.MAIL: "envelope"}
_NOT_REACHED = gettext_lazy(
    "Le service d’envoi n’a pas pu être joint pendant plusieurs heures : vous pouvez renvoyer."
)
_ILL_WRITTEN = gettext_lazy("L’adresse ou l’objet est mal écrit : corrigez-le.")
# What stopped a message, by how its trace begins, and what to do about it.
_WHYS = {
    OPTED_OUT: gettext_lazy("Ce numéro ne veut plus de nos messages : appelez plutôt."),
    USELESS: gettext_lazy("Trop tard : ce qu’il disait ne servait plus."),
    NOT_WANTED: gettext_lazy("Il n’y avait plus lieu d’écrire à cette personne."),
    "invalid receiver": gettext_lazy("Ce numéro n’existe pas : corrigez-le avec la personne."),
    "AnymailRecipientsRefused": gettext_lazy("Cette adresse n’est pas acceptée : corrigez-la."),
    "BadHeaderError": _ILL_WRITTEN,
    "ValueError": _ILL_WRITTEN,
    "HTTP 429": _NOT_REACHED,
    "HTTP 400": gettext_lazy("Le service d’envoi refuse ce numéro ou ce texte : vérifiez-les."),
    "HTTP 40": gettext_lazy(
        "Le service d’envoi ne reconnaît plus la plateforme, ou n’a plus de crédit : prévenez la"
        " personne qui l’administre, puis renvoyez."
    ),
    "HTTP 4": gettext_lazy("Le service d’envoi a refusé ce message : vérifiez le destinataire."),
    "SMTP 5": gettext_lazy("Cette adresse n’existe pas, ou refuse nos messages : vérifiez-la."),
    "": _NOT_REACHED,
}


def state_of(message: OutboundMessage) -> State:
    if message.status == Status.DONE:
        return _OF_DELIVERY[message.delivery]
    return _OF_STATUS[message.status]


def pill(message: OutboundMessage) -> SimpleNamespace:
    state = state_of(message)
    tone, icon = _PILLS[state]
    return SimpleNamespace(tone=tone, icon=icon, word=french.capitalised(str(state.label)))


def why(message: OutboundMessage) -> str:
    """Why it did not leave or arrive, and what to do, in plain French; nothing when it did."""
    return french.spaced(_why(message, state_of(message)))


def _why(message: OutboundMessage, state: State) -> str:
    if state == State.UNCERTAIN:
        return _(
            "Le service d’envoi n’a pas répondu clairement : le message est peut-être parti,"
            " peut-être pas. Il n’est jamais renvoyé sans vous."
        )
    if state == State.UNDELIVERED:
        return _("Le téléphone ou la boîte ne l’a pas reçu : vérifiez le numéro ou l’adresse.")
    if state not in (State.REFUSED, State.CANCELLED):
        return ""
    if state == State.CANCELLED and message.last_error not in _WHYS:
        return _("Il n’y avait plus lieu de l’envoyer.")
    return str(next(said for start, said in _WHYS.items() if message.last_error.startswith(start)))


def strays_lately() -> int:
    """How many answers came in thirty days from numbers that nobody knows."""
    since = timezone.localdate() - datetime.timedelta(days=30)
    return StrayAnswers.objects.filter(on__gte=since).aggregate(n=Sum("count"))["n"] or 0


def kind_label(cause: str) -> str:
    kind = KINDS.get(cause)
    return str(kind.label) if kind else _("Message")


def masked(to: str) -> str:
    """« 06 •• •• •• 34 », « n•••@exemple.fr »: enough to recognise, too little to use."""
    name, at, domain = to.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    pairs = french.phone(to).split(french.NBSP)
    if len(pairs) == 5:
        return french.NBSP.join([pairs[0], "••", "••", "••", pairs[4]])
    return f"{to[:3]}•••{to[-2:]}" if len(to) > 6 else "•••"


def when(message: OutboundMessage) -> list[str]:
    """Its moments in order, without those that go without saying: « envoyé hier à 8 h »,
    « arrivé à 8 h 01 »."""
    state, day, said = state_of(message), None, []
    if not message.sent_at or message.sent_at - message.written_at > AT_ONCE:
        said.append(_("écrit %(when)s") % {"when": _moment(message.written_at)})
        day = timezone.localtime(message.written_at).date()
    if state == State.WAITING and message.due_at > timezone.now():
        said.append(_("partira %(when)s") % {"when": _moment(message.due_at, day)})
    if message.sent_at:
        said.append(_("envoyé %(when)s") % {"when": _moment(message.sent_at, day)})
        day = timezone.localtime(message.sent_at).date()
    if message.delivery_at and state == State.DELIVERED:
        said.append(_("arrivé %(when)s") % {"when": _moment(message.delivery_at, day)})
    return said


def _moment(at: datetime.datetime, same_day: datetime.date | None = None) -> str:
    at, today = timezone.localtime(at), timezone.localdate()
    words = {"hour": french.hour(at)}
    if at.date() == same_day:
        return _("à %(hour)s") % words
    if abs((at.date() - today).days) <= 1:
        words["day"] = french.ago(at.date(), today)
    else:
        day = french.day(at.date(), year=at.year != today.year, weekday=False)
        words["day"] = _("le %(day)s") % {"day": day}
    return _("%(day)s à %(hour)s") % words


def answer_said(answer: InboundMessage) -> str:
    """« a répondu « oui », hier à 9 h »; what else it says is read beside."""
    sentences = {
        Meaning.YES: _("a répondu « oui », %(when)s"),
        Meaning.NO: _("a répondu « non », %(when)s"),
        Meaning.STOP: _("ne veut plus de messages, %(when)s"),
        Meaning.START: _("veut de nouveau des messages, %(when)s"),
        Meaning.OTHER: _("a répondu, %(when)s"),
    }
    return sentences[answer.meaning] % {"when": _moment(answer.received_at)}
