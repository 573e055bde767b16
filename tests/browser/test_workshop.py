"""A workshop on Thursdays, its register without network, a nickname that finds its journey; two
weeks in a company; each told, talked of, and leading to what comes next."""

import datetime
import re
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.experiences.actions.living import live_immersions
from journeys.frames.actions.immersions import end_due
from journeys.models import Activity, Enrolment, Experience, Immersion, Journey, Session
from rtr import scope
from tests.browser.conftest import Person
from tests.browser.test_register import ready, taps
from tests.browser.time import time_passes, today
from tests.journeys.factories import JourneyFactory, ago, join
from tests.journeys.immersions import SIRET

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

TITLE = "Réparer son vélo"
THURSDAY = 3


@pytest.fixture
def pixel(caen, le_dome, coordinator):
    """Under contract for twenty days, met months ago."""
    with scope.over([caen.pk]):
        journey = JourneyFactory(
            contracted=True,
            territory=caen,
            first_contact_on=ago(130),
            participant__nickname="Pixel",
            participant__organisation=le_dome,
        )
        join(journey, coordinator, "coordinator")
        return Journey.objects.select_related("participant").get(pk=journey.pk)


def test_from_a_workshop_to_what_comes_next(person, animator, coordinator, le_wip, caen, pixel):
    sacha = person()
    sacha.signs_in(animator)
    activity = notes_a_workshop(sacha)
    adds_thursdays(sacha)
    first, following = activity.sessions.all()[:2]
    a_stranger_finds_it(person(), caen)
    begins_now(first)
    takes_the_register_without_network(sacha, first)
    was_months_ago(first)

    nadia = person()
    nadia.signs_in(coordinator)
    takes_the_presence_up(nadia, pixel)
    immersion = plans_two_weeks(nadia, pixel)
    is_refused_beyond_the_limits(nadia, pixel)
    notes_the_signatures(nadia, pixel, immersion)
    tells_the_workshop(nadia, pixel)
    enrols_in_the_next(nadia, pixel, following)
    lives_the_immersion(nadia, pixel)

    nobody_could_tell(sacha, following, pixel)


def notes_a_workshop(sacha: Person) -> Activity:
    sacha.opens("activities")
    sacha.follows("Noter une activité")
    sacha.writes("Titre", TITLE)
    sacha.writes("Ce qu’on y fait", "On démonte, on nettoie, on remonte.")
    sacha.chooses("Nature", "réparation")
    sacha.writes("Places", "12")
    sacha.page.get_by_role("radio", name="vélo").check()
    sacha.presses("Noter l’activité")
    sacha.reads("Elle n’est pas encore au catalogue")
    sacha.presses("Mettre au catalogue")
    sacha.reads(f"« {TITLE} » est au catalogue")
    return Activity.objects.get(title=TITLE)


def adds_thursdays(sacha: Person) -> None:
    """Five of them, of which one is left out."""
    sacha.follows("Ajouter des séances")
    sacha.ticks("jeudi")
    sacha.chooses("Rythme", "chaque semaine")
    sacha.writes("À partir du", today(1))
    sacha.writes("Jusqu’au", today(35))
    sacha.writes("Début", "14:00")
    sacha.writes("Fin", "16:30")
    sacha.presses("Voir les dates")
    sacha.reads("Cinq dates")
    dates = sacha.page.get_by_role("checkbox", name=re.compile("^Jeudi"))
    assert dates.count() == 5
    dates.nth(2).uncheck()
    sacha.presses("Créer ces séances")
    sacha.reads("Quatre séances sont dans l’agenda")
    sacha.reads("12 places, personne d’inscrit")
    days = [timezone.localtime(one.starts_at) for one in Session.objects.all()]
    assert {day.weekday() for day in days} == {THURSDAY}
    assert [(after - before).days for before, after in pairwise(days)] == [7, 14, 7]


def a_stranger_finds_it(stranger: Person, caen) -> None:
    stranger.opens("catalogue", caen.programme.slug, caen.slug)
    stranger.follows(TITLE)
    stranger.reads("Prochaines dates")
    stranger.reads("Douze places libres")
    assert caen.programme.name not in stranger.page.locator("main").inner_text()


def begins_now(session: Session) -> None:
    """Some minutes ago, today whatever the hour of the test."""
    now = timezone.localtime()
    begun = max(now - datetime.timedelta(minutes=10), now.replace(hour=0, minute=0, second=0))
    _moved(session, begun)


def was_months_ago(session: Session) -> None:
    _moved(session, timezone.now() - datetime.timedelta(days=100))


