"""Each need of the day: whose it is, what it says, the page of its act, what cannot wait."""

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from journeys.models import (
    Referral,
    Signature,
)
from tests.journeys.factories import ago, join
from tests.journeys.lists import absent, ask_to_be_called, draft, follow_up, said, seen


@pytest.fixture(autouse=True)
def inside(everywhere):
    """Tests read everywhere; each request has its own scope."""


# -- Answers -------------------------------------------------------------------------------------


def test_somebody_to_call_back_cannot_wait_beyond_the_day_after(needs, referent, quiet):
    ask_to_be_called(quiet("Kiwi"), ago(1))
    ask_to_be_called(quiet("Zaza"), ago(0))

    first, second = needs(referent)["call_back"]

    assert (said(first), first.is_now) == ("Kiwi attend votre appel.", True)
    assert first.act == ("Rappeler", f"{reverse('journey', args=[first.file])}#rappel")
    assert (second.nickname, second.is_now) == ("Zaza", False)


@pytest.mark.parametrize(
    ("days", "is_now", "warning"), [(29, False, ""), (30, True, ""), (31, True, "En retard")]
)
def test_a_referral_is_answered_before_the_programme_s_delay(
    needs, coordinator, caen, days, is_now, warning
):
    referral = Referral.objects.create(
        territory=caen,
        channel="mission_locale",
        prescriber="mission locale",
        first_name="Mimi",
        received_on=ago(days),
        agreed_on=ago(days),
    )

    (line,) = needs(coordinator)["referral"]

    assert said(line) == "Mimi est d’accord pour vous rencontrer."
    assert line.notes[0] == "Mission locale"
    assert line.act == ("Répondre", reverse("referral_answer", args=[referral.pk]))
    assert (line.due, line.is_now, line.warning) == (ago(days - 30), is_now, warning)


def test_referrals_are_not_for_referents(needs, referent, caen):
    Referral.objects.create(
        territory=caen, channel="mission_locale", prescriber="x", agreed_on=ago(1)
    )

    assert needs(referent) == {}


# -- Contracts and entries -----------------------------------------------------------------------


FROZEN = {"text": "Texte", "sha256": "1" * 64, "frozen_at": timezone.now()}


def sign(contract, signer):
    Signature.objects.create(
        territory=contract.territory,
        journey=contract.journey,
        contract=contract,
        signer=signer,
        user=contract.journey.team.first().user,
        name="x",
        method="session",
        sha256=contract.sha256,
    )


def test_a_draft_is_taken_up_again_before_it_is_erased(needs, coordinator, quiet):
    journey = quiet("Lilou")
    draft(journey, 26)

    (line,) = needs(coordinator)["contract"]

    assert said(line).startswith("Le contrat préparé avec Lilou s’efface le ")
    assert line.act == ("Reprendre", reverse("contract", args=[journey.pk]))
    assert (line.due, line.is_now) == (ago(-4), False)


def test_a_draft_erased_tonight_cannot_wait(needs, coordinator, quiet):
    draft(quiet("Lilou"), 30)

    assert needs(coordinator)["contract"][0].is_now


def test_a_contract_the_person_signed_waits_for_mine(needs, coordinator, referent, quiet):
    journey = quiet("Tonio")
    sign(draft(journey, 1, **FROZEN), "participant")

    for user in (coordinator, referent):
        (line,) = needs(user)["contract"]
        assert said(line) == "Tonio a signé son contrat, il reste votre signature."
        assert line.act == ("Signer", reverse("contract_sign_self", args=[journey.pk]))
        assert line.is_now


def test_a_contract_signed_by_the_team_waits_for_the_person(needs, coordinator, quiet):
    contract = draft(quiet("Inès"), 1, **FROZEN)
    sign(contract, "referent")

    (line,) = needs(coordinator)["contract"]

    assert said(line) == "Le contrat d’Inès est prêt, il reste à le signer."
    assert line.act[0] == "Faire signer"


@pytest.mark.parametrize(
    ("days", "is_now", "warning"), [(29, False, ""), (30, True, ""), (31, False, "En retard")]
)
def test_entry_questions_are_finished_within_the_programme_s_delay(
    needs, coordinator, person, referent, days, is_now, warning
):
    journey = person("Kiwi", contracted=True, entry_on=ago(days))
    join(journey, referent)

    (line,) = needs(coordinator)["entry"]

    assert said(line) == "Des questions d’entrée restent à finir avec Kiwi."
    assert line.act[1] == reverse("situation_answer", args=[journey.pk])
    assert (line.is_now, line.warning) == (is_now, warning)


