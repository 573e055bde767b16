"""The cast: two programmes, two territories that must not meet, one person per role."""

import datetime

import pytest
from django.utils import timezone

from rtr import scope
from territories.accounts.enums import Role
from territories.models import Membership, Organisation, Period, Programme, Territory, User
from tests.journeys.factories import JourneyFactory

PASSWORD = "un mot de passe de test"


@pytest.fixture(autouse=True)
def no_leftover_scope():
    """Each test starts behind the closed wall."""
    assert scope.current() == ""
    yield
    assert scope.current() == ""


@pytest.fixture
def caen(db):
    programme = Programme.objects.create(
        name="Territoires Partagés",
        slug="territoires-partages",
        contract_text="Vous avancez à votre rythme, avec une équipe.",
        warning_months=[3, 1],
        no_contact_days=[30, 60, 90],
        followup_months=[3, 6],
        official_positive_exits=["cdi", "formation_qualifiante"],
    )
    Period.objects.create(
        programme=programme, name="Territoires Partagés", starts_on=datetime.date(2020, 11, 1)
    )
    return Territory.objects.create(
        programme=programme, name="Caen la Mer", slug="caen", kind="urban"
    )


@pytest.fixture
def vallees(caen):
    return Territory.objects.create(
        programme=caen.programme,
        name="Vallées de l’Orne et de l’Odon",
        slug="vallees",
        kind="rural",
    )


@pytest.fixture
def marseille(db):
    programme = Programme.objects.create(
        name="Réalise tes Rêves", slug="rtr", contract_text="Vous réalisez vos rêves."
    )
    return Territory.objects.create(
        programme=programme, name="Aix-Marseille", slug="aix-marseille", kind="urban"
    )


@pytest.fixture
def le_dome(db):
    return Organisation.objects.create(name="Le Dôme", slug="le-dome", kind="tiers_lieu")


@pytest.fixture
def le_wip(db):
    return Organisation.objects.create(name="Le WIP", slug="le-wip", kind="tiers_lieu")


@pytest.fixture
def comptoir(db):
    return Organisation.objects.create(name="Le Comptoir", slug="comptoir", kind="association")


def member(first_name, role, organisation, *territories) -> User:
    """A user with one role in some territories of one programme."""
    user = User.objects.create_user(
        email=f"{first_name.lower()}@exemple.fr",
        password=PASSWORD,
        first_name=first_name,
        last_name="Exemple",
    )
    membership = Membership.objects.create(
        user=user,
        programme=territories[0].programme,
        organisation=organisation,
        role=role,
        from_on=timezone.localdate() - datetime.timedelta(days=400),
    )
    membership.territories.set(territories)
    return user


@pytest.fixture
def coordinator(caen, vallees, le_dome):
    return member("Nadia", Role.COORDINATOR, le_dome, caen, vallees)


@pytest.fixture
def coordinator_of_marseille(marseille, comptoir):
    return member("Omar", Role.COORDINATOR, comptoir, marseille)


@pytest.fixture
def referent(caen, le_dome):
    return member("Karim", Role.REFERENT, le_dome, caen)


@pytest.fixture
def activity_referent(caen, le_wip):
    return member("Lucie", Role.ACTIVITY_REFERENT, le_wip, caen)


@pytest.fixture
def animator(caen, le_wip):
    return member("Sacha", Role.ANIMATOR, le_wip, caen)


@pytest.fixture
def manager(caen, vallees, le_dome):
    return member("Gaelle", Role.MANAGER, le_dome, caen, vallees)


@pytest.fixture
def evaluator(caen, vallees, comptoir):
    return member("Ines", Role.EVALUATOR, comptoir, caen, vallees)


@pytest.fixture
def mission_locale(db):
    return Organisation.objects.create(name="Mission locale", slug="mission-locale", kind="agence")


@pytest.fixture
def prescriber(caen, mission_locale):
    return member("Rose", Role.PRESCRIBER, mission_locale, caen)


@pytest.fixture
def kiwi(caen, le_dome, coordinator):
    """A journey in butinage in Caen."""
    with scope.over([caen.pk]):
        return JourneyFactory(
            territory=caen, participant__nickname="Kiwi", participant__organisation=le_dome
        )


@pytest.fixture
def fatou_in_marseille(marseille, comptoir):
    with scope.over([marseille.pk]):
        return JourneyFactory(
            territory=marseille,
            participant__nickname="Fatou",
            participant__organisation=comptoir,
        )


@pytest.fixture
def signed_in(client):
    """`signed_in(user)` gives the test client with that person's session."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def everywhere():
    """Open the wall for the test's own reading; use `with`-free in tests of one territory."""
    with scope.everything("test"):
        yield
