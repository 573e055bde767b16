"""People on a list, and the list as somebody reads it."""

import datetime

import pytest
from django.urls import reverse

from journeys import models as m
from journeys.duplicates.actions.merging import merge
from journeys.models import ContractWording, EntrySituation
from journeys.pathway.actions import spans
from rtr import scope
from territories.models import JournalEntry, LogEntry
from tests.journeys.contracts import frozen
from tests.journeys.entering import has_contact
from tests.journeys.factories import JourneyFactory, ago, join
from tests.journeys.lists import nicknames
from tests.journeys.papers import camille, nadia, own_phone  # noqa: F401 (fixtures)
from tests.journeys.phones import ARABIC, Phone, reach
from tests.journeys.told import doors, heard, holder, tell  # noqa: F401 (fixtures)

BORN = datetime.date(1995, 5, 17)


@pytest.fixture
def person(caen, le_dome):
    """`person("Kiwi")` makes a journey in Caen, with that nickname."""

    def make(nickname, territory=caen, **fields):
        details = {f"participant__{k}": v for k, v in fields.pop("participant", {}).items()}
        details.setdefault("participant__organisation", le_dome)
        return JourneyFactory(
            territory=territory, participant__nickname=nickname, **details, **fields
        )

    return make


@pytest.fixture(params=["cache up", "cache down"])
def cache(request, settings):
    """With and without it: what must hold is counted in the database."""
    if request.param == "cache down":
        down = {"BACKEND": "tests.journeys.entering.NoCache", "LOCATION": "away"}
        settings.CACHES = {"default": down}


@pytest.fixture
def numbered(kiwi):
    """Kiwi left a number."""
    has_contact(kiwi)
    return kiwi


@pytest.fixture
def shown(signed_in):
    """`shown(user, phase="insertion")` gives the nicknames on the page, in order."""

    def read(user, **query):
        page = signed_in(user).get(reverse("participants"), query, follow=True)
        assert page.status_code == 200
        return nicknames(page)

    return read


@pytest.fixture
def needs(signed_in):
    """`needs(user)["call_back"]` gives the lines of that need on the page."""

    def read(user):
        page = signed_in(user).get(reverse("today"))
        assert page.status_code == 200
        found = {}
        for group in page.context["groups"]:
            for line in group.lines:
                found.setdefault(line.need.slug, []).append(line)
        return found

    return read


@pytest.fixture
def quiet(person, referent):
    """`quiet("Kiwi")` makes a journey of which nothing is asked today."""

    def make(nickname="Kiwi", **fields):
        journey = person(nickname, **fields)
        join(journey, referent)
        if journey.entry_on:
            EntrySituation.objects.create(
                territory=journey.territory, journey=journey, completed_on=ago(1)
            )
        return journey

    return make


# -- Two files of one person ---------------------------------------------------------------------


@pytest.fixture
def kiwi_signed(person):
    return person("Kiwi", contracted=True)


@pytest.fixture
def zaza(person, coordinator, referent, activity_referent, comptoir):
    """The same person's other file, in butinage, with a row of every kind that can follow."""
    zaza = person("Zaza", first_contact_on=ago(90), participant={"contact": "06 39 98 00 01"})
    of, about = {"territory": zaza.territory}, {"participant": zaza.participant}
    it = {**of, "journey": zaza}
    member = join(zaza, referent, reason="l’a rencontrée")
    join(zaza, activity_referent, "activity_referent", suspended_on=ago(5))
    m.Share.objects.create(**it, member=member, category="notes")
    m.Strength.objects.create(**it, kind="talent", text="Cuisine")
    m.Barrier.objects.create(**it, theme="logement", level="much")
    m.Note.objects.create(**it, author=referent, text="Vue au marché")
    m.Absence.objects.create(
        **it, kind="pause", pause_reason="family", from_on=ago(70), until_on=ago(60)
    )
    m.Outcome.objects.create(**it, kind="cdi", started_on=ago(10))
    m.Document.objects.create(**of, **about, kind="other", title="CV", seen_by=referent)
    m.OtherSupport.objects.create(**of, **about, kind="ccas")
    m.OutboundMessage.objects.create(**of, **about, to="+33639980001", body="Demain")
    m.Referral.objects.create(
        **of, **about, channel="mission_locale", prescriber="ML", agreed_on=ago(95),
        answer="accepted", answered_on=ago(90),
    )  # fmt: skip
    m.PersonLink.objects.create(**of, **about)
    m.Contract.objects.create(**it, prepared_on=ago(50), cancelled_on=ago(40))
    m.Objective.objects.create(**it, rank=1, wording="Conduire", set_aside_on=ago(3),
                               decision_reason="plus tard")  # fmt: skip
    JournalEntry.objects.create(
        **of, act="opened", actor=referent, participant_id=zaza.participant_id, version=7
    )
    LogEntry.objects.log_create(zaza, action=LogEntry.Action.UPDATE, changes={"limit_on": "x"})
    return zaza


@pytest.fixture
def merged(coordinator):
    def act(kept, absorbed, **said):
        options = {"seen": None, "seen_absorbed": None, "taken": {}} | said
        return merge(kept=kept, absorbed=absorbed, by=coordinator, **options)

    return act


@pytest.fixture
def maya(caen, le_dome, referent):
    """Under contract, with a phone and a referent."""
    journey = JourneyFactory(
        territory=caen,
        contracted=True,
        participant__organisation=le_dome,
        participant__nickname="Maya",
    )
    journey.participant.phone = "+33612345678"
    journey.participant.save()
    join(journey, referent)
    return journey


@pytest.fixture
def left(maya, coordinator):
    """`left(days=5, agreed=True)`: the exit, so many days ago; the first follow-up."""

    def leave(days=5, agreed=True, kind="cdi"):
        spans.leave(
            journey=maya,
            by=coordinator,
            seen=None,
            on=ago(days),
            kind=kind,
            agreed_to_contact=agreed,
        )
        return maya.follow_ups.order_by("opens_on").first()

    return leave


# -- A contract to sign on one's own phone ---------------------------------------------------------


@pytest.fixture
def in_caen(caen, vallees):
    """Acts of Caen, whose programme has its terms in Arabic too."""
    ContractWording.objects.create(programme=caen.programme, language="ar", text=ARABIC)
    with scope.over([caen.pk, vallees.pk]):
        yield


@pytest.fixture
def contract(in_caen, kiwi, coordinator):
    """Frozen, and a number where Kiwi is reached."""
    written = frozen(kiwi, coordinator)
    reach(kiwi)
    return written


@pytest.fixture
def phone(client, contract, kiwi, coordinator):
    """Kiwi's phone, once the link was opened in French."""
    return Phone.sent(client, journey=kiwi, by=coordinator, about=contract)


@pytest.fixture
def other(client):
    """A browser that opened nothing."""
    return type(client)()


@pytest.fixture
def known(person):
    """`known("Kiwi", "Camille, Martin")`: a file with an identity noted 30 days ago."""

    def make(nickname, words, born=BORN, phone="", **fields):
        journey = person(nickname, **fields)
        first, _comma, last = words.partition(", ")
        m.Participant.objects.filter(pk=journey.participant_id).update(
            identified_on=ago(30), first_name=first, last_name=last, birth_date=born, phone=phone
        )
        return m.Journey.objects.select_related("participant").get(pk=journey.pk)

    return make
