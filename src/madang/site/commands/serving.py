"""`madang serve` and `madang worker`."""

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from madang.core.commands import CommandError, Registry, say
from madang.site import installation
from madang.site.start import demo_asked

LOOPBACK = "127.0.0.1"
WORKER_STOPS_WITHIN = 20  # seconds
WORKER_PAUSE = 5.0  # seconds before one that ended by itself is started again
LOOK_SECONDS = 0.5  # between two looks whether it still runs
ROUNDS_SECONDS = 60  # between two looks at what is due

logger = logging.getLogger(__name__)


def add_commands(registry: Registry) -> None:
    registry.add(
        "",
        "serve",
        serve,
        help="answer requests from browsers",
        arguments=_serve_arguments,
        needs_installation=False,  # the server's own processes load it
    )
    registry.add(
        "",
        "worker",
        worker,
        help="do the work that takes longer than a request",
        arguments=_worker_arguments,
    )


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=LOOPBACK, help="the address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port (%(default)s)")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes, one for each core (%(default)s)"
    )
    parser.add_argument("--threads", type=int, default=4, help="threads in each (%(default)s)")
    parser.add_argument("--with-worker", action="store_true", help="run `madang worker` beside it")


def _worker_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", action="store_true", help="do what is waiting, then stop")
    parser.add_argument("--with-parent", type=int, help=argparse.SUPPRESS)


def serve(options: argparse.Namespace) -> int:
    """Run the web server until it is told to stop."""
    demo = demo_asked()
    if demo and options.host != LOOPBACK:
        raise CommandError(f"The demo is served on {LOOPBACK} only.")
    installation.require_ready(demo=demo)
    require_free(options.host, options.port)

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "madang.site.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    # The server's processes are forked from this one.
    os.register_at_fork(after_in_child=partial(_end_with, os.getpid()))
    with installation.in_use(), _worker_beside(wanted=options.with_worker):
        say(f"Madang is at http://{options.host}:{options.port} – stop it with Ctrl+C.")
        server.serve()
    return 0


def require_free(host: str, port: int) -> None:
    """Raise `CommandError` if another program holds the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} can't be used ({error.strerror}). Choose another, for "
                f"example --port {port + 1} (with make: PORT={port + 1})."
            ) from None


@contextmanager
def _worker_beside(*, wanted: bool) -> Iterator[None]:
    command = [sys.executable, "-m", "madang.site.cli", "worker", "--with-parent", str(os.getpid())]
    with kept_running(command) if wanted else nullcontext():
        yield


@contextmanager
def kept_running(command: list[str], *, pause: float = WORKER_PAUSE) -> Iterator[None]:
    """Run a command beside what happens here; where it ends by itself it is started again.

    Pages go on being answered without a worker, so that nobody would notice that it is gone.
    """
    over = threading.Event()
    # The first starts here rather than in the thread: a process that the server forks at that very
    # moment would inherit the pipe by which Python learns that it has started.
    first = _start(command)
    keeper = threading.Thread(target=_keep_running, args=(first, command, pause, over))
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  (our own command)


def _keep_running(
    child: "subprocess.Popen[bytes]", command: list[str], pause: float, over: threading.Event
) -> None:
    while not over.wait(LOOK_SECONDS):
        if child.poll() is not None:
            logger.error("The worker ended by itself (%s) and is started again", child.returncode)
            if over.wait(pause):
                return
            child = _start(command)
    child.terminate()
    try:
        child.wait(WORKER_STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def worker(options: argparse.Namespace) -> int:
    """Run background tasks until told to stop; a task that runs is brought to its end."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    running = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.5,
        batch=options.batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
    running.configure_signals()
    if options.with_parent:
        _end_with(options.with_parent)
    threading.Thread(target=_hand_out_what_is_due, daemon=True).start()
    with installation.in_use():
        running.run()
    return 0


def _hand_out_what_is_due() -> None:
    from django.db import close_old_connections

    from madang.core import schedule

    while True:
        close_old_connections()
        try:
            schedule.enqueue_due()
        except Exception:
            # A database that is away for a while is asked again; the worker itself goes on.
            logger.exception("What is due could not be handed out")
        time.sleep(ROUNDS_SECONDS)


def _end_with(parent: int) -> None:
    """End this process when its parent has ended, in whatever way: nobody else would stop it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
