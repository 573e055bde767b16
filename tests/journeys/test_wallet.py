"""« Mes badges » on the person's phone: held, told, put in words, asked for, read on the spot."""

import datetime
import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from badges.credentials.actions import revoke
from badges.models import Credential
from badges.proofs.baking import unbake
from journeys.models import Objective, Recognition, Session
from journeys.portal.actions import give_link
from journeys.recognition.actions import asking
from journeys.recognition.actions.answering import accept, ask_more, decline
from journeys.recognition.actions.giving import give
from journeys.recognition.scanning import token_of
from rtr import scope
from tests.badges.factories import signed
from tests.journeys.acts import errors
from tests.journeys.acts import told as heard
from tests.journeys.experiences import activity_of, elsewhere, session_of, told
from tests.journeys.factories import join
from tests.journeys.papers import photo
from tests.journeys.phones import said
from tests.journeys.recognition import a_badge, asked, given, lived, proposed


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def laser(caen, le_dome):
    return a_badge(caen, le_dome)


@pytest.fixture
def badge(camille, own_phone, laser, coordinator):
    """Camille holds « Découper au laser », signed."""
    return given(camille, coordinator, laser)


def page(client, name, *args):
    found = client.get(reverse(name, args=args))
    assert found.status_code == 200
    return said(found)


# -- Held ------------------------------------------------------------------------------------------


def test_an_empty_wallet_says_what_a_badge_is(own_phone):
    text = page(own_phone, "portal_badges")

    assert "Un badge dit ce que vous savez faire." in text
    assert "J’aimerais faire reconnaître" in text


def test_a_badge_says_in_easy_words_what_it_is(own_phone, badge):
    assert "Découper au laser" in page(own_phone, "portal_badges")

    text = page(own_phone, "portal_badge", badge.pk)
    for words in (
        "Ce que dit ce badge",
        "Sait conduire une découpe laser en sécurité.",
        "Délivré par : Le Dôme.",
        "Il n’a pas de date de fin.",
        "Il ne dit pas votre nom.",
        "Le badge ne montre aucun mot de vous.",
    ):
        assert words in text


def test_its_days_are_those_of_the_clock_on_the_wall(own_phone, badge):
    midnight = datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC)  # 0 h 30 on 1 July
    ends = midnight.replace(year=2126)
    Credential.objects.filter(pk=badge.pk).update(awarded_on=midnight, valid_until=ends)

    text = page(own_phone, "portal_badge", badge.pk)

    assert "1er juillet 2026" in text and "1er juillet 2126" in text


def test_awarded_today_it_is_there_at_once_and_says_that_it_is_being_signed(
    own_phone, camille, laser, coordinator
):
    found = given(camille, coordinator, laser)
    Credential.objects.filter(pk=found.pk).update(state="awarded", document="", token="")

    assert "Bientôt prêt" in page(own_phone, "portal_badges")
    assert "Sa signature arrive dans une minute." in page(own_phone, "portal_badge", found.pk)
    assert own_phone.get(reverse("portal_badge_file", args=[found.pk, "png"])).status_code == 404


def test_a_badge_of_a_session_comes_with_the_words_and_photo_of_the_story(
    own_phone, camille, laser, le_dome, coordinator
):
    experience = lived(camille, le_dome)
    session = Session.objects.get(activity=experience.activity)
    give(
        session=session,
        by=coordinator,
        achievement=laser,
        numbers=[1],
        reason="A découpé une pièce.",
        client_uuid=uuid.uuid4(),
    )
    story = told(experience, did="J’ai découpé une enseigne.", photo=photo())

    text = page(own_phone, "portal_badge", signed(Credential.objects.get()).pk)

    assert "J’ai découpé une enseigne." in text
    assert reverse("portal_photo", args=[story.pk]) in text
    assert "Ce récit n’est pas dans le badge." in text


def test_revoked_it_promises_nothing_any_more(own_phone, badge, coordinator):
    promise = "chacun peut vérifier qu’il est vrai"
    assert promise in page(own_phone, "portal_badge", badge.pk)

    revoke(credential=badge, reason="mistake", by=coordinator)

    assert promise not in page(own_phone, "portal_badge", badge.pk)


def test_somebody_else_s_badge_does_not_exist(own_phone, kiwi, laser, coordinator):
    other = given(kiwi, coordinator, laser)

    for name in ("portal_badge", "portal_badge_words", "portal_badge_share"):
        assert own_phone.get(reverse(name, args=[other.pk])).status_code == 404
    assert own_phone.get(reverse("portal_badge_file", args=[other.pk, "json"])).status_code == 404


