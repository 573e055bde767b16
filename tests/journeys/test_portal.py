"""The portal's first pages: a link that works once, a phone that may be somebody else's."""

import datetime
import re
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from journeys.contracts.models import Objective
from journeys.models import Absence, Participant, PortalLink, TeamMember
from journeys.pathway.models import Journey
from journeys.portal.actions import forget_links, give_link, sha256_of
from rtr import scope
from territories.journal.models import JournalEntry
from territories.models import User
from tests.journeys.contracts import frozen, sign
from tests.journeys.factories import JourneyFactory, ago, join
from tests.journeys.test_portal_costs import BRACKETS

PAGES = ["portal", "portal_path", "portal_team", "portal_rights"]


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def token(kiwi, coordinator):
    return give_link(journey=kiwi, by=coordinator)


@pytest.fixture
def phone(client, token):
    """Kiwi's phone, once the link was used."""
    client.post(reverse("portal_enter", args=[token]))
    return client


def said(page) -> str:
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


# -- The link ------------------------------------------------------------------------------------


def test_a_link_is_shown_once_and_only_its_hash_is_kept(signed_in, coordinator, kiwi):
    address = reverse("portal_link_give", args=[kiwi.pk])
    client = signed_in(coordinator)

    asked, given = client.get(address), client.post(address)

    assert not asked.context["link"]
    link = given.context["link"]
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert len(token) >= 40
    row = PortalLink.objects.get()
    assert row.token_sha256 == sha256_of(token)
    assert token not in str(PortalLink.objects.values())
    assert row.expires_at - row.given_at <= datetime.timedelta(hours=24, seconds=1)
    assert "link_given" in JournalEntry.objects.values_list("act", flat=True)
    assert given["Cache-Control"] == "no-store"


def test_a_new_link_replaces_the_one_before(client, kiwi, coordinator, token):
    give_link(journey=kiwi, by=coordinator)

    page = client.post(reverse("portal_enter", args=[token]))

    assert page.status_code == 404
    assert PortalLink.objects.count() == 1


def test_opening_the_link_shows_no_name_and_uses_nothing(client, kiwi, token):
    page = client.get(reverse("portal_enter", args=[token]))

    assert "Kiwi" not in said(page) and kiwi.participant.code not in said(page)
    assert "Entrer" in said(page)
    assert PortalLink.objects.get().used_at is None


def test_the_button_enters_once(client, token):
    address = reverse("portal_enter", args=[token])

    entered = client.post(address, follow=True)

    assert entered.redirect_chain == [(reverse("portal_phone"), 302)]
    assert "Bonjour Kiwi" in said(client.post(reverse("portal_phone"), {"own": "no"}, follow=True))
    client.logout()
    again = client.post(address)
    assert again.status_code == 404
    assert "Demandez un autre lien à votre équipe" in said(again)


def test_a_second_tap_does_not_put_out(phone, token):
    assert phone.post(reverse("portal_enter", args=[token])).url == reverse("portal")


def test_the_account_holds_a_uuid_and_its_territory_alone(phone, kiwi, caen):
    user = Participant.objects.get(pk=kiwi.participant_id).user

    assert (user.territory, user.email, user.first_name, user.last_name) == (caen, None, "", "")
    assert not user.has_usable_password()


def test_the_account_is_made_once(client, kiwi, coordinator):
    for _time in range(2):
        link = give_link(journey=kiwi, by=coordinator)
        client.post(reverse("portal_enter", args=[link]))
        client.logout()

    assert User.objects.filter(territory__isnull=False).count() == 1


@pytest.mark.parametrize("what", ["used", "expired", "unknown"])
def test_a_link_that_works_no_more_says_what_to_do(client, token, what):
    if what == "used":
        PortalLink.objects.update(used_at=timezone.now())
    if what == "expired":
        long_ago = timezone.now() - datetime.timedelta(days=2)
        PortalLink.objects.update(
            given_at=long_ago, expires_at=long_ago + datetime.timedelta(hours=24)
        )
    address = reverse("portal_enter", args=[token if what != "unknown" else "x" * 43])

    pages = [client.get(address), client.post(address)]

    assert [page.status_code for page in pages] == [404, 404]
    assert all("Demandez un autre lien à votre équipe" in said(page) for page in pages)


