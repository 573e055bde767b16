"""Asking somebody to support a person's badge: an act of the team, with the person's agreement."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.coordination.supports import bodies_of
from badges.endorsements.actions import address, invite
from badges.endorsements.forms import AskForBadgeForm
from journeys.pathway.pages import ActPage
from journeys.recognition.holding import held_by
from rtr.lib import qr


class SupportPage(ActPage):
    """By mail, or by a link that is shown once."""

    permission = "endorsements.ask"
    form_class = AskForBadgeForm
    title = gettext_lazy("Demander un soutien")
    submit = gettext_lazy("Créer le lien")

    def find(self, request, pk, badge):
        journey = super().find(request, pk)
        self.badge = held_by(journey).filter(pk=badge).first()
        if self.badge is None:
            raise Http404
        return journey

    @property
    def lead(self):
        return _("Pour le badge « %(name)s ». Le courriel ne dit rien de la personne.") % {
            "name": self.badge.version.name
        }

    @property
    def done(self):
        if self.row.was_mailed:
            return _("Le lien est parti. Il sert une fois, pendant soixante jours.")
        return _("Le lien est prêt. Il sert une fois, pendant soixante jours.")

    def form_options(self):
        return {"bodies": bodies_of(self.journey.territory)}

    def act(self, form, seen):
        self.row, self.token = invite(
            subject=self.badge,
            territory=self.journey.territory,
            by=self.request.user,
            **form.cleaned_data,
        )

    def next_url(self):
        return reverse("journey_badges", args=[self.journey.pk])

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if response.status_code != 302 or self.row.was_mailed:
            return response
        url = address(self.token)
        context = {
            "url": url,
            "what": self.badge.version.name,
            "qr": qr.svg(url, _("L’adresse du lien, à scanner")),
            "back_url": self.next_url(),
            "back_word": _("Badges"),
        }
        return render(request, "badges/coordination/link.html", context)
