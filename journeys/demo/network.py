"""Addresses, SIRET and equipment of the demonstration: invented, and never anybody's."""

import tomllib
from collections.abc import Iterator

from stdnum import luhn

from journeys.demo.chance import Chance
from journeys.demo.ground import DATA, FICTION, Ground
from territories.organisations.enums import ClosingReason, ConsortiumRole
from territories.organisations.models import ConsortiumMember, Organisation
from territories.places.equipment import Equipment
from territories.places.models import Place
from territories.programmes.models import Programme

WORDS = tomllib.loads((DATA / "network.toml").read_text(encoding="utf-8"))
EASY = ["plain_pied", "sanitaires", "transport", "stationnement", "calme", "boucle", "chien_guide"]
TOWNS = WORDS["towns"]


def invented_siret(number: int) -> str:
    """The nth SIRET of the demonstration: valid by its keys, given to nobody, since no SIREN of
    INSEE starts with four zeros.

    >>> invented_siret(1)
    '00000001800010'
    """
    return _keyed(_keyed(f"{number:08d}") + "0001")


def _keyed(figures: str) -> str:
    return figures + luhn.calc_check_digit(figures)


def furnish(grounds: list[Ground], chance: Chance) -> None:
    """Say of each body where it is, of each place how to come and what is in it."""
    places = [place for ground in grounds for place in ground.places]
    for ground in grounds:
        for place in ground.places:
            _place(place, ground, chance)
    columns = ["address", "postcode", "how_to_come", "opening", "accessibility"]
    Place.objects.bulk_update(places, columns)
    Equipment.objects.bulk_create(row for place in places for row in _equipment(place))
    bodies = list(Organisation.objects.prefetch_related("noted_in").order_by("pk"))
    for number, body in enumerate(bodies, start=1):
        _body(body, number, grounds, chance)
    columns = ["siret", "address", "postcode", "city", "phone", "email", "site"]
    Organisation.objects.bulk_update(bodies, columns)
    _gone(dict(WORDS["gone"]))


def _body(body: Organisation, number: int, grounds: list[Ground], chance: Chance) -> None:
    """In the town that its name tells, or that of a territory of its programme."""
    programmes = {programme.pk for programme in body.noted_in.all()}
    there = next(g.territory.slug for g in grounds if g.programme.pk in programmes)
    told = next((word for word in TOWNS if word in body.slug), there)
    body.city = TOWNS[told]
    body.postcode = WORDS["postcodes"][body.city]
    body.address = _street(chance)
    body.siret = invented_siret(number) if chance.happens(0.85) else None
    body.phone = f"{FICTION.get(told, FICTION[there])}{chance.randint(0, 9999):04d}"
    body.email = f"accueil.{body.slug}@demo.example"
    body.site = f"https://{body.slug}.example" if chance.happens(0.6) else ""


def _street(chance: Chance) -> str:
    return f"{chance.randint(1, 98)} {chance.choice(WORDS['streets'])}"


def _place(place: Place, ground: Ground, chance: Chance) -> None:
    place.address = _street(chance)
    town = place.commune.name if place.commune_id else TOWNS[ground.territory.slug]
    place.postcode = WORDS["postcodes"][town]
    place.how_to_come = chance.choice(WORDS["ways"])
    place.opening = chance.choice(WORDS["openings"])
    place.accessibility = [code for code in EASY if chance.happens(0.45)]


def _equipment(place: Place) -> Iterator[Equipment]:
    """What the words about the place call for."""
    about = f"{place.name} {place.kind}".lower()
    for word, things in WORDS["kits"].items():
        for name, quantity, needs_briefing in things if word in about else ():
            yield Equipment(
                place=place, name=name, quantity=quantity, needs_briefing=needs_briefing
            )


def _gone(described: dict) -> None:
    programme = Programme.objects.get(slug=described.pop("programme"))
    dates = {name: described.pop(name) for name in ("from_on", "until_on")}
    closing = {"closed_on": dates["until_on"], "closed_because": ClosingReason.STOPPED}
    body = Organisation.objects.create(**described, **closing)
    ConsortiumMember.objects.create(
        programme=programme, organisation=body, role=ConsortiumRole.SUPPORTER, **dates
    )
