"""The whole platform on one machine, with invented people: `make demo`."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from badges.issuers.models import Issuer
from journeys.portal.demo import demo_card
from rtr import due
from rtr.lib.processes import apart, tie_to_parent, tied
from territories.accounts.demo import ACCOUNTS, DOMAIN

HOST = "127.0.0.1"
THREADS = 8


class Command(BaseCommand):
    help = "Prépare la démonstration et la sert ; relancer reprend où elle en était."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--participants", type=int, default=2000)
        parser.add_argument("--no-serve", action="store_true", help="prépare, et ne sert pas")
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="s’arrête avec le programme qui l’a lancée, même tué (Linux)",
        )

    def handle(self, *, port, participants, no_serve, with_parent, **options):
        if with_parent:
            tie_to_parent(signal.SIGINT)  # as Ctrl-C would
        settings.DEMO = True
        door = None if no_serve else self.open_door(port)
        if door and not settings.SECURE:
            settings.SITE_URL = f"http://localhost:{port}"
        try:
            self.prepare(participants)
        except KeyboardInterrupt:
            raise CommandError(_("Interrompu ; relancer reprendra."), returncode=130) from None
        connections.close_all()  # the server's processes open their own
        if door:
            self.serve(door)

    def open_door(self, port: int) -> socket.socket:
        """Take the port before the work, and keep it: whoever comes early waits."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
            door.listen()  # two programs may bind, one alone may listen
        except OSError as error:
            door.close()
            raise CommandError(
                _("Le port %(port)s n’est pas libre. Essayez : make demo PORT=%(other)s")
                % {"port": port, "other": port + 1}
            ) from error
        return door

    def prepare(self, participants: int) -> None:
        with self.step(_("Base de données")):
            settings.BADGES_URL = self.signed_address() or settings.SITE_URL
            call_command("migrate", verbosity=0, interactive=False)
        self.refuse_real_people()
        connections.close_all()
        if not apart(lambda: self.invent(participants)):  # it draws badges, the server then forks
            raise CommandError(_("La préparation s’est arrêtée ; relancer la reprendra."))
        with self.step(_("Feuilles de style et images")):
            self.collect_static()

    def invent(self, participants: int) -> None:
        from journeys.demo import fill

        with self.step(_("Programmes, territoires, structures")):
            call_command("load_programmes", stdout=StringIO())
        with self.step(_("Personnes inventées")) as tell:
            fill(participants=participants, report=tell)

    def signed_address(self) -> str | None:
        """What badges of an earlier run hold for ever, whatever the port of this one."""
        try:
            return Issuer.objects.exclude(address="").values_list("address", flat=True).first()
        except ProgrammingError:  # no table yet
            return None

    def refuse_real_people(self) -> None:
        """A demo password in a database of real people would be a door left open."""
        real = get_user_model().objects.filter(email__isnull=False).exclude(email__endswith=DOMAIN)
        if not settings.EMBEDDED_POSTGRES and real.exists():
            raise CommandError(
                _("Cette base contient de vrais comptes : la démonstration veut une base à elle.")
            )

    def collect_static(self) -> None:
        """Compressing takes some ten seconds: only when a file changed."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for name, storage in finder.list([]):
                changed = Path(storage.path(name)).stat().st_mtime_ns
                digest.update(f"{storage.path(name)} {changed}\n".encode())
        stamp = settings.STATIC_ROOT / "stamp"
        if not stamp.exists() or stamp.read_text() != digest.hexdigest():
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(digest.hexdigest())

    @contextmanager
    def step(self, name: str) -> Iterator:
        started = time.monotonic()
        self.stdout.write(f"  {name}…")
        yield lambda line: self.stdout.write(f"      {line}")
        seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
        self.stdout.write(self.style.SUCCESS(f"✓ {name} ({seconds} s)"))

    def serve(self, door: socket.socket) -> None:
        children = [self.celery(*words) for words in CELERY] if settings.REDIS_URL else []
        try:
            Server(door, when_ready=self.welcome).run()
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()

    def celery(self, *words: str) -> subprocess.Popen:
        names = ("SITE_URL", "BADGES_URL")
        environment = {"RTR_DEMO": "1"} | {name: getattr(settings, name) for name in names}
        with (settings.LOCAL_DIR / "celery.log").open("a") as log:
            return tied(
                [sys.executable, "-m", "celery", "-A", "rtr", *words],
                on_death=signal.SIGKILL,  # due rows survive it
                env=os.environ | environment,
                stdout=log,
                stderr=log,
            )

    def welcome(self, arbiter) -> None:
        write = self.stdout.write
        write("\n" + self.style.SUCCESS(_("La plateforme est ouverte : %s") % settings.SITE_URL))
        write(_("Mot de passe de tous les comptes : %s") % settings.DEMO_PASSWORD + "\n\n")
        for account in ACCOUNTS:
            write(f"  {account.email:<38}{account.label}")
        card = demo_card()
        words = _("Les pages d’une personne : %(url)s, code %(pin)s")
        write("\n" + words % {"url": settings.SITE_URL + card["url"], "pin": card["pin"]})
        if settings.BADGES_URL != settings.SITE_URL:
            words = _(
                "Les badges déjà signés portent %s : ouvrez-y la démonstration pour les lire."
            )
            write("\n" + words % settings.BADGES_URL)
        write("\n" + _("Ctrl-C pour arrêter."))


# Threads, not processes: a pool of processes would outlive a worker killed by SIGKILL.
CELERY = [
    ("worker", "--pool=threads", "--concurrency=4", "-Q", "fast,slow", "--loglevel=WARNING"),
    ("beat", f"--schedule={settings.LOCAL_DIR / 'beat'}", "--pidfile=", "--loglevel=WARNING"),
]


class Server(BaseApplication):
    """One process of threads: a slow download does not hold a page, and the sweeper is within."""

    def __init__(self, door: socket.socket, *, when_ready):
        self.options = {
            "bind": f"fd://{door.detach()}",
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": when_ready,
            "post_fork": lambda arbiter, worker: tie_to_parent(signal.SIGQUIT),
            "post_worker_init": lambda worker: due.start_sweeper(),
            "worker_exit": lambda arbiter, worker: due.sweeper and due.sweeper.leave(),
        }
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        from rtr.wsgi import application

        return application
