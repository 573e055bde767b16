"""« Ouvrir son espace avec elle »: a colleague beside the person, on the colleague's own screen.

The colleague's session stays theirs; while they help, each request is the person's: their account,
their territory, their pages, nothing of the team's. What needs the person alone is refused; the
journal writes both names beside every act; ten idle minutes end it.
"""

import time
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage
from journeys.portal.actions.helping import end_helping, may_help, start_helping
from journeys.portal.entering import IDLE_SECONDS
from journeys.portal.languages import CHOSEN, language_of
from journeys.rights.forms import HelpForm
from rtr import scope
from rtr.access import ACCESS, PARTICIPANT, PUBLIC
from rtr.lib.http import post_only
from territories.accounts.models import User
from territories.journal.actions import helped_by

KEY = "helping"  # in the colleague's session: {"journey", "at"}
LEAVING = {"portal_leave", "portal_close", "portal_help_end"}
# What the two may do together; anything else that is the person's is for them alone.
TOGETHER = set(
    "portal_activities portal_enrol portal_withdraw portal_enrol_again portal_call_me"
    " portal_call_me_when portal_call_me_not portal_appointment_ask portal_appointment_yes"
    " portal_appointment_no portal_appointment_move portal_appointment_cancel"
    " portal_appointment_undo portal_aid_ask portal_aid_cancel portal_aid_undo portal_idea_refuse"
    " portal_idea_restore portal_lived_add portal_tell portal_retell"
    " portal_badge_wish portal_recognise_lived portal_asked_complete portal_asked_withdraw"
    " portal_entry_add portal_entry_edit portal_entry_remove"
    " portal_entry_restore portal_paper_add portal_paper_remove portal_stay".split()
)
OPEN = {"portal_language"}  # of the doors: another one would let somebody else in, or sign
# Read together; what they ask is for the person alone.
READ = set(
    "portal portal_path portal_contract portal_contract_pdf portal_team portal_openings"
    " portal_badges portal_badge portal_recognise portal_collection portal_foreign"
    " portal_foreign_image portal_rights portal_papers portal_paper portal_experiences"
    " portal_voice portal_photo portal_ideas portal_appointments portal_aids portal_groups"
    " portal_group portal_entry_photo"
    " portal_production portal_production_file portal_statements portal_statement"
    " portal_statement_pdf".split()
)


@dataclass(frozen=True)
class Help:
    journey: Journey
    helper: User
    person: User


class HelpingMiddleware:
    """Puts the person in the place of the colleague who helps them, before any scope is opened."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.helping, request.help_over = None, False
        if KEY not in request.session:
            return self.get_response(request)
        found = _found(request)
        if found is None:
            _over(request)
            return self.get_response(request)
        request.helping, request.user = found, found.person
        request.session[KEY] |= {"at": time.time()}
        request.session.modified = True
        with helped_by(found.helper):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name or ""
        if request.help_over and (name in LEAVING or ACCESS.get(name) == PARTICIPANT):
            return render(request, "journeys/portal/help_over.html", status=403)
        if request.helping is None:
            return None
        if name in LEAVING:
            return end(request)
        is_reading = request.method in ("GET", "HEAD") and name in READ
        if is_reading or name in TOGETHER | OPEN:
            return None
        is_of_person = ACCESS.get(name) in (PARTICIPANT, PUBLIC)
        return _refused(request, "alone" if is_of_person else "team")


def _found(request) -> Help | None:
    """Still true at each request: the colleague in the team, not too long ago, one same person."""
    kept, helper = request.session[KEY], request.user
    if not helper.is_authenticated or time.time() - kept["at"] > IDLE_SECONDS:
        return None
    with scope.over(helper.territory_ids):
        journeys = Journey.objects.visible_to(helper).select_related("participant__user")
        journey = journeys.filter(pk=kept["journey"]).first()
        if journey is None or not may_help(journey, helper):
            return None
    person = journey.participant.user
    if person is None or not person.is_active:
        return None
    person.helped_by = helper
    return Help(journey, helper, person)


def forget(request) -> None:
    """The session is the colleague's alone again."""
    for key in (KEY, CHOSEN):
        request.session.pop(key, None)


def _over(request) -> None:
    """Too long without a gesture, or no more in the team: said where the person's page was."""
    request.help_over = True
    pk, helper = request.session[KEY]["journey"], request.user
    forget(request)
    if helper.is_authenticated:
        with scope.over(helper.territory_ids):
            if journey := Journey.objects.visible_to(helper).filter(pk=pk).first():
                end_helping(journey=journey, by=helper)


def _refused(request, why: str):
    translation.activate(language_of(request))
    context = {"why": why, "helper": request.helping.helper}
    return render(request, "journeys/portal/helped_not.html", context, status=403)


def end(request):
    """« Terminer », or a way out of the person's pages: back to the file, the session as before."""
    if request.method != "POST":
        return redirect("portal")
    found = request.helping
    with scope.over([found.journey.territory_id]):
        end_helping(journey=found.journey, by=found.helper)
    forget(request)
    request.user = found.helper
    return redirect("journey", found.journey.pk)


@post_only
def help_end(request):
    """Reached when nobody helps any more: the person's own pages, as they are."""
    return redirect("portal")


class HelpPage(ActPage):
    """Asked by the colleague, after the person agreed aloud."""

    permission = "journeys.act"
    form_class = HelpForm
    template_name = "journeys/portal/help_open.html"
    submit = gettext_lazy("Ouvrir son espace")

    @property
    def title(self):
        name = {"name": self.journey.participant.nickname}
        return _("Ouvrir l’espace de %(name)s, avec la personne") % name

    def extra(self):
        return {"may_help": may_help(self.journey, self.request.user)}

    def act(self, form, seen):
        if self.request.helping:
            raise ValidationError(_("Terminez d’abord avec la personne que vous aidez."))
        start_helping(journey=self.journey, by=self.request.user)
        self.request.session.pop(CHOSEN, None)
        self.request.session[KEY] = {"journey": self.journey.pk, "at": time.time()}

    def after(self, row):
        return {}

    def next_url(self):
        if KEY in self.request.session and self.request.method == "POST":
            return reverse("portal")
        return super().next_url()

    @property
    def done(self):
        return _("Vous êtes dans l’espace de la personne.")
