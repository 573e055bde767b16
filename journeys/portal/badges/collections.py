"""« Mon portefeuille »: badges put together, to show them at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from badges.credentials.actions import collect, discard, recollect
from badges.credentials.models import Collection, CollectionItem
from journeys.portal.badges import reading
from journeys.portal.badges.forms import CollectionForm
from journeys.portal.portal import own_page, show
from journeys.recognition.holding import recipient_of
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def _own(request, pk) -> Collection:
    return get_object_or_404(Collection.objects.visible_to(request.user).kept(), pk=pk)


def _held(request):
    """What may be put together: badges that are worth something."""
    return list(reading.held_by(request.user).live().defer(*reading.HEAVY))


def _sent(request, form, act) -> bool:
    if request.method == "POST" and form.is_valid():
        try:
            act(
                name=form.cleaned_data["name"],
                words=form.cleaned_data["words"],
                credentials=form.chosen(),
                by=request.user,
            )
        except ValidationError as error:
            say_refusal(form, error)
    return request.method == "POST" and form.is_valid()


@own_page
def collection_add(request, journey):
    form = bound(CollectionForm, request, held=_held(request))

    @transaction.atomic
    def act(**fields):
        collect(recipient=recipient_of(journey.participant), **fields)

    if _sent(request, form, act):
        tell(request, _("Votre portefeuille est prêt."))
        return redirect("portal_badges")
    return _page(request, journey, form, None)


@own_page
def collection(request, journey, collection):
    found = _own(request, collection)
    inside = reading.held_by(request.user).filter(collected__collection=found)
    inside = list(inside.order_by("collected__rank", "pk").defer(*reading.HEAVY))
    return show(request, "badges/collection", journey, collection=found, inside=inside)


@own_page
def collection_edit(request, journey, collection):
    found, held = _own(request, collection), _held(request)
    items = CollectionItem.objects.visible_to(request.user).filter(collection=found)
    initial = {"name": found.name, "words": found.words}
    initial["badges"] = list(items.values_list("credential", flat=True))
    form = bound(CollectionForm, request, held=held, initial=initial)
    if _sent(request, form, lambda **fields: recollect(collection=found, **fields)):
        tell(request, _("C’est changé."))
        return redirect("portal_collection", found.pk)
    return _page(request, journey, form, found)


def _page(request, journey, form, found):
    status = 422 if request.method == "POST" else 200
    return show(
        request, "badges/collection_edit", journey, status=status, form=form, collection=found
    )


@own_page
def collection_remove(request, journey, collection):
    """The badges stay; links to it show nothing any more, at once."""
    found = _own(request, collection)
    if request.method == "POST":
        discard(collection=found, by=request.user)
        tell(request, _("C’est retiré. Vos badges restent."))
        return redirect("portal_badges")
    return show(request, "badges/collection_remove", journey, collection=found)
