"""A small world where every text about a person is a string found nowhere else: a canary.

Five people, each with a row in every table behind the second wall: `mine`, in Caen, whose team
holds the referent and the reference of activity; `near`, in Caen, welcomed by the same
organisation; `aside`, in Caen, of another organisation; `orne`, in the other territory of the
programme; `far`, in Marseille, of the other programme.

Written by hand and without the actions, so that what they refuse is not assumed.
"""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from badges.models import Achievement
from journeys import models as m
from journeys.pathway.enums import Phase
from rtr import scope
from territories.accounts.enums import Role
from territories.models import (
    JournalEntry,
    LogEntry,
    Organisation,
    Place,
    Territory,
    User,
)
from tests.cast import member
from tests.journeys.factories import ago, join
from tests.security.colleagues import colleague
from tests.security.parts import PARTS

KEYS = ("mine", "near", "aside", "orne", "far")
# Whose referral was sent by the prescriber's structure, from an account.
SENDS = dict.fromkeys(("near", "orne", "far"), "mission-locale")
# What each text is about, and who may read it is said in tests/security/oracle.py.
NICKNAME, IDENTITY, CONTACT = "nickname", "identity", "contact"
PATH, ANSWERS, NOTES, WORKING = "path", "answers", "notes", "working"
OWN = "own"  # the person's own papers
OUTREACH, REFERRAL, SECRETS = "outreach", "referral", "secrets"
MESSAGE = "message"


@dataclass
class Person:
    key: str
    journey: m.Journey
    participant: m.Participant
    rows: SimpleNamespace = field(default_factory=SimpleNamespace)
    canaries: dict[str, list[str]] = field(default_factory=dict)

    def word(self, kind: str, name: str) -> str:
        """A text found nowhere else, remembered as being of that kind."""
        text = f"{name}{self.key}xq"
        self.canaries.setdefault(kind, []).append(text)
        return text


def person(key: str, territory, organisation, author) -> Person:
    """Somebody about whom everything is written down, by `author`."""
    number = KEYS.index(key)
    found = Person(key, None, None)
    word = found.word
    # Identity and contact are words of it, so that a search finds whoever may be found.
    identity = {
        "first_name": word(IDENTITY, "Prenom").capitalize(),
        "last_name": word(IDENTITY, "Famille").capitalize(),
        "guardian": word(IDENTITY, "Tuteur"),
        "phone": f"+3363998000{number}",
        "birth_date": datetime.date(1991, 2, 10 + number),
        "identified_on": ago(60),
    }
    found.canaries[IDENTITY] += [f"063998000{number}", f"06 39 98 00 0{number}", identity["phone"]]
    found.participant = m.Participant.objects.create(
        territory=territory,
        programme=territory.programme,
        organisation=organisation,
        code=word(NICKNAME, "CODE-"),
        nickname=word(NICKNAME, "Surnom"),
        channel="presence",
        contact=word(CONTACT, "contact@"),
        call_back_asked_on=ago(2),
        welcomed_on=ago(300),
        welcomed_by=author,
        user=User.objects.create_user(territory=territory),
        **identity,
    )
    found.journey = m.Journey.objects.create(
        territory=territory,
        participant=found.participant,
        first_contact_on=ago(300),
        entry_on=ago(200),
        limit_on=ago(-250),
    )
    _place(found, author)
    _network(found)
    colleague(found, organisation, author)
    _arrivals(found, organisation, author)
    _path(found, author)
    _told(found, author)
    _contracts(found, author)
    _traces(found, author)
    for part in PARTS:
        part.rows(found, author)
    return found


def _place(found: Person, author) -> None:
    """Where they live, and what is set and known there: nobody's words."""
    home, rows = found.journey.territory, found.rows
    rows.home = home
    rows.commune, _made = home.communes.get_or_create(name=f"Commune {home}")
    rows.wave, _made = home.programme.periods.get_or_create(
        name="Vague", defaults={"starts_on": ago(500)}
    )
    rows.change = home.programme.changes.create(
        by=author, before={"objectives_in_all": 9}, after={"objectives_in_all": 10}
    )
    rows.figure = home.context.filter(indicator="chomage").first() or home.context.create(
        indicator="chomage", year=2024, value=8, source="INSEE", added_by=author
    )


