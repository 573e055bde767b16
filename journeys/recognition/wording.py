"""« Il y a du nouveau » : a day, a link, and no word of what it is."""

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register
from journeys.recognition.telling import MAIL, SMS

PLACES = {"link": "https://rtr.example/portail/"}
SAID = {
    Language.FRENCH: "Bonjour, vous avez quelque chose de nouveau : {link}",
    Language.EASY_FRENCH: "Bonjour. Il y a quelque chose de nouveau pour vous : {link}",
    Language.ENGLISH: "Hello, there is something new for you: {link}",
    Language.ARABIC: "جديد لكم: {link}",
    Language.UKRAINIAN: "Є новина: {link}",
}
SUBJECTS = {
    Language.FRENCH: "Quelque chose de nouveau",
    Language.EASY_FRENCH: "Quelque chose de nouveau",
    Language.ENGLISH: "Something new",
    Language.ARABIC: "جديد لكم",
    Language.UKRAINIAN: "Є новина",
}

register(
    SMS,
    Kind(
        label=_("Quelque chose de nouveau dans son espace"),
        channels=(Channel.SMS,),
        places=PLACES,
        words={language: Words(text) for language, text in SAID.items()},
    ),
)
register(
    MAIL,
    Kind(
        label=_("Quelque chose de nouveau dans son espace, par courriel"),
        channels=(Channel.MAIL,),
        places=PLACES,
        words={language: Words(text, SUBJECTS[language]) for language, text in SAID.items()},
    ),
)
