"""The manager's first page: the programme's year at a glance, and what needs them."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.overview import bars
from evaluation.overview.counts import months_until
from evaluation.overview.needs import needs
from evaluation.overview.reading import Overview, overview
from territories.coordination.pages import managed, managed_programme, part
from territories.models import Period, Territory

ALL = "toutes"


def programme(request: HttpRequest) -> HttpResponse:
    found = managed_programme(request)
    territories = _territories(request, found)
    today = timezone.localdate()
    periods = list(found.periods.order_by("starts_on"))
    period = _period(request, found)
    read = overview(found, territories, period, periods, today)
    months = months_until(today)
    ids = [territory.pk for territory in territories]
    context = {
        "overview": read,
        "programmes": list(managed(request)),
        "programme": found,
        "periods": _chips(found, periods, period),
        "needs": needs(request.user, found, territories, today),
        "figures": _figures(read),
        "wide": bars.strips(read.monthly, ids, months, wide=True),
        "narrow": bars.strips(read.monthly, ids, months, wide=False),
        "twin": bars.twin(read.monthly, ids, months),
    }
    return part(request, "evaluation/overview/overview.html", context)


def _territories(request: HttpRequest, found) -> list[Territory]:
    """The programme's, or the one chosen in the top bar."""
    mine = request.user.territories_where("programme.manage")
    rows = list(Territory.objects.visible_to(request.user).filter(programme=found, pk__in=mine))
    return [row for row in rows if row.pk in request.place_ids] or rows


def _period(request: HttpRequest, found) -> Period | None:
    """The one asked for; by itself the page leaves nobody out."""
    wanted = request.GET.get("periode", ALL)
    if wanted == ALL:
        return None
    mine = Period.objects.visible_to(request.user).filter(programme=found)
    return get_object_or_404(mine, pk=int(wanted) if wanted.isdigit() else 0)


def _chips(found, periods: list[Period], chosen: Period | None) -> list[SimpleNamespace]:
    if len(periods) < 2:
        return []
    base = f"?programme={found.slug}&periode="
    chips = [
        SimpleNamespace(label=str(each), url=f"{base}{each.pk}", current=each == chosen)
        for each in periods
    ]
    every = SimpleNamespace(label=_("Toutes"), url=f"{base}{ALL}", current=chosen is None)
    return [every, *chips]


def _figures(read: Overview) -> list[SimpleNamespace]:
    """Six numbers, each with what it is compared to."""
    people = read.total.people
    aimed = {progress.label: progress for progress in read.total.aims}
    rows = [
        (_("Personnes accueillies"), "accueil", _("fiches effacées comprises")),
        (_("En butinage"), "butinage", _("sans contrat, aujourd’hui")),
        (_("Contrats signés"), "contrat", ""),
        (_("Parcours actifs"), "en_cours", _away(people)),
        (_("Sorties positives officielles"), "officielle", ""),
        (_("Sorties positives du programme"), "programme", _("comptées à part")),
    ]
    return [
        SimpleNamespace(label=label, people=people[row], said=said, aim=aimed.get(label))
        for label, row, said in rows
    ]


def _away(people: dict[str, int]) -> str:
    words = {"paused": people["pause"], "overdue": people["duree_depassee"]}
    return _("et %(paused)s en pause, %(overdue)s au-delà de la durée") % words
