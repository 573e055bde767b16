"""The questions behind the needs: whose journey calls for something, and by when."""

import datetime

from dateutil.relativedelta import relativedelta
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from journeys.contracts.enums import Signer
from journeys.contracts.models import Contract, Signature
from journeys.coordination.needs import Looking, lines, plus
from journeys.messages.models import InboundMessage, OutboundMessage
from journeys.participants.models import Referral
from journeys.pathway.enums import TryHow
from journeys.pathway.models import Absence, FollowUp, FollowUpTry, Journey
from rtr.due import Status as DueStatus
from territories.programmes.models import Programme

SOON = datetime.timedelta(days=7)  # the page looks one week ahead
PROGRAMME = "territory__programme__"
NOTHING = Value("", CharField())
OF_JOURNEY = {
    "about": F("pk"),
    "place": F("territory"),
    "file": F("pk"),
    "person": F("participant"),
    "called": F("participant__nickname"),
    "known_as": F("participant__code"),
}
OF_ROW = {
    "about": F("pk"),
    "place": F("territory"),
    "file": F("journey"),
    "person": F("journey__participant"),
    "called": F("journey__participant__nickname"),
    "known_as": F("journey__participant__code"),
}


def journeys(looking: Looking) -> QuerySet:
    return Journey.objects.visible_to(looking.user).filter(territory__in=looking.places)


def text(*whens: When, default: str) -> Case:
    return Case(*whens, default=Value(default), output_field=CharField())


def referrals(looking: Looking) -> QuerySet:
    rows = Referral.objects.visible_to(looking.user).filter(territory__in=looking.places).open()
    return lines(
        rows,
        about=F("pk"),
        place=F("territory"),
        file=Cast(None, BigIntegerField()),
        person=Cast(None, BigIntegerField()),
        called=F("first_name"),
        known_as=NOTHING,
        since=F("received_on"),
        due=plus("received_on", f"{PROGRAMME}referral_answer_days"),
        detail=F("prescriber"),
        is_now=Q(due__lte=looking.today),
    )


def contracts(looking: Looking) -> QuerySet:
    """Prepared, not in force. The person's signature first, then the team's does not wait."""
    rows = Contract.objects.visible_to(looking.user).filter(territory__in=looking.places)
    signed = Signature.objects.filter(contract=OuterRef("pk"))
    by_person = Exists(signed.filter(signer=Signer.PARTICIPANT))
    by_team = Exists(signed.filter(signer__in=[Signer.COORDINATOR, Signer.REFERENT]))
    noted = Coalesce("journey__participant__identified_on", "prepared_on")
    waits = Q(frozen_at__date__lte=looking.today - SOON) & ~Q(by_person)
    return lines(
        rows.prepared().annotate(noted_on=noted),
        **OF_ROW,
        since=Case(When(waits, then=TruncDate("frozen_at")), default=F("prepared_on")),
        due=plus("noted_on", f"{PROGRAMME}unsigned_contract_days"),
        detail=text(
            When(journey__entry_on__isnull=False, then=Value("amendment")),
            When(frozen_at__isnull=True, then=Value("draft")),
            When(Q(by_person) & ~Q(by_team), then=Value("mine")),
            When(waits, then=Value("waiting")),
            default="theirs",
        ),
        is_now=Q(detail="mine") | Q(due__lte=looking.today, journey__entry_on__isnull=True),
    )


def entry_questions(looking: Looking) -> QuerySet:
    rows = journeys(looking).contracted().not_left()
    return lines(
        rows.filter(situation__completed_on__isnull=True),
        **OF_JOURNEY,
        since=F("entry_on"),
        due=plus("entry_on", f"{PROGRAMME}entry_questions_days"),
        detail=NOTHING,
        is_now=Q(due=looking.today),
    )


def butinages(looking: Looking) -> QuerySet:
    """Near the usual length, near the limit, or soon erased for want of a visit (rule 3)."""
    rows = journeys(looking).in_butinage().not_left().filter(participant__identified_on=None)
    horizon = looking.today + SOON
    seen = rows.annotate(seen_on=Coalesce("last_contact_on", "first_contact_on"))
    erased = _reached(looking, "seen_on", "butinage_purge_days", horizon)
    limited = _reached(looking, "first_contact_on", "butinage_limit_days", horizon)
    usual = _reached(looking, "first_contact_on", "butinage_max_days", horizon)
    return lines(
        seen.filter(erased | usual),
        **OF_JOURNEY,
        since=F("first_contact_on"),
        due=Case(
            When(erased, then=plus("seen_on", f"{PROGRAMME}butinage_purge_days")),
            When(limited, then=plus("first_contact_on", f"{PROGRAMME}butinage_limit_days")),
            default=plus("first_contact_on", f"{PROGRAMME}butinage_max_days"),
        ),
        detail=text(
            When(erased, then=Value("erased")),
            When(limited, then=Value("limit")),
            default="usual",
        ),
        is_now=Q(detail="erased", due__lte=looking.today),
    )


