"""The list of aids as a file: nickname and code, as the participants' list; no name, no note."""

from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.aids.enums import AidKind, AidStatus, Payer
from journeys.aids.filters import AidFilters
from journeys.aids.models import AidRequest
from rtr.lib.sheets import Harmless, Labelled, download
from rtr.lib.told import tell
from territories.journal.actions import record
from territories.journal.enums import Act

HEAD = (
    "code surnom territoire nature etat demandee_le montant_demande payeur envoyee_le reponse_le"
    " montant_accorde remise_le"
).split()


def aids_csv(request):
    """Streams the list with its filters; an empty one says so on its page."""
    rights = ("aids.decide", "participants.export")
    places = request.place_ids.intersection(*map(request.user.territories_where, rights))
    rows = AidRequest.objects.visible_to(request.user).filter(territory__in=places)
    filters = AidFilters(request.GET, rows, request=request)
    if not filters.qs.exists():
        tell(request, _("Aucune aide à télécharger avec ces filtres."), level=30)
        return redirect(f"{reverse('aids')}{filters.url_without()}")
    for place in sorted(places):
        record(Act.EXPORTED, by=request.user, territory_id=place, fields=sorted(filters.in_force))
    name = f"aides-{timezone.localdate():%Y-%m-%d}"
    return download(_lines(filters.qs), HEAD, name=name, excel=request.GET.get("excel") == "1")


def _lines(rows):
    cells = rows.annotate(
        cell_code=Harmless(F("journey__participant__code")),
        cell_nickname=Harmless(F("journey__participant__nickname")),
        cell_territory=Harmless(F("territory__name")),
        cell_kind=Harmless(Labelled("kind", AidKind.choices)),
        cell_status=Harmless(Labelled("status", AidStatus.choices)),
        cell_payer=Harmless(Labelled("payer", Payer.choices)),
    )
    return cells.order_by("asked_on", "pk").values_list(
        "cell_code",
        "cell_nickname",
        "cell_territory",
        "cell_kind",
        "cell_status",
        "asked_on",
        "amount_asked",
        "cell_payer",
        "sent_on",
        "decided_on",
        "amount_granted",
        "given_on",
    )
