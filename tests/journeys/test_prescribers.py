"""A prescriber's own pages, and what reminds the team of those that wait."""

import pytest
from django.conf import settings
from django.urls import reverse

from journeys.models import OutboundMessage, Referral
from journeys.participants.actions import answer_referral, erase_referrals, remind_of_referrals
from journeys.participants.enums import ReferralAnswer
from rtr.lib import french
from territories.accounts.enums import Role
from territories.models import Membership, Territory
from tests.cast import member
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(db, everywhere):
    """Tests read everywhere; each request has its own scope."""


# -- A prescriber's own pages ----------------------------------------------------------------------


@pytest.fixture
def rose(signed_in, prescriber):
    return signed_in(prescriber)


def send(client, **typed):
    data = {"first_name": "Noa", "contact": "noa@exemple.fr", "agreed": "on", "agreed_on": ago(0)}
    data |= {"channel": "mission_locale"}
    return client.post(reverse("my_referral_send"), data | typed, follow=True)


def test_a_prescriber_sends_somebody_in_their_structure_s_name(rose, prescriber, mission_locale):
    page = send(rose)

    row = Referral.objects.get()
    assert (row.came_by, row.sent_by, row.organisation) == ("account", prescriber, mission_locale)
    assert (row.prescriber, row.prescriber_email) == ("Mission locale", prescriber.email)
    assert f"sous le numéro {row.pk}" in page.content.decode()


def test_the_second_time_the_channel_is_known(rose):
    first = rose.get(reverse("my_referral_send"))
    send(rose)

    second = rose.get(reverse("my_referral_send"))
    send(rose, contact="autre@exemple.fr", channel="")

    assert "channel" in first.context["form"].fields
    assert "channel" not in second.context["form"].fields
    assert set(Referral.objects.values_list("channel", flat=True)) == {"mission_locale"}


def test_colleagues_of_the_structure_see_the_answer_and_its_day_and_no_more(
    signed_in, prescriber, mission_locale, caen, coordinator
):
    send(signed_in(prescriber))
    answer_referral(
        referral=Referral.objects.get(),
        by=coordinator,
        answer=ReferralAnswer.DECLINED,
        reason="unreachable",
    )
    colleague = member("Alba", Role.PRESCRIBER, mission_locale, caen)

    text = signed_in(colleague).get(reverse("my_referrals")).content.decode()

    assert "Noa" in text and "Rose" in text and "Déclinée" in text
    for word in ("jointe", "Nadia", "noa@exemple.fr"):
        assert word not in text


def test_another_structure_or_another_territory_sees_nothing(
    signed_in, prescriber, mission_locale, vallees, caen, le_wip
):
    send(signed_in(prescriber))
    elsewhere = member("Alba", Role.PRESCRIBER, mission_locale, vallees)
    other = member("Bob", Role.PRESCRIBER, le_wip, caen)

    for user in (elsewhere, other):
        assert "Noa" not in signed_in(user).get(reverse("my_referrals")).content.decode()


def test_a_person_already_sent_by_the_structure_is_said(
    signed_in, prescriber, mission_locale, caen
):
    send(signed_in(prescriber))

    page = send(signed_in(member("Alba", Role.PRESCRIBER, mission_locale, caen)))

    assert Referral.objects.count() == 1
    assert "a déjà orienté cette personne" in page.content.decode()


def test_once_erased_the_answer_stays_without_a_name(rose, coordinator):
    send(rose)
    row = Referral.objects.get()
    answer_referral(referral=row, by=coordinator, answer=ReferralAnswer.DECLINED, reason="full")

    erase_referrals(on=ago(-31))

    row.refresh_from_db()
    assert (row.first_name, row.contact, row.prescriber_email) == ("", "", "")
    text = rose.get(reverse("my_referrals")).content.decode()
    assert "Une personne" in text and "Noa" not in text


def test_a_prescriber_opens_no_page_of_the_team(rose, kiwi, caen):
    for name in ("today", "participants", "referrals", "outreach", "welcome", "evaluation"):
        assert rose.get(reverse(name)).status_code == 403
    assert rose.get(reverse("journey", args=[kiwi.pk])).status_code == 403


def test_an_account_that_answers_in_one_territory_and_sends_in_another_does_not_answer_there(
    signed_in, coordinator_of_marseille, mission_locale, caen, prescriber
):
    send(signed_in(prescriber))
    row = Membership.objects.create(
        user=coordinator_of_marseille,
        programme=caen.programme,
        organisation=mission_locale,
        role=Role.PRESCRIBER,
    )
    row.territories.set([caen])
    client = signed_in(coordinator_of_marseille)
    client.get(reverse("switch_place"), {"place": caen.pk})

    answering = client.get(reverse("referral_answer", args=[Referral.objects.get().pk]))

    assert answering.status_code == 403
    assert "Noa" not in client.get(reverse("referrals")).content.decode()
    assert "Noa" in client.get(reverse("my_referrals")).content.decode()


def test_a_closed_territory_is_said_to_prescribers_too(rose, caen):
    Territory.objects.filter(pk=caen.pk).update(takes_referrals=False)

    page = send(rose)

    assert page.status_code == 422
    assert "ne reçoit pas d’orientation en ce moment" in page.content.decode()


def test_the_list_costs_the_same_whatever_its_length(
    rose, prescriber, mission_locale, caen, django_assert_max_num_queries
):
    Referral.objects.bulk_create(
        Referral(
            territory=caen,
            channel="ccas",
            prescriber="CCAS",
            first_name=f"P{n}",
            organisation=mission_locale,
            sent_by=prescriber,
            agreed_on=ago(2),
        )
        for n in range(30)
    )

    with django_assert_max_num_queries(12):
        rose.get(reverse("my_referrals"))


# -- Reminders -------------------------------------------------------------------------------------


def waiting(territory, days, **fields):
    fields = {"first_name": "Mimi", "contact": "mimi@exemple.fr", "channel": "ccas"} | fields
    return Referral.objects.create(
        territory=territory, prescriber="CCAS", received_on=ago(days), agreed_on=ago(days), **fields
    )


@pytest.mark.parametrize(("days", "mails"), [(14, 0), (15, 1), (24, 1), (25, 1), (30, 1)])
def test_the_coordination_is_reminded_from_the_fifteenth_day(caen, coordinator, days, mails):
    waiting(caen, days)

    remind_of_referrals(on=ago(0))
    remind_of_referrals(on=ago(0))

    sent = OutboundMessage.objects.filter(cause="referral.reminder")
    assert [mail.to for mail in sent] == [coordinator.email] * mails


def test_a_second_reminder_comes_on_the_twenty_fifth_day_and_no_third(caen, coordinator):
    waiting(caen, 0)

    told = [day for day in range(31) if remind_of_referrals(on=ago(-day))]

    assert told == [15, 25]


def test_one_mail_gathers_all_that_wait_in_ones_territories(caen, vallees, marseille, coordinator):
    waiting(caen, 20)
    waiting(vallees, 16)
    waiting(marseille, 20)

    remind_of_referrals(on=ago(0))

    mail = OutboundMessage.objects.get()
    assert mail.subject == "Deux demandes attendent votre réponse"
    assert french.day_in_full(ago(-10), weekday=False) in mail.body
    assert settings.SITE_URL + reverse("referrals") in mail.body
    assert "Mimi" not in mail.body


def test_one_that_nobody_could_be_told_of_waits_for_somebody(marseille):
    row = waiting(marseille, 20)

    remind_of_referrals(on=ago(0))

    row.refresh_from_db()
    assert row.reminded_on is None
