import pytest

from badges.credentials.actions import award
from rtr import scope
from tests.badges.factories import a_recipient, a_version, an_issuer, signed


@pytest.fixture
def issuer(le_dome):
    return an_issuer(le_dome)


@pytest.fixture
def version(caen, le_dome):
    return a_version(caen, le_dome)


@pytest.fixture
def in_caen(caen):
    """The second wall open on Caen, as in a request there."""
    with scope.over([caen.pk]):
        yield caen


@pytest.fixture
def holder(in_caen):
    return a_recipient(in_caen)


@pytest.fixture
def awarded(holder, version, issuer, coordinator):
    return award(recipient=holder, version=version, issuer=issuer, by=coordinator)


@pytest.fixture
def badge(awarded):
    """A badge of « Découper au laser », signed."""
    return signed(awarded)
