"""What a group made: each author chooses who sees it, and may take it back at any time."""

import datetime
import io
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from journeys.collective.actions.groups import leave
from journeys.collective.actions.making import add_part, choose, take_back
from journeys.collective.enums import Visibility
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from journeys.collective.reading import drawn
from rtr import scope
from territories.accounts.models import User
from tests.journeys.collective import chosen, inside, made, opened

GROUP, NETWORK, EVERYONE = Visibility


@pytest.fixture
def open_wall(everywhere):
    """For tests of rows; pages open their own."""


@pytest.fixture
def action(caen, le_dome, coordinator, kiwi):
    with scope.everything("test"):
        kiwi.participant.user = User.objects.create_user(territory=caen)
        kiwi.participant.save()
        return opened(caen, le_dome, coordinator)


@pytest.fixture
def members(action, kiwi, coordinator):
    with scope.everything("test"):
        return [inside(action, kiwi.participant, coordinator), inside(action, "Zaza", coordinator)]


@pytest.fixture
def production(action, members, coordinator):
    with scope.everything("test"):
        return made(action, coordinator, *members)


@pytest.fixture
def public(action):
    return reverse("group", args=[action.slug])


def answered(client, url: str) -> int:
    """The status of an address that hands a file over, read to its end."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def everyone_agrees(production, members, by, *, named=True):
    with scope.everything("test"):
        for member in members:
            chosen(production, member, by, EVERYONE, named=named)


# -- The most reserved choice counts ---------------------------------------------------------------


@pytest.mark.parametrize("choices", [*itertools.product([None, *Visibility], repeat=2)])
def test_the_most_reserved_choice_counts(
    choices, open_wall, production, members, kiwi, coordinator, animator, manager, client, public
):
    """The matrix of authors' choices × viewer, by hand."""
    for member, choice in zip(members, choices, strict=True):
        if choice:
            chosen(production, member, coordinator, choice)
    least = min(choice or GROUP for choice in choices)

    viewers = {
        "member": (kiwi.participant.user, {GROUP, NETWORK, EVERYONE}),
        "coordinator": (coordinator, {GROUP, NETWORK, EVERYONE}),
        "manager": (manager, {GROUP, NETWORK, EVERYONE}),
        "another structure": (animator, {NETWORK, EVERYONE}),
    }
    for name, (user, levels) in viewers.items():
        seen = Production.objects.visible_to(user).filter(pk=production.pk).exists()
        assert seen == (least in levels), name
    assert client.get(public).status_code == (200 if least == EVERYONE else 404)


def test_without_an_author_it_is_the_groups(open_wall, action, coordinator, animator):
    production = made(action, coordinator)

    assert Production.objects.with_visibility().get() == production
    assert Production.objects.with_visibility().get().visibility == GROUP


def test_another_programme_sees_nothing(
    open_wall, production, members, coordinator, coordinator_of_marseille, evaluator, prescriber
):
    everyone_agrees(production, members, coordinator)

    for user in (coordinator_of_marseille, evaluator, prescriber):
        assert not Production.objects.visible_to(user).exists()


def test_a_choice_says_whose_words_it_is(open_wall, production, members, coordinator, signed_in):
    author = ProductionAuthor.objects.get(member=members[1].pk)
    url = reverse("production_choice", args=[author.pk])
    day = timezone.localdate() - datetime.timedelta(days=2)

    signed_in(coordinator).post(url, {"visibility": 2, "on": day.isoformat()})

    body = signed_in(coordinator).get(reverse("production", args=[production.pk])).content.decode()
    assert "Noté par Nadia d’après ce que la personne a dit" in body
    author.refresh_from_db()
    assert (author.visibility, author.chosen_on) == (NETWORK, day)


def test_a_choice_of_tomorrow_is_refused(open_wall, production, members, coordinator):
    author = ProductionAuthor.objects.get(member=members[1].pk)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    with pytest.raises(ValidationError, match="pas encore venu"):
        choose(author=author, visibility=3, shows_nickname=True, by=coordinator, on=tomorrow)


