"""The part of the world with followup."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.core import clock, files
from madang.followup.actions import asking, results
from madang.followup.models import FollowUp, Progress, Report, Round
from madang.people import access_links
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make
from tests.followup import factories as follow
from tests.support.world_cohort import PDF


def add_followup(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """A plan that was asked about and answered, shown to a supervisor, and a result that is out."""
    del director
    edition, now = half.edition, clock.now()
    follow_up = follow.begin(edition, hint=text)
    plan = follow.make_plan(taking_part, text, text, with_whom=text, sign=text)
    # As it is on this third day, the window and the round stand open.
    FollowUp.objects.filter(pk=follow_up.pk).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    asking_round = edition.follow_up_rounds.get(months=6)
    Round.objects.filter(pk=asking_round.pk).update(opens_on=now.date(), state=Round.State.OPEN)
    asking.ask_due()
    question = Progress.objects.select_related(
        "round__edition", "plan__participation__person__subject"
    ).get(plan=plan)
    with clock.at(now):
        told = {
            action: {"status": "done", "evidence": text, "helped": text, "hindered": text}
            for action in plan.actions.all()
        }
        follow.progress.tell(question, told, expected_version=question.version, actor=None)
    report = Report.objects.filter(progress=question).first()
    upload = SimpleUploadedFile("evidence.pdf", PDF)
    subject = taking_part.person.subject
    half.things["evidence"] = files.store(upload, owner=report, actor=None, subject=subject)
    release = follow.release(plan, email=f"boss-of-{edition.slug}@example.org")
    follow.releases.confirm(
        release,
        "partly",
        text,
        actor=access_links.of(release, follow.releases.PURPOSE).first(),
    )
    for name, link in (
        ("follow_up", asking.link_of(question)),
        ("supervise", access_links.of(release, follow.releases.PURPOSE).first()),
    ):
        half.tokens[name] = access_links.address(link).split("/follow-up/")[1].split("/")[0]
    values = {
        "title": text[:200], "text": text, "evidence": text, "happened_on": edition.starts_on,
        "country": make.make_country("FJ"), "country_agrees": True,
    }  # fmt: skip
    result = results.tell(edition, values, told_by=taking_part, actor=officer)
    results.publish(result, actor=officer)
    half.things["result"] = result
