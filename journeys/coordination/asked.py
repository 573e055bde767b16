"""Lines of today about what people asked on their own file: a month, by law, to answer."""

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journeys.coordination.needs import Line, Looking, Need, lines
from journeys.coordination.reasons import OF_ROW
from journeys.coordination.sentences import closed
from journeys.rights.enums import Asked
from journeys.rights.models import DataRequest
from rtr.lib import french
from rtr.templatetags.rtr import ago


def _rows(looking: Looking, kinds: list[str]) -> QuerySet:
    rows = DataRequest.objects.visible_to(looking.user).filter(territory__in=looking.places)
    return lines(
        rows.waiting().filter(kind__in=kinds),
        **OF_ROW,
        since=F("asked_on"),
        due=F("due_on"),
        detail=F("kind"),
        is_now=Q(due__lte=looking.today) | Q(kind__in=[Asked.PAUSE, Asked.STOP]),
    )


def _sentence(line: Line) -> SafeString:
    words = {
        Asked.CORRECT: _("{who} demande une correction de son dossier"),
        Asked.PAUSE: _("{who} voudrait faire une pause : parlez-en ensemble"),
        Asked.STOP: _("{who} voudrait arrêter : parlez-en ensemble"),
        Asked.ERASE: _("{who} demande l’effacement de son dossier"),
    }
    who = format_html(
        '<a href="{}"><b>{}</b></a>', reverse("journey", args=[line.file]), line.nickname
    )
    return closed(format_html(words[Asked(line.detail)], who=who))


def _notes(line: Line) -> list:
    by = _("réponse avant le %(day)s") % {"day": french.day(line.due)}
    return [format_html("{} {}", _("demandé"), ago(line.since)), by]


def _need(slug: str, permission: str, kinds: list[str]) -> Need:
    return Need(
        slug=slug,
        icon="shield-check",
        permission=permission,
        rows=lambda looking: _rows(looking, kinds),
        sentence=_sentence,
        notes=_notes,
        act=lambda line: (
            _("Répondre"),
            reverse("request_answer", args=[line.file, line.about]),
        ),
        warning=lambda line: _("En retard") if line.due < timezone.localdate() else "",
    )


ASKED = [
    _need("asked", "rights.answer", [Asked.CORRECT, Asked.PAUSE, Asked.STOP]),
    _need("asked_erase", "rights.erase", [Asked.ERASE]),
]
