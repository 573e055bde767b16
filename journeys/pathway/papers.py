"""What the tab of papers shows: what is still to be proved, the proofs, the person's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.documents.enums import PROVES, DocumentKind
from journeys.documents.models import Document
from journeys.pathway.lists import EXITS
from journeys.pathway.models import Absence, Journey, Outcome
from journeys.pathway.story import short_label
from rtr.lib import french


@dataclass(frozen=True)
class Claim:
    """An exit or an outcome, and the paper that its funder wants to see."""

    said: str
    wanted: str
    url: str
    proof_id: int | None


@dataclass(frozen=True)
class Shelf:
    """The proofs of one kind, and what they prove: each with the sentences of its claims."""

    label: str
    proves: str
    papers: list[tuple[Document, list[str]]]


def claims_of(journey: Journey) -> list[Claim]:
    exits = [(row, row.exit_kind, row.from_on) for row in journey.absences.exits()]
    outcomes = [(row, row.kind, row.started_on) for row in journey.outcomes.all()]
    rows = sorted([*exits, *outcomes], key=lambda row: row[2], reverse=True)
    return [_claim(journey, *row) for row in rows if EXITS[row[1]]["proof"]]


def _claim(journey: Journey, row: Absence | Outcome, kind: str, on) -> Claim:
    is_exit = isinstance(row, Absence)
    word = _("Sortie du %(day)s") if is_exit else _("Étape gagnée du %(day)s")
    said = f"{word % {'day': french.day(on, weekday=False)}} : {short_label(kind)}"
    url = reverse("exit_prove" if is_exit else "outcome_prove", args=[journey.pk, row.pk])
    return Claim(said, EXITS[kind]["proof"].replace("'", "’"), url, row.proof_id)


def shelves_of(claims: list[Claim], papers: Iterable[Document]) -> dict:
    """The page's context: `missing` claims, `shelves` of proofs, `own` papers."""
    papers = list(papers)
    here = {paper.pk for paper in papers}
    shelves = []
    for kind in DocumentKind:
        held = [
            (paper, [claim.said for claim in claims if claim.proof_id == paper.pk])
            for paper in papers
            if paper.kind == kind and not paper.is_own
        ]
        if held:
            shelves.append(Shelf(kind.label, PROVES[kind], held))
    return {
        "missing": [claim for claim in claims if claim.proof_id not in here],
        "shelves": shelves,
        "own": [paper for paper in papers if paper.is_own],
    }
