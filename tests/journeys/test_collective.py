"""A path opened at once, a group that fills it, who came, and how it ends."""

import datetime
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.activities.models import Enrolment, Session, SessionStaff
from journeys.collective.actions.groups import join, leave, note_interview, write_interview
from journeys.collective.actions.paths import end_action, half_days
from journeys.collective.enums import Place
from journeys.collective.models import CollectiveAction, EndInterview, GroupMember
from tests.journeys.collective import inside, opened, passed
from tests.journeys.factories import join as join_team

pytestmark = pytest.mark.usefixtures("everywhere")


@pytest.fixture
def action(caen, le_wip, animator):
    return opened(caen, le_wip, animator)


@pytest.fixture
def kiwi_inside(action, kiwi, animator):
    return inside(action, kiwi.participant, animator)


# -- Opening ---------------------------------------------------------------------------------------


def test_half_days_fall_on_the_days_chosen():
    days = half_days(datetime.date(2026, 12, 1), [1, 3], 12)

    assert len(days) == 12
    assert {day.weekday() for day in days} == {1, 3}
    assert days[0] == datetime.date(2026, 12, 1)


def test_the_days_are_shown_before_anything_is_made(signed_in, animator, le_wip, caen):
    client, url = signed_in(animator), reverse("collective_add")
    first = timezone.localdate() + datetime.timedelta(days=3)
    typed = {
        "title": "Cuisines d’ici",
        "question": "Que mange-t-on dans nos rues ?",
        "organisation": le_wip.pk,
        "first_on": first.isoformat(),
        "weekdays": ["1", "3"],
        "half": "morning",
        "count": "12",
        "places": "10",
        "leader": animator.pk,
    }

    shown = client.post(url, typed)

    assert shown.status_code == 200
    assert not CollectiveAction.objects.exists() and not Session.objects.exists()
    days = shown.context["shown"]
    assert len(days.split()) == 12

    done = client.post(url, typed | {"shown": days})

    action = CollectiveAction.objects.get()
    assert done.status_code == 302
    assert done.url == reverse("collective", args=[action.pk])
    assert action.steps.count() == Session.objects.count() == 12
    assert SessionStaff.objects.filter(user=animator).count() == 12
    assert action.activity.published_on is None  # nobody enrols in one half-day from the catalogue


