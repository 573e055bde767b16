"""A workshop on Thursdays, a register without network, a nickname that becomes somebody's
attendance; then two weeks in a company, told, talked about, and what comes next."""

import datetime

import pytest
from django.utils import timezone

from journeys.models import Enrolment, Experience, Session
from rtr import scope
from tests.browser.test_register import ready
from tests.browser.time import today
from tests.journeys.factories import join
from tests.journeys.immersions import asked, talent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

THURSDAY = 3


@pytest.fixture
def pixel(caen, le_dome, coordinator):
    journey = talent(caen, le_dome)
    with scope.over([caen.pk]):
        join(journey, coordinator, "coordinator")
    return journey


def fills(person, typed: dict) -> None:
    """A long form, by the names of its fields."""
    for name, value in typed.items():
        field = person.page.locator(f"main [name={name}]").first
        if field.get_attribute("type") == "radio":
            person.page.locator(f"main [name={name}][value={value}]").check()
        elif field.evaluate("it => it.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def going_on_now(title: str) -> Session:
    """The first session of the series, begun half an hour ago."""
    begun = timezone.now() - datetime.timedelta(minutes=30)
    session = Session.objects.filter(activity__title=title).first()
    Session.objects.filter(pk=session.pk).update(
        starts_at=begun, ends_at=begun + datetime.timedelta(hours=2)
    )
    return session


def test_from_a_workshop_to_what_comes_next(person, animator, coordinator, le_wip, caen, pixel):
    # Sacha opens a workshop with twelve places, on Thursdays.
    sacha = person()
    sacha.signs_in(animator)
    sacha.opens("activity_add")
    sacha.writes("Titre", "Réparer son vélo")
    sacha.writes("Ce qu’on y fait", "On démonte, on nettoie, on remonte.")
    fills(sacha, {"kind": "repair", "places": "12"})
    sacha.presses("Noter l’activité")
    sacha.reads("Elle n’est pas encore au catalogue")
    sacha.presses("Mettre au catalogue")
    sacha.reads("est au catalogue")
    activity = sacha.page.url.rstrip("/").split("/")[-1]
    sacha.opens("series_add", activity)
    sacha.ticks("jeudi")
    fills(sacha, {"starts_at": "14:00", "ends_at": "16:30", "starts_on": today(1)})
    fills(sacha, {"until_on": today(30)})
    sacha.presses("Voir les dates")
    sacha.presses("Créer ces séances")
    days = {timezone.localdate(one.starts_at).weekday() for one in Session.objects.all()}
    assert days == {THURSDAY}

    # Anybody finds it.
    stranger = person()
    stranger.opens("catalogue", caen.programme.slug, caen.slug)
    stranger.follows("Réparer son vélo")
    stranger.reads("Prochaines dates")

    # Her register, without network: somebody gives only a nickname.
    session = going_on_now("Réparer son vélo")
    sacha.opens("register", session.pk)
    ready(sacha)
    sacha.page.context.set_offline(True)
    sacha.page.reload()
    sacha.reads("Hors ligne")
    sacha.page.get_by_text("Ajouter quelqu’un").click()
    sacha.writes("Surnom, ou code", "Pixel")
    sacha.page.get_by_role("button", name="Noter sa présence").locator("visible=true").click()
    sacha.reads("gardé")
    sacha.looks()
    sacha.page.context.set_offline(False)
    sacha.page.evaluate("window.dispatchEvent(new Event('online'))")
    sacha.reads("Tout est enregistré")

    # Months later, that attendance stands in the contracted journey.
    months_ago = timezone.now() - datetime.timedelta(days=100)
    hours = {"starts_at": months_ago, "ends_at": months_ago + datetime.timedelta(hours=2)}
    Session.objects.filter(pk=session.pk).update(**hours)
    nadia = person()
    nadia.signs_in(coordinator)
    nadia.opens("presence_link", pixel.pk)
    nadia.ticks("Pixel, Réparer son vélo")
    nadia.presses("Reprendre ces présences")
    nadia.reads("Les présences choisies sont dans le parcours")
    with scope.over([caen.pk]):
        row = Enrolment.objects.get(nickname="Pixel")
        assert (row.participant_id, row.attendance) == (pixel.participant_id, "present")
        experience = Experience.objects.get(journey=pixel)

    # A two-week immersion has its tutor, its insurer, its convention and its limits.
    nadia.opens("immersion_prepare", pixel.pk)
    typed = asked(until_on=timezone.localdate() + datetime.timedelta(days=40))
    fills(nadia, typed)
    prepare = nadia.page.get_by_role("button", name="Préparer la convention")
    prepare.locator("visible=true").first.click()
    nadia.reads("Un mois au plus")
    fills(nadia, {"until_on": today(14)})
    prepare.locator("visible=true").first.click()
    nadia.reads("Vélo Cité")
    nadia.looks()
    with scope.over([caen.pk]):
        immersion = pixel.immersions.get()
    paper = nadia.page.request.get(
        f"{nadia.base}/coordination/parcours/{pixel.pk}/immersions/{immersion.pk}/convention/"
    )
    assert paper.headers["content-type"] == "application/pdf"

    # What was lived is told, talked about, and leads to the next session.
    nadia.opens("reflection_write", pixel.pk, experience.pk)
    nadia.writes("Ce qu’elle a aimé", "Voir la roue tourner de nouveau.")
    nadia.page.locator("[name=reader]").last.check()
    nadia.presses("Garder ce récit")
    nadia.opens("journey_experiences", pixel.pk)
    nadia.follows("En parler")
    nadia.writes("La suite, décidée ensemble", "Revenir jeudi, puis essayer chez Vélo Cité.")
    nadia.presses("Nous en avons parlé")
    nadia.opens("journey", pixel.pk)
    nadia.reads("Réparer son vélo")
    nadia.opens("journey_enrol", pixel.pk)
    nadia.presses("Inscrire")
    with scope.over([caen.pk]):
        coming = Enrolment.objects.filter(participant=pixel.participant, status="enrolled")
        assert coming.filter(session__starts_at__gt=timezone.now()).exists()

    # Nobody in the room could tell who is in the programme.
    sacha.opens("register", session.pk)
    sacha.reads("Pixel")
    text = sacha.page.content()
    assert pixel.participant.code not in text and "Martin" not in text
