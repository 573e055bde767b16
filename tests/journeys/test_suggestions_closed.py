"""No forbidden feature reaches the model: everything else about somebody is changed, in turn.

Each column of each table about the person, save the few that suggestions read, is given another
value (texts are given words that would change the ideas, were they read): the ideas, their scores
and their reasons stay the same.
"""

import datetime
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from journeys import models as m
from journeys.participants.models import Participant
from journeys.pathway.models import Journey
from rtr import scope
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from rtr.postgres.lifecycle import lifecycle
from territories.accounts.enums import Role
from territories.models import Neighbourhood, User
from tests.cast import member
from tests.figures import figure
from tests.journeys.factories import join
from tests.journeys.ideas import came, crowd, found, offered, says, tells
from tests.security.world import person

# What may be read, by hand: the page « Comment viennent les idées » says the same.
READ = {
    "Strength": "kind text",
    "Reflection": "experience liked learnt follows own_words reader",
    "Experience": "title is_elsewhere",
    "Enrolment": "session status attendance",
    "Signature": "signer language",
    "NotForMe": "activity",
    "Participant": "organisation",
}
# Not what is known of somebody, but whether their file is known at all to who looks.
WHOSE = {"Journey": "merged_on", "Participant": "merged_into user", "TeamMember": "user"}
FORBIDDEN = (
    "Barrier.theme Barrier.level EntrySituation.employment EntrySituation.diploma"
    " EntrySituation.housing EntrySituation.gender EntrySituation.nationality"
    " EntrySituation.digital_level EntrySituation.resources EntrySituation.disability"
    " EntrySituation.publics EntrySituation.neighbourhood EntrySituation.qpv_edition"
    " Participant.birth_date Participant.first_name Participant.last_name Participant.channel"
    " Participant.guardian OtherSupport.kind Note.text Document.title Document.kind"
    " Contract.text Objective.wording Absence.pause_reason Absence.exit_kind PhaseChange.reason"
    " Outcome.kind Outcome.host FollowUp.situation"
).split()
LURE = "coudre, cuisiner, réparer un vélo, jouer du théâtre au jardin"


@pytest.fixture
def story(caen, le_dome, le_wip, coordinator):
    """Somebody about whom everything is written, and an offer that their words are near to."""
    author = member("Jo", Role.REFERENT, le_wip, caen)
    with scope.over([caen.pk]):
        written = person("mine", caen, le_dome, author)
        written.journey.team.filter(user=coordinator).delete()
        join(written.journey, coordinator, "coordinator")  # reads what was told to the team
        names = ("Couture", "Cuisine du monde", "Réparer un vélo", "Théâtre", "Jardin partagé")
        offer = [offered(name, caen) for name in names]
        past = offered("Sport du lundi", caen, days=0)
        came(written.journey, past)
        crowd([past, offer[3]], 5, le_dome)
        says(written.journey, "Broder")
        tells(written.journey, "Le club", author, liked="Le jardin", did="Le théâtre")
        with lifecycle():
            m.Signature.objects.filter(journey=written.journey).update(language="uk")
        commune = caen.communes.create(name="Colombelles")
        Neighbourhood.objects.create(commune=commune, name="Le Plateau")
        yield written.journey


def scores(journey: Journey, reader: User) -> list[tuple]:
    fresh = Journey.objects.select_related("participant").get(pk=journey.pk)
    return [(idea.activity.pk, idea.session.pk, idea.parts) for idea in found(fresh, reader)]


def rows_about(journey: Journey) -> Iterator[models.QuerySet]:
    """The rows of every table with a key to the person or to their journey, and those two."""
    yield Journey._base_manager.filter(pk=journey.pk)
    yield Participant._base_manager.filter(pk=journey.participant_id)
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ScopedForeignKey | ScopedOneToOneField):
                if field.related_model is Journey:
                    yield model._base_manager.filter(**{field.name: journey.pk})
                elif field.related_model is Participant and model is not Journey:
                    yield model._base_manager.filter(**{field.name: journey.participant_id})


