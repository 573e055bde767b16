"""A third place and an agency lead a path together, and tell each other what works."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.collective.actions.pairing import give_feedback, keep_pair
from journeys.collective.pairs import Pair, PairFeedback
from territories.accounts.enums import Role
from tests.cast import member

pytestmark = pytest.mark.usefixtures("everywhere")


@pytest.fixture
def of_agency(caen, mission_locale):
    return member("Rachid", Role.REFERENT, mission_locale, caen)


@pytest.fixture
def pair(caen, le_wip, mission_locale, animator, of_agency, coordinator):
    pair = Pair(
        territory=caen,
        third_place=le_wip,
        third_place_lead=animator,
        agency=mission_locale,
        agency_lead=of_agency,
        level="beginner",
    )
    return keep_pair(pair=pair, by=coordinator)


def test_each_tells_the_other_and_both_read(signed_in, pair, animator, of_agency):
    url, today = reverse("pair_feedback", args=[pair.pk]), timezone.localdate().isoformat()

    signed_in(animator).post(url, {"worked": "Se voir le lundi", "on": today})
    signed_in(of_agency).post(url, {"learnt": "La machine à coudre", "on": today})

    for user in (animator, of_agency):
        body = signed_in(user).get(reverse("pair", args=[pair.pk])).content.decode()
        assert "Se voir le lundi" in body and "La machine à coudre" in body
    sides = set(PairFeedback.objects.values_list("side", "written_by"))
    assert sides == {("third_place", animator.pk), ("agency", of_agency.pk)}


def test_nobody_else_speaks_for_a_side(pair, coordinator):
    with pytest.raises(PermissionDenied):
        give_feedback(feedback=PairFeedback(pair=pair, worked="Bien"), by=coordinator)


def test_an_empty_feedback_says_what_to_do(signed_in, pair, animator):
    page = signed_in(animator).post(reverse("pair_feedback", args=[pair.pk]), {})

    assert page.status_code == 422


def test_who_knows_a_pair(
    pair, animator, of_agency, coordinator, manager, referent, coordinator_of_marseille, evaluator
):
    knows = {user for user in (animator, of_agency, coordinator, manager) if _known(user)}

    assert knows == {animator, of_agency, coordinator, manager}
    assert not any(_known(user) for user in (referent, coordinator_of_marseille, evaluator))
    assert not Pair.objects.managed_by(manager).exists()


def _known(user) -> bool:
    return Pair.objects.visible_to(user).exists()


@pytest.mark.parametrize("what", ["third_place", "third_place_lead"])
def test_a_pair_is_of_two(pair, what, coordinator):
    other = {"third_place": "agency", "third_place_lead": "agency_lead"}[what]
    setattr(pair, other, getattr(pair, what))

    with pytest.raises(ValidationError, match="Un binôme réunit deux"):
        keep_pair(pair=pair, by=coordinator)


def test_one_notes_a_pair_that_one_leads(signed_in, caen, le_wip, mission_locale, animator):
    others = [member(name, Role.REFERENT, mission_locale, caen) for name in ("Léa", "Tom")]
    mission_locale.noted_in.add(caen.programme)
    le_wip.noted_in.add(caen.programme)
    typed = {
        "third_place": le_wip.pk,
        "third_place_lead": others[0].pk,
        "agency": mission_locale.pk,
        "agency_lead": others[1].pk,
        "level": "at_ease",
        "from_on": timezone.localdate().isoformat(),
    }
    client = signed_in(animator)

    refused = client.post(reverse("pair_add"), typed)
    assert refused.status_code == 422 and "que vous menez" in refused.content.decode()
    done = client.post(reverse("pair_add"), typed | {"third_place_lead": animator.pk})

    assert done.status_code == 302
    assert Pair.objects.get().territory == caen


def test_the_list_costs_the_same_with_few_and_many(
    signed_in, pair, coordinator, django_assert_max_num_queries
):
    client = signed_in(coordinator)
    client.get(reverse("pairs"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("pairs"))
    for _n in range(3):
        pair.pk = None
        pair.save(force_insert=True)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("pairs"))