def _network(found: Person) -> None:
    """A body that their programme alone knows, its part, its place, and what is in it."""
    home, rows = found.journey.territory, found.rows
    rows.house = Organisation.objects.create(
        name=f"Maison {found.key}", slug=f"maison-{found.key}", kind="association"
    )
    rows.house.noted_in.add(home.programme)
    rows.part = rows.house.consortia.create(
        programme=home.programme, role="supporter", from_on=ago(400)
    )
    rows.room = home.places.create(name=f"Salle {found.key}", organisation=rows.house)
    rows.tool = rows.room.equipment.create(name="Découpe laser", needs_briefing=True)


def _arrivals(found: Person, organisation, author) -> None:
    of, rows, word = {"territory": found.journey.territory}, found.rows, found.word
    rows.outreach = m.Outreach.objects.create(
        **of,
        organisation=organisation,
        channel="presence",
        where=word(OUTREACH, "Rue"),
        on=ago(1),
        people_met=7,
        recorded_by=author,
    )
    rows.referral = m.Referral.objects.create(
        **of,
        channel="mission_locale",
        prescriber=word(REFERRAL, "Prescripteur"),
        prescriber_email=f"{word(REFERRAL, 'courriel')}@exemple.fr",
        first_name=word(REFERRAL, "Oriente"),
        contact=word(REFERRAL, "joindre"),
        agreed_on=ago(2),
        organisation=Organisation.objects.filter(slug=SENDS.get(found.key, "")).first(),
    )
    rows.purged = m.PurgedCount.objects.create(
        **of, month=ago(300).replace(day=1), channel=word(SECRETS, "voie"), people=3
    )


def _path(found: Person, author) -> None:
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    for rank, phase in enumerate((Phase.REPERAGE, Phase.MOBILISATION), start=1):
        rows.phase = m.PhaseChange.objects.create(
            **of, rank=rank, phase=phase, on=ago(300 - 50 * rank), reason=word(ANSWERS, "Raison")
        )
    rows.document = m.Document.objects.create(
        territory=of["territory"],
        participant=found.participant,
        kind="other",
        title=word(ANSWERS, "Titre"),
        seen_by=author,
        content_type="image/jpeg",
        file=ContentFile(word(ANSWERS, "Octets").encode(), "photo.jpg"),
    )
    rows.paper = m.Document.objects.create(
        territory=of["territory"],
        participant=found.participant,
        kind="cv",
        title=word(OWN, "Papier"),
        content_type="image/jpeg",
        file=ContentFile(word(OWN, "Page").encode(), "cv.jpg"),
    )
    rows.removed = m.Document.objects.create(
        territory=of["territory"],
        participant=found.participant,
        kind="diploma",
        title=word(SECRETS, "Retire"),
        removed_at=timezone.now(),
        removed_by=author,
        file=ContentFile(word(SECRETS, "Reste").encode(), "diplome.jpg"),
    )
    rows.to_erase = m.FileToErase.objects.create(
        territory=of["territory"], name=word(SECRETS, "fichier")
    )
    rows.contact = m.Contact.objects.create(**of, kind="visit", on=ago(3), by=author)
    rows.pause = m.Absence.objects.create(
        **of, kind="pause", pause_reason="family", from_on=ago(150), until_on=ago(140)
    )
    rows.exit = m.Absence.objects.create(
        **of,
        kind="exit",
        exit_kind="cdi",
        from_on=ago(100),
        until_on=ago(90),
        agreed_to_contact=True,
    )
    rows.follow_up = m.FollowUp.objects.create(
        **of, absence=rows.exit, milestone="exit", opens_on=ago(100), late_on=ago(72)
    )
    rows.follow_up_try = m.FollowUpTry.objects.create(
        **of, follow_up=rows.follow_up, how="call", on=ago(99), result="no_answer", by=author
    )
    rows.outcome = m.Outcome.objects.create(
        **of, kind="cdi", host=word(PATH, "Employeur"), started_on=ago(30)
    )
    rows.extension = m.Extension.objects.create(
        **of, until_on=ago(-250), reason=word(ANSWERS, "Prolongation")
    )
    rows.member = join(found.journey, author, reason=word(PATH, "Pourquoi"))
    rows.share = m.Share.objects.create(**of, member=rows.member, category="situation")
    period = found.participant.programme.periods.create(name=word(PATH, "P"), starts_on=ago(500))
    rows.period = m.PeriodEntry.objects.create(**of, period=period)


