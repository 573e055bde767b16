"""Messages to a tutor: they know the person, by first name. No word says why the person came."""

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

TUTOR_LINK, TUTOR_REMINDER = "frames.tutor", "frames.tutor_reminder"
PLACES = {"who": "Camille", "link": "https://rtr.example.fr/t/Ym9uam91cmxldHV0ZXVyMQ/"}


def _in_languages(french: str, english: str, arabic: str, ukrainian: str) -> dict:
    subject = "Votre avis, cinq questions"
    return {
        Language.FRENCH: Words(french, subject),
        Language.EASY_FRENCH: Words(french, subject),
        Language.ENGLISH: Words(english, "Your view, five questions"),
        Language.ARABIC: Words(arabic, "رأيكم، خمسة أسئلة"),
        Language.UKRAINIAN: Words(ukrainian, "Ваша думка, п’ять запитань"),
    }


register(
    TUTOR_LINK,
    Kind(
        label=_("Lien pour qui a accueilli une personne"),
        channels=(Channel.SMS, Channel.MAIL),
        places=PLACES,
        is_secret=True,
        words=_in_languages(
            "Bonjour, merci d’accueillir {who}. Votre avis en 5 questions : {link}",
            "Hello, thank you for hosting {who}. Your view in 5 questions: {link}",
            "{who}: رأيكم {link}",
            "{who}: ваша думка {link}",
        ),
    ),
)
register(
    TUTOR_REMINDER,
    Kind(
        label=_("Rappel à qui a accueilli une personne"),
        channels=(Channel.SMS, Channel.MAIL),
        places=PLACES,
        is_secret=True,
        words=_in_languages(
            "Bonjour, il reste votre avis sur {who}, 5 questions : {link}",
            "Hello, we still hope for your view on {who}, 5 questions: {link}",
            "{who}: تذكير {link}",
            "{who}: нагадування {link}",
        ),
    ),
)
