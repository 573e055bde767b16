"""Frames: whose rows are known to whom, what each address answers, a row of each person.

See tests/security/answers.py for how an answer is written; `found` is a Person of world.py: keep
rows in `found.rows` (their names make the arguments of addresses) and words in `found.word(…)`.
"""

import datetime
import hashlib

from django.utils import timezone

from journeys.frames.afest import Afest, AfestSequence
from journeys.frames.models import GroupBriefing, Immersion, SafetyBriefing, Volunteering
from journeys.frames.tutors import TutorFeedback, TutorLink
from tests.journeys.factories import ago
from tests.security.answers import (
    ANIM,
    COORD,
    READERS,
    TEAM,
    Address,
    Public,
    act,
    only_post,
    page,
)

TAKE = frozenset({"volunteer", ANIM, COORD})  # registers of another house: nobody but who leads

KNOWN: dict[str, dict[str, set[str]]] = {
    "briefed session": {"mine": {COORD}, "orne": {COORD}, "far": set()},
}

ADDRESSES: dict[str, Address | Public] = {
    "frames_team": Address(READERS),
    "frames": page(),
    "immersion": page(READERS, "immersion"),
    "immersion_prepare": act(),
    "immersion_change": act(TEAM, "immersion"),
    "immersion_pdf": Address(TEAM, "journey", ("journey", "immersion")),
    "immersion_sign": act(TEAM, "immersion"),
    "immersion_end": act(TEAM, "immersion"),
    "immersion_cancel": act(TEAM, "immersion"),
    "immersion_renew": act(TEAM, "immersion"),
    "immersion_assess": act(TEAM, "immersion"),
    "tutor_ask": act(TEAM, "immersion"),
    "tutor_take_back": only_post(TEAM, "journey", "journey", "immersion"),
    "afest_begin": act(),
    "afest": page(READERS, "afest"),
    "afest_change": act(TEAM, "afest"),
    "afest_sequence": act(TEAM, "afest"),
    "afest_reflect": act(TEAM, "afest", "sequence"),
    "afest_assess": act(TEAM, "afest"),
    "afest_close": act(TEAM, "afest"),
    "volunteering_add": act(),
    "volunteering_end": act(TEAM, "volunteering"),
    "briefing_add": act(),
    "session_briefing": Address(TAKE, "briefed session", ("briefed_session",), post=422),
    "tutor": Public((404, 404), (404, 404)),  # a link that is not known
}

# Models whose rows are about somebody: inside the second wall; those about nobody, and why.
INSIDE = "Immersion Volunteering SafetyBriefing Afest AfestSequence TutorLink TutorFeedback"
OUTSIDE: dict[str, str] = {
    "journeys.GroupBriefing": "numbers of a session, whoever they are",
}
# Names of models whose scope is that of their journey, and of those that have their own.
OF_JOURNEY = "Immersion Volunteering Afest AfestSequence TutorLink TutorFeedback"
OTHERS = ""
# kind of row: (model, its rows of a Person of the world)
KINDS: dict[str, tuple] = {}
# Coordinators and managers know of every kind there where they are, unless said otherwise here:
# role: {kind: keys of the people whose rows are known}, roles being those of test_model_matrix.
ORACLE: dict[str, dict[str, str]] = {}
# (queryset class, name of its method, the kind whose rows tell when it is weakened)
FUNCTIONS: list[tuple] = []

PATH, ANSWERS = "path", "answers"  # read by the team; not by a reference of activity
# Between the other rows of the world, whose days are counted from today as well.
FIRST, LAST = 60, 50


def rows(found, author) -> None:
    """One row of each table about `found`, written by hand."""
    _immersion(found, author)
    _others(found, author)


def _immersion(found, author) -> None:
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    rows.immersion = Immersion.objects.create(
        **of,
        purpose="discover",
        host_name=word(PATH, "Hote"),
        host_siret="73282932000074",
        host_activity=word(PATH, "Metier"),
        host_address=word(PATH, "Zone"),
        tutor=word(PATH, "Tutrice"),
        tutor_role=word(PATH, "Cheffe"),
        tutor_contact=f"{word(ANSWERS, 'joindreatelier')}@exemple.fr",
        prescriber_kind="work",
        prescriber=word(PATH, "Agence"),
        situation="seeking",
        insurer=word(PATH, "Assureur"),
        policy=word(PATH, "Police"),
        objectives=word(PATH, "But"),
        tasks=word(PATH, "Taches"),
        place=word(PATH, "Atelier"),
        schedule=word(PATH, "Horaires"),
        weekly_hours=35,
        from_on=ago(FIRST),
        until_on=ago(LAST),
        signed_on=ago(FIRST + 2),
        signed_seen_by=author,
        ended_on=ago(LAST),
        liked=word(PATH, "Retenu"),
        again="yes",
        assessed_on=ago(LAST - 1),
    )
    about = of | {"immersion": rows.immersion}
    rows.tutor_link = TutorLink.objects.create(
        **about,
        token_sha256=hashlib.sha256(found.key.encode()).hexdigest(),
        expires_at=timezone.now() + datetime.timedelta(days=1),
        given_by=author,
    )
    rows.feedback = TutorFeedback.objects.create(
        **about,
        punctual="always",
        helpful="often",
        other_gestures=word(PATH, "Geste"),
        went_well=word(PATH, "Reussi"),
        again="yes",
        follows=word(PATH, "Suite"),
    )


def _others(found, author) -> None:
    of = {"territory": found.journey.territory, "journey": found.journey}
    rows, word = found.rows, found.word
    rows.volunteering = Volunteering.objects.create(
        **of,
        host_name=word(PATH, "Asso"),
        host_status="association",
        what=word(PATH, "Coup de main"),
        insured="yes",
        from_on=ago(40),
    )
    rows.afest = Afest.objects.create(
        **of,
        host_name=word(PATH, "Usine"),
        aim=word(PATH, "Apprendre"),
        trainer=word(PATH, "Formateur"),
        analysis=word(PATH, "Analyse"),
        analysed_on=ago(30),
        assessment=word(PATH, "Acquis"),
        assessed_on=ago(10),
        from_on=ago(30),
    )
    rows.sequence = AfestSequence.objects.create(
        **of,
        afest=rows.afest,
        on=ago(20),
        what=word(PATH, "Sequence"),
        reflected_on=ago(19),
        reflection=word(PATH, "Reflexive"),
    )
    rows.briefing = SafetyBriefing.objects.create(
        territory=of["territory"], participant=found.participant, equipment=rows.tool, by=author
    )
    activity = of["territory"].activities.create(
        organisation=rows.house, title=f"Atelier de {found.key}", pitch="Découper", kind="workshop"
    )
    start = timezone.now() - datetime.timedelta(hours=2)
    rows.briefed_session = activity.sessions.create(
        territory=of["territory"],
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=1),
        places=12,
    )
    GroupBriefing.objects.create(
        session=rows.briefed_session, equipment=rows.tool, numbers=[1], by=author
    )
