"""Sessions: what is taken away is gone at the next page, what was being written is not lost."""

import datetime
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from journeys.models import Note
from rtr import scope
from rtr.lib import kept
from territories.accounts.enums import Role
from tests.cast import PASSWORD, member

TYPED = "Une phrase qui ne se retrouve nulle part"


@pytest.fixture
def page(world):
    return reverse("journey", args=[world.mine.journey.pk])


def status(client, url) -> int:
    return client.get(url).status_code


# -- Taken away, at once -------------------------------------------------------------------------


def test_a_role_that_ends_closes_the_next_page(world, cast, client, page):
    client.force_login(cast["coordinator"])
    assert status(client, page) == 200

    cast["coordinator"].memberships.update(until_on=timezone.localdate())

    assert status(client, page) == 403


def test_a_territory_taken_away_hides_its_people(world, cast, client, page, caen):
    client.force_login(cast["coordinator"])
    assert status(client, page) == 200

    cast["coordinator"].memberships.get().territories.remove(caen)

    assert status(client, page) == 404


def test_leaving_the_team_hides_the_file(world, cast, client, page):
    client.force_login(cast["referent"])
    assert status(client, page) == 200

    with scope.everything("test"):
        world.mine.journey.team.filter(user=cast["referent"]).update(until_on=timezone.localdate())

    assert status(client, page) == 404


@pytest.mark.parametrize("role", ["referent", "coordinator"])
def test_the_persons_objection_hides_the_file(world, cast, client, page, role, le_dome):
    client.force_login(cast[role])
    assert status(client, page) == 200

    with scope.everything("test"):
        rows = world.mine.journey.team
        place, _created = rows.get_or_create(
            user=cast[role],
            defaults={
                "territory": world.mine.journey.territory,
                "organisation": le_dome,
                "role": role,
            },
        )
        rows.filter(pk=place.pk).update(suspended_on=timezone.localdate())

    assert status(client, page) == 404


def test_a_closed_account_is_out(world, cast, client, page):
    client.force_login(cast["coordinator"])
    cast["coordinator"].is_active = False
    cast["coordinator"].save()

    response = client.get(page)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_another_password_closes_the_other_sessions(world, cast, client, page):
    client.force_login(cast["coordinator"])
    cast["coordinator"].set_password("un tout autre mot de passe")
    cast["coordinator"].save()

    assert status(client, page) == 302


def test_a_session_lasts_half_a_day(world, cast, client, page):
    with time_machine.travel(timezone.now()) as clock:
        client.force_login(cast["coordinator"])
        clock.shift(datetime.timedelta(hours=11))
        assert status(client, page) == 200
        clock.shift(datetime.timedelta(hours=2))
        assert status(client, page) == 302


# -- What was being written ----------------------------------------------------------------------


@pytest.fixture
def writing(world, cast, client):
    """The coordinator writes a note; the session ends; the note is sent."""
    url = reverse("note_write", args=[world.mine.journey.pk])
    client.force_login(cast["coordinator"])
    seen = re.search(r'name="seen" value="(\d+)"', client.get(url).content.decode())[1]
    Session.objects.all().delete()
    response = client.post(url, {"text": TYPED, "seen": seen})
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    return url


def sign_in(client, user):
    credentials = {"login": user.email, "password": PASSWORD}
    return client.post(reverse("account_login"), credentials)


def test_it_waits_for_whoever_wrote_it(client, cast, writing):
    sign_in(client, cast["coordinator"])

    text = client.get(writing).content.decode()

    assert TYPED in text
    assert "Nous avons gardé ce que vous écriviez" in text
    with scope.everything("test"):
        assert not Note.objects.filter(text=TYPED).exists(), "nothing is sent by itself"


def test_it_is_given_once(client, cast, writing):
    sign_in(client, cast["coordinator"])
    client.get(writing)

    assert TYPED not in client.get(writing).content.decode()


def test_another_person_on_the_same_screen_reads_nothing_of_it(
    client, cast, writing, caen, le_dome
):
    colleague = member("Colette", Role.COORDINATOR, le_dome, caen)
    sign_in(client, colleague)

    assert TYPED not in client.get(writing).content.decode()
    client.post(reverse("account_logout"))
    sign_in(client, cast["coordinator"])
    assert TYPED not in client.get(writing).content.decode(), "gone with the other's visit"


def test_it_is_forgotten_after_half_an_hour(client, cast, writing):
    later = timezone.now() + datetime.timedelta(seconds=kept.SECONDS + 1)
    with time_machine.travel(later):
        sign_in(client, cast["coordinator"])

        assert TYPED not in client.get(writing).content.decode()


def test_a_strangers_post_is_not_kept_at_all(world, client):
    url = reverse("note_write", args=[world.mine.journey.pk])

    client.post(url, {"text": TYPED})

    assert kept.KEY not in client.session


def test_no_password_is_ever_kept(cast, client):
    client.force_login(cast["coordinator"])
    client.get(reverse("account_change_password"))
    Session.objects.all().delete()

    client.post(reverse("account_change_password"), {"password1": TYPED, "password2": TYPED})

    assert TYPED not in str(dict(client.session))


# -- The password that everybody knows ------------------------------------------------------------


@pytest.mark.parametrize(("demo", "lands"), [(False, 200), (True, 302)])
def test_the_demonstrations_password_opens_the_demonstration_only(
    client, coordinator, settings, demo, lands
):
    settings.DEMO = demo
    coordinator.set_password(settings.DEMO_PASSWORD)
    coordinator.save()
    given = {"login": coordinator.email, "password": settings.DEMO_PASSWORD}

    assert client.post(reverse("account_login"), given).status_code == lands


@pytest.mark.parametrize(("demo", "lands"), [(False, 200), (True, 302)])
def test_the_demonstrations_accounts_open_the_demonstration_only(
    client, coordinator, settings, demo, lands
):
    settings.DEMO = demo
    coordinator.email = "coordination.caen@demo.example"
    coordinator.save()
    given = {"login": coordinator.email, "password": PASSWORD}

    assert client.post(reverse("account_login"), given).status_code == lands


# -- Unknown, or of somebody else: the same -------------------------------------------------------


def test_unknown_and_foreign_addresses_answer_the_same(world, cast, client):
    client.force_login(cast["coordinator"])
    far, near = world.far.journey.pk, world.near.rows.outcome.pk
    addresses = {
        "nowhere": "/coordination/nulle-part/",
        "nobody": reverse("journey", args=[987654321]),
        "somebody in Marseille": reverse("journey", args=[far]),
        "an act there": reverse("pause", args=[far]),
        "their contract": reverse("contract", args=[far]),
        "a row of somebody else": reverse("outcome_end", args=[world.mine.journey.pk, near]),
    }

    answers = {name: client.get(url) for name, url in addresses.items()}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({_plain(answer) for answer in answers.values()}) == 1


def _plain(answer) -> str:
    """The page without its token, which changes with each answer."""
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"(place=\d*&amp;)?next=[^\"&]*", "", text)


def test_signing_in_tells_nothing_of_who_has_an_account(client, coordinator):
    wrong = {"login": coordinator.email, "password": "pas celui-là du tout"}
    nobody = {"login": "personne@exemple.fr", "password": "pas celui-là du tout"}

    known, unknown = (client.post(reverse("account_login"), given) for given in (wrong, nobody))

    def said(answer, email):
        return _plain(answer).replace(email, "")

    assert said(known, coordinator.email) == said(unknown, "personne@exemple.fr")
