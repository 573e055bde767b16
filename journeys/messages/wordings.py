"""« Messages types »: what each kind of message says in each language, and how it comes out."""

from types import SimpleNamespace

from django.http import Http404
from django.utils.translation import gettext as _

from journeys.messages.enums import Channel, Language
from journeys.messages.models import MessageTemplate
from journeys.messages.wording import KINDS, Kind, Words
from rtr.lib import french, gsm
from territories.programmes.models import Programme

RIGHT_TO_LEFT = {Language.ARABIC}


def kinds_of(programme: Programme) -> list[SimpleNamespace]:
    """Every kind of message with its languages, and which of them have the programme's words."""
    own = {
        (row.cause, row.language): Words(row.body, row.subject)
        for row in MessageTemplate.objects.filter(programme=programme)
    }
    found = []
    for cause, kind in KINDS.items():
        first = next(iter(kind.words))
        languages = [
            SimpleNamespace(code=code, label=Language(code).label, own=(cause, code) in own)
            for code in kind.words
        ]
        found.append(
            SimpleNamespace(
                cause=cause,
                label=str(kind.label),
                channels=_channels(kind),
                languages=languages,
                example=comes_out(own.get((cause, first)) or kind.words[first], kind, first),
            )
        )
    return sorted(found, key=lambda kind: kind.label)


def _channels(kind: Kind) -> str:
    """« SMS et courriel »."""
    words = {Channel.SMS: "SMS", Channel.MAIL: _("courriel")}
    return french.capitalised(french.listed([words[Channel(each)] for each in kind.channels]))


def kind_of(cause: str, language: str) -> Kind:
    """Raises Http404 for a message, or a language of it, that the house does not know."""
    kind = KINDS.get(cause)
    if kind is None or language not in kind.words:
        raise Http404
    return kind


def own_words(programme: Programme, cause: str, language: str) -> Words | None:
    rows = MessageTemplate.objects.filter(programme=programme, cause=cause, language=language)
    row = rows.first()
    return Words(row.body, row.subject) if row else None


def comes_out(words: Words, kind: Kind, language: str) -> SimpleNamespace:
    """How the words read with the example of each place, and how long they are."""
    text = words.body.format_map(kind.places)
    said = ""
    if Channel.SMS in kind.channels:
        text = gsm.fitted(text)
        count = gsm.segments(text)
        said = _("%(count)s SMS, %(characters)s caractères") % {
            "count": french.figures(count),
            "characters": french.figures(len(text)),
        }
    return SimpleNamespace(
        text=text,
        subject=words.subject.format_map(kind.places),
        length=said,
        language=language,
        direction=direction(language),
    )


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
