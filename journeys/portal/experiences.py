"""« Ce que j'ai vécu »: told by text, by voice, with a photo; the person chooses who reads."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.documents.cleaning import JPEG
from journeys.documents.handing import played, shown
from journeys.documents.sounds import MP3
from journeys.experiences.actions import living, telling
from journeys.experiences.forms import ElsewhereForm, ReaderForm, TellForm
from journeys.experiences.models import Experience, Reflection
from journeys.experiences.reading import lived_of, skills_of
from journeys.portal.portal import own_page, show
from journeys.recognition.actions.asking import wish
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell

HEARS = csp_update({"media-src": [SELF, "blob:"]})


def _own(request, journey, pk) -> Reflection:
    rows = Reflection.objects.visible_to(request.user).select_related("experience", "journey")
    return get_object_or_404(rows, pk=pk, journey=journey)


def _lived(request, journey, pk) -> Experience:
    rows = Experience.objects.visible_to(request.user).select_related("journey")
    return get_object_or_404(rows, pk=pk, journey=journey)


def _done(request, form, act) -> bool:
    """Whether the form was sent and the act went through; what was refused is beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            say_refusal(form, error)
    return request.method == "POST" and form.is_valid()


def _status(request) -> int:
    return 422 if request.method == "POST" else 200


@HEARS
@own_page
def experiences(request, journey):
    lived = lived_of(journey, request.user)
    skills = [word for word, _times in skills_of(lived)]
    return show(request, "experiences", journey, lived=lived, skills=skills)


@own_page
def experience_add(request, journey):
    form = bound(ElsewhereForm, request)
    of = {"journey": journey, "by": request.user, "seen": None}
    if _done(request, form, lambda data: living.add_elsewhere(**of, **data)):
        tell(request, _("C’est noté. Vous pouvez le raconter."))
        return redirect("portal_experiences")
    return show(request, "experience_add", journey, status=_status(request), form=form)


@own_page
def experience_remove(request, journey, experience):
    """What was done elsewhere, and what was said of it; the rest was lived here and stays."""
    found = get_object_or_404(
        Experience.objects.visible_to(request.user).filter(journey=journey, is_elsewhere=True),
        pk=experience,
    )
    if request.method == "POST":
        living.remove_elsewhere(experience=found, by=request.user)
        tell(request, _("C’est effacé."))
        return redirect("portal_experiences")
    return show(request, "experience_remove", journey, lived=found)


@HEARS
@own_page
def tell_page(request, journey, experience):
    found = _lived(request, journey, experience)
    # A colleague who helps does not read what is being written alone.
    draft = {} if request.user.helped_by else found.draft
    form = bound(TellForm, request, draft=draft)
    if _done(request, form, lambda data: _tell(request, found, form)):
        tell(request, _("C’est gardé. Merci de l’avoir raconté."))
        return redirect("portal_experiences")
    draft_url = reverse("portal_draft", args=[found.pk])
    context = {"form": form, "lived": found, "draft_url": draft_url}
    return show(request, "tell", journey, status=_status(request), **context)


def _tell(request, experience: Experience, form: TellForm) -> None:
    telling.tell_reflection(
        experience=experience,
        by=request.user,
        said=form.said(),
        reader=form.cleaned_data["reader"],
        client_uuid=form.cleaned_data["client_uuid"],
    )


@post_only
@own_page
def draft(request, journey, experience):
    """What is being written, kept as it comes: a phone that goes out loses nothing."""
    found = _lived(request, journey, experience)
    telling.keep_draft(experience=found, words=request.POST.dict())
    return HttpResponse(status=204)


@HEARS
@own_page
def retell_page(request, journey, reflection):
    found = _own(request, journey, reflection)
    if found.discussed_on or found.is_by_hand_of:
        return redirect("portal_experiences")
    form = bound(TellForm, request, reflection=found)
    of = {"reflection": found, "by": request.user}
    if _done(
        request, form, lambda data: telling.retell(**of, said=form.said(), reader=data["reader"])
    ):
        tell(request, _("C’est changé."))
        return redirect("portal_experiences")
    context = {"form": form, "lived": found.experience, "told": found}
    return show(request, "tell", journey, status=_status(request), **context)


@own_page
def reader(request, journey, reflection):
    found = _own(request, journey, reflection)
    form = bound(ReaderForm, request, reflection=found)
    of = {"reflection": found, "by": request.user}
    if _done(request, form, lambda data: telling.choose_reader(**of, **data)):
        tell(request, _("C’est changé. C’est tout de suite."))
        return redirect("portal_experiences")
    return show(request, "reader", journey, status=_status(request), form=form, told=found)


@own_page
def reflection_remove(request, journey, reflection):
    found = _own(request, journey, reflection)
    if request.method == "POST":
        telling.erase_reflection(reflection=found, by=request.user)
        tell(request, _("C’est effacé."))
        return redirect("portal_experiences")
    return show(request, "reflection_remove", journey, told=found)


@post_only
@own_page
def badge(request, journey, reflection):
    """« Je voudrais un badge », and back: the button says which of the two it asks."""
    found, wished = _own(request, journey, reflection), request.POST.get("wished") == "yes"
    try:
        wish(reflection=found, by=request.user, wished=wished)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=30)
    else:
        text = _("C’est demandé. Votre équipe vous répond.") if wished else _("C’est annulé.")
        tell(request, text)
    return redirect("portal_experiences")


@own_page
def voice(request, journey, reflection):
    found = get_object_or_404(
        Reflection.objects.visible_to(request.user).exclude(voice=""), pk=reflection
    )
    return played(request, found.voice, MP3)


@own_page
def photo(request, journey, reflection):
    found = get_object_or_404(
        Reflection.objects.visible_to(request.user).exclude(photo=""), pk=reflection
    )
    return shown(found.photo, JPEG)
