"""The five questions of a tutor, by a link without an account.

The page names whom they welcomed, by first name, and their own house; it says nothing of why the
person came, nor of who follows them beyond a first name. GET changes nothing.
"""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journeys.frames.actions.tutors import answer_by_tutor_link, link_of
from journeys.frames.forms import TutorForm
from journeys.frames.reading import feedback_of
from journeys.frames.tutors import TutorLink
from rtr import scope
from rtr.lib import limits
from rtr.lib.http import keeps_words

FIELDS = "punctual helpful gestures other_gestures went_well again follows".split()
HOUR = 3600


@keeps_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tutor(request, token):
    if not limits.passes("tutor", get_adapter().get_client_ip(request), most=120, seconds=HOUR):
        return _page(request, "tutor_closed", None, status=429, is_flood=True)
    link = link_of(token)
    if link is None:
        return _page(request, "tutor_closed", None, status=404)
    with scope.over([link.territory_id]):
        return _asked(request, link, token)


def _asked(request, link: TutorLink, token: str):
    before = feedback_of(link.immersion)
    initial = {name: getattr(before, name) for name in FIELDS} if before else {}
    form, status = TutorForm(initial=initial), 200
    if request.method == "POST":
        form, status = TutorForm(request.POST), 422
        if getattr(request, "is_csrf_expired", False):
            form.add_error(None, _("La page a attendu longtemps. Relisez, puis envoyez."))
            status = 403
        elif form.is_valid():
            try:
                answer_by_tutor_link(link=link, said=form.cleaned_data)
            except ValidationError:
                return _page(request, "tutor_closed", None, status=404)
            return redirect(f"{reverse('tutor', args=[token])}?merci=1")
    context = {"form": form, "is_answered": before is not None, "is_new": "merci" in request.GET}
    return _page(request, "tutor", link, status=status, **context)


def _page(request, template: str, link: TutorLink | None, *, status: int = 200, **more):
    context = {"link": link, "immersion": link.immersion if link else None}
    if link:
        context["who"] = link.immersion.journey.participant.first_name
    response = render(request, f"journeys/frames/{template}.html", context | more, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
