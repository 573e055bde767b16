"""A file that must go goes, whatever dies in between; one that nobody knows of is found."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from journeys.documents.erasing import erase_orphans, forget_file, nightly, orphans
from journeys.documents.models import Document, FileToErase
from journeys.pathway.actions.lifecycle import purge_participant
from rtr import due, scope
from tests.figures import count, figure
from tests.journeys.factories import JourneyFactory

KILLS = count(2, full=25)


@pytest.fixture(autouse=True)
def inside(everywhere):
    shutil.rmtree(os.path.join(default_storage.location, "documents"), ignore_errors=True)
    yield


def kept(journey, by, name="") -> Document:
    found = Document(
        territory=journey.territory, participant=journey.participant, kind="other", seen_by=by
    )
    if name:
        found.file.name = name
    else:
        found.file.save("file", ContentFile(b"octets"), save=False)
    found.save()
    return found


def old(name: str) -> None:
    """Written the day before yesterday."""
    then = time.time() - 2 * 24 * 3600
    os.utime(default_storage.path(name), (then, then))


# -- The promise is a row ------------------------------------------------------------------------


def test_a_file_goes_only_if_its_row_does(kiwi, coordinator):
    paper = kept(kiwi, coordinator)
    with transaction.atomic():
        forget_file(paper)
        transaction.set_rollback(True)

    due.run_due("journeys.filetoerase")

    assert default_storage.exists(paper.file.name)


def test_a_file_that_another_row_shows_stays(kiwi, coordinator):
    paper = kept(kiwi, coordinator)
    other = kept(kiwi, coordinator, name=paper.file.name)
    forget_file(paper)
    paper.delete()

    due.run_due("journeys.filetoerase")

    assert default_storage.exists(other.file.name)


def test_erasing_twice_is_erasing_once(kiwi, coordinator):
    paper = kept(kiwi, coordinator)
    for _time in range(2):
        forget_file(paper)
    paper.delete()

    due.run_due("journeys.filetoerase")

    assert set(FileToErase.objects.values_list("status", flat=True)) == {due.Status.DONE}


CHILD = """
import os, signal, sys, django
django.setup()
from django.db import transaction
from journeys.models import Participant
from journeys.documents.erasing import default_storage
from journeys.pathway.actions import lifecycle
from rtr import scope

def naive(document):
    transaction.on_commit(lambda: default_storage.delete(document.file.name))

if sys.argv[2] == "naive":
    lifecycle.forget_file = naive
with scope.everything("test"), transaction.atomic():
    # the first thing after the commit, before whatever else waits for it
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    lifecycle.purge_participant(participant=Participant.objects.get(pk=sys.argv[1]))
"""


@pytest.fixture
def killed_while_purging(caen, le_dome, coordinator, child_environment):
    """Purges a person in a process that dies between the commit and the file; its files' names."""

    def run(way: str) -> list[str]:
        names = []
        for _kill in range(KILLS):
            journey = JourneyFactory(territory=caen, participant__organisation=le_dome)
            names.append(kept(journey, coordinator).file.name)
            environment = child_environment | {
                "DJANGO_SETTINGS_MODULE": "rtr.settings",
                "PRIVATE_ROOT": str(default_storage.location),
            }
            command = [sys.executable, "-c", CHILD, str(journey.participant_id), way]
            done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False)
            assert done.returncode == -signal.SIGKILL
        assert not Document.objects.filter(file__in=names).exists()
        due.run_due("journeys.filetoerase")
        return [name for name in names if default_storage.exists(name)]

    return run


@pytest.mark.trial
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_after_the_commit_leaves_no_file(killed_while_purging):
    left = killed_while_purging("due row")

    assert left == []
    figure("tués entre la ligne et le fichier", KILLS, "0 fichier resté")


@pytest.mark.trial
@pytest.mark.django_db(transaction=True)
def test_control_erasing_after_the_commit_leaves_them_all(killed_while_purging):
    left = killed_while_purging("naive")

    assert len(left) == KILLS
    figure("témoin : effacés après la transaction", KILLS, f"{len(left)} fichiers restés")
    for name in left:
        old(name)
    assert sorted(orphans()) == sorted(left)  # the night finds them
    assert erase_orphans() == KILLS


def test_a_purge_promises_every_file_of_the_person(kiwi, coordinator):
    papers = [kept(kiwi, coordinator) for _ in range(3)]
    papers[0].removed_at, papers[0].removed_by = timezone.now(), coordinator
    papers[0].save()

    purge_participant(participant=kiwi.participant)
    due.run_due("journeys.filetoerase")

    assert not any(default_storage.exists(paper.file.name) for paper in papers)


# -- Files without a row -------------------------------------------------------------------------


@pytest.fixture
def lost(kiwi, coordinator) -> str:
    """A file whose row was never written: its transaction was undone."""
    with transaction.atomic():
        name = kept(kiwi, coordinator).file.name
        transaction.set_rollback(True)
    return name


def test_a_file_without_a_row_is_found_a_day_later(lost, kiwi, coordinator):
    paper, waiting = kept(kiwi, coordinator), kept(kiwi, coordinator)
    FileToErase.objects.create(
        territory=kiwi.territory, name=waiting.file.name, due_at=timezone.now()
    )
    Document.objects.filter(pk=waiting.pk).delete()
    assert list(orphans()) == []  # an upload may still be in its transaction
    for name in (lost, paper.file.name, waiting.file.name):
        old(name)

    assert list(orphans()) == [lost]
    nightly()

    assert not default_storage.exists(lost)
    assert default_storage.exists(paper.file.name)


def test_the_command_tells_and_erases_only_when_asked(lost, capsys):
    old(lost)

    call_command("orphan_files")
    said = capsys.readouterr().out
    assert lost in said and default_storage.exists(lost)
    call_command("orphan_files", wet_run=True)

    assert not default_storage.exists(lost)


def test_old_promises_and_removed_rows_go_at_night(kiwi, coordinator):
    seen = Document.objects.create(
        territory=kiwi.territory,
        participant=kiwi.participant,
        kind="other",
        seen_by=coordinator,
        removed_at=timezone.now(),
        removed_by=coordinator,
    )
    FileToErase.objects.create(
        territory=kiwi.territory, name="documents/1/" + "0" * 32, status=due.Status.DONE
    )
    nightly()
    assert Document.objects.filter(pk=seen.pk).exists() and FileToErase.objects.exists()

    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        nightly()

    assert not Document.objects.filter(pk=seen.pk).exists() and not FileToErase.objects.exists()


def test_the_night_sees_every_territory(kiwi, lost):
    old(lost)
    with scope.over([]):
        assert list(orphans()) == [lost]
