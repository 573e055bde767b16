"""Messages that let a person into their own pages. No word says what opens."""

from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register

CODE, LINK = "entry.code", "entry.link"

register(
    CODE,
    Kind(
        label=_("Code pour entrer dans son espace"),
        channels=(Channel.SMS,),
        places={"code": "482913"},
        is_secret=True,
        words={
            Language.FRENCH: Words("Votre code : {code}. Il marche dix minutes. Ne le donnez pas."),
            Language.EASY_FRENCH: Words(
                "Votre code : {code}. Il marche 10 minutes. Ne le donnez à personne."
            ),
            Language.ENGLISH: Words(
                "Your code: {code}. It works for ten minutes. Give it to nobody."
            ),
            Language.ARABIC: Words("رمزك {code}. يعمل عشر دقائق. لا تعطه لأحد."),
            Language.UKRAINIAN: Words("Ваш код: {code}. Діє десять хвилин. Нікому не давайте."),
        },
    ),
)
register(
    LINK,
    Kind(
        label=_("Lien pour entrer dans son espace"),
        channels=(Channel.SMS,),
        places={"link": "https://rtr.example/portail/entrer/Ym9uam91cg/"},
        is_secret=True,
        words={
            Language.FRENCH: Words("Bonjour, voici votre lien : {link} Il marche une fois."),
            Language.EASY_FRENCH: Words("Bonjour. Voici votre lien : {link} Il marche une fois."),
            Language.ENGLISH: Words("Hello, here is your link: {link} It works once."),
            Language.ARABIC: Words("رابطك لمرة واحدة: {link}"),
            Language.UKRAINIAN: Words("Ваше посилання: {link}"),
        },
    ),
)
