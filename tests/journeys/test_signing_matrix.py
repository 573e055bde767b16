"""Who may sign as whom: every signer × every act; all refused but one's own (rule 4)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys.contracts.actions.coding import send_code, sign_with_code
from journeys.contracts.actions.linking import send_link, sha256_of
from journeys.contracts.actions.preparing import cancel
from journeys.contracts.actions.signing import sign_by_hand, sign_in_session
from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink
from journeys.contracts.models import Contract, Signature
from journeys.documents.models import Document
from rtr import scope
from territories.accounts.enums import Role
from territories.journal.models import JournalEntry
from territories.models import User
from tests.cast import member
from tests.figures import figure
from tests.journeys.contracts import frozen, photo
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.phones import NUMBER, Phone, code_in, last_message, reach, token_in

GUARDIANS, PIXELS = "+33639980001", "+33639980002"

PEOPLE = [
    "coordinator",
    "other_coordinator",
    "referent",
    "referent_apart",
    "activity_referent",
    "animator",
    "manager",
    "evaluator",
    "coordinator_of_marseille",
    "kiwi_herself",
]
# The whole of what is allowed: each in their own session, as what they are on this journey.
OWN = {
    ("coordinator", "coordinator"),
    ("other_coordinator", "coordinator"),
    ("referent", "referent"),
}
# Who may receive a page signed by hand by the person or by the guardian.
RECEIVE = {"coordinator", "other_coordinator", "referent", "referent_apart"}


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def people(request, caen, le_dome, kiwi, referent, activity_referent):
    join(kiwi, referent)
    join(kiwi, activity_referent, "activity_referent")
    herself = User.objects.create_user(territory=caen)
    type(kiwi.participant).objects.filter(pk=kiwi.participant_id).update(user=herself)
    made = {
        "other_coordinator": lambda: member("Aude", Role.COORDINATOR, le_dome, caen),
        "referent_apart": lambda: member("Noel", Role.REFERENT, le_dome, caen),
        "kiwi_herself": lambda: herself,
    }
    return lambda name: made[name]() if name in made else request.getfixturevalue(name)


@pytest.fixture
def contract(kiwi, coordinator, people):
    return frozen(kiwi, coordinator, guardian="Mme Tutelle")


def refused(act, **said) -> bool:
    try:
        act(**said)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("signer", Signer.values)
@pytest.mark.parametrize("who", PEOPLE)
def test_in_session_each_signs_only_for_themselves(who, signer, contract, people):
    user = people(who)

    no = refused(sign_in_session, contract=contract, by=user, seen=None, signer=Signer(signer))

    assert no is ((who, signer) not in OWN)
    assert Signature.objects.exists() is not no


@pytest.mark.parametrize("signer", Signer.values)
@pytest.mark.parametrize("who", PEOPLE)
def test_by_hand_only_the_person_and_the_guardian_sign(who, signer, contract, people):
    user = people(who)
    said = {"contract": contract, "by": user, "seen": None, "signer": Signer(signer)}

    no = refused(sign_by_hand, photo=photo(), **said)

    assert no is not (signer in ("participant", "guardian") and who in RECEIVE)
    row = Signature.objects.first()
    assert row is None or (row.user is None and row.page is not None)
    acts = set(JournalEntry.objects.values_list("act", flat=True))
    assert ("signature_received" in acts, "contract_signed" in acts) == (not no, False)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_pages_say_the_same(who, contract, people, signed_in, kiwi):
    client = signed_in(people(who))
    kiwi.refresh_from_db()
    own = client.post(
        reverse("contract_sign_self", args=[kiwi.pk]), {"seen": kiwi.version, "agreed": "on"}
    )
    kiwi.refresh_from_db()
    hand = client.post(
        reverse("contract_sign_hand", args=[kiwi.pk, "participant"]),
        {"seen": kiwi.version, "witnessed": "on", "photo": photo()},
    )

    there = set(Signature.objects.values_list("signer", "user__first_name"))
    allowed = {
        "coordinator": {("coordinator", "Nadia"), ("participant", None)},
        "other_coordinator": {("coordinator", "Aude"), ("participant", None)},
        "referent": {("referent", "Karim"), ("participant", None)},
    }.get(who, set())
    assert there == allowed
    if not allowed:
        assert {own.status_code, hand.status_code} <= {403, 404}


def test_nobody_signs_twice(contract, coordinator):
    said = {"contract": contract, "by": coordinator, "seen": None}
    sign_in_session(signer=Signer.COORDINATOR, **said)

    assert refused(sign_in_session, signer=Signer.COORDINATOR, **said)
    assert refused(sign_in_session, signer=Signer.REFERENT, **said)


def test_whoever_the_person_objected_to_does_not_sign(contract, coordinator, kiwi):
    join(kiwi, coordinator, "coordinator", suspended_on=kiwi.first_contact_on)
    said = {"contract": contract, "by": coordinator, "seen": None}

    assert refused(sign_in_session, signer=Signer.COORDINATOR, **said)


def test_an_old_text_is_signed_no_more(contract, coordinator, kiwi):
    cancel(contract=contract, by=coordinator, seen=None)
    said = {"contract": contract, "by": coordinator, "seen": None}

    assert refused(sign_in_session, signer=Signer.COORDINATOR, **said)
    assert refused(sign_by_hand, signer=Signer.PARTICIPANT, photo=photo(), **said)


def test_a_refused_signature_leaves_no_photograph_behind(contract, coordinator, settings):
    said = {"contract": contract, "by": coordinator, "seen": None, "signer": Signer.PARTICIPANT}
    sign_by_hand(photo=photo(), **said)
    files = set(settings.PRIVATE_ROOT.rglob("*"))

    assert refused(sign_by_hand, photo=photo(), **said)

    assert set(settings.PRIVATE_ROOT.rglob("*")) == files
    assert Document.objects.count() == 1


# -- By a link and a code ------------------------------------------------------------------------


@pytest.fixture
def links(contract, kiwi, coordinator, caen, le_dome, people):
    """Links to the same contract for Kiwi and for her guardian, and to Pixel's own contract."""
    reach(kiwi, guardian_phone=GUARDIANS)
    pixel = JourneyFactory(
        territory=caen, participant__nickname="Pixel", participant__organisation=le_dome
    )
    theirs = frozen(pixel, coordinator)
    reach(pixel, phone=PIXELS)
    sent = {"by": coordinator, "seen": None}
    send_link(journey=kiwi, about=contract, **sent)
    send_link(journey=kiwi, about=contract, signer=Signer.GUARDIAN, **sent)
    send_link(journey=pixel, about=theirs, **sent)
    numbers = {"kiwi": NUMBER, "guardian": GUARDIANS, "pixel": PIXELS}
    return {who: token_in(last_message(to)) for who, to in numbers.items()}, theirs


