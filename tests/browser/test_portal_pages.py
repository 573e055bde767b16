"""Every page of a person and every door, with a row of everything, at 360 × 640, in French and in
Arabic: accessible, no wider than the phone, and nothing in French where Arabic is read."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from badges.endorsements.actions import invite
from journeys.models import EntryCode
from journeys.portal.actions import give_card, give_link
from rtr import due, scope
from rtr.access import ACCESS, PARTICIPANT, PUBLIC
from tests.badges.wallet import READ, READ_PROFILE, WRITE, Wallet
from tests.browser.conftest import SIZES, Person
from tests.figures import figure
from tests.journeys.contracts import frozen
from tests.journeys.entering import NUMBER, codes_sent, has_contact
from tests.journeys.factories import JourneyFactory
from tests.journeys.phones import reach, wrong
from tests.journeys.recognition import a_badge, a_badge_of_each_moment, given
from tests.rtr.test_catalogues import CANARY, visible
from tests.security.visits import visits
from tests.security.world import cast, world  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LANGUAGES = ["fr", "ar"]
# What a person's address opens when it is no page: an act, a file, a script.
ACTS = set(
    """
    portal_sign_send portal_objective_agree portal_copy_take portal_erase_mine portal_draft
    portal_request_take_back portal_help_end portal_badge_wish portal_voice portal_photo
    portal_call_me portal_call_me_not portal_device_close portal_stay portal_leave portal_keep_next
    portal_idea_refuse portal_idea_restore portal_enrol portal_withdraw portal_enrol_again
    portal_calendar_revoke portal_appointment_yes portal_appointment_no portal_appointment_undo
    portal_aid_cancel portal_aid_undo portal_entry_remove portal_entry_restore portal_entry_photo
    portal_production_file portal_paper portal_contract_pdf portal_statement_pdf
    portal_close portal_worker portal_badge_file portal_foreign_image portal_asked_withdraw
    portal_foreign_check portal_wallet_remove
    """.split()
)
# Looked at by themselves below: a badge that is signed, asked for, read on the spot.
OF_BADGES = {"portal_asked_complete", "portal_support_remove", "portal_scan", "portal_wallet_ask"}
# With a contract that is still to be signed.
TO_SIGN = {"portal_sign_code", "portal_sign_refuse"}
# Written by people, or by the world of the test; and names that no language translates.
TYPED = re.compile(
    "Aurele|Karim|Lucie|Exemple|Kiwi|Pixel|Le Dôme|Le WIP|Caen la Mer|Lieu convenu|Pour aller la"
    "|Brouillon|Atelier|On fait ensemble|Tricot mine|Groupe|Une (question|table|image)|Un pas"
    "|Un récit( montré)?|Utiliser la découpe laser|Camille Martin|contrat d’engagement|Français"
    r"|RTR|PDF|SMS|Chrome|Linux|cnil.fr|Jardiner|Réseau|https?://\S+|[a-z]+\.example|PNG|SVG"
    "|Découper au laser|Réparer un vélo|Racontez|Bravo|Léa Martin|Venu|Mon Classeur"
    "|Sait conduire une découpe laser en sécurité|A réalisé une pièce du fichier à la finition"
    "|Open Badges|Nadia|Repair café"
)
LATIN = re.compile(r"[a-zà-ÿœ’]{2,}", re.IGNORECASE)


@pytest.fixture(params=LANGUAGES)
def phone(request, browser, live_server):
    """A phone whose browser speaks the language."""
    context = browser.new_context(viewport=SIZES["phone"], locale=request.param)
    found = Person(context.new_page(), live_server.url, f"phone-{request.param}")
    # The page without network would leave by itself, once this is answered.
    found.page.route("**/portail/hors-ligne.js", lambda asked: None)
    found.language, found.wrong, found.seen = request.param, {}, set()
    yield found
    context.close()


def looks(phone, name: str) -> None:
    """Keeps what is wrong, so that one run says everything."""
    phone.seen.add(name)
    try:
        phone.looks()
    except AssertionError as error:
        phone.wrong[name] = str(error)
    html = phone.page.content()
    root = phone.page.locator("html")
    is_arabic = phone.language == "ar"
    if root.get_attribute("dir") != ("rtl" if is_arabic else "ltr"):
        phone.wrong[f"{name}: dir"] = root.get_attribute("dir")
    if is_arabic and (found := in_latin(html)):
        phone.wrong[f"{name}: French"] = found


def in_latin(html: str) -> list[str]:
    """TYPED first: a canary is the end of some of these words."""
    texts = visible(html, "ar")
    return [text for text in texts if LATIN.search(CANARY.sub("", TYPED.sub("", text)))]


def goes(phone, name: str, *args) -> None:
    phone.page.goto(phone.base + reverse(name, args=args))
    looks(phone, name)


def sends(phone, name: str, css: str = "main button[type=submit]") -> None:
    phone.page.locator(css).first.click()
    looks(phone, name)


def follows(phone, name: str, path: str) -> None:
    phone.page.locator(f"main a[href^='{path}']").first.click()
    looks(phone, name)


def comes_in(phone, token, own: str) -> None:
    phone.page.goto(phone.base + reverse("portal_enter", args=[token]))
    phone.page.locator("main button[type=submit]").first.click()
    phone.page.locator(f"button[name=own][value={own}]").click()


def is_a_page(phone, url: str) -> bool:
    answer = phone.page.request.get(phone.base + url, max_redirects=0)
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


def test_every_page_of_a_person_is_whole_in_their_language(phone, world):  # noqa: F811
    mine = world.people["mine"]
    with scope.everything("test"):
        token = give_link(journey=mine.journey, by=world.author)
    comes_in(phone, token, "yes")
    for visit in visits(world):
        if ACCESS.get(visit.name) != PARTICIPANT or visit.target not in ("mine", "-"):
            continue
        if visit.name not in ACTS and is_a_page(phone, visit.url):
            phone.page.goto(phone.base + visit.url)
            looks(phone, visit.name)
    goes(phone, "portal_team")
    follows(phone, "portal_openings", "/portail/equipe/ouvertures/")
    goes(phone, "portal_consents")
    follows(phone, "portal_consent", "/portail/accords/")

    theirs = {name for name, access in ACCESS.items() if access == PARTICIPANT}
    assert not phone.wrong, "\n".join(f"{name}: {what}" for name, what in phone.wrong.items())
    assert theirs - ACTS - TO_SIGN - OF_BADGES == phone.seen
    figure(f"pages de la personne vues à 360 × 640 ({phone.language})", len(phone.seen), "axe : 0")


def test_a_contract_still_to_be_signed_is_whole_too(phone, kiwi, caen, vallees, coordinator):
    with scope.over([caen.pk, vallees.pk]):
        frozen(kiwi, coordinator)
        reach(kiwi)
        token = give_link(journey=kiwi, by=coordinator)
    comes_in(phone, token, "no")

    goes(phone, "portal")
    goes(phone, "portal_contract")
    sends(phone, "portal_sign_code", "form[action$='/contrat/signer/'] button")
    goes(phone, "portal_sign_refuse")

    assert not phone.wrong, "\n".join(f"{name}: {what}" for name, what in phone.wrong.items())
    assert phone.seen >= TO_SIGN


def test_badges_of_every_moment_are_whole_too(phone, kiwi, caen, coordinator):
    wallet = Wallet()
    with scope.over([caen.pk]):
        token = give_link(journey=kiwi, by=coordinator)
    comes_in(phone, token, "no")
    with scope.over([caen.pk]), transaction.atomic():
        moments = a_badge_of_each_moment(kiwi, coordinator)

    goes(phone, "portal_badges")
    for name, args in moments.items():
        if name not in ACTS:
            goes(phone, name, *args)
    goes(phone, "portal_scan", "forged")
    phone.page.goto(phone.base + wallet.address(f"{READ} {WRITE} {READ_PROFILE}"))
    looks(phone, "portal_wallet_ask")
    phone.page.goto(phone.base + reverse("portal_wallet_ask"))
    looks(phone, "portal_wallet_ask: nothing asked")

    assert not phone.wrong, "\n".join(f"{name}: {what}" for name, what in phone.wrong.items())
    assert phone.seen >= OF_BADGES


def test_every_door_of_badges_is_whole_in_its_language(phone, kiwi, caen, coordinator):
    """Endorsing, verifying: somebody who is not of the programme."""
    doors = {name for name, access in ACCESS.items() if access == PUBLIC}
    doors = {name for name in doors if name.startswith(("endorse", "verifier"))}
    with scope.over([caen.pk]), transaction.atomic():
        model = a_badge(caen, kiwi.participant.organisation)
        held = given(kiwi, coordinator, model)
        how = {"subject": held, "territory": caen, "by": coordinator, "is_agreed": True}
        (_row, yes), (_row, no) = invite(**how), invite(**how)

    goes(phone, "endorse", "unknown")
    goes(phone, "endorse_decline", no)
    sends(phone, "endorse_decline: done")
    goes(phone, "endorse", yes)
    sends(phone, "endorse: nothing typed")
    phone.page.locator("textarea").fill("Bravo.")
    phone.page.locator("input[name=name]").fill("Léa Martin")
    sends(phone, "endorse_given")
    follows(phone, "endorse_take_back", "/soutenir/")
    sends(phone, "endorse_take_back: done")
    goes(phone, "verifier")
    sends(phone, "verifier: nothing typed")
    for name, text in {"ours": held.token, "nonsense": "abc"}.items():
        phone.page.locator("main textarea").first.fill(text)
        sends(phone, f"verifier: {name}")

    assert not phone.wrong, "\n".join(f"{name}: {what}" for name, what in phone.wrong.items())
    assert doors <= phone.seen


def test_every_door_is_whole_in_its_language(phone, kiwi, caen, le_dome, coordinator):
    doors = {name for name, access in ACCESS.items() if access == PUBLIC and "portal" in name}
    doors -= OF_BADGES  # once inside
    with scope.over([caen.pk]):
        other = JourneyFactory(
            territory=caen, participant__nickname="Pixel", participant__organisation=le_dome
        )
        for one in (kiwi, other):
            has_contact(one)
        card, _pin = give_card(journey=kiwi, by=coordinator)
        token = give_link(journey=kiwi, by=coordinator)

    for name in ("portal_language", "portal_erased", "portal_screen"):
        goes(phone, name)
    sends(phone, "portal_screen: nothing typed")
    goes(phone, "portal_card", card)
    sends(phone, "portal_card: nothing typed")
    goes(phone, "portal_card", "gone")
    goes(phone, "portal_enter", token)
    goes(phone, "portal_enter", "used")
    goes(phone, "portal_enter_help")
    sends(phone, "portal_enter_help: nothing typed")
    phone.page.locator("input[name=phone]").fill(NUMBER)
    sends(phone, "portal_code")
    due.run_due(EntryCode._meta.label_lower)
    (code,) = codes_sent()
    for name, typed in {"portal_code: wrong": wrong(code), "portal_choose": code}.items():
        phone.page.locator("input[name=code]").fill(typed)
        sends(phone, name)

    assert not phone.wrong, "\n".join(f"{name}: {what}" for name, what in phone.wrong.items())
    assert doors - ACTS <= phone.seen
