"""Whatever strangers send to the door of the messages, and providers that sign nothing."""

import base64
import json
import time

import pytest
from django.urls import reverse

from tests.journeys.sms import PHONE, sent
from tests.journeys.told import ANSWER, SECRETS, TOKENS, answers, receipt

pytestmark = pytest.mark.usefixtures("doors")

# -- At the door ---------------------------------------------------------------------------------


def test_each_secret_in_force_opens_so_that_one_can_be_replaced(tell, caen, holder):
    sent(caen, participant=holder)

    assert tell(ANSWER, secret=SECRETS[1]) == 200


FORGED = {
    "another secret": {"secret": "whsec_" + base64.b64encode(b"x" * 32).decode()},
    "too old": {"at": time.time() - 600},
    "of tomorrow": {"at": time.time() + 24 * 3600},
    "no signature": {"webhook-signature": ""},
    "no such version": {"webhook-signature": "v9,AAAA"},
    "no comma": {"webhook-signature": "v1"},
    "not base64": {"webhook-signature": "v1,é€"},
    "no time": {"webhook-timestamp": "demain"},
    "time of a robot": {"webhook-timestamp": "1e400"},
    "another id": {"webhook-id": "m9"},
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_signed_is_refused(tell, caen, holder, forged):
    sent(caen, participant=holder)

    assert tell(ANSWER, **FORGED[forged]) == 401
    assert answers() == 0


def test_without_a_secret_nothing_is_believed(tell, settings):
    settings.WEBHOOK_SECRETS = []

    assert tell(ANSWER) == 401


GARBAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"1",
    b'"answer"',
    b"{}",
    b'{"type": "answer"}',
    b'{"type": "answer", "from": null}',
    b'{"type": "receipt", "delivery": "peut-etre"}',
    b'{"type": ["answer"]}',
    b"\xff\xfe",
    b"[" * 60_000,
]


@pytest.mark.parametrize("body", GARBAGE)
def test_garbage_is_told_so(tell, db, body):
    assert tell(body) == 400


ODD = [
    "\0",
    "\ud800",
    "a" * 60_000,
    "\u202e",
    "{}",
    "%s",
    "' or '1'='1",
    "<script>",
    "१",
    "\n" * 99,
]


@pytest.mark.parametrize("field", ["from", "text", "to", "number"])
def test_odd_words_make_no_error_of_ours(tell, caen, holder, field):
    sent(caen, participant=holder)
    found = {tell(ANSWER | {field: odd}, number=f"m{n}") for n, odd in enumerate(ODD)}

    assert found == {200}


@pytest.mark.parametrize("field", ["type", "from", "text", "to", "uuid", "receipt", "delivery"])
def test_values_of_any_shape_make_no_error_of_ours(tell, caen, holder, field):
    sent(caen, participant=holder)
    for told in (ANSWER, receipt(other_message(caen))):
        for n, odd in enumerate([None, [], {}, 1, -1.5, True, [[]], {"a": {}}]):
            assert tell(told | {field: odd}, number=f"{told['type']}{n}") in (200, 400)


def other_message(caen):
    return sent(caen, to="+33639980077")


def test_too_much_is_refused_before_it_is_read(tell, db):
    assert tell(b" " * 70_000) == 413


def test_only_a_post_is_heard(client, db):
    assert client.get(reverse("messages_told")).status_code == 405


# -- Providers that sign nothing -----------------------------------------------------------------


def at(provider, token=TOKENS[0]) -> str:
    return reverse("provider_told", args=[provider, token])


def test_ovh_tells_what_became_of_it(client, caen, everywhere):
    message = sent(caen, receipt="12345", provider="ovh")
    url = at("ovh")

    assert client.get(f"{url}?id=12345&ptt=1&dlr=4").status_code == 200
    message.refresh_from_db()
    assert message.delivery == ""

    assert client.get(f"{url}?id=12345&ptt=1&dlr=2").status_code == 200
    message.refresh_from_db()
    assert message.delivery == "undelivered"


def test_ovh_tells_an_answer(client, caen, holder, heard):
    sent(caen, participant=holder)
    told = {"senderid": PHONE, "message": "OUI", "id": "9"}

    assert [client.post(at("ovh", TOKENS[1]), told).status_code for _twice in "ab"] == [200] * 2

    assert (answers(), len(heard)) == (1, 1)


def post(client, url, told):
    return client.post(url, json.dumps(told), content_type="application/json").status_code


def test_brevo_tells_what_became_of_it_and_what_was_answered(client, caen, holder, heard):
    message = sent(caen, participant=holder, receipt="1001")

    told = {"msg_status": "delivered", "tag": str(message.uuid), "messageId": 1001}
    assert post(client, at("brevo"), told) == 200
    told = {"msg_status": "replied", "to": PHONE[1:], "messageId": 1001, "reply": "1", "date": "x"}
    assert [post(client, at("brevo"), told) for _twice in "ab"] == [200, 200]

    message.refresh_from_db()
    assert message.delivery == "delivered"
    assert (answers(), [meaning for meaning, *_rest in heard]) == (1, ["yes"])


def test_brevo_tells_what_became_of_a_mail(client, caen, everywhere):
    message = sent(caen, channel="mail", to="a@exemple.fr", receipt="<1@brevo>")
    told = {"event": "hard_bounce", "message-id": "<1@brevo>", "email": "a@exemple.fr"}

    assert post(client, at("brevo-courriel"), told | {"event": "opened"}) == 200
    message.refresh_from_db()
    assert message.delivery == ""

    assert post(client, at("brevo-courriel"), told) == 200
    message.refresh_from_db()
    assert message.delivery == "undelivered"


@pytest.mark.parametrize("provider", ["ovh", "brevo", "brevo-courriel"])
def test_wrong_token_is_refused_and_never_logged(client, db, provider, caplog):
    assert client.post(at(provider, "un-autre")).status_code == 401
    assert client.post(at(provider, "é" * 40)).status_code == 401
    assert post(client, at(provider), "?") == 400

    assert not [line for line in caplog.messages if TOKENS[0] in line or "un-autre" in line]


def test_unknown_provider_has_no_address(client, db):
    assert client.post(at("inconnu")).status_code == 404
