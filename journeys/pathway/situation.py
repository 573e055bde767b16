"""What the tab « Situation » shows of the answers, by what the reader may read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journeys.participants import lists
from journeys.pathway.enums import Category
from journeys.pathway.forms.person import RESERVED, asked_publics
from journeys.pathway.models import EntrySituation, Journey
from journeys.pathway.reading import Reading

QUESTIONS = {
    "employment": lists.EMPLOYMENT,
    "diploma": lists.DIPLOMA,
    "housing": lists.HOUSING,
    "gender": lists.GENDER,
    "nationality": lists.NATIONALITY,
    "digital_level": lists.DIGITAL_LEVEL,
    "resources": lists.RESOURCES,
}


@dataclass(frozen=True)
class Answer:
    question: str
    said: str
    is_closed: bool = False


def situation_of(journey: Journey, reading: Reading) -> dict:
    held = getattr(journey, "situation", None)
    can_read = reading.holds(Category.SITUATION)
    return {
        "answers": _answers(held, reading),
        "publics": _publics(held, reading),
        "completed_on": held.completed_on if held else None,
        "barriers": list(journey.barriers.filter(ended_on=None)) if can_read else [],
        "reads_barriers": can_read,
        "reads_notes": reading.holds(Category.NOTES),
        "supports": journey.participant.other_supports.all(),
    }


def _answers(held: EntrySituation | None, reading: Reading) -> list[Answer]:
    held = held or EntrySituation()
    answers = [
        _answer(held, name, codes.label(getattr(held, name)), reading)
        for name, codes in QUESTIONS.items()
    ]
    answers.append(_answer(held, "disability", held.get_disability_display(), reading))
    quarter = str(held.neighbourhood) if held.neighbourhood_id else ""
    if held.qpv_edition:
        quarter += " · " + _("quartier prioritaire (zonage %(edition)s)") % {
            "edition": held.qpv_edition
        }
    answers.append(Answer(_("quartier"), quarter))
    return answers


def _answer(held: EntrySituation, name: str, said: str, reading: Reading) -> Answer:
    question = str(EntrySituation._meta.get_field(name).verbose_name)
    closed = name in RESERVED and not reading.holds(RESERVED[name])
    return Answer(question, "" if closed else said, closed)


def _publics(held: EntrySituation | None, reading: Reading) -> list[str]:
    told = set(held.publics if held else ())
    return [label for code, label in asked_publics(reading) if code in told]
