"""The message that asks for news after an exit, and what an answer to it does."""

from django.utils.translation import gettext_lazy as _

from journeys.messages.actions import on_answer
from journeys.messages.enums import Channel, Language
from journeys.messages.wording import Kind, Words, register
from journeys.pathway.actions.following import CAUSE, answered_by_message

register(
    CAUSE,
    Kind(
        label=_("Nouvelles demandées après la sortie"),
        channels=(Channel.SMS,),
        places={"who": "Karim", "link": "https://rtr.example.fr/suivi/aB3dE6gH9jK2mN5p/"},
        is_secret=True,
        asks=True,
        words={
            Language.FRENCH: Words(
                "Bonjour, {who} prend de vos nouvelles : {link} Répondez 2 pour ne plus recevoir"
                " ces messages."
            ),
            Language.EASY_FRENCH: Words(
                "Bonjour. {who} demande de vos nouvelles. Répondez ici : {link} Pour ne plus"
                " recevoir ces messages : répondez 2."
            ),
            Language.ENGLISH: Words(
                "Hello, {who} would like your news: {link} Reply 2 to stop these messages."
            ),
            Language.ARABIC: Words("{who}: كيف حالكم؟ {link}"),
            Language.UKRAINIAN: Words("{who}: як ви? {link}"),
        },
    ),
)
on_answer(CAUSE, answered_by_message)
