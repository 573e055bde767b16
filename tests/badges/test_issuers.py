"""Issuers and their keys: opened once, replaced, struck; private halves never seen."""

import base64
import html
import json
import logging

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.views.debug import ExceptionReporter

from badges.credentials import signing
from badges.credentials.actions import award, recover, reissue, revoke
from badges.credentials.enums import State
from badges.endorsements import actions as endorsing
from badges.issuers import documents, status, vault
from badges.issuers.actions import compromise, open_endorser, open_issuer, rotate
from badges.issuers.enums import KeyState
from badges.issuers.models import LIST_SIZE, StatusList
from badges.issuers.vault import opened
from badges.models import Credential, IssuerKey
from badges.proofs import integrity, keys
from badges.proofs import status as bits
from badges.proofs.errors import ProofError
from rtr import scope
from rtr.lib import sealed
from tests.badges.factories import a_recipient, a_version, locks_of, signed


def trusted(credential) -> None:
    """As a verifier does: the key is that of the did document of today."""
    document = json.loads(credential.document)
    name = integrity.method(document)
    methods = documents.did_document(credential.issuer)["verificationMethod"]
    found = [one for one in methods if one["id"] == name]
    if not found:
        raise ProofError("wrong_method")
    integrity.verify(document, public_key=keys.from_multibase(found[0]["publicKeyMultibase"]))


def test_a_body_opens_its_issuer_once(le_dome, manager):
    first = open_issuer(organisation=le_dome, by=manager)

    assert open_issuer(organisation=le_dome, by=manager) == first
    assert sorted(first.keys.values_list("algorithm", flat=True)) == ["ed25519", "rsa"]
    assert first.status_lists.get().document


def test_its_did_holds_the_port_and_a_path(issuer, settings):
    settings.BADGES_URL = "http://127.0.0.1:8017"

    assert issuer.did == "did:web:127.0.0.1%3A8017:orgs:le-dome"


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("https://ledome.example/100%", "https://ledome.example/100%25"),
        ("https://jo:secret@ledome.example/", ""),
        ("https://[2001:db8::1]/", ""),
    ],
)
def test_a_site_that_no_signature_takes_holds_up_no_badge(le_dome, version, in_caen, site, told):
    le_dome.site = site
    issuer = open_issuer(organisation=le_dome, by=None)

    given = award(recipient=a_recipient(in_caen), version=version, issuer=issuer, by=None)

    assert documents.profile(issuer)["url"] == (told or issuer.base_url)
    assert signed(given).status == "done"


def test_two_of_one_name_have_two_addresses(db):
    slugs = [open_endorser(name="Café des images", by=None).slug for _ in range(2)]

    assert slugs == ["soutien-cafe-des-images", "soutien-cafe-des-images-2"]


def test_its_did_document_lists_keys_as_verifiers_want(issuer):
    document = documents.did_document(issuer)

    methods = document["verificationMethod"]
    assert {one["controller"] for one in methods} == {issuer.did}
    assert document["assertionMethod"] == [one["id"] for one in methods]
    assert all(one["id"].startswith(f"{issuer.did}#") for one in methods)
    assert "private" not in json.dumps(document) and '"d"' not in json.dumps(document)


# -- Keys that change ----------------------------------------------------------------------------


def test_after_a_rotation_old_badges_stay_good_and_new_ones_have_new_keys(badge, issuer, manager):
    old = badge.ed_key

    rotate(issuer=issuer, by=manager)

    trusted(badge)
    old.refresh_from_db()
    assert (old.state, old.private_sealed) == (KeyState.RETIRED, "")
    other = signed(
        award(recipient=a_recipient(badge.territory), version=badge.version, issuer=issuer, by=None)
    )
    assert other.ed_key != old
    trusted(other)


@pytest.mark.parametrize("algorithm", ["ed25519", "rsa"])
def test_a_compromised_key_is_struck_and_its_badges_signed_anew_in_one_act(
    badge, issuer, manager, algorithm
):
    key = issuer.keys.active().get(algorithm=algorithm)

    listed = recover(key=key, by=manager, reason="Ordinateur volé")

    if algorithm == "ed25519":
        with pytest.raises(ProofError, match="wrong_method"):
            trusted(badge)
    assert listed == [badge]
    again = signed(badge)
    trusted(again)
    assert key not in (again.ed_key, again.rsa_key)
    assert again.edition == 2


