"""Anybody's question: is this badge genuine?

Nothing is kept of what is given, nor of the answer. A link of ours is verified as the page opens
(shared pages lead here); one of others only once a person sends it, since it makes us read theirs.
"""

import base64

from allauth.account.adapter import get_adapter
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from badges.verification import own
from badges.verification.checking import verify
from badges.verification.forms import SourceForm
from badges.verification.refusals import Verdict
from badges.verification.report import Report
from rtr.lib import limits
from rtr.lib.http import keeps_words

HOUR = 3600
TONES = {Verdict.GENUINE: "done", Verdict.FALSE: "bad", Verdict.REVOKED: "bad"}
OF_ONE, OF_ALL = 60, 1200  # verifications an hour: of one address, of everybody


@keeps_words
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verifier(request):
    link = request.GET.get("lien", "")[:2000]
    is_sent = request.method == "POST"
    form = SourceForm(request.POST, request.FILES) if is_sent else SourceForm({"words": link})
    if not is_sent and not own.is_own(link):
        return _page(request, SourceForm(initial={"words": link}))
    if getattr(request, "is_csrf_expired", False):
        return _page(request, form, status=403, is_late=True)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not _has_time(request):
        return _page(request, form, status=429, is_flood=True)
    return _page(request, SourceForm(), verify(form.source(), fetch=is_sent))


def _has_time(request) -> bool:
    caller = get_adapter().get_client_ip(request)
    return limits.passes("verify", caller, most=OF_ONE, seconds=HOUR) and limits.passes(
        "verify", "everybody", most=OF_ALL, seconds=HOUR
    )


def _page(request, form, report: Report | None = None, *, status: int = 200, **more):
    context = {"form": form, "report": report, "now": timezone.now()} | more
    context["link"] = request.GET.get("lien", "")[:2000]
    context["tone"] = TONES.get(report.verdict, "warn") if report else ""
    if report and report.told and report.told.image:
        context["image"] = base64.b64encode(report.told.image).decode()
    response = render(request, "badges/verification/verifier.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
