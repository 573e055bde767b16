"""What is offered: noted, corrected, shown in the catalogue, stopped."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from journeys.activities.models import Activity
from rtr import scope
from territories.journal.enums import Act
from territories.journal.models import JournalEntry
from territories.models import Place
from tests.journeys.activities import ActivityFactory, SessionFactory, moment


@pytest.fixture(autouse=True)
def inside(caen, vallees):
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def bikes(caen, le_wip):
    return ActivityFactory(territory=caen)


def answers(organisation, **changed) -> dict:
    return {
        "title": "Couture",
        "pitch": "On coud ensemble.",
        "organisation": organisation.pk,
        "kind": "workshop",
        "frame": "open",
        "places": 8,
        "is_open": "on",
        "languages": ["fr", "ar"],
        "accessibility": ["plain_pied"],
        "pictogram": "scissors",
    } | changed


def picture(kind="JPEG", **made) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(file, kind)
    return SimpleUploadedFile("moi.jpg", file.getvalue(), **made)


# -- The list and the page -------------------------------------------------------------------------


def test_list_says_each_activity_and_its_next_session(signed_in, coordinator, bikes):
    SessionFactory(activity=bikes, starts_at=moment(3))
    ActivityFactory(territory=bikes.territory, title="Foot à cinq", kind="sport")

    page = signed_in(coordinator).get(reverse("activities"))

    assert [row.it.title for row in page.context["rows"]] == [
        "Atelier réparation de vélos",
        "Foot à cinq",
    ]
    assert "Deux activités" in page.content.decode()
    assert "Aucune séance prévue" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "velo"}, ["Atelier réparation de vélos"]),
        ({"q": "wip repara"}, ["Atelier réparation de vélos"]),
        ({"kind": "sport"}, ["Foot à cinq"]),
        ({"state": "hors-catalogue"}, ["Foot à cinq"]),
        ({"sort": "prochaine"}, ["Foot à cinq", "Atelier réparation de vélos"]),
        ({"q": "rien de tel"}, []),
    ],
)
def test_list_is_searched_filtered_and_sorted(signed_in, coordinator, bikes, query, found):
    told = {"title": "Foot à cinq", "pitch": "On joue.", "kind": "sport"}
    foot = ActivityFactory(territory=bikes.territory, published_on=None, **told)
    SessionFactory(activity=foot)

    page = signed_in(coordinator).get(reverse("activities"), query)

    assert [row.it.title for row in page.context["rows"]] == found


def test_list_takes_as_many_queries_for_many(
    signed_in, coordinator, caen, django_assert_max_num_queries
):
    for number in range(30):
        SessionFactory(activity=ActivityFactory(territory=caen, title=f"Atelier {number}"))
    client = signed_in(coordinator)

    with django_assert_max_num_queries(15):
        client.get(reverse("activities"))


def test_page_shows_sessions_to_come_and_past(
    signed_in, coordinator, bikes, django_assert_max_num_queries
):
    for day in range(-6, 6):
        SessionFactory(activity=bikes, starts_at=moment(day, 8))
    client = signed_in(coordinator)

    with django_assert_max_num_queries(15):
        page = client.get(reverse("activity", args=[bikes.pk]))

    assert page.context["counts"].held >= 6
    assert len(page.context["coming"]) + len(page.context["past"]) == 12


def test_activity_of_another_territory_is_not_known(signed_in, coordinator_of_marseille, bikes):
    client = signed_in(coordinator_of_marseille)

    assert client.get(reverse("activity", args=[bikes.pk])).status_code == 404
    assert client.get(reverse("activity_edit", args=[bikes.pk])).status_code == 404


# -- Noting and correcting -------------------------------------------------------------------------


def test_animator_notes_an_activity_of_their_house(signed_in, animator, le_wip):
    client = signed_in(animator)

    page = client.post(reverse("activity_add"), answers(le_wip), follow=True)

    found = Activity.objects.get()
    assert (found.title, found.organisation, found.languages) == ("Couture", le_wip, ["fr", "ar"])
    assert found.published_on is None and found.created_by == animator
    assert "Elle n’est pas encore au catalogue" in page.content.decode()
    assert JournalEntry.objects.filter(act=Act.ACTIVITY_CHANGED, actor=animator).count() == 1


def test_animator_offers_nothing_in_the_name_of_another_house(signed_in, animator, le_dome, bikes):
    other = ActivityFactory(territory=bikes.territory, organisation=le_dome)
    client = signed_in(animator)

    refused = client.post(reverse("activity_add"), answers(le_dome))

    assert refused.status_code == 422
    assert client.get(reverse("activity_edit", args=[other.pk])).status_code == 403
    assert client.get(reverse("activity_edit", args=[bikes.pk])).status_code == 200


def test_who_works_in_two_territories_first_says_where(signed_in, coordinator, caen, le_dome):
    le_dome.noted_in.add(caen.programme)
    client = signed_in(coordinator)

    asked = client.get(reverse("activity_add"))
    refused = client.post(reverse("activity_add"), answers(le_dome))
    address = f"{reverse('activity_add')}?territoire={caen.pk}"
    done = client.post(address, answers(le_dome))

    assert "Où se passe-t-elle" in asked.content.decode()
    assert refused.status_code == 422
    assert done.status_code == 302
    assert Activity.objects.get().territory == caen


def test_place_of_another_territory_is_refused(signed_in, animator, le_wip, marseille):
    far = Place.objects.create(territory=marseille, name="Ailleurs")

    page = signed_in(animator).post(reverse("activity_add"), answers(le_wip, place=far.pk))

    assert page.status_code == 422
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Ce champ est obligatoire"),
        ({"places": "0"}, "au moins"),
        ({"languages": []}, "Ce champ est obligatoire"),
        ({"pictogram": "alert(1)"}, "Sélectionnez un choix valide"),
        ({"accessibility": ["nulle_part"]}, "Sélectionnez un choix valide"),
        ({"pitch": "Votre 1 84 12 76 451 089 46 ici"}, "sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(signed_in, animator, le_wip, changed, said):
    page = signed_in(animator).post(reverse("activity_add"), answers(le_wip, **changed))

    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Couture" in page.content.decode() or "title" in changed


def test_older_page_does_not_write_over_a_newer_one(signed_in, animator, le_wip, bikes):
    client = signed_in(animator)
    address = reverse("activity_edit", args=[bikes.pk])
    version = bikes.version
    client.post(address, answers(le_wip, title="Vélos", seen=version))

    late = client.post(address, answers(le_wip, title="Bicyclettes", seen=version))
    again = client.post(address, answers(le_wip, title="Bicyclettes", seen=version + 1))

    assert late.status_code == 409
    assert "Quelqu’un vient de changer" in late.content.decode()
    assert "Bicyclettes" in late.content.decode()
    assert again.status_code == 302
    bikes.refresh_from_db()
    assert bikes.title == "Bicyclettes"


# -- The photograph --------------------------------------------------------------------------------


def test_photograph_is_drawn_again_and_served_to_anybody(signed_in, animator, le_wip, client):
    given = answers(le_wip, photo=picture("PNG"), photo_alt="Deux machines à coudre")
    signed_in(animator).post(reverse("activity_add"), given)
    found = Activity.objects.get()

    shown = type(client)().get(found.photo_url)

    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert "immutable" in shown["Cache-Control"] and "public" in shown["Cache-Control"]
    assert b"".join(shown.streaming_content)[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        SimpleUploadedFile("a.jpg", b"\xff\xd8\xff broken"),
        SimpleUploadedFile("a.png", b""),
    ],
    ids=["svg", "broken", "empty"],
)
def test_what_is_no_photograph_is_refused_with_a_sentence(signed_in, animator, le_wip, file):
    page = signed_in(animator).post(
        reverse("activity_add"), answers(le_wip, photo=file, photo_alt="Une image")
    )

    assert page.status_code == 422
    assert page.context["form"].errors["photo"]
    assert not Activity.objects.exists()


def test_photograph_without_words_for_who_cannot_see_it_is_refused(signed_in, animator, le_wip):
    page = signed_in(animator).post(reverse("activity_add"), answers(le_wip, photo=picture()))

    assert page.status_code == 422
    assert "Dites ce que montre la photo" in page.content.decode()


def test_photograph_is_taken_away(signed_in, animator, le_wip, client):
    staff = signed_in(animator)
    staff.post(reverse("activity_add"), answers(le_wip, photo=picture(), photo_alt="Machines"))
    found = Activity.objects.get()
    before = found.photo_url

    address = reverse("activity_edit", args=[found.pk])
    staff.post(address, answers(le_wip, photo_gone="on", seen=found.version))

    found.refresh_from_db()
    assert not found.photo
    assert type(client)().get(before).status_code == 404


# -- In the catalogue, or not ----------------------------------------------------------------------


def test_activity_is_shown_then_withdrawn(signed_in, animator, bikes):
    client = signed_in(animator)
    address = reverse("activity_publish", args=[bikes.pk])

    client.post(address, {"shown": "no"})
    bikes.refresh_from_db()
    withdrawn = bikes.published_on
    client.post(address)
    bikes.refresh_from_db()

    assert withdrawn is None
    assert bikes.published_on is not None


def test_activity_with_people_expected_is_not_stopped(signed_in, animator, bikes):
    SessionFactory(activity=bikes)
    client = signed_in(animator)

    page = client.post(reverse("activity_close", args=[bikes.pk]))

    assert page.status_code == 422
    assert "Une séance est encore prévue" in page.content.decode()


def test_activity_is_stopped_and_taken_up_again(signed_in, animator, bikes):
    client = signed_in(animator)

    client.post(reverse("activity_close", args=[bikes.pk]))
    bikes.refresh_from_db()
    stopped = bikes.closed_on
    client.post(reverse("activity_reopen", args=[bikes.pk]))
    bikes.refresh_from_db()

    assert stopped is not None
    assert bikes.closed_on is None