def test_somebody_of_the_team_does_not_enter_in_their_own_session(signed_in, coordinator, token):
    client = signed_in(coordinator)

    page = client.post(reverse("portal_enter", args=[token]))

    assert page.status_code == 403
    assert "pour la personne" in said(page)
    assert PortalLink.objects.get().used_at is None


def test_nobody_gives_a_link_after_a_death(signed_in, coordinator, kiwi):
    Absence.objects.create(
        territory=kiwi.territory, journey=kiwi, kind="exit", from_on=ago(1), exit_kind="deces"
    )

    page = signed_in(coordinator).post(reverse("portal_link_give", args=[kiwi.pk]))

    assert "décès" in said(page)
    assert not PortalLink.objects.exists()


def test_old_links_are_forgotten_once(token):
    later = timezone.localdate() + datetime.timedelta(days=40)

    assert (forget_links(on=timezone.localdate()), forget_links(on=later)) == (0, 1)
    assert forget_links(on=later) == 0


# -- Who may open these pages --------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_without_a_session_the_portal_explains_and_never_asks_a_password(client, db, page):
    answer = client.get(reverse(page), follow=True)

    assert answer.redirect_chain == [(reverse("portal_enter_help"), 302)]
    assert "Votre numéro de téléphone" in said(answer)


@pytest.mark.parametrize("page", PAGES)
def test_the_team_has_no_portal(signed_in, coordinator, page):
    assert signed_in(coordinator).get(reverse(page)).status_code == 403


def test_a_participant_opens_no_page_of_the_team(phone, kiwi):
    for name, args in [("today", []), ("journey", [kiwi.pk]), ("welcome", [])]:
        assert phone.get(reverse(name, args=args)).status_code == 403


def test_a_participant_sees_their_own_journey_alone(phone, caen, le_dome, coordinator):
    other = JourneyFactory(
        territory=caen, participant__nickname="Pixel", participant__organisation=le_dome
    )
    member = join(other, coordinator, "coordinator")

    assert list(Journey.objects.visible_to(User.objects.get(territory=caen)))[0].pk != other.pk
    for page in PAGES:
        assert "Pixel" not in said(phone.get(reverse(page)))
    assert phone.post(reverse("portal_object", args=[member.pk])).status_code == 404
    member.refresh_from_db()
    assert member.suspended_on is None


def test_ten_idle_minutes_close_the_session_and_each_page_starts_them_again(client, token):
    with time_machine.travel(timezone.now()) as clock:
        client.post(reverse("portal_enter", args=[token]))
        for _visit in range(3):
            clock.shift(datetime.timedelta(minutes=9))
            assert client.get(reverse("portal")).status_code == 200
        clock.shift(datetime.timedelta(minutes=11))

        client.cookies.pop("rtr")  # the browser's own clock forgot it as well
        assert client.get(reverse("portal")).url == reverse("portal_enter_help") + "?fin=1"


def test_leaving_clears_the_phone(phone):
    assert phone.get(reverse("portal_leave")).status_code == 405

    answer = phone.post(reverse("portal_leave"))

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert phone.get(reverse("portal")).url == reverse("portal_enter_help")


def test_nothing_is_kept_by_the_browser(phone):
    page = phone.get(reverse("portal"))

    assert page["Cache-Control"] == "no-store"
    assert phone.cookies["rtr_who"]["max-age"] == 40 * 60, "an opaque number, for words to wait"
    phone.post(reverse("portal_leave"))
    assert not phone.cookies["rtr_who"].value


# -- What they say -------------------------------------------------------------------------------


def test_the_path_is_told_in_the_persons_words(client, caen, le_dome, coordinator):
    journey = JourneyFactory(territory=caen, participant__organisation=le_dome, contracted=True)
    client.post(reverse("portal_enter", args=[give_link(journey=journey, by=coordinator)]))

    page = said(client.get(reverse("portal_path")))

    for words in ("Je découvre", "Vous avez signé votre contrat", "Vous êtes ici"):
        assert words in page
    for words in ("Repérage", "Butinage", "Mobilisation"):
        assert words not in page


def test_the_objectives_and_the_contract_are_read(phone, kiwi, coordinator):
    sign(frozen(kiwi, coordinator), coordinator)

    page, text = phone.get(reverse("portal_path")), phone.get(reverse("portal_contract"))

    assert Objective.objects.get().wording in said(page)
    assert "CONTRAT D’ACCOMPAGNEMENT" in said(text)


