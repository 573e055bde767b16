"""A badge's life: awarded at once, signed within a minute, re-issued, revoked."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from badges.credentials.actions import Evidence, award, award_many, reissue, revoke
from badges.credentials.enums import RevokeReason, State
from badges.issuers.actions import change_state, open_endorser, open_network, speak_through
from badges.issuers.documents import profile
from badges.issuers.enums import State as IssuerState
from badges.issuers.vault import opened
from badges.models import Credential, Endorsement, IssuerKey
from badges.proofs import documents, integrity, jwt, keys
from badges.proofs.errors import ProofError
from rtr import scope
from rtr.due import Status, run_due
from tests.badges.factories import a_recipient, signed

HOUR = datetime.timedelta(hours=1)


def document(badge) -> dict:
    return json.loads(badge.document)


def test_a_badge_is_somebodys_at_once_and_signed_by_the_due_rows(awarded, issuer):
    assert (awarded.state, awarded.status, awarded.document) == (State.AWARDED, Status.DUE, "")

    badge = signed(awarded)

    assert (badge.state, badge.status) == (State.SIGNED, Status.DONE)
    ed, rsa = badge.ed_key, badge.rsa_key
    integrity.verify(document(badge), public_key=keys.from_multibase(ed.public_multibase))
    jwt.verify(badge.token, public_jwk=rsa.public_jwk | {"kid": rsa.method})
    assert document(badge)["id"] == badge.url
    assert document(badge)["issuer"]["id"] == issuer.did
    assert document(badge)["credentialSubject"]["id"] == f"urn:uuid:{badge.subject}"


def test_the_second_one_is_signed_by_the_template_of_the_first(badge, version, in_caen, issuer):
    version.refresh_from_db()
    assert len(version.templates) == 1

    other = award(recipient=a_recipient(in_caen), version=version, issuer=issuer, by=None)

    other = signed(other)
    public = keys.from_multibase(other.ed_key.public_multibase)
    integrity.verify(document(other), public_key=public)
    version.refresh_from_db()
    assert len(version.templates) == 1


def test_what_the_person_chose_to_show_is_in_it_and_nothing_else_of_them(
    holder, version, issuer, coordinator
):
    evidence = Evidence("J’ai découpé\tune \u202eboîte 🧰", "https://photo.example/1")
    badge = award(
        recipient=holder,
        version=version,
        issuer=issuer,
        by=coordinator,
        evidence=evidence,
        email="Kiwi@Exemple.fr",
    )

    said = document(signed(badge))
    assert said["evidence"][0]["narrative"] == "J’ai découpé une boîte 🧰"
    assert said["evidence"][0]["id"] == "https://photo.example/1"
    identity = said["credentialSubject"]["identifier"][0]
    assert identity["identityHash"].startswith("sha256$") and identity["salt"]
    text = json.dumps(said, ensure_ascii=False).lower()
    for secret in ("exemple.fr", "territoires", "nadia", "insertion", str(holder.uuid)):
        assert secret not in text


def test_all_who_were_there_are_awarded_in_one_gesture_and_nobody_twice(
    in_caen, version, issuer, badge, holder, coordinator
):
    people = [a_recipient(in_caen) for _ in range(4)]

    new = award_many(
        recipients=[holder, *people, people[0]], version=version, issuer=issuer, by=coordinator
    )

    assert {one.recipient_id for one in new} == {one.pk for one in people}
    assert len({one.batch for one in new}) == 1
    assert len({one.status_index for one in new} | {badge.status_index}) == 5
    run_due("badges.credential")
    assert Credential.objects.signed().filter(batch=new[0].batch).count() == 4


def test_a_badge_is_not_given_twice_but_again_once_revoked(badge, holder, version, issuer):
    with pytest.raises(ValidationError, match="déjà ce badge"):
        award(recipient=holder, version=version, issuer=issuer, by=None)

    revoke(credential=badge, reason=RevokeReason.MISTAKE, by=None)
    assert award(recipient=holder, version=version, issuer=issuer, by=None).pk != badge.pk


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("draft", "pas publié"),
        ("suspended", "ne délivre pas"),
        ("left", "ne délivre pas"),
        ("future", "a eu lieu"),
    ],
)
def test_what_may_not_be_awarded_is_refused_in_words(why, words, holder, version, issuer):
    on = None
    if why == "draft":
        version.published_on = None
    elif why == "future":
        on = timezone.now() + HOUR
    else:
        change_state(issuer=issuer, state=IssuerState(why), by=None)

    with pytest.raises(ValidationError, match=words):
        award(recipient=holder, version=version, issuer=issuer, by=None, on=on)


def test_a_text_far_too_long_is_refused_before_anything_is_written(holder, version, issuer):
    with pytest.raises(ProofError):
        award(
            recipient=holder,
            version=version,
            issuer=issuer,
            by=None,
            evidence=Evidence("a" * 10_001),
        )
    assert not Credential.objects.exists()


def test_a_body_whose_name_would_say_too_much_lets_the_network_speak(
    holder, version, issuer, caen, manager
):
    network = open_network(programme=caen.programme, name="Réseau des ateliers", by=manager)
    speak_through(issuer=issuer, neutral=network, by=manager)

    badge = signed(award(recipient=holder, version=version, issuer=issuer, by=manager))

    assert badge.issuer == network and badge.organisation == issuer.organisation
    assert issuer.name not in badge.document and issuer.slug not in badge.document


def test_issued_again_it_keeps_its_id_and_its_first_date(badge, coordinator):
    before = document(badge)

    again = signed(
        reissue(credential=badge, by=coordinator, evidence=Evidence("Une photo de plus"))
    )

    after = document(again)
    assert (after["id"], after["awardedDate"]) == (before["id"], before["awardedDate"])
    assert after["validFrom"] > before["validFrom"]
    assert after["evidence"][0]["narrative"] == "Une photo de plus"
    assert (again.edition, again.state) == (2, State.SIGNED)


def test_until_it_is_signed_again_the_former_document_stands(badge):
    again = reissue(credential=badge, by=None)

    assert (again.state, again.status) == (State.SIGNED, Status.DUE)
    assert again.document == badge.document


def test_it_expires_if_its_model_says_so(in_caen, holder, version, issuer):
    version.validity_months = 12
    version.save()
    long_ago = timezone.now() - datetime.timedelta(days=400)

    old = award(recipient=holder, version=version, issuer=issuer, by=None, on=long_ago)

    assert old.is_expired and old not in Credential.objects.live()
    ends = document(signed(old))["validUntil"]
    assert ends[:4] == str(old.valid_until.year)
    again = signed(reissue(credential=old, by=None))
    assert again.is_expired and document(again)["validUntil"] == ends


def test_issued_again_it_lasts_no_longer(in_caen, holder, version, issuer):
    version.validity_months = 12
    version.save()
    then = timezone.now() - datetime.timedelta(days=300)
    badge = signed(award(recipient=holder, version=version, issuer=issuer, by=None, on=then))

    again = signed(reissue(credential=badge, by=None, evidence=Evidence("Un mot de plus")))

    assert again.valid_from > badge.valid_from
    assert again.valid_until == badge.valid_until


def test_revoking_sets_its_bit_and_keeps_why(badge, coordinator):
    gone = revoke(
        credential=badge, reason=RevokeReason.OTHER, words="Erreur de nom", by=coordinator
    )

    gone.refresh_from_db()
    assert (gone.state, gone.revoked_by, gone.revoked_words) == (
        State.REVOKED,
        coordinator,
        "Erreur de nom",
    )
    gone.status_list.refresh_from_db()
    assert gone.status_list.revoked == [gone.status_index]


def test_revoking_twice_or_without_a_reason_is_refused_in_words(badge):
    with pytest.raises(ValidationError, match="en quelques mots"):
        revoke(credential=badge, reason=RevokeReason.OTHER, by=None)
    with pytest.raises(ValidationError, match="Choisissez"):
        revoke(credential=badge, reason="humeur", by=None)
    revoke(credential=badge, reason=RevokeReason.ASKED, by=None)
    with pytest.raises(ValidationError, match="déjà annulé"):
        revoke(credential=badge, reason=RevokeReason.ASKED, by=None)
    with pytest.raises(ValidationError, match="annulé"):
        reissue(credential=badge, by=None)


def test_revoked_before_it_is_signed_it_never_is(awarded):
    revoke(credential=awarded, reason=RevokeReason.MISTAKE, by=None)

    run_due("badges.credential")

    awarded.refresh_from_db()
    assert (awarded.state, awarded.status, awarded.document) == (
        State.REVOKED,
        Status.CANCELLED,
        "",
    )


def test_a_key_that_cannot_be_opened_leaves_the_badge_due(awarded, settings):
    settings.ENCRYPTION_KEYS = ["une autre clé"]
    run_due("badges.credential")

    awarded.refresh_from_db()
    assert (awarded.status, awarded.state, awarded.attempts) == (Status.DUE, State.AWARDED, 1)
    assert "InvalidToken" in awarded.last_error


def test_the_address_of_the_first_badge_is_held(badge, holder, version, issuer, settings):
    settings.BADGES_URL = "https://ailleurs.example"
    again = reissue(credential=badge, by=None)

    run_due("badges.credential")

    again.refresh_from_db()
    assert again.status == Status.DUE and "AddressChanged" in again.last_error


def test_a_badge_of_another_territory_is_unknown(badge, caen, marseille, coordinator_of_marseille):
    with scope.over([marseille.pk]):
        assert not Credential.objects.exists()
    with scope.everything("test"):
        assert not Credential.objects.visible_to(coordinator_of_marseille).exists()


def test_who_knows_of_a_badge(badge, holder, coordinator, manager, referent, animator, in_caen):
    def knows(user):
        return badge in Credential.objects.visible_to(user)

    assert knows(holder.user) and knows(coordinator) and knows(manager)
    assert not knows(referent) and not knows(animator) and not knows(a_recipient(in_caen).user)


def test_signing_asks_little_of_the_database(badge, in_caen, version, issuer):
    other = award(recipient=a_recipient(in_caen), version=version, issuer=issuer, by=None)
    with connection.execute_wrapper(counted := _Counter()):
        run_due("badges.credential")

    assert Credential.objects.get(pk=other.pk).document
    assert counted.count <= 16  # one badge, and the look for the next
    assert IssuerKey.objects.count() == 2


class _Counter:
    count = 0

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)


def test_what_others_say_of_it_enters_when_it_is_issued_again(badge, coordinator):
    """The endorsement itself is signed by its own issuer (badges/endorsements)."""
    endorser = open_endorser(name="Café des images", by=None)
    key = endorser.keys.active().get(algorithm="ed25519")
    now = timezone.now()
    said = integrity.sign(
        documents.endorsement(
            id="urn:uuid:11111111-1111-4111-8111-111111111111",
            issuer=profile(endorser),
            subject=f"urn:uuid:{badge.subject}",
            comment="Je confirme.",
            valid_from=now,
        ),
        key=opened(key),
        method=key.method,
        created=now,
    )
    Endorsement.objects.create(
        territory=badge.territory,
        credential=badge,
        agreed_on=now,
        state="given",
        endorser=endorser,
        answered_on=now,
        document=json.dumps(said),
    )

    again = signed(reissue(credential=badge, by=coordinator))

    assert document(again)["endorsement"] == [said]
    public = keys.from_multibase(again.ed_key.public_multibase)
    integrity.verify(document(again), public_key=public)
