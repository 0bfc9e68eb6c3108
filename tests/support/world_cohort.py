"""The part of the world from the call to the cohort: one of everything, by the pages' own actions.

Three seats, five eligible nominees of whom four are Fiji's; one accepts, one declines, one has not
answered. The answers of the method are its own, worked out in the test's process.
"""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.cohorts import scenarios, solving
from madang.cohorts.actions import decisions, drawings, offers
from madang.cohorts.actions import scenarios as choosing
from madang.cohorts.models import Offer, Scenario
from madang.core import approvals, clock
from madang.core.models import StoredFile
from madang.documents import verification
from madang.nominations.actions import dispatch, endorsements, imports, register
from madang.nominations.models import (
    Call,
    Correspondence,
    Invitation,
    Nomination,
    Question,
    Score,
    Screening,
)
from madang.people import access_links
from madang.people.models import AccessLink, Account, Person
from madang.workshops.models import Edition
from tests import factories as make
from tests.cohorts.factories import make_merit, make_quota
from tests.nominations import factories as nominating

PDF = b"%PDF-1.4\n%%EOF\n"
# Opens an element and an attribute, and is short enough for a name on a label or of a file.
SHORT = "<b class=hostile>\"onx='hostile()'"


def add_cohort(half: Any, text: str, officer: Account, director: Account, nominee: Person) -> None:
    """From the call to offers that were answered; `nominee` is who accepts."""
    short = SHORT if "hostile" in text else text
    call = _call(half, text)
    invitation = _country(half, call, text, short, officer)
    _nominations(half, call, text, nominee, officer)
    _file(half, text, short, officer)
    _screening(half, call, text, officer)
    _selection(half, call, text, officer, director)
    _offers(half, text, officer)
    document = verification.issue(
        invitation, dispatch.LETTER, f"{half.edition.slug}/1", scope_id=half.edition.pk
    )
    half.tokens |= {
        "seats": token_of(
            access_links.give(
                "seats", invitation, invitation.focal_point, until=_later(), actor=None
            )
        ),
        "document": verification.code(document),
    }


def token_of(link: AccessLink) -> str:
    """The secret part of a link's address."""
    return access_links.address(link).rstrip("/").rpartition("/")[2]


def _later() -> Any:
    return clock.now() + timedelta(days=30)


def _call(half: Any, text: str) -> Call:
    """Open where the edition is announced; a draft's call is being prepared."""
    is_open = half.edition.state == Edition.State.ANNOUNCED
    call = nominating.make_call(
        half.edition,
        state=Call.State.OPEN if is_open else Call.State.DRAFT,
        introduction=text,
        eligibility=text,
        endorsement_needed=True,
        most_per_country=9,
    )
    focus = nominating.make_question(
        call, "focus", ("policy", "systems"), kind=Question.Kind.ONE, text=text, hint=text
    )
    focus.choices.update(text=text)
    nominating.make_question(
        call, "more", kind=Question.Kind.LONG, text=text, depends_on=focus, depends_value="policy"
    )
    make_quota(call, "country", "*", maximum=3)
    make_quota(call, "sex", "female", minimum=1)
    make_quota(call, "focus", "policy", minimum=0)
    nominating.make_criterion(call, text, guidance=text)
    half.things |= {"call": call, "question": focus, "criterion": call.criteria.get()}
    return call


def _country(half: Any, call: Call, text: str, short: str, officer: Account) -> Invitation:
    """Fiji, asked through a focal point with a link; a letter that came with its scan."""
    invitation = nominating.make_invitation(
        call,
        focal_point=make.make_person(
            f"Focal point {text}", email=f"{half.edition.slug}@example.org"
        ),
        organisation=make.make_organisation(f"Ministry {text}"),
    )
    values = {
        "country": invitation.country,
        "direction": Correspondence.Direction.RECEIVED,
        "channel": Correspondence.Channel.NOTE_VERBALE,
        "kind": Correspondence.Kind.NOMINATION,
        "reference": text[:80],
        "at": clock.now(),
        "summary": text,
        "nominees_stated": 2,
    }
    entry = register.enter(
        half.edition, values, uploads=[SimpleUploadedFile(f"{short}.pdf", PDF)], actor=officer
    )
    register.enter(
        half.edition,
        values | {"direction": Correspondence.Direction.SENT, "answers": entry},
        actor=officer,
    )
    half.things |= {"invitation": invitation, "entry": entry, "scan": _file_of(entry)}
    half.tokens["nominate"] = token_of(nominating.make_nominate_link(invitation))
    return invitation


def _file_of(owner: Any) -> StoredFile:
    return StoredFile.objects.get(owner_id=owner.pk)


