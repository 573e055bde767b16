"""The convention of an immersion as a PDF to sign: what the law asks for, in our own words.

Fields: Code du travail, D5135-2 (and the Cerfa 13912, whose text is not copied). The address of the
person is left to be written by hand: the platform keeps none. Nothing else is said of them.
Source: ISO 14289-1 (PDF/UA-1) for the tags.
"""

import json
from functools import cache
from pathlib import Path

import typst

from journeys.contracts.printing import FONTS
from journeys.frames.enums import Purpose, Situation
from journeys.frames.limits import DAYS_A_HOST, planned_days
from journeys.frames.models import Immersion
from journeys.pathway.enums import TeamRole
from rtr.lib import french
from territories.organisations.siret import spaced

TITLE = "Convention d’immersion professionnelle"
LINE = ". . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . ."
SITUATIONS = {
    Situation.SEEKING: "en recherche d’emploi",
    Situation.OTHER: "autre",
    Situation.EMPLOYED: "en emploi",
}


def pdf(immersion: Immersion) -> bytes:
    """A tagged PDF in French. The person is identified: their contract was signed first."""
    return typst.compile(
        _layout(),
        sys_inputs={"data": json.dumps(_data(immersion), ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        font_paths=[str(FONTS)],
        timestamp=int(immersion.recorded_at.timestamp()),
    )


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "convention.typ").read_bytes()


def _data(immersion: Immersion) -> dict:
    first, last = french.day(immersion.from_on), french.day(immersion.until_on)
    title = f"{TITLE} (renouvellement)" if immersion.renews_id else TITLE
    return {
        "title": title,
        "lead": "Période de mise en situation en milieu professionnel, Code du travail, articles"
        " L5135-1 à L5135-8 et D5135-1 à D5135-8.",
        "footer": f"Immersion chez {immersion.host_name}, du {first} au {last}",
        "parts": [
            _person(immersion),
            _host(immersion),
            _prescriber(immersion),
            *_agreed(immersion),
        ],
        "signing": "À signer par chacun avant le premier jour. Chacun garde un exemplaire.",
        "places": _places(immersion),
    }


def _part(title: str, *lines: tuple[str, ...]) -> dict:
    return {"title": title, "lines": lines}


# What every convention says, whoever signs it.
_SHARED = [
    _part(
        "4. La place de chacun",
        (
            "La personne vient apprendre et observer. Elle garde son statut et ses ressources ;"
            " l’employeur ne la paie pas. Elle n’occupe pas un poste permanent ou de saison, ne"
            " remplace personne et ne sert pas à faire face à un surcroît de travail.",
        ),
        (
            "L’employeur lui confie les tâches dites ici et aucune autre. Le tuteur l’accueille, la"
            " guide, lui donne les consignes de sécurité, et dit à la fin ce qui est acquis. Elle"
            " utilise la cantine et les transports comme les salariés.",
        ),
        ("Elle suit les règles de la maison : horaires, repos, hygiène, sécurité, discrétion.",),
    ),
    _part(
        "5. Assurance et accident",
        (
            "L’employeur est assuré pour les dommages causés ou subis. Si un accident arrive sur"
            " place ou en chemin, il prévient dans la journée qui prescrit, qui le déclare.",
        ),
    ),
    _part(
        "6. Durée, renouvellement, fin",
        (
            "Un mois au plus, de date à date. Si les objectifs ne sont pas atteints, une nouvelle"
            " convention renouvelle celle-ci une seule fois, avec le même objet. Chez un même"
            f" employeur : {DAYS_A_HOST} jours au plus en douze mois.",
        ),
        (
            "La personne, l’employeur ou qui prescrit peut y mettre fin avant, en le disant aux"
            " autres et en disant pourquoi.",
        ),
    ),
]


def _person(immersion: Immersion) -> dict:
    person = immersion.journey.participant
    return _part(
        "La personne",
        ("Prénom et nom", person.full_name),
        ("Date de naissance", french.day(person.birth_date, weekday=False)),
        ("Adresse", LINE),
        ("Situation", SITUATIONS[Situation(immersion.situation)]),
    )


def _host(immersion: Immersion) -> dict:
    return _part(
        "L’employeur qui accueille",
        ("Nom", immersion.host_name),
        ("SIRET", spaced(immersion.host_siret)),
        ("Activité", immersion.host_activity),
        ("Adresse", immersion.host_address),
        ("Tuteur", f"{immersion.tutor}, {immersion.tutor_role}"),
        ("Assurance responsabilité civile", f"{immersion.insurer}, police {immersion.policy}"),
    )


def _prescriber(immersion: Immersion) -> dict:
    house, name = _accompanying(immersion)
    said = f"{immersion.prescriber} ({immersion.get_prescriber_kind_display()})"
    return _part(
        "Qui prescrit et qui accompagne",
        ("Prescrite par", said),
        ("Accompagnée par", ", ".join(filter(None, [house, name]))),
    )


def _accompanying(immersion: Immersion) -> tuple[str, str]:
    """The body that follows the person, and who does there."""
    organisation = immersion.journey.participant.organisation
    team = immersion.journey.team.standing().filter(role=TeamRole.REFERENT)
    member = team.select_related("user", "organisation").order_by("from_on", "pk").first()
    house = member.organisation if member else organisation
    return (house.name if house else ""), (member.user.get_full_name() if member else "")


def _agreed(immersion: Immersion) -> list[dict]:
    first, last = french.day(immersion.from_on), french.day(immersion.until_on)
    days = len(planned_days(immersion.from_on, immersion.until_on, immersion.weekdays))
    return [
        _part(
            "1. Pour quoi faire",
            ("Objet", str(Purpose(immersion.purpose).label)),
            ("Objectifs", immersion.objectives),
            ("À la fin, la personne, le tuteur et qui accompagne relisent ces objectifs.",),
        ),
        _part("2. Tâches confiées", (immersion.tasks,)),
        _part(
            "3. Où et quand",
            ("Lieu", immersion.place),
            ("Dates", f"du {first} au {last}, {days} {french.plural(days, 'jour')}"),
            ("Horaires", immersion.schedule),
            ("Heures par semaine", f"{immersion.weekly_hours}, sans dépasser la durée légale"),
        ),
        *_SHARED,
    ]


def _places(immersion: Immersion) -> list[dict]:
    """Three, and who accompanies where it is another body (L5135-4), and an employer (D5135-1)."""
    person, (house, _name) = immersion.journey.participant, _accompanying(immersion)
    places = [
        ("La personne", person.full_name),
        ("L’employeur qui accueille", immersion.host_name),
        ("Qui prescrit", immersion.prescriber),
    ]
    if house and house.strip().lower() != immersion.prescriber.strip().lower():
        places.append(("Qui accompagne", house))
    if immersion.situation == Situation.EMPLOYED:
        places.append(("L’employeur de la personne", LINE))
    if person.guardian:
        places.append(("Son curateur ou tuteur légal", person.guardian))
    return [{"who": who, "name": name} for who, name in places]
