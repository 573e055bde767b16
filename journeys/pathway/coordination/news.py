"""Taking news after an exit: each try is noted; unreachable is said once somebody tried."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.pathway import after
from journeys.pathway.actions import following
from journeys.pathway.forms.path import FollowUpForm, GiveUpForm
from journeys.pathway.pages import ActPage
from journeys.pathway.story import short_label
from rtr.lib import french


class FollowUpPage(ActPage):
    template_name = "journeys/pathway/follow_up.html"
    form_class = FollowUpForm
    submit = gettext_lazy("Noter cet essai")
    done = gettext_lazy("L’essai est noté.")
    undoable = True

    def find(self, request, pk, follow_up):
        journey = super().find(request, pk)
        rows = journey.follow_ups.select_related("absence")
        self.follow_up = get_object_or_404(rows, pk=follow_up)
        return journey

    @property
    def title(self):
        milestone = self.follow_up.get_milestone_display()
        return _("Prendre des nouvelles, %(milestone)s") % {"milestone": milestone}

    @property
    def lead(self):
        left = french.day(self.follow_up.absence.from_on)
        until = french.day(self.follow_up.late_on)
        return _("Sortie le %(left)s. À faire au plus tard le %(until)s.") % {
            "left": left,
            "until": until,
        }

    def initial(self):
        return {"on": timezone.localdate(), "how": "call"}

    def act(self, form, seen):
        return following.record_try(
            follow_up=self.follow_up, by=self.request.user, seen=seen, **form.cleaned_data
        )

    def extra(self):
        return {
            "follow_up": self.follow_up,
            "tries": self.follow_up.tries.select_related("by"),
            "is_open": self.follow_up.status in after.PENDING,
            "may_give_up": following.may_give_up(self.follow_up),
            "situation": short_label(self.follow_up.situation),
            "phone": after.phone_of(self.journey.participant),
        }


class FollowUpGiveUpPage(FollowUpPage):
    template_name = "journeys/pathway/confirm.html"
    form_class = GiveUpForm
    title = gettext_lazy("Dire que la personne est injoignable")
    submit = gettext_lazy("Noter qu’elle est injoignable")
    done = gettext_lazy("Le suivi est noté : injoignable.")

    @property
    def effects(self):
        return [
            _("Ce suivi se ferme aujourd’hui, avec sa raison. Les essais restent."),
            _("Le suivi d’après se demandera à sa date."),
        ]

    def initial(self):
        return {}

    def act(self, form, seen):
        return following.give_up(
            follow_up=self.follow_up, by=self.request.user, seen=seen, **form.cleaned_data
        )