def test_files_hold_the_badge_and_stay_on_no_phone(own_phone, badge):
    found = {
        kind: own_phone.get(reverse("portal_badge_file", args=[badge.pk, kind]))
        for kind in ("json", "png", "pdf")
    }

    assert json.loads(found["json"].content)["id"] == badge.url
    assert json.loads(unbake(found["png"].content))["id"] == badge.url
    assert found["pdf"].content.startswith(b"%PDF")
    assert {one["Cache-Control"] for one in found.values()} == {"no-store"}
    assert own_phone.get(reverse("portal_badge_file", args=[badge.pk, "exe"])).status_code == 404


# -- Words in the badge ----------------------------------------------------------------------------


def test_the_person_chooses_the_words_that_the_badge_shows(own_phone, badge):
    url = reverse("portal_badge_words", args=[badge.pk])
    own_phone.post(url, {"words": "J’ai appris à attendre."})

    again = signed(badge)
    assert again.edition == 2 and "J’ai appris à attendre." in again.document
    assert "J’ai appris à attendre." in page(own_phone, "portal_badge", badge.pk)

    own_phone.post(url, {"words": "J’ai appris à attendre."})  # nothing changed
    badge.refresh_from_db()
    assert badge.edition == 2

    own_phone.post(url, {"words": ""})
    assert "appris" not in signed(badge).document


def test_the_story_is_a_beginning_and_nothing_of_it_leaves_by_itself(
    own_phone, camille, laser, le_dome, coordinator
):
    story = told(lived(camille, le_dome), did="J’ai réglé la machine.")
    row = asked(camille, laser, reflection=story)
    badge = signed(accept(recognition=row, by=coordinator, seen=None).credential)

    assert "J’ai réglé la machine." in page(own_phone, "portal_badge_words", badge.pk)
    assert "réglé" not in badge.document


# -- Asked for -------------------------------------------------------------------------------------


def form(**more) -> dict:
    return {"client_uuid": str(uuid.uuid4())} | more


def test_from_what_was_lived_with_a_story(own_phone, camille, laser, le_dome):
    experience = lived(camille, le_dome)
    story = told(experience, did="J’ai réglé la machine.")
    assert experience.title in page(own_phone, "portal_recognise")
    url = reverse("portal_recognise_lived", args=[experience.pk])
    sent = form(achievement=laser.pk, reflection=story.pk, words="J’y tiens.")

    for _tap in range(2):
        done = own_phone.post(url, sent, follow=True)

    assert "C’est demandé. Votre équipe vous répond." in heard(done)
    row = Recognition.objects.get()
    assert (row.achievement, row.reflection, row.words) == (laser, story, "J’y tiens.")
    assert (row.started_by, row.organisation) == ("participant", le_dome)
    assert "Ce que j’ai demandé" in said(done) and "Découper au laser" in said(done)


def test_in_one_s_own_words_when_no_badge_is_known(own_phone, camille):
    url = reverse("portal_recognise_lived", args=[elsewhere(camille).pk])

    empty = own_phone.post(url, form())
    own_phone.post(url, form(asked_for="Tenir une caisse"))

    assert empty.status_code == 422
    assert errors(empty) == {"achievement": ["Choisissez un badge, ou écrivez quelques mots."]}
    assert Recognition.objects.get().title == "Tenir une caisse"


def test_a_story_kept_for_oneself_is_not_offered(own_phone, camille, laser):
    experience = elsewhere(camille)
    story = told(experience, reader="me")
    url = reverse("portal_recognise_lived", args=[experience.pk])

    text = page(own_phone, "portal_recognise_lived", experience.pk)
    own_phone.post(url, form(achievement=laser.pk, reflection=story.pk))

    assert "Racontez d’abord" in text
    assert Recognition.objects.get().reflection is None


def test_badges_aimed_at_come_first(own_phone, camille, laser, caen, le_dome, coordinator):
    a_badge(caen, le_dome, code="accueil")
    day = camille.entry_on
    Objective.objects.create(
        territory=caen,
        journey=camille,
        wording="Utiliser la découpe laser",
        achievement=laser,
        person_agreed_on=day,
        person_agreed_how="phone",
        team_agreed_on=day,
    )

    text = page(own_phone, "portal_recognise_lived", elsewhere(camille).pk)

    assert text.index("Dans mes objectifs") < text.index(laser.field)


