"""What may be known of somebody in order to suggest: a closed list, read here and nowhere else.

Never: what complicates life, disability, health, origin, nationality, gender, age, resources,
housing, quarter, publics, justice, notes, documents, the words of a contract. Each query names its
columns; tests/journeys/test_suggestions_closed.py changes all the others and sees nothing change.

Activities of a theme that tells what complicates a life are neither learnt from nor suggested.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value
from django.utils import timezone, translation

from journeys.activities.enums import ActivityKind, Attendance, EnrolmentStatus, Frame
from journeys.activities.lists import THEMES
from journeys.activities.models import Activity, Enrolment, Session
from journeys.contracts.enums import Signer
from journeys.contracts.models import Signature
from journeys.experiences.models import Experience, Reflection
from journeys.messages.enums import Language
from journeys.pathway import after
from journeys.pathway.enums import StrengthKind
from journeys.pathway.models import Journey, Strength
from journeys.suggestions.scoring import AHEAD_DAYS, Item, Profile, Said, Slot, Why
from territories.accounts.models import User

# Who comes there says something of their money, home, family, health, rights or schooling.
CLOSED_THEMES = frozenset(
    {
        "sante",
        "difficultes-administratives-ou-juridiques",
        "difficultes-financieres",
        "equipement-et-alimentation",
        "famille",
        "lecture-ecriture-calcul",
        "logement-hebergement",
    }
)
# No work in a company by a tap: it wants a convention first (rule 16).
FRAMES = (Frame.OPEN, Frame.VOLUNTEERING)
LEARNT_DAYS = 400
AGAIN_DAYS = 90  # an activity left alone for so long may be suggested again
NOON = 12
WHYS = {
    StrengthKind.DREAM: Why.DREAM,
    StrengthKind.STRENGTH: Why.STRENGTH,
    StrengthKind.TALENT: Why.STRENGTH,
    StrengthKind.LIVED: Why.LIVED,
}


def is_closed(theme: str) -> bool:
    return theme.partition("--")[0] in CLOSED_THEMES


# -- The offer -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """An activity as the model sees it."""

    pk: int
    title: str
    pitch: str
    kind: str
    theme: str
    frame: str
    pictogram: str
    languages: list[str]
    published_on: datetime.date
    closed_on: datetime.date | None
    house: int
    house_name: str
    place: int | None
    place_name: str
    commune: int | None
    commune_name: str

    @property
    def is_suggestible(self) -> bool:
        return not is_closed(self.theme) and self.frame in FRAMES

    @property
    def text(self) -> str:
        theme = THEMES[self.theme].french if self.theme in THEMES else ""
        with translation.override("fr"):  # whoever looks: what is compared is French
            kind = str(ActivityKind(self.kind).label)
        # A title says most of what it is: twice.
        return ". ".join([self.title, self.title, self.pitch, kind, theme])


OFFERED = (
    "pk title pitch kind theme frame pictogram languages published_on closed_on organisation_id"
    " organisation__name place_id place__name place__commune_id place__commune__name"
).split()


def offer_of(territory_id: int) -> list[Offered]:
    """What the territory offers or offered; what was not published is nobody's business."""
    rows = Activity.objects.filter(territory=territory_id, published_on__isnull=False)
    return [
        Offered(*(value or "" if name.endswith("name") else value for name, value in named))
        for named in (
            zip(OFFERED, row, strict=True) for row in rows.order_by("pk").values_list(*OFFERED)
        )
    ]


@dataclass(frozen=True)
class Occasion:
    """A session to come, with a place left."""

    pk: int
    activity: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime


def occasions_of(territory_id: int, now: datetime.datetime) -> list[Occasion]:
    """Sessions of the coming six weeks that are not full, the first ones first."""
    rows = Session.objects.held().filter(
        territory=territory_id,
        starts_at__gt=now,
        starts_at__lt=now + datetime.timedelta(days=AHEAD_DAYS),
    )
    rows = rows.order_by("starts_at", "pk")
    rows = rows.values_list("pk", "activity_id", "starts_at", "ends_at", "places", "taken")
    return [Occasion(*row) for *row, places, taken in rows if taken < places]


