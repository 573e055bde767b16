"""A provider of text messages, as a process that outlives the workers."""

import sys

import pytest
from django.conf import settings

from rtr.lib.processes import tied
from tests.services import until


@pytest.fixture
def provider(tmp_path):
    """Starts a provider; returns where it is, and the file of what left."""
    started = []

    def start(kind: str):
        port, left = tmp_path / f"port-{len(started)}", tmp_path / f"left-{len(started)}"
        left.touch()
        command = [sys.executable, "-m", "tests.provider", str(port), str(left), kind]
        started.append(tied(command, cwd=settings.BASE_DIR))
        until(port.exists)
        return port.read_text(), left

    yield start
    for process in started:
        process.kill()
        process.wait()


def speaking_to(url: str) -> dict[str, str]:
    return {
        "SMS_PROVIDER": "ovh",
        "OVH_ENDPOINT": url,
        "OVH_APPLICATION_KEY": "ak",
        "OVH_APPLICATION_SECRET": "as",
        "OVH_CONSUMER_KEY": "ck",
        "OVH_SMS_SERVICE": "sms-xx1-1",
    }
