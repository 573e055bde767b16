"""Our own badges, verified from the database: not one connection is made."""

import datetime
import json
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from badges.credentials import hooks
from badges.credentials.actions import award, collect, recover, revoke, share, withdraw
from badges.endorsements import actions as endorsing
from badges.issuers.actions import change_state, open_issuer, rotate
from badges.proofs import baking
from badges.verification import Verdict, verify
from tests.badges import proofs, strangers
from tests.badges.factories import DRAWING, a_version, signed
from tests.badges.strangers import Web
from tests.badges.strangers import le_dome as le_dome_of_others
from tests.badges.strangers import signed as signed_by_a_stranger

WORDS = "J’accepte que ce badge soit montré."


@pytest.fixture(autouse=True)
def nothing_is_asked(monkeypatch):
    """Anything that would leave fails the test."""
    web = Web()
    monkeypatch.setattr("rtr.lib.public_web.read", web)
    yield
    assert web.asked == []


@pytest.fixture
def link(badge, holder):
    until = timezone.now() + datetime.timedelta(days=30)
    return share(credential=badge, until=until, words=WORDS, by=holder.user)


def test_every_form_of_our_badges_is_genuine(badge):
    document = json.loads(badge.document)
    forms = [badge.document, document, badge.token, baking.bake_svg(DRAWING, document)]

    for form in forms:
        report = verify(form)
        assert report.verdict == Verdict.GENUINE, report.reason
        assert report.is_ours and report.told.own_image == str(badge.version.uuid)
        assert [check.ok for check in report.checks] == [True] * 7
        assert report.checks[-1].title == "L’émetteur fait partie du réseau"


def test_a_body_whose_site_has_no_plain_address_still_issues(le_dome, version, holder):
    le_dome.site = "https://moi:secret@ledome.example/"
    le_dome.full_clean()
    le_dome.save()
    theirs = open_issuer(organisation=le_dome, by=None)
    badge = signed(award(recipient=holder, version=version, issuer=theirs, by=None))

    assert verify(badge.document).is_genuine
    assert json.loads(badge.document)["issuer"]["url"] == theirs.base_url


def test_a_link_of_ours_leads_to_its_badge(badge, link):
    file = link.url + f"/{badge.uuid}.png"

    assert all(verify(url).is_genuine for url in (badge.url, link.url, file))


def test_a_badge_that_is_not_shown_is_not_found(badge):
    assert verify(badge.url).reason == "not_found"
    assert verify(badge.issuer.base_url).reason == "wrong_type"


def test_consent_taken_back_is_told_and_nothing_else(badge, link, holder):
    withdraw(link=link, by=holder.user)

    for url in (badge.url, link.url):
        report = verify(url)
        assert (report.verdict, report.told) == (Verdict.GONE, None)
        assert "La personne ne le montre plus" in report.words


def test_a_wallet_of_several_badges_asks_for_one(badge, holder, caen, le_dome, issuer, coordinator):
    version = a_version(caen, le_dome, code="souder")
    other = signed(award(recipient=holder, version=version, issuer=issuer, by=coordinator))
    wallet = collect(recipient=holder, name="À moi", credentials=[badge, other], by=holder.user)
    until = timezone.now() + datetime.timedelta(days=3)
    link = share(collection=wallet, until=until, words=WORDS, by=holder.user)

    assert verify(link.url).reason == "several"
    assert verify(other.url).is_genuine


def test_a_revoked_badge_is_said_so(badge):
    revoke(credential=badge, reason="mistake", by=None)

    for form in (badge.document, badge.token):
        assert verify(form).reason == "revoked"


def test_a_replaced_key_stays_good_and_a_struck_one_is_named(badge, issuer, coordinator):
    rotate(issuer=issuer, by=coordinator)
    assert verify(badge.document).is_genuine

    recover(key=badge.ed_key, by=coordinator, reason="Volée")
    report = verify(badge.document)
    assert (report.verdict, report.reason) == (Verdict.FALSE, "key_compromised")


def test_an_issuer_that_left_keeps_what_it_gave_before(badge, issuer, coordinator):
    change_state(issuer=issuer, state="left", by=coordinator)

    report = verify(badge.document)
    assert report.is_genuine
    assert (report.checks[-1].ok, report.checks[-1].why) == (None, "left_later")

    issuer.created_at -= datetime.timedelta(days=30)
    long_ago = timezone.localdate() - datetime.timedelta(days=9)
    change_state(issuer=issuer, state="left", by=coordinator, on=long_ago)
    assert verify(badge.document).reason == "issuer_left"


