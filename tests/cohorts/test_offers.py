"""From a decision in force to a full room: offers, their waves and answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from madang.cohorts.actions import decisions, offers, scenarios, seats, sending
from madang.cohorts.models import Decision, Offer, OfferTerms
from madang.core import approvals, clock
from madang.core.models import Message
from madang.core.transitions import TransitionRefusedError
from madang.nominations.actions import nominations
from madang.nominations.models import Correspondence, Nomination
from madang.people import access_links
from madang.people.actions import accounts, people
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.workshops.models import Participation
from tests.cohorts.factories import make_field, make_scenario
from tests.cohorts.offering import browser, offer_of, send_all
from tests.support.work import work

pytestmark = pytest.mark.django_db


def test_a_decision_is_in_force_once_the_director_approved_it(decision):
    assert decision.state == Decision.State.IN_FORCE
    assert decision.verdicts.filter(outcome="chosen").count() == 4


def test_nobody_is_offered_a_seat_before_the_director_approved(officer, director):
    call = make_field()
    scenario = make_scenario(call, officer)
    scenarios.solve(scenario, actor=officer)
    proposed = decisions.propose(scenario, remarks="", director=director, actor=officer)
    with pytest.raises(RefusedError, match="not in force"):
        offers.prepare(proposed, actor=officer)
    with pytest.raises(TransitionRefusedError, match="approves it first"):
        proposed.take_effect(actor=officer)


def test_offers_are_prepared_once_and_each_goes_out_once_with_a_line_in_the_register(
    decision, officer
):
    assert offers.prepare(decision, actor=officer) == 4
    assert offers.prepare(decision, actor=officer) == 0
    offer = decision.offers.first()
    offers.send(offer, actor=officer)
    with pytest.raises(TransitionRefusedError):
        offers.send(offer, actor=officer)
    assert Message.objects.filter(template="cohorts/mails/offer").count() == 1
    entry = Correspondence.objects.get(kind=Correspondence.Kind.OFFER)
    assert entry.country == offer.nomination.country


def test_a_nominee_accepts_by_the_link_and_takes_part(decision, officer):
    send_all(decision, officer)
    offer = offer_of(1)
    address = access_links.address(access_links.of(offer, "offer").get())
    client = browser()
    page = client.get(address)
    assert page.status_code == 200
    assert str(offer.nomination.person) not in page.content.decode()
    offer.refresh_from_db()
    assert offer.state == Offer.State.SENT, "looking at the page answers nothing"
    client.post(address, {"answer": "yes"})
    offer.refresh_from_db()
    assert offer.state == Offer.State.ACCEPTED
    part = Participation.objects.get(person=offer.nomination.person)
    assert (part.kind, part.country) == ("participant", offer.nomination.country)
    assert Account.objects.filter(person=offer.nomination.person).exists()
    work()
    assert Message.objects.filter(template="cohorts/mails/accepted").count() == 1


def test_an_answer_is_changed_only_after_a_code(decision, officer):
    send_all(decision, officer)
    offer = offer_of(1)
    address = access_links.address(access_links.of(offer, "offer").get())
    browser().post(address, {"answer": "yes"})
    stranger = browser()
    stranger.post(address, {"answer": "no"})
    offer.refresh_from_db()
    assert offer.state == Offer.State.ACCEPTED
    stranger.post(address + "code/", {"act": "send"})
    code = Message.objects.get(template="people/mails/access_code").text.split("code is ")[1][:6]
    stranger.post(address + "code/", {"act": "enter", "code": code})
    stranger.post(address, {"answer": "no", "remark": "Parliament sits that week."})
    offer.refresh_from_db()
    assert offer.state == Offer.State.DECLINED
    assert offer.remark == "Parliament sits that week."
    part = Participation.objects.get(person=offer.nomination.person)
    assert part.state == Participation.State.CANCELLED


def test_an_offer_lapses_by_itself_and_can_be_given_more_time(decision, officer):
    send_all(decision, officer)
    offer = offer_of(1)
    with clock.at(offer.answer_by + timedelta(hours=1)):
        assert offers.lapse_due() == 4
        offer.refresh_from_db()
        assert offer.state == Offer.State.LAPSED
        offers.extend(offer, clock.now() + timedelta(days=2), actor=officer)
        offer.refresh_from_db()
        assert offer.state == Offer.State.SENT


def test_the_board_shows_where_seats_stand_and_gives_the_list_away(decision, officer):
    send_all(decision, officer)
    offers.accept(offer_of(1), actor=officer)
    client = browser(officer)
    page = client.get(reverse("cohorts:offers", args=[decision.edition.slug]))
    assert page.status_code == 200
    table = client.get(reverse("cohorts:offers", args=[decision.edition.slug]), {"format": "csv"})
    assert b"accepted" in b"".join(table.streaming_content)
    for offer in decision.offers.all():
        url = reverse("cohorts:offer", args=[decision.edition.slug, offer.pk])
        assert client.get(url).status_code == 200


def test_every_officer_button_does_what_it_says(decision, officer):
    client = browser(officer)
    slug = decision.edition.slug
    client.post(reverse("cohorts:offers_prepare", args=[slug]))
    assert client.get(reverse("cohorts:offers_send", args=[slug])).status_code == 200
    client.post(reverse("cohorts:offers_send", args=[slug]))
    work()
    assert decision.offers.filter(state=Offer.State.SENT).count() == 4
    first, second, third = decision.offers.all()[:3]

    def press(name: str, offer: Offer, data: dict | None = None) -> None:
        url = reverse(f"cohorts:{name}", args=[slug, offer.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, data or {}).status_code == 302
        offer.refresh_from_db()

    press("offer_accept", first)
    assert first.state == Offer.State.ACCEPTED
    press("offer_decline", second, {"remark": "By telephone."})
    assert second.state == Offer.State.DECLINED
    press("seat_release", second)
    press("offer_withdraw", third, {"remark": ""})
    assert third.state == Offer.State.WITHDRAWN
    gaps = client.get(reverse("cohorts:gaps", args=[slug]))
    assert gaps.status_code == 200
    assert "proposed" in gaps.content.decode()


def test_who_is_nominated_no_more_gets_no_offer(decision, officer):
    withdrawn = Nomination.objects.get(number=1)
    nominations.withdraw(withdrawn, actor=officer)
    assert offers.prepare(decision, actor=officer) == 3
    refused = Nomination.objects.get(number=2)
    nominations.judge(refused, ["experience"], actor=officer)
    with pytest.raises(RefusedError, match="does not stand any more"):
        offers.send(refused.offer, actor=officer)
    assert not Offer.objects.filter(nomination=withdrawn).exists()


def test_who_shares_an_address_or_has_an_account_accepts_as_others_do(decision, officer):
    one, other, third = send_all(decision, officer)[:3]
    for offer in (one, other):
        person = offer.nomination.person
        people.change_person(person, email="unit@example.org", actor=officer)
    accounts.open_account(third.nomination.person, actor=officer)
    for offer in (one, other, third):
        address = access_links.address(access_links.of(offer, "offer").get())
        browser().post(address, {"answer": "yes"})
        offer.refresh_from_db()
        assert offer.state == Offer.State.ACCEPTED
    assert Account.objects.filter(email="unit@example.org").count() == 1


def test_who_has_no_address_is_offered_a_seat_on_paper(decision, officer):
    offers.prepare(decision, actor=officer)
    offer = offer_of(1)
    person = offer.nomination.person
    person.email = ""
    person.save(update_fields=["email"])
    with pytest.raises(RefusedError, match="on paper"):
        offers.send(offer, actor=officer)
    client = browser(officer)
    url = reverse("cohorts:offer_on_paper", args=[decision.edition.slug, offer.pk])
    client.post(url)
    entry = Correspondence.objects.get(kind=Correspondence.Kind.OFFER)
    assert entry.channel == Correspondence.Channel.LETTER
    offer.refresh_from_db()
    offers.accept(offer, actor=officer)
    assert Participation.objects.filter(person=person).exists()
    assert not Account.objects.filter(person=person).exists()


def test_the_director_reads_what_ministries_may_be_told(decision, director):
    approval = approvals.approved(decision)
    page = browser(director).get(approval.get_absolute_url()).content.decode()
    assert "What ministries may be told of the others" in page


def test_terms_are_set_for_the_first_time_and_within_reason(officer):
    edition = make_field().edition
    address = reverse("cohorts:offer_terms", args=[edition.slug])
    page = browser(officer).post(address, {"answer_days": "9999999999"})
    assert page.status_code == 200
    assert not OfferTerms.objects.exists()
    browser(officer).post(address, {"answer_days": "14"})
    assert OfferTerms.objects.get(edition=edition).answer_days == 14
    first_too = browser(officer).post(address, {"answer_days": "7"})
    assert first_too.status_code == 200
    assert OfferTerms.objects.get(edition=edition).answer_days == 14


def test_an_address_that_is_none_keeps_no_other_offer_back(decision, officer):
    offers.prepare(decision, actor=officer)
    person = offer_of(1).nomination.person
    person.email = "at the ministry"
    person.save()
    sending.start(decision.edition, list(decision.offers.all()), actor=officer)
    work()
    assert offer_of(1).state == Offer.State.PREPARED
    assert decision.offers.filter(state=Offer.State.SENT).count() == 3


def test_a_picture_in_a_name_keeps_no_minutes_back(decision, officer):
    nominee = Nomination.objects.get(number=1)
    nominations.change(nominee, {"name": "Mere \U0001f469\u200d\U0001f467"}, {}, actor=officer)
    address = reverse("cohorts:decision_minutes", args=[decision.edition.slug, decision.pk])
    page = browser(officer).get(address)
    assert page.getvalue().startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_who_answers_late_and_who_is_named_instead_do_not_share_a_seat(decision, officer):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other")
    send_all(decision, officer)
    late = offer_of(1)
    Offer.objects.filter(pk=late.pk).update(state=Offer.State.LAPSED)
    country = late.nomination.country
    other = Nomination.objects.filter(country=country, state="eligible", offer=None).first()
    ways = (
        lambda: offers.accept(late, actor=officer),
        lambda: seats.substitute(late, other, actor=officer),
        lambda: seats.release(late, actor=officer),
    )

    def happens(act) -> bool:
        try:
            act()
        except (RefusedError, TransitionRefusedError):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(ways)) as pool:
        assert sum(pool.map(happens, ways)) == 1


def test_neither_yes_nor_no_is_no_answer(decision, officer):
    send_all(decision, officer)
    offer = offer_of(1)
    address = access_links.address(access_links.of(offer, "offer").get())
    browser().post(address, {"remark": "…"})
    offer.refresh_from_db()
    assert offer.state == Offer.State.SENT
