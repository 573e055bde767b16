import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from journeys.messages.models import OutboundMessage
from rtr.due import Status
from tests.services import until


@pytest.fixture
def message(caen, everywhere):
    return OutboundMessage.objects.create(territory=caen, to="a@exemple.fr", body="…")


def is_done(message) -> bool:
    return OutboundMessage.objects.filter(pk=message.pk, status=Status.DONE).exists()


def test_it_sweeps_once(message):
    call_command("sweep", "--once")

    assert is_done(message)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_sweeps_until_it_is_told_to_end(message, child_environment, end):
    sweeper = subprocess.Popen(
        [sys.executable, "manage.py", "sweep"],
        cwd=settings.BASE_DIR,
        env=child_environment,
        stdout=subprocess.PIPE,
    )
    until(lambda: is_done(message), seconds=30)

    sweeper.send_signal(end)

    said, _nothing = sweeper.communicate(timeout=15)
    assert sweeper.returncode == 0
    assert "Ctrl-C pour arrêter" in said.decode()
