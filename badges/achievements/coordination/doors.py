"""Which badges, whose programme, and the page of one act of a steward."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.achievements.enums import Status
from badges.achievements.models import Achievement
from territories.coordination.pages import ManagerAct
from territories.organisations.models import ConsortiumMember, Organisation
from territories.programmes.models import Programme

READ, STEWARD = "badges.of_house", "badges.steward"


def known(request):
    """Badges of one's programmes; drafts are the steward's."""
    rows = Achievement.objects.visible_to(request.user)
    stewarded = request.user.programmes_where(STEWARD)
    return rows.filter(programme__in=stewarded) | rows.exclude(status=Status.DRAFT)


def badge_for(request, pk: int, *, steward: bool = False) -> Achievement:
    """404 if it is not known to them, 403 if another is its steward."""
    rows = known(request).select_related("programme", "organisation")
    found = get_object_or_404(rows, pk=pk)
    if steward and not is_steward(request.user, found.programme_id):
        raise PermissionDenied
    return found


def is_steward(user, programme_id: int) -> bool:
    return programme_id in user.programmes_where(STEWARD)


def programme_for(request, permission: str = STEWARD) -> Programme:
    """That of the top bar where the person may do this, else their first."""
    rows = Programme.objects.visible_to(request.user)
    rows = rows.filter(pk__in=request.user.programmes_where(permission))
    here = rows.filter(territories__in=request.place_ids).first()
    return here or get_object_or_404(rows.order_by("name")[:1])


def bodies_of(request, programme: Programme):
    """The consortium today, and whoever already keeps a badge."""
    members = ConsortiumMember.objects.visible_to(request.user).active(timezone.localdate())
    members = members.filter(programme=programme).values("organisation")
    keepers = Achievement.objects.visible_to(request.user).filter(programme=programme)
    rows = Organisation.objects.visible_to(request.user).open()
    theirs = rows.filter(pk__in=members) | rows.filter(pk__in=keepers.values("organisation"))
    return theirs.order_by("name")


class StewardAct(ManagerAct):
    """An act about one badge, which comes from its page and goes back there."""

    template_name = "badges/act.html"

    def find(self, pk):
        self.badge = badge_for(self.request, pk, steward=True)
        self.called = self.badge.name

    def back(self):
        return reverse("achievement", args=[self.badge.pk]), self.called


class CatalogueAct(ManagerAct):
    """An act about the catalogue, which goes back to it."""

    template_name = "badges/act.html"

    def back(self):
        return reverse("achievements"), _("Catalogue des badges")