def columns(model: type[models.Model]) -> Iterator[models.Field]:
    """All but its own key, whose row it is, and what may be read."""
    closed = f"{READ.get(model.__name__, '')} {WHOSE.get(model.__name__, '')}".split()
    for field in model._meta.local_concrete_fields:
        belongs = field.name == "territory" or field.related_model in (Journey, Participant)
        if not (field.primary_key or belongs or field.generated or field.name in closed):
            yield field


def others(field: models.Field, row: models.Model) -> Iterator:
    """Other values of a column, the first that the database takes is used."""
    held = getattr(row, field.attname)
    if isinstance(field, ArrayField):
        yield ["couture"] if held != ["couture"] else []
    elif field.is_relation:
        pks = field.related_model._base_manager.exclude(pk=held).values_list("pk", flat=True)
        yield from pks[:3]
    elif field.choices:
        yield from (code for code, _word in field.flatchoices if code != held)
    elif isinstance(field, models.CharField | models.TextField | models.FileField):
        yield from (LURE[: field.max_length], "", "x")
    elif isinstance(field, models.BooleanField):
        yield not held
    elif isinstance(field, models.DateField):  # a moment is one too
        day, is_moment = datetime.timedelta(days=1), isinstance(field, models.DateTimeField)
        now = timezone.now() if is_moment else timezone.localdate()
        yield from [held + day, held - day] if held else [now, now - day]
    elif isinstance(field, models.IntegerField):
        yield from ((held or 0) + 1, max(0, (held or 0) - 1), None)


def changed(rows: models.QuerySet, field: models.Field) -> bool:
    """Give the column another value, if the database lets it be changed alone."""
    pairs = [(row, value) for row in rows[:3] for value in others(field, row)]
    for row, value in pairs:
        try:
            with transaction.atomic(), lifecycle():
                rows.filter(pk=row.pk).update(**{field.attname: value})
                return True
        except (DatabaseError, ValueError, TypeError):
            continue
    return False


def test_whatever_else_is_known_changes_nothing(story, coordinator):
    before, tried, wrong = scores(story, coordinator), set(), []
    for rows in rows_about(story):
        if rows.exists():
            for field in columns(rows.model):
                name = f"{rows.model.__name__}.{field.name}"
                with transaction.atomic():
                    if changed(rows, field):
                        tried.add(name)
                        wrong += [name] * (scores(story, coordinator) != before)
                    transaction.set_rollback(True)

    assert not wrong
    assert set(FORBIDDEN) <= tried, sorted(set(FORBIDDEN) - tried)
    figure("colonnes hors du calcul des idées", len(tried), "changées une à une, 0 effet")


CONTROLS = {
    "Strength": {"text": "Jouer du théâtre"},
    "Reflection": {"liked": "Coudre"},
    "Enrolment": {"status": "cancelled"},
}


@pytest.mark.parametrize("model", CONTROLS)
def test_what_is_read_changes_something(model, story, coordinator):
    """The control: were a column read, it would be seen."""
    before = scores(story, coordinator)
    for rows in rows_about(story):
        if rows.model.__name__ == model:
            with lifecycle():
                rows.update(**CONTROLS[model])

    assert scores(story, coordinator) != before


def test_new_rows_about_what_complicates_life_change_nothing(story, coordinator):
    before = scores(story, coordinator)
    of = {"territory": story.territory, "journey": story}
    m.Barrier.objects.create(**of, theme="sante")
    m.Note.objects.create(**of, author=coordinator, text=LURE)

    assert scores(story, coordinator) == before


def test_coming_to_what_tells_of_money_health_or_home_changes_nothing(story, caen, coordinator):
    before = scores(story, coordinator)
    for hour, theme in enumerate(("sante--addictions", "logement-hebergement--louer-un-logement")):
        past = offered(f"Théâtre et couture {hour}", caen, days=0, theme=theme)
        came(story, past, days=119, hour=hour + 8)

    assert scores(story, coordinator) == before
