"""An immersion in somebody's file: prepared, printed, signed, ended, assessed, renewed."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.frames.actions import immersions
from journeys.frames.actions.checking import days_of, refuse_unready
from journeys.frames.coordination.file import FrameActPage
from journeys.frames.enums import State
from journeys.frames.forms import AssessForm, CancelForm, EndForm, ImmersionForm, SignedForm
from journeys.frames.limits import DAY, last_day_of_month_from
from journeys.frames.models import Immersion
from journeys.frames.printing import pdf
from journeys.frames.reading import counted, dressed, feedback_of, live_link
from journeys.pathway.models import Journey
from journeys.pathway.pages import journey_for
from journeys.pathway.reading import reading_of
from rtr.lib import french
from territories.journal.actions import record
from territories.journal.enums import Act


def immersion_of(journey: Journey, pk: int) -> Immersion:
    rows = journey.immersions.select_related("renews", "convention", "signed_seen_by")
    found = get_object_or_404(rows, pk=pk)
    found.journey = journey
    return found


def immersion(request, pk, immersion):
    journey = journey_for(request, pk, "participants.list")
    found = dressed(immersion_of(journey, immersion))
    can_frame = request.user.may("frames.manage", journey.territory_id)
    context = {
        "journey": journey,
        "participant": journey.participant,
        "immersion": found,
        "feedback": feedback_of(found),
        "link": live_link(found) if can_frame else None,
        "renewal": found.renewals.standing().first(),
        "counted": next((r for r in counted(journey) if r.siret == found.host_siret), None),
        "can_frame": can_frame,
        "can_print": can_frame and reading_of(request.user, journey).identity,
        "days": len(days_of(found)),
        "is": {state.value: state == found.state for state in State},
        "is_last_day": timezone.localdate() >= found.last_on,
    }
    return render(request, "journeys/frames/immersion.html", context)


@csp_update({"object-src": [SELF]})  # the browser's own reader is an object
def immersion_pdf(request, pk, immersion):
    """A convention holds a name and a birth date."""
    journey = journey_for(request, pk, "frames.manage")
    found = immersion_of(journey, immersion)
    if not reading_of(request.user, journey).identity:
        raise PermissionDenied
    record(
        Act.IMMERSION_PRINTED,
        by=request.user,
        territory_id=journey.territory_id,
        participant_id=journey.participant_id,
        about=found,
    )
    response = HttpResponse(pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="convention-{found.pk}.pdf"'
    return response


class PreparePage(FrameActPage):
    template_name = "journeys/frames/prepare.html"
    form_class = ImmersionForm
    title = _("Prévoir une immersion")
    lead = _("Ce que la convention demande. Elle se signe avant le premier jour.")
    submit = _("Préparer la convention")
    done = _("L’immersion est préparée : imprimez la convention et faites-la signer.")

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        self.unready = ""
        try:
            refuse_unready(journey)
        except ValidationError as error:
            self.unready = " ".join(error.messages)
        return journey

    def form_options(self):
        return super().form_options() | {"user": self.request.user}

    def act(self, form, seen):
        self.row = immersions.prepare_immersion(
            journey=self.journey, by=self.request.user, seen=seen, asked=form.cleaned_data
        )
        return self.row

    def after(self, row):
        return {"next_url": reverse("immersion", args=[self.journey.pk, row.pk])} | {
            "next_word": _now("Ouvrir l’immersion")
        }

    def extra(self):
        return {"counted": counted(self.journey), "unready": self.unready}


class OfImmersion(FrameActPage):
    """Acts on one immersion come back to its page."""

    def find(self, request, pk, immersion):
        journey = super().find(request, pk)
        self.row = immersion_of(journey, immersion)
        return journey

    def next_url(self):
        return reverse("immersion", args=[self.journey.pk, self.row.pk])

    def after(self, row):
        return {}

    def acted(self, action, form, seen, **more):
        return action(
            immersion=self.row, by=self.request.user, seen=seen, **form.cleaned_data | more
        )


def written(immersion: Immersion) -> dict:
    """The convention's words as the form shows them."""
    said = {name: getattr(immersion, name) for name in immersions.ASKED}
    if immersion.host_id:
        said["host_name"] = ""
    return said | {"weekdays": [str(day) for day in immersion.weekdays]}


