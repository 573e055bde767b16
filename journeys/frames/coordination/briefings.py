"""Safety consigns: noted in somebody's file, or for a whole session by number."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities.models import Session
from journeys.frames.actions.briefings import brief_session, record_briefing
from journeys.frames.coordination.file import FrameActPage
from journeys.frames.forms import BriefingForm, SessionBriefingForm
from journeys.frames.models import BRIEFING_MONTHS
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal
from rtr.lib.told import tell
from territories.accounts.doors import require


class BriefingPage(FrameActPage):
    form_class = BriefingForm
    title = gettext_lazy("Noter des consignes de sécurité")
    done = gettext_lazy("Les consignes sont notées.")

    @property
    def lead(self):
        text = _("Elles valent %(months)s mois, pour une machine.")
        return text % {"months": BRIEFING_MONTHS}

    def form_options(self):
        options = {"user": self.request.user, "territory_id": self.journey.territory_id}
        return super().form_options() | options

    def act(self, form, seen):
        return record_briefing(
            participant=self.journey.participant, by=self.request.user, **form.cleaned_data
        )


def session_briefing(request, session):
    """Ticked by number; nothing on the page tells one person from another."""
    sessions = Session.objects.visible_to(request.user).registered_by(request.user)
    found = get_object_or_404(sessions.select_related("activity", "territory"), pk=session)
    require(request.user, "registers.take", found.territory_id)
    people = list(found.enrolments.enrolled().values_list("number", "nickname").order_by("number"))
    options = {"user": request.user, "territory_id": found.territory_id, "people": people}
    form = bound(SessionBriefingForm, request, **options)
    if request.method == "POST" and form.is_valid() and _brief(request, found, form):
        return redirect(request.get_full_path())
    context = {
        "session": found,
        "form": form,
        "people": people,
        "given": found.briefings.select_related("equipment"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/frames/session_briefing.html", context, status=status)


def _brief(request, session: Session, form) -> bool:
    try:
        group = brief_session(session=session, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        say_refusal(form, error)
        return False
    count = len(group.numbers)
    text = _("Consignes notées pour %(machine)s : %(count)s sur %(all)s.")
    people = len(form.fields["numbers"].choices)
    tell(request, text % {"machine": group.equipment, "count": count, "all": people})
    return True
