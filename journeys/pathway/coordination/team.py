"""The team: who is in it, what each may read, who opened the file; objections."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway.actions import people
from journeys.pathway.enums import TeamRole
from journeys.pathway.file import file_context
from journeys.pathway.forms.team import MemberForm, ObjectionForm, ShareForm
from journeys.pathway.models import Journey
from journeys.pathway.pages import ActPage, journey_for
from journeys.pathway.team import openings_of, team_of
from rtr.lib import french
from rtr.lib.forms import Form


def team(request, pk):
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "team")
    answers = context["reading"].answers
    context["team"] = team_of(journey, with_objections=answers)
    context["openings"] = openings_of(journey) if answers else []
    context["can_assign"] = request.user.may("journeys.assign", journey.territory_id)
    return render(request, "journeys/pathway/team.html", context)


class MemberAddPage(ActPage):
    permission = "journeys.assign"
    form_class = MemberForm
    title = gettext_lazy("Ajouter un membre à l’équipe")
    submit = gettext_lazy("Ajouter à l’équipe")
    done = gettext_lazy("L’équipe a un membre de plus.")

    @property
    def lead(self):
        name = self.journey.participant.nickname
        return _("%(name)s voit cette liste et la raison, et peut s’y opposer.") % {"name": name}

    def form_options(self):
        return {"members": people.possible_members(self.journey)}

    def act(self, form, seen):
        data = form.cleaned_data
        return people.add_member(
            journey=self.journey,
            by=self.request.user,
            seen=seen,
            user=data["member"].user,
            organisation=data["member"].organisation,
            role=data["role"],
            reason=data["reason"],
        )

    def next_url(self):
        return reverse("journey_team", args=[self.journey.pk])


class MemberPage(ActPage):
    """An act on one member."""

    form_class = Form

    def find(self, request, pk, member):
        journey = super().find(request, pk)
        members = journey.team.select_related("user", "organisation")
        self.member = get_object_or_404(members, pk=member)
        self.member.journey = journey
        return journey

    @property
    def names(self) -> dict[str, str]:
        member = self.member.user.first_name or str(self.member.user)
        person = self.journey.participant.nickname
        return {
            "member": member,
            "of_member": french.elide("de", member),
            "person": person,
            "of_person": french.elide("de", person),
            "that_person": french.elide("que", person),
        }

    def next_url(self):
        """Whoever loses their own access lands on the list, not on a page that is closed."""
        if Journey.objects.visible_to(self.request.user).filter(pk=self.journey.pk).exists():
            return reverse("journey_team", args=[self.journey.pk])
        return reverse("participants")


class MemberEndPage(MemberPage):
    permission = "journeys.assign"
    template_name = "journeys/pathway/confirm.html"
    submit = gettext_lazy("Retirer de l’équipe")

    @property
    def title(self):
        return _("Retirer %(member)s de l’équipe %(of_person)s ?") % self.names

    @property
    def effects(self):
        return [
            _("%(member)s n’ouvre plus ce dossier, dès maintenant.") % self.names,
            _("Sa place dans l’équipe reste dans l’histoire, avec ses dates.") % self.names,
        ]

    @property
    def done(self):
        return _("%(member)s n’est plus dans l’équipe.") % self.names

    def act(self, form, seen):
        return people.end_member(member=self.member, by=self.request.user, seen=seen)


class MemberSharePage(MemberPage):
    form_class = ShareForm
    title = gettext_lazy("Choisir ensemble ce qui se lit")
    submit = gettext_lazy("Noter cet accord")
    done = gettext_lazy("L’accord est noté.")

    def find(self, request, pk, member):
        journey = super().find(request, pk, member)
        if self.member.until_on or self.member.role == TeamRole.ACTIVITY_REFERENT:
            raise PermissionDenied
        return journey

    @property
    def lead(self):
        return _("À cocher avec %(person)s, qui peut changer d’avis à tout moment.") % self.names

    def form_options(self):
        held = self.member.shares.all().active().values_list("category", flat=True)
        label = _("Avec l’accord %(of_person)s, %(member)s peut lire :") % self.names
        return {"initial": {"categories": list(held)}, "label": label}

    def act(self, form, seen):
        return people.share(
            member=self.member,
            by=self.request.user,
            seen=seen,
            categories=form.cleaned_data["categories"],
        )


class MemberObjectPage(MemberPage):
    """The person objects to a member, or gives the access back.

    The form carries which of the two was asked, so that two people noting the same objection
    never give the access back.
    """

    form_class = ObjectionForm
    template_name = "journeys/pathway/confirm.html"

    @property
    def gives_back(self) -> bool:
        return self.member.suspended_on is not None

    @property
    def danger(self):
        return not self.gives_back

    @property
    def title(self):
        if self.gives_back:
            return _("Rendre à %(member)s l’accès au dossier %(of_person)s ?") % self.names
        return _("Noter %(that_person)s s’oppose à l’accès %(of_member)s ?") % self.names

    @property
    def effects(self):
        if self.gives_back:
            return [
                _("À la demande %(of_person)s seulement.") % self.names,
                _("%(member)s ouvre de nouveau le dossier, selon sa place.") % self.names,
            ]
        return [
            _("%(member)s ne voit plus rien du dossier, dès maintenant.") % self.names,
            _("Aucune raison n’est à donner.") % self.names,
            _("%(person)s peut rendre l’accès à tout moment.") % self.names,
        ]

    @property
    def submit(self):
        return _("Rendre l’accès") if self.gives_back else _("Suspendre l’accès")

    def initial(self):
        return {"standing": self.gives_back}

    @property
    def done(self):
        if self.gives_back:
            return _("L’accès de %(member)s est suspendu.") % self.names
        return _("L’accès de %(member)s est rendu.") % self.names

    def act(self, form, seen):
        standing = form.cleaned_data["standing"]
        return people.object_to(member=self.member, by=self.request.user, standing=standing)
