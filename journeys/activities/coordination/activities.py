"""Activities: the list, the page of one, noting and correcting it, showing it, stopping it."""

from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities import listing
from journeys.activities.actions.offering import close_activity, keep_activity, publish_activity
from journeys.activities.agenda import dressed
from journeys.activities.coordination.pages import (
    OfActivity,
    OfferAct,
    activity_for,
    manages,
    organisations_for,
    places_for,
)
from journeys.activities.filters import ActivityFilters
from journeys.activities.forms import ActivityForm
from journeys.activities.lists import SERVICE_TYPES, THEMES
from journeys.activities.models import Activity, Session
from journeys.activities.tabs import part
from journeys.messages.enums import Language
from rtr.lib import french
from rtr.lib.forms import Form
from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.coordination.listing import asked, page_of, words
from territories.places.lists import ACCESSIBILITY
from territories.places.models import Territory

WRITE = "activities.write"
SHOWN = 12  # sessions of each kind on an activity's page


def activities(request):
    """The page, or its rows alone for htmx."""
    partial = request.htmx and not request.htmx.history_restore_request
    name = "_activities.html" if partial else "activities.html"
    return part(request, f"journeys/activities/{name}", _listed(request))


def _listed(request) -> dict:
    known = Activity.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    filters = ActivityFilters(request.GET, known, request=request)
    rows = filters.qs if filters.in_force.get("state") else filters.qs.filter(closed_on=None)
    found = listing.matching(list(listing.with_next(rows)), words(request))
    sort = "prochaine" if request.GET.get("sort") == "prochaine" else ""
    found = listing.by_next(found) if sort else found
    shown, around = page_of(request, found)
    query = {k: v for k, v in request.GET.items() if v and k not in ("sort", "page")}
    context = asked(request, filters)
    return (
        context
        | around
        | {
            "beside": [*context["beside"], *([("sort", sort)] if sort else [])],
            "said": _said(len(found), bool(words(request) or filters.in_force)),
            "rows": [listing.row(one) for one in shown],
            "sort_label": _("Trier : par titre") if sort else _("Trier : prochaine séance"),
            "sort_url": f"?{urlencode(query | ({} if sort else {'sort': 'prochaine'}))}",
            "may_write": request.user.may(WRITE),
            "catalogues": _catalogues(request),
            "empty": _nothing(request, bool(words(request) or filters.in_force)),
        }
    )


def _said(count: int, narrowed: bool) -> str:
    number = french.capitalised(french.spelled(count, feminine=True))
    said = f"{number} {french.plural(count, _('activité'))}"
    if not narrowed:
        return said
    verb = {0: _("ne correspond"), 1: _("correspond")}.get(count, _("correspondent"))
    return f"{said} {verb}"


def _catalogues(request) -> list[SimpleNamespace]:
    """The public page of each territory shown."""
    rows = Territory.objects.visible_to(request.user).filter(pk__in=request.place_ids)
    return [
        SimpleNamespace(
            label=str(one), url=reverse("catalogue", args=[one.programme.slug, one.slug])
        )
        for one in rows.select_related("programme").order_by("name")
    ]


def _nothing(request, narrowed: bool) -> SimpleNamespace:
    if narrowed:
        return SimpleNamespace(
            said=_("Aucune activité ne correspond."),
            hint=_("Retirez un filtre, ou cherchez avec le début d’un mot."),
            url=reverse("activities"),
            act=_("Voir toutes les activités"),
        )
    return SimpleNamespace(
        said=_("Aucune activité pour l’instant."),
        hint=_("Un atelier, un match, une visite : ce qui se passe ici, ouvert à tous."),
        url=reverse("activity_add") if request.user.may(WRITE) else "",
        act=_("Noter une activité"),
    )


# -- One of them -----------------------------------------------------------------------------------


def activity(request, pk):
    """What it is, its sessions to come and past, how many."""
    found = activity_for(request, pk)
    sessions = Session.objects.visible_to(request.user).filter(activity=found)
    now = timezone.now()
    coming = sessions.filter(ends_at__gt=now).order_by("starts_at", "pk")
    past = sessions.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    context = {
        "activity": found,
        "state": listing.state(found),
        "coming": dressed(coming, most=SHOWN),
        "past": dressed(past, most=SHOWN),
        "counts": listing.counts(found),
        "shown": SHOWN,
        "easy": [code for code in ACCESSIBILITY if code.code in found.accessibility],
        "spoken": [label for code, label in Language.choices if code in found.languages],
        "theme": THEMES.label(found.theme),
        "service_type": SERVICE_TYPES.label(found.service_type),
        "may_write": manages(request.user, found),
        "catalogue_url": _in_catalogue(found),
        "printed_on": timezone.localdate(),
    }
    return part(request, "journeys/activities/activity.html", context)


