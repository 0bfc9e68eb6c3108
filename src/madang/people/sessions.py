"""The sessions of one account: signing out everywhere."""

from django.contrib.sessions.models import Session

from madang.people.models import Account


def end(account: Account, *, keep: str | None = None) -> int:
    """End every session that mentions an account, but the one with the key `keep`.

    A half-finished sign-in counts too: it holds the address that was typed. What a session holds is
    encoded, so each is read; there are as many as people signed in lately.
    """
    marks = (str(account.pk), account.pk.hex, account.email)
    found = [
        session.session_key
        for session in Session.objects.exclude(session_key=keep or "").iterator()
        if any(mark in str(session.get_decoded()) for mark in marks)
    ]
    for start in range(0, len(found), 500):
        Session.objects.filter(session_key__in=found[start : start + 500]).delete()
    return len(found)
