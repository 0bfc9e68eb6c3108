"""The secretariat plans an edition: details, states, modules, places, and texts in languages."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from madang.core import clock, files, texts
from madang.core.models import AuditEntry, Translation
from madang.people.models import Role
from madang.workshops.actions import materials
from madang.workshops.models import Edition, Module, Room, Series, Session, SiteTravel
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


def details(edition: Edition, **typed) -> dict:
    """What the form of an edition's details sends."""
    return {
        "title": edition.title,
        "number": edition.number,
        "slug": edition.slug,
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
        "time_zone": edition.time_zone,
        "country": str(edition.country_id),
        "city": edition.city,
        "seats": edition.seats,
        "language": edition.language,
        "version": edition.version,
    } | typed


def errors(response) -> dict:
    return dict(response.context["form"].errors)


def address(name: str, edition: Edition, *more) -> str:
    return reverse(f"manage:{name}", args=[edition.slug, *more])


# --- Series and editions --------------------------------------------------------------------------
def test_a_series_and_its_first_edition_are_planned(officer):
    officer.post(
        reverse("manage:series_add"), {"title": "e-Government", "slug": "e-gov", "language": "en"}
    )
    series = Series.objects.get()
    country = make.make_country()
    typed = {
        "title": "First workshop", "number": 1, "slug": "bangkok-2006", "starts_on": "2006-05-01",
        "ends_on": "2006-05-05", "time_zone": "Asia/Bangkok", "country": str(country.pk),
        "city": "Bangkok", "seats": 30, "language": "en",
    }  # fmt: skip
    response = officer.post(reverse("manage:edition_add") + f"?series={series.pk}", typed)
    edition = Edition.objects.get()
    assert response.url == address("edition", edition)
    assert edition.state == Edition.State.DRAFT
    verbs = AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["series.added", "edition.added"]


def test_whoever_is_secretariat_of_one_edition_runs_it_again_and_becomes_it_of_the_new_one():
    edition = make.make_edition()
    account = make.make_account(roles=[("secretariat", edition)])
    client = Client()
    client.force_login(account)
    planned = repeat(client, edition, [])
    assert client.get(address("edition", planned)).status_code == 200
    assert Role.objects.filter(account=account, scope_id=planned.pk).count() == 1


def test_whoever_is_secretariat_of_one_edition_only_does_not_touch_its_series():
    edition = make.make_edition(series=make.make_series(title="e-Government"))
    client = Client()
    client.force_login(make.make_account(roles=[("secretariat", edition)]))
    series_edit = reverse("manage:series_edit", args=[edition.series.slug])
    series_add, edition_add = reverse("manage:series_add"), reverse("manage:edition_add")
    listed = client.get(reverse("manage:series_list")).content.decode()
    assert "e-Government" in listed
    desk = client.get(reverse("manage:desk")).content.decode()
    for closed in (
        series_edit,
        series_add,
        edition_add,
        f"{edition_add}?series={edition.series_id}",
    ):
        assert closed not in listed + desk
        assert client.post(closed, {"title": "Taken over"}).status_code == 404
    edition.series.refresh_from_db()
    assert edition.series.title == "e-Government"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"ends_on": "2007-10-01"}, "ends_on", "The last day is before the first."),
        ({"ends_on": "2017-10-12"}, "ends_on", "An edition lasts at most 60 days: check the year."),
        ({"slug": "series"}, "slug", "Madang uses this name itself: choose another."),
        ({"slug": "taken"}, "slug", "Another edition has this name: choose another."),
        ({"number": 77}, "number", "The series has an edition with this number already."),
        (
            {"time_zone": "Incheon"},
            "time_zone",
            "“Incheon” is no time zone: write it like Asia/Seoul.",
        ),
    ],
)
def test_details_that_cannot_be_get_a_sentence_beside_the_field(officer, typed, field, sentence):
    edition = make.make_edition()
    make.make_edition(series=edition.series, number=77)
    make.make_edition(slug="taken")
    response = officer.post(
        address("edition_edit", edition), details(edition, title="Typed", **typed)
    )
    assert errors(response) == {field: [sentence]}
    assert "Typed" in response.content.decode()
    assert not AuditEntry.objects.exists()
    edition.refresh_from_db()
    assert edition.title != "Typed"


def test_two_officers_who_edit_the_same_do_not_overwrite_each_other_unseen(officer):
    edition = make.make_edition(city="Incheon")
    page = address("edition_edit", edition)
    mine, theirs = details(edition, city="Seoul"), details(edition, city="Busan")
    officer.post(page, theirs)
    response = officer.post(page, mine)
    assert "Somebody else saved this" in errors(response)["__all__"][0]
    assert errors(response)["city"] == ["It now says: Busan"]
    assert 'value="Seoul"' in response.content.decode()
    edition.refresh_from_db()
    assert edition.city == "Busan"
    # The page has taken over the present version: saving once more is a decision.
    again = mine | {"version": response.context["form"]["version"].value()}
    assert officer.post(page, again).status_code == 302
    edition.refresh_from_db()
    assert edition.city == "Seoul"