def test_other_days_are_shown_again(signed_in, animator, le_wip, caen):
    client, url = signed_in(animator), reverse("collective_add")
    first = timezone.localdate() + datetime.timedelta(days=3)
    typed = {
        "title": "Cuisines d’ici",
        "question": "Que mange-t-on ?",
        "organisation": le_wip.pk,
        "first_on": first.isoformat(),
        "weekdays": ["1"],
        "half": "morning",
        "count": "12",
        "places": "10",
        "leader": animator.pk,
    }
    days = client.post(url, typed).context["shown"]

    changed = client.post(url, typed | {"count": "6", "shown": days})

    assert changed.status_code == 200
    assert not CollectiveAction.objects.exists()
    assert len(changed.context["days"]) == 6


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("places", "13", "12 au plus"),
        ("question", "Comment sortir du RSA ?", "dit la situation"),
        ("weekdays", [], "Cochez un jour"),
        ("first_on", "2020-01-01", "à partir d’aujourd’hui"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(signed_in, animator, le_wip, name, value, said):
    typed = {
        "title": "Cuisines d’ici",
        "question": "Que mange-t-on ?",
        "organisation": le_wip.pk,
        "first_on": timezone.localdate().isoformat(),
        "weekdays": ["1"],
        "half": "morning",
        "count": "12",
        "places": "10",
        "leader": animator.pk,
    } | {name: value}

    page = signed_in(animator).post(reverse("collective_add"), typed)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Cuisines d’ici" in page.content.decode()  # what was typed stays


# -- The group -------------------------------------------------------------------------------------


def test_somebody_has_a_place_in_every_half_day(action, kiwi_inside, kiwi):
    rows = Enrolment.objects.filter(participant=kiwi.participant)

    assert rows.count() == 12
    assert {row.status for row in rows} == {"enrolled"}
    assert {session.taken for session in Session.objects.all()} == {1}


def test_asked_twice_it_is_one_place(action, animator):
    key = uuid.uuid4()

    first = join(action=action, by=animator, nickname="Zaza", client_uuid=key)
    again = join(action=action, by=animator, nickname="Zaza", client_uuid=key)

    assert first == again
    assert Enrolment.objects.count() == 12


def test_two_of_the_same_nickname_are_told_apart(action, kiwi_inside, animator):
    assert inside(action, "Kiwi", animator).nickname == "Kiwi 2"


def test_a_full_group_has_a_line_and_gives_the_next_place(action, animator):
    members = [inside(action, f"Personne {n}", animator) for n in range(10)]
    eleventh, twelfth = (inside(action, name, animator) for name in ("Onze", "Douze"))
    assert {eleventh.place, twelfth.place} == {Place.WAITING}
    assert Enrolment.objects.filter(nickname="Onze").count() == 0

    given = leave(member=members[3], by=animator)

    assert given == eleventh
    assert Enrolment.objects.filter(nickname="Onze").enrolled().count() == 12
    assert GroupMember.objects.waiting().get() == twelfth


def test_who_leaves_gives_back_the_half_days_to_come(action, kiwi_inside, animator, kiwi):
    leave(member=kiwi_inside, by=animator)

    assert not Enrolment.objects.filter(participant=kiwi.participant).enrolled().exists()
    assert {session.taken for session in Session.objects.all()} == {0}


def test_who_left_may_come_back(action, kiwi_inside, animator, kiwi):
    leave(member=kiwi_inside, by=animator)

    back = inside(action, kiwi.participant, animator)

    assert back != kiwi_inside
    assert Enrolment.objects.filter(participant=kiwi.participant).enrolled().count() == 12


def test_nobody_joins_an_action_that_is_over(action, animator):
    end_action(action=passed(action), on=action.until_on, by=animator)

    with pytest.raises(ValidationError, match="terminée"):
        inside(action, "Zaza", animator)


def test_a_card_finds_the_person_and_the_page_says_no_more(signed_in, action, animator, kiwi):
    url = reverse("collective_join", args=[action.pk])

    page = signed_in(animator).post(
        url, {"code": kiwi.participant.code.lower(), "client_uuid": uuid.uuid4()}
    )

    assert page.status_code == 302
    assert action.members.get().participant == kiwi.participant
    body = signed_in(animator).get(page.url).content.decode()
    assert kiwi.participant.code not in body


def test_an_unknown_card_is_said(signed_in, action, animator):
    url = reverse("collective_join", args=[action.pk])

    page = signed_in(animator).post(url, {"code": "LOUTRE-1", "client_uuid": uuid.uuid4()})

    assert page.status_code == 422
    assert "relisez la carte" in page.content.decode()


def test_participants_and_others_look_the_same(signed_in, action, kiwi_inside, animator):
    """Rule 14: nothing on the page tells which of the two is in the programme."""
    other = inside(action, "Zaza", animator)
    body = signed_in(animator).get(reverse("collective", args=[action.pk])).content.decode()
    start, end = body.index('id="groupe"'), body.index('id="cadre"')
    said = body[start:end]
    lines = said.split("<li>")

    of = {name: next(li for li in lines if name in li) for name in ("Kiwi", "Zaza")}
    same = of["Zaza"].replace("Zaza", "Kiwi").replace(f"/{other.pk}/", f"/{kiwi_inside.pk}/")
    tokens = re.compile(r'value="[^"]{20,}"')
    assert tokens.sub("", same).split() == tokens.sub("", of["Kiwi"]).split()


# -- Who came, what remains ------------------------------------------------------------------------


def test_the_page_says_who_came(signed_in, action, kiwi_inside, animator, kiwi):
    inside(action, "Zaza", animator)
    first = action.steps.first().session
    rows = Enrolment.objects.filter(session=first)
    rows.update(attendance="present", recorded_at=timezone.now(), recorded_by=animator)
    rows.filter(nickname="Zaza").update(attendance="absent")
    passed(action)

    body = signed_in(animator).get(reverse("collective", args=[action.pk])).content.decode()

    assert "Venus : Kiwi" in body
    assert "Présences pas encore notées" in body
    assert "Entretien de fin à faire avec Kiwi et Zaza" in body


def test_half_days_to_come_hold_the_end_back(action, animator):
    with pytest.raises(ValidationError, match="à venir"):
        end_action(action=action, on=timezone.localdate(), by=animator)


def test_the_page_costs_the_same_with_few_and_many(
    signed_in, action, animator, django_assert_max_num_queries
):
    inside(action, "Une", animator)
    client, url = signed_in(animator), reverse("collective", args=[action.pk])
    client.get(url)
    with django_assert_max_num_queries(22) as few:
        client.get(url)
    for n in range(9):
        inside(action, f"Personne {n}", animator)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


# -- Who knows it ----------------------------------------------------------------------------------


def test_each_role_knows_the_actions_it_should(
    caen,
    vallees,
    marseille,
    le_wip,
    le_dome,
    comptoir,
    animator,
    coordinator,
    coordinator_of_marseille,
    referent,
    activity_referent,
    manager,
    evaluator,
    kiwi,
):
    of_wip = opened(caen, le_wip, animator, title="WIP")
    led = opened(caen, le_dome, activity_referent, title="Menée")
    followed = opened(caen, le_dome, coordinator, title="Suivie")
    far = opened(marseille, comptoir, coordinator_of_marseille, title="Loin")
    inside(followed, kiwi.participant, coordinator)
    join_team(kiwi, referent)

    def known(user):
        return set(CollectiveAction.objects.visible_to(user))

    assert known(animator) == {of_wip}
    assert known(activity_referent) == {led}
    assert known(referent) == {followed}
    assert known(coordinator) == known(manager) == {of_wip, led, followed}
    assert known(coordinator_of_marseille) == {far}
    assert known(evaluator) == set()
    managed = CollectiveAction.objects.managed_by
    assert set(managed(referent)) == set(managed(manager)) == set()
    assert set(managed(coordinator)) == {of_wip, led, followed}


def test_who_reads_for_a_participant_changes_nothing(
    signed_in, caen, le_dome, coordinator, kiwi, referent
):
    action = opened(caen, le_dome, coordinator)
    inside(action, kiwi.participant, coordinator)
    join_team(kiwi, referent)
    client = signed_in(referent)

    assert client.get(reverse("collective", args=[action.pk])).status_code == 200
    for name in ("collective_edit", "collective_end", "collective_join", "entry_add"):
        assert client.get(reverse(name, args=[action.pk])).status_code == 403


# -- The talk at the end ---------------------------------------------------------------------------


def test_the_talk_is_noted_for_everyone_alike(signed_in, action, kiwi_inside, animator):
    other = inside(action, "Zaza", animator)
    client = signed_in(animator)
    for member in (kiwi_inside, other):
        url = reverse("collective_interviewed", args=[action.pk, member.pk])
        assert client.post(url).status_code == 302

    assert {one.interviewed_by for one in action.members.all()} == {animator}
    assert not EndInterview.objects.exists()


def test_a_leader_out_of_the_team_does_not_write_what_was_said(
    signed_in, action, kiwi_inside, coordinator, animator
):
    url = reverse("collective_interview", args=[action.pk, kiwi_inside.pk])

    assert signed_in(coordinator).get(url).status_code == 403
    assert signed_in(animator).get(url).status_code == 403


@pytest.mark.parametrize(
    ("reader", "readers"),
    [("me", set()), ("referents", {"referent"}), ("team", {"referent", "activity_referent"})],
)
def test_what_was_said_is_read_by_whom_the_person_chose(
    reader,
    readers,
    action,
    kiwi_inside,
    kiwi,
    referent,
    activity_referent,
    coordinator,
    manager,
    animator,
):
    join_team(kiwi, referent)
    join_team(kiwi, activity_referent, "activity_referent")

    interview = write_interview(
        member=kiwi_inside,
        by=referent,
        discovered="Le métier de relieur",
        on=timezone.localdate(),
        reader=reader,
    )

    people = {
        "referent": referent,
        "activity_referent": activity_referent,
        "coordinator": coordinator,
        "manager": manager,
        "animator": animator,
    }
    found = {name for name, user in people.items() if EndInterview.objects.visible_to(user)}
    assert found == readers
    kiwi_inside.refresh_from_db()
    assert kiwi_inside.interviewed_on == interview.on


def test_a_talk_that_is_kept_is_not_written_over(signed_in, action, kiwi_inside, kiwi, referent):
    join_team(kiwi, referent)
    words = {"discovered": "À moi", "on": timezone.localdate(), "reader": "me"}
    write_interview(member=kiwi_inside, by=referent, **words)
    url = reverse("collective_interview", args=[action.pk, kiwi_inside.pk])

    page = signed_in(referent).post(
        url, {"discovered": "Autre", "on": timezone.localdate().isoformat(), "reader": "team"}
    )

    assert page.status_code == 422
    assert "À moi" not in page.content.decode()
    assert EndInterview.objects.get().discovered == "À moi"


def test_a_delicate_word_asks_to_be_read_again(signed_in, action, kiwi_inside, kiwi, referent):
    join_team(kiwi, referent)
    url = reverse("collective_interview", args=[action.pk, kiwi_inside.pk])
    typed = {"on": timezone.localdate().isoformat(), "reader": "team"}

    page = signed_in(referent).post(url, typed | {"discovered": "Après l’hôpital, la reliure"})

    assert page.status_code == 422
    assert "Relisez ce texte" in page.content.decode()


def test_a_talk_noted_twice_keeps_its_first_day(kiwi_inside, animator, coordinator):
    note_interview(member=kiwi_inside, by=animator)
    note_interview(member=kiwi_inside, by=coordinator)

    assert kiwi_inside.interviewed_by == animator


def test_a_list_with_one_or_many_actions_costs_the_same(
    signed_in, caen, le_wip, animator, django_assert_max_num_queries
):
    opened(caen, le_wip, animator)
    client, url = signed_in(animator), reverse("collective_actions")
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for n in range(4):
        opened(caen, le_wip, animator, title=f"Action {n}")
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200


def test_every_half_day_keeps_its_hours_when_clocks_change(caen, le_wip, animator):
    action = opened(caen, le_wip, animator)
    hours = {timezone.localtime(step.session.starts_at).hour for step in action.steps.all()}

    assert hours == {9}
