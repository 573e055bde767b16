"""The world of canaries, for every proof of this folder."""

from tests.security.world import cast, world  # noqa: F401 (fixtures)
