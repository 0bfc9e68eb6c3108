"""What tests of reports need: an edition with people and a programme, officer and director."""

from dataclasses import dataclass

from madang.core import approvals
from madang.core.models import Approval
from madang.people.actions import consents
from madang.people.models import Account, Consent
from madang.reports.actions import arranging, issuing
from madang.reports.models import Report, ReportVersion
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Participation
from tests import factories as make


@dataclass
class Week:
    """An edition of three countries: six from government, five from academia, one of neither."""

    edition: Edition
    officer: Account
    director: Account
    participants: list[Participation]

    def begin(self, kind: str = "final", **values) -> Report:
        return arranging.begin(self.edition, kind, values, actor=self.officer)

    def approve(self, report: Report) -> Approval:
        approval = issuing.put_up(report, director=self.director, actor=self.officer)
        approvals.approve(approval, actor=self.director, seen=approval.digest)
        return approval

    def issued(self, report: Report) -> ReportVersion:
        version = issuing.freeze(report, actor=self.officer)
        self.approve(report)
        issuing.issue(report, actor=self.officer)
        return version


def make_week(**fields) -> Week:
    edition = make.make_edition(title="Second workshop", **fields)
    officer = make.make_account(roles=[("secretariat", edition)])
    director = make.make_account(roles=[("director", edition)])
    ministry = make.make_organisation("Ministry of Telecommunication", kind="ministry")
    university = make.make_organisation("University", kind="academia")
    countries = [make.make_country(code) for code in ("TH", "FJ", "MN")]
    participants = [
        make.make_participation(
            edition,
            make.make_person(f"Participant Number {place}"),
            country=countries[place % 3],
            organisation=ministry if place < 6 else university if place < 11 else None,
        )
        for place in range(12)
    ]
    make.make_session(edition, day=1, title="From a vision to a roadmap", minutes=75)
    publication.publish(edition, actor=officer)
    return Week(edition, officer, director, participants)


def agree(participation: Participation, purpose: str = Consent.Purpose.PUBLIC_NAME) -> None:
    consents.give_consent(participation.person, purpose=purpose, actor=None)
