import accounting.models.levies
import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.utils.timezone
import people.models.periods
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('core', '0002_initial'),
        ('entrepreneurs', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, unique=True, verbose_name='numéro')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('kind', models.CharField(choices=[('balance', 'Bilan'), ('expense', 'Charge'), ('income', 'Produit')], max_length=10, verbose_name='nature')),
                ('role', models.CharField(blank=True, choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('deposit_received', 'Dépôts et cautionnements reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('disbursement', 'Débours pour le compte de clients'), ('supplier', 'Fournisseurs'), ('invoice_to_receive', 'Fournisseurs, factures non parvenues'), ('invoice_to_issue', 'Clients, factures à établir'), ('suspense', 'Compte d’attente'), ('bank', 'Banque'), ('cheques', 'Chèques à encaisser'), ('cash_box', 'Caisse'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('vat_assets', 'TVA déductible sur immobilisations'), ('vat_reverse', 'TVA due par autoliquidation'), ('vat_not_deducted', 'TVA non déductible'), ('vat_to_receive', 'TVA sur factures non parvenues'), ('vat_to_issue', 'TVA sur factures à établir'), ('vat_due', 'TVA à décaisser'), ('vat_credit', 'Crédit de TVA à reporter'), ('rounding_charge', 'Arrondis (charge)'), ('rounding_income', 'Arrondis (produit)'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('inside_charge', 'Achats à d’autres activités'), ('inside_income', 'Ventes à d’autres activités'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('levy_charge', 'Prélèvements propres (charge)'), ('levy_income', 'Prélèvements propres (produit)'), ('grant_due', 'Subventions à recevoir'), ('grant_income', 'Subventions d’exploitation'), ('prepaid_expense', 'Charges constatées d’avance'), ('deferred_income', 'Produits constatés d’avance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('legal_reserve', 'Réserve légale'), ('statutory_reserve', 'Fonds de développement, réserve statutaire'), ('losses_carried', 'Pertes antérieures à imputer'), ('result_profit', 'Résultat de l’exercice (bénéfice)'), ('result_loss', 'Résultat de l’exercice (perte)'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues'), ('labour_share', 'Personnel, part travail à verser'), ('share_interest', 'Associé·es, intérêts aux parts à payer'), ('gross_pay', 'Rémunérations du personnel'), ('employer_charges', 'Cotisations patronales'), ('social_bodies', 'Organismes sociaux'), ('tax_withheld', 'Prélèvement à la source')], default=None, max_length=30, null=True, unique=True, verbose_name='rôle')),
                ('is_lettered', models.BooleanField(default=False, verbose_name='lettrable')),
            ],
            options={
                'verbose_name': 'compte',
                'verbose_name_plural': 'comptes',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='CostKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='libellé')),
                ('enters_base', models.BooleanField(default=False, help_text='Un barème sur la marge peut déduire cette charge du chiffre d’affaires.', verbose_name='entre dans la base')),
            ],
            options={
                'verbose_name': 'nature de charge',
                'verbose_name_plural': 'natures de charge',
                'ordering': ['label'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('rhythm', models.CharField(choices=[('month', 'Chaque mois'), ('quarter', 'Chaque trimestre'), ('year', 'Chaque année')], max_length=10, verbose_name='rythme')),
                ('months_after', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(12)], verbose_name='mois après la période')),
                ('day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='jour')),
                ('is_paid', models.BooleanField(default=True, verbose_name='donne lieu à paiement')),
                ('to_confirm', models.BooleanField(default=True, verbose_name='à confirmer')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
            ],
            options={
                'verbose_name': 'règle d’échéance',
                'verbose_name_plural': 'règles d’échéance',
                'ordering': ['label', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='DepositItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawer', models.CharField(max_length=200, verbose_name='émetteur')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='référence')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('is_live', models.BooleanField(default=True, editable=False, verbose_name='en cours')),
            ],
            options={
                'verbose_name': 'valeur remise',
                'verbose_name_plural': 'valeurs remises',
                'ordering': ['slip', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DepositSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='numéro')),
                ('kind', models.CharField(choices=[('cheques', 'Chèques'), ('cash', 'Espèces')], max_length=10, verbose_name='nature')),
                ('on', models.DateField(verbose_name='préparé le')),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='total')),
                ('count', models.PositiveIntegerField(verbose_name='nombre')),
                ('state', models.CharField(choices=[('prepared', 'Préparé'), ('deposited', 'Remis à la banque'), ('credited', 'Crédité'), ('cancelled', 'Annulé')], default='prepared', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('deposited_on', models.DateField(editable=False, null=True, verbose_name='remis le')),
                ('credited_on', models.DateField(editable=False, null=True, verbose_name='crédité le')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('form_key', models.UUIDField(editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'bordereau de remise',
                'verbose_name_plural': 'bordereaux de remise',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(verbose_name='numéro')),
                ('on', models.DateField(db_index=True, verbose_name='date')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('piece', models.CharField(blank=True, max_length=60, verbose_name='pièce')),
                ('source_id', models.PositiveBigIntegerField(null=True, verbose_name='identifiant de la pièce')),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('line_count', models.PositiveSmallIntegerField(verbose_name='nombre de lignes')),
                ('seal', models.CharField(max_length=64, verbose_name='sceau')),
                ('previous_seal', models.CharField(blank=True, max_length=64, verbose_name='sceau précédent')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='passée le')),
            ],
            options={
                'verbose_name': 'écriture',
                'verbose_name_plural': 'écritures',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EntryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('on', models.DateField(verbose_name='date')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='débit')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='crédit')),
                ('vat_rate', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='taux de TVA')),
                ('due_on', models.DateField(null=True, verbose_name='échéance')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='tiers')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='libellé')),
                ('vat_kind', models.CharField(blank=True, choices=[('exempt', 'Exonéré'), ('services_abroad', 'Services avec l’étranger, autoliquidés (283-2)'), ('eu_goods', 'Biens dans l’Union européenne'), ('export', 'Exportation hors de l’Union européenne'), ('domestic', 'Autoliquidation en France (283-2 nonies)'), ('not_established', 'Fournisseur non établi en France (283-1)'), ('asset', 'Cession d’immobilisation'), ('adjustment', 'Régularisation de déduction')], max_length=20, verbose_name='nature de TVA')),
                ('vat_base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='base de la TVA')),
            ],
            options={
                'verbose_name': 'ligne d’écriture',
                'verbose_name_plural': 'lignes d’écriture',
                'ordering': ['entry', 'position'],
            },
        ),
        migrations.CreateModel(
            name='EntryModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='nom du modèle')),
                ('label', models.CharField(max_length=200, verbose_name='libellé de l’écriture')),
                ('is_withdrawn', models.BooleanField(default=False, editable=False, verbose_name='retiré')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'modèle d’écriture',
                'verbose_name_plural': 'modèles d’écriture',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='EntryModelLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('side', models.CharField(choices=[('debit', 'Débit'), ('credit', 'Crédit')], max_length=6, verbose_name='sens')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='montant')),
                ('share', cae.core.fields.RateField(decimal_places=4, max_digits=6, null=True, verbose_name='part du total')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='libellé')),
            ],
            options={
                'verbose_name': 'ligne de modèle d’écriture',
                'verbose_name_plural': 'lignes de modèle d’écriture',
                'ordering': ['model', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('situation', models.CharField(choices=[('minima_sociaux', 'Minima sociaux'), ('sick_leave', 'Arrêt maladie'), ('parental_leave', 'Congé maternité, paternité ou parental'), ('hardship', 'Activité en difficulté'), ('other', 'Autre décision')], max_length=20, verbose_name='situation')),
                ('waives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('proportional', 'Part proportionnelle'), ('fixed', 'Part fixe'), ('floor', 'Plancher')], max_length=12), blank=True, default=list, size=None, verbose_name='parts dispensées')),
                ('decided_by', models.CharField(max_length=200, verbose_name='décidé par')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'exonération',
                'verbose_name_plural': 'exonérations',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExportBatch',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='numéro')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('ends_on', models.DateField(verbose_name='dernier jour')),
                ('journals', models.JSONField(verbose_name='journaux')),
                ('format', models.CharField(choices=[('csv', 'CSV d’Alvéole (tableur, import paramétrable)'), ('fec', 'FEC d’une période (18 colonnes)'), ('quadra', 'Cegid Quadra Comptabilité (fichier ASCII)')], max_length=10, verbose_name='format')),
                ('is_grouped', models.BooleanField(default=False, verbose_name='regroupé')),
                ('takes_again', models.BooleanField(default=False, verbose_name='compris à nouveau')),
                ('entry_count', models.PositiveIntegerField(verbose_name='écritures')),
                ('line_count', models.PositiveIntegerField(verbose_name='lignes')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='débit')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='crédit')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='exporté le')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='défait le')),
                ('undo_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'lot d’export',
                'verbose_name_plural': 'lots d’export',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='ExportedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_taken', models.BooleanField(default=True, verbose_name='prise par ce lot')),
            ],
            options={
                'verbose_name': 'écriture exportée',
                'verbose_name_plural': 'écritures exportées',
                'ordering': ['batch', 'entry'],
            },
        ),
        migrations.CreateModel(
            name='ExportLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('separator', models.CharField(choices=[('semicolon', 'Point-virgule'), ('comma', 'Virgule'), ('tab', 'Tabulation')], default='semicolon', max_length=10, verbose_name='séparateur')),
                ('decimal_mark', models.CharField(choices=[('comma', 'Virgule'), ('point', 'Point')], default='comma', max_length=10, verbose_name='marque décimale')),
                ('date_shape', models.CharField(choices=[('slashes', '31/12/2026'), ('compact', '31122026'), ('iso', '2026-12-31')], default='slashes', max_length=10, verbose_name='dates')),
                ('encoding', models.CharField(choices=[('utf-8', 'UTF-8'), ('utf-8-sig', 'UTF-8 avec marque'), ('cp1252', 'Windows (cp1252)')], default='utf-8', max_length=10, verbose_name='encodage')),
                ('has_header', models.BooleanField(default=True, verbose_name='une ligne de titres')),
                ('columns', models.JSONField(default=list, verbose_name='colonnes')),
                ('codes', models.JSONField(default=dict, verbose_name='codes de paie')),
                ('confirmed_on', models.DateField(editable=False, null=True, verbose_name='essayé avec succès le')),
                ('is_used', models.BooleanField(default=True, verbose_name='proposé')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'format d’export de paie',
                'verbose_name_plural': 'formats d’export de paie',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FecExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numéro')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('ends_on', models.DateField(verbose_name='dernier jour')),
                ('is_provisional', models.BooleanField(verbose_name='provisoire')),
                ('reads_openings', models.BooleanField(verbose_name='à-nouveaux calculés')),
                ('line_count', models.PositiveIntegerField(verbose_name='lignes')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='débit')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='crédit')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('faults', models.JSONField(default=list, verbose_name='défauts')),
                ('fault_count', models.PositiveIntegerField(default=0, verbose_name='nombre de défauts')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='produit le')),
            ],
            options={
                'verbose_name': 'fichier des écritures comptables',
                'verbose_name_plural': 'fichiers des écritures comptables',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='FiscalYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(unique=True, verbose_name='premier jour')),
                ('ends_on', models.DateField(verbose_name='dernier jour')),
                ('state', models.CharField(choices=[('open', 'Ouvert'), ('closed', 'Clos')], default='open', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'exercice comptable',
                'verbose_name_plural': 'exercices comptables',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='FloorExcess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='descendre jusqu’à')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='autorisé le')),
            ],
            options={
                'verbose_name': 'dépassement du plancher',
                'verbose_name_plural': 'dépassements du plancher',
                'ordering': ['section', '-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ForecastAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois de l’alerte')),
                ('told_on', models.DateField(verbose_name='signalée le')),
                ('below_in', models.DateField(verbose_name='sous le plancher en')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='trésorerie prévue')),
                ('floor', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='trésorerie à garder')),
            ],
            options={
                'verbose_name': 'alerte de trésorerie',
                'verbose_name_plural': 'alertes de trésorerie',
                'ordering': ['-told_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ForecastScenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('later_days', models.PositiveSmallIntegerField(default=0, verbose_name='retard des clients, en jours')),
                ('pay', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='coût de la paie par mois')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gardé le')),
            ],
            options={
                'verbose_name': 'scénario de prévision',
                'verbose_name_plural': 'scénarios de prévision',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nature', models.CharField(choices=[('grant', 'Subvention'), ('earmarked', 'Fonds fléché')], default='grant', max_length=10, verbose_name='nature')),
                ('label', models.CharField(max_length=120, verbose_name='intitulé')),
                ('funder', models.CharField(max_length=120, verbose_name='financeur')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='référence du financeur')),
                ('purpose', models.TextField(max_length=2000, verbose_name='objet')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None, verbose_name='dépenses éligibles')),
                ('starts_on', models.DateField(verbose_name='dépenses du')),
                ('ends_on', models.DateField(verbose_name='dépenses au')),
                ('requested_on', models.DateField(verbose_name='demandée le')),
                ('requested_amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant demandé')),
                ('awarded_on', models.DateField(editable=False, null=True, verbose_name='attribuée le')),
                ('awarded_amount', cae.core.fields.MoneyField(decimal_places=2, editable=False, max_digits=12, null=True, verbose_name='montant attribué')),
                ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('ended_on', models.DateField(editable=False, null=True, verbose_name='terminée le')),
                ('state', models.CharField(choices=[('requested', 'Demandée'), ('awarded', 'Attribuée'), ('running', 'Dépenses ouvertes'), ('closed', 'Soldée'), ('refused', 'Demande refusée'), ('given_up', 'Abandonnée')], default='requested', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='saisie le')),
            ],
            options={
                'verbose_name': 'subvention ou fonds fléché',
                'verbose_name_plural': 'subventions et fonds fléchés',
                'ordering': ['-requested_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FundDeferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='clôture du')),
                ('earned', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='produit enregistré')),
                ('spent', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='dépenses comptées')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='produit différé')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='passé le')),
            ],
            options={
                'verbose_name': 'produit différé d’une subvention',
                'verbose_name_plural': 'produits différés des subventions',
                'ordering': ['-on', 'fund'],
            },
        ),
        migrations.CreateModel(
            name='FundDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('condition', 'Condition'), ('report', 'Compte rendu')], max_length=10, verbose_name='nature')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('due_on', models.DateField(verbose_name='à faire pour le')),
                ('done_on', models.DateField(editable=False, null=True, verbose_name='fait le')),
            ],
            options={
                'verbose_name': 'obligation envers un financeur',
                'verbose_name_plural': 'obligations envers les financeurs',
                'ordering': ['fund', 'due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FundInstalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('due_on', models.DateField(verbose_name='attendu le')),
                ('condition', models.CharField(blank=True, max_length=300, verbose_name='condition')),
                ('received_on', models.DateField(editable=False, null=True, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'versement de subvention',
                'verbose_name_plural': 'versements de subvention',
                'ordering': ['fund', 'due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FundSpending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='comptée le')),
            ],
            options={
                'verbose_name': 'dépense comptée sur un fonds',
                'verbose_name_plural': 'dépenses comptées sur les fonds',
                'ordering': ['fund', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year_start', models.DateField(verbose_name='premier jour de l’exercice')),
                ('key', models.CharField(max_length=120, verbose_name='écriture du fichier')),
                ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'écriture reprise',
                'verbose_name_plural': 'écritures reprises',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('VE', 'Ventes'), ('AC', 'Achats'), ('BQ', 'Banque'), ('AN', 'Analytique'), ('PA', 'Paie'), ('RA', 'À-nouveaux'), ('OD', 'Opérations diverses')], max_length=2, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=60, verbose_name='libellé')),
            ],
            options={
                'verbose_name': 'journal comptable',
                'verbose_name_plural': 'journaux comptables',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LayoutLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('style', models.CharField(choices=[('heading', 'Titre'), ('line', 'Ligne'), ('subtotal', 'Sous-total'), ('total', 'Total')], default='line', max_length=8, verbose_name='aspect')),
                ('accounts', models.CharField(blank=True, max_length=300, verbose_name='comptes')),
                ('side', models.CharField(choices=[('debit', 'Débit − crédit'), ('credit', 'Crédit − débit')], default='credit', max_length=6, verbose_name='sens')),
                ('formula', models.CharField(blank=True, max_length=300, verbose_name='formule')),
                ('in_percent', models.BooleanField(default=False, verbose_name='en pourcentage')),
            ],
            options={
                'verbose_name': 'ligne de présentation',
                'verbose_name_plural': 'lignes de présentation',
                'ordering': ['layout', 'rank'],
            },
        ),
        migrations.CreateModel(
            name='LedgerDifference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('added', 'Ajoutée'), ('changed', 'Changée'), ('gone', 'Disparue')], max_length=10, verbose_name='différence')),
                ('key', models.CharField(max_length=120, verbose_name='écriture du fichier')),
                ('on', models.DateField(verbose_name='date')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('total_before', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='montant dans les livres')),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='montant dans le fichier')),
            ],
            options={
                'verbose_name': 'différence d’une reprise',
                'verbose_name_plural': 'différences d’une reprise',
                'ordering': ['ledger_import', 'on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('state', models.CharField(choices=[('draft', 'À l’essai'), ('applied', 'Reprise'), ('undone', 'Annulée'), ('discarded', 'Abandonnée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('header', models.JSONField(default=list, editable=False, verbose_name='colonnes du fichier')),
                ('mapping', models.JSONField(default=dict, editable=False, verbose_name='lecture des colonnes')),
                ('line_count', models.PositiveIntegerField(default=0, verbose_name='lignes')),
                ('entry_count', models.PositiveIntegerField(default=0, verbose_name='écritures')),
                ('same_count', models.PositiveIntegerField(default=0, verbose_name='écritures inchangées')),
                ('faults', models.JSONField(default=list, editable=False, verbose_name='défauts')),
                ('fault_count', models.PositiveIntegerField(default=0, verbose_name='nombre de défauts')),
                ('plan', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte de l’essai')),
                ('undo_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de l’annulation')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='apportée le')),
            ],
            options={
                'verbose_name': 'reprise d’écritures',
                'verbose_name_plural': 'reprises d’écritures',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('columns', models.JSONField(default=dict, editable=False, verbose_name='colonnes')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déclarée le')),
            ],
            options={
                'verbose_name': 'comptabilité tenue ailleurs',
                'verbose_name_plural': 'comptabilités tenues ailleurs',
                'ordering': ['label'],
            },
        ),
        migrations.CreateModel(
            name='LetteredLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', models.BooleanField(default=True, verbose_name='en cours')),
            ],
            options={
                'verbose_name': 'ligne lettrée',
                'verbose_name_plural': 'lignes lettrées',
                'ordering': ['lettering', 'line'],
            },
        ),
        migrations.CreateModel(
            name='Lettering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True, verbose_name='code')),
                ('left', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='reste')),
                ('line_count', models.PositiveIntegerField(verbose_name='nombre de lignes')),
                ('last_on', models.DateField(verbose_name='dernière ligne le')),
                ('on', models.DateField(verbose_name='lettré le')),
                ('origin', models.CharField(choices=[('itself', 'Par la pièce'), ('hand', 'À la main'), ('bulk', 'Par proposition')], max_length=10, verbose_name='origine')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='défait le')),
                ('undone_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'lettrage',
                'verbose_name_plural': 'lettrages',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Levy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, verbose_name='code')),
                ('label', models.CharField(max_length=60, verbose_name='libellé')),
                ('base', models.CharField(choices=[('invoiced', 'Ventes facturées'), ('received', 'Ventes encaissées'), ('margin', 'Marge')], max_length=10, verbose_name='base')),
                ('taken_on', models.CharField(choices=[('month', 'Chaque mois'), ('document', 'Sur chaque document')], max_length=10, verbose_name='prélevé')),
                ('rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='taux')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ordinary', 'Ventes ordinaires'), ('training', 'Formation'), ('internal', 'Ventes internes')], max_length=10), default=accounting.models.levies.every_category, size=None, verbose_name='ventes concernées')),
                ('held_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rendu après (mois)')),
                ('for_all', models.BooleanField(default=True, verbose_name='toutes les activités')),
                ('valid_from', models.DateField(verbose_name='depuis le')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('decided_by', models.CharField(max_length=200, verbose_name='décidé par')),
                ('decided_on', models.DateField(verbose_name='date de la décision')),
            ],
            options={
                'verbose_name': 'prélèvement propre',
                'verbose_name_plural': 'prélèvements propres',
                'ordering': ['label', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='LevyTaking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('month', 'Mois'), ('document', 'Document'), ('receipt', 'Encaissement')], max_length=10, verbose_name='objet')),
                ('subject', models.CharField(max_length=60, verbose_name='mois ou document')),
                ('window', models.CharField(max_length=60, verbose_name='fenêtre')),
                ('rank', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('nature', models.CharField(choices=[('take', 'Prélèvement'), ('release', 'Restitution'), ('reverse', 'Annulation')], default='take', max_length=8, verbose_name='nature')),
                ('on', models.DateField(verbose_name='date')),
                ('fact_on', models.DateField(verbose_name='date du fait')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base ajoutée')),
                ('window_base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base de la fenêtre')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='dû sur la fenêtre')),
                ('given', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='déjà prélevé')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='prélevé')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='calculé le')),
            ],
            options={
                'verbose_name': 'prise d’un prélèvement',
                'verbose_name_plural': 'prises des prélèvements',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LevyTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('decided_by', models.CharField(max_length=200, verbose_name='décidé par')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'cas particulier d’un prélèvement',
                'verbose_name_plural': 'cas particuliers des prélèvements',
                'ordering': ['levy', 'activity', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ManualEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('piece', models.CharField(blank=True, max_length=60, verbose_name='pièce')),
                ('reverse_on', models.DateField(blank=True, null=True, verbose_name='à contre-passer le')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('validated', 'Validée'), ('discarded', 'Abandonnée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('recurring_on', models.DateField(editable=False, null=True, verbose_name='date de l’abonnement')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='saisie le')),
            ],
            options={
                'verbose_name': 'écriture en préparation',
                'verbose_name_plural': 'écritures en préparation',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ManualLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='débit')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='crédit')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='libellé')),
                ('due_on', models.DateField(null=True, verbose_name='échéance')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='tiers')),
            ],
            options={
                'verbose_name': 'ligne d’écriture en préparation',
                'verbose_name_plural': 'lignes d’écriture en préparation',
                'ordering': ['manual', 'position'],
            },
        ),
        migrations.CreateModel(
            name='MonthTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois')),
                ('is_opening', models.BooleanField(verbose_name='d’à-nouveaux')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='débit')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='crédit')),
                ('is_fresh', models.BooleanField(default=False, verbose_name='à regrouper')),
            ],
            options={
                'verbose_name': 'total mensuel',
                'verbose_name_plural': 'totaux mensuels',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PayExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numéro')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('line_count', models.PositiveIntegerField(verbose_name='lignes')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='préparé le')),
            ],
            options={
                'verbose_name': 'envoi en paie',
                'verbose_name_plural': 'envois en paie',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='PayExportEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', models.BooleanField(default=True, verbose_name='en cours')),
            ],
            options={
                'verbose_name': 'ligne d’envoi en paie',
                'verbose_name_plural': 'lignes d’envoi en paie',
                'ordering': ['export', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fixed', 'Part fixe'), ('advance', 'Avance sur la part variable'), ('year', 'Solde de fin d’année'), ('exit', 'Solde de fin de contrat'), ('absence', 'Absence'), ('daily', 'Indemnités journalières'), ('expenses', 'Frais remboursés'), ('cover', 'Dispense de mutuelle'), ('shares', 'Retenue pour parts sociales')], max_length=10, verbose_name='élément')),
                ('detail', models.CharField(blank=True, max_length=40, verbose_name='précision')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='montant')),
                ('days', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='jours')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
            ],
            options={
                'verbose_name': 'élément de paie',
                'verbose_name_plural': 'éléments de paie',
                'ordering': ['proposal', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayJournalImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('summary', 'Récapitulatif par bulletin'), ('journal', 'Écritures comptables')], max_length=10, verbose_name='nature')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('state', models.CharField(choices=[('posted', 'Passé en écritures'), ('undone', 'Annulé')], default='posted', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('posted_on', models.DateField(verbose_name='écritures du')),
                ('count', models.PositiveIntegerField(verbose_name='bulletins')),
                ('cost', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='coût total')),
                ('undo_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de l’annulation')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'journal de paie reçu',
                'verbose_name_plural': 'journaux de paie reçus',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('execution_on', models.DateField(verbose_name='exécution le')),
                ('state', models.CharField(choices=[('prepared', 'À valider'), ('released', 'Validé, à exécuter'), ('done', 'Terminé'), ('cancelled', 'Annulé')], default='prepared', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='total')),
                ('count', models.PositiveIntegerField(verbose_name='nombre d’ordres')),
                ('debtor_name', models.CharField(max_length=70, verbose_name='payé par')),
                ('debtor_iban', models.CharField(max_length=34, verbose_name='IBAN débité')),
                ('debtor_bic', models.CharField(blank=True, max_length=11, verbose_name='BIC débité')),
                ('prepared_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='préparé le')),
                ('released_at', models.DateTimeField(editable=False, null=True, verbose_name='validé le')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('form_key', models.UUIDField(editable=False, null=True, unique=True)),
            ],
            options={
                'verbose_name': 'virement groupé',
                'verbose_name_plural': 'virements groupés',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=70, verbose_name='bénéficiaire')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('label', models.CharField(max_length=140, verbose_name='libellé')),
                ('state', models.CharField(choices=[('pending', 'En cours'), ('settled', 'Payé'), ('rejected', 'Rejeté par la banque'), ('dropped', 'Sorti du lot')], default='pending', editable=False, max_length=10, verbose_name='état')),
                ('settled_on', models.DateField(editable=False, null=True, verbose_name='payé le')),
                ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'ligne de virement groupé',
                'verbose_name_plural': 'lignes de virement groupé',
                'ordering': ['batch', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=70, verbose_name='bénéficiaire')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('account', models.CharField(choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('deposit_received', 'Dépôts et cautionnements reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('disbursement', 'Débours pour le compte de clients'), ('supplier', 'Fournisseurs'), ('invoice_to_receive', 'Fournisseurs, factures non parvenues'), ('invoice_to_issue', 'Clients, factures à établir'), ('suspense', 'Compte d’attente'), ('bank', 'Banque'), ('cheques', 'Chèques à encaisser'), ('cash_box', 'Caisse'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('vat_assets', 'TVA déductible sur immobilisations'), ('vat_reverse', 'TVA due par autoliquidation'), ('vat_not_deducted', 'TVA non déductible'), ('vat_to_receive', 'TVA sur factures non parvenues'), ('vat_to_issue', 'TVA sur factures à établir'), ('vat_due', 'TVA à décaisser'), ('vat_credit', 'Crédit de TVA à reporter'), ('rounding_charge', 'Arrondis (charge)'), ('rounding_income', 'Arrondis (produit)'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('inside_charge', 'Achats à d’autres activités'), ('inside_income', 'Ventes à d’autres activités'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('levy_charge', 'Prélèvements propres (charge)'), ('levy_income', 'Prélèvements propres (produit)'), ('grant_due', 'Subventions à recevoir'), ('grant_income', 'Subventions d’exploitation'), ('prepaid_expense', 'Charges constatées d’avance'), ('deferred_income', 'Produits constatés d’avance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('legal_reserve', 'Réserve légale'), ('statutory_reserve', 'Fonds de développement, réserve statutaire'), ('losses_carried', 'Pertes antérieures à imputer'), ('result_profit', 'Résultat de l’exercice (bénéfice)'), ('result_loss', 'Résultat de l’exercice (perte)'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues'), ('labour_share', 'Personnel, part travail à verser'), ('share_interest', 'Associé·es, intérêts aux parts à payer'), ('gross_pay', 'Rémunérations du personnel'), ('employer_charges', 'Cotisations patronales'), ('social_bodies', 'Organismes sociaux'), ('tax_withheld', 'Prélèvement à la source')], max_length=30, verbose_name='compte soldé')),
                ('label', models.CharField(max_length=140, verbose_name='libellé')),
                ('due_on', models.DateField(db_index=True, verbose_name='à payer le')),
                ('source_id', models.PositiveBigIntegerField(verbose_name='identifiant de la pièce')),
                ('state', models.CharField(choices=[('planned', 'À payer'), ('batched', 'En lot'), ('settled', 'Payé'), ('rejected', 'Rejeté par la banque'), ('withdrawn', 'Retiré')], default='planned', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('cleared_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de la levée')),
                ('cleared_at', models.DateTimeField(editable=False, null=True, verbose_name='retenue levée le')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif du retrait')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandé le')),
            ],
            options={
                'verbose_name': 'ordre de paiement',
                'verbose_name_plural': 'ordres de paiement',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(unique=True, verbose_name='mois')),
                ('paid_on', models.DateField(verbose_name='payée le')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouvert le')),
            ],
            options={
                'verbose_name': 'mois de paie',
                'verbose_name_plural': 'mois de paie',
                'ordering': ['-first'],
            },
        ),
        migrations.CreateModel(
            name='PayNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='matricule')),
            ],
            options={
                'verbose_name': 'matricule de paie',
                'verbose_name_plural': 'matricules de paie',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PayProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'À accepter'), ('asked', 'Autre montant demandé'), ('agreed', 'Acceptée'), ('checked', 'Contrôlée'), ('exported', 'Envoyée en paie'), ('real', 'Paie reçue'), ('withdrawn', 'Retirée')], default='proposed', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('came_in', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='ventes du mois')),
                ('contributed', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='contribution du mois')),
                ('cash', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='trésorerie')),
                ('owed', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='déjà dû')),
                ('floor', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='plancher')),
                ('available', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='ce qui peut être payé')),
                ('shortage', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='manque pour la part fixe')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='brut simulé')),
                ('cost', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='coût simulé')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='net simulé')),
                ('rgdu', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='réduction générale simulée')),
                ('rules', models.CharField(max_length=120, verbose_name='règles')),
                ('wanted', cae.core.fields.MoneyField(decimal_places=2, editable=False, max_digits=12, null=True, verbose_name='brut demandé')),
                ('wanted_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='répondu le')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='contrôlée le')),
                ('team_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de l’équipe')),
            ],
            options={
                'verbose_name': 'proposition de paie',
                'verbose_name_plural': 'propositions de paie',
                'ordering': ['-month', 'person'],
            },
        ),
        migrations.CreateModel(
            name='PayResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='brut')),
                ('employee', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='cotisations salariales')),
                ('employer', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='cotisations patronales')),
                ('rgdu', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='réduction générale')),
                ('withholding', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='prélèvement à la source')),
                ('net_paid', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='net versé')),
                ('cost', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='coût réel')),
                ('held', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='retenue pour parts sociales')),
            ],
            options={
                'verbose_name': 'résultat de paie',
                'verbose_name_plural': 'résultats de paie',
                'ordering': ['received', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PayrollOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('reason', models.TextField(verbose_name='motif')),
                ('rule', models.CharField(max_length=200, verbose_name='règle')),
                ('replaced', models.CharField(max_length=200, verbose_name='texte remplacé')),
                ('replacement', models.CharField(max_length=200, verbose_name='nouveau texte')),
                ('added', models.JSONField(blank=True, default=dict, verbose_name='règles ajoutées')),
            ],
            options={
                'verbose_name': 'correction des règles de paie',
                'verbose_name_plural': 'corrections des règles de paie',
                'ordering': ['starts_on', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PayrollRuleset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True, verbose_name='version')),
                ('dated_on', models.DateField(verbose_name='date des règles')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('state', models.CharField(choices=[('draft', 'À mettre en vigueur'), ('in_force', 'En vigueur')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('first_month', models.DateField(blank=True, editable=False, null=True, unique=True, verbose_name='premier mois')),
            ],
            options={
                'verbose_name': 'règles officielles de paie',
                'verbose_name_plural': 'règles officielles de paie',
                'ordering': ['-dated_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Payslip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_page', models.PositiveIntegerField(verbose_name='première page')),
                ('last_page', models.PositiveIntegerField(verbose_name='dernière page')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='ouvert le')),
            ],
            options={
                'verbose_name': 'bulletin de paie',
                'verbose_name_plural': 'bulletins de paie',
                'ordering': ['-month', 'person'],
            },
        ),
        migrations.CreateModel(
            name='PayslipBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('read', 'À vérifier'), ('filed', 'Classés'), ('dropped', 'Abandonné')], default='read', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('page_count', models.PositiveIntegerField(verbose_name='pages')),
                ('parts', models.JSONField(default=list, verbose_name='parts')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déposé le')),
            ],
            options={
                'verbose_name': 'lot de bulletins',
                'verbose_name_plural': 'lots de bulletins',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(unique=True, verbose_name='premier jour')),
                ('state', models.CharField(choices=[('open', 'Ouvert'), ('closed', 'Clos'), ('locked', 'Verrouillé')], default='open', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reopened_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de la réouverture')),
            ],
            options={
                'verbose_name': 'mois comptable',
                'verbose_name_plural': 'mois comptables',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='PlannedReversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='à contre-passer le')),
                ('reason', models.CharField(max_length=150, verbose_name='motif')),
                ('state', models.CharField(choices=[('planned', 'Prévue'), ('done', 'Passée'), ('dropped', 'Abandonnée')], default='planned', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('failure', models.CharField(blank=True, editable=False, max_length=500, verbose_name='ce qui empêche')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='prévue le')),
            ],
            options={
                'verbose_name': 'contre-passation prévue',
                'verbose_name_plural': 'contre-passations prévues',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RecurringEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('total', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='total')),
                ('every', models.CharField(choices=[('month', 'Chaque mois'), ('quarter', 'Chaque trimestre'), ('half', 'Chaque semestre'), ('year', 'Chaque année')], max_length=7, verbose_name='rythme')),
                ('first_on', models.DateField(verbose_name='première date')),
                ('next_on', models.DateField(editable=False, null=True, verbose_name='prochaine date')),
                ('until', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('state', models.CharField(choices=[('active', 'En cours'), ('paused', 'En pause'), ('ended', 'Terminée')], default='active', editable=False, max_length=6, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('failure', models.CharField(blank=True, editable=False, max_length=500, verbose_name='ce qui empêche')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
            ],
            options={
                'verbose_name': 'écriture d’abonnement',
                'verbose_name_plural': 'écritures d’abonnement',
                'ordering': [models.OrderBy(models.F('next_on'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ResultAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('law', models.CharField(choices=[('scop', 'Scop'), ('scic', 'Scic')], max_length=4, verbose_name='loi')),
                ('result', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='résultat de l’exercice')),
                ('legal_reserve', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='réserve légale')),
                ('capital', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='capital')),
                ('highest_capital', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='capital le plus élevé atteint')),
                ('losses', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='pertes antérieures')),
                ('kept_out', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='gains ou subventions non partageables')),
                ('interest_rate', cae.core.fields.RateField(decimal_places=4, default=Decimal('0.00'), max_digits=6, verbose_name='taux plafond de l’intérêt')),
                ('facts_read', models.JSONField(default=dict, verbose_name='lu dans les livres')),
                ('facts_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la correction')),
                ('absorbed', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='pertes antérieures absorbées')),
                ('legal', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='à la réserve légale')),
                ('statutory', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='au fonds de développement')),
                ('labour', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part travail')),
                ('interest', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='intérêt aux parts')),
                ('participation', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='dont participation')),
                ('by_pay', cae.core.fields.RateField(decimal_places=4, default=1, max_digits=6, verbose_name='selon la rémunération')),
                ('by_time', cae.core.fields.RateField(decimal_places=4, default=0, max_digits=6, verbose_name='selon le temps')),
                ('by_equal', cae.core.fields.RateField(decimal_places=4, default=0, max_digits=6, verbose_name='à parts égales')),
                ('seniority_step', cae.core.fields.RateField(decimal_places=4, default=0, max_digits=6, verbose_name='majoration par année d’ancienneté')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='décision')),
                ('voted_on', models.DateField(editable=False, null=True, verbose_name='votée le')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='à verser le')),
                ('labour_kept_back', cae.core.fields.RateField(decimal_places=4, default=0, editable=False, max_digits=6, verbose_name='retenue sur la part travail')),
                ('interest_kept_back', cae.core.fields.RateField(decimal_places=4, default=0, editable=False, max_digits=6, verbose_name='retenue sur l’intérêt')),
                ('state', models.CharField(choices=[('proposed', 'Proposée'), ('joined', 'À l’ordre du jour'), ('voted', 'Votée'), ('posted', 'Passée en écritures'), ('paid', 'Mise en paiement')], default='proposed', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('state_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='proposée le')),
            ],
            options={
                'verbose_name': 'affectation du résultat',
                'verbose_name_plural': 'affectations du résultat',
                'ordering': ['-year__starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ResultSharePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part du résultat avant contribution')),
                ('contribution', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part de la contribution')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part nette')),
            ],
            options={
                'verbose_name': 'part de résultat',
                'verbose_name_plural': 'parts de résultat',
                'ordering': ['sharing', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ResultSharing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('result', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='résultat réparti')),
                ('contribution', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='dont contribution')),
                ('working', models.JSONField(verbose_name='détail du calcul')),
                ('is_undone', models.BooleanField(default=False, verbose_name='annulée')),
                ('undo_reason', models.CharField(blank=True, max_length=150, verbose_name='motif de l’annulation')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='décidée le')),
            ],
            options={
                'verbose_name': 'répartition de résultat',
                'verbose_name_plural': 'répartitions de résultat',
                'ordering': ['-ends_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RetainedResultAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant laissé')),
                ('terms', models.TextField(verbose_name='texte')),
                ('content_sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte')),
                ('state', models.CharField(choices=[('to_sign', 'À signer'), ('signed', 'Signé'), ('dropped', 'Abandonné')], default='to_sign', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='préparé le')),
            ],
            options={
                'verbose_name': 'accord de résultat laissé',
                'verbose_name_plural': 'accords de résultat laissé',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SaleMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('document', models.CharField(max_length=60, verbose_name='document')),
                ('category', models.CharField(choices=[('ordinary', 'Ventes ordinaires'), ('training', 'Formation'), ('internal', 'Ventes internes')], max_length=10, verbose_name='catégorie')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant HT')),
                ('corrects', models.CharField(blank=True, max_length=60, verbose_name='corrige')),
                ('by_document', models.BooleanField(verbose_name='contribution prise sur le document')),
                ('source_id', models.PositiveBigIntegerField(null=True, verbose_name='identifiant de la pièce')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
            ],
            options={
                'verbose_name': 'mouvement de vente',
                'verbose_name_plural': 'mouvements de vente',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScaleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'barème d’une activité',
                'verbose_name_plural': 'barèmes des activités',
                'ordering': ['activity', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ScaleTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='intitulé')),
                ('rules', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='règles')),
                ('years', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='années')),
                ('figures', models.JSONField(editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='chiffres')),
                ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='calculé le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandé le')),
            ],
            options={
                'verbose_name': 'essai de barème',
                'verbose_name_plural': 'essais de barème',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatementAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('result', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='résultat')),
                ('debit', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='débits')),
                ('credit', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='crédits')),
                ('content_sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte')),
                ('state', models.CharField(choices=[('to_sign', 'À accepter'), ('signed', 'Accepté'), ('replaced', 'Remplacé')], default='to_sign', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('reminded_at', models.DateTimeField(editable=False, null=True, verbose_name='relancé le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='envoyé le')),
            ],
            options={
                'verbose_name': 'relevé annuel',
                'verbose_name_plural': 'relevés annuels',
                'ordering': ['-year__starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatementLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, verbose_name='code')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('kind', models.CharField(choices=[('income', 'Compte de résultat'), ('cash', 'Trésorerie'), ('balance', 'Bilan')], max_length=8, verbose_name='état')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='faite le')),
            ],
            options={
                'verbose_name': 'présentation d’état',
                'verbose_name_plural': 'présentations d’état',
                'ordering': ['kind', 'code', '-version'],
            },
        ),
        migrations.CreateModel(
            name='TaxDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('starts_on', models.DateField(verbose_name='période du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('due_on', models.DateField(db_index=True, verbose_name='à faire avant le')),
                ('is_paid', models.BooleanField(default=True, verbose_name='donne lieu à paiement')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant')),
                ('state', models.CharField(choices=[('todo', 'À faire'), ('filed', 'Déclarée'), ('paid', 'Payée'), ('dropped', 'Sans objet')], default='todo', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('filed_on', models.DateField(editable=False, null=True, verbose_name='déclarée le')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='référence')),
                ('paid_on', models.DateField(editable=False, null=True, verbose_name='payée le')),
                ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('reminded_on', models.DateField(editable=False, null=True, verbose_name='rappelée le')),
                ('form_key', models.UUIDField(editable=False, null=True, unique=True)),
            ],
            options={
                'verbose_name': 'échéance fiscale et sociale',
                'verbose_name_plural': 'échéances fiscales et sociales',
                'ordering': ['due_on', 'label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VatBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('code', models.CharField(max_length=4, verbose_name='ligne')),
                ('number', models.CharField(blank=True, max_length=6, verbose_name='numéro de case')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('part', models.CharField(choices=[('taxed', 'Opérations taxées (HT)'), ('untaxed', 'Opérations non taxées'), ('gross', 'TVA brute'), ('deducted', 'TVA déductible'), ('result', 'Crédit et TVA à payer')], max_length=10, verbose_name='cadre')),
                ('shape', models.CharField(choices=[('base', 'Base'), ('both', 'Base et taxe'), ('tax', 'Taxe')], max_length=10, verbose_name='colonnes')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='taux')),
                ('gathers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='réunit')),
                ('formula', models.CharField(blank=True, max_length=120, verbose_name='calcul')),
                ('overflow', models.CharField(blank=True, max_length=4, verbose_name='si elle est négative')),
            ],
            options={
                'verbose_name': 'case de TVA',
                'verbose_name_plural': 'cases de TVA',
                'ordering': ['form', 'position'],
            },
        ),
        migrations.CreateModel(
            name='VatCoefficient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('stage', models.CharField(choices=[('provisional', 'Provisoire'), ('final', 'Définitif')], max_length=12, verbose_name='étape')),
                ('taxed', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='ventes qui ouvrent droit à déduction')),
                ('whole', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='toutes les ventes')),
                ('value', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='coefficient')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='décidé le')),
            ],
            options={
                'verbose_name': 'coefficient de déduction',
                'verbose_name_plural': 'coefficients de déduction',
                'ordering': ['-year', 'section__code', 'stage'],
            },
        ),
        migrations.CreateModel(
            name='VatCounted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='taxe')),
            ],
            options={
                'verbose_name': 'ligne comptée en TVA',
                'verbose_name_plural': 'lignes comptées en TVA',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VatFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exact_base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base exacte')),
                ('exact_tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='taxe exacte')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base déclarée')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='taxe déclarée')),
            ],
            options={
                'verbose_name': 'montant d’une case de TVA',
                'verbose_name_plural': 'montants des cases de TVA',
                'ordering': ['vat_return', 'box__position'],
            },
        ),
        migrations.CreateModel(
            name='VatForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('source', models.CharField(max_length=250, verbose_name='source')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
            ],
            options={
                'verbose_name': 'formulaire de TVA',
                'verbose_name_plural': 'formulaires de TVA',
                'ordering': ['code', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='VatReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(unique=True, verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('ready', 'Prête à déposer'), ('filed', 'Déposée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('result', cae.core.fields.MoneyField(decimal_places=2, editable=False, max_digits=12, null=True, verbose_name='résultat')),
                ('filed_on', models.DateField(editable=False, null=True, verbose_name='déposée le')),
                ('reference', models.CharField(blank=True, editable=False, max_length=60, verbose_name='numéro d’enregistrement')),
                ('paid_on', models.DateField(editable=False, null=True, verbose_name='payée le')),
                ('undone_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de l’annulation')),
            ],
            options={
                'verbose_name': 'déclaration de TVA',
                'verbose_name_plural': 'déclarations de TVA',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='VatRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_out', models.BooleanField(default=False, verbose_name='hors déclaration')),
                ('rate', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='taux de TVA')),
                ('kind', models.CharField(blank=True, choices=[('exempt', 'Exonéré'), ('services_abroad', 'Services avec l’étranger, autoliquidés (283-2)'), ('eu_goods', 'Biens dans l’Union européenne'), ('export', 'Exportation hors de l’Union européenne'), ('domestic', 'Autoliquidation en France (283-2 nonies)'), ('not_established', 'Fournisseur non établi en France (283-1)'), ('asset', 'Cession d’immobilisation'), ('adjustment', 'Régularisation de déduction')], max_length=20, verbose_name='nature de TVA')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('ruled_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='qualifiée le')),
            ],
            options={
                'verbose_name': 'qualification de TVA',
                'verbose_name_plural': 'qualifications de TVA',
                'ordering': ['-ruled_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='YearClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'En préparation'), ('ready', 'Prêt'), ('carried', 'Résultat porté')], default='open', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('remarks', models.JSONField(default=list, editable=False, verbose_name='points signalés')),
            ],
            options={
                'verbose_name': 'clôture d’exercice',
                'verbose_name_plural': 'clôtures d’exercice',
                'ordering': ['-year__starts_on'],
            },
        ),
        migrations.CreateModel(
            name='YearEndRegularisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('turnover', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='chiffre d’affaires')),
                ('direct_costs', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='charges directes')),
                ('contribution', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='contribution')),
                ('real_cost', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='coût réel des paies')),
                ('left', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='laissé en résultat')),
                ('carried', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='report de l’année d’avant')),
                ('balance', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='solde en coût')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='brut simulé')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='net simulé')),
                ('rules', models.CharField(blank=True, max_length=120, verbose_name='règles')),
                ('state', models.CharField(choices=[('computed', 'Calculée'), ('due', 'À verser'), ('settled', 'Versée avec la paie'), ('carried', 'Reportée')], default='computed', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('assembly_on', models.DateField(editable=False, null=True, verbose_name='assemblée du')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='à verser au plus tard le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='calculée le')),
            ],
            options={
                'verbose_name': 'régularisation de fin d’année',
                'verbose_name_plural': 'régularisations de fin d’année',
                'ordering': ['-ends_on', 'person'],
            },
        ),
        migrations.CreateModel(
            name='AllocationRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_on', models.DateField(verbose_name='entrée le')),
                ('left_on', models.DateField(null=True, verbose_name='sortie le')),
                ('pay', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='rémunération brute')),
                ('days', models.PositiveSmallIntegerField(default=0, verbose_name='jours de présence')),
                ('seniority', models.PositiveSmallIntegerField(default=0, verbose_name='années d’ancienneté')),
                ('is_entitled', models.BooleanField(verbose_name='a droit à la part travail')),
                ('read', models.JSONField(default=dict, verbose_name='lu dans les livres')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la correction')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocation_rights', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'droit à la part travail',
                'verbose_name_plural': 'droits à la part travail',
                'ordering': ['allocation', 'person'],
            },
        ),
        migrations.CreateModel(
            name='AllocationShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('labour', 'Part travail'), ('interest', 'Intérêt aux parts')], max_length=8, verbose_name='nature')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('pay_part', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='selon la rémunération')),
                ('time_part', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='selon le temps')),
                ('equal_part', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='à parts égales')),
                ('kept_back', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), editable=False, max_digits=12, verbose_name='retenu')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocation_shares', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'part d’une personne dans un résultat',
                'verbose_name_plural': 'parts des personnes dans un résultat',
                'ordering': ['allocation', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AnalyticAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('kind', models.CharField(choices=[('activity', 'Activité'), ('shared', 'Services communs'), ('person', 'Personne'), ('fund', 'Fonds')], max_length=10, verbose_name='nature')),
                ('sort_label', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('label')), output_field=models.CharField(max_length=120))),
                ('activity', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='analytic_account', to='entrepreneurs.activity', verbose_name='activité')),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='analytic_account', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'section analytique',
                'verbose_name_plural': 'sections analytiques',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='BankLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='nom')),
                ('separator', models.CharField(choices=[(';', 'Point-virgule'), (',', 'Virgule'), ('\t', 'Tabulation'), ('|', 'Barre verticale')], default=';', max_length=1, verbose_name='séparateur')),
                ('encoding', models.CharField(choices=[('utf-8-sig', 'UTF-8'), ('cp1252', 'Windows-1252'), ('iso8859-15', 'ISO 8859-15')], default='utf-8-sig', max_length=10, verbose_name='encodage')),
                ('header_lines', models.PositiveSmallIntegerField(default=1, verbose_name='lignes d’en-tête')),
                ('day_format', models.CharField(choices=[('%d/%m/%Y', '31/12/2026'), ('%d/%m/%y', '31/12/26'), ('%d-%m-%Y', '31-12-2026'), ('%d.%m.%Y', '31.12.2026'), ('%Y-%m-%d', '2026-12-31'), ('%Y%m%d', '20261231')], default='%d/%m/%Y', max_length=8, verbose_name='format des dates')),
                ('decimal_sign', models.CharField(choices=[(',', 'Virgule'), ('.', 'Point')], default=',', max_length=1, verbose_name='séparateur décimal')),
                ('booked_on_column', models.PositiveSmallIntegerField(verbose_name='colonne de la date')),
                ('value_on_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne de la date de valeur')),
                ('label_column', models.PositiveSmallIntegerField(verbose_name='colonne du libellé')),
                ('detail_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne du détail')),
                ('amount_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne du montant signé')),
                ('debit_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne du débit')),
                ('credit_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne du crédit')),
                ('counterparty_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne du tiers')),
                ('iban_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne de l’IBAN du tiers')),
                ('reference_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='colonne de la référence')),
            ],
            options={
                'verbose_name': 'format de relevé CSV',
                'verbose_name_plural': 'formats de relevé CSV',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('separator__in', [';', ',', '\t', '|'])), name='banklayout_separator'), models.CheckConstraint(condition=models.Q(('encoding__in', ['utf-8-sig', 'cp1252', 'iso8859-15'])), name='banklayout_encoding'), models.CheckConstraint(condition=models.Q(('day_format__in', ['%d/%m/%Y', '%d/%m/%y', '%d-%m-%Y', '%d.%m.%Y', '%Y-%m-%d', '%Y%m%d'])), name='banklayout_day_format'), models.CheckConstraint(condition=models.Q(('decimal_sign__in', [',', '.'])), name='banklayout_decimal_sign'), models.CheckConstraint(condition=models.Q(models.Q(('amount_column__isnull', False), ('credit_column__isnull', True), ('debit_column__isnull', True)), models.Q(('amount_column__isnull', True), ('credit_column__isnull', False), ('debit_column__isnull', False)), _connector='OR'), name='banklayout_amounts'), models.CheckConstraint(condition=models.Q(('booked_on_column__gte', 1), ('label_column__gte', 1)), name='banklayout_columns_from_one')],
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80, verbose_name='libellé')),
                ('iban', models.CharField(max_length=34, unique=True, verbose_name='IBAN')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='clôturé le')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_account', to='accounting.account', verbose_name='compte du plan')),
                ('layout', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='accounting.banklayout', verbose_name='format CSV habituel')),
            ],
            options={
                'verbose_name': 'compte bancaire',
                'verbose_name_plural': 'comptes bancaires',
                'ordering': ['account__number'],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='rang')),
                ('booked_on', models.DateField(verbose_name='date')),
                ('value_on', models.DateField(null=True, verbose_name='date de valeur')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('label', models.CharField(max_length=300, verbose_name='libellé')),
                ('counterparty', models.CharField(blank=True, max_length=140, verbose_name='tiers')),
                ('counterparty_iban', models.CharField(blank=True, max_length=34, verbose_name='IBAN du tiers')),
                ('reference', models.CharField(blank=True, max_length=140, verbose_name='référence')),
                ('end_to_end', models.CharField(blank=True, max_length=140, verbose_name='référence de bout en bout')),
                ('raw', models.TextField(verbose_name='ligne d’origine')),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('state', models.CharField(choices=[('to_match', 'À rapprocher'), ('matched', 'Rapprochée')], default='to_match', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('bank_account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.bankaccount', verbose_name='compte bancaire')),
            ],
            options={
                'verbose_name': 'ligne bancaire',
                'verbose_name_plural': 'lignes bancaires',
                'ordering': ['booked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BankMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ledger', 'Déjà dans les livres'), ('transfer', 'Virement émis'), ('items', 'Pièces réglées'), ('split', 'Ventilée'), ('waiting', 'En attente')], max_length=8, verbose_name='nature')),
                ('label', models.CharField(max_length=200, verbose_name='rapprochée de')),
                ('reasons', models.JSONField(default=list, verbose_name='raisons')),
                ('accepted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='rapprochée le')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='défaite le')),
                ('undone_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rapprochée par')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='accounting.bankline', verbose_name='ligne bancaire')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='défaite par')),
            ],
            options={
                'verbose_name': 'rapprochement',
                'verbose_name_plural': 'rapprochements',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='BankMatchedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_live', models.BooleanField(default=True, editable=False, verbose_name='en vigueur')),
                ('match', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.bankmatch', verbose_name='rapprochement')),
            ],
            options={
                'verbose_name': 'ligne rapprochée',
                'verbose_name_plural': 'lignes rapprochées',
                'ordering': ['match', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BankRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='mots du libellé')),
                ('iban', models.CharField(blank=True, max_length=34, verbose_name='IBAN du tiers')),
                ('side', models.CharField(choices=[('in', 'Entrées'), ('out', 'Sorties')], max_length=3, verbose_name='sens')),
                ('least', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant minimal')),
                ('most', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant maximal')),
                ('vat_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='taux de TVA')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='tiers')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='apprise le')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='arrêtée le')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='apprise de')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section analytique')),
                ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='arrêtée par')),
            ],
            options={
                'verbose_name': 'règle de rapprochement',
                'verbose_name_plural': 'règles de rapprochement',
                'ordering': ['words', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='bankmatch',
            name='rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='accounting.bankrule', verbose_name='règle'),
        ),
        migrations.CreateModel(
            name='BankStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('camt', 'CAMT.053'), ('ofx', 'OFX'), ('csv', 'CSV')], max_length=4, verbose_name='format')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte du fichier')),
                ('first_on', models.DateField(verbose_name='du')),
                ('last_on', models.DateField(verbose_name='au')),
                ('opening', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='solde au début')),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='mouvements')),
                ('closing', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='solde à la fin')),
                ('line_count', models.PositiveIntegerField(verbose_name='lignes')),
                ('known_count', models.PositiveIntegerField(default=0, verbose_name='lignes déjà connues, laissées')),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='importé le')),
                ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='accounting.bankaccount', verbose_name='compte bancaire')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier reçu')),
                ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='importé par')),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='accounting.bankstatement', verbose_name='relevé précédent')),
            ],
            options={
                'verbose_name': 'relevé bancaire',
                'verbose_name_plural': 'relevés bancaires',
                'ordering': ['-last_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='bankline',
            name='statement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.bankstatement', verbose_name='relevé'),
        ),
        migrations.CreateModel(
            name='BooksControl',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ended_at', models.DateTimeField(auto_now_add=True, verbose_name='terminé le')),
                ('entry_count', models.PositiveBigIntegerField(verbose_name='écritures contrôlées')),
                ('faults', models.JSONField(default=list, verbose_name='anomalies')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
            ],
            options={
                'verbose_name': 'contrôle des livres',
                'verbose_name_plural': 'contrôles des livres',
                'ordering': ['-ended_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CashFloor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='trésorerie à garder')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='fixé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fixé par')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash_floors', to='accounting.analyticaccount', verbose_name='section analytique')),
            ],
            options={
                'verbose_name': 'plancher de trésorerie',
                'verbose_name_plural': 'planchers de trésorerie',
                'ordering': ['section', '-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CashPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('kind', models.CharField(choices=[('loan', 'Emprunt'), ('tax', 'Impôts et cotisations'), ('pay', 'Salaires'), ('supplier', 'Fournisseurs'), ('grant', 'Subvention'), ('other', 'Autre')], max_length=10, verbose_name='nature')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('rhythm', models.CharField(choices=[('once', 'Une seule fois'), ('month', 'Chaque mois'), ('quarter', 'Chaque trimestre'), ('year', 'Chaque année')], default='once', max_length=10, verbose_name='rythme')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='prévu le')),
                ('form_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='prévu par')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cash_plans', to='accounting.analyticaccount', verbose_name='section analytique')),
            ],
            options={
                'verbose_name': 'flux prévu à la main',
                'verbose_name_plural': 'flux prévus à la main',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numéro')),
                ('kind', models.CharField(choices=[('month', 'Mois'), ('year', 'Exercice')], max_length=10, verbose_name='période')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('ends_on', models.DateField(db_index=True, verbose_name='dernier jour')),
                ('entry_count', models.PositiveBigIntegerField(verbose_name='écritures')),
                ('total', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='total des débits, égal à celui des crédits')),
                ('perpetual_count', models.PositiveBigIntegerField(verbose_name='écritures depuis l’origine')),
                ('perpetual_total', cae.core.fields.MoneyField(decimal_places=2, max_digits=18, verbose_name='total perpétuel')),
                ('journals', models.JSONField(default=list, verbose_name='journaux')),
                ('remarks', models.JSONField(default=list, verbose_name='points acceptés')),
                ('seal', models.CharField(max_length=64, unique=True, verbose_name='sceau')),
                ('previous_seal', models.CharField(blank=True, max_length=64, verbose_name='sceau précédent')),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='close le')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='close par')),
            ],
            options={
                'verbose_name': 'clôture',
                'verbose_name_plural': 'clôtures',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='ContributionScale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, verbose_name='code')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('rules', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='règles')),
                ('turnover', models.CharField(choices=[('invoiced', 'Ventes facturées'), ('received', 'Ventes encaissées')], max_length=10, verbose_name='base')),
                ('taken_on', models.CharField(choices=[('month', 'Chaque mois'), ('document', 'Sur chaque document')], max_length=10, verbose_name='prélevé')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('assembly', models.CharField(max_length=120, verbose_name='assemblée')),
                ('decided_on', models.DateField(verbose_name='date de la décision')),
                ('resolution', models.CharField(blank=True, max_length=60, verbose_name='résolution')),
                ('is_default', models.BooleanField(default=False, verbose_name='donné aux nouvelles activités')),
            ],
            options={
                'verbose_name': 'barème de contribution',
                'verbose_name_plural': 'barèmes de contribution',
                'ordering': ['code', '-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='scale_period'), models.CheckConstraint(condition=models.Q(('taken_on', django.db.models.fields.json.KeyTextTransform('taken_on', 'rules')), ('turnover', django.db.models.fields.json.KeyTextTransform('turnover', django.db.models.fields.json.KeyTextTransform('base', 'rules')))), name='scale_columns_are_its_rules'), models.CheckConstraint(condition=models.Q(('taken_on__in', ['month', 'document'])), name='scale_taken_known'), models.CheckConstraint(condition=models.Q(('turnover__in', ['invoiced', 'received'])), name='scale_turnover_known'), models.UniqueConstraint(fields=('code', 'version'), name='scale_version_once'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (people.models.periods.DateSpan('valid_from', 'valid_to'), '&&')], name='scale_one_version_at_a_date')],
            },
        ),
        migrations.CreateModel(
            name='ContributionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('month', 'Mois'), ('document', 'Document'), ('receipt', 'Encaissement'), ('year', 'Fin d’année'), ('advance', 'Avance à l’entrée')], max_length=10, verbose_name='objet')),
                ('subject', models.CharField(max_length=60, verbose_name='mois ou document')),
                ('rank', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('nature', models.CharField(choices=[('take', 'Prélèvement'), ('adjust', 'Régularisation'), ('reverse', 'Annulation')], default='take', max_length=8, verbose_name='nature')),
                ('on', models.DateField(verbose_name='date')),
                ('fact_on', models.DateField(verbose_name='date du fait')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base')),
                ('proportional', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part proportionnelle')),
                ('fixed', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part fixe')),
                ('uncapped', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='avant plafond')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='contribution')),
                ('inputs', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='faits')),
                ('working', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='calcul')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='calculée le')),
                ('activity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='entrepreneurs.activity', verbose_name='activité')),
                ('adjusts', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='accounting.contributionrun', verbose_name='régularise')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='accounting.contributionrun', verbose_name='rend la contribution de')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='calculée par')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='accounting.contributionrun', verbose_name='annule')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.contributionscale', verbose_name='barème')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContributionPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('ordinary', 'Ventes ordinaires'), ('training', 'Formation'), ('internal', 'Ventes internes')], max_length=10, verbose_name='catégorie')),
                ('window', models.CharField(max_length=75, verbose_name='fenêtre')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base')),
                ('proportional', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='part proportionnelle')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='accounting.contributionrun', verbose_name='contribution')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.contributionscale', verbose_name='barème')),
            ],
            options={
                'verbose_name': 'part de contribution',
                'verbose_name_plural': 'parts de contribution',
                'ordering': ['run', 'pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionscale',
            trigger=pgtrigger.compiler.Trigger(name='scale_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."rules" IS DISTINCT FROM (NEW."rules") OR OLD."turnover" IS DISTINCT FROM (NEW."turnover") OR OLD."taken_on" IS DISTINCT FROM (NEW."taken_on") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."assembly" IS DISTINCT FROM (NEW."assembly") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."resolution" IS DISTINCT FROM (NEW."resolution") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='20956b9ecab825b91cb535fe01fff3884045c0e1', operation='UPDATE', pgid='pgtrigger_scale_frozen_f4bc7', table='accounting_contributionscale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionscale',
            trigger=pgtrigger.compiler.Trigger(name='scale_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='06e414a61e9def7c4ca68760134dc4c273557762', operation='DELETE', pgid='pgtrigger_scale_kept_7616b', table='accounting_contributionscale', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='bankrule',
            name='cost_kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.costkind', verbose_name='nature de charge'),
        ),
        migrations.AddField(
            model_name='account',
            name='cost_kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounting.costkind', verbose_name='nature de charge'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costkind',
            trigger=pgtrigger.compiler.Trigger(name='costkind_code_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1d49e9b6eef946e4a241b75369b54c7f6c589795', operation='UPDATE', pgid='pgtrigger_costkind_code_frozen_e71e7', table='accounting_costkind', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='deadlinerule_once'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['month', 'quarter', 'year'])), name='deadlinerule_rhythm'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 31), ('months_after__lte', 12)), name='deadlinerule_day'),
        ),
        migrations.AddConstraint(
            model_name='deadlinerule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='deadlinerule_period'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinerule',
            trigger=pgtrigger.compiler.Trigger(name='deadlinerule_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."months_after" IS DISTINCT FROM (NEW."months_after") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."is_paid" IS DISTINCT FROM (NEW."is_paid") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6a73fd5f184b752e6720976b271920f12dc3e3da', operation='UPDATE', pgid='pgtrigger_deadlinerule_frozen_f1deb', table='accounting_deadlinerule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinerule',
            trigger=pgtrigger.compiler.Trigger(name='deadlinerule_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9e6b7e79a3ee3733806ccb5162a3d3b3085eba3a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deadlinerule_no_truncate_06155', table='accounting_deadlinerule', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='depositslip',
            name='bank_account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposit_slips', to='accounting.bankaccount', verbose_name='compte bancaire'),
        ),
        migrations.AddField(
            model_name='depositslip',
            name='document',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF'),
        ),
        migrations.AddField(
            model_name='depositslip',
            name='prepared_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par'),
        ),
        migrations.AddField(
            model_name='deposititem',
            name='slip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='accounting.depositslip', verbose_name='bordereau de remise'),
        ),
        migrations.AddField(
            model_name='entry',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='passée par'),
        ),
        migrations.AddField(
            model_name='entry',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='accounting.entry', verbose_name='contre-passe'),
        ),
        migrations.AddField(
            model_name='entry',
            name='source_type',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='nature de la pièce'),
        ),
        migrations.AddField(
            model_name='depositslip',
            name='entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='deposititem',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposit_items', to='accounting.entry', verbose_name='écriture d’encaissement'),
        ),
        migrations.AddField(
            model_name='contributionrun',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contribution_run', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='bankmatch',
            name='made',
            field=models.ManyToManyField(related_name='+', to='accounting.entry', verbose_name='écritures passées'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='account',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.account', verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='analytic',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='cost_kind',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.costkind', verbose_name='nature de charge'),
        ),
        migrations.AddField(
            model_name='entryline',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='bankmatchedline',
            name='entry_line',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='bank_matches', to='accounting.entryline', verbose_name='ligne d’écriture'),
        ),
        migrations.AddField(
            model_name='entrymodelline',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='entrymodelline',
            name='analytic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='entrymodelline',
            name='model',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.entrymodel', verbose_name='modèle d’écriture'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='exportbatch',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='exporté par'),
        ),
        migrations.AddField(
            model_name='exportbatch',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='défait par'),
        ),
        migrations.AddField(
            model_name='exportedentry',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exported', to='accounting.exportbatch', verbose_name='lot d’export'),
        ),
        migrations.AddField(
            model_name='exportedentry',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='exported', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddConstraint(
            model_name='exportlayout',
            constraint=models.CheckConstraint(condition=models.Q(('date_shape__in', ['slashes', 'compact', 'iso']), ('decimal_mark__in', ['comma', 'point']), ('encoding__in', ['utf-8', 'utf-8-sig', 'cp1252']), ('separator__in', ['semicolon', 'comma', 'tab'])), name='export_layout_marks'),
        ),
        migrations.AddConstraint(
            model_name='exportlayout',
            constraint=models.CheckConstraint(condition=models.Q(('decimal_mark', 'comma'), ('separator', 'comma'), _negated=True), name='export_layout_readable'),
        ),
        migrations.AddField(
            model_name='fecexport',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='produit par'),
        ),
        migrations.AddField(
            model_name='fiscalyear',
            name='closed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='floorexcess',
            name='allowed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='autorisé par'),
        ),
        migrations.AddField(
            model_name='floorexcess',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='floor_excesses', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='forecastalert',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forecast_alerts', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='forecastscenario',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gardé par'),
        ),
        migrations.AddField(
            model_name='forecastscenario',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forecast_scenarios', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='fund',
            name='award_entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='fund',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisie par'),
        ),
        migrations.AddField(
            model_name='fund',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='people.person', verbose_name='suivi par'),
        ),
        migrations.AddField(
            model_name='fund',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='accounting.analyticaccount', verbose_name='dépensé par'),
        ),
        migrations.AddField(
            model_name='funddeferral',
            name='back_entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='reprise'),
        ),
        migrations.AddField(
            model_name='funddeferral',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='passé par'),
        ),
        migrations.AddField(
            model_name='funddeferral',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='funddeferral',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deferrals', to='accounting.fund', verbose_name='subvention ou fonds fléché'),
        ),
        migrations.AddField(
            model_name='fundduty',
            name='done_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par'),
        ),
        migrations.AddField(
            model_name='fundduty',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='accounting.fund', verbose_name='subvention ou fonds fléché'),
        ),
        migrations.AddField(
            model_name='fundduty',
            name='proof',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='preuve'),
        ),
        migrations.AddField(
            model_name='fundinstalment',
            name='entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='fundinstalment',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='accounting.fund', verbose_name='subvention ou fonds fléché'),
        ),
        migrations.AddField(
            model_name='fundspending',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='comptée par'),
        ),
        migrations.AddField(
            model_name='fundspending',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spendings', to='accounting.fund', verbose_name='subvention ou fonds fléché'),
        ),
        migrations.AddField(
            model_name='fundspending',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_spendings', to='accounting.entryline', verbose_name='ligne d’écriture'),
        ),
        migrations.AddField(
            model_name='fundspending',
            name='undoes',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='accounting.fundspending', verbose_name='annule'),
        ),
        migrations.AddField(
            model_name='importedentry',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='imported', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['VE', 'AC', 'BQ', 'AN', 'PA', 'RA', 'OD'])), name='journal_code_known'),
        ),
        migrations.AddField(
            model_name='entrymodel',
            name='journal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.journal', verbose_name='journal'),
        ),
        migrations.AddField(
            model_name='entry',
            name='journal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounting.journal', verbose_name='journal'),
        ),
        migrations.AddField(
            model_name='ledgerdifference',
            name='before',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture remplacée'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='apportée par'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='job',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.job'),
        ),
        migrations.AddField(
            model_name='ledgerdifference',
            name='ledger_import',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='accounting.ledgerimport', verbose_name='reprise d’écritures'),
        ),
        migrations.AddField(
            model_name='importedentry',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='accounting.ledgerimport', verbose_name='remplacée par'),
        ),
        migrations.AddField(
            model_name='importedentry',
            name='ledger_import',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posted', to='accounting.ledgerimport', verbose_name='reprise d’écritures'),
        ),
        migrations.AddField(
            model_name='ledgersource',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgersource',
            name='journal',
            field=models.ForeignKey(help_text='Celui des écritures dont le journal n’est pas un des nôtres.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.journal', verbose_name='journal par défaut'),
        ),
        migrations.AddField(
            model_name='ledgersource',
            name='section',
            field=models.ForeignKey(help_text='Celle des lignes qui n’en disent pas.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section par défaut'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='accounting.ledgersource', verbose_name='comptabilité tenue ailleurs'),
        ),
        migrations.AddField(
            model_name='importedentry',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounting.ledgersource', verbose_name='comptabilité tenue ailleurs'),
        ),
        migrations.AddField(
            model_name='letteredline',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterings', to='accounting.entryline', verbose_name='ligne d’écriture'),
        ),
        migrations.AddField(
            model_name='lettering',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterings', to='accounting.account', verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='lettering',
            name='analytic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterings', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='lettering',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lettré par'),
        ),
        migrations.AddField(
            model_name='lettering',
            name='undone_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='défait par'),
        ),
        migrations.AddField(
            model_name='letteredline',
            name='lettering',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.lettering', verbose_name='lettrage'),
        ),
        migrations.AddField(
            model_name='levy',
            name='charge_account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte de l’activité'),
        ),
        migrations.AddField(
            model_name='levy',
            name='income_account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte de qui reçoit'),
        ),
        migrations.AddField(
            model_name='levy',
            name='link_account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte de liaison'),
        ),
        migrations.AddField(
            model_name='levy',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levies', to='accounting.analyticaccount', verbose_name='versé à'),
        ),
        migrations.AddField(
            model_name='levytaking',
            name='activity',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='levy_takings', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='levytaking',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='accounting.levytaking', verbose_name='répond à'),
        ),
        migrations.AddField(
            model_name='levytaking',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='calculé par'),
        ),
        migrations.AddField(
            model_name='levytaking',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='levy_taking', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='levytaking',
            name='levy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='accounting.levy', verbose_name='prélèvement propre'),
        ),
        migrations.AddField(
            model_name='levyterm',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levy_terms', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='levyterm',
            name='levy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='accounting.levy', verbose_name='prélèvement propre'),
        ),
        migrations.AddField(
            model_name='manualentry',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisie par'),
        ),
        migrations.AddField(
            model_name='manualentry',
            name='entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='by_hand', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='manualentry',
            name='journal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.journal', verbose_name='journal'),
        ),
        migrations.AddField(
            model_name='manualline',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='manualline',
            name='analytic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='manualline',
            name='manual',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.manualentry', verbose_name='écriture en préparation'),
        ),
        migrations.AddField(
            model_name='monthtotal',
            name='account',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='month_totals', to='accounting.account', verbose_name='compte'),
        ),
        migrations.AddField(
            model_name='monthtotal',
            name='analytic',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='month_totals', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='payexport',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='payexport',
            name='layout',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='accounting.exportlayout', verbose_name='format d’export de paie'),
        ),
        migrations.AddField(
            model_name='payexport',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='accounting.payexport', verbose_name='remplace'),
        ),
        migrations.AddField(
            model_name='payexport',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par'),
        ),
        migrations.AddField(
            model_name='payexportentry',
            name='export',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounting.payexport', verbose_name='envoi en paie'),
        ),
        migrations.AddField(
            model_name='payitem',
            name='absence',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.absence', verbose_name='absence'),
        ),
        migrations.AddField(
            model_name='payitem',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_items', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='payjournalimport',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reçu par'),
        ),
        migrations.AddField(
            model_name='payjournalimport',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='cancelled_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='document',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier de virement'),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par'),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='validé par'),
        ),
        migrations.AddField(
            model_name='paymentbatch',
            name='signature',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature'),
        ),
        migrations.AddField(
            model_name='paymentline',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.paymentbatch', verbose_name='virement groupé'),
        ),
        migrations.AddField(
            model_name='paymentline',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='cleared_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='corrected_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par'),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_orders', to='accounting.analyticaccount', verbose_name='payé par'),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='source_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='nature de la pièce'),
        ),
        migrations.AddField(
            model_name='paymentline',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.paymentorder', verbose_name='ordre de paiement'),
        ),
        migrations.AddField(
            model_name='paymonth',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ouvert par'),
        ),
        migrations.AddField(
            model_name='payjournalimport',
            name='month',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='accounting.paymonth', verbose_name='mois de paie'),
        ),
        migrations.AddField(
            model_name='payexport',
            name='month',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='accounting.paymonth', verbose_name='mois de paie'),
        ),
        migrations.AddField(
            model_name='paynumber',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pay_number', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='payproposal',
            name='answered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payproposal',
            name='checked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payproposal',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_proposals', to='entrepreneurs.contract', verbose_name='contrat'),
        ),
        migrations.AddField(
            model_name='payproposal',
            name='month',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='accounting.paymonth', verbose_name='mois de paie'),
        ),
        migrations.AddField(
            model_name='payproposal',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_proposals', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='payitem',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='accounting.payproposal', verbose_name='proposition de paie'),
        ),
        migrations.AddField(
            model_name='payexportentry',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='export_entries', to='accounting.payproposal', verbose_name='proposition de paie'),
        ),
        migrations.AddField(
            model_name='payresult',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pay_result', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='payresult',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_results', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='payresult',
            name='proposal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='accounting.payproposal', verbose_name='proposition de paie'),
        ),
        migrations.AddField(
            model_name='payresult',
            name='received',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='accounting.payjournalimport', verbose_name='journal de paie reçu'),
        ),
        migrations.AddConstraint(
            model_name='payrolloverride',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='pay_override_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrolloverride',
            trigger=pgtrigger.compiler.Trigger(name='pay_override_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."replaced" IS DISTINCT FROM (NEW."replaced") OR OLD."replacement" IS DISTINCT FROM (NEW."replacement") OR OLD."added" IS DISTINCT FROM (NEW."added"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3c8c6f65792ee46dc771f6500d580a1267b2a192', operation='UPDATE', pgid='pgtrigger_pay_override_frozen_ee96c', table='accounting_payrolloverride', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrolloverride',
            trigger=pgtrigger.compiler.Trigger(name='pay_override_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='40ae813d172df50022738ee1cee6b7ffc896256d', operation='DELETE', pgid='pgtrigger_pay_override_kept_a52a2', table='accounting_payrolloverride', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='payrollruleset',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='payslip',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payslip', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='payslip',
            name='month',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='accounting.paymonth', verbose_name='mois de paie'),
        ),
        migrations.AddField(
            model_name='payslip',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payslips', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='payslipbatch',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par'),
        ),
        migrations.AddField(
            model_name='payslipbatch',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='payslipbatch',
            name='month',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slip_batches', to='accounting.paymonth', verbose_name='mois de paie'),
        ),
        migrations.AddField(
            model_name='payslip',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='accounting.payslipbatch', verbose_name='lot de bulletins'),
        ),
        migrations.AddField(
            model_name='period',
            name='moved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='period',
            name='year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='accounting.fiscalyear', verbose_name='exercice comptable'),
        ),
        migrations.AddField(
            model_name='plannedreversal',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='prévue par'),
        ),
        migrations.AddField(
            model_name='plannedreversal',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_reversals', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='recurringentry',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par'),
        ),
        migrations.AddField(
            model_name='recurringentry',
            name='model',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recurring', to='accounting.entrymodel', verbose_name='modèle d’écriture'),
        ),
        migrations.AddField(
            model_name='manualentry',
            name='recurring',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made', to='accounting.recurringentry', verbose_name='abonnement'),
        ),
        migrations.AddField(
            model_name='resultallocation',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposée par'),
        ),
        migrations.AddField(
            model_name='resultallocation',
            name='entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocation', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='resultallocation',
            name='kept_back_entry',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture des retenues'),
        ),
        migrations.AddField(
            model_name='resultallocation',
            name='year',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='allocation', to='accounting.fiscalyear', verbose_name='exercice comptable'),
        ),
        migrations.AddField(
            model_name='allocationshare',
            name='allocation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='accounting.resultallocation', verbose_name='affectation du résultat'),
        ),
        migrations.AddField(
            model_name='allocationright',
            name='allocation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='accounting.resultallocation', verbose_name='affectation du résultat'),
        ),
        migrations.AddField(
            model_name='resultsharepart',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_parts', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='resultsharepart',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='resultsharing',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='resultsharing',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidée par'),
        ),
        migrations.AddField(
            model_name='resultsharing',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sharing', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='resultsharing',
            name='reversal',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='contre-passée par'),
        ),
        migrations.AddField(
            model_name='resultsharepart',
            name='sharing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='accounting.resultsharing', verbose_name='répartition de résultat'),
        ),
        migrations.AddField(
            model_name='retainedresultagreement',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par'),
        ),
        migrations.AddField(
            model_name='retainedresultagreement',
            name='signature',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature'),
        ),
        migrations.AddField(
            model_name='salemovement',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sale_movements', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='salemovement',
            name='source_type',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='nature de la pièce'),
        ),
        migrations.AddField(
            model_name='scaleassignment',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scale_assignments', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='scaleassignment',
            name='scale',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='accounting.contributionscale', verbose_name='barème'),
        ),
        migrations.AddField(
            model_name='scaletrial',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par'),
        ),
        migrations.AddField(
            model_name='scaletrial',
            name='document',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF'),
        ),
        migrations.AddField(
            model_name='statementagreement',
            name='analytic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='year_agreements', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='statementagreement',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='envoyé par'),
        ),
        migrations.AddField(
            model_name='statementagreement',
            name='signature',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature'),
        ),
        migrations.AddField(
            model_name='statementagreement',
            name='year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounting.fiscalyear', verbose_name='exercice comptable'),
        ),
        migrations.AddField(
            model_name='statementlayout',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='faite par'),
        ),
        migrations.AddField(
            model_name='layoutline',
            name='layout',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='accounting.statementlayout', verbose_name='présentation d’état'),
        ),
        migrations.AddField(
            model_name='taxdeadline',
            name='filing_proof',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='preuve de déclaration'),
        ),
        migrations.AddField(
            model_name='taxdeadline',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tax_deadlines', to=settings.AUTH_USER_MODEL, verbose_name='suivie par'),
        ),
        migrations.AddField(
            model_name='taxdeadline',
            name='payment_proof',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='preuve de paiement'),
        ),
        migrations.AddField(
            model_name='taxdeadline',
            name='rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='accounting.deadlinerule', verbose_name='règle d’échéance'),
        ),
        migrations.AddField(
            model_name='vatcoefficient',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par'),
        ),
        migrations.AddField(
            model_name='vatcoefficient',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='régularisation'),
        ),
        migrations.AddField(
            model_name='vatcoefficient',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vat_coefficients', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='vatcounted',
            name='box',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.vatbox', verbose_name='case de la taxe'),
        ),
        migrations.AddField(
            model_name='vatcounted',
            name='line',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vat_counted', to='accounting.entryline', verbose_name='ligne d’écriture'),
        ),
        migrations.AddField(
            model_name='vatcounted',
            name='operation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.vatbox', verbose_name='case de l’opération'),
        ),
        migrations.AddField(
            model_name='vatfigure',
            name='box',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.vatbox', verbose_name='case de TVA'),
        ),
        migrations.AddConstraint(
            model_name='vatform',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='vatform_version_once'),
        ),
        migrations.AddField(
            model_name='vatbox',
            name='form',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='accounting.vatform', verbose_name='formulaire de TVA'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatform',
            trigger=pgtrigger.compiler.Trigger(name='vatform_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b87c62827d919f5f3af445843debdd25870afd67', operation='UPDATE', pgid='pgtrigger_vatform_frozen_b1d48', table='accounting_vatform', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatform',
            trigger=pgtrigger.compiler.Trigger(name='vatform_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='549d859478f4049fe0185bb847538b7008d40d50', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatform_no_truncate_aa1ea', table='accounting_vatform', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='vatreturn',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='vatreturn',
            name='filed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposée par'),
        ),
        migrations.AddField(
            model_name='vatreturn',
            name='form',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='accounting.vatform', verbose_name='formulaire de TVA'),
        ),
        migrations.AddField(
            model_name='vatreturn',
            name='payment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture de paiement'),
        ),
        migrations.AddField(
            model_name='vatreturn',
            name='proof',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='accusé de dépôt'),
        ),
        migrations.AddField(
            model_name='vatfigure',
            name='vat_return',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='accounting.vatreturn', verbose_name='déclaration de TVA'),
        ),
        migrations.AddField(
            model_name='vatcounted',
            name='vat_return',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted', to='accounting.vatreturn', verbose_name='déclaration de TVA'),
        ),
        migrations.AddField(
            model_name='taxdeadline',
            name='vat_return',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadline', to='accounting.vatreturn', verbose_name='déclaration de TVA'),
        ),
        migrations.AddField(
            model_name='vatruling',
            name='line',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vat_ruling', to='accounting.entryline', verbose_name='ligne d’écriture'),
        ),
        migrations.AddField(
            model_name='vatruling',
            name='ruled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='qualifiée par'),
        ),
        migrations.AddField(
            model_name='yearclosing',
            name='moved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='yearclosing',
            name='year',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='workbench', to='accounting.fiscalyear', verbose_name='exercice comptable'),
        ),
        migrations.AddField(
            model_name='yearendregularisation',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_years', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='yearendregularisation',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='calculée par'),
        ),
        migrations.AddField(
            model_name='yearendregularisation',
            name='paid_with',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='year_balances', to='accounting.payproposal', verbose_name='versée avec'),
        ),
        migrations.AddField(
            model_name='yearendregularisation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_years', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='retainedresultagreement',
            name='year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounting.yearendregularisation', verbose_name='régularisation de fin d’année'),
        ),
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['activity', 'shared', 'person', 'fund'])), name='analytic_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('kind', 'activity'), ('person__isnull', True)), models.Q(('activity__isnull', True), ('kind__in', ['shared', 'fund']), ('person__isnull', True)), models.Q(('activity__isnull', True), ('kind', 'person'), ('person__isnull', False)), _connector='OR'), name='analytic_activity_named'),
        ),
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'shared')), fields=('kind',), name='analytic_shared_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analyticaccount',
            trigger=pgtrigger.compiler.Trigger(name='analytic_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5aea4bca9b1fec97718e3ce751d85c46be0830de', operation='UPDATE', pgid='pgtrigger_analytic_frozen_00bfe', table='accounting_analyticaccount', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('iban__regex', '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$')), name='bankaccount_iban'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankaccount',
            trigger=pgtrigger.compiler.Trigger(name='bankaccount_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c27a83388c61c9be642458864bacf8b769f6e17b', operation='DELETE', pgid='pgtrigger_bankaccount_kept_0a3ab', table='accounting_bankaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankaccount',
            trigger=pgtrigger.compiler.Trigger(name='bankaccount_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."iban" IS DISTINCT FROM (NEW."iban") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='65a3e09b98f518dfab557c64f01db8f9f6eea304', operation='UPDATE', pgid='pgtrigger_bankaccount_frozen_45544', table='accounting_bankaccount', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.UniqueConstraint(fields=('bank_account', 'sha256'), name='bankstatement_file_once'),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.UniqueConstraint(condition=models.Q(('previous__isnull', True)), fields=('bank_account',), name='bankstatement_one_first'),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['camt', 'ofx', 'csv'])), name='bankstatement_format'),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.CheckConstraint(condition=models.Q(('closing', django.db.models.expressions.CombinedExpression(models.F('opening'), '+', models.F('total')))), name='bankstatement_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='bankstatement_days'),
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.CheckConstraint(condition=models.Q(('line_count__gte', 1)), name='bankstatement_of_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankstatement',
            trigger=pgtrigger.compiler.Trigger(name='bankstatement_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='23fdb2206894cdc61c617078e8c3f93f5394ae3a', operation='UPDATE', pgid='pgtrigger_bankstatement_frozen_b3367', table='accounting_bankstatement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankstatement',
            trigger=pgtrigger.compiler.Trigger(name='bankstatement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='730ac04a9ed6b3edd2cff048f69b6f0fde8c715b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_bankstatement_no_truncate_d0a29', table='accounting_bankstatement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankstatement',
            trigger=pgtrigger.compiler.Trigger(name='bankstatement_follows', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.previous_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM accounting_bankstatement former\n        WHERE former.id = NEW.previous_id\n        AND former.bank_account_id = NEW.bank_account_id\n        AND former.closing = NEW.opening\n    ) THEN\n        RAISE EXCEPTION 'statement % does not continue the one before', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='29bbafc357fbfbdbe71a41d050750df2363b14fc', operation='INSERT', pgid='pgtrigger_bankstatement_follows_b9666', table='accounting_bankstatement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankstatement',
            trigger=pgtrigger.compiler.Trigger(name='bankstatement_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (SELECT 1 FROM accounting_bankstatement WHERE id = NEW.id) AND NOT EXISTS (\n        SELECT 1 FROM accounting_bankline line\n        WHERE line.statement_id = NEW.id\n        HAVING COUNT(*) = NEW.line_count AND SUM(line.amount) = NEW.total\n    ) THEN\n        RAISE EXCEPTION 'statement % is not made of the lines it announces', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='1b41c696ede82d5df27f65633dbdd7a464665a63', operation='INSERT', pgid='pgtrigger_bankstatement_whole_1ed29', table='accounting_bankstatement', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(fields=['bank_account', 'state', 'booked_on'], name='bankline_waiting'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('bank_account', 'fingerprint'), name='bankline_known_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('statement', 'position'), name='bankline_position_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_match', 'matched'])), name='bankline_state'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='bankline_some'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='bankline_goes_with_it', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (SELECT 1 FROM accounting_bankstatement WHERE id = OLD.statement_id) THEN\n        RAISE EXCEPTION 'line % goes with its whole statement only', OLD.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='b00038c90cd73f7ccd43994c4d4980339c4a03c6', operation='DELETE', pgid='pgtrigger_bankline_goes_with_it_fb31d', table='accounting_bankline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='bankline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='00e001303e39556f572a69890b5226fad5747d1d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_bankline_no_truncate_8b222', table='accounting_bankline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankline',
            trigger=pgtrigger.compiler.Trigger(name='bankline_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD.*) - ARRAY['state', 'state_since', 'version'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['state', 'state_since', 'version'])", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c0337d4c38b946a273198ce35a769a04cf91fac9', operation='UPDATE', pgid='pgtrigger_bankline_frozen_6aa25', table='accounting_bankline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookscontrol',
            trigger=pgtrigger.compiler.Trigger(name='control_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d4acf3859730d5a9a7e0df2b66874515fa2a21f', operation='UPDATE OR DELETE', pgid='pgtrigger_control_append_only_1b044', table='accounting_bookscontrol', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookscontrol',
            trigger=pgtrigger.compiler.Trigger(name='control_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='65dc0861a91264f7b2c6519c5c5420bda479ac42', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_control_no_truncate_c5341', table='accounting_bookscontrol', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cashfloor',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='cash_floor_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='cashfloor',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='cash_floor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='cashfloor',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='cash_floor_says_why'),
        ),
        migrations.AddConstraint(
            model_name='cashfloor',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('section', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='cash_floor_once_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashfloor',
            trigger=pgtrigger.compiler.Trigger(name='cash_floor_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f53f0ba57a9ce3efe6c09fadf2e46435ccf033c5', operation='UPDATE', pgid='pgtrigger_cash_floor_frozen_e6473', table='accounting_cashfloor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashfloor',
            trigger=pgtrigger.compiler.Trigger(name='cash_floor_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='aa7c523e22a5f9a82c467d0bb013774f9bb896ae', operation='DELETE', pgid='pgtrigger_cash_floor_kept_e7e58', table='accounting_cashfloor', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='cash_plan_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['loan', 'tax', 'pay', 'supplier', 'grant', 'other'])), name='cash_plan_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['once', 'month', 'quarter', 'year'])), name='cash_plan_rhythm_known'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='cash_plan_named'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='cash_plan_of_something'),
        ),
        migrations.AddConstraint(
            model_name='cashplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rhythm', 'once'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='cash_plan_once_ends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashplan',
            trigger=pgtrigger.compiler.Trigger(name='cash_plan_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0832c2e83face601194e07bd6650a2069f12bbbe', operation='UPDATE', pgid='pgtrigger_cash_plan_frozen_271a3', table='accounting_cashplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cashplan',
            trigger=pgtrigger.compiler.Trigger(name='cash_plan_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9947abd127c6287eaa3dd5e705223a1c15573649', operation='DELETE', pgid='pgtrigger_cash_plan_kept_e576d', table='accounting_cashplan', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['month', 'year'])), name='closing_kind'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='closing_number'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='closing_order'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('seal__regex', '^[0-9a-f]{64}$')), name='closing_sealed'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('perpetual_total__gte', models.F('total')), ('total__gte', 0), ('perpetual_count__gte', models.F('entry_count'))), name='closing_totals'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous_seal', '')), models.Q(('number__gt', 1), ('previous_seal__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='closing_chained'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closing',
            trigger=pgtrigger.compiler.Trigger(name='closing_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5418042126de62b3b00164192269cf6731147d2a', operation='UPDATE OR DELETE', pgid='pgtrigger_closing_append_only_552d9', table='accounting_closing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closing',
            trigger=pgtrigger.compiler.Trigger(name='closing_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='fdd02ddfb0d06f04b83d1acc6802ad8412160925', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_closing_no_truncate_6e276', table='accounting_closing', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='contributionpart',
            index=models.Index(fields=['activity', 'window'], name='part_activity_window'),
        ),
        migrations.AddConstraint(
            model_name='contributionpart',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['ordinary', 'training', 'internal'])), name='part_category_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionpart',
            trigger=pgtrigger.compiler.Trigger(name='part_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0f5b02d651bb4869e9530b369e8bbaf9db982ea0', operation='UPDATE OR DELETE', pgid='pgtrigger_part_append_only_2c5c1', table='accounting_contributionpart', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionpart',
            trigger=pgtrigger.compiler.Trigger(name='part_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6a7b1d1e6e3ccdfe4ecc52e02e749c53f5b59d72', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_part_no_truncate_4236f', table='accounting_contributionpart', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bankrule',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['in', 'out'])), name='bankrule_side'),
        ),
        migrations.AddConstraint(
            model_name='bankrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('iban', ''), _negated=True), _connector='OR'), name='bankrule_says_when'),
        ),
        migrations.AddConstraint(
            model_name='bankrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('least__isnull', True), ('least__gte', 0), _connector='OR'), models.Q(('most__isnull', True), ('most__gte', 0), _connector='OR')), name='bankrule_amounts'),
        ),
        migrations.AddConstraint(
            model_name='bankrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at__isnull', True), ('stopped_by__isnull', True)), ('stopped_at__isnull', False), _connector='OR'), name='bankrule_stopped_by'),
        ),
        migrations.AddConstraint(
            model_name='bankrule',
            constraint=models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('words', 'iban', 'side'), name='bankrule_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankrule',
            trigger=pgtrigger.compiler.Trigger(name='bankrule_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c9853aa9223bc3d4f72a5eef536bb9f1323fcb46', operation='DELETE', pgid='pgtrigger_bankrule_kept_39b62', table='accounting_bankrule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankrule',
            trigger=pgtrigger.compiler.Trigger(name='bankrule_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.stopped_at IS NOT NULL OR to_jsonb(OLD.*) - ARRAY['stopped_at', 'stopped_by_id'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['stopped_at', 'stopped_by_id'])", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c7575a9d154967d85069c570cb732c9a9f2ed07e', operation='UPDATE', pgid='pgtrigger_bankrule_frozen_d626f', table='accounting_bankrule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['balance', 'expense', 'income'])), name='account_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__isnull', True), ('role__in', ['customer', 'customer_retention', 'customer_advance', 'deposit_received', 'claimant', 'expense_advance', 'card_expense', 'disbursement', 'supplier', 'invoice_to_receive', 'invoice_to_issue', 'suspense', 'bank', 'cheques', 'cash_box', 'vat_collected', 'vat_pending', 'vat_deductible', 'vat_assets', 'vat_reverse', 'vat_not_deducted', 'vat_to_receive', 'vat_to_issue', 'vat_due', 'vat_credit', 'rounding_charge', 'rounding_income', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'inside_charge', 'inside_income', 'share_charge', 'share_income', 'waiver_income', 'levy_charge', 'levy_income', 'grant_due', 'grant_income', 'prepaid_expense', 'deferred_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'legal_reserve', 'statutory_reserve', 'losses_carried', 'result_profit', 'result_loss', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due', 'labour_share', 'share_interest', 'gross_pay', 'employer_charges', 'social_bodies', 'tax_withheld']), _connector='OR'), name='account_role_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[1-8][0-9]{2,11}$')), name='account_number_shape'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='account_number_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e1571363ef112f0d4da995dcda81a679527ba580', operation='UPDATE', pgid='pgtrigger_account_number_frozen_38d2d', table='accounting_account', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='depositslip',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cheques', 'cash'])), name='depositslip_kind'),
        ),
        migrations.AddConstraint(
            model_name='depositslip',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0), ('total__gt', 0)), name='depositslip_of_something'),
        ),
        migrations.AddConstraint(
            model_name='depositslip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('credited_on__isnull', True), ('deposited_on__isnull', True), ('state', 'prepared')), models.Q(('cancel_reason', ''), ('credited_on__isnull', True), ('deposited_on__isnull', False), ('state', 'deposited')), models.Q(('cancel_reason', ''), ('credited_on__gte', models.F('deposited_on')), ('credited_on__isnull', False), ('deposited_on__isnull', False), ('state', 'credited')), models.Q(('credited_on__isnull', True), ('deposited_on__isnull', True), ('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='depositslip_state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='depositslip',
            trigger=pgtrigger.compiler.Trigger(name='depositslip_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ccb359e539297d86e02a11a98a0d6eea437b264a', operation='DELETE', pgid='pgtrigger_depositslip_kept_a6156', table='accounting_depositslip', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='depositslip',
            trigger=pgtrigger.compiler.Trigger(name='depositslip_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='08c5225c538a64949817022d996e078612a8467b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_depositslip_no_truncate_e34bb', table='accounting_depositslip', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='depositslip',
            trigger=pgtrigger.compiler.Trigger(name='depositslip_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."bank_account_id" IS DISTINCT FROM (NEW."bank_account_id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."total" IS DISTINCT FROM (NEW."total") OR OLD."count" IS DISTINCT FROM (NEW."count") OR OLD."prepared_by_id" IS DISTINCT FROM (NEW."prepared_by_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ea04f98f0e501726b419e8e69a4da6365234a89b', operation='UPDATE', pgid='pgtrigger_depositslip_frozen_e45d2', table='accounting_depositslip', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deposititem',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='deposititem_positive'),
        ),
        migrations.AddConstraint(
            model_name='deposititem',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('entry',), name='deposititem_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deposititem',
            trigger=pgtrigger.compiler.Trigger(name='deposititem_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='963e74bc7725b7ca8d352caa36a71f67c4c9b71c', operation='DELETE', pgid='pgtrigger_deposititem_kept_a5933', table='accounting_deposititem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deposititem',
            trigger=pgtrigger.compiler.Trigger(name='deposititem_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='27ccc59fa6510cf595da8a4f240a4b1876fed6e2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deposititem_no_truncate_0f805', table='accounting_deposititem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deposititem',
            trigger=pgtrigger.compiler.Trigger(name='deposititem_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."slip_id" IS DISTINCT FROM (NEW."slip_id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."drawer" IS DISTINCT FROM (NEW."drawer") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."amount" IS DISTINCT FROM (NEW."amount"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b8c661a64ccc04dd1c6891fae02634556836218f', operation='UPDATE', pgid='pgtrigger_deposititem_frozen_7aad9', table='accounting_deposititem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deposititem',
            trigger=pgtrigger.compiler.Trigger(name='deposititem_over', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD."is_live")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2987d141a8374353c937cb3fb1c9310fd8f49611', operation='UPDATE', pgid='pgtrigger_deposititem_over_d83f0', table='accounting_deposititem', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='contributionrun',
            index=models.Index(fields=['activity', 'year'], name='run_activity_year'),
        ),
        migrations.AddIndex(
            model_name='contributionrun',
            index=models.Index(fields=['activity', 'on'], include=('base', 'due'), name='run_of_activity'),
        ),
        migrations.AddIndex(
            model_name='contributionrun',
            index=models.Index(fields=['kind', 'subject'], name='run_of_subject'),
        ),
        migrations.AddIndex(
            model_name='contributionrun',
            index=models.Index(fields=['on', 'id'], name='run_in_order'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.UniqueConstraint(fields=('activity', 'kind', 'subject', 'rank'), name='run_once_a_rank'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['month', 'document', 'receipt', 'year', 'advance'])), name='run_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adjusts__isnull', True), ('nature', 'take'), ('reverses__isnull', True)), models.Q(('adjusts__isnull', False), ('nature', 'adjust'), ('reverses__isnull', True)), models.Q(('adjusts__isnull', True), ('nature', 'reverse'), ('reverses__isnull', False)), _connector='OR'), name='run_nature_says_what_it_names'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nature', 'take'), ('rank', 1)), ('rank__gt', 1), _connector='OR'), name='run_first_takes'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due', 0), ('entry__isnull', True)), models.Q(models.Q(('due', 0), _negated=True), ('entry__isnull', False)), _connector='OR'), name='run_posted_unless_nothing'),
        ),
        migrations.AddConstraint(
            model_name='contributionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nature', 'take'), _negated=True), models.Q(('uncapped__gte', django.db.models.expressions.CombinedExpression(models.F('proportional'), '+', models.F('fixed'))), models.Q(models.Q(('due__gte', 0), ('due__lte', models.F('uncapped')), ('uncapped__gte', 0)), models.Q(('due__gte', models.F('uncapped')), ('due__lte', 0), ('uncapped__lt', 0)), _connector='OR')), _connector='OR'), name='run_figures_true'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionrun',
            trigger=pgtrigger.compiler.Trigger(name='run_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ee1f47443fc599f20ddec69f2133a7fbc44f7d8e', operation='UPDATE OR DELETE', pgid='pgtrigger_run_append_only_bbb87', table='accounting_contributionrun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionrun',
            trigger=pgtrigger.compiler.Trigger(name='run_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='432b9964754fa136bd12f2911d4fdeb8d5ab8517', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_run_no_truncate_38be6', table='accounting_contributionrun', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='bankmatch',
            index=models.Index(fields=['line'], name='bankmatch_of_line'),
        ),
        migrations.AddConstraint(
            model_name='bankmatch',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ledger', 'transfer', 'items', 'split', 'waiting'])), name='bankmatch_kind'),
        ),
        migrations.AddConstraint(
            model_name='bankmatch',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('line',), name='bankmatch_one_live'),
        ),
        migrations.AddConstraint(
            model_name='bankmatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_reason', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_reason', ''), _negated=True)), _connector='OR'), name='bankmatch_undone_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatch',
            trigger=pgtrigger.compiler.Trigger(name='bankmatch_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='998958bf8ad8f432d18c068b22f96fedbae21623', operation='DELETE', pgid='pgtrigger_bankmatch_kept_3ede8', table='accounting_bankmatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatch',
            trigger=pgtrigger.compiler.Trigger(name='bankmatch_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='27fc7aead245ce06b6de45477024ae4f61def0fa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_bankmatch_no_truncate_faaf1', table='accounting_bankmatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatch',
            trigger=pgtrigger.compiler.Trigger(name='bankmatch_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.undone_at IS NOT NULL OR to_jsonb(OLD.*) - ARRAY['undone_at', 'undone_by_id', 'undone_reason'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['undone_at', 'undone_by_id', 'undone_reason'])", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b65da18bb77111a4c45436f8c219d98d7256e957', operation='UPDATE', pgid='pgtrigger_bankmatch_frozen_e1075', table='accounting_bankmatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatch',
            trigger=pgtrigger.compiler.Trigger(name='bankmatch_worth', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_bankmatchedline matched\n        JOIN accounting_entryline line ON line.id = matched.entry_line_id\n        JOIN accounting_bankline bank ON bank.id = NEW.line_id\n        JOIN accounting_bankaccount account ON account.id = bank.bank_account_id\n        WHERE matched.match_id = NEW.id\n        GROUP BY bank.amount, account.account_id\n        HAVING SUM(line.debit - line.credit) = bank.amount\n        AND BOOL_AND(line.account_id = account.account_id)\n    ) THEN\n        RAISE EXCEPTION 'match % is not worth its bank line', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='845db303f1baa2c2aa5989912fd4df880a7144eb', operation='INSERT', pgid='pgtrigger_bankmatch_worth_18662', table='accounting_bankmatch', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='entryline',
            index=models.Index(fields=['analytic', 'on'], include=('account', 'debit', 'credit'), name='line_of_section'),
        ),
        migrations.AddIndex(
            model_name='entryline',
            index=models.Index(fields=['account', 'on'], include=('analytic', 'debit', 'credit'), name='line_of_account'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.UniqueConstraint(fields=('entry', 'position'), name='line_position_once'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit', 0), ('debit__gt', 0)), models.Q(('credit__gt', 0), ('debit', 0)), _connector='OR'), name='line_one_side'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(('vat_kind__in', ['', 'exempt', 'services_abroad', 'eu_goods', 'export', 'domestic', 'not_established', 'asset', 'adjustment'])), name='line_vat_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entryline',
            trigger=pgtrigger.compiler.Trigger(name='line_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f322fedd0fffdcd6c959a904f42fcf2c1761fef5', operation='UPDATE OR DELETE', pgid='pgtrigger_line_append_only_9af8c', table='accounting_entryline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entryline',
            trigger=pgtrigger.compiler.Trigger(name='line_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f5e34bfee218194ddb0f6f23512e00c85c28bbb1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_line_no_truncate_6ce77', table='accounting_entryline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entryline',
            trigger=pgtrigger.compiler.Trigger(name='line_balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n    IF EXISTS (\n        SELECT 1 FROM accounting_entryline line\n        WHERE line.entry_id = NEW.entry_id\n        GROUP BY line.analytic_id\n        HAVING SUM(line.debit) <> SUM(line.credit)\n    ) THEN\n        RAISE EXCEPTION \'entry % does not balance in each analytic section\', NEW.entry_id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_entry entry JOIN accounting_entryline line ON line.entry_id = entry.id\n        WHERE entry.id = NEW.entry_id\n        GROUP BY entry.id\n        HAVING COUNT(*) = entry.line_count\n        AND SUM(line.debit) = entry.total\n        AND SUM(line.credit) = entry.total\n        AND BOOL_AND(line."on" = entry."on")\n    ) THEN\n        RAISE EXCEPTION \'entry % is not made of the lines it announces\', NEW.entry_id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='975bb1222b010b6153a4e44beef75684bec9104e', operation='INSERT', pgid='pgtrigger_line_balanced_98db0', table='accounting_entryline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entryline',
            trigger=pgtrigger.compiler.Trigger(name='line_added_up', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO accounting_monthtotal (analytic_id, account_id, month, is_opening, debit, credit, is_fresh)\n    SELECT line.analytic_id, line.account_id, date_trunc(\'month\', line."on")::date, journal.code = \'RA\',\n        SUM(line.debit), SUM(line.credit), TRUE\n    FROM new_lines line\n    JOIN accounting_entry entry ON entry.id = line.entry_id\n    JOIN accounting_journal journal ON journal.id = entry.journal_id\n    GROUP BY 1, 2, 3, 4;\n    RETURN NULL;\n', hash='9f5ad1dfde3738b1176cf8b397acd9981ed434dd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_line_added_up_6bbe2', referencing='REFERENCING NEW TABLE AS new_lines ', table='accounting_entryline', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='bankmatchedline',
            index=models.Index(fields=['entry_line'], name='bankmatched_of_line'),
        ),
        migrations.AddConstraint(
            model_name='bankmatchedline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('entry_line',), name='bankmatched_line_once'),
        ),
        migrations.AddConstraint(
            model_name='bankmatchedline',
            constraint=models.UniqueConstraint(fields=('match', 'entry_line'), name='bankmatched_once_in_match'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatchedline',
            trigger=pgtrigger.compiler.Trigger(name='bankmatched_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='46e5b7b454d58bf1e8d7df824d460ab3eff2dbce', operation='DELETE', pgid='pgtrigger_bankmatched_kept_195ed', table='accounting_bankmatchedline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankmatchedline',
            trigger=pgtrigger.compiler.Trigger(name='bankmatched_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD.is_live OR OLD.match_id <> NEW.match_id OR OLD.entry_line_id <> NEW.entry_line_id)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='012695f215124620e4ffa49cf324195a0b139a33', operation='UPDATE', pgid='pgtrigger_bankmatched_frozen_68ece', table='accounting_bankmatchedline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='entrymodelline',
            constraint=models.UniqueConstraint(fields=('model', 'position'), name='entry_model_line_once'),
        ),
        migrations.AddConstraint(
            model_name='entrymodelline',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['debit', 'credit'])), name='entry_model_line_side'),
        ),
        migrations.AddConstraint(
            model_name='entrymodelline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('share__isnull', True)), models.Q(('amount__isnull', True), ('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='entry_model_line_says_how_much'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='exemption_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('situation__in', ['minima_sociaux', 'sick_leave', 'parental_leave', 'hardship', 'other'])), name='exemption_situation_known'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('waives__contained_by', ['proportional', 'fixed', 'floor'])), name='exemption_parts_known'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('activity', '='), ('situation', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='exemption_once_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemption',
            trigger=pgtrigger.compiler.Trigger(name='exemption_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."situation" IS DISTINCT FROM (NEW."situation") OR OLD."waives" IS DISTINCT FROM (NEW."waives") OR OLD."decided_by" IS DISTINCT FROM (NEW."decided_by") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='93cf959ea5276fb883ba4534b08833f204092c5a', operation='UPDATE', pgid='pgtrigger_exemption_frozen_3e406', table='accounting_exemption', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exemption',
            trigger=pgtrigger.compiler.Trigger(name='exemption_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='400ab0762dc4939978efa951639890768deab050', operation='DELETE', pgid='pgtrigger_exemption_kept_a65a8', table='accounting_exemption', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['csv', 'fec', 'quadra'])), name='export_batch_format'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='export_batch_order'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('entry_count__gt', 0), ('line_count__gt', 0)), name='export_batch_of_something'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit'))), name='export_batch_balanced'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='export_batch_sealed'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(('format', 'fec'), ('is_grouped', True), _negated=True), name='export_batch_fec_whole'),
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at__isnull', True)), models.Q(('undone_at__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='export_batch_undone_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportbatch',
            trigger=pgtrigger.compiler.Trigger(name='export_batch_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."journals" IS DISTINCT FROM (NEW."journals") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."is_grouped" IS DISTINCT FROM (NEW."is_grouped") OR OLD."takes_again" IS DISTINCT FROM (NEW."takes_again") OR OLD."entry_count" IS DISTINCT FROM (NEW."entry_count") OR OLD."line_count" IS DISTINCT FROM (NEW."line_count") OR OLD."debit" IS DISTINCT FROM (NEW."debit") OR OLD."credit" IS DISTINCT FROM (NEW."credit") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2598bc95e2eb32f192c2e8b50442df86e7ff3948', operation='UPDATE', pgid='pgtrigger_export_batch_frozen_c835f', table='accounting_exportbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportbatch',
            trigger=pgtrigger.compiler.Trigger(name='export_batch_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9f6c06ce9909a9a67a3aa704375f608bcd7dc364', operation='UPDATE', pgid='pgtrigger_export_batch_undone_once_efbfd', table='accounting_exportbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportbatch',
            trigger=pgtrigger.compiler.Trigger(name='export_batch_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a7455d42db12cef984f39bf304ea5b1774404933', operation='DELETE', pgid='pgtrigger_export_batch_kept_50d5d', table='accounting_exportbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportbatch',
            trigger=pgtrigger.compiler.Trigger(name='export_batch_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6bcc74941242d80c3ea40c9ea82e7c516d0c5eea', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_export_batch_no_truncate_e36c7', table='accounting_exportbatch', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='exportedentry',
            constraint=models.UniqueConstraint(fields=('entry', 'batch'), name='exported_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='exportedentry',
            constraint=models.UniqueConstraint(condition=models.Q(('is_taken', True)), fields=('entry',), name='exported_entry_taken_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportedentry',
            trigger=pgtrigger.compiler.Trigger(name='exported_entry_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='12abdb62f29a5070370e88db98035ce009a4be17', operation='UPDATE', pgid='pgtrigger_exported_entry_frozen_5f1da', table='accounting_exportedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportedentry',
            trigger=pgtrigger.compiler.Trigger(name='exported_entry_given_back', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD."is_taken")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3677757361c2d5606f1c60b376cada2c86c1a171', operation='UPDATE', pgid='pgtrigger_exported_entry_given_back_aca58', table='accounting_exportedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportedentry',
            trigger=pgtrigger.compiler.Trigger(name='exported_entry_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8e436c7fb9dd7817f17033f0fb072d9755d0415f', operation='DELETE', pgid='pgtrigger_exported_entry_kept_b1141', table='accounting_exportedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportedentry',
            trigger=pgtrigger.compiler.Trigger(name='exported_entry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8e5c236c8e210bcde05957fa1b964bf15b2f5f62', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_exported_entry_no_truncate_32c11', table='accounting_exportedentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fecexport',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='fecexport_order'),
        ),
        migrations.AddConstraint(
            model_name='fecexport',
            constraint=models.CheckConstraint(condition=models.Q(('line_count__gt', 0)), name='fecexport_of_something'),
        ),
        migrations.AddConstraint(
            model_name='fecexport',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='fecexport_sealed'),
        ),
        migrations.AddConstraint(
            model_name='fecexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fault_count', 0), ('faults', [])), models.Q(('fault_count__gt', 0), models.Q(('faults', []), _negated=True)), _connector='OR'), name='fecexport_faults_told'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fecexport',
            trigger=pgtrigger.compiler.Trigger(name='fecexport_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a479ad2d8a4c510a809f25d63abfe49ab0c5b109', operation='UPDATE OR DELETE', pgid='pgtrigger_fecexport_append_only_6c82c', table='accounting_fecexport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fecexport',
            trigger=pgtrigger.compiler.Trigger(name='fecexport_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e7c81d0ae44e38e3b76355aeb1791b3d1e186c03', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_fecexport_no_truncate_879c0', table='accounting_fecexport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fiscalyear',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='fiscal_year_state'),
        ),
        migrations.AddConstraint(
            model_name='fiscalyear',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on')), ('starts_on__day', 1)), name='fiscal_year_order'),
        ),
        migrations.AddConstraint(
            model_name='fiscalyear',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='fiscal_year_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fiscalyear',
            trigger=pgtrigger.compiler.Trigger(name='fiscal_year_closed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'closed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b9ef3a60b73d356dc1464bfca1a445f50cfaa9b3', operation='UPDATE', pgid='pgtrigger_fiscal_year_closed_e9351', table='accounting_fiscalyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fiscalyear',
            trigger=pgtrigger.compiler.Trigger(name='fiscal_year_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d083cdd3cb64935e0c22c4820775bc9ab76170de', operation='DELETE', pgid='pgtrigger_fiscal_year_kept_ee174', table='accounting_fiscalyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fiscalyear',
            trigger=pgtrigger.compiler.Trigger(name='fiscal_year_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2ac20ee98642da80bc4c8356fe40b44706b5ae42', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_fiscal_year_no_truncate_7ea7a', table='accounting_fiscalyear', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='floorexcess',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='floor_excess_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='floorexcess',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', False)), name='floor_excess_ends'),
        ),
        migrations.AddConstraint(
            model_name='floorexcess',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='floor_excess_says_why'),
        ),
        migrations.AddConstraint(
            model_name='floorexcess',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('section', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='floor_excess_once_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='floorexcess',
            trigger=pgtrigger.compiler.Trigger(name='floor_excess_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."allowed_by_id" IS DISTINCT FROM (NEW."allowed_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3d429f501a87f76441f2b9bd5fe3394a77b3d35e', operation='UPDATE', pgid='pgtrigger_floor_excess_frozen_c1399', table='accounting_floorexcess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='floorexcess',
            trigger=pgtrigger.compiler.Trigger(name='floor_excess_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cf989bfcd05d2156dd1697b74a57a267dc554c76', operation='DELETE', pgid='pgtrigger_floor_excess_kept_cab00', table='accounting_floorexcess', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='forecastalert',
            constraint=models.UniqueConstraint(fields=('section', 'month'), name='forecast_alert_once'),
        ),
        migrations.AddConstraint(
            model_name='forecastalert',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='forecast_alert_of_month'),
        ),
        migrations.AddConstraint(
            model_name='forecastalert',
            constraint=models.CheckConstraint(condition=models.Q(('amount__lt', 0), ('amount__lt', models.F('floor')), _connector='OR'), name='forecast_alert_below'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecastalert',
            trigger=pgtrigger.compiler.Trigger(name='forecast_alert_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6caf29edde544e231fb1555855aa83fdf065ba52', operation='UPDATE OR DELETE', pgid='pgtrigger_forecast_alert_append_only_70599', table='accounting_forecastalert', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forecastalert',
            trigger=pgtrigger.compiler.Trigger(name='forecast_alert_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='332b31bee6e880ab864829e49dac318d16ce69f1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_forecast_alert_no_truncate_e2eb8', table='accounting_forecastalert', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='forecastscenario',
            constraint=models.UniqueConstraint(fields=('section', 'name'), name='scenario_named_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='forecastscenario',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='scenario_named'),
        ),
        migrations.AddConstraint(
            model_name='forecastscenario',
            constraint=models.CheckConstraint(condition=models.Q(('later_days__lte', 365)), name='scenario_days_possible'),
        ),
        migrations.AddConstraint(
            model_name='forecastscenario',
            constraint=models.CheckConstraint(condition=models.Q(('pay__isnull', True), ('pay__gte', 0), _connector='OR'), name='scenario_pay_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='forecastscenario',
            constraint=models.CheckConstraint(condition=models.Q(('later_days__gt', 0), ('pay__isnull', False), _connector='OR'), name='scenario_changes_something'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['grant', 'earmarked'])), name='fund_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'awarded', 'running', 'closed', 'refused', 'given_up'])), name='fund_state_known'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label', ''), _negated=True), models.Q(('funder', ''), _negated=True)), name='fund_named'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='fund_dates'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('requested_amount__gt', 0)), name='fund_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('kinds__len__gte', 1)), name='fund_some_kinds'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('awarded_amount__gt', 0), ('awarded_on__isnull', False), ('state__in', ('awarded', 'running', 'closed'))), models.Q(('award_entry__isnull', True), ('awarded_amount__isnull', True), ('awarded_on__isnull', True), ('state__in', ['requested', 'refused'])), ('state', 'given_up'), _connector='OR'), name='fund_won_says_how_much'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('reason', ''), ('state__in', ['requested', 'awarded', 'running'])), models.Q(('ended_on__isnull', False), ('state__in', ['refused', 'given_up']), models.Q(('reason', ''), _negated=True)), models.Q(('ended_on__isnull', False), ('state', 'closed')), _connector='OR'), name='fund_over_says_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='fund_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e5ec88df8c9ea3d52a7400a15abcec9444cdcdad', operation='DELETE', pgid='pgtrigger_fund_kept_d5e74', table='accounting_fund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='fund_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."nature" IS DISTINCT FROM (NEW."nature") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."requested_on" IS DISTINCT FROM (NEW."requested_on") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ee48d1ff479c625c112b1b59e71be02abd83e0dd', operation='UPDATE', pgid='pgtrigger_fund_frozen_58c3d', table='accounting_fund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='fund_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'requested' AND (OLD.kinds, OLD.starts_on, OLD.requested_amount) IS DISTINCT FROM (NEW.kinds, NEW.starts_on, NEW.requested_amount))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6adc9285cd9595f7c18c4dbea02b7bda88d8ba04', operation='UPDATE', pgid='pgtrigger_fund_terms_kept_13c19', table='accounting_fund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='fund_amended', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.awarded_amount, OLD.starts_on, OLD.ends_on) IS DISTINCT FROM (NEW.awarded_amount, NEW.starts_on, NEW.ends_on))', func='\n    IF (SELECT SUM(amount) FROM accounting_fundspending WHERE fund_id = NEW.id) > NEW.awarded_amount\n        OR EXISTS (\n            SELECT 1 FROM accounting_fundspending spending\n            JOIN accounting_entryline line ON line.id = spending.line_id\n            LEFT JOIN accounting_fundspending back ON back.undoes_id = spending.id\n            WHERE spending.fund_id = NEW.id AND spending.undoes_id IS NULL AND back.id IS NULL\n            AND line."on" NOT BETWEEN NEW.starts_on AND NEW.ends_on\n        )\n    THEN\n        RAISE EXCEPTION \'fund % is amended below what it has paid\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='92a0dea20df6b529ebb4364ab7b82c7014ac449b', operation='UPDATE', pgid='pgtrigger_fund_amended_3bf88', table='accounting_fund', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='funddeferral',
            constraint=models.UniqueConstraint(fields=('fund', 'on'), name='deferral_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='funddeferral',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('earned'), '-', models.F('spent'))), ('amount__gt', 0)), name='deferral_adds_up'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='funddeferral',
            trigger=pgtrigger.compiler.Trigger(name='deferral_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa1bc2e61cea892ce4708e74589a9b9685c77bbf', operation='UPDATE OR DELETE', pgid='pgtrigger_deferral_append_only_c0c7b', table='accounting_funddeferral', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='funddeferral',
            trigger=pgtrigger.compiler.Trigger(name='deferral_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f4c0e87879aac407b223476a5194a8dc57ddf785', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deferral_no_truncate_1711d', table='accounting_funddeferral', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fundduty',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['condition', 'report'])), name='duty_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='fundduty',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='duty_labelled'),
        ),
        migrations.AddConstraint(
            model_name='fundduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True), ('proof__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='duty_done_whole'),
        ),
        migrations.AddConstraint(
            model_name='fundduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'report'), _negated=True), ('done_on__isnull', True), ('proof__isnull', False), _connector='OR'), name='duty_report_proved'),
        ),
        migrations.AddConstraint(
            model_name='fundinstalment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='instalment_positive'),
        ),
        migrations.AddConstraint(
            model_name='fundinstalment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', True), ('received_on__isnull', True)), models.Q(('entry__isnull', False), ('received_on__isnull', False)), _connector='OR'), name='instalment_received_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundinstalment',
            trigger=pgtrigger.compiler.Trigger(name='instalment_received_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."received_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a87a5d06a027f873025fc6ba00e1c072d281d6c0', operation='UPDATE OR DELETE', pgid='pgtrigger_instalment_received_kept_c0796', table='accounting_fundinstalment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fundspending',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='spending_of_something'),
        ),
        migrations.AddConstraint(
            model_name='fundspending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('undoes__isnull', True)), models.Q(('undoes__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='spending_undone_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundspending',
            trigger=pgtrigger.compiler.Trigger(name='spending_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='271d0f17038feca5f625828ab638508600bcd9c4', operation='UPDATE OR DELETE', pgid='pgtrigger_spending_append_only_8822d', table='accounting_fundspending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundspending',
            trigger=pgtrigger.compiler.Trigger(name='spending_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3c0a4b12ac5f2c83ae62e116f2f7ad8efda9dd02', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_spending_no_truncate_ebd5a', table='accounting_fundspending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundspending',
            trigger=pgtrigger.compiler.Trigger(name='spending_within', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM 1 FROM accounting_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;\n    PERFORM 1 FROM accounting_entryline WHERE id = NEW.line_id FOR NO KEY UPDATE;\n    IF NEW.undoes_id IS NOT NULL THEN\n        IF NOT EXISTS (\n            SELECT 1 FROM accounting_fundspending former\n            WHERE former.id = NEW.undoes_id AND former.fund_id = NEW.fund_id\n            AND former.line_id = NEW.line_id\n            AND former.undoes_id IS NULL AND former.amount = -NEW.amount\n        ) THEN\n            RAISE EXCEPTION \'spending % takes back another amount than it undoes\', NEW.id\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_fund fund\n        JOIN accounting_entryline line ON line.id = NEW.line_id\n        JOIN accounting_costkind kind ON kind.id = line.cost_kind_id\n        WHERE fund.id = NEW.fund_id AND fund.state = \'running\'\n        AND line.analytic_id = fund.section_id AND kind.code = ANY(fund.kinds)\n        AND line."on" BETWEEN fund.starts_on AND fund.ends_on\n        AND sign(NEW.amount) = sign(line.debit - line.credit)\n        AND (SELECT abs(SUM(amount)) FROM accounting_fundspending WHERE line_id = line.id)\n            <= abs(line.debit - line.credit)\n    ) THEN\n        RAISE EXCEPTION \'line % cannot be counted on fund %\', NEW.line_id, NEW.fund_id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    IF (SELECT SUM(amount) FROM accounting_fundspending WHERE fund_id = NEW.fund_id)\n        > (SELECT awarded_amount FROM accounting_fund WHERE id = NEW.fund_id)\n    THEN\n        RAISE EXCEPTION \'fund % is spent beyond what was awarded\', NEW.fund_id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='4eb845eb5baf29866674e879561422d702d69837', operation='INSERT', pgid='pgtrigger_spending_within_b6520', table='accounting_fundspending', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='entrymodel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='entry_model_named'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entrymodel',
            trigger=pgtrigger.compiler.Trigger(name='entry_model_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='44ab60ad91f314cffa8d0e070d84a7b0270291b9', operation='DELETE', pgid='pgtrigger_entry_model_kept_42818', table='accounting_entrymodel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entrymodel',
            trigger=pgtrigger.compiler.Trigger(name='entry_model_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='369ba8143cbaa16de18a11a874a03bc88f52b781', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_entry_model_no_truncate_85969', table='accounting_entrymodel', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['source_type', 'source_id'], name='entry_source'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('journal', 'number'), name='entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='entry_number_positive'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('total__gt', 0)), name='entry_total_positive'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('line_count__gte', 2)), name='entry_two_lines'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('seal__regex', '^[0-9a-f]{64}$')), name='entry_sealed'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('reverses', models.F('pk')), _negated=True), name='entry_not_its_own'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source_id__isnull', True), ('source_type__isnull', True)), models.Q(('source_id__isnull', False), ('source_type__isnull', False)), _connector='OR'), name='entry_source_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='entry_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e4cf0a651d0648de6d2ba5a003e94f2f94b15352', operation='UPDATE OR DELETE', pgid='pgtrigger_entry_append_only_36a1c', table='accounting_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='entry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='558c71a7873a54517e911807b5c7e971b94f1f74', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_entry_no_truncate_7c01b', table='accounting_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='entry_month_open', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM pg_advisory_xact_lock_shared(hashtext(\'accounting.posting\'));\n    IF EXISTS (\n        SELECT 1 FROM accounting_period\n        WHERE state <> \'open\' AND starts_on >= date_trunc(\'month\', NEW."on")::date\n    ) OR EXISTS (\n        SELECT 1 FROM accounting_fiscalyear WHERE state = \'closed\' AND ends_on >= NEW."on"\n    ) THEN\n        RAISE EXCEPTION \'the month of % is closed\', NEW."on"\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'entry_month_open\';\n    END IF;\n    RETURN NEW;\n', hash='0c9fca447c4215e20249f905531d30e867f77f3c', operation='INSERT', pgid='pgtrigger_entry_month_open_2af60', table='accounting_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='entry_balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n    IF EXISTS (\n        SELECT 1 FROM accounting_entryline line\n        WHERE line.entry_id = NEW.id\n        GROUP BY line.analytic_id\n        HAVING SUM(line.debit) <> SUM(line.credit)\n    ) THEN\n        RAISE EXCEPTION \'entry % does not balance in each analytic section\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_entry entry JOIN accounting_entryline line ON line.entry_id = entry.id\n        WHERE entry.id = NEW.id\n        GROUP BY entry.id\n        HAVING COUNT(*) = entry.line_count\n        AND SUM(line.debit) = entry.total\n        AND SUM(line.credit) = entry.total\n        AND BOOL_AND(line."on" = entry."on")\n    ) THEN\n        RAISE EXCEPTION \'entry % is not made of the lines it announces\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='80dab7f6cdd0a99cc75713e531515741f3b8122d', operation='INSERT', pgid='pgtrigger_entry_balanced_84162', table='accounting_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ledgerdifference',
            constraint=models.UniqueConstraint(fields=('ledger_import', 'key'), name='ledger_difference_once'),
        ),
        migrations.AddConstraint(
            model_name='ledgerdifference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before', None), ('kind', 'added'), ('total__isnull', False), ('total_before', None)), models.Q(('before__isnull', False), ('kind', 'changed'), ('total__isnull', False)), models.Q(('before__isnull', False), ('kind', 'gone'), ('total', None)), _connector='OR'), name='ledger_difference_told'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerdifference',
            trigger=pgtrigger.compiler.Trigger(name='ledger_difference_of_trial', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_ledgerimport\n        WHERE id = COALESCE(OLD.ledger_import_id, NEW.ledger_import_id) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'this import is no longer on trial' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='d65253c21988fda2e2f8996e92d1ac45eb45508c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_ledger_difference_of_trial_95545', table='accounting_ledgerdifference', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerdifference',
            trigger=pgtrigger.compiler.Trigger(name='ledger_difference_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9bd8e16374dd48db338e31a5cb82a7df14d18c74', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_difference_no_truncate_08dd6', table='accounting_ledgerdifference', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgersource',
            trigger=pgtrigger.compiler.Trigger(name='ledger_source_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d8e65708513a5877c36274987f92994156330b69', operation='DELETE', pgid='pgtrigger_ledger_source_kept_d3172', table='accounting_ledgersource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgersource',
            trigger=pgtrigger.compiler.Trigger(name='ledger_source_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='35dd5a8a44869402d6b7eebacdbce28b7d969767', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_source_no_truncate_65131', table='accounting_ledgersource', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'applied', 'undone', 'discarded'])), name='ledger_import_state'),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='ledger_import_order'),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='ledger_import_sealed'),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(('plan', ''), ('plan__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='ledger_import_tried'),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discarded']), models.Q(('fault_count', 0), ('plan__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='ledger_import_applied_sound'),
        ),
        migrations.AddConstraint(
            model_name='ledgerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('undo_reason', ''), _negated=True), _connector='OR'), name='ledger_import_undone_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerimport',
            trigger=pgtrigger.compiler.Trigger(name='ledger_import_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."header" IS DISTINCT FROM (NEW."header"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3d32f7b98e802db5031ba95f8b5c7f828e53aaca', operation='UPDATE', pgid='pgtrigger_ledger_import_frozen_2a58c', table='accounting_ledgerimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerimport',
            trigger=pgtrigger.compiler.Trigger(name='ledger_import_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d51485dbb67e2560b51bde3cff58f271eed1fa9b', operation='DELETE', pgid='pgtrigger_ledger_import_kept_f37ff', table='accounting_ledgerimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgerimport',
            trigger=pgtrigger.compiler.Trigger(name='ledger_import_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3291d2ce2680a69775545d5d6f7a6a02260cf67e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_import_no_truncate_afa3e', table='accounting_ledgerimport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='importedentry',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_by', None)), fields=('source', 'year_start', 'key'), name='imported_entry_live_once'),
        ),
        migrations.AddConstraint(
            model_name='importedentry',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='imported_entry_digest'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedentry',
            trigger=pgtrigger.compiler.Trigger(name='imported_entry_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."ledger_import_id" IS DISTINCT FROM (NEW."ledger_import_id") OR OLD."year_start" IS DISTINCT FROM (NEW."year_start") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9741a038d7028ad493a6a72c5f58b3a42f5cbd85', operation='UPDATE', pgid='pgtrigger_imported_entry_frozen_17906', table='accounting_importedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedentry',
            trigger=pgtrigger.compiler.Trigger(name='imported_entry_ended', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_by_id" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0f9d8da78eb57efdebf0d9296537e2ebf8fc0927', operation='UPDATE', pgid='pgtrigger_imported_entry_ended_c5139', table='accounting_importedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedentry',
            trigger=pgtrigger.compiler.Trigger(name='imported_entry_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f8d284e2ffee8a1b6f1ec5007015fb495f4fe6b9', operation='DELETE', pgid='pgtrigger_imported_entry_kept_03b4c', table='accounting_importedentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedentry',
            trigger=pgtrigger.compiler.Trigger(name='imported_entry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8ee3ec8bf6dcc106a0db75ebf75bb279c678ba00', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_imported_entry_no_truncate_90d53', table='accounting_importedentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='lettering',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2,8}$')), name='lettering_code_shape'),
        ),
        migrations.AddConstraint(
            model_name='lettering',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['itself', 'hand', 'bulk'])), name='lettering_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='lettering',
            constraint=models.CheckConstraint(condition=models.Q(('line_count__gte', 2)), name='lettering_two_lines'),
        ),
        migrations.AddConstraint(
            model_name='lettering',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True), ('undone_reason', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_reason', ''), _negated=True)), _connector='OR'), name='lettering_undone_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettering',
            trigger=pgtrigger.compiler.Trigger(name='lettering_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c99792c0eb972bc451ef8559e5b528cd03bfed2f', operation='DELETE', pgid='pgtrigger_lettering_kept_3c315', table='accounting_lettering', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettering',
            trigger=pgtrigger.compiler.Trigger(name='lettering_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c6293611ef3d0346a376330adb8343a0c3f6c53a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_lettering_no_truncate_eecf0', table='accounting_lettering', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettering',
            trigger=pgtrigger.compiler.Trigger(name='lettering_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."analytic_id" IS DISTINCT FROM (NEW."analytic_id") OR OLD."left" IS DISTINCT FROM (NEW."left") OR OLD."line_count" IS DISTINCT FROM (NEW."line_count") OR OLD."last_on" IS DISTINCT FROM (NEW."last_on") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='810e74edad776e9d3222899a45010e08a31bfa75', operation='UPDATE', pgid='pgtrigger_lettering_frozen_2fcd2', table='accounting_lettering', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettering',
            trigger=pgtrigger.compiler.Trigger(name='lettering_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e4b79d256c488015be34fe3a4e4a83300b1508a4', operation='UPDATE', pgid='pgtrigger_lettering_undone_once_0720a', table='accounting_lettering', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettering',
            trigger=pgtrigger.compiler.Trigger(name='lettering_sound', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_lettering lettering\n        JOIN accounting_letteredline lettered ON lettered.lettering_id = lettering.id\n        JOIN accounting_entryline line ON line.id = lettered.line_id\n        WHERE lettering.id = NEW.id\n        GROUP BY lettering.id\n        HAVING COUNT(*) = lettering.line_count\n        AND SUM(line.debit - line.credit) = lettering.left\n        AND SUM(line.debit) > 0 AND SUM(line.credit) > 0\n        AND MAX(line."on") = lettering.last_on\n        AND BOOL_AND(line.account_id = lettering.account_id AND line.analytic_id = lettering.analytic_id)\n        AND BOOL_AND(lettered.is_live = (lettering.undone_at IS NULL))\n    ) THEN\n        RAISE EXCEPTION \'lettering % is not made of the lines it announces\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='51d302205763225fb683411ba8420fb0b0ca6ba8', operation='INSERT OR UPDATE', pgid='pgtrigger_lettering_sound_cc275', table='accounting_lettering', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='letteredline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('line',), name='lettered_line_once'),
        ),
        migrations.AddConstraint(
            model_name='letteredline',
            constraint=models.UniqueConstraint(fields=('lettering', 'line'), name='lettered_line_named_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteredline',
            trigger=pgtrigger.compiler.Trigger(name='lettered_line_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='18e56dea2d9bfeb01515c7ea5c0567d79e736369', operation='DELETE', pgid='pgtrigger_lettered_line_kept_436e8', table='accounting_letteredline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteredline',
            trigger=pgtrigger.compiler.Trigger(name='lettered_line_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='df3df9252c9118bb668b6e602015484b2747fb78', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_lettered_line_no_truncate_e416e', table='accounting_letteredline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteredline',
            trigger=pgtrigger.compiler.Trigger(name='lettered_line_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."lettering_id" IS DISTINCT FROM (NEW."lettering_id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cc0a7528fa8df6cef45ef5d858761b0255fa36b8', operation='UPDATE', pgid='pgtrigger_lettered_line_frozen_9804e', table='accounting_letteredline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteredline',
            trigger=pgtrigger.compiler.Trigger(name='lettered_line_over', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD."is_live")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c57510d36a16aebc0eba907501de7ea400c225ab', operation='UPDATE', pgid='pgtrigger_lettered_line_over_792f7', table='accounting_letteredline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letteredline',
            trigger=pgtrigger.compiler.Trigger(name='lettered_line_sound', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_lettering lettering\n        JOIN accounting_letteredline lettered ON lettered.lettering_id = lettering.id\n        JOIN accounting_entryline line ON line.id = lettered.line_id\n        WHERE lettering.id = NEW.lettering_id\n        GROUP BY lettering.id\n        HAVING COUNT(*) = lettering.line_count\n        AND SUM(line.debit - line.credit) = lettering.left\n        AND SUM(line.debit) > 0 AND SUM(line.credit) > 0\n        AND MAX(line."on") = lettering.last_on\n        AND BOOL_AND(line.account_id = lettering.account_id AND line.analytic_id = lettering.analytic_id)\n        AND BOOL_AND(lettered.is_live = (lettering.undone_at IS NULL))\n    ) THEN\n        RAISE EXCEPTION \'lettering % is not made of the lines it announces\', NEW.lettering_id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='7ad985a1b15c2f44dae6b7e9e684cbe477101fe0', operation='INSERT OR UPDATE', pgid='pgtrigger_lettered_line_sound_05969', table='accounting_letteredline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(('base__in', ['invoiced', 'received', 'margin'])), name='levy_base_known'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(('taken_on__in', ['month', 'document'])), name='levy_moment_known'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('rate__gt', 0), ('rate__lte', 1)), models.Q(('amount__gt', 0), ('rate__isnull', True)), _connector='OR'), name='levy_rate_or_amount'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(('categories__contained_by', ['ordinary', 'training', 'internal']), ('categories__len__gte', 1)), name='levy_categories_known'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('base', 'margin'), _negated=True), ('taken_on', 'month'), _connector='OR'), name='levy_margin_by_month'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(('held_months__isnull', True), ('held_months__range', (1, 120)), _connector='OR'), name='levy_held_some_time'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='levy_period'),
        ),
        migrations.AddConstraint(
            model_name='levy',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (people.models.periods.DateSpan('valid_from', 'valid_to'), '&&')], name='levy_once_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levy',
            trigger=pgtrigger.compiler.Trigger(name='levy_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."base" IS DISTINCT FROM (NEW."base") OR OLD."taken_on" IS DISTINCT FROM (NEW."taken_on") OR OLD."rate" IS DISTINCT FROM (NEW."rate") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."categories" IS DISTINCT FROM (NEW."categories") OR OLD."held_months" IS DISTINCT FROM (NEW."held_months") OR OLD."for_all" IS DISTINCT FROM (NEW."for_all") OR OLD."charge_account_id" IS DISTINCT FROM (NEW."charge_account_id") OR OLD."link_account_id" IS DISTINCT FROM (NEW."link_account_id") OR OLD."income_account_id" IS DISTINCT FROM (NEW."income_account_id") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."decided_by" IS DISTINCT FROM (NEW."decided_by") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='309740cb29b62b7c47a2470b297a71b4e94f3890', operation='UPDATE', pgid='pgtrigger_levy_frozen_ab782', table='accounting_levy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levy',
            trigger=pgtrigger.compiler.Trigger(name='levy_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='72c050d2f5cc5b8323599d43a89c87cabfea6b3c', operation='DELETE', pgid='pgtrigger_levy_kept_84597', table='accounting_levy', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='levytaking',
            index=models.Index(fields=['activity', 'on'], name='levy_taking_of_activity'),
        ),
        migrations.AddIndex(
            model_name='levytaking',
            index=models.Index(fields=['levy', 'activity', 'window'], name='levy_taking_window'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.UniqueConstraint(fields=('levy', 'activity', 'kind', 'window', 'rank'), name='levy_taken_once_a_rank'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.UniqueConstraint(condition=models.Q(('nature', 'take'), models.Q(('kind', 'month'), _negated=True)), fields=('levy', 'activity', 'kind', 'subject', 'window'), name='levy_taken_once_a_document'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['month', 'document', 'receipt'])), name='levy_taking_kind'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', True), ('nature', 'take')), models.Q(('answers__isnull', False), ('nature__in', ['release', 'reverse'])), _connector='OR'), name='levy_taking_nature'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('due'), '-', models.F('given')))), name='levy_taking_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), ('entry__isnull', True)), models.Q(models.Q(('amount', 0), _negated=True), ('entry__isnull', False)), _connector='OR'), name='levy_taking_posted'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nature', 'reverse'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='levy_undone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='levytaking',
            constraint=models.UniqueConstraint(condition=models.Q(('answers__isnull', False)), fields=('answers',), name='levy_answered_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levytaking',
            trigger=pgtrigger.compiler.Trigger(name='levy_taking_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a20ac41a994565c56516c0227359a94e414ff67f', operation='UPDATE OR DELETE', pgid='pgtrigger_levy_taking_append_only_600aa', table='accounting_levytaking', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levytaking',
            trigger=pgtrigger.compiler.Trigger(name='levy_taking_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1ac78c1c1df40edaa50b00426b0a0b3f98f7a306', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_levy_taking_no_truncate_10fee', table='accounting_levytaking', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='levyterm',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='levy_term_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='levyterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('levy', '='), ('activity', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='levy_term_once_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levyterm',
            trigger=pgtrigger.compiler.Trigger(name='levy_term_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."levy_id" IS DISTINCT FROM (NEW."levy_id") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."decided_by" IS DISTINCT FROM (NEW."decided_by") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='61c9479a172db52fd20e470fb9e157247db88aac', operation='UPDATE', pgid='pgtrigger_levy_term_frozen_7ecf7', table='accounting_levyterm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levyterm',
            trigger=pgtrigger.compiler.Trigger(name='levy_term_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0571b91a6e90578ff48f69c3a4d5c8c89111412e', operation='DELETE', pgid='pgtrigger_levy_term_kept_e218b', table='accounting_levyterm', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='manualline',
            constraint=models.UniqueConstraint(fields=('manual', 'position'), name='manual_line_position_once'),
        ),
        migrations.AddConstraint(
            model_name='manualline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit', 0), ('debit__gt', 0)), models.Q(('credit__gt', 0), ('debit', 0)), _connector='OR'), name='manual_line_one_side'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='manualline',
            trigger=pgtrigger.compiler.Trigger(name='manual_line_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_manualentry\n        WHERE id = COALESCE(OLD.manual_id, NEW.manual_id) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'these lines are no longer in preparation' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='4b87931c8581c1f9ff18b12557124ca4d92826ad', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_manual_line_of_draft_e8729', table='accounting_manualline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='manualline',
            trigger=pgtrigger.compiler.Trigger(name='manual_line_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8db767dd387c99937fd95a66bb0a357396f05e1f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_manual_line_no_truncate_83b57', table='accounting_manualline', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='monthtotal',
            index=models.Index(fields=['analytic', 'month'], include=('account', 'is_opening', 'debit', 'credit'), name='total_of_section'),
        ),
        migrations.AddIndex(
            model_name='monthtotal',
            index=models.Index(fields=['account', 'month'], include=('analytic', 'is_opening', 'debit', 'credit'), name='total_of_account'),
        ),
        migrations.AddIndex(
            model_name='monthtotal',
            index=models.Index(condition=models.Q(('is_fresh', True)), fields=['id'], name='total_fresh'),
        ),
        migrations.AddConstraint(
            model_name='monthtotal',
            constraint=models.UniqueConstraint(condition=models.Q(('is_fresh', False)), fields=('analytic', 'account', 'month', 'is_opening'), name='total_once'),
        ),
        migrations.AddConstraint(
            model_name='monthtotal',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='total_whole_month'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'released', 'done', 'cancelled'])), name='payment_batch_state'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('count__gt', 0), ('total__gt', 0)), ('state', 'cancelled'), _connector='OR'), name='payment_batch_of_something'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='payment_batch_two_people'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('released_at__isnull', False), ('released_by__isnull', False), ('signature__isnull', False), ('state__in', ['released', 'done'])), models.Q(('document__isnull', True), ('released_at__isnull', True), ('released_by__isnull', True), ('signature__isnull', True), ('state__in', ['prepared', 'cancelled'])), _connector='OR'), name='payment_batch_released_whole'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancelled_by__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='payment_batch_cancelled_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentbatch',
            trigger=pgtrigger.compiler.Trigger(name='payment_batch_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8b5a0d37d72e3b9750ef7a6478903bd291975dc2', operation='DELETE', pgid='pgtrigger_payment_batch_kept_786ea', table='accounting_paymentbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentbatch',
            trigger=pgtrigger.compiler.Trigger(name='payment_batch_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."execution_on" IS DISTINCT FROM (NEW."execution_on") OR OLD."debtor_name" IS DISTINCT FROM (NEW."debtor_name") OR OLD."debtor_iban" IS DISTINCT FROM (NEW."debtor_iban") OR OLD."debtor_bic" IS DISTINCT FROM (NEW."debtor_bic") OR OLD."prepared_by_id" IS DISTINCT FROM (NEW."prepared_by_id") OR OLD."prepared_at" IS DISTINCT FROM (NEW."prepared_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='811c9013bfaa3bbd429e5385d1019697dc5af2fd', operation='UPDATE', pgid='pgtrigger_payment_batch_frozen_4ff40', table='accounting_paymentbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentbatch',
            trigger=pgtrigger.compiler.Trigger(name='payment_batch_sent', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'prepared' AND to_jsonb(OLD.*) - ARRAY['state', 'state_since'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['state', 'state_since'])", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8f297a9fe646ea3184b8ee079f42a33c62759d11', operation='UPDATE', pgid='pgtrigger_payment_batch_sent_90544', table='accounting_paymentbatch', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='paymentorder',
            index=models.Index(fields=['state', 'due_on'], name='payment_order_waiting'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'batched', 'settled', 'rejected', 'withdrawn'])), name='payment_order_state'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(('account__in', ['customer', 'customer_retention', 'customer_advance', 'deposit_received', 'claimant', 'expense_advance', 'card_expense', 'disbursement', 'supplier', 'invoice_to_receive', 'invoice_to_issue', 'suspense', 'bank', 'cheques', 'cash_box', 'vat_collected', 'vat_pending', 'vat_deductible', 'vat_assets', 'vat_reverse', 'vat_not_deducted', 'vat_to_receive', 'vat_to_issue', 'vat_due', 'vat_credit', 'rounding_charge', 'rounding_income', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'inside_charge', 'inside_income', 'share_charge', 'share_income', 'waiver_income', 'levy_charge', 'levy_income', 'grant_due', 'grant_income', 'prepaid_expense', 'deferred_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'legal_reserve', 'statutory_reserve', 'losses_carried', 'result_profit', 'result_loss', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due', 'labour_share', 'share_interest', 'gross_pay', 'employer_charges', 'social_bodies', 'tax_withheld'])), name='payment_order_account'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_order_positive'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(('bic__regex', '^([A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)?$'), ('iban__regex', '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'), models.Q(('name', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='payment_order_payee'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', True), ('cleared_reason', '')), models.Q(('cleared_at__isnull', False), ('cleared_by__isnull', False), models.Q(('cleared_reason', ''), _negated=True)), _connector='OR'), name='payment_order_cleared_why'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='payment_order_withdrawn_why'),
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('source_type', 'source_id'), name='payment_order_source_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentorder',
            trigger=pgtrigger.compiler.Trigger(name='payment_order_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f47b064608baadf96f1328da9b2d1a37285127c6', operation='DELETE', pgid='pgtrigger_payment_order_kept_87cd0', table='accounting_paymentorder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentorder',
            trigger=pgtrigger.compiler.Trigger(name='payment_order_over', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'settled\', \'withdrawn\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f2f8ec31b97e1d0013c8997d88ff4480a0853be9', operation='UPDATE', pgid='pgtrigger_payment_order_over_4ea01', table='accounting_paymentorder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentorder',
            trigger=pgtrigger.compiler.Trigger(name='payment_order_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."account" IS DISTINCT FROM (NEW."account") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."source_type_id" IS DISTINCT FROM (NEW."source_type_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a264c3749e69e7014594b05f624df5403bb7a50c', operation='UPDATE', pgid='pgtrigger_payment_order_frozen_8293c', table='accounting_paymentorder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentorder',
            trigger=pgtrigger.compiler.Trigger(name='payment_order_payee_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'rejected' AND (OLD.name, OLD.iban, OLD.bic) IS DISTINCT FROM (NEW.name, NEW.iban, NEW.bic))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d2df3455dc87350a60e36252b8b2940587ec6601', operation='UPDATE', pgid='pgtrigger_payment_order_payee_kept_9ce8a', table='accounting_paymentorder', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(fields=('batch', 'order'), name='payment_line_once_in_batch'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('pending', 'settled'))), fields=('order',), name='payment_line_one_live'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'settled', 'rejected', 'dropped'])), name='payment_line_state'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_line_positive'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', True), ('reason', ''), ('settled_on__isnull', True), ('state', 'pending')), models.Q(('entry__isnull', False), ('reason', ''), ('settled_on__isnull', False), ('state', 'settled')), models.Q(('entry__isnull', True), ('settled_on__isnull', True), ('state__in', ['rejected', 'dropped']), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='payment_line_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='payment_line_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8ab86d39023f5f0c25e1d0323bac1477074c19d3', operation='DELETE', pgid='pgtrigger_payment_line_kept_c1e68', table='accounting_paymentline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='payment_line_over', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'pending')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0c4c83444d1e587180e316ae6fcee99a0d55741f', operation='UPDATE', pgid='pgtrigger_payment_line_over_cfa3a', table='accounting_paymentline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentline',
            trigger=pgtrigger.compiler.Trigger(name='payment_line_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."iban" IS DISTINCT FROM (NEW."iban") OR OLD."bic" IS DISTINCT FROM (NEW."bic") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."label" IS DISTINCT FROM (NEW."label"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a10f45ba7a827009c46b03b03b4d7cdb5858bf10', operation='UPDATE', pgid='pgtrigger_payment_line_frozen_3564a', table='accounting_paymentline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paymonth',
            constraint=models.CheckConstraint(condition=models.Q(('first__day', 1)), name='pay_month_first_day'),
        ),
        migrations.AddConstraint(
            model_name='paymonth',
            constraint=models.CheckConstraint(condition=models.Q(('paid_on__gte', models.F('first'))), name='pay_month_paid_after'),
        ),
        migrations.AddConstraint(
            model_name='payjournalimport',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['summary', 'journal'])), name='pay_import_kind'),
        ),
        migrations.AddConstraint(
            model_name='payjournalimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['posted', 'undone'])), name='pay_import_state'),
        ),
        migrations.AddConstraint(
            model_name='payjournalimport',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='pay_import_sealed'),
        ),
        migrations.AddConstraint(
            model_name='payjournalimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('undo_reason', ''), _negated=True), _connector='OR'), name='pay_import_undone_why'),
        ),
        migrations.AddConstraint(
            model_name='payjournalimport',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'posted')), fields=('sha256',), name='pay_import_file_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payjournalimport',
            trigger=pgtrigger.compiler.Trigger(name='pay_import_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e3088ca4059aaf4e2ce91429052f11a8d7fffaf1', operation='DELETE', pgid='pgtrigger_pay_import_kept_08051', table='accounting_payjournalimport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payexport',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='pay_export_sealed'),
        ),
        migrations.AddConstraint(
            model_name='payexport',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', models.F('pk')), _negated=True), name='pay_export_not_its_own'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payexport',
            trigger=pgtrigger.compiler.Trigger(name='pay_export_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='747852e762490019171274d49b803b775b0572da', operation='UPDATE OR DELETE', pgid='pgtrigger_pay_export_append_only_8c9c8', table='accounting_payexport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payexport',
            trigger=pgtrigger.compiler.Trigger(name='pay_export_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1fb2b5c8875de1160da2783aae5206256cc43aee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_pay_export_no_truncate_d4e61', table='accounting_payexport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paynumber',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[A-Z0-9][A-Z0-9_.-]{0,19}$')), name='pay_number_shape'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'asked', 'agreed', 'checked', 'exported', 'real', 'withdrawn'])), name='pay_proposal_state'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0), ('gross__gte', 0), ('shortage__gte', 0), models.Q(('wanted__isnull', True), ('wanted__gte', 0), _connector='OR')), name='pay_proposal_amounts'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(('rules', ''), _negated=True), name='pay_proposal_rules_named'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), models.Q(('wanted__isnull', False), models.Q(('wanted_reason', ''), _negated=True)), _connector='OR'), name='pay_proposal_asked_whole'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['checked', 'exported', 'real']), _negated=True), ('checked_at__isnull', False), _connector='OR'), name='pay_proposal_checked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('team_reason', ''), _negated=True), _connector='OR'), name='pay_proposal_withdrawn_why'),
        ),
        migrations.AddConstraint(
            model_name='payproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('month', 'person'), name='pay_proposal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payproposal',
            trigger=pgtrigger.compiler.Trigger(name='pay_proposal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='08fbec9cd7655cef045aabc03a9775bb83286fa9', operation='DELETE', pgid='pgtrigger_pay_proposal_kept_b2065', table='accounting_payproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payproposal',
            trigger=pgtrigger.compiler.Trigger(name='pay_proposal_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state IN ('exported', 'real') AND (OLD.month_id, OLD.person_id, OLD.contract_id, OLD.gross, OLD.cost, OLD.net, OLD.rgdu) IS DISTINCT FROM (NEW.month_id, NEW.person_id, NEW.contract_id, NEW.gross, NEW.cost, NEW.net, NEW.rgdu))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='62228a0b62b20dcbb22dfbcb2498ac77c89f2a3a', operation='UPDATE', pgid='pgtrigger_pay_proposal_frozen_dbe3c', table='accounting_payproposal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['fixed', 'advance', 'year', 'exit', 'absence', 'daily', 'expenses', 'cover', 'shares'])), name='pay_item_kind'),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('amount', 0), ('kind__in', ['absence', 'cover', 'fixed'])), _connector='OR'), name='pay_item_amount'),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True)), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pay_item_dates'),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.CheckConstraint(condition=models.Q(('days__isnull', True), ('days__gt', Decimal('0')), _connector='OR'), name='pay_item_days'),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('fixed', 'advance', 'year', 'exit', 'cover', 'shares'))), fields=('proposal', 'kind', 'section'), name='pay_item_once'),
        ),
        migrations.AddConstraint(
            model_name='payitem',
            constraint=models.UniqueConstraint(fields=('proposal', 'absence'), name='pay_item_absence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payitem',
            trigger=pgtrigger.compiler.Trigger(name='pay_item_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM accounting_payproposal proposal\n                        WHERE proposal.id = COALESCE(NEW.proposal_id, OLD.proposal_id)\n                        AND proposal.state IN ('exported', 'real')\n                    ) THEN\n                        RAISE EXCEPTION 'the elements of a pay that was sent never change'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='7954c229abba22e2927c4e51e604fa61d3a784dd', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_pay_item_frozen_c04dc', table='accounting_payitem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payexportentry',
            constraint=models.UniqueConstraint(fields=('export', 'proposal'), name='pay_export_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='payexportentry',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('proposal',), name='pay_export_entry_live_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payexportentry',
            trigger=pgtrigger.compiler.Trigger(name='pay_export_entry_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f2b123535efc010f52d3723abebd7e560e0c8d46', operation='DELETE', pgid='pgtrigger_pay_export_entry_kept_40e93', table='accounting_payexportentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payresult',
            constraint=models.UniqueConstraint(fields=('received', 'person'), name='pay_result_once'),
        ),
        migrations.AddConstraint(
            model_name='payresult',
            constraint=models.CheckConstraint(condition=models.Q(('cost', django.db.models.expressions.CombinedExpression(models.F('gross'), '+', models.F('employer')))), name='pay_result_cost'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payresult',
            trigger=pgtrigger.compiler.Trigger(name='pay_result_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c86945817ae7f851e66d3dd36e58f92cc74bca7', operation='UPDATE OR DELETE', pgid='pgtrigger_pay_result_append_only_e8076', table='accounting_payresult', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payresult',
            trigger=pgtrigger.compiler.Trigger(name='pay_result_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='600f04d0909c77876c06d50d7f4a9d90bc700423', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_pay_result_no_truncate_9be89', table='accounting_payresult', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payrollruleset',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_force'])), name='pay_ruleset_state'),
        ),
        migrations.AddConstraint(
            model_name='payrollruleset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_month__isnull', True), ('state', 'draft')), models.Q(('first_month__day', 1), ('state', 'in_force')), _connector='OR'), name='pay_ruleset_in_force_from_a_month'),
        ),
        migrations.AddConstraint(
            model_name='payrollruleset',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='pay_ruleset_hash'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrollruleset',
            trigger=pgtrigger.compiler.Trigger(name='pay_ruleset_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'in_force')", func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5d9ddc3caf19485e6fcf97f6a465bd521ef9a49e', operation='UPDATE OR DELETE', pgid='pgtrigger_pay_ruleset_frozen_2da8f', table='accounting_payrollruleset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrollruleset',
            trigger=pgtrigger.compiler.Trigger(name='pay_ruleset_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."dated_on" IS DISTINCT FROM (NEW."dated_on") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c89b5cb81a682decb2f80c7c2f153dddf310f1cb', operation='UPDATE', pgid='pgtrigger_pay_ruleset_kept_44521', table='accounting_payrollruleset', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payslipbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['read', 'filed', 'dropped'])), name='slip_batch_state'),
        ),
        migrations.AddConstraint(
            model_name='payslipbatch',
            constraint=models.CheckConstraint(condition=models.Q(('page_count__gte', 1)), name='slip_batch_has_pages'),
        ),
        migrations.AddConstraint(
            model_name='payslipbatch',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'read')), fields=('month',), name='slip_batch_one_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payslipbatch',
            trigger=pgtrigger.compiler.Trigger(name='slip_batch_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8d0fa1d645b534f1399ba0878c75261b0e1c0e1a', operation='DELETE', pgid='pgtrigger_slip_batch_kept_ae9bf', table='accounting_payslipbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payslipbatch',
            trigger=pgtrigger.compiler.Trigger(name='slip_batch_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."month_id" IS DISTINCT FROM (NEW."month_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."page_count" IS DISTINCT FROM (NEW."page_count") OR OLD."parts" IS DISTINCT FROM (NEW."parts"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='917b356a31b81cee27ac317418190a9165be0e40', operation='UPDATE', pgid='pgtrigger_slip_batch_frozen_9d485', table='accounting_payslipbatch', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payslip',
            constraint=models.UniqueConstraint(fields=('month', 'person'), name='payslip_once'),
        ),
        migrations.AddConstraint(
            model_name='payslip',
            constraint=models.CheckConstraint(condition=models.Q(('first_page__gte', 1), ('last_page__gte', models.F('first_page'))), name='payslip_pages'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payslip',
            trigger=pgtrigger.compiler.Trigger(name='payslip_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='078a18f8d1feb47d3c9eef4d3176f1b0021a1a41', operation='DELETE', pgid='pgtrigger_payslip_kept_6b571', table='accounting_payslip', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payslip',
            trigger=pgtrigger.compiler.Trigger(name='payslip_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."month_id" IS DISTINCT FROM (NEW."month_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."first_page" IS DISTINCT FROM (NEW."first_page") OR OLD."last_page" IS DISTINCT FROM (NEW."last_page"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e4b30cc3a6b9a11fed73b8a0fae8d1cc18c7d7f0', operation='UPDATE', pgid='pgtrigger_payslip_frozen_3a85c', table='accounting_payslip', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'locked'])), name='period_state'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='period_whole_month'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."year_id" IS DISTINCT FROM (NEW."year_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dc07a64f9a6f54e450b3968d2fe293f29f0fe3d7', operation='UPDATE', pgid='pgtrigger_period_frozen_4936c', table='accounting_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_locked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'locked\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d5c4223a1962489a8ba2ea0b39b2e081d72f69b4', operation='UPDATE', pgid='pgtrigger_period_locked_18b7c', table='accounting_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a4927e5c30ad800734ddd532073876c34329b1a7', operation='DELETE', pgid='pgtrigger_period_kept_5f795', table='accounting_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9ccd0b0ad53bcf6c99aada524712cd5cf688c8a5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_period_no_truncate_41a56', table='accounting_period', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='plannedreversal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done', 'dropped'])), name='planned_reversal_state'),
        ),
        migrations.AddConstraint(
            model_name='plannedreversal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='planned_reversal_why'),
        ),
        migrations.AddConstraint(
            model_name='plannedreversal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('entry',), name='planned_reversal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedreversal',
            trigger=pgtrigger.compiler.Trigger(name='planned_reversal_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eadf2106dccac44374f7ebd9b6d6150ca1c3c9d4', operation='UPDATE', pgid='pgtrigger_planned_reversal_frozen_dc2b1', table='accounting_plannedreversal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedreversal',
            trigger=pgtrigger.compiler.Trigger(name='planned_reversal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='03dce74533578d6189721c938134bfa34d0f437a', operation='DELETE', pgid='pgtrigger_planned_reversal_kept_a25ef', table='accounting_plannedreversal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannedreversal',
            trigger=pgtrigger.compiler.Trigger(name='planned_reversal_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1f26d19e020262e0190abd5af4d9eb2b57c7f10d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_planned_reversal_no_truncate_99901', table='accounting_plannedreversal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='recurringentry',
            constraint=models.CheckConstraint(condition=models.Q(('every__in', ['month', 'quarter', 'half', 'year'])), name='recurring_entry_every'),
        ),
        migrations.AddConstraint(
            model_name='recurringentry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'ended'])), name='recurring_entry_state'),
        ),
        migrations.AddConstraint(
            model_name='recurringentry',
            constraint=models.CheckConstraint(condition=models.Q(('total__isnull', True), ('total__gt', 0), _connector='OR'), name='recurring_entry_total'),
        ),
        migrations.AddConstraint(
            model_name='recurringentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_on__isnull', True), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('next_on__gte', models.F('first_on')), ('next_on__isnull', False)), _connector='OR'), name='recurring_entry_next_unless_ended'),
        ),
        migrations.AddConstraint(
            model_name='recurringentry',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('first_on')), _connector='OR'), name='recurring_entry_until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringentry',
            trigger=pgtrigger.compiler.Trigger(name='recurring_entry_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."model_id" IS DISTINCT FROM (NEW."model_id") OR OLD."every" IS DISTINCT FROM (NEW."every") OR OLD."first_on" IS DISTINCT FROM (NEW."first_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='47e35fa1d1fd1bd4c69be7b9a2e85360ade8bbf7', operation='UPDATE', pgid='pgtrigger_recurring_entry_frozen_ed727', table='accounting_recurringentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringentry',
            trigger=pgtrigger.compiler.Trigger(name='recurring_entry_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7b3fc42e728b0af030ce521d5b13b86d37e784f2', operation='DELETE', pgid='pgtrigger_recurring_entry_kept_d8b3e', table='accounting_recurringentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringentry',
            trigger=pgtrigger.compiler.Trigger(name='recurring_entry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='aa0940327f0267a8b9e2e6e9d157e1da4aa4dfd2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_recurring_entry_no_truncate_35e74', table='accounting_recurringentry', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='manualentry',
            index=models.Index(condition=models.Q(('state', 'draft')), fields=['on'], name='manual_entry_waiting'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'validated', 'discarded'])), name='manual_entry_state'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='manual_entry_labelled'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('state', 'validated')), models.Q(models.Q(('state', 'validated'), _negated=True), ('entry__isnull', True)), _connector='OR'), name='manual_entry_posted'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.CheckConstraint(condition=models.Q(('reverse_on__isnull', True), ('reverse_on__gte', models.F('on')), _connector='OR'), name='manual_entry_reversed_after'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recurring__isnull', True), ('recurring_on__isnull', True)), models.Q(('recurring__isnull', False), ('recurring_on__isnull', False)), _connector='OR'), name='manual_entry_recurring'),
        ),
        migrations.AddConstraint(
            model_name='manualentry',
            constraint=models.UniqueConstraint(fields=('recurring', 'recurring_on'), name='manual_entry_recurring_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='manualentry',
            trigger=pgtrigger.compiler.Trigger(name='manual_entry_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2ad524d9dd8ee7b4ebff7adda1fb4cfd5a890c67', operation='UPDATE', pgid='pgtrigger_manual_entry_frozen_bc74b', table='accounting_manualentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='manualentry',
            trigger=pgtrigger.compiler.Trigger(name='manual_entry_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9d47c8f4d69dde3f114d5c5d39d44b1651bfda6c', operation='DELETE', pgid='pgtrigger_manual_entry_kept_f0208', table='accounting_manualentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='manualentry',
            trigger=pgtrigger.compiler.Trigger(name='manual_entry_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d1aec689c7ad48139a4a4758b27dabf923944d18', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_manual_entry_no_truncate_1ae8b', table='accounting_manualentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('law__in', ['scop', 'scic'])), name='allocation_law'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'joined', 'voted', 'posted', 'paid'])), name='allocation_state'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('result', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('absorbed'), '+', models.F('legal')), '+', models.F('statutory')), '+', models.F('labour')), '+', models.F('interest')))), name='allocation_whole'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('interest__gte', 0), ('labour__gte', 0), ('legal__gte', 0), ('statutory__gte', 0), ('participation__gte', 0), ('participation__lte', models.F('labour'))), name='allocation_parts_positive'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('capital__gte', 0), ('highest_capital__gte', 0), ('interest_rate__gte', 0), ('kept_out__gte', 0), ('legal_reserve__gte', 0), ('losses__gte', 0)), name='allocation_facts_positive'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('by_equal__gte', 0), ('by_pay__gte', 0), ('by_time__gte', 0), ('seniority_step__gte', 0), ('by_pay', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(1), '-', models.F('by_time')), '-', models.F('by_equal')))), name='allocation_key_whole'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), ('state', 'proposed'), ('voted_on__isnull', True)), models.Q(('state', 'joined'), ('voted_on__isnull', True), models.Q(('decision', ''), _negated=True)), models.Q(('state__in', ('voted', 'posted', 'paid')), ('voted_on__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='allocation_decided'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state__in', ('posted', 'paid')), _negated=True), ('entry__isnull', True)), models.Q(('state__in', ('posted', 'paid')), models.Q(('entry__isnull', False), ('result', 0), _connector='OR')), _connector='OR'), name='allocation_booked'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('due_on__isnull', True), ('interest_kept_back', 0), ('kept_back_entry__isnull', True), ('labour_kept_back', 0)), _connector='OR'), name='allocation_paid'),
        ),
        migrations.AddConstraint(
            model_name='resultallocation',
            constraint=models.CheckConstraint(condition=models.Q(('labour_kept_back__gte', 0), ('labour_kept_back__lt', 1), ('interest_kept_back__gte', 0), ('interest_kept_back__lt', 1)), name='allocation_kept_back'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultallocation',
            trigger=pgtrigger.compiler.Trigger(name='allocation_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7779631282ff496190b2b4bdb5e0bb740c004336', operation='DELETE', pgid='pgtrigger_allocation_kept_ff29e', table='accounting_resultallocation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultallocation',
            trigger=pgtrigger.compiler.Trigger(name='allocation_year_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."year_id" IS DISTINCT FROM (NEW."year_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cf654e756456d7fea16746728f1ba64f7b7d75a4', operation='UPDATE', pgid='pgtrigger_allocation_year_kept_f6bc3', table='accounting_resultallocation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultallocation',
            trigger=pgtrigger.compiler.Trigger(name='allocation_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'proposed' AND (OLD.law, OLD.result, OLD.legal_reserve, OLD.capital, OLD.highest_capital, OLD.losses, OLD.kept_out, OLD.interest_rate, OLD.facts_read, OLD.facts_reason, OLD.absorbed, OLD.legal, OLD.statutory, OLD.labour, OLD.interest, OLD.participation, OLD.by_pay, OLD.by_time, OLD.by_equal, OLD.seniority_step) IS DISTINCT FROM (NEW.law, NEW.result, NEW.legal_reserve, NEW.capital, NEW.highest_capital, NEW.losses, NEW.kept_out, NEW.interest_rate, NEW.facts_read, NEW.facts_reason, NEW.absorbed, NEW.legal, NEW.statutory, NEW.labour, NEW.interest, NEW.participation, NEW.by_pay, NEW.by_time, NEW.by_equal, NEW.seniority_step))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e32090fd6d8bb0b6a64b56911d670b20cdf9cd96', operation='UPDATE', pgid='pgtrigger_allocation_frozen_cd8a2', table='accounting_resultallocation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='allocationshare',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['labour', 'interest'])), name='allocation_share_kind'),
        ),
        migrations.AddConstraint(
            model_name='allocationshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('kept_back__gte', 0), ('kept_back__lt', models.F('amount')), models.Q(('name', ''), _negated=True)), name='allocation_share_amount'),
        ),
        migrations.AddConstraint(
            model_name='allocationshare',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('pay_part'), '+', models.F('time_part')), '+', models.F('equal_part'))), ('kind', 'labour'), ('person__isnull', False)), models.Q(('equal_part', 0), ('kind', 'interest'), ('pay_part', 0), ('time_part', 0)), _connector='OR'), name='allocation_share_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='allocationshare',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('allocation', 'kind', 'person'), name='allocation_share_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationshare',
            trigger=pgtrigger.compiler.Trigger(name='allocation_share_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."allocation_id" IS DISTINCT FROM (NEW."allocation_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."pay_part" IS DISTINCT FROM (NEW."pay_part") OR OLD."time_part" IS DISTINCT FROM (NEW."time_part") OR OLD."equal_part" IS DISTINCT FROM (NEW."equal_part"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5a770e7f4fe02202bb3178bf5bb16416fcf98007', operation='UPDATE', pgid='pgtrigger_allocation_share_frozen_14985', table='accounting_allocationshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationshare',
            trigger=pgtrigger.compiler.Trigger(name='allocation_share_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_resultallocation\n        WHERE id = COALESCE(NEW.allocation_id, OLD.allocation_id) AND state <> 'proposed'\n    ) THEN\n        RAISE EXCEPTION 'the parts of an allocation move while it is proposed only'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='598acfa8f01fa7c5fc9ae5fca6fa91c222f59ba4', operation='INSERT OR DELETE', pgid='pgtrigger_allocation_share_proposed_79b6b', table='accounting_allocationshare', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='allocationright',
            constraint=models.UniqueConstraint(fields=('allocation', 'person'), name='allocation_right_once'),
        ),
        migrations.AddConstraint(
            model_name='allocationright',
            constraint=models.CheckConstraint(condition=models.Q(('pay__gte', 0)), name='allocation_right_pay'),
        ),
        migrations.AddConstraint(
            model_name='allocationright',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('entered_on')), _connector='OR'), name='allocation_right_dates'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allocationright',
            trigger=pgtrigger.compiler.Trigger(name='allocation_right_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_resultallocation\n        WHERE id = COALESCE(NEW.allocation_id, OLD.allocation_id) AND state <> 'proposed'\n    ) THEN\n        RAISE EXCEPTION 'the parts of an allocation move while it is proposed only'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='d41403d886ef8e0c293e5f79e51304972112c735', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_allocation_right_proposed_c5795', table='accounting_allocationright', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='resultsharing',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='sharing_dates'),
        ),
        migrations.AddConstraint(
            model_name='resultsharing',
            constraint=models.CheckConstraint(condition=models.Q(('reversal__isnull', True), ('is_undone', True), _connector='OR'), name='sharing_undone_by_entry'),
        ),
        migrations.AddConstraint(
            model_name='resultsharing',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_undone', False)), expressions=[('activity', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='sharing_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultsharing',
            trigger=pgtrigger.compiler.Trigger(name='sharing_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7509bae32170cd001222956459d494b6d69a568e', operation='DELETE', pgid='pgtrigger_sharing_kept_7a8eb', table='accounting_resultsharing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultsharing',
            trigger=pgtrigger.compiler.Trigger(name='sharing_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_undone")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8e826a0cbcd05ceaa6be9766dfd44b9e6fcdfdbf', operation='UPDATE', pgid='pgtrigger_sharing_undone_once_4ccb7', table='accounting_resultsharing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultsharing',
            trigger=pgtrigger.compiler.Trigger(name='sharing_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."contribution" IS DISTINCT FROM (NEW."contribution") OR OLD."working" IS DISTINCT FROM (NEW."working"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='47ffd066b919da430118ba1a6c63ae6a7a2b5d1a', operation='UPDATE', pgid='pgtrigger_sharing_frozen_51c27', table='accounting_resultsharing', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='resultsharepart',
            constraint=models.UniqueConstraint(fields=('sharing', 'person'), name='resultpart_once'),
        ),
        migrations.AddConstraint(
            model_name='resultsharepart',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('result'), '-', models.F('contribution')))), name='resultpart_adds_up'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultsharepart',
            trigger=pgtrigger.compiler.Trigger(name='resultpart_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='daf32c5147957094a25d637ae26296c5ade07b3e', operation='UPDATE OR DELETE', pgid='pgtrigger_resultpart_append_only_30031', table='accounting_resultsharepart', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultsharepart',
            trigger=pgtrigger.compiler.Trigger(name='resultpart_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='61d5f876b6418c3cf4d94d03fa3b22d674d144f5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_resultpart_no_truncate_d834c', table='accounting_resultsharepart', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='salemovement',
            index=models.Index(fields=['activity', 'on'], name='movement_activity_on'),
        ),
        migrations.AddConstraint(
            model_name='salemovement',
            constraint=models.UniqueConstraint(fields=('activity', 'document', 'category'), name='movement_once'),
        ),
        migrations.AddConstraint(
            model_name='salemovement',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['ordinary', 'training', 'internal'])), name='movement_category_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a9e4dc67c4a6497b647d4000680ac21f4dfc0df1', operation='UPDATE OR DELETE', pgid='pgtrigger_movement_append_only_438ea', table='accounting_salemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c3709daaf54f6e9d60b8f0f44db085b627eff727', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_movement_no_truncate_04fc0', table='accounting_salemovement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='scaleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='assignment_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='scaleassignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('activity', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='assignment_one_at_a_date'),
        ),
        migrations.AddConstraint(
            model_name='scaletrial',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='trial_titled'),
        ),
        migrations.AddConstraint(
            model_name='scaletrial',
            constraint=models.CheckConstraint(condition=models.Q(('years__len__range', (1, 10))), name='trial_some_years'),
        ),
        migrations.AddConstraint(
            model_name='scaletrial',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('figures__isnull', True)), models.Q(('done_at__isnull', False), ('figures__isnull', False)), _connector='OR'), name='trial_figures_dated'),
        ),
        migrations.AddConstraint(
            model_name='scaletrial',
            constraint=models.CheckConstraint(condition=models.Q(('document__isnull', True), ('done_at__isnull', False), _connector='OR'), name='trial_printed_once_done'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scaletrial',
            trigger=pgtrigger.compiler.Trigger(name='trial_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."rules" IS DISTINCT FROM (NEW."rules") OR OLD."years" IS DISTINCT FROM (NEW."years") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='86227c885888ef9a77e79c034b890303505c5065', operation='UPDATE', pgid='pgtrigger_trial_frozen_b9a4e', table='accounting_scaletrial', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scaletrial',
            trigger=pgtrigger.compiler.Trigger(name='trial_figures_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.done_at IS NOT NULL AND (OLD.figures, OLD.done_at) IS DISTINCT FROM (NEW.figures, NEW.done_at))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4bf302e7af539341490504e7776b8e7542592af0', operation='UPDATE', pgid='pgtrigger_trial_figures_kept_374b8', table='accounting_scaletrial', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scaletrial',
            trigger=pgtrigger.compiler.Trigger(name='trial_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b01d772e4376ff2c40df4606c5ce45eb0f5cb7d0', operation='DELETE', pgid='pgtrigger_trial_kept_f05d3', table='accounting_scaletrial', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statementagreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_sign', 'signed', 'replaced'])), name='statement_agreement_state'),
        ),
        migrations.AddConstraint(
            model_name='statementagreement',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$')), name='statement_agreement_sealed'),
        ),
        migrations.AddConstraint(
            model_name='statementagreement',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'replaced'), models.Q(('signature__isnull', False), ('state', 'signed')), models.Q(('signature__isnull', True), ('state', 'to_sign')), _connector='OR'), name='statement_agreement_signed'),
        ),
        migrations.AddConstraint(
            model_name='statementagreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'replaced'), _negated=True), fields=('year', 'analytic'), name='statement_agreement_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementagreement',
            trigger=pgtrigger.compiler.Trigger(name='statement_agreement_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."year_id" IS DISTINCT FROM (NEW."year_id") OR OLD."analytic_id" IS DISTINCT FROM (NEW."analytic_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."debit" IS DISTINCT FROM (NEW."debit") OR OLD."credit" IS DISTINCT FROM (NEW."credit") OR OLD."content_sha256" IS DISTINCT FROM (NEW."content_sha256") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ad9e08381cce43c039edb5e3fdb00528409518f6', operation='UPDATE', pgid='pgtrigger_statement_agreement_frozen_a76ef', table='accounting_statementagreement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementagreement',
            trigger=pgtrigger.compiler.Trigger(name='statement_agreement_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2b78184db2e71d886e8e5128c06cbb72b38b23ae', operation='DELETE', pgid='pgtrigger_statement_agreement_kept_20523', table='accounting_statementagreement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementagreement',
            trigger=pgtrigger.compiler.Trigger(name='statement_agreement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='46aec3455da33db173cc6c989e449b61dc1acd88', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_statement_agreement_no_truncate_bd466', table='accounting_statementagreement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statementlayout',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['income', 'cash', 'balance'])), name='layout_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='statementlayout',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='layout_period'),
        ),
        migrations.AddConstraint(
            model_name='statementlayout',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='layout_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='statementlayout',
            constraint=models.UniqueConstraint(fields=('code', 'version'), name='layout_version_once'),
        ),
        migrations.AddConstraint(
            model_name='statementlayout',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (people.models.periods.DateSpan('valid_from', 'valid_to'), '&&')], name='layout_one_version_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementlayout',
            trigger=pgtrigger.compiler.Trigger(name='layout_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ec712fcc5817aca2dfad7d7b14b4e9fb144189b9', operation='UPDATE', pgid='pgtrigger_layout_frozen_b2c4e', table='accounting_statementlayout', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementlayout',
            trigger=pgtrigger.compiler.Trigger(name='layout_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ee21c2ff2036079202ad023ef8bd550a65084ab2', operation='DELETE', pgid='pgtrigger_layout_kept_520ae', table='accounting_statementlayout', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.UniqueConstraint(fields=('layout', 'rank'), name='layoutline_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.UniqueConstraint(fields=('layout', 'code'), name='layoutline_code_once'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z][A-Z0-9_]{0,19}$')), name='layoutline_code_shape'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.CheckConstraint(condition=models.Q(('style__in', ['heading', 'line', 'subtotal', 'total'])), name='layoutline_style_known'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['debit', 'credit'])), name='layoutline_side_known'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accounts', ''), ('formula', ''), ('style', 'heading')), models.Q(models.Q(('style', 'heading'), _negated=True), models.Q(('accounts', ''), _negated=True), ('formula', '')), models.Q(models.Q(('style', 'heading'), _negated=True), ('accounts', ''), models.Q(('formula', ''), _negated=True)), _connector='OR'), name='layoutline_one_content'),
        ),
        migrations.AddConstraint(
            model_name='layoutline',
            constraint=models.CheckConstraint(condition=models.Q(('in_percent', False), models.Q(('formula', ''), _negated=True), _connector='OR'), name='layoutline_percent_of_formula'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='layoutline',
            trigger=pgtrigger.compiler.Trigger(name='layoutline_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c87387a16e87e57c80066aeee290bd939c0e6a76', operation='UPDATE OR DELETE', pgid='pgtrigger_layoutline_append_only_d32f7', table='accounting_layoutline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='layoutline',
            trigger=pgtrigger.compiler.Trigger(name='layoutline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a20486a663c70b7cd379edfb3c799c359e95f5f1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_layoutline_no_truncate_37b59', table='accounting_layoutline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatcoefficient',
            constraint=models.UniqueConstraint(fields=('section', 'year', 'stage'), name='vatcoefficient_once'),
        ),
        migrations.AddConstraint(
            model_name='vatcoefficient',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['provisional', 'final'])), name='vatcoefficient_stage'),
        ),
        migrations.AddConstraint(
            model_name='vatcoefficient',
            constraint=models.CheckConstraint(condition=models.Q(('taxed__gte', 0), ('taxed__lte', models.F('whole')), ('value__gte', 0), ('value__lte', 1), ('whole__gt', Decimal('0'))), name='vatcoefficient_value'),
        ),
        migrations.AddConstraint(
            model_name='vatcoefficient',
            constraint=models.CheckConstraint(condition=models.Q(('entry__isnull', True), ('stage', 'final'), _connector='OR'), name='vatcoefficient_final_posts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatcoefficient',
            trigger=pgtrigger.compiler.Trigger(name='vatcoefficient_final_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."stage" = \'final\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3637ec4633c586ee5cac0e16010591a38880f462', operation='UPDATE OR DELETE', pgid='pgtrigger_vatcoefficient_final_kept_b776c', table='accounting_vatcoefficient', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatcoefficient',
            trigger=pgtrigger.compiler.Trigger(name='vatcoefficient_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='50cb75258720403e58f3eee9db41442bc9aa11bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatcoefficient_no_truncate_e78aa', table='accounting_vatcoefficient', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.UniqueConstraint(fields=('form', 'code'), name='vatbox_code_once'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.UniqueConstraint(fields=('form', 'position'), name='vatbox_position_once'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.UniqueConstraint(fields=('form', 'rate'), name='vatbox_rate_once'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['taxed', 'untaxed', 'gross', 'deducted', 'result'])), name='vatbox_part_known'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.CheckConstraint(condition=models.Q(('shape__in', ['base', 'both', 'tax'])), name='vatbox_shape_known'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.CheckConstraint(condition=models.Q(('rate__isnull', True), models.Q(('rate__gt', 0), ('rate__lt', Decimal('100'))), _connector='OR'), name='vatbox_rate_within'),
        ),
        migrations.AddConstraint(
            model_name='vatbox',
            constraint=models.CheckConstraint(condition=models.Q(('formula', ''), models.Q(('gathers', []), ('rate__isnull', True)), _connector='OR'), name='vatbox_computed_or_gathered'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatbox',
            trigger=pgtrigger.compiler.Trigger(name='vatbox_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."shape" IS DISTINCT FROM (NEW."shape") OR OLD."rate" IS DISTINCT FROM (NEW."rate") OR OLD."gathers" IS DISTINCT FROM (NEW."gathers") OR OLD."formula" IS DISTINCT FROM (NEW."formula") OR OLD."overflow" IS DISTINCT FROM (NEW."overflow"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3618de59e4ae04dea1ba212057c5e9b8c5ff9cb8', operation='UPDATE', pgid='pgtrigger_vatbox_frozen_12f39', table='accounting_vatbox', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatbox',
            trigger=pgtrigger.compiler.Trigger(name='vatbox_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='57c1e037b3f4d1f8cf9f157e831d63915ac3bdaa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatbox_no_truncate_16088', table='accounting_vatbox', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'ready', 'filed'])), name='vatreturn_state'),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on')), ('starts_on__day', 1)), name='vatreturn_order'),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('starts_on'), models.F('ends_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='vatreturn_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('filed_by__isnull', False), ('filed_on__isnull', False), ('state', 'filed'), models.Q(('reference', ''), _negated=True)), models.Q(models.Q(('state', 'filed'), _negated=True), ('entry__isnull', True), ('filed_by__isnull', True), ('filed_on__isnull', True), ('reference', '')), _connector='OR'), name='vatreturn_filed_whole'),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('result__isnull', False)), _connector='OR'), name='vatreturn_counted_has_result'),
        ),
        migrations.AddConstraint(
            model_name='vatreturn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', True), ('payment__isnull', True)), models.Q(('paid_on__isnull', False), ('payment__isnull', False), ('result__gt', 0), ('state', 'filed')), _connector='OR'), name='vatreturn_paid_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatreturn',
            trigger=pgtrigger.compiler.Trigger(name='vatreturn_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c04c849bd77fa233e74e8f64e09ce3023af360f7', operation='UPDATE', pgid='pgtrigger_vatreturn_frozen_47605', table='accounting_vatreturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatreturn',
            trigger=pgtrigger.compiler.Trigger(name='vatreturn_filed_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'filed' AND NEW.state = 'filed' AND to_jsonb(OLD.*) - ARRAY['paid_on', 'payment_id', 'proof_id'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['paid_on', 'payment_id', 'proof_id'])", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9ad0d9f9500da32d505ce439a76da76201175e53', operation='UPDATE', pgid='pgtrigger_vatreturn_filed_kept_21668', table='accounting_vatreturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatreturn',
            trigger=pgtrigger.compiler.Trigger(name='vatreturn_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'filed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d855fb1da0340e92640f8e73ca30900c2fef7361', operation='DELETE', pgid='pgtrigger_vatreturn_kept_92c67', table='accounting_vatreturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatreturn',
            trigger=pgtrigger.compiler.Trigger(name='vatreturn_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='db9f87cad08cd7e4b6a082ca997a0c23531a31cc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatreturn_no_truncate_59f33', table='accounting_vatreturn', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatfigure',
            constraint=models.UniqueConstraint(fields=('vat_return', 'box'), name='vatfigure_once'),
        ),
        migrations.AddConstraint(
            model_name='vatfigure',
            constraint=models.CheckConstraint(condition=models.Q(('base__gte', 0), ('base__regex', '\\.00$'), ('tax__gte', 0), ('tax__regex', '\\.00$')), name='vatfigure_whole_euros'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatfigure',
            trigger=pgtrigger.compiler.Trigger(name='vatfigure_of_open_return', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_vatreturn\n        WHERE id IN (OLD.vat_return_id, NEW.vat_return_id) AND state = 'filed'\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a filed return', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='664cb95bd3258276a072b4575337c9b60c387b08', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vatfigure_of_open_return_ff612', table='accounting_vatfigure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatfigure',
            trigger=pgtrigger.compiler.Trigger(name='vatfigure_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b2ef1a1f79dc82f526a9e28008fbfcc301cdeefe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatfigure_no_truncate_5dbb4', table='accounting_vatfigure', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatcounted',
            constraint=models.CheckConstraint(condition=models.Q(('operation__isnull', False), ('box__isnull', False), _connector='OR'), name='vatcounted_somewhere'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatcounted',
            trigger=pgtrigger.compiler.Trigger(name='vatcounted_of_open_return', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM accounting_vatreturn\n        WHERE id IN (OLD.vat_return_id, NEW.vat_return_id) AND state = 'filed'\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a filed return', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='6a0deb6b2e5d8b49ee3ad233f5cc3743a9238111', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_vatcounted_of_open_return_0c019', table='accounting_vatcounted', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatcounted',
            trigger=pgtrigger.compiler.Trigger(name='vatcounted_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7b6c028db00bb23bcf2e14dfde7e9cd648d60da6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatcounted_no_truncate_e381d', table='accounting_vatcounted', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='taxdeadline',
            index=models.Index(fields=['state', 'due_on'], name='deadline_waiting'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.UniqueConstraint(condition=models.Q(('rule__isnull', False)), fields=('rule', 'starts_on'), name='deadline_once'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['todo', 'filed', 'paid', 'dropped'])), name='deadline_state'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='deadline_named'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='deadline_period'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='deadline_amount'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('filed_on__isnull', False), ('state__in', ['filed', 'paid'])), models.Q(('filed_on__isnull', True), ('state__in', ['todo', 'dropped'])), _connector='OR'), name='deadline_filed_dated'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('paid_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_on__isnull', True), ('payment_proof__isnull', True)), _connector='OR'), name='deadline_paid_whole'),
        ),
        migrations.AddConstraint(
            model_name='taxdeadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='deadline_dropped_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxdeadline',
            trigger=pgtrigger.compiler.Trigger(name='deadline_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='648121a29e9c6ddf6208c05ab13e57c7bebc0ed7', operation='UPDATE', pgid='pgtrigger_deadline_frozen_86c65', table='accounting_taxdeadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxdeadline',
            trigger=pgtrigger.compiler.Trigger(name='deadline_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='89f96f5688672f62fa39d26049b5ae03a54942d2', operation='DELETE', pgid='pgtrigger_deadline_kept_0cdb3', table='accounting_taxdeadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxdeadline',
            trigger=pgtrigger.compiler.Trigger(name='deadline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='dafe68c6339220d6751ea446f648aa425c449719', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deadline_no_truncate_009d7', table='accounting_taxdeadline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vatruling',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'exempt', 'services_abroad', 'eu_goods', 'export', 'domestic', 'not_established', 'asset', 'adjustment'])), name='vatruling_kind'),
        ),
        migrations.AddConstraint(
            model_name='vatruling',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='vatruling_says_why'),
        ),
        migrations.AddConstraint(
            model_name='vatruling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_out', True), ('kind', ''), ('rate__isnull', True)), models.Q(('is_out', False), ('rate__isnull', False)), _connector='OR'), name='vatruling_out_or_rated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatruling',
            trigger=pgtrigger.compiler.Trigger(name='vatruling_while_uncounted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM accounting_vatcounted WHERE line_id = OLD.line_id) THEN\n        RAISE EXCEPTION 'pgtrigger: line % is counted in a return', OLD.line_id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='a147e0ca7c7fbab025ab2ebe88eb0af881255c28', operation='UPDATE OR DELETE', pgid='pgtrigger_vatruling_while_uncounted_da8d8', table='accounting_vatruling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatruling',
            trigger=pgtrigger.compiler.Trigger(name='vatruling_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='86be7f781e42a6f43985d00dcce9ac727bcfb9b8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatruling_no_truncate_d0c4b', table='accounting_vatruling', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='yearclosing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'ready', 'carried'])), name='year_closing_state'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearclosing',
            trigger=pgtrigger.compiler.Trigger(name='year_closing_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."year_id" IS DISTINCT FROM (NEW."year_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4e4576d71a17dbac1c0f02e083753f7a3cb9abd5', operation='UPDATE', pgid='pgtrigger_year_closing_frozen_6cf54', table='accounting_yearclosing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearclosing',
            trigger=pgtrigger.compiler.Trigger(name='year_closing_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fbfae208896c3507a25c2f1568a81d3905708004', operation='DELETE', pgid='pgtrigger_year_closing_kept_b7d41', table='accounting_yearclosing', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearclosing',
            trigger=pgtrigger.compiler.Trigger(name='year_closing_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2656a73781ff507bab8599d7009e971c2f98bb09', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_year_closing_no_truncate_061c1', table='accounting_yearclosing', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.UniqueConstraint(fields=('person', 'activity', 'starts_on'), name='pay_year_once'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['computed', 'due', 'settled', 'carried'])), name='pay_year_state'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='pay_year_dates'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(('balance', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('turnover'), '-', models.F('direct_costs')), '-', models.F('contribution')), '-', models.F('real_cost')), '-', models.F('left')), '+', models.F('carried')))), name='pay_year_sum'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(('carried__lte', 0), ('left__gte', 0)), name='pay_year_left'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['due', 'settled']), _negated=True), models.Q(('balance__gt', 0), ('due_on__isnull', False)), _connector='OR'), name='pay_year_due_dated'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'carried'), _negated=True), ('balance__lte', 0), _connector='OR'), name='pay_year_carried_negative'),
        ),
        migrations.AddConstraint(
            model_name='yearendregularisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_with__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('paid_with__isnull', True)), _connector='OR'), name='pay_year_settled_with'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearendregularisation',
            trigger=pgtrigger.compiler.Trigger(name='pay_year_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a65b2583ebc83a1f85207bde530eb406a1bef57f', operation='DELETE', pgid='pgtrigger_pay_year_kept_eec2b', table='accounting_yearendregularisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearendregularisation',
            trigger=pgtrigger.compiler.Trigger(name='pay_year_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'computed' AND (OLD.balance, OLD.person_id, OLD.activity_id, OLD.starts_on) IS DISTINCT FROM (NEW.balance, NEW.person_id, NEW.activity_id, NEW.starts_on))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fb3ed4fa10923578117a6180e874054197a44f59', operation='UPDATE', pgid='pgtrigger_pay_year_frozen_6ee18', table='accounting_yearendregularisation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='retainedresultagreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_sign', 'signed', 'dropped'])), name='retained_state'),
        ),
        migrations.AddConstraint(
            model_name='retainedresultagreement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='retained_positive'),
        ),
        migrations.AddConstraint(
            model_name='retainedresultagreement',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$')), name='retained_sealed'),
        ),
        migrations.AddConstraint(
            model_name='retainedresultagreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signature__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signature__isnull', True)), _connector='OR'), name='retained_signed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='retainedresultagreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('year',), name='retained_one_alive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retainedresultagreement',
            trigger=pgtrigger.compiler.Trigger(name='retained_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='26573069f7abd9a966e1abc803cbdfa3fd227ac6', operation='DELETE', pgid='pgtrigger_retained_kept_e7479', table='accounting_retainedresultagreement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retainedresultagreement',
            trigger=pgtrigger.compiler.Trigger(name='retained_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."year_id" IS DISTINCT FROM (NEW."year_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."terms" IS DISTINCT FROM (NEW."terms") OR OLD."content_sha256" IS DISTINCT FROM (NEW."content_sha256"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='819597c4dd3270888b57291ae3c78703f0627557', operation='UPDATE', pgid='pgtrigger_retained_frozen_81a5f', table='accounting_retainedresultagreement', when='BEFORE')),
        ),
    ]
