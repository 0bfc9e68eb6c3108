"""What this app tells the rest of the house at the start."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.core import audit, files, jobs, links, locales
from madang.documents import verification
from madang.nominations import involvement, public, repeating, rules
from madang.nominations.actions import (
    dispatch,
    endorsements,
    import_writing,
    imports,
    invitations,
)
from madang.nominations.models import (
    Answer,
    Call,
    Correspondence,
    Endorsement,
    Import,
    Invitation,
    Nomination,
    Screening,
)
from madang.people import access_links, erasure, retention
from madang.workshops import desk_pages, latest
from madang.workshops.actions import repeat
from madang.workshops.pages import navigation

SIX_MONTHS = timedelta(days=183)

VERBS = {
    "call.added": _("began the call for nominations"),
    "call.changed": _("changed %(fields)s of the call for nominations"),
    "call.opened": _("opened the call for nominations"),
    "call.closed": _("closed the call for nominations"),
    "call.taken_over": _("took parts of an earlier call over into the call for nominations"),
    "call.announced": _("sent the call to %(countries)s countries"),
    "question.added": _("added a question to the call"),
    "question.changed": _("changed a question of the call"),
    "question.removed": _("removed a question of the call"),
    "quota.changed": _("changed the quotas of the call"),
    "invitation.added": _("put %(thing)s among the countries asked for nominations"),
    "invitation.changed": _("changed %(fields)s of %(thing)s"),
    "invitation.removed": _("no longer asks %(thing)s for nominations"),
    "correspondence.added": _("entered %(thing)s in the register"),
    "correspondence.changed": _("changed %(fields)s of an entry of the register"),
    "correspondence.removed": _("removed an entry of the register"),
    "correspondence.scan_removed": _("took a scan off an entry of the register"),
    "nomination.added": _("entered the nomination %(thing)s"),
    "nomination.entered_many": _("entered %(number)s nominations"),
    "nomination.changed": _("changed %(fields)s of the nomination %(thing)s"),
    "nomination.submitted": _("submitted the nomination %(thing)s"),
    "nomination.accepted": _("found the nomination %(thing)s eligible"),
    "nomination.refused": _("found the nomination %(thing)s not eligible"),
    "nomination.withdrawn": _("withdrew the nomination %(thing)s"),
    "nomination.reopened": _("gave the nomination %(thing)s back to be completed"),
    "nomination.removed": _("removed a nomination"),
    "endorsement.asked": _("asked for an endorsement of %(thing)s"),
    "endorsement.given": _("endorsed %(thing)s"),
    "endorsement.refused": _("did not endorse %(thing)s"),
    "endorsement.asked_again": _("asked again for an endorsement of %(thing)s"),
    "import.added": _("brought a file of nominations"),
    "import.read": _("read a file of nominations: %(rows)s lines"),
    "import.asked_again": _("let a file of nominations be read again"),
    "import.failed": _("could not read a file of nominations"),
    "import.settled": _("settled %(rows)s lines of a file of nominations"),
    "import.written": _(
        "wrote a file of nominations: %(new)s new, %(changed)s changed, %(left)s left out"
    ),
    "import.discarded": _("discarded a file of nominations"),
    "criterion.added": _("added a criterion"),
    "criterion.changed": _("changed a criterion"),
    "criterion.removed": _("removed a criterion"),
    "screening.asked": _("asked for %(number)s scores"),
    "screening.scored": _("scored a nomination"),
    "screening.recused": _("stood back from a nomination"),
    "screening.asked_again": _("asked again for the scores of a nomination"),
    "merit.computed": _("computed the merit of %(number)s nominations"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    _register_links()
    _register_files()
    _register_lifetimes()
    _register_pages()
    jobs.register(dispatch.JOB, dispatch.send_job)
    jobs.register(imports.JOB, imports.read)
    jobs.register(import_writing.JOB, import_writing.write_job)
    verification.register_kind(dispatch.LETTER, _("Call for nominations"))
    access_links.register(
        access_links.Purpose(invitations.PURPOSE, _("nominate officials"), "nominating:desk")
    )
    access_links.register(
        access_links.Purpose(endorsements.PURPOSE, _("endorse a nomination"), "nominating:endorse")
    )


def _register_links() -> None:
    links.register(
        Invitation,
        kind=_("country asked"),
        title=lambda invitation: invitation.country.wording("name"),
        url=lambda invitation: reverse(
            "nominations:country", args=[invitation.call.edition.slug, invitation.pk]
        ),
        rule=rules.see_invitation,
        queryset=lambda: Invitation.objects.select_related("country", "call__edition"),
    )
    links.register(
        Correspondence,
        kind=_("entry of the register"),
        title=lambda entry: f"{entry.country.wording('name')}: {entry.get_kind_display()}",
        url=lambda entry: reverse("nominations:entry", args=[entry.edition.slug, entry.pk]),
        rule=rules.see_register,
        queryset=lambda: Correspondence.objects.select_related("country", "edition"),
    )
    links.register(
        Call,
        kind=_("call for nominations"),
        title=lambda call: call.edition.wording("title"),
        url=lambda call: reverse("nominations:call", args=[call.edition.slug]),
        rule=rules.see_call,
        queryset=lambda: Call.objects.select_related("edition"),
    )
    links.register(
        Nomination,
        kind=_("nomination"),
        title=lambda nomination: str(nomination.person),
        url=lambda nomination: reverse(
            "nominations:nomination", args=[nomination.edition.slug, nomination.pk]
        ),
        rule=rules.handle_nomination,
        queryset=lambda: Nomination.objects.select_related("person__subject", "edition"),
    )

    links.register(
        Import,
        kind=_("file of nominations"),
        title=lambda batch: (
            _("the file of %(day)s")
            % {"day": locales.calendar_date(batch.created_at.date(), "long")}
        ),
        url=lambda batch: reverse("nominations:import", args=[batch.edition.slug, batch.pk]),
        rule=rules.handle_import,
        queryset=lambda: Import.objects.select_related("edition"),
    )


def _register_files() -> None:
    files.register_owner(Correspondence, rules.see_register)
    files.register_owner(Import, rules.handle_import)
    files.register_owner(
        Endorsement,
        rules.see_endorsement,
        queryset=lambda: Endorsement.objects.select_related("nomination"),
    )


def _register_lifetimes() -> None:
    retention.register_involvement(involvement.last_nominated)
    retention.register_involvement(involvement.last_asked)
    retention.register(
        Nomination,
        dict.fromkeys(
            ("title", "family_name", "given_names", "organisation_name"), retention.TWO_YEARS
        )
        | dict.fromkeys(
            ("responsibility", "needs", "nominator", "nominator_email", "note"), SIX_MONTHS
        ),
    )
    retention.register(Answer, {"text": SIX_MONTHS})
    retention.register(Endorsement, {"name": SIX_MONTHS, "remark": SIX_MONTHS})
    retention.register(Screening, {"comment": SIX_MONTHS})
    retention.register_removal(involvement.remove_what_is_over)
    erasure.register(involvement.forget)


def _register_pages() -> None:
    navigation.register(public.TAB)
    latest.register(public.news)
    repeat.register(*repeating.PARTS)
    desk_pages.register(
        "cohort",
        desk_pages.DeskPage("nominations:call", _("Call")),
        desk_pages.DeskPage("nominations:countries", _("Countries")),
        desk_pages.DeskPage("nominations:register", _("Correspondence")),
        desk_pages.DeskPage("nominations:nominations", _("Nominations")),
        desk_pages.DeskPage("nominations:screening", _("Screening")),
    )
