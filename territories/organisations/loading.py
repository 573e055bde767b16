"""Programmes with their territories, consortium and places, from the files of territories/data.

Each file is the whole description of one programme. A programme that is there already is left as
it is, since its managers may have changed it; `reset` puts back what the file says. What a file no
longer says stays, since journeys may point at it.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.db import models, transaction

from territories.organisations.models import ConsortiumMember, Organisation
from territories.places.models import Commune, Neighbourhood, Place, Territory, Zoning
from territories.programmes.models import Period, PeriodTarget, Programme

DATA = Path(__file__).resolve().parent.parent / "data"


def load_all(*, reset: bool = False) -> list[Programme]:
    """Every programme described in territories/data, in the order of the file names."""
    return [load(path, reset=reset) for path in sorted(DATA.glob("*.toml"))]


@transaction.atomic
def load(path: Path, *, reset: bool = False) -> Programme:
    """One programme from its file, if it is not there yet; with `reset`, even if it is.

    Raises tomllib.TOMLDecodeError for a file that is not TOML, KeyError when a part is missing or
    names something that the file does not describe, FieldError for an unknown setting.
    """
    described = tomllib.loads(path.read_text(encoding="utf-8"))
    there = Programme.objects.filter(slug=described["programme"]["slug"]).first()
    if there and not reset:
        return there
    programme = _programme(described["programme"])
    territories = {
        territory.slug: territory for territory in _territories(programme, described["territories"])
    }
    _neighbourhoods(territories, described)
    _periods(programme, territories, described["periods"])
    organisations = {
        organisation.slug: organisation for organisation in _organisations(programme, described)
    }
    _places(territories, organisations, described["places"])
    return programme


def _kept(model: type[models.Model], *, by: dict, **values) -> models.Model:
    row, _created = model.objects.update_or_create(**by, defaults=values)
    return row


def _programme(settings: dict) -> Programme:
    settings = settings | {"contract_text": settings["contract_text"].strip()}
    return _kept(Programme, by={"slug": settings.pop("slug")}, **settings)


def _territories(programme: Programme, described: list[dict]) -> Iterator[Territory]:
    for one in described:
        by = {"programme": programme, "slug": one["slug"]}
        yield _kept(Territory, by=by, name=one["name"], kind=one["kind"])


def _neighbourhoods(territories: dict[str, Territory], described: dict) -> None:
    """Communes, their quarters, and when each quarter was on a list (rule 22)."""
    for territory in described["territories"]:
        for one in territory.get("communes", []):
            by = {"territory": territories[territory["slug"]], "name": one["name"]}
            commune = _kept(Commune, by=by)
            for quarter in one.get("neighbourhoods", []):
                neighbourhood = _kept(
                    Neighbourhood, by={"commune": commune, "name": quarter["name"]}
                )
                for edition in quarter["zonings"]:
                    by = {"neighbourhood": neighbourhood, "edition": edition}
                    _kept(Zoning, by=by, **described["zonings"][edition])


def _periods(programme: Programme, territories: dict[str, Territory], described: list) -> None:
    for one in described:
        targets = one.pop("targets", [])
        period = _kept(Period, by={"programme": programme, "name": one.pop("name")}, **one)
        for target in targets:
            by = {"period": period, "territory": territories[target.pop("territory")]}
            _kept(PeriodTarget, by=by, **target)


def _organisations(programme: Programme, described: dict) -> Iterator[Organisation]:
    """The structures, and the part of those that are in the consortium."""
    signed_on = described["consortium"]["signed_on"]
    for one in described["organisations"]:
        role, part = one.pop("role", None), one.pop("part", "")
        organisation = _kept(Organisation, by={"slug": one.pop("slug")}, **one)
        organisation.noted_in.add(programme)
        if role:
            by = {"programme": programme, "organisation": organisation, "from_on": signed_on}
            _kept(ConsortiumMember, by=by, role=role, part=part)
        yield organisation


def _places(
    territories: dict[str, Territory],
    organisations: dict[str, Organisation],
    described: list[dict],
) -> None:
    for one in described:
        territory = territories[one["territory"]]
        commune = one.get("commune")
        organisation = one.get("organisation")
        _kept(
            Place,
            by={"territory": territory, "name": one["name"]},
            kind=one["kind"],
            commune=territory.communes.get(name=commune) if commune else None,
            organisation=organisations[organisation] if organisation else None,
        )
