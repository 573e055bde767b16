"""Réglages: one line per subject with its value in words, one page per change, the history."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell
from territories.coordination import above
from territories.coordination.actions.settings import (
    change_settings,
    last_change,
    undo_settings,
)
from territories.coordination.forms import settings_form
from territories.coordination.pages import (
    ManagerAct,
    managed,
    managed_programme,
    part,
    url_if_any,
)
from territories.coordination.subjects import BY_SLUG, SUBJECTS, label, said, subject_of
from territories.programmes.models import SettingChange

SHOWN = 50  # changes on the history page


def programme_settings(request):
    programme = managed_programme(request)
    context = {
        "programme": programme,
        "programmes": managed(request),
        "subjects": [(subject, list(subject.lines(programme))) for subject in SUBJECTS],
        "wordings_url": url_if_any("contract_wordings"),
        "last": programme.changes.select_related("by").first(),
        "missing": missing(programme),
    }
    return part(request, "territories/coordination/settings.html", context)


def missing(programme) -> list[tuple[str, str]]:
    """What a programme lacks to work, and the page that gives it."""
    found = []
    if not programme.contract_text.strip():
        url = reverse("programme_setting", args=[programme.slug, "texte"])
        found.append((_("Le contrat n’a pas de texte."), url))
    if not programme.official_positive_exits:
        url = reverse("programme_setting", args=[programme.slug, "sorties"])
        found.append((_("Aucune sortie ne compte comme positive officielle."), url))
    return found


class SettingPage(ManagerAct):
    """One subject. A term that would erase something is asked a second time, with the number; one
    agrees to that number, another is asked again."""

    template_name = "territories/coordination/setting.html"

    def find(self, programme, subject):
        self.programme = managed_programme(self.request, programme)
        if subject not in BY_SLUG:
            raise Http404
        self.subject = BY_SLUG[subject]
        self.title = self.subject.title
        self.form_class = settings_form(self.subject)

    def back(self):
        return settings_url(self.programme), _("Réglages")

    def form_options(self):
        initial = {"seen": last_change(self.programme)}
        initial |= {n: getattr(self.programme, n) for n in self.subject.settings}
        return {"instance": self.programme, "initial": initial}

    def post(self, request, **kwargs):
        stored = managed_programme(request, self.programme.slug)  # the form writes on the other
        form = bound(self.form_class, request, **self.form_options())
        if not form.is_valid():
            return self.page(form, status=422)
        values = {name: form.cleaned_data[name] for name in self.subject.settings}
        self.effects = above.dangers(stored, values)
        if self.effects and request.POST.get("sure") != " ".join(self.effects):
            self.danger, self.submit = True, _("Changer et effacer")
            return self.page(form)
        return self.change(form, stored, values)

    def change(self, form, programme, values):
        seen = form.cleaned_data["seen"] or 0
        try:
            row = change_settings(
                programme=programme, by=self.request.user, values=values, seen=seen
            )
        except ValidationError as error:
            say_refusal(form, error)
            return self.page(form, status=409)
        if row is None:
            tell(self.request, _("Rien n’a changé."), level=messages.INFO)
        else:
            undo_url = reverse("programme_setting_undo", args=[row.pk])
            tell(self.request, _("Le réglage est changé."), undo_url=undo_url)
        return redirect(self.next_url())

    def extra(self):
        return {"subject": self.subject, "programme": self.programme}


@post_only
def programme_setting_undo(request, pk):
    change = get_object_or_404(SettingChange.objects.visible_to(request.user), pk=pk)
    programme, back = change.programme, settings_url(change.programme)
    if effects := above.dangers(programme, change.before):
        subject = subject_of(next(iter(change.before)))
        url = reverse("programme_setting", args=[programme.slug, subject.slug])
        words = " ".join([*effects, _("Changez la durée sur sa page si c’est bien voulu.")])
        tell(request, words, level=messages.WARNING, next_url=url, next_word=_("Ouvrir le réglage"))
        return redirect(back)
    try:
        undo_settings(change=change, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("Le réglage est comme avant."))
    return redirect(back)


def programme_history(request, programme):
    """Who changed which setting, when, from what to what."""
    programme = managed_programme(request, programme)
    changes = programme.changes.select_related("by")[:SHOWN]
    context = {
        "programme": programme,
        "changes": [(change, _told(change)) for change in changes],
        "back_url": settings_url(programme),
    }
    return part(request, "territories/coordination/history.html", context)


def _told(change: SettingChange) -> list[tuple[str, str, str]]:
    return [
        (label(name), said(name, change.before[name]), said(name, value))
        for name, value in change.after.items()
    ]


def settings_url(programme) -> str:
    return f"{reverse('programme_settings')}?programme={programme.slug}"
