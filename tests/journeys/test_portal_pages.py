"""The portal as one: what comes next and its answers, five words, somebody to ask, sent twice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from journeys.models import Enrolment, GroupEntry, Objective, Participant
from journeys.portal.actions import give_link
from journeys.recognition.actions.asking import wish
from rtr import scope
from territories.models import Organisation
from tests.journeys import collective
from tests.journeys.activities import ActivityFactory, SessionFactory, enrolled, moment
from tests.journeys.contracts import frozen, sign
from tests.journeys.factories import join
from tests.journeys.ideas import tells
from tests.journeys.meetings import at, give_phone, propose

FIVE = ["Accueil", "Activités", "Mon parcours", "Mes badges", "Mon équipe"]


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def phone(client, kiwi, coordinator):
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    return client


@pytest.fixture
def sewing(caen):
    activity = ActivityFactory(territory=caen, title="Couture")
    return SessionFactory(activity=activity, starts_at=moment(2))


def said(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def home(phone):
    return phone.get(reverse("portal"))


# -- What comes next -------------------------------------------------------------------------------


def test_the_soonest_comes_first_and_the_others_below(phone, kiwi, coordinator, sewing):
    enrolled(sewing, kiwi.participant)
    propose(kiwi, coordinator, starts_at=at(1, 9))

    page = home(phone)

    assert page.context["thing"].title == "Prochain rendez-vous"
    assert [one.title for one in page.context["others"]] == ["Prochaine séance"]


def test_what_is_to_sign_waits_for_today_and_tomorrow_only(phone, kiwi, coordinator, sewing):
    enrolled(sewing, kiwi.participant)
    frozen(kiwi, coordinator)
    before = home(phone).context["thing"].title
    propose(kiwi, coordinator, starts_at=at(1, 9))

    assert before == "À signer"
    assert home(phone).context["thing"].title == "Prochain rendez-vous"


def test_a_place_is_kept_or_given_back_from_the_first_page(phone, kiwi, sewing):
    row = enrolled(sewing, kiwi.participant)
    for words in ("Je viens", "Je ne peux pas", "Appelez-moi"):
        assert words in said(home(phone))

    for _tap in range(2):
        kept = phone.post(reverse("portal_enrol", args=[sewing.pk]), {"back": "portal"})
        assert kept.url == reverse("portal")
    assert "vous venez" in said(home(phone))
    for _tap in range(2):
        phone.post(reverse("portal_withdraw", args=[row.pk]), {"back": "portal"})
    row.refresh_from_db()
    assert row.status == "cancelled"

    undone = phone.post(reverse("portal_enrol_again", args=[row.pk]) + "?back=portal")

    assert undone.url == reverse("portal")
    row.refresh_from_db()
    assert row.status == "enrolled"
    assert Enrolment.objects.count() == 1


def test_what_one_said_is_not_said_in_the_place_of_another(phone, kiwi, sewing):
    """A colleague who helps two people keeps one session: each answer is one person's."""
    enrolled(sewing, kiwi.participant)
    session = phone.session
    session["came"], session["idea"] = [kiwi.pk + 1, sewing.pk], [kiwi.pk + 1, sewing.pk]
    session.save()

    page = home(phone)

    assert page.context["thing"].yes_url and page.context["idea"] is None


def test_a_full_session_ahead_is_an_idea_no_more(phone, kiwi, sewing):
    session = phone.session
    session["idea"] = [kiwi.pk, sewing.pk]
    session.save()
    shown = home(phone).context["idea"]
    sewing.taken = sewing.places
    sewing.save()

    assert shown.session == sewing
    assert home(phone).context["idea"] is None


# -- The frame -------------------------------------------------------------------------------------


def test_five_words_always_the_same_and_the_rest_two_taps_away(phone, kiwi):
    menu = home(phone).context["portal_menu"]
    first = {entry.url for entry in menu} | {reverse("portal")}
    second = "".join(said(phone.get(url)) for url in first)

    assert [str(entry.label) for entry in menu] == FIVE
    for name in (
        "rights devices language appointments papers aids groups experiences ideas calendar stop"
        " call_me_when"
    ).split():
        assert f'href="{reverse(f"portal_{name}")}' in second, name


