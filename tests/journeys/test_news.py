"""Taking news after an exit (rule 11): by message, by phone; and when nothing is."""

import pytest
from django.urls import reverse

from journeys.messages.enums import Language
from journeys.models import FollowUpTry, OptOut, OutboundMessage
from journeys.pathway.actions import spans
from journeys.pathway.actions.following import ask_follow_ups
from rtr.due import Status
from rtr.lib import gsm
from tests.journeys.acts import Actor, errors, told
from tests.journeys.factories import ago

PHONE = "+33612345678"


@pytest.fixture(autouse=True)
def inside(db, everywhere):
    """Tests read everywhere; each request has its own scope."""


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


def try_of(**fields):
    return {"how": "call", "on": ago(0), "result": "no_answer"} | fields


# -- Asked by message ------------------------------------------------------------------------------


def test_a_message_asks_on_the_day_it_opens(left):
    follow_up = left(days=0)

    count = ask_follow_ups(on=ago(0))

    message = OutboundMessage.objects.get()
    follow_up.refresh_from_db()
    assert (count, message.to, message.cause) == (1, PHONE, "followup.ask")
    assert (follow_up.status, follow_up.status_on) == ("asked", ago(0))
    assert (message.is_secret, message.is_awaited) == (True, False)
    assert message.useless_after.date() >= follow_up.late_on
    (row,) = follow_up.tries.all()
    assert (row.how, row.result, row.by) == ("sms", "asked", None)
    assert row.token_sha256 not in message.body and len(row.token_sha256) == 64


def test_a_reminder_comes_a_week_later_and_no_third(left):
    left(days=0)

    sent = [day for day in range(40) if ask_follow_ups(on=ago(-day))]

    assert sent == [0, 7]


@pytest.mark.parametrize("days", [29, 39])
def test_nothing_is_sent_once_it_is_late(left, days):
    left(days=days)

    assert ask_follow_ups(on=ago(0)) == 0


def test_each_of_the_three_is_asked_in_its_time(left, maya):
    left(days=0)

    on = [day for day in range(250) if ask_follow_ups(on=ago(-day))]

    firsts = [(row.opens_on - ago(0)).days for row in maya.follow_ups.order_by("opens_on")]
    assert on == sorted(firsts + [day + 7 for day in firsts])


def test_nobody_is_asked_without_agreement(left, maya, nadia):
    left(agreed=False)

    assert ask_follow_ups(on=ago(0)) == 0
    assert not maya.follow_ups.exists()
    assert "ne souhaite pas être recontactée" in nadia.opens("journey", maya).content.decode()


def test_nobody_is_asked_without_a_phone_nor_after_a_stop(left, maya, caen):
    left()
    OptOut.objects.create(territory=caen, phone=PHONE)
    stopped = ask_follow_ups(on=ago(0))
    OptOut.objects.all().delete()
    maya.participant.phone = ""
    maya.participant.contact = "maya@exemple.fr"
    maya.participant.save()

    without = ask_follow_ups(on=ago(0))
    maya.participant.contact = "06 12 34 56 78"
    maya.participant.save()

    assert (stopped, without, ask_follow_ups(on=ago(0))) == (0, 0, 1)
    assert OutboundMessage.objects.get().to == PHONE


def test_whoever_comes_back_is_not_asked_any_more(left, maya, coordinator):
    left()
    ask_follow_ups(on=ago(0))

    spans.come_back(journey=maya, by=coordinator, seen=None, on=ago(0))

    assert OutboundMessage.objects.get().status == Status.CANCELLED
    assert ask_follow_ups(on=ago(-1)) == 0


def test_after_a_death_nothing_planned_leaves_and_nothing_more_is_asked(left, maya, nadia):
    follow_up = left()
    ask_follow_ups(on=ago(0))

    nadia.does(
        "follow_up_record", maya, follow_up.pk, **try_of(result="answered", situation="deces")
    )

    assert OutboundMessage.objects.get().status == Status.CANCELLED
    assert set(maya.follow_ups.values_list("status", flat=True)) == {"answered", "cancelled"}
    assert not any(ask_follow_ups(on=ago(-day)) for day in range(250))


def test_the_message_is_short_in_each_language_and_says_nothing(left, maya, settings):
    settings.SITE_URL = "https://rtr.example.fr"
    left()
    for language in Language.values:
        maya.contracts.update(language=language)
        FollowUpTry.objects.all().delete()
        OutboundMessage.objects.all().delete()
        ask_follow_ups(on=ago(0))

        message = OutboundMessage.objects.get()
        assert message.language == language
        assert (message.segments, gsm.segments(message.body)) == (1, 1), message.body
        assert "Karim" in message.body
        for word in ("parcours", "programme", "contrat", "insertion", "Maya", "Dôme", "Partagés"):
            assert word not in message.body


# -- By phone --------------------------------------------------------------------------------------


