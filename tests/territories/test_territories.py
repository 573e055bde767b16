"""A manager opens a territory; everyone reads what theirs is made of."""

import datetime

import pytest
from django.urls import reverse

from rtr import scope
from territories.models import (
    Commune,
    JournalEntry,
    Neighbourhood,
    PeriodTarget,
    Place,
    Territory,
    Zoning,
)
from tests.journeys.crowd import crowd


@pytest.fixture
def gaelle(signed_in, manager):
    return signed_in(manager)


@pytest.fixture
def quarter(caen):
    commune = Commune.objects.create(territory=caen, name="Colombelles")
    return Neighbourhood.objects.create(commune=commune, name="Le Plateau")


def opened(client, programme, **values):
    asked = {
        "programme": programme.pk,
        "name": "Bessin",
        "kind": "rural",
        "places": "Bayeux : Argouges, Saint-Jean\nIsigny",
        "phone": "02 61 91 00 00",
        "takes_referrals": "on",
    }
    return client.post(reverse("territory_open"), asked | values, follow=True)


def test_a_new_territory_is_open_at_once_to_its_managers(gaelle, caen):
    page = opened(gaelle, caen.programme)

    bessin = Territory.objects.get(slug="bessin")
    assert page.redirect_chain[-1][0] == reverse("territory", args=[bessin.pk])
    assert [str(each) for each in bessin.communes.all()] == ["Bayeux", "Isigny"]
    assert bessin.communes.first().neighbourhoods.count() == 2
    assert "Argouges" in page.content.decode() and "02 61 91 00 00".replace(" ", "\u00a0") in (
        page.content.decode()
    )
    assert JournalEntry.objects.get(act="territory_opened").object_id == bessin.pk


def test_its_team_is_invited_there_without_looking_for_it(gaelle, caen):
    page = opened(gaelle, caen.programme).content.decode()

    bessin = Territory.objects.get(slug="bessin")
    address = f"{reverse('invite')}?territoire={bessin.pk}"
    assert address in page
    form = gaelle.get(address).context["form"]
    assert [box.data["value"].value for box in form["territories"] if box.data["selected"]] == [
        bessin.pk
    ]


def test_it_is_open_to_nobody_else(gaelle, signed_in, coordinator, evaluator, caen):
    opened(gaelle, caen.programme)

    for user in (coordinator, evaluator):
        fresh = type(user).objects.get(pk=user.pk)
        assert "bessin" not in set(
            Territory.objects.visible_to(fresh).values_list("slug", flat=True)
        )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "obligatoire"),
        ({"name": "Caen la Mer", "slug": "caen"}, "existe déjà"),
        ({"name": "！！"}, "Écrivez une adresse"),
        ({"kind": "lune"}, "Sélectionnez un choix valide"),
        ({"places": "Bayeux\nBayeux"}, "là deux fois"),
        ({"places": "Bayeux : A, A"}, "là deux fois"),
        ({"places": "x" * 121}, "120 caractères"),
        ({"phone": "appelez-moi"}, "numéro de téléphone"),
        ({"email": "pas une adresse"}, "adresse"),
    ],
)
def test_one_badly_described_is_not_opened(gaelle, caen, values, said):
    page = opened(gaelle, caen.programme, **values)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Territory.objects.filter(kind="rural", name="Bessin").exists()


def test_a_manager_opens_nothing_in_another_programme(gaelle, caen, marseille):
    assert opened(gaelle, marseille.programme).status_code == 422
    assert marseille.programme.territories.count() == 1


def test_the_page_says_who_and_what_is_there(
    signed_in, animator, coordinator, caen, le_wip, quarter
):
    Place.objects.create(territory=caen, organisation=le_wip, name="La Cité de chantier")
    Zoning.objects.create(
        neighbourhood=quarter,
        edition="2015",
        from_on=datetime.date(2015, 1, 1),
        until_on=datetime.date(2024, 1, 1),
    )

    page = signed_in(animator).get(reverse("territory", args=[caen.pk])).content.decode()

    for words in ("Nadia Exemple", "Le Dôme", "La Cité de chantier", "Le Plateau"):
        assert words in page
    assert "hors QPV aujourd’hui" in page
    assert "Où en est ce territoire" not in page  # figures are not an animator's
    assert "Modifier" not in page