@pytest.mark.parametrize("who", [*PEOPLE, "prescriber"])
def test_nobody_of_the_team_goes_through_somebodys_link(who, links, people, client, caen, le_dome):
    tokens, _theirs = links
    user = member("Rose", Role.PRESCRIBER, le_dome, caen) if who == "prescriber" else people(who)
    client.force_login(user)
    own = who == "kiwi_herself"

    for name, token in tokens.items():
        is_own = own and name == "kiwi"
        steps = ("door", "send") if is_own else ("door", "send", "code", "refuse", "talk")
        addresses = [reverse(f"sign_{step}", args=[token]) for step in steps]
        answers = {client.post(address, follow=True).status_code for address in addresses}
        assert answers == {200 if is_own else 403}, name
    opened = SigningLink.objects.filter(opened_at__isnull=False)
    assert opened.count() == int(own)
    assert not Signature.objects.exists() and not Contract.objects.refused().exists()


@pytest.mark.parametrize("link", ["kiwi", "guardian", "pixel"])
@pytest.mark.parametrize("code", ["kiwi", "guardian", "pixel"])
def test_a_code_signs_its_own_contract_for_its_own_signer(link, code, links, contract):
    tokens, theirs = links
    of = {"kiwi": (contract, "participant"), "guardian": (contract, "guardian")}
    of["pixel"] = (theirs, "participant")
    numbers = {"kiwi": NUMBER, "guardian": GUARDIANS, "pixel": PIXELS}
    for name in {link, code}:
        send_code(contract=of[name][0], signer=of[name][1], language="fr")
    typed = code_in(last_message(numbers[code]))
    if link != code and typed == code_in(last_message(numbers[link])):
        pytest.skip("one chance in a million")

    about, signer = of[link]
    row = SigningLink.objects.get(token_sha256=sha256_of(tokens[link]))
    said = {"contract": about, "signer": signer, "link": row, "language": "fr"}
    answer = sign_with_code(code=typed, **said)

    assert (answer == "signed") is (link == code)
    made = list(Signature.objects.values_list("contract", "signer"))
    assert made == ([(about.pk, signer)] if link == code else [])


def test_a_guardians_link_never_signs_as_the_person(links, client):
    phone = Phone(client, links[0]["guardian"])
    phone.signs(GUARDIANS)

    signature = Signature.objects.get()
    assert (signature.signer, signature.name) == ("guardian", "Mme Tutelle")


@pytest.mark.parametrize("signer", ["coordinator", "referent"])
def test_the_team_has_neither_link_nor_code(signer, contract, kiwi, coordinator):
    reach(kiwi)
    link = {"journey": kiwi, "by": coordinator, "seen": None, "about": contract}

    assert refused(send_link, signer=signer, **link)
    assert refused(send_code, contract=contract, signer=signer, language="fr")
    assert sign_with_code(contract=contract, signer=signer, code="123456", language="fr") == "worn"
    assert not Signature.objects.exists()


def test_somebodys_session_does_not_open_the_link_of_another(links, client, people, kiwi):
    """A shared phone: Kiwi is on her pages, the message of Pixel is opened there."""
    client.force_login(people("kiwi_herself"))

    page = client.post(reverse("sign_door", args=[links[0]["pixel"]]))

    assert page.status_code == 403
    assert "Quittez d’abord votre espace" in page.content.decode()


def test_the_matrix_is_counted():
    in_session, by_link, by_code = len(PEOPLE) * len(Signer.values) * 2, 11 * 3 * 5, 3 * 3 + 2 * 3
    count = in_session + by_link + by_code
    figure("signataires × actes", count, "tout refusé sauf le sien")