def _told(found: Person, author) -> None:
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    rows.strength = m.Strength.objects.create(**of, kind="talent", text=word(PATH, "Talent"))
    rows.barrier = m.Barrier.objects.create(**of, theme="logement", level="much")
    rows.situation = m.EntrySituation.objects.create(
        **of, employment="inactif", resources="rsa", disability="yes"
    )
    rows.support = m.OtherSupport.objects.create(
        territory=of["territory"],
        participant=found.participant,
        kind="ccas",
        rhythm=word(ANSWERS, "Rythme"),
    )
    rows.note = m.Note.objects.create(**of, author=author, text=word(NOTES, "Note"))
    rows.working = m.Note.objects.create(
        **of, author=author, text=word(WORKING, "Brouillon"), is_working=True
    )


def _contracts(found: Person, author) -> None:
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    terms = {"birth_date": found.participant.birth_date, "weekly_hours": 12, "prepared_by": author}
    sha = f"{KEYS.index(found.key)}" * 64
    rows.contract = m.Contract.objects.create(
        **of,
        **terms,
        planned_end_on=ago(-250),
        interpreter=word(ANSWERS, "Interprete"),
        read_aloud_by=word(ANSWERS, "Lecteur"),
        text=word(ANSWERS, "Texte du contrat "),
        sha256=sha,
        frozen_at=timezone.now(),
        signed_on=ago(200),
        prepared_on=ago(201),
    )
    rows.signed_text = m.SignedText.objects.create(
        sha256=sha, frozen_on=ago(201), signed_on=ago(200)
    )
    rows.signature = m.Signature.objects.create(
        **of,
        contract=rows.contract,
        signer="referent",
        user=author,
        name=author.get_full_name(),
        method="session",
        sha256=sha,
    )
    m.Signature.objects.create(
        **of,
        contract=rows.contract,
        signer="participant",
        name=word(IDENTITY, "Signe"),
        method="handwriting",
        page=rows.document,
        sha256=sha,
    )
    rows.objective = m.Objective.objects.create(
        **of, contract=rows.contract, wording=word(ANSWERS, "Objectif")
    )
    rows.translation = m.Translation.objects.create(
        **of,
        contract=rows.contract,
        language="ar",
        text=word(ANSWERS, "Traduction"),
        sha256=f"{KEYS.index(found.key)}a" * 32,
    )
    rows.signing_link = m.SigningLink.objects.create(
        **of,
        contract=rows.contract,
        signer="participant",
        channel="sms",
        to=found.participant.phone.as_e164,
        token_sha256=f"{KEYS.index(found.key)}b" * 32,
        given_by=author,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    rows.signing_code = m.SigningCode.objects.create(
        **of,
        contract=rows.contract,
        signer="participant",
        to=found.word(SECRETS, "code envoyé à"),
        hashed=found.word(SECRETS, "code"),
        expires_at=timezone.now() + datetime.timedelta(minutes=10),
    )
    rows.proposed = m.Objective.objects.create(
        **of, wording=word(ANSWERS, "Proposition"), team_agreed_on=ago(3)
    )
    rows.objective_link = m.SigningLink.objects.create(
        **of,
        objective=rows.proposed,
        signer="participant",
        channel="sms",
        to=found.participant.phone.as_e164,
        token_sha256=f"{KEYS.index(found.key)}c" * 32,
        given_by=author,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    rows.draft = m.Contract.objects.create(**of, **terms, number=2, planned_end_on=ago(-250))


def _traces(found: Person, author) -> None:
    rows, of = found.rows, {"territory": found.journey.territory}
    about = {"participant": found.participant}
    rows.portal_link = m.PortalLink.objects.create(
        **of,
        **about,
        token_sha256=f"{KEYS.index(found.key)}f" * 32,
        given_by=author,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    rows.person_link = m.PersonLink.objects.create(**of, **about)
    rows.message = m.OutboundMessage.objects.create(
        **of,
        **about,
        status="uncertain",
        to=found.word(SECRETS, "destinataire"),
        body=found.word(MESSAGE, "message"),
    )
    rows.inbound = m.InboundMessage.objects.create(
        **of,
        **about,
        sender="+33199001234",
        text=found.word(MESSAGE, "réponse"),
        meaning="other",
        provider="file",
        provider_id=found.key,
    )
    rows.opt_out = m.OptOut.objects.create(**of, phone=f"+3319900123{KEYS.index(found.key)}")
    rows.merge = m.Merge.objects.create(
        **of,
        kept=found.participant,
        absorbed_code=found.word(NICKNAME, "FONDU-"),
        by=author,
        settled_on=ago(1),
    )
    rows.kept_apart = m.KeptApart.objects.create(
        **of, one=found.participant, other_id=10**9, by=author
    )
    other = of["territory"].programme.territories.exclude(pk=of["territory"].pk)
    rows.transfer = m.Transfer.objects.create(
        **of,
        **about,
        from_territory=of["territory"],
        to_territory=other.get(),
        nickname=found.participant.nickname,
        code=found.participant.code,
        reason="moved",
        agreed_on=ago(2),
        proposed_by=author,
    )
    rows.entry = JournalEntry.objects.create(
        **of, act="opened", actor=author, participant_id=found.participant.pk
    )
    rows.log = LogEntry.objects.log_create(
        found.journey, action=LogEntry.Action.UPDATE, changes={"limit_on": ["a", "b"]}
    )


@pytest.fixture
def world(caen, vallees, marseille, le_dome, le_wip, comptoir, cast):
    """The five people; `author` wrote everything in Caen, another coordinator in Marseille."""
    with scope.everything("test: a world of canaries"):
        author = member("Aurele", Role.COORDINATOR, le_dome, caen, vallees)
        # Where somebody of Marseille could go: nobody works there.
        Territory.objects.create(
            programme=marseille.programme, name="Toulon", slug="toulon", kind="urban"
        )
        places = {
            "mine": (caen, le_dome, author),
            "near": (caen, le_dome, author),
            "aside": (caen, le_wip, author),
            "orne": (vallees, le_dome, author),
            "far": (marseille, comptoir, cast["coordinator_of_marseille"]),
        }
        found = {key: person(key, *places[key]) for key in KEYS}
        referent = join(found["mine"].journey, cast["referent"], "referent")
        join(found["mine"].journey, cast["activity_referent"], "activity_referent")
        found["mine"].rows.own_member = referent
        for territory in (caen, marseille):
            Place.objects.create(
                territory=territory, organisation=le_dome, name=f"Lieu {territory}"
            )
            Achievement.objects.create(
                programme=territory.programme,
                organisation=le_dome,
                code="accueillir",
                name=f"Accueillir à {territory}",
                description="…",
                criteria="…",
                field="Accueil",
            )
    return SimpleNamespace(**found, people=found, author=author)


@pytest.fixture
def cast(
    caen,
    le_dome,
    le_wip,
    coordinator,
    coordinator_of_marseille,
    referent,
    activity_referent,
    animator,
    manager,
    evaluator,
    prescriber,
):
    """One person per role in Caen; the participant is given by the world."""
    return {
        "volunteer": member("Brice", Role.VOLUNTEER, le_dome, caen),
        "animator": animator,
        "activity_referent": activity_referent,
        "referent": referent,
        "badge_steward": member("Nour", Role.BADGE_STEWARD, le_dome, caen),
        "coordinator": coordinator,
        "manager": manager,
        "evaluator": evaluator,
        "prescriber": prescriber,
        "coordinator_of_marseille": coordinator_of_marseille,
    }
