"""The ways into one's own pages, and out of them."""

from journeys.portal.actions.cards import (
    card_works,
    forget_cards,
    give_card,
    revoke_cards,
    stop_cards,
    use_card,
)
from journeys.portal.actions.codes import ask_code, forget_entry_codes, is_right
from journeys.portal.actions.entering import account_of, number_of, people_at
from journeys.portal.actions.links import (
    Typed,
    forget_links,
    give_link,
    give_screen_code,
    is_usable,
    send_link,
    sha256_of,
    use_link,
    use_screen_code,
)

__all__ = [
    "Typed",
    "account_of",
    "ask_code",
    "card_works",
    "forget_cards",
    "forget_entry_codes",
    "forget_links",
    "give_card",
    "give_link",
    "give_screen_code",
    "is_right",
    "is_usable",
    "number_of",
    "people_at",
    "revoke_cards",
    "send_link",
    "sha256_of",
    "stop_cards",
    "use_card",
    "use_link",
    "use_screen_code",
]
