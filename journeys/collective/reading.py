"""What the pages of a group say: its steps, who came, what remains; a map drawn without tiles."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from journeys.activities.enums import Attendance, EnrolmentStatus
from journeys.activities.models import Enrolment
from journeys.collective.actions.making import is_by_the_person
from journeys.collective.enums import PartKind, Place, Visibility
from journeys.collective.models import CollectiveAction, GroupEntry, GroupMember, Step
from journeys.collective.productions import Production, ProductionAuthor, ProductionPart
from rtr.lib import french


@dataclass
class Stage:
    """A step as the page tells it."""

    step: Step
    is_past: bool
    is_next: bool = False
    came: list[str] = field(default_factory=list)
    is_noted: bool = False  # somebody's attendance was recorded
    pages: int = 0


@dataclass
class Group:
    """One action, read in a few queries."""

    action: CollectiveAction
    stages: list[Stage]
    members: list[GroupMember]

    @property
    def inside(self) -> list[GroupMember]:
        return [one for one in self.members if one.place == Place.IN]

    @property
    def waiting(self) -> list[GroupMember]:
        return [one for one in self.members if one.place == Place.WAITING]

    @property
    def done(self) -> int:
        return sum(stage.is_past for stage in self.stages)

    @property
    def next(self) -> Stage | None:
        return next((stage for stage in self.stages if stage.is_next), None)


def group_of(action: CollectiveAction, *, attended: bool = True) -> Group:
    """`attended`: with who came to each step and its pages in the journal, for the team."""
    members = list(action.members.present().select_related("interviewed_by"))
    steps = list(action.steps.select_related("session__place"))
    entries = GroupEntry.objects.filter(action=action, removed_at=None).values_list("step")
    pages = dict(entries.annotate(Count("pk"))) if attended else {}
    came = _came(steps, members) if attended else {}
    now, stages = timezone.now(), []
    for step in steps:
        session = step.session
        stage = Stage(step, is_past=session.ends_at <= now and not session.cancelled_at)
        stage.came, stage.is_noted = came.get(session.pk, ([], False))
        stage.pages = pages.get(step.pk, 0)
        stages.append(stage)
    ahead = [s for s in stages if not s.is_past and not s.step.session.cancelled_at]
    for stage in ahead[:1]:
        stage.is_next = True
    return Group(action, stages, members)


def _came(steps: list[Step], members: list[GroupMember]) -> dict[int, tuple[list[str], bool]]:
    """Of each session: nicknames of the members who were there, and whether it was noted."""
    by_participant = {one.participant_id: one for one in members if one.participant_id}
    others = [one for one in members if not one.participant_id]
    rows = Enrolment.objects.filter(session__in=[step.session_id for step in steps])
    rows = rows.exclude(status=EnrolmentStatus.CANCELLED).exclude(attendance=Attendance.REGISTERED)
    by_key = {
        uuid.uuid5(one.client_uuid, str(step.session_id)): one for one in others for step in steps
    }
    found: dict[int, tuple[list[str], bool]] = defaultdict(lambda: ([], True))
    for session, participant, key, attendance in rows.values_list(
        "session", "participant", "client_uuid", "attendance"
    ):
        names, _noted = found[session]
        member = by_participant.get(participant) if participant else by_key.get(key)
        if member and attendance == Attendance.PRESENT:
            names.append(member.nickname)
    return {session: (sorted(names), noted) for session, (names, noted) in found.items()}


def remaining(group: Group, productions: list[Production]) -> list[str]:
    """What the action still waits for, in sentences."""
    said = []
    if left := sum(not s.is_past and not s.step.session.cancelled_at for s in group.stages):
        word = french.plural(left, _("demi-journée à venir"), _("demi-journées à venir"))
        said.append(f"{french.capitalised(french.spelled(left, feminine=True))} {word}.")
    if without := sum(stage.is_past and not stage.pages for stage in group.stages):
        word = french.plural(without, _("étape sans page"), _("étapes sans page"))
        number = french.capitalised(french.spelled(without, feminine=True))
        said.append(f"{number} {word} dans le journal du groupe.")
    if group.next is None and (todo := [m for m in group.inside if not m.interviewed_on]):
        names = french.listed([member.nickname for member in todo])
        said.append(_("Entretien de fin à faire avec %(names)s.") % {"names": names})
    if unsaid := [one.title for one in productions if one.unchosen]:
        names = french.listed([f"« {title} »" for title in unsaid])
        said.append(_("Choix d’auteurs attendus pour %(names)s.") % {"names": names})
    return said


def with_unchosen(rows):
    """Adds `unchosen`: how many authors have not said who may see it."""
    return rows.annotate(unchosen=Count("authors", filter=Q(authors__chosen_on=None)))


# -- The journal -----------------------------------------------------------------------------------


def told_by(entries: list[GroupEntry], action: CollectiveAction) -> list[GroupEntry]:
    """Adds `author` to each: a leader's first name, a member's nickname, or « le groupe »."""
    nicknames = dict(
        action.members.exclude(participant__user=None).values_list("participant__user", "nickname")
    )
    for entry in entries:
        user = entry.written_by
        staff = user.first_name if user and not user.territory_id else ""
        entry.author = nicknames.get(entry.written_by_id) or staff or _("une personne du groupe")
    return entries


def entries_of(action: CollectiveAction) -> list[GroupEntry]:
    rows = GroupEntry.objects.filter(action=action, removed_at=None)
    return told_by(list(rows.select_related("step", "written_by")), action)


# -- Productions -----------------------------------------------------------------------------------


@dataclass
class AuthorSaid:
    author: ProductionAuthor
    nickname: str
    said: str  # who may see, as they chose
    how: str  # by whom it was said, when


def authors_of(production: Production) -> list[AuthorSaid]:
    nicknames = dict(production.action.members.values_list("pk", "nickname"))
    rows = production.authors.select_related("chosen_by")
    return [
        AuthorSaid(
            one, nicknames.get(one.member, _("une personne du groupe")), _chosen(one), _how(one)
        )
        for one in rows
    ]


def _chosen(author: ProductionAuthor) -> str:
    if not author.chosen_on:
        return _("N’a pas encore choisi : le groupe seul voit.")
    if author.withdrawn_on:
        day = french.day(author.withdrawn_on)
        return _("A retiré son accord le %(day)s : le groupe seul voit.") % {"day": day}
    said = {
        Visibility.GROUP: _("Le groupe seul"),
        Visibility.NETWORK: _("Les structures du programme"),
        Visibility.EVERYONE: _("Tout le monde"),
    }[author.visibility]
    return f"{said}, {_('avec son surnom') if author.shows_nickname else _('sans son surnom')}."


def _how(author: ProductionAuthor) -> str:
    if not author.chosen_on:
        return ""
    day = french.day(author.chosen_on)
    if is_by_the_person(author) or not author.chosen_by:
        return _("Dit par la personne le %(day)s.") % {"day": day}
    who = {"name": author.chosen_by.first_name, "day": day}
    return _("Noté par %(name)s d’après ce que la personne a dit le %(day)s.") % who


def shown_names(productions: list[Production]) -> dict[int, list[str]]:
    """Of each production, the nicknames of authors who agreed to show theirs."""
    rows = ProductionAuthor.objects.filter(production__in=productions, shows_nickname=True)
    pairs = list(rows.values_list("production", "member"))
    members = GroupMember.objects.filter(pk__in=[member for _production, member in pairs])
    nicknames = dict(members.values_list("pk", "nickname"))
    found: dict[int, list[str]] = defaultdict(list)
    for production, member in pairs:
        if member in nicknames:
            found[production].append(nicknames[member])
    return found


# -- The map ---------------------------------------------------------------------------------------

WIDTH, HEIGHT, EDGE = 480, 300, 36


def drawn(parts: list[ProductionPart]) -> list[dict]:
    """Where each point that has coordinates stands in a drawing of 480 × 300, and its number in
    the list; nothing when fewer than two have some: a lone point shows no map."""
    points = [part for part in parts if part.kind == PartKind.POINT]
    placed = [(n, p) for n, p in enumerate(points, start=1) if p.latitude is not None]
    if len(placed) < 2:
        return []
    xs = [float(p.longitude) for _n, p in placed]
    ys = [float(p.latitude) for _n, p in placed]
    return [
        {
            "number": number,
            "label": point.label,
            "x": round(EDGE + _share(float(point.longitude), xs) * (WIDTH - 2 * EDGE)),
            "y": round(HEIGHT - EDGE - _share(float(point.latitude), ys) * (HEIGHT - 2 * EDGE)),
        }
        for number, point in placed
    ]


def _share(value: float, among: list[float]) -> float:
    span = max(among) - min(among)
    return (value - min(among)) / span if span else 0.5