def test_figures_and_targets_are_for_who_may_read_them(signed_in, coordinator, caen):
    period = caen.programme.periods.get()
    PeriodTarget.objects.create(period=period, territory=caen, entries=40)

    page = signed_in(coordinator).get(reverse("territory", args=[caen.pk])).content.decode()

    assert "Où en est ce territoire" in page
    assert "sur 40" in page.replace("\u00a0", " ")


def test_the_page_costs_the_same_whatever_the_number_of_people(
    signed_in, manager, caen, le_dome, everywhere, django_assert_max_num_queries
):
    crowd(3, caen, le_dome)
    client = signed_in(manager)
    url = reverse("territory", args=[caen.pk])
    client.get(url)
    with django_assert_max_num_queries(24):
        client.get(url)
    crowd(150, caen, le_dome, first=10)
    with django_assert_max_num_queries(24):
        client.get(url)


def test_a_territory_is_changed(gaelle, caen):
    url = reverse("territory_edit", args=[caen.pk])
    values = {"name": "Caen", "kind": "urban", "welcome": "Passez quand vous voulez."}

    gaelle.post(url, values)

    caen.refresh_from_db()
    assert (caen.name, caen.welcome, caen.takes_referrals) == (
        "Caen",
        "Passez quand vous voulez.",
        False,
    )
    with scope.everything("test"):
        fields = JournalEntry.objects.get(act="territory_changed").fields
    assert set(fields) == {"name", "welcome", "takes_referrals"}


def test_a_quarter_enters_a_list_and_leaves_it(gaelle, caen, quarter):
    add = reverse("quarter_add", args=[caen.pk, "zonage"])
    gaelle.post(add, {"neighbourhood": quarter.pk, "edition": "2024", "from_on": "2024-01-01"})
    zoning = quarter.zonings.get()

    gaelle.post(
        reverse("quarter", args=[caen.pk, "zonage", zoning.pk]),
        {
            "neighbourhood": quarter.pk,
            "edition": "2024",
            "from_on": "2024-01-01",
            "until_on": "2026-01-01",
        },
    )

    assert quarter.zoning_on(datetime.date(2025, 12, 31)).edition == "2024"
    assert quarter.zoning_on(datetime.date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"from_on": "2015-06-01"}, "Ce quartier a déjà un zonage à ces dates."),
        ({"from_on": "2030-01-01", "until_on": "2029-01-01"}, "La fin vient après le début"),
        ({"from_on": "2024-01-01", "edition": "1996"}, "Sélectionnez un choix valide"),
    ],
)
def test_two_lists_never_overlap(gaelle, caen, quarter, values, said):
    Zoning.objects.create(neighbourhood=quarter, edition="2015", from_on=datetime.date(2015, 1, 1))
    asked = {"neighbourhood": quarter.pk, "edition": "2024"} | values

    response = gaelle.post(reverse("quarter_add", args=[caen.pk, "zonage"]), asked)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert quarter.zonings.count() == 1


def test_a_quarter_of_another_territory_is_not_there(gaelle, vallees, quarter):
    url = reverse("quarter", args=[vallees.pk, "quartier", quarter.pk])

    assert gaelle.get(url).status_code == 404
    assert gaelle.get(reverse("quarter_add", args=[vallees.pk, "lune"])).status_code == 404


def test_a_commune_with_quarters_is_kept_and_says_why(gaelle, caen, quarter):
    url = reverse("quarter_remove", args=[caen.pk, "commune", quarter.commune_id])

    response = gaelle.post(url)

    assert response.status_code == 422
    assert "s’y rattachent" in response.content.decode()
    assert Commune.objects.filter(pk=quarter.commune_id).exists()
    with scope.everything("test"):
        assert not JournalEntry.objects.filter(act="quarters_changed").exists()
