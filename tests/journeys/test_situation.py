"""Answers, what complicates life, supports, notes: read category by category, corrected, dated."""

import pytest

from journeys.models import Barrier, EntrySituation, Note, OtherSupport, Strength
from journeys.pathway.actions import people, telling
from rtr import scope
from territories.journal.models import JournalEntry
from territories.models import Commune, Neighbourhood, Zoning
from tests.journeys.acts import Actor, errors
from tests.journeys.factories import JourneyFactory, ago, join

ALL_ANSWERS = {
    "employment": "inscrit_24",
    "diploma": "cite_0_2",
    "housing": "stable",
    "gender": "nsp",
    "nationality": "francaise",
    "digital_level": "initie",
    "resources": "rsa",
    "disability": "no",
}


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


@pytest.fixture
def contracted(caen, le_dome, inside):
    return JourneyFactory(territory=caen, contracted=True, participant__organisation=le_dome)


@pytest.fixture
def nadia(signed_in, coordinator):
    return Actor(signed_in(coordinator))


@pytest.fixture
def karim(contracted, referent, client):
    """A referent of the team, to whom the person has opened nothing yet."""
    join(contracted, referent)
    client.force_login(referent)
    return Actor(client)


def agree(journey, referent, coordinator, *categories):
    place = journey.team.get(user=referent)
    people.share(member=place, by=coordinator, seen=None, categories=list(categories))


# -- Entry questions -----------------------------------------------------------------------------


def test_answers_come_little_by_little(nadia, contracted):
    nadia.does("situation_answer", contracted, employment="inscrit_24")
    assert contracted.situation.completed_on is None

    nadia.does("situation_answer", contracted, **ALL_ANSWERS, publics=["parent_isole", "fle"])

    situation = EntrySituation.objects.get(journey=contracted)
    assert situation.completed_on == ago(0)
    assert situation.publics == ["fle", "parent_isole"]
    text = nadia.opens("journey_situation", contracted).content.decode()
    assert "Logement stable" in text and "Parent isolé" in text


def test_an_answer_out_of_the_list_is_refused(nadia, contracted):
    response = nadia.does("situation_answer", contracted, housing="château", publics=["rsa"])

    found = errors(response)
    assert "Sélectionnez un choix valide" in found["housing"][0]
    assert "publics" in found, "what follows from the answers is not ticked"


def test_a_quarter_of_another_territory_is_refused(nadia, contracted, marseille):
    commune = Commune.objects.create(territory=marseille, name="Marseille")
    felix_pyat = Neighbourhood.objects.create(commune=commune, name="Félix Pyat")

    response = nadia.does("situation_answer", contracted, neighbourhood=felix_pyat.pk)

    assert "Sélectionnez un choix valide" in errors(response)["neighbourhood"][0]


def test_a_quarter_told_after_the_contract_keeps_the_zoning_of_its_day(nadia, contracted, caen):
    commune = Commune.objects.create(territory=caen, name="Colombelles")
    quarter = Neighbourhood.objects.create(commune=commune, name="Libéra")
    Zoning.objects.create(
        neighbourhood=quarter, edition="2015", from_on=ago(3000), until_on=contracted.entry_on
    )
    Zoning.objects.create(neighbourhood=quarter, edition="2024", from_on=contracted.entry_on)

    nadia.does("situation_answer", contracted, neighbourhood=quarter.pk)

    assert EntrySituation.objects.get(journey=contracted).qpv_edition == "2024"


def test_a_referent_sees_resources_and_disability_only_with_the_persons_agreement(
    contracted, referent, coordinator, karim
):
    telling.answer_situation(
        journey=contracted,
        by=coordinator,
        seen=None,
        answers=ALL_ANSWERS | {"publics": ["boeth", "ase", "fle"]},
    )

    before = karim.opens("journey_situation", contracted).content.decode()
    agree(contracted, referent, coordinator, "resources", "disability")
    after = karim.opens("journey_situation", contracted).content.decode()

    assert "Logement stable" in before and "Apprend le français" in before
    assert "RSA" not in before and "obligation d" not in before and "aide sociale" not in before
    assert "Lu par la coordination et par les personnes que Kiwi choisit." in before
    assert "RSA" in after and "obligation d" in after and "aide sociale" not in after


def test_what_a_referent_does_not_see_stays_as_it_was(contracted, coordinator, karim):
    telling.answer_situation(
        journey=contracted,
        by=coordinator,
        seen=None,
        answers=ALL_ANSWERS | {"publics": ["boeth", "fle"]},
    )

    karim.does(
        "situation_answer",
        contracted,
        **ALL_ANSWERS | {"housing": "heberge", "resources": "are", "disability": "yes"},
        publics=["parent_isole"],
    )

    situation = EntrySituation.objects.get(journey=contracted)
    assert situation.housing == "heberge"
    assert (situation.resources, situation.disability) == ("rsa", "no")
    assert situation.publics == ["boeth", "parent_isole"]


# -- What complicates life -----------------------------------------------------------------------


def test_what_complicates_life_is_dated_and_what_is_settled_ends(nadia, contracted):
    nadia.does("barriers_set", contracted, mobilite="much", logement="little", sante="yes")
    nadia.does("barriers_set", contracted, mobilite="little", sante="yes")

    rows = contracted.barriers.order_by("pk").values_list("theme", "level", "ended_on")
    assert set(rows) == {
        ("mobilite", "much", ago(0)),
        ("logement", "little", ago(0)),
        ("sante", "", None),
        ("mobilite", "little", None),
    }


def test_health_has_no_level(nadia, contracted):
    response = nadia.does("barriers_set", contracted, sante="much")

    assert "Sélectionnez un choix valide" in errors(response)["sante"][0]


