"""Two files side by side: what each holds, and which of them it is wiser to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import CharField, Count, F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from journeys.contracts.models import Contract, Objective
from journeys.documents.models import Document
from journeys.duplicates.models import KeptApart
from journeys.participants.models import OtherSupport, Participant, Referral
from journeys.pathway.models import Absence, Contact, Journey, Note, Outcome, Strength, TeamMember
from territories.accounts.models import User

# What is counted, in the order of a file; and how a row of it leads to its journey.
COUNTED = [
    (_("contacts"), Contact, "journey"),
    (_("ce que la personne apporte"), Strength, "journey"),
    (_("membres de l’équipe"), TeamMember, "journey"),
    (_("contrats"), Contract, "journey"),
    (_("objectifs"), Objective, "journey"),
    (_("étapes gagnées"), Outcome, "journey"),
    (_("pauses et sorties"), Absence, "journey"),
    (_("notes"), Note, "journey"),
    (_("pièces"), Document, "participant__journey"),
    (_("orientations"), Referral, "participant__journey"),
    (_("autres accompagnements"), OtherSupport, "participant__journey"),
]


@dataclass(frozen=True)
class Line:
    """How many of something each of the two files holds."""

    label: str
    one: int
    other: int


def files(one: Journey, other: Journey) -> list[Line]:
    """In one query; what neither holds is left out."""
    branches = [
        model.objects.order_by()
        .filter(**{f"{way}__in": [one.pk, other.pk]})
        .annotate(of=F(way), what=Value(str(rank), CharField()))
        .values_list("what", "of")
        .annotate(n=Count("pk"))
        for rank, (_label, model, way) in enumerate(COUNTED)
    ]
    held = {(int(what), of): n for what, of, n in branches[0].union(*branches[1:], all=True)}
    lines = [
        Line(label, held.get((rank, one.pk), 0), held.get((rank, other.pk), 0))
        for rank, (label, _model, _way) in enumerate(COUNTED)
    ]
    return [line for line in lines if line.one or line.other]


def suggested(one: Journey, other: Journey) -> Journey:
    """The one whose contract was signed last; else the older file."""
    signed = [journey for journey in (one, other) if journey.entry_on]
    if signed:
        return max(signed, key=lambda journey: (journey.entry_on, journey.pk))
    return min((one, other), key=lambda journey: (journey.first_contact_on, journey.pk))


def named(kept_apart: QuerySet[KeptApart], user: User) -> Iterable[SimpleNamespace]:
    """Each pair with the other's nickname and code, of those the user may know of."""
    rows = list(kept_apart)
    known = Participant.objects.visible_to(user).in_bulk([row.other_id for row in rows])
    return [
        SimpleNamespace(row=row, other=known[row.other_id]) for row in rows if row.other_id in known
    ]
