"""Who is in a group, and the talk at the end."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.collective.actions.groups import join, leave, note_interview, write_interview
from journeys.collective.coordination.paths import OfAction
from journeys.collective.enums import Place
from journeys.collective.forms.groups import InterviewForm, JoinForm
from journeys.collective.models import EndInterview, GroupMember
from journeys.collective.pages import action_for
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr.lib.forms import Form
from rtr.lib.http import post_only
from rtr.lib.told import tell


class Join(OfAction):
    form_class = JoinForm
    title = gettext_lazy("Ajouter quelqu’un au groupe")
    lead = gettext_lazy("Une place dans toutes les demi-journées à venir, en une fois.")
    submit = gettext_lazy("Ajouter au groupe")
    done = gettext_lazy("C’est fait.")

    def form_options(self):
        """Those one follows are chosen in a list; anybody gives a nickname, or their card."""
        user, here = self.request.user, self.action.territory_id
        followed = Journey.objects.visible_to(user).filter(
            team__in=user.team_places.standing(),
            territory__in=user.territories_where("enrolments.manage") & {here},
        )
        people = Participant.objects.filter(journey__in=followed).order_by("nickname", "pk")
        return {
            "participants": people,
            "known": Participant.objects.filter(territory=here),
            "initial": {"client_uuid": uuid.uuid4()},
        }

    def act(self, form):
        said = {name: form.cleaned_data.get(name) for name in ("participant", "client_uuid")}
        nickname = form.cleaned_data["nickname"]
        member = join(action=self.action, by=self.request.user, nickname=nickname, **said)
        name = {"name": member.nickname}
        self.done = _("%(name)s est dans le groupe.") % name
        if member.place == Place.WAITING:
            self.done = _("Le groupe est complet : %(name)s est en liste d’attente.") % name
        return member

    def after(self, row):
        url = reverse("collective_join", args=[self.action.pk])
        return {"next_url": url, "next_word": _("Ajouter quelqu’un d’autre")}


class Leave(OfAction):
    form_class = Form
    submit = gettext_lazy("Retirer du groupe")
    done = gettext_lazy("Cette personne n’est plus dans le groupe.")
    effects = [
        gettext_lazy("Ses places dans les demi-journées à venir sont rendues."),
        gettext_lazy("La première personne en attente, s’il y en a une, les reçoit."),
        gettext_lazy("Ce qu’elle a vécu et écrit reste."),
    ]

    def find(self, pk, member):
        super().find(pk)
        self.member = get_object_or_404(self.action.members.present(), pk=member)

    @property
    def title(self):
        return _("Retirer %(name)s du groupe ?") % {"name": self.member.nickname}

    def act(self, form):
        self.given = leave(member=self.member, by=self.request.user)

    def after(self, row):
        if self.given is None:
            return {}
        text = _("%(name)s a maintenant une place.") % {"name": self.given.nickname}
        tell(self.request, text)
        return {}


@post_only
def interviewed(request, pk, member):
    """That the talk at the end took place today; for everyone alike."""
    action = action_for(request, pk, to_change=True)
    found = get_object_or_404(action.members.present(), pk=member, place=Place.IN)
    note_interview(member=found, by=request.user)
    name = {"name": found.nickname}
    tell(request, _("L’entretien de fin avec %(name)s est noté.") % name)
    return redirect("collective", action.pk)


class Interview(OfAction):
    """What the person said, written by somebody of their team, with them."""

    form_class = InterviewForm
    lead = gettext_lazy("Dans ses mots, avec elle. La personne choisit qui peut lire.")
    submit = gettext_lazy("Enregistrer l’entretien")
    done = gettext_lazy("L’entretien est enregistré.")

    def find(self, pk, member):
        self.action = action_for(self.request, pk)
        members = GroupMember.objects.visible_to(self.request.user).select_related("participant")
        self.member = get_object_or_404(members, pk=member, action=self.action, left_on=None)
        self.member.action = self.action
        team = self.request.user.team_places.standing().filter(
            territory__in=self.request.user.territories_where("experiences.write"),
            journey__participant=self.member.participant_id,
        )
        if not team.exists():
            raise PermissionDenied

    @property
    def title(self):
        return _("Entretien de fin avec %(name)s") % {"name": self.member.nickname}

    def form_options(self):
        known = EndInterview.objects.visible_to(self.request.user)
        found = known.filter(
            action=self.action, journey__participant=self.member.participant_id
        ).first()
        initial = {"on": timezone.localdate(), "reader": "referents"}
        return {"instance": found} if found else {"initial": initial}

    def act(self, form):
        if not form.instance.pk and self._written_for_others():
            raise ValidationError(
                _("Cet entretien est déjà noté, et la personne le garde pour elle.")
            )
        return write_interview(member=self.member, by=self.request.user, **form.said())

    def _written_for_others(self) -> bool:
        """Written down already, and not for this reader: it is not written over."""
        return self.action.interviews.filter(
            journey__participant=self.member.participant_id
        ).exists()
