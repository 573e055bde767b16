"""Messages about a meeting: its day, its hour, and what becomes of it. No word says which."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

CANCELLED, HELD, MOVED = "session.cancelled", "session.held", "session.moved"
ELSEWHERE, PLACE = "session.elsewhere", "session.place"
BOTH = (Channel.SMS, Channel.MAIL)
WHEN = {"day": "24/11", "hour": "14 h 30"}
NEW = {"new_day": "25/11", "new_hour": "10 h"}


def in_languages(
    subject: str, french: str, easy: str, english: str, arabic: str, ukrainian: str
) -> Mapping:
    texts = {
        Language.FRENCH: french,
        Language.EASY_FRENCH: easy,
        Language.ENGLISH: english,
        Language.ARABIC: arabic,
        Language.UKRAINIAN: ukrainian,
    }
    return {language: Words(text, subject) for language, text in texts.items()}


register(
    CANCELLED,
    Kind(
        label=_("Rencontre annulée"),
        channels=BOTH,
        places=WHEN,
        words=in_languages(
            "La rencontre du {day} est annulée",
            "Bonjour, la rencontre du {day} à {hour} est annulée. Ne venez pas ce jour-là.",
            "Bonjour. La rencontre du {day} à {hour} est annulée. Ne venez pas ce jour-là.",
            "Hello, the meeting on {day} at {hour} is cancelled. Please do not come that day.",
            "أُلغي لقاء {day} الساعة {hour}. لا تأتوا.",
            "Зустріч {day} о {hour} скасовано.",
        ),
    ),
)
register(
    HELD,
    Kind(
        label=_("Rencontre annulée, puis rétablie"),
        channels=BOTH,
        places=WHEN,
        words=in_languages(
            "La rencontre du {day} a bien lieu",
            "Bonjour, la rencontre du {day} à {hour} a bien lieu, finalement. Venez comme prévu.",
            "Bonjour. La rencontre du {day} à {hour} a bien lieu. Vous pouvez venir.",
            "Hello, the meeting on {day} at {hour} will take place after all. Do come.",
            "لقاء {day} الساعة {hour} قائم. أهلاً بكم.",
            "Зустріч {day} о {hour} таки відбудеться.",
        ),
    ),
)
register(
    MOVED,
    Kind(
        label=_("Rencontre déplacée à un autre moment"),
        channels=BOTH,
        places=WHEN | NEW,
        words=in_languages(
            "La rencontre du {day} change de moment",
            "Bonjour, la rencontre du {day} à {hour} change : ce sera le {new_day} à {new_hour}.",
            "Bonjour. La rencontre du {day} à {hour} change. Venez le {new_day} à {new_hour}.",
            "Hello, the meeting on {day} at {hour} is moved to {new_day} at {new_hour}.",
            "لقاء {day} {hour} نُقل إلى {new_day} الساعة {new_hour}.",
            "Зустріч {day} {hour} тепер {new_day} о {new_hour}.",
        ),
    ),
)
register(
    ELSEWHERE,
    Kind(
        label=_("Rencontre déplacée dans un autre lieu"),
        channels=BOTH,
        places=WHEN,
        words=in_languages(
            "La rencontre du {day} change de lieu",
            "Bonjour, la rencontre du {day} à {hour} change de lieu. Demandez-nous où aller.",
            "Bonjour. La rencontre du {day} à {hour} change de lieu. Demandez-nous où aller.",
            "Hello, the meeting on {day} at {hour} is in another place. Ask us where to go.",
            "تغير مكان لقاء {day} {hour}. اسألونا عنه.",
            "Зустріч {day} {hour}: інше місце. Спитайте нас.",
        ),
    ),
)
register(
    PLACE,
    Kind(
        label=_("Une place s’est libérée"),
        channels=BOTH,
        places=WHEN,
        words=in_languages(
            "Une place pour vous le {day}",
            "Bonjour, une place est libre pour vous : on vous attend le {day} à {hour}.",
            "Bonjour. Vous avez une place. Venez le {day} à {hour}.",
            "Hello, there is now a place for you: see you on {day} at {hour}.",
            "لكم مكان الآن. ننتظركم {day} الساعة {hour}.",
            "Є місце для вас: {day} о {hour}.",
        ),
    ),
)
