"""Lines of today about what waits for a word of both: a contract refused, a wish to talk about it,
an objective that the person proposes."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journeys.contracts.enums import Signer
from journeys.contracts.links import SigningLink
from journeys.contracts.models import Contract, Objective, Signature
from journeys.coordination.needs import Line, Looking, Need, lines
from journeys.coordination.reasons import NOTHING, OF_JOURNEY, OF_ROW, journeys
from rtr.templatetags.rtr import ago


def refused(looking: Looking) -> QuerySet:
    """Somebody did not want to sign, and nothing was written anew since."""
    rows = Contract.objects.visible_to(looking.user).filter(territory__in=looking.places)
    since = TruncDate("refused_at")
    return lines(rows.refused(), **OF_ROW, since=since, due=since, detail=F("refused_by"))


def wishes(looking: Looking) -> QuerySet:
    """A guardian wants to talk before signing; the person themselves is called back."""
    rows = SigningLink.objects.visible_to(looking.user).filter(territory__in=looking.places)
    signed = Signature.objects.filter(contract=OuterRef("contract"), signer=Signer.GUARDIAN)
    waiting = rows.live().filter(
        ~Exists(signed),
        signer=Signer.GUARDIAN,
        talk_asked_at__isnull=False,
        contract__signed_on__isnull=True,
        contract__cancelled_on__isnull=True,
    )
    since = TruncDate("talk_asked_at")
    guardian = F("journey__participant__guardian")
    return lines(waiting, **OF_ROW, since=since, due=since, detail=guardian)


def proposals(looking: Looking) -> QuerySet:
    """An objective the person proposes waits for the team."""
    rows = Objective.objects.visible_to(looking.user).proposed()
    waiting = rows.filter(journey=OuterRef("pk"), team_agreed_on__isnull=True)
    since = Subquery(waiting.order_by("person_agreed_on").values("person_agreed_on")[:1])
    asked = journeys(looking).filter(Exists(waiting))
    return lines(asked, **OF_JOURNEY, since=since, due=since, detail=NOTHING)


def _who(line: Line) -> SafeString:
    return format_html(
        '<a href="{}"><b>{}</b></a>', reverse("journey", args=[line.file]), line.nickname
    )


def _refused(line: Line) -> SafeString:
    if line.detail == Signer.GUARDIAN:
        sentence = _("Le contrat préparé avec {who} n’a pas été signé par sa curatelle ou tutelle.")
    else:
        sentence = _("{who} n’a pas voulu signer : parlez-en ensemble.")
    return format_html(sentence, who=_who(line))


def _contract_of(line: Line) -> str:
    return reverse("contract", args=[line.file])


REFUSED = Need(
    slug="refused",
    icon="chat",
    permission="contracts.prepare",
    rows=refused,
    sentence=_refused,
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Reprendre"), _contract_of(line)),
)
WISH = Need(
    slug="wish",
    icon="chat",
    permission="contracts.prepare",
    rows=wishes,
    sentence=lambda line: format_html(
        _("{name} veut parler du contrat préparé avec {who} avant de signer."),
        name=line.detail,
        who=_who(line),
    ),
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Voir le contrat"), _contract_of(line)),
)
PROPOSED = Need(
    slug="proposed",
    icon="signpost",
    permission="contracts.prepare",
    rows=proposals,
    sentence=lambda line: format_html(_("{who} propose un objectif."), who=_who(line)),
    notes=lambda line: [ago(line.since)],
    act=lambda line: (_("Répondre"), _contract_of(line)),
)
AGREEMENTS = [REFUSED, WISH, PROPOSED]
