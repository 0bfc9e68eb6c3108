"""`madang certificates …`: the keys that sign credentials, at the keyboard."""

import argparse

import pytest

from madang.certificates import command, keys
from madang.certificates.models import SigningKey
from madang.core.commands import CommandError

pytestmark = pytest.mark.django_db


def options(**values) -> argparse.Namespace:
    return argparse.Namespace(**values)


def test_keys_are_listed_followed_by_others_and_withdrawn(capsys):
    command.list_keys(options(json=False))
    assert "no key yet" in capsys.readouterr().out
    first = keys.in_use()
    command.rotate_key(options())
    command.withdraw_key(options(number=first.number))
    command.list_keys(options(json=False))
    told = capsys.readouterr().out
    assert "Key 2 signs from now on" in told
    assert "Key 1 is withdrawn" in told
    assert dict(SigningKey.objects.values_list("number", "state")) == {
        1: "withdrawn",
        2: "active",
    }
    command.list_keys(options(json=True))
    assert '"state": "withdrawn"' in capsys.readouterr().out


def test_a_key_that_is_not_there_or_withdrawn_is_a_sentence():
    with pytest.raises(CommandError, match="no key 7"):
        command.withdraw_key(options(number=7))
    key = keys.in_use()
    command.withdraw_key(options(number=key.number))
    with pytest.raises(CommandError, match="not possible"):
        command.withdraw_key(options(number=key.number))
