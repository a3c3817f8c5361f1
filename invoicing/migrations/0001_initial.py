import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import people.models.periods
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from cae.core.first_tables import FirstTables
from django.conf import settings
from django.db import migrations, models

from invoicing.models.balances import CREATE_VIEW, DROP_VIEW


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('accounting', '0002_first_chart'),
        ('core', '0002_initial'),
        ('entrepreneurs', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(blank=True, max_length=250, verbose_name='objet')),
                ('order_reference', models.CharField(blank=True, max_length=100, verbose_name='numéro de commande')),
                ('operation', models.CharField(choices=[('goods', 'Livraison de biens'), ('services', 'Prestation de services'), ('both', 'Biens et services')], default='services', max_length=8, verbose_name='catégorie de l’opération')),
                ('vat_due_on', models.CharField(choices=[('receipts', 'Encaissements'), ('debits', 'Débits')], default='receipts', max_length=8, verbose_name='TVA due sur')),
                ('discount_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='remise sur le total')),
                ('discount_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='remise sur le total (€ HT)')),
                ('internal_note', models.TextField(blank=True, max_length=4000, verbose_name='note interne')),
                ('total_excl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total HT')),
                ('total_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TVA')),
                ('total_incl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TTC')),
                ('facts', models.JSONField(editable=False, null=True, verbose_name='contenu figé')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('correction', models.TextField(blank=True, max_length=4000, verbose_name='correction demandée')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('kind', models.CharField(choices=[('invoice', 'Facture'), ('credit_note', 'Avoir')], default='invoice', max_length=11, verbose_name='nature')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('submitted', 'À valider'), ('issued', 'Émise'), ('discarded', 'Abandonnée')], default='draft', max_length=9, verbose_name='état')),
                ('number', models.CharField(editable=False, max_length=35, null=True, unique=True, verbose_name='numéro')),
                ('issued_on', models.DateField(db_index=True, editable=False, null=True, verbose_name='date d’émission')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='échéance')),
                ('delivered_on', models.DateField(blank=True, null=True, verbose_name='date de la livraison ou de la prestation')),
                ('credit_part', models.CharField(blank=True, choices=[('whole', 'Toute la facture'), ('rest', 'Le reste impayé'), ('lines', 'Certaines lignes')], max_length=5, verbose_name='part annulée')),
                ('credit_reason', models.CharField(blank=True, max_length=250, verbose_name='motif de l’avoir')),
                ('xml_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte des données')),
                ('seal', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sceau')),
                ('previous_seal', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sceau précédent')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='entrepreneurs.activity', verbose_name='activité')),
                ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='relu par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('credited', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='invoicing.invoice', verbose_name='facture d’origine')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF archivé')),
            ],
            options={
                'verbose_name': 'facture',
                'verbose_name_plural': 'factures',
                'ordering': [models.OrderBy(models.F('issued_on'), descending=True, nulls_first=True), '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('address_line2', models.CharField(blank=True, max_length=200, verbose_name='complément d’adresse')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='ville')),
                ('country', models.CharField(default='FR', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='pays')),
                ('kind', models.CharField(choices=[('firm', 'Entreprise ou association'), ('public_body', 'Organisme public'), ('private_person', 'Particulier')], default='firm', max_length=14, verbose_name='nature')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('siren', cae.core.fields.SirenField(blank=True, max_length=9, verbose_name='SIREN')),
                ('siret', cae.core.fields.SiretField(blank=True, max_length=14, verbose_name='SIRET')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='n° de TVA intracommunautaire')),
                ('contact_name', models.CharField(blank=True, max_length=160, verbose_name='contact')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('electronic_address', models.CharField(blank=True, help_text='Vide : le SIREN pour une entreprise, l’adresse e-mail pour un particulier.', max_length=100, verbose_name='adresse de facturation électronique')),
                ('purchase_order_required', models.BooleanField(default=False, verbose_name='exige un numéro de commande')),
                ('service_code', models.CharField(blank=True, max_length=100, verbose_name='service exécutant')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'Anglais')], default='fr', max_length=2, verbose_name='langue des documents')),
                ('payment_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='délai de paiement (jours)')),
                ('payment_end_of_month', models.BooleanField(default=False, verbose_name='fin de mois')),
                ('delivery_address', models.TextField(blank=True, help_text='Si elle diffère de l’adresse de facturation.', max_length=400, verbose_name='adresse de livraison')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note interne')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivé le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=160))),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='people.organisation', verbose_name='organisme')),
            ],
            options={
                'verbose_name': 'client',
                'verbose_name_plural': 'clients',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SaleTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                ('text', models.TextField(verbose_name='texte')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='enregistré le')),
            ],
            options={
                'verbose_name': 'conditions de vente',
                'verbose_name_plural': 'conditions de vente',
            },
        ),
        migrations.CreateModel(
            name='SelfValidation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('kind', models.CharField(choices=[('quote', 'Devis'), ('invoice', 'Factures'), ('credit_note', 'Avoirs')], max_length=11, verbose_name='documents')),
                ('ceiling', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='jusqu’à (€ HT)')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donné le')),
            ],
            options={
                'verbose_name': 'droit d’autovalidation',
                'verbose_name_plural': 'droits d’autovalidation',
                'ordering': ['person', 'kind', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mail', 'E-mail'), ('copy', 'Lien copié'), ('reminder', 'Relance'), ('reply', 'Réponse à un message')], default='mail', max_length=8, verbose_name='nature')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='destinataire')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyé le')),
                ('first_seen_at', models.DateTimeField(null=True, verbose_name='vu le')),
                ('last_seen_at', models.DateTimeField(null=True, verbose_name='revu le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('end_told_at', models.DateTimeField(null=True, verbose_name='fin de validité annoncée le')),
            ],
            options={
                'verbose_name': 'envoi',
                'verbose_name_plural': 'envois',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TypedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.UUIDField(editable=False, unique=True, verbose_name='clé du formulaire')),
                ('kind', models.CharField(choices=[('quote', 'Devis'), ('invoice', 'Facture')], max_length=7, verbose_name='documents')),
                ('typed', models.TextField(max_length=2000000, verbose_name='saisie')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='gardée le')),
            ],
            options={
                'verbose_name': 'saisie en cours',
                'verbose_name_plural': 'saisies en cours',
            },
        ),
        migrations.CreateModel(
            name='VatRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='libellé')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux')),
                ('category', models.CharField(choices=[('S', 'Taux normal ou réduit'), ('Z', 'Taux zéro'), ('E', 'Exonéré'), ('AE', 'Autoliquidation'), ('K', 'Livraison intracommunautaire'), ('G', 'Exportation')], max_length=2, verbose_name='catégorie')),
                ('exemption_text', models.CharField(blank=True, max_length=200, verbose_name='mention imprimée')),
                ('vatex_code', models.CharField(blank=True, max_length=30, verbose_name='code d’exonération')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('to_confirm', models.BooleanField(default=False, verbose_name='à confirmer')),
            ],
            options={
                'verbose_name': 'taux de TVA',
                'verbose_name_plural': 'taux de TVA',
                'ordering': ['-rate', 'code', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('on', models.DateField(verbose_name='jour')),
                ('accepted', models.BooleanField(verbose_name='accepté')),
                ('findings', models.JSONField(default=list, verbose_name='remarques')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='contrôlé le')),
            ],
            options={
                'verbose_name': 'verdict',
                'verbose_name_plural': 'verdicts',
            },
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='balance', serialize=False, to='invoicing.invoice')),
                ('paid', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='réglé')),
                ('credited', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='annulé par avoir')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='reste dû')),
                ('customer_credit', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='avance du client')),
            ],
            options={
                'verbose_name': 'solde d’une facture',
                'verbose_name_plural': 'soldes des factures',
                'db_table': 'invoicing_balance',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='CustomerBalance',
            fields=[
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='balance', serialize=False, to='invoicing.customer')),
                ('invoice_count', models.IntegerField(verbose_name='factures')),
                ('last_invoiced_on', models.DateField(null=True, verbose_name='dernière facture')),
                ('invoiced', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='facturé')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='reste dû')),
            ],
            options={
                'verbose_name': 'solde d’un client',
                'verbose_name_plural': 'soldes des clients',
                'db_table': 'invoicing_customerbalance',
                'managed': False,
            },
        ),
        migrations.AddField(
            model_name='invoice',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='invoicing.customer', verbose_name='client'),
        ),
        migrations.CreateModel(
            name='CatalogueItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(blank=True, max_length=40, verbose_name='référence')),
                ('category', models.CharField(blank=True, max_length=80, verbose_name='famille')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='description')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité')),
                ('unit_price', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='prix unitaire')),
                ('price_includes_tax', models.BooleanField(default=False, verbose_name='prix TTC')),
                ('vat_code', models.SlugField(max_length=20, verbose_name='taux de TVA')),
                ('nature', models.CharField(choices=[('services', 'Prestation de services'), ('training', 'Formation professionnelle'), ('goods', 'Vente de biens'), ('rebilled', 'Frais refacturés')], default='services', max_length=8, verbose_name='nature de vente')),
                ('cost', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='coût de revient')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivé le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sort_label', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('label')), output_field=models.CharField(max_length=250))),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='catalogue_items', to='entrepreneurs.activity', verbose_name='activité')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='photo')),
            ],
            options={
                'verbose_name': 'article du catalogue',
                'verbose_name_plural': 'articles du catalogue',
                'ordering': [cae.core.plain.PlainText(models.F('category')), 'sort_label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CustomerContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='invoicing.customer', verbose_name='client')),
            ],
            options={
                'verbose_name': 'contact du client',
                'verbose_name_plural': 'contacts des clients',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('colour', models.CharField(default='#1f5f5b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$')], verbose_name='couleur')),
                ('layout', models.CharField(choices=[('classic', 'Classique'), ('airy', 'Aérée'), ('compact', 'Compacte'), ('band', 'Bandeau'), ('letter', 'Lettre')], default='classic', max_length=8, verbose_name='mise en page')),
                ('photos', models.BooleanField(default=False, verbose_name='photos des articles')),
                ('header', models.CharField(blank=True, max_length=250, verbose_name='sous le nom')),
                ('footer', models.CharField(blank=True, max_length=250, verbose_name='pied de page')),
                ('terms_of_sale', models.TextField(blank=True, max_length=20000, verbose_name='conditions générales de vente')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='look', to='entrepreneurs.activity', verbose_name='activité')),
                ('logo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='logo')),
            ],
            options={
                'verbose_name': 'présentation des documents',
                'verbose_name_plural': 'présentations des documents',
            },
        ),
        migrations.CreateModel(
            name='EditorPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('quick', 'Rapide'), ('full', 'Complet')], default='quick', max_length=5, verbose_name='mode de saisie')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte d’accès')),
            ],
            options={
                'verbose_name': 'préférence de saisie',
                'verbose_name_plural': 'préférences de saisie',
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('group_title', models.CharField(blank=True, max_length=250, verbose_name='titre du groupe')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='description')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='quantité')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité')),
                ('unit_price', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='prix unitaire HT')),
                ('nature', models.CharField(choices=[('services', 'Prestation de services'), ('training', 'Formation professionnelle'), ('goods', 'Vente de biens'), ('rebilled', 'Frais refacturés')], default='services', max_length=8, verbose_name='nature de vente')),
                ('discount_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='remise')),
                ('discount_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='remise (€)')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant HT')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.invoice', verbose_name='facture')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='invoicing.catalogueitem', verbose_name='article du catalogue')),
            ],
            options={
                'verbose_name': 'ligne de facture',
                'verbose_name_plural': 'lignes de facture',
                'ordering': ['invoice_id', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InvoiceTax',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('S', 'Taux normal ou réduit'), ('Z', 'Taux zéro'), ('E', 'Exonéré'), ('AE', 'Autoliquidation'), ('K', 'Livraison intracommunautaire'), ('G', 'Exportation')], max_length=2, verbose_name='catégorie')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base HT')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='TVA')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taxes', to='invoicing.invoice', verbose_name='facture')),
            ],
            options={
                'verbose_name': 'TVA d’une facture',
                'verbose_name_plural': 'TVA des factures',
                'ordering': ['invoice_id', '-rate', 'category'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=120, verbose_name='intitulé')),
                ('text', models.TextField(max_length=2000, verbose_name='texte imprimé')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('place', models.CharField(choices=[('quotes', 'Devis'), ('invoices', 'Factures et avoirs'), ('both', 'Tous')], default='both', max_length=8, verbose_name='documents')),
                ('trade', models.CharField(blank=True, max_length=80, verbose_name='métier')),
                ('nature', models.CharField(blank=True, choices=[('services', 'Prestation de services'), ('training', 'Formation professionnelle'), ('goods', 'Vente de biens'), ('rebilled', 'Frais refacturés')], max_length=8, verbose_name='nature de vente')),
                ('vat_category', models.CharField(blank=True, choices=[('S', 'Taux normal ou réduit'), ('Z', 'Taux zéro'), ('E', 'Exonéré'), ('AE', 'Autoliquidation'), ('K', 'Livraison intracommunautaire'), ('G', 'Exportation')], max_length=2, verbose_name='régime de TVA')),
                ('vat_code', models.SlugField(blank=True, max_length=20, verbose_name='taux de TVA')),
                ('audience', models.CharField(blank=True, choices=[('professionals', 'Professionnels'), ('private_persons', 'Particuliers')], max_length=15, verbose_name='clients')),
                ('on_debits', models.BooleanField(default=False, verbose_name='TVA sur les débits seulement')),
                ('note', models.CharField(choices=[('AAI', 'Information générale'), ('REG', 'Information réglementaire'), ('TXD', 'Taxe'), ('PMT', 'Indemnité de recouvrement'), ('PMD', 'Pénalités de retard'), ('AAB', 'Escompte')], default='AAI', max_length=3, verbose_name='sujet')),
                ('compulsory', models.BooleanField(default=True, verbose_name='obligatoire')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='rang')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('to_confirm', models.BooleanField(default=False, verbose_name='à confirmer')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='entrepreneurs.activity', verbose_name='activité')),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
                'ordering': ['position', 'code', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('advance', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='dont avance')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='invoicing.invoice', verbose_name='facture')),
            ],
            options={
                'verbose_name': 'règlement',
                'verbose_name_plural': 'règlements',
                'ordering': ['receipt__on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaymentTax',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('S', 'Taux normal ou réduit'), ('Z', 'Taux zéro'), ('E', 'Exonéré'), ('AE', 'Autoliquidation'), ('K', 'Livraison intracommunautaire'), ('G', 'Exportation')], max_length=2, verbose_name='catégorie')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='TVA devenue exigible')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taxes', to='invoicing.payment', verbose_name='règlement')),
            ],
            options={
                'verbose_name': 'TVA d’un règlement',
                'verbose_name_plural': 'TVA des règlements',
                'ordering': ['payment_id', '-rate', 'category'],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(blank=True, max_length=250, verbose_name='objet')),
                ('order_reference', models.CharField(blank=True, max_length=100, verbose_name='numéro de commande')),
                ('operation', models.CharField(choices=[('goods', 'Livraison de biens'), ('services', 'Prestation de services'), ('both', 'Biens et services')], default='services', max_length=8, verbose_name='catégorie de l’opération')),
                ('vat_due_on', models.CharField(choices=[('receipts', 'Encaissements'), ('debits', 'Débits')], default='receipts', max_length=8, verbose_name='TVA due sur')),
                ('discount_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='remise sur le total')),
                ('discount_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='remise sur le total (€ HT)')),
                ('internal_note', models.TextField(blank=True, max_length=4000, verbose_name='note interne')),
                ('total_excl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total HT')),
                ('total_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TVA')),
                ('total_incl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TTC')),
                ('facts', models.JSONField(editable=False, null=True, verbose_name='contenu figé')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('correction', models.TextField(blank=True, max_length=4000, verbose_name='correction demandée')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('submitted', 'À valider'), ('approved', 'Validé'), ('sent', 'Envoyé'), ('accepted', 'Accepté'), ('refused', 'Refusé'), ('replaced', 'Remplacé'), ('withdrawn', 'Retiré'), ('discarded', 'Abandonné')], default='draft', max_length=9, verbose_name='état')),
                ('number', models.CharField(editable=False, max_length=35, null=True, verbose_name='numéro')),
                ('revision', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='version du devis')),
                ('approved_on', models.DateField(db_index=True, editable=False, null=True, verbose_name='établi le')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valable jusqu’au')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='début des travaux ou de la prestation')),
                ('payment_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='délai de paiement (jours)')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du contenu')),
                ('answered_on', models.DateField(editable=False, null=True, verbose_name='réponse du client le')),
                ('refusal_reason', models.TextField(blank=True, editable=False, max_length=4000, verbose_name='motif du refus')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='entrepreneurs.activity', verbose_name='activité')),
                ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='relu par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='invoicing.customer', verbose_name='client')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF archivé')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='invoicing.quote', verbose_name='remplace')),
                ('signed_pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF signé')),
            ],
            options={
                'verbose_name': 'devis',
                'verbose_name_plural': 'devis',
                'ordering': [models.OrderBy(models.F('approved_on'), descending=True, nulls_first=True), '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnMention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_mentions', to='invoicing.invoice', verbose_name='facture')),
                ('mention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoicing.mention', verbose_name='mention')),
                ('quote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_mentions', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'mention choisie',
                'verbose_name_plural': 'mentions choisies',
            },
        ),
        migrations.AddField(
            model_name='invoice',
            name='quote',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='invoicing.quote', verbose_name='devis'),
        ),
        migrations.CreateModel(
            name='CoverWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stop', models.CharField(max_length=10, verbose_name='cause')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='donnée le')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='donnée par')),
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cover_waiver', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'dérogation d’assurance',
                'verbose_name_plural': 'dérogations d’assurance',
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accepted', models.BooleanField(verbose_name='accepté')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('total_excl_tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='total HT accepté')),
                ('total_incl_tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='total TTC accepté')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
                ('signature', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'réponse du client',
                'verbose_name_plural': 'réponses des clients',
            },
        ),
        migrations.CreateModel(
            name='QuoteLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('group_title', models.CharField(blank=True, max_length=250, verbose_name='titre du groupe')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='description')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='quantité')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité')),
                ('unit_price', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='prix unitaire HT')),
                ('nature', models.CharField(choices=[('services', 'Prestation de services'), ('training', 'Formation professionnelle'), ('goods', 'Vente de biens'), ('rebilled', 'Frais refacturés')], default='services', max_length=8, verbose_name='nature de vente')),
                ('discount_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='remise')),
                ('discount_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='remise (€)')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant HT')),
                ('optional', models.BooleanField(default=False, verbose_name='en option')),
                ('choice', models.CharField(blank=True, max_length=80, verbose_name='au choix')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='invoicing.catalogueitem', verbose_name='article du catalogue')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'ligne de devis',
                'verbose_name_plural': 'lignes de devis',
                'ordering': ['quote_id', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChosenOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, max_length=80, verbose_name='au choix')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoicing.quote', verbose_name='devis')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chosen', to='invoicing.quoteline', verbose_name='ligne')),
            ],
            options={
                'verbose_name': 'option choisie',
                'verbose_name_plural': 'options choisies',
            },
        ),
        migrations.CreateModel(
            name='QuoteTax',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('S', 'Taux normal ou réduit'), ('Z', 'Taux zéro'), ('E', 'Exonéré'), ('AE', 'Autoliquidation'), ('K', 'Livraison intracommunautaire'), ('G', 'Exportation')], max_length=2, verbose_name='catégorie')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base HT')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='TVA')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taxes', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'TVA d’un devis',
                'verbose_name_plural': 'TVA des devis',
                'ordering': ['quote_id', '-rate', 'category'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('received', 'Encaissement'), ('refunded', 'Remboursement'), ('offset', 'Imputation d’une avance')], default='received', max_length=8, verbose_name='nature')),
                ('on', models.DateField(db_index=True, verbose_name='date')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('mode', models.CharField(choices=[('transfer', 'Virement'), ('card', 'Carte bancaire'), ('cheque', 'Chèque'), ('cash', 'Espèces'), ('direct_debit', 'Prélèvement'), ('other', 'Autre')], default='transfer', max_length=12, verbose_name='moyen de paiement')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='référence')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='motif')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='invoicing.customer', verbose_name='client')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='invoicing.receipt', verbose_name='annule l’encaissement')),
            ],
            options={
                'verbose_name': 'encaissement',
                'verbose_name_plural': 'encaissements',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='payment',
            name='receipt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='invoicing.receipt', verbose_name='encaissement'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleterms',
            trigger=pgtrigger.compiler.Trigger(name='saleterms_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a3ab59dab20807d331d698b66a96e5dd4c90790', operation='UPDATE', pgid='pgtrigger_saleterms_frozen_71abe', table='invoicing_saleterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleterms',
            trigger=pgtrigger.compiler.Trigger(name='saleterms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5fb9366bde10123407d904dca7aa8dae3acf351c', operation='DELETE', pgid='pgtrigger_saleterms_kept_345d5', table='invoicing_saleterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleterms',
            trigger=pgtrigger.compiler.Trigger(name='saleterms_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='72f269f97fc56abdda5b33f4e1513a043a26b468', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_saleterms_no_truncate_b101a', table='invoicing_saleterms', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='selfvalidation',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='donné par'),
        ),
        migrations.AddField(
            model_name='selfvalidation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_validations', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='sending',
            name='email',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.outgoingemail', verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='sending',
            name='invoice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='invoicing.invoice', verbose_name='facture'),
        ),
        migrations.AddField(
            model_name='sending',
            name='link',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.personallink', verbose_name='lien personnel'),
        ),
        migrations.AddField(
            model_name='sending',
            name='quote',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='invoicing.quote', verbose_name='devis'),
        ),
        migrations.AddField(
            model_name='sending',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='envoyé par'),
        ),
        migrations.AddField(
            model_name='answer',
            name='sending',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='invoicing.sending', verbose_name='par le lien'),
        ),
        migrations.AddField(
            model_name='typedform',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='typedform',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisie par'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['S', 'Z', 'E', 'AE', 'K', 'G'])), name='vatrate_category_known'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lt', 1)), name='vatrate_share'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category', 'S'), ('exemption_text', ''), ('rate__gt', 0), ('vatex_code', '')), models.Q(models.Q(('category', 'S'), _negated=True), ('rate', 0)), _connector='OR'), name='vatrate_tax_only_when_standard'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['S', 'Z']), models.Q(('exemption_text', ''), _negated=True), _connector='OR'), name='vatrate_exemption_says_why'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='vatrate_period'),
        ),
        migrations.AddConstraint(
            model_name='vatrate',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='vatrate_one_value_at_a_date'),
        ),
        migrations.AddField(
            model_name='quoteline',
            name='vat_rate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoicing.vatrate', verbose_name='taux de TVA'),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='vat_rate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoicing.vatrate', verbose_name='taux de TVA'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='vatrate_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."rate" IS DISTINCT FROM (NEW."rate") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."exemption_text" IS DISTINCT FROM (NEW."exemption_text") OR OLD."vatex_code" IS DISTINCT FROM (NEW."vatex_code") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2b6a649911d3f77f21bf0730c9c19f911cf7f5ca', operation='UPDATE', pgid='pgtrigger_vatrate_frozen_cc15f', table='invoicing_vatrate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='vatrate_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7c3b336bfca618bbac59199e36c0a17e87612d04', operation='DELETE', pgid='pgtrigger_vatrate_kept_fcee7', table='invoicing_vatrate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vatrate',
            trigger=pgtrigger.compiler.Trigger(name='vatrate_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f844de1306897ee1766781d712c1c9cd2485195f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_vatrate_no_truncate_69597', table='invoicing_vatrate', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('content_sha256', 'on'), name='verdict_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$')), name='verdict_hash'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7e0422ef997cebe21705b4bf9660ad8c33ceecee', operation='UPDATE OR DELETE', pgid='pgtrigger_verdict_append_only_7636f', table='invoicing_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='765b1418c2e7655a3e4a81edca0ec8b5ffa61df2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_verdict_no_truncate_053d4', table='invoicing_verdict', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['sort_name', 'id'], name='customer_in_order'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=django.contrib.postgres.indexes.GinIndex(fields=['sort_name'], name='customer_found', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['firm', 'public_body', 'private_person'])), name='customer_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='customer_named'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(('siren', ''), _negated=True), fields=('activity', 'siren'), name='customer_one_per_siren'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('siren', ''), _negated=True), ('kind', 'private_person'), models.Q(('country', 'FR'), _negated=True), _connector='OR'), name='customer_french_firm_has_siren'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'private_person'), _negated=True), models.Q(('siren', ''), ('siret', ''), ('vat_number', '')), _connector='OR'), name='customer_person_has_no_siren'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'en'])), name='customer_language_known'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('payment_days__isnull', True), ('payment_days__lte', 60), _connector='OR'), name='customer_payment_days_legal'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('siret', ''), ('siren', django.db.models.functions.text.Left(models.F('siret'), 9)), _connector='OR'), name='customer_siret_of_siren'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='catalogueitem_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['services', 'training', 'goods', 'rebilled'])), name='catalogueitem_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='catalogueitem_named'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='catalogueitem_price_positive'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.CheckConstraint(condition=models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), name='catalogueitem_cost_positive'),
        ),
        migrations.AddConstraint(
            model_name='catalogueitem',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('activity', 'reference'), name='catalogueitem_reference_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='customercontact',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='customercontact_named'),
        ),
        migrations.AddConstraint(
            model_name='documentlook',
            constraint=models.CheckConstraint(condition=models.Q(('layout__in', ['classic', 'airy', 'compact', 'band', 'letter'])), name='look_layout_known'),
        ),
        migrations.AddConstraint(
            model_name='documentlook',
            constraint=models.CheckConstraint(condition=models.Q(('colour__regex', '^#[0-9a-f]{6}$')), name='look_colour_plain'),
        ),
        migrations.AddConstraint(
            model_name='editorpreference',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['quick', 'full'])), name='editorpreference_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='invoicetax',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['S', 'Z', 'E', 'AE', 'K', 'G'])), name='invoicetax_category_known'),
        ),
        migrations.AddConstraint(
            model_name='invoicetax',
            constraint=models.UniqueConstraint(fields=('invoice', 'category', 'rate'), name='invoicetax_group_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicetax',
            trigger=pgtrigger.compiler.Trigger(name='invoicetax_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = OLD.invoice_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = OLD.invoice_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = NEW.invoice_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='bf4612cbf64201ab769db34213665339d33f4515', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_invoicetax_of_draft_12abb', table='invoicing_invoicetax', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicetax',
            trigger=pgtrigger.compiler.Trigger(name='invoicetax_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='782858f6f914dc293399f6f0dd7a6a94cffda1b6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoicetax_no_truncate_44616', table='invoicing_invoicetax', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('place__in', ['quotes', 'invoices', 'both'])), name='mention_place_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='mention_says_something'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('nature', ''), ('nature__in', ['services', 'training', 'goods', 'rebilled']), _connector='OR'), name='mention_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('vat_category', ''), ('vat_category__in', ['S', 'Z', 'E', 'AE', 'K', 'G']), _connector='OR'), name='mention_category_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('audience', ''), ('audience__in', ['professionals', 'private_persons']), _connector='OR'), name='mention_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('note__in', ['AAI', 'REG', 'TXD', 'PMT', 'PMD', 'AAB'])), name='mention_note_known'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='mention_period'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (people.models.periods.DateSpan('valid_from', 'valid_to'), '&&')], name='mention_one_text_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='mention_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."trade" IS DISTINCT FROM (NEW."trade") OR OLD."nature" IS DISTINCT FROM (NEW."nature") OR OLD."vat_category" IS DISTINCT FROM (NEW."vat_category") OR OLD."vat_code" IS DISTINCT FROM (NEW."vat_code") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."on_debits" IS DISTINCT FROM (NEW."on_debits") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."compulsory" IS DISTINCT FROM (NEW."compulsory") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='95aa0c7aeb062db078e291f5330e788baf617e60', operation='UPDATE', pgid='pgtrigger_mention_frozen_8a8a2', table='invoicing_mention', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='mention_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='021beed36d0ccdd63fc0d86e414b0ebf389f5e4c', operation='DELETE', pgid='pgtrigger_mention_kept_325e9', table='invoicing_mention', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paymenttax',
            constraint=models.UniqueConstraint(fields=('payment', 'category', 'rate'), name='paymenttax_group_once'),
        ),
        migrations.AddConstraint(
            model_name='paymenttax',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['S', 'Z', 'E', 'AE', 'K', 'G'])), name='paymenttax_category_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymenttax',
            trigger=pgtrigger.compiler.Trigger(name='paymenttax_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c30f5f2dee90975dbd42ef6bc22052cfcdc861c', operation='UPDATE OR DELETE', pgid='pgtrigger_paymenttax_append_only_e489a', table='invoicing_paymenttax', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymenttax',
            trigger=pgtrigger.compiler.Trigger(name='paymenttax_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='50ee9b4d747119ceb47757f42ea2a8311a407e63', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_paymenttax_no_truncate_a7e43', table='invoicing_paymenttax', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['activity', 'state', 'approved_on'], name='quote_of_activity'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('state__in', ['draft', 'submitted', 'approved'])), fields=['state', 'activity'], name='quote_waiting'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('operation__in', ['goods', 'services', 'both'])), name='quote_operation_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('vat_due_on__in', ['receipts', 'debits'])), name='quote_vat_due_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), ('discount_amount__isnull', True), _connector='OR'), name='quote_one_discount'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), models.Q(('discount_rate__gte', 0), ('discount_rate__lte', 1)), _connector='OR'), name='quote_discount_share'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('discount_amount__isnull', True), ('discount_amount__gte', 0), _connector='OR'), name='quote_discount_positive'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('total_incl_tax', django.db.models.expressions.CombinedExpression(models.F('total_excl_tax'), '+', models.F('total_tax')))), name='quote_total_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'sent', 'accepted', 'refused', 'replaced', 'withdrawn', 'discarded'])), name='quote_state_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('number', 'revision'), name='quote_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', False), ('content_sha256__regex', '^[0-9a-f]{64}$'), ('facts__isnull', False), ('number__isnull', False), ('state__in', ('approved', 'sent', 'accepted', 'refused', 'replaced', 'withdrawn')), ('valid_until__isnull', False)), models.Q(models.Q(('state__in', ('approved', 'sent', 'accepted', 'refused', 'replaced', 'withdrawn')), _negated=True), ('approved_on__isnull', True), ('facts__isnull', True)), _connector='OR'), name='quote_numbered_once_approved'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('approved_on__isnull', True), ('valid_until__gte', models.F('approved_on')), _connector='OR'), name='quote_valid_after_approval'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), ('state__in', ['accepted', 'refused'])), models.Q(models.Q(('state__in', ['accepted', 'refused']), _negated=True), ('answered_on__isnull', True)), _connector='OR'), name='quote_answered_if_answer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='quote_born_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state <> 'draft')", func="\n    RAISE EXCEPTION 'pgtrigger: a document is born a draft' USING ERRCODE = 'integrity_constraint_violation';\n", hash='034b2bb7560ea19c538fe9e1f1335e38cb971d4e', operation='INSERT', pgid='pgtrigger_quote_born_draft_f23c4', table='invoicing_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='quote_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.facts IS NOT NULL THEN\n        IF to_jsonb(OLD) - string_to_array('state state_since checker_id correction answered_on refusal_reason pdf_id signed_pdf_id internal_note', ' ')\n            <> to_jsonb(NEW) - string_to_array('state state_since checker_id correction answered_on refusal_reason pdf_id signed_pdf_id internal_note', ' ')\n            OR NEW.state IN ('draft', 'submitted', 'discarded')\n            OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)\n            OR (OLD.signed_pdf_id IS NOT NULL AND NEW.signed_pdf_id IS DISTINCT FROM OLD.signed_pdf_id)\n            OR (OLD.state IN ('accepted', 'refused', 'replaced', 'withdrawn') AND NEW.state <> OLD.state)\n        THEN\n            RAISE EXCEPTION 'pgtrigger: quote % is frozen', OLD.number\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='065b40e811e450c59929a6a7fc049ffba6c9e9cf', operation='UPDATE', pgid='pgtrigger_quote_frozen_4c3ee', table='invoicing_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='quote_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='803d797038ba0962df5944a80d3c1264d6fd422a', operation='DELETE', pgid='pgtrigger_quote_kept_bceef', table='invoicing_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='quote_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f8500674cb4c648fe8b8c2f31e577ffffeffbe6c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quote_no_truncate_322ae', table='invoicing_quote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ownmention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', False), ('quote__isnull', True)), _connector='OR'), name='ownmention_one_document'),
        ),
        migrations.AddConstraint(
            model_name='ownmention',
            constraint=models.UniqueConstraint(fields=('mention', 'quote', 'invoice'), name='ownmention_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['activity', 'state', 'issued_on'], name='invoice_of_activity'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=['state', 'activity'], name='invoice_waiting'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(models.OrderBy(models.F('issued_on'), descending=True, nulls_first=True), models.OrderBy(models.F('id'), descending=True), name='invoice_in_order'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=django.contrib.postgres.indexes.GinIndex(fields=['number'], name='invoice_found', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['total_incl_tax'], name='invoice_incl_tax'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['total_excl_tax'], name='invoice_excl_tax'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('operation__in', ['goods', 'services', 'both'])), name='invoice_operation_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('vat_due_on__in', ['receipts', 'debits'])), name='invoice_vat_due_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), ('discount_amount__isnull', True), _connector='OR'), name='invoice_one_discount'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), models.Q(('discount_rate__gte', 0), ('discount_rate__lte', 1)), _connector='OR'), name='invoice_discount_share'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('discount_amount__isnull', True), ('discount_amount__gte', 0), _connector='OR'), name='invoice_discount_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('total_incl_tax', django.db.models.expressions.CombinedExpression(models.F('total_excl_tax'), '+', models.F('total_tax')))), name='invoice_total_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['invoice', 'credit_note'])), name='invoice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'issued', 'discarded'])), name='invoice_state_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts__isnull', False), ('issued_on__isnull', False), ('number__isnull', False), ('seal__regex', '^[0-9a-f]{64}$'), ('state', 'issued'), ('xml_sha256__regex', '^[0-9a-f]{64}$')), models.Q(models.Q(('state', 'issued'), _negated=True), ('facts__isnull', True), ('issued_on__isnull', True), ('number__isnull', True), ('pdf__isnull', True), ('previous_seal', ''), ('seal', ''), ('xml_sha256', '')), _connector='OR'), name='invoice_numbered_if_issued'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('due_on__isnull', True), ('due_on__gte', models.F('issued_on')), _connector='OR'), name='invoice_due_after_issue'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'invoice'), ('state', 'issued'), _negated=True), ('due_on__isnull', False), _connector='OR'), name='invoice_issued_has_due_date'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit_part', ''), ('credit_reason', ''), ('credited__isnull', True), ('kind', 'invoice')), models.Q(('credit_part__in', ['whole', 'rest', 'lines']), ('credited__isnull', False), ('kind', 'credit_note'), models.Q(('credit_reason', ''), _negated=True)), _connector='OR'), name='invoice_credit_names_invoice'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), ('total_incl_tax__gt', 0), _connector='OR'), name='invoice_issued_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_born_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state <> 'draft')", func="\n    RAISE EXCEPTION 'pgtrigger: a document is born a draft' USING ERRCODE = 'integrity_constraint_violation';\n", hash='4e6b10e543074325b95834185e4a753f99bee26d', operation='INSERT', pgid='pgtrigger_invoice_born_draft_dafaa', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.state = 'issued' THEN\n        IF to_jsonb(OLD) - 'pdf_id' <> to_jsonb(NEW) - 'pdf_id'\n            OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)\n        THEN\n            RAISE EXCEPTION 'pgtrigger: document % is issued and frozen', OLD.number\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    ELSIF NEW.state = 'issued' AND OLD.state NOT IN ('draft', 'submitted') THEN\n        RAISE EXCEPTION 'pgtrigger: only a draft is issued' USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='7e8ee6dc9d935623d964dd87cb8af1b9d1045aac', operation='UPDATE', pgid='pgtrigger_invoice_frozen_52194', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_credit_within', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'issued' AND NEW.kind = 'credit_note' AND OLD.state <> 'issued' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = NEW.credited_id FOR UPDATE;\n        IF NOT EXISTS (\n            SELECT 1 FROM invoicing_invoice invoice\n            WHERE invoice.id = NEW.credited_id\n            AND invoice.kind = 'invoice' AND invoice.state = 'issued'\n            AND invoice.customer_id = NEW.customer_id\n            AND invoice.total_incl_tax >= NEW.total_incl_tax + COALESCE((\n                SELECT SUM(note.total_incl_tax) FROM invoicing_invoice note\n                WHERE note.credited_id = NEW.credited_id AND note.state = 'issued' AND note.id <> NEW.id\n            ), 0)\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: credit notes exceed invoice %', NEW.credited_id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='558f14ac47ddd0356922b942cffe03f753b68f10', operation='UPDATE', pgid='pgtrigger_invoice_credit_within_6727a', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a58c90d77fd80b2815a2f474a324c8a4726aa9d2', operation='DELETE', pgid='pgtrigger_invoice_kept_053b1', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='48aff9f2adf33dfa2d63037b714064e3c5e49dbf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_no_truncate_d02f5', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coverwaiver',
            trigger=pgtrigger.compiler.Trigger(name='coverwaiver_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a81926d4d154bf7406da72f3605a2c8d1fd54b61', operation='UPDATE OR DELETE', pgid='pgtrigger_coverwaiver_append_only_37c2c', table='invoicing_coverwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coverwaiver',
            trigger=pgtrigger.compiler.Trigger(name='coverwaiver_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='972fcbaf0feab3d2462019afee2171a6ff3a4141', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_coverwaiver_no_truncate_0480f', table='invoicing_coverwaiver', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='chosenoption',
            constraint=models.UniqueConstraint(condition=models.Q(('choice', ''), _negated=True), fields=('quote', 'choice'), name='chosenoption_one_variant'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chosenoption',
            trigger=pgtrigger.compiler.Trigger(name='chosenoption_of_line', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_quoteline line\n        WHERE line.id = NEW.line_id AND line.quote_id = NEW.quote_id AND line.choice = NEW.choice\n        AND (line.optional OR line.choice <> '')\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: only an option or a variant of the quote is taken'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='0ccc5285c3c67274750f01c5c84fda9917124a71', operation='INSERT OR UPDATE', pgid='pgtrigger_chosenoption_of_line_2259a', table='invoicing_chosenoption', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='quotetax',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['S', 'Z', 'E', 'AE', 'K', 'G'])), name='quotetax_category_known'),
        ),
        migrations.AddConstraint(
            model_name='quotetax',
            constraint=models.UniqueConstraint(fields=('quote', 'category', 'rate'), name='quotetax_group_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotetax',
            trigger=pgtrigger.compiler.Trigger(name='quotetax_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='b0fd89c078369c020f4d9b5adfae1889c78378e3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_quotetax_of_draft_a2c21', table='invoicing_quotetax', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotetax',
            trigger=pgtrigger.compiler.Trigger(name='quotetax_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1e76cfb3ea4a8a4f4125b8a5bf82f2c0af027235', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quotetax_no_truncate_fdc4b', table='invoicing_quotetax', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'refunded', 'offset'])), name='receipt_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['transfer', 'card', 'cheque', 'cash', 'direct_debit', 'other'])), name='receipt_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='receipt_positive'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('reverses', models.F('pk')), _negated=True), name='receipt_not_its_own'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('reverses__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='receipt_reversal_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receipt',
            trigger=pgtrigger.compiler.Trigger(name='receipt_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24ed30e7c015e96cef09e7fef8aa2f05e4fa9934', operation='UPDATE OR DELETE', pgid='pgtrigger_receipt_append_only_17808', table='invoicing_receipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receipt',
            trigger=pgtrigger.compiler.Trigger(name='receipt_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='dd3d9fb95009871f39219a276347fe017328ad4b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_receipt_no_truncate_2b4e1', table='invoicing_receipt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receipt',
            trigger=pgtrigger.compiler.Trigger(name='receipt_shared', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT COALESCE(SUM(amount), 0) FROM invoicing_payment WHERE receipt_id = NEW.id)\n        <> (CASE NEW.kind WHEN 'received' THEN NEW.amount WHEN 'refunded' THEN -NEW.amount ELSE 0 END)\n            * (CASE WHEN NEW.reverses_id IS NULL THEN 1 ELSE -1 END)\n        OR NOT EXISTS (SELECT 1 FROM invoicing_payment WHERE receipt_id = NEW.id)\n    THEN\n        RAISE EXCEPTION 'pgtrigger: the shares of receipt % do not make its amount', NEW.id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    IF NEW.reverses_id IS NOT NULL AND EXISTS (\n        SELECT 1\n        FROM (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.reverses_id) former\n        FULL JOIN (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.id) latter\n            ON latter.invoice_id = former.invoice_id\n        WHERE former.amount IS DISTINCT FROM -latter.amount\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: a receipt is reversed whole'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='10539d009a9ddaaeeded818c45fdd95f0762f744', operation='INSERT', pgid='pgtrigger_receipt_shared_007f2', table='invoicing_receipt', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='payment_some'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('advance__gte', 0), ('advance__lte', models.F('amount')), ('amount__gt', 0)), models.Q(('advance__gte', models.F('amount')), ('advance__lte', 0), ('amount__lt', 0)), _connector='OR'), name='payment_advance_within'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('receipt', 'invoice'), name='payment_once_an_invoice'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb1f44da4d35c592eed712477f3f799ad7cec0b4', operation='UPDATE OR DELETE', pgid='pgtrigger_payment_append_only_f1c93', table='invoicing_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2f86400001d5041658ae32778e95d7aa1e5df772', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payment_no_truncate_9b343', table='invoicing_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_coherent', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_invoice invoice JOIN invoicing_receipt receipt ON receipt.id = NEW.receipt_id\n        WHERE invoice.id = NEW.invoice_id AND invoice.kind = 'invoice' AND invoice.state = 'issued'\n        AND invoice.activity_id = receipt.activity_id AND invoice.customer_id = receipt.customer_id\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: only an issued invoice of this customer is paid'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='def241ebfce82c475e9d0f32361ad07fa49c8237', operation='INSERT', pgid='pgtrigger_payment_coherent_b86a7', table='invoicing_payment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='selfvalidation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='selfvalidation_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='selfvalidation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['quote', 'invoice', 'credit_note'])), name='selfvalidation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='selfvalidation',
            constraint=models.CheckConstraint(condition=models.Q(('ceiling__isnull', True), ('ceiling__gt', 0), _connector='OR'), name='selfvalidation_ceiling_positive'),
        ),
        migrations.AddConstraint(
            model_name='selfvalidation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('kind', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='selfvalidation_one_at_a_date'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', False), ('quote__isnull', True)), _connector='OR'), name='sending_one_document'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.UniqueConstraint(fields=('form_key', 'to'), name='sending_once_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['mail', 'copy', 'reminder', 'reply'])), name='sending_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email__isnull', True), ('kind', 'copy'), ('to', '')), models.Q(models.Q(('kind', 'copy'), _negated=True), ('email__isnull', False), models.Q(('to', ''), _negated=True)), _connector='OR'), name='sending_mailed_unless_copied'),
        ),
        migrations.AddConstraint(
            model_name='sending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_seen_at__isnull', True), ('last_seen_at__isnull', True)), ('first_seen_at__lte', models.F('last_seen_at')), _connector='OR'), name='sending_seen_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sending',
            trigger=pgtrigger.compiler.Trigger(name='sending_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='caf12971fc0c75a366aef980583cde329817087c', operation='DELETE', pgid='pgtrigger_sending_kept_3f04a', table='invoicing_sending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sending',
            trigger=pgtrigger.compiler.Trigger(name='sending_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email_id" IS DISTINCT FROM (NEW."email_id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."link_id" IS DISTINCT FROM (NEW."link_id") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."to" IS DISTINCT FROM (NEW."to"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='91a15c704ef2832ae3d79196d219a9bed9ee0a8b', operation='UPDATE', pgid='pgtrigger_sending_frozen_13456', table='invoicing_sending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sending',
            trigger=pgtrigger.compiler.Trigger(name='sending_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a9082c9a9a06716c27523847ee9765262c87e0b2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sending_no_truncate_a2d3e', table='invoicing_sending', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='answer_named'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted', True), ('noted_by__isnull', True), ('sending__isnull', False), ('signature__isnull', False)), models.Q(('accepted', False), ('noted_by__isnull', True), ('sending__isnull', False), ('signature__isnull', True)), models.Q(('sending__isnull', True), ('signature__isnull', True)), _connector='OR'), name='answer_signed_or_noted'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted', True), ('total_excl_tax__isnull', False), ('total_incl_tax__isnull', False)), models.Q(('accepted', False), ('total_excl_tax__isnull', True), ('total_incl_tax__isnull', True)), _connector='OR'), name='answer_accepts_an_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='answer_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae9694c5053206c3b9748ccbd0c12dbd53ef8730', operation='UPDATE OR DELETE', pgid='pgtrigger_answer_append_only_2df18', table='invoicing_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='answer_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1d1d0751aa1644ba19d06373b63598f0e58b56bc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_answer_no_truncate_464fd', table='invoicing_answer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='typedform',
            index=models.Index(fields=['author', 'kind'], name='typedform_of_author'),
        ),
        migrations.AddConstraint(
            model_name='typedform',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['quote', 'invoice'])), name='typedform_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='quoteline_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['services', 'training', 'goods', 'rebilled'])), name='quoteline_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='quoteline_price_positive'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='quoteline_quantity_some'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), ('discount_amount__isnull', True), _connector='OR'), name='quoteline_one_discount'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), models.Q(('discount_rate__gte', 0), ('discount_rate__lte', 1)), _connector='OR'), name='quoteline_discount_share'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_amount__isnull', True), ('discount_amount__gte', 0), _connector='OR'), name='quoteline_discount_positive'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.UniqueConstraint(fields=('quote', 'position'), name='quoteline_position_once'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.CheckConstraint(condition=models.Q(('choice', ''), models.Q(('group_title', ''), _negated=True), _connector='OR'), name='quoteline_variant_titled'),
        ),
        migrations.AddConstraint(
            model_name='quoteline',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('choice', ''), _negated=True), ('optional', False)), fields=('quote', 'choice'), name='quoteline_one_proposed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteline',
            trigger=pgtrigger.compiler.Trigger(name='quoteline_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='1215c7e02b683b5237922fe1f6053f324350f2a7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_quoteline_of_draft_04eb1', table='invoicing_quoteline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteline',
            trigger=pgtrigger.compiler.Trigger(name='quoteline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='5694ada6f7c564124224ea6221128d7a7d0568c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quoteline_no_truncate_92a2e', table='invoicing_quoteline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='invoiceline_unit_known'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('nature__in', ['services', 'training', 'goods', 'rebilled'])), name='invoiceline_nature_known'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='invoiceline_price_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='invoiceline_quantity_some'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), ('discount_amount__isnull', True), _connector='OR'), name='invoiceline_one_discount'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_rate__isnull', True), models.Q(('discount_rate__gte', 0), ('discount_rate__lte', 1)), _connector='OR'), name='invoiceline_discount_share'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('discount_amount__isnull', True), ('discount_amount__gte', 0), _connector='OR'), name='invoiceline_discount_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(fields=('invoice', 'position'), name='invoiceline_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='invoiceline_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = OLD.invoice_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = OLD.invoice_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = NEW.invoice_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='2622a9970d1773fca47cae04a8f4dc552c3b7dd2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_invoiceline_of_draft_46a5c', table='invoicing_invoiceline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='invoiceline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7e4a828eed34f0db52e2c39dbc846950b37a1ac2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoiceline_no_truncate_01ed5', table='invoicing_invoiceline', when='BEFORE')),
        ),
        migrations.RunSQL(CREATE_VIEW, DROP_VIEW),
    ]
