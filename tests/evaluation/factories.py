"""Makes what tests of evaluations need: a week with people, its forms, answers."""

from datetime import UTC, datetime

from madang.core import clock
from madang.evaluation import box
from madang.evaluation.actions import making, opening
from madang.evaluation.models import Form
from madang.people.models import Account
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Participation, Session, SessionPerson
from tests import factories as make

Answers = dict[str, str]

# When everybody was entered: before the week.
BEFORE = datetime(2007, 9, 1, tzinfo=UTC)


def make_week(people: int = 12) -> Edition:
    """An edition with two published lectures on Monday, one on Tuesday, and people who come."""
    with clock.at(BEFORE):
        edition = make.make_edition()
        make.make_participations(edition, people)
    for day, at, title in ((1, "09:00", "Vision"), (1, "14:00", "Cases"), (2, "09:00", "Needs")):
        make.make_session(edition, day=day, at=at, title=title, kind=Session.Kind.LECTURE)
    publish(edition)
    return edition


def publish(edition: Edition) -> None:
    """Publish the programme as it stands."""
    publication.publish(edition, notes={"en": "As it is."}, actor=make.make_account())
    edition.refresh_from_db()


def make_speaker(session: Session, name: str) -> Participation:
    """Somebody who speaks in a session."""
    speaker = make.make_participation(
        session.edition, make.make_person(name), kind=Participation.Kind.RESOURCE_PERSON
    )
    make.make_part(session, speaker, role=SessionPerson.Role.SPEAKER)
    return speaker


def make_answerer(edition: Edition) -> tuple[Account, Participation]:
    """A participant with an account."""
    person = make.make_person()
    account = make.make_account(person=person, roles=[("participant", edition)])
    with clock.at(BEFORE):
        return account, make.make_participation(edition, person)


def form_of(edition: Edition, kind: str = "end", title: str = "") -> Form:
    """A form of an edition, as it is stored now; the forms are made where there are none."""
    if not edition.evaluation_forms.exists():
        making.make(edition, actor=None)
    forms = edition.evaluation_forms.filter(kind=kind).select_related("session", "edition")
    if title:
        forms = forms.filter(session__title=title)
    found = forms.first()
    assert found is not None
    return found


def opened(form: Form) -> Form:
    """The same form, open."""
    with clock.at(opens_at(form)):
        opening.open_form(form, actor=None)
    form.refresh_from_db()
    return form


def opens_at(form: Form) -> datetime:
    assert form.opens_at is not None
    return form.opens_at


def participants(form: Form) -> list[Participation]:
    found = form.edition.participations.filter(kind=Participation.Kind.PARTICIPANT)
    return list(found.order_by("pk"))


def hand_in(form: Form, participation: Participation, answers: Answers) -> None:
    """Somebody hands a form in, an hour after it opened."""
    with clock.at(opens_at(form)):
        opening.hand_in(form, box.token(form, participation.pk), answers)


def answered(form: Form, answers: list[Answers]) -> Form:
    """An open form with these answers, of one participant each."""
    if form.is_prepared:
        opened(form)
    for participation, each in zip(participants(form), answers, strict=False):
        hand_in(form, participation, each)
    return form


def closed(form: Form, answers: list[Answers]) -> Form:
    """A closed form with these answers."""
    answered(form, answers)
    opening.close_form(form, actor=None)
    form.refresh_from_db()
    return form
