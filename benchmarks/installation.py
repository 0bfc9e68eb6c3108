"""A throw-away installation: its own folders, database and server, all gone at the end.

Everything listens on the loopback interface only.
"""

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "src")]

from tests.support import postgresql  # noqa: E402  (the path comes first)

DATABASES = ("postgresql", "sqlite")
STARTS_WITHIN = STOPS_WITHIN = 30  # seconds
CALLS_WITHIN = 300  # seconds

Environment = dict[str, str]


@contextmanager
def installation(database: str) -> Iterator[Environment]:
    """Set one up on `postgresql` or `sqlite`; gives the environment in which it is at home."""
    with tempfile.TemporaryDirectory(prefix="madang-benchmark-") as folder:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("MADANG_")
        }
        environment["MADANG_DATA"] = f"{folder}/data"
        environment["MADANG_KEYS"] = f"{folder}/keys"
        environment["PYTHONPATH"] = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))
        if database == "sqlite":
            _madang("setup", environment)
            yield environment
            return
        with postgresql.cluster() as address:
            environment["MADANG_DATABASE_URL"] = address
            _madang("setup", environment)
            yield environment


def _madang(command: str, environment: Environment) -> None:
    subprocess.run(
        [sys.executable, "-m", "madang.site.cli", command],
        env=environment,
        stdout=subprocess.DEVNULL,
        timeout=CALLS_WITHIN,
        check=True,
    )


def call(environment: Environment, module: str, function: str, *arguments: Any) -> Any:
    """Call a function of a module beside this one in a process that has loaded Django."""
    present = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_call, module, function, arguments).result(CALLS_WITHIN)
    finally:
        os.environ.clear()
        os.environ.update(present)


def _call(module: str, function: str, arguments: tuple[Any, ...]) -> Any:
    from madang.site.start import start_installation

    start_installation()
    return getattr(importlib.import_module(module), function)(*arguments)


# --- The server ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Server:
    """A running `madang serve`. `first_answer` is seconds from its start to its first page."""

    pid: int
    port: int
    first_answer: float

    def processes(self) -> list[int]:
        """The server itself and, after it, its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [self.pid, *map(int, children.split())]

    def cpu_seconds(self) -> float:
        """Processor time that all of its processes have used so far."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> list[dict[str, float]]:
        """Of each process the resident memory, and the part (PSS) that it is alone to blame for."""
        return [_memory(pid) for pid in self.processes()]


def _memory(pid: int) -> dict[str, float]:
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in {"Rss", "Pss"}:
            found[name.lower()] = round(int(rest.split()[0]) * 1024 / 1e6, 1)
    return found


@contextmanager
def served(environment: Environment, *, workers: int = 2, path: str = "/") -> Iterator[Server]:
    """Serve it with `madang serve` until the end of the block; waits until it answers `path`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "madang.site.cli", "serve", "--port", str(port)]
    command += ["--workers", str(workers)]
    started = time.perf_counter()
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}{path}", running)
        yield Server(running.pid, port, round(time.perf_counter() - started, 2))
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(STOPS_WITHIN)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _wait_for(address: str, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=STARTS_WITHIN) as answer:  # noqa: S310
                answer.read()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError("the server did not start")


# --- The load ------------------------------------------------------------------------------------
def load(port: int, path: str, **job: Any) -> dict[str, Any]:
    """What `load.py` measures in a process of its own; `job` is described there."""
    job |= {"port": port, "path": path}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("load.py"))],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        timeout=CALLS_WITHIN,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{path}: {done.stderr.strip()}")
    return json.loads(done.stdout)
