import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    dependencies = [
        ('core', '0002_initial'),
        ('invoicing', '0002_reference_data'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MileageScale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('electric_factor', models.DecimalField(decimal_places=3, max_digits=4, verbose_name='coefficient électrique')),
                ('source', models.CharField(max_length=250, verbose_name='source')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par')),
            ],
            options={
                'verbose_name': 'barème kilométrique',
                'verbose_name_plural': 'barèmes kilométriques',
                'ordering': ['-year', '-version'],
            },
        ),
        migrations.CreateModel(
            name='MileageBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('car', 'Voiture'), ('motorcycle', 'Moto'), ('moped', 'Cyclomoteur, scooter jusqu’à 50 cm³')], max_length=10, verbose_name='genre')),
                ('power_from', models.PositiveSmallIntegerField(default=0, verbose_name='de (CV)')),
                ('power_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='à (CV)')),
                ('up_to_km', models.PositiveIntegerField(blank=True, null=True, verbose_name='jusqu’à (km)')),
                ('rate', models.DecimalField(decimal_places=4, max_digits=6, verbose_name='taux (€/km)')),
                ('plus', models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name='plus (€)')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bands', to='invoicing.mileagescale', verbose_name='barème')),
            ],
            options={
                'verbose_name': 'tranche du barème kilométrique',
                'verbose_name_plural': 'tranches du barème kilométrique',
                'ordering': ['scale', 'kind', 'power_from', models.OrderBy(models.F('up_to_km'), nulls_last=True)],
            },
        ),
        migrations.CreateModel(
            name='Vehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60, verbose_name='nom')),
                ('kind', models.CharField(choices=[('car', 'Voiture'), ('motorcycle', 'Moto'), ('moped', 'Cyclomoteur, scooter jusqu’à 50 cm³')], default='car', max_length=10, verbose_name='genre')),
                ('power', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='puissance fiscale (CV)')),
                ('electric', models.BooleanField(default=False, verbose_name='électrique')),
                ('utility', models.BooleanField(default=False, verbose_name='utilitaire')),
                ('plate', models.CharField(max_length=15, verbose_name='immatriculation')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='plus utilisé depuis')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'véhicule',
                'verbose_name_plural': 'véhicules',
                'ordering': ['label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VehiclePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('registration', 'Carte grise'), ('insurance', 'Attestation d’assurance')], max_length=12, verbose_name='nature')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valable du')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valable jusqu’au')),
                ('covers_business', models.BooleanField(default=False, verbose_name='couvre les déplacements professionnels')),
                ('brought_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déposé le')),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='invoicing.vehicle', verbose_name='véhicule')),
            ],
            options={
                'verbose_name': 'papier de véhicule',
                'verbose_name_plural': 'papiers de véhicules',
                'ordering': ['kind', '-valid_until', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FavouriteTrip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.CharField(max_length=120, verbose_name='départ')),
                ('arrival', models.CharField(max_length=120, verbose_name='arrivée')),
                ('purpose', models.CharField(max_length=200, verbose_name='motif')),
                ('km', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='kilomètres (aller)')),
                ('returns', models.BooleanField(default=True, verbose_name='aller-retour')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='favourite_trips', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'trajet favori',
                'verbose_name_plural': 'trajets favoris',
                'ordering': ['start', 'arrival', 'purpose'],
                'constraints': [models.UniqueConstraint(fields=('person', 'start', 'arrival', 'purpose'), name='favouritetrip_once'), models.CheckConstraint(condition=models.Q(('km__gt', 0)), name='favouritetrip_km_positive')],
            },
        ),
        migrations.AddConstraint(
            model_name='mileagescale',
            constraint=models.UniqueConstraint(fields=('year', 'version'), name='mileagescale_version_once'),
        ),
        migrations.AddConstraint(
            model_name='mileagescale',
            constraint=models.CheckConstraint(condition=models.Q(('electric_factor__gte', 1), ('version__gte', 1), ('year__gte', 2000)), name='mileagescale_values'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileagescale',
            trigger=pgtrigger.compiler.Trigger(name='mileagescale_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa6b25e9172b5d44f90777cb4307207827dbba13', operation='UPDATE OR DELETE', pgid='pgtrigger_mileagescale_append_only_77570', table='invoicing_mileagescale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileagescale',
            trigger=pgtrigger.compiler.Trigger(name='mileagescale_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e07b37c8a77de58e55f0f41e4353256d30de3a67', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_mileagescale_no_truncate_46b20', table='invoicing_mileagescale', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mileageband',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['car', 'motorcycle', 'moped'])), name='mileageband_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='mileageband',
            constraint=models.CheckConstraint(condition=models.Q(('plus__gte', 0), ('rate__gt', 0)), name='mileageband_values'),
        ),
        migrations.AddConstraint(
            model_name='mileageband',
            constraint=models.CheckConstraint(condition=models.Q(('power_to__isnull', True), ('power_to__gte', models.F('power_from')), _connector='OR'), name='mileageband_powers'),
        ),
        migrations.AddConstraint(
            model_name='mileageband',
            constraint=models.UniqueConstraint(fields=('scale', 'kind', 'power_from', 'up_to_km'), name='mileageband_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileageband',
            trigger=pgtrigger.compiler.Trigger(name='mileageband_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='055034bd3170615eecca3d0ff013cfa826f17110', operation='UPDATE OR DELETE', pgid='pgtrigger_mileageband_append_only_cf792', table='invoicing_mileageband', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileageband',
            trigger=pgtrigger.compiler.Trigger(name='mileageband_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e98c3a543a97e00cd88ee6a31957f0fab51efa21', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_mileageband_no_truncate_60d90', table='invoicing_mileageband', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vehicle',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['car', 'motorcycle', 'moped'])), name='vehicle_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='vehicle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moped'), ('power__isnull', True)), models.Q(models.Q(('kind', 'moped'), _negated=True), ('power__gte', 1)), _connector='OR'), name='vehicle_power_said'),
        ),
        migrations.AddConstraint(
            model_name='vehicle',
            constraint=models.UniqueConstraint(fields=('person', 'plate'), name='vehicle_plate_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vehicle',
            trigger=pgtrigger.compiler.Trigger(name='vehicle_person_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='395ab55aae9f89de7bff815c19494dafef522876', operation='UPDATE', pgid='pgtrigger_vehicle_person_frozen_5936a', table='invoicing_vehicle', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vehiclepaper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['registration', 'insurance'])), name='vehiclepaper_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='vehiclepaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'insurance'), _negated=True), models.Q(('covers_business', True), ('valid_from__isnull', False), ('valid_until__gte', models.F('valid_from')), ('valid_until__isnull', False)), _connector='OR'), name='vehiclepaper_insurance_covers'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vehiclepaper',
            trigger=pgtrigger.compiler.Trigger(name='vehiclepaper_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e83e7acc84c050e973f683ddb4bb08dbd6b5fa10', operation='UPDATE OR DELETE', pgid='pgtrigger_vehiclepaper_append_only_45ca6', table='invoicing_vehiclepaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vehiclepaper',
            trigger=pgtrigger.compiler.Trigger(name='vehiclepaper_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='80e763e11f7e9fa4ce2d075cf94d19e0d94cc847', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vehiclepaper_no_truncate_3db4f', table='invoicing_vehiclepaper', when='BEFORE')),
        ),
    ]
