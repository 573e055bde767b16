"""A tutor's five questions: a link without an account, its words, its doors, its reminder."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.frames.actions import immersions, tutors
from journeys.frames.tutors import TutorFeedback, TutorLink
from journeys.messages.discretion import telling_words
from journeys.models import OutboundMessage
from rtr import scope
from tests.journeys.acts import Actor
from tests.journeys.factories import ago
from tests.journeys.immersions import over, prepared, signed, talent

ANSWERS = {
    "punctual": "always",
    "helpful": "often",
    "gestures": ["tools", "safety"],
    "other_gestures": "Dévoiler une roue",
    "went_well": "Elle a pris sa place tout de suite",
    "again": "yes",
    "follows": "Un essai au printemps",
}


@pytest.fixture(autouse=True)
def inside(caen):
    cache.clear()
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def row(caen, le_dome, coordinator):
    return over(talent(caen, le_dome), coordinator)


def ask(row, by, channel="") -> str:
    return reverse("tutor", args=[tutors.ask_tutor(immersion=row, by=by, channel=channel)[1]])


def test_five_answers_are_kept_then_corrected(client, row, coordinator):
    url = ask(row, coordinator)

    thanks = client.post(url, ANSWERS, follow=True).content.decode()
    client.post(url, ANSWERS | {"went_well": "Tout"})
    client.post(url, ANSWERS | {"went_well": "Tout"})

    assert "Merci. Votre avis est enregistré." in thanks
    feedback = TutorFeedback.objects.get()
    assert (feedback.went_well, feedback.gestures) == ("Tout", ["tools", "safety"])
    assert "Tout" in client.get(url).content.decode()


def test_the_page_says_a_first_name_and_the_host_and_nothing_else(client, row, coordinator):
    page = client.get(ask(row, coordinator))

    text = page.content.decode()
    words = re.sub(r"<[^>]+>", " ", text)
    assert "Camille" in words and "Vélo Cité" in words
    person, programme = row.journey.participant, row.territory.programme
    for kept_out in (
        person.last_name,
        person.code,
        person.nickname,
        str(programme),
        row.prescriber,
        row.tasks,
        "Nadia",
        "1995",
    ):
        assert kept_out not in text, kept_out
    # « accompagnement », « immersion », « parcours », « insertion »…
    assert telling_words(words) == []
    assert "no-store" in page["Cache-Control"] and "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "same-origin"


def test_what_is_missing_is_said_and_what_was_typed_stays(client, row, coordinator):
    page = client.post(ask(row, coordinator), {"went_well": "Bien"})

    assert page.status_code == 422 and "Bien" in page.content.decode()
    assert not TutorFeedback.objects.exists()


def test_a_new_link_puts_out_the_one_before(client, row, coordinator):
    first, second = ask(row, coordinator), ask(row, coordinator)

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert TutorLink.objects.live().count() == 1


@pytest.mark.parametrize("why", ["unknown", "taken back", "expired", "assessed"])
def test_a_link_that_works_no_more_says_the_same_words(client, row, coordinator, why):
    url = ask(row, coordinator)
    if why == "unknown":
        url = reverse("tutor", args=["un-autre"])
    if why == "taken back":
        tutors.take_back(immersion=row, by=coordinator)
    if why == "expired":
        TutorLink.objects.update(expires_at=timezone.now())
    if why == "assessed":
        immersions.assess_immersion(
            immersion=row, by=coordinator, seen=None, liked="Tout", again="yes"
        )

    for page in (client.get(url), client.post(url, ANSWERS)):
        assert page.status_code == 404
        assert "Ce lien ne marche plus" in page.content.decode()
    assert not TutorFeedback.objects.exists()


def test_a_flood_is_slowed(client, row, coordinator, monkeypatch):
    url = ask(row, coordinator)
    monkeypatch.setattr("rtr.lib.limits.passes", lambda *args, **kwargs: False)

    assert client.get(url).status_code == 429


def test_only_a_hash_is_kept(row, coordinator):
    link, token = tutors.ask_tutor(immersion=row, by=coordinator)

    assert link.token_sha256 == tutors.sha256_of(token)
    columns = [str(value) for value in TutorLink.objects.values().get().values()]
    assert not any(token in column for column in columns)


@pytest.mark.parametrize(
    ("contact", "channel"), [("marc@exemple.fr", "mail"), ("06 12 34 56 78", "sms")]
)
def test_the_message_names_a_first_name_and_a_link(caen, le_dome, coordinator, contact, channel):
    row = over(talent(caen, le_dome), coordinator, tutor_contact=contact)
    assert list(tutors.channels_of(row)) == [channel]

    url = ask(row, coordinator, channel)

    message = OutboundMessage.objects.get(cause="frames.tutor")
    assert "Camille" in message.body and url in message.body
    assert telling_words(message.body.partition("http")[0]) == []
    assert (message.participant, message.channel) == (None, channel)


def test_nobody_asks_before_the_first_day(caen, le_dome, coordinator):
    journey = talent(caen, le_dome)
    for row in (
        prepared(journey, coordinator),
        signed(journey, coordinator, purpose="confirm", from_on=ago(-20)),
    ):
        with pytest.raises(ValidationError):
            ask(row, coordinator)


def test_reminded_once_a_week_later(row, coordinator):
    ask(row, coordinator, "mail")
    today = timezone.localdate()
    assert tutors.remind_tutors(on=today) == 0
    TutorLink.objects.update(given_at=timezone.now() - datetime.timedelta(days=8))

    assert tutors.remind_tutors(on=today) == 1
    assert tutors.remind_tutors(on=today) == 0
    TutorLink.objects.update(given_at=timezone.now() - datetime.timedelta(days=8))
    assert tutors.remind_tutors(on=today) == 0
    assert OutboundMessage.objects.filter(cause="frames.tutor_reminder").count() == 1


def test_who_answered_is_not_reminded(client, row, coordinator):
    client.post(ask(row, coordinator, "mail"), ANSWERS)
    TutorLink.objects.update(given_at=timezone.now() - datetime.timedelta(days=8))

    assert tutors.remind_tutors(on=timezone.localdate()) == 0


def test_old_links_are_erased_and_answers_stay(client, row, coordinator):
    client.post(ask(row, coordinator), ANSWERS)
    TutorLink.objects.update(expires_at=timezone.now() - datetime.timedelta(days=32))

    assert tutors.forget_tutor_links(on=timezone.localdate()) == 1
    assert TutorFeedback.objects.exists()


def test_sent_or_shown_from_the_file(signed_in, row, coordinator):
    actor = Actor(signed_in(coordinator))

    sent = actor.does("tutor_ask", row.journey, row.pk, way="mail")
    shown = actor.does("tutor_ask", row.journey, row.pk, way="show")

    assert sent.status_code == 302
    text = shown.content.decode()
    url = re.search(r"http\S+/t/[\w-]+/", text)[0]
    assert actor.client.get(url).status_code == 200
    assert "<svg" in text
    actor.client.post(reverse("tutor_take_back", args=[row.journey_id, row.pk]))
    assert actor.client.get(url).status_code == 404


def test_the_team_and_the_person_read_it(client, signed_in, row, coordinator):
    client.post(ask(row, coordinator), ANSWERS)

    page = Actor(signed_in(coordinator)).opens("immersion", row.journey, row.pk)

    text = page.content.decode()
    assert "Elle a pris sa place" in text and "Se servir des outils" in text


def test_the_person_reads_what_their_tutor_liked(client, row, coordinator):
    client.post(ask(row, coordinator), ANSWERS)
    person = row.journey.participant
    person.user = type(coordinator).objects.create_user(territory=row.territory)
    person.save(update_fields=["user"])
    client.force_login(person.user)

    text = client.get(reverse("portal_path")).content.decode()

    assert "Elle a pris sa place tout de suite" in text and "Dévoiler une roue" in text
