"""Where a signed-in person lands, and the programme and territory switch."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


def home(request):
    return redirect(home_of(request.user))


def home_of(user) -> str:
    """The first page of the person's main role."""
    if user.may("participants.list"):
        return reverse("today")
    if user.may("outreach.record"):
        return reverse("outreach")
    if user.may("evaluation.read"):
        return reverse("evaluation")
    return reverse("portal")


@require_POST
def switch_place(request):
    """Keep in the session which of one's territories the pages show."""
    wanted = request.POST.get("place", "")
    allowed = {str(pk) for pk in request.user.territory_ids}
    request.session["place"] = wanted if wanted in allowed else ""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("home")
    return redirect(back)
