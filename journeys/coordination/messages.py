"""« Messages »: what was sent to whom and what became of it, and what needs somebody."""

from types import SimpleNamespace

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from journeys.coordination import people
from journeys.coordination.message_filters import MessageFilters
from journeys.messages import telling
from journeys.messages.models import InboundMessage, OutboundMessage
from journeys.participants.models import Participant
from rtr.lib import french

PAGE = 50
MOST_COUNTED = 1000
SHOWN = 20  # of one file
WAITING = 30  # of each kind, on the page of what needs somebody


def messages(request):
    """The last ones first."""
    rows = _here(request, OutboundMessage)
    filters = MessageFilters(request.GET, rows, request=request)
    rows = _about(filters.qs, request)
    shown, after = _page(rows, request)
    words = request.GET.get("q", "").strip()
    context = {
        "tabs": _tabs(request),
        "rows": shown,
        "said": _said(people.counted(rows), bool(words or filters.in_force)),
        "q": words,
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": f"?q={words}" if words else request.path,
        "beside": [("q", words)] if words else [],
        "kept": list(filters.in_force.items()),
        "narrowed": bool(words or filters.in_force),
        "next_url": _url(request, after=after) if after else "",
        "previous_url": _url(request) if "after" in request.GET else "",
    }
    page = "_messages_rows.html" if request.htmx else "messages.html"
    return render(request, f"journeys/coordination/{page}", context)


def messages_inbox(request):
    """Answers that nobody read, messages nobody knows to have left, those that did not arrive."""
    answers = _here(request, InboundMessage).unread().select_related("answers")
    troubled = _here(request, OutboundMessage).in_trouble()
    context = {
        "tabs": _tabs(request),
        "answers": [_answer(row) for row in _with_person(answers)[:WAITING]],
        "answers_count": answers.count(),
        "troubled": _rows(_with_person(troubled.order_by("-written_at", "-pk"))[:WAITING]),
        "troubled_count": troubled.count(),
        "strays": telling.strays_lately(),
        "may_decide": request.user.may("messages.decide"),
    }
    return render(request, "journeys/coordination/messages_inbox.html", context)


def of_journey(journey) -> dict:
    """The messages of one file, for those who read its answers; the last first."""
    found = journey.participant.messages.order_by("-written_at", "-pk")
    answered = journey.participant.answers_received.filter(answers=None)[:SHOWN]
    return {
        "messages_sent": _rows(_with_person(found)[:SHOWN]),
        "stray_answers": [_answer(row) for row in _with_person(answered)],
    }


# -- Which ---------------------------------------------------------------------------------------


def _here(request, model) -> QuerySet:
    return model.objects.visible_to(request.user).filter(territory__in=request.place_ids)


def _about(rows: QuerySet, request) -> QuerySet:
    """Those about somebody who answers to these words."""
    words = request.GET.get("q", "").strip()
    if not words:
        return rows
    identity = people.reads_identities(request.user, request.place_ids)
    known = Participant.objects.visible_to(request.user)
    return rows.filter(participant__in=known.search(words, identity=identity))


def _page(rows: QuerySet, request) -> tuple[list[SimpleNamespace], str]:
    """A page of rows, territory by territory so that each is read along its index; the token of
    the page that follows."""
    place = _place(request.GET.get("after", ""))
    if place:
        at, pk = place
        rows = rows.filter(Q(written_at__lt=at) | Q(written_at=at, pk__lt=pk))
    branches = [
        rows.filter(territory=pk).order_by("-written_at", "-pk").values_list("written_at", "pk")
        for pk in sorted(request.place_ids)
    ]
    first, *rest = [branch[: PAGE + 1] for branch in branches]
    found = sorted(first.union(*rest, all=True) if rest else first, reverse=True)
    shown = found[:PAGE]
    token = ""
    if len(found) > PAGE:
        at, pk = shown[-1]
        token = signing.dumps([at.isoformat(), pk], salt=__name__)
    page = OutboundMessage.objects.visible_to(request.user).filter(pk__in=[pk for _at, pk in shown])
    return _rows(_with_person(page.order_by("-written_at", "-pk"))), token


def _place(token: str) -> tuple | None:
    try:
        at, pk = signing.loads(token, salt=__name__)
    except signing.BadSignature:
        return None
    return parse_datetime(at), pk


def _with_person(rows: QuerySet) -> QuerySet:
    return rows.annotate(
        nickname=F("participant__nickname"),
        code=F("participant__code"),
        journey_id=F("participant__journey"),
    )


# -- What each says ------------------------------------------------------------------------------


def _rows(found) -> list[SimpleNamespace]:
    found = list(found.prefetch_related("answers"))
    return [
        SimpleNamespace(
            it=row,
            kind=telling.kind_label(row.cause),
            icon=telling.ICONS[row.channel],
            to=telling.masked(row.to),
            when=telling.when(row),
            pill=telling.pill(row),
            why=telling.why(row),
            answers=[_answer(answer) for answer in row.answers.all()],
        )
        for row in found
    ]


def _answer(row: InboundMessage) -> SimpleNamespace:
    asked = row.answers
    return SimpleNamespace(
        it=row,
        said=telling.answer_said(row),
        sender=telling.masked(row.sender),
        asked=telling.kind_label(asked.cause) if asked else "",
    )


def _said(count: int, narrowed: bool) -> str:
    if count > MOST_COUNTED:
        return _("Plus de %(most)s messages") % {"most": french.figures(MOST_COUNTED)}
    words = french.capitalised(french.spelled(count))
    words = f"{words} {french.plural(count, _('message'), _('messages'))}"
    if not narrowed:
        return words
    verbs = {0: _("ne correspond"), 1: _("correspond")}
    return f"{words} {verbs.get(count, _('correspondent'))}"


def _tabs(request) -> list[SimpleNamespace]:
    waiting = _here(request, InboundMessage).unread().count()
    waiting += _here(request, OutboundMessage).in_trouble().count()
    names = {"messages": _("Envoyés"), "messages_inbox": _("À voir")}
    if waiting:
        names["messages_inbox"] = _("À voir (%(count)s)") % {"count": french.figures(waiting)}
    return [
        SimpleNamespace(label=label, url=reverse(name), current=request.path == reverse(name))
        for name, label in names.items()
    ]


def _url(request, **changes) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
