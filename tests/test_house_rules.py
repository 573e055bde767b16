"""What a reader of the code would otherwise have to remember."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from journeys.registry import REGISTER, TECHNICAL, declared
from rtr.access import ACCESS
from rtr.postgres.fields import ScopedForeignKey, ScopedOneToOneField
from territories.places.models import Scoped
from tests.security.oracle import ADDRESSES
from tests.security.test_wall_two import INSIDE
from tests.security.visits import patterns

ROOT = Path(__file__).resolve().parent.parent
APPS = ("rtr", "territories", "badges", "journeys", "evaluation")
PAGES = {"coordination", "portal", "public", "prescribers", "api", "views"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def python(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(p for p in (ROOT / folder).rglob("*.py") if "__pycache__" not in p.parts)


def code() -> Iterator[Path]:
    return (path for path in python(*APPS) if "migrations" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# -- Doors -----------------------------------------------------------------------------------------

# In pages and beside them: a model read without asking whose it is, and why that is right.
READ_OTHERWISE = {
    "badges/achievements/public.py: Achievement": "published, told to anybody",
    "badges/achievements/public.py: AchievementVersion": "published, told to anybody",
    "badges/achievements/coordination/catalogue.py: AchievementVersion": "of models found by"
    " visible_to",
    "badges/coordination/figures.py: CollectionItem": "whether a counted badge is shown",
    "badges/coordination/figures.py: Credential": "counted for the body that recognised them, small"
    " numbers hidden",
    "badges/coordination/figures.py: ShareLink": "whether a counted badge is shown",
    "badges/coordination/forms.py: Issuer": "none: the page gives them",
    "badges/coordination/houses.py: Endorsement": "of models and bodies, told to anybody",
    "badges/coordination/houses.py: Issuer": "of a body for which the user works",
    "badges/coordination/issuers.py: ConsortiumMember": "of programmes the user manages",
    "badges/coordination/issuers.py: Credential": "counted by issuer and by key, without a name",
    "badges/coordination/issuers.py: Endorsement": "counted by key, without a name",
    "badges/coordination/issuers.py: Issuer": "that speak through one found by visible_to",
    "badges/coordination/issuers.py: IssuerKey": "of issuers found by visible_to",
    "badges/coordination/issuers.py: Organisation": "of programmes the user manages",
    "badges/coordination/supports.py: ConsortiumMember": "bodies of the programme, told to anybody",
    "badges/coordination/supports.py: Organisation": "bodies of the programme, told to anybody",
    "badges/endorsements/public.py: Endorsement": "shown when the badge it is about is",
    "badges/issuers/public.py: StatusList": "made to be read by anybody",
    "journeys/activities/public.py: Activity": "what is published, told to anybody",
    "journeys/activities/public.py: Territory": "the names of places, told to anybody",
    "journeys/collective/coordination/groups.py: Participant": "of journeys found by visible_to,"
    " or whose card is handed over",
    "journeys/collective/public.py: CollectiveAction": "about nobody; shown if something of it is",
    "journeys/collective/public.py: Production": "those their authors show to anybody",
    "journeys/collective/public.py: ProductionPart": "of what is shown to anybody",
    "journeys/coordination/cards.py: Journey": "counted in one's territories, without a name",
    "journeys/coordination/cards.py: Participant": "counted in one's territories, without a name",
    "journeys/coordination/export.py: TeamMember": "a column of journeys found by visible_to",
    "journeys/coordination/filters.py: TeamMember": "a condition on journeys found by visible_to",
    "journeys/coordination/filters.py: Membership": "colleagues of one's territories",
    "journeys/coordination/history.py: JournalEntry": "of a journey found by visible_to",
    "journeys/coordination/people.py: Absence": "of journeys found by visible_to",
    "journeys/coordination/people.py: Contract": "of journeys found by visible_to",
    "journeys/coordination/people.py: FollowUp": "of journeys found by visible_to",
    "journeys/coordination/people.py: Membership": "colleagues of one's territories",
    "journeys/coordination/people.py: Outcome": "of journeys found by visible_to",
    "journeys/coordination/people.py: Participant": "a condition on journeys found by visible_to",
    "journeys/coordination/people.py: PhaseChange": "of journeys found by visible_to",
    "journeys/coordination/people.py: TeamMember": "of journeys found by visible_to",
    "journeys/coordination/agreements.py: Signature": "of links found by visible_to",
    "journeys/coordination/reasons.py: FollowUpTry": "of follow-ups found by visible_to",
    "journeys/coordination/reasons.py: Signature": "of contracts found by visible_to",
    "journeys/coordination/reflections.py: Experience": "of journeys found by visible_to",
    "journeys/coordination/reflections.py: Reflection": "whether somebody of the team was told",
    "journeys/coordination/running.py: Absence": "counted for who manages their programme",
    "journeys/coordination/running.py: Journey": "counted for who manages their programme",
    "journeys/coordination/running.py: Note": "counted for who manages their programme",
    "journeys/coordination/running.py: Referral": "counted for who manages their programme",
    "journeys/participants/public.py: Territory": "the names of places, told to anybody",
    "journeys/portal/badges/reading.py: Achievement": "published, of the person's own programme",
    "journeys/portal/coming.py: Enrolment": "of the person whose page it is",
    "journeys/portal/coming.py: SessionStaff": "who leads a session in which the person is",
    "journeys/portal/devices.py: UserSession": "one's own",
    "journeys/portal/entering.py: Participant": "of the phone whose code was right",
    "journeys/portal/entering.py: UserSession": "one's own",
    "journeys/portal/helper.py: TeamMember": "a column of the journey found by visible_to",
    "journeys/portal/reading.py: JournalEntry": "of one's own journey",
    "journeys/coordination/reflections.py: Recognition": "by answered_by, inside visible_to",
    "journeys/portal/wallets.py: Client": "the application that asks, whoever reads the question",
    "journeys/recognition/coordination/journeys.py: Journey": "of a badge found by visible_to",
    "journeys/recognition/coordination/requests.py: Journey": "of a request found by visible_to",
    "journeys/recognition/coordination/requests.py: Recognition": "by answered_by, inside"
    " visible_to",
    "journeys/recognition/coordination/sessions.py: Enrolment": "of a session whose present the"
    " user may give a badge to: numbers and nicknames",
    "journeys/recognition/coordination/sessions.py: SessionAward": "of the same session",
    "journeys/portal/receivers.py: PortalLink": "of a person whose number changed",
    "territories/accounts/views.py: UserSession": "one's own",
    "territories/coordination/accounts.py: Authenticator": "of an account found by visible_to",
    "territories/coordination/accounts.py: JournalEntry": "of an account found by visible_to",
    "territories/coordination/accounts.py: UserSession": "of an account found by visible_to",
    "territories/coordination/periods.py: PeriodTarget": "of a programme found by visible_to",
    "territories/coordination/territories.py: Membership": "of territories found by visible_to",
    "territories/coordination/territories.py: Neighbourhood": "of territories found by visible_to",
    "territories/coordination/territories.py: Organisation": "of a territory found by visible_to",
    "territories/coordination/territories.py: Zoning": "of territories found by visible_to",
    "territories/coordination/territory_forms.py: Neighbourhood": "of a territory they manage",
    "territories/coordination/territory_forms.py: Programme": "none: the page gives them",
    "territories/members/public.py: Invitation": "of whoever holds its link",
    "territories/members/public.py: User": "of the address that the link is for",
}


MANAGERS = ("objects", "everyone", "_base_manager")


def is_page(path: Path) -> bool:
    """A module of pages, or one that stands beside them; actions have their own rules."""
    inside = {path.stem, *path.relative_to(ROOT).parts[:-1]}
    return bool(inside & PAGES) and "actions" not in inside


def unscoped(path: Path) -> Iterator[str]:
    """Models whose rows this module reads without `visible_to` coming first."""
    above = {child: node for node in ast.walk(tree(path)) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            after = above[node]
            if not (isinstance(after, ast.Attribute) and after.attr == "visible_to"):
                yield f"{name(path)}: {ast.unparse(node.value)}"


def test_a_page_asks_first_whose_rows_they_are():
    found = {line for path in code() if is_page(path) for line in unscoped(path)}

    assert found == set(READ_OTHERWISE)


def test_a_page_that_did_not_would_be_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    page = tmp_path / "coordination.py"
    page.write_text("def page(request, pk):\n    return Journey.objects.get(pk=pk)\n")

    assert list(unscoped(page)) == ["coordination.py: Journey"]


def test_each_address_says_what_it_needs_and_what_it_answers():
    addresses = {pattern.name for pattern in patterns()}

    assert addresses == set(ACCESS)
    assert addresses == set(ADDRESSES)


# -- People --------------------------------------------------------------------------------------

# Models with a territory that are not about anybody, or are no `Scoped`, and why.
NOT_SCOPED = {
    "Activity": "what is offered, about nobody",
    "Session": "the same, dated",
    "User": "the scope is computed from it; a participant's account holds a uuid",
    "SessionAward": "numbers of a session; whose they are is inside",
    "Commune": "a place",
    "Place": "a place",
    "Pair": "two bodies, and who leads for them",
    "PeriodTarget": "a number to reach",
    "ContextFigure": "public statistics of a place",
    "JournalEntry": "some lines are about an account, without a territory",
    "LogEntry": "the same",
    "PurgedCount": "a number; its unique key needs its own name for the territory",
    "Word": "written by triggers alone",
}


def models_about_territories() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if any(f.name == "territory" for f in model._meta.local_concrete_fields)
    ]


def test_whatever_lives_in_a_territory_is_scoped_and_behind_the_wall():
    found = {
        model.__name__ for model in models_about_territories() if not issubclass(model, Scoped)
    }
    scoped = {model.__name__ for model in models_about_territories() if issubclass(model, Scoped)}

    assert found == set(NOT_SCOPED)
    assert scoped <= set(INSIDE)


def test_a_row_of_a_territory_points_at_others_by_keys_that_hold_it():
    """A plain foreign key would let it point into another territory."""
    plain = [
        f"{model.__name__}.{key.name}"
        for model in apps.get_models()
        if model.__name__ in INSIDE
        for key in model._meta.local_concrete_fields
        if isinstance(key, models.ForeignKey)
        and key.related_model.__name__ in INSIDE
        and not isinstance(key, ScopedForeignKey | ScopedOneToOneField)
    ]

    assert plain == []


# About those who sign in: outside the wall, in the register.
ACCOUNTS = "User Membership EmailAddress Invitation AccountMail Authenticator UserSession".split()
ACCOUNTS += ["EntryCode", "WrongCode"]  # numbers and networks, hashed


def test_every_personal_column_is_in_the_register():
    about_people = [model for model in apps.get_models() if model.__name__ in (*INSIDE, *ACCOUNTS)]
    for model in about_people:
        columns = {field.name for field in model._meta.local_concrete_fields}
        known = declared(model.__name__)
        assert columns - (TECHNICAL - known) == known, model.__name__

    assert {model.__name__ for model in about_people} == set(REGISTER)


def test_a_column_is_declared_once_and_for_a_reason():
    for columns in REGISTER.values():
        named = [column for line in columns.values() for column in line.split()]
        assert len(named) == len(set(named))
        for kept in columns:
            said = (kept.what, kept.why, kept.basis, kept.readers, kept.until)
            assert all(str(word).strip() for word in said)


# -- Writes --------------------------------------------------------------------------------------

WRITES = {"save", "create", "update", "delete", "bulk_create", "get_or_create", "save_new", "tell"}
# Public functions of actions that write without a person behind them, and why.
WITHOUT_SOMEBODY = {
    "forget_tokens": "those of applications that are over",
    "recheck": "what the issuer of a badge brought from elsewhere says today",
    "answer_by_tutor_link": "whoever holds the link: a tutor without an account",
    "lived": "follows an attendance, whose register says who noted it",
    "found_since": "the same",
    "live_attended": "the same, for those that nothing told",
    "live_immersions": "follows the end of an immersion",
    "keep_draft": "the person's own words, before they are said",
    "agree_again": "inside the change of an agreement, which has one",
    "ask_no_more": "the same, or the answer of the person",
    "hear_again": "inside the change of an agreement, which has one",
    "hear_no_more": "the same",
    "erase_beyond_duty": "inside the answer that has one",
    "unwish": "inside the answer that has one",
    "forget_me": "the person themselves, whose account goes with it",
    "answer_by_link": "whoever holds the link: nobody is known",
    "answered_by_message": "the person themselves, by text message",
    "ask_follow_ups": "each night",
    "cancel_follow_ups": "inside the act that has one",
    "count": "inside the act that has one",
    "give_next": "inside the act that has one",
    "open_feed": "whoever holds the address: nobody is known yet",
    "leave_in_peace": "inside the act that has one",
    "remind_of_referrals": "each night",
    "take_back": "inside the taking back that has one",
    "erase_removed": "each night",
    "expire_transfers": "each night",
    "follow_contacts": "inside the act that has one",
    "settle_merges": "each night",
    "enter": "called inside the signature that has one",
    "erase": "retention, or the taking back that has one",
    "erase_referrals": "each night",
    "erase_unsigned": "each night",
    "forget_invitations": "each night",
    "forget_links": "each night",
    "forget_cards": "each night",
    "forget_entry_codes": "each night",
    "account_of": "inside the coming in, which the journal tells",
    "ask_code": "whoever types a number: nobody is known",
    "send": "the same, by the worker",
    "is_right": "whoever received the code: nobody is known yet",
    "use_card": "whoever holds the card: nobody is known yet",
    "use_screen_code": "whoever reads the screen: nobody is known yet",
    "stop_cards": "inside the act that has one",
    "forget_codes": "each night",
    "keep_texts": "with the text that is frozen",
    "forget_signing_links": "each night",
    "forget_tutor_links": "each night",
    "remind_signers": "each night",
    "send_copy": "with the last signature",
    "open_link": "whoever holds the link: nobody is known yet",
    "send_again": "whoever holds the link: nobody is known yet",
    "ask_to_talk": "whoever holds the link: nobody is known yet",
    "send_code": "the person themselves, from their own phone",
    "sign_with_code": "the person themselves, with the code of their own phone",
    "refuse_contract": "the person themselves, from their own phone",
    "purge_butinages": "each night",
    "write": "a gesture of a register, which says whose it is",
    "purge_notes": "each night",
    "purge_participant": "each night",
    "receive_referral": "received from outside; who typed it says nothing",
    "ask_call_back": "the person themselves, from their own pages",
    "cancel_call_back": "the person themselves, from their own pages",
    "send_later": "with the act that causes it",
    "use_link": "whoever holds the link: nobody is known yet",
    "deliver": "called by the due rows",
    "forget_messages": "each night",
    "note_answer": "whoever holds the phone; the provider tells",
    "note_receipt": "the provider tells",
    "forget_call_back_numbers": "each night",
    "cancel_reminders": "with the act that changes the appointment",
    "invite_first_manager": "from the machine itself, before anybody is in",
    "load_all": "the description of programmes",
}
# Small words that several actions share; they take what they are about first.
WORDS_OF_ACTIONS = {"tell", "begin", "record", "save_new", "record_opening"}


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in code():
        if "actions" in (path.stem, *path.parts):
            for node in tree(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield name(path), node


def writes(function: ast.FunctionDef) -> bool:
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }
    return bool(called & WRITES)


def test_a_write_about_somebody_says_who_did_it():
    lacking = {
        function.name
        for _path, function in actions()
        if writes(function)
        and function.name not in WORDS_OF_ACTIONS
        and "by" not in {arg.arg for arg in function.args.kwonlyargs}
    }

    assert lacking <= set(WITHOUT_SOMEBODY), lacking - set(WITHOUT_SOMEBODY)


def test_a_write_names_what_it_is_given():
    by_place = {
        f"{path}: {function.name}"
        for path, function in actions()
        if writes(function)
        and function.args.args
        and function.name not in (*WORDS_OF_ACTIONS, *WITHOUT_SOMEBODY)
    }

    assert by_place == set()


# -- Shape ---------------------------------------------------------------------------------------

LONGEST, LONGEST_TEMPLATE = 400, 120
# Files that are longer, and why they are not cut.
LONGER = {
    "journeys/participants/models.py": "a person, and how they came",
    "journeys/registry.py": "a table: one line for each class of data",
    "rtr/access.py": "a table: one line for each address",
    "tests/test_house_rules.py": "every rule of the house, and its exceptions",
    "journeys/pathway/models.py": "a journey and its dozen rows, read together",
    "rtr/due.py": "due rows, from their model to their sweeper: one promise",
    "tests/journeys/test_acts.py": "one act after the other",
    "tests/journeys/test_collective.py": "a group, from its opening to its end",
    "tests/journeys/test_contract_day.py": "a day, told in order",
    "tests/journeys/test_demo.py": "every rule, held against the invented people",
    "tests/rtr/test_due.py": "one promise",
    "tests/security/world.py": "one world, a row in each table",
}


def test_no_file_grows_without_a_reason():
    long = {
        name(path)
        for path in python(*APPS, "tests", "bench")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > LONGEST
    }
    templates = {
        name(path)
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.read_text().splitlines()) > LONGEST_TEMPLATE
    }

    assert long == set(LONGER)
    assert templates == set()


def test_a_module_is_named_for_what_it_holds():
    vague = {"utils", "services", "helpers", "misc", "common"}
    found = [name(path) for path in python(*APPS) if path.stem in vague]
    folders = [name(path) for path in python(*APPS) if set(path.parts) & {"utils", "services"}]

    assert found == folders == []


def test_migrations_are_named_by_hand():
    found = [path.stem for path in python(*APPS) if path.parent.name == "migrations"]

    assert not [stem for stem in found if re.search(r"_auto_|_alter_|_and_more$", stem)]
    assert len([stem for stem in found if stem != "__init__"]) > 5


def test_layers_hold():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


# -- Words ---------------------------------------------------------------------------------------

TAGS = re.compile(
    r"{% comment.*?endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}"
    r"|{% block (?:main_class|root_class|body_class|robots|form_class) %}.*?{% endblock %}"
    r"|<script.*?</script>|{%.*?%}|{{.*?}}|<!--.*?-->|<[^>]*>|&\w+;",
    re.DOTALL,
)
NAMES = {"RTR"}


def bare_words(template: str) -> list[str]:
    """What a page would say in French only, whatever the language chosen."""
    return [
        word for word in re.findall(r"[^\W\d_]{2,}", TAGS.sub(" ", template)) if word not in NAMES
    ]


def test_every_word_of_a_page_can_be_translated():
    found = {
        name(path): words
        for path in (ROOT / "templates").rglob("*.html")
        if (words := bare_words(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Bonjour {{ name }}</p>", ["Bonjour"]),
        ('<p title="x">{% translate "Bonjour" %}</p>', []),
        ("{% blocktranslate %}Bonjour {{ n }}{% endblocktranslate %} RTR", []),
    ],
)
def test_a_word_left_bare_would_be_seen(template, words):
    assert bare_words(template) == words