def _moved(session: Session, begun: datetime.datetime) -> None:
    over = begun + datetime.timedelta(hours=2)
    Session.objects.filter(pk=session.pk).update(starts_at=begun, ends_at=over)


def takes_the_register_without_network(sacha: Person, session: Session) -> None:
    sacha.opens("activities")
    sacha.follows("Registres")
    sacha.reads("personne d’inscrit")
    sacha.follows("Prendre le registre")
    ready(sacha)
    sacha.page.context.set_offline(True)
    sacha.page.reload()
    sacha.reads("Hors ligne")
    comes(sacha, "Pixel")
    sacha.reads("Hors ligne : 1 geste gardé sur ce téléphone")
    sacha.reads("1 présent sur 1")
    # A tap too many, and the next one.
    taps(sacha, "Pixel")
    taps(sacha, "Pixel")
    sacha.reads("1 présent sur 1")
    sacha.looks()
    assert not in_register(session)

    sacha.page.context.set_offline(False)
    sacha.page.evaluate("window.dispatchEvent(new Event('online'))")
    sacha.reads("Tout est enregistré")
    assert in_register(session) == [(1, "Pixel", None, "present")]
    sacha.page.reload()
    sacha.reads("1 présent sur 1")
    sacha.looks()


def comes(sacha: Person, nickname: str) -> None:
    sacha.page.get_by_text("Ajouter quelqu’un").click()
    sacha.writes("Surnom, ou code", nickname)
    sacha.looks()
    sacha.page.get_by_role("button", name="Noter sa présence").locator("visible=true").click()


def in_register(session: Session) -> list[tuple]:
    with scope.everything("test"):
        rows = Enrolment.objects.filter(session=session).order_by("number")
        return list(rows.values_list("number", "nickname", "participant", "attendance"))


def takes_the_presence_up(nadia: Person, pixel: Journey) -> None:
    nadia.opens("journey", pixel.pk)
    nadia.follows("Reprendre une présence")
    nadia.ticks(f"Pixel, {TITLE}")
    nadia.presses("Reprendre ces présences")
    nadia.reads("Les présences choisies sont dans le parcours")
    nadia.reads(TITLE)
    with scope.everything("test"):
        lived = Experience.objects.get(journey=pixel)
    assert (lived.title, lived.from_on, lived.frame) == (TITLE, ago(100), "open")


TWO_WEEKS = {
    "Ce qu’on veut savoir à la fin": "Voir si réparer des vélos lui plaît",
    "Tâches confiées": "Démonter, nettoyer, changer une chambre à air",
    "Nom": "Vélo Cité",
    "SIRET": SIRET,
    "Activité": "Réparation de vélos",
    "Adresse du siège": "12 rue du Port, 14000 Caen",
    "Tuteur": "Marc Bellet",
    "Sa fonction": "Chef d’atelier",
    "Son téléphone": "marc@exemple.fr",
    "Lieu de l’immersion": "Atelier du port",
    "Horaires": "9 h à 12 h et 13 h à 17 h",
    "Heures par semaine": "35",
    "Nom de la structure qui prescrit": "France Travail Caen",
    "Assureur": "Assurances du Port",
    "Numéro de police": "RC 4521",
}


def asks_for_an_immersion(nadia: Person, first: str, last: str) -> None:
    nadia.ticks("Découvrir un métier")
    for label, text in TWO_WEEKS.items():
        nadia.writes(label, text)
    nadia.chooses("Qui prescrit", "France Travail")
    nadia.ticks("En recherche d’emploi")
    nadia.writes("Premier jour", first)
    nadia.writes("Dernier jour", last)
    nadia.presses("Préparer la convention")


def plans_two_weeks(nadia: Person, pixel: Journey) -> Immersion:
    nadia.opens("journey", pixel.pk)
    nadia.follows("Prévoir une immersion")
    asks_for_an_immersion(nadia, today(7), today(20))
    nadia.reads("imprimez la convention")
    nadia.follows("Ouvrir l’immersion")
    for said in ("jours comptés", "Marc Bellet", "Assurances du Port", "chambre à air"):
        nadia.reads(said)
    paper = nadia.page.get_by_role("link", name="Imprimer la convention").get_attribute("href")
    answer = nadia.page.request.get(nadia.base + paper)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    with scope.everything("test"):
        return pixel.immersions.get()


