"""What a list says of bodies: their role, since when, in which order; and of the consortium."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from types import SimpleNamespace

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rtr.lib import french
from rtr.lib.words import search_words
from territories.organisations.enums import ConsortiumRole, OrganisationKind
from territories.organisations.models import ConsortiumMember
from territories.organisations.naming import key

ICONS = {
    OrganisationKind.ASSOCIATION: "people",
    OrganisationKind.THIRD_PLACE: "house",
    OrganisationKind.E2C: "mortarboard",
    OrganisationKind.CULTURE: "film",
    OrganisationKind.SPORT: "trophy",
    OrganisationKind.COMPANY: "briefcase",
    OrganisationKind.TRAINING: "book",
    OrganisationKind.AGENCY: "signpost-split",
    OrganisationKind.PUBLIC: "building",
}
COORDINATOR, SIGNATORY, SUPPORTER = ConsortiumRole
OUTSIDE = "outside"
NAMED_AT_MOST = 4


@dataclass
class Body:
    """One row: what the body is, and its parts in the consortium of the programmes shown."""

    pk: int
    name: str
    short_name: str
    kind: str
    city: str
    what_it_brings: str
    siret: str | None
    closed_on: datetime.date | None
    members: list[ConsortiumMember] = field(default_factory=list)
    counts: str = ""

    @property
    def called(self) -> str:
        return self.short_name or self.name

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @cached_property
    def now(self) -> list[ConsortiumMember]:
        """Its roles in force, the foremost first."""
        today = timezone.localdate()
        return sorted((m for m in self.members if _covers(m, today)), key=lambda m: _rank(m.role))

    @property
    def group(self) -> str:
        return self.now[0].role if self.now else OUTSIDE

    @property
    def order(self) -> tuple:
        return _rank(self.group), key(self.called), self.pk

    @property
    def sentence(self) -> str:
        """« Tiers-lieu, Caen. Un fablab, une résidence de projets. »"""
        kind = french.capitalised(str(OrganisationKind(self.kind).label))
        where = f"{kind}, {self.city}." if self.city else f"{kind}."
        said = (self.now[0].part if self.now else "") or self.what_it_brings
        return f"{where} {said}".strip()

    def answers(self, words: list[str]) -> bool:
        """Whether each word looked for begins one of its own."""
        own = key(f"{self.name} {self.short_name} {self.city}").split() + [self.siret or ""]
        return all(any(one.startswith(word) for one in own) for word in words)


def _covers(member: ConsortiumMember, day: datetime.date) -> bool:
    return member.from_on <= day and (member.until_on is None or member.until_on > day)


def _rank(role: str) -> int:
    return [*ConsortiumRole.values, OUTSIDE].index(role)


def bodies(organisations: QuerySet, members: Iterable[ConsortiumMember], text: str) -> list[Body]:
    """All that match, in order. There are some hundreds: read whole, since accents are folded
    here and not by the database."""
    names = ("pk", "name", "short_name", "kind", "city", "what_it_brings", "siret", "closed_on")
    parts: dict[int, list[ConsortiumMember]] = {}
    for member in members:
        parts.setdefault(member.organisation_id, []).append(member)
    words = search_words(text)
    found = (Body(*row) for row in organisations.order_by().values_list(*names))
    kept = [body for body in found if body.answers(words)]
    for body in kept:
        body.members = parts.get(body.pk, [])
    return sorted(kept, key=lambda body: body.order)


def count_places(shown: list[Body], organisations: QuerySet, territories: set[int]) -> None:
    """How many open places each has in these territories, said in words."""
    rows = organisations.filter(
        pk__in=[body.pk for body in shown],
        places__territory__in=territories,
        places__closed_on=None,
    )
    counts = dict(rows.order_by().values_list("pk").annotate(places=Count("places")))
    for body in shown:
        if count := counts.get(body.pk):
            body.counts = f"{french.spelled(count)} {french.plural(count, _('lieu'), _('lieux'))}"


# -- In words ------------------------------------------------------------------------------------


def grouped(shown: list[Body]) -> list[SimpleNamespace]:
    titles = {
        COORDINATOR: _("Coordinateurs"),
        SIGNATORY: _("Signataires"),
        SUPPORTER: _("Soutiens"),
        OUTSIDE: _("Hors du consortium"),
    }
    groups = groupby(shown, key=lambda body: body.group)
    return [SimpleNamespace(title=titles[role], rows=list(rows)) for role, rows in groups]


def composition(members: Iterable[ConsortiumMember], programmes: int = 1) -> str:
    """« Sept signataires, dont deux coordinateurs, et trente soutiens. » Coordinators sign too."""
    today = timezone.localdate()
    holders: dict[str, set[int]] = {role: set() for role in ConsortiumRole.values}
    for member in members:
        if _covers(member, today):
            holders[member.role].add(member.organisation_id)
    leading = len(holders[COORDINATOR])
    signing = len(holders[COORDINATOR] | holders[SIGNATORY])
    parts = []
    if signing:
        said = _counted(signing, _("signataire"))
        if leading:
            said += _(", dont %(some)s") % {"some": _counted(leading, _("coordinateur"))}
        parts.append(said)
    if supporting := len(holders[SUPPORTER]):
        parts.append(_counted(supporting, _("soutien")))
    joined = _(", et ") if leading else _(" et ")
    if not parts:
        return _("Personne n’est encore dans le consortium.")
    return french.capitalised(joined.join(parts)) + "."


def _counted(count: int, word: str) -> str:
    return f"{french.spelled(count)} {french.plural(count, word)}"


def history(members: Iterable[ConsortiumMember]) -> Iterator[tuple[datetime.date, str]]:
    """Who came in, left, or changed role, the last day first; many at once are counted."""
    members = list(members)
    ended = {(m.organisation_id, m.programme_id, m.until_on): m for m in members if m.until_on}
    events: dict[tuple, list[str]] = {}
    for member in members:
        name = str(member.organisation)
        before = ended.pop((member.organisation_id, member.programme_id, member.from_on), None)
        if before:
            change = (str(before.get_role_display()), str(member.get_role_display()))
            events.setdefault((member.from_on, 1, *change), []).append(name)
        else:
            role = str(member.get_role_display())
            events.setdefault((member.from_on, 2, "", role), []).append(name)
    for member in ended.values():
        role = str(member.get_role_display())
        events.setdefault((member.until_on, 0, role, ""), []).append(str(member.organisation))
    for (day, _kind, before, after), names in sorted(events.items(), reverse=True):
        yield day, _happened(names, before, after)


def _happened(names: list[str], before: str, after: str) -> str:
    shown = sorted(names)
    if len(shown) > NAMED_AT_MOST:
        rest = len(shown) - NAMED_AT_MOST + 1
        others = _("%(count)s autres") % {"count": french.spelled(rest)}
        shown = [*shown[: NAMED_AT_MOST - 1], others]
    who = {"who": french.listed(shown), "before": before, "after": after}
    if before and after:
        return _("%(who)s : de %(before)s à %(after)s.") % who
    return _("Arrivée, %(after)s : %(who)s.") % who if after else _("Départ : %(who)s.") % who
