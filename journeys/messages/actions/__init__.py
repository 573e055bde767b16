"""What the chapters above call: `send_later`, and `cancel_planned` when nobody is to be written to
any more. Answers are given to them by `receiving.on_answer`."""

from journeys.messages.actions.receiving import on_answer
from journeys.messages.actions.sending import cancel_planned, send_later

__all__ = ["cancel_planned", "on_answer", "send_later"]
