"""A badge shown by a link: what is agreed to, until when, taken back in two taps; collections."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from badges.credentials.actions import revoke
from badges.models import Collection, ShareLink
from rtr import scope
from tests.journeys.acts import errors
from tests.journeys.acts import told as heard
from tests.journeys.factories import join
from tests.journeys.phones import said
from tests.journeys.recognition import a_badge, given

PAGE = {"accept": "text/html"}


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def badge(camille, own_phone, caen, le_dome, coordinator):
    """Camille holds « Découper au laser », signed."""
    return given(camille, coordinator, a_badge(caen, le_dome))


@pytest.fixture
def film(badge, camille, caen, le_wip, coordinator):
    return given(camille, coordinator, a_badge(caen, le_wip, code="film"))


def shows(client, badge, **more) -> ShareLink:
    sent = {"days": "30", "name": ""} | more
    done = client.post(reverse("portal_badge_share", args=[badge.pk]), sent)
    assert done.status_code == 302, errors(done)
    return ShareLink.objects.first()


def stranger(url: str, **headers):
    """Somebody without an account, who opens a link."""
    return Client().get(url.removeprefix("http://testserver"), headers=PAGE | headers)


def path_of(link: ShareLink) -> str:
    return reverse("share", args=[link.token])


# -- Showing ---------------------------------------------------------------------------------------


def test_what_others_will_see_is_said_first_and_kept_as_it_was_read(own_phone, badge):
    before = said(own_phone.get(reverse("portal_badge_share", args=[badge.pk])))
    link = shows(own_phone, badge)

    for sentence in link.words.splitlines()[:-2]:
        assert sentence in before
    assert "La page ne montre pas mon nom." in link.words
    assert "C’est tout de suite." in link.words
    day = timezone.localdate(link.until)
    assert day == timezone.localdate() + datetime.timedelta(days=30)
    assert link.consented_on.date() == timezone.now().date()


def test_a_month_is_what_is_offered_and_a_tap_of_twice_makes_one_link(own_phone, badge):
    form = own_phone.get(reverse("portal_badge_share", args=[badge.pk])).context["form"]
    assert form["days"].value() == "30"

    shows(own_phone, badge)
    shows(own_phone, badge)

    assert ShareLink.objects.count() == 1


def test_the_link_is_a_drawing_to_aim_at(own_phone, badge):
    link = shows(own_phone, badge)

    page = own_phone.get(reverse("portal_share", args=[link.pk]))

    assert "<svg" in page.content.decode() and link.url in said(page)
    assert "Jusqu’au" in said(page)


def test_a_stranger_sees_the_badge_and_nothing_of_the_person(own_phone, badge, camille):
    link = shows(own_phone, badge)

    page = said(stranger(path_of(link)))

    assert "Découper au laser" in page and "Le Dôme" in page
    person = camille.participant
    for words in (person.nickname, person.code, person.last_name, camille.territory.programme.name):
        assert not words or words not in page


def test_the_name_is_the_one_that_was_written(own_phone, badge):
    link = shows(own_phone, badge, name="Camille, en cuisine")

    assert "Camille, en cuisine" in said(stranger(path_of(link)))
    assert "Camille, en cuisine" in link.words
    assert "Camille" not in badge.document


def test_a_badge_taken_back_by_its_issuer_is_not_shown_anew(own_phone, badge, coordinator):
    revoke(credential=badge, reason="mistake", by=coordinator)

    page = own_phone.get(reverse("portal_badge", args=[badge.pk]))
    assert "Ce badge ne compte plus." in said(page)
    assert "Montrer ce badge" not in said(page)
    assert own_phone.post(reverse("portal_badge_share", args=[badge.pk]), {"days": "30"}).url
    assert not ShareLink.objects.exists()


# -- Taking back -----------------------------------------------------------------------------------


def test_two_taps_and_the_page_is_gone_at_once(own_phone, badge):
    link = shows(own_phone, badge)
    assert stranger(path_of(link)).status_code == 200
    listed = said(own_phone.get(reverse("portal_shares")))
    assert "Mes liens ouverts" in listed and "Ne plus montrer" in listed

    asked = own_phone.get(reverse("portal_share_stop", args=[link.pk]))
    assert stranger(path_of(link)).status_code == 200  # a look is not a yes
    done = own_phone.post(reverse("portal_share_stop", args=[link.pk]), follow=True)

    assert "Ne plus montrer ?" in said(asked)
    assert "Le lien ne montre plus rien." in heard(done)
    assert "Arrêté par vous" in said(done)
    for path in (path_of(link), reverse("credential_public", args=[badge.uuid])):
        assert stranger(path).status_code == 410
        assert Client().get(path).json() == {"error": "gone"}
    file = reverse("share_file", args=[link.token, badge.uuid, "json"])
    assert stranger(file).status_code == 410


def test_the_day_after_the_last_one_it_is_gone_too(own_phone, badge):
    link = shows(own_phone, badge, days="7")
    ShareLink.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))

    assert stranger(path_of(link)).status_code == 410
    assert "Fini le" in said(own_phone.get(reverse("portal_shares")))
    assert "Ce lien ne montre plus rien." in said(
        own_phone.get(reverse("portal_share", args=[link.pk]))
    )


def test_somebody_else_s_links_do_not_exist(own_phone, badge, kiwi, coordinator, signed_in):
    link = shows(own_phone, badge)
    other = given(kiwi, coordinator, badge.version.achievement)
    ShareLink.objects.filter(pk=link.pk).update(recipient=other.recipient)

    for name in ("portal_share", "portal_share_stop"):
        assert own_phone.get(reverse(name, args=[link.pk])).status_code == 404


# -- Put together ----------------------------------------------------------------------------------


def together(client, *badges, **more):
    sent = {"name": "Pour la cuisine", "words": "", "badges": [one.pk for one in badges]} | more
    return client.post(reverse("portal_collection_add"), sent, follow=True)


def test_several_badges_are_shown_at_once(own_phone, badge, film):
    done = together(own_phone, badge, film, words="Ce que je sais faire.")
    assert "Votre portefeuille est prêt." in heard(done)
    wallet = Collection.objects.get()
    own_phone.post(reverse("portal_collection_share", args=[wallet.pk]), {"days": "7"})

    page = stranger(path_of(ShareLink.objects.get()))

    assert page.status_code == 200
    text = said(page)
    assert "Pour la cuisine" in text and "Ce que je sais faire." in text
    assert text.count("Découper au laser</h2>") == 2


def test_a_badge_ticked_twice_is_there_once(own_phone, badge):
    together(own_phone, badge, badge)

    assert Collection.objects.get().items.count() == 1


def test_a_collection_changes_and_its_link_with_it(own_phone, badge, film):
    together(own_phone, badge, film)
    wallet = Collection.objects.get()
    own_phone.post(reverse("portal_collection_share", args=[wallet.pk]), {"days": "7"})
    edit = reverse("portal_collection_edit", args=[wallet.pk])
    assert own_phone.get(edit).context["form"]["badges"].value() == [badge.pk, film.pk]

    own_phone.post(edit, {"name": "Au laser", "badges": [badge.pk]})

    text = said(stranger(path_of(ShareLink.objects.get())))
    assert "Au laser" in text and text.count("Découper au laser</h2>") == 1


def test_a_collection_that_goes_leaves_its_links_closed(own_phone, badge, film):
    together(own_phone, badge)
    wallet = Collection.objects.get()
    own_phone.post(reverse("portal_collection_share", args=[wallet.pk]), {"days": "7"})
    link = ShareLink.objects.get()

    done = own_phone.post(reverse("portal_collection_remove", args=[wallet.pk]), follow=True)

    assert "Vos badges restent." in heard(done)
    assert stranger(path_of(link)).status_code == 410
    assert own_phone.get(reverse("portal_collection", args=[wallet.pk])).status_code == 404
    assert "Un portefeuille retiré" in said(own_phone.get(reverse("portal_shares")))
    wallet.refresh_from_db()
    assert (wallet.name, wallet.words) == ("", "")


def test_a_collection_holds_one_s_own_badges_and_one_at_least(own_phone, badge, kiwi, coordinator):
    other = given(kiwi, coordinator, badge.version.achievement)

    assert together(own_phone).status_code == 422
    assert together(own_phone, other).status_code == 422
    assert not Collection.objects.exists()


def test_agreeing_is_for_the_person_alone(nadia, camille, coordinator, badge, film):
    together(nadia.client, badge)
    join(camille, coordinator, role="coordinator")
    nadia.client.force_login(coordinator)
    nadia.client.post(reverse("help_open", args=[camille.pk]), {"agreed": "on"})

    for name, pk in (("portal_badge_share", badge.pk), ("portal_collection_share", 1)):
        answer = nadia.client.post(reverse(name, args=[pk]), {"days": "30"})
        assert answer.status_code == 403
    assert not ShareLink.objects.exists()
