"""Lines of today about files: two that may be one person's, one that changes territory."""

import datetime

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.coordination.needs import Group, Line, Looking, Need, lines, plus
from journeys.coordination.reasons import NOTHING, OF_JOURNEY, journeys
from journeys.duplicates.reading import pairs
from journeys.transfers.actions import ANSWER_DAYS
from journeys.transfers.enums import TransferAnswer
from journeys.transfers.models import Transfer
from rtr.lib import french
from rtr.templatetags.rtr import ago

LATELY = datetime.timedelta(days=14)  # pairs of whom somebody arrived since; the list has them all
TOLD = datetime.timedelta(days=7)  # for how long the answer to a transfer is told
MOST = 100


def doubles(looking: Looking) -> QuerySet:
    """Whoever arrived lately and looks like somebody known; told on the file that came last."""
    found = []
    if looking.where("duplicates.merge"):
        found, _cut = pairs(looking.user, looking.places, since=looking.today - LATELY)
    others = {}
    for pair in found[:MOST]:
        newer, older = sorted((pair.one, pair.other), key=lambda one: -one.participant)
        others.setdefault(newer.journey, older.code)
    whens = [When(pk=pk, then=Value(code)) for pk, code in others.items()]
    return lines(
        journeys(looking).filter(pk__in=list(others)),
        **OF_JOURNEY,
        since=F("first_contact_on"),
        due=Cast(Value(looking.today), DateField()),
        detail=Case(*whens, default=NOTHING, output_field=CharField()),
    )


def transfers_waiting(looking: Looking) -> QuerySet:
    return _lines(
        Transfer.objects.visible_to(looking.user).open().filter(to_territory__in=looking.places),
        place="to_territory",
        detail=Concat("proposed_by__first_name", Value(" ("), "from_territory__name", Value(")")),
        since="proposed_on",
        due=plus("proposed_on", ANSWER_DAYS),
    )


def transfers_answered(looking: Looking) -> QuerySet:
    told = [TransferAnswer.ACCEPTED, TransferAnswer.REFUSED, TransferAnswer.EXPIRED]
    found = Transfer.objects.visible_to(looking.user).filter(
        from_territory__in=looking.places,
        answer__in=told,
        answered_on__gte=looking.today - TOLD,
    )
    return _lines(
        found,
        place="from_territory",
        detail=Concat("answer", Value(" "), "to_territory__name"),
        since="answered_on",
        due=F("answered_on"),
    )


def _lines(rows: QuerySet, *, place: str, since: str, **said) -> QuerySet:
    """Of a transfer: its file is not the reader's, or not any more."""
    return lines(
        rows,
        about=F("pk"),
        place=F(place),
        file=Cast(None, BigIntegerField()),
        person=Cast(None, BigIntegerField()),
        called=F("nickname"),
        known_as=F("code"),
        since=F(since),
        is_now=Q(pk__in=[]),
        **said,
    )


# -- What they say ---------------------------------------------------------------------------------


def _double(line: Line) -> SafeString:
    who = format_html(
        '<a href="{}"><b>{}</b></a>', reverse("journey", args=[line.file]), line.nickname
    )
    sentence = _("{who} a peut-être un autre dossier, {code}.")
    return format_html(sentence, who=who, code=line.detail)


def _compare(line: Line) -> tuple[str, str]:
    return _("Comparer"), f"{reverse('merge', args=[line.file])}?avec={line.detail}"


def _answered(line: Line) -> SafeString:
    answer, _space, place = line.detail.partition(" ")
    sentences = {
        TransferAnswer.ACCEPTED: _("{place} accueille <b>{who}</b> : son dossier y est parti."),
        TransferAnswer.REFUSED: _("{place} ne peut pas accueillir <b>{who}</b>."),
        TransferAnswer.EXPIRED: _("{place} n’a pas répondu pour <b>{who}</b>."),
    }
    return format_html(sentences[TransferAnswer(answer)], who=line.nickname, place=place)


def _waiting_notes(line: Line) -> list:
    day = french.day(line.due, year=line.due.year != timezone.localdate().year)
    return [
        format_html("{} {}", _("proposé"), ago(line.since)),
        _("par %(who)s") % {"who": line.detail},
        _("réponse avant le %(day)s") % {"day": day},
    ]


DOUBLE = Need(
    slug="double",
    icon="people",
    permission="duplicates.merge",
    rows=doubles,
    sentence=_double,
    notes=lambda line: [format_html("{} {}", _("première rencontre"), ago(line.since))],
    act=_compare,
)
TRANSFER = Need(
    slug="transfer",
    icon="geo-alt",
    permission="transfers.answer",
    rows=transfers_waiting,
    place="to_territory",
    sentence=lambda line: format_html(
        _("Un transfert est proposé : <b>{who}</b> vous rejoindrait."), who=line.nickname
    ),
    notes=_waiting_notes,
    act=lambda line: (_("Répondre"), reverse("transfer_answer", args=[line.about])),
)
TRANSFERRED = Need(
    slug="transferred",
    icon="geo-alt",
    permission="transfers.propose",
    rows=transfers_answered,
    place="from_territory",
    sentence=_answered,
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Voir"), reverse("transfers")),
)
MOVES = [
    Group("doublons", gettext_lazy("Deux dossiers pour une même personne ?"), [DOUBLE]),
    Group(
        "transferts", gettext_lazy("Des personnes changent de territoire"), [TRANSFER, TRANSFERRED]
    ),
]
