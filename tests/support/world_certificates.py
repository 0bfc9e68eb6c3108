"""The part of the world with certificates."""

from typing import Any

from django.utils.text import Truncator

from madang.certificates.actions import batches, holding, issuing, schemes
from madang.certificates.models import Certificate
from madang.core import approvals, jobs
from madang.core.models import Job
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make


def add_certificates(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """One of everything; `text` is hostile in one half."""
    edition = half.edition
    scheme = schemes.begin(edition, actor=officer)
    short = Truncator(text).chars(100)
    scheme.issuer = scheme.signatory = scheme.signatory_position = short
    scheme.prefix = f"{half.edition.slug.upper()}/CERT"
    scheme.save()
    # Whatever anybody attended: the walk needs certificates, not conditions.
    edition.certificate_rules.update(
        share=0, needs_post_test=False, needs_evaluation=False, title=short, criteria=text
    )
    holding.confirm_spelling(
        taking_part, name=short, latin_name=short, language="en", actor=officer
    )
    other = make.make_participation(edition, make.make_person(f"Excepted {text}"))
    half.things["exemption"] = holding.grant(other, "attended", text, actor=director)
    half.things["excepted"] = other
    batch = batches.begin(edition, actor=officer)
    batches.put_up(batch, director=director, actor=officer)
    approval = approvals.latest(batch)
    assert approval is not None
    approvals.approve(approval, actor=director, seen=approval.digest)
    issuing.issue(batch, actor=officer)
    for job in Job.objects.filter(kind=issuing.JOB, state=Job.State.WAITING):
        jobs.run(str(job.pk))
    mine = Certificate.objects.get(participation=taking_part, kind="attended")
    make.make_participation(edition, make.make_person(f"Late {text}"))
    listed = batches.begin(edition, actor=officer)
    half.things |= {
        "certificate_batch": batch,
        "certificate": mine,
        "certificate_list": listed,
        "listed_certificate": listed.certificates.first(),
        "certificate_rule": edition.certificate_rules.get(kind="attended"),
        "certificate_holder": taking_part,
    }
    half.tokens["status_list"] = str(mine.status_list)
