"""Contacts, in one tap or on their page, and the person's nickname and contact."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.participants.actions import correct_details
from journeys.pathway.actions.acting import begin
from journeys.pathway.actions.arrivals import record_contact
from journeys.pathway.contacts import contacts_of
from journeys.pathway.enums import ContactKind
from journeys.pathway.file import file_context
from journeys.pathway.forms.path import ContactForm
from journeys.pathway.forms.person import DetailsForm
from journeys.pathway.pages import ActPage, journey_for
from rtr.lib.http import post_only
from rtr.lib.told import tell


@post_only
def contact_today(request, pk):
    """« Venue aujourd’hui »: one tap. With htmx the card, the menu and the message change alone."""
    journey = journey_for(request, pk, "journeys.act")
    undo_url = ""
    try:
        contact = record_contact(
            journey=journey,
            by=request.user,
            seen=None,
            kind=ContactKind.VISIT,
            on=timezone.localdate(),
        )
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=30)
    else:
        undo_url = reverse("undo", args=[pk, "contact", contact.pk])
        tell(request, _("La venue d’aujourd’hui est notée."), undo_url=undo_url)
    if not request.htmx:
        return redirect("journey", pk)
    journey = journey_for(request, pk)
    context = file_context(request, journey, "essential")
    context |= {"contacts": contacts_of(journey), "undo_url": undo_url}
    return render(request, "journeys/pathway/_contact_noted.html", context)


class ContactPage(ActPage):
    form_class = ContactForm
    title = gettext_lazy("Noter un contact")
    lead = gettext_lazy("Un jour et une nature, sans commentaire.")
    submit = gettext_lazy("Noter le contact")
    done = gettext_lazy("Le contact est noté.")
    undoable = True

    def initial(self):
        return {"on": timezone.localdate()}

    def act(self, form, seen):
        return record_contact(
            journey=self.journey, by=self.request.user, seen=seen, **form.cleaned_data
        )


class DetailsPage(ActPage):
    form_class = DetailsForm
    title = gettext_lazy("Corriger le surnom ou le contact")
    lead = gettext_lazy("Le code ne change pas.")
    submit = gettext_lazy("Corriger")
    done = gettext_lazy("C’est corrigé.")

    def initial(self):
        participant = self.journey.participant
        return {"nickname": participant.nickname, "contact": participant.contact}

    @transaction.atomic
    def act(self, form, seen):
        journey = begin(self.journey, seen=seen)
        correct_details(
            participant=journey.participant,
            by=self.request.user,
            version=journey.version,
            **form.cleaned_data,
        )
