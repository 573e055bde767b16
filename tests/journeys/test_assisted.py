"""A colleague beside the person: their pages and nothing else, both names, never in their place."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from journeys.models import Experience, Participant, Reflection
from journeys.pathway.actions.people import object_to
from journeys.portal.helping import OPEN, READ, TOGETHER
from journeys.rights.models import DataRequest
from rtr import scope
from rtr.access import ACCESS, PARTICIPANT
from territories.journal.models import JournalEntry
from tests.journeys.factories import ago, join

ALONE = """
    portal_sign_send portal_sign_code portal_sign_refuse portal_object portal_copy portal_copy_read
    portal_copy_take portal_correct portal_nickname portal_stop portal_erase portal_erase_mine
    portal_request_take_back portal_consents portal_consent portal_reader portal_told_remove
    portal_production_choice portal_production_withdraw portal_interview_reader
    portal_objective_agree portal_devices portal_device_close portal_phone
""".split()


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def team(kiwi, referent, coordinator):
    join(kiwi, referent)
    return kiwi


@pytest.fixture
def screen(signed_in, referent, team):
    """Karim's own screen, with Kiwi beside him who agreed."""
    client = signed_in(referent)
    answer = client.post(
        reverse("help_open", args=[team.pk]), {"agreed": "on", "seen": team.version}
    )
    assert answer.status_code == 302 and answer.url == reverse("portal")
    return client


def said(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def test_without_the_spoken_agreement_nothing_opens(signed_in, referent, team):
    client = signed_in(referent)

    page = client.post(reverse("help_open", args=[team.pk]), {"seen": team.version})

    assert page.status_code == 422 and "Demandez d’abord son accord" in said(page)
    assert client.get(reverse("portal")).status_code == 403


def test_only_a_standing_member_of_the_team_helps(signed_in, coordinator, team):
    client = signed_in(coordinator)  # reads everything there, is not in the team
    address = reverse("help_open", args=[team.pk])

    page = client.post(address, {"agreed": "on", "seen": team.version})

    assert page.status_code == 422 and "Seule l’équipe" in said(page)
    assert client.get(reverse("portal")).status_code == 403


def test_every_page_says_who_sees_it_and_how_to_end(screen):
    for name in ("portal", "portal_team", "portal_path", "portal_appointments", "portal_rights"):
        page = said(screen.get(reverse(name)))
        assert "Karim" in page and "vous aide et voit cette page." in page and "Terminer" in page


def test_it_reaches_neither_the_team_s_pages_nor_somebody_else(screen, team, person):
    other = person("Zaza")
    addresses = [
        reverse("today"),
        reverse("participants"),
        reverse("journey", args=[team.pk]),
        reverse("journey", args=[other.pk]),
        reverse("help_open", args=[other.pk]),
        reverse("my_account"),
        reverse("programme"),
        reverse("account_login"),
        reverse("portal_enter", args=["un-jeton"]),
    ]

    for address in addresses:
        for answer in (screen.get(address), screen.post(address, {"agreed": "on"})):
            assert answer.status_code == 403, address
            assert "Zaza" not in said(answer) and other.participant.code not in said(answer)


def test_what_it_shows_is_the_participant_s_scope_alone(screen, team):
    seen = screen.get(reverse("portal")).wsgi_request

    assert seen.user.territory_id == team.territory_id
    assert seen.user.roles == [] and not seen.user.may("journeys.act")
    assert seen.user.territory_ids == {team.territory_id}


def test_every_page_of_the_person_is_for_two_to_read_or_for_one():
    own = {name for name, need in ACCESS.items() if need == PARTICIPANT}

    assert TOGETHER | READ <= own and not TOGETHER & READ
    assert not (TOGETHER | OPEN) & set(ALONE) and not READ & set(ALONE)
    assert own >= set(ALONE) - {"portal_devices"}


@pytest.mark.parametrize(
    "name",
    [
        "portal_copy_take",
        "portal_erase",
        "portal_stop",
        "portal_correct",
        "portal_nickname",
        "portal_consents",
        "portal_sign_send",
        "portal_sign_refuse",
        "portal_erase_mine",
    ],
)
def test_data_rights_and_signatures_are_for_the_person_alone(screen, team, name):
    answer = screen.post(reverse(name), {"wanted": "stop", "subject": "other", "nickname": "Autre"})

    assert answer.status_code == 403 and "Vous seul pouvez faire cela." in said(answer)
    assert not DataRequest.objects.exists()
    assert Participant.objects.get(pk=team.participant_id).nickname == "Kiwi"


def test_nobody_objects_in_the_person_s_place(screen, team):
    member = team.team.get()

    answer = screen.post(reverse("portal_object", args=[member.pk]), {"standing": "no"})

    assert answer.status_code == 403
    member.refresh_from_db()
    assert member.suspended_on is None


def test_an_act_keeps_both_names(screen, team, referent):
    Participant.objects.filter(pk=team.participant_id).update(contact="06 39 98 00 01")

    screen.post(reverse("portal_call_me"))

    act = JournalEntry.objects.get(act="call_back_asked")
    beside = JournalEntry.objects.get(act="helped")
    assert act.actor.territory_id and beside.actor == referent
    assert (beside.object_type, beside.object_id) == ("journalentry", act.pk)
    assert beside.participant_id == team.participant_id


def test_without_help_a_line_stands_alone(team, referent):
    object_to(member=team.team.get(), by=referent)

    assert not JournalEntry.objects.filter(act="helped").exists()


def test_ending_gives_the_colleague_s_session_back(screen, team, referent):
    answer = screen.post(reverse("portal_help_end"))

    assert answer.url == reverse("journey", args=[team.pk])
    assert screen.get(reverse("today")).status_code == 200
    assert screen.get(reverse("portal")).status_code == 403
    acts = JournalEntry.objects.filter(actor=referent).values_list("act", flat=True)
    assert {"help_started", "help_ended"} <= set(acts)


def test_leaving_the_person_s_pages_ends_the_help_and_not_the_session(screen):
    screen.post(reverse("portal_leave"))

    assert screen.get(reverse("today")).status_code == 200


def test_ten_idle_minutes_end_it(screen, team, referent):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11), tick=True):
        page = screen.get(reverse("portal"))

        assert page.status_code == 403 and "L’aide est terminée" in said(page)
        assert screen.get(reverse("today")).status_code == 200
    assert JournalEntry.objects.filter(act="help_ended", actor=referent).exists()


