"""Endorsing from a link, without an account; what verifiers are served."""

import datetime
import json

import pytest
from django.utils import timezone

from badges.credentials.actions import share
from badges.endorsements import actions
from badges.endorsements.models import Endorsement
from tests.badges.factories import signed

pytestmark = pytest.mark.django_db
SAID = {"comment": "Je l’ai vue découper.", "name": "Léa Martin", "function": "Cheffe d’atelier"}
CLOSED = "Ce lien ne marche plus"


@pytest.fixture
def asked(badge, in_caen, referent):
    """An invitation about a badge, and its path."""
    row, token = actions.invite(
        subject=badge,
        territory=in_caen,
        by=referent,
        email="lea@ailleurs.example",
        is_agreed=True,
        name_shown="Kiwi",
    )
    return row, f"/soutenir/{token}/"


def words(response) -> str:
    return response.content.decode()


def test_reading_changes_nothing_whoever_previews_it(client, asked):
    row, path = asked
    for _time in range(3):
        page = client.get(path)
        assert page.status_code == 200
        client.head(path)
        client.get(path + "non/")

    row.refresh_from_db()
    assert row.state == "invited"
    assert "Découper au laser" in words(page) and "Kiwi" in words(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_a_word_of_support_is_signed_then_taken_back(client, asked, badge):
    row, path = asked
    answer = client.post(path, SAID)
    row.refresh_from_db()
    assert (row.state, row.function) == ("given", "Cheffe d’atelier")

    thanks = answer["Location"]
    page = client.get(thanks)
    assert "Merci" in words(page) and "Identité non vérifiée" in words(page)
    assert "Cheffe d’atelier" in words(page)  # as it is read with the badge
    assert CLOSED in words(client.get(path))  # the first link served

    take_back = thanks.replace("merci/", "reprendre/")
    assert client.get(take_back).status_code == 200
    row.refresh_from_db()
    assert row.state == "given"
    client.post(take_back)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "endorsement" not in json.loads(signed(badge).document)


def test_a_link_used_twice_too_old_or_unknown_says_the_same(client, asked):
    row, path = asked
    client.post(path, SAID)
    again = client.post(path, SAID | {"comment": "Encore."})
    unknown = client.get("/soutenir/nimportequoi/")
    Endorsement.objects.filter(pk=row.pk).update(
        state="invited", until=timezone.now() - datetime.timedelta(days=1)
    )
    old = client.get(path)

    for page in (again, unknown, old):
        assert page.status_code == 404
        assert CLOSED in words(page)
    row.refresh_from_db()
    assert row.comment == SAID["comment"]


def test_saying_no_closes_the_link(client, asked):
    row, path = asked
    assert "C’est noté" in words(client.post(path + "non/"))
    row.refresh_from_db()
    assert (row.state, row.invited_email) == ("declined", "")
    assert CLOSED in words(client.get(path))


def test_what_is_missing_is_said_and_what_was_typed_stays(client, asked):
    _row, path = asked
    page = client.post(path, {"comment": "Je l’ai vue faire.", "name": ""})

    assert page.status_code == 422
    assert "Je l’ai vue faire." in words(page)


@pytest.mark.parametrize("text", ["x" * 2001, "Son numéro : 2 69 05 49 588 157 80", "\x00", "   "])
def test_words_that_may_not_be_kept_are_refused_in_french(client, asked, text):
    row, path = asked
    page = client.post(path, SAID | {"comment": text})

    assert page.status_code == 422
    row.refresh_from_db()
    assert row.state == "invited"


def test_the_holder_does_not_endorse_themself(client, asked, holder):
    row, path = asked
    client.force_login(holder.user)
    page = client.post(path, SAID)

    assert "son propre badge" in words(page)
    row.refresh_from_db()
    assert row.state == "invited"


def test_the_page_speaks_the_reader_s_language(client, asked):
    _row, path = asked
    page = client.get(path + "?langue=ar")

    assert 'dir="rtl"' in words(page) and 'lang="ar"' in words(page)


def test_the_page_says_nothing_of_the_programme(client, asked):
    _row, path = asked
    page = words(client.get(path))

    for word in ("Territoires Partagés", "Caen", "parcours", "Karim", "insertion"):
        assert word not in page


# -- The document ----------------------------------------------------------------------------------


def served(client, row):
    return client.get(f"/soutiens/{row.uuid}", headers={"accept": "application/json"})


def test_an_endorsement_of_a_badge_is_served_while_the_badge_is_shown(client, asked, badge):
    row, path = asked
    assert served(client, row).status_code == 404  # not given
    client.post(path, SAID)
    assert served(client, row).status_code == 404  # its badge is nobody's to see
    link = share(
        credential=badge,
        until=timezone.now() + datetime.timedelta(days=1),
        words="D’accord.",
        by=None,
    )
    answer = served(client, row)
    assert answer.json()["credentialSubject"]["endorsementComment"] == SAID["comment"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    page = client.get(f"/soutiens/{row.uuid}", headers={"accept": "text/html"})
    assert "Léa Martin" in words(page)
    link.withdrawn_on = timezone.now()
    link.save()
    assert served(client, row).status_code == 410


def test_an_endorsement_of_a_model_is_everybody_s_then_gone(client, version, in_caen, referent):
    row, _token = actions.invite(subject=version, territory=in_caen, by=referent)
    row, _token = actions.give(endorsement=row, comment="Utile.", name="Léa")
    assert served(client, row).status_code == 200
    actions.withdraw(endorsement=row)

    assert served(client, row).status_code == 410
    page = client.get(f"/soutiens/{row.uuid}", headers={"accept": "text/html"})
    assert "n’est plus montré" in words(page)
