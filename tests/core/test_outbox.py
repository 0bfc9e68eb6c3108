"""Mails are written down with their cause and leave once."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connection, transaction
from django.template import engines
from django.template.loaders.locmem import Loader

from madang.core import clock, files, mail, outbox
from madang.core.models import Message, SubjectKey
from madang.core.policies import everyone
from madang.people.models import Person
from tests.factories import make_account, make_person
from tests.support.smtp import AWAY, MailServer, no_stray_mail
from tests.support.work import work

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "test/changed_subject.txt": "{{ title }} has moved",
    "test/changed.txt": "Dear {{ name }},\nit is in {{ room }} now: {{ site_url }}/now/",
    "test/changed.html": "<p>Dear {{ name }},</p>",
}


@pytest.fixture(autouse=True)
def _mails(monkeypatch, settings):
    # Tests get another way out from Django; here it is ours that is tried.
    settings.EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "template_loaders", [Loader(engine, TEMPLATES)])


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.MADANG_SMTP_URL = server.url
        yield server


@pytest.fixture
def person():
    return make_person("Sefa & Co", email="sefa@example.org", language="fa")


def post(to, key="changed:1", **fields):
    values = {"title": "The session", "name": "Sefa & Co", "room": "R&D"}
    return outbox.post(key=key, to=to, template="test/changed", context=values, **fields)


def test_a_mail_is_written_down_under_the_readers_key_and_leaves_after_the_commit(person, server):
    message = post(person, about=person, actor=make_account())
    assert message.language == "fa"
    assert server.received == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, heading, text, html FROM core_message")
        assert "sefa" not in str(cursor.fetchone()).lower()

    work()
    (received,) = server.received
    assert received["To"] == "sefa@example.org"
    assert received["Subject"] == "The session has moved"
    assert received["Message-ID"].startswith(f"<{message.pk}@")
    assert "R&D now: http://127.0.0.1:8000/now/" in received.get_body(("plain",)).get_content()
    assert "Sefa &amp; Co" in received.get_body(("html",)).get_content()
    assert Message.objects.get().state == Message.State.SENT
    assert outbox.about(person).get() == message


def test_the_same_key_sends_one_mail(person, server):
    first = post(person)
    assert post(person) == first
    work()
    assert post(person) == first
    mail.send(str(first.pk))
    mail.send_due()
    assert len(server.received) == 1


def test_a_mail_whose_cause_was_rolled_back_never_leaves(person, server):
    with transaction.atomic():
        post(person)
        transaction.set_rollback(True)
    work()
    assert (server.received, Message.objects.count()) == ([], 0)


def test_without_a_mail_server_it_is_shown_only(person):
    post(person)
    work()
    assert Message.objects.get().state == Message.State.KEPT


def test_the_demo_sends_nothing_whatever_server_is_set(person, server, settings):
    settings.MADANG_DEMO = True
    post(person)
    work()
    assert server.received == []
    assert Message.objects.get().state == Message.State.KEPT


@pytest.mark.parametrize("bad", ["a@example.org\nBcc: b@example.org", "nobody", "", "a b@c.org"])
def test_an_address_that_is_none_or_carries_a_header_is_refused(bad):
    with pytest.raises(outbox.UnsendableError):
        post(bad)
    assert not Message.objects.exists()


def test_a_subject_that_carries_a_header_is_refused(person):
    with pytest.raises(outbox.UnsendableError, match="one line"):
        outbox.write(key="k", to=person, heading="Hello\nBcc: b@example.org", text="…")


def test_a_refusal_for_now_is_tried_again_later(person, server):
    server.refusals["RCPT TO"] = "451 later, please"
    message = post(person)
    work()
    message.refresh_from_db()
    assert (message.state, message.failure, message.attempts) == ("queued", "smtp-451", 1)
    assert message.due_at > clock.machine_now()
    assert mail.send_due() == 0
    server.refusals.clear()
    Message.objects.update(due_at=clock.machine_now())
    assert mail.send_due() == 1
    assert len(server.received) == 1


def test_a_refusal_for_good_is_not_tried_again(person, server):
    server.refusals["RCPT TO"] = "550 nobody here"
    post(person)
    work()
    message = Message.objects.get()
    assert (message.state, message.failure, message.due_at) == ("failed", "smtp-550", None)


def test_a_server_that_is_not_there_is_tried_eight_times(person, settings):
    settings.MADANG_SMTP_URL = AWAY
    post(person)
    for _attempt in range(mail.MAX_ATTEMPTS + 2):
        Message.objects.update(due_at=None)
        mail.send_due()
    message = Message.objects.get()
    assert (message.state, message.attempts) == ("failed", mail.MAX_ATTEMPTS)


def test_a_mail_to_a_server_that_no_test_runs_is_noticed(person, settings):
    settings.MADANG_SMTP_URL = "smtp://mail.example.org"
    post(person)
    with pytest.raises(AssertionError, match="that no test runs"), no_stray_mail():
        mail.send_due()
    assert Message.objects.get().failure == "ConnectionRefusedError"


def test_a_server_address_that_is_wrong_is_counted_as_a_failure_and_mended_later(person, settings):
    settings.MADANG_SMTP_URL = "mailto:me@example.org"
    post(person)
    work()
    message = Message.objects.get()
    assert (message.state, message.failure) == ("queued", "ValueError")


def test_what_a_dead_worker_had_claimed_is_sent_by_another(person, server):
    message = post(person)
    assert mail._claim(str(message.pk)) is not None
    assert mail.send_due() == 0
    Message.objects.update(due_at=clock.machine_now() - timedelta(seconds=1))
    assert mail.send_due() == 1
    assert len(server.received) == 1


def test_djangos_own_mails_go_through_the_outbox(server, person):
    outbox.register_address_book(lambda _address: None)
    email = EmailMultiAlternatives("Your code", "ABC123", to=["new@example.org", "b@example.org"])
    email.attach_alternative("<p>ABC123</p>", "text/html")
    assert email.send() == 2
    send_mail("Hello", "Again", None, ["new@example.org"])
    work()
    assert sorted(str(each["To"]) for each in server.received) == [
        "b@example.org", "new@example.org", "new@example.org",
    ]  # fmt: skip
    email.attach("a.txt", "text")
    with pytest.raises(outbox.UnsendableError, match="stored files"):
        email.send()


def test_a_known_address_goes_under_that_persons_key(person, monkeypatch):
    book = {"sefa@example.org": person.subject}
    monkeypatch.setattr(outbox, "_address_books", [book.get])
    send_mail("Hello", "Again", None, ["sefa@example.org", "new@example.org"])
    known, unknown = Message.objects.order_by("has_own_key")
    assert known.subject == person.subject
    assert unknown.has_own_key

    person.subject.destroy()
    known = Message.objects.get(pk=known.pk)
    assert (known.address, known.text) == ("", "")
    work()
    known.refresh_from_db()
    assert (known.state, known.failure) == ("failed", "erased")


def test_messages_go_when_their_time_is_over_with_the_keys_made_for_them(person):
    post(person)
    post("new@example.org", key="changed:2")
    work()
    post(person, key="changed:3")
    keys = SubjectKey.objects.count()
    assert outbox.purge(clock.now() - timedelta(days=1)) == 0
    assert outbox.purge(clock.now() + timedelta(days=1)) == 2
    assert Message.objects.get().key == "changed:3"
    assert SubjectKey.objects.count() == keys - 1


def test_all_messages_to_an_address_can_be_forgotten(person):
    post("Sefa@example.org", key="a")
    post(person, key="b")
    post("other@example.org", key="c")
    assert outbox.forget("sefa@example.org") == 2
    assert Message.objects.get().key == "c"


def test_stored_files_go_along(person, server, monkeypatch):
    monkeypatch.setattr(files, "_owners", {})
    files.register_owner(Person, everyone())
    file = files.store(b"Bring your passport.", owner=person, actor=None, name="note.txt")
    post(person, attachments=[file])
    work()
    (attached,) = server.received[0].iter_attachments()
    assert attached.get_filename() == "note.txt"
    assert attached.get_content().strip() == "Bring your passport."


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://localhost", 25, False, False),
        ("smtp+starttls://me:se%40cret@mail.example.org", 587, True, False),
        ("smtps://me:se%40cret@mail.example.org:4650", 4650, False, True),
    ],
)
def test_the_address_of_the_server_says_how_it_is_spoken_to(settings, url, port, tls, ssl):
    settings.MADANG_SMTP_URL = url
    transport = mail.transport()
    assert (transport.port, transport.use_tls, transport.use_ssl) == (port, tls, ssl)
    assert transport.password in {"", "se@cret"}
    settings.MADANG_SMTP_URL = "mailto:me@example.org"
    with pytest.raises(ValueError, match="smtps"):
        mail.transport()
