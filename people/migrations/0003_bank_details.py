import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    dependencies = [
        ('people', '0002_consent_to_expenses'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonBank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=70, verbose_name='titulaire du compte')),
                ('locked', models.TextField(editable=False, verbose_name='contenu chiffré')),
                ('ending', models.CharField(editable=False, max_length=4, verbose_name='quatre derniers signes')),
                ('state', models.CharField(choices=[('proposed', 'À confirmer'), ('confirmed', 'En vigueur'), ('refused', 'Refusées'), ('replaced', 'Remplacées')], default='proposed', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='données le')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmées le')),
                ('refusal', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif du refus')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='données par')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmées par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='banks', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'coordonnées bancaires',
                'verbose_name_plural': 'coordonnées bancaires',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'refused', 'replaced'])), name='bank_state_known'), models.CheckConstraint(condition=models.Q(('locked__startswith', 'gAAAA')), name='bank_is_locked'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='bank_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'refused']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='bank_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='bank_refused_why'), models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('person',), name='bank_one_in_force'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('person',), name='bank_one_proposed')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personbank',
            trigger=pgtrigger.compiler.Trigger(name='bank_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."holder" IS DISTINCT FROM (NEW."holder") OR OLD."locked" IS DISTINCT FROM (NEW."locked") OR OLD."ending" IS DISTINCT FROM (NEW."ending") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e5b18764c026d4e01e257cb9db5aa2413f3eb7f1', operation='UPDATE', pgid='pgtrigger_bank_frozen_cddf1', table='people_personbank', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personbank',
            trigger=pgtrigger.compiler.Trigger(name='bank_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (current_setting('alveole.erasing', true) IS DISTINCT FROM 'on')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2feb4c0dc7639f42159903f1aded579bc0ffa284', operation='DELETE', pgid='pgtrigger_bank_kept_d7db9', table='people_personbank', when='BEFORE')),
        ),
    ]
