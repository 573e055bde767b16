"""`make demo`, in a process of its own and on a folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse

from journeys.portal.demo import PIN, TOKEN
from rtr.management.commands.demo import Command
from territories.accounts.demo import ACCOUNTS
from tests.services import until

# As `make` does: it waits for the command, which ends with it.
PARENT = """
import signal, subprocess, sys
signal.signal(signal.SIGINT, lambda *_: None)
sys.exit(subprocess.call(sys.argv[1:]))
"""


class Demo:
    def __init__(self, folder: Path):
        self.folder = folder
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.log = folder / "demo.log"
        self.parent = None

    def start(self) -> None:
        demo = [sys.executable, "manage.py", "demo", "--with-parent", "--participants=20"]
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"RTR_LOCAL_DIR": str(self.folder / ".local"), "PYTHONUNBUFFERED": "1"}
        with self.log.open("w") as log:
            self.parent = subprocess.Popen(
                [sys.executable, "-c", PARENT, *demo, f"--port={self.port}"],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: "Ctrl-C" in self.log.read_text() or self.parent.poll(), seconds=300)
        assert self.parent.poll() is None, self.log.read_text()

    def processes(self) -> list[int]:
        """All that it started: the folder is in their command line or in their environment."""
        found, folder = [], str(self.folder).encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            except OSError:
                continue
            if folder in said:
                found.append(int(process.name))
        return found

    def page(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def own_file(self, path: str) -> bytes:
        """What the person of the card reads there."""
        cookies = urllib.request.HTTPCookieProcessor()
        opened = urllib.request.build_opener(cookies).open
        site = f"http://127.0.0.1:{self.port}"
        card = site + reverse("portal_card", args=[TOKEN])
        with opened(card) as answer:
            token = re.search(r'csrfmiddlewaretoken" value="(\w+)', answer.read().decode())[1]
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "pin": PIN})
        opened(card, data.encode()).close()
        with opened(site + path, timeout=30) as answer:
            return answer.read()

    def stop(self) -> None:
        self.parent.send_signal(signal.SIGKILL)
        self.parent.wait()
        until(lambda: not self.processes())


@pytest.fixture(scope="module")
def demo():
    folder = Path(tempfile.mkdtemp(prefix="rtr-demo-"))
    folder.chmod(0o755)
    yield (demo := Demo(folder))
    if demo.parent and demo.parent.poll() is None:
        demo.stop()
    shutil.rmtree(folder)


@pytest.fixture
def open_demo(demo):
    """The demonstration, started unless a test stopped it."""
    if not demo.parent or demo.parent.poll() is not None:
        demo.start()
    return demo


def test_it_prints_its_address_and_an_account_per_role(open_demo):
    said = open_demo.log.read_text()

    assert f"http://localhost:{open_demo.port}" in said
    assert settings.DEMO_PASSWORD in said
    assert len(re.findall(r"\S+@demo\.example", said)) == len(ACCOUNTS)
    card = reverse("portal_card", args=[TOKEN])
    assert card in said and open_demo.page(card)[0] == 200


def test_it_answers_on_this_machine_only(open_demo):
    status, page = open_demo.page("/")
    listening = Path("/proc/net/tcp").read_text()

    assert (status, "<html" in page) == (200, True)
    assert f"0100007F:{open_demo.port:04X} 00000000:0000 0A" in listening
    assert f"00000000:{open_demo.port:04X} 00000000:0000 0A" not in listening


def test_its_first_run_makes_papers_too(open_demo):
    """What it draws while it prepares leaves threads that its server, forked, would wait for."""
    assert open_demo.own_file(reverse("portal_contract_pdf")).startswith(b"%PDF")


def test_it_recovers_from_a_killed_database_without_a_hand(open_demo):
    assert open_demo.page("/sante/pret")[0] == 200
    postmaster = (open_demo.folder / ".local/postgres/data/postmaster.pid").read_text().split()[0]

    os.kill(int(postmaster), signal.SIGKILL)

    until(lambda: open_demo.page("/sante/pret")[0] == 200, seconds=30)


def test_it_ends_cleanly_on_ctrl_c(open_demo):
    os.killpg(open_demo.parent.pid, signal.SIGINT)

    open_demo.parent.wait(timeout=15)
    until(lambda: not open_demo.processes())
    assert "Traceback" not in open_demo.log.read_text()


def test_killed_with_its_parent_it_leaves_no_process(open_demo):
    assert len(open_demo.processes()) > 3

    open_demo.parent.kill()

    open_demo.parent.wait()
    until(lambda: not open_demo.processes())


def test_port_already_taken_is_said_before_any_work():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"port {port} n’est pas libre.*PORT={port + 1}"):
            Command().open_door(port)


def test_it_refuses_a_database_of_real_people(settings, coordinator):
    settings.EMBEDDED_POSTGRES = True
    Command().refuse_real_people()  # control: a private database is nobody else's

    settings.EMBEDDED_POSTGRES = False

    with pytest.raises(CommandError, match="vrais comptes"):
        Command().refuse_real_people()
