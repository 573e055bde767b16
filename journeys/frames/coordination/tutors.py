"""Asking a tutor from somebody's file: sent, or shown on the spot; the token is seen once."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.frames.actions import tutors
from journeys.frames.coordination.immersions import OfImmersion, immersion_of
from journeys.frames.forms import AskTutorForm
from journeys.frames.reading import live_link
from journeys.pathway.pages import journey_for
from rtr.lib import qr
from rtr.lib.http import post_only
from rtr.lib.told import tell


class AskTutorPage(OfImmersion):
    form_class = AskTutorForm
    template_name = "journeys/frames/ask_tutor.html"
    title = _("Demander l’avis du tuteur")
    submit = _("Continuer")
    done = _("Le lien part. Il marche soixante jours, sans compte.")

    @property
    def lead(self):
        return _now("%(name)s répond à cinq questions, sans compte.") % {"name": self.row.tutor}

    def form_options(self):
        return super().form_options() | {"channels": tutors.channels_of(self.row)}

    def act(self, form, seen):
        way = form.cleaned_data["way"]
        channel = "" if way == AskTutorForm.SHOW else way
        link, self.token = tutors.ask_tutor(
            immersion=self.row, by=self.request.user, channel=channel
        )
        return link

    def post(self, request, *args, **kwargs):
        """Shown once, in the answer itself: nothing keeps the address."""
        response = super().post(request, *args, **kwargs)
        if request.POST.get("way") == AskTutorForm.SHOW and response.status_code == 302:
            return self.show(tutors.address(self.token))
        return response

    def show(self, url: str):
        context = {
            "journey": self.journey,
            "participant": self.journey.participant,
            "immersion": self.row,
            "url": url,
            "qr": qr.svg(url, _now("L’adresse des cinq questions, pour le téléphone du tuteur")),
            "back_url": self.next_url(),
        }
        return render(self.request, "journeys/frames/tutor_shown.html", context)

    def extra(self):
        return {"immersion": self.row, "link": live_link(self.row)}


@post_only
def tutor_take_back(request, pk, immersion):
    journey = journey_for(request, pk, "frames.manage")
    found = immersion_of(journey, immersion)
    tutors.take_back(immersion=found, by=request.user)
    tell(request, _now("Le lien du tuteur ne marche plus."))
    return redirect(reverse("immersion", args=[pk, found.pk]))
