"""`madang demo`: the founding case, made once and served on this machine only."""

import argparse
import os
import shutil
import sys
from typing import NoReturn

from madang.core.commands import CommandError, Registry, say
from madang.site import folders, installation
from madang.site.commands.installing import note_setup, set_up
from madang.site.commands.serving import LOOPBACK, require_free


def add_commands(registry: Registry) -> None:
    registry.add(
        "",
        "demo",
        run,
        help="serve the workshop of Incheon, with invented people, to look around",
        arguments=_arguments,
        needs_installation=False,  # the folder is chosen first
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port (%(default)s)")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data, and stop")
    parser.add_argument("--no-serve", action="store_true", help="make the demo's data, and stop")


def run(options: argparse.Namespace) -> int:
    os.environ["MADANG_DEMO"] = "1"
    os.environ.setdefault("MADANG_DATA", "var/demo")
    os.environ.setdefault("MADANG_TIME_ZONE", "Asia/Seoul")
    os.environ.setdefault("MADANG_URL", f"http://{LOOPBACK}:{options.port}")
    if options.reset:
        return reset()
    if not options.no_serve:
        require_free(LOOPBACK, options.port)
    with installation.alone():
        prepare()
    introduce()
    if not options.no_serve:
        serve(options.port)
    return 0


def prepare() -> None:
    """Set up the demo's folder, and load the demo into it unless it is there already."""
    set_up()
    from madang.site import demo

    demo.ensure()
    note_setup()


def introduce() -> None:
    """Print whom a visitor can be."""
    from django.conf import settings

    from madang.site.demo.cast import CAST

    say(f"\nSign in with one click, at {settings.MADANG_URL}/account/login/ (all are invented):")
    for seat in CAST:
        say(f"  {seat.role:<22} {seat.person} – {seat.to_try}")
    say("")


def serve(port: int) -> NoReturn:
    """Go on as the server."""
    # A fresh process for the server: this one has loaded far more than serving needs.
    sys.stdout.flush()
    command = [sys.executable, "-m", "madang.site.cli", "serve", "--with-worker"]
    os.execv(sys.executable, [*command, "--port", str(port)])  # noqa: S606


def reset() -> int:
    """Remove the demo's data, and nobody else's; the keys stay."""
    mark = installation.read_mark()
    data = folders.data()
    if mark is None and not data.exists():
        say("There is no demo to forget.")
        return 0
    if mark is None or not mark.demo:
        raise CommandError(f"{data} does not hold the demo's data, so nothing was removed.")
    if os.environ.get("MADANG_DATABASE_URL"):
        raise CommandError("The demo is on PostgreSQL: make its database anew there.")
    with installation.alone():
        shutil.rmtree(data)
    say(f"The demo in {data} is forgotten; `madang demo` makes it anew.")
    return 0
