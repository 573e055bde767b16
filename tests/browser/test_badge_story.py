"""A badge, from the register to an employer: given to five present in one gesture; found on a
phone at 360 × 640 with the words and photo of the story; supported by a company from a link in its
mail, without an account; shown by a drawing for a month; verified by the employer's own verifier
and on our page; gone the day the person takes it back."""

import re

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from badges.achievements.drawing import draw
from badges.credentials.models import Credential, ShareLink
from badges.issuers.models import Issuer
from journeys.models import Experience, Objective, Session
from journeys.portal.actions import account_of, give_link
from rtr import due, scope
from territories.accounts.enums import Role
from tests.badges.test_hosted import fetched
from tests.browser.conftest import SIZES, Person
from tests.cast import member
from tests.journeys.experiences import activity_of, attend, session_of, told
from tests.journeys.factories import JourneyFactory, join
from tests.journeys.papers import photo
from tests.journeys.recognition import LASER, a_badge
from tests.territories.mails import link_in, received

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPANY = "lea.martin@menuiserie.example"
SAID = "J’ai réglé la machine et découpé une enseigne."
CHOSEN = "J’ai appris à régler la machine."


@pytest.fixture
def addresses(settings, live_server):
    settings.BADGES_URL = settings.SITE_URL = live_server.url
    return live_server


@pytest.fixture
def laser(addresses, caen, le_dome):
    """« J'ai utilisé la découpe laser », that Le Dôme gives."""
    found = a_badge(caen, le_dome)
    found.name = LASER
    found.save()
    drawing = draw({"pictogram": "tools", "title": "Découpe laser", "shape": "hexagon"})
    found.versions.update(name=LASER, image_svg=drawing)
    return found


@pytest.fixture
def five(caen, le_dome, laser, referent):
    """Five people with a file, present yesterday; the first aims at this badge in her contract,
    and told what she did, with a photo."""
    with scope.over([caen.pk]):
        session = session_of(activity_of(caen, le_dome, "Atelier laser"), days=1)
        names = ("Kiwi", "Zaza", "Nour", "Lila", "Sami")
        people = [
            JourneyFactory(
                territory=caen,
                participant__nickname=name,
                participant__organisation=le_dome,
                contracted=True,
            )
            for name in names
        ]
        for number, journey in enumerate(people, start=1):
            account_of(journey.participant)
            join(journey, referent)
            attend(session, journey.participant, number=number)
        aims(people[0], laser, referent)
        story = Experience.objects.get(journey=people[0])
        told(story, by=people[0].participant.user, did=SAID, photo=photo())
    return people


def aims(journey, achievement, referent) -> None:
    agreed = {"person_agreed_on": journey.entry_on, "team_agreed_on": journey.entry_on}
    Objective.objects.create(
        territory=journey.territory,
        journey=journey,
        wording="Utiliser la découpe laser",
        achievement=achievement,
        agreed_by=referent,
        person_agreed_how="phone",
        **agreed,
    )


@pytest.fixture
def browsers(browser, addresses):
    """`browsers("phone")`, somebody more, with a browser of their own."""
    opened = []

    def somebody(screen: str) -> Person:
        context = browser.new_context(viewport=SIZES[screen], locale="fr-FR")
        opened.append(context)
        return Person(context.new_page(), addresses.url, screen)

    yield somebody
    for context in opened:
        context.close()


def signs() -> None:
    """What the workers do within a minute."""
    for name in ("badges.credential", "territories.accountmail"):
        due.run_due(name)


def gives(colleague: Person, user, page: str, session) -> None:
    """From the register or the session, everybody present ticked, in one gesture."""
    colleague.signs_in(user)
    colleague.opens(page, session.pk)
    colleague.follows("Décerner un badge")
    colleague.chooses("Badge", LASER)
    assert colleague.page.locator("input[name=numbers]:checked").count() == 5
    colleague.presses("Décerner aux personnes cochées")
    colleague.reads("Le badge est décerné")


def comes_in(kiwi_s: Person, journey, referent) -> None:
    with scope.over([journey.territory_id]):
        token = give_link(journey=journey, by=referent)
    kiwi_s.opens("portal_enter", token)
    kiwi_s.page.locator("main form button[type=submit]").first.click()
    kiwi_s.presses("Non, il sert à d’autres")


def finds(kiwi_s: Person) -> None:
    kiwi_s.follows("Mes badges")
    kiwi_s.follows(LASER)
    for words in ("Ce que dit ce badge", SAID, "Un objectif atteint", "Utiliser la découpe laser"):
        kiwi_s.reads(words)
    shown = "img => img.complete && img.naturalWidth > 0"
    photo_of_hers = kiwi_s.page.locator("img.told-photo")
    photo_of_hers.scroll_into_view_if_needed()
    kiwi_s.page.wait_for_function(f"({shown})(document.querySelector('img.told-photo'))")


