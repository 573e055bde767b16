"""A contract signed on one's own phone, in French and in Arabic, then by the coordinator."""

import pytest
from django.urls import reverse

from journeys.contracts.actions.linking import send_link
from journeys.contracts.links import SigningCode
from journeys.models import Contract, ContractWording, SignedText
from rtr import scope
from tests.browser.conftest import SIZES, Person
from tests.journeys.contracts import frozen
from tests.journeys.phones import NUMBER, code_in, last_message, reach, token_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

ARABIC = "ما تفعله.\nتختار الأنشطة التي تعجبك."
# Words of the buttons, as the person reads them.
WORDS = {
    "fr": {
        "choose": "Français",
        "sign": "Je signe",
        "code": "Le code",
        "do": "Signer",
        "done": "Vous avez signé",
        "listen": "Écouter",
        "all": "Tout le monde a signé",
        "paper": "Télécharger le contrat",
    },
    "ar": {
        "choose": "العربية",
        "sign": "أوقّع",
        "code": "الرمز",
        "do": "توقيع",
        "done": "لقد وقّعت",
        "listen": "استماع",
        "all": "وقّع الجميع",
        "paper": "تنزيل العقد",
    },
}
# Chromium without a speech service has no voice: two are lent to it.
VOICES = """
Object.defineProperty(window, "speechSynthesis", { value: {
  spoken: [],
  getVoices: () => [{ lang: "fr-FR", name: "f" }, { lang: "ar-SA", name: "a" }],
  speak(said) { this.spoken.push([said.lang, said.text]); },
  cancel() {}, addEventListener() {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def screen():
    return "desk"


@pytest.fixture
def contract(caen, vallees, kiwi, coordinator):
    with scope.over([caen.pk, vallees.pk]):
        ContractWording.objects.create(programme=caen.programme, language="ar", text=ARABIC)
        written = frozen(kiwi, coordinator)
        reach(kiwi)
        return written


@pytest.fixture
def own_phone(browser, live_server):
    """A second browser, small, with voices."""
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR", accept_downloads=True)
    context.add_init_script(VOICES)
    yield Person(context.new_page(), live_server.url, "phone")
    context.close()


def message() -> str:
    with scope.everything("test: the phone in somebody's hand"):
        return last_message(NUMBER)


def goes(person: Person, path: str) -> None:
    person.page.goto(person.base + path)
    person.looks()


def paper(person: Person, words: str) -> bytes:
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name=words).first.click()
    return download.value.path().read_bytes()


@pytest.mark.parametrize("language", WORDS)
def test_a_contract_is_signed_on_a_phone(
    language, person, own_phone, coordinator, kiwi, contract, client
):
    words = WORDS[language]
    nadia = person()
    nadia.signs_in(coordinator)

    # The coordinator sends the link to the person's own phone.
    nadia.opens("contract", kiwi.pk)
    nadia.follows("Envoyer le lien")
    nadia.ticks("Kiwi est devant moi")
    nadia.presses("Envoyer le lien")
    nadia.reads("Le lien part")
    nadia.reads("au numéro qui finit par 34")

    # On their phone, the person chooses a language, reads, listens.
    goes(own_phone, reverse("sign_door", args=[token_in(message())]))
    own_phone.page.get_by_role("button", name=words["choose"], exact=True).click()
    own_phone.looks()
    html = own_phone.page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    listen = own_phone.page.get_by_role("button", name=words["listen"])
    assert listen.count() == 2
    listen.last.click()
    said = own_phone.page.evaluate("window.speechSynthesis.spoken")
    assert said[0][0].startswith(language)
    assert (ARABIC.splitlines()[1] in said[0][1]) is (language == "ar")

    # A code comes, and signs.
    own_phone.presses(words["sign"])
    code = code_in(message())
    assert code not in own_phone.page.content()
    own_phone.writes(words["code"], code)
    own_phone.presses(words["do"])
    own_phone.reads(words["done"])

    # The coordinator signs in her own session.
    nadia.opens("contract", kiwi.pk)
    nadia.reads("sur son propre téléphone, avec un code")
    nadia.page.get_by_role("link", name="Signer", exact=False).last.click()
    nadia.looks()
    nadia.ticks("Je signe")
    nadia.presses("Signer")
    nadia.reads("Kiwi entre dans le programme")

    # Both get the paper.
    own_phone.page.reload()
    own_phone.looks()
    own_phone.reads(words["all"])
    assert paper(own_phone, words["paper"]).startswith(b"%PDF-")
    with scope.everything("test"):
        assert not SigningCode.objects.exists()
        signed = Contract.objects.get(pk=contract.pk)
        translation = signed.translations.get()
    pdf = nadia.page.request.get(
        nadia.base + reverse("contract_pdf", args=[kiwi.pk, 1]) + f"?langue={language}"
    )
    assert pdf.ok and pdf.body().startswith(b"%PDF-")

    # Anybody checks it: the text as it is, then altered by one sign.
    text, sha256 = signed.text, signed.sha256
    if language == "ar":
        text, sha256 = translation.text, translation.sha256
    assert SignedText.objects.get(pk=sha256).signed_on is not None
    anybody = person()
    goes(anybody, reverse("contract_verify", args=[sha256]))
    anybody.reads("Signé par tous le")
    anybody.writes("Le texte du contrat", text)
    anybody.presses("Comparer ce texte")
    anybody.reads("C’est bien ce texte")
    anybody.writes("Le texte du contrat", text.replace("12", "21", 1))
    anybody.presses("Comparer ce texte")
    anybody.reads("Ce n’est pas ce texte")


@pytest.mark.parametrize("language", WORDS)
def test_without_a_voice_nobody_is_offered_to_listen(
    language, browser, live_server, coordinator, kiwi, contract, caen
):
    with scope.over([caen.pk]):
        send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR")
    context.add_init_script(VOICES.replace("fr-FR", "de-DE").replace("ar-SA", "de-DE"))
    phone = Person(context.new_page(), live_server.url, "phone")

    goes(phone, reverse("sign_door", args=[token_in(message())]))
    name = WORDS[language]["choose"]
    phone.page.get_by_role("button", name=name, exact=True).click()
    phone.looks()

    assert phone.page.get_by_role("button", name=WORDS[language]["listen"]).count() == 0
    context.close()


@pytest.mark.parametrize("language", WORDS)
def test_every_page_of_the_phone_is_for_everybody(
    language, own_phone, coordinator, kiwi, contract, caen
):
    """Refusing, a wrong code, a link that ended: whole and accessible, in both directions."""
    with scope.over([caen.pk]):
        send_link(journey=kiwi, by=coordinator, seen=None, about=contract)
    goes(own_phone, reverse("sign_door", args=[token_in(message())]))
    name = WORDS[language]["choose"]
    own_phone.page.get_by_role("button", name=name, exact=True).click()
    own_phone.presses(WORDS[language]["sign"])
    own_phone.writes(WORDS[language]["code"], "12")
    own_phone.presses(WORDS[language]["do"])
    assert own_phone.page.get_by_role("alert").is_visible()
    goes(own_phone, reverse("sign_refuse", args=[token_in_address(own_phone)]))
    own_phone.page.locator("main button[type=submit]").click()
    own_phone.looks()
    goes(own_phone, reverse("sign_door", args=["x" * 22]))


def token_in_address(person: Person) -> str:
    return token_in(person.page.url)
