"""Possible doubles: the list, the two files side by side, the merge and its undoing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from journeys.duplicates import beside
from journeys.duplicates.actions import apart, merging, undoing
from journeys.duplicates.checks import obstacles
from journeys.duplicates.forms import ONE, OTHER, LinkForm, MergeForm, OtherForm
from journeys.duplicates.models import KeptApart, Merge
from journeys.duplicates.reading import MOST_PAIRS, pairs
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage, journey_for
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.refusals import words_of
from rtr.lib.told import tell
from territories.accounts.doors import require

PAGE = 50
LATELY = 20  # merges and pairs kept apart, shown under the list


def duplicates(request):
    """All the pairs of these places, then what was decided lately."""
    found, cut = pairs(request.user, request.place_ids)
    first = int(start) if (start := request.GET.get("de", "")).isdigit() else 0
    shown = found[first : first + PAGE]
    merges = Merge.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    kept_apart = KeptApart.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    context = {
        "pairs": shown,
        "count": len(found),
        "cut": french.figures(MOST_PAIRS) if cut else "",
        "merges": merges.undoable().select_related("kept__journey", "by")[:LATELY],
        "kept_apart": beside.named(kept_apart.select_related("one", "by")[:LATELY], request.user),
        "previous_url": f"?de={max(0, first - PAGE)}" if first else "",
        "next_url": f"?de={first + PAGE}" if len(found) > first + PAGE else "",
    }
    return render(request, "journeys/duplicates/duplicates.html", context)


class OtherPage(ActPage):
    """An act on this file and another one, named by its code in `?avec=`."""

    permission = "duplicates.merge"
    form_class = OtherForm
    template_name = "journeys/duplicates/other.html"
    title = _("Réunir avec un autre dossier")
    submit = _("Comparer les deux dossiers")
    other: Journey | None = None

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        if code := request.GET.get("avec", ""):
            self.other = self.named(request.user, code)
            if self.other is None:
                raise Http404
        return journey

    def named(self, user, code: str) -> Journey | None:
        where = user.territories_where(self.permission)
        found = Journey.objects.visible_to(user).with_status().filter(territory__in=where)
        found = found.select_related("participant__organisation", "territory__programme")
        return found.filter(participant__code__iexact=code.strip()).first()

    def post(self, request, *args, **kwargs):
        if self.other:
            return super().post(request, *args, **kwargs)
        form = OtherForm(request.POST)
        if form.is_valid():
            other = self.named(request.user, form.cleaned_data["code"])
            if other and other.pk != self.journey.pk:
                return redirect(f"{request.path}?avec={other.participant.code}")
            text = _now("Aucun autre dossier que vous pouvez réunir ne porte ce code.")
            form.add_error("code", text)
        return self.page(form, status=422)


class MergePage(OtherPage):
    """Which file stays, field by field what differs, what will happen; then it is done."""

    done = _("Les deux dossiers n’en font plus qu’un. La réunion se défait pendant trente jours.")

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        self.is_here = self.other is not None and self.other.territory_id == journey.territory_id
        if self.other:
            self.template_name = "journeys/duplicates/merge.html"
            self.submit = _("Réunir ces deux dossiers")
            self.title = _("Est-ce la même personne ?")
        if self.is_here:
            self.form_class = MergeForm
            self.suggested = beside.suggested(journey, self.other)
        return journey

    def form_options(self):
        if not self.is_here:
            return {}
        keeps = ONE if self.suggested == self.journey else OTHER
        initial = {"seen_other": self.other.version}
        return {"one": self.journey, "other": self.other, "keeps": keeps, "initial": initial}

    def post(self, request, *args, **kwargs):
        if self.other and not self.is_here:
            return self.page(None, status=422)
        return super().post(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.other and not self.is_here:
            return self.page(None)
        return super().get(request, *args, **kwargs)

    def act(self, form, seen):
        kept, absorbed = self.journey, self.other
        seen_kept, seen_absorbed = seen, form.cleaned_data["seen_other"]
        if form.cleaned_data["keeps"] == OTHER:
            kept, absorbed = absorbed, kept
            seen_kept, seen_absorbed = seen_absorbed, seen_kept
        self.merge = merging.merge(
            kept=kept,
            absorbed=absorbed,
            by=self.request.user,
            seen=seen_kept,
            seen_absorbed=seen_absorbed,
            taken=form.taken(form.cleaned_data["keeps"]),
        )
        self.journey = kept
        return self.merge

    def after(self, row):
        return {"next_url": reverse("merge_undo", args=[row.pk]), "next_word": _("Défaire")}

    def page(self, form, *, status=200, changes=()):
        if status == 409:  # whichever of the two changed
            for journey in (self.journey, self.other):
                journey.refresh_from_db(fields=["version"])
            form.data = form.data.copy()
            form.data["seen_other"] = self.other.version
        return super().page(form, status=status, changes=changes)

    def extra(self):
        if not self.other:
            return {}
        absorbed = self.journey if self.is_here and self.suggested == self.other else self.other
        kept = self.journey if absorbed == self.other else self.other
        return {
            "other": self.other,
            "is_here": self.is_here,
            "files": beside.files(self.journey, self.other),
            "obstacles": obstacles(kept, absorbed, self.request.user) if self.is_here else [],
            "same_programme": self.other.territory.programme_id
            == self.journey.territory.programme_id,
        }


class LinkPage(OtherPage):
    """Two files of two programmes: said to be one person's, who agreed."""

    title = _("Relier deux dossiers de deux programmes")
    done = _("C’est noté : ces deux dossiers sont ceux d’une même personne.")

    def find(self, request, pk, **kwargs):
        journey = super().find(request, pk)
        if self.other:
            self.form_class, self.template_name = LinkForm, "journeys/duplicates/link.html"
            self.submit = _("Relier ces deux dossiers")
        return journey

    def initial(self):
        return {"agreed_on": timezone.localdate()} if self.other else {}

    def act(self, form, seen):
        apart.link_persons(
            one=self.journey.participant,
            other=self.other.participant,
            by=self.request.user,
            agreed_on=form.cleaned_data["agreed_on"],
        )

    def extra(self):
        return {"other": self.other} if self.other else {}


