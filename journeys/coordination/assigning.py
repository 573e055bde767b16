"""Giving several people a referent at once: who is ticked, whom, then it is done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.coordination.forms import ReferentForm
from journeys.coordination.people import able_to_refer
from journeys.pathway.actions.people import assign_referent as assign
from journeys.pathway.models import Journey
from rtr.lib import french
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.accounts.models import Membership


def assign_referent(request):
    """GET with the ticked journeys asks whom; POST does it, for all of them or for none."""
    ticked = request.POST if request.method == "POST" else request.GET
    journeys = _ticked(request, ticked.getlist("journey"))
    if not journeys:
        messages.warning(request, _("Cochez au moins une personne de la liste."))
        return redirect("participants")
    form = bound(
        ReferentForm, request, memberships=able_to_refer({j.territory_id for j in journeys})
    )
    if request.method == "POST" and form.is_valid():
        return _assigned(request, journeys, form.cleaned_data["membership"])
    context = {"form": form, "journeys": journeys, "title": _title(len(journeys))}
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/coordination/assign.html", context, status=status)


def _ticked(request, pks: list[str]) -> list[Journey]:
    """All of those ticked, or 404: an unknown one means that the page was tampered with."""
    if not all(pk.isdigit() for pk in pks):
        raise Http404
    wanted = {int(pk) for pk in pks}
    known = Journey.objects.visible_to(request.user).select_related("participant")
    journeys = list(known.filter(pk__in=wanted).order_by("participant__search_name", "pk"))
    if len(journeys) != len(wanted):
        raise Http404
    if not {j.territory_id for j in journeys} <= request.user.territories_where("journeys.assign"):
        raise PermissionDenied
    return journeys


def _assigned(request, journeys: list[Journey], membership: Membership):
    chosen = Journey.objects.visible_to(request.user).filter(pk__in=[j.pk for j in journeys])
    done, already = assign(
        journeys=chosen, by=request.user, user=membership.user, organisation=membership.organisation
    )
    tell(request, _done(membership.user.get_full_name(), done, already))
    return redirect(f"{reverse('participants')}?referent={membership.user_id}")


def _done(who: str, done: int, already: int) -> str:
    """« Karim Exemple suit maintenant douze personnes de plus. »"""
    if not done:
        return _(
            "Rien n’a changé : %(who)s est déjà dans leur équipe, ou ces personnes s’y opposent."
        ) % {"who": who}
    text = _("%(who)s suit maintenant %(people)s de plus.") % {"who": who, "people": _n(done)}
    if already:
        text += " " + _(
            "Rien n’a changé pour %(people)s : déjà dans l’équipe, ou la personne s’y oppose."
        ) % {"people": _n(already)}
    return text


def _n(count: int) -> str:
    number = french.spelled(count, feminine=True)
    return f"{number} {french.plural(count, _('personne'), _('personnes'))}"


def _title(count: int) -> str:
    return _("Affecter un référent à %(people)s") % {"people": _n(count)}
