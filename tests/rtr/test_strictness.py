"""The tests' own rules, stricter than production's, do hold."""

import socket
import warnings

import pytest
from django.conf import settings
from django.db import transaction
from django.template import Context, engines
from django.template.base import Origin, Template

from journeys.messages.models import OutboundMessage

OURS = str(settings.BASE_DIR / "templates/page.html")


def render(text: str, origin: str) -> str:
    engine = engines["django"].engine
    return Template(text, origin=Origin(origin), name="page.html", engine=engine).render(Context())


def test_unknown_variable_of_our_templates_fails():
    with pytest.raises(pytest.fail.Exception, match="page.html : la variable nobody.name"):
        render("{{ nobody.name }}", OURS)


@pytest.mark.parametrize("text", ["{% if nobody %}x{% endif %}", '{{ nobody|default:"" }}'])
def test_unknown_variable_may_be_asked_for(text):
    assert render(text, OURS) == ""


def test_templates_of_others_are_theirs():
    assert render("{{ nobody }}", "/site-packages/allauth/page.html") == ""


def test_warnings_are_errors():
    with pytest.raises(UserWarning):
        warnings.warn("old", stacklevel=1)


def test_network_is_closed():
    with pytest.raises(UserWarning, match="tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.django_db(transaction=True)
def test_locking_rows_outside_a_transaction_fails():
    with pytest.raises(transaction.TransactionManagementError):
        OutboundMessage.objects.select_for_update().first()
