"""The person decides who sees: a link with an end, what it shows said first, taken back in two
taps."""

import datetime

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from badges.credentials import rendering
from badges.credentials.actions import share, withdraw
from badges.credentials.models import Collection, Credential, ShareLink
from journeys.portal.badges import reading
from journeys.portal.badges.forms import ShareForm
from journeys.portal.badges.pages import own
from journeys.portal.portal import own_page, show
from rtr.lib import tongue
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell

SECOND_TAP = datetime.timedelta(seconds=20)  # within which showing again is the same act


def consent_to(shown: Credential | Collection, *, has_words: bool, is_endorsed: bool) -> list[str]:
    """What is read before saying yes, and kept as it was read."""
    said = [_("Qui a ce lien voit la page."), _("Elle montre l’image et le nom du badge.")]
    if isinstance(shown, Collection):
        said[1] = _("Elle montre tous les badges de ce portefeuille.")
    said.append(_("Elle dit ce qu’il fallait faire, et qui le reconnaît."))
    if has_words:
        said.append(_("Elle montre les mots que vous avez choisis."))
    if is_endorsed:
        said.append(_("Elle montre qui soutient ce badge."))
    said.append(_("Elle ne montre ni vos récits, ni vos photos, ni votre voix."))
    said.append(_("Elle ne dit rien de votre parcours."))
    said.append(_("Vous arrêtez quand vous voulez. C’est tout de suite."))
    return said


@own_page
def share_badge(request, journey, badge):
    found = own(request, badge)
    if found.is_revoked:
        return redirect("portal_badge", found.pk)
    endorsed = bool(reading.story_of(request.user, found).endorsements)
    says = consent_to(found, has_words=bool(found.evidence_narrative), is_endorsed=endorsed)
    return _share_page(request, journey, says, credential=found)


@own_page
def share_collection(request, journey, collection):
    rows = Collection.objects.visible_to(request.user).kept()
    found = get_object_or_404(rows, pk=collection)
    inside = reading.held_by(request.user).filter(collected__collection=found).defer(*reading.HEAVY)
    words = any(one.evidence_narrative for one in inside) or bool(found.words)
    says = consent_to(found, has_words=words, is_endorsed=False)
    return _share_page(request, journey, says, collection=found)


def _share_page(request, journey, says: list[str], **what):
    form = bound(ShareForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            link = _just_shared(request, what) or _share(request, form, says, what)
        except ValidationError as error:
            say_refusal(form, error)
        else:
            return redirect("portal_share", link.pk)
    status = 422 if request.method == "POST" else 200
    return show(request, "badges/share", journey, status=status, form=form, says=says, **what)


def _share(request, form: ShareForm, says: list[str], what: dict) -> ShareLink:
    until, name = form.until(), form.cleaned_data["name"].strip()
    said = [*says, _("Le lien s’arrête le %(day)s.") % {"day": tongue.day_in_full(until.date())}]
    if name:
        said.append(_("La page montre ce nom : %(name)s.") % {"name": tongue.own(name)})
    else:
        said.append(_("La page ne montre pas mon nom."))
    return share(**what, until=until, name=name, words="\n".join(said), by=request.user)


def _just_shared(request, what: dict) -> ShareLink | None:
    """A second tap of the same finger."""
    rows = ShareLink.objects.visible_to(request.user).open().filter(**what)
    return rows.filter(consented_on__gt=timezone.now() - SECOND_TAP).first()


def _links(request):
    rows = ShareLink.objects.visible_to(request.user)
    return rows.select_related("credential__version", "collection").defer(
        "credential__document", "credential__token", "credential__version__image_svg"
    )


@own_page
def shares(request, journey):
    links = list(_links(request))
    standing = [one for one in links if one.is_open]
    ended = [one for one in links if not one.is_open]
    return show(request, "badges/shares", journey, standing=standing, ended=ended)


@own_page
def share_one(request, journey, link):
    """The drawing that somebody aims at, and the link to send."""
    found = get_object_or_404(_links(request), pk=link)
    qr = rendering.as_qr(found.url) if found.is_open else ""
    return show(request, "badges/shared", journey, link=found, qr=qr)


@own_page
def share_stop(request, journey, link):
    """Two taps: the link that leads here, and the button; the page answers 410 at once."""
    found = get_object_or_404(_links(request), pk=link)
    if request.method == "POST":
        withdraw(link=found, by=request.user)
        tell(request, _("C’est arrêté. Le lien ne montre plus rien."))
        return redirect("portal_shares")
    return show(request, "badges/share_stop", journey, link=found)