def test_or_they_are_taken_back_in_the_same_act(badge, issuer, manager):
    recover(key=badge.ed_key, by=manager, reason="Ordinateur volé", revoking=True)

    badge.refresh_from_db()
    assert (badge.state, badge.revoked_reason) == (State.REVOKED, "key")
    badge.status_list.refresh_from_db()
    assert badge.status_list.revoked == [badge.status_index]


def test_badges_are_locked_before_lists(badge, issuer, manager, referent, in_caen):
    """Else a badge taken back while a key is struck would stop both."""
    asked, _token = endorsing.invite(
        subject=badge, territory=in_caen, by=referent, email="lea@x.example", is_agreed=True
    )
    row, _new = endorsing.give(endorsement=asked, comment="Je l’ai vu faire.", name="Léa Martin")
    signed(badge)
    for act in (
        lambda: endorsing.withdraw(endorsement=row, by=referent),
        lambda: recover(key=badge.ed_key, by=manager, reason="Ordinateur volé"),
        lambda: revoke(credential=badge, reason="mistake", by=manager),
    ):
        with locks_of() as tables:
            act()
        assert tables.index("badges_credential") < tables.index("badges_statuslist")


def test_a_badge_to_sign_does_not_hold_up_who_strikes_a_key(awarded, issuer):
    """Its row, which they want, is let go at once; it is signed a little later."""
    other = connection.copy()
    try:
        with other.cursor() as cursor, connection.cursor() as ours:
            cursor.execute("select pg_advisory_lock(%s, %s)", [signing.LOCK, issuer.pk])
            ours.execute("set local lock_timeout = '1s'")
            waiting = signed(awarded)
    finally:
        other.close()

    assert (waiting.status, waiting.attempts, waiting.last_error) == ("due", 0, "")
    Credential.objects.update(due_at=timezone.now())
    assert signed(awarded).status == "done"


def test_the_badges_of_every_territory_are_found(badge, issuer, vallees, manager):
    with scope.over([vallees.pk]):
        away = a_recipient(vallees)
        other = signed(award(recipient=away, version=badge.version, issuer=issuer, by=None))
    with scope.over([badge.territory_id]):
        listed = recover(key=badge.ed_key, by=manager, reason="Ordinateur volé")

    assert {one.pk for one in listed} == {badge.pk, other.pk}


def test_a_retired_key_may_be_struck_too_once(badge, issuer, manager):
    old = badge.ed_key
    rotate(issuer=issuer, by=manager)

    assert compromise(key=old, by=manager, reason="Ancienne sauvegarde perdue") is None
    with pytest.raises(ValidationError, match="déjà"):
        compromise(key=old, by=manager, reason="encore")
    with pytest.raises(ValidationError, match="ce qui s’est passé"):
        compromise(key=issuer.keys.active().first(), by=manager, reason=" ")


def forms_of(private) -> list[str]:
    """How a private key would read, were it written somewhere."""
    raw, kept = private.private_bytes_raw(), keys.private_bytes(private)
    return [form(part) for part in (raw, kept) for form in (bytes.hex, keys.base58, _base64, repr)]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def test_no_private_key_in_words_rows_or_logs(issuer, caplog):
    key = issuer.keys.active().get(algorithm="ed25519")
    forms = forms_of(opened(key))
    with connection.cursor() as cursor:  # what a dump holds
        cursor.execute("select row_to_json(k)::text from badges_issuerkey k")
        shown = [row for (row,) in cursor.fetchall()]
    with caplog.at_level(logging.DEBUG):
        rotate(issuer=issuer, by=None)

    shown += [repr(key), str(key), str(key.__dict__), caplog.text]
    assert [form for form in forms for text in shown if form in text] == []


