"""The group's journal, as those who lead it write, read and print it."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.collective.actions.entries import (
    keep_entry,
    may_change,
    remove_entry,
    restore_entry,
)
from journeys.collective.coordination.paths import OfAction
from journeys.collective.forms.groups import EntryForm
from journeys.collective.handing import shown_file
from journeys.collective.models import GroupEntry
from journeys.collective.pages import action_for
from journeys.collective.reading import entries_of
from journeys.documents.cleaning import JPEG
from rtr.lib.http import post_only
from rtr.lib.told import tell


def journal_print(request, pk):
    """The journal on paper: nicknames only, in the order of days."""
    action = action_for(request, pk)
    entries = sorted(entries_of(action), key=lambda entry: (entry.on, entry.pk))
    back = reverse("collective", args=[action.pk])
    context = {"action": action, "entries": entries, "back": back, "today": timezone.localdate()}
    return render(request, "journeys/collective/journal_print.html", context)


class EntryAdd(OfAction):
    form_class = EntryForm
    title = gettext_lazy("Écrire dans le journal du groupe")
    submit = gettext_lazy("Écrire dans le journal")
    done = gettext_lazy("C’est dans le journal du groupe.")
    instance = None

    def form_options(self):
        entry = self.instance or GroupEntry(action=self.action)
        options = {"instance": entry, "steps": self.action.steps.all()}
        if not entry.pk:
            step = self.request.GET.get("etape", "")
            options["initial"] = {
                "on": timezone.localdate(),
                "step": step if step.isdigit() else None,
            }
        return options

    def act(self, form):
        photo = form.cleaned_data["picture"]
        return keep_entry(entry=form.instance, by=self.request.user, photo=photo)


class EntryEdit(EntryAdd):
    title = gettext_lazy("Modifier cette page du journal")
    submit = gettext_lazy("Enregistrer la page")
    done = gettext_lazy("La page est enregistrée.")

    def find(self, pk):
        self.instance = entry_for(self.request, pk)
        self.action = self.instance.action


def entry_for(request, pk: int) -> GroupEntry:
    """404 if it is unknown, or another's that one does not lead: nobody is told it exists."""
    rows = GroupEntry.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("action__activity"), pk=pk)
    if not may_change(found, request.user):
        raise Http404
    return found


@post_only
def entry_remove(request, pk):
    entry = entry_for(request, pk)
    remove_entry(entry=entry, by=request.user)
    undo_url = reverse("entry_restore", args=[entry.pk])
    tell(request, _("La page est retirée du journal."), undo_url=undo_url)
    return redirect("collective", entry.action_id)


@post_only
def entry_restore(request, pk):
    try:
        entry = restore_entry(entry=pk, by=request.user)
    except ValidationError as error:
        raise Http404 from error
    tell(request, _("La page est revenue dans le journal."))
    return redirect("collective", entry.action_id)


def entry_photo(request, pk):
    entry = get_object_or_404(GroupEntry.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    return shown_file(entry.photo, JPEG, f"journal-{entry.pk}")
