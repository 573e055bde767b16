"""Volunteering: in bodies that seek no profit, and in no other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from journeys.frames.actions.volunteering import end_volunteering, record_volunteering
from journeys.frames.models import Volunteering
from rtr import scope
from territories.models import Organisation
from territories.organisations.enums import OrganisationKind
from tests.journeys.acts import Actor, errors
from tests.journeys.factories import ago
from tests.journeys.immersions import SIRET


@pytest.fixture(autouse=True)
def inside(caen):
    with scope.over([caen.pk]):
        yield


def said(**more) -> dict:
    return {
        "host_name": "Resto du port",
        "host_siret": SIRET,
        "host_status": "association",
        "what": "Accueillir, servir",
        "insured": "yes",
        "from_on": ago(3),
    } | more


def noted(journey, by, **more) -> Volunteering:
    return record_volunteering(journey=journey, by=by, seen=None, said=said(**more))


def test_somebody_without_a_name_may_help_an_association(kiwi, coordinator):
    assert noted(kiwi, coordinator).pk


@pytest.mark.parametrize("status", ["association", "public", "company"])
@pytest.mark.parametrize("kind", [None, *OrganisationKind.values])
def test_a_company_is_refused_whatever_is_declared(kiwi, coordinator, kind, status):
    host = None
    if kind:
        host = Organisation.objects.create(name="La Maison", slug="la-maison", kind=kind)
    if "company" in (status,) or kind == "entreprise":
        with pytest.raises(ValidationError, match="jamais|ne se fait pas dans une entreprise"):
            noted(kiwi, coordinator, host=host, host_status=status)
    else:
        assert noted(kiwi, coordinator, host=host, host_status=status).pk


def test_the_database_refuses_a_company_as_well(kiwi, coordinator):
    row = noted(kiwi, coordinator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Volunteering.objects.filter(pk=row.pk).update(host_status="company")


def test_it_ends_after_it_began(kiwi, coordinator):
    row = noted(kiwi, coordinator)
    act = {"volunteering": row, "by": coordinator, "seen": None}

    with pytest.raises(ValidationError):
        end_volunteering(**act, on=ago(4))
    assert end_volunteering(**act, on=ago(0)).until_on == ago(0)


def test_from_the_file_and_without_words_of_subordination(signed_in, kiwi, coordinator):
    actor = Actor(signed_in(coordinator))
    page = actor.opens("volunteering_add", kiwi).content.decode().lower()
    for word in ("employeur", "salaire", "poste", "obligation", "hiérarchi", "consigne"):
        assert word not in page.partition("<main")[2], word

    found = errors(actor.does("volunteering_add", kiwi, **said(host_status="company")))
    assert "préparez une immersion" in found["host_status"][0]
    found = errors(actor.does("volunteering_add", kiwi, **said(host_siret="")))
    assert "SIRET" in found["host_siret"][0]
    actor.does("volunteering_add", kiwi, **said())
    row = Volunteering.objects.get()
    actor.does("volunteering_end", kiwi, row.pk, on=ago(0))

    text = actor.opens("frames", kiwi).content.decode()
    assert "Resto du port" in text and "Oui, la structure l’a dit" in text
