"""The acts a file offers: first the one that most likely comes next, then the others."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.pathway.enums import Phase, Status
from journeys.pathway.models import Journey
from journeys.pathway.reading import Reading
from journeys.pathway.story import Story
from rtr.access import ACCESS
from territories.accounts.models import User


@dataclass(frozen=True)
class Act:
    """A button: a link to the act's page, or a form that does it at once (`is_post`)."""

    url_name: str
    label: str
    icon: str
    is_post: bool = False
    url: str = ""


PATH = [
    Act("contract_prepare", _("Préparer le contrat"), "pen"),
    Act("phase_change", _("Changer la phase"), "signpost"),
    Act("outcome_record", _("Noter une étape gagnée"), "flag"),
    Act("immersion_prepare", _("Prévoir une immersion"), "person-workspace"),
    Act("pause", _("Noter une pause"), "pause-circle"),
    Act("resume", _("Noter la reprise"), "play-circle"),
    Act("extend", _("Prolonger le parcours"), "calendar-plus"),
    Act("leave", _("Enregistrer la sortie"), "door-open"),
    Act("come_back", _("Noter le retour"), "arrow-counterclockwise"),
]
TALK = [
    Act("contact_today", _("Venue aujourd’hui"), "person-check", is_post=True),
    Act("contact_record", _("Noter un autre contact"), "chat-dots"),
    Act("journey_enrol", _("Inscrire à une séance"), "calendar-plus"),
    Act("appointment_propose", _("Proposer un rendez-vous"), "calendar-plus"),
    Act("badge_propose", _("Proposer un badge"), "award"),
    Act("ideas", _("Voir des idées d’activités"), "lightbulb"),
    Act("presence_link", _("Reprendre une présence"), "calendar-check"),
    Act("strength_add", _("Ajouter ce que la personne apporte"), "star"),
    Act("situation_answer", _("Répondre aux questions d’entrée"), "card-checklist"),
    Act("note_write", _("Écrire une note"), "journal-text"),
    Act("aid_request", _("Demander une aide"), "cash-coin"),
    Act("document_add", _("Ajouter une pièce"), "paperclip"),
    Act("paper_add", _("Garder un de ses papiers"), "file-earmark-person"),
]
FILE = [
    Act("member_add", _("Ajouter un membre à l’équipe"), "person-plus"),
    Act("contract_reached", _("Changer de téléphone"), "phone"),
    Act("details_correct", _("Corriger le surnom ou le contact"), "pencil"),
    Act("portal_link_give", _("Donner un lien de connexion"), "key"),
    Act("card_give", _("Imprimer sa carte"), "person-vcard"),
    Act("screen_give", _("Montrer un code d’entrée"), "qr-code"),
    Act("help_open", _("Ouvrir son espace avec elle"), "people"),
    Act("merge", _("Réunir avec un autre dossier"), "people"),
    Act("transfer_propose", _("Proposer un transfert"), "geo-alt"),
]
CONTRACT_BEGUN = Act("contract", _("Reprendre le contrat"), "pen")
ALL = {act.url_name: act for act in PATH + TALK + FILE}


@dataclass(frozen=True)
class Menu:
    first: Act | None
    groups: list[list[Act]]
    # On the first page of the file, htmx changes the card of contacts without a new page.
    in_place: bool = False
    met_today: bool = False


def menu_of(
    user: User, journey: Journey, story: Story, reading: Reading, *, in_place: bool = False
) -> Menu:
    """Only acts that this user may do and that make sense today."""
    possible = {
        name
        for name in ALL.keys() & ACCESS.keys()
        if _makes_sense(name, journey, story)
        and user.may(ACCESS[name], journey.territory_id)
        and (reading.answers or name not in ("situation_answer", "document_add", "paper_add"))
    }
    first = next((name for name in _likely(journey, story) if name in possible), None)
    groups = [
        [_linked(act, journey) for act in group if act.url_name in possible - {first}]
        for group in (PATH, TALK, FILE)
    ]
    linked = _linked(ALL[first], journey) if first else None
    return Menu(linked, [group for group in groups if group], in_place, met_today(journey))


def met_today(journey: Journey) -> bool:
    return journey.last_contact_on == timezone.localdate()


def _linked(act: Act, journey: Journey) -> Act:
    if act.url_name == "contract_prepare" and journey.participant.identified_on:
        act = CONTRACT_BEGUN
    return replace(act, url=reverse(act.url_name, args=[journey.pk]))


def _makes_sense(name: str, journey: Journey, story: Story) -> bool:
    left = journey.status == Status.LEFT
    if story.is_dead:
        return name == "document_add"
    situation = getattr(journey, "situation", None)
    return {
        "contract_prepare": not left and not journey.entry_on,
        "phase_change": not left,
        "outcome_record": not left,
        "immersion_prepare": journey.entry_on is not None
        and journey.status not in (Status.LEFT, Status.PAUSED),
        "pause": not left and journey.status != Status.PAUSED,
        "resume": journey.status == Status.PAUSED,
        "extend": not left and journey.entry_on is not None,
        "leave": not left,
        "come_back": left,
        "journey_enrol": not left,
        "contact_today": not met_today(journey) and not left,
        "contract_reached": journey.participant.identified_on is not None,
        "paper_add": journey.participant.identified_on is not None and not left,
        "situation_answer": journey.entry_on is not None
        and (situation is None or situation.completed_on is None),
    }.get(name, True)


def _likely(journey: Journey, story: Story) -> list[str]:
    """Names of acts, the likeliest first; those that make no sense are passed over."""
    if journey.status == Status.LEFT:
        return ["come_back"]
    if journey.status == Status.PAUSED:
        return ["resume"]
    if journey.status == Status.OVERDUE:
        return ["extend", "leave"]
    if journey.status == Status.BUTINAGE:
        lasted = (timezone.localdate() - journey.first_contact_on).days
        ripe = lasted >= journey.territory.programme.butinage_min_days
        return ["contract_prepare"] if ripe else ["contact_today", "contract_prepare"]
    if story.phase.code == Phase.REPERAGE:
        return ["phase_change"]
    return ["situation_answer", "contact_today", "outcome_record"]
