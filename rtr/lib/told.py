"""Telling what has just changed, with the way back or the next step beside it.

The acts travel in the message's `extra_tags` as JSON, the one field Django keeps beside the text.
"""

import json

from django.contrib import messages
from django.http import HttpRequest


def tell(
    request: HttpRequest,
    text: str,
    *,
    undo_url: str = "",
    undo: str = "",
    next_url: str = "",
    next_word: str = "",
    level: int = messages.SUCCESS,
) -> None:
    """Shows *text* on the next page.

    *undo_url* is posted to when the person takes the act back, *undo* is what its button says
    (« Annuler » by default). *next_url* and *next_word* make a link.
    """
    acts = {"undo_url": undo_url, "undo": undo, "next_url": next_url, "next_word": next_word}
    kept = {key: str(value) for key, value in acts.items() if value}
    messages.add_message(request, level, text, extra_tags=json.dumps(kept) if kept else "")


def acts_of(extra_tags: str | None) -> dict[str, str]:
    """The acts of a message, empty when it carries ordinary tags."""
    try:
        acts = json.loads(extra_tags or "{}")
    except ValueError:
        return {}
    return acts if isinstance(acts, dict) else {}
