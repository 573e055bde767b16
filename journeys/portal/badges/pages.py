"""« Mes badges », one badge, the words one puts in it, its files."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from badges.credentials import rendering
from badges.credentials.actions import Evidence, reissue
from badges.credentials.models import Credential
from journeys.portal.badges import reading
from journeys.portal.badges.forms import WordsForm
from journeys.portal.experiences import HEARS
from journeys.portal.portal import own_page, show
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def own(request, pk) -> Credential:
    return get_object_or_404(reading.held_by(request.user), pk=pk)


@own_page
def badges(request, journey):
    return show(request, "badges/wallet", journey, wallet=reading.wallet_of(request.user, journey))


@HEARS
@own_page
def badge(request, journey, badge):
    found = own(request, badge)
    story = reading.story_of(request.user, found)
    says = reading.says_of(found)
    return show(request, "badges/badge", journey, badge=found, story=story, says=says)


@own_page
def words(request, journey, badge):
    """What the person wants read by whoever sees the badge: it is signed again with it."""
    found = own(request, badge)
    if found.is_revoked:
        return redirect("portal_badge", found.pk)
    kept = found.evidence_narrative
    begun = kept or reading.words_of(reading.story_of(request.user, found).told)
    form = bound(WordsForm, request, initial={"words": begun})
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, found, form.cleaned_data["words"])
        except ValidationError as error:
            say_refusal(form, error)
        else:
            tell(request, _("C’est écrit dans votre badge."))
            return redirect("portal_badge", found.pk)
    status = 422 if request.method == "POST" else 200
    return show(request, "badges/words", journey, status=status, form=form, badge=found)


def _write(request, found: Credential, text: str) -> None:
    """Nothing is signed anew for what is there already."""
    if text.strip() != found.evidence_narrative:
        evidence = Evidence(narrative=text, url=found.evidence_url)
        reissue(credential=found, by=request.user, evidence=evidence)


@own_page
def badge_file(request, journey, badge, kind):
    """To keep it elsewhere: the drawing that holds it, the page, the signed document."""
    found = own(request, badge)
    if not found.document or kind not in rendering.FILES:
        raise Http404
    content = rendering.as_file(found, kind)
    response = HttpResponse(content, content_type=rendering.FILES[kind])
    name = rendering.file_name(found, kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
