"""In which language a person reads their pages: chosen, kept with them, or what the phone asks."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from journeys.experiences.lists import SKILLS
from journeys.participants.models import Participant
from journeys.pathway.lists import OUTCOMES
from rtr import scope
from rtr.access import ACCESS, PARTICIPANT, PUBLIC, SIGNED_IN
from rtr.lib import languages

# Where the sentences of the person's pages are written; `manage.py catalogues` reads them there.
TEMPLATES = [
    "templates/layouts/base.html",
    "templates/layouts/portal.html",
    "templates/journeys/portal/**/*.html",
    "templates/journeys/contracts/_goal.html",
    "templates/journeys/experiences/_said.html",
    "templates/journeys/experiences/_fields.html",
    "templates/journeys/frames/_own.html",
    "templates/journeys/collective/_map.html",
    "templates/journeys/registers/_statement.html",
    "templates/journeys/suggestions/about.html",
    "templates/badges/page.html",
    "templates/badges/endorsements/_identity.html",
    "templates/badges/endorsements/door/*.html",
    "templates/badges/verification/*.html",
    "templates/components/_errors.html",
    "templates/components/_field.html",
    "templates/components/_undo.html",
]
# The team's, beside them: files of code, and the frames of its pages.
NOT_THEIRS = {
    "journeys/portal/actions/helping.py",
    "journeys/portal/actions/links.py",
    "journeys/portal/coordination.py",
    "journeys/portal/models.py",
    "journeys/portal/helping.py",
    "journeys/portal/wording.py",
}
OF_THE_TEAM = ("layouts/staff.html", "layouts/plain.html", "journeys/pathway/act.html")
# Files of which the person reads some sentences only → the functions, classes or lists they are in;
# none named, all of it.
CODE = {
    "journeys/portal/**/*.py": (),
    "rtr/lib/tongue.py": (),
    "rtr/lib/forms.py": ("BOUNDS", "refuse_numbers", "refuse_unseen", "PersonText"),
    "rtr/lib/kept.py": (),
    "rtr/lib/uploads.py": (),
    "badges/credentials/actions/awarding.py": ("reissue",),
    "badges/credentials/actions/sharing.py": (),
    "badges/credentials/rendering.py": ("as_qr", "_data"),
    "badges/endorsements/actions/answering.py": ("give", "locked", "refuse_answered", "_given"),
    "badges/endorsements/actions/inviting.py": ("new", "refuse_oneself", "_refuse_many"),
    "badges/endorsements/forms.py": ("EndorseForm",),
    "badges/endorsements/public.py": (),
    "badges/verification/*.py": (),
    "journeys/activities/actions/enrolling.py": (),
    "journeys/activities/inside.py": ("clash",),
    "journeys/activities/saying.py": ("hours", "moment", "people", "free"),
    "journeys/aids/actions/__init__.py": ("_locked", "undo", "refuse_amount"),
    "journeys/aids/enums.py": ("AidKind", "for_participant"),
    "journeys/aids/forms.py": ("PersonAskForm", "abouts_of", "AskForm"),
    "journeys/aids/saying.py": ("told",),
    "journeys/appointments/actions/keeping.py": (
        "accept",
        "move",
        "undo",
        "_locked",
        "_refuse_changed",
        "_refuse_unless",
        "_refuse_past",
        "refuse_stranger",
    ),
    "journeys/appointments/conflicts.py": ("TO_PERSON",),
    "journeys/appointments/enums.py": ("AppointmentStatus", "Mode", "CancelReason"),
    "journeys/appointments/forms.py": (
        "MomentForm",
        "CancelForm",
        "PersonMomentForm",
        "AskForm",
        "hour_choices",
    ),
    "journeys/appointments/moments.py": (),
    "journeys/appointments/saying.py": ("state",),
    "journeys/collective/actions/entries.py": (),
    "journeys/collective/enums.py": ("ProductionKind", "Visibility", "PLAIN"),
    "journeys/collective/forms/groups.py": ("GroupText", "EntryForm", "ReaderForm"),
    "journeys/collective/forms/productions.py": ("ChoiceForm",),
    "journeys/collective/reading.py": ("told_by",),
    "journeys/contracts/actions/objectives.py": ("agree_objective",),
    "journeys/documents/actions.py": ("_refuse_own", "_keep"),
    "journeys/documents/cleaning.py": (),
    "journeys/documents/pictures.py": (),
    "journeys/experiences/actions/living.py": ("_check_days",),
    "journeys/experiences/actions/telling.py": (),
    "journeys/experiences/enums.py": ("ASKED", "READERS"),
    "journeys/experiences/forms.py": (
        "REFERRING",
        "OwnWords",
        "TellForm",
        "ElsewhereForm",
        "ReaderForm",
    ),
    "journeys/experiences/lists.py": ("FAMILIES",),
    "journeys/experiences/reading.py": ("when",),
    "journeys/frames/enums.py": ("Gesture",),
    "journeys/participants/enums.py": ("DayPart",),
    "journeys/pathway/enums.py": ("for_participant", "Reader", "TeamRole"),
    "journeys/pathway/forms/fields.py": ("near",),
    "journeys/pathway/team.py": ("_reads",),
    "journeys/recognition/actions/asking.py": (),
    "journeys/registers/actions/stating.py": ("sign", "_sign_as_person"),
    "journeys/registers/forms.py": ("SignForm",),
    "journeys/rights/actions/asking.py": (),
    "journeys/rights/actions/consenting.py": (),
    "journeys/rights/actions/erasing.py": (),
    "journeys/rights/enums.py": ("What",),
    "journeys/rights/forms.py": ("CorrectForm", "NicknameForm"),
    "journeys/suggestions/saying.py": ("TO_PERSON", "_about", "moment"),
}
# Lists whose labels the person reads: what stands in brackets is for the team.
LISTS = [SKILLS, OUTCOMES]

CHOSEN = "language"  # in the session
# Doors that people of any language push before they are known.
DOORS = ("portal", "sign_in", "endorse", "verifier")
A_YEAR = 365 * 24 * 3600  # seconds


class LanguageMiddleware:
    """The person's pages in their language; the team's stay in French."""

    def __init__(self, get_response):
        self.get_response = get_response
        languages.lean_on_easy_french([code for code, _name in settings.LANGUAGES])

    def __call__(self, request):
        noticing = languages.missing.set(set())
        try:
            return self.get_response(request)
        finally:
            languages.missing.reset(noticing)
            translation.deactivate()

    def process_view(self, request, view, args, kwargs):
        if is_for_a_person(request):
            translation.activate(language_of(request))


def is_for_a_person(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name or ""
    access = ACCESS.get(name)
    if access == SIGNED_IN:
        # Who is nobody yet has no territory.
        return bool(getattr(request.user, "territory_id", None))
    return access == PARTICIPANT or access == PUBLIC and name.startswith(DOORS)


def language_of(request: HttpRequest) -> str:
    """Chosen here, else kept in the file, else that of the page which led to this one, else the
    cookie of this phone, else its browser's."""
    user = request.user
    if CHOSEN not in request.session and user.is_authenticated and user.territory_id:
        own = Participant.objects.visible_to(user).filter(user=user)
        request.session[CHOSEN] = own.values_list("language", flat=True).first() or ""
    chosen = request.session.get(CHOSEN, "") or request.GET.get("langue", "")
    known = dict(settings.LANGUAGES)
    return chosen if chosen in known else translation.get_language_from_request(request)


@receiver(user_logged_in)
def keep_in_file(sender, request, user, **kwargs) -> None:
    """What was chosen at the door is known of the person from now on."""
    code = request.session.get(CHOSEN, "")
    if code in dict(settings.LANGUAGES) and user.territory_id:
        with scope.over(user.territory_ids):
            Participant.objects.visible_to(user).filter(user=user).update(language=code)


def choose(request: HttpRequest, response, code: str) -> None:
    """Keep the language in this phone; in the file too, when the person is known."""
    request.session[CHOSEN] = code
    if request.user.is_authenticated:
        keep_in_file(None, request, request.user)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@never_cache
def choose_page(request):
    """Every language by its own name; where one came from is where one goes back."""
    back = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "portal"
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response = redirect(back)
        choose(request, response, code)
        return response
    return render(
        request, "journeys/portal/languages.html", {"languages": settings.LANGUAGES, "next": back}
    )