def _in_catalogue(found: Activity) -> str:
    if not (found.published_on and found.is_open and not found.closed_on):
        return ""
    territory = found.territory
    return reverse("catalogue_activity", args=[territory.programme.slug, territory.slug, found.pk])


class ActivityAdd(OfferAct):
    """One's territory, or first the choice of one."""

    form_class = ActivityForm
    template_name = "journeys/activities/activity_form.html"
    title = gettext_lazy("Noter une activité")
    lead = gettext_lazy("Ce qui se passe ici. Les dates viennent ensuite.")
    submit = gettext_lazy("Noter l’activité")
    done = gettext_lazy("L’activité est notée. Elle n’est pas encore au catalogue.")

    def find(self):
        user, request = self.request.user, self.request
        allowed = user.territories_where(WRITE)
        chosen = allowed & request.place_ids or allowed
        known = Territory.objects.visible_to(user).select_related("programme")
        self.territories = known.filter(pk__in=chosen).order_by("name")
        asked_for = request.GET.get("territoire", "")
        self.territory = next((t for t in self.territories if str(t.pk) == asked_for), None)
        if self.territory is None and len(self.territories) == 1:
            self.territory = self.territories[0]

    def get(self, request, **kwargs):
        return super().get(request, **kwargs) if self.territory else self.choose()

    def post(self, request, **kwargs):
        return super().post(request, **kwargs) if self.territory else self.choose(status=422)

    def choose(self, *, status: int = 200):
        url = reverse("activity_add")
        context = {"territories": self.territories, "url": url, "page": self}
        return part(self.request, "journeys/activities/where.html", context, status)

    def back(self):
        return reverse("activities"), _("Activités")

    def form_options(self):
        user = self.request.user
        return {
            "instance": Activity(territory=self.territory),
            "organisations": organisations_for(user, self.territory),
            "places": places_for(user, self.territory.pk),
        }

    def act(self, form):
        self.activity = keep_activity(
            activity=form.instance, by=self.request.user, photo=form.drawn
        )
        return self.activity

    def next_url(self):
        return reverse("activity", args=[self.activity.pk])

    def after(self, row):
        return {
            "next_url": reverse("series_add", args=[row.pk]),
            "next_word": _("Ajouter des dates"),
        }


class ActivityEdit(OfActivity):
    form_class = ActivityForm
    template_name = "journeys/activities/activity_form.html"
    title = gettext_lazy("Modifier l’activité")
    submit = gettext_lazy("Enregistrer l’activité")
    done = gettext_lazy("L’activité est enregistrée.")

    def form_options(self):
        user, found = self.request.user, self.activity
        return {
            "instance": activity_for(self.request, found.pk),
            "organisations": organisations_for(user, found.territory),
            "places": places_for(user, found.territory_id),
        }

    def act(self, form):
        return keep_activity(
            activity=form.instance, by=self.request.user, seen=self.seen, photo=form.drawn
        )


@post_only
def activity_publish(request, pk):
    """Shown in the catalogue, or, with `shown=no`, no more."""
    found = activity_for(request, pk, write=True)
    is_shown = request.POST.get("shown") != "no"
    try:
        publish_activity(activity=found, by=request.user, is_shown=is_shown)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
        return redirect("activity", found.pk)
    if is_shown:
        tell(request, _("« %(title)s » est au catalogue.") % {"title": found.title})
    else:
        tell(request, _("« %(title)s » n’est plus au catalogue.") % {"title": found.title})
    return redirect("activity", found.pk)


class ActivityClose(OfActivity):
    form_class = Form
    submit = gettext_lazy("Arrêter l’activité")
    done = gettext_lazy("L’activité est arrêtée.")
    effects = [
        gettext_lazy("Elle n’est plus proposée. Ce qui s’y est passé reste écrit."),
        gettext_lazy("Vous pourrez la reprendre."),
    ]

    @property
    def title(self):
        return _("Arrêter « %(title)s » ?") % {"title": self.activity.title}

    def act(self, form):
        close_activity(activity=self.activity, by=self.request.user)
        return self.activity


@post_only
def activity_reopen(request, pk):
    found = activity_for(request, pk, write=True)
    close_activity(activity=found, by=request.user, is_closed=False)
    tell(request, _("« %(title)s » reprend.") % {"title": found.title})
    return redirect("activity", found.pk)
