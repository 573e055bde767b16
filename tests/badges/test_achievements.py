"""The catalogue: written, published version after version, retired, asked for."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from badges.achievements import actions
from badges.achievements.alignments import checked
from badges.achievements.models import Achievement, AchievementVersion, Proposal
from badges.credentials.actions import award
from territories.accounts.enums import Role
from tests.badges.catalogue import WORDS, a_draft, a_published
from tests.badges.factories import signed
from tests.cast import member

FORM = WORDS | {"tags": "jardin, arbres", "validity_months": "", "field": "Cuisine et potager"}


@pytest.fixture
def steward(caen, le_dome):
    return member("Eve", Role.BADGE_STEWARD, le_dome, caen)


@pytest.fixture
def published(caen, le_dome, steward):
    return a_published(caen.programme, le_dome, steward)


def url(name, badge=None):
    return reverse(name, args=[badge.pk] if badge else [])


# -- Versions --------------------------------------------------------------------------------------


def test_a_draft_is_not_published_before_it_has_an_image(caen, le_dome, steward):
    badge = a_draft(caen.programme, le_dome, steward)

    with pytest.raises(ValidationError, match="une image"):
        actions.publish(achievement=badge, by=steward)


def test_a_change_makes_another_version_and_badges_keep_theirs(
    published, holder, issuer, coordinator
):
    first = published.current
    given = signed(award(recipient=holder, version=first, issuer=issuer, by=coordinator))

    actions.write(achievement=published, by=coordinator, words={"name": "Greffer un pommier"})
    published.refresh_from_db()
    assert (published.name, published.current) == ("Greffer un arbre", first)

    second = actions.publish(achievement=published, by=coordinator)
    published.refresh_from_db()
    given.refresh_from_db()
    assert second.number == 2 and published.current == second
    assert published.name == "Greffer un pommier"
    assert given.version == first and "Greffer un arbre" in given.document
    first.refresh_from_db()
    assert first.name == "Greffer un arbre" and first.uuid != second.uuid


def test_publishing_what_did_not_change_is_refused(published, steward):
    with pytest.raises(ValidationError, match="Rien n’a changé"):
        actions.publish(achievement=published, by=steward)


def test_a_new_level_draws_its_beads(published, steward):
    draft = actions.write(achievement=published, by=steward, words={"level": "shares"})

    assert draft.design["level"] == "shares"
    assert draft.image_svg != published.current.image_svg


@pytest.mark.parametrize(
    "words",
    [
        {"name": "Territoires partagés : greffer"},
        {"criteria": "A retrouvé confiance après un long chômage."},
        {"description": "Pour les demandeurs d’emploi du quartier."},
    ],
)
def test_a_badge_says_nothing_of_the_programme_nor_of_a_situation(caen, le_dome, words):
    with pytest.raises(ValidationError, match="Un badge ne"):
        a_draft(caen.programme, le_dome, **words)


def test_a_draft_thrown_away_leaves_what_is_published(published, steward):
    actions.write(achievement=published, by=steward, words={"name": "Autre"})

    assert not actions.drop_draft(achievement=published, by=steward)
    assert published.versions.count() == 1


def test_retired_it_is_awarded_no_more_and_its_page_stays(
    client, published, holder, issuer, steward
):
    actions.retire(achievement=published, by=steward)
    version = AchievementVersion.objects.get()

    with pytest.raises(ValidationError, match="n’est pas publié"):
        award(recipient=holder, version=version, issuer=issuer, by=steward)
    assert client.get(reverse("achievement_public", args=[version.uuid])).status_code == 200
    with pytest.raises(ValidationError, match="entre-temps"):
        actions.retire(achievement=published, by=steward)


# -- Pages -----------------------------------------------------------------------------------------


def test_a_steward_writes_draws_and_publishes(signed_in, steward, caen, le_dome):
    client = signed_in(steward)
    actions.propose(
        programme=caen.programme, organisation=le_dome, by=steward, name="x", what="y", seen="z"
    )
    a_draft(caen.programme, le_dome, name="Tailler un arbre")  # makes Le Dôme a keeper of badges

    response = client.post(url("achievement_add"), FORM | {"organisation": le_dome.pk})
    badge = Achievement.objects.get(name="Greffer un arbre")
    assert response["Location"] == url("achievement_design", badge)
    assert badge.tags == ["jardin", "arbres"] and badge.code == "greffer-un-arbre"
    assert "Il manque" not in client.get(url("achievement", badge)).content.decode()

    choice = {"shape": "star", "colour": "#8a5a00", "pictogram": "tree", "title": "Greffer"}
    client.post(url("achievement_design", badge), choice)
    client.post(url("achievement_publish", badge))
    badge.refresh_from_db()
    assert badge.status == "published"
    assert badge.current.design == choice | {"level": "does"}


def test_others_read_what_is_published_and_write_nothing(
    signed_in, referent, published, caen, le_dome
):
    draft = a_draft(caen.programme, le_dome, name="Tailler une haie")
    client = signed_in(referent)

    said = client.get(url("achievements")).content.decode()
    assert "Greffer un arbre" in said and "Tailler une haie" not in said
    assert client.get(url("achievement", draft)).status_code == 404
    assert client.get(url("achievement", published)).status_code == 200
    assert client.get(url("achievement_words", published)).status_code == 403


def test_another_programme_knows_nothing_of_it(signed_in, coordinator_of_marseille, published):
    client = signed_in(coordinator_of_marseille)

    assert client.get(url("achievement", published)).status_code == 404
    assert "Greffer" not in client.get(url("achievements")).content.decode()


def test_the_catalogue_is_searched_filtered_and_ordered(
    signed_in, steward, published, caen, le_dome
):
    other = {
        "name": "Arbitrer un match",
        "description": "Sait arbitrer.",
        "criteria": "Deux matchs.",
    }
    a_published(caen.programme, le_dome, level="shares", tags=["sport"], **other)
    client = signed_in(steward)

    def found(**query):
        rows = client.get(url("achievements"), query).context["rows"]
        return [row.badge.name for row in rows]

    assert found(q="EPREUVE") == []
    assert found(q="greffe printemps") == ["Greffer un arbre"]
    assert found(q="sport") == ["Arbitrer un match"]
    assert found(level="shares") == ["Arbitrer un match"]
    assert found(tri="recent")[0] == "Arbitrer un match"
    actions.retire(achievement=published, by=steward)
    assert found() == ["Arbitrer un match"]
    assert found(status="retired") == ["Greffer un arbre"]


def test_the_list_asks_as_much_for_many(
    signed_in, steward, published, caen, le_dome, django_assert_max_num_queries
):
    for number in range(12):
        a_draft(caen.programme, le_dome, name=f"Badge {number}")
    client = signed_in(steward)
    client.get(url("achievements"))

    with django_assert_max_num_queries(15):
        assert len(client.get(url("achievements")).context["rows"]) == 13


def test_alignments_malformed_are_refused_beside_their_field(signed_in, steward, published):
    client = signed_in(steward)
    head = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
    wrong = {"form-0-framework": "rome", "form-0-code": "M16", "form-0-url": "javascript:1"}

    response = client.post(url("achievement_alignments", published), head | wrong)
    said = response.content.decode()
    assert response.status_code == 422
    assert "une lettre de A à N et quatre chiffres" in said and "commence par https://" in said

    right = {"form-0-framework": "rome", "form-0-code": "a1414"}
    right |= {"form-1-framework": "digcomp", "form-1-code": "2.4"}
    client.post(url("achievement_alignments", published), head | right)
    draft = published.versions.drafts().get()
    assert {str(one) for one in draft.alignments.all()} == {"ROME A1414", "DigComp 2.4"}
    assert draft.alignments.get(framework="rome").url.endswith("/A1414")
    assert not published.current.alignments.exists()  # what is published stays


@pytest.mark.parametrize(
    "address", ["https://é..fr/", "https://a_b.example/", "https://moi@a.example/", "https://ici/"]
)
def test_an_address_that_no_verifier_takes_is_refused(address):
    with pytest.raises(ValidationError, match="commence par https://"):
        checked("rome", "M1601", "Accueil", address)


@pytest.mark.parametrize(
    ("framework", "code"),
    [("digcomp", "4.6"), ("rectec", "voler"), ("esco", "abc"), ("autre", "1"), ("rome", "Z1234")],
)
def test_a_code_that_no_list_has_is_refused(framework, code):
    with pytest.raises(ValidationError):
        checked(framework, code, "Un nom")


def test_a_house_proposes_and_the_steward_answers(signed_in, referent, steward, animator):
    client = signed_in(referent)
    words = {"name": "Greffer", "what": "Sait greffer.", "seen": "Trois arbres, vus."}
    client.post(url("proposal_add"), words | {"organisation": referent.roles[0].organisation_id})
    asked = Proposal.objects.get()
    assert client.post(reverse("proposal", args=[asked.pk])).status_code == 403

    page = reverse("proposal", args=[asked.pk])
    assert signed_in(animator).get(page).status_code == 404  # of another house

    client = signed_in(steward)
    refused = client.post(page, {"decision": "non"})
    assert "Dites pourquoi" in refused.content.decode()
    client.post(page, {"decision": "oui", "answer": "Merci."})
    asked.refresh_from_db()
    assert asked.state == "accepted" and asked.achievement.status == "draft"
    assert client.post(page, {"decision": "oui"}).status_code == 422

    said = signed_in(referent).get(page).content.decode()
    assert "Retenue" in said and "Merci." in said


def test_a_house_opens_no_proposal_in_the_programme_of_another(caen, marseille, le_dome, comptoir):
    both = member("Lea", Role.REFERENT, le_dome, caen)
    other = member("Marc", Role.REFERENT, comptoir, marseille).memberships
    other.update(user=both)

    def asked(where, house):
        return Proposal.objects.create(
            programme=where.programme,
            organisation=house,
            name="…",
            what="…",
            seen="…",
            asked_by=both,
        )

    own = {asked(caen, le_dome), asked(marseille, comptoir)}
    asked(caen, comptoir), asked(marseille, le_dome)
    assert set(Proposal.objects.visible_to(both)) == own


def test_the_public_catalogue_tells_each_badge_once_and_no_programme(
    client, published, marseille, comptoir, caen
):
    a_published(marseille.programme, comptoir)

    said = client.get(reverse("achievements_public"), headers={"accept": "text/html"})
    text = said.content.decode()
    assert text.count("Greffer un arbre</a>") == 1
    assert caen.programme.name not in text and marseille.programme.name not in text
    listed = client.get(reverse("achievements_public")).json()
    assert [one["code"] for one in listed["achievements"]] == ["greffer-un-arbre"]
    assert "creativecommons.org" in listed["licence"]["url"]


@pytest.mark.parametrize("url", ["https://jo@a.example/", "https://a_b.example/", "https://a/"])
def test_an_alignment_that_no_signature_takes_is_refused_where_it_is_typed(url):
    with pytest.raises(ValidationError, match="https://"):
        checked("rome", "M1601", name="Accueil", url=url)
