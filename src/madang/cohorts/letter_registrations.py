"""What letters and passport data tell the rest of the house at the start."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.cohorts import repeating, rules
from madang.cohorts.actions import forgetting, issuing, letters, passports, posting
from madang.cohorts.models import (
    Letter,
    LetterBatch,
    Letterhead,
    LetterKind,
    LetterTemplate,
    Passport,
)
from madang.cohorts.queries import letters as queries
from madang.core import approvals, audit, files, jobs, links
from madang.documents import verification
from madang.nominations.models import Correspondence
from madang.people import erasure, own_data, retention
from madang.people.holders import holders
from madang.people.models import Person
from madang.workshops import desk_pages
from madang.workshops import rules as workshop_rules
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

ONE_DAY = timedelta(days=1)

VERBS = {
    "letterhead.changed": _("changed %(fields)s of the letterhead"),
    "letter_template.added": _("wrote the wording of a letter: %(letter)s"),
    "letter_template.changed": _("changed %(fields)s of the wording of a letter"),
    "letters.added": _("prepared a batch of %(number)s letters"),
    "letters.changed": _("changed a batch of letters"),
    "letters.issued": _("issued a batch of %(number)s letters"),
    "letters.cancelled": _("cancelled a batch of letters"),
    "letters.taken": _("took the letters of a batch away"),
    "letter.sent": _("sent a letter (%(channel)s)"),
    "passport.changed": _("gave passport data of %(thing)s"),
    "passport.seen": _("looked at passport data of %(thing)s"),
    "passport.removed": _("removed passport data of %(thing)s"),
}


def register() -> None:
    """Called by this app's `registrations`."""
    audit.register_verbs(VERBS)
    audit.register_words("letter", dict(LetterKind.choices))
    audit.register_words("channel", dict(Correspondence.Channel.choices))
    for kind in LetterKind:
        verification.register_kind(issuing.kind_of_document(kind), kind.label)
    approvals.register(
        LetterBatch,
        kind="letters",
        label=_("letters"),
        content=letters.content,
        render=queries.as_it_will_stand,
        author_rule=rules.write_letters,
        director_rule=rules.approve_letters,
        directors=lambda batch: holders("director", batch.edition_id),
    )
    jobs.register(issuing.JOB, issuing.issue_letters)
    jobs.register(posting.JOB, posting.send_letters)
    files.register_owner(
        Letter, rules.open_letter, queryset=lambda: Letter.objects.select_related("batch")
    )
    files.register_owner(Letterhead, rules.see_letters)
    retention.register(Letter, {"remark": retention.TWO_YEARS})
    retention.register(Passport, {field.attname: ONE_DAY for field in Passport.personal_fields()})
    retention.register_removal(passports.remove_due)
    erasure.register(forgetting.forget)
    own_data.register("passport", _("passport data"), _passport)
    own_data.register("letters", _("letters"), _letters)
    repeat.register(*repeating.PARTS)
    desk_pages.register("cohort", DeskPage("cohorts:letters", _("Letters")))
    navigation.register(
        navigation.OwnPage(
            "letters",
            "cohort:my_letters",
            _("My letters"),
            rule=workshop_rules.sign_up,
            below=("passport",),
        )
    )
    _register_links()


def _passport(person: Person) -> Iterator[Mapping[str, Any]]:
    """Passport data are under a key of their own: they do not come by themselves."""
    passport = passports.of(person)
    if passport is not None:
        yield {
            **{
                str(field.verbose_name): getattr(passport, field.attname)
                for field in Passport.personal_fields()
            },
            str(Passport._meta.get_field("delete_on").verbose_name): passport.delete_on,
        }


def _letters(person: Person) -> Iterator[Mapping[str, Any]]:
    issued = Letter.objects.filter(person=person, document__isnull=False)
    for letter in issued.select_related("batch", "document"):
        yield {
            str(_("kind")): letter.batch.get_kind_display(),
            str(_("reference")): letter.document.reference,
            str(_("issued")): letter.document.issued_on,
        }


def _register_links() -> None:
    links.register(
        LetterBatch,
        kind=_("letters"),
        title=str,
        url=lambda batch: reverse("cohorts:batch", args=[batch.edition.slug, batch.pk]),
        rule=rules.see_letters,
        queryset=lambda: LetterBatch.objects.select_related("edition"),
    )
    links.register(
        Letter,
        kind=_("letter"),
        title=lambda letter: letter.document.reference if letter.document else str(letter.batch),
        url=lambda letter: reverse(
            "cohorts:letter", args=[letter.batch.edition.slug, letter.batch_id, letter.pk]
        ),
        rule=rules.see_letter,
        queryset=lambda: Letter.objects.select_related("batch__edition", "document"),
    )
    links.register(
        LetterTemplate,
        kind=_("wording of a letter"),
        title=str,
        url=lambda template: reverse(
            "cohorts:wording", args=[template.edition.slug, template.kind]
        ),
        rule=rules.see_letters,
        queryset=lambda: LetterTemplate.objects.select_related("edition"),
    )
    links.register(
        Letterhead,
        kind=_("letterhead"),
        title=str,
        url=lambda head: reverse("cohorts:letterhead", args=[head.edition.slug]),
        rule=rules.see_letters,
        queryset=lambda: Letterhead.objects.select_related("edition"),
    )
