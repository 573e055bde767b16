"""The list of accounts: search, filters that can be removed, each person as a sentence."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib.forms import FilterForm
from territories.accounts.enums import Role
from territories.accounts.models import Membership, MembershipQuerySet, User
from territories.coordination.pages import managed
from territories.members.models import Invitation
from territories.organisations.models import Organisation
from territories.places.models import Territory

PER_PAGE = 50
RUNNING, OVER, INVITED = "running", "over", "invited"
STATES = [
    (RUNNING, gettext_lazy("En cours")),
    (OVER, gettext_lazy("Finis")),
    (INVITED, gettext_lazy("Invités")),
]
ANY = gettext_lazy("Peu importe")


def with_roles(roles: MembershipQuerySet) -> MembershipQuerySet:
    """What a role says of itself, without a question for each; the one that lasts first."""
    roles = roles.select_related("organisation", "programme").prefetch_related("territories")
    return roles.order_by("from_on", "pk")


class AccountFilters(FilterForm):
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=STATES, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"), choices=[("", ANY), *Role.choices], required=False
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Structure"), required=False)
    territories = forms.ChoiceField(label=gettext_lazy("Territoire"), required=False)

    def __init__(self, data, *, user: User):
        super().__init__(data)
        held = Membership.objects.visible_to(user).filter(organisation=OuterRef("pk"))
        self._offer("organisation", Organisation.objects.visible_to(user).filter(Exists(held)))
        programmes = user.programmes_where("programme.manage")
        places = Territory.objects.visible_to(user).filter(programme__in=programmes)
        self._offer("territories", places)
        self.is_valid()

    def _offer(self, name: str, rows) -> None:
        self.fields[name].choices = [("", ANY), *((str(row.pk), str(row)) for row in rows)]

    @property
    def shown(self) -> str:
        return self.cleaned_data.get("state") or RUNNING

    @property
    def wanted(self) -> dict:
        """Lookups from a role; the same from an invitation."""
        names = ("role", "organisation", "territories")
        return {name: value for name in names if (value := self.cleaned_data.get(name))}

    def chips(self) -> list[SimpleNamespace]:
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return [
            SimpleNamespace(label=self._said(n, v), url=self._without(n)) for n, v in found.items()
        ]

    def _said(self, name: str, value: str) -> str:
        field = self.fields[name]
        words = {"name": field.label, "value": dict(field.choices)[value]}
        return _("%(name)s : %(value)s") % words

    def _without(self, name: str) -> str:
        kept = self.data.copy()
        for each in (name, "page"):
            kept.pop(each, None)
        return f"?{kept.urlencode()}"


class AccountList:
    def __init__(self, request):
        self.request, self.user = request, request.user
        self.q = request.GET.get("q", "").replace("\0", "").strip()[:60]
        self.filters = AccountFilters(request.GET, user=self.user)

    def context(self) -> dict:
        state = self.filters.shown
        page = Paginator(self._people(), PER_PAGE).get_page(self.request.GET.get("page"))
        return {
            "q": self.q,
            "filters": self.filters,
            "chips": self.filters.chips(),
            "programmes": managed(self.request),
            "invitations": self._invitations() if state in (RUNNING, INVITED) else [],
            "shows_people": state != INVITED,
            "page": page,
            "rows": [self._row(person) for person in page] if state != INVITED else [],
        }

    def _people(self):
        roles = Membership.objects.visible_to(self.user)
        mine = roles.filter(user=OuterRef("pk"))
        wanted = mine.filter(**self.filters.wanted)
        people = User.objects.visible_to(self.user).filter(self._named())
        if self.filters.shown == OVER:
            people = people.filter(Exists(wanted), ~Exists(mine.not_over()))
        else:
            people = people.filter(Exists(wanted.not_over()))
        shown = Prefetch("memberships", with_roles(roles), to_attr="roles_here")
        return people.prefetch_related(shown)

    def _invitations(self):
        invited = Invitation.objects.visible_to(self.user).open()
        invited = invited.filter(self._named(), **self.filters.wanted)
        return invited.select_related("organisation", "invited_by", "mail").prefetch_related(
            "territories"
        )

    def _named(self) -> Q:
        named = Q()
        for word in self.q.split():
            named &= (
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(email__icontains=word)
            )
        return named

    def _row(self, person: User) -> dict:
        today = timezone.localdate()
        running = [r for r in person.roles_here if r.until_on is None or r.until_on > today]
        return {"person": person, "roles": running or person.roles_here, "is_over": not running}
