"""« Connue ailleurs ? »: where, and whom to call; no more, a few times a day, in the journal."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys import models as m
from journeys.transfers.elsewhere import A_DAY, search_elsewhere
from rtr import scope
from territories.accounts.enums import Role
from territories.models import JournalEntry
from tests.cast import member
from tests.figures import figure
from tests.journeys.factories import ago, join

BORN = datetime.date(1995, 5, 17)
SAID = {"first_name": "Éloïse", "last_name": "Le Goff", "birth_date": BORN.isoformat()}
ASKED = {"reason": "moved"}
NOBODY = {"first_name": "Paul", "last_name": "Personne", "birth_date": BORN.isoformat()}


@pytest.fixture
def nadia(caen, le_dome):
    """Coordinates Caen alone: the valleys are elsewhere."""
    return member("Nadège", Role.COORDINATOR, le_dome, caen)


@pytest.fixture
def paul(vallees, le_wip):
    return member("Paul", Role.COORDINATOR, le_wip, vallees)


@pytest.fixture
def eloise(person, vallees, paul):
    """Known in the valleys, with an identity."""
    with scope.over([vallees.pk]):
        journey = person("Surnomxq", territory=vallees, participant={"code": "CANARI-1234"})
        m.Participant.objects.filter(pk=journey.participant_id).update(
            identified_on=ago(30),
            first_name="Eloïse",
            last_name="LE GOFF",
            birth_date=BORN,
            phone="+33199001234",
        )
    return journey


@pytest.fixture
def ask(client, nadia):
    client.force_login(nadia)
    return lambda **said: client.post(reverse("search_elsewhere"), ASKED | said)


def answer_of(page) -> str:
    """What the page says between the answer's title and the form."""
    body = page.content.decode()
    assert page.status_code == 200, page.context["form"].errors
    return body.partition("Réponse</h2>")[2].partition("</section>")[0].partition("<form")[0]


@pytest.mark.parametrize(
    "said",
    [
        SAID,
        {"first_name": "Le Goff", "last_name": "Eloise", "birth_date": BORN.isoformat()},
        {"phone": "01 99 00 12 34"},
        {"phone": "+33 1 99 00 12 34"},
    ],
)
def test_it_says_where_and_whom_to_call(eloise, ask, said):
    answer = answer_of(ask(**said))

    assert "Connu dans <b>Vallées" in answer
    assert "Paul Exemple" in answer and "paul@exemple.fr" in answer


def test_it_says_nothing_of_the_file(eloise, ask, le_dome):
    """No nickname, no code, no id, no structure, no word of the path."""
    page = ask(**SAID)
    body = page.content.decode()

    told = ["Surnomxq", "CANARI-1234", str(le_dome), f"/parcours/{eloise.pk}/", "0199001234"]
    assert [text for text in told if text in body] == []
    assert not [url for url in (f"/{eloise.pk}/", f"/{eloise.participant_id}/") if url in body]
    figure("mots d’un dossier connu ailleurs", len(told), "0 dans la réponse")


@pytest.mark.parametrize(
    "said",
    [
        NOBODY,
        SAID | {"last_name": "Le Gof"},
        SAID | {"first_name": "Élo"},
        SAID | {"birth_date": "1995-05-18"},
        SAID | {"last_name": "%"},
        {"phone": "01 99 00 12 35"},
    ],
)
def test_what_is_not_exactly_it_is_not_known(eloise, ask, said):
    assert "Pas connu dans les territoires du programme." in answer_of(ask(**said))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"first_name": "Éloïse"},
        {"first_name": "Éloïse", "last_name": "Le Goff"},
        {"last_name": "Le Goff", "birth_date": BORN.isoformat()},
        {"phone": "0639"},
        {"phone": "*"},
        SAID | {"birth_date": "demain"},
        SAID | {"reason": ""},
        SAID | {"reason": "curiosité"},
    ],
)
def test_a_part_of_it_is_not_asked_at_all(eloise, ask, said):
    page = ask(**said)

    assert page.status_code == 422
    assert "Connu dans" not in page.content.decode()
    with scope.everything("test"):
        assert not JournalEntry.objects.filter(act="searched_elsewhere").exists()


