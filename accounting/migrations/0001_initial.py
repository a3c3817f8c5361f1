import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.utils.timezone
import people.models.periods
import pgtrigger.compiler
import pgtrigger.migrations
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
                ('role', models.CharField(blank=True, choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('disbursement', 'Débours pour le compte de clients'), ('supplier', 'Fournisseurs'), ('bank', 'Banque'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('inside_charge', 'Achats à d’autres activités'), ('inside_income', 'Ventes à d’autres activités'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues')], default=None, max_length=30, null=True, unique=True, verbose_name='rôle')),
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
            ],
            options={
                'verbose_name': 'ligne d’écriture',
                'verbose_name_plural': 'lignes d’écriture',
                'ordering': ['entry', 'position'],
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
                ('account', models.CharField(choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('disbursement', 'Débours pour le compte de clients'), ('supplier', 'Fournisseurs'), ('bank', 'Banque'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('inside_charge', 'Achats à d’autres activités'), ('inside_income', 'Ventes à d’autres activités'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues')], max_length=30, verbose_name='compte soldé')),
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
            name='AnalyticAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('kind', models.CharField(choices=[('activity', 'Activité'), ('shared', 'Services communs'), ('person', 'Personne')], max_length=10, verbose_name='nature')),
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
            model_name='account',
            name='cost_kind',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounting.costkind', verbose_name='nature de charge'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costkind',
            trigger=pgtrigger.compiler.Trigger(name='costkind_code_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1d49e9b6eef946e4a241b75369b54c7f6c589795', operation='UPDATE', pgid='pgtrigger_costkind_code_frozen_e71e7', table='accounting_costkind', when='BEFORE')),
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
            model_name='contributionrun',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contribution_run', to='accounting.entry', verbose_name='écriture'),
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
            model_name='exemption',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['VE', 'AC', 'BQ', 'AN', 'PA', 'RA', 'OD'])), name='journal_code_known'),
        ),
        migrations.AddField(
            model_name='entry',
            name='journal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounting.journal', verbose_name='journal'),
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
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['activity', 'shared', 'person'])), name='analytic_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('kind', 'activity'), ('person__isnull', True)), models.Q(('activity__isnull', True), ('kind', 'shared'), ('person__isnull', True)), models.Q(('activity__isnull', True), ('kind', 'person'), ('person__isnull', False)), _connector='OR'), name='analytic_activity_named'),
        ),
        migrations.AddConstraint(
            model_name='analyticaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'shared')), fields=('kind',), name='analytic_shared_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analyticaccount',
            trigger=pgtrigger.compiler.Trigger(name='analytic_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5aea4bca9b1fec97718e3ce751d85c46be0830de', operation='UPDATE', pgid='pgtrigger_analytic_frozen_00bfe', table='accounting_analyticaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookscontrol',
            trigger=pgtrigger.compiler.Trigger(name='control_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d4acf3859730d5a9a7e0df2b66874515fa2a21f', operation='UPDATE OR DELETE', pgid='pgtrigger_control_append_only_1b044', table='accounting_bookscontrol', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookscontrol',
            trigger=pgtrigger.compiler.Trigger(name='control_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='65dc0861a91264f7b2c6519c5c5420bda479ac42', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_control_no_truncate_c5341', table='accounting_bookscontrol', when='BEFORE')),
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
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['balance', 'expense', 'income'])), name='account_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__isnull', True), ('role__in', ['customer', 'customer_retention', 'customer_advance', 'claimant', 'expense_advance', 'card_expense', 'disbursement', 'supplier', 'bank', 'vat_collected', 'vat_pending', 'vat_deductible', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'inside_charge', 'inside_income', 'share_charge', 'share_income', 'waiver_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due']), _connector='OR'), name='account_role_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[1-8][0-9]{2,11}$')), name='account_number_shape'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='account_number_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e1571363ef112f0d4da995dcda81a679527ba580', operation='UPDATE', pgid='pgtrigger_account_number_frozen_38d2d', table='accounting_account', when='BEFORE')),
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
            trigger=pgtrigger.compiler.Trigger(name='entry_balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='\n    IF EXISTS (\n        SELECT 1 FROM accounting_entryline line\n        WHERE line.entry_id = NEW.id\n        GROUP BY line.analytic_id\n        HAVING SUM(line.debit) <> SUM(line.credit)\n    ) THEN\n        RAISE EXCEPTION \'entry % does not balance in each analytic section\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM accounting_entry entry JOIN accounting_entryline line ON line.entry_id = entry.id\n        WHERE entry.id = NEW.id\n        GROUP BY entry.id\n        HAVING COUNT(*) = entry.line_count\n        AND SUM(line.debit) = entry.total\n        AND SUM(line.credit) = entry.total\n        AND BOOL_AND(line."on" = entry."on")\n    ) THEN\n        RAISE EXCEPTION \'entry % is not made of the lines it announces\', NEW.id\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NULL;\n', hash='80dab7f6cdd0a99cc75713e531515741f3b8122d', operation='INSERT', pgid='pgtrigger_entry_balanced_84162', table='accounting_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
            constraint=models.CheckConstraint(condition=models.Q(('account__in', ['customer', 'customer_retention', 'customer_advance', 'claimant', 'expense_advance', 'card_expense', 'disbursement', 'supplier', 'bank', 'vat_collected', 'vat_pending', 'vat_deductible', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'inside_charge', 'inside_income', 'share_charge', 'share_income', 'waiver_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due'])), name='payment_order_account'),
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
    ]
