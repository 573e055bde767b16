"""« Nos badges »: what one's house issues, what it is asked, who supports it."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render

from badges.achievements.models import Achievement
from badges.coordination.figures import awarded_by, figures_of, is_exact, told
from badges.credentials.enums import State as CredentialState
from badges.endorsements.enums import State
from badges.endorsements.models import Endorsement
from badges.issuers.models import Issuer
from rtr import scope
from territories.coordination.pages import url_if_any
from territories.organisations.models import Organisation

PERMISSION = "badges.of_house"
MOST_SHOWN = 50
ABOUT = (
    "credential__version",
    "credential__organisation",
    "version__achievement__organisation",
    "issuer__organisation",
    "endorser",
    "organisation",
)


def houses_of(user):
    """Bodies for which the person acts."""
    ids = user.organisations_where(PERMISSION)
    return Organisation.objects.visible_to(user).filter(pk__in=ids).order_by("name")


def house_for(request: HttpRequest) -> tuple[Organisation, list[Organisation]]:
    """The one that the address asks for, 404 if it is not theirs; else their first."""
    houses = list(houses_of(request.user))
    asked = request.GET.get("structure", "")
    if asked:
        return get_object_or_404(houses_of(request.user), slug=asked), houses
    return houses[0], houses


def our_badges(request):
    house, houses = house_for(request)
    issuer = Issuer.objects.filter(organisation=house).select_related("neutral").first()
    context = {
        "house": house,
        "houses": houses,
        "issuer": issuer,
        "models": _models(house, request.user),
        "requests_url": request.user.may("badges.answer") and url_if_any("recognitions"),
        "catalogue_url": url_if_any("achievements"),
        "to_give": _to_give(house, request.user),
        "received": _received(house, request.user),
        "waiting": _waiting(house, request.user),
        "may_ask": request.user.may("endorsements.ask"),
        "may_open": request.user.may("badges.issuers"),
    }
    return render(request, "badges/coordination/our_badges.html", context)


def our_badges_figures(request):
    house, houses = house_for(request)
    context = {"house": house, "houses": houses, "figures": figures_of(house, request.user)}
    return render(request, "badges/coordination/our_badges_figures.html", context)


def models_of(house: Organisation, user):
    """Those that the house wrote or wrote with others; badges of the network that it awarded."""
    own = Q(organisation=house) | Q(co_designers=house)
    awarded = awarded_by(house, user).values("version__achievement")
    rows = Achievement.objects.visible_to(user).filter(own | Q(pk__in=awarded))
    return rows.distinct().order_by("name")


def _models(house: Organisation, user) -> list[Achievement]:
    exact = is_exact(user)
    rows = awarded_by(house, user).exclude(state=CredentialState.REVOKED)
    counts = dict(rows.values_list("version__achievement").annotate(n=Count("pk")))
    found = list(models_of(house, user).prefetch_related("versions"))
    for one in found:
        one.awarded = told(counts.get(one.pk, 0), exact=exact)
        published = [v for v in one.versions.all() if v.published_on]
        one.shown = max(published, key=lambda v: v.number, default=None)
    return found


def about_house(house: Organisation) -> Q:
    return (
        Q(credential__organisation=house)
        | Q(version__achievement__organisation=house)
        | Q(issuer__organisation=house)
    )


def _to_give(house: Organisation, user) -> list[Endorsement]:
    rows = Endorsement.objects.visible_to(user).to_answer().filter(organisation=house)
    return list(rows.select_related(*ABOUT).order_by("until")[:MOST_SHOWN])


def _received(house: Organisation, user) -> list[Endorsement]:
    """Of its models and of itself, wherever they were asked: anybody reads them. Of badges of
    people, those that the person may know of."""
    known = Endorsement.objects.visible_to(user).given().filter(credential__organisation=house)
    rows = list(known.select_related(*ABOUT)[:MOST_SHOWN])
    with scope.everything("what is said in public of a badge model and of an issuer"):
        public = Endorsement.objects.given().filter(about_house(house), credential__isnull=True)
        rows += public.select_related(*ABOUT)[:MOST_SHOWN]
    for one in rows:
        may = user.may("endorsements.ask", one.territory_id)
        one.may_know = may and one.identity == "none"
    return sorted(rows, key=lambda one: one.answered_on, reverse=True)


def _waiting(house: Organisation, user) -> list[Endorsement]:
    """Links that nobody answered yet, that somebody here may close."""
    rows = Endorsement.objects.visible_to(user).filter(about_house(house), state=State.INVITED)
    rows = rows.filter(territory__in=user.territories_where("endorsements.ask"))
    return list(rows.select_related(*ABOUT)[:MOST_SHOWN])
