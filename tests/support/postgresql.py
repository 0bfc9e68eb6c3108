"""A throw-away PostgreSQL server, started from the installed binaries and ended with its data.

It listens on the loopback interface only, on a port of its own, behind a password made for the
occasion. As root it runs as the system's `postgres` user, since the server refuses to run as root.
"""

import getpass
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

START_SECONDS = 60
# Nothing here needs to survive a power cut, so nothing waits for the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    # Tests roll back thousands of rows: statistics taken in between, of tables that are large and
    # empty at once, lead to plans that take minutes. Without any, sizes are looked at as they are.
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
}


class NoPostgreSQLError(Exception):
    """No server can be started here; the text says why."""


def binaries() -> Path | None:
    """The folder of the newest `postgres` and `initdb` of the system's packages, or the PATH's."""
    packaged = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(packaged, key=lambda path: float(path.parts[4]))
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server; gives `postgresql://user:password@127.0.0.1:port/postgres`."""
    folder = binaries()
    if folder is None:
        raise NoPostgreSQLError("no PostgreSQL server is installed (package postgresql)")
    owner = _owner()
    home = _home_for(owner)
    password = secrets.token_urlsafe(16)
    try:
        secret = home / "password"
        secret.write_text(password)
        shutil.chown(secret, owner.pw_name)
        data = home / "data"
        initdb = [folder / "initdb", "-D", data, "-U", "madang", "--pwfile", secret]
        initdb += ["-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        made = subprocess.run(
            initdb, **_as(owner), cwd=home, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise NoPostgreSQLError(f"initdb failed: {made.stderr.strip()}")
        port = _free_port()
        server = [folder / "postgres", "-D", data, "-p", str(port), "-k", home]
        for name, value in SETTINGS.items():
            server += ["-c", f"{name}={value}"]
        with (home / "log").open("w") as log:
            running = subprocess.Popen(
                server, **_as(owner), cwd=home, stdout=log, stderr=log, start_new_session=True
            )
        address = f"postgresql://madang:{password}@127.0.0.1:{port}/postgres"
        try:
            _wait_for(address, running, home / "log")
            yield address
        finally:
            running.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(20)
            running.kill()
            running.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner() -> pwd.struct_passwd:
    """Whom the server runs as: ourselves, or where that is root the system's `postgres` user."""
    if os.getuid() != 0:
        return pwd.getpwnam(getpass.getuser())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgreSQLError("root needs the system user “postgres” to run it") from None


def _as(owner: pwd.struct_passwd) -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _home_for(owner: pwd.struct_passwd) -> Path:
    """A new folder that belongs to `owner` and that they can reach from the root downwards."""
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  (mkdtemp is private)
        parent = Path(place).resolve()
        open_to_all = all(step.stat().st_mode & 0o001 for step in (parent, *parent.parents))
        if os.getuid() != 0 or open_to_all:
            home = Path(tempfile.mkdtemp(prefix="madang-postgresql-", dir=parent))
            shutil.chown(home, owner.pw_uid, owner.pw_gid)
            return home
    raise NoPostgreSQLError("no temporary folder is open to the user “postgres”")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, running: "subprocess.Popen[bytes]", log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise NoPostgreSQLError(f"the server did not start: {log.read_text().strip()}")
