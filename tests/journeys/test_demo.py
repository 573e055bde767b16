"""The demonstration: invented people, real rules. Each test is something one may say of them."""

import datetime
import hashlib
from unittest import mock

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.db.models import Count, DateField, Exists, F, Func, Max, Min, OuterRef, Q
from django.utils import timezone

from journeys.contracts.writing import ENGAGEMENT, fingerprint
from journeys.demo import fill
from journeys.demo.rows import CHILDREN, PARENTS
from journeys.duplicates.reading import pairs
from journeys.models import (
    Absence,
    Barrier,
    Contact,
    Contract,
    Document,
    EntrySituation,
    Extension,
    FollowUp,
    FollowUpTry,
    GivenCode,
    Journey,
    Merge,
    Note,
    Objective,
    Outcome,
    Outreach,
    Participant,
    PeriodEntry,
    PhaseChange,
    Referral,
    Share,
    Signature,
    SignedText,
    SigningLink,
    Strength,
    TeamMember,
    Transfer,
    Translation,
    Word,
)
from journeys.participants.enums import CameBy, ReferralAnswer
from journeys.pathway.actions.following import may_give_up
from journeys.pathway.enums import FollowUpStatus, Phase, Status, StrengthKind, TryHow
from journeys.pathway.lists import DEATH, EXITS
from rtr import scope
from territories.accounts.demo import ACCOUNTS
from territories.accounts.enums import Role
from territories.accounts.models import Membership, User
from territories.journal.models import JournalEntry

PEOPLE = 600
TODAY = timezone.localdate()
FICTION = ("+3319900", "+3335301", "+3346571", "+3326191", "06 39 98 ")
NEVER_SAID = ("frein", "invisible", "exclu", "perdu de vue", "abandon", "éloigné")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """The platform filled once for this module; what was reported."""
    reported = []
    today = mock.patch.object(timezone, "localdate", lambda *of: TODAY)  # a run crosses midnight
    with django_db_blocker.unblock(), transaction.atomic(), today:
        fill(participants=PEOPLE, report=reported.append)
        yield reported
        transaction.set_rollback(True)


@pytest.fixture
def people(filled, db):
    with scope.everything("test"):
        yield Journey.objects.select_related("participant", "territory__programme")


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


# -- Who is there --------------------------------------------------------------------------------


def test_as_many_people_as_asked_for_and_progress_is_told(filled, people):
    assert people.count() == PEOPLE
    assert filled[-1].startswith("600 personnes sur 600")


def test_three_people_in_four_are_in_the_first_programme(people):
    shares = dict(people.values_list("territory__slug").annotate(Count("pk")))

    assert shares == {
        "paris-montreuil": 150,
        "aix-marseille": 150,
        "lille-roubaix": 150,
        "caen-la-mer": 120,
        "orne-odon": 30,
    }


def test_fifteen_people_in_a_hundred_are_anonymous(people):
    anonymous = people.filter(participant__identified_on=None).count()

    assert 13 <= 100 * anonymous / PEOPLE <= 17


def test_every_status_and_every_phase_is_somebodys(people):
    statuses = set(people.with_status().values_list("status", flat=True))
    phases = set(people.with_last_phase().values_list("phase", flat=True))

    assert statuses == set(Status)
    assert phases == set(Phase)


def test_every_kind_of_exit_happens(people):
    kinds = set(Absence.objects.exits().values_list("exit_kind", flat=True))

    assert kinds == set(EXITS.codes)


def test_every_code_is_remembered_and_every_person_can_be_found(people):
    assert GivenCode.objects.count() == PEOPLE + 1  # that of a file merged since
    assert not people.exclude(
        Exists(Word.objects.filter(participant=OuterRef("participant")))
    ).exists()


# -- Before the contract (rules 1 to 3) ----------------------------------------------------------


