"""People in an edition."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports
from madang.core.models import as_uuid
from madang.core.requests import Request, form_page, page_of
from madang.people import rules as people_rules
from madang.people.models import Account, Person
from madang.workshops.actions import participations as actions
from madang.workshops.forms.people import ParticipationForm, PeopleFilters, PersonForm
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people as queries
from madang.workshops.views.manage import common

# So many known people are offered at most; more words find fewer.
MOST_OFFERED = 20


@require_safe
@common.of_edition()
def people(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody in the edition, narrowed by what stands in the address."""
    everybody = queries.with_wordings(queries.in_edition(edition))
    form = PeopleFilters(
        request.GET,
        countries=queries.choices(everybody, "country"),
        organisations=queries.choices(everybody, "organisation"),
    )
    form.is_valid()
    found = queries.filtered(everybody, form.cleaned_data)
    found = queries.ordered(found, request.GET.get("sort", ""))
    if exports.wanted(request):
        return exports.respond(request, _table(found), f"{edition.slug}-people")
    return common.page(
        request, "people", edition,
        form=form, rows=page_of(request, found),
    )  # fmt: skip


def _table(found: list[Participation]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for one in found:
            yield (
                one.person.name,
                one.person.latin_name,
                one.get_kind_display(),
                one.get_state_display(),
                queries.country_name(one),
                queries.organisation_name(one),
                one.person.position,
                one.person.email,
            )

    return exports.Table(
        columns=(
            exports.Column("name", _("Name")),
            exports.Column("latin_name", _("Name in Latin letters")),
            exports.Column("kind", _("Takes part as")),
            exports.Column("state", _("State")),
            exports.Column("country", _("Country")),
            exports.Column("organisation", _("Organisation")),
            exports.Column("position", _("Position")),
            exports.Column("email", _("E-mail address")),
        ),
        rows=rows(),
    )


def _back(edition: Edition) -> str:
    return reverse("manage:people", args=[edition.slug])


def _back_to(participation: Participation) -> str:
    return reverse("manage:person", args=[participation.edition.slug, participation.pk])


@require_safe
@common.of_edition(changes=True)
def person_find(request: Request, edition: Edition) -> HttpResponseBase:
    """Look for somebody who is known here already, before entering them anew."""
    words = request.GET.get("q", "").strip()
    found: list[Person] = []
    if words:
        known = people_rules.see_person.visible(
            request.who, Person.objects.filter(erased_at__isnull=True)
        ).exclude(participations__edition=edition)
        found = queries.people_matching(known.select_related("organisation"), words)
    return common.page(
        request, "person_find", edition,
        words=words, found=found[:MOST_OFFERED], more=max(0, len(found) - MOST_OFFERED),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def person_add(request: Request, edition: Edition) -> HttpResponseBase:
    """Let somebody take part: a known person, whom the address names, or somebody new."""
    known = _known(request)
    if known is not None:
        return _add_known(request, edition, known)
    person_form = PersonForm(request.POST or None, initial={"language": "en"})
    form = ParticipationForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if _both_valid(form, person_form):
        made = _performed_on(
            form,
            person_form,
            lambda: actions.add_new_person(
                edition,
                person_form.values(),
                form.values(),
                with_account=form.wants_account,
                actor=request.who,
            ),
        )
        if made:
            return common.done(request, _("They take part now."), _back(edition))
    return common.page(
        request, "person_form", edition,
        form=form, person_form=person_form,
        title=_("Add somebody new"), submit=_("Add them"), cancel=_back(edition),
    )  # fmt: skip


def _known(request: Request) -> Person | None:
    key = request.GET.get("person")
    if not key:
        return None
    return people_rules.see_person.get_or_404(
        request.who, Person.objects.filter(erased_at__isnull=True), pk=as_uuid(key)
    )


def _add_known(request: Request, edition: Edition, person: Person) -> HttpResponseBase:
    initial = {"country": person.country_id, "organisation": person.organisation_id}
    form = ParticipationForm(
        request.POST or None, initial=initial, has_account=_has_account(person)
    )
    return common.edit(
        request,
        form,
        lambda: actions.add_person(
            edition, person, form.values(), with_account=form.wants_account, actor=request.who
        ),
        said=_("They take part now."),
        back=_back(edition),
        title=_("Add %(name)s") % {"name": person},
        submit=_("Add them"),
        edition=edition,
    )


def _has_account(person: Person) -> bool:
    return Account.objects.filter(person=person, is_active=True).exists()


def _both_valid(form: ParticipationForm, person_form: PersonForm) -> bool:
    return all([form.is_valid(), person_form.is_valid()])


def _performed_on(form: ParticipationForm, person_form: PersonForm, act: Any) -> bool:
    """As `common.performed`, with what is said about a person's field beside that field."""
    done = common.performed(person_form, act)
    if not done and person_form.conflicted:
        form.show_conflict()
    return done


def _participation(edition: Edition, participation_id: UUID) -> Participation:
    return common.found(queries.in_edition(edition), participation_id)


@require_safe
@common.of_edition()
def person(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """One person in the edition: who they are, what they do here, what they signed up for."""
    participation = _participation(edition, participation_id)
    queries.with_wordings([participation])
    return common.page(
        request, "person", edition,
        participation=participation,
        person=participation.person,
        parts=queries.parts(participation),
        sign_ups=queries.sign_ups(participation),
        has_account=_has_account(participation.person),
        trail=audit.trail(request.who, thing=participation, limit=10),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def person_edit(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    participation = _participation(edition, participation_id)
    person = participation.person
    named = str(person)
    has_account = _has_account(person)
    form = ParticipationForm(
        request.POST or None, instance=participation, has_account=has_account, prefix="here"
    )
    person_form = PersonForm(
        request.POST or None, instance=person, has_account=has_account, prefix="person"
    )
    back = _back_to(participation)
    if _both_valid(form, person_form) and _performed_on(
        form,
        person_form,
        lambda: actions.change_participation(
            participation,
            form.values(),
            person_form.values(),
            expected_version=form.expected_version,
            expected_person_version=person_form.expected_version,
            with_account=form.wants_account,
            actor=request.who,
        ),
    ):
        return common.done(request, _("The changes are saved."), back)
    return common.page(
        request, "person_form", edition,
        form=form, person_form=person_form,
        title=_("Edit %(name)s") % {"name": named}, submit=_("Save the changes"), cancel=back,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def person_cancel(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    participation = _participation(edition, participation_id)
    return common.remove(
        request,
        lambda: actions.cancel_participation(participation, actor=request.who),
        said=_("Their participation is cancelled."),
        back=_back_to(participation),
        title=_("Cancel the participation of %(name)s?") % {"name": participation.person},
        submit=_("Cancel the participation"),
        consequences=[
            _("They can no longer see the pages of those who take part."),
            _("Their sign-ups end, and their places go to those who wait."),
            _("Parts in sessions stay until you take them out there."),
            _("It can be undone: they are then expected again."),
        ],
    )


@require_POST
@common.of_edition(changes=True)
def person_restore(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    participation = _participation(edition, participation_id)
    back = _back_to(participation)
    if common.tried(
        request, lambda: actions.restore_participation(participation, actor=request.who)
    ):
        return common.done(request, _("They are expected again."), back)
    return HttpResponseRedirect(back)
