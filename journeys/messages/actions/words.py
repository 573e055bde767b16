"""A programme's own words for a kind of message, and the way back to the house's."""

from django.db import transaction

from journeys.messages.models import MessageTemplate
from journeys.messages.wording import Words
from territories.accounts.models import User
from territories.journal.actions import record
from territories.journal.enums import Act
from territories.programmes.models import Programme


@transaction.atomic
def set_words(
    *, programme: Programme, cause: str, language: str, words: Words | None, by: User
) -> Words | None:
    """Give a message a programme's own words, or, with None, those of the house again.

    Returns the programme's words until now, if it had some: they undo the change.
    """
    of = {"programme": programme, "cause": cause, "language": language}
    own = MessageTemplate.objects.select_for_update().filter(**of).first()
    before = Words(own.body, own.subject) if own else None
    if words is None:
        MessageTemplate.objects.filter(**of).delete()
    else:
        written = {"body": words.body, "subject": words.subject}
        MessageTemplate.objects.update_or_create(**of, defaults=written)
    record(Act.WORDS_CHANGED, by=by, territory_id=None, about=own, fields=[cause, language])
    return before
