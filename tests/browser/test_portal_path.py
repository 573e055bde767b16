"""The person's essential path at 360 × 640, with no JavaScript: in, « Je viens », one more session,
telling, the team, out."""

import pytest

from journeys.models import Enrolment, Reflection
from journeys.portal.actions import give_link
from rtr import scope
from tests.browser.conftest import SIZES
from tests.journeys.activities import ActivityFactory, SessionFactory, enrolled, moment
from tests.journeys.experiences import elsewhere
from tests.journeys.factories import join

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(
        viewport=SIZES["phone"], locale="fr-FR", java_script_enabled=False
    )
    found = context.new_page()
    found.set_default_timeout(10_000)
    yield found
    context.close()


@pytest.fixture
def token(caen, kiwi, coordinator, referent):
    """Kiwi is in a session of « Couture », may come to « Cuisine », did something elsewhere."""
    with scope.over([caen.pk]):
        join(kiwi, referent)
        sewing = ActivityFactory(territory=caen, title="Couture")
        cooking = ActivityFactory(territory=caen, title="Cuisine")
        enrolled(SessionFactory(activity=sewing, starts_at=moment(2)), kiwi.participant)
        SessionFactory(activity=cooking, starts_at=moment(3))
        elsewhere(kiwi)
        return give_link(journey=kiwi, by=coordinator)


def test_the_essential_path_is_crossed_without_javascript(page, live_server, token, caen):
    page.goto(f"{live_server.url}/portail/entrer/{token}/")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Non, il sert à d’autres").click()

    page.get_by_role("button", name="Je viens").click()
    assert page.get_by_text("C’est noté. On vous attend.").is_visible()
    page.get_by_role("link", name="Activités").click()
    page.get_by_role("button", name="Je viens : Cuisine").click()
    page.get_by_role("link", name="Mon parcours").click()
    page.get_by_role("link", name="Raconter :").first.click()
    page.get_by_label("Ce que j’ai aimé").fill("Les clients du matin.")
    page.get_by_role("button", name="Garder mon récit").click()
    assert page.get_by_text("C’est gardé. Merci de l’avoir raconté.").is_visible()
    page.get_by_role("link", name="Mes badges").click()
    assert page.get_by_role("heading", name="Pas encore de badge").is_visible()
    page.get_by_role("link", name="Mon équipe").click()
    assert page.get_by_text("Karim").first.is_visible()
    page.get_by_role("button", name="Quitter").click()

    assert page.get_by_role("heading", name="À bientôt").is_visible()
    with scope.over([caen.pk]):
        assert Enrolment.objects.standing().count() == 2
        assert Reflection.objects.get().liked == "Les clients du matin."
