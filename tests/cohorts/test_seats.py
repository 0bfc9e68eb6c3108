"""Seats that were lost: kept by the ministry, named anew, released, filled by what is needed."""

from datetime import timedelta

import pytest

from madang.cohorts.actions import offers, seats
from madang.cohorts.models import Offer
from madang.cohorts.queries import seats as seat_queries
from madang.core import clock
from madang.core.models import Message
from madang.core.transitions import TransitionRefusedError
from madang.nominations.actions import invitations, nominations
from madang.nominations.models import Invitation, Nomination
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Participation
from tests.cohorts.offering import browser, offer_of, send_all
from tests.support.work import work

pytestmark = pytest.mark.django_db


def test_a_lost_seat_stays_with_the_ministry_until_it_releases_it(decision, officer):
    send_all(decision, officer)
    lost = offer_of(1)
    offers.decline(lost, actor=officer)
    work()
    assert Message.objects.filter(template="cohorts/mails/lost").count() == 1
    reserve = Nomination.objects.exclude(offer__isnull=False).order_by("number").first()
    with pytest.raises(RefusedError, match="has not released"):
        seats.fill(lost, reserve, actor=officer)
    seats.release(lost, actor=officer)
    with pytest.raises(RefusedError, match="has been released"):
        seats.release(lost, actor=officer)
    filled = seats.fill(lost, reserve, actor=officer)
    assert filled.state == Offer.State.PREPARED
    with pytest.raises(RefusedError, match="offered to somebody else"):
        seats.fill(lost, reserve, actor=officer)


def test_the_ministry_names_somebody_else_within_the_rules(decision, officer):
    send_all(decision, officer)
    lost = offer_of(1)
    offers.decline(lost, actor=officer)
    compatriot = Nomination.objects.get(number=5)
    elsewhere = Nomination.objects.get(number=6)
    with pytest.raises(RefusedError, match="own country"):
        seats.substitute(lost, elsewhere, actor=officer)
    made = seats.substitute(lost, compatriot, actor=officer)
    assert made.state == Offer.State.SENT
    assert made.substitutes == lost


def test_a_substitute_who_breaks_a_quota_is_refused(decision, officer):
    send_all(decision, officer)
    women = [o for o in decision.offers.all() if o.nomination.sex == "female"]
    assert len(women) == 2, "the quota is tight"
    lost = women[0]
    offers.decline(lost, actor=officer)
    man = Nomination.objects.filter(country=lost.nomination.country, sex="male", offer=None).first()
    if man is None:
        man = Nomination.objects.filter(country=lost.nomination.country, offer=None).first()
        man.sex = "male"
        man.save(update_fields=["sex"])
    with pytest.raises(RefusedError, match="no longer keep"):
        seats.substitute(lost, man, actor=officer)


def test_nobody_can_be_named_after_the_date(decision, officer):
    send_all(decision, officer)
    lost = offer_of(1)
    offers.decline(lost, actor=officer)
    terms = {"answer_days": 10, "substitution_until": clock.now() - timedelta(hours=1)}
    offers.set_terms(decision.edition, terms, expected_version=0, actor=officer)
    with pytest.raises(RefusedError, match="until"):
        seats.substitute(lost, Nomination.objects.get(number=5), actor=officer)


def test_the_reserve_that_the_gap_needs_is_proposed_not_the_next_in_line(decision, officer):
    send_all(decision, officer)
    women = [o for o in decision.offers.all() if o.nomination.sex == "female"]
    for lost in women:
        offers.decline(lost, actor=officer)
        seats.release(lost, actor=officer)
    found = seat_queries.gaps(decision.edition, decision)
    proposed = [one.nomination for one in found.proposals if one.is_proposed]
    assert len(proposed) == 2
    assert {one.sex for one in proposed} == {"female"}


def test_a_focal_point_sees_the_seats_of_their_country_after_a_code(decision, officer):
    send_all(decision, officer)
    lost = offer_of(1)
    offers.decline(lost, actor=officer)
    work()
    mail = Message.objects.get(template="cohorts/mails/lost").text
    address = next(line for line in mail.splitlines() if "/seats/" in line)
    client = browser()
    assert client.get(address).status_code == 302
    client.post(address + "code/", {"act": "send"})
    code = Message.objects.get(template="people/mails/access_code").text.split("code is ")[1][:6]
    client.post(address + "code/", {"act": "enter", "code": code})
    page = client.get(address).content.decode()
    assert str(lost.nomination.person) in page
    others = Offer.objects.exclude(nomination__country=lost.nomination.country)
    for other in others.select_related("nomination__person__subject"):
        assert str(other.nomination.person) not in page
        for name in ("substitute", "release"):
            assert client.get(f"{address}{other.pk}/{name}/").status_code == 404
    client.post(f"{address}{lost.pk}/release/")
    lost.refresh_from_db()
    assert lost.released_at is not None


def test_a_seat_that_went_to_another_of_the_country_is_not_taken_late(decision, officer):
    send_all(decision, officer)
    late = offer_of(1)
    clock.set_offset(timedelta(days=12))
    offers.lapse_due()
    country = late.nomination.country
    other = Nomination.objects.filter(country=country, state="eligible", offer=None).first()
    seats.substitute(late, other, actor=officer)
    with pytest.raises(TransitionRefusedError, match="somebody else"):
        offers.accept(late, actor=officer)
    with pytest.raises(TransitionRefusedError, match="somebody else"):
        offers.extend(late, clock.now() + timedelta(days=2), actor=officer)


def test_a_seat_is_lost_with_the_nomination(decision, officer):
    send_all(decision, officer)
    offer = offer_of(1)
    address = access_links.address(access_links.of(offer, "offer").get())
    nominations.withdraw(offer.nomination, actor=officer)
    browser().post(address, {"answer": "yes"})
    assert not Participation.objects.filter(person=offer.nomination.person).exists()
    accepted = offer_of(2)
    part = offers.accept(accepted, actor=officer)
    nominations.withdraw(accepted.nomination, actor=officer)
    work()
    assert {offer_of(1).state, offer_of(2).state} == {Offer.State.WITHDRAWN}
    part.refresh_from_db()
    assert part.state == Participation.State.CANCELLED


@pytest.mark.parametrize("how", ["another focal point", "revoked"])
def test_the_link_to_the_seats_ends_with_the_other_links_of_a_focal_point(decision, officer, how):
    send_all(decision, officer)
    offers.decline(offer_of(1), actor=officer)
    work()
    invitation = Invitation.objects.get(country=offer_of(1).nomination.country)
    address = access_links.address(access_links.of(invitation, "seats").get())
    assert browser().get(address, follow=True).status_code == 200
    if how == "revoked":
        invitations.revoke_link(invitation, actor=officer)
    else:
        invitations.change(
            invitation, {"language": "en"}, invitations.FocalPoint("Adi", "adi@example.org"),
            expected_version=invitation.version, actor=officer,
        )  # fmt: skip
    assert browser().get(address).status_code == 404
