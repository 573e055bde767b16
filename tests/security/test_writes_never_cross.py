"""Writes never cross: an id of another territory, posted in any field that is a choice, is refused.

The fields are found by opening every page of the platform and looking at its forms.
"""

import pytest
from django import forms
from django.urls import reverse

from journeys.models import Journey, Outreach, Participant, Referral, TeamMember
from rtr import scope
from rtr.lib.forms import FilterForm
from territories.models import Membership, Organisation, Place, Programme
from tests.figures import count, figure
from tests.journeys.factories import JourneyFactory
from tests.security.test_access_matrix import visitor
from tests.security.visits import visits

# What a list that grew empty would not have: found again by the coordinator.
AMONG_THE_FIELDS = {
    "welcome.territory",
    "referral_add.territory",
    "outreach_add.territory",
    "member_add.member",
    "objective_add.achievement",
}
WRITERS = ("animator", "referent", "coordinator", "manager")
# Where a choice is at home, when it is not in the territory that the row names.
HOMES = {
    "User": lambda one: {t for role in one.memberships.all() for t in role.territories.all()},
    "Equipment": lambda one: {one.place.territory},
    "Step": lambda one: {one.session.territory},
    "Territory": lambda one: {one},
    "Programme": lambda one: set(one.territories.all()),
    "Membership": lambda one: set(one.territories.all()),
    "Achievement": lambda one: set(one.programme.territories.all()),
    "Issuer": lambda one: (
        set(one.programme.territories.all()) if one.programme else _programmes_of(one.organisation)
    ),
    "Neighbourhood": lambda one: {one.commune.territory},
    "Organisation": lambda one: _programmes_of(one),
}


def _programmes_of(body) -> set:
    """The territories of the one programme that knows it; a body that several share is at home
    in none of them."""
    known = [
        programme
        for programme in Programme.objects.all()
        if Organisation.objects.of_programmes([programme]).filter(pk=body.pk).exists()
    ]
    return set(known[0].territories.all()) if len(known) == 1 else set()


def writer(role, world, cast):
    guest = visitor(role, world, cast)
    guest.keeps_context = True  # its forms
    return guest


def forms_of(guest, world):
    """Every form on every page this person opens: the address, the form."""
    for visit in visits(world):
        found = guest.answer("GET", visit.url)
        layers = [layer for c in found.response.context or [] for layer in _layers(c)]
        values = [value for layer in layers for value in layer.values()]
        # Once each, however many templates of the page know it.
        for form in {id(v): v for v in values if isinstance(v, forms.BaseForm)}.values():
            yield visit, form


def _layers(context):
    """What a template was given: of a page, its layers; of one drawn alone, one of them."""
    return [context] if isinstance(context, dict) else context.dicts


def choices_of(form) -> dict[str, forms.ModelChoiceField]:
    return {
        name: field
        for name, field in form.fields.items()
        if isinstance(field, forms.ModelChoiceField)
    }


@pytest.mark.parametrize("role", WRITERS)
def test_no_field_offers_nor_accepts_anything_of_another_territory(role, world, cast, marseille):
    """Whatever else the form wants, the field itself says no."""
    guest, offered, tried, accepted = writer(role, world, cast), 0, 0, []
    found = list(forms_of(guest, world))
    if role == "coordinator":
        names = {f"{visit.name}.{name}" for visit, form in found for name in choices_of(form)}
        assert names >= AMONG_THE_FIELDS
    for visit, form in found:
        for name, field in choices_of(form).items():
            home = HOMES.get(field.queryset.model.__name__, lambda one: {one.territory})
            with scope.everything("test: whose choice is it?"):
                for choice in field.queryset:
                    offered += 1
                    assert marseille not in home(choice), f"{visit.name}.{name} : {choice}"
            for stranger in _strangers(field, home, marseille):
                tried += 1
                data = form.initial | {form.add_prefix(name): stranger.pk}
                is_read = isinstance(form, FilterForm) or visit.address.post == 405
                method = "GET" if is_read else "POST"
                answer = guest.answer(method, visit.url, _posted(data))
                if not _refused(answer.response, name):
                    accepted.append(f"{visit.name}.{name} : {stranger}")

    assert not accepted, "\n".join(accepted)
    if offered:
        figure(f"ids étrangers postés, {role}", tried, f"0 accepté ; {offered} choix offerts")


