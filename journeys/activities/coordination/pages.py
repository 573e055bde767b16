"""What the team's pages about activities share: the row first, then whether one may change it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.activities.models import Activity, Session
from journeys.activities.tabs import part
from journeys.pathway.actions.acting import Stale
from rtr.lib.kept import bound
from territories.accounts.permissions import PERMISSIONS
from territories.coordination.pages import ManagerAct
from territories.organisations.models import Organisation
from territories.places.models import Place, Territory


def activity_for(request: HttpRequest, pk: int, *, write: bool = False) -> Activity:
    """404 if it is in none of their territories, 403 if they may not change it."""
    rows = Activity.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "place", "territory__programme")
    found = get_object_or_404(rows, pk=pk)
    if write and not manages(request.user, found):
        raise PermissionDenied
    return found


def session_for(request: HttpRequest, pk: int, *, write: bool = False) -> Session:
    rows = Session.objects.visible_to(request.user)
    rows = rows.select_related(
        "activity__organisation", "activity__place", "place", "territory__programme", "series"
    )
    found = get_object_or_404(rows, pk=pk)
    if write and not manages(request.user, found.activity):
        raise PermissionDenied
    return found


def manages(user, activity: Activity) -> bool:
    """A whole territory's offer, or that of one's own house there."""
    if user.may("activities.write_all", activity.territory_id):
        return True
    return activity.organisation_id in houses_in(user, activity.territory_id)


def houses_in(user, territory_id: int) -> set[int]:
    holders = PERMISSIONS["activities.write"]
    return {
        role.organisation_id
        for role in user.roles
        if role.role in holders and territory_id in role.territory_ids
    }


def organisations_for(user, territory: Territory) -> QuerySet[Organisation]:
    """The structures in whose name the user may offer something there."""
    known = Organisation.objects.visible_to(user).of_programmes([territory.programme_id]).open()
    if not user.may("activities.write_all", territory.pk):
        known = known.filter(pk__in=houses_in(user, territory.pk))
    return known.order_by("name")


def places_for(user, territory_id: int) -> QuerySet[Place]:
    return Place.objects.visible_to(user).open().filter(territory=territory_id).order_by("name")


class OfferAct(ManagerAct):
    """The page of one act on an activity or on a session; an older page is told so (409)."""

    template_name = "journeys/activities/act.html"
    version: int | None = None

    @property
    def seen(self) -> int | None:
        said = self.request.POST.get("seen", "")
        return int(said) if said.isdecimal() and len(said) < 10 else -1

    def post(self, request, **kwargs):
        try:
            return super().post(request, **kwargs)
        except Stale as stale:
            self.version = stale.version
        form = bound(self.form_class, request, **self.form_options())
        form.is_valid()
        form.add_error(
            None,
            _(
                "Quelqu’un vient de changer cette page. Relisez ce qui est écrit ici, puis"
                " enregistrez de nouveau."
            ),
        )
        return self.page(form, status=409)

    def page(self, form, *, status=200):
        back_url, back_word = self.back()
        context = {"form": form, "page": self, "back_url": back_url, "back_word": back_word}
        return part(self.request, self.template_name, context | self.extra(), status)


class OfActivity(OfferAct):
    def find(self, pk):
        self.activity = activity_for(self.request, pk, write=True)
        self.version = self.activity.version

    def back(self):
        return reverse("activity", args=[self.activity.pk]), self.activity.title


class OfSession(OfferAct):
    def find(self, pk):
        self.session = session_for(self.request, pk, write=True)
        self.activity, self.version = self.session.activity, self.session.version

    def back(self):
        return reverse("session", args=[self.session.pk]), self.activity.title
