"""Structures: found, read, noted once."""

import pytest
from django.urls import reverse

from rtr import scope
from territories.accounts.enums import Role
from territories.models import JournalEntry, Organisation, Place
from tests.cast import member
from tests.journeys.factories import JourneyFactory, ago
from tests.territories.network import body, part, text, undo_url

SIRET = "00000001800010"
AAJB = {"name": "Association des Amis", "kind": "association", "siret": "000 000 018 00010"}


# -- The list --------------------------------------------------------------------------------------


def test_the_list_says_what_the_consortium_is_made_of(network, signed_in, animator):
    page = text(signed_in(animator).get(reverse("organisations")))

    assert "Deux signataires, dont un coordinateur, et un soutien." in page
    assert page.index("Coordinateurs") < page.index("Signataires") < page.index("Soutiens")
    assert "Association, Caen." in page
    assert "Noter une structure" not in page


@pytest.mark.parametrize("typed", ["epicerie", "EMER", "caen épi"])
def test_a_body_is_found_by_the_start_of_its_words_accents_apart(
    typed, network, signed_in, animator
):
    page = text(signed_in(animator).get(reverse("organisations"), {"q": typed}))

    assert "Une structure correspond" in page
    assert "Épicerie Émeraude" in page
    assert "Agence du Port</a>" not in page


def test_a_body_is_found_by_its_siret(network, signed_in, animator):
    Organisation.objects.filter(slug="agenceduport").update(siret=SIRET)

    page = text(signed_in(animator).get(reverse("organisations"), {"q": "000 000 018"}))

    assert "Agence du Port" in page and "Une structure correspond" in page


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("signatory", "Le WIP"),
        ("none", "Agence du Port"),
        ("former", "Ancienne"),
        ("coordinator", "Le Dôme"),
    ],
)
def test_the_list_narrows_by_role(role, expected, network, signed_in, animator):
    part(body("Ancienne", network), network, until_on=ago(3))

    page = signed_in(animator).get(reverse("organisations"), {"role": role})

    assert [row.called for group in page.context["groups"] for row in group.rows] == [expected]
    assert "Retirer le filtre" in text(page)


def test_a_closed_body_shows_only_when_asked(network, signed_in, animator):
    body("Partie", network, closed_on=ago(3))
    client = signed_in(animator)

    assert "Partie" not in text(client.get(reverse("organisations")))
    assert "Partie" in text(client.get(reverse("organisations"), {"closed": "on"}))


def test_nothing_found_says_what_to_do(network, signed_in, animator):
    page = text(signed_in(animator).get(reverse("organisations"), {"q": "introuvable"}))

    assert "Aucune structure ne correspond." in page
    assert "Voir toutes les structures" in page


def test_a_long_list_has_pages(network, signed_in, animator):
    for number in range(60):
        body(f"Structure {number:02d}", network)
    client = signed_in(animator)

    first = client.get(reverse("organisations"), {"q": "structure"})
    second = client.get(reverse("organisations"), {"q": "structure", "page": "2"})

    def names(page):
        return [row.called for group in page.context["groups"] for row in group.rows]

    assert len(names(first)) == 50 and len(names(second)) == 10
    assert not set(names(first)) & set(names(second))
    for strange in ("0", "99999999999", "-1", "x", "²"):
        assert client.get(reverse("organisations"), {"page": strange}).status_code == 200


def test_the_list_costs_the_same_with_few_and_many(
    network, signed_in, animator, django_assert_max_num_queries
):
    client = signed_in(animator)
    client.get(reverse("organisations"))
    with django_assert_max_num_queries(13) as few:
        client.get(reverse("organisations"))
    for number in range(30):
        part(body(f"Structure {number}", network), network)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("organisations"))


def test_the_history_tells_who_came_left_and_changed(network, signed_in, animator):
    moved = body("Mobile", network)
    part(moved, network, from_on=ago(90), until_on=ago(10))
    part(moved, network, "signatory", from_on=ago(10))
    part(body("Brève", network), network, from_on=ago(80), until_on=ago(5))

    page = text(signed_in(animator).get(reverse("organisations")))

    assert "Mobile : de soutien à signataire." in page
    assert "Départ : Brève." in page
    assert "Arrivée, soutien : Brève." in page


# -- One of them -----------------------------------------------------------------------------------


def test_the_page_says_all_that_is_known(network, signed_in, animator, le_wip, caen, kiwi):
    Organisation.objects.filter(pk=le_wip.pk).update(
        siret=SIRET, phone="+33261911234", site="https://le-wip.example", city="Colombelles"
    )
    place = Place.objects.create(territory=caen, organisation=le_wip, name="La grande halle")
    place.equipment.create(name="Four à pain")

    page = text(signed_in(animator).get(reverse("organisation", args=[le_wip.pk])))

    for said in ("000 000 018 00010", "02 61 91 12 34", "La grande halle", "Four à pain"):
        assert said in page
    assert "Sacha Exemple" in page and "Animation" in page
    assert "Les personnes accueillies" not in page  # an animator reads no numbers of people
    assert "Modifier" not in page


