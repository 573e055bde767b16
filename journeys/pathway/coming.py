"""What comes next on a journey: the dated things ahead, and the next step in one sentence."""

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.pathway.enums import Phase, Status
from journeys.pathway.lists import EXITS
from journeys.pathway.models import Journey
from journeys.pathway.story import Moment, Story, What
from rtr.lib import french


@dataclass(frozen=True)
class Coming:
    """Something with a day; `what` and `pk` tell the page which act it calls for."""

    on: datetime.date
    title: str
    said: str = ""
    what: str = ""
    pk: int | None = None
    is_late: bool = False

    @property
    def day_parts(self) -> list[str]:
        """« mar. », « 24 », « nov. », and the year when it is another one."""
        other_year = self.on.year != timezone.localdate().year
        return french.day(self.on, year=other_year).split(french.NBSP)

    @property
    def is_today(self) -> bool:
        return self.on == timezone.localdate()

    @property
    def is_open_follow_up(self) -> bool:
        return self.what == What.FOLLOW_UP and self.on <= timezone.localdate()


def coming(journey: Journey, story: Story) -> list[Coming]:
    """Everything dated ahead, and what is late, the soonest first."""
    found = [_follow_up(moment) for moment in story.of(What.FOLLOW_UP) if moment.is_awaited]
    if journey.status != Status.LEFT:
        found += _spans(story)
        found += _under_contract(journey) if journey.entry_on else _butinage(journey)
    today = timezone.localdate()
    return sorted((one for one in found if one.is_late or one.on >= today), key=lambda it: it.on)


def _follow_up(moment: Moment) -> Coming:
    late = moment.other_on < timezone.localdate()
    said = _("%(milestone)s, au plus tard le %(day)s") % {
        "milestone": moment.label,
        "day": french.day(moment.other_on, weekday=False),
    }
    on = min(moment.from_on, timezone.localdate()) if late else moment.from_on
    if moment.from_on <= timezone.localdate() and not late:
        on = timezone.localdate()
    return Coming(on, _("Prendre des nouvelles"), said, What.FOLLOW_UP, moment.pk, late)


def _spans(story: Story) -> list[Coming]:
    today, found = timezone.localdate(), []
    for moment in story.of(What.PAUSE):
        if moment.until_on is None and moment.other_on:
            late = moment.other_on < today
            found.append(Coming(moment.other_on, _("Reprise prévue"), is_late=late))
    for moment in story.of(What.OUTCOME):
        if moment.from_on > today:
            found.append(Coming(moment.from_on, moment.label, _("étape gagnée qui commence")))
        if moment.until_on and moment.until_on > today:
            found.append(Coming(moment.until_on, moment.label, _("fin prévue")))
    return found


def _butinage(journey: Journey) -> list[Coming]:
    programme, participant = journey.territory.programme, journey.participant
    days = datetime.timedelta
    found = []
    if participant.identified_on:
        on = participant.identified_on + days(programme.unsigned_contract_days)
        said = _("sans signature, l’identité notée s’efface")
        found.append(Coming(on, _("Contrat à signer"), said))
    else:
        last = journey.last_contact_on or journey.first_contact_on
        on = last + days(programme.butinage_purge_days)
        found.append(Coming(on, _("Effacement de la fiche"), _("sans nouvelle venue d’ici là")))
    on = journey.first_contact_on + days(programme.butinage_min_days)
    found.append(Coming(on, _("Un contrat peut se proposer"), _("quand la confiance est là")))
    on = journey.first_contact_on + days(programme.butinage_max_days)
    found.append(Coming(on, _("Fin habituelle du butinage")))
    return found


def _under_contract(journey: Journey) -> list[Coming]:
    programme, today = journey.territory.programme, timezone.localdate()
    found = []
    situation = getattr(journey, "situation", None)
    if situation is None or situation.completed_on is None:
        on = journey.entry_on + datetime.timedelta(days=programme.entry_questions_days)
        late = on < today
        found.append(Coming(on, _("Questions d’entrée à finir"), what="situation", is_late=late))
    for on in warnings_of(journey):
        ahead = relativedelta(journey.limit_on, on).months
        said = _("à %(months)s mois de la limite") % {"months": french.spelled(ahead)}
        found.append(Coming(on, _("Faire le point ensemble"), said))
    found.append(Coming(journey.limit_on, limit_label(journey), is_late=journey.limit_on < today))
    return found