def test_nobody_has_an_identity_before_a_contract_is_drafted(people):
    written = Q(cancelled_on=None) | Q(refused_at__isnull=False)  # one refused is taken up again
    drafted = Contract.objects.filter(written, journey=OuterRef("pk"))

    assert not people.exclude(Exists(drafted)).filter(participant__identified_on__isnull=False)
    assert not people.filter(participant__identified_on__lt=F("first_contact_on"))


def test_nothing_is_written_about_somebody_before_their_contract(people):
    for model in (Strength, Barrier, Note, EntrySituation, Objective):
        early = model.objects.filter(journey__participant__identified_on=None)
        assert not early.exists(), model.__name__


def test_no_butinage_is_longer_than_180_days(people):
    assert people.in_butinage().filter(first_contact_on__gte=ago(180)).count() > PEOPLE * 0.15
    assert not people.in_butinage().filter(first_contact_on__lt=ago(180))
    assert not people.contracted().filter(
        entry_on__gt=F("first_contact_on") + datetime.timedelta(days=180)
    )


def test_no_file_without_contract_should_have_been_erased(people):
    assert not people.in_butinage().without_contact_since(ago(90))


def test_a_draft_waits_thirty_days_at_most_and_some_are_near(people):
    drafts = Contract.objects.prepared()

    assert not drafts.filter(prepared_on__lt=ago(30))
    assert drafts.filter(prepared_on__lt=ago(20))
    assert drafts.filter(frozen_at__isnull=False) and drafts.filter(frozen_at=None)


def test_referrals_are_open_for_thirty_days_and_erased_thirty_days_after_the_answer(people):
    answers = set(Referral.objects.values_list("answer", flat=True))

    assert answers == {"", *ReferralAnswer}
    assert not Referral.objects.open().filter(received_on__lt=ago(30))
    assert Referral.objects.open().filter(received_on__lt=ago(20))
    assert not Referral.objects.filter(answered_on__lt=ago(30), erased_on=None)
    assert not Referral.objects.filter(agreed_on__gt=F("received_on"))


def test_referrals_come_from_the_team_the_public_page_and_accounts(people):
    rows = Referral.objects.all()

    assert set(rows.values_list("came_by", flat=True)) == set(CameBy)
    assert not rows.filter(came_by=CameBy.ACCOUNT, organisation=None)
    assert not rows.exclude(erased_on=None).exclude(prescriber_email="")
    rose = User.objects.get(email="prescripteur@demo.example")
    assert rows.visible_to(rose) and not rows.visible_to(rose).exclude(sent_by=rose)


def test_an_accepted_referral_leads_to_somebody_sent_the_same_way(people):
    accepted = Referral.objects.filter(answer=ReferralAnswer.ACCEPTED)

    assert accepted
    assert not accepted.exclude(channel=F("participant__channel"))
    assert not accepted.exclude(answered_on=F("participant__welcomed_on"))


# -- The contract (rules 4 and 5) ----------------------------------------------------------------


def test_the_entry_is_the_day_the_first_contract_was_signed_by_all(people):
    entered = people.contracted().annotate(first=Min("contracts__signed_on"))

    assert entered.count() > PEOPLE * 0.7
    assert not entered.exclude(entry_on=F("first"))
    assert not people.in_butinage().filter(contracts__signed_on__isnull=False)


def test_everybody_was_of_age_and_named_when_signing(people):
    signed = Contract.objects.signed().select_related("journey__participant")

    for contract in signed:
        participant = contract.journey.participant
        assert relativedelta(contract.signed_on, participant.birth_date).years >= 18
        assert participant.full_name and participant.birth_date == contract.birth_date


def test_a_signed_text_is_frozen_hashed_and_can_be_verified(people):
    for contract in Contract.objects.exclude(sha256="").select_related("journey__participant"):
        assert contract.sha256 == fingerprint(contract.text)
        assert contract.text.count(ENGAGEMENT) == 1
        assert contract.journey.participant.code in contract.text
    texts = SignedText.objects.filter(sha256=OuterRef("sha256"), signed_on=OuterRef("signed_on"))
    assert not Contract.objects.signed().exclude(Exists(texts))