def test_an_objection_meanwhile_closes_the_page_at_once(screen, team):
    member = team.team.get()
    object_to(member=member, by=None)

    assert screen.get(reverse("portal")).status_code == 403
    assert screen.get(reverse("journey", args=[team.pk])).status_code == 404


# -- « Pour moi seul » -----------------------------------------------------------------------------


@pytest.fixture
def lived(team):
    of = {"territory": team.territory, "journey": team}
    draft = {"did": "Brouillonprive"}
    found = Experience.objects.create(**of, title="Cuisine", from_on=ago(5), draft=draft)
    Reflection.objects.create(
        **of, experience=found, did="Secretpourmoi", teller="person", reader="me"
    )
    Reflection.objects.create(
        **of, experience=found, did="Partageequipe", teller="person", reader="team"
    )
    return found


def test_what_is_kept_for_oneself_is_not_on_that_screen(screen, lived):
    pages = said(screen.get(reverse("portal_experiences")))
    pages += said(screen.get(reverse("portal_tell", args=[lived.pk])))

    assert "Partageequipe" in pages
    assert "Secretpourmoi" not in pages and "Brouillonprive" not in pages


def test_nothing_is_told_for_oneself_alone_before_a_colleague(screen, lived):
    page = screen.get(reverse("portal_tell", args=[lived.pk]))
    uuid = page.context["form"]["client_uuid"].value()
    words = {"did": "Un mot", "reader": "me", "client_uuid": uuid}

    answer = screen.post(reverse("portal_tell", args=[lived.pk]), words)

    assert answer.status_code == 422 and "voit cette page" in said(answer)
    assert Reflection.objects.count() == 2

    screen.post(reverse("portal_tell", args=[lived.pk]), words | {"reader": "team"})

    assert Reflection.objects.count() == 3
    lived.refresh_from_db()
    assert lived.draft  # what was being written alone waits