def warnings_of(journey: Journey) -> list[datetime.date]:
    """Days of the reminders before the limit, a setting of the programme (rule 8)."""
    if not journey.limit_on:
        return []
    months = journey.territory.programme.warning_months
    return [journey.limit_on - relativedelta(months=ahead) for ahead in months]


def limit_label(journey: Journey) -> str:
    """« Limite des 15 mois », or « Limite prolongée » once an extension moved it."""
    months = journey.territory.programme.journey_months
    if journey.limit_on != journey.entry_on + relativedelta(months=months):
        return _("Limite prolongée")
    return _("Limite des %(months)s mois") % {"months": months}


def next_step(journey: Journey, story: Story) -> str:
    """What most likely comes now, to be read after « Prochaine étape : »."""
    if journey.status == Status.LEFT:
        return _after_exit(journey, story)
    if journey.status == Status.PAUSED:
        return _in_pause(story.away.other_on)
    if journey.status == Status.BUTINAGE:
        return _in_butinage(journey)
    if journey.status == Status.OVERDUE:
        since = french.day(journey.limit_on, weekday=False)
        return _("prolonger ou enregistrer la sortie, la durée est passée depuis le %(day)s") % {
            "day": since
        }
    return _when_active(journey, story)


def _in_pause(expected_on: datetime.date | None) -> str:
    if expected_on is None:
        return _("convenir d’une date de reprise")
    day = french.day(expected_on, weekday=False)
    if expected_on < timezone.localdate():
        return _("reprendre contact, la reprise était prévue le %(day)s") % {"day": day}
    return _("reprise prévue le %(day)s") % {"day": day}


def _after_exit(journey: Journey, story: Story) -> str:
    if story.is_dead:
        return _("aucune")
    waiting = [moment for moment in story.of(What.FOLLOW_UP) if moment.is_awaited]
    if not waiting:
        if story.away and story.away.detail != "yes" and _is_asked_after(story.away.code):
            return _("aucune, la personne ne souhaite pas être recontactée ; elle peut revenir")
        return _("aucune, un retour reste possible à tout moment")
    first = waiting[0]
    if first.from_on <= timezone.localdate():
        until = french.day(first.other_on, weekday=False)
        return _("prendre des nouvelles avant le %(day)s") % {"day": until}
    since = french.day(first.from_on, weekday=False)
    return _("prendre des nouvelles à partir du %(day)s") % {"day": since}


def _is_asked_after(exit_kind: str) -> bool:
    """Whether news are taken after such an exit, of those who agree."""
    return EXITS[exit_kind].is_yes("follow_up")


def _in_butinage(journey: Journey) -> str:
    programme, today = journey.territory.programme, timezone.localdate()
    if since := journey.participant.identified_on:
        until = since + datetime.timedelta(days=programme.unsigned_contract_days)
        return _("faire signer le contrat avant le %(day)s") % {
            "day": french.day(until, weekday=False)
        }
    first = journey.first_contact_on + datetime.timedelta(days=programme.butinage_min_days)
    if first > today:
        return _("faire connaissance, un contrat peut se proposer dès le %(day)s") % {
            "day": french.day(first, weekday=False)
        }
    lasted = french.lasting((today - journey.first_contact_on).days)
    return _("proposer un contrat, le butinage dure depuis %(long)s") % {"long": lasted}


def _when_active(journey: Journey, story: Story) -> str:
    situation = getattr(journey, "situation", None)
    if story.phase.code == Phase.REPERAGE:
        return _("passer en mobilisation, le contrat est signé")
    if situation is None or situation.completed_on is None:
        days = datetime.timedelta(days=journey.territory.programme.entry_questions_days)
        until = french.day(journey.entry_on + days, weekday=False)
        return _("finir les questions d’entrée, prévues avant le %(day)s") % {"day": until}
    left = [on for on in warnings_of(journey) if on <= timezone.localdate()]
    if left:
        until = french.day(journey.limit_on, weekday=False)
        return _("faire le point avant la limite du %(day)s") % {"day": until}
    ahead = [one for one in story.of(What.OUTCOME) if one.from_on > timezone.localdate()]
    if ahead:
        day = french.day(ahead[0].from_on)
        return _("%(step)s le %(day)s") % {"step": ahead[0].label, "day": day}
    return _("convenir de la suite avec %(name)s") % {"name": journey.participant.nickname}
