"""« Messages »: what was sent and what became of it, what needs somebody; and the words."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.messages.models import (
    InboundMessage,
    OutboundMessage,
    StrayAnswers,
)
from journeys.messages.telling import masked
from rtr import scope
from rtr.due import Status
from territories.models import JournalEntry
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.sms import PHONE, register_kinds, sent

MESSAGES, INBOX = reverse("messages"), reverse("messages_inbox")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    register_kinds(monkeypatch)


@pytest.fixture
def kiwi(caen, le_dome, everywhere):
    return JourneyFactory(territory=caen, participant__organisation=le_dome).participant


def answered(message, text="1", meaning="yes", **fields) -> InboundMessage:
    return InboundMessage.objects.create(
        territory=message.territory,
        participant=message.participant,
        answers=message,
        sender=PHONE,
        text=text,
        meaning=meaning,
        provider="file",
        provider_id=text,
        **fields,
    )


# -- The list ------------------------------------------------------------------------------------


def test_each_message_is_a_sentence(signed_in, coordinator, caen, kiwi):
    message = sent(caen, participant=kiwi, delivery="delivered", delivery_at=timezone.now())
    answered(message)

    page = signed_in(coordinator).get(MESSAGES)

    assert page.status_code == 200
    text = page.content.decode()
    assert "Question" in text and "Kiwi" in text and "06\xa0••" in text
    assert reverse("journey", args=[kiwi.journey.pk]) in text
    assert "a répondu « oui »" in text.replace("A répondu", "a répondu")
    assert PHONE not in text and "…</p>" not in text


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("+33639980034", "06\xa0••\xa0••\xa0••\xa034"),
        ("nadia@exemple.fr", "n•••@exemple.fr"),
        ("+213551234567", "+21•••67"),
        ("36111", "•••"),
    ],
)
def test_addresses_are_shown_by_their_ends(to, shown):
    assert masked(to) == shown


def test_filters_are_chips_in_the_address(signed_in, coordinator, caen, kiwi):
    sent(caen, participant=kiwi)
    sent(caen, "t.tell", status="uncertain", sent_at=None)
    client = signed_in(coordinator)

    page = client.get(f"{MESSAGES}?state=uncertain&channel=sms")

    assert [row.it.cause for row in page.context["rows"]] == ["t.tell"]
    assert [chip.label for chip in page.context["chips"]] == ["Voie : SMS", "État : incertain"]
    assert page.context["said"] == "Un message correspond"
    assert not client.get(f"{MESSAGES}?state=failed&cause=t.ask").context["filters"].form.is_valid()


def test_person_is_found_by_nickname(signed_in, coordinator, caen, kiwi):
    sent(caen, participant=kiwi)
    sent(caen)
    client = signed_in(coordinator)

    assert len(client.get(f"{MESSAGES}?q=kiw").context["rows"]) == 1
    assert client.get(f"{MESSAGES}?q=zaza").context["rows"] == []


def test_pages_follow_each_other_across_territories(signed_in, coordinator, caen, vallees):
    now = timezone.now()
    with scope.everything("test"):
        OutboundMessage.objects.bulk_create(
            OutboundMessage(
                territory=(caen, vallees)[n % 2],
                to=PHONE,
                body="…",
                written_at=now - datetime.timedelta(minutes=n // 3),
            )
            for n in range(120)
        )
    client, url, seen = signed_in(coordinator), MESSAGES, []
    while url:
        page = client.get(url)
        seen += [row.it.pk for row in page.context["rows"]]
        url = page.context["next_url"] and MESSAGES + page.context["next_url"]

    assert len(seen) == len(set(seen)) == 120
    assert client.get(f"{MESSAGES}?after=nimporte").status_code == 200


def test_many_messages_cost_what_few_cost(
    signed_in, coordinator, caen, kiwi, django_assert_max_num_queries
):
    client = signed_in(coordinator)
    for many in (1, 40):
        for _each in range(many):
            answered(sent(caen, participant=kiwi), text=f"{many} {_each}")
        for url in (MESSAGES, INBOX):
            with django_assert_max_num_queries(15):
                client.get(url)


def test_nobody_sees_what_is_about_whom_objected_to_them(signed_in, coordinator, caen, kiwi):
    message = sent(caen, participant=kiwi, status="uncertain", sent_at=None)
    join(kiwi.journey, coordinator, suspended_on=timezone.localdate())
    client = signed_in(coordinator)

    assert client.get(MESSAGES).context["rows"] == []
    assert client.get(INBOX).context["troubled_count"] == 0
    assert client.get(reverse("message", args=[message.pk])).status_code == 404


# -- One message ---------------------------------------------------------------------------------


def test_secret_is_read_by_nobody_even_before_it_leaves(signed_in, coordinator, caen, everywhere):
    message = sent(
        caen, "t.secret", status="due", sent_at=None, is_secret=True, body="Votre code : 123456"
    )

    page = signed_in(coordinator).get(reverse("message", args=[message.pk]))

    assert "123456" not in page.content.decode()


def test_message_in_arabic_is_read_from_the_right(signed_in, coordinator, caen, everywhere):
    message = sent(caen, language="ar", body="مرحبا")

    page = signed_in(coordinator).get(reverse("message", args=[message.pk]))

    assert 'dir="auto" lang="ar"' in page.content.decode()


# -- Deciding ------------------------------------------------------------------------------------


@pytest.fixture
def uncertain(caen, kiwi):
    return sent(caen, participant=kiwi, status="uncertain", sent_at=None, last_error="ReadTimeout")


def decide(client, message, decision):
    return client.post(reverse("message_decide", args=[message.pk]), {"decision": decision})


@pytest.mark.parametrize(
    ("decision", "status", "is_sent", "is_read"),
    [
        ("left", Status.DONE, True, True),
        ("again", Status.DUE, False, False),
        ("leave", Status.UNCERTAIN, False, True),
    ],
)
def test_coordination_decides_of_an_uncertain_message(
    signed_in, coordinator, uncertain, decision, status, is_sent, is_read
):
    client = signed_in(coordinator)
    assert client.get(INBOX).context["troubled_count"] == 1

    assert decide(client, uncertain, decision).status_code == 302

    uncertain.refresh_from_db()
    found = (uncertain.status, bool(uncertain.sent_at), bool(uncertain.read_at))
    assert found == (status, is_sent, is_read)
    assert client.get(INBOX).context["troubled_count"] == 0
    entry = JournalEntry.objects.get(act="message_decided")
    assert (entry.fields, entry.participant_id) == ([decision], uncertain.participant_id)


def test_page_says_what_each_decision_does(signed_in, coordinator, uncertain):
    page = signed_in(coordinator).get(reverse("message_decide", args=[uncertain.pk]))

    text = page.content.decode()
    assert "la personne le reçoit deux fois" in text
    assert "Il n’est jamais renvoyé sans vous" in text


def test_secret_that_is_forgotten_is_not_sent_again(signed_in, coordinator, caen, everywhere):
    message = sent(caen, "t.secret", status="uncertain", sent_at=None, is_secret=True, body="")
    client = signed_in(coordinator)

    page = client.get(reverse("message_decide", args=[message.pk]))
    assert "refaites la demande" in page.content.decode()
    assert decide(client, message, "again").status_code == 422

    message.refresh_from_db()
    assert message.status == Status.UNCERTAIN


def test_second_decision_finds_nothing_to_decide(signed_in, coordinator, uncertain):
    client = signed_in(coordinator)
    decide(client, uncertain, "left")

    assert decide(client, uncertain, "again").status_code == 302

    uncertain.refresh_from_db()
    assert uncertain.status == Status.DONE


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("HTTP 400 invalid_parameter", "refuse ce numéro"),
        ("HTTP 401 unauthorized", "ne reconnaît plus la plateforme"),
        ("SMTP 550", "refuse nos messages"),
        ("ConnectionError", "n’a pas pu être joint"),
    ],
)
def test_failure_says_why_and_what_to_do(signed_in, coordinator, caen, everywhere, error, said):
    message = sent(caen, status="failed", sent_at=None, last_error=error)

    page = signed_in(coordinator).get(reverse("message", args=[message.pk]))

    assert said in page.content.decode().replace("\xa0", " ")


def test_message_that_did_not_arrive_is_noted_as_seen(signed_in, coordinator, caen, everywhere):
    message = sent(caen, delivery="undelivered", delivery_at=timezone.now())
    client = signed_in(coordinator)
    page = client.get(reverse("message_decide", args=[message.pk]))
    assert "Noter comme vu" in page.content.decode()

    decide(client, message, "leave")

    assert client.get(INBOX).context["troubled_count"] == 0


def test_manager_reads_but_does_not_decide(signed_in, manager, uncertain):
    client = signed_in(manager)

    assert client.get(reverse("message", args=[uncertain.pk])).status_code == 200
    assert decide(client, uncertain, "again").status_code == 403


# -- Answers to read -----------------------------------------------------------------------------


def test_answer_is_noted_as_read_and_taken_back(signed_in, coordinator, caen, kiwi):
    answer = answered(sent(caen, participant=kiwi), "je serai en retard", "other")
    client = signed_in(coordinator)
    assert "je serai en retard" in client.get(INBOX).content.decode()
    url = reverse("answer_read", args=[answer.pk])

    client.post(url)
    assert client.get(INBOX).context["answers"] == []

    client.post(f"{url}?unread=1")
    assert len(client.get(INBOX).context["answers"]) == 1


def test_answers_of_strangers_are_a_number(signed_in, coordinator, caen):
    StrayAnswers.objects.create(on=timezone.localdate(), count=3)

    text = signed_in(coordinator).get(INBOX).content.decode()

    assert "Trois réponses sont venues" in text


def test_what_waits_is_told_on_the_day_s_page(signed_in, coordinator, caen, kiwi, uncertain):
    answered(uncertain, "c’est qui ?", "other")

    page = signed_in(coordinator).get(reverse("today"))

    text = page.content.decode()
    assert "Des messages à regarder" in text
    assert reverse("message_decide", args=[uncertain.pk]) in text


def test_referent_reads_the_messages_of_the_files_they_follow(signed_in, referent, caen, kiwi):
    join(kiwi.journey, referent)
    answered(sent(caen, participant=kiwi, delivery="delivered"), "je préfère jeudi", "other")
    url = reverse("journey_history", args=[kiwi.journey.pk])

    text = signed_in(referent).get(url).content.decode()

    assert "Messages envoyés et réponses" in text and "je préfère jeudi" in text
    assert signed_in(referent).get(MESSAGES).status_code == 403
