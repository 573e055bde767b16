"""Orientations: a first name, one contact, an agreement; an answer, and then nothing (rule 2)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.models import OutboundMessage, Participant, Referral
from journeys.participants.actions import answer_referral
from journeys.participants.enums import ReferralAnswer
from rtr import scope
from tests.journeys.factories import ago


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def mimi(caen):
    return Referral.objects.create(
        territory=caen,
        channel="mission_locale",
        prescriber="Mission locale de Caen",
        prescriber_email="conseil@exemple.fr",
        received_on=ago(4),
        first_name="Mimi",
        contact="06 39 98 12 34",
        agreed_on=ago(5),
    )


def answer(client, referral, **typed):
    return client.post(reverse("referral_answer", args=[referral.pk]), typed, follow=True)


def test_an_orientation_received_by_phone_is_recorded(signed_in, coordinator, caen):
    typed = {
        "channel": "france_travail",
        "prescriber": "Agence de Caen Fresnel",
        "prescriber_email": "",
        "first_name": "Sacha",
        "contact": "02 31 00 00 00",
        "agreed_on": ago(1),
        "received_on": ago(0),
        "territory": caen.pk,
    }

    page = signed_in(coordinator).post(reverse("referral_add"), typed, follow=True)

    assert Referral.objects.get().first_name == "Sacha"
    assert "Sacha</b> est d’accord pour vous rencontrer" in page.content.decode()


def test_an_orientation_without_agreement_is_refused_and_nothing_typed_is_lost(
    signed_in, coordinator, caen
):
    typed = {"channel": "ccas", "prescriber": "CCAS", "first_name": "Sacha", "contact": "ici"}
    typed |= {"received_on": ago(0), "territory": caen.pk, "agreed_on": ""}

    page = signed_in(coordinator).post(reverse("referral_add"), typed)

    assert page.status_code == 422
    assert 'value="Sacha"' in page.content.decode()
    assert not Referral.objects.exists()


def test_an_agreement_of_tomorrow_is_refused(signed_in, coordinator, caen):
    typed = {"channel": "ccas", "prescriber": "CCAS", "first_name": "Sacha", "contact": "ici"}
    typed |= {"received_on": ago(0), "territory": caen.pk, "agreed_on": ago(-1)}

    page = signed_in(coordinator).post(reverse("referral_add"), typed)

    assert page.status_code == 422
    assert "aujourd’hui ou un jour passé" in page.content.decode()


def test_those_that_wait_come_oldest_first_with_the_time_left(signed_in, coordinator, mimi, caen):
    older = Referral.objects.create(
        territory=caen,
        channel="ccas",
        prescriber="CCAS",
        received_on=ago(29),
        first_name="Noa",
        contact="ici",
        agreed_on=ago(29),
    )

    page = signed_in(coordinator).get(reverse("referrals"))

    waiting = page.context["waiting"]
    assert [row["referral"] for row in waiting] == [older, mimi]
    assert [row["is_pressing"] for row in waiting] == [True, False]
    assert "réponse avant le" in page.content.decode()


def test_accepting_creates_the_person_and_tells_the_prescriber(signed_in, coordinator, mimi):
    proposed = signed_in(coordinator).get(reverse("referral_answer", args=[mimi.pk]))

    page = answer(signed_in(coordinator), mimi, answer="accepted", nickname="Mimi")

    assert proposed.context["accept"]["nickname"].value() == "Mimi"
    person = Participant.objects.get()
    assert (person.nickname, person.channel, person.contact) == (
        "Mimi",
        "mission_locale",
        "06 39 98 12 34",
    )
    assert person.code in page.content.decode()
    mimi.refresh_from_db()
    assert (mimi.answer, mimi.participant) == (ReferralAnswer.ACCEPTED, person)
    mail = OutboundMessage.objects.get()
    assert mail.to == "conseil@exemple.fr"
    for word in ("Mimi", "parcours", "programme", "Territoires", person.code):
        assert word not in mail.subject + mail.body


def test_declining_wants_a_reason(signed_in, coordinator, mimi):
    page = answer(signed_in(coordinator), mimi, answer="declined")

    assert page.status_code == 422
    mimi.refresh_from_db()
    assert mimi.answer == ""


def test_declining_says_the_outcome_and_never_the_reason(signed_in, coordinator, mimi):
    answer(signed_in(coordinator), mimi, answer="declined", decline_reason="full")

    mimi.refresh_from_db()
    assert (mimi.answer, mimi.decline_reason) == (ReferralAnswer.DECLINED, "full")
    assert "place" not in OutboundMessage.objects.get().body
    assert not Participant.objects.exists()


def test_the_second_to_answer_is_told_of_the_first(signed_in, coordinator, manager, mimi):
    answer_referral(referral=mimi, by=manager, answer=ReferralAnswer.DECLINED, reason="unreachable")

    page = answer(signed_in(coordinator), mimi, answer="accepted", nickname="Mimi")

    assert page.status_code == 422
    assert "a déjà sa réponse" in page.content.decode()
    assert not Participant.objects.exists()


def test_answered_ones_are_shown_for_a_month(signed_in, coordinator, mimi):
    answer(signed_in(coordinator), mimi, answer="declined", decline_reason="full")

    page = signed_in(coordinator).get(reverse("referrals"))

    assert list(page.context["answered"]) == [mimi]
    assert "Déclinée" in page.content.decode()


def test_a_referent_does_not_answer_and_another_territory_does_not_know(
    signed_in, referent, coordinator_of_marseille, mimi
):
    address = reverse("referral_answer", args=[mimi.pk])

    assert signed_in(referent).get(address).status_code == 403
    assert signed_in(coordinator_of_marseille).get(address).status_code == 404


def test_the_list_costs_the_same_whatever_its_length(
    signed_in, coordinator, caen, django_assert_max_num_queries
):
    rows = [
        Referral(
            territory=caen,
            channel="ccas",
            prescriber="CCAS",
            first_name=f"P{n}",
            contact="ici",
            agreed_on=ago(2),
            received_on=ago(2),
            answer="declined" if n % 2 else "",
            decline_reason="full" if n % 2 else "",
            answered_on=ago(1) if n % 2 else None,
            answered_by=coordinator if n % 2 else None,
        )
        for n in range(40)
    ]
    Referral.objects.bulk_create(rows)
    client = signed_in(coordinator)

    with django_assert_max_num_queries(10):
        page = client.get(reverse("referrals"))

    assert len(page.context["waiting"]) == 20
    assert (
        timezone.localdate() - datetime.timedelta(days=1) == page.context["answered"][0].answered_on
    )
