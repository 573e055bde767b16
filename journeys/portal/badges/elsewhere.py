"""Badges that others issued: verified as they come, kept for the person alone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from badges.credentials.models import ForeignBadge
from badges.verification.actions import import_foreign, recheck
from badges.verification.report import Check, Verdict
from journeys.portal.badges.forms import ForeignForm
from journeys.portal.portal import own_page, show
from journeys.recognition.holding import recipient_of
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def _own(request, pk) -> ForeignBadge:
    return get_object_or_404(ForeignBadge.objects.visible_to(request.user), pk=pk)


@own_page
def foreign_add(request, journey):
    form = bound(ForeignForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            found = _import(journey, form.source())
        except ValidationError as error:
            say_refusal(form, error)
        else:
            tell(request, _("C’est gardé. Vous seul voyez ce badge."))
            return redirect("portal_foreign", found.pk)
    status = 422 if request.method == "POST" else 200
    return show(request, "badges/foreign_add", journey, status=status, form=form)


def _import(journey, source: bytes | str) -> ForeignBadge:
    with transaction.atomic():
        recipient = recipient_of(journey.participant)
    return import_foreign(recipient, source)


@own_page
def foreign(request, journey, badge):
    found = _own(request, badge)
    checks = [Check(one["code"], one["ok"], one.get("why", "")) for one in found.checks]
    failed = any(check.ok is False for check in checks)
    return show(request, "badges/foreign", journey, badge=found, checks=checks, failed=failed)


@post_only
@own_page
def foreign_check(request, journey, badge):
    """Once more, today: it may have been taken back since."""
    found = _own(request, badge)
    report = recheck(found)
    if report.verdict is Verdict.UNKNOWN:
        tell(request, _("Nous ne pouvons pas vérifier aujourd’hui. Essayez demain."))
    else:
        tell(request, _("C’est vérifié de nouveau."))
    return redirect("portal_foreign", found.pk)


@own_page
def foreign_image(request, journey, badge):
    found = _own(request, badge)
    if not found.image:
        raise Http404
    response = HttpResponse(bytes(found.image), content_type="image/png")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@own_page
def foreign_remove(request, journey, badge):
    found = _own(request, badge)
    if request.method == "POST":
        found.delete()
        tell(request, _("C’est effacé."))
        return redirect("portal_badges")
    return show(request, "badges/foreign_remove", journey, badge=found)
