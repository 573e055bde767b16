"""Somebody who reads little, on a phone that others use, at 360 × 640: a code by SMS, their
language, what comes next, an answer, a workshop, a story told aloud, the team, a no, and out."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from journeys.appointments.enums import AppointmentStatus
from journeys.models import Appointment, Enrolment, EntryCode, OutboundMessage, Reflection
from rtr import due, scope
from tests.browser.conftest import SIZES, Person
from tests.browser.test_portal_traces import PAGES, nothing_is_left, session_of
from tests.browser.test_voice import FAKE
from tests.journeys.activities import ActivityFactory, SessionFactory, moment
from tests.journeys.entering import NUMBER, codes_sent, has_contact
from tests.journeys.experiences import elsewhere
from tests.journeys.factories import join
from tests.journeys.meetings import propose

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LANGUAGES = {"fr": "Français", "ar": "العربية"}
ARABIC = range(0x600, 0x700)


class Reader(Person):
    """Does by the words of their language, as the catalogues say them."""

    def __init__(self, page, base, language):
        super().__init__(page, base, f"phone-{language}")
        self.language = language

    def says(self, french: str) -> str:
        with translation.override(self.language):
            return gettext(french)

    def looks(self):
        super().looks()
        html = self.page.locator("html")
        known = html.get_attribute("lang"), html.get_attribute("dir")
        assert known == (("ar", "rtl") if self.language == "ar" else ("fr", "ltr"))

    def sees(self, french: str):
        self.reads(self.says(french))

    def touches(self, french: str, more: str = ""):
        self.presses(self.says(french) + more)

    def goes_to(self, french: str):
        self.follows(self.says(french))


@pytest.fixture(params=LANGUAGES)
def reader(request, browser_type, browser_type_launch_args, live_server):
    """A phone that speaks French until somebody chooses, and hums into its microphone."""
    args = [*browser_type_launch_args.get("args", []), *FAKE]
    found = browser_type.launch(**browser_type_launch_args | {"args": args})
    context = found.new_context(viewport=SIZES["phone"], locale="fr-FR")
    yield Reader(context.new_page(), live_server.url, request.param)
    found.close()


@pytest.fixture
def lives(caen, kiwi, referent, signed_in):
    """An appointment that waits for an answer, a workshop to come, something done elsewhere; and
    the referent who read the file."""
    has_contact(kiwi)
    with scope.over([caen.pk]):
        join(kiwi, referent)
        propose(kiwi, referent)
        cooking = ActivityFactory(territory=caen, title="Cuisine")
        SessionFactory(activity=cooking, starts_at=moment(3))
        elsewhere(kiwi)
    colleague = signed_in(referent)
    assert opens_file(colleague, kiwi) == 200
    return colleague


def opens_file(colleague, journey) -> int:
    return colleague.get(reverse("journey", args=[journey.pk])).status_code


def comes_in(reader) -> None:
    """By a code that the phone receives, once the language is chosen."""
    reader.language, chosen = "fr", reader.language
    reader.opens("portal_enter_help")
    reader.goes_to("Choisir la langue")
    reader.language = chosen
    reader.presses(LANGUAGES[chosen])
    reader.page.locator("input[name=phone]").fill(NUMBER)
    reader.touches("Recevoir un code")
    due.run_due(EntryCode._meta.label_lower)
    reader.page.locator("input[name=code]").fill(codes_sent()[-1])
    reader.touches("Entrer")
    reader.sees("C’est votre téléphone ?")
    reader.touches("Non, il sert à d’autres")


def tells_aloud(reader) -> None:
    reader.goes_to("Raconter")
    reader.page.get_by_role("button", name=reader.says("Enregistrer ma voix")).click()
    reader.sees("Ça enregistre. Parlez.")
    reader.page.wait_for_timeout(2000)
    reader.page.get_by_role("button", name=reader.says("Arrêter")).click()
    reader.sees("Écoutez-vous. Puis gardez, ou recommencez.")
    reader.looks()
    reader.touches("Garder mon récit")
    reader.sees("C’est gardé. Merci de l’avoir raconté.")


def test_somebody_crosses_their_pages_and_leaves_nothing(reader, lives, caen, kiwi):
    comes_in(reader)

    reader.sees("Prochain rendez-vous")
    reader.touches("Je viens")
    reader.sees("C’est noté. Vous venez.")

    reader.goes_to("Activités")
    reader.touches("Je viens", " : Cuisine")
    reader.sees("Mes séances")

    reader.goes_to("Mon parcours")
    reader.sees("Votre chemin")
    tells_aloud(reader)
    reader.goes_to("Mon parcours")
    reader.sees("Vous l’avez raconté.")
    reader.goes_to("Mes badges")

    reader.goes_to("Mon équipe")
    reader.sees("Qui a ouvert mon dossier")
    reader.follows("Karim Exemple")
    reader.sees("Cette personne a ouvert votre dossier ces jours-là.")
    reader.goes_to("Mon équipe")
    reader.goes_to("Lui fermer mon dossier")
    reader.touches("Oui, arrêter l’accès")
    reader.sees("Ne lit plus votre dossier.")

    reader.page.wait_for_load_state("networkidle")
    reader.was = session_of(reader)
    reader.seen = [reader.base + reverse(name) for name in PAGES]
    reader.touches("Quitter")
    reader.sees("C’est fermé. Rien ne reste sur ce téléphone.")
    kept(reader.language, kiwi)
    assert opens_file(lives, kiwi) == 404
    nothing_is_left(reader, f"« Quitter », toute l’histoire ({reader.language})")


def kept(language: str, kiwi) -> None:
    """What the story wrote."""
    with scope.everything("test: what the story wrote"):
        kiwi.participant.refresh_from_db()
        assert kiwi.participant.language == language
        assert Appointment.objects.get().status == AppointmentStatus.ACCEPTED
        assert Enrolment.objects.standing().get().session.activity.title == "Cuisine"
        assert 1 <= Reflection.objects.get().voice_seconds <= 4
        code = OutboundMessage.objects.order_by("pk").first().body
        assert any(ord(sign) in ARABIC for sign in code) is (language == "ar")
