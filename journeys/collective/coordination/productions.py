"""What groups made: the list, the page of one, its parts, its authors and what they chose."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.tabs import part
from journeys.collective.actions.making import (
    add_authors,
    add_part,
    choose,
    keep_production,
    remove_part,
    remove_production,
    restore_production,
)
from journeys.collective.enums import Licence, PartKind
from journeys.collective.forms.productions import (
    AuthorsForm,
    FileForm,
    LinkForm,
    PointForm,
    ProductionForm,
    SaidChoiceForm,
)
from journeys.collective.handing import shown_file
from journeys.collective.models import CollectiveAction, GroupMember
from journeys.collective.pages import FormPage, action_for, may_change
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.collective.reading import authors_of, drawn, with_unchosen
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell


def rows_of(request, action: CollectiveAction) -> list[Production]:
    return list(with_unchosen(Production.objects.visible_to(request.user).filter(action=action)))


def productions(request):
    """All that one may see, whatever the group."""
    rows = Production.objects.visible_to(request.user).filter(territory__in=request.place_ids)
    rows = with_unchosen(rows.select_related("action__activity__organisation"))
    return part(request, "journeys/collective/productions.html", {"rows": rows})


def production_for(request, pk: int, *, to_change: bool = False) -> Production:
    rows = Production.objects.visible_to(request.user)
    rows = rows.select_related("action__activity__territory", "action__activity__organisation")
    found = get_object_or_404(rows, pk=pk)
    if to_change and not may_change(request, found.action):
        raise PermissionDenied
    return found


def production(request, pk):
    found = production_for(request, pk)
    knows_group = CollectiveAction.objects.visible_to(request.user).filter(pk=found.action_id)
    parts = list(found.parts.all())
    context = {
        "production": found,
        "parts": parts,
        "points": [one for one in parts if one.kind == PartKind.POINT],
        "drawn": drawn(parts),
        "authors": authors_of(found) if knows_group.exists() else [],
        "licence": Licence(found.licence),
        "may_change": may_change(request, found.action),
    }
    return part(request, "journeys/collective/production.html", context)


def production_file(request, pk):
    known = ProductionPart.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(known, pk=pk)
    return shown_file(found.file, found.content_type, f"production-{found.pk}")


# -- Acts ------------------------------------------------------------------------------------------


class ProductionAdd(FormPage):
    form_class = ProductionForm
    title = gettext_lazy("Ajouter une production")
    lead = gettext_lazy("Ce que le groupe a fait : une carte, un portrait, un son, un objet…")
    submit = gettext_lazy("Ajouter la production")
    done = gettext_lazy("La production est là. Ajoutez ses fichiers et ses auteurs.")

    def find(self, pk):
        self.action = action_for(self.request, pk, to_change=True)

    def back(self):
        return reverse("collective", args=[self.action.pk]), self.action.activity.title

    def form_options(self):
        today = {"made_on": timezone.localdate()}
        return {"instance": Production(action=self.action), "initial": today}

    def act(self, form):
        self.production = keep_production(production=form.instance, by=self.request.user)

    def next_url(self):
        return reverse("production", args=[self.production.pk])


class OfProduction(FormPage):
    def find(self, pk):
        self.production = production_for(self.request, pk, to_change=True)

    def back(self):
        return reverse("production", args=[self.production.pk]), self.production.title


class ProductionEdit(OfProduction):
    form_class = ProductionForm
    title = gettext_lazy("Modifier la production")
    submit = gettext_lazy("Enregistrer la production")

    def form_options(self):
        return {"instance": self.production}

    def act(self, form):
        keep_production(production=form.instance, by=self.request.user)


class PartAdd(OfProduction):
    """A file, a link or a point, one at a time."""

    forms = {
        "fichier": (FileForm, None, gettext_lazy("Ajouter un fichier")),
        "lien": (LinkForm, PartKind.LINK, gettext_lazy("Ajouter un lien")),
        "point": (PointForm, PartKind.POINT, gettext_lazy("Ajouter un point de la carte")),
    }
    done = gettext_lazy("C’est ajouté.")

    def find(self, pk, what):
        if what not in self.forms:
            raise Http404
        super().find(pk)
        self.form_class, self.kind, self.title = self.forms[what]
        self.submit, self.what = self.title, what

    def form_options(self):
        return {"instance": ProductionPart(production=self.production)}

    def act(self, form):
        values = {"kind": self.kind} if self.kind else {}
        added = ProductionPart(production=self.production, **form.part() | values)
        file = form.cleaned_data.get("file")
        return add_part(part=added, by=self.request.user, file=file)

    def after(self, row):
        url = reverse("production_part_add", args=[self.production.pk, self.what])
        return {"next_url": url, "next_word": _("En ajouter un autre")}


@post_only
def part_remove(request, pk):
    known = ProductionPart.objects.visible_to(request.user).select_related("production")
    found = get_object_or_404(known, pk=pk)
    production_for(request, found.production_id, to_change=True)
    remove_part(part=found, by=request.user)
    tell(request, _("C’est retiré."))
    return redirect("production", found.production_id)


@post_only
def production_remove(request, pk):
    found = production_for(request, pk, to_change=True)
    remove_production(production=found, by=request.user)
    undo_url = reverse("production_restore", args=[found.pk])
    tell(request, _("La production est retirée."), undo_url=undo_url)
    return redirect("collective", found.action_id)


@post_only
def production_restore(request, pk):
    try:
        found = restore_production(production=pk, by=request.user)
    except ValidationError as error:
        raise Http404 from error
    tell(request, _("La production est revenue."))
    return redirect("production", found.pk)


# -- Authors ---------------------------------------------------------------------------------------


class AuthorsAdd(OfProduction):
    form_class = AuthorsForm
    title = gettext_lazy("Dire qui l’a faite")
    lead = gettext_lazy("Chacun choisit ensuite qui peut voir. D’ici là, le groupe seul voit.")
    submit = gettext_lazy("Noter les auteurs")
    done = gettext_lazy("Les auteurs sont notés.")

    def find(self, pk):
        super().find(pk)
        named = self.production.authors.values("member")
        members = GroupMember.objects.visible_to(self.request.user).inside()
        self.members = list(members.filter(action=self.production.action).exclude(pk__in=named))

    def form_options(self):
        return {"members": [(str(one.pk), one.nickname) for one in self.members]}

    def act(self, form):
        chosen = [one for one in self.members if str(one.pk) in form.cleaned_data["members"]]
        add_authors(production=self.production, members=chosen, by=self.request.user)


class ChoiceNote(FormPage):
    form_class = SaidChoiceForm
    lead = gettext_lazy(
        "Notez ce que la personne vous a dit. Elle peut changer d’avis, ici ou sur ses pages."
    )
    submit = gettext_lazy("Noter son choix")
    done = gettext_lazy("Son choix est noté, d’après ce que la personne a dit.")

    def find(self, pk):
        known = ProductionAuthor.objects.visible_to(self.request.user)
        self.author = get_object_or_404(known.select_related("production"), pk=pk)
        self.production = production_for(self.request, self.author.production_id, to_change=True)
        members = GroupMember.objects.visible_to(self.request.user)
        self.member = get_object_or_404(members, pk=self.author.member)

    @property
    def title(self):
        return _("Le choix %(of_name)s") % {"of_name": french.elide("de", self.member.nickname)}

    def back(self):
        return reverse("production", args=[self.production.pk]), self.production.title

    def form_options(self):
        author = self.author
        return {
            "initial": {
                "visibility": author.visibility,
                "shows_nickname": author.shows_nickname,
                "on": timezone.localdate(),
            }
        }

    def act(self, form):
        return choose(author=self.author, by=self.request.user, **form.choice())
