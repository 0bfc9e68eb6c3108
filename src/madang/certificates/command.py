"""Commands on signing keys: `madang certificates keys`, `… rotate`, `… withdraw`."""

import argparse

from madang.core.commands import CommandError, Registry, say, say_json


def add_commands(registry: Registry) -> None:
    """Add the commands of certificates."""
    registry.add(
        "certificates",
        "keys",
        list_keys,
        help="list the keys that sign credentials, and which is in use",
        arguments=lambda parser: parser.add_argument("--json", action="store_true"),
    )
    registry.add(
        "certificates",
        "rotate",
        rotate_key,
        help="sign with a new key from now on; what earlier keys signed can be verified still",
    )
    registry.add(
        "certificates",
        "withdraw",
        withdraw_key,
        help="publish a key no longer, as it fell into other hands: what it signed holds no more",
        arguments=_withdraw_arguments,
    )


def list_keys(options: argparse.Namespace) -> int:
    """Number, state, day and public half of each key."""
    from madang.certificates.models import SigningKey

    keys = [
        {
            "number": key.number,
            "state": key.state,
            "made": key.created_at.date(),
            "public": key.public,
        }
        for key in SigningKey.objects.all()
    ]
    if options.json:
        say_json(keys)
    for key in () if options.json else keys:
        say(f"{key['number']}  {key['state']:9}  {key['made']}  {key['public']}")
    if not keys and not options.json:
        say("There is no key yet: the first one is made when the first credential is taken away.")
    return 0


def rotate_key(_options: argparse.Namespace) -> int:
    """Make another key and sign with it."""
    from madang.certificates import keys

    say(f"Key {keys.rotate().number} signs from now on.")
    return 0


def withdraw_key(options: argparse.Namespace) -> int:
    """Withdraw one key, for good."""
    from madang.certificates import keys
    from madang.certificates.models import SigningKey
    from madang.core.transitions import TransitionRefusedError

    key = SigningKey.objects.filter(number=options.number).first()
    if key is None:
        raise CommandError(f"There is no key {options.number}: see `madang certificates keys`.")
    try:
        keys.withdraw(key)
    except TransitionRefusedError as refused:
        raise CommandError(str(refused)) from refused
    say(f"Key {key.number} is withdrawn: credentials signed with it are refused from now on.")
    say("Their holders take them away anew, signed with the key in use.")
    return 0


def _withdraw_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, help="the number of the key")