def test_the_team_asks_for_more_and_the_person_answers(own_phone, camille, laser, coordinator):
    row = asked(camille, laser, experience=elsewhere(camille))
    ask_more(recognition=row, by=coordinator, seen=None, answer="Dites comment vous avez réglé.")
    url = reverse("portal_asked_complete", args=[row.pk])

    assert "Dites comment vous avez réglé." in page(own_phone, "portal_badges")
    empty = own_phone.post(url, {"words": ""})
    done = own_phone.post(url, {"words": "Avec le manuel."}, follow=True)

    assert empty.status_code == 422
    assert "C’est envoyé." in heard(done)
    row.refresh_from_db()
    assert (row.state, row.words) == ("asked", "Avec le manuel.")
    assert own_phone.get(url).status_code == 302  # nothing is to be added any more


def test_not_this_time_is_said_kindly(own_phone, camille, laser, coordinator):
    row = asked(camille, laser)
    decline(recognition=row, by=coordinator, seen=None, answer="La machine était en panne.")

    text = page(own_phone, "portal_badges")

    assert "Pas cette fois" in text and "La machine était en panne." in text
    assert "Vous pouvez demander de nouveau, un autre jour." in text


@pytest.mark.parametrize("side", ["asked", "proposed"])
def test_the_person_wants_it_no_more(own_phone, camille, laser, coordinator, side):
    if side == "asked":
        row = asked(camille, laser)
    else:
        row = proposed(camille, coordinator, laser, reason="A aidé deux personnes.")
    url = reverse("portal_asked_withdraw", args=[row.pk])

    for _tap in range(2):
        done = own_phone.post(url, follow=True)

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "Ce que j’ai demandé" not in said(done)


# -- On the spot -----------------------------------------------------------------------------------


@pytest.fixture
def code(camille, laser, le_dome):
    session = Session.objects.get(activity=lived(camille, le_dome, days=1).activity)
    return token_of(session, laser)


def test_somebody_there_reads_the_code_and_asks_once(own_phone, code, laser):
    url = reverse("portal_scan", args=[code])

    assert "J’y étais : demander ce badge" in said(own_phone.get(url))
    for _tap in range(2):
        own_phone.post(url)

    row = Recognition.objects.get()
    assert (row.started_by, row.achievement, row.state) == ("scan", laser, "asked")
    assert row.experience is not None


def test_a_badge_asked_for_already_is_asked_for_once(own_phone, camille, laser, le_dome, code):
    before = asked(camille, laser, experience=lived(camille, le_dome, days=2))
    next_day = session_of(activity_of(camille.territory, le_dome), 0)

    for read in (code, token_of(next_day, laser)):
        answer = own_phone.post(reverse("portal_scan", args=[read]), follow=True)
        assert "C’est demandé." in said(answer)
    assert Recognition.objects.get() == before


def test_two_taps_at_once_ask_for_it_once(own_phone, code, monkeypatch):
    def late(**_of):
        raise ValidationError("Ce badge est déjà demandé : il attend une réponse.")

    monkeypatch.setattr(asking, "ask_by_scan", late)
    answer = own_phone.post(reverse("portal_scan", args=[code]), follow=True)

    assert answer.status_code == 200
    assert "Ce badge est déjà demandé" in said(answer)


def test_who_is_not_in_comes_in_first_and_finds_the_code_again(client, camille, coordinator, code):
    url = reverse("portal_scan", args=[code])
    assert client.get(url).url == reverse("portal_enter_help")
    client.post(reverse("portal_enter", args=[give_link(journey=camille, by=coordinator)]))

    assert client.post(reverse("portal_phone"), {"own": "no"}).url == url
    assert client.post(reverse("portal_phone"), {"own": "no"}).url == reverse("portal")


def test_a_code_that_is_forged_or_old_says_what_to_do(own_phone, code):
    found = own_phone.get(reverse("portal_scan", args=[code[:-2] + "xx"]))

    assert found.status_code == 404
    assert "Ce code ne marche plus" in said(found)


def test_somebody_of_the_team_is_told_that_it_is_not_for_them(signed_in, coordinator, code):
    assert signed_in(coordinator).get(reverse("portal_scan", args=[code])).status_code == 403


# -- With somebody of the team beside --------------------------------------------------------------


def test_a_colleague_who_helps_reads_badges_and_shows_none(nadia, camille, laser, coordinator):
    badge = given(camille, coordinator, laser)
    join(camille, coordinator, role="coordinator")
    nadia.client.post(reverse("help_open", args=[camille.pk]), {"agreed": "on"})

    assert "Ce que dit ce badge" in page(nadia.client, "portal_badge", badge.pk)
    for name in ("portal_badge_share", "portal_badge_words"):
        assert nadia.client.get(reverse(name, args=[badge.pk])).status_code == 403
