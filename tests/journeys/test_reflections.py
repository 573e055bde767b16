"""« Ce que j'en dis »: told, read by whom the person chose, talked about, taken back."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.experiences.actions.discussing import discuss
from journeys.experiences.actions.telling import choose_reader, wish_badge
from journeys.models import Experience, Reflection
from journeys.pathway.actions.lifecycle import purge_participant
from journeys.pathway.actions.people import object_to
from rtr import due, scope
from territories.accounts.enums import Role
from territories.journal.models import JournalEntry
from tests.cast import member
from tests.journeys import hostile
from tests.journeys.acts import errors
from tests.journeys.acts import told as heard
from tests.journeys.experiences import elsewhere, told
from tests.journeys.factories import join
from tests.journeys.papers import acts, photo
from tests.journeys.sounds import recording


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


def voice(seconds=2) -> SimpleUploadedFile:
    return SimpleUploadedFile("voix", recording("webm", seconds), "audio/webm")


def form(**more) -> dict:
    return {"reader": "referents", "client_uuid": str(uuid.uuid4())} | more


# -- Telling, on one's own phone -------------------------------------------------------------------


def test_the_person_tells_by_text_voice_and_photo(own_phone, camille):
    lived = elsewhere(camille)
    sent = form(
        did="J’ai tenu la caisse.",
        voice=voice(),
        photo=photo(),
        skills=["compter", "cuisiner"],
        own_words="rendre service , sourire",
    )

    page = own_phone.post(reverse("portal_tell", args=[lived.pk]), sent, follow=True)

    assert "C’est gardé" in heard(page)
    kept = Reflection.objects.get()
    assert (kept.did, kept.voice_seconds, kept.teller) == ("J’ai tenu la caisse.", 2, "person")
    assert kept.skills == ["compter", "cuisiner"] and kept.own_words == [
        "rendre service",
        "sourire",
    ]
    with kept.photo.open("rb") as file:
        drawn = file.read()
    assert drawn.startswith(b"\xff\xd8") and hostile.PLACE not in drawn
    assert "Je sais compter et rendre la monnaie" in page.content.decode()
    assert acts() == ["entered", "reflection_told"]


def test_the_same_page_sent_twice_is_told_once(own_phone, camille):
    url, sent = reverse("portal_tell", args=[elsewhere(camille).pk]), form(did="Voilà.")

    for _tap in range(2):
        own_phone.post(url, sent)

    assert Reflection.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "__all__", "Dites quelque chose"),
        ({"did": "x" * 501}, "did", "500"),
        ({"voice": "20 minutes"}, "voice", "trop long"),
        ({"voice": b"OggS"}, "voice", "ne s’écoute pas"),
        ({"photo": hostile.SCRIPT}, "photo", "pas une photo lisible"),
        ({"skills": ["voler"], "did": "x"}, "skills", "voler"),
        ({"own_words": "a,b,c,d,e,f", "did": "x"}, "own_words", "cinq mots"),
        ({"did": "Mon numéro : 1 85 05 78 006 084 91"}, "did", "sécurité sociale"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(own_phone, camille, sent, field, words):
    if sent.get("voice") == "20 minutes":
        sent = {"voice": recording("ogg", 1200, rate=8000)}
    for name in ("voice", "photo"):
        if name in sent:
            sent = sent | {name: SimpleUploadedFile(name, sent[name])}
    url = reverse("portal_tell", args=[elsewhere(camille).pk])

    page = own_phone.post(url, form(liked="Le marché.") | sent if sent else form())

    assert list(errors(page)) == [field]
    assert words in errors(page)[field][0]
    assert not Reflection.objects.exists()


def test_an_experience_of_somebody_else_is_not_there(own_phone, kiwi):
    lived = elsewhere(kiwi)

    assert own_phone.get(reverse("portal_tell", args=[lived.pk])).status_code == 404
    assert own_phone.post(reverse("portal_tell", args=[lived.pk]), form(did="x")).status_code == 404
    assert own_phone.post(reverse("portal_draft", args=[lived.pk]), {"did": "x"}).status_code == 404


def test_words_being_written_are_found_again_and_go_once_told(own_phone, camille):
    lived = elsewhere(camille)
    own_phone.post(reverse("portal_draft", args=[lived.pk]), {"did": "J’ai ten", "reader": "me"})

    page = own_phone.get(reverse("portal_tell", args=[lived.pk]))
    assert page.context["form"]["did"].value() == "J’ai ten"

    own_phone.post(reverse("portal_tell", args=[lived.pk]), form(did="J’ai tenu la caisse."))
    lived.refresh_from_db()
    assert lived.draft == {}


def test_a_draft_is_shown_to_nobody_of_the_team(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    lived = elsewhere(camille)
    Experience.objects.update(draft={"did": "canari"})

    for name, *row in (("journey",), ("journey_experiences",), ("reflection_write", lived.pk)):
        assert "canari" not in nadia.opens(name, camille, *row).content.decode()


def test_what_was_told_is_changed_until_it_was_talked_about(own_phone, camille, coordinator):
    join(camille, coordinator, "coordinator")
    reflection = told(elsewhere(camille), did="Avant.", voice=voice())
    file = reflection.voice
    sent = form(did="Après.", without_voice="on", reader="team")

    own_phone.post(reverse("portal_retell", args=[reflection.pk]), sent)
    due.run_due("journeys.filetoerase")

    reflection.refresh_from_db()
    assert (reflection.did, reflection.reader, bool(reflection.voice)) == ("Après.", "team", False)
    assert reflection.voice_seconds is None and not file.storage.exists(file.name)

    discuss(reflection=reflection, by=coordinator, seen=None, next_step="")
    own_phone.post(reverse("portal_retell", args=[reflection.pk]), sent | {"did": "Trop tard."})
    reflection.refresh_from_db()
    assert reflection.did == "Après."


def test_erased_voices_and_photographs_leave_the_disk(own_phone, camille):
    reflection = told(elsewhere(camille), voice=voice(), photo=photo())

    own_phone.post(reverse("portal_told_remove", args=[reflection.pk]))
    due.run_due("journeys.filetoerase")

    assert not Reflection.objects.exists()
    for file in (reflection.voice, reflection.photo):
        assert not file.storage.exists(file.name)


def test_a_purged_file_takes_its_voices_along(kiwi):
    reflection = told(elsewhere(kiwi), voice=voice())

    purge_participant(participant=kiwi.participant)
    due.run_due("journeys.filetoerase")

    assert not reflection.voice.storage.exists(reflection.voice.name)


# -- Somebody holds the pen ------------------------------------------------------------------------


def test_a_colleague_writes_with_the_person_and_it_is_said(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    lived = elsewhere(camille)

    nadia.does("reflection_write", camille, lived.pk, **form(did="Elle a tenu la caisse."))

    kept = Reflection.objects.get()
    assert (kept.teller, kept.written_by) == ("referent", coordinator)
    page = nadia.opens("journey_experiences", camille).content.decode()
    assert "Écrit par Nadia, avec Kiwi" in " ".join(page.split())
    assert acts() == ["reflection_written"]


def test_who_holds_the_pen_reads_so_nobody_else_is_not_offered(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    lived = elsewhere(camille)

    page = nadia.does("reflection_write", camille, lived.pk, **form(did="x", reader="me"))
    assert list(errors(page)) == ["reader"]

    reflection = told(lived, coordinator)
    with pytest.raises(ValidationError, match="Qui tient le stylo lit aussi"):
        choose_reader(reflection=reflection, by=coordinator, reader="me")


def test_who_reads_nothing_of_it_does_not_hold_the_pen(nadia, coordinator, camille):
    lived = elsewhere(camille)

    page = nadia.opens("reflection_write", camille, lived.pk)
    assert "Vous n’êtes pas dans l’équipe de Kiwi" in page.content.decode()
    nadia.does("reflection_write", camille, lived.pk, **form(did="x"))
    assert not Reflection.objects.exists()
    with pytest.raises(ValidationError, match="Qui tient le stylo lit aussi"):
        told(lived, coordinator)

    join(camille, coordinator, "activity_referent")
    page = nadia.does("reflection_write", camille, lived.pk, **form(did="x"))
    assert list(errors(page)) == ["reader"]
    nadia.does("reflection_write", camille, lived.pk, **form(did="x", reader="team"))
    assert Reflection.objects.visible_to(coordinator).exists()


def test_a_delicate_word_is_read_again_before_it_is_kept(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    lived, sent = elsewhere(camille), form(did="Après la prison, la cuisine.")

    page = nadia.does("reflection_write", camille, lived.pk, **sent)
    assert page.status_code == 422 and not Reflection.objects.exists()

    nadia.does("reflection_write", camille, lived.pk, **sent, reread="prison")
    assert Reflection.objects.exists()


# -- Who reads -------------------------------------------------------------------------------------

# reader: who of the cast reads it, by their part in the team.
READS = {
    "me": "person",
    "referents": "person coordinator referent",
    "team": "person coordinator referent activity_referent",
}


@pytest.fixture
def everybody(caen, le_dome, le_wip, kiwi, manager, evaluator, animator, coordinator_of_marseille):
    found = {"manager": manager, "evaluator": evaluator, "animator": animator}
    found["coordinator_of_marseille"] = coordinator_of_marseille
    roles = {"coordinator": Role.COORDINATOR, "referent": Role.REFERENT}
    roles["activity_referent"] = Role.ACTIVITY_REFERENT
    for part, role in roles.items():
        found[part] = member(f"{part}-in", role, le_dome, caen)
        join(kiwi, found[part], part)
        suspended = found[f"suspended_{part}"] = member(f"{part}-no", role, le_dome, caen)
        object_to(member=join(kiwi, suspended, part), by=suspended, standing=False)
        found[f"outside_{part}"] = member(f"{part}-out", role, le_dome, caen)
    return found


@pytest.mark.parametrize("reader", READS)
def test_each_reads_what_the_person_chose_and_nobody_else(kiwi, everybody, reader):
    reflection = told(elsewhere(kiwi), reader=reader)
    everybody["person"] = kiwi.participant.user

    reads = {
        name
        for name, user in everybody.items()
        if Reflection.objects.visible_to(user).filter(pk=reflection.pk).exists()
    }

    assert reads == set(READS[reader].split())


def test_the_choice_changes_at_any_time_and_counts_at_once(own_phone, camille, referent):
    join(camille, referent)
    reflection = told(elsewhere(camille))
    url = reverse("portal_reader", args=[reflection.pk])
    mine = Reflection.objects.visible_to(referent)
    assert mine.exists()

    own_phone.post(url, {"reader": "me"})
    assert not mine.exists()

    own_phone.post(url, {"reader": "team"})
    assert mine.exists()


def test_what_is_kept_for_oneself_leaves_no_trace(own_phone, camille):
    camille.refresh_from_db()
    before = camille.version
    own_phone.post(
        reverse("portal_tell", args=[elsewhere(camille).pk]), form(did="Pour moi.", reader="me")
    )
    own_phone.post(reverse("portal_told_remove", args=[Reflection.objects.get().pk]))

    camille.refresh_from_db()
    assert camille.version == before
    assert not JournalEntry.objects.filter(object_type="reflection").exists()


# -- Talking about it ------------------------------------------------------------------------------


def test_it_counts_once_talked_about_with_somebody_of_the_team(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    reflection = told(elsewhere(camille))

    nadia.does("reflection_discuss", camille, reflection.pk, next_step="Un essai en cuisine.")

    reflection.refresh_from_db()
    assert reflection.discussed_with == coordinator and reflection.discussed_on
    assert reflection in Reflection.objects.discussed()
    page = nadia.opens("journey_experiences", camille).content.decode()
    assert "Un essai en cuisine." in page and "On en a parlé" in page


def test_talked_about_twice_says_by_whom(nadia, coordinator, referent, camille):
    join(camille, coordinator, "coordinator")
    join(camille, referent)
    reflection = told(elsewhere(camille))
    discuss(reflection=reflection, by=referent, seen=None, next_step="")

    page = nadia.does("reflection_discuss", camille, reflection.pk, next_step="Encore.")

    assert "en a déjà parlé" in errors(page)["__all__"][0]


def test_a_choice_made_while_a_colleague_talks_is_respected(coordinator, camille):
    join(camille, coordinator, "coordinator")
    reflection = told(elsewhere(camille))
    choose_reader(reflection=reflection, by=camille.participant.user, reader="me")

    with pytest.raises(ValidationError, match="Vous ne lisez plus ce récit"):
        discuss(reflection=reflection, by=coordinator, seen=None, next_step="")


# -- A badge ---------------------------------------------------------------------------------------


def test_a_badge_is_wished_and_unwished(own_phone, camille):
    reflection = told(elsewhere(camille))
    url = reverse("portal_badge_wish", args=[reflection.pk])

    own_phone.post(url, {"wished": "yes"})
    own_phone.post(url, {"wished": "yes"})
    assert Reflection.objects.wishing_a_badge().count() == 1

    own_phone.post(url, {"wished": "no"})
    assert not Reflection.objects.wishing_a_badge().exists()


def test_no_badge_for_what_nobody_reads(kiwi):
    reflection = told(elsewhere(kiwi), reader="me")

    with pytest.raises(ValidationError, match="Choisissez d’abord qui lit"):
        wish_badge(reflection=reflection, by=kiwi.participant.user, wished=True)


# -- Voices and photographs ------------------------------------------------------------------------


def test_a_voice_is_played_by_parts_to_those_who_read_and_noted_once(nadia, coordinator, camille):
    join(camille, coordinator, "coordinator")
    reflection = told(elsewhere(camille), voice=voice(), photo=photo())
    url = reverse("reflection_voice", args=[camille.pk, reflection.pk])
    size = reflection.voice.size

    whole = nadia.client.get(url)
    part = nadia.client.get(url, headers={"Range": "bytes=100-199"})
    last = nadia.client.get(url, headers={"Range": "bytes=-10"})
    none = nadia.client.get(url, headers={"Range": f"bytes={size}-"})

    assert len(b"".join(whole.streaming_content)) == size
    assert whole["Accept-Ranges"] == "bytes" and whole["Content-Type"] == "audio/mpeg"
    assert (part.status_code, len(part.content)) == (206, 100)
    assert part["Content-Range"] == f"bytes 100-199/{size}"
    assert last["Content-Range"] == f"bytes {size - 10}-{size - 1}/{size}"
    assert (none.status_code, none["Content-Range"]) == (416, f"bytes */{size}")
    assert "sandbox" in whole["Content-Security-Policy"] and whole["Cache-Control"] == "no-store"
    assert acts().count("reflection_opened") == 1


@pytest.mark.parametrize("column", ["voice", "photo"])
def test_files_of_what_one_does_not_read_are_not_there(nadia, camille, coordinator, column):
    join(camille, coordinator, "coordinator")
    mine = told(elsewhere(camille), reader="me", voice=voice(), photo=photo())
    without = told(elsewhere(camille, "Autre"))

    for reflection in (mine, without):
        assert nadia.opens(f"reflection_{column}", camille, reflection.pk).status_code == 404


def test_the_person_hears_themselves(own_phone, camille):
    reflection = told(elsewhere(camille), reader="me", voice=voice(), photo=photo())

    for name in ("portal_voice", "portal_photo"):
        opened = own_phone.get(reverse(name, args=[reflection.pk]))
        assert b"".join(opened.streaming_content)
