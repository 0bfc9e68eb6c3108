"""The pages of certificates: the secretariat's, the holder's, and what the public learns."""

import pytest
from django.urls import reverse

from madang.certificates.models import Certificate
from madang.core import approvals
from madang.documents import verification
from madang.people.models import Account
from tests import factories as make
from tests.certificates.factories import after, make_attended, make_issued, make_rules, make_week
from tests.support.work import work

pytestmark = pytest.mark.django_db


def address(name: str, edition, *args) -> str:
    return reverse(f"certificates:{name}", args=[edition.slug, *args])


def holder_of(certificate: Certificate) -> Account:
    return make.make_account(
        roles=[("participant", certificate.batch.edition)], person=certificate.participation.person
    )


def test_the_secretariat_goes_from_rules_to_certificates(client, officer, director):
    edition = make.make_edition()
    client.force_login(officer)
    home = address("certificates", edition)
    assert "No rules yet" in client.get(home).text
    client.post(address("begin", edition))
    assert "already" in client.post(address("begin", edition), follow=True).text
    scheme = edition.certificate_scheme
    response = client.post(
        address("scheme", edition),
        {
            "version": scheme.version, "language": "en", "issuer": "Regional Programme",
            "signatory": "Han Ji-woo", "signatory_position": "Director", "prefix": "INC/CERT",
        },
    )  # fmt: skip
    assert response.status_code == 302, response.text
    make_attended(edition, (4, 2))
    with after(edition):
        page = client.get(home).text
        assert "attended 4 of 5 sessions: 80% ≥ 80%" in page
        response = client.post(address("new", edition))
        batch = edition.certificate_batches.get()
        page = client.get(response.url).text
        assert "1 person has not confirmed" in page
        client.post(address("batch_put_up", edition, batch.pk), {"director": director.pk})
        approval = approvals.latest(batch)
        client.force_login(director)
        assert "Certificate of Attendance" in client.get(approval.get_absolute_url()).text
        approvals.approve(approval, actor=director, seen=approval.digest)
        client.force_login(officer)
        assert client.post(address("batch_issue", edition, batch.pk)).status_code == 302
        assert client.post(address("batch_issue", edition, batch.pk)).status_code == 302
        work()
        page = client.get(address("batch", edition, batch.pk)).text
    assert "INC/CERT/001" in page
    assert "INC/CERT/002" not in page
    assert client.get(address("batch_print", edition, batch.pk)).content.startswith(b"%PDF")


def test_an_unknown_placeholder_is_refused_in_its_field(client, officer):
    edition = make_week(officer, ())
    rule = edition.certificate_rules.get(kind="attended")
    client.force_login(officer)
    response = client.post(
        address("rule", edition, "attended"),
        {
            "version": rule.version, "share": 80, "language": "en", "title": "T", "opening": "O",
            "body": "was in {wrokshop}", "criteria": "C",
        },
    )  # fmt: skip
    assert "{wrokshop}" in response.text
    assert client.get(address("rule", edition, "unknown")).status_code == 404


def test_the_list_costs_the_same_with_one_and_with_many(client, officer, django_assert_num_queries):
    client.force_login(officer)
    one, many = make_week(officer, (4,)), make_week(officer, (5, 4, 4, 2, 1, 0))
    for edition in (one, many):
        with after(edition):
            client.get(address("certificates", edition))
            with django_assert_num_queries(LIST_QUERIES):
                client.get(address("certificates", edition))


LIST_QUERIES = 23


def test_a_holder_takes_both_away_and_decides_whether_a_name_is_shown(client, officer, director):
    edition = make_week(officer, (4,))
    with after(edition):
        (certificate,) = make_issued(edition, officer, director)
        client.force_login(holder_of(certificate))
        mine = reverse("own_certificates:certificate", args=[edition.slug])
        todo = client.get(reverse("workshops:to_do", args=[edition.slug])).text
        assert "Your certificate" in todo
        page = client.get(mine).text
        assert certificate.document.reference in page
        for name, start in (("credential", b"{"), ("badge", b"<?xml")):
            url = reverse(f"own_certificates:{name}", args=[edition.slug, certificate.pk])
            response = client.get(url)
            assert response.content.startswith(start)
            assert "attachment" in response["Content-Disposition"]
        public = verification.address(certificate.document).partition("8000")[2]
        name = certificate.participation.person.name
        show = reverse("own_certificates:show_name", args=[edition.slug, certificate.pk])
        for wanted, is_there in (("yes", True), ("yes", True), ("no", False), ("?", False)):
            client.post(show, {"shows": wanted})
            client.logout()
            page = client.get(public).text
            assert (name in page) is is_there
            assert edition.title in page
            client.force_login(Account.objects.get(person=certificate.participation.person))


def test_nobody_takes_away_what_is_another_s(client, officer, director):
    edition = make_week(officer, (4, 4))
    with after(edition):
        first, second = make_issued(edition, officer, director)
        client.force_login(holder_of(first))
        for name in ("credential", "badge"):
            url = reverse(f"own_certificates:{name}", args=[edition.slug, second.pk])
            assert client.get(url).status_code == 404


def test_a_name_is_confirmed_with_what_was_typed_in_between(client, officer):
    edition = make.make_edition()
    make_rules(edition, officer)
    (part,) = make_attended(edition, (4,))
    client.force_login(make.make_account(roles=[("participant", edition)], person=part.person))
    url = reverse("own_certificates:spelling", args=[edition.slug])
    with after(edition):
        assert "Confirm my name" in client.get(url).text
        wrong = client.post(url, {"name": " ", "latin_name": "", "language": "xx"})
        assert wrong.status_code == 200
        client.post(url, {"name": " زهرا\n محمدی ", "latin_name": "Zahra", "language": "fa"})
        page = client.get(reverse("own_certificates:certificate", args=[edition.slug])).text
    assert "زهرا محمدی" in page
    assert part.spelling.certificate_language == "fa"


def test_only_a_director_finds_where_exceptions_are_made(client, officer, director):
    edition = make_week(officer, (2,))
    (part,) = edition.participations.all()
    url = address("grant", edition, part.pk, "attended")
    client.force_login(officer)
    assert client.get(url).status_code == 404
    client.force_login(director)
    client.post(url, {"reason": "Ill on Tuesday"})
    assert "Ill on Tuesday" in client.get(address("person", edition, part.pk)).text
    assert client.post(url, {"reason": "Again"}).status_code == 200, "it is made already"


def test_a_revoked_and_a_replaced_certificate_say_so(client, officer, director):
    edition = make_week(officer, (4, 4))
    client.force_login(officer)
    with after(edition):
        first, second = make_issued(edition, officer, director)
        client.post(address("revoke", edition, first.pk), {"reason": "Issued in error"})
        client.post(address("again", edition, second.pk))
        work()
    for certificate, said in ((first, "was revoked"), (second, "was replaced")):
        public = verification.address(certificate.document).partition("8000")[2]
        page = client.get(public).text
        assert said in page
        assert "Issued in error" not in page
    assert client.get(address("certificate", edition, second.pk)).status_code == 200