@post_only
def kept_apart(request, pk):
    """« Ce n’est pas elle »: the pair goes from the hints; back where one came from."""
    journey = journey_for(request, pk, "duplicates.merge")
    others = Participant.objects.visible_to(request.user)
    other = get_object_or_404(others, code=request.POST.get("avec", ""))
    require(request.user, "duplicates.merge", other.territory_id)
    try:
        pair = apart.keep_apart(one=journey.participant, other=other, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        names = {"one": journey.participant.nickname, "other": other.nickname}
        text = _now("C’est noté : %(one)s et %(other)s sont deux personnes.") % names
        tell(request, text, undo_url=reverse("kept_apart_undo", args=[pair.pk]))
    return redirect("duplicates")


@post_only
def kept_apart_undo(request, pk):
    found = KeptApart.objects.visible_to(request.user).select_related("one")
    apart.hint_again(pair=get_object_or_404(found, pk=pk), by=request.user)
    tell(request, _now("C’est annulé : ces deux dossiers se comparent de nouveau."))
    return redirect("duplicates")


def merge_undo(request, pk):
    """What undoing puts back and what stays; then it is done."""
    merges = Merge.objects.visible_to(request.user)
    merge = get_object_or_404(merges.select_related("kept__journey", "by"), pk=pk)
    refusal = undoing.in_the_way(merge)
    if request.method == "POST":
        try:
            undone = undoing.undo_merge(merge=merge, by=request.user)
        except (ValidationError, IntegrityError) as error:
            refusal = refusal or _said(error)
        else:
            text = _now("Les deux dossiers sont de nouveau séparés.")
            tell(request, f"{text} {undoing.stays_in_words(undone.acts)}".strip())
            return redirect("journey", merge.kept.journey.pk)
    context = {
        "merge": merge,
        "refusal": refusal,
        "stays": "" if refusal else undoing.stays_in_words(undoing.acts_since(merge)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/duplicates/undo.html", context, status=status)


def _said(error: ValidationError | IntegrityError) -> str:
    if isinstance(error, IntegrityError):
        return words_of(error)
    return " ".join(error.messages)