def test_a_signed_contract_has_the_person_and_one_of_the_team(people):
    for contract in Contract.objects.signed().prefetch_related("signatures"):
        signers = {signature.signer for signature in contract.signatures.all()}
        assert "participant" in signers
        assert signers & {"coordinator", "referent"}


def test_each_signature_is_ones_own_act(people):
    own = Signature.objects.filter(signer="participant", method="session")
    team = Signature.objects.filter(signer__in=["coordinator", "referent"])

    assert own and not own.exclude(user=F("journey__participant__user"))
    assert not team.exclude(method="session")
    assert not team.filter(user=F("journey__participant__user"))
    assert not Signature.objects.filter(method="handwriting").exclude(page__kind="signed_page")
    assert not Signature.objects.exclude(sha256=F("contract__sha256"))


def test_a_handwritten_page_is_a_photograph_that_opens(people):
    page = Document.objects.filter(kind="signed_page").first()

    assert page.content_type == "image/jpeg"
    with page.file.open() as held:
        assert held.read(3) == b"\xff\xd8\xff"


def test_a_guardian_signs_too_where_there_is_one(people):
    guarded = Contract.objects.signed().exclude(journey__participant__guardian="")
    signed = Signature.objects.filter(contract=OuterRef("pk"), signer="guardian")

    assert guarded
    assert not guarded.exclude(Exists(signed))


def test_one_to_three_objectives_at_signature_and_about_ten_in_the_end(people):
    at_signature = Contract.objects.signed().annotate(objectives_set=Count("objectives"))
    counts = people.contracted().annotate(count=Count("objectives")).values_list("count", flat=True)

    assert set(at_signature.values_list("objectives_set", flat=True)) <= {1, 2, 3}
    assert max(counts) == 10 and min(counts) >= 1


def test_an_amendment_says_again_what_goes_on_that_day(people):
    amendments = Contract.objects.signed().filter(signed_on__gt=F("journey__entry_on"))

    assert amendments
    for contract in amendments.select_related("journey"):
        agreed = contract.journey.objectives.filter(agreed_on__lte=contract.signed_on)
        closed = Q(reached_on__lte=contract.signed_on) | Q(set_aside_on__lte=contract.signed_on)
        for objective in agreed.exclude(closed):
            assert objective.wording in contract.text


def test_objectives_of_a_journey_are_ranked_without_doubles(people):
    doubles = Objective.objects.values("journey", "rank").annotate(n=Count("pk")).filter(n__gt=1)
    same = Objective.objects.values("journey", "wording").annotate(n=Count("pk")).filter(n__gt=1)

    assert not doubles and not same


def test_most_objectives_aim_at_a_badge_and_a_decision_is_dated_after_the_agreement(people):
    aiming = Objective.objects.exclude(achievement=None).count()

    assert 0.8 < aiming / Objective.objects.count() < 0.95
    assert Objective.objects.reached() and Objective.objects.filter(set_aside_on__isnull=False)
    assert not Objective.objects.filter(reached_on__lte=F("agreed_on"))
    assert not Objective.objects.exclude(achievement=None).exclude(
        achievement__programme=F("territory__programme")
    )


def test_contracts_wait_on_phones_and_some_were_signed_or_refused_there(people):
    links = SigningLink.objects.filter(contract__signed_on=None)

    assert links.live() and links.filter(is_reminder=True) and links.exclude(opened_at=None)
    assert Contract.objects.refused()
    by_phone = Signature.objects.filter(method="phone")
    assert by_phone and not by_phone.exclude(signer="participant", page=None)
    assert set(Translation.objects.values_list("language", flat=True)) >= {"ar", "fr-falc", "uk"}
    for translation in Translation.objects.all():
        assert translation.sha256 == fingerprint(translation.text)


def test_objectives_wait_for_one_of_the_two(people):
    proposed = Objective.objects.proposed()

    assert proposed.filter(person_agreed_on=None) and proposed.filter(team_agreed_on=None)
    assert not proposed.exclude(journey__entry_on__isnull=False)


