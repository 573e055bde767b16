"""« Des idées pour Kiwi », « Des idées pour moi », and how it works."""

import pytest
from django.urls import reverse

from journeys.models import Enrolment, NotForMe
from journeys.portal.actions import give_link
from rtr import scope
from territories.models import JournalEntry
from tests.journeys.acts import told
from tests.journeys.factories import join
from tests.journeys.ideas import came, offered, says, tells


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def sewing(kiwi, caen):
    says(kiwi, "Coudre")
    return offered("Couture", caen, place=None)


@pytest.fixture
def phone(client, kiwi, coordinator):
    client.post(reverse("portal_enter", args=[give_link(journey=kiwi, by=coordinator)]))
    return client


def said(page) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def test_the_team_reads_ideas_and_why(signed_in, coordinator, kiwi, sewing):
    client = signed_in(coordinator)

    page = said(client.get(reverse("ideas", args=[kiwi.pk])))

    assert "Parce que Kiwi a dit « Coudre »" in page
    assert reverse("ideas", args=[kiwi.pk]) in said(client.get(reverse("journey", args=[kiwi.pk])))


def test_one_tap_enrols_and_is_taken_back(signed_in, coordinator, kiwi, sewing):
    client, session = signed_in(coordinator), sewing.sessions.get()

    for _tap in range(2):
        done = client.post(reverse("idea_join", args=[kiwi.pk]), {"pk": session.pk}, follow=True)

    row = Enrolment.objects.get(participant=kiwi.participant)
    assert (row.session, row.status) == (session, "enrolled")
    assert reverse("enrolment_withdraw", args=[row.pk]) in said(done)
    assert "Parce que" not in said(done)


def test_not_for_kiwi_is_listed_and_taken_back(signed_in, coordinator, kiwi, sewing):
    client = signed_in(coordinator)

    done = client.post(reverse("idea_refuse", args=[kiwi.pk]), {"pk": sewing.pk}, follow=True)

    assert "ne sera plus proposée" in told(done)
    assert "Pas pour Kiwi" in said(done)
    assert NotForMe.objects.get().by == coordinator
    undo = f"{reverse('idea_restore', args=[kiwi.pk])}?pk={sewing.pk}"
    assert undo in said(done)
    again = client.post(undo, follow=True)
    assert "Parce que Kiwi a dit" in said(again)
    acts = JournalEntry.objects.filter(act__startswith="idea").order_by("pk")
    assert [entry.act for entry in acts] == ["idea_put_aside", "idea_taken_back"]


def test_unknown_rows_and_other_territories_are_404(signed_in, coordinator, kiwi, marseille):
    client = signed_in(coordinator)
    with scope.over([marseille.pk]):
        far = offered("Couture à Marseille", marseille)
        session = far.sessions.get()
    for pk in ("", "0", "abc", "9" * 30, far.pk):
        assert client.post(reverse("idea_refuse", args=[kiwi.pk]), {"pk": pk}).status_code == 404
        assert client.post(reverse("idea_restore", args=[kiwi.pk]), {"pk": pk}).status_code == 404
    assert client.post(reverse("idea_join", args=[kiwi.pk]), {"pk": session.pk}).status_code == 404


def test_a_reflection_kept_from_the_team_is_no_reason(signed_in, coordinator, kiwi, sewing, phone):
    kiwi.participant.refresh_from_db()
    tells(kiwi, "Secretxq", kiwi.participant.user, reader="me", liked="Coudre et broder")
    kiwi.strengths.all().delete()

    own = said(phone.get(reverse("portal_ideas")))
    team = said(signed_in(coordinator).get(reverse("ideas", args=[kiwi.pk])))

    assert "Secretxq" in own
    assert "Secretxq" not in team


def test_the_person_says_yes_or_no(phone, kiwi, caen, sewing):
    page = said(phone.get(reverse("portal_ideas")))
    assert "Vous avez dit : « Coudre »." in page
    assert reverse("portal_enrol", args=[sewing.sessions.get().pk]) in page

    done = phone.post(reverse("portal_idea_refuse"), {"pk": sewing.pk}, follow=True)

    assert "Nous ne la proposons plus." in told(done)
    row = NotForMe.objects.get()
    assert row.by.territory_id
    again = phone.post(reverse("portal_idea_restore"), {"pk": row.pk}, follow=True)
    assert "Vous avez dit : « Coudre »." in said(again)
    assert phone.post(reverse("portal_idea_restore"), {"pk": row.pk}).status_code == 404


def test_of_somebody_unknown_it_is_said(phone, kiwi, caen):
    offered("Couture", caen)

    assert "Nous ne savons pas encore ce que vous aimez." in said(
        phone.get(reverse("portal_ideas"))
    )


def test_how_it_works_is_for_everyone_signed_in(signed_in, animator, client, phone):
    own = said(phone.get(reverse("ideas_about")))
    team = said(signed_in(animator).get(reverse("ideas_about")))

    for page in (own, team):
        assert "Vous, avec votre équipe. Le calcul ne décide de rien." in page
        assert "votre santé, un handicap" in page
    client.logout()
    assert client.get(reverse("ideas_about")).status_code == 302


def test_who_may_not_see_the_tab_does_not(signed_in, manager, kiwi):
    client = signed_in(manager)

    assert client.get(reverse("ideas", args=[kiwi.pk])).status_code == 403
    assert reverse("ideas", args=[kiwi.pk]) not in said(
        client.get(reverse("journey", args=[kiwi.pk]))
    )


def test_a_reference_of_activity_reads_ideas(signed_in, activity_referent, kiwi, sewing):
    join(kiwi, activity_referent, "activity_referent")

    page = said(signed_in(activity_referent).get(reverse("ideas", args=[kiwi.pk])))

    assert "Parce que Kiwi a dit « Coudre »" in page


@pytest.mark.parametrize("many", [2, 12])
def test_pages_ask_as_little_whatever_there_is(
    many, signed_in, coordinator, kiwi, caen, phone, django_assert_max_num_queries
):
    for number in range(many):
        offered(f"Couture {number}", caen)
        says(kiwi, f"Coudre {number}")
        came(kiwi, offered(f"Connue {number}", caen, days=0), days=100 + number)
    phone.get(reverse("portal_ideas"))  # the model is made

    with django_assert_max_num_queries(15):
        phone.get(reverse("portal_ideas"))
    client = signed_in(coordinator)
    client.get(reverse("ideas", args=[kiwi.pk]))
    with django_assert_max_num_queries(24):
        client.get(reverse("ideas", args=[kiwi.pk]))