def test_no_private_key_on_an_error_page(rf, monkeypatch):
    """Django's own, which shows the variables of each frame: sealing fails, a key in its hands."""
    private = keys.new_ed25519()
    monkeypatch.setattr("rtr.lib.sealed._keys", lambda: 1 / 0)

    def page(function, *given) -> str:
        with pytest.raises(ZeroDivisionError) as failed:
            function(*given)
        how = (failed.type, failed.value, failed.tb)
        return ExceptionReporter(rf.get("/"), *how).get_traceback_html()

    def found(text):
        return [form for form in forms_of(private) if form in html.unescape(text)]

    assert found(page(vault.sealed, private)) == []
    bare = _base64(keys.private_bytes(private))
    assert found(page(sealed.seal, bare))  # the control: elsewhere, it would be shown


def test_a_dump_of_the_tables_says_nothing_either(issuer, capsys):
    call_command("dumpdata", "badges.issuerkey")

    assert "PRIVATE" not in capsys.readouterr().out


# -- The public address --------------------------------------------------------------------------


def refused(databases=("default",)) -> list[str]:
    return [one.msg for one in run_checks(databases=databases) if one.id == "badges.E001"]


def test_the_address_may_change_until_a_badge_is_signed(awarded, settings):
    settings.BADGES_URL = "https://ailleurs.example"
    assert refused() == []

    signed(awarded)
    assert refused() == []
    settings.BADGES_URL = "https://encore.example"
    (why,) = refused()
    assert "https://ailleurs.example" in why and "BADGES_URL" in why


# -- Status lists --------------------------------------------------------------------------------


def test_places_are_drawn_once_each_and_tell_no_order(issuer):
    drawn = [index for _list, index in status.take(issuer=issuer, count=2000)]

    assert len(set(drawn)) == 2000
    assert all(0 <= index < LIST_SIZE for index in drawn)
    assert drawn != sorted(drawn)
    assert max(drawn) > LIST_SIZE * 0.9 and min(drawn) < LIST_SIZE * 0.1


def test_every_place_of_a_list_is_drawn():
    small = StatusList(size=1000, seed="00" * 16)

    assert sorted(status.place(small, rank) for rank in range(1000)) == list(range(1000))


def test_a_list_that_is_full_is_followed_by_another(issuer):
    StatusList.objects.update(given=LIST_SIZE - 1)

    numbers = [one.number for one, _index in status.take(issuer=issuer, count=3)]

    assert numbers == [1, 2, 2]


def test_the_list_says_who_is_revoked_and_is_signed_by_its_issuer(badge, issuer):
    before = badge.status_list.etag
    status.revoke(entries=[(badge.status_list_id, badge.status_index)])

    one = StatusList.objects.get(pk=badge.status_list_id)
    document = json.loads(one.document)
    key = issuer.keys.active().get(algorithm="ed25519")
    integrity.verify(document, public_key=keys.from_multibase(key.public_multibase))
    assert one.etag != before
    with pytest.raises(ProofError, match="revoked"):
        bits.check(json.loads(badge.document), document)


def test_an_erased_badge_keeps_its_bit(badge, issuer):
    status.revoke(entries=[(badge.status_list_id, badge.status_index)])
    index = badge.status_index
    Credential.objects.all().delete()

    status.rebuild_all(issuer)
    assert issuer.status_lists.get().revoked == [index]


def test_each_body_has_its_own_list_and_keys(issuer, le_wip, caen):
    other = open_issuer(organisation=le_wip, by=None)
    a_version(caen, le_wip)

    assert other.status_lists.get() != issuer.status_lists.get()
    assert IssuerKey.objects.count() == 4


# -- From the command line -------------------------------------------------------------------------


def test_keys_are_replaced_or_struck_from_the_command_line(badge, issuer, capsys):
    call_command("rotate_keys", issuer.slug)
    assert "clés remplacées" in capsys.readouterr().out
    again = signed(reissue(credential=badge, by=None))

    call_command("rotate_keys", issuer.slug, compromised="Disque volé", revoke=True)

    assert str(badge.uuid) in capsys.readouterr().out
    again.refresh_from_db()
    assert again.state == State.REVOKED
    assert issuer.keys.active().count() == 2