# -- The journey (rules 6 to 9) ------------------------------------------------------------------


def test_phases_begin_with_reperage_and_insertion_follows_the_entry(people):
    first = PhaseChange.objects.filter(rank=1, journey__in=people)

    assert first.count() == PEOPLE
    assert not first.exclude(phase=Phase.REPERAGE, on=F("journey__first_contact_on"))
    assert PhaseChange.objects.filter(phase=Phase.INSERTION)
    assert not PhaseChange.objects.filter(phase=Phase.INSERTION, on__lt=F("journey__entry_on"))


def test_going_back_happens_and_says_why(people):
    back = [
        change
        for change in PhaseChange.objects.filter(phase=Phase.MOBILISATION).select_related("journey")
        if change.journey.phase_changes.filter(phase=Phase.INSERTION, rank__lt=change.rank).exists()
    ]

    assert back
    assert all(change.reason for change in back)


def test_the_limit_is_the_entry_and_the_programmes_months_or_the_last_extension(people):
    for journey in people.contracted().annotate(extended=Max("extensions__until_on")):
        months = journey.territory.programme.journey_months
        expected = journey.extended or journey.entry_on + relativedelta(months=months)
        assert journey.limit_on == expected


def test_some_journeys_are_extended_and_some_overdue(people):
    assert Extension.objects.exclude(reason="").count() == Extension.objects.count() > 0
    assert people.with_status().filter(status=Status.OVERDUE)
    assert people.filter(limit_on__range=(TODAY, TODAY + relativedelta(months=1)))


def test_pauses_and_exits_come_after_the_entry_and_not_tomorrow(people):
    assert Absence.objects.pauses() and Absence.objects.exits()
    assert not Absence.objects.filter(from_on__lte=F("journey__entry_on"))
    assert not Absence.objects.filter(Q(from_on__gt=TODAY) | Q(until_on__gt=TODAY))


def test_pauses_and_exits_of_a_journey_never_overlap(people):
    for journey in people.annotate(spans=Count("absences")).filter(spans__gt=1):
        spans = list(journey.absences.order_by("from_on"))
        for before, after in zip(spans, spans[1:], strict=False):
            assert before.until_on is not None and before.until_on <= after.from_on


def test_some_people_left_and_came_back_to_the_same_journey(people):
    returned = Absence.objects.exits().filter(until_on__isnull=False)

    assert returned
    assert people.with_status().filter(status=Status.ACTIVE, pk__in=returned.values("journey"))


def test_some_pauses_last_longer_than_said(people):
    assert Absence.objects.pauses().filter(until_on=None, expected_return_on__lt=TODAY)


def test_nobody_is_seen_while_away(people):
    away = Absence.objects.filter(journey=OuterRef("journey"), from_on__lt=OuterRef("on")).filter(
        Q(until_on=None) | Q(until_on__gt=OuterRef("on"))
    )

    assert Contact.objects.count() > PEOPLE * 10
    assert not Contact.objects.filter(Exists(away))


def test_the_last_contact_is_the_last_contact_or_session(people):
    last = Func(F("pk"), function="rtr_last_activity", output_field=DateField())
    assert not people.annotate(last=last).exclude(last_contact_on=F("last"))


@pytest.mark.parametrize("least,most", [(0, 30), (30, 60), (60, 90), (90, 150)])
def test_among_those_under_contract_some_were_last_seen_that_long_ago(people, least, most):
    active = people.with_status().filter(status=Status.ACTIVE)

    assert active.filter(last_contact_on__range=(ago(most), ago(least)))


def test_one_in_five_of_the_first_programme_goes_on_to_its_second_period(people):
    entered = people.contracted().filter(territory__programme__slug="rtr").count()
    second = PeriodEntry.objects.filter(period__name="Le Voyage Entrepreneurial")

    assert 0.08 < second.count() / entered < 0.25
    assert PeriodEntry.objects.filter(on=F("journey__first_contact_on")).count() == PEOPLE


