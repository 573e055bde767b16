"""A body's part in the consortium of a programme: taken, changed, ended; never rewritten."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.coordination.actions.network import change_part, end_part, join
from territories.coordination.organisations import OfOrganisation, organisation_for
from territories.coordination.pages import managed
from territories.organisations.forms import ChangePartForm, EndForm, JoinForm
from territories.organisations.models import ConsortiumMember


class ConsortiumAdd(OfOrganisation):
    form_class = JoinForm
    title = gettext_lazy("Ajouter au consortium")
    submit = gettext_lazy("Ajouter au consortium")
    done = gettext_lazy("La structure est dans le consortium.")

    def find(self, pk):
        super().find(pk)
        self.lead = str(self.organisation)

    def form_options(self):
        """The programme that knows it, or that of the top bar, comes first."""
        known = managed(self.request).filter(territories__in=self.request.place_ids)
        first = known.filter(consortium__organisation=self.organisation).first() or known.first()
        return {"programmes": managed(self.request), "initial": {"programme": first}}

    def act(self, form):
        asked = form.cleaned_data
        return join(
            organisation=self.organisation,
            programme=form.chosen_programme,
            role=asked["role"],
            part=asked["part"],
            on=asked["on"],
            by=self.request.user,
        )


class OfMember(OfOrganisation):
    """An act about one role that is still held, by who manages that programme."""

    def find(self, pk):
        members = ConsortiumMember.objects.visible_to(self.request.user).filter(until_on=None)
        self.member = get_object_or_404(members.select_related("programme"), pk=pk)
        if self.member.programme_id not in self.request.user.programmes_where("programme.manage"):
            raise PermissionDenied
        self.organisation = organisation_for(self.request, self.member.organisation_id)
        self.lead = _("%(name)s, %(role)s de %(programme)s.") % {
            "name": self.organisation,
            "role": self.member.get_role_display(),
            "programme": self.member.programme,
        }


class ConsortiumChange(OfMember):
    form_class = ChangePartForm
    title = gettext_lazy("Changer son rôle")
    submit = gettext_lazy("Enregistrer le rôle")
    done = gettext_lazy("Le rôle est enregistré.")

    def form_options(self):
        return {"initial": {"role": self.member.role, "part": self.member.part}}

    def act(self, form):
        return change_part(member=self.member, by=self.request.user, **form.cleaned_data)


class ConsortiumEnd(OfMember):
    form_class = EndForm
    title = gettext_lazy("Terminer son rôle")
    submit = gettext_lazy("Terminer ce rôle")
    done = gettext_lazy("Le rôle est terminé.")
    effects = [gettext_lazy("Elle quitte le consortium. Son rôle reste dans l’histoire.")]

    def act(self, form):
        return end_part(member=self.member, by=self.request.user, on=form.cleaned_data["on"])
