"""The participants' list as a file: the same people as on the page, for who may take it away."""

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat
from django.db.models.query import QuerySet
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from journeys.coordination.participants import filters_of, url_of
from journeys.participants.lists import CHANNELS
from journeys.pathway.enums import Phase, Status, TeamRole
from journeys.pathway.models import TeamMember
from rtr.lib.sheets import Harmless, Labelled, Phone, download
from territories.journal.actions import record
from territories.journal.enums import Act

HEAD = [
    "code",
    "surnom",
    "territoire",
    "structure",
    "rencontre",
    "phase",
    "statut",
    "accueil",
    "premiere_rencontre",
    "entree",
    "limite",
    "dernier_contact",
    "referent",
    "prenom",
    "nom",
    "telephone",
]


def participants_csv(request):
    """Streams the list with its filters; an empty one is a page that says why."""
    filters = filters_of(request)
    places = request.place_ids & request.user.territories_where("participants.export")
    rows = filters.qs.filter(territory__in=places)
    if not rows.exists():
        back = reverse("participants") + url_of(request)
        context = {"chips": filters.chips(), "q": request.GET.get("q", ""), "back": back}
        return render(request, "journeys/coordination/nothing_to_export.html", context)
    asked = sorted({*filters.in_force, *(["q"] if request.GET.get("q") else [])})
    for place in sorted(places):
        record(Act.EXPORTED, by=request.user, territory_id=place, fields=asked)
    name = f"participants-{timezone.localdate():%Y-%m-%d}"
    return download(_lines(rows), HEAD, name=name, excel=request.GET.get("excel") == "1")


def _lines(rows: QuerySet) -> QuerySet:
    """Names and phone of those under contract only: before it they are a draft."""
    signed = rows.with_last_phase().with_status().annotate(referent=_referent())
    texts = {
        "cell_code": F("participant__code"),
        "cell_nickname": F("participant__nickname"),
        "cell_territory": F("territory__name"),
        "cell_organisation": F("participant__organisation__name"),
        "cell_channel": Labelled("participant__channel", CHANNELS.choices()),
        "cell_phase": Labelled("phase", Phase.choices),
        "cell_status": Labelled("status", Status.choices),
        "cell_referent": F("referent"),
        "cell_first_name": _if_signed("participant__first_name"),
        "cell_last_name": _if_signed("participant__last_name"),
    }
    cells = signed.annotate(
        **{name: Harmless(text) for name, text in texts.items()},
        cell_phone=Phone(_if_signed("participant__phone")),
    )
    return cells.order_by(
        "participant__territory_id", "participant__search_name", "participant_id"
    ).values_list(
        "cell_code",
        "cell_nickname",
        "cell_territory",
        "cell_organisation",
        "cell_channel",
        "cell_phase",
        "cell_status",
        "participant__welcomed_on",
        "first_contact_on",
        "entry_on",
        "limit_on",
        "last_contact_on",
        "cell_referent",
        "cell_first_name",
        "cell_last_name",
        "cell_phone",
    )


def _referent() -> Subquery:
    team = TeamMember.objects.standing().filter(journey=OuterRef("pk"), role=TeamRole.REFERENT)
    name = Concat("user__first_name", Value(" "), "user__last_name")
    return Subquery(team.order_by("from_on", "pk").annotate(name=name).values("name")[:1])


def _if_signed(field: str) -> Case:
    return Case(
        When(entry_on__isnull=False, then=F(field)), default=Value(""), output_field=CharField()
    )
