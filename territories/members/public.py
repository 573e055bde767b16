"""The page behind the link of an invitation: it asks, and the person says yes."""

from allauth.account.utils import perform_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rtr.lib.told import tell
from territories.accounts.models import User
from territories.members.actions.invitations import NotPending, accept
from territories.members.enums import InvitationState
from territories.members.forms import AcceptForm
from territories.members.models import Invitation


def invitation(request, token):
    """Who may say yes: the account of that address, or whoever opens it with a password."""
    found = Invitation.objects.for_token(token)
    if found is None:
        return _over(request, "unknown", status=404)
    if found.state != InvitationState.PENDING:
        return _over(request, found.state, status=410)
    try:
        if request.user.is_authenticated:
            return _for_account(request, found)
        known = User.objects.filter(email=found.email).first()
        if known and known.is_active:
            return render(request, "territories/members/sign_in.html", {"invitation": found})
        if known and not found.reopens:
            return _over(request, InvitationState.CANCELLED, status=410)
        return _for_somebody_new(request, found)
    except NotPending:  # in another tab, a moment ago
        return _over(request, InvitationState.ACCEPTED, status=410)


def _for_account(request, found: Invitation):
    context = {"invitation": found, "is_theirs": request.user.email == found.email}
    if not context["is_theirs"]:
        return render(request, "territories/members/not_yours.html", context, status=403)
    if request.method == "POST":
        accept(by=request.user, invitation=found)
        tell(request, _("Ce rôle est le vôtre. Bienvenue."))
        return redirect("home")
    return render(request, "territories/members/accept.html", context)


def _for_somebody_new(request, found: Invitation):
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password1"]
        user = accept(by=None, invitation=found, names=form.names, password=password)
        tell(request, _("Votre compte est ouvert. Bienvenue."))
        return perform_login(request, user, email=user.email)
    context = {"invitation": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "territories/members/accept.html", context, status=status)


def _over(request, why: str, *, status: int):
    return render(request, "territories/members/over.html", {"why": str(why)}, status=status)
