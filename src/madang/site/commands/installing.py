"""`madang setup`: keys, database and static files, for a new installation or a new version."""

import argparse
import compileall
import os
from pathlib import Path

import madang
from madang.core.commands import Registry, say
from madang.site import folders, installation
from madang.site.keys import ensure_keys
from madang.site.start import require_fitting_key, start_django


def add_commands(registry: Registry) -> None:
    registry.add(
        "",
        "setup",
        run,
        help="make keys, database and static files, or bring them to this version",
        arguments=lambda parser: parser.add_argument(
            "--after-restore", action="store_true", help=argparse.SUPPRESS
        ),
        needs_installation=False,  # which needs the keys that this makes
    )


def run(options: argparse.Namespace) -> int:
    set_up()
    if options.after_restore:
        from madang.core import backups

        erased = backups.replay_erasures()
        say(f"Erased again whoever had been erased since the backup: {erased} people.")
        return 0
    say(f"Madang is set up in {folders.data()}.")
    return 0


def set_up() -> None:
    """Bring keys, database and static files to what this code needs; repeating it does no harm."""
    # Compiled once here: a server that may not write beside the code would do it at each start.
    compileall.compile_dir(Path(madang.__file__).parent, quiet=2)
    # Whatever is written from here on is for the owner alone.
    os.umask(0o077)
    folders.data().mkdir(parents=True, exist_ok=True)
    installation.require_key_of_data()
    for path in ensure_keys(folders.keys()):
        say(f"Made {path}. Keep a copy of it, apart from the backups.")
    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.MADANG_FILES.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    require_fitting_key()
    call_command("collectstatic", interactive=False, verbosity=0)
    _load_countries()
    note_setup()


def _load_countries() -> None:
    """A new installation knows the countries; later the organiser's list is theirs to keep."""
    from madang.people import country_list
    from madang.people.models import Country

    if not Country.objects.exists():
        country_list.load()


def note_setup() -> None:
    """Write the mark that lets `madang serve` start; Django must be loaded."""
    from madang.core.models import DemoClock

    installation.write_mark(demo=DemoClock.is_demo_database())