def test_somebody_to_ask_is_at_the_same_place_everywhere(phone, kiwi, referent):
    join(kiwi, referent)
    house = referent.memberships.first().organisation
    Organisation.objects.filter(pk=house.pk).update(phone="+33612345678")

    for name in ("portal", "portal_activities", "portal_path", "portal_badges", "portal_team"):
        page = said(phone.get(reverse(name)))
        block = page[page.index('id="une-question"') :]
        assert "Karim vous répond." in block
        assert 'href="tel:+33612345678"' in block and 'href="sms:+33612345678"' in block
        assert "Rappelez-moi" in block


def test_a_number_that_takes_no_message_offers_none(phone, kiwi, referent):
    join(kiwi, referent)
    house = referent.memberships.first().organisation
    Organisation.objects.filter(pk=house.pk).update(phone="+33231000000")

    page = said(home(phone))

    assert 'href="tel:+33231000000"' in page and "sms:" not in page


def test_who_was_set_aside_answers_no_more(phone, kiwi, referent, coordinator):
    member = join(kiwi, referent)
    join(kiwi, coordinator, "coordinator")
    member.suspended_on = timezone.localdate()
    member.save()

    assert "Nadia vous répond." in said(home(phone))


# -- Badges ----------------------------------------------------------------------------------------


def test_a_badge_is_told_and_what_was_wished_is_kept_in_sight(phone, kiwi):
    nothing = said(phone.get(reverse("portal_badges")))
    user = Participant.objects.get(pk=kiwi.participant_id).user
    told = tells(kiwi, "Accueil au cinéma", user, liked="Les gens")
    wish(reflection=told, by=user, wished=True)

    page = said(phone.get(reverse("portal_badges")))

    assert "Un badge dit ce que vous savez faire." in nothing
    assert "Ce que j’ai demandé" not in nothing
    assert "Accueil au cinéma" in page and "Demandé le" in page


# -- Sent twice ------------------------------------------------------------------------------------


def test_days_begin_whole_and_half_days_are_found(phone, caen):
    activity = ActivityFactory(territory=caen, title="Marche")
    for day in range(1, 5):
        for hour in (9, 11, 14):
            SessionFactory(
                activity=activity, starts_at=moment(day, hour), ends_at=moment(day, hour + 1)
            )

    page = phone.get(reverse("portal_activities"))
    morning = phone.get(reverse("portal_activities"), {"quand": "matin"})

    assert [len(day) for _on, _said, day in page.context["days"]] == [3, 3, 3]
    following = page.context["following"]
    then = phone.get(reverse("portal_activities"), {"depuis": following.isoformat()})
    assert [on for on, _said, _day in then.context["days"]] == [following]
    assert {len(day) for _on, _said, day in morning.context["days"]} == {2}
    assert phone.get(reverse("portal_activities"), {"depuis": "9999-99-99"}).status_code == 200


def test_being_called_is_asked_once(phone, kiwi):
    give_phone(kiwi)
    for _tap in range(2):
        phone.post(reverse("portal_call_me"))

    page = said(home(phone))

    assert "Nous allons vous appeler" in page and "Ne plus m’appeler" in page


def test_an_objective_sent_twice_is_one(phone, kiwi, coordinator):
    sign(frozen(kiwi, coordinator), coordinator)
    for _tap in range(2):
        phone.post(reverse("portal_objective_propose"), {"wording": "Passer le permis"})

    assert Objective.objects.filter(wording="Passer le permis").count() == 1


def test_a_page_of_the_journal_sent_twice_is_one(phone, kiwi, caen, le_wip, coordinator):
    action = collective.opened(caen, le_wip, coordinator)
    collective.inside(action, kiwi.participant, coordinator)
    words = {"on": timezone.localdate().isoformat(), "did": "Une visite", "decided": ""}
    for _tap in range(2):
        phone.post(reverse("portal_entry_add", args=[action.pk]), words)

    assert GroupEntry.objects.filter(did="Une visite").count() == 1