class ChangePage(OfImmersion):
    template_name = "journeys/frames/prepare.html"
    form_class = ImmersionForm
    title = _("Corriger l’immersion")
    lead = _("Tant que la convention n’est pas signée.")
    done = _("C’est corrigé : imprimez de nouveau la convention.")

    def initial(self):
        return written(self.row)

    def form_options(self):
        renews = self.row if self.row.renews_id else None
        return super().form_options() | {"user": self.request.user, "renews": renews}

    def act(self, form, seen):
        return immersions.change_immersion(
            immersion=self.row, by=self.request.user, seen=seen, asked=form.cleaned_data
        )

    def extra(self):
        return {"counted": counted(self.journey, but=self.row), "unready": ""}


class RenewPage(OfImmersion):
    """Once, by a new convention with the same object."""

    template_name = "journeys/frames/prepare.html"
    form_class = ImmersionForm
    title = _("Renouveler l’immersion")
    lead = _("Une seule fois, un mois au plus, chez le même employeur et pour le même objet.")
    submit = _("Préparer le renouvellement")
    done = _("Le renouvellement est préparé : imprimez sa convention et faites-la signer.")

    def initial(self):
        first = self.row.last_on + DAY
        dates = {"from_on": first, "until_on": last_day_of_month_from(first)}
        return written(self.row) | dates

    def form_options(self):
        return super().form_options() | {"user": self.request.user, "renews": self.row}

    def act(self, form, seen):
        self.row = immersions.prepare_immersion(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            asked=form.cleaned_data,
            renews=self.row,
        )
        return self.row

    def extra(self):
        return {"counted": counted(self.journey), "unready": "", "renewed": self.row}


class SignPage(OfImmersion):
    template_name = "journeys/frames/sign.html"
    form_class = SignedForm
    title = _("La convention est signée")
    submit = _("Noter la convention signée")
    done = _("La convention est signée : l’immersion peut commencer à sa date.")

    @property
    def lead(self):
        day = french.day(self.row.from_on)
        return _now("Par chacun, avant le premier jour, le %(day)s.") % {"day": day}

    def act(self, form, seen):
        data = form.cleaned_data
        return immersions.sign_convention(
            immersion=self.row,
            by=self.request.user,
            seen=seen,
            signed_on=data["signed_on"],
            photo=data["photo"],
        )

    def initial(self):
        return {"signed_on": min(timezone.localdate(), self.row.from_on)}


class EndPage(OfImmersion):
    form_class = EndForm
    title = _("Terminer l’immersion plus tôt")
    lead = _("Prévenez l’employeur et qui a prescrit : la convention le demande.")
    submit = _("Noter la fin")
    done = _("La fin de l’immersion est notée.")

    def initial(self):
        return {"on": timezone.localdate()}

    def act(self, form, seen):
        return self.acted(immersions.end_immersion, form, seen)


class CancelPage(OfImmersion):
    template_name = "journeys/pathway/confirm.html"
    form_class = CancelForm
    title = _("Annuler l’immersion ?")
    submit = _("Annuler l’immersion")
    done = _("L’immersion est annulée.")
    danger = True
    effects = [
        _("La convention ne vaut plus ; ses jours ne comptent plus chez cet employeur."),
        _("Elle reste dans le dossier, avec la raison."),
        _("Prévenez l’employeur et qui a prescrit."),
    ]

    def act(self, form, seen):
        return self.acted(immersions.cancel_immersion, form, seen)


class AssessPage(OfImmersion):
    template_name = "journeys/frames/assess.html"
    form_class = AssessForm
    title = _("Faire le bilan")
    submit = _("Enregistrer le bilan")
    done = _("Le bilan est enregistré. L’avis du tuteur ne se change plus.")

    @property
    def lead(self):
        return _now("Relisez ensemble les objectifs : %(said)s") % {"said": self.row.objectives}

    def act(self, form, seen):
        return self.acted(immersions.assess_immersion, form, seen)

    def extra(self):
        return {"immersion": self.row, "feedback": feedback_of(self.row)}