# -- Taking back -----------------------------------------------------------------------------------


def test_an_author_takes_back_in_two_taps_and_the_page_closes(
    client, signed_in, production, members, coordinator, kiwi, public, photo
):
    with scope.everything("test"):
        part = add_part(part=_part(production), by=coordinator, file=photo)
    everyone_agrees(production, members, coordinator)
    file = reverse("group_file", args=[production.action.slug, part.pk])
    assert client.get(public).status_code == answered(client, file) == 200
    url = reverse("portal_production_withdraw", args=[production.pk])

    signed_in(kiwi.participant.user).get(url)
    assert client.get(public).status_code == 200
    signed_in(kiwi.participant.user).post(url)

    client.logout()
    assert client.get(public).status_code == answered(client, file) == 404


def test_who_took_back_may_choose_again(open_wall, production, members, coordinator, kiwi):
    author = ProductionAuthor.objects.get(member=members[0].pk)
    take_back(author=author, by=kiwi.participant.user)

    again = choose(author=author, visibility=3, shows_nickname=True, by=kiwi.participant.user)

    assert again.withdrawn_on is None and again.visibility == EVERYONE


def test_who_left_or_is_erased_opens_nothing(
    client, production, members, coordinator, kiwi, public
):
    """Their choice stays with the production; their nickname goes with them."""
    with scope.everything("test"):
        chosen(production, members[1], coordinator, EVERYONE)
        assert client.get(public).status_code == 404
        leave(member=members[0], by=coordinator)
        assert client.get(public).status_code == 404
        chosen(production, members[0], coordinator, EVERYONE, named=True)
        assert "Kiwi" in client.get(public).content.decode()
        members[0].delete()

    body = client.get(public).content.decode()
    assert "Kiwi" not in body


def test_only_an_author_chooses_in_the_portal(signed_in, action, coordinator, members, kiwi):
    with scope.everything("test"):
        other = made(action, coordinator, members[1])

    url = reverse("portal_production_choice", args=[other.pk])

    assert signed_in(kiwi.participant.user).get(url).status_code == 404


def test_the_person_chooses_on_their_phone(signed_in, production, members, kiwi):
    url = reverse("portal_production_choice", args=[production.pk])
    client = signed_in(kiwi.participant.user)

    assert client.post(url, {}).status_code == 422
    client.post(url, {"visibility": "3", "shows_nickname": "on"})

    with scope.everything("test"):
        author = ProductionAuthor.objects.get(member=members[0].pk)
        assert (author.visibility, author.shows_nickname) == (3, True)
        assert author.chosen_by == kiwi.participant.user


# -- The public page -------------------------------------------------------------------------------


def test_the_public_page_says_nothing_of_who_is_in_the_programme(
    client, production, members, coordinator, kiwi, public, caen
):
    everyone_agrees(production, members, coordinator, named=False)
    with scope.everything("test"):
        chosen(production, members[1], coordinator, EVERYONE, named=True)

    page = client.get(public)
    body = page.content.decode()

    assert "Zaza" in body
    told = [kiwi.participant.code, "Kiwi", "Nadia", caen.programme.name, "insertion", "contrat"]
    told += ["participant", "bénéficiaire", "sur 10", "places", "coordination/", "portail/"]
    assert [word for word in told if word.lower() in body.lower()] == []
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


def test_what_is_for_the_structures_is_not_on_the_public_page(
    client, action, production, members, coordinator, public
):
    everyone_agrees(production, members, coordinator)
    with scope.everything("test"):
        other = made(action, coordinator, members[1], title="Pour nous")
        chosen(other, members[1], coordinator, NETWORK)

    assert "Pour nous" not in client.get(public).content.decode()