def test_each_try_is_kept_and_an_answer_closes(nadia, left, maya, coordinator):
    follow_up = left()
    of = ("follow_up_record", maya, follow_up.pk)

    nadia.does(*of, **try_of(on=ago(2)))
    nadia.does(*of, **try_of(result="answered", situation="cdi", since_on=ago(4)))
    late = nadia.does(*of, **try_of())

    follow_up.refresh_from_db()
    assert list(follow_up.tries.values_list("on", "result")) == [
        (ago(2), "no_answer"),
        (ago(0), "answered"),
    ]
    assert (follow_up.status, follow_up.situation, follow_up.since_on) == (
        "answered",
        "cdi",
        ago(4),
    )
    assert (follow_up.answered_how, follow_up.recorded_by) == ("call", coordinator)
    assert errors(late)["__all__"] == ["Ce suivi a déjà sa réponse."]
    text = nadia.opens(*of).content.decode()
    assert "Appel, pas de réponse" in text and "CDI" in text and "Noter un essai" not in text


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"result": "answered"}, "situation", "Choisissez la situation de la personne."),
        ({"result": "asked"}, "result", "valide"),
        ({"how": "sms"}, "how", "valide"),
        ({"on": ago(-2)}, "on", "Choisissez aujourd’hui ou un jour passé."),
        ({"on": ago(6)}, "on", "Choisissez un jour à partir du"),
        (
            {"result": "answered", "situation": "cdi", "since_on": ago(-3)},
            "since_on",
            "Choisissez aujourd’hui ou un jour passé.",
        ),
    ],
)
def test_a_try_is_refused_with_a_sentence(nadia, left, maya, typed, field, sentence):
    response = nadia.does("follow_up_record", maya, left().pk, **try_of(**typed))

    assert any(sentence in said for said in errors(response)[field])
    assert not FollowUpTry.objects.exists()


def test_a_refusal_keeps_no_situation(nadia, left, maya):
    follow_up = left()
    typed = try_of(result="refused", situation="cdi", since_on=ago(1))

    nadia.does("follow_up_record", maya, follow_up.pk, **typed)

    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.situation, follow_up.since_on) == ("refused", "", None)


def test_not_asked_is_not_unreachable(nadia, left, maya):
    follow_up = left()
    of = (maya, follow_up.pk)

    early = nadia.does("follow_up_give_up", *of, reason="no_answer")
    for _try in range(2):
        nadia.does("follow_up_record", *of, **try_of())
    still = nadia.does("follow_up_give_up", *of, reason="no_answer")
    offered = "injoignable" in nadia.opens("follow_up_record", *of).content.decode()
    nadia.does("follow_up_record", *of, **try_of())
    offered_then = "injoignable" in nadia.opens("follow_up_record", *of).content.decode()
    nadia.does("follow_up_give_up", *of, reason="no_answer")

    assert "trois essais" in errors(early)["__all__"][0]
    assert "trois essais" in errors(still)["__all__"][0]
    assert (offered, offered_then) == (False, True)
    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.unreachable_reason, follow_up.status_on) == (
        "unreachable",
        "no_answer",
        ago(0),
    )


def test_a_wrong_number_is_enough_and_a_reason_is_wanted(nadia, left, maya):
    follow_up = left()
    nadia.does("follow_up_record", maya, follow_up.pk, **try_of(result="wrong_number"))

    mute = nadia.does("follow_up_give_up", maya, follow_up.pk, reason="")
    nadia.does("follow_up_give_up", maya, follow_up.pk, reason="wrong_number")

    assert errors(mute)["reason"] == ["Ce champ est obligatoire."]
    follow_up.refresh_from_db()
    assert follow_up.status == "unreachable"


@pytest.mark.parametrize("earlier", [0, 1])
def test_a_try_is_taken_back(nadia, left, maya, earlier):
    follow_up = left()
    for _try in range(earlier):
        nadia.does("follow_up_record", maya, follow_up.pk, **try_of(on=ago(1)))
    done = nadia.does(
        "follow_up_record", maya, follow_up.pk, **try_of(result="answered", situation="cdi")
    )
    row = FollowUpTry.objects.latest("pk")
    undo = reverse("undo", args=[maya.pk, "followuptry", row.pk])
    assert undo in nadia.client.get(done.url).content.decode()

    response = nadia.client.post(undo, follow=True)

    follow_up.refresh_from_db()
    assert "C’est annulé." in told(response)
    expected = ("asked", ago(1)) if earlier else ("due", None)
    assert (follow_up.status, follow_up.status_on) == expected
    assert (follow_up.situation, follow_up.answered_how) == ("", "")
    assert follow_up.tries.count() == earlier


def test_giving_up_is_taken_back_and_the_tries_stay(nadia, left, maya):
    follow_up = left()
    nadia.does("follow_up_record", maya, follow_up.pk, **try_of(result="wrong_number"))
    nadia.does("follow_up_give_up", maya, follow_up.pk, reason="moved")

    nadia.client.post(reverse("undo", args=[maya.pk, "followup", follow_up.pk]))

    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.unreachable_reason) == ("asked", "")
    assert follow_up.tries.count() == 1


def test_a_follow_up_waits_for_its_day(nadia, left, maya):
    left()
    later = maya.follow_ups.order_by("opens_on").last()

    response = nadia.does("follow_up_record", maya, later.pk, **try_of())

    assert "Ce suivi s’ouvre le" in errors(response)["__all__"][0]


def test_saying_no_more_by_phone_closes_the_later_ones(nadia, left, maya):
    follow_up = left()

    nadia.does("follow_up_record", maya, follow_up.pk, **try_of(result="refused", no_more="on"))

    statuses = list(maya.follow_ups.values_list("status", flat=True))
    assert statuses == ["refused", "cancelled", "cancelled"]


# -- The day's work --------------------------------------------------------------------------------


def test_the_line_of_today_says_what_was_tried(needs, nadia, left, maya, coordinator):
    follow_up = left()
    ask_follow_ups(on=ago(0))
    for _try in range(2):
        nadia.does("follow_up_record", maya, follow_up.pk, **try_of())

    (line,) = needs(coordinator)["follow_up"]

    assert line.notes[0].startswith("demandé par SMS le ")
    assert line.notes[1] == "2 appels"
    assert str(line.notes[2]).startswith("à faire avant le ")


def test_a_line_without_any_try_says_only_by_when(needs, left, coordinator):
    left()

    (line,) = needs(coordinator)["follow_up"]

    assert len(line.notes) == 1
