"""Writing a badge: its words, where it is filed, what it speaks to, its image."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from badges.achievements import actions, drawing
from badges.achievements.coordination.catalogue import drawn
from badges.achievements.coordination.doors import (
    CatalogueAct,
    StewardAct,
    badge_for,
    bodies_of,
    known,
    programme_for,
)
from badges.achievements.enums import Status
from badges.achievements.forms import (
    AlignmentForms,
    DesignForm,
    FilingForm,
    ImageForm,
    NewForm,
    WordsForm,
)
from badges.achievements.models import Achievement, AchievementVersion
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell


def fields_of(request, programme) -> list[str]:
    """The fields already used, offered as one types."""
    rows = known(request).filter(programme=programme).order_by("field")
    return list(rows.values_list("field", flat=True).distinct())


class Add(CatalogueAct):
    form_class = NewForm
    title = gettext_lazy("Écrire un badge")
    lead = gettext_lazy("C’est un brouillon : personne ne le voit avant que vous le publiiez.")
    submit = gettext_lazy("Créer le brouillon")
    done = gettext_lazy("Le brouillon est créé. Dessinez maintenant son image.")

    def find(self):
        self.programme = programme_for(self.request)

    def form_options(self):
        return {"bodies": bodies_of(self.request, self.programme)}

    def extra(self):
        return {"fields": fields_of(self.request, self.programme)}

    def act(self, form):
        self.badge = actions.create(
            programme=self.programme,
            by=self.request.user,
            words=form.words,
            filed=form.filed,
            co_designers=form.cleaned_data["co_designers"],
        )

    def next_url(self):
        return reverse("achievement_design", args=[self.badge.pk])


class Words(StewardAct):
    form_class = WordsForm
    title = gettext_lazy("Changer les mots")
    submit = gettext_lazy("Enregistrer le brouillon")
    done = gettext_lazy("Le brouillon est enregistré.")

    @property
    def lead(self):
        if self.badge.status == Status.DRAFT:
            return ""
        return _(
            "Ce que vous changez va dans un brouillon. Les badges délivrés gardent leurs mots."
        )

    def form_options(self):
        last = _last(self.badge)
        words = {name: getattr(last, name) for name in WordsForm.base_fields}
        return {"initial": words | {"tags": ", ".join(last.tags)}}

    def act(self, form):
        return actions.write(achievement=self.badge, by=self.request.user, words=form.words)


def _last(badge: Achievement) -> AchievementVersion:
    """The draft, or what is published: the first in the order of versions."""
    return badge.versions.first()


class Filing(StewardAct):
    form_class = FilingForm
    title = gettext_lazy("Ranger et partager")
    lead = gettext_lazy("Cela change tout de suite, sans nouvelle version.")
    submit = gettext_lazy("Enregistrer le rangement")
    done = gettext_lazy("Le rangement est enregistré.")

    def form_options(self):
        of = self.badge
        initial = {name: getattr(of, name) for name in ("field", "audience", "is_shared")}
        initial |= {"organisation": of.organisation_id, "co_designers": of.co_designers.all()}
        return {"initial": initial, "bodies": bodies_of(self.request, of.programme)}

    def extra(self):
        return {"fields": fields_of(self.request, self.badge.programme)}

    def act(self, form):
        actions.file_under(
            achievement=self.badge,
            by=self.request.user,
            filed=form.filed,
            co_designers=form.cleaned_data["co_designers"],
        )


def alignments(request, pk):
    """Codes of public lists that the badge speaks to, one block each; empty ones are left out."""
    badge = badge_for(request, pk, steward=True)
    if request.method == "POST":
        forms = AlignmentForms(request.POST)
        if forms.is_valid():
            actions.align(achievement=badge, by=request.user, rows=forms.rows)
            tell(request, _("Les correspondances sont enregistrées."))
            return redirect("achievement", badge.pk)
    else:
        rows = _last(badge).alignments.values("framework", "code", "name", "url")
        forms = AlignmentForms(initial=list(rows))
    context = {"badge": badge, "forms": forms}
    status = 422 if forms.is_bound else 200
    return render(request, "badges/achievements/alignments.html", context, status=status)


# -- The image -------------------------------------------------------------------------------------


def design(request, pk):
    """The designer. « Voir l’aperçu » draws what is chosen; nothing is kept before « Garder »."""
    badge = badge_for(request, pk, steward=True)
    last = _last(badge)
    if request.method == "POST":
        form = DesignForm(request.POST)
        if form.is_valid() and "preview" not in request.POST:
            chosen = form.cleaned_data | {"level": last.level}
            try:
                actions.illustrate(achievement=badge, by=request.user, design=chosen)
            except ValidationError as error:
                say_refusal(form, error)
            else:
                tell(request, _("L’image est gardée dans le brouillon."))
                return redirect("achievement", badge.pk)
    else:
        form = DesignForm(initial=_first_choices(request.user, badge, last))
    return _designer(request, badge, form, ImageForm())


def image(request, pk):
    """An image made elsewhere, in place of the designer's."""
    badge = badge_for(request, pk, steward=True)
    if request.method != "POST":
        return redirect("achievement_design", badge.pk)
    form = ImageForm(request.POST, request.FILES)
    if form.is_valid():
        actions.illustrate(achievement=badge, by=request.user, svg=form.cleaned_data["file"])
        tell(request, _("L’image est gardée dans le brouillon."))
        return redirect("achievement", badge.pk)
    chosen = DesignForm(initial=_first_choices(request.user, badge, _last(badge)))
    return _designer(request, badge, chosen, form)


def _first_choices(user, badge: Achievement, last: AchievementVersion) -> dict:
    """What the image shows today; a new badge looks like those of its field."""
    if last.design:
        return last.design
    like = AchievementVersion.objects.visible_to(user).drawn_like(badge).first()
    look = like.design if like else {"shape": "hexagon", "colour": "#0f5c5c"}
    chosen = {"shape": look["shape"], "colour": look["colour"], "pictogram": "award"}
    return chosen | {"title": badge.name[: drawing.LONGEST]}


def _designer(request, badge, form, upload):
    chosen = {name: form[name].value() or "" for name in form.fields}
    context = {
        "badge": badge,
        "form": form,
        "upload": upload,
        "chosen": chosen | {"level": _last(badge).level},
        "kept_elsewhere": bool(_last(badge).image_svg and not _last(badge).design),
    }
    refused = (form.is_bound and not form.is_valid()) or upload.errors
    return render(
        request, "badges/achievements/design.html", context, status=422 if refused else 200
    )


@require_safe
def preview(request):
    """What these choices draw: the designer's page asks again at each change."""
    names = ("shape", "colour", "pictogram", "title", "level")
    try:
        svg = drawing.draw({name: request.GET[name] for name in names if name in request.GET})
    except ValueError:
        return HttpResponseBadRequest()
    return drawn(svg)
