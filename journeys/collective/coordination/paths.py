"""Collective actions: the list, the page of one, what opens, changes and ends it."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.tabs import part
from journeys.collective.actions.paths import change_action, end_action, half_days, open_action
from journeys.collective.coordination.productions import rows_of
from journeys.collective.enums import Place, Visibility
from journeys.collective.forms.groups import HALVES, EditForm, EndForm, OpenForm
from journeys.collective.models import CollectiveAction
from journeys.collective.pages import FormPage, action_for, colleagues_in, may_change
from journeys.collective.reading import entries_of, group_of, remaining
from journeys.pathway.models import Journey
from rtr.lib import french
from territories.organisations.models import Organisation
from territories.places.models import Place as Where
from territories.places.models import Territory

LEAD = "collective.lead"


def collective_actions(request):
    """Going on first; then those that are over."""
    inside = Count("members", filter=Q(members__place=Place.IN, members__left_on=None))
    known = CollectiveAction.objects.visible_to(request.user)
    rows = (
        known.filter(activity__territory__in=request.place_ids)
        .select_related("activity__organisation", "leader", "co_leader")
        .annotate(people=inside)
        .order_by("-from_on", "-pk")  # a count forgets the model's own order
    )
    going_on = [row for row in rows if not row.ended_on]
    context = {
        "going_on": going_on,
        "over": [row for row in rows if row.ended_on],
        "said": _said(len(going_on)),
        "may_open": request.user.may(LEAD),
    }
    return part(request, "journeys/collective/actions.html", context)


def _said(count: int) -> str:
    if not count:
        return _("Aucune en cours")
    word = french.plural(count, _("action en cours"), _("actions en cours"))
    return f"{french.capitalised(french.spelled(count, feminine=True))} {word}"


def collective(request, pk):
    """Steps and who came, the group, its journal, what it made, what remains."""
    action = action_for(request, pk)
    group, productions = group_of(action), rows_of(request, action)
    changes = may_change(request, action)
    context = {
        "action": action,
        "group": group,
        "entries": entries_of(action),
        "productions": productions,
        "remains": remaining(group, productions) if not action.ended_on else [],
        "may_change": changes,
        "followed": _followed(request, group),
        "is_public": any(one.visibility == Visibility.EVERYONE for one in productions),
    }
    return part(request, "journeys/collective/action.html", context)


def _followed(request, group) -> set[int]:
    """Participants of the group whose end-of-action talk this person may write down."""
    ids = [member.participant_id for member in group.members if member.participant_id]
    journeys = Journey.objects.visible_to(request.user).filter(participant__in=ids)
    there = request.user.territories_where("experiences.write")
    mine = journeys.filter(territory__in=there, team__in=request.user.team_places.standing())
    return set(mine.values_list("participant", flat=True))


# -- What opens it ---------------------------------------------------------------------------------


class CollectiveAdd(FormPage):
    """The days are shown before anything is made: the same days sent again make them."""

    template_name = "journeys/collective/open.html"
    form_class = OpenForm
    title = gettext_lazy("Ouvrir une action collective")
    lead = gettext_lazy("Un groupe, une question, un chemin de quelques demi-journées.")
    submit = gettext_lazy("Voir les jours")
    done = gettext_lazy("L’action collective est ouverte.")
    days = ()

    def find(self):
        allowed = self.request.user.territories_where(LEAD)
        chosen = sorted(allowed & self.request.place_ids or allowed)
        territories = Territory.objects.visible_to(self.request.user)
        asked = self.request.GET.get("territoire", "")
        if asked.isdigit() and int(asked) in allowed:
            chosen = [int(asked)]
        self.territory = get_object_or_404(territories, pk=chosen[0])
        others = territories.filter(pk__in=allowed).exclude(pk=self.territory.pk)
        self.others = list(others) if len(chosen) > 1 else []

    def back(self):
        return reverse("collective_actions"), _("Actions collectives")

    def form_options(self):
        user, here = self.request.user, self.territory
        bodies = Organisation.objects.visible_to(user).of_programmes([here.programme_id]).open()
        if not user.may("collective.lead_all", here.pk):
            bodies = bodies.filter(pk__in=user.organisations_where(LEAD))
        return {
            "territory": here,
            "organisations": bodies.order_by("name"),
            "places": Where.objects.visible_to(user).filter(territory=here).open(),
            "colleagues": colleagues_in(here.pk),
            "initial": {"leader": user.pk},
        }

    def post(self, request, **kwargs):
        form = self.form_class(request.POST, **self.form_options())
        if not form.is_valid():
            return self.page(form, status=422)
        data = form.cleaned_data
        self.days = half_days(data["first_on"], data["weekdays"], data["count"])
        if request.POST.get("shown") != self.shown:
            return self.page(form)
        return super().post(request, **kwargs)

    @property
    def shown(self) -> str:
        return " ".join(day.isoformat() for day in self.days)

    def act(self, form):
        data = form.cleaned_data
        user = self.request.user
        if user not in (data["leader"], data["co_leader"]):
            if not user.may("collective.lead_all", self.territory.pk):
                raise ValidationError({"leader": _("Vous ouvrez une action que vous animez.")})
        self.action = open_action(
            activity=form.activity(),
            question=data["question"],
            days=self.days,
            hours=HALVES[data["half"]],
            leader=data["leader"],
            co_leader=data["co_leader"],
            by=user,
        )
        return self.action

    def next_url(self):
        return reverse("collective", args=[self.action.pk])

    def after(self, row):
        url = reverse("collective_join", args=[row.pk])
        return {"next_url": url, "next_word": _("Ajouter quelqu’un au groupe")}

    def extra(self):
        return {"days": self.days, "shown": self.shown, "others": self.others}


# -- What changes it -------------------------------------------------------------------------------


class OfAction(FormPage):
    """An act about one action, by who leads it; it goes back to its page."""

    def find(self, pk):
        self.action = action_for(self.request, pk, to_change=True)

    def back(self):
        return reverse("collective", args=[self.action.pk]), self.action.activity.title


class CollectiveEdit(OfAction):
    form_class = EditForm
    title = gettext_lazy("Modifier l’action")
    submit = gettext_lazy("Enregistrer l’action")
    done = gettext_lazy("L’action est enregistrée.")

    def form_options(self):
        action = self.action
        return {
            "steps": list(action.steps.all()),
            "colleagues": colleagues_in(action.territory_id),
            "initial": {
                "title": action.activity.title,
                "question": action.question,
                "leader": action.leader_id,
                "co_leader": action.co_leader_id,
            },
        }

    def act(self, form):
        names = ("title", "question", "leader", "co_leader")
        said = {name: form.cleaned_data[name] for name in names}
        change_action(action=self.action, by=self.request.user, steps=form.steps(), **said)


class CollectiveEnd(OfAction):
    form_class = EndForm
    title = gettext_lazy("Terminer l’action ?")
    submit = gettext_lazy("Terminer l’action")
    done = gettext_lazy("L’action est terminée.")
    effects = [
        gettext_lazy("Le groupe ne change plus. Son journal et ses productions restent."),
        gettext_lazy("Les entretiens de fin peuvent encore se noter."),
    ]

    def form_options(self):
        return {"initial": {"on": min(self.action.until_on, timezone.localdate())}}

    def act(self, form):
        end_action(action=self.action, by=self.request.user, on=form.cleaned_data["on"])
