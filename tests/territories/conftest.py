"""A manager at work, and what she offers; the small consortium of tests/territories/network.py."""

import pytest

from territories.accounts.enums import Role
from tests.territories.network import network  # noqa: F401 (a fixture)


@pytest.fixture
def gaelle(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def offer(le_dome, caen):
    return {
        "email": "zoe@exemple.fr",
        "first_name": "Zoé",
        "last_name": "Martin",
        "role": Role.REFERENT,
        "organisation": le_dome.pk,
        "territories": [caen.pk],
        "until_on": "",
    }