def test_a_file_is_handed_over_at_its_own_address_alone(
    client, production, members, coordinator, action, caen, le_dome, photo
):
    everyone_agrees(production, members, coordinator)
    with scope.everything("test"):
        part = add_part(part=_part(production), by=coordinator, file=photo)
        other = opened(caen, le_dome, coordinator, title="Autre")

    assert client.get(reverse("group_file", args=[other.slug, part.pk])).status_code == 404
    answer = client.get(reverse("group_file", args=[action.slug, part.pk]))
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_public_page_costs_the_same_with_few_and_many(
    client, action, production, members, coordinator, public, django_assert_max_num_queries
):
    everyone_agrees(production, members, coordinator)
    with django_assert_max_num_queries(12) as few:
        client.get(public)
    for n in range(5):
        with scope.everything("test"):
            more = made(action, coordinator, *members, title=f"Récit {n}")
        everyone_agrees(more, members, coordinator)
    with django_assert_max_num_queries(len(few)):
        client.get(public)


# -- What is added ---------------------------------------------------------------------------------


@pytest.fixture
def photo():
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(held, "PNG")
    return SimpleUploadedFile("photo.png", held.getvalue())


def _part(production, **values):
    return ProductionPart(production=production, label="Une image", **values)


HOSTILE = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html named as a photo": b"\x00\x00<html><script>alert(1)</script>",
    "zip": b"PK\x03\x04" + b"\x00" * 60,
    "broken sound": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"not a sound" * 30,
    "broken PDF": b"%PDF-1.7\nnot a PDF",
    "playlist": b"#EXTM3U\nfile:///etc/passwd\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(what, signed_in, production, coordinator):
    file = SimpleUploadedFile("photo.jpg", HOSTILE[what], content_type="image/jpeg")
    url = reverse("production_part_add", args=[production.pk, "fichier"])

    page = signed_in(coordinator).post(url, {"label": "Notre carte", "file": file})

    assert page.status_code == 422
    assert "choisissez" in page.content.decode().lower()
    assert "Notre carte" in page.content.decode()
    with scope.everything("test"):
        assert not ProductionPart.objects.exists()


@pytest.mark.parametrize("url", ["http://exemple.fr", "javascript:alert(1)", "ftp://exemple.fr/a"])
def test_a_link_is_https(url, signed_in, production, coordinator):
    where = reverse("production_part_add", args=[production.pk, "lien"])

    page = signed_in(coordinator).post(where, {"label": "Le blog", "url": url})

    assert page.status_code == 422


def test_points_are_a_list_and_a_drawing(open_wall, signed_in, production, coordinator):
    url = reverse("production_part_add", args=[production.pk, "point"])
    client = signed_in(coordinator)
    points = [
        {"label": "Atelier vélo", "latitude": "49.18", "longitude": "-0.36"},
        {"label": "Couture", "latitude": "49.20", "longitude": "-0.33", "note": "Le mardi"},
        {"label": "Sans coordonnées", "address": "3 rue des Prés"},
    ]

    for point in points:
        assert client.post(url, point).status_code == 302
    refused = client.post(url, {"label": "Nulle part"})

    assert refused.status_code == 422
    body = client.get(reverse("production", args=[production.pk])).content.decode()
    assert "<svg" in body and "Couture" in body and "3 rue des Prés" in body
    found = drawn(list(production.parts.all()))
    assert [point["number"] for point in found] == [1, 2]
    assert found[0]["x"] < found[1]["x"] and found[0]["y"] > found[1]["y"]  # north is up


def test_words_that_tell_peoples_situation_are_refused(signed_in, action, coordinator):
    url = reverse("production_add", args=[action.pk])
    typed = {"kind": "article", "licence": "reserved", "made_on": timezone.localdate().isoformat()}

    page = signed_in(coordinator).post(url, typed | {"title": "Vivre avec le RSA"})

    assert page.status_code == 422
    assert "dit la situation des personnes" in page.content.decode()


def test_what_is_removed_comes_back(signed_in, production, coordinator):
    client = signed_in(coordinator)
    client.post(reverse("production_remove", args=[production.pk]))
    assert client.get(reverse("production", args=[production.pk])).status_code == 404

    client.post(reverse("production_restore", args=[production.pk]))

    assert client.get(reverse("production", args=[production.pk])).status_code == 200
