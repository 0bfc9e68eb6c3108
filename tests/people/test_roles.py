"""Who gets which role, for how long, and who can stand in for whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from madang.core import clock
from madang.core.models import AuditEntry
from madang.people.actions.accounts import close_account, open_account
from madang.people.actions.refusal import RefusedError
from madang.people.actions.roles import delegate_role, end_role, grant_role, may_delegate
from madang.people.models import Account, Role
from tests.factories import make_account, make_country, make_edition, make_person, make_role

pytestmark = pytest.mark.django_db

MONDAY = datetime(2007, 9, 3, 9, tzinfo=UTC)
WEEK = timedelta(days=7)


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_a_role_is_granted_for_one_country_and_written_down():
    officer, fiji = make_account(roles=["secretariat"]), make_country("FJ")
    account = make_account()
    grant_role(account, actor=officer, kind="focal_point", scope=fiji)
    assert fresh(account).scopes("focal_point") == {fiji.pk}
    entry = AuditEntry.objects.get(verb="role.granted")
    assert (entry.actor_id, entry.thing_id, entry.scope_id) == (officer.pk, account.pk, fiji.pk)
    assert entry.facts == {"kind": "focal_point"}


def test_a_role_needs_a_scope_of_the_right_kind():
    account = make_account()
    for scope in (None, make_edition()):
        with pytest.raises(RefusedError, match="what the role is for"):
            grant_role(account, actor=None, kind="focal_point", scope=scope)
    with pytest.raises(KeyError):
        grant_role(account, actor=None, kind="minister")
    assert not Role.objects.exists()


def test_the_same_role_is_not_given_twice_for_the_same_time():
    account, fiji = make_account(), make_country("FJ")
    with clock.at(MONDAY):
        grant_role(account, actor=None, kind="focal_point", scope=fiji, ends_at=MONDAY + WEEK)
        with pytest.raises(RefusedError, match="already"):
            grant_role(account, actor=None, kind="focal_point", scope=fiji)
        later = MONDAY + WEEK
        grant_role(account, actor=None, kind="focal_point", scope=fiji, starts_at=later)
        grant_role(account, actor=None, kind="focal_point", scope=make_country("KR"))


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_end_each_others_role_at_once_one_stays():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share nothing in a database in memory")
    for _round in range(10):
        officers = [make_account(roles=["secretariat"]) for _both in range(2)]
        roles = [officer.roles.get() for officer in officers]
        together = Barrier(2)

        def end(role, together=together) -> bool:
            try:
                together.wait(10)
                end_role(role, actor=None)
            except RefusedError:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(end, roles)) == [False, True]
        Role.objects.all().delete()


def test_a_role_ends_now_and_stays_in_the_past():
    account, officer = make_account(), make_account(roles=["secretariat"])
    with clock.at(MONDAY):
        role = grant_role(account, actor=officer, kind="focal_point", scope=make_country("FJ"))
    with clock.at(MONDAY + WEEK):
        end_role(role, actor=officer)
        end_role(role, actor=officer)
        assert not fresh(account).role_kinds()
    with clock.at(MONDAY + WEEK / 2):
        assert fresh(account).role_kinds() == {"focal_point"}
    assert AuditEntry.objects.filter(verb="role.ended").count() == 1


def test_a_role_that_has_not_begun_can_be_ended_too():
    account = make_account()
    with clock.at(MONDAY):
        role = grant_role(account, actor=None, kind="secretariat", starts_at=MONDAY + WEEK)
        make_account(roles=["secretariat"])
        end_role(role, actor=None)
    with clock.at(MONDAY + 2 * WEEK):
        assert not fresh(account).role_kinds()


def test_the_last_who_can_manage_accounts_keeps_the_role_and_the_account():
    officer = make_account(roles=["secretariat"])
    with pytest.raises(RefusedError, match="Nobody else"):
        end_role(officer.roles.get(), actor=officer)
    with pytest.raises(RefusedError, match="Nobody else"):
        close_account(officer, actor=officer)
    make_account(roles=["secretariat"])
    close_account(officer, actor=officer)
    assert fresh(officer).scopes("secretariat") == frozenset()


def test_a_director_delegates_for_a_week_and_gets_the_role_back_sooner():
    with clock.at(MONDAY):
        director, deputy = make_account(roles=["director"]), make_account()
        role = director.roles.get()
        delegated = delegate_role(
            role, actor=director, to=deputy, starts_at=MONDAY + WEEK, ends_at=MONDAY + 2 * WEEK
        )
        assert not fresh(deputy).role_kinds()
    with clock.at(MONDAY + WEEK + timedelta(days=1)):
        assert fresh(deputy).role_kinds() == {"director"}
        assert fresh(director).role_kinds() == {"director"}
        end_role(delegated, actor=director)
        assert not fresh(deputy).role_kinds()
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["role.delegated", "role.ended"]


def test_a_role_is_delegated_to_one_person_at_a_time():
    with clock.at(MONDAY):
        director, deputy, third = make_account(roles=["director"]), make_account(), make_account()
        role = director.roles.get()

        def delegate(to, starts_at, ends_at):
            return delegate_role(role, actor=director, to=to, starts_at=starts_at, ends_at=ends_at)

        first = delegate(deputy, MONDAY + WEEK, MONDAY + 3 * WEEK)
        for to in (deputy, third):
            with pytest.raises(RefusedError, match="delegated already") as refused:
                delegate(to, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK)
            assert refused.value.field == "starts_on"
        delegate(third, MONDAY, MONDAY + WEEK)
        end_role(first, actor=director)
        delegate(third, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK)


def test_a_delegation_falls_with_the_role_it_comes_from():
    with clock.at(MONDAY):
        director, deputy = make_account(roles=["director"]), make_account()
        role = director.roles.get()
        delegate_role(role, actor=director, to=deputy, starts_at=MONDAY, ends_at=MONDAY + WEEK)
        assert fresh(deputy).role_kinds() == {"director"}
        end_role(role, actor=None)
        assert not fresh(deputy).role_kinds()


def test_what_was_delegated_is_not_delegated_on():
    with clock.at(MONDAY):
        director, deputy, third = make_account(roles=["director"]), make_account(), make_account()
        delegated = delegate_role(
            director.roles.get(),
            actor=director,
            to=deputy,
            starts_at=MONDAY,
            ends_at=MONDAY + WEEK,
        )
        assert not may_delegate(delegated)
        with pytest.raises(RefusedError, match="can't be delegated"):
            delegate_role(
                delegated, actor=deputy, to=third, starts_at=MONDAY, ends_at=MONDAY + WEEK
            )


def test_some_kinds_of_role_are_never_delegated():
    participant = make_account(roles=[("participant", make_edition())])
    with pytest.raises(RefusedError, match="can't be delegated"):
        delegate_role(
            participant.roles.get(),
            actor=participant,
            to=make_account(),
            starts_at=clock.now(),
            ends_at=clock.now() + WEEK,
        )


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        (WEEK, timedelta(0), "after the beginning"),
        (-2 * WEEK, -WEEK, "still to come"),
        (timedelta(0), 5 * WEEK, "ends before that"),
    ],
)
def test_a_delegation_needs_a_time_that_fits(starts, ends, why):
    with clock.at(MONDAY):
        director = make_account()
        role = make_role(director, "director", ends_at=MONDAY + 4 * WEEK)
        with pytest.raises(RefusedError, match=why):
            delegate_role(
                role,
                actor=director,
                to=make_account(),
                starts_at=MONDAY + starts,
                ends_at=MONDAY + ends,
            )


def test_nobody_delegates_to_themselves_to_a_holder_or_to_a_closed_account():
    director, colleague, gone = (
        make_account(roles=["director"]),
        make_account(roles=["director"]),
        make_account(),
    )
    close_account(gone, actor=None)
    for to in (director, colleague, gone):
        with pytest.raises(RefusedError):
            delegate_role(
                director.roles.get(),
                actor=director,
                to=to,
                starts_at=clock.now(),
                ends_at=clock.now() + WEEK,
            )


def test_an_account_that_is_opened_again_has_no_roles():
    make_account(roles=["secretariat"])
    account = make_account(roles=["director"])
    close_account(account, actor=None)
    opened = open_account(account.person, actor=None, email="Again@Example.org")
    assert (opened.pk, opened.is_active, opened.email) == (account.pk, True, "again@example.org")
    assert not fresh(account).role_kinds()
    assert opened.person.email == "again@example.org"


def test_two_accounts_never_have_one_address():
    open_account(make_person(), actor=None, email="tia@example.org")
    with pytest.raises(RefusedError, match="Another account"):
        open_account(make_person(), actor=None, email="TIA@example.org")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_the_same_account_at_once_one_is_told_so():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share nothing in a database in memory")
    for round_ in range(5):
        people = [make_person(email=f"tia{round_}@example.org") for _both in range(2)]
        for pair in ([people[0]] * 2, people):
            assert _opened_together(*pair) == [False, True]
            Account.objects.all().delete()


def _opened_together(*people) -> list[bool]:
    together = Barrier(2)

    def open_one(person) -> bool:
        try:
            together.wait(10)
            open_account(person, actor=None)
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(open_one, people))
