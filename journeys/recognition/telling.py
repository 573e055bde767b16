"""The person learns that there is something new on their pages, once a day at most."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from journeys.messages.actions import send_later
from journeys.messages.actions.sending import opted_out
from journeys.messages.enums import Channel
from journeys.messages.models import OutboundMessage
from journeys.pathway.after import language_of, phone_of
from journeys.pathway.models import Journey

SMS, MAIL = "news.told", "news.told.mail"
USELESS_AFTER = datetime.timedelta(days=3)


def tell_news(journeys: Iterable[Journey]) -> int:
    """Write to those who left a contact, have pages of their own and were not told today.

    Parameters: `journeys`, with their participant and territory. Returns how many messages.
    """
    journeys = [one for one in journeys if one.participant.user_id]
    told = OutboundMessage.objects.filter(
        participant__in=[one.participant_id for one in journeys],
        cause__in=[SMS, MAIL],
        written_at__date=timezone.localdate(),
    )
    told = set(told.values_list("participant_id", flat=True))
    return sum(_tell(one) for one in journeys if one.participant_id not in told)


def _tell(journey: Journey) -> bool:
    person, territory = journey.participant, journey.territory
    phone = phone_of(person)
    to = phone or (person.contact if "@" in person.contact else "")
    if not to or (phone and opted_out(territory, to)):
        return False
    send_later(
        territory=territory,
        cause=SMS if phone else MAIL,
        channel=Channel.SMS if phone else Channel.MAIL,
        to=to,
        participant=person,
        language=language_of(person),
        places={"link": settings.SITE_URL + reverse("portal")},
        useless_after=timezone.now() + USELESS_AFTER,
    )
    return True