def _reached(looking: Looking, day: str, setting: str, horizon: datetime.date) -> Q:
    """`day` plus the programme's number of days comes before the horizon."""

    def condition(programme: Programme) -> Q:
        days = datetime.timedelta(days=getattr(programme, setting))
        return Q(**{f"{day}__lte": horizon - days})

    return looking.any_of(condition)


def no_referent(looking: Looking) -> QuerySet:
    rows = journeys(looking).not_left().without_referent()
    since = F("first_contact_on")
    return lines(rows, **OF_JOURNEY, since=since, due=since, detail=NOTHING)


def no_contact(looking: Looking) -> QuerySet:
    """Neither left nor in pause, unseen for the programme's first threshold at least."""

    def unseen(programme: Programme) -> Q:
        if not programme.no_contact_days:
            return Q(pk__in=[])
        days = datetime.timedelta(days=min(programme.no_contact_days))
        return Q(last_contact_on__lte=looking.today - days)

    rows = journeys(looking).going_on().filter(looking.any_of(unseen))
    since = F("last_contact_on")
    return lines(rows, **OF_JOURNEY, since=since, due=since, detail=NOTHING)


def limits(looking: Looking) -> QuerySet:
    """The warnings before the maximum duration, then the days after it (rule 8)."""

    def warned(programme: Programme) -> Q:
        months = max(programme.warning_months, default=0)
        return Q(limit_on__lte=looking.today + relativedelta(months=months))

    rows = journeys(looking).contracted().not_left().filter(looking.any_of(warned))
    return lines(
        rows,
        **OF_JOURNEY,
        since=F("entry_on"),
        due=F("limit_on"),
        detail=text(When(limit_on__lt=looking.today, then=Value("overdue")), default="warning"),
        is_now=Q(limit_on=looking.today),
    )


def follow_ups(looking: Looking) -> QuerySet:
    """`detail`: which one, the day of the last text message, and how many calls were made."""
    tries = FollowUpTry.objects.filter(follow_up=OuterRef("pk")).order_by()
    sent = tries.filter(how=TryHow.SMS).values("follow_up").values(last=Max("on"))
    called = tries.filter(how=TryHow.CALL).values("follow_up").values(count=Count("pk"))
    sent, called = (Coalesce(Cast(Subquery(each), CharField()), NOTHING) for each in (sent, called))
    rows = FollowUp.objects.visible_to(looking.user).filter(territory__in=looking.places)
    return lines(
        rows.pending().filter(opens_on__lte=looking.today),
        **OF_ROW,
        since=F("opens_on"),
        due=F("late_on"),
        detail=Concat("milestone", Value("|"), sent, Value("|"), called),
        is_now=Q(late_on=looking.today),
    )


def returns(looking: Looking) -> QuerySet:
    """Pauses whose expected return has come."""
    rows = Absence.objects.visible_to(looking.user).filter(territory__in=looking.places)
    rows = rows.pauses().filter(until_on=None, expected_return_on__lte=looking.today)
    due = F("expected_return_on")
    return lines(rows, **OF_ROW, since=F("from_on"), due=due, detail=NOTHING)


OF_MESSAGE = {
    "about": F("pk"),
    "place": F("territory"),
    "file": F("participant__journey"),
    "person": F("participant"),
    "called": Coalesce("participant__nickname", NOTHING),
    "known_as": Coalesce("participant__code", NOTHING),
}


def messages_in_trouble(looking: Looking) -> QuerySet:
    """Nobody knows that they left, or they are known not to have arrived."""
    rows = OutboundMessage.objects.visible_to(looking.user).filter(territory__in=looking.places)
    return lines(
        rows.in_trouble(),
        **OF_MESSAGE,
        since=Cast("written_at", DateField()),
        due=plus("since", 1),
        detail=text(When(status=DueStatus.UNCERTAIN, then=Value("uncertain")), default="lost"),
    )


def answers_to_read(looking: Looking) -> QuerySet:
    rows = InboundMessage.objects.visible_to(looking.user).filter(territory__in=looking.places)
    return lines(
        rows.unread(),
        **OF_MESSAGE,
        since=Cast("received_at", DateField()),
        due=plus("since", 1),
        detail=NOTHING,
        is_now=Q(due__lte=looking.today),
    )
