"""« Mes accords »: each is read in one place, taken back in two taps, and that is at once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys import models as m
from journeys.collective.enums import Visibility
from journeys.frames.actions import tutors
from journeys.messages.actions import send_later
from journeys.messages.enums import Channel
from journeys.pathway.actions import spans
from journeys.portal.actions import give_link
from journeys.rights.actions import consenting
from rtr import scope
from territories.journal.models import JournalEntry
from tests.journeys import collective
from tests.journeys.factories import ago, join
from tests.journeys.immersions import over, talent
from tests.journeys.papers import camille, paper  # noqa: F401 (fixtures)
from tests.journeys.test_portal_costs import MOST, asked


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def phone(client, coordinator):
    """`phone(journey)`: that person's own."""

    def open_(journey):
        client.post(reverse("portal_enter", args=[give_link(journey=journey, by=coordinator)]))
        journey.participant.refresh_from_db()
        return client

    return open_


def shown(client) -> dict[str, consenting.Agreed]:
    page = client.get(reverse("portal_consents"))
    assert page.status_code == 200
    return {one.kind: one for one in [*page.context["given"], *page.context["refused"]]}


def say(client, one: consenting.Agreed, word: str) -> None:
    """The two taps."""
    address = reverse("portal_consent", args=[one.kind, one.about])
    assert client.get(address).status_code == 200
    assert client.post(address, {"given": word}).url == reverse("portal_consents")


def journaled() -> list[tuple[str, list[str]]]:
    rows = JournalEntry.objects.filter(act__startswith="consent_").order_by("pk")
    return list(rows.values_list("act", "fields"))


def test_each_kind_of_agreement_is_tried_here():
    assert set(consenting.KINDS) == {
        "nouvelles", "messages", "photo", "rappel", "lecture", "production", "tuteur", "lien",
    }  # fmt: skip


def test_news_after_leaving_are_not_asked_any_more(phone, camille, coordinator):  # noqa: F811
    spans.leave(
        journey=camille, by=coordinator, seen=None, kind="cdi", on=ago(1), agreed_to_contact=True
    )
    own = phone(camille)

    say(own, shown(own)["nouvelles"], "no")

    assert not camille.follow_ups.pending().exists()
    say(own, shown(own)["nouvelles"], "yes")
    assert camille.follow_ups.pending().count() == 3
    assert journaled() == [
        ("consent_withdrawn", ["nouvelles"]),
        ("consent_given", ["nouvelles"]),
    ]


def test_text_messages_stop_at_once(phone, camille):  # noqa: F811
    m.Participant.objects.filter(pk=camille.participant_id).update(phone="+33639980001")
    message = {"territory": camille.territory, "cause": "referral.received",
               "channel": Channel.SMS, "to": "+33639980001",
               "places": {"number": "1", "day": "lundi", "before": "mardi"}}  # fmt: skip
    planned = send_later(**message)
    own = phone(camille)

    say(own, shown(own)["messages"], "no")

    planned.refresh_from_db()
    assert planned.status == "cancelled"
    assert send_later(**message).status == "cancelled"
    say(own, shown(own)["messages"], "yes")
    assert send_later(**message).status == "due"


def test_a_photograph_goes_with_its_agreement(phone, camille):  # noqa: F811
    portrait = paper(camille, None, kind="portrait", agreed_on=ago(2))
    own = phone(camille)
    assert shown(own)["photo"].since == portrait.agreed_on

    say(own, shown(own)["photo"], "no")

    assert not m.Document.objects.filter(pk=portrait.pk).exists()
    assert m.FileToErase.objects.filter(name=portrait.file.name).exists()
    assert "photo" not in shown(own)


def test_a_contact_left_is_forgotten(phone, kiwi):
    m.Participant.objects.filter(pk=kiwi.participant_id).update(
        contact="chez ma sœur", call_back_asked_on=ago(1)
    )
    own = phone(kiwi)

    say(own, shown(own)["rappel"], "no")

    kiwi.participant.refresh_from_db()
    assert kiwi.participant.contact == "" and kiwi.participant.call_back_asked_on is None


