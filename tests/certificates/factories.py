"""Makes what certificates need for tests; everybody is invented."""

from collections.abc import Sequence

from madang.attendance.models import Attendance
from madang.certificates.actions import batches, issuing, schemes
from madang.certificates.models import Certificate, CertificateBatch
from madang.core import approvals, clock
from madang.people.models import Account
from madang.workshops.models import Edition, Participation
from tests import factories as make
from tests.support.work import work

SESSIONS = 5


def make_rules(edition: Edition, officer: Account, *, prefix: str = "") -> None:
    """Our own rules, signed by an invented director; completion takes attendance alone."""
    scheme = schemes.begin(edition, actor=officer)
    scheme.issuer = "Regional Programme for e-Government"
    scheme.signatory = "Han Ji-woo"
    scheme.signatory_position = "Director"
    scheme.prefix = prefix or f"INC/{edition.number}/CERT"
    scheme.save()
    edition.certificate_rules.filter(kind="completed").update(
        share=100, needs_post_test=False, needs_evaluation=False
    )


def make_attended(edition: Edition, shares: Sequence[int]) -> list[Participation]:
    """A participant for each number of sessions attended, of five that were held."""
    sessions = list(edition.sessions.all())
    if not sessions:
        sessions = make.make_sessions(edition, SESSIONS)
    found = []
    for number in shares:
        person = make.make_person(email=f"{make.make_person().key}@example.org")
        part = make.make_participation(
            edition,
            person,
            country=make.make_country("FJ"),
            created_at=make.local(edition, 1, "08:00"),
        )
        for session in sessions[:number]:
            attend(session, part)
        found.append(part)
    return found


def attend(session, part: Participation) -> None:  # type: ignore[no-untyped-def]
    """Somebody was in a session from its start to its end."""
    Attendance.objects.create(
        session=session, participation=part, state="present", minutes=session.minutes
    )


def make_week(officer: Account, shares: Sequence[int] = (5, 4, 2)) -> Edition:
    """A week that is over, with rules, and a participant for each number of sessions attended."""
    edition = make.make_edition()
    make_rules(edition, officer)
    make_attended(edition, shares)
    return edition


def after(edition: Edition):  # type: ignore[no-untyped-def]
    """The week after the edition: `with after(edition): …`."""
    return clock.at(make.local(edition, 5, "23:00"))


def approve(batch: CertificateBatch, officer: Account, director: Account) -> None:
    """Let a director approve a list."""
    batches.put_up(batch, director=director, actor=officer)
    approval = approvals.latest(batch)
    assert approval is not None
    approvals.approve(approval, actor=director, seen=approval.digest)


def make_issued(edition: Edition, officer: Account, director: Account) -> list[Certificate]:
    """Everybody who is due a certificate has it."""
    batch = batches.begin(edition, actor=officer)
    approve(batch, officer, director)
    issuing.issue(batch, actor=officer)
    work()
    return list(Certificate.objects.filter(batch=batch).order_by("kind", "created_at", "pk"))