def item_of(activity: Offered, starts_at: datetime.datetime) -> Item:
    return Item(
        pk=activity.pk,
        title=activity.title,
        kind=activity.kind,
        theme=activity.theme,
        house=activity.house,
        house_name=activity.house_name,
        place=activity.place,
        place_name=activity.place_name,
        commune=activity.commune,
        commune_name=activity.commune_name,
        languages=tuple(activity.languages),
        published_on=activity.published_on,
        on=timezone.localtime(starts_at).date(),
        slot=slot_of(starts_at),
    )


def slot_of(starts_at: datetime.datetime) -> Slot:
    local = timezone.localtime(starts_at)
    return local.weekday(), "morning" if local.hour < NOON else "afternoon"


# -- The person ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visit:
    """An enrolment of the person, as the model sees it."""

    activity: int
    theme: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: int | None
    commune: int | None
    status: str
    attendance: str

    @property
    def came(self) -> bool:
        return self.attendance == Attendance.PRESENT


VISIT = (
    "session__activity_id session__activity__theme session__starts_at session__ends_at"
    " session__place_id session__place__commune_id status attendance"
).split()


def visits_of(journey: Journey) -> list[Visit]:
    rows = Enrolment.objects.filter(participant=journey.participant_id)
    rows = rows.exclude(status=EnrolmentStatus.CANCELLED).order_by("session__starts_at", "pk")
    return [Visit(*row) for row in rows.values_list(*VISIT)]


def said_by(journey: Journey, reader: User) -> list[Said]:
    """What the person said of themselves, and of what they lived where the reader may read it."""
    elsewhere = Experience.objects.visible_to(reader).filter(journey=journey, is_elsewhere=True)
    elsewhere = elsewhere.order_by().values_list("pk", Value(StrengthKind.LIVED), "title", Value(1))
    strengths = Strength.objects.filter(journey=journey).order_by()
    strengths = strengths.values_list("pk", "kind", "text", Value(0))
    rows = sorted(strengths.union(elsewhere, all=True), key=lambda row: (row[3], row[0]))
    found = [said(kind, text) for _pk, kind, text, _table in rows]
    told = Reflection.objects.visible_to(reader).filter(journey=journey).order_by("pk")
    for title, theme, liked, learnt, follows, own_words in told.values_list(
        "experience__title",
        "experience__activity__theme",
        "liked",
        "learnt",
        "follows",
        "own_words",
    ):
        if not is_closed(theme or ""):
            found += [Said(Why.LIKED, f"{title}. {liked}", title)] if liked else []
            learnt = ". ".join(filter(None, [learnt, follows, *own_words]))
            found += [Said(Why.LEARNT, learnt, title)] if learnt else []
    return found


def said(kind: str, text: str) -> Said:
    return Said(WHYS[StrengthKind(kind)], text, text)


def language_of(journey: Journey) -> str:
    """The person's language; French says nothing of what to suggest."""
    rows = Signature.objects.filter(journey=journey, signer=Signer.PARTICIPANT).order_by("-pk")
    signed = rows.values_list("language", flat=True)[:1] if journey.entry_on else ()
    language = after.language_of(journey.participant, *(signed or ("",)))
    return "" if language in (Language.FRENCH, Language.EASY_FRENCH) else language


def profile_of(
    visits: Iterable[Visit], said: Iterable[Said], *, house: int | None = None, language: str = ""
) -> Profile:
    came = [one for one in visits if one.came and not is_closed(one.theme)]
    return Profile(
        said=tuple(said),
        came=Counter(one.activity for one in came),
        places=Counter(one.place for one in came if one.place),
        communes=Counter(one.commune for one in came if one.commune),
        slots=Counter(slot_of(one.starts_at) for one in came),
        house=house,
        language=language,
    )
