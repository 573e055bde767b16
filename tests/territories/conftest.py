"""A manager at work, and what she offers."""

import pytest

from territories.accounts.enums import Role


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
