"""Commands on accounts and personal data: `madang user add`, `madang nightly`."""

import argparse

from madang.core.commands import CommandError, Registry, say, say_json


def add_commands(registry: Registry) -> None:
    registry.add(
        "user",
        "add",
        add_user,
        help="open an account with a role for everything: the first one, above all",
        arguments=_user_arguments,
    )
    registry.add(
        "",
        "nightly",
        nightly,
        help="remove what has been kept as long as promised; to be run once a night",
        arguments=_nightly_arguments,
    )


def add_user(options: argparse.Namespace) -> int:
    """Open an account, give it a role, and print a link that lets its owner in once."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from madang.people import roles
    from madang.people.actions.accounts import entry_link, open_account_for_new_person
    from madang.people.actions.refusal import RefusedError
    from madang.people.actions.roles import grant_role

    fitting = [kind.name for kind in roles.kinds() if "" in kind.scope_models]
    if options.role not in fitting:
        raise CommandError(f"The role must be one of: {', '.join(fitting)}.")
    try:
        validate_email(options.email)
        with transaction.atomic():
            account = open_account_for_new_person(
                actor=None, name=options.name, email=options.email
            )
            grant_role(account, actor=None, kind=options.role)
    except ValidationError:
        raise CommandError(f"{options.email} is not an e-mail address.") from None
    except RefusedError as refusal:
        raise CommandError(str(refusal.why)) from None
    link = entry_link(account)
    if options.json:
        say_json({"account": account.pk, "email": account.email, "link": link})
    else:
        say(f"{options.name} can sign in as {account.email}.")
        say(f"To set a password, within three days and once:\n{link}")
    return 0


def nightly(options: argparse.Namespace) -> int:
    """Remove messages, tasks, sessions and personal values whose time is over."""
    from madang.core import tasks
    from madang.core.models import DemoClock
    from madang.people import retention

    DemoClock.refresh()
    tasks.purge.call()
    people = retention.remove_what_is_over()
    if options.json:
        say_json({"people": people})
    else:
        say(f"Personal data of {people} people were over and are removed.")
    return 0


def _user_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, help="the address to sign in with")
    parser.add_argument("--name", required=True, help="the name, as the person writes it")
    parser.add_argument("--role", default="secretariat", help="what they may do (%(default)s)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _nightly_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer in JSON")