def test_a_shown_badge_tells_what_was_looked_at(badge, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        checks = hooks.checks_of(badge)

    assert all(check.ok for check in checks)


def test_an_endorsement_of_ours_tells_who_and_whether_it_stands(badge, in_caen, referent):
    asked, _token = endorsing.invite(
        subject=badge, territory=in_caen, by=referent, email="lea@x.example", is_agreed=True
    )
    row, _new = endorsing.give(endorsement=asked, comment="Je l’ai vu faire.", name="Léa Martin")
    document = signed(badge).document

    (one,) = verify(document).endorsements
    assert (one.name, one.ok, one.is_identified) == ("Léa Martin", True, False)

    endorsing.withdraw(endorsement=row, by=referent)
    report = verify(document)
    assert report.is_genuine
    assert [one.words for one in report.endorsements] == ["Ce soutien a été repris."]


def test_an_endorsement_that_borrows_an_identifier_of_ours_is_nobody_s_we_know(
    badge, in_caen, referent
):
    asked, _token = endorsing.invite(
        subject=badge, territory=in_caen, by=referent, email="lea@x.example", is_agreed=True
    )
    row, _new = endorsing.give(endorsement=asked, comment="Je l’ai vu faire.", name="Léa Martin")
    endorsing.vouch(endorsement=row, by=referent)
    borrowed = strangers.signed(proofs.support(id=row.url), did=proofs.ACME)

    (one,) = strangers.looked_at(strangers.badge(endorsements=[borrowed])).endorsements

    assert (one.host, one.is_identified) == ("badges.example", None)


# -- The page --------------------------------------------------------------------------------------

PAGE = "/verifier/"


def told(answer) -> str:
    return answer.content.decode()


def test_anybody_asks_without_an_account(client, db):
    answer = client.get(PAGE)

    assert answer.status_code == 200 and "Vérifier un badge" in told(answer)
    assert answer["Cache-Control"].startswith("max-age=0")


def test_a_pasted_badge_is_told_in_words(client, badge):
    answer = client.post(PAGE, {"words": badge.document})

    said = told(answer)
    assert answer.status_code == 200
    assert "Ce badge est authentique" in said and "Personne ne l’a changé" in said
    assert badge.version.name in said and badge.issuer.name in said
    assert reverse("achievement_svg", args=[badge.version.uuid]) in said


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"]
)
def test_dates_at_the_ends_of_time_are_told(client, db, monkeypatch, when):
    document = proofs.badge(valid_until=None) | {"awardedDate": when}
    given = signed_by_a_stranger(document | {"validUntil": "9999-12-31T23:59:59Z"})
    monkeypatch.setattr("rtr.lib.public_web.read", le_dome_of_others())

    page = client.post(PAGE, {"words": json.dumps(given)})

    assert page.status_code == 200 and "Ce badge est authentique" in told(page)
    monkeypatch.setattr("rtr.lib.public_web.read", Web())


def test_figures_of_a_signed_text_are_no_card_number(client, badge):
    words = badge.document.replace("Découper", "4111 1111 1111 1111")
    page = client.post(PAGE, {"words": words})

    assert page.status_code == 200 and "changé après la signature" in told(page)


def test_a_file_is_read(client, badge):
    svg = baking.bake_svg(DRAWING, badge.token).encode()
    file = SimpleUploadedFile("badge.svg", svg, "image/svg+xml")

    assert "Ce badge est authentique" in told(client.post(PAGE, {"file": file}))


def test_a_link_of_ours_is_verified_as_the_page_opens(client, badge, link):
    said = told(client.get(PAGE, {"lien": link.url}))

    assert "Ce badge est authentique" in said
    for address in (link.url, badge.url):
        page = client.get(address.partition("8000")[2], HTTP_ACCEPT="text/html")
        assert f"{PAGE}?lien={quote(address, safe='')}" in told(page)


@pytest.mark.parametrize("code, word", [("en", "genuine"), ("ar", "الشارة"), ("uk", "бейдж")])
def test_the_page_speaks_the_readers_language(client, badge, code, word):
    said = told(client.post(f"{PAGE}?langue={code}", {"words": badge.document}))

    assert f'lang="{code}"' in said and word in said.lower()


def test_a_link_of_others_waits_to_be_sent(client, db):
    said = told(client.get(PAGE, {"lien": "https://elsewhere.example/b"}))

    assert "https://elsewhere.example/b" in said and "Ce que nous avons regardé" not in said


def test_a_false_badge_shows_nothing_of_what_it_says(client, badge):
    forged = badge.document.replace("Découper au laser", "Docteur en médecine")

    said = told(client.post(PAGE, {"words": forged}))

    assert "Ce badge n’est pas authentique" in said and "Il a été changé" in said
    assert "Docteur" not in said


def test_nothing_given_is_asked_for(client, db):
    answer = client.post(PAGE, {})

    assert answer.status_code == 422 and "Choisissez un fichier, ou collez" in told(answer)


def test_characters_that_no_text_has_are_refused_kindly(client, db):
    assert client.post(PAGE, {"words": "a\0b"}).status_code == 422
    for words in ("\u202e<b>x", "😀" * 1000, "<svg/onload=alert(1)>", "\ud7ff"):
        answer = client.post(PAGE, {"words": words})
        assert answer.status_code == 200 and "Nous ne trouvons pas de badge" in told(answer)
        assert words not in told(answer)


def test_too_many_questions_wait(client, db, monkeypatch):
    monkeypatch.setattr("badges.verification.public.OF_ONE", 2)
    statuses = [client.post(PAGE, {"words": "x"}).status_code for _time in range(3)]

    assert statuses == [200, 200, 429]


def test_the_page_says_nothing_of_the_programme(client, badge, caen):
    said = told(client.post(PAGE, {"words": badge.document}))

    for secret in ("RTR", "Territoires", "talents", "programme", caen.name, "Nadia"):
        assert secret not in said
