"""Endorsements: asked with the holder's wish, given once, signed, carried, taken back."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from badges.achievements.documents import url_of
from badges.credentials.actions import reissue, revoke
from badges.endorsements import actions, hooks, identity
from badges.endorsements.actions.inviting import sha256_of
from badges.endorsements.models import Endorsement
from badges.issuers import documents
from badges.issuers.actions import rotate
from badges.proofs import integrity, keys
from rtr import scope
from territories.accounts.mails import AccountMail
from territories.models import ConsortiumMember, Organisation
from tests.badges.factories import an_issuer, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cafe(caen):
    """A company of the consortium, known by its address."""
    body = Organisation.objects.create(
        name="Café des images", slug="cafe", kind="culture", email="bonjour@cafe.example"
    )
    ConsortiumMember.objects.create(
        programme=caen.programme,
        organisation=body,
        role="partner",
        from_on=timezone.localdate() - datetime.timedelta(days=9),
    )
    return body


def asked(subject, territory, by, email="lea@ailleurs.example", **more):
    """Somebody asked; the invitation and its token."""
    more = {"is_agreed": True} | more
    return actions.invite(subject=subject, territory=territory, by=by, email=email, **more)


def given(subject, territory, by, **more):
    row, _token = asked(subject, territory, by, **more)
    return actions.give(endorsement=row, comment="Je l’ai vu faire.", name="Léa Martin")


def embedded(badge) -> list[str]:
    badge = signed(badge)
    return [one["id"] for one in json.loads(badge.document).get("endorsement", [])]


def test_an_endorsement_is_signed_by_who_gives_it_and_enters_the_badge(badge, in_caen, referent):
    row, _token = given(badge, in_caen, referent)

    document = json.loads(row.document)
    assert document["credentialSubject"] == {
        "id": f"urn:uuid:{badge.subject}",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Je l’ai vu faire.",
    }
    assert document["issuer"]["name"] == "Léa Martin"
    assert "lea@ailleurs" not in row.document
    key = keys.from_multibase(row.key.public_multibase)
    integrity.verify(document, public_key=key)
    assert row.endorser.kind == "endorser"
    assert embedded(badge) == [row.url]
    badge.refresh_from_db()
    assert badge.edition == 2


def test_the_mail_says_what_the_badge_says_and_no_more(badge, in_caen, referent):
    asked(badge, in_caen, referent, name_shown="Kiwi")

    mail = AccountMail.objects.get()
    assert "Découper au laser" in mail.body and "Le Dôme" in mail.body
    for word in ("Kiwi", "Karim", "Territoires Partagés", "Caen", "parcours"):
        assert word not in mail.body + mail.subject


def test_nobody_is_asked_about_a_badge_without_its_holder(badge, in_caen, referent):
    with pytest.raises(ValidationError, match="d’accord"):
        asked(badge, in_caen, referent, is_agreed=False)
    assert not AccountMail.objects.exists()


def test_a_link_serves_once(badge, in_caen, referent):
    row, token = asked(badge, in_caen, referent)
    actions.give(endorsement=row, comment="Oui.", name="Léa")

    assert actions.behind(token) is None
    with pytest.raises(ValidationError, match="ne marche plus"):
        actions.give(endorsement=row, comment="Encore.", name="Léa")
    assert Endorsement.objects.given().get().comment == "Oui."


def test_a_link_ends_one_day(badge, in_caen, referent):
    row, token = asked(badge, in_caen, referent)
    Endorsement.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))

    assert actions.behind(token) is None
    with pytest.raises(ValidationError, match="ne marche plus"):
        actions.give(endorsement=row, comment="Trop tard.", name="Léa")


def test_who_reads_the_mail_of_a_body_is_known_by_it(badge, in_caen, referent, cafe):
    row, _token = given(badge, in_caen, referent, email="Lea@CAFE.example")

    assert (row.identity, row.organisation) == ("domain", cafe)
    assert row.endorser.name == "Léa Martin, Café des images"


@pytest.mark.parametrize(
    "email", ["lea@ailleurs.example", "lea@cafe.example.ailleurs.example", "lea@gmail.com"]
)
def test_any_other_address_is_not_verified(badge, in_caen, referent, cafe, email):
    cafe.email = "cafe@gmail.com"
    cafe.site = "https://www.cafe.example/"
    cafe.save()

    row, _token = given(badge, in_caen, referent, email=email)

    assert (row.identity, row.organisation) == ("none", None)


def test_a_printed_link_proves_nothing_whatever_is_written(badge, in_caen, referent, cafe):
    row, _token = asked(badge, in_caen, referent, email="", organisation=cafe)
    row, _token = actions.give(endorsement=row, comment="Oui.", name="Léa", body="Café des images")

    assert (row.identity, row.organisation) == ("none", None)


def test_a_body_that_left_the_consortium_verifies_nobody(badge, in_caen, referent, cafe):
    ConsortiumMember.objects.update(until_on=timezone.localdate())

    assert given(badge, in_caen, referent, email="lea@cafe.example")[0].identity == "none"


def test_a_colleague_says_who_endorsed(badge, in_caen, referent):
    row, _token = given(badge, in_caen, referent)
    before = row.document

    actions.vouch(endorsement=row, by=referent)

    row.refresh_from_db()
    assert (row.identity, row.vouched_by, row.document) == ("member", referent, before)
    with pytest.raises(ValidationError):
        actions.vouch(endorsement=row, by=referent)


def test_the_same_person_keeps_their_keys(badge, version, in_caen, referent):
    first, _token = given(badge, in_caen, referent)
    second, _token = given(version, in_caen, referent)
    printed, _token = given(version, in_caen, referent, email="")

    assert second.endorser == first.endorser
    assert printed.endorser != first.endorser


# -- Oneself ---------------------------------------------------------------------------------------


def test_one_does_not_endorse_ones_own_badge(badge, holder, in_caen, referent, monkeypatch):
    row, _token = asked(badge, in_caen, referent)
    with pytest.raises(ValidationError, match="son propre badge"):
        actions.give(endorsement=row, comment="Je suis bon.", name="Kiwi", by=holder.user)
    monkeypatch.setattr(hooks, "is_holder", lambda pk, email: email == "kiwi@exemple.example")
    with pytest.raises(ValidationError, match="son propre badge"):
        asked(badge, in_caen, referent, email="Kiwi@Exemple.example ")


def test_an_address_inside_the_badge_is_its_holder_s(badge, in_caen, referent):
    hashed = identity.documents.identity("kiwi@exemple.example")
    badge.identity_hash, badge.identity_salt = hashed["identityHash"], hashed["salt"]
    badge.identity_kind = "emailAddress"
    badge.save()

    with pytest.raises(ValidationError, match="son propre badge"):
        asked(badge, in_caen, referent, email="KIWI@exemple.example")


def test_a_body_does_not_endorse_what_it_issues(badge, version, issuer, in_caen, referent, le_dome):
    for subject in (badge, version, issuer):
        with pytest.raises(ValidationError, match="délivre elle-même"):
            actions.offer(
                subject=subject,
                territory=in_caen,
                by=referent,
                organisation=le_dome,
                comment="Nous sommes les meilleurs.",
            )


# -- In the name of a house ------------------------------------------------------------------------


def test_a_house_signs_with_its_own_key(version, issuer, in_caen, activity_referent, le_wip):
    theirs = an_issuer(le_wip)
    how = {"by": activity_referent, "organisation": le_wip, "territory": in_caen}

    rows = [actions.offer(subject=one, comment="Utile.", **how) for one in (version, issuer)]

    assert {row.endorser for row in rows} == {theirs}
    assert {row.identity for row in rows} == {"member"}
    subjects = [json.loads(row.document)["credentialSubject"]["id"] for row in rows]
    assert subjects == [url_of(version), issuer.did]
    with pytest.raises(ValidationError, match="déjà soutenu"):
        actions.offer(subject=version, comment="Encore.", **how)


def test_a_house_without_keys_is_told_what_to_do(version, in_caen, activity_referent, le_wip):
    with pytest.raises(ValidationError, match="clé pour signer"):
        actions.offer(
            subject=version,
            territory=in_caen,
            by=activity_referent,
            organisation=le_wip,
            comment="Utile.",
        )


# -- Taken back ------------------------------------------------------------------------------------


def test_a_badge_is_issued_again_without_what_was_taken_back(badge, in_caen, referent):
    row, token = given(badge, in_caen, referent)
    assert embedded(badge) == [row.url]
    assert actions.behind(token) == row

    actions.withdraw(endorsement=row)

    assert embedded(badge) == []
    row.refresh_from_db()
    assert (row.state, row.comment, row.document, row.invited_email) == ("withdrawn", "", "", "")
    row.status_list.refresh_from_db()
    assert row.status_index in row.status_list.revoked
    assert actions.behind(token) is None
    with pytest.raises(ValidationError, match="déjà retiré"):
        actions.withdraw(endorsement=row)


def test_what_is_said_of_a_model_leaves_every_badge_that_carries_it(
    badge, version, in_caen, referent
):
    row, _token = given(version, in_caen, referent)
    assert embedded(badge) == []  # not yet: nobody issued it again
    reissue(credential=badge, by=referent)
    assert embedded(badge) == [row.url]

    actions.withdraw(endorsement=row, by=referent)

    assert embedded(badge) == []


def test_a_no_forgets_whom_it_was_for(badge, in_caen, referent):
    row, token = asked(badge, in_caen, referent)
    actions.decline(endorsement=row)

    row.refresh_from_db()
    assert (row.state, row.invited_email, row.token_sha256) == ("declined", "", None)
    assert actions.behind(token) is None


def test_a_link_that_nobody_answered_is_closed(badge, in_caen, referent):
    row, _token = asked(badge, in_caen, referent)
    actions.cancel(endorsement=row, by=referent)

    assert not Endorsement.objects.exists()


# -- What is not endorsed any more -----------------------------------------------------------------


def test_a_revoked_badge_is_not_endorsed(badge, in_caen, referent):
    row, _token = asked(badge, in_caen, referent)
    revoke(credential=badge, reason="mistake", by=referent)

    with pytest.raises(ValidationError, match="plus valable"):
        actions.give(endorsement=row, comment="Oui.", name="Léa")
    badge.refresh_from_db()
    with pytest.raises(ValidationError, match="plus valable"):
        asked(badge, in_caen, referent, email="autre@ailleurs.example")


def test_a_draft_is_not_endorsed(version, in_caen, referent):
    version.achievement.status = "draft"
    version.achievement.save()

    with pytest.raises(ValidationError, match="pas publié"):
        asked(version, in_caen, referent)


def test_one_address_is_asked_once_and_not_by_the_hundred(badge, in_caen, referent):
    asked(badge, in_caen, referent)
    with pytest.raises(ValidationError, match="déjà reçu"):
        asked(badge, in_caen, referent)
    for number in range(19):
        asked(badge, in_caen, referent, email=f"a{number}@ailleurs.example")
    with pytest.raises(ValidationError, match="Vingt"):
        asked(badge, in_caen, referent, email="")


@pytest.mark.parametrize(
    ("comment", "kept"), [("  Bien\x00 vu\u202e\t👍 ", "Bien vu 👍"), ("é" * 2000, "é" * 2000)]
)
def test_words_are_signed_clean(badge, in_caen, referent, comment, kept):
    row, _token = asked(badge, in_caen, referent)
    row, _token = actions.give(endorsement=row, comment=comment, name="Léa")

    assert row.comment == kept
    assert json.loads(row.document)["credentialSubject"]["endorsementComment"] == kept


# -- Keys ------------------------------------------------------------------------------------------


def test_a_compromised_key_s_endorsements_are_signed_anew(
    badge, version, in_caen, activity_referent, manager, le_wip
):
    theirs = an_issuer(le_wip)
    row = actions.offer(
        subject=version,
        territory=in_caen,
        by=activity_referent,
        organisation=le_wip,
        comment="Utile.",
    )
    reissue(credential=badge, by=manager)
    assert embedded(badge) == [row.url]
    old = row.key

    actions.recover(key=old, by=manager, reason="Un ordinateur volé.")

    row.refresh_from_db()
    assert row.key != old and row.key.state == "active"
    inside = json.loads(signed(badge).document)["endorsement"][0]
    integrity.verify(inside, public_key=keys.from_multibase(row.key.public_multibase))
    listed = json.dumps(documents.did_document(theirs))
    assert old.kid not in listed and row.key.kid in listed


def test_a_replaced_key_s_endorsements_stay_as_they_are(
    version, in_caen, activity_referent, manager, le_wip
):
    theirs = an_issuer(le_wip)
    row = actions.offer(
        subject=version,
        territory=in_caen,
        by=activity_referent,
        organisation=le_wip,
        comment="Utile.",
    )
    rotate(issuer=theirs, by=manager)

    assert row.key.kid in json.dumps(documents.did_document(theirs))


def test_badges_revoked_with_a_key_lose_its_endorsements(
    badge, in_caen, activity_referent, manager, le_wip
):
    an_issuer(le_wip)
    row, _token = asked(badge, in_caen, activity_referent, organisation=le_wip)
    row = actions.offer(
        endorsement=row, by=activity_referent, organisation=le_wip, comment="Utile."
    )

    actions.recover(key=row.key, by=manager, reason="Volée.", revoking=True)

    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert embedded(badge) == []


# -- Who knows of them -----------------------------------------------------------------------------


def test_a_house_knows_what_it_is_asked(badge, in_caen, referent, activity_referent, le_wip):
    asked(badge, in_caen, referent, organisation=le_wip)
    asked(badge, in_caen, referent, email="autre@ailleurs.example")

    seen = Endorsement.objects.visible_to(activity_referent)
    assert [row.organisation for row in seen] == [le_wip]


def test_the_second_wall_hides_those_of_elsewhere(badge, in_caen, referent, marseille):
    row, token = asked(badge, in_caen, referent)
    with scope.over([marseille.pk]):
        assert not Endorsement.objects.filter(token_sha256=sha256_of(token)).exists()
        assert actions.behind(token) == row  # a link says where it is about
