"""Endorsing from a link, without an account; what verifiers are served."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from badges.credentials.actions import revoke, share
from badges.endorsements import actions, identity, public
from badges.endorsements.models import Endorsement
from territories.organisations.models import ConsortiumMember
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


def test_no_may_be_said_of_a_badge_taken_back_since(client, asked, badge, coordinator):
    row, path = asked
    revoke(credential=badge, reason="mistake", by=coordinator)

    seen = words(client.get(path))
    assert CLOSED in seen and "Ce badge n’est plus valable" in seen and "textarea" not in seen
    assert "n’est plus valable" in words(client.post(path, SAID))
    assert "C’est noté" in words(client.post(path + "non/"))
    row.refresh_from_db()
    assert (row.state, row.invited_email) == ("declined", "")


@pytest.mark.parametrize(("act", "path"), [("decline", "non/"), ("withdraw", "reprendre/")])
def test_answered_elsewhere_at_the_same_moment_the_link_is_closed(
    client, asked, monkeypatch, act, path
):
    _row, door = asked
    if act == "withdraw":
        door = client.post(door, SAID)["Location"].removesuffix("merci/")

    def late(**_of):
        raise ValidationError("late")

    monkeypatch.setattr(public, act, late)
    page = client.post(door + path)
    assert page.status_code == 404
    assert CLOSED in words(page)


def test_what_is_missing_is_said_and_what_was_typed_stays(client, asked):
    _row, path = asked
    page = client.post(path, {"comment": "Je l’ai vue faire.", "name": ""})

    assert page.status_code == 422
    assert "Je l’ai vue faire." in words(page)


def test_saying_no_about_a_badge_that_was_revoked_meanwhile(client, asked):
    row, path = asked
    revoke(credential=row.credential, reason="mistake", by=None)

    assert "C’est noté" in words(client.post(path + "non/"))
    row.refresh_from_db()
    assert row.state == "declined"


@pytest.mark.parametrize("state, act", [("invited", "non/"), ("given", "reprendre/")])
def test_a_link_answered_at_the_same_moment_is_closed(client, asked, monkeypatch, state, act):
    row, path = asked
    Endorsement.objects.filter(pk=row.pk).update(state="cancelled")
    row.state = state
    monkeypatch.setattr(public, "behind", lambda token: row)

    answer = client.post(path + act)

    assert answer.status_code == 404 and CLOSED in words(answer)


@pytest.mark.parametrize("text", ["x" * 2001, "Son numéro : 2 69 05 49 588 157 80", "\x00", "   "])
def test_words_that_may_not_be_kept_are_refused_in_french(client, asked, text):
    row, path = asked
    page = client.post(path, SAID | {"comment": text})

    assert page.status_code == 422
    row.refresh_from_db()
    assert row.state == "invited"


@pytest.mark.parametrize("name", ["x" * 10_000, "\ufb2c" * 120, "\u202e\u2066", "\x01", "\u200b"])
def test_a_name_that_cannot_be_signed_is_refused_in_french(client, asked, name):
    row, path = asked
    page = client.post(path, SAID | {"name": name})

    assert page.status_code == 422
    assert "caractères (actuellement" in words(page) or "Écrivez quelques mots." in words(page)
    row.refresh_from_db()
    assert row.state == "invited"


def test_the_holder_does_not_endorse_themself(client, asked, holder):
    row, path = asked
    client.force_login(holder.user)
    page = client.post(path, SAID)

    assert "son propre badge" in words(page)
    row.refresh_from_db()
    assert row.state == "invited"


@pytest.mark.parametrize("domain", ["aol.com", "gmx.net", "ukr.net", "ymail.com"])
def test_where_anybody_has_an_address_no_body_is_known(asked, le_wip, domain):
    row, _path = asked
    ConsortiumMember.objects.create(
        programme=row.territory.programme, organisation=le_wip, role="partner", from_on="2026-01-01"
    )
    le_wip.email, row.invited_email = f"contact@{domain}", f"lea@{domain}"
    le_wip.save()

    assert identity.body_of(row) is None
    le_wip.email, row.invited_email = "contact@wip.example", "lea@wip.example"
    le_wip.save()
    assert identity.body_of(row) == le_wip


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
