"""The accounts of a programme: who is in, what each may do where, who comes and who leaves."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtr.lib import french
from rtr.lib.forms import Form
from rtr.lib.http import post_only
from rtr.lib.told import tell
from territories.accounts.models import Membership, User
from territories.coordination.account_list import AccountList, with_roles
from territories.coordination.pages import ManagerAct, part, url_if_any
from territories.journal.models import JournalEntry
from territories.members.actions.invitations import NotPending, cancel, invite, resend
from territories.members.actions.leaving import close_account, reset_second_factor
from territories.members.actions.roles import end_role, extend_role, give_role
from territories.members.forms import EndForm, ExtendForm, InviteForm, RoleForm
from territories.members.models import Invitation

LINES = 20  # of its history


def accounts(request):
    return part(request, "territories/coordination/accounts.html", AccountList(request).context())


def account_for(request, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def account(request, pk):
    user = account_for(request, pk)
    today = timezone.localdate()
    roles = [
        {
            "it": role,
            "is_over": role.until_on is not None and role.until_on <= today,
            "may_extend": role.until_on is not None
            and set(role.territory_ids) <= request.user.territories_where("programme.manage"),
        }
        for role in with_roles(Membership.objects.visible_to(request.user)).filter(user=user)
    ]
    factors = Authenticator.objects.filter(user=user)
    context = {
        "account": user,
        "running": [role for role in roles if not role["is_over"]],
        "over": [role for role in roles if role["is_over"]],
        "factors": sorted({str(factor.Type(factor.type).value) for factor in factors}),
        "sessions": UserSession.objects.filter(user=user).count(),
        "history": JournalEntry.objects.about_account(user)[:LINES],
        "is_me": user == request.user,
    }
    return part(request, "territories/coordination/account.html", context)


class Invite(ManagerAct):
    form_class = InviteForm
    title = gettext_lazy("Inviter quelqu’un")
    lead = gettext_lazy("La personne reçoit un lien valable quatorze jours, pour elle seule.")
    submit = gettext_lazy("Envoyer l’invitation")
    done = gettext_lazy("L’invitation part. Elle attend sa réponse dans la liste.")

    def form_options(self):
        return {"by": self.request.user, "initial": self.known()}

    def known(self) -> dict:
        """Somebody who left, invited again from their page; the territory one comes from."""
        pk = self.request.GET.get("compte", "")
        user = User.objects.visible_to(self.request.user).filter(pk=pk if pk.isdigit() else 0)
        names = user.values("email", "first_name", "last_name").first()
        place = self.request.GET.get("territoire", "")
        return (names or {}) | ({"territories": [place]} if place.isdigit() else {})

    def act(self, form):
        territories = form.cleaned_data["territories"]
        invite(by=self.request.user, invitation=form.instance, territories=territories)

    def back(self):
        return reverse("accounts"), _("Comptes")


class OfAccount(ManagerAct):
    """An act on one account."""

    def find(self, pk):
        self.account = account_for(self.request, pk)
        self.who = {"who": self.account.get_full_name()}

    def back(self):
        return reverse("account", args=[self.account.pk]), self.account.get_full_name()


class RoleAdd(OfAccount):
    form_class = RoleForm
    submit = gettext_lazy("Donner ce rôle")
    done = gettext_lazy("Ce rôle est donné. Il sert dès maintenant.")

    @property
    def title(self):
        return _("Un rôle de plus pour %(who)s") % self.who

    def find(self, pk):
        super().find(pk)
        if not self.account.is_active:
            raise PermissionDenied  # it opens again by an invitation

    def form_options(self):
        return {"by": self.request.user}

    def act(self, form):
        give_role(by=self.request.user, user=self.account, **form.cleaned_data)


class OfRole(OfAccount):
    """An act on one role, in force or to come."""

    def find(self, pk):
        roles = with_roles(Membership.objects.visible_to(self.request.user)).not_over()
        self.role = get_object_or_404(roles.select_related("user"), pk=pk)
        super().find(self.role.user_id)

    @property
    def lead(self):
        return f"{self.role.get_role_display()}, {self.role.organisation}"


class RoleExtend(OfRole):
    form_class = ExtendForm
    submit = gettext_lazy("Prolonger le rôle")
    done = gettext_lazy("Le rôle est prolongé.")

    @property
    def title(self):
        return _("Prolonger un rôle de %(who)s") % self.who

    def act(self, form):
        extend_role(by=self.request.user, membership=self.role, **form.cleaned_data)


class RoleEnd(OfRole):
    form_class = EndForm
    submit = gettext_lazy("Retirer le rôle")
    done = gettext_lazy("Le rôle est retiré.")
    danger = True

    @property
    def title(self):
        return _("Retirer un rôle à %(who)s") % self.who

    def form_options(self):
        return {"initial": {"on": timezone.localdate()}}

    def act(self, form):
        end_role(by=self.request.user, membership=self.role, **form.cleaned_data)


class Close(OfAccount):
    template_name = "territories/coordination/account_close.html"
    form_class = Form
    submit = gettext_lazy("Noter le départ")
    done = gettext_lazy("Le départ est noté. Ce compte n’ouvre plus rien ici.")
    danger = True

    @property
    def title(self):
        return _("%(who)s s’en va ?") % self.who

    @property
    def effects(self):
        return [
            _("Ses rôles dans vos programmes se terminent aujourd’hui."),
            _("Ses connexions se ferment aussitôt, sur tous ses appareils."),
            _("Ce qui porte son nom le garde : parcours, signatures, journal."),
            _("Pour revenir, il faudra une nouvelle invitation."),
        ]

    def find(self, pk):
        super().find(pk)
        if self.account == self.request.user:
            raise PermissionDenied

    def extra(self):
        return {"followed_url": url_if_any("participants")}

    def act(self, form):
        close_account(by=self.request.user, user=self.account)


class SecondFactorReset(Close):
    template_name = ManagerAct.template_name
    submit = gettext_lazy("Retirer la seconde preuve")
    done = gettext_lazy("La seconde preuve est retirée. La personne est prévenue par courriel.")

    @property
    def title(self):
        return _("%(who)s a perdu sa seconde preuve ?") % self.who

    @property
    def effects(self):
        return [
            _("Vérifiez d’abord que la demande vient bien de cette personne : appelez-la."),
            _("Son application, ses clés et ses codes de secours ne servent plus."),
            _("Ses connexions se ferment aussitôt."),
            _("Elle en choisit une autre à sa prochaine visite, et reçoit un courriel."),
        ]

    def act(self, form):
        reset_second_factor(by=self.request.user, user=self.account)


# -- Invitations ---------------------------------------------------------------------------------


def invitation_for(request, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows.open(), pk=pk)


@post_only
def invitation_resend(request, pk):
    invitation = invitation_for(request, pk)
    try:
        resend(by=request.user, invitation=invitation)
    except (ValidationError, NotPending):
        tell(request, _("Cette invitation ne sert plus : envoyez-en une autre."))
    else:
        tell(request, _("L’invitation repart, pour quatorze jours."))
    return redirect("accounts")


class InvitationCancel(ManagerAct):
    form_class = Form
    submit = gettext_lazy("Annuler l’invitation")
    done = gettext_lazy("L’invitation est annulée.")
    danger = True

    def find(self, pk):
        self.invitation = invitation_for(self.request, pk)

    @property
    def title(self):
        of_name = french.elide("de", self.invitation.full_name)
        return _("Annuler l’invitation %(of_name)s ?") % {"of_name": of_name}

    @property
    def effects(self):
        return [
            _("Le lien déjà envoyé n’ouvre plus rien."),
            _("La personne n’est pas prévenue."),
        ]

    def act(self, form):
        try:
            cancel(by=self.request.user, invitation=self.invitation)
        except NotPending as error:
            raise ValidationError(_("Elle vient d’être acceptée.")) from error

    def back(self):
        return reverse("accounts"), _("Comptes")