def _strangers(field, home, marseille) -> list:
    """Rows of that kind in Marseille, and some of Caen that are not offered here."""
    with scope.everything("test: an id that was guessed"):
        others = field.queryset.model._base_manager.exclude(pk__in=field.queryset.values("pk"))
        far = [row for row in others if marseille in home(row)]
        return far + [row for row in others if row not in far][: count(2, full=100)]


def _posted(data: dict) -> dict:
    return {name: value for name, value in data.items() if value is not None}


def _refused(response, name: str) -> bool:
    if response.status_code in (403, 404):
        return True
    if response.status_code not in (200, 422) or not response.context:
        return False
    found = [
        value
        for context in response.context
        for layer in _layers(context)
        for value in layer.values()
        if isinstance(value, forms.BaseForm) and name in value.fields
    ]
    return any(name in form.errors for form in found)


def test_an_offered_choice_is_accepted(world, cast):
    """The control: what is refused is the other territory, not the field."""
    guest = writer("coordinator", world, cast)
    visit, form = next(
        (visit, form) for visit, form in forms_of(guest, world) if visit.name == "member_add"
    )
    with scope.everything("test"):
        offered = form.fields["member"].queryset.first()
    answer = guest.answer("POST", visit.url, {"member": offered.pk})

    assert "member" not in answer.response.context["form"].errors


# -- Ids that are in no form ---------------------------------------------------------------------


def test_ticking_somebody_of_another_territory_assigns_nobody(world, cast, client):
    client.force_login(cast["coordinator"])
    with scope.everything("test"):
        able = Membership.objects.get(user=cast["referent"])
        before = TeamMember.objects.count()
    for journeys in ([world.far.journey.pk], [world.near.journey.pk, world.far.journey.pk]):
        data = {"journey": journeys, "membership": able.pk}
        assert client.post(reverse("assign_referent"), data).status_code == 404

    with scope.everything("test"):
        assert TeamMember.objects.count() == before


def test_the_place_of_the_top_bar_is_one_of_ones_own(world, cast, client, marseille):
    client.force_login(cast["coordinator"])

    client.get(reverse("switch_place"), {"place": marseille.pk})

    assert client.session["place"] == ""
    assert "Marseille" not in client.get(reverse("participants")).content.decode()


def test_a_known_place_of_another_territory_is_not_taken_for_ones_own(
    world, cast, client, caen, marseille
):
    client.force_login(cast["animator"])
    data = {"on": "2026-01-05", "channel": "presence", "people_met": 3}

    client.post(reverse("outreach_add"), data | {"where": "Lieu Aix-Marseille"})

    with scope.everything("test"):
        row = Outreach.objects.latest("pk")
        assert (row.where, row.place, row.territory) == ("Lieu Aix-Marseille", None, caen)
        assert Place.objects.filter(name=row.where).exists()


def test_whoever_welcomes_writes_in_their_own_territory_and_structure(
    world, cast, client, caen, le_dome
):
    client.force_login(cast["referent"])
    posted = {"nickname": "Nova", "channel": "presence"}
    strange = {"territory": world.far.journey.territory_id, "organisation": "1", "code": "À-1"}

    client.post(reverse("welcome"), posted | strange)

    with scope.everything("test"):
        found = Participant.objects.get(nickname="Nova")
        assert (found.territory, found.organisation) == (caen, le_dome)
        assert found.code != "À-1"


def test_nothing_else_was_written_anywhere(world, cast, marseille):
    """All the visits above, at once: Marseille has the rows it had."""
    with scope.everything("test"):
        before = _rows_of(marseille)
    for role in WRITERS[-count(1, full=len(WRITERS)) :]:  # the widest rights first of all
        guest = visitor(role, world, cast)
        for visit in visits(world):
            if visit.target == "far":
                guest.client.post(visit.url, {"seen": 0, "standing": "yes", "on": "2026-01-05"})

    with scope.everything("test"):
        assert _rows_of(marseille) == before


def _rows_of(territory) -> list:
    return [
        list(model.objects.filter(territory=territory).order_by("pk").values_list())
        for model in (Journey, Participant, Referral, Outreach, TeamMember)
    ]


def test_the_rows_do_change_for_who_may(caen, coordinator, client, le_dome):
    """The control of the one above: the same empty acts write in one's own territory."""
    with scope.over([caen.pk]):
        journey = JourneyFactory(territory=caen, participant__organisation=le_dome)
        before = _rows_of(caen)
    client.force_login(coordinator)

    client.post(reverse("pause", args=[journey.pk]), {"seen": 0, "from_on": "x"})
    client.post(reverse("contact_today", args=[journey.pk]))

    with scope.over([caen.pk]):
        assert _rows_of(caen) != before
