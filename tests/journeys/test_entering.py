"""Coming in by a code, a link, a screen: whoever one is, whatever one types."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journeys.contracts.actions.preparing import write_reached
from journeys.messages.models import OutboundMessage
from journeys.models import Absence, EntryCode, Participant, PortalLink, WrongCode
from journeys.participants.actions import correct_details
from journeys.portal.actions import forget_entry_codes, give_link
from journeys.portal.actions import links as link_actions
from rtr import due, scope
from territories.journal.models import JournalEntry
from tests.journeys.entering import (
    CODE,
    DOOR,
    NUMBER,
    UNKNOWN,
    asks,
    codes_sent,
    has_contact,
    is_in,
    later,
    types,
)
from tests.journeys.factories import JourneyFactory, ago
from tests.journeys.phones import reach, said, wrong

CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+"|data-now="\d+"')


@pytest.fixture
def nadia_s(caen, le_dome):
    """Another person on the same phone."""
    with scope.over([caen.pk]):
        journey = JourneyFactory(
            territory=caen, participant__nickname="Pixel", participant__organisation=le_dome
        )
    has_contact(journey, "+33 6 39 98 12 34")
    return journey


# -- A code ----------------------------------------------------------------------------------------


def test_a_code_received_opens_and_says_so_in_the_journal(client, numbered):
    asks(client)
    (code,) = codes_sent()

    page = types(client, code)

    assert page.url == reverse("portal_phone") and is_in(client)
    with scope.everything("test"):
        line = JournalEntry.objects.get(act="entered")
        assert (line.participant_id, line.fields) == (numbered.participant_id, ["sms"])


def test_the_phone_of_a_contract_opens_as_well_and_figures_may_be_arabic(client, kiwi, caen):
    with scope.over([caen.pk]):
        Participant.objects.filter(pk=kiwi.participant_id).update(identified_on=ago(0))
        reach(kiwi)
    asks(client)
    (code,) = codes_sent()

    types(client, code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))[:3] + " " + code[3:])

    assert is_in(client)


def test_a_code_asked_for_leaves_at_any_hour_and_says_nothing_of_the_programme(numbered, client):
    asks(client)

    with scope.everything("test"):
        message = OutboundMessage.objects.get()
    assert message.is_awaited and message.is_secret and message.participant_id
    assert message.useless_after


def test_an_unknown_number_gets_the_same_answer_and_no_message(db, numbered):
    answers = {}
    for number in (NUMBER, UNKNOWN):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            asked = client.post(reverse(DOOR), {"phone": number})
        asking = len(queries)
        page = client.get(reverse(CODE))
        due.run_due(EntryCode._meta.label_lower)
        with CaptureQueriesContext(connection) as tried:
            refused = types(client, "000001")
        bodies = [CHANGING.sub("", each.content.decode()) for each in (page, refused)]
        bodies = [body.replace(number.replace(" ", "\u00a0"), "…") for body in bodies]
        answers[number] = (
            [each.status_code for each in (asked, page, refused)],
            asked.headers.get("Location"),
            bodies,
            asking,
            len(tried),
        )

    assert answers[NUMBER] == answers[UNKNOWN] and answers[NUMBER][3] > 5
    assert len(codes_sent()) == 1
    with scope.everything("test"):
        assert OutboundMessage.objects.count() == 1


def test_a_row_keeps_neither_the_number_nor_the_code(client, numbered):
    asks(client)

    row = EntryCode.objects.values().get()
    assert row["payload"] == "" and row["status"] == "done"
    assert codes_sent()[0] not in str(row) and "639981234" not in str(row)


def test_three_wrong_codes_ask_for_a_new_one_and_the_right_one_is_over(client, numbered, cache):
    asks(client)
    (code,) = codes_sent()

    pages = [types(client, wrong(code)) for _try in range(3)]
    late = types(client, code)

    assert "Ce code est faux" in said(pages[1])
    assert "Demandez un nouveau code" in said(pages[2]) and "bloqu" not in said(pages[2])
    assert "Demandez un nouveau code" in said(late)
    assert not is_in(client)


def test_the_page_gives_a_new_code_in_one_tap(client, numbered):
    asks(client)
    with later(minutes=1):
        client.post(reverse(CODE), {"again": "1"})
        due.run_due(EntryCode._meta.label_lower)
        types(client, codes_sent()[1])

        assert is_in(client)


def test_a_code_is_over_after_ten_minutes_and_works_once(client, numbered):
    asks(client)
    (code,) = codes_sent()
    with later(minutes=11):
        assert "Demandez un nouveau code" in said(types(client, code))

    types(client, code)
    EntryCode.objects.update(used_at=timezone.now())
    assert is_in(client)
    assert types(client, code).url == reverse("portal"), "a second tap leads in"


def test_a_double_tap_sends_one_message(client, numbered):
    for _tap in range(2):
        asks(client)

    assert len(codes_sent()) == 1


def test_five_codes_an_hour_and_nobody_else_is_kept_out(numbered, cache):
    attacker = "10.9.9.9"
    pages = [asks(Client(), network=attacker) for _time in range(6)]
    owner = Client()
    asks(owner, network="10.0.0.2")

    assert [page.status_code for page in pages] == [302] * 5 + [422]
    assert "Attendez une heure" in said(pages[-1])
    assert len(codes_sent()) == 6
    types(owner, codes_sent()[-1])
    assert is_in(owner)
    with later(minutes=61):
        assert asks(Client(), network=attacker).status_code == 302


def test_somebody_else_s_wrong_codes_do_not_wear_one_s_own(numbered):
    owner, attacker = Client(), Client()
    asks(owner)
    code = codes_sent()[0]
    asks(attacker, network="10.9.9.9")
    for _try in range(5):
        types(attacker, wrong(code))

    types(owner, code)

    assert is_in(owner)


def test_a_number_is_bounded_everywhere_and_a_network_too(numbered, cache):
    for network in range(20):
        asks(Client(), network=f"10.1.0.{network}")
    assert len(codes_sent()) == 15

    pages = [asks(Client(), f"06 39 98 {n // 100:02} {n % 100:02}", "10.2.0.1") for n in range(61)]
    assert [page.status_code for page in pages][-2:] == [302, 422]


@pytest.mark.parametrize("typed", ["", "0612", "bonjour"])
def test_a_number_that_is_none_is_said(client, db, typed):
    page = client.post(reverse(DOOR), {"phone": typed})

    assert page.status_code == 422
    assert "numéro" in said(page)
    assert not EntryCode.objects.exists()


def test_a_code_page_without_a_number_leads_to_the_door(client, db):
    assert client.get(reverse(CODE)).url == reverse(DOOR)


# -- A phone of several people ---------------------------------------------------------------------


def test_a_shared_phone_asks_who_it_is_for_five_minutes(client, numbered, nadia_s):
    asks(client)
    (code,) = codes_sent()
    with scope.everything("test"):
        assert OutboundMessage.objects.get().participant is None, "it is for nobody in particular"

    asked = types(client, code)
    page = client.get(asked.url)
    stranger = client.post(asked.url, {"person": "999999"})
    with later(minutes=6):
        assert client.get(asked.url).url == reverse(DOOR)

    assert asked.url == reverse("portal_choose")
    assert "Kiwi" in said(page) and "Pixel" in said(page)
    assert stranger.status_code == 302 or stranger.status_code == 422


def test_who_was_chosen_comes_in_and_nobody_else(client, numbered, nadia_s):
    asks(client)
    asked = types(client, codes_sent()[0])

    client.post(asked.url, {"person": nadia_s.participant_id})
    again = client.post(asked.url, {"person": numbered.participant_id})

    assert "Bonjour Pixel" in said(client.get(reverse("portal")))
    assert again.url == reverse("portal")


# -- Who comes in no more --------------------------------------------------------------------------


def gone(journey, how):
    with scope.over([journey.territory_id]):
        if how in ("dead", "left"):
            kind = "deces" if how == "dead" else "cdi"
            Absence.objects.create(
                territory=journey.territory,
                journey=journey,
                kind="exit",
                from_on=ago(1),
                exit_kind=kind,
            )
        if how == "merged":
            other = JourneyFactory(
                territory=journey.territory,
                participant__nickname="Une",
                participant__organisation=journey.participant.organisation,
            )
            Participant.everyone.filter(pk=journey.participant_id).update(
                merged_into=other.participant_id
            )
        if how == "erased":
            Participant.objects.filter(pk=journey.participant_id).update(contact="")


@pytest.mark.parametrize(
    ("how", "comes_in"), [("left", True), ("dead", False), ("merged", False), ("erased", False)]
)
def test_who_left_comes_in_not_the_dead_nor_a_file_that_is_no_more(client, numbered, how, comes_in):
    gone(numbered, how)

    asks(client)

    assert bool(codes_sent()) == comes_in


@pytest.mark.parametrize("how", ["dead", "merged"])
def test_a_link_given_before_opens_no_more(client, numbered, coordinator, how):
    with scope.over([numbered.territory_id]):
        token = give_link(journey=numbered, by=coordinator)
    gone(numbered, how)

    assert client.post(reverse("portal_enter", args=[token])).status_code == 404
    assert not is_in(client)


# -- A number given to someone else ----------------------------------------------------------------


def test_a_number_that_is_changed_opens_nothing_any_more(client, numbered, coordinator):
    with scope.over([numbered.territory_id]):
        give_link(journey=numbered, by=coordinator)
    asks(client)
    (code,) = codes_sent()
    with scope.over([numbered.territory_id]):
        correct_details(
            participant=numbered.participant, by=coordinator, nickname="Kiwi", contact=UNKNOWN
        )

    assert "Demandez un nouveau code" in said(types(client, code))
    with scope.everything("test"):
        assert not PortalLink.objects.exists()


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_number_that_is_somebody_else_s_closes_devices(client, numbered, coordinator, is_lost):
    asks(client)
    types(client, codes_sent()[0])
    with scope.over([numbered.territory_id]):
        Participant.objects.filter(pk=numbered.participant_id).update(identified_on=ago(0))
        numbered.refresh_from_db()
        reached = {"phone": "+33639980099", "guardian_phone": "", "guardian_email": ""}
        write_reached(journey=numbered, by=coordinator, seen=None, reached=reached, is_lost=is_lost)

    assert is_in(client) != is_lost


# -- Whatever the phone does -----------------------------------------------------------------------


def test_without_cookies_one_sentence_says_what_to_do(db):
    client = Client(enforce_csrf_checks=True)

    page = client.post(reverse(DOOR), {"phone": NUMBER})

    assert "Ce téléphone bloque les cookies" in said(page)
    assert NUMBER in said(page), "what was typed stays"


def test_a_page_that_waited_says_try_again(db):
    client = Client(enforce_csrf_checks=True)
    client.cookies["autre"] = "1"

    assert "Essayez encore" in said(client.post(reverse(DOOR), {"phone": NUMBER}))


def test_the_door_offers_every_way_and_its_language(client, db):
    page = said(client.get(reverse(DOOR)))

    for words in ("Recevoir un code", "J’ai une carte", "Mon équipe me donne un code", "un lien"):
        assert words in page
    assert reverse("portal_language") in page


def test_the_field_of_a_code_helps_the_phone(client, numbered):
    asks(client)

    page = client.get(reverse(CODE)).content.decode()

    assert 'inputmode="numeric"' in page and 'autocomplete="one-time-code"' in page


def test_codes_and_counts_are_forgotten(numbered, client):
    asks(client)
    WrongCode.objects.create(network="x")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    assert forget_entry_codes(on=timezone.localdate()) == 0
    assert forget_entry_codes(on=tomorrow) == 1
    with scope.everything("test"):
        link_actions.forget_links(on=tomorrow)
    assert not WrongCode.objects.exists()