def test_what_is_won_starts_while_the_journey_goes_on(people):
    assert Outcome.objects.filter(ended_on=None) and Outcome.objects.exclude(ended_on=None)
    assert not Outcome.objects.filter(started_on__lte=F("journey__entry_on"))
    assert not Outcome.objects.filter(started_on__gt=TODAY)


# -- After the exit (rules 10, 11 and 21) --------------------------------------------------------


def test_follow_ups_are_of_those_who_agreed_and_never_after_a_death(people):
    assert not FollowUp.objects.filter(absence__agreed_to_contact=False)
    assert not FollowUp.objects.filter(absence__exit_kind=DEATH)
    assert not FollowUp.objects.filter(absence__exit_kind__in=["retraite", "transfert_territoire"])


def test_follow_ups_open_at_the_exit_then_after_three_and_six_months(people):
    for follow_up in FollowUp.objects.select_related("absence"):
        months = {"exit": 0, "months_3": 3, "months_6": 6}[follow_up.milestone]
        assert follow_up.opens_on == follow_up.absence.from_on + relativedelta(months=months)
        assert follow_up.late_on == follow_up.opens_on + datetime.timedelta(days=28)


def test_follow_ups_stand_everywhere_some_late_and_none_answered_before_it_opens(people):
    assert set(FollowUp.objects.values_list("status", flat=True)) == set(FollowUpStatus)
    assert FollowUp.objects.pending().filter(late_on__lt=TODAY)
    assert not FollowUp.objects.filter(status_on__lt=F("opens_on")).exclude(
        status=FollowUpStatus.CANCELLED
    )


def test_each_follow_up_keeps_its_tries_and_unreachable_ones_were_tried(people):
    tries = FollowUpTry.objects.select_related("follow_up")
    assert {TryHow.SMS, TryHow.CALL} <= set(tries.values_list("how", flat=True))
    for row in tries:
        assert row.follow_up.opens_on <= row.on <= row.follow_up.status_on
    for row in FollowUp.objects.filter(status=FollowUpStatus.UNREACHABLE):
        assert row.unreachable_reason and may_give_up(row)
    answered = FollowUp.objects.filter(status=FollowUpStatus.ANSWERED)
    assert answered.filter(answered_how=TryHow.SMS, recorded_by=None)
    assert not answered.filter(answered_how="")


def test_no_note_is_left_six_months_after_the_end(people):
    ended = Absence.objects.exits().filter(
        until_on=None, from_on__lte=TODAY - relativedelta(months=6)
    )

    assert Note.objects.filter(is_working=True) and Note.objects.filter(is_working=False)
    assert not Note.objects.filter(journey__in=ended.values("journey"))


# -- What is known of people (rules 1, 13, 20 and 22) --------------------------------------------


def test_entry_questions_are_complete_for_most_and_still_open_for_some_who_just_signed(people):
    situations = EntrySituation.objects.all()

    assert situations.count() == people.contracted().count()
    assert situations.filter(completed_on=None).count() < situations.count() * 0.12
    assert situations.filter(completed_on=None, journey__entry_on__gte=ago(30))
    assert situations.filter(completed_on=None, journey__entry_on__lt=ago(30))
    assert not situations.filter(completed_on__lt=F("journey__entry_on"))


def test_the_priority_list_is_frozen_at_the_entry(people):
    lived = EntrySituation.objects.exclude(neighbourhood=None).select_related(
        "journey", "neighbourhood"
    )
    assert lived.filter(qpv_edition="2024") and lived.filter(qpv_edition="")
    for situation in lived:
        zoning = situation.neighbourhood.zoning_on(situation.journey.entry_on)
        assert situation.qpv_edition == (zoning.edition if zoning else "")


def test_strengths_of_every_kind_and_barriers_of_every_theme(people):
    assert set(Strength.objects.values_list("kind", flat=True)) == set(StrengthKind)
    assert Barrier.objects.values("theme").distinct().count() == 14
    assert not Barrier.objects.filter(theme="sante").exclude(level="")


