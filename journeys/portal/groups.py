"""« Mon groupe »: its path, its journal, what it made and who may see it, on one's own phone."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.collective.actions.entries import (
    keep_entry,
    may_change,
    remove_entry,
    restore_entry,
)
from journeys.collective.actions.groups import change_reader
from journeys.collective.actions.making import choose, take_back
from journeys.collective.enums import Licence, PartKind, Visibility
from journeys.collective.forms.groups import OwnEntryForm, ReaderForm
from journeys.collective.forms.productions import ChoiceForm
from journeys.collective.handing import shown_file
from journeys.collective.models import CollectiveAction, EndInterview, GroupEntry, GroupMember
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.collective.reading import drawn, entries_of, group_of
from journeys.documents.cleaning import JPEG
from journeys.portal.portal import own_page, show
from rtr.lib import tongue
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def _actions(request):
    actions = CollectiveAction.objects.visible_to(request.user)
    return actions.select_related("activity__place", "leader", "co_leader")


def _me(request, action: CollectiveAction) -> GroupMember:
    mine = GroupMember.objects.visible_to(request.user).inside()
    return get_object_or_404(mine, action=action, participant__user=request.user)


@own_page
def groups(request, journey):
    return show(request, "groups/groups", journey, actions=_actions(request))


@own_page
def group(request, journey, pk):
    """The next half-day first; then who is there, what was told, what was made."""
    action = get_object_or_404(_actions(request), pk=pk)
    interviews = EndInterview.objects.visible_to(request.user).filter(action=action)
    entries, there = entries_of(action), group_of(action, attended=False)
    for entry in entries:
        entry.is_mine = entry.written_by_id == request.user.pk
    return show(
        request,
        "groups/group",
        journey,
        action=action,
        leaders=[tongue.own(user.first_name) for user in action.leaders],
        group=there,
        inside=[tongue.own(member.nickname) for member in there.inside],
        entries=entries,
        productions=Production.objects.visible_to(request.user).filter(action=action),
        interview=interviews.select_related("with_user").first(),
    )


# -- The journal -----------------------------------------------------------------------------------


@own_page
def entry_add(request, journey, pk):
    action = get_object_or_404(_actions(request), pk=pk)
    _me(request, action)
    return _write(request, journey, GroupEntry(action=action))


@own_page
def entry_edit(request, journey, pk):
    return _write(request, journey, _own_entry(request, pk))


def _own_entry(request, pk: int) -> GroupEntry:
    rows = GroupEntry.objects.visible_to(request.user).select_related("action__activity")
    found = get_object_or_404(rows, pk=pk)
    if not may_change(found, request.user):
        raise Http404
    return found


def _write(request, journey, entry: GroupEntry):
    steps = entry.action.steps.filter(session__starts_at__lte=timezone.now())
    initial = {} if entry.pk else {"on": timezone.localdate()}
    form = bound(OwnEntryForm, request, instance=entry, steps=steps, initial=initial)
    back = reverse("portal_group", args=[entry.action_id])
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        tell(request, _("C’est dans le journal du groupe."))
        return redirect(back)
    status = 422 if request.method == "POST" else 200
    return show(request, "groups/entry", journey, status=status, form=form, back=back)


def _kept(request, form) -> bool:
    try:
        keep_entry(entry=form.instance, by=request.user, photo=form.cleaned_data["picture"])
    except ValidationError as error:
        say_refusal(form, error)
    return not form.errors


@post_only
@own_page
def entry_remove(request, journey, pk):
    entry = _own_entry(request, pk)
    remove_entry(entry=entry, by=request.user)
    undo_url = reverse("portal_entry_restore", args=[entry.pk])
    tell(request, _("C’est retiré du journal."), undo_url=undo_url)
    return redirect("portal_group", entry.action_id)


@post_only
@own_page
def entry_restore(request, journey, pk):
    try:
        entry = restore_entry(entry=pk, by=request.user)
    except ValidationError as error:
        raise Http404 from error
    tell(request, _("C’est revenu dans le journal."))
    return redirect("portal_group", entry.action_id)


@own_page
def entry_photo(request, journey, pk):
    entry = get_object_or_404(GroupEntry.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return shown_file(entry.photo, JPEG, f"journal-{entry.pk}")


# -- What we made ----------------------------------------------------------------------------------


def _production(request, pk: int) -> Production:
    rows = Production.objects.visible_to(request.user).select_related("action__activity")
    return get_object_or_404(rows, pk=pk)


def _mine(request, production: Production) -> ProductionAuthor | None:
    me = GroupMember.objects.visible_to(request.user).filter(participant__user=request.user)
    authors = ProductionAuthor.objects.visible_to(request.user).filter(production=production)
    return authors.filter(member__in=me.values("pk")).first()


@own_page
def production(request, journey, pk):
    found = _production(request, pk)
    parts = list(found.parts.all())
    return show(
        request,
        "groups/production",
        journey,
        production=found,
        parts=parts,
        points=[one for one in parts if one.kind == PartKind.POINT],
        drawn=drawn(parts),
        licence=Licence(found.licence),
        author=_mine(request, found),
    )


@own_page
def production_file(request, journey, pk):
    known = ProductionPart.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(known, pk=pk)
    return shown_file(found.file, found.content_type, f"production-{found.pk}")


def _own_author(request, pk: int) -> tuple[Production, ProductionAuthor]:
    found = _production(request, pk)
    author = _mine(request, found)
    if author is None:
        raise Http404
    return found, author


@own_page
def production_choice(request, journey, pk):
    """The author says who may see it; the most reserved of all choices counts."""
    found, author = _own_author(request, pk)
    given = {"visibility": author.visibility, "shows_nickname": author.shows_nickname}
    form = bound(ChoiceForm, request, initial=given if author.chosen_on else {})
    back = reverse("portal_production", args=[pk])
    if request.method == "POST" and form.is_valid():
        choose(author=author, by=request.user, **form.choice())
        tell(request, _("Votre choix est noté. Vous pouvez en changer."))
        return redirect(back)
    status = 422 if request.method == "POST" else 200
    return show(
        request, "groups/choice", journey, status=status, form=form, production=found, back=back
    )


@own_page
def production_withdraw(request, journey, pk):
    """Two taps: the link that leads here, and the button; it is closed at once."""
    found, author = _own_author(request, pk)
    if request.method == "POST":
        take_back(author=author, by=request.user)
        tell(request, _("C’est fait. Le groupe seul peut voir."))
        return redirect("portal_production", pk)
    back = reverse("portal_production", args=[pk])
    is_public = found.visibility == Visibility.EVERYONE
    return show(
        request, "groups/withdraw", journey, production=found, back=back, is_public=is_public
    )


@own_page
def interview_reader(request, journey, pk):
    """Who reads what one said at the end: one's own choice, changed at any time."""
    own = EndInterview.objects.visible_to(request.user).select_related("action__activity")
    found = get_object_or_404(own, pk=pk)
    form = bound(ReaderForm, request, initial={"reader": found.reader})
    back = reverse("portal_group", args=[found.action_id])
    if request.method == "POST" and form.is_valid():
        change_reader(interview=found, by=request.user, reader=form.cleaned_data["reader"])
        tell(request, _("Votre choix est noté. Vous pouvez en changer."))
        return redirect(back)
    status = 422 if request.method == "POST" else 200
    return show(request, "groups/reader", journey, status=status, form=form, back=back)
