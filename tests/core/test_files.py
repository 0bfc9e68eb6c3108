"""Files are judged by content, kept by fingerprint, and shown to whom their owner's rule allows."""

import io
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from madang.core import clock, files, media_types
from madang.core.media_types import UnwantedFileError
from madang.core.models import AuditEntry, StoredFile
from madang.core.policies import has, own
from madang.people.models import Person
from tests.factories import make_account, make_person

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png():
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def office(kind="wordprocessingml.document", **more):
    types = (
        f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'
    )
    return zipped(**{"[Content_Types].xml": types, "word__document.xml": "<w/>", **more})


def without_content(value):
    """Names a case the same in every process: archives carry the time of their making."""
    return "content" if isinstance(value, bytes) else value


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PDF, "holiday.jpg", "application/pdf"),
        (png(), "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a.jpg", "image/jpeg"),
        (b"GIF89a" + bytes(30), "a.gif", "image/gif"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(20), "a.webp", "image/webp"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a.mp4", "video/mp4"),
        (office(), "a.docx", media_types.DOCX.media_type),
        (office("spreadsheetml.sheet"), "a.xlsx", media_types.XLSX.media_type),
        (office("presentationml.presentation"), "a.zip", media_types.PPTX.media_type),
        (zipped(mimetype=media_types.ODT.media_type), "a.odt", media_types.ODT.media_type),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "application/vnd.ms-excel"),
        ("برنامه".encode(), "a.txt", "text/plain"),
        (b"a,b\r\n1,2\r\n", "a.csv", "text/csv"),
        ("Имя;Страна\r\n".encode("cp1251"), "a.csv", "text/csv"),
        ("Имя;Страна\r\n".encode("utf-16"), "a.csv", "text/csv"),
        (b"BEGIN:VCALENDAR\r\n", "a.ics", "text/calendar"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "image/svg+xml"),
        (b"<!DOCTYPE html><script>1</script>", "a.txt", "text/html"),
        (b"harmless\n<script>alert(1)</script>", "a.csv", "text/html"),
    ],
    ids=without_content,
)
def test_a_kind_is_known_by_its_content(content, name, media_type):
    assert media_types.identify(content, name).media_type == media_type


BOMB = zipped(**{"[Content_Types].xml": "", "big": bytes(30_000_000)})


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\0" + bytes(100), "a.pdf", "not taken"),
        (b"\x7fELF" + bytes(100), "a.txt", "not taken"),
        (zipped(readme="hello"), "a.zip", "not taken"),
        (png() + zipped(payload="x"), "a.png", "hidden"),
        (office(**{"word__vbaProject.bin": "x"}), "a.docx", "macros"),
        (BOMB, "a.xlsx", "unreasonable"),
        (office()[:60], "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.msi", "not taken"),
        (bytes(200), "a.txt", "not taken"),
    ],
    ids=without_content,
)
def test_what_is_hostile_or_unknown_is_refused_in_words(content, name, words):
    with pytest.raises(UnwantedFileError, match=words):
        media_types.identify(content, name)


