"""The calendar of the territory: a day, a week, or the next weeks as a list."""

from types import SimpleNamespace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.agenda import DAY, LIST, MOST, WEEK, Span, by_day, dressed, within
from journeys.activities.filters import SessionFilters
from journeys.activities.models import Session
from journeys.activities.tabs import part
from rtr.lib import french

VIEWS = [
    (DAY, gettext_lazy("Jour")),
    (WEEK, gettext_lazy("Semaine")),
    (LIST, gettext_lazy("Liste")),
]


def agenda(request):
    """The page, or its days alone for htmx."""
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_agenda.html" if partial else "agenda.html"
    return part(request, f"journeys/activities/{name}", _context(request))


def _context(request) -> dict:
    span = _span(request)
    rows = Session.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    filters = SessionFilters(request.GET, rows, request=request)
    found = dressed(within(filters.qs, span).order_by("starts_at", "pk"), most=MOST + 1)
    shown = found[:MOST]
    beside = [("vue", span.view), ("jour", span.on.isoformat())]
    return {
        "span": span,
        "days": by_day(span, shown),
        "shown": shown,
        "is_cut": len(found) > MOST,
        "most": MOST,
        "said": _said(span, shown),
        "several": len({one.it.territory_id for one in shown}) > 1,
        "filters": filters,
        "chips": filters.chips(),
        "clear_url": f"?{urlencode(beside)}",
        "beside": beside,
        "views": [
            SimpleNamespace(label=label, url=_url(request, vue=view), current=view == span.view)
            for view, label in VIEWS
        ],
        "previous_url": _url(request, jour=span.turned(-1).isoformat()),
        "next_url": _url(request, jour=span.turned(1).isoformat()),
        "today_url": _url(request, jour=""),
        "may_write": request.user.may("activities.write"),
        "empty": _empty(request, filters),
        "printed_on": timezone.localdate(),
    }


def _span(request) -> Span:
    """A week around today, whatever an address says that is no day."""
    view = request.GET.get("vue", "")
    try:
        on = parse_date(request.GET.get("jour", ""))
    except ValueError:
        on = None
    if on is None or not 2000 <= on.year <= 2100:
        on = timezone.localdate()
    return Span(view if view in dict(VIEWS) else WEEK, on)


def _url(request, **changes) -> str:
    query = {**request.GET.dict(), **changes}
    return f"?{urlencode({name: value for name, value in query.items() if value})}"


def _said(span: Span, shown: list) -> str:
    """« Douze séances, dont deux complètes et une annulée »."""
    held = [one for one in shown if not one.it.cancelled_at]
    full = sum(one.is_full for one in held)
    cancelled = len(shown) - len(held)
    words = french.capitalised(french.spelled(len(shown), feminine=True))
    said = f"{words} {french.plural(len(shown), _('séance'))}"
    parts = []
    if full:
        word = french.plural(full, _("complète"))
        parts.append(f"{french.spelled(full, feminine=True)} {word}")
    if cancelled:
        word = french.plural(cancelled, _("annulée"))
        parts.append(f"{french.spelled(cancelled, feminine=True)} {word}")
    return (
        _("%(said)s, dont %(parts)s") % {"said": said, "parts": french.listed(parts)}
        if parts
        else said
    )


def _empty(request, filters) -> SimpleNamespace:
    if filters.in_force:
        return SimpleNamespace(
            said=_("Aucune séance ne correspond."),
            hint=_("Retirez un filtre, ou regardez une autre période."),
            url=reverse("agenda"),
            act=_("Voir toutes les séances"),
        )
    may = request.user.may("activities.write")
    return SimpleNamespace(
        said=_("Aucune séance à ces dates."),
        hint=_("Les séances s’ajoutent depuis la page d’une activité."),
        url=reverse("activities") if may else "",
        act=_("Voir les activités"),
    )