def test_saving_what_is_there_already_disturbs_nobody(officer):
    edition = make.make_edition()
    officer.post(address("edition_edit", edition), details(edition))
    edition.refresh_from_db()
    assert (edition.version, edition.page_stamp) == (1, 0)
    assert not AuditEntry.objects.exists()


def test_in_another_time_zone_sessions_keep_their_time_on_the_clock(officer):
    edition = make.make_edition()
    until = make.local(edition, 1, "08:00")
    session = make.make_session(edition, day=1, at="09:00", audience="sign_up", sign_up_until=until)
    officer.post(address("edition_edit", edition), details(edition, time_zone="Asia/Bangkok"))
    edition.refresh_from_db()
    session.refresh_from_db()
    assert session.starts_at == make.local(edition, 1, "09:00")
    assert session.sign_up_until == make.local(edition, 1, "08:00")
    assert edition.time_zone == "Asia/Bangkok"


def test_sessions_that_new_dates_leave_outside_are_mentioned(officer):
    edition = make.make_edition()
    make.make_session(edition, day=5)
    typed = details(edition, ends_on="2007-10-11")
    page = officer.post(address("edition_edit", edition), typed, follow=True).content.decode()
    assert "One session is now outside the days of the edition." in page
    edition.refresh_from_db()
    assert edition.ends_on == date(2007, 10, 11)


# --- States ---------------------------------------------------------------------------------------
def test_an_edition_is_announced_and_closed_only_after_its_last_day(officer):
    edition = make.make_edition(state=Edition.State.DRAFT)
    officer.post(address("edition_state", edition, "announce"))
    with clock.at(make.local(edition, 3, "12:00")):
        page = officer.get(address("edition", edition)).content.decode()
        assert "It can be closed after its last day." in page
        refused = officer.post(address("edition_state", edition, "close"), follow=True)
        assert "It can be closed after its last day." in refused.content.decode()
    edition.refresh_from_db()
    assert edition.state == Edition.State.ANNOUNCED
    officer.post(address("edition_state", edition, "close"))
    edition.refresh_from_db()
    assert edition.state == Edition.State.CLOSED
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.scope_id) == ("edition.closed", edition.pk)
    page = officer.get(address("edition", edition)).content.decode()
    assert "needs nothing more" in page
    assert "Nobody is named as its organiser." not in page


def test_a_transition_that_does_not_exist_is_not_found(officer):
    edition = make.make_edition()
    assert officer.post(address("edition_state", edition, "delete")).status_code == 404


def test_the_desk_says_what_comes_next(officer):
    edition = make.make_edition(state=Edition.State.DRAFT)
    steps = []

    def look():
        ((_edition, step),) = officer.get(reverse("manage:desk")).context["editions"]
        steps.append(step.label)

    look()
    session = make.make_session(edition)
    look()
    session.starts_at = make.local(edition, 1, "09:00")
    session.save()
    look()
    edition.announce(actor=None, scope=edition.pk)
    look()
    assert steps == [
        "Add the first session", "Place one session", "Announce it", "Publish the programme",
    ]  # fmt: skip


def test_the_overview_lists_what_is_missing_and_what_is_done(officer):
    edition = make.make_edition()
    make.make_module(edition)
    make.make_session(edition)
    context = officer.get(address("edition", edition)).context
    missing = [check.said for check in context["missing"]]
    assert "One session has no time." in missing
    assert "Nobody is named as its organiser." in missing
    assert "No programme is published." in missing
    assert [check.said for check in context["present"]][:1] == ["It has modules."]


# --- Modules, places, partners --------------------------------------------------------------------
def test_modules_are_added_changed_and_removed_with_their_sessions_left(officer):
    edition = make.make_edition()
    officer.post(address("module_add", edition), {"number": 1, "title": "Planning"})
    module = Module.objects.get()
    clash = officer.post(address("module_add", edition), {"number": 1, "title": "Other"})
    assert errors(clash) == {"number": ["Another module has this number."]}
    session = make.make_session(edition, module=module)
    remove = address("module_remove", edition, module.pk)
    assert "One session stays, without a module." in officer.get(remove).content.decode()
    officer.post(remove)
    session.refresh_from_db()
    assert session.module is None


def test_a_partner_on_the_public_page_makes_kept_pages_stale(officer):
    edition = make.make_edition()
    organisation = make.make_organisation()
    typed = {"organisation": str(organisation.pk), "role": "organiser", "order": 0}
    officer.post(address("partner_add", edition), typed)
    edition.refresh_from_db()
    assert edition.page_stamp == 1
    again = officer.post(address("partner_add", edition), typed)
    assert "organisation" in errors(again)
    officer.post(address("partner_remove", edition, edition.partners.get().pk))
    edition.refresh_from_db()
    assert edition.page_stamp == 2