def test_a_member_reads_a_category_no_more(phone, camille, referent, coordinator):  # noqa: F811
    member = join(camille, referent)
    of = {"territory": camille.territory, "journey": camille}
    for category in ("notes", "resources"):
        m.Share.objects.create(**of, member=member, category=category)
    note = m.Note.objects.create(**of, author=coordinator, text="Note")
    assert note in m.Note.objects.visible_to(referent)
    own = phone(camille)
    page = own.get(reverse("portal_consents"))
    notes = next(one for one in page.context["given"] if "notes" in one.text)

    say(own, notes, "no")

    assert note not in m.Note.objects.visible_to(referent)
    assert set(member.shares.active().values_list("category", flat=True)) == {"resources"}
    refused = own.get(reverse("portal_consents")).context["refused"]
    say(own, refused[0], "yes")
    assert member.shares.active().count() == 2


def test_a_production_is_closed_to_others(phone, camille, coordinator, le_dome):  # noqa: F811
    action = collective.opened(camille.territory, le_dome, coordinator)
    member = collective.inside(action, camille.participant, coordinator)
    made = collective.made(action, coordinator, member)
    collective.chosen(made, member, coordinator, Visibility.EVERYONE, named=True)
    own = phone(camille)
    assert "avec votre surnom" in shown(own)["production"].text

    say(own, shown(own)["production"], "no")

    assert m.ProductionAuthor.objects.get().withdrawn_on == timezone.localdate()
    assert "production" not in shown(own)


def test_the_tutor_s_link_stops_and_no_other_is_given(phone, caen, le_dome, coordinator):
    pixel = talent(caen, le_dome)
    immersion = over(pixel, coordinator)
    link, token = tutors.ask_tutor(immersion=immersion, by=coordinator)
    own = phone(pixel)

    say(own, shown(own)["tuteur"], "no")

    link.refresh_from_db()
    assert not link.is_live
    with pytest.raises(ValidationError, match="ne veut pas"):
        tutors.ask_tutor(immersion=immersion, by=coordinator)
    say(own, shown(own)["tuteur"], "yes")
    assert tutors.ask_tutor(immersion=immersion, by=coordinator)[0].is_live
    assert m.Consent.objects.count() == 2


def test_two_files_are_not_tied_any_more(phone, camille):  # noqa: F811
    m.PersonLink.objects.create(
        territory=camille.territory, participant=camille.participant, agreed_on=ago(3)
    )
    own = phone(camille)

    say(own, shown(own)["lien"], "no")

    assert not m.PersonLink.objects.exists()


def test_the_same_word_twice_changes_nothing(phone, camille):  # noqa: F811
    m.Participant.objects.filter(pk=camille.participant_id).update(phone="+33639980001")
    own = phone(camille)
    address = reverse("portal_consent", args=["messages", 0])

    for _tap in range(2):
        own.post(address, {"given": "no"})

    assert len(journaled()) == 1 and m.OptOut.objects.count() == 1


def test_nobody_answers_for_somebody_else(phone, kiwi, camille):  # noqa: F811
    portrait = paper(camille, None, kind="portrait", agreed_on=ago(2))
    own = phone(kiwi)

    for kind, about in (("photo", portrait.pk), ("inconnu", 0), ("lecture", 10**15)):
        address = reverse("portal_consent", args=[kind, about])
        assert own.get(address).status_code == own.post(address).status_code == 404
    assert m.Document.objects.filter(pk=portrait.pk).exists()


def test_the_list_asks_little(phone, camille, referent, coordinator):  # noqa: F811
    """With a row of each kind; the most there is to ask, and an exit that was agreed to no more."""
    of = {"territory": camille.territory, "journey": camille}
    member = join(camille, referent)
    for category in ("notes", "resources", "situation"):
        m.Share.objects.create(**of, member=member, category=category)
    paper(camille, None, kind="portrait", agreed_on=ago(2))
    spans.leave(
        journey=camille, by=coordinator, seen=None, kind="cdi", on=ago(1), agreed_to_contact=True
    )
    camille.absences.exits().update(agreed_to_contact=False)
    m.Participant.objects.filter(pk=camille.participant_id).update(phone="+33639980001")

    assert asked(phone(camille), reverse("portal_consents")) <= MOST