def _nominations(half: Any, call: Call, text: str, nominee: Person, officer: Account) -> None:
    """One in each state; the eligible ones are four of Fiji and one of Thailand."""

    def nominate(name: str, state: str, alpha2: str = "FJ", **fields: Any) -> Nomination:
        person = fields.pop("person", None) or make.make_person(
            f"Nominee-{name} {text}", email=f"{name}.{half.edition.slug}@example.org", position=text
        )
        made = nominating.make_nomination(
            half.edition, person, country=make.make_country(alpha2), state=state,
            entered_by=officer.pk, source=half.things["entry"],
            **dict.fromkeys(
                ("title", "family_name", "given_names", "organisation_name", "responsibility",
                 "needs", "nominator", "nominator_email", "note"), text,
            ) | fields,
        )  # fmt: skip
        nominating.make_answer(made, half.things["question"], text, code="policy")
        return made

    states = Nomination.State
    nominee.email = f"{half.edition.slug}.nominee@example.org"
    nominee.save()
    draft = nominate("draft", states.DRAFT)
    submitted = nominate("submitted", states.SUBMITTED)
    nominate("ineligible", states.INELIGIBLE, grounds=["experience"])
    nominate("withdrawn", states.WITHDRAWN)
    half.things |= {
        "nomination": draft,
        "accepting": nominate("accepting", states.ELIGIBLE, person=nominee),
        "silent": nominate("silent", states.ELIGIBLE, sex="male"),
        "declining": nominate("declining", states.ELIGIBLE),
        "eligible": nominate("standby", states.ELIGIBLE),
        "foreign": nominate("foreign", states.ELIGIBLE, "TH"),
    }
    link = endorsements.ask(draft, f"Superior {text}"[:120], "superior@example.org", actor=officer)
    half.tokens["endorse"] = token_of(link)
    given = endorsements.record(
        submitted, name=text, day=None, remark=text, actor=officer,
        upload=SimpleUploadedFile("signed.pdf", PDF),
    )  # fmt: skip
    half.things["signed"] = _file_of(given)


def _file(half: Any, text: str, short: str, officer: Account) -> None:
    """A file of nominations that was read and is to be settled."""
    written = StringIO()
    csv.writer(written).writerows(
        [
            [text],
            ["Name", "E-mail", "Country", "Sex", "Position", f"Remarks {text}"],
            [f"One {text}", "one@example.org", "Fiji", "F", text, text],
            [f"Two {text}", text, short, text, text, text],
        ]
    )
    batch = imports.bring(
        half.edition, written.getvalue().encode(), actor=officer, name=f"{short}.csv"
    )
    imports.read_now(batch, actor=officer)
    half.things |= {"import": batch, "list": _file_of(batch)}


def _screening(half: Any, call: Call, text: str, officer: Account) -> None:
    """One nomination still to be scored, one scored; merit of the five, the same as imported."""
    criterion = half.things["criterion"]
    asked = half.things["accepting"]
    scored = half.things["silent"]
    half.things["screening"] = Screening.objects.create(
        nomination=asked, screener=officer, subject=asked.subject
    )
    done = Screening.objects.create(
        nomination=scored, screener=officer, subject=scored.subject,
        state=Screening.State.SCORED, scored_at=clock.now(), comment=text,
    )  # fmt: skip
    Score.objects.create(screening=done, criterion=criterion, value=4)
    names = ("accepting", "silent", "declining", "eligible", "foreign")
    for place, name in enumerate(names):
        make_merit(half.things[name], 90 - 10 * place)


def _selection(half: Any, call: Call, text: str, officer: Account, director: Account) -> None:
    """A scenario by merit that was decided, and a lottery that was drawn."""
    edition = half.edition
    choosing.estimate_travel(edition, {make.make_country("FJ"): 900}, currency="USD", actor=officer)
    made = {
        name: choosing.begin(
            edition, {"name": f"{name} {text}"[:120], "seats": 3, "reserves": 2} | values,
            actor=officer,
        )
        for name, values in (
            ("scenario", {"budget": 9000}),
            ("lottery", {"objective": Scenario.Objective.LOTTERY}),
        )
    }  # fmt: skip
    choosing.pin(made["scenario"], half.things["accepting"], "include", text, actor=officer)
    for scenario in made.values():
        asked = scenarios.problem(scenario)
        choosing.keep_answer(
            scenario.pk, solving.weighed(asked), scenarios.digest(asked), actor=officer
        )
        scenario.refresh_from_db()
    drawing = drawings.freeze(made["lottery"], actor=officer)
    drawings.draw(drawing, f"4 2 6 1 5 3 3 2 6 1 {text}", witnesses=3, actor=officer)
    decision = decisions.propose(made["scenario"], remarks=text, director=director, actor=officer)
    approval = approvals.latest(decision)
    approvals.approve(approval, actor=director, seen=approval.digest)
    decision.take_effect(actor=None, fields={"decided_at": clock.now()})
    half.things |= made | {"decision": decision, "decided": approval}
    half.tokens["digest"] = drawing.digest


def _offers(half: Any, text: str, officer: Account) -> None:
    """The three seats: one is taken, one is lost, and of one nothing has been heard."""
    decision = half.things["decision"]
    offers.set_terms(
        half.edition, {"answer_days": 10, "substitution_until": _later()},
        expected_version=0, actor=officer,
    )  # fmt: skip
    offers.prepare(decision, actor=officer)
    by_nomination: dict[Any, Offer] = {}
    for offer in decision.offers.all():
        offers.send(offer, actor=officer)
        by_nomination[offer.nomination_id] = Offer.objects.get(pk=offer.pk)
    taken, silent, lost = (
        by_nomination[half.things[name].pk] for name in ("accepting", "silent", "declining")
    )
    offers.accept(taken, actor=officer)
    offers.decline(lost, remark=text, actor=officer)
    half.things |= {"offer": silent, "lost": lost, "taken": taken}
    half.tokens["offer"] = token_of(access_links.of(silent, "offer")[0])