def chooses_words(kiwi_s: Person) -> None:
    kiwi_s.follows("Choisir mes mots")
    kiwi_s.writes("Mes mots dans ce badge", CHOSEN)
    kiwi_s.presses("Mettre ces mots dans mon badge")
    kiwi_s.reads("C’est écrit dans votre badge.")
    signs()


def asks_support(kiwi_s: Person) -> str:
    """The path in the company's mail."""
    kiwi_s.follows("Demander un soutien")
    kiwi_s.writes("Son adresse e-mail", COMPANY)
    kiwi_s.presses("Oui, demander ce soutien")
    mail = received(COMPANY)
    assert LASER in mail and "Kiwi" not in mail and "insertion" not in mail
    return link_in(mail)


def supports(company: Person, path: str) -> None:
    company.page.goto(company.base + path)
    company.looks()
    company.writes("Pourquoi soutenez-vous ce badge", "Elle découpe avec soin.")
    company.writes("Votre prénom et votre nom", "Léa Martin")
    company.writes("Votre structure", "Menuiserie Martin")
    company.presses("Signer mon soutien")
    company.reads("Merci")
    signs()


def shows(kiwi_s: Person) -> str:
    """The address that the employer's phone reads in the drawing."""
    kiwi_s.opens("portal_badges")
    kiwi_s.follows(LASER)
    kiwi_s.reads("Elle découpe avec soin.")
    kiwi_s.follows("Montrer ce badge")
    kiwi_s.reads("Ce que les autres verront")
    assert kiwi_s.page.get_by_label("Un mois").is_checked()
    kiwi_s.presses("Oui, je suis d’accord")
    kiwi_s.page.locator("svg.qr").wait_for(state="visible")
    return kiwi_s.page.locator(".link-words").inner_text()


def their_own_verifier_agrees(url: str) -> None:
    issuer = Issuer.objects.get(organisation__isnull=False)
    verifier = OB3LdpVerifier.for_issuer_did(issuer.did)
    found = verifier.verify(
        fetched(url), check_status=True, verify_status_list=False, download=fetched
    )
    assert found.issuer.id == issuer.did


def reads_it(employer: Person, url: str) -> None:
    employer.page.goto(url)
    employer.looks()
    for words in (LASER, "Le Dôme", CHOSEN, "Elle découpe avec soin.", "Menuiserie Martin"):
        employer.reads(words)
    employer.reads("Badge vérifié à l’instant")
    text = employer.page.locator("body").inner_text()
    assert not re.search("Kiwi|Territoires Partagés|insertion|parcours", text)
    employer.follows("Refaire la vérification")
    employer.reads("Ce badge est authentique")


def takes_back(kiwi_s: Person) -> None:
    """Two taps from the list."""
    kiwi_s.opens("portal_shares")
    kiwi_s.follows("Ne plus montrer")
    kiwi_s.presses("Oui, arrêter")
    kiwi_s.reads("Le lien ne montre plus rien")


@pytest.fixture
def of_le_dome(caen, le_dome):
    """Who takes the register there."""
    return member("Malo", Role.ANIMATOR, le_dome, caen)


def test_from_the_register_to_an_employer_and_back(five, of_le_dome, referent, browsers):
    gives(browsers("desk"), of_le_dome, "register", Session.objects.get())
    signs()
    with scope.everything("test"):
        assert Credential.objects.signed().count() == 5
        assert Objective.objects.get().reached_on is not None

    kiwi_s = browsers("phone")
    comes_in(kiwi_s, five[0], referent)
    finds(kiwi_s)
    chooses_words(kiwi_s)
    supports(browsers("desk"), asks_support(kiwi_s))

    url = shows(kiwi_s)
    employer = browsers("phone")
    reads_it(employer, url)
    their_own_verifier_agrees(url)

    takes_back(kiwi_s)
    assert employer.page.goto(url).status == 410
    employer.looks()
    employer.reads("Ce badge n’est plus montré")
    with scope.everything("test"):
        assert ShareLink.objects.get().withdrawn_on is not None


def test_the_four_others_find_theirs_too(five, referent, browsers):
    gives(browsers("desk"), referent, "session", Session.objects.get())
    for journey in five[1:]:
        phone = browsers("phone")
        comes_in(phone, journey, referent)
        phone.opens("portal_badges")
        phone.reads(LASER)
        phone.reads("Bientôt prêt")