def test_an_archive_that_lies_about_its_sizes_is_read_no_further_than_it_may_be():
    # The directory says 10 bytes; unpacking would give a hundred million.
    lying = bytearray(zipped(**{"[Content_Types].xml": bytes(100_000_000)}))
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(UnwantedFileError):
        media_types.identify(bytes(lying), "a.docx")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_is_refused_in_words_whichever_of_its_bytes_is_damaged(packing):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml" * 9)
    whole = buffer.getvalue()
    for place in range(4, len(whole)):
        for byte in (0, whole[place] ^ 255):
            with suppress(UnwantedFileError):
                media_types.identify(whole[:place] + bytes([byte]) + whole[place + 1 :], "a.docx")


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.csv", "a", ".", ""]))
def test_whatever_is_sent_it_is_known_or_refused_in_words(content, name):
    for start in (b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n"):
        with suppress(UnwantedFileError):
            assert media_types.identify(start + content, name).media_type in media_types.KINDS


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\windows\\report.PDF", "report.pdf"),
        ("report.exe", "report.exe.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ('a"; filename="b.html', "a filename= b.html.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ("  .hidden ", "hidden.pdf"),
        ("گزارش نهایی.pdf", "گزارش نهایی.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_can_do_no_harm(name, clean):
    assert files.clean_name(name, media_types.PDF) == clean


@pytest.fixture
def _people_own_files(monkeypatch):
    monkeypatch.setattr(files, "_owners", {})
    files.register_owner(Person, own("id") | has("language", "fr"))


@pytest.fixture
def owner(db, _people_own_files):
    return make_person("Sefa")


def test_equal_contents_are_stored_once_and_go_with_the_last(
    owner, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = files.store(SimpleUploadedFile("a.pdf", PDF), owner=owner, actor=None)
        second = files.store(PDF, owner=owner, actor=make_account(), name="b.pdf")
    assert first.path == second.path
    assert files.content(second) == PDF
    assert list(files.of(owner)) == [first, second]
    assert AuditEntry.objects.filter(verb="file.added", thing_id=owner.pk).count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(first, actor=None)
    assert default_storage.exists(second.path)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(second, actor=None)
    assert not default_storage.exists(second.path)


def test_a_file_beyond_the_limit_is_refused_with_both_numbers(owner, settings):
    settings.MADANG_FILE_LIMIT = 10
    for upload in (PDF, SimpleUploadedFile("a.pdf", PDF)):
        with pytest.raises(UnwantedFileError, match=r"too large.*10"):
            files.store(upload, owner=owner, actor=None)
    assert not StoredFile.objects.exists()


def test_only_what_an_app_registered_owns_files(owner):
    with pytest.raises(KeyError, match="register_owner"):
        files.store(PDF, owner=make_account(), actor=None)


def test_a_personal_file_is_encrypted_and_goes_with_its_persons_key(owner, client):
    stored = files.store(PDF, owner=owner, actor=None, name="cv.pdf", subject=owner.subject)
    with default_storage.open(stored.path) as raw:
        assert b"PDF" not in raw.read()
    account = make_account(person=owner)
    client.force_login(account)
    assert files.content(StoredFile.objects.get()) == PDF
    assert b"".join(client.get(stored.get_absolute_url())) == PDF
    owner.subject.destroy()
    with pytest.raises(FileNotFoundError):
        files.content(StoredFile.objects.get())
    assert client.get(stored.get_absolute_url()).status_code == 404


def test_contents_that_no_row_speaks_of_are_swept_away(owner):
    kept = files.store(PDF, owner=owner, actor=None, name="a.pdf")
    lost = files.store(b"rolled back", owner=owner, actor=None, name="a.txt")
    StoredFile.objects.filter(pk=lost.pk).delete()
    files.collect_garbage()
    assert default_storage.exists(lost.path)
    long_ago = (clock.machine_now() - timedelta(days=2)).timestamp()
    for file in (kept, lost):
        os.utime(default_storage.path(file.path), (long_ago, long_ago))
    assert files.collect_garbage() >= 1
    assert default_storage.exists(kept.path)
    assert not default_storage.exists(lost.path)


def test_a_file_is_there_for_whom_its_owners_rule_allows_and_for_nobody_else(owner, client):
    stored = files.store(PDF, owner=owner, actor=None, name="گزارش.pdf")
    address = stored.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(make_account())
    assert client.get(address).status_code == 404
    client.force_login(make_account(person=owner))
    response = client.get(address)
    assert b"".join(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert client.get(f"{address}?download")["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("_people_own_files")
def test_a_public_file_is_there_for_everybody(db, client):
    stored = files.store(b"Hello", owner=make_person(language="fr"), actor=None, name="a.txt")
    response = client.get(stored.get_absolute_url())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.head(stored.get_absolute_url()).status_code == 200
    assert client.post(stored.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>1</script></html>"],
    ids=["svg", "html"],
)
@pytest.mark.usefixtures("_people_own_files")
def test_what_can_hide_a_script_is_only_ever_a_download(content, db, client):
    stored = files.store(content, owner=make_person(language="fr"), actor=None, name="a.svg")
    response = client.get(stored.get_absolute_url())
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] in {"image/svg+xml", "application/octet-stream"}
    assert response["Content-Security-Policy"].endswith("sandbox")


def test_a_file_that_may_not_be_seen_costs_what_one_that_does_not_exist_costs(
    owner, client, django_assert_num_queries
):
    hidden = files.store(PDF, owner=owner, actor=None, name="a.pdf").get_absolute_url()
    absent = hidden.replace(str(StoredFile.objects.get().pk), str(owner.pk))
    for address in (hidden, absent):
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 404
