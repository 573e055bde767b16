"""From outside: an adviser sends somebody and learns the answer; news given after an exit."""

import re

import pytest
from django.urls import reverse

from journeys.models import OutboundMessage, Referral
from journeys.pathway.actions import spans
from journeys.pathway.actions.following import ask_follow_ups
from rtr import scope
from tests.journeys.factories import JourneyFactory, ago, join

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_adviser_sends_somebody_and_learns_the_answer(person, caen, coordinator):
    # The adviser of a mission locale has no account: a page, a first name, one contact.
    adviser = person()
    adviser.opens("refer")
    adviser.follows("Caen la Mer")
    adviser.writes("Prénom de la personne", "Mimi")
    adviser.writes("Un moyen de la joindre", "0612")
    adviser.ticks("Cette personne est d’accord")
    adviser.chooses("Vous êtes", "Mission locale")
    adviser.writes("Votre structure", "Mission locale de Caen")
    adviser.writes("Votre courriel", "conseil@exemple.fr")
    adviser.page.wait_for_timeout(3100)  # a page sent at once is taken for a robot's

    # Half a number is no contact; the rest of the page stays.
    adviser.presses("Envoyer l’orientation")
    adviser.reads("Vérifiez ce contact")
    adviser.writes("Un moyen de la joindre", "06 12 34 56 78")
    adviser.presses("Envoyer l’orientation")
    adviser.reads("C’est bien arrivé")
    with scope.everything("test"):
        referral = Referral.objects.get()
    adviser.reads(str(referral.pk))

    # Nadia answers: the person gets a code.
    nadia = person()
    nadia.signs_in(coordinator)
    nadia.follows("Arrivées")
    nadia.follows("Répondre")
    nadia.presses("Accepter et accueillir")
    nadia.reads("Le code de Mimi est prêt")
    nadia.follows("Arrivées")
    nadia.follows("Présences")
    nadia.reads("Là où vous allez rencontrer des gens")

    # Two mails: it arrived, then the outcome; nothing about the person.
    with scope.everything("test"):
        mails = list(OutboundMessage.objects.order_by("pk"))
    assert [mail.to for mail in mails] == ["conseil@exemple.fr"] * 2
    assert "acceptée" in mails[1].body
    assert not any("Mimi" in mail.subject + mail.body for mail in mails)


def test_a_prescriber_with_an_account_follows_what_became_of_those_sent(
    person, prescriber, caen, coordinator
):
    rose = person()
    rose.signs_in(prescriber)
    rose.reads("Aucune orientation n’attend")
    rose.follows("Orienter une personne")
    rose.writes("Prénom de la personne", "Noa")
    rose.writes("Un moyen de la joindre", "noa@exemple.fr")
    rose.ticks("Cette personne est d’accord")
    rose.chooses("Vous êtes", "Mission locale")
    rose.presses("Envoyer l’orientation")
    rose.reads("sous le numéro")

    nadia = person()
    nadia.signs_in(coordinator)
    nadia.opens("referrals")
    nadia.follows("Répondre")
    nadia.ticks("Plus de place en ce moment")
    nadia.presses("Décliner l’orientation")

    rose.opens("my_referrals")
    rose.reads("Déclinée")


@pytest.fixture
def left(caen, le_dome, referent, coordinator):
    """Somebody left five days ago and was asked by message; `left()` gives the link."""

    def leave():
        with scope.everything("test"):
            caen.phone = "0231000000"
            caen.save()
            journey = JourneyFactory(
                territory=caen, contracted=True, participant__organisation=le_dome
            )
            journey.participant.phone = "+33612345678"
            journey.participant.save()
            join(journey, referent)
            spans.leave(
                journey=journey,
                by=coordinator,
                seen=None,
                on=ago(5),
                kind="cdi",
                agreed_to_contact=True,
            )
            ask_follow_ups(on=ago(0))
            body = OutboundMessage.objects.get().body
        return re.search(r"/suivi/([\w-]+)/", body)[1], journey

    return leave


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
@pytest.mark.parametrize(
    ("language", "answer", "send", "thanks"),
    [
        ("Français", "J’ai un travail, pour un temps", "Envoyer", "Merci. C’est noté."),
        ("العربية", "لدي عمل لفترة محددة", "إرسال", "شكراً. وصلنا جوابكم."),
    ],
)
def test_news_are_given_in_two_taps(person, left, language, answer, send, thanks):
    token, journey = left()
    zaza = person()
    zaza.opens("follow_up_answer", token)
    if language != "Français":
        zaza.page.locator("details.drop > summary").click()
        zaza.page.get_by_role("link", name=language).click()
        zaza.looks()
        assert zaza.page.locator("html").get_attribute("dir") == "rtl"

    zaza.presses(answer)
    zaza.presses(send)

    zaza.reads(thanks)
    with scope.everything("test"):
        row = journey.follow_ups.get(milestone="exit")
    assert (row.status, row.situation) == ("answered", "cdd_interim")
    zaza.opens("follow_up_answer", token)  # the link again: thank you, nothing more


def test_a_call_is_noted_then_somebody_is_unreachable(person, left, coordinator):
    token, journey = left()
    nadia = person()
    nadia.signs_in(coordinator)
    nadia.follows("Noter le suivi")
    nadia.reads("SMS, envoyé")

    nadia.ticks("Ce numéro n’est plus le sien")
    nadia.presses("Noter cet essai")
    nadia.reads("L’essai est noté.")
    with scope.everything("test"):
        follow_up = journey.follow_ups.get(milestone="exit")
    nadia.page.goto(nadia.base + reverse("follow_up_record", args=[journey.pk, follow_up.pk]))
    nadia.follows("Dire que la personne est injoignable")
    nadia.ticks("Plus aucun numéro n’est le sien")
    nadia.presses("Noter qu’elle est injoignable")
    nadia.reads("Le suivi est noté")
