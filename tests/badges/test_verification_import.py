"""Badges of others in a wallet: verified as they come, refused kindly, verified again."""

import pytest
from django.core.exceptions import ValidationError

from badges.credentials.models import ForeignBadge
from badges.verification import actions
from badges.verification.actions import import_foreign, recheck
from rtr.lib.public_web import Refused
from tests.badges import proofs, strangers
from tests.badges.strangers import as_text, assertion, badge, le_dome, old_web, token


def kept(holder, source, web=None) -> ForeignBadge:
    return import_foreign(holder, source, opener=web or le_dome())


def test_a_genuine_badge_of_others_is_kept_with_what_was_verified(holder):
    one = kept(holder, as_text(badge()))

    assert (one.kind, one.name, one.issuer_name) == (
        "ob3_json",
        "J’ai utilisé la découpe laser",
        "Le Dôme",
    )
    assert one.is_genuine and one.verified_on and one.territory_id == holder.territory_id
    assert [check["ok"] for check in one.checks] == [True] * 6
    assert all(check["words"].endswith(".") for check in one.checks)


@pytest.mark.parametrize(
    "source, web, kind", [(token, le_dome, "ob3_jwt"), (lambda: assertion()["id"], old_web, "ob2")]
)
def test_tokens_and_older_badges_are_kept_too(holder, source, web, kind):
    assert kept(holder, source(), web()).kind == kind


def test_given_twice_it_is_kept_once(holder):
    first, second = (kept(holder, as_text(badge())) for _time in range(2))

    assert first.pk == second.pk and holder.foreign_badges.count() == 1


@pytest.mark.parametrize(
    "source, reason",
    [
        (lambda: as_text(badge() | {"name": "Autre"}), "bad_signature"),
        (lambda: as_text(badge(valid_until=strangers.days(-1))), "expired"),
        (lambda: "https://elsewhere.example/b", "unreachable"),
        (lambda: b"\xff\xd8\xff\xe0", "no_badge"),
    ],
)
def test_what_is_not_genuine_is_refused_with_its_reason(holder, source, reason):
    with pytest.raises(ValidationError) as error:
        kept(holder, source())

    assert error.value.code == reason and error.value.message.endswith(".")
    assert not holder.foreign_badges.exists()


def test_too_many_in_an_hour_wait_and_nobody_is_asked(holder, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    web = le_dome()
    kept(holder, as_text(badge()), web)
    web.asked.clear()

    with pytest.raises(ValidationError, match="beaucoup") as error:
        kept(holder, "https://elsewhere.example/b", web)

    assert error.value.code == "flood" and not web.asked


def test_a_badge_of_ours_is_not_of_others(holder, badge):
    with pytest.raises(ValidationError, match="délivré ici"):
        kept(holder, badge.document)


def test_a_badge_withdrawn_since_is_said_when_asked_again(holder):
    one = kept(holder, as_text(badge()))

    assert recheck(one, opener=le_dome(4711)).reason == "revoked"
    one.refresh_from_db()
    assert not one.is_genuine
    assert [check["code"] for check in one.checks if check["ok"] is False] == ["status"]


def test_a_silent_issuer_leaves_the_last_verification(holder):
    one = kept(holder, as_text(badge()))
    web = le_dome().put(strangers.DID_JSON, Refused("unreachable"))

    assert recheck(one, opener=web).reason == "unreachable"
    one.refresh_from_db()
    assert one.is_genuine


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_dates_at_the_ends_of_time_are_read_again(holder, when):
    given = kept(holder, as_text(strangers.signed(proofs.badge() | {"awardedDate": when})))

    assert ForeignBadge.objects.get(pk=given.pk).awarded_on.year in (1, 9999)


def test_names_of_ten_thousand_characters_are_kept_cut(holder):
    unsigned = proofs.badge(issuer=proofs.le_dome() | {"name": "é" * 10_000})
    unsigned["credentialSubject"]["achievement"]["name"] = "😀" * 9_000

    one = kept(holder, as_text(strangers.signed(unsigned)))

    assert len(one.name) == len(one.issuer_name) == 200