def test_places_with_rooms_and_the_way_between_them(officer):
    edition = make.make_edition()
    for name in ("Songdo", "Seoul"):
        officer.post(address("site_add", edition), {"name": name})
    here, _there = edition.sites.order_by("name")
    officer.post(address("room_add", edition, here.pk), {"name": "A", "capacity": 20, "order": 0})
    assert Room.objects.get().site == here
    page = officer.get(address("travel", edition))
    (name,) = page.context["form"].fields
    officer.post(address("travel", edition), {name: 70})
    assert SiteTravel.objects.get().minutes == 70
    wrong = officer.post(address("travel", edition), {name: "an hour"})
    assert errors(wrong) == {name: ["Enter a whole number."]}
    officer.post(address("travel", edition), {name: ""})
    assert not SiteTravel.objects.exists()


# --- Texts in languages ---------------------------------------------------------------------------
def test_a_text_is_given_in_persian_and_shows_when_its_original_changes(officer):
    edition = make.make_edition()
    module = make.make_module(edition, title="Planning")
    page = address("translation", edition, "module", module.pk) + "?language=fa"
    seen = officer.get(page).context["form"]["expected"].value()
    officer.post(page, {"expected": seen, "title": "برنامه‌ریزی", "description": ""})
    module.forget_translations()
    assert module.wording("title", "fa") == "برنامه‌ریزی"
    assert AuditEntry.objects.get().facts == {"fields": ["title"], "language": "fa"}
    assert "The original has changed since." not in officer.get(page).content.decode()
    module.title = "Strategic planning"
    module.save()
    assert "The original has changed since." in officer.get(page).content.decode()


def test_two_translators_of_one_text_notice_each_other(officer):
    edition = make.make_edition()
    page = address("translation", edition, "edition", edition.pk) + "?language=fa"
    seen = officer.get(page).context["form"]["expected"].value()
    officer.post(page, {"expected": seen, "title": "یکم"})
    late = officer.post(page, {"expected": seen, "title": "دوم"})
    assert errors(late)["title"] == ["It now says: یکم"]
    assert Translation.objects.get().text == "یکم"


def test_a_language_in_which_nobody_writes_is_not_found(officer):
    edition = make.make_edition()
    page = address("translation", edition, "edition", edition.pk)
    assert officer.get(page + "?language=en").status_code == 404
    assert officer.get(page + "?language=xx").status_code == 404


# --- Run this edition again -----------------------------------------------------------------------
@pytest.fixture
def rich():
    """An edition with something of everything that can be taken over."""
    edition = make.make_edition()
    module, room = make.make_module(edition), make.make_room(edition)
    account = make.make_account()
    trainer = make.make_participation(edition, account.person, kind="resource_person")
    make.make_participation(edition)
    session = make.make_session(edition, day=2, at="09:30", module=module, room=room)
    make.make_session(edition, state=Session.State.CANCELLED)
    make.make_part(session, trainer)
    make.make_partner(edition)
    make.make_recommendation(edition)
    slides = {"title": "Slides", "session": session}
    materials.add_material(edition, slides, b"%PDF-1.4\n%%EOF\n", actor=None)
    texts.translate(session, "title", {"fa": "نشست"})
    return edition


def repeat(officer: Client, edition: Edition, parts: list[str]) -> Edition:
    typed = details(
        edition, slug="again", number=edition.number + 1, starts_on="2008-10-06",
        ends_on="2008-10-10", time_zone="Pacific/Fiji", parts=parts,
    )  # fmt: skip
    response = officer.post(address("edition_repeat", edition), typed)
    assert response.status_code == 302, errors(response)
    return Edition.objects.get(slug="again")


def test_an_edition_is_run_again_whole_in_another_week_and_place(officer, rich):
    everything = [
        "modules", "places", "partners", "resource_persons", "sessions", "materials",
        "recommendations",
    ]  # fmt: skip
    again = repeat(officer, rich, everything)
    session = again.sessions.get()
    assert session.starts_at == make.local(again, 2, "09:30")
    assert session.wording("title", "fa") == "نشست"
    assert session.module.edition == again
    assert session.room.site.edition == again
    trainer = again.participations.get()
    assert [part.participation for part in session.people.all()] == [trainer]
    assert again.partners.count() == 1
    slides = session.materials.get()
    assert slides.edition == again
    file = slides.versions.get().file
    assert file.owner_id == slides.pk
    assert files.content(file) == b"%PDF-1.4\n%%EOF\n"
    answer = again.recommendation_answers.get()
    assert answer.state == "open"
    assert answer.recommendation.edition == rich
    assert trainer.person.account.scopes("resource_person") == {again.pk}
    assert again.state == Edition.State.DRAFT


def test_parts_left_behind_leave_sessions_without_them(officer, rich):
    again = repeat(officer, rich, ["sessions"])
    session = again.sessions.get()
    assert (session.module, session.room, session.people.count()) == (None, None, 0)
    assert not again.participations.exists()
    assert not again.recommendation_answers.exists()


def test_a_number_that_is_taken_copies_nothing(officer, rich):
    typed = details(rich, slug="again", parts=["sessions"])
    response = officer.post(address("edition_repeat", rich), typed)
    assert "number" in errors(response)
    assert Edition.objects.count() == 1
