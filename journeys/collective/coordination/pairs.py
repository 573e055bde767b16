"""Pairs of a third place and an agency: the list, the page of one, what changes it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.models import Activity
from journeys.activities.tabs import part
from journeys.collective.actions.pairing import give_feedback, keep_pair
from journeys.collective.coordination.paths import LEAD
from journeys.collective.enums import DigitalLevel
from journeys.collective.forms.pairs import FeedbackForm, PairForm
from journeys.collective.models import CollectiveAction
from journeys.collective.pages import FormPage, colleagues_in
from journeys.collective.pairs import Pair, PairFeedback
from territories.organisations.models import Organisation
from territories.places.models import Territory

AROUND = ["territory", "third_place", "agency", "third_place_lead", "agency_lead", "activity"]


def pairs(request):
    rows = Pair.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    today = timezone.localdate()
    rows = list(rows.select_related(*AROUND))
    context = {
        "going_on": [one for one in rows if not one.until_on or one.until_on >= today],
        "over": [one for one in rows if one.until_on and one.until_on < today],
        "may_open": request.user.may(LEAD),
    }
    return part(request, "journeys/collective/pairs.html", context)


def pair_for(request, pk: int, *, to_change: bool = False) -> Pair:
    rows = Pair.objects.visible_to(request.user).select_related(*AROUND)
    found = get_object_or_404(rows, pk=pk)
    known = Pair.objects.visible_to(request.user)
    if to_change and not known.managed_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return found


def pair(request, pk):
    """What both propose, for whom, and what each tells the other."""
    found = pair_for(request, pk)
    known = Pair.objects.visible_to(request.user)
    actions = CollectiveAction.objects.visible_to(request.user)
    context = {
        "pair": found,
        "feedbacks": found.feedbacks.select_related("written_by"),
        "level": DigitalLevel(found.level),
        "side": found.side_of(request.user),
        "action": actions.filter(activity=found.activity_id).first() if found.activity else None,
        "may_change": known.managed_by(request.user).filter(pk=pk).exists(),
    }
    return part(request, "journeys/collective/pair.html", context)


class PairAdd(FormPage):
    form_class = PairForm
    title = gettext_lazy("Noter un binôme")
    lead = gettext_lazy("Un tiers-lieu et une agence, deux personnes, un chemin mené ensemble.")
    submit = gettext_lazy("Noter le binôme")
    done = gettext_lazy("Le binôme est noté.")

    def find(self):
        allowed = self.request.user.territories_where(LEAD)
        chosen = sorted(allowed & self.request.place_ids or allowed)
        territories = Territory.objects.visible_to(self.request.user)
        territory = get_object_or_404(territories, pk=chosen[0])
        self.pair = Pair(territory=territory)

    def back(self):
        return reverse("pairs"), _("Binômes")

    def form_options(self):
        user, here = self.request.user, self.pair.territory
        bodies = Organisation.objects.visible_to(user).of_programmes([here.programme_id]).open()
        bodies = bodies.order_by("name")
        return {
            "instance": self.pair,
            "third_places": bodies.exclude(kind="agence"),
            "agencies": bodies,
            "colleagues": colleagues_in(here.pk),
            "activities": Activity.objects.visible_to(user).filter(territory=here),
            "initial": {"from_on": timezone.localdate()} if not self.pair.pk else {},
        }

    def act(self, form):
        leads = {form.instance.third_place_lead_id, form.instance.agency_lead_id}
        user = self.request.user
        if user.pk not in leads and not user.may("collective.lead_all", self.pair.territory_id):
            raise ValidationError({"third_place_lead": _("Vous notez un binôme que vous menez.")})
        return keep_pair(pair=form.instance, by=user)

    def next_url(self):
        return reverse("pair", args=[self.pair.pk])


class PairEdit(PairAdd):
    title = gettext_lazy("Modifier le binôme")
    lead = ""
    submit = gettext_lazy("Enregistrer le binôme")
    done = gettext_lazy("Le binôme est enregistré.")

    def find(self, pk):
        self.pair = pair_for(self.request, pk, to_change=True)

    def back(self):
        return reverse("pair", args=[self.pair.pk]), str(self.pair)


class FeedbackAdd(FormPage):
    form_class = FeedbackForm
    lead = gettext_lazy("Vos deux structures le lisent, et la coordination.")
    submit = gettext_lazy("Donner ce retour")
    done = gettext_lazy("Votre retour est donné.")

    def find(self, pk):
        self.pair = pair_for(self.request, pk)
        if not self.pair.side_of(self.request.user):
            raise PermissionDenied

    @property
    def title(self):
        other = self.pair.agency if self._is_third_place() else self.pair.third_place
        return _("Un retour à %(other)s") % {"other": other}

    def _is_third_place(self) -> bool:
        return self.pair.third_place_lead_id == self.request.user.pk

    def back(self):
        return reverse("pair", args=[self.pair.pk]), str(self.pair)

    def form_options(self):
        return {"initial": {"on": timezone.localdate()}}

    def act(self, form):
        feedback = PairFeedback(pair=self.pair, **form.cleaned_data)
        return give_feedback(feedback=feedback, by=self.request.user)
