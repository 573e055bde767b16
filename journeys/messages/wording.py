"""The kinds of messages the house writes, and their words.

A message never carries a word about the programme or the person's situation: whoever picks up the
phone, or looks over a shoulder, learns that somebody has something to say, and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.messages.enums import Channel, Language
from journeys.messages.models import MessageTemplate
from territories.programmes.models import Programme


@dataclass(frozen=True)
class Words:
    body: str
    subject: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of message.

    `places`: what its words may name, as {name}, with an example that previews show. `is_secret`:
    the text is forgotten once it has left (a code, a one-use link). `asks`: the person may answer
    1 or 2; what an answer does is said to `receiving.on_answer`.
    """

    label: str | Promise
    channels: tuple[Channel, ...]
    words: Mapping[Language, Words]
    places: Mapping[str, str] = field(default_factory=dict)
    is_secret: bool = False
    asks: bool = False


KINDS: dict[str, Kind] = {}


def register(cause: str, kind: Kind) -> None:
    """Called by the chapter that writes such messages, from its module `wording`."""
    KINDS[cause] = kind


def words_for(programme: Programme, cause: str, language: str) -> tuple[str, Words]:
    """The programme's own words, or the house's; easy French, then French, where none is written
    in that language.

    Returns the language found, and its words with their {places}.
    """
    kind = KINDS[cause]
    own = {
        row.language: Words(row.body, row.subject)
        for row in MessageTemplate.objects.filter(programme=programme, cause=cause)
    }
    for candidate in (language, Language.EASY_FRENCH, Language.FRENCH):
        if found := own.get(candidate) or kind.words.get(candidate):
            return candidate, found
    raise KeyError(cause)


register(
    "referral.answered",
    Kind(
        label=_("Réponse à qui a orienté une personne"),
        channels=(Channel.MAIL,),
        places={
            "number": "1042",
            "day": "24 novembre 2026",
            "outcome": "Votre demande est acceptée.",
        },
        words={
            Language.FRENCH: Words(
                subject="Réponse à votre demande n° {number} du {day}", body="{outcome}"
            )
        },
    ),
)
OPT_OUT, OPT_IN = "opt_out.confirmed", "opt_in.confirmed"

register(
    OPT_OUT,
    Kind(
        label=_("Confirmation de ne plus écrire"),
        channels=(Channel.SMS,),
        words={
            Language.FRENCH: Words(
                "C’est noté : nous ne vous écrivons plus. Pour recevoir de nouveau nos messages,"
                " répondez START."
            ),
            Language.EASY_FRENCH: Words(
                "C’est noté. Vous ne recevez plus nos messages. Vous changez d’avis ?"
                " Répondez START."
            ),
            Language.ENGLISH: Words(
                "Noted: we will not write to you any more. To get our messages again, reply START."
            ),
            Language.ARABIC: Words("تم: لن نراسلكم بعد الآن. للتراجع أرسلوا START"),
            Language.UKRAINIAN: Words("Більше не пишемо. Передумали? Надішліть START"),
        },
    ),
)
register(
    OPT_IN,
    Kind(
        label=_("Confirmation d’écrire de nouveau"),
        channels=(Channel.SMS,),
        words={
            Language.FRENCH: Words(
                "C’est noté : vous recevez de nouveau nos messages. Pour ne plus en recevoir,"
                " répondez STOP."
            ),
            Language.EASY_FRENCH: Words(
                "C’est noté. Vous recevez de nouveau nos messages. Vous n’en voulez plus ?"
                " Répondez STOP."
            ),
            Language.ENGLISH: Words(
                "Noted: you will get our messages again. To stop them, reply STOP."
            ),
            Language.ARABIC: Words("تم: سنراسلكم من جديد. لإيقاف الرسائل أرسلوا STOP"),
            Language.UKRAINIAN: Words("Знову пишемо вам. Щоб зупинити, надішліть STOP"),
        },
    ),
)