# -- Butinages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "text", "act", "is_now"),
    [
        (85, 3, "Le butinage de Kiwi atteint 90 jours le", "Préparer", False),
        (91, 3, "Le butinage de Kiwi dépasse les 90 jours habituels.", "Préparer", False),
        (176, 3, "Le butinage de Kiwi atteint sa limite le", "Préparer", False),
        (181, 3, "Le butinage de Kiwi dépasse la limite de 180 jours.", "Préparer", False),
        (120, 85, "Sans nouvelle rencontre, la fiche de Kiwi s’efface le", "Noter", False),
        (120, 90, "Sans nouvelle rencontre, la fiche de Kiwi s’efface le", "Noter", True),
    ],
)
def test_a_butinage_near_its_end(needs, coordinator, quiet, first, last, text, act, is_now):
    seen(quiet(), first, last)

    (line,) = needs(coordinator)["butinage"]

    assert said(line).startswith(text)
    assert line.act[0].startswith(act)
    assert line.is_now is is_now


def test_a_butinage_with_time_ahead_or_a_contract_in_preparation_is_left_in_peace(
    needs, coordinator, quiet
):
    seen(quiet("Tôt"), 82, 3)
    prepared = quiet("Prêt")
    seen(prepared, 100, 3)
    draft(prepared, 2)

    assert "butinage" not in needs(coordinator)


def test_the_numbers_are_the_programme_s(needs, coordinator, quiet, caen):
    seen(quiet(), 58, 3)
    caen.programme.butinage_max_days = 60
    caen.programme.save()

    assert "atteint 60 jours" in said(needs(coordinator)["butinage"][0])


# -- Journeys to keep in sight -------------------------------------------------------------------


def test_a_journey_without_referent_is_given_one(needs, coordinator, person):
    journey = person("Kiwi")
    absent(person("Sorti"), "exit")

    (line,) = needs(coordinator)["no_referent"]

    assert said(line) == "Kiwi n’a pas de référent."
    assert line.act[1] == f"{reverse('assign_referent')}?journey={journey.pk}"


@pytest.mark.parametrize(("days", "reached"), [(30, 30), (59, 30), (60, 60), (89, 60), (200, 90)])
def test_no_contact_is_said_once_at_the_highest_threshold_reached(
    needs, coordinator, quiet, days, reached
):
    seen(quiet(contracted=True, first_contact_on=ago(300), entry_on=ago(250)), 300, days)

    (line,) = needs(coordinator)["no_contact"]

    assert said(line) == f"Pas de contact avec Kiwi depuis plus de {reached} jours."
    assert line.act == ("Noter un contact", reverse("contact_record", args=[line.file]))


def test_those_in_pause_or_seen_lately_are_not_looked_for(needs, coordinator, quiet):
    seen(quiet("Vu"), 60, 29)
    paused = quiet("Pause")
    seen(paused, 60, 40)
    absent(paused, "pause")

    assert "no_contact" not in needs(coordinator)


@pytest.mark.parametrize(
    ("limit", "text", "act"),
    [
        (relativedelta(months=3), "Le parcours de Kiwi atteint sa durée maximale le", "Voir"),
        (relativedelta(days=-2), "Le parcours de Kiwi a dépassé sa durée le", "Prolonger"),
    ],
)
def test_the_limit_is_announced_then_passed(needs, coordinator, quiet, limit, text, act):
    on = timezone.localdate() + limit
    quiet(contracted=True, first_contact_on=ago(600), entry_on=ago(500), limit_on=on)

    (line,) = needs(coordinator)["limit"]

    assert said(line).startswith(text)
    assert line.act[0].startswith(act)


def test_a_limit_beyond_the_first_warning_is_not_said(needs, coordinator, quiet):
    on = timezone.localdate() + relativedelta(months=3, days=1)
    quiet(contracted=True, limit_on=on)

    assert "limit" not in needs(coordinator)


# -- News ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_now", "warning"),
    [
        (20, False, ""),
        (21, False, "Bientôt en retard"),
        (28, True, "Bientôt en retard"),
        (29, False, "En retard"),
    ],
)
def test_news_are_taken_after_an_exit(needs, coordinator, quiet, days, is_now, warning):
    row = follow_up(quiet("Papy Jo"), days)

    (line,) = needs(coordinator)["follow_up"]

    assert said(line) == "C’est le moment de prendre des nouvelles de Papy Jo, après sa sortie."
    assert line.act[1] == reverse("follow_up_record", args=[row.journey_id, row.pk])
    assert (line.is_now, line.warning) == (is_now, warning)


def test_news_already_taken_or_not_yet_open_are_not_asked(needs, coordinator, quiet):
    follow_up(quiet("Pris"), 5, status="answered", situation="cdi")
    follow_up(quiet("Plus tard"), 5, opens_on=ago(-3), late_on=ago(-31))

    assert "follow_up" not in needs(coordinator)


def test_a_pause_whose_return_has_come(needs, coordinator, quiet):
    journey = quiet("Maya")
    absent(journey, "pause", from_on=ago(20), expected_return_on=ago(0))
    absent(quiet("Loin"), "pause", from_on=ago(20), expected_return_on=ago(-1))

    (line,) = needs(coordinator)["return"]

    assert said(line).startswith("La pause de Maya devait finir le ")
    assert line.act == ("Noter la reprise", reverse("resume", args=[journey.pk]))
