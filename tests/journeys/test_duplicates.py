"""Hints of two files for one person: who sees them, what they say, how they are answered."""

import datetime

import pytest
from django.urls import reverse

from journeys import models as m
from journeys.contracts.actions import preparing
from journeys.duplicates.names import sound_alike
from journeys.duplicates.reading import BIRTH, PHONE_OR_CONTACT, lookalikes, pairs
from rtr import scope
from territories.accounts.enums import Role
from territories.models import Membership
from tests.figures import figure
from tests.journeys.acts import told
from tests.journeys.crowd import crowd
from tests.journeys.factories import ago, join

BORN = datetime.date(1995, 5, 17)


def name(words: str) -> tuple[str, str]:
    first, _comma, last = words.partition(", ")
    return first, last


ALIKE = [
    ("Mohamed, Ben Ali", "Muhammad, Benali"),
    ("Mohammed, Haddad", "Mohamed, Hadad"),
    ("Camille, Martin", "Martin, Camille"),
    ("Jean-Pierre, Dupont", "Jean, Dupont"),
    ("Jeanne, Lefèvre", "Jeanne, Lefebvre"),
    ("Fatou, Diop", "Fatoumata, Diop"),
    ("Fatima, El Amrani", "Fatima, Amrani"),
    ("Youssef, Cherif", "Yusuf, Sherif"),
    ("Khadija, Ouali", "Cadija, Wali"),
    ("Oleksandr, Shevchenko", "Alexandre, Chevtchenko"),
    ("Zineb, Lahlou", "Zaineb, Lahlou"),
    ("Aïcha, Traoré", "Aicha, TRAORE"),
    ("Marie-Claire, Petit Durand", "Marie Claire, Durand"),
    ("Nguyen, Thi Lan", "Lan, Nguyen"),
    ("Philippe, Moreau", "Filip, Moreau"),
    ("Abdel Kader, Zidane", "Abdelkader, Zidane"),
    ("Kévin, de la Tour", "Kevin, Delatour"),
    ("Sofiane, Meziane", "Sofian, Mezian"),
    ("Nadia, ", "Nadia, Lemarchand"),
    ("Rachid, Boukhari", "Rashid, Bukhari"),
    ("Iryna, Kovalenko", "Irina, Kovalenko"),
    ("Djamel, Saïdi", "Jamel, Saidi"),
    ("Thierry, Le Goff", "Thiery, Legoff"),
    ("Ousmane, Sow", "Usman, Sow"),
    ("Hocine, Aït Ahmed", "Hossine, Ahmed"),
]
UNALIKE = [
    ("Marie, Martin", "Julie, Martin"),
    ("Mohamed, Haddad", "Karim, Haddad"),
    ("Camille, Martin", "Camille, Moreau"),
    ("Ali, Benali", "Samir, Benali"),
    ("Jean, Dupont", "Pierre, Dupont"),
    ("Fatou, Diop", "Awa, Diop"),
    ("Lucas, Petit", "Louis, Petit"),
    ("Emma, Roux", "Anna, Roux"),
    ("Amina, Saidi", "Amel, Saidi"),
    (", ", "Nadia, Lemarchand"),
    ("Thomas, Leroy", "Mathis, Leroy"),
    ("Ahmed, Ziani", "Hamid, Ziani"),
    ("Kevin, Garcia", "Kylian, Garcia"),
    ("Aminata, Ba", "Aissata, Ba"),
    ("Oksana, Melnyk", "Olena, Melnyk"),
    ("Li, Wang", "Wei, Wang"),
    ("Hugo, Blanc", "Inès, Blanc"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_written_in_two_ways_sound_alike(one, other):
    assert sound_alike(name(one), name(other)) and sound_alike(name(other), name(one))


@pytest.mark.parametrize(("one", "other"), UNALIKE)
def test_two_people_of_a_family_do_not(one, other):
    assert not sound_alike(name(one), name(other))


def test_count_of_the_names_tried():
    figure("paires de noms", len(ALIKE) + len(UNALIKE), f"{len(ALIKE)} proches, toutes vues")


def agreed(user, **options) -> list[tuple]:
    found, _cut = pairs(user, **options)
    return [(pair.one.nickname, pair.other.nickname, *pair.agrees) for pair in found]


# -- What is hinted ------------------------------------------------------------------------------


def test_same_birth_date_and_a_name_that_sounds_alike(everywhere, known, coordinator):
    known("Kiwi", "Mohamed, Haddad")
    known("Zaza", "Muhammad, Hadad")
    known("Lilou", "Muhammad, Hadad", born=datetime.date(1990, 1, 1))
    known("Tonio", "Karim, Haddad")

    assert agreed(coordinator) == [("Kiwi", "Zaza", BIRTH)]


def test_same_phone_however_it_was_written(everywhere, known, person, coordinator):
    known("Kiwi", "Camille, Martin", phone="+33199001234")
    person("Zaza", participant={"contact": "01 99 00 12 34"})

    assert agreed(coordinator) == [("Kiwi", "Zaza", PHONE_OR_CONTACT)]


def test_the_phone_of_a_family_says_nothing_of_two_known_people(everywhere, known, coordinator):
    known("Kiwi", "Camille, Martin", phone="+33199001234")
    known("Zaza", "Julie, Martin", born=datetime.date(1999, 1, 1), phone="+33199001234")

    assert agreed(coordinator) == []


def test_same_address_in_small_or_capital_letters(everywhere, person, coordinator):
    person("Kiwi", participant={"contact": "kiwi@exemple.fr"})
    person("Zaza", participant={"contact": "Kiwi@Exemple.fr"})

    assert agreed(coordinator) == [("Kiwi", "Zaza", PHONE_OR_CONTACT)]


def test_the_phone_of_a_house_is_nobodys(everywhere, person, coordinator):
    for rank in range(9):
        person(f"Talent {rank}", participant={"contact": "0199001234"})

    assert agreed(coordinator) == []


def test_a_person_linked_in_two_programmes_is_not_hinted_again(everywhere, known, coordinator):
    one, other = known("Kiwi", "Camille, Martin"), known("Zaza", "Camille, Martin")
    first = m.PersonLink.objects.create(territory=one.territory, participant=one.participant)
    assert len(agreed(coordinator)) == 1

    m.PersonLink.objects.create(
        territory=other.territory, participant=other.participant, person=first.person
    )

    assert agreed(coordinator) == []


def test_the_same_is_seen_from_one_file(everywhere, known, person, coordinator):
    kiwi = known("Kiwi", "Camille, Martin", phone="+33199001234")
    known("Zaza", "Martin, Camille")
    person("Lilou", participant={"contact": "01.99.00.12.34"})
    person("Tonio")

    found = lookalikes(coordinator, kiwi.participant)

    assert [(pair.other.nickname, pair.agrees) for pair in found] == [
        ("Zaza", (BIRTH,)),
        ("Lilou", (PHONE_OR_CONTACT,)),
    ]


def test_both_ways_of_looking_agree(everywhere, known, coordinator):
    files = [known(f"Talent {rank}", words) for rank, pair in enumerate(ALIKE) for words in pair]
    seen = {
        frozenset((pair.one.participant, pair.other.participant))
        for journey in files
        for pair in lookalikes(coordinator, journey.participant)
    }

    found, _cut = pairs(coordinator)

    assert {frozenset((pair.one.participant, pair.other.participant)) for pair in found} == seen
    assert len(seen) >= len(ALIKE) - 1


# -- Who sees it ---------------------------------------------------------------------------------


def test_only_files_that_the_user_may_merge_are_compared(
    everywhere, known, person, coordinator, referent, manager, marseille, comptoir, vallees
):
    known("Kiwi", "Camille, Martin")
    far = known("Fatou", "Camille, Martin", territory=marseille)
    orne = known("Orne", "Camille, Martin", territory=vallees)

    assert agreed(coordinator) == [("Kiwi", "Orne", BIRTH)]
    assert agreed(referent) == agreed(manager) == []
    row = Membership.objects.create(
        user=coordinator,
        programme=marseille.programme,
        organisation=comptoir,
        role=Role.COORDINATOR,
    )
    row.territories.set([marseille])
    del coordinator.roles
    assert len(agreed(coordinator)) == 3 and far and orne


def test_whom_the_person_objected_to_is_hinted_nothing(everywhere, known, coordinator):
    known("Kiwi", "Camille, Martin")
    join(known("Zaza", "Camille, Martin"), coordinator, "coordinator", suspended_on=ago(1))

    assert agreed(coordinator) == []


def test_the_hint_is_on_the_contracts_tab_and_on_no_page_read_together(
    known, person, coordinator, client, caen
):
    with scope.over([caen.pk]):
        known("Zaza", "Camille, Martin")
        kiwi = person("Kiwi")
        draft = preparing.prepare(journey=kiwi, by=coordinator, seen=None)
        identity = {"first_name": "Camile", "last_name": "Martin", "birth_date": BORN}
        preparing.write_identity(contract=draft, by=coordinator, seen=None, identity=identity)
    client.force_login(coordinator)

    tab = client.get(reverse("contract", args=[kiwi.pk])).content.decode()
    assert "Zaza" in tab and "même date de naissance, nom proche" in tab
    for page in ("contract_identity", "contract_objectives", "contract_terms", "contract_freeze"):
        assert "Zaza" not in client.get(reverse(page, args=[kiwi.pk])).content.decode()


def test_after_a_welcome_one_is_led_to_it_without_a_name(known, coordinator, client, caen):
    with scope.over([caen.pk]):
        known("Zaza", "Camille, Martin", phone="+33199001234")
    client.force_login(coordinator)
    said = {"nickname": "Kiwi", "channel": "presence", "territory": caen.pk}

    page = client.post(reverse("welcome"), said | {"contact": "01 99 00 12 34"}, follow=True)
    body = page.content.decode()
    assert "Un point à regarder" in body and "Zaza" not in body
    page = client.post(reverse("welcome"), said | {"contact": "01 99 00 12 35"}, follow=True)
    assert "Un point à regarder" not in page.content.decode()


def test_a_referent_is_hinted_nothing(known, referent, client, caen):
    with scope.over([caen.pk]):
        known("Zaza", "Camille, Martin")
        kiwi = known("Kiwi", "Camille, Martin")
        join(kiwi, referent)
    client.force_login(referent)

    assert "Zaza" not in client.get(reverse("contract", args=[kiwi.pk])).content.decode()


def test_today_tells_of_those_who_arrived_lately(known, person, coordinator, needs, caen):
    with scope.over([caen.pk]):
        known("Vieux", "Camille, Martin")
        known("Ancien", "Camille, Martin")
    assert "double" not in needs(coordinator)

    with scope.over([caen.pk]):
        known("Nouveau", "Camille, Martin")
        m.Participant.objects.filter(nickname="Nouveau").update(identified_on=ago(1))

    assert {line.nickname for line in needs(coordinator)["double"]} == {"Nouveau"}


# -- The list ------------------------------------------------------------------------------------


def test_the_list_says_each_pair_and_its_two_answers(known, coordinator, client, caen):
    with scope.over([caen.pk]):
        known("Kiwi", "Mohamed, Haddad")
        known("Zaza", "Muhammad, Hadad")
    client.force_login(coordinator)

    page = client.get(reverse("duplicates"))

    body = page.content.decode()
    assert "une paire" in body and "Kiwi" in body and "Zaza" in body
    assert "Haddad" not in body  # a nickname is enough to compare
    assert "Ce n’est pas elle" in body


def test_an_empty_list_says_so(coordinator, client):
    client.force_login(coordinator)

    assert "Aucun doublon possible" in client.get(reverse("duplicates")).content.decode()


def test_its_cost_does_not_follow_the_number_of_people(
    known, coordinator, client, caen, le_dome, django_assert_max_num_queries
):
    with scope.over([caen.pk]):
        for rank in range(3):
            known(f"Talent {rank}", "Camille, Martin")
        crowd(120, caen, le_dome)
        m.Participant.objects.filter(nickname__startswith="Talent 00").update(
            identified_on=ago(1), first_name="Camille", last_name="Martin", birth_date=BORN
        )
    client.force_login(coordinator)

    with django_assert_max_num_queries(13):
        page = client.get(reverse("duplicates"))

    assert page.context["count"] > 3000
    assert "Voir les suivants" in page.content.decode()
    assert client.get(reverse("duplicates"), {"de": "50"}).status_code == 200


def test_a_place_chosen_in_the_top_bar_narrows_it(known, coordinator, client, caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        known("Kiwi", "Camille, Martin")
        known("Zaza", "Camille, Martin", territory=vallees)
    client.force_login(coordinator)
    assert client.get(reverse("duplicates")).context["count"] == 1

    client.get(reverse("switch_place"), {"place": caen.pk})

    assert client.get(reverse("duplicates")).context["count"] == 0


# -- « Ce n’est pas elle » -----------------------------------------------------------------------


def test_two_people_are_not_hinted_again_until_it_is_taken_back(known, coordinator, client, caen):
    with scope.over([caen.pk]):
        kiwi, zaza = known("Kiwi", "Camille, Martin"), known("Zaza", "Camille, Martin")
    client.force_login(coordinator)
    url = reverse("kept_apart", args=[kiwi.pk])

    answer = client.post(url, {"avec": zaza.participant.code}, follow=True)
    assert "Kiwi et Zaza sont deux personnes" in told(answer)
    client.post(reverse("kept_apart", args=[zaza.pk]), {"avec": kiwi.participant.code})
    with scope.over([caen.pk]):
        pair = m.KeptApart.objects.get()  # once, whichever way it is said
        assert agreed(coordinator) == []
        assert lookalikes(coordinator, zaza.participant) == []
    assert "Deux personnes, c’est vu" in client.get(reverse("duplicates")).content.decode()

    client.post(reverse("kept_apart_undo", args=[pair.pk]))
    with scope.over([caen.pk]):
        assert len(agreed(coordinator)) == 1


def test_a_code_one_may_not_know_is_nowhere(kiwi, fatou_in_marseille, coordinator, client):
    client.force_login(coordinator)
    with scope.everything("test"):
        far, own = fatou_in_marseille.participant.code, kiwi.participant.code
    url = reverse("kept_apart", args=[kiwi.pk])

    for code in (far, "RIEN-0000", "", "' or 1=1"):
        assert client.post(url, {"avec": code}).status_code == 404
    assert client.post(url, {"avec": own}).status_code == 302
    with scope.everything("test"):
        assert not m.KeptApart.objects.exists()