def test_phones_and_addresses_are_nobodys(people):
    for participant in Participant.objects.all():
        assert not participant.phone or str(participant.phone.as_e164).startswith(FICTION)
        contact = participant.contact
        assert not contact or contact.startswith(FICTION) or contact.endswith("@demo.example")
    assert not User.objects.exclude(email=None).exclude(email__endswith="@demo.example")


def test_words_that_a_participant_must_never_read_are_nowhere(people):
    said = [
        *Strength.objects.values_list("text", flat=True),
        *Objective.objects.values_list("wording", flat=True),
        *Objective.objects.values_list("decision_reason", flat=True),
        *Note.objects.values_list("text", flat=True),
        *PhaseChange.objects.values_list("reason", flat=True),
        *TeamMember.objects.values_list("reason", flat=True),
        *Contract.objects.values_list("text", flat=True),
    ]

    assert not [text for text in said if any(word in text.lower() for word in NEVER_SAID)]


# -- The teams (rules 19 and 20) -----------------------------------------------------------------


def test_every_journey_has_one_coordinator_while_it_lasts(people):
    coordinators = Count("team", filter=Q(team__role="coordinator", team__until_on=None))

    assert not people.not_left().annotate(n=coordinators).exclude(n=1)


def test_members_work_in_the_territory_in_that_role(people):
    hired = Membership.objects.filter(
        user=OuterRef("user"),
        organisation=OuterRef("organisation"),
        role=OuterRef("role"),
        territories=OuterRef("territory"),
    )

    assert not TeamMember.objects.exclude(Exists(hired))


def test_some_journeys_have_no_referent_and_some_people_objected_to_a_member(people):
    assert people.not_left().contracted().without_referent()
    assert people.in_butinage().without_referent()
    assert TeamMember.objects.suspended()


def test_what_is_shared_is_shared_with_a_referent_since_the_contract(people):
    assert Share.objects.active() and Share.objects.exclude(ended_on=None)
    assert not Share.objects.exclude(member__role="referent")
    assert not Share.objects.filter(agreed_on__lt=F("journey__entry_on"))


def test_the_journal_tells_the_acts_of_the_year_in_order(people):
    for journey in people[:50]:
        lines = JournalEntry.objects.filter(participant_id=journey.participant_id)
        lines = lines.filter(version__isnull=False)
        told = list(lines.order_by("version").values_list("version", "at"))
        assert [at.date() for _version, at in told] == sorted(at.date() for _version, at in told)
        assert not told or told[-1][0] == journey.version
    assert not JournalEntry.objects.filter(at__date__lt=ago(366))


# -- The accounts one tries ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address,role,territories",
    [
        ("coordination.caen", "coordinator", {"caen-la-mer", "orne-odon"}),
        ("coordination.marseille", "coordinator", {"aix-marseille"}),
        ("referent.dome", "referent", {"caen-la-mer"}),
        ("animation.wip", "animator", {"caen-la-mer"}),
    ],
)
def test_a_published_account_signs_in_where_it_works(people, address, role, territories):
    user = User.objects.get(email=f"{address}@demo.example")

    assert user.check_password("talents-caches")
    assert {membership.role for membership in user.roles} == {role}
    assert {
        t.slug for membership in user.roles for t in membership.territories.all()
    } == territories


@pytest.mark.parametrize("address,role", [("gestion", "manager"), ("evaluation", "evaluator")])
def test_management_and_evaluation_see_both_programmes(people, address, role):
    user = User.objects.get(email=f"{address}@demo.example")

    assert [membership.role for membership in user.roles] == [role, role]
    assert len(user.programme_ids) == 2 and len(user.territory_ids) == 5


def test_nobody_else_can_sign_in(people):
    others = User.objects.exclude(password__startswith="!")

    assert others.count() == len(ACCOUNTS)
    assert 40 <= User.objects.exclude(email=None).count() <= 60


