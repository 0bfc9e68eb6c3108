"""Let the database refuse to change a version of a report."""

from django.db import migrations

from madang.core import append_only


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = (("reports", "0001_initial"), ("core", "0002_audit_append_only"))
    operations = (migrations.RunPython(protect, migrations.RunPython.noop, elidable=False),)