def is_refused_beyond_the_limits(nadia: Person, pixel: Journey) -> None:
    """Longer than a month, then for what the first one is for: each with its sentence, and what
    was typed stays."""
    nadia.opens("frames", pixel.pk)
    nadia.page.locator("main").get_by_role("link", name="Prévoir une immersion").last.click()
    nadia.reads("14 jours déjà comptés chez cet employeur sur 60")
    asks_for_an_immersion(nadia, today(30), today(70))
    nadia.reads("Un mois au plus, de date à date")
    assert nadia.page.get_by_label("Tuteur : prénom et nom").input_value() == "Marc Bellet"
    nadia.writes("Dernier jour", today(44))
    nadia.presses("Préparer la convention")
    nadia.reads("Une immersion chez cet employeur a déjà cet objet et ces objectifs")
    with scope.everything("test"):
        assert pixel.immersions.count() == 1


def notes_the_signatures(nadia: Person, pixel: Journey, immersion: Immersion) -> None:
    nadia.opens("frames", pixel.pk)
    nadia.follows("Vélo Cité")
    nadia.follows("La convention est signée")
    nadia.ticks("J’ai vu la convention")
    nadia.presses("Noter la convention signée")
    nadia.reads("vue par Nadia")
    with scope.everything("test"):
        immersion.refresh_from_db()
    assert immersion.signed_on == timezone.localdate()


def tells_the_workshop(nadia: Person, pixel: Journey) -> None:
    nadia.opens("journey", pixel.pk)
    nadia.page.get_by_role("link", name="Expériences", exact=True).click()
    nadia.reads("À raconter")
    nadia.follows("Écrire avec Pixel")
    nadia.reads("Écrit par Nadia, avec Pixel")
    nadia.writes("Ce que la personne a fait", "J’ai changé une chambre à air.")
    nadia.writes("Ce qu’elle a aimé", "Voir la roue tourner de nouveau.")
    nadia.ticks("Ses référents")
    nadia.presses("Garder ce récit")
    nadia.reads("Racontée, à en parler")
    nadia.follows("En parler")
    nadia.reads("Voir la roue tourner de nouveau.")
    nadia.writes("La suite, décidée ensemble", "Revenir jeudi, avec le vélo de sa sœur.")
    nadia.presses("Nous en avons parlé")
    nadia.reads("On en a parlé")
    nadia.reads("Revenir jeudi")


def enrols_in_the_next(nadia: Person, pixel: Journey, following: Session) -> None:
    nadia.follows("Inscrire à une activité")
    assert not nadia.page.get_by_role("button", name="Inscrire", exact=True).count()
    nadia.presses(f"Inscrire : {TITLE}")
    nadia.reads("Pixel a une place")
    assert in_register(following) == [(1, "Pixel", pixel.participant_id, "registered")]


def lives_the_immersion(nadia: Person, pixel: Journey) -> None:
    """Its two weeks pass: it is assessed, and waits to be told."""
    time_passes(pixel.participant, days=25)
    with scope.everything("the night"):
        end_due(on=timezone.localdate())
        live_immersions()
    nadia.opens("frames", pixel.pk)
    nadia.follows("Vélo Cité")
    nadia.follows("Faire le bilan")
    nadia.writes("Ce que la personne en retient", "J’aimerais en faire mon métier.")
    nadia.ticks("Oui")
    nadia.presses("Enregistrer le bilan")
    nadia.reads("J’aimerais en faire mon métier.")
    nadia.opens("journey_experiences", pixel.pk)
    nadia.reads("Immersion chez Vélo Cité")
    nadia.reads("deux expériences")


def nobody_could_tell(sacha: Person, following: Session, pixel: Journey) -> None:
    """Somebody from outside is there too: but for number and nickname, the rows are the same."""
    sacha.opens("session", following.pk)
    sacha.follows("Inscrire")
    sacha.writes("Surnom", "Zaza")
    sacha.presses("Inscrire")
    sacha.reads("Zaza a une place")
    begins_now(following)
    for page in ("session", "register_print", "register"):
        sacha.opens(page, following.pk)
        sacha.reads("Pixel")
        told = sacha.page.content()
        for secret in (pixel.participant.code, "Camille", "Martin", f"/parcours/{pixel.pk}/"):
            assert secret not in told
    rows = sacha.page.locator("#lignes .sheet-row")
    assert bare(rows.nth(0), "1", "Pixel") == bare(rows.nth(1), "2", "Zaza")
    export = sacha.page.request.get(sacha.base + reverse("register_csv", args=[following.pk]))
    assert "Pixel" in export.text() and pixel.participant.code not in export.text()


def bare(row, number: str, nickname: str) -> str:
    """A row's markup without its number, its nickname, nor what protects its form."""
    html = row.evaluate("it => it.outerHTML").replace(nickname, "")
    html = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", html)
    return re.sub(rf'(data-n=|name="number" value=|data-number="">)"?{number}\b', r"\1", html)
