"""Lines of today about what was lived: told and to be talked about, not told yet, a badge asked.

Each for those who follow the person, in their team. What somebody keeps for themselves is not told:
nothing here says that it exists.
"""

import datetime

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.coordination.needs import Group, Line, Looking, Need, lines
from journeys.coordination.reasons import OF_JOURNEY, OF_ROW, journeys
from journeys.coordination.sentences import closed
from journeys.experiences.models import Experience, Reflection
from journeys.recognition.models import Recognition
from rtr.templatetags.rtr import ago

# Days after which one asks, and after which one does not any more.
ASKED_AFTER, ASKED_UNTIL = datetime.timedelta(days=3), datetime.timedelta(days=60)


def _told(looking: Looking) -> QuerySet:
    rows = Reflection.objects.visible_to(looking.user)
    return rows.filter(journey__in=_followed(looking).values("pk"))


def _followed(looking: Looking) -> QuerySet:
    mine = looking.user.team_places.standing().values("journey")
    return journeys(looking).not_left(looking.today).filter(pk__in=mine)


def to_discuss(looking: Looking) -> QuerySet:
    title = F("experience__title")
    rows = _told(looking).to_discuss()
    return lines(rows, **OF_ROW, since=F("told_on"), due=F("told_on"), detail=title)


def requests(looking: Looking) -> QuerySet:
    """Of the people one follows, and those made to one's own house."""
    rows = Recognition.objects.answered_by(looking.user).asked()
    mine = Q(journey__in=_followed(looking).values("pk"))
    rows = rows.filter(mine | looking.user.houses_where("badges.answer"))
    asked = TruncDate("started_at")
    title = Coalesce("achievement__name", "asked_for", output_field=CharField())
    return lines(rows, **OF_ROW, since=asked, due=asked, detail=title)


def not_told(looking: Looking) -> QuerySet:
    """One line for each person: the last thing lived that nobody of the team heard of yet."""
    told = Reflection.objects.filter(experience=OuterRef("pk")).shared()
    lived = Experience.objects.filter(
        ~Exists(told),
        journey=OuterRef("pk"),
        is_elsewhere=False,
        from_on__gte=looking.today - ASKED_UNTIL,
        from_on__lte=looking.today - ASKED_AFTER,
    ).order_by("-from_on", "-pk")
    mine = _followed(looking).filter(Exists(lived))
    since = Subquery(lived.values("from_on")[:1])
    title = Subquery(lived.values("title")[:1])
    return lines(mine, **OF_JOURNEY, since=since, due=since, detail=title)


def _who(line: Line) -> SafeString:
    url = reverse("journey", args=[line.file])
    return format_html('<a href="{}"><b>{}</b></a>', url, line.nickname)


def _titled(sentence: str, line: Line) -> SafeString:
    return closed(format_html(sentence, who=_who(line), title=line.detail))


TO_DISCUSS = Need(
    slug="to_discuss",
    icon="chat-dots",
    permission="experiences.write",
    rows=to_discuss,
    sentence=lambda line: _titled(_("{who} a raconté « {title} »"), line),
    notes=lambda line: [format_html("{} {}", _("raconté"), ago(line.since))],
    act=lambda line: (
        _("En parler"),
        reverse("reflection_discuss", args=[line.file, line.about]),
    ),
)
NOT_TOLD = Need(
    slug="not_told",
    icon="question-circle",
    permission="experiences.write",
    rows=not_told,
    sentence=lambda line: _titled(_("{who} a vécu « {title} » : demandez ce qu’il en reste"), line),
    notes=lambda line: [format_html("{} {}", _("vécu"), ago(line.since))],
    act=lambda line: (
        _("Demander"),
        reverse("journey_experiences", args=[line.file]) + "?told=not_yet",
    ),
)
ASKED = Need(
    slug="badge_asked",
    icon="award",
    permission="badges.answer",
    rows=requests,
    sentence=lambda line: closed(
        format_html(_("Un badge demandé pour <b>{}</b> : « {} »"), line.nickname, line.detail)
    ),
    notes=lambda line: [format_html("{} {}", _("demandé"), ago(line.since))],
    act=lambda line: (_("Répondre"), reverse("recognition", args=[line.about])),
)
LIVED = [
    Group("recits", gettext_lazy("Des récits à écouter ensemble"), [TO_DISCUSS]),
    Group("badges-souhaites", gettext_lazy("Demandes de badges"), [ASKED]),
    Group("a-raconter", gettext_lazy("Des expériences à raconter"), [NOT_TOLD]),
]