def test_the_journal_says_that_it_changed_and_not_what(nadia, contracted):
    nadia.does("barriers_set", contracted, logement="much")

    entry = JournalEntry.objects.filter(act="barriers_changed").get()
    assert entry.fields == []


def test_it_is_read_and_written_with_the_persons_agreement(
    contracted, referent, coordinator, karim
):
    Barrier.objects.create(
        territory=contracted.territory, journey=contracted, theme="logement", level="much"
    )

    assert "Mon logement" not in karim.opens("journey_situation", contracted).content.decode()
    assert karim.opens("barriers_set", contracted).status_code == 403
    assert karim.does("barriers_set", contracted, logement="little").status_code == 403

    agree(contracted, referent, coordinator, "situation")

    assert "Mon logement" in karim.opens("journey_situation", contracted).content.decode()
    assert karim.does("barriers_set", contracted, logement="little").status_code == 302


def test_the_management_reads_no_category(contracted, manager, coordinator, signed_in):
    telling.answer_situation(
        journey=contracted, by=coordinator, seen=None, answers={**ALL_ANSWERS, "publics": []}
    )
    Barrier.objects.create(
        territory=contracted.territory, journey=contracted, theme="logement", level="much"
    )

    text = Actor(signed_in(manager)).opens("journey_situation", contracted).content.decode()

    assert "Logement stable" in text
    assert "RSA" not in text and "Mon logement" not in text


# -- Supports ------------------------------------------------------------------------------------


def test_another_support_is_noted_then_ends(nadia, contracted):
    nadia.does(
        "support_add",
        contracted,
        kind="mission_locale",
        since_on=ago(90),
        rhythm="un rendez-vous par mois",
    )
    support = OtherSupport.objects.get()
    early = nadia.does("support_end", contracted, support.pk, on=ago(91))
    nadia.does("support_end", contracted, support.pk, on=ago(1))

    support.refresh_from_db()
    assert "La fin vient avant le début." in str(errors(early))
    assert (support.kind, support.until_on) == ("mission_locale", ago(1))
    text = nadia.opens("journey_situation", contracted).content.decode()
    assert "un rendez-vous par mois" in text


# -- Notes ---------------------------------------------------------------------------------------


def test_a_note_is_read_with_agreement_a_working_note_by_its_author_alone(
    contracted, referent, coordinator, karim, client
):
    karim.does("note_write", contracted, text="Vient le matin.")
    karim.does("note_write", contracted, text="Penser au bus.", is_working="on")
    telling.write_note(
        journey=contracted, by=coordinator, seen=None, text="Aime le jardin.", is_working=False
    )

    of_karim = karim.opens("journey_situation", contracted).content.decode()
    client.force_login(coordinator)
    of_nadia = karim.opens("journey_situation", contracted).content.decode()
    agree(contracted, referent, coordinator, "notes")
    client.force_login(referent)
    agreed = karim.opens("journey_situation", contracted).content.decode()

    assert "Vient le matin." in of_karim and "Penser au bus." in of_karim
    assert "Aime le jardin." not in of_karim
    assert "Les notes des autres se lisent avec l’accord de Kiwi." in of_karim
    assert "Vient le matin." in of_nadia and "Penser au bus." not in of_nadia
    assert "Aime le jardin." in agreed


def test_a_delicate_word_is_read_again_before_it_is_kept(nadia, contracted):
    first = nadia.does("note_write", contracted, text="Il est malade.")
    kept = nadia.does("note_write", contracted, text="Il est malade.", reread="malade")

    assert first.status_code == 422
    assert "Relisez ce texte avant de l’enregistrer." in first.content.decode()
    assert 'name="reread" value="malade"' in first.content.decode()
    assert kept.status_code == 302
    assert Note.objects.get().text == "Il est malade."


def test_a_social_security_number_is_refused(nadia, contracted):
    response = nadia.does("note_write", contracted, text="Numéro 2 55 08 14 168 025 38")

    assert "sécurité sociale" in errors(response)["text"][0]
    assert not Note.objects.exists()


def test_a_note_is_short(nadia, contracted):
    assert "500" in errors(nadia.does("note_write", contracted, text="a" * 501))["text"][0]
    assert errors(nadia.does("note_write", contracted, text=" "))["text"] == [
        "Ce champ est obligatoire."
    ]


# -- What the person brings ----------------------------------------------------------------------


def test_what_the_person_brings_is_added_and_taken_back(nadia, kiwi):
    response = nadia.does("strength_add", kiwi, kind="dream", text="Tenir un lieu à soi")
    dream = Strength.objects.get()
    shown = nadia.client.get(response.url).content.decode()
    asked = nadia.opens("strength_remove", kiwi, dream.pk).content.decode()
    nadia.does("strength_remove", kiwi, dream.pk)

    assert "« Tenir un lieu à soi »" in shown
    assert "Retirer « Tenir un lieu à soi » ?" in asked
    assert not Strength.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [({"kind": "", "text": "Chante"}, "kind"), ({"kind": "talent", "text": ""}, "text")],
)
def test_what_the_person_brings_has_a_kind_and_words(data, field, nadia, kiwi):
    assert errors(nadia.does("strength_add", kiwi, **data))[field] == ["Ce champ est obligatoire."]


def test_the_entry_questions_are_late_after_their_delay(nadia, contracted):
    type(contracted).objects.filter(pk=contracted.pk).update(
        entry_on=ago(35), first_contact_on=ago(60)
    )

    response = nadia.opens("journey", contracted)

    late = [thing.title for thing in response.context["coming"] if thing.is_late]
    assert late == ["Questions d’entrée à finir"]
