"""The ways into one's own pages, and out of them."""

from journeys.portal.actions.links import (
    forget_links,
    give_link,
    is_usable,
    sha256_of,
    use_link,
)

__all__ = ["forget_links", "give_link", "is_usable", "sha256_of", "use_link"]
