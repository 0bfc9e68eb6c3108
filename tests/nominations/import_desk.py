"""An officer at the pages of files of nominations."""

from collections import Counter
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.core.models import Job
from madang.nominations.importing.judging import fate
from madang.nominations.importing.lines import rows_of
from madang.nominations.models import Import
from madang.people import country_list
from tests.factories import make_account
from tests.nominations.factories import make_call
from tests.nominations.received import FOLDER
from tests.support.clients import client_of
from tests.support.work import work

NOW = datetime(2007, 9, 20, 3, tzinfo=UTC)


class ImportDesk:
    """An officer, a call for nominations of one edition, and the list of countries."""

    def __init__(self):
        country_list.load()
        self.call = make_call(deadline=datetime(2007, 9, 15, tzinfo=UTC))
        self.edition = self.call.edition
        self.account = make_account(roles=["secretariat"])
        self.client = client_of(self.account)

    def url(self, name, *arguments):
        return reverse(f"nominations:{name}", args=[self.edition.slug, *arguments])

    def upload(self, content, name="list.xlsx"):
        return self.client.post(self.url("imports"), {"upload": SimpleUploadedFile(name, content)})

    def bring(self, content, name="list.xlsx"):
        """Upload a file and let the worker read it."""
        before = set(Import.objects.values_list("pk", flat=True))
        response = self.upload(content, name)
        assert response.status_code == 302, response.context["form"].errors
        work()
        return Import.objects.exclude(pk__in=before).get()

    def bring_received(self, name="nominations-as-received.xlsx"):
        return self.bring((FOLDER / name).read_bytes(), name)

    def get(self, batch, **query):
        return self.client.get(self.url("import", batch.pk), query)

    def settle(self, batch, about, what):
        """Settle all lines alike; returns what is said of it."""
        response = self.client.post(
            self.url("import_settle", batch.pk), {"about": about, "what": what}, follow=True
        )
        assert response.status_code == 200
        return [str(message) for message in response.context["messages"]]

    def settle_line(self, batch, number, **typed):
        address = self.url("import_row", batch.pk, number)
        form = self.client.get(address).context["form"]
        data = {"version": form["version"].value(), "decision": form["decision"].value()}
        return self.client.post(address, data | typed)

    def read_again(self, batch, **typed):
        """Send the form of how the file is read, with some of it changed."""
        address = self.url("import_reading", batch.pk)
        form = self.client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields}
        response = self.client.post(
            address, {name: "" if it is None else it for name, it in (data | typed).items()}
        )
        work()
        batch.refresh_from_db()
        return response

    def write(self, batch, **typed):
        """Confirm that it be written, and let the worker do it; returns the job."""
        address = self.url("import_write", batch.pk)
        version = self.client.get(address).context["form"]["version"].value()
        response = self.client.post(address, {"version": version} | typed)
        work()
        return Job.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])


def outcomes(batch):
    return Counter(batch.rows.values_list("outcome", flat=True))


def open_codes(batch):
    return {row.number: row.codes for row in batch.rows.filter(has_doubts=True)}


def left(batch):
    return {row.number for row in rows_of(batch) if fate(row).what == "left"}
