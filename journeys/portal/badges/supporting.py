"""The person asks somebody to support a badge of theirs; takes a support off it, or the
request back."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.endorsements.actions import address, cancel, invite, withdraw
from badges.endorsements.models import Endorsement
from journeys.portal.badges.pages import own
from journeys.portal.portal import own_page, show
from rtr.lib import qr
from rtr.lib.forms import Form
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


class SupportForm(Form):
    says_optional = False
    email = forms.EmailField(
        label=gettext_lazy("Son adresse e-mail"),
        help_text=gettext_lazy("Sans adresse, vous recevez un dessin à montrer."),
        required=False,
    )
    name_shown = forms.CharField(
        label=gettext_lazy("Le nom que cette personne lira"),
        help_text=gettext_lazy("Laissez vide pour ne rien dire de vous."),
        max_length=120,
        required=False,
    )


@own_page
def support(request, journey, badge):
    """The button is the wish: nobody is asked about a badge without its holder."""
    found = own(request, badge)
    if found.is_revoked:
        return redirect("portal_badge", found.pk)
    form, link = bound(SupportForm, request), ""
    if request.method == "POST" and form.is_valid():
        try:
            row, token = invite(
                subject=found,
                territory=journey.territory,
                by=request.user,
                is_agreed=True,
                **form.cleaned_data,
            )
        except ValidationError as error:
            say_refusal(form, error)
        else:
            if row.was_mailed:
                tell(request, _("La demande est partie."))
                return redirect("portal_badge", found.pk)
            link = address(token)
    return _page(request, journey, found, form, link)


def _page(request, journey, found, form, link: str):
    status = 422 if request.method == "POST" and not link else 200
    waiting = Endorsement.objects.visible_to(request.user).to_answer().filter(credential=found)
    context = {"badge": found, "form": form, "link": link, "waiting": waiting.count()}
    context["qr"] = qr.svg(link, _("Dessin à viser avec un téléphone")) if link else ""
    return show(request, "badges/support", journey, status=status, **context)


@own_page
def support_remove(request, journey, support):
    """Two taps; the badge is signed again without it. A link that nobody answered closes."""
    rows = Endorsement.objects.visible_to(request.user).filter(credential__isnull=False)
    rows = (rows.given() | rows.to_answer()).select_related("endorser", "credential__version")
    found = get_object_or_404(rows, pk=support)
    if request.method == "POST":
        if found.endorser:
            withdraw(endorsement=found, by=request.user)
            tell(request, _("Ce soutien n’est plus sur votre badge."))
        else:
            cancel(endorsement=found, by=request.user)
            tell(request, _("La demande est retirée."))
        return redirect("portal_badge", found.credential_id)
    title = _("Retirer ce soutien ?") if found.endorser else _("Retirer cette demande ?")
    return show(request, "badges/support_remove", journey, support=found, title=title)
