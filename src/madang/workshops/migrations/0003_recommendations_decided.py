"""Recommendations are decided on, say what they were drawn from, and are ticked off."""

import django.core.validators
import django.db.models.deletion
import madang.core.clock
import madang.core.identifiers
import madang.core.models.base
from django.db import migrations, models


def accept_what_stands(apps, schema_editor):
    """What was written before there were decisions was meant for the next edition."""
    recommendations = apps.get_model("workshops", "Recommendation").objects
    recommendations.update(state="accepted", decided_at=models.F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0002_published_versions_frozen'),
    ]

    operations = [
        migrations.AddField(
            model_name='recommendation',
            name='decided_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='decided'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='reason',
            field=models.TextField(blank=True, default='', verbose_name='why not'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='state',
            field=models.CharField(choices=[('drafted', 'to be decided'), ('accepted', 'accepted'), ('declined', 'declined with a reason')], default='drafted', max_length=10, verbose_name='state'),
        ),
        migrations.RunPython(accept_what_stands, migrations.RunPython.noop, elidable=False),
        migrations.AddField(
            model_name='recommendationanswer',
            name='evidence',
            field=models.TextField(blank=True, default='', verbose_name='how one can see it'),
        ),
        migrations.AddField(
            model_name='recommendationanswer',
            name='evidence_url',
            field=models.URLField(blank=True, default='', max_length=400, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address of the evidence'),
        ),
        migrations.AddField(
            model_name='recommendationanswer',
            name='ticked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='ticked off'),
        ),
        migrations.AddField(
            model_name='recommendationanswer',
            name='ticked_by',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='recommendationanswer',
            name='state',
            field=models.CharField(choices=[('open', 'open'), ('answered', 'answered in the programme'), ('done', 'done, with evidence'), ('declined', 'declined with a reason')], default='open', max_length=10, verbose_name='state'),
        ),
        migrations.CreateModel(
            name='RecommendationSource',
            fields=[
                ('id', models.UUIDField(default=madang.core.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('node', models.CharField(default=madang.core.models.base.this_node, editable=False, max_length=40, verbose_name='node')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(default=madang.core.clock.now, editable=False, verbose_name='created')),
                ('changed_at', models.DateTimeField(default=madang.core.clock.now, editable=False, verbose_name='changed')),
                ('thing_model', models.CharField(blank=True, default='', max_length=80)),
                ('thing_id', models.UUIDField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='own observation')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='workshops.recommendation')),
            ],
            options={
                'verbose_name': 'source of a recommendation',
                'ordering': ('created_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('thing_id__isnull', True), ('thing_model', ''), models.Q(('note', ''), _negated=True)), models.Q(models.Q(('thing_model', ''), _negated=True), ('note', ''), ('thing_id__isnull', False)), _connector='OR'), name='workshops_source_of_one_kind')],
            },
        ),
    ]