def test_known_and_not_known_take_the_same_questions(eloise, ask, django_assert_max_num_queries):
    """Found or not, the same work but the line that the person may read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for said in (NOBODY, SAID):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(**said)
        counts.append(len([q for q in queries if "insert into" not in q["sql"].lower()]))

    assert counts[0] == counts[1]


def test_each_question_is_in_the_journal_and_what_was_typed_is_not(eloise, ask, nadia, caen):
    ask(**SAID)
    ask(**NOBODY)

    with scope.everything("test"):
        lines = JournalEntry.objects.filter(act="searched_elsewhere").order_by("pk")
        assert [(line.territory_id, line.participant_id) for line in lines] == [
            (caen.pk, None),
            (eloise.territory_id, eloise.participant_id),
            (caen.pk, None),
        ]
        kept = str([list(line.fields) for line in lines])
    assert "reason:moved" in kept
    assert not [word for word in ("Goff", "1995", "loïse") if word in kept]


def test_the_page_counts_who_asked(eloise, ask, client):
    ask(**SAID)
    ask(**NOBODY)

    body = client.get(reverse("search_elsewhere")).content.decode()
    assert "Nadège Exemple : deux recherches" in body.replace("\xa0", " ")
    assert "Vous en avez fait deux aujourd’hui" in body


def test_the_team_of_the_person_reads_that_somebody_looked_for_them(eloise, ask, paul, client):
    ask(**SAID)

    client.force_login(paul)
    page = client.get(reverse("journey_history", args=[eloise.pk]))

    assert "a cherché si la personne est connue ailleurs" in page.content.decode()


def test_twenty_a_day(eloise, ask, nadia, caen, time_machine):
    with scope.over([caen.pk]):
        for _time in range(A_DAY):
            search_elsewhere(by=nadia, reason="moved", phone="+33199001235")
    refused = ask(**SAID)

    assert refused.status_code == 422
    assert "Vingt recherches par jour" in refused.content.decode()
    assert "Connu dans" not in refused.content.decode()
    with scope.over([caen.pk]), pytest.raises(ValidationError):
        search_elsewhere(by=nadia, reason="moved", phone="+33199001234")
    time_machine.move_to(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1))
    with scope.over([caen.pk]):
        JournalEntry.objects.filter(pk__lt=0)
        assert search_elsewhere(by=nadia, reason="moved", phone="+33199001234")


def test_another_programme_is_not_looked_into(person, marseille, ask):
    with scope.over([marseille.pk]):
        far = person("Fatou", territory=marseille)
        m.Participant.objects.filter(pk=far.participant_id).update(
            identified_on=ago(3), first_name="Éloïse", last_name="Le Goff", birth_date=BORN
        )

    assert "Pas connu" in answer_of(ask(**SAID))


def test_whom_the_person_objected_to_learns_nothing(eloise, ask, nadia):
    with scope.over([eloise.territory_id]):
        join(eloise, nadia, suspended_on=ago(1))

    assert "Pas connu" in answer_of(ask(**SAID))


def test_a_file_that_was_merged_is_found_once(eloise, person, vallees, paul, ask, merged):
    with scope.over([vallees.pk]):
        other = person("Double", territory=vallees)
        m.Participant.objects.filter(pk=other.participant_id).update(
            identified_on=ago(30), first_name="Éloïse", last_name="Le Goff", birth_date=BORN
        )
        from journeys.duplicates.actions.merging import merge

        merge(kept=eloise, absorbed=other, by=paul, seen=None, seen_absorbed=None, taken={})

    assert answer_of(ask(**SAID)).count("Connu dans") == 1
    with scope.everything("test"):
        found = JournalEntry.objects.filter(act="searched_elsewhere", participant_id__isnull=False)
        assert found.count() == 1
