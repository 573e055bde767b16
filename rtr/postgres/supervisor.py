"""The process above the private server: `python -m rtr.postgres.supervisor FOLDER NAME`.

It creates the cluster the first time, keeps `postgres` running, and stops it when the last
command that uses it has ended. Killed itself, it takes `postgres` along.
"""

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from rtr.lib.processes import tied
from rtr.postgres.embedded import DATABASE, FORGETFUL, ROLE, Cluster

RESTARTS = 10  # in a row, each within seconds of the one before: then it is not an accident
SETTLED = 10.0  # seconds

# A plain role, so that row-level security holds for it. The cluster's own superuser stays unused.
CREATE = f"create role {ROLE} login createdb;\ncreate database {DATABASE} owner {ROLE};\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("local_dir", type=Path)
    parser.add_argument("name")
    parser.add_argument("--durable", action="store_true")
    cluster = Cluster(**vars(parser.parse_args()))
    if cluster.lock("supervisor", fcntl.LOCK_EX | fcntl.LOCK_NB) is None:
        return  # another was faster
    os.truncate(cluster.log, 0)
    cluster.make_folders()
    if not cluster.data.exists():
        create(cluster)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    threading.Thread(target=end_after_the_last_client, args=[cluster], daemon=True).start()
    sys.exit(keep_running(cluster))


def create(cluster: Cluster) -> None:
    """Create the cluster, its role and its database; all or, when interrupted, nothing."""
    draft = cluster.home / "data-draft"
    shutil.rmtree(draft, ignore_errors=True)
    run = {"cwd": cluster.home, "env": ENVIRONMENT, "check": True, **cluster.run_as}
    # Locale of PostgreSQL's own: the same everywhere, and `lower('É')` works without ICU.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", *locale]
    if not cluster.durable:
        options.append("--no-sync")
    subprocess.run([cluster.binary("initdb"), f"--pgdata={draft}", *options], **run)
    single = [cluster.binary("postgres"), "--single", "-D", draft, "template1"]
    subprocess.run(single, input=CREATE.encode(), **run)
    draft.rename(cluster.data)


def keep_running(cluster: Cluster) -> int:
    """Run the server, again each time it dies; give up when it no longer holds a moment."""
    failures = 0
    while failures < RESTARTS:
        started = time.monotonic()
        server = tied(
            [cluster.binary("postgres"), "-D", str(cluster.data), *options(cluster)],
            on_death=signal.SIGINT,  # « fast shutdown »: it does not wait for its clients
            cwd=cluster.home,
            env=ENVIRONMENT,
            **cluster.run_as,
        )
        try:
            server.wait()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()
        failures = failures + 1 if time.monotonic() - started < SETTLED else 1
        time.sleep(0.5)  # a killed server's children need a moment to leave its memory
    return 1


def options(cluster: Cluster) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket_dir),
        "unix_socket_permissions": "0700",
    }
    if not cluster.durable:
        settings |= FORGETFUL
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def end_after_the_last_client(cluster: Cluster) -> None:
    """Wait for the file that all clients share; whoever comes now waits until we have ended."""
    cluster.lock("clients", fcntl.LOCK_EX)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)


# Nothing of the caller's: PGPORT, PGOPTIONS or an unknown LANG would change the server.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


if __name__ == "__main__":
    main()
