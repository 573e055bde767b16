"""One's own account: who one is, how one signs in, where it is open."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import RedirectView

from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.accounts import second_factor
from territories.accounts.forms import NameForm
from territories.accounts.sessions import device, end_sessions


class Security(IndexView):
    """The second factor: what one has, what one may add, whether one must."""

    def get_context_data(self, **kwargs):
        is_required = second_factor.is_required(self.request.user)
        return super().get_context_data(**kwargs) | {"is_required": is_required}


class DownloadCodes(DownloadRecoveryCodesView):
    def render_to_response(self, context, **options):
        response = super().render_to_response(context, **options)
        response["Content-Disposition"] = 'attachment; filename="codes-de-secours.txt"'
        return response


keys = RedirectView.as_view(pattern_name="mfa_index")  # they are listed there


def my_account(request):
    context = {
        "roles": request.user.roles,
        "factors": second_factor.factors(request.user).count(),
        "is_required": second_factor.is_required(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "territories/accounts/my_account.html", context)


def my_name(request):
    form = bound(NameForm, request, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("Votre nom est enregistré."))
        return redirect("my_account")
    context = {"form": form, "back": reverse("my_account")}
    status = 422 if request.method == "POST" else 200
    return render(request, "territories/accounts/my_name.html", context, status=status)


def my_sessions(request):
    """Where the account is open; all but this one can be ended at once."""
    if request.method == "POST":
        count = end_sessions(request.user, but=request.session.session_key)
        tell(request, _("Les autres connexions sont fermées.") if count else _("Rien à fermer."))
        return redirect("my_sessions")
    rows = UserSession.objects.purge_and_list(request.user)
    rows.sort(key=lambda row: (not row.is_current(), -row.created_at.timestamp()))
    sessions = [
        {"row": row, "device": device(row.user_agent), "is_this": row.is_current()} for row in rows
    ]
    return render(request, "territories/accounts/my_sessions.html", {"sessions": sessions})


@post_only
def my_session_end(request, pk):
    row = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
    if not row.is_current():  # one leaves this one by « Quitter »
        row.end()
        tell(request, _("Cette connexion est fermée."))
    return redirect("my_sessions")
