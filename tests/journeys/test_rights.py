"""« Mes droits »: a whole copy, a correction, stopping, forgetting; each in two taps."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from journeys import models as m
from journeys.documents.models import FileToErase
from journeys.portal.actions import give_link
from journeys.registry import REGISTER
from journeys.rights import gathering, telling
from journeys.rights.actions import asking
from journeys.rights.models import DataRequest
from rtr import scope
from territories.journal.models import JournalEntry
from tests.journeys.factories import JourneyFactory, ago, join
from tests.security.test_wall_two import INSIDE


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def phone(client, kiwi, coordinator):
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    kiwi.participant.refresh_from_db()
    return client


@pytest.fixture
def signed(caen, le_dome, referent):
    journey = JourneyFactory(
        territory=caen,
        contracted=True,
        participant__nickname="Zaza",
        participant__organisation=le_dome,
    )
    join(journey, referent)
    return journey


@pytest.fixture
def her_phone(client, signed, coordinator):
    client.post(reverse("portal_enter", args=[give_link(journey=signed, by=coordinator)]))
    signed.participant.refresh_from_db()
    return client


def said(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def models_inside():
    return [model for model in apps.get_models() if model.__name__ in INSIDE]


# -- A copy: no table can be forgotten -------------------------------------------------------------


def found_in_a_copy(model) -> bool:
    return model in gathering.ways() or model.__name__ in gathering.OTHER_WAYS


def test_each_walled_table_is_in_the_copy_or_left_out_with_its_reason():
    missing = {one.__name__ for one in models_inside() if not found_in_a_copy(one)}

    assert missing == set(gathering.LEFT_OUT)


def test_a_table_that_no_key_ties_would_be_seen(monkeypatch):
    monkeypatch.delitem(gathering.OTHER_WAYS, "OptOut")

    assert not found_in_a_copy(m.OptOut)


def test_each_column_has_a_subject_and_a_word():
    subjects = [kept for _title, classes in telling.SUBJECTS for kept in classes]
    for model in models_inside():
        if found_in_a_copy(model):
            assert gathering.first_kept(model) in subjects, model
            for column in gathering.columns_of(model):
                if column.name not in gathering.HIDDEN:
                    assert telling.label_of(column), column


def test_columns_left_out_exist_and_say_why():
    columns = {column for kinds in REGISTER.values() for some in kinds.values()
               for column in some.split()}  # fmt: skip
    for name, reason in gathering.LEFT_OUT_COLUMNS.items():
        assert reason and (name.partition(".")[2] or name) in columns | {"code_sha256"}


def copied(phone) -> zipfile.ZipFile:
    answer = phone.post(reverse("portal_copy_take"))
    assert answer.status_code == 200 and answer.streaming
    assert answer["Content-Disposition"].startswith('attachment; filename="mon-dossier-')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_copy_holds_what_others_wrote_and_ones_own_files(her_phone, signed, referent, client):
    of = {"territory": signed.territory, "journey": signed}
    m.Note.objects.create(**of, author=referent, text="Notedetravail", is_working=True)
    lived = m.Experience.objects.create(**of, title="Cuisine", from_on=ago(5))
    m.Reflection.objects.create(
        **of, experience=lived, did="Jaicuisine", teller="person", reader="me",
        voice=ContentFile(b"sonsonson", "voix"),
    )  # fmt: skip
    m.PortalLink.objects.filter(participant=signed.participant).update(code="Secretdulien")

    archive = copied(her_phone)
    page = archive.read("mon-dossier.html").decode()
    data = json.loads(archive.read("mon-dossier.json"))

    for words in ("Notedetravail", "Jaicuisine", "Zaza", "Camille", "Karim"):
        assert words in page
        assert words in json.dumps(data, ensure_ascii=False)
    assert "{ font: 1.125rem/1.5 sans-serif;" in page and "&" not in page.split("</style>")[0]
    assert "Secretdulien" not in page + json.dumps(data)
    assert data["tables"]["Note"]["lignes"][0]["text"] == "Notedetravail"
    voices = [name for name in archive.namelist() if name.endswith("voice.mp3")]
    assert archive.read(voices[0]) == b"sonsonson" and voices[0] in page
    assert JournalEntry.objects.filter(act="data_taken").exists()


def test_the_copy_is_of_one_person(her_phone, signed, person, referent):
    other = person("Autrepersonne", participant={"contact": "autre@exemple.fr"})
    m.Note.objects.create(
        territory=other.territory, journey=other, author=referent, text="Noteautre"
    )

    archive = copied(her_phone)

    whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    for words in ("Autrepersonne", "Noteautre", "autre@exemple.fr", other.participant.code):
        assert words not in whole


def test_a_file_that_is_gone_does_not_stop_the_copy(her_phone, signed):
    m.Document.objects.create(
        territory=signed.territory,
        participant=signed.participant,
        kind="cv",
        file=f"documents/{signed.territory_id}/{'0' * 32}",
    )

    assert "mon-dossier.html" in copied(her_phone).namelist()


def test_as_many_questions_for_few_rows_as_for_many(
    her_phone, signed, referent, django_assert_max_num_queries, django_assert_num_queries
):
    def one(number):
        of = {"territory": signed.territory, "journey": signed}
        m.Note.objects.create(**of, author=referent, text=f"Note {number}")
        m.Contact.objects.create(**of, kind="visit", by=referent)

    one(0)
    her_phone.get(reverse("portal_copy_read"))
    with django_assert_max_num_queries(90) as few:
        her_phone.get(reverse("portal_copy_read"))
    for number in range(10):
        one(number)
    with django_assert_num_queries(len(few)):
        her_phone.get(reverse("portal_copy_read"))


def test_the_rights_are_read_in_few_questions(her_phone, signed, django_assert_max_num_queries):
    asking.ask(journey=signed, by=signed.participant.user, kind="erase")
    with django_assert_max_num_queries(12):
        her_phone.get(reverse("portal_rights"))


# -- A correction ----------------------------------------------------------------------------------


def test_a_correction_becomes_a_task_answered_within_a_month(her_phone, signed, needs, referent,
                                                             signed_in):  # fmt: skip
    her_phone.post(reverse("portal_correct"), {"subject": "name", "text": "Je m’appelle Zoé"})
    asked = DataRequest.objects.get()
    assert asked.due_on > asked.asked_on and (asked.due_on - asked.asked_on).days <= 31
    assert "Mon nom" in said(her_phone.get(reverse("portal_rights")))
    her_phone.logout()

    assert [line.about for line in needs(referent)["asked"]] == [asked.pk]
    client = signed_in(referent)
    address = reverse("request_answer", args=[signed.pk, asked.pk])
    assert "Je m’appelle Zoé" in said(client.get(address))
    signed.refresh_from_db()
    sent = {"is_done": "no", "answer": "", "seen": signed.version}
    assert client.post(address, sent).status_code == 422
    client.post(address, sent | {"answer": "Montrez-nous votre carte."})

    client.logout()
    link = give_link(journey=signed, by=referent)
    client.post(reverse("portal_enter", args=[link]))
    page = said(client.get(reverse("portal_rights")))
    assert "Ce n’est pas fait." in page and "Montrez-nous votre carte." in page
    assert "Karim" in page


def test_before_a_contract_no_word_is_written_about_the_person(phone):
    page = phone.get(reverse("portal_correct"))

    assert "text" not in page.context["form"].fields
    phone.post(reverse("portal_correct"), {"subject": "hours", "text": "Un mot de trop"})
    assert DataRequest.objects.get().text == ""


def test_the_nickname_is_changed_at_once(phone, kiwi):
    phone.post(reverse("portal_nickname"), {"nickname": "Papaye"})

    kiwi.participant.refresh_from_db()
    assert kiwi.participant.nickname == "Papaye"
    assert not DataRequest.objects.exists()


def test_the_same_thing_asked_twice_is_one_request_and_may_be_taken_back(her_phone, signed):
    for _tap in range(2):
        her_phone.post(reverse("portal_stop"), {"wanted": "pause"})
    asked = DataRequest.objects.get()

    her_phone.post(reverse("portal_request_take_back", args=[asked.pk]))

    asked.refresh_from_db()
    assert asked.taken_back_on
    her_phone.post(reverse("portal_stop"), {"wanted": "pause"})
    assert DataRequest.objects.count() == 2


def test_nobody_takes_back_somebody_else_s_request(phone, signed):
    asked = asking.ask(journey=signed, by=None, kind="stop")

    assert phone.post(reverse("portal_request_take_back", args=[asked.pk])).status_code == 404


# -- Stopping --------------------------------------------------------------------------------------


def test_with_a_contract_stopping_asks_the_team_and_closes_nothing(her_phone, signed):
    her_phone.post(reverse("portal_stop"), {"wanted": "stop"})

    assert DataRequest.objects.get().kind == "stop"
    assert not signed.absences.exists()
    page = said(her_phone.get(reverse("portal_stop")))
    assert "Vous n’avez pas à dire pourquoi." in page and "<textarea" not in page


def test_before_a_contract_stopping_is_at_once(phone, kiwi):
    m.Participant.objects.filter(pk=kiwi.participant_id).update(
        contact="06 39 98 00 01", call_back_asked_on=ago(1)
    )

    phone.post(reverse("portal_stop"), {"wanted": "stop"})

    kiwi.participant.refresh_from_db()
    assert kiwi.participant.call_back_asked_on is None
    assert not DataRequest.objects.exists()
    assert JournalEntry.objects.filter(act="stopped").exists()


# -- Forgetting ------------------------------------------------------------------------------------


def test_before_a_contract_all_goes_after_one_page_and_a_number_stays(phone, kiwi):
    assert "Il reste un nombre" in said(phone.get(reverse("portal_erase")))

    answer = phone.post(reverse("portal_erase"))

    assert answer.url == reverse("portal_erased") and answer["Clear-Site-Data"]
    assert not m.Participant.objects.filter(pk=kiwi.participant_id).exists()
    assert m.PurgedCount.objects.get().people == 1
    assert "plus rien sur vous" in said(phone.get(reverse("portal_erased")))
    assert phone.get(reverse("portal")).status_code == 302


def test_an_unsigned_contract_goes_with_the_file(phone, kiwi):
    m.Participant.objects.filter(pk=kiwi.participant_id).update(
        identified_on=ago(1), first_name="Camille"
    )
    of = {"territory": kiwi.territory, "journey": kiwi}
    m.Contract.objects.create(
        **of, prepared_on=ago(1), text="Texte", sha256="a" * 64, frozen_at=timezone.now()
    )
    m.SignedText.objects.create(sha256="a" * 64, frozen_on=ago(1))

    phone.post(reverse("portal_erase"))

    assert not m.SignedText.objects.exists()
    assert not m.Participant.objects.filter(pk=kiwi.participant_id).exists()


def test_after_a_contract_it_is_asked_of_the_coordination(her_phone, signed, needs, coordinator,
                                                          referent):  # fmt: skip
    page = said(her_phone.get(reverse("portal_erase")))
    assert "La loi nous demande de garder des preuves." in page

    her_phone.post(reverse("portal_erase"))

    assert m.Participant.objects.filter(pk=signed.participant_id).exists()
    her_phone.logout()
    assert "asked_erase" in needs(coordinator)
    assert "asked_erase" not in needs(referent)


def test_a_referent_does_not_answer_an_erasure(signed_in, signed, referent, coordinator):
    asked = asking.ask(journey=signed, by=None, kind="erase")
    address = reverse("request_answer", args=[signed.pk, asked.pk])

    assert signed_in(referent).get(address).status_code == 403
    assert signed_in(coordinator).get(address).status_code == 200


def test_once_granted_what_no_duty_keeps_is_gone(signed, coordinator, referent):
    of = {"territory": signed.territory, "journey": signed}
    m.Note.objects.create(**of, author=referent, text="Note")
    m.Barrier.objects.create(**of, theme="logement", level="much")
    asked = asking.ask(journey=signed, by=None, kind="erase")

    asking.answer(request=asked, by=coordinator, seen=None, is_done=True, words="")

    assert not m.Note.objects.exists() and not m.Barrier.objects.exists()
    assert m.Contract.objects.filter(journey=signed).exists()
    signed.participant.refresh_from_db()
    assert signed.participant.last_name == "Martin"


def test_with_a_contract_voices_and_what_is_for_oneself_go_at_once(her_phone, signed):
    of = {"territory": signed.territory, "journey": signed}
    lived = m.Experience.objects.create(
        **of, title="Cuisine", from_on=ago(5), draft={"did": "brouillon"}
    )
    told = {**of, "experience": lived, "teller": "person"}
    m.Reflection.objects.create(**told, did="Pour moi", reader="me")
    m.Reflection.objects.create(**told, reader="team", voice=ContentFile(b"a", "voix"))
    kept = m.Reflection.objects.create(
        **told, did="Des mots", reader="team", photo=ContentFile(b"b", "photo")
    )

    her_phone.post(reverse("portal_erase_mine"))

    assert list(m.Reflection.objects.all()) == [kept]
    kept.refresh_from_db()
    lived.refresh_from_db()
    assert not kept.photo and kept.did == "Des mots" and lived.draft == {}
    assert FileToErase.objects.count() == 2


# -- Who opened the file ---------------------------------------------------------------------------


def test_the_days_of_one_person_by_pages(her_phone, signed, referent, coordinator, kiwi):
    for _time in range(25):
        JournalEntry.objects.create(
            act="opened",
            actor=referent,
            participant_id=signed.participant_id,
            territory=signed.territory,
        )

    page = her_phone.get(reverse("portal_openings", args=[referent.pk]))

    assert "Karim" in said(page) and "25 fois" in said(page)
    assert her_phone.get(reverse("portal_openings", args=[coordinator.pk])).status_code == 404
    far = her_phone.get(reverse("portal_openings", args=[referent.pk]), {"page": "9" * 30})
    assert far.status_code == 200


def test_the_person_says_by_whom_they_would_like_to_be_called(her_phone, signed, coordinator,
                                                              referent, needs):  # fmt: skip
    m.Participant.objects.filter(pk=signed.participant_id).update(phone="+33639980001")
    member = join(signed, coordinator, "coordinator")

    her_phone.post(reverse("portal_call_me"), {"member": member.pk})

    signed.participant.refresh_from_db()
    assert signed.participant.call_back_with == coordinator
    her_phone.logout()
    assert "attend votre appel" in str(needs(coordinator)["call_back"][0].sentence)
    assert "Nadia" in str(needs(referent)["call_back"][0].sentence)