def test_a_draft_is_not_read_alone(phone, kiwi, coordinator):
    assert phone.get(reverse("portal_contract")).status_code == 404


def test_the_next_thing_is_said(phone, kiwi, coordinator):
    before = said(phone.get(reverse("portal")))
    frozen(kiwi, coordinator)
    waiting = said(phone.get(reverse("portal")))

    assert "Vous découvrez" in before
    assert "Votre contrat vous attend" in waiting


def test_the_team_and_who_opened_the_file_are_shown(phone, kiwi, coordinator, signed_in):
    join(kiwi, coordinator, "coordinator")
    phone.get(reverse("portal_team"))
    other = type(phone)()
    other.force_login(coordinator)
    other.get(reverse("journey", args=[kiwi.pk]))

    page = said(phone.get(reverse("portal_team")))

    opened = page[page.index("Qui a ouvert mon dossier") :]
    assert "Peut lire : parcours" in page
    assert "Nadia Exemple" in opened and "Une fois" in opened


def test_saying_no_to_a_member_takes_two_taps_and_works_at_once(phone, kiwi, referent):
    member = join(kiwi, referent)
    address = reverse("portal_object", args=[member.pk])
    with_access = Journey.objects.visible_to(referent).exists()

    asked = phone.get(address)
    done = phone.post(address, follow=True)

    assert with_access and not Journey.objects.visible_to(User.objects.get(pk=referent.pk)).exists()
    assert "Vous n’avez pas à dire pourquoi" in said(asked)
    assert "Karim ne lit plus votre dossier" in said(done)
    phone.post(address)
    assert TeamMember.objects.get(pk=member.pk).suspended_on, "a second tap gives nothing back"
    phone.post(address, {"standing": "yes"})
    assert TeamMember.objects.get(pk=member.pk).suspended_on is None


def test_being_called_back_is_asked_and_taken_back(phone, kiwi):
    without = said(phone.get(reverse("portal")))
    Participant.objects.filter(pk=kiwi.participant_id).update(contact="06 39 98 12 34")

    phone.post(reverse("portal_call_me"))
    asked = Participant.objects.get(pk=kiwi.participant_id).call_back_asked_on
    page = said(phone.get(reverse("portal")))
    phone.post(reverse("portal_call_me_not"))

    assert reverse("portal_call_me_when") in without and "Appelez-moi" in without
    assert asked == timezone.localdate()
    assert "Nous allons vous appeler" in page
    assert Participant.objects.get(pk=kiwi.participant_id).call_back_asked_on is None


# -- Easy to read ----------------------------------------------------------------------------------


class Sentences(HTMLParser):
    """What is read in <main>, block by block."""

    BLOCKS = {"p", "li", "h1", "h2", "button", "a", "span", "div", "form"}

    def __init__(self):
        super().__init__()
        self.inside, self.blocks = False, [""]

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "main"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag):
        self.inside &= tag != "main"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


FORBIDDEN = re.compile(r"frein|invisible|exclu|perdue? de vue|abandon|éloigné", re.IGNORECASE)


def test_sentences_are_short_and_no_word_files_a_person_away(
    phone, client, kiwi, coordinator, referent
):
    member = join(kiwi, referent)
    join(kiwi, coordinator, "coordinator")
    sign(frozen(kiwi, coordinator), coordinator)
    addresses = [reverse(page) for page in PAGES]
    addresses += [reverse("portal_object", args=[member.pk]), reverse("portal_enter_help")]
    addresses += [reverse("portal_enter", args=["x"])]

    for address in addresses:
        reader = Sentences()
        reader.feed(phone.get(address).content.decode())
        text = " | ".join(" ".join(block.split()) for block in reader.blocks if block.strip())
        assert not FORBIDDEN.search(text), address
        for sentence in re.split(r"[.?!:;|]", text):
            assert len(sentence.split()) <= 12, f"{address} : {sentence.strip()}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_twelve_queries_at_most(phone, kiwi, coordinator, referent, page):
    join(kiwi, referent)
    sign(frozen(kiwi, coordinator), coordinator)

    with CaptureQueriesContext(connection) as queries:
        phone.get(reverse(page))

    asking = [one["sql"] for one in queries if not BRACKETS.match(one["sql"])]
    assert len(asking) <= 12, "\n".join(asking)