def test_who_may_list_people_reads_how_many_it_welcomed(caen, le_dome, kiwi, signed_in, referent):
    page = text(signed_in(referent).get(reverse("organisation", args=[le_dome.pk])))

    assert "Une personne, dont un parcours en cours." in page
    assert "Kiwi" not in page


def test_people_of_other_territories_are_not_counted(
    caen, vallees, le_dome, kiwi, signed_in, referent, coordinator
):
    with scope.over([vallees.pk]):
        JourneyFactory(territory=vallees, participant__organisation=le_dome)

    alone = text(signed_in(referent).get(reverse("organisation", args=[le_dome.pk])))
    both = text(signed_in(coordinator).get(reverse("organisation", args=[le_dome.pk])))

    assert "Une personne, dont" in alone
    assert "Deux personnes, dont deux parcours en cours." in both


def test_the_page_costs_the_same_with_few_and_many(
    network, signed_in, manager, le_wip, caen, django_assert_max_num_queries
):
    Place.objects.create(territory=caen, organisation=le_wip, name="Le premier")
    client, url = signed_in(manager), reverse("organisation", args=[le_wip.pk])
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for number in range(10):
        place = Place.objects.create(territory=caen, organisation=le_wip, name=f"Lieu {number}")
        place.equipment.create(name="Four")
        member(f"Collegue{number}", Role.ANIMATOR, le_wip, caen)

    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_body_of_another_programme_alone_does_not_exist(marseille, signed_in, manager):
    stranger = body("Ailleurs", marseille.programme)

    assert signed_in(manager).get(reverse("organisation", args=[stranger.pk])).status_code == 404


# -- Noting one ------------------------------------------------------------------------------------


def test_a_body_is_noted_and_taken_back(network, signed_in, manager):
    client = signed_in(manager)

    done = client.post(reverse("organisation_add"), AAJB, follow=True)

    made = Organisation.objects.get(siret=SIRET)
    assert made.slug == "association-des-amis"
    assert list(made.noted_in.all()) == [network]
    assert "La structure est notée." in text(done)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.actor, entry.object_id) == ("organisation_changed", manager, made.pk)

    client.post(undo_url(done), follow=True)

    assert not Organisation.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"siret": "000 000 018 00011"}, "siret", "un des cinq derniers chiffres"),
        ({"siret": "0" * 10_000}, "siret", "40"),
        ({"name": "n" * 10_000}, "name", "160"),
        ({"name": "  "}, "name", "obligatoire"),
        ({"what_it_brings": "x" * 10_000}, "what_it_brings", "300"),
        ({"site": "javascript:alert(1)"}, "site", "https://"),
        ({"site": "http://exemple.fr"}, "site", "https://"),
        ({"postcode": "1400O"}, "postcode", "cinq chiffres"),
        ({"phone": "12"}, "phone", ""),
        ({"kind": "secte"}, "kind", ""),
        ({"what_it_brings": "1 85 05 78 006 084 91"}, "what_it_brings", "sécurité sociale"),
    ],
)
def test_bad_input_is_refused_beside_its_field(change, field, said, network, signed_in, manager):
    page = signed_in(manager).post(reverse("organisation_add"), AAJB | change)

    assert page.status_code == 422
    assert said in " ".join(page.context["form"].errors[field])
    assert not Organisation.objects.filter(kind="association", name=AAJB["name"]).exists()


def test_html_in_a_name_is_text(network, signed_in, manager):
    client = signed_in(manager)

    page = client.post(
        reverse("organisation_add"), AAJB | {"name": "<script>alert(1)</script>"}, follow=True
    )

    assert "<script>alert(1)" not in text(page)
    assert "&lt;script&gt;alert(1)" in text(page)


@pytest.mark.parametrize(
    "twin",
    [{"siret": SIRET}, {"name": "ASSOCIATION DES AMIS"}, {"short_name": "associâtion-des amis"}],
)
def test_one_that_is_there_already_is_shown_not_written_twice(twin, network, signed_in, manager):
    there = body(**{"name": "Autre nom", "programme": network} | twin)

    page = signed_in(manager).post(reverse("organisation_add"), AAJB)

    assert page.status_code == 422
    assert reverse("organisation", args=[there.pk]) in text(page)
    assert "existe déjà" in text(page)


def test_one_that_another_programme_noted_is_taken_up_as_it_is(
    network, signed_in, manager, marseille
):
    there = body("Autre nom", marseille.programme, siret=SIRET)
    client = signed_in(manager)

    refused = client.post(reverse("organisation_add"), AAJB)
    assert reverse("organisation", args=[there.pk]) not in text(refused)
    assert "La prendre telle quelle" in text(refused)

    done = client.post(reverse("organisation_add"), AAJB | {"take": "yes"}, follow=True)

    assert "elle est dans vos structures." in text(done)
    assert set(there.noted_in.all()) == {network, marseille.programme}


def test_nothing_is_taken_up_without_its_name_or_siret(network, signed_in, manager, marseille):
    there = body("Autre nom", marseille.programme)

    page = signed_in(manager).post(
        reverse("organisation_add"), AAJB | {"take": "yes", "pk": there.pk, "twin": there.pk}
    )

    assert list(there.noted_in.all()) == [marseille.programme]
    assert page.status_code == 302  # it is simply noted
