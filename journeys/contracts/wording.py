"""Messages about signing: somebody sends a page, a code. No word says what the page is."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

LINK, REMINDER, CODE = "signing.link", "signing.reminder", "signing.code"
COPY, OBJECTIVE = "signing.copy", "signing.objective"
BOTH = (Channel.SMS, Channel.MAIL)
NAME = {"name": "Nadia"}
WHERE = {"link": "https://rtr.example/s/Ym9uam91cg"}


def in_languages(french: str, english: str, arabic: str, ukrainian: str, subject: str) -> Mapping:
    """The text of a message; only the mails to a guardian, in French, read the subject."""
    return {
        Language.FRENCH: Words(french, subject),
        Language.EASY_FRENCH: Words(french, subject),
        Language.ENGLISH: Words(english, subject),
        Language.ARABIC: Words(arabic, subject),
        Language.UKRAINIAN: Words(ukrainian, subject),
    }


register(
    LINK,
    Kind(
        label=_("Lien vers une page à lire et à signer"),
        channels=BOTH,
        places=NAME | WHERE,
        is_secret=True,
        words=in_languages(
            "Bonjour, {name} vous envoie une page à lire : {link} Elle est pour vous.",
            "Hello, {name} sends you a page to read: {link} It is for you.",
            "رسالة من {name}: {link}",
            "{name} надсилає вам сторінку: {link}",
            "Une page à lire",
        ),
    ),
)
register(
    REMINDER,
    Kind(
        label=_("Rappel d’une page à lire et à signer"),
        channels=BOTH,
        places=NAME | WHERE,
        is_secret=True,
        words=in_languages(
            "Bonjour, une page de {name} vous attend : {link} Elle est pour vous.",
            "Hello, a page from {name} is waiting for you: {link}",
            "تذكير من {name}: {link}",
            "{name}: сторінка чекає на вас {link}",
            "Une page vous attend",
        ),
    ),
)
register(
    CODE,
    Kind(
        label=_("Code pour signer"),
        channels=BOTH,
        places={"code": "482913"},
        is_secret=True,
        words=in_languages(
            "Votre code : {code}. Il marche dix minutes. Ne le donnez pas.",
            "Your code: {code}. It works for ten minutes. Give it to nobody.",
            "رمزك {code}. يعمل عشر دقائق. لا تعطه لأحد.",
            "Ваш код: {code}. Діє десять хвилин. Нікому не давайте.",
            "Votre code",
        ),
    ),
)
register(
    COPY,
    Kind(
        label=_("Lien vers la page signée, à garder"),
        channels=BOTH,
        places=WHERE,
        is_secret=True,
        words=in_languages(
            "Bonjour, voici votre page à garder : {link} Elle est pour vous.",
            "Hello, here is your page to keep: {link}",
            "صفحتك للحفظ: {link}",
            "Ваша сторінка: {link}",
            "Votre page à garder",
        ),
    ),
)
register(
    OBJECTIVE,
    Kind(
        label=_("Lien vers une proposition"),
        channels=(Channel.SMS,),
        places=NAME | WHERE,
        is_secret=True,
        words=in_languages(
            "Bonjour, {name} vous propose quelque chose : {link} Vous choisissez.",
            "Hello, {name} has a suggestion for you: {link} You choose.",
            "اقتراح من {name}: {link}",
            "{name} пропонує: {link}",
            "Une proposition",
        ),
    ),
)