def test_karim_follows_about_twenty_five_people_of_every_kind(people):
    karim = User.objects.get(email="referent.dome@demo.example")
    followed = people.visible_to(karim)

    assert 22 <= followed.count() <= 28
    assert set(followed.with_status().values_list("status", flat=True)) == set(Status)


def test_nadia_has_something_to_do_in_each_of_the_day_s_matters(people):
    nadia = User.objects.get(email="coordination.caen@demo.example")
    mine = people.visible_to(nadia)
    active = mine.with_status().filter(status=Status.ACTIVE)

    assert Participant.objects.visible_to(nadia).filter(call_back_asked_on__isnull=False)
    assert Referral.objects.visible_to(nadia).open()
    assert mine.in_butinage().filter(first_contact_on__lt=ago(90))
    assert Contract.objects.visible_to(nadia).prepared()
    assert mine.filter(entry_on__isnull=False, situation__completed_on=None)
    assert mine.not_left().without_referent()
    assert active.without_contact_since(ago(30))
    assert active.filter(limit_on__lte=TODAY + relativedelta(months=3))
    assert mine.with_status().filter(status=Status.OVERDUE)
    assert (
        Absence.objects.visible_to(nadia)
        .pauses()
        .filter(until_on=None, expected_return_on__lt=TODAY)
    )
    assert FollowUp.objects.visible_to(nadia).pending().filter(opens_on__lte=TODAY)


def test_the_animator_has_kept_tallies_of_presences(people):
    jonas = User.objects.get(email="animation.wip@demo.example")

    assert Outreach.objects.visible_to(jonas).filter(recorded_by=jonas)


# -- Again ---------------------------------------------------------------------------------------


def test_filling_twice_adds_nothing(people):
    before, reported = digest(), []

    fill(participants=50, report=reported.append)

    assert reported == ["Les données de démonstration sont déjà là."]
    assert digest() == before


def test_the_same_number_on_the_same_day_gives_the_same_people(db):
    digests = []
    for _time in range(2):
        with transaction.atomic():
            fill(participants=100, report=digests.append)
            with scope.everything("test"):
                digests[-1] = digest()
            transaction.set_rollback(True)

    assert digests[0] == digests[1]


@pytest.mark.parametrize("participants", [1, 3, 12, 20])
def test_a_very_small_demonstration_fills_too(participants, db):
    fill(participants=participants, report=lambda told: None)

    with scope.everything("test"):
        assert Journey.objects.count() >= participants


def digest() -> str:
    """A figure of everything written, save ids, which the sequences give."""
    whole = hashlib.sha256()
    for model in [*PARENTS, *CHILDREN]:
        told = [
            field.column
            for field in model._meta.local_concrete_fields
            if not field.is_relation
            and not field.primary_key
            and field.column not in ("password", "participant_id", "object_id", "file")
        ]
        columns = ", ".join(connection.ops.quote_name(column) for column in told)
        with connection.cursor() as cursor:
            cursor.execute(f"select {columns} from {model._meta.db_table}")
            lines = sorted(repr(line) for line in cursor.fetchall())
        whole.update("\n".join(lines).encode())
    return whole.hexdigest()


# -- Met twice, going elsewhere --------------------------------------------------------------------


def test_some_people_seem_to_have_two_files_and_one_was_merged_since(people):
    found = 0
    for coordinator in User.objects.filter(memberships__role=Role.COORDINATOR).distinct():
        found += len(pairs(coordinator)[0])
    merge = Merge.objects.undoable().get()

    assert found >= 6
    assert merge.kept.programme.slug == "territoires-partages" and merge.record


def test_two_transfers_wait_for_an_answer(people):
    proposed = Transfer.objects.open().select_related("from_territory", "to_territory")

    assert {(row.from_territory.slug, row.to_territory.slug) for row in proposed} == {
        ("caen-la-mer", "orne-odon"),
        ("paris-montreuil", "aix-marseille"),
    }
