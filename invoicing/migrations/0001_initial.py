import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import people.models.periods
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from django.conf import settings
from cae.core.first_tables import FirstTables
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
                ('disbursed', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), editable=False, max_digits=12, verbose_name='débours')),
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
                ('part', models.CharField(choices=[('whole', 'Facture'), ('deposit', 'Facture d’acompte'), ('interim', 'Facture intermédiaire'), ('progress', 'Facture de situation'), ('balance', 'Facture de solde')], default='whole', editable=False, max_length=8, verbose_name='partie du devis')),
                ('situation', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='situation n°')),
                ('retention_rate', cae.core.fields.RateField(decimal_places=4, editable=False, max_digits=6, null=True, verbose_name='retenue de garantie')),
                ('retained', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), editable=False, max_digits=12, verbose_name='montant retenu')),
                ('retained_until', models.DateField(editable=False, null=True, verbose_name='libération prévue le')),
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
                ('credit_limit', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='encours autorisé')),
                ('disputed_on', models.DateField(editable=False, null=True, verbose_name='en litige depuis le')),
                ('dispute_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='objet du litige')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=160))),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_records', to='invoicing.customer', verbose_name='fusionné avec')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='people.organisation', verbose_name='organisme')),
            ],
            options={
                'verbose_name': 'client',
                'verbose_name_plural': 'clients',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(blank=True, max_length=250, verbose_name='identifiant de l’e-mail')),
                ('sender', models.CharField(blank=True, max_length=254, verbose_name='expéditeur')),
                ('recipient', models.CharField(blank=True, max_length=254, verbose_name='destinataire')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='objet')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
                ('size', models.PositiveIntegerField(verbose_name='taille')),
                ('outcome', models.CharField(choices=[('kept', 'Pièces gardées'), ('stray', 'Adresse inconnue : pièces à trier'), ('empty', 'Sans pièce jointe'), ('automatic', 'Message automatique'), ('too_large', 'Trop volumineux'), ('report', 'Avis de non-remise')], max_length=9, verbose_name='suite')),
                ('kept', models.PositiveSmallIntegerField(default=0, verbose_name='pièces gardées')),
                ('known', models.PositiveSmallIntegerField(default=0, verbose_name='pièces déjà reçues')),
                ('left_out', models.TextField(blank=True, verbose_name='pièces laissées')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'e-mail reçu',
                'verbose_name_plural': 'e-mails reçus',
                'ordering': ['-received_at', '-pk'],
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
            name='SenderIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='nom affiché')),
                ('reply_to', models.EmailField(blank=True, max_length=254, verbose_name='adresse de réponse')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmée le')),
                ('asked', models.EmailField(blank=True, max_length=254, verbose_name='adresse à confirmer')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='demandée le')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='modifié le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'expéditeur',
                'verbose_name_plural': 'expéditeurs',
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
            name='SplitKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('kind', models.CharField(choices=[('area', 'Surface (m²)'), ('people', 'Nombre de personnes'), ('percentage', 'Pourcentage'), ('use', 'Usage constaté')], default='area', max_length=10, verbose_name='selon')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='remarque')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivée le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'clé de répartition',
                'verbose_name_plural': 'clés de répartition',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SplitKeyPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('weight', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='poids')),
            ],
            options={
                'verbose_name': 'part d’une clé de répartition',
                'verbose_name_plural': 'parts des clés de répartition',
                'ordering': ['key', 'section', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='Supplier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('address_line2', models.CharField(blank=True, max_length=200, verbose_name='complément d’adresse')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='ville')),
                ('country', models.CharField(default='FR', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='pays')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('siren', cae.core.fields.SirenField(blank=True, max_length=9, verbose_name='SIREN')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='n° de TVA intracommunautaire')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('payment_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='délai de paiement (jours)')),
                ('payment_end_of_month', models.BooleanField(default=False, verbose_name='fin de mois')),
                ('vat_rate', cae.core.fields.RateField(decimal_places=4, default=Decimal('0.2000'), max_digits=6, verbose_name='taux de TVA habituel')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note interne')),
                ('accepted_at', models.DateTimeField(editable=False, null=True, verbose_name='vérifié le')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivé le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=160))),
            ],
            options={
                'verbose_name': 'fournisseur',
                'verbose_name_plural': 'fournisseurs',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SupplierBank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                ('source', models.CharField(choices=[('typed', 'Saisi à la main'), ('invoice', 'Lu sur une facture')], default='typed', max_length=7, verbose_name='origine')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='proposées le')),
                ('verdict', models.CharField(blank=True, choices=[('confirmed', 'Confirmées'), ('rejected', 'Écartées')], editable=False, max_length=9, verbose_name='décision')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='décidé le')),
                ('called_whom', models.CharField(blank=True, max_length=160, verbose_name='personne appelée')),
                ('called_number', models.CharField(blank=True, max_length=30, verbose_name='numéro appelé')),
                ('called_on', models.DateField(blank=True, null=True, verbose_name='appelée le')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'coordonnées bancaires d’un fournisseur',
                'verbose_name_plural': 'coordonnées bancaires des fournisseurs',
                'ordering': ['-proposed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TaxShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base HT')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='TVA')),
            ],
            options={
                'verbose_name': 'part d’une facture conjointe',
                'verbose_name_plural': 'parts de factures conjointes',
                'ordering': ['of_id', 'pk'],
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
            ],
            options={
                'verbose_name': 'papier de véhicule',
                'verbose_name_plural': 'papiers de véhicules',
                'ordering': ['kind', '-valid_until', '-pk'],
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
            name='Voucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('photo', 'Photographié'), ('upload', 'Déposé'), ('mail', 'Reçu par e-mail')], max_length=6, verbose_name='origine')),
                ('taken_at', models.DateTimeField(verbose_name='pris le')),
                ('state', models.CharField(choices=[('to_complete', 'À compléter'), ('used', 'Dans une note de frais'), ('set_aside', 'Écarté')], default='to_complete', max_length=11, verbose_name='état')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'justificatif',
                'verbose_name_plural': 'justificatifs',
                'ordering': ['-taken_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WriteOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('charge', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='charge')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, default=0, max_digits=12, verbose_name='TVA reprise')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('note_sent_on', models.DateField(null=True, verbose_name='duplicata envoyé le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
            ],
            options={
                'verbose_name': 'passage en perte',
                'verbose_name_plural': 'passages en perte',
                'ordering': ['-on', '-pk'],
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
                ('lost', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='passé en perte')),
                ('held', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='retenue de garantie')),
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
            name='ChasePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('automatic', models.BooleanField(default=False, verbose_name='les relances par e-mail partent seules')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changé le')),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chase_policy', to='entrepreneurs.activity', verbose_name='activité')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changé par')),
            ],
            options={
                'verbose_name': 'réglage des relances',
                'verbose_name_plural': 'réglages des relances',
            },
        ),
        migrations.CreateModel(
            name='ContractClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('amount', 'Montant et prix'), ('liability', 'Responsabilité'), ('penalties', 'Pénalités'), ('insurance', 'Assurance'), ('payment', 'Délais de paiement'), ('property', 'Propriété intellectuelle'), ('termination', 'Durée et résiliation')], max_length=11, verbose_name='sujet')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('text', models.TextField(max_length=4000, verbose_name='texte')),
                ('advice', models.CharField(blank=True, max_length=300, verbose_name='quand la proposer')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivée le')),
            ],
            options={
                'verbose_name': 'clause type',
                'verbose_name_plural': 'clauses types',
                'ordering': ['subject', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject__in', ['amount', 'liability', 'penalties', 'insurance', 'payment', 'property', 'termination'])), name='contractclause_subject_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='contractclause_says')],
            },
        ),
        migrations.CreateModel(
            name='CustomerAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('copy', 'Lien copié'), ('statement', 'Relevé'), ('reminder', 'Relance')], default='copy', max_length=9, verbose_name='nature')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='destinataire')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donné le')),
                ('first_seen_at', models.DateTimeField(null=True, verbose_name='vu le')),
                ('last_seen_at', models.DateTimeField(null=True, verbose_name='revu le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accesses', to='invoicing.customer', verbose_name='client')),
                ('email', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.outgoingemail', verbose_name='e-mail')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.personallink', verbose_name='lien personnel')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='donné par')),
            ],
            options={
                'verbose_name': 'accès du client',
                'verbose_name_plural': 'accès des clients',
                'ordering': ['-sent_at', '-pk'],
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
            name='CustomerMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='fusionnés le')),
                ('moved', models.JSONField(default=dict, verbose_name='ce qui a changé de fiche')),
                ('was_archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivé auparavant le')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='annulée le')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fusionnés par')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='invoicing.customer', verbose_name='client gardé')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='invoicing.customer', verbose_name='client fusionné')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='annulée par')),
            ],
            options={
                'verbose_name': 'fusion de clients',
                'verbose_name_plural': 'fusions de clients',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='libellé')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivé le')),
            ],
            options={
                'verbose_name': 'genre d’affaire',
                'verbose_name_plural': 'genres d’affaire',
                'ordering': ['label'],
                'constraints': [models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='dealkind_named')],
            },
        ),
        migrations.CreateModel(
            name='Deal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=35, unique=True, verbose_name='numéro')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note interne')),
                ('state', models.CharField(choices=[('open', 'Ouverte'), ('closed', 'Close')], default='open', max_length=6, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('opened_on', models.DateField(verbose_name='ouverte le')),
                ('closed_on', models.DateField(editable=False, null=True, verbose_name='close le')),
                ('closing_reason', models.CharField(blank=True, max_length=250, verbose_name='motif de la clôture')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('sort_title', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('title')), output_field=models.CharField(max_length=160))),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='invoicing.customer', verbose_name='client')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='invoicing.dealkind', verbose_name='genre d’affaire')),
            ],
            options={
                'verbose_name': 'affaire',
                'verbose_name_plural': 'affaires',
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DealRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='pièce')),
                ('moment', models.CharField(choices=[('quote', 'Avant le devis'), ('invoice', 'Avant la facture'), ('closing', 'Avant la clôture')], max_length=7, verbose_name='moment')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='source')),
                ('archived_at', models.DateTimeField(editable=False, null=True, verbose_name='archivée le')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='invoicing.dealkind', verbose_name='genre d’affaire')),
            ],
            options={
                'verbose_name': 'pièce exigée',
                'verbose_name_plural': 'pièces exigées',
                'ordering': [models.Case(models.When(moment='quote', then=0), models.When(moment='invoice', then=1), default=2, output_field=models.IntegerField()), 'label'],
            },
        ),
        migrations.CreateModel(
            name='DealFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='intitulé')),
                ('folder', models.CharField(blank=True, max_length=60, verbose_name='dossier')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='retiré le')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ajouté le')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ajouté par')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='invoicing.deal', verbose_name='affaire')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='document')),
                ('requirement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='invoicing.dealrequirement', verbose_name='pièce exigée')),
            ],
            options={
                'verbose_name': 'fichier d’une affaire',
                'verbose_name_plural': 'fichiers des affaires',
                'ordering': ['folder', 'label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DealWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='motif')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='accordée le')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='invoicing.deal', verbose_name='affaire')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accordée par')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='invoicing.dealrequirement', verbose_name='pièce exigée')),
            ],
            options={
                'verbose_name': 'dérogation',
                'verbose_name_plural': 'dérogations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DeliveryNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('issued', 'À signer'), ('signed', 'Signé'), ('cancelled', 'Annulé')], default='draft', editable=False, max_length=9, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('number', models.CharField(editable=False, max_length=35, null=True, unique=True, verbose_name='numéro')),
                ('order_reference', models.CharField(blank=True, max_length=100, verbose_name='numéro de commande')),
                ('delivered_on', models.DateField(verbose_name='livré le')),
                ('address', models.TextField(blank=True, max_length=400, verbose_name='lieu de livraison')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message au destinataire')),
                ('with_prices', models.BooleanField(default=False, verbose_name='avec les prix')),
                ('issued_on', models.DateField(db_index=True, editable=False, null=True, verbose_name='émis le')),
                ('facts', models.JSONField(editable=False, null=True, verbose_name='contenu figé')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du contenu')),
                ('signed_on', models.DateField(editable=False, null=True, verbose_name='signé le')),
                ('signer_name', models.CharField(blank=True, editable=False, max_length=120, verbose_name='signé par')),
                ('signer_function', models.CharField(blank=True, editable=False, max_length=120, verbose_name='fonction du signataire')),
                ('reserves', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='réserves du destinataire')),
                ('cancel_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='motif de l’annulation')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_notes', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_notes', to='invoicing.customer', verbose_name='client')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery_notes', to='invoicing.invoice', verbose_name='facture')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='émis par')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF archivé')),
                ('scan', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='bon signé sur papier')),
                ('signature', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('signed_pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF signé')),
            ],
            options={
                'verbose_name': 'bon de livraison',
                'verbose_name_plural': 'bons de livraison',
                'ordering': ['-created_at', '-pk'],
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
            name='EInvoiceStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('200', 'Déposée'), ('201', 'Émise par la plateforme'), ('202', 'Reçue par la plateforme'), ('203', 'Mise à disposition'), ('204', 'Prise en charge'), ('205', 'Approuvée'), ('206', 'Approuvée partiellement'), ('207', 'En litige'), ('208', 'Suspendue'), ('209', 'Complétée'), ('210', 'Refusée'), ('211', 'Paiement transmis'), ('212', 'Encaissée'), ('213', 'Rejetée'), ('214', 'Visée'), ('220', 'Annulée'), ('221', 'Erreur de routage'), ('224', 'Demande de paiement direct'), ('225', 'Affacturée'), ('501', 'Irrecevable')], max_length=3, verbose_name='statut')),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='motifs')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='précision')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, null=True, verbose_name='montant')),
                ('by_rate', models.JSONField(default=list, verbose_name='par taux')),
                ('at', models.DateTimeField(db_index=True, verbose_name='le')),
                ('origin', models.CharField(choices=[('house', 'Écrit ici'), ('platform', 'Reçu de la plateforme'), ('noted', 'Noté à la main')], max_length=8, verbose_name='origine')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='enregistré le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='einvoice_statuses', to='invoicing.invoice', verbose_name='facture')),
            ],
            options={
                'verbose_name': 'statut de facture électronique',
                'verbose_name_plural': 'statuts de facture électronique',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ExchangeMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', 'À la plateforme'), ('in', 'De la plateforme')], max_length=3, verbose_name='sens')),
                ('kind', models.CharField(choices=[('invoice', 'Facture ou avoir'), ('status', 'Statut'), ('purchase', 'Facture d’un fournisseur')], max_length=8, verbose_name='nature')),
                ('state', models.CharField(choices=[('waiting', 'À envoyer'), ('sent', 'Envoyé'), ('taken', 'Pris en compte'), ('failed', 'En erreur'), ('set_aside', 'Classé')], max_length=9, verbose_name='état')),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='empreinte')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('next_attempt_at', models.DateTimeField(null=True, verbose_name='prochain essai')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='ce qui ne va pas')),
                ('done_at', models.DateTimeField(null=True, verbose_name='traité le')),
                ('by_hand', models.BooleanField(default=False, verbose_name='déposé à la main')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier reçu')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exchange_messages', to='invoicing.invoice', verbose_name='facture')),
                ('status', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='invoicing.einvoicestatus', verbose_name='statut')),
            ],
            options={
                'verbose_name': 'message d’échange',
                'verbose_name_plural': 'messages d’échange',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='einvoicestatus',
            name='arrived_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='invoicing.exchangemessage', verbose_name='message reçu'),
        ),
        migrations.CreateModel(
            name='ExpenseClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois')),
                ('state', models.CharField(choices=[('draft', 'En cours'), ('submitted', 'À vérifier'), ('approved', 'Approuvée'), ('ordered', 'Virement prévu'), ('refunded', 'Soldée')], default='draft', max_length=9, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('submitted_on', models.DateField(editable=False, null=True, verbose_name='soumise le')),
                ('correction', models.TextField(blank=True, max_length=4000, verbose_name='correction demandée')),
                ('approved_on', models.DateField(editable=False, null=True, verbose_name='approuvée le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='commencée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_claims', to='entrepreneurs.activity', verbose_name='activité')),
                ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifiée par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='commencée par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_claims', to='people.person', verbose_name='personne')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='soumise par')),
            ],
            options={
                'verbose_name': 'note de frais',
                'verbose_name_plural': 'notes de frais',
                'ordering': ['-month', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpenseAdvance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('purpose', models.CharField(max_length=200, verbose_name='pour quoi')),
                ('origin', models.CharField(choices=[('asked', 'Demandée d’avance'), ('overpaid', 'Trop-perçu d’une note')], default='asked', max_length=8, verbose_name='origine')),
                ('state', models.CharField(choices=[('asked', 'Demandée'), ('ordered', 'Virement prévu'), ('given', 'Versée, à justifier'), ('settled', 'Soldée'), ('refused', 'Refusée')], default='asked', max_length=7, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('needed_on', models.DateField(verbose_name='utile pour le')),
                ('given_on', models.DateField(editable=False, null=True, verbose_name='versée le')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='motif du refus')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_advances', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_advances', to='people.person', verbose_name='personne')),
                ('overpaid_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overpaid', to='invoicing.expenseclaim', verbose_name='note à l’origine')),
            ],
            options={
                'verbose_name': 'avance sur frais',
                'verbose_name_plural': 'avances sur frais',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AdvanceUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('on', models.DateField(verbose_name='date')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='invoicing.advanceuse', verbose_name='annule')),
                ('advance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='invoicing.expenseadvance', verbose_name='avance')),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='advance_uses', to='invoicing.expenseclaim', verbose_name='note de frais')),
            ],
            options={
                'verbose_name': 'emploi d’une avance',
                'verbose_name_plural': 'emplois d’avances',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpenseKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=80, verbose_name='libellé')),
                ('way', models.CharField(choices=[('actual', 'Montant du justificatif'), ('flat', 'Forfait'), ('mileage', 'Indemnité kilométrique')], default='actual', max_length=7, verbose_name='montant')),
                ('needs_voucher', models.BooleanField(default=True, verbose_name='justificatif demandé')),
                ('needs_guests', models.BooleanField(default=False, verbose_name='personnes demandées')),
                ('usual_share', cae.core.fields.RateField(decimal_places=4, default=Decimal('1'), max_digits=6, verbose_name='part professionnelle proposée')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='rang')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte')),
                ('cost_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.costkind', verbose_name='nature de charge')),
            ],
            options={
                'verbose_name': 'nature de dépense',
                'verbose_name_plural': 'natures de dépense',
                'ordering': ['position', 'label'],
            },
        ),
        migrations.CreateModel(
            name='ExpenseFavourite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='quantité')),
                ('gross', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant TTC')),
                ('tax', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='dont TVA')),
                ('business_share', cae.core.fields.RateField(decimal_places=4, default=Decimal('1'), max_digits=6, verbose_name='part professionnelle')),
                ('paid_with', models.CharField(choices=[('own', 'Mon argent'), ('cooperative', 'Carte ou compte de la coopérative'), ('advance', 'Avance reçue')], default='own', max_length=11, verbose_name='payé avec')),
                ('guests', models.CharField(blank=True, max_length=300, verbose_name='personnes présentes, société')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='gardée le')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_favourites', to='people.person', verbose_name='personne')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoicing.expensekind', verbose_name='nature')),
            ],
            options={
                'verbose_name': 'dépense favorite',
                'verbose_name_plural': 'dépenses favorites',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpenseLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('label', models.CharField(max_length=200, verbose_name='libellé')),
                ('quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='quantité')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant TTC')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='dont TVA')),
                ('business_share', cae.core.fields.RateField(decimal_places=4, default=Decimal('1'), max_digits=6, verbose_name='part professionnelle')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant retenu')),
                ('deductible', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='TVA récupérable')),
                ('recovery', cae.core.fields.RateField(decimal_places=4, default=Decimal('0.00'), max_digits=6, verbose_name='part de TVA récupérable')),
                ('paid_with', models.CharField(choices=[('own', 'Mon argent'), ('cooperative', 'Carte ou compte de la coopérative'), ('advance', 'Avance reçue')], default='own', max_length=11, verbose_name='payé avec')),
                ('missing_reason', models.CharField(blank=True, max_length=300, verbose_name='pourquoi il n’y a pas de justificatif')),
                ('guests', models.CharField(blank=True, max_length=300, verbose_name='personnes présentes, société')),
                ('decision', models.CharField(choices=[('pending', 'À contrôler'), ('approved', 'Acceptée'), ('corrected', 'Corrigée'), ('refused', 'Refusée')], default='pending', max_length=9, verbose_name='décision')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('receipt_seen', models.BooleanField(default=False, verbose_name='justificatif vu')),
                ('claimed', models.JSONField(editable=False, null=True, verbose_name='avant correction')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='saisie le')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.expenseclaim', verbose_name='note de frais')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisie par')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expense_lines', to='invoicing.customer', verbose_name='client à qui refacturer')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidée par')),
                ('fund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.fund', verbose_name='payée par la subvention')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.expensekind', verbose_name='nature')),
            ],
            options={
                'verbose_name': 'ligne de note de frais',
                'verbose_name_plural': 'lignes de note de frais',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DisbursementProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=250, verbose_name='libellé')),
                ('on', models.DateField(verbose_name='payé le')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant payé')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ajoutée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disbursement_proofs', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ajoutée par')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('expense_line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disbursement_proof', to='invoicing.expenseline', verbose_name='ligne de note de frais')),
            ],
            options={
                'verbose_name': 'preuve de débours',
                'verbose_name_plural': 'preuves de débours',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpenseRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='en vigueur depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('vat_recovery', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='part de TVA récupérable')),
                ('limit_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='plafond')),
                ('limit_per', models.CharField(blank=True, choices=[('line', 'par dépense'), ('day', 'par jour'), ('month', 'par mois'), ('year', 'par an')], max_length=5, verbose_name='plafond compté')),
                ('flat_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='forfait')),
                ('flat_unit', models.CharField(blank=True, choices=[('meal', 'repas'), ('night', 'nuit'), ('day', 'jour'), ('month', 'mois')], max_length=5, verbose_name='forfait donné par')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('to_confirm', models.BooleanField(default=False, verbose_name='à confirmer')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='invoicing.expensekind', verbose_name='nature')),
            ],
            options={
                'verbose_name': 'règle de dépense',
                'verbose_name_plural': 'règles de dépense',
                'ordering': ['kind_id', '-valid_from'],
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
            },
        ),
        migrations.CreateModel(
            name='IncomingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(editable=False, max_length=200, verbose_name='nom')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte')),
                ('source', models.CharField(choices=[('upload', 'Déposé'), ('mail', 'Reçu par e-mail'), ('platform', 'Reçu de la plateforme')], max_length=8, verbose_name='origine')),
                ('received_at', models.DateTimeField(verbose_name='reçu le')),
                ('sender', models.CharField(blank=True, max_length=254, verbose_name='expéditeur')),
                ('state', models.CharField(choices=[('to_sort', 'À trier'), ('read', 'Achat ouvert'), ('unreadable', 'À saisir'), ('attached', 'Saisi'), ('set_aside', 'Mis de côté')], default='to_sort', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis le')),
                ('reading', models.JSONField(editable=False, null=True, verbose_name='lecture')),
                ('reason', models.CharField(blank=True, editable=False, max_length=20, verbose_name='raison')),
                ('detail', models.CharField(blank=True, editable=False, max_length=300, verbose_name='détail')),
                ('trouble', models.CharField(blank=True, editable=False, max_length=300, verbose_name='empêchement')),
                ('findings', models.JSONField(editable=False, null=True, verbose_name='constats')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='motif')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incoming_files', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier d’origine')),
                ('same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='invoicing.incomingfile', verbose_name='copie de')),
                ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='invoicing.incomingmail', verbose_name='e-mail reçu')),
            ],
            options={
                'verbose_name': 'fichier reçu',
                'verbose_name_plural': 'fichiers reçus',
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='InternalSale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=35, null=True, unique=True, verbose_name='numéro')),
                ('title', models.CharField(max_length=160, verbose_name='objet')),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='détail')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('offered', 'Devis interne proposé'), ('ordered', 'Commande interne'), ('invoiced', 'Facture interne'), ('declined', 'Refusé'), ('discarded', 'Abandonné')], default='draft', editable=False, max_length=9, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('offered_on', models.DateField(editable=False, null=True, verbose_name='proposée le')),
                ('answered_on', models.DateField(editable=False, null=True, verbose_name='réponse le')),
                ('refusal_reason', models.CharField(blank=True, max_length=250, verbose_name='motif du refus')),
                ('invoiced_on', models.DateField(editable=False, null=True, verbose_name='facturée le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='réponse de')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internal_purchases', to='entrepreneurs.activity', verbose_name='acheteuse')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='internal_sales', to='entrepreneurs.activity', verbose_name='vendeuse')),
            ],
            options={
                'verbose_name': 'vente interne',
                'verbose_name_plural': 'ventes internes',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='InternalCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=35, unique=True, verbose_name='numéro')),
                ('on', models.DateField(verbose_name='date')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('form_key', models.UUIDField(editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('sale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='invoicing.internalsale', verbose_name='vente interne')),
            ],
            options={
                'verbose_name': 'avoir interne',
                'verbose_name_plural': 'avoirs internes',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='InvoiceDisbursement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('gives_back', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given_back', to='invoicing.invoicedisbursement', verbose_name='débours rendu')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disbursements', to='invoicing.invoice', verbose_name='facture')),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disbursements', to='invoicing.disbursementproof', verbose_name='preuve')),
            ],
            options={
                'verbose_name': 'débours d’une facture',
                'verbose_name_plural': 'débours des factures',
                'ordering': ['invoice_id', 'position'],
                'abstract': False,
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
                ('reached', cae.core.fields.RateField(decimal_places=4, max_digits=6, null=True, verbose_name='avancement')),
                ('borne_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='porté par')),
                ('deducts', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deductions', to='invoicing.invoice', verbose_name='facture déduite')),
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
            name='LineShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='avant remise')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant HT')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='invoicing.invoiceline', verbose_name='ligne')),
            ],
            options={
                'verbose_name': 'part d’une ligne',
                'verbose_name_plural': 'parts de lignes',
                'ordering': ['line_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MailInAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vouchers', 'Justificatifs'), ('purchases', 'Factures fournisseurs')], max_length=9, verbose_name='nature')),
                ('token', models.CharField(editable=False, max_length=20, unique=True, verbose_name='jeton')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='retirée le')),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail_in_addresses', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail_in_addresses', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'adresse de dépôt',
                'verbose_name_plural': 'adresses de dépôt',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='incomingmail',
            name='address',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='invoicing.mailinaddress', verbose_name='adresse de dépôt'),
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
            name='MileageAdjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('working', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='calcul')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adjustment', to='invoicing.expenseline', verbose_name='ligne')),
            ],
            options={
                'verbose_name': 'régularisation kilométrique',
                'verbose_name_plural': 'régularisations kilométriques',
                'ordering': ['year', 'pk'],
            },
        ),
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
            name='MileageTrip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='retour le')),
                ('start', models.CharField(max_length=120, verbose_name='départ')),
                ('arrival', models.CharField(max_length=120, verbose_name='arrivée')),
                ('purpose', models.CharField(max_length=200, verbose_name='motif')),
                ('km', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='kilomètres (aller)')),
                ('returns', models.BooleanField(default=False, verbose_name='aller-retour')),
                ('total_km', models.DecimalField(decimal_places=1, max_digits=6, verbose_name='kilomètres')),
                ('working', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='calcul')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trip', to='invoicing.expenseline', verbose_name='ligne')),
            ],
            options={
                'verbose_name': 'trajet',
                'verbose_name_plural': 'trajets',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PaidShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='invoicing.invoice', verbose_name='avoir')),
            ],
            options={
                'verbose_name': 'encaissement réparti à nouveau',
                'verbose_name_plural': 'encaissements répartis à nouveau',
                'ordering': ['note_id', 'pk'],
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
        migrations.AddField(
            model_name='einvoicestatus',
            name='payment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='einvoice_status', to='invoicing.payment', verbose_name='règlement'),
        ),
        migrations.CreateModel(
            name='PaymentShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('advance', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='dont avance')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='invoicing.payment', verbose_name='règlement')),
            ],
            options={
                'verbose_name': 'part d’un règlement',
                'verbose_name_plural': 'parts de règlements',
                'ordering': ['payment_id', 'pk'],
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
            name='Proforma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=35, unique=True, verbose_name='numéro')),
                ('made_on', models.DateField(editable=False, verbose_name='établie le')),
                ('purpose', models.CharField(blank=True, max_length=250, verbose_name='objet')),
                ('order_reference', models.CharField(blank=True, max_length=100, verbose_name='numéro de commande')),
                ('total_excl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total HT')),
                ('total_incl_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TTC')),
                ('facts', models.JSONField(editable=False, verbose_name='contenu figé')),
                ('content_sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte du contenu')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proformas', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proformas', to='invoicing.customer', verbose_name='client')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proformas', to='invoicing.invoice', verbose_name='facture')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF archivé')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='invoicing.proforma', verbose_name='remplace')),
            ],
            options={
                'verbose_name': 'facture proforma',
                'verbose_name_plural': 'factures proforma',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PieceSending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='destinataire')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyé le')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='vu le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('delivery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='invoicing.deliverynote', verbose_name='bon de livraison')),
                ('email', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.outgoingemail', verbose_name='e-mail')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.personallink', verbose_name='lien personnel')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='envoyé par')),
                ('proforma', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='invoicing.proforma', verbose_name='facture proforma')),
            ],
            options={
                'verbose_name': 'envoi d’une pièce',
                'verbose_name_plural': 'envois de pièces',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Purchase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'Facture fournisseur'), ('credit_note', 'Avoir fournisseur')], default='invoice', max_length=11, verbose_name='nature')),
                ('state', models.CharField(choices=[('received', 'Reçu'), ('checking', 'À approuver'), ('approved', 'Approuvé'), ('disputed', 'En litige'), ('refused', 'Refusé'), ('ordered', 'Paiement ordonné'), ('paid', 'Payé')], default='received', editable=False, max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('number', models.CharField(max_length=60, verbose_name='numéro de la facture')),
                ('number_key', models.CharField(editable=False, max_length=60)),
                ('on', models.DateField(db_index=True, verbose_name='datée du')),
                ('due_on', models.DateField(verbose_name='échéance')),
                ('received_on', models.DateField(verbose_name='reçue le')),
                ('purpose', models.CharField(blank=True, max_length=250, verbose_name='objet')),
                ('currency', models.CharField(default='EUR', max_length=3, verbose_name='devise')),
                ('currency_note', models.CharField(blank=True, max_length=100, verbose_name='montant dans cette devise')),
                ('total_net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='total HT')),
                ('total_tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='total TVA')),
                ('total_gross', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='total TTC')),
                ('iban_seen', models.CharField(blank=True, max_length=34, verbose_name='IBAN de la facture')),
                ('doubts', models.JSONField(default=list, editable=False, verbose_name='points à vérifier')),
                ('was_read', models.BooleanField(default=False, editable=False, verbose_name='lue par la machine')),
                ('reason_code', models.CharField(blank=True, editable=False, max_length=20, verbose_name='motif')),
                ('reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='précision')),
                ('dispute_kind', models.CharField(blank=True, choices=[('207', 'En litige : nous contestons ce qui est demandé'), ('208', 'Suspendue : il manque une pièce ou une réponse')], editable=False, max_length=3, verbose_name='sorte de litige')),
                ('approved_at', models.DateTimeField(editable=False, null=True, verbose_name='approuvé le')),
                ('paid_on', models.DateField(editable=False, null=True, verbose_name='payé le')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note interne')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='entrepreneurs.activity', verbose_name='activité')),
                ('advanced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='advanced_purchases', to='people.person', verbose_name='avancée par')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approuvé par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('imputed_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imputed', to='invoicing.purchase', verbose_name='imputé sur')),
            ],
            options={
                'verbose_name': 'achat',
                'verbose_name_plural': 'achats',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='einvoicestatus',
            name='purchase',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='einvoice_statuses', to='invoicing.purchase', verbose_name='achat'),
        ),
        migrations.CreateModel(
            name='PurchaseLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('quantity', models.DecimalField(blank=True, decimal_places=4, max_digits=11, null=True, verbose_name='quantité')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='HT')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux de TVA')),
                ('recovery', cae.core.fields.RateField(decimal_places=4, default=Decimal('1'), max_digits=6, verbose_name='part de TVA récupérée')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte de charge')),
                ('fund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.fund', verbose_name='payée par la subvention')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.purchase', verbose_name='achat')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='supportée par')),
            ],
            options={
                'verbose_name': 'ligne d’achat',
                'verbose_name_plural': 'lignes d’achat',
                'ordering': ['purchase', 'position'],
            },
        ),
        migrations.AddField(
            model_name='disbursementproof',
            name='purchase_line',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disbursement_proof', to='invoicing.purchaseline', verbose_name='ligne d’achat'),
        ),
        migrations.CreateModel(
            name='PurchaseOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('submitted', 'À approuver'), ('approved', 'Approuvée'), ('sent', 'Envoyée'), ('closed', 'Terminée'), ('cancelled', 'Annulée')], default='draft', editable=False, max_length=9, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('number', models.CharField(editable=False, max_length=35, null=True, unique=True, verbose_name='numéro')),
                ('purpose', models.CharField(max_length=250, verbose_name='objet')),
                ('wanted_on', models.DateField(blank=True, null=True, verbose_name='souhaitée pour le')),
                ('delivery_address', models.TextField(blank=True, max_length=400, verbose_name='adresse de livraison')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message au fournisseur')),
                ('internal_note', models.TextField(blank=True, max_length=2000, verbose_name='note interne')),
                ('total_net', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total HT')),
                ('total_tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TVA')),
                ('total_gross', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='total TTC')),
                ('approved_on', models.DateField(db_index=True, editable=False, null=True, verbose_name='approuvée le')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='envoyée le')),
                ('closed_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='motif de la fin')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchase_orders', to='entrepreneurs.activity', verbose_name='activité')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approuvée par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créée par')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF archivé')),
            ],
            options={
                'verbose_name': 'commande fournisseur',
                'verbose_name_plural': 'commandes fournisseurs',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PurchaseDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='reçue le')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='bon de livraison')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistrée le')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistrée par')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='invoicing.purchaseorder', verbose_name='commande fournisseur')),
            ],
            options={
                'verbose_name': 'livraison reçue',
                'verbose_name_plural': 'livraisons reçues',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='purchase',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='invoicing.purchaseorder', verbose_name='commande fournisseur'),
        ),
        migrations.CreateModel(
            name='PurchaseOrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='référence du fournisseur')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=11, verbose_name='quantité')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité')),
                ('unit_price', models.DecimalField(decimal_places=4, max_digits=11, verbose_name='prix unitaire HT')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux de TVA')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='HT')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.purchaseorder', verbose_name='commande fournisseur')),
            ],
            options={
                'verbose_name': 'ligne de commande fournisseur',
                'verbose_name_plural': 'lignes de commande fournisseur',
                'ordering': ['order', 'position'],
            },
        ),
        migrations.AddField(
            model_name='purchaseline',
            name='order_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoiced', to='invoicing.purchaseorderline', verbose_name='ligne de commande'),
        ),
        migrations.CreateModel(
            name='PurchaseDeliveryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=11, verbose_name='quantité reçue')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.purchasedelivery', verbose_name='livraison reçue')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='invoicing.purchaseorderline', verbose_name='ligne de commande')),
            ],
            options={
                'verbose_name': 'ligne de livraison reçue',
                'verbose_name_plural': 'lignes de livraison reçue',
                'ordering': ['delivery', 'line__position'],
            },
        ),
        migrations.CreateModel(
            name='PurchaseShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='poids')),
                ('net', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='HT')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='TVA')),
                ('gross', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), max_digits=12, verbose_name='TTC')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='invoicing.purchase', verbose_name='achat')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchase_shares', to='accounting.analyticaccount', verbose_name='section analytique')),
            ],
            options={
                'verbose_name': 'part d’achat',
                'verbose_name_plural': 'parts d’achat',
                'ordering': ['purchase', 'section__label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PurchaseTax',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='taux')),
                ('base', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='base HT')),
                ('tax', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='TVA')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taxes', to='invoicing.purchase', verbose_name='achat')),
            ],
            options={
                'verbose_name': 'TVA d’un achat',
                'verbose_name_plural': 'TVA des achats',
                'ordering': ['purchase', '-rate'],
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
                ('disbursed', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0.00'), editable=False, max_digits=12, verbose_name='débours')),
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
                ('billing', models.CharField(choices=[('once', 'En une fois'), ('instalments', 'Par échéances'), ('progress', 'À l’avancement des travaux')], default='once', max_length=11, verbose_name='facturation')),
                ('deposit_at_once', models.BooleanField(default=False, verbose_name='acompte demandé dès l’accord')),
                ('retention_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='retenue de garantie')),
                ('sharing', models.CharField(choices=[('none', 'Une seule activité'), ('whole', 'En parts du total'), ('lines', 'Ligne par ligne')], default='none', max_length=5, verbose_name='répartition')),
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
        migrations.AddField(
            model_name='purchaseorder',
            name='quote',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchase_orders', to='invoicing.quote', verbose_name='devis concerné'),
        ),
        migrations.AddField(
            model_name='proforma',
            name='quote',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proformas', to='invoicing.quote', verbose_name='devis'),
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
        migrations.AddField(
            model_name='deliverynote',
            name='quote',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery_notes', to='invoicing.quote', verbose_name='devis'),
        ),
        migrations.CreateModel(
            name='DealPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='rattachée le')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='invoicing.deal', verbose_name='affaire')),
                ('invoice', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deal_piece', to='invoicing.invoice', verbose_name='facture')),
                ('expense', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deal_piece', to='invoicing.expenseline', verbose_name='ligne de frais')),
                ('purchase', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deal_piece', to='invoicing.purchase', verbose_name='achat')),
                ('quote', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deal_piece', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'pièce rattachée',
                'verbose_name_plural': 'pièces rattachées',
                'ordering': ['pk'],
            },
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
            name='ContractReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant du contrat (€ HT)')),
                ('sign_by', models.DateField(blank=True, null=True, verbose_name='à signer avant le')),
                ('question', models.TextField(blank=True, max_length=2000, verbose_name='ce qui inquiète')),
                ('state', models.CharField(choices=[('asked', 'À relire'), ('approved', 'Peut être signé'), ('to_negotiate', 'À négocier'), ('refused', 'À ne pas signer'), ('withdrawn', 'Demande reprise')], default='asked', max_length=12, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name='réponse')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandée le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contract_reviews', to='entrepreneurs.activity', verbose_name='activité')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='relu par')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contract_reviews', to='invoicing.customer', verbose_name='client')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='contrat')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='invoicing.contractreview', verbose_name='remplace')),
                ('deal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='invoicing.deal', verbose_name='affaire')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'relecture de contrat',
                'verbose_name_plural': 'relectures de contrats',
                'ordering': ['-asked_at', '-pk'],
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
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ajouté le')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ajouté par')),
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='amends', to='invoicing.quote', verbose_name='avenant')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='invoicing.quote', verbose_name='devis complété')),
            ],
            options={
                'verbose_name': 'avenant',
                'verbose_name_plural': 'avenants',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='QuoteDisbursement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disbursements', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'débours d’un devis',
                'verbose_name_plural': 'débours des devis',
                'ordering': ['quote_id', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteInstalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('kind', models.CharField(choices=[('deposit', 'Acompte'), ('interim', 'Échéance')], default='interim', max_length=7, verbose_name='nature')),
                ('label', models.CharField(blank=True, max_length=250, verbose_name='libellé')),
                ('rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='part du devis')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant (€ TTC)')),
                ('on', models.DateField(blank=True, null=True, verbose_name='prévue le')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'échéance de devis',
                'verbose_name_plural': 'échéances de devis',
                'ordering': ['quote_id', 'position'],
            },
        ),
        migrations.AddField(
            model_name='invoice',
            name='instalment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='invoicing.quoteinstalment', verbose_name='échéance'),
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
                ('borne_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='porté par')),
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
        migrations.AddField(
            model_name='invoiceline',
            name='quote_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoiced', to='invoicing.quoteline', verbose_name='ligne du devis'),
        ),
        migrations.CreateModel(
            name='DeliveryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('label', models.CharField(max_length=250, verbose_name='désignation')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='quantité livrée')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.deliverynote', verbose_name='bon de livraison')),
                ('invoice_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivered', to='invoicing.invoiceline', verbose_name='ligne de la facture')),
                ('quote_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivered', to='invoicing.quoteline', verbose_name='ligne du devis')),
            ],
            options={
                'verbose_name': 'ligne de bon de livraison',
                'verbose_name_plural': 'lignes de bon de livraison',
                'ordering': ['note', 'position'],
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
            name='QuoteShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rate', cae.core.fields.RateField(decimal_places=4, max_digits=6, verbose_name='part')),
                ('asked_at', models.DateTimeField(editable=False, null=True, verbose_name='accord demandé le')),
                ('agreed_at', models.DateTimeField(editable=False, null=True, verbose_name='accord donné le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quote_shares', to='entrepreneurs.activity', verbose_name='activité')),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accord de')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='invoicing.quote', verbose_name='devis')),
            ],
            options={
                'verbose_name': 'part d’un devis conjoint',
                'verbose_name_plural': 'parts de devis conjoints',
                'ordering': ['quote_id', 'pk'],
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
                ('kind', models.CharField(choices=[('received', 'Encaissement'), ('refunded', 'Remboursement'), ('offset', 'Imputation d’une avance'), ('deposit', 'Dépôt de garantie gardé')], default='received', max_length=8, verbose_name='nature')),
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
        migrations.CreateModel(
            name='Recharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant HT')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ajoutée le')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='retirée le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ajoutée par')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recharges', to='invoicing.invoice', verbose_name='facture')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recharges', to='invoicing.expenseline', verbose_name='dépense')),
            ],
            options={
                'verbose_name': 'dépense refacturée',
                'verbose_name_plural': 'dépenses refacturées',
                'ordering': ['line__on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RecurringPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='objet')),
                ('every', models.CharField(choices=[('month', 'Chaque mois'), ('quarter', 'Chaque trimestre'), ('half', 'Chaque semestre'), ('year', 'Chaque année')], max_length=7, verbose_name='rythme')),
                ('first_on', models.DateField(verbose_name='première date')),
                ('next_on', models.DateField(editable=False, null=True, verbose_name='prochaine date')),
                ('until', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
                ('mode', models.CharField(choices=[('draft', 'En brouillon, à relire'), ('send', 'Numéroté et envoyé au client')], default='draft', max_length=5, verbose_name='document fait')),
                ('index_rate', cae.core.fields.RateField(blank=True, decimal_places=4, max_digits=6, null=True, verbose_name='hausse annuelle')),
                ('index_since', models.DateField(blank=True, null=True, verbose_name='prix du')),
                ('state', models.CharField(choices=[('active', 'En cours'), ('paused', 'En pause'), ('ended', 'Terminé')], default='active', editable=False, max_length=6, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('failure', models.CharField(blank=True, editable=False, max_length=500, verbose_name='ce qui empêche')),
                ('failed_at', models.DateTimeField(editable=False, null=True, verbose_name='empêché depuis')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recurring_plans', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurring_plans', to='invoicing.customer', verbose_name='client')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurring_plans', to='invoicing.invoice', verbose_name='facture modèle')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurring_plans', to='invoicing.purchaseorder', verbose_name='commande modèle')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='au nom de')),
                ('quote', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recurring_plans', to='invoicing.quote', verbose_name='devis modèle')),
            ],
            options={
                'verbose_name': 'document récurrent',
                'verbose_name_plural': 'documents récurrents',
                'ordering': [models.OrderBy(models.F('next_on'), nulls_last=True), '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RecurringMade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date prévue')),
                ('outcome', models.CharField(choices=[('made', 'Fait'), ('skipped', 'Passé pendant la pause')], max_length=7, verbose_name='résultat')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='le')),
                ('invoice', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_by_plan', to='invoicing.invoice', verbose_name='facture')),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_by_plan', to='invoicing.purchaseorder', verbose_name='commande')),
                ('quote', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_by_plan', to='invoicing.quote', verbose_name='devis')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made', to='invoicing.recurringplan', verbose_name='document récurrent')),
            ],
            options={
                'verbose_name': 'date d’un document récurrent',
                'verbose_name_plural': 'dates des documents récurrents',
                'ordering': ['-on'],
            },
        ),
        migrations.CreateModel(
            name='RefundWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant abandonné')),
                ('on', models.DateField(verbose_name='date')),
                ('sentence', models.TextField(verbose_name='phrase signée')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistré le')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waiver', to='invoicing.expenseclaim', verbose_name='note de frais')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'abandon de remboursement',
                'verbose_name_plural': 'abandons de remboursement',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('letter', 'Lettre'), ('call', 'Appel')], max_length=6, verbose_name='moyen')),
                ('tone', models.CharField(choices=[('courteous', 'Courtoise'), ('firm', 'Ferme'), ('formal', 'Mise en demeure')], max_length=9, verbose_name='ton')),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('text', models.TextField(max_length=8000, verbose_name='texte')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='reste dû')),
                ('penalty', cae.core.fields.MoneyField(decimal_places=2, default=0, max_digits=12, verbose_name='pénalités de retard')),
                ('indemnity', cae.core.fields.MoneyField(decimal_places=2, default=0, max_digits=12, verbose_name='indemnité de recouvrement')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='destinataire')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyée le')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='annulée le')),
                ('undone_reason', models.CharField(blank=True, editable=False, max_length=250, verbose_name='motif de l’annulation')),
                ('access', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminder', to='invoicing.customeraccess', verbose_name='accès du client')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='entrepreneurs.activity', verbose_name='activité')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='invoicing.customer', verbose_name='client')),
                ('pdf', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='lettre')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='envoyée par')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='annulée par')),
            ],
            options={
                'verbose_name': 'relance',
                'verbose_name_plural': 'relances',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReminderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_days', models.PositiveSmallIntegerField(default=0, verbose_name='étape')),
                ('days_late', models.PositiveIntegerField(verbose_name='jours de retard')),
                ('due', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='reste dû')),
                ('penalty', cae.core.fields.MoneyField(decimal_places=2, default=0, max_digits=12, verbose_name='pénalités de retard')),
                ('indemnity', cae.core.fields.MoneyField(decimal_places=2, default=0, max_digits=12, verbose_name='indemnité de recouvrement')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminder_lines', to='invoicing.invoice', verbose_name='facture')),
                ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.reminder', verbose_name='relance')),
            ],
            options={
                'verbose_name': 'facture relancée',
                'verbose_name_plural': 'factures relancées',
                'ordering': ['reminder_id', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReminderPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('until', models.DateField(verbose_name='jusqu’au')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='décidée le')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='levée le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidée par')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminder_pauses', to='invoicing.customer', verbose_name='client')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='levée par')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminder_pauses', to='invoicing.invoice', verbose_name='facture')),
            ],
            options={
                'verbose_name': 'pause des relances',
                'verbose_name_plural': 'pauses des relances',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReminderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='jours après l’échéance')),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('letter', 'Lettre'), ('call', 'Appel')], default='mail', max_length=6, verbose_name='moyen')),
                ('tone', models.CharField(choices=[('courteous', 'Courtoise'), ('firm', 'Ferme'), ('formal', 'Mise en demeure')], default='courteous', max_length=9, verbose_name='ton')),
                ('late_fees', models.BooleanField(default=False, verbose_name='pénalités et indemnité')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminder_steps', to='entrepreneurs.activity', verbose_name='activité')),
            ],
            options={
                'verbose_name': 'étape de relance',
                'verbose_name_plural': 'étapes de relance',
                'ordering': [models.OrderBy(models.F('activity'), nulls_first=True), 'days'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant')),
                ('on', models.DateField(verbose_name='libérée le')),
                ('due_on', models.DateField(verbose_name='à payer le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='enregistrée le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistrée par')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('invoice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='invoicing.invoice', verbose_name='facture')),
            ],
            options={
                'verbose_name': 'libération de retenue',
                'verbose_name_plural': 'libérations de retenue',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('amount', 'Montant et prix'), ('liability', 'Responsabilité'), ('penalties', 'Pénalités'), ('insurance', 'Assurance'), ('payment', 'Délais de paiement'), ('property', 'Propriété intellectuelle'), ('termination', 'Durée et résiliation')], max_length=11, verbose_name='sujet')),
                ('verdict', models.CharField(choices=[('good', 'Convient'), ('reserve', 'À négocier'), ('blocking', 'Bloquant')], max_length=8, verbose_name='avis')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='remarque')),
                ('proposed', models.TextField(blank=True, max_length=4000, verbose_name='clause proposée')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='invoicing.contractreview', verbose_name='relecture de contrat')),
            ],
            options={
                'verbose_name': 'point d’un contrat',
                'verbose_name_plural': 'points des contrats',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoutingAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suffix', models.CharField(max_length=40, unique=True, verbose_name='suffixe')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routing_addresses', to='entrepreneurs.activity', verbose_name='activité')),
            ],
            options={
                'verbose_name': 'adresse de facturation électronique',
                'verbose_name_plural': 'adresses de facturation électronique',
                'ordering': ['activity__sort_name', '-starts_on', '-pk'],
            },
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
            model_name='senderidentity',
            name='activity',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sender', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='senderidentity',
            name='link',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.personallink', verbose_name='lien personnel'),
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
        migrations.AddConstraint(
            model_name='splitkey',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['area', 'people', 'percentage', 'use'])), name='splitkey_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='splitkey',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='splitkey_named'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='split_key',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='invoicing.splitkey', verbose_name='clé de répartition'),
        ),
        migrations.AddField(
            model_name='splitkeypart',
            name='key',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='invoicing.splitkey', verbose_name='clé'),
        ),
        migrations.AddField(
            model_name='splitkeypart',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.analyticaccount', verbose_name='section analytique'),
        ),
        migrations.AddField(
            model_name='supplier',
            name='accepted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifié par'),
        ),
        migrations.AddField(
            model_name='supplier',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.account', verbose_name='compte de charge habituel'),
        ),
        migrations.AddField(
            model_name='supplier',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='créé par'),
        ),
        migrations.AddField(
            model_name='supplier',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suppliers', to='people.organisation', verbose_name='organisme'),
        ),
        migrations.AddField(
            model_name='purchaseorder',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='invoicing.supplier', verbose_name='fournisseur'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='invoicing.supplier', verbose_name='fournisseur'),
        ),
        migrations.AddField(
            model_name='supplierbank',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par'),
        ),
        migrations.AddField(
            model_name='supplierbank',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposées par'),
        ),
        migrations.AddField(
            model_name='supplierbank',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='banks', to='invoicing.supplier', verbose_name='fournisseur'),
        ),
        migrations.AddField(
            model_name='taxshare',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tax_shares', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='taxshare',
            name='of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='invoicing.invoicetax', verbose_name='TVA de la facture'),
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
        migrations.AddField(
            model_name='vehicle',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='mileagetrip',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trips', to='invoicing.vehicle', verbose_name='véhicule'),
        ),
        migrations.AddField(
            model_name='mileageadjustment',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='invoicing.vehicle', verbose_name='véhicule'),
        ),
        migrations.AddField(
            model_name='vehiclepaper',
            name='brought_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par'),
        ),
        migrations.AddField(
            model_name='vehiclepaper',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier'),
        ),
        migrations.AddField(
            model_name='vehiclepaper',
            name='vehicle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='invoicing.vehicle', verbose_name='véhicule'),
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
        migrations.AddField(
            model_name='voucher',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='entrepreneurs.activity', verbose_name='activité'),
        ),
        migrations.AddField(
            model_name='voucher',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par'),
        ),
        migrations.AddField(
            model_name='voucher',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier d’origine'),
        ),
        migrations.AddField(
            model_name='voucher',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='voucher',
            name='preview',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='image affichée'),
        ),
        migrations.AddField(
            model_name='expenseline',
            name='voucher',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.voucher', verbose_name='justificatif'),
        ),
        migrations.AddField(
            model_name='writeoff',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='enregistré par'),
        ),
        migrations.AddField(
            model_name='writeoff',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='writeoff',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='invoicing.invoice', verbose_name='facture'),
        ),
        migrations.AddField(
            model_name='writeoff',
            name='proof',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='justificatif'),
        ),
        migrations.AddField(
            model_name='writeoff',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='invoicing.writeoff', verbose_name='annule la perte'),
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
            constraint=models.CheckConstraint(condition=models.Q(('credit_limit__isnull', True), ('credit_limit__gte', 0), _connector='OR'), name='customer_credit_limit_positive'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dispute_reason', ''), ('disputed_on__isnull', True)), models.Q(('disputed_on__isnull', False), models.Q(('dispute_reason', ''), _negated=True)), _connector='OR'), name='customer_dispute_says_why'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('archived_at__isnull', False), _connector='OR'), name='customer_merged_is_archived'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='customer_not_its_own'),
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
            model_name='customeraccess',
            constraint=models.UniqueConstraint(fields=('form_key', 'to'), name='customeraccess_once_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='customeraccess',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['copy', 'statement', 'reminder'])), name='customeraccess_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='customeraccess',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email__isnull', True), ('kind', 'copy'), ('to', '')), models.Q(models.Q(('kind', 'copy'), _negated=True), ('email__isnull', False), models.Q(('to', ''), _negated=True)), _connector='OR'), name='customeraccess_mailed_unless_copied'),
        ),
        migrations.AddConstraint(
            model_name='customeraccess',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_seen_at__isnull', True), ('last_seen_at__isnull', True)), ('first_seen_at__lte', models.F('last_seen_at')), _connector='OR'), name='customeraccess_seen_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customeraccess',
            trigger=pgtrigger.compiler.Trigger(name='customeraccess_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0d98793052312a92fe29c5052528dabdc2673fbf', operation='DELETE', pgid='pgtrigger_customeraccess_kept_c41bf', table='invoicing_customeraccess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customeraccess',
            trigger=pgtrigger.compiler.Trigger(name='customeraccess_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."email_id" IS DISTINCT FROM (NEW."email_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."link_id" IS DISTINCT FROM (NEW."link_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."to" IS DISTINCT FROM (NEW."to"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a581b82f861d1cc9f449bafc561b5bf9c60ddb34', operation='UPDATE', pgid='pgtrigger_customeraccess_frozen_fcf2f', table='invoicing_customeraccess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customeraccess',
            trigger=pgtrigger.compiler.Trigger(name='customeraccess_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3ad72814c9d77f7b9daacf088a908c78616f2739', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_customeraccess_no_truncate_b7132', table='invoicing_customeraccess', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='customercontact',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='customercontact_named'),
        ),
        migrations.AddConstraint(
            model_name='customermerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='customermerge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='customermerge',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='customermerge_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='customermerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='customermerge_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customermerge',
            trigger=pgtrigger.compiler.Trigger(name='customermerge_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e709063aac576814be2267a76851aa183c505430', operation='DELETE', pgid='pgtrigger_customermerge_kept_87612', table='invoicing_customermerge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customermerge',
            trigger=pgtrigger.compiler.Trigger(name='customermerge_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kept_id" IS DISTINCT FROM (NEW."kept_id") OR OLD."merged_id" IS DISTINCT FROM (NEW."merged_id") OR OLD."moved" IS DISTINCT FROM (NEW."moved") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."was_archived_at" IS DISTINCT FROM (NEW."was_archived_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6112618c24b3881e0896fbd06286fcf5eec41816', operation='UPDATE', pgid='pgtrigger_customermerge_frozen_3c2c6', table='invoicing_customermerge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customermerge',
            trigger=pgtrigger.compiler.Trigger(name='customermerge_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8aa4975ee13d1a4e3384937af24510fb30377999', operation='UPDATE', pgid='pgtrigger_customermerge_undone_once_b508c', table='invoicing_customermerge', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(fields=['activity', 'state', 'opened_on'], name='deal_of_activity'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='deal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='deal_titled'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__gte', models.F('opened_on')), ('closed_on__isnull', False), ('state', 'closed')), models.Q(('closed_on__isnull', True), ('closing_reason', ''), ('state', 'open')), _connector='OR'), name='deal_closed_on_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deal',
            trigger=pgtrigger.compiler.Trigger(name='deal_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4de1bbcb4f3369d68ec9811efdad498bca58ea35', operation='UPDATE', pgid='pgtrigger_deal_frozen_4ce90', table='invoicing_deal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='dealrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['quote', 'invoice', 'closing'])), name='dealrequirement_moment_known'),
        ),
        migrations.AddConstraint(
            model_name='dealrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='dealrequirement_named'),
        ),
        migrations.AddConstraint(
            model_name='dealrequirement',
            constraint=models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True)), fields=('kind', 'label', 'moment'), name='dealrequirement_once'),
        ),
        migrations.AddConstraint(
            model_name='dealfile',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='dealfile_named'),
        ),
        migrations.AddConstraint(
            model_name='dealwaiver',
            constraint=models.UniqueConstraint(fields=('deal', 'requirement'), name='dealwaiver_once'),
        ),
        migrations.AddConstraint(
            model_name='dealwaiver',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='dealwaiver_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealwaiver',
            trigger=pgtrigger.compiler.Trigger(name='dealwaiver_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='419e18f073998cf1ed85f5cfe37e50d77e3d20cc', operation='UPDATE', pgid='pgtrigger_dealwaiver_append_only_60b27', table='invoicing_dealwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealwaiver',
            trigger=pgtrigger.compiler.Trigger(name='dealwaiver_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3bc8c8c4ee15e9703f62284da9d20cdd78f2b153', operation='DELETE', pgid='pgtrigger_dealwaiver_kept_d8528', table='invoicing_dealwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dealwaiver',
            trigger=pgtrigger.compiler.Trigger(name='dealwaiver_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='78ec71eb9b79dba613391ae4ecc62e527f460efe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_dealwaiver_no_truncate_df615', table='invoicing_dealwaiver', when='BEFORE')),
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
        migrations.AddIndex(
            model_name='exchangemessage',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_attempt_at'], name='exchange_waiting'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['out', 'in'])), name='exchange_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['invoice', 'status', 'purchase'])), name='exchange_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'taken', 'failed', 'set_aside'])), name='exchange_state_known'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), ('status__isnull', True)), models.Q(('direction', 'out'), ('document__isnull', True), ('invoice__isnull', False), ('kind', 'invoice'), ('status__isnull', True)), models.Q(('direction', 'out'), ('document__isnull', True), ('kind', 'status'), ('status__isnull', False)), _connector='OR'), name='exchange_out_carries_one'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'out'), models.Q(('state', 'taken'), _negated=True)), models.Q(('direction', 'in'), ('state__in', ('taken', 'failed', 'set_aside'))), _connector='OR'), name='exchange_state_of_direction'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), ('document__isnull', False), _connector='OR'), name='exchange_taken_kept'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'taken')), _negated=True), ('done_at__isnull', False), _connector='OR'), name='exchange_done_dated'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('failed', 'set_aside')), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='exchange_trouble_says_why'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', ''), ('sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='exchange_hash'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.UniqueConstraint(condition=models.Q(('direction', 'in'), models.Q(('sha256', ''), _negated=True)), fields=('sha256',), name='exchange_bytes_once'),
        ),
        migrations.AddConstraint(
            model_name='exchangemessage',
            constraint=models.UniqueConstraint(condition=models.Q(('direction', 'out'), ('kind', 'invoice')), fields=('invoice',), name='exchange_invoice_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exchangemessage',
            trigger=pgtrigger.compiler.Trigger(name='exchange_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='951aeec81340c29dca1e003e766d8e8197e4e9cf', operation='DELETE', pgid='pgtrigger_exchange_kept_a6d86', table='invoicing_exchangemessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exchangemessage',
            trigger=pgtrigger.compiler.Trigger(name='exchangemessage_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0b90fe25de58c0fded08cbf2a0c37cb9198f9104', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_exchangemessage_no_truncate_b65db', table='invoicing_exchangemessage', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='expenseclaim',
            index=models.Index(fields=['activity', 'month'], name='expenseclaim_of_activity'),
        ),
        migrations.AddIndex(
            model_name='expenseclaim',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['state_since'], name='expenseclaim_to_check'),
        ),
        migrations.AddConstraint(
            model_name='expenseclaim',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'ordered', 'refunded'])), name='expenseclaim_state_known'),
        ),
        migrations.AddConstraint(
            model_name='expenseclaim',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='expenseclaim_first_day'),
        ),
        migrations.AddConstraint(
            model_name='expenseclaim',
            constraint=models.UniqueConstraint(fields=('person', 'activity', 'month'), name='expenseclaim_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='expenseclaim',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('submitted_on__isnull', False), _connector='OR'), name='expenseclaim_submitted_when'),
        ),
        migrations.AddConstraint(
            model_name='expenseclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', False), ('state__in', ('approved', 'ordered', 'refunded'))), models.Q(models.Q(('state__in', ('approved', 'ordered', 'refunded')), _negated=True), ('approved_on__isnull', True)), _connector='OR'), name='expenseclaim_approved_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseclaim',
            trigger=pgtrigger.compiler.Trigger(name='expenseclaim_born_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state <> 'draft')", func="\n                    RAISE EXCEPTION 'pgtrigger: a claim is born a draft'\n                        USING ERRCODE = 'integrity_constraint_violation';\n                ", hash='8c883c3e404e0e16b23e0ade69fefb6074a5d024', operation='INSERT', pgid='pgtrigger_expenseclaim_born_draft_c70c2', table='invoicing_expenseclaim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseclaim',
            trigger=pgtrigger.compiler.Trigger(name='expenseclaim_whose', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."month" IS DISTINCT FROM (NEW."month"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ee09d1d7abe5dd44d4d26686fc7aa86c9329183a', operation='UPDATE', pgid='pgtrigger_expenseclaim_whose_ff8e3', table='invoicing_expenseclaim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseclaim',
            trigger=pgtrigger.compiler.Trigger(name='expenseclaim_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b0ad72d7ee011d8cd462e7bf6c4454ce846f5651', operation='DELETE', pgid='pgtrigger_expenseclaim_kept_91d82', table='invoicing_expenseclaim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseclaim',
            trigger=pgtrigger.compiler.Trigger(name='expenseclaim_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b55d4fbb752724276063f7aea309e7f4af8e741d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_expenseclaim_no_truncate_a30a1', table='invoicing_expenseclaim', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='expenseadvance',
            index=models.Index(condition=models.Q(('state', 'given')), fields=['person', 'activity'], name='expenseadvance_open'),
        ),
        migrations.AddConstraint(
            model_name='expenseadvance',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'ordered', 'given', 'settled', 'refused'])), name='expenseadvance_state_known'),
        ),
        migrations.AddConstraint(
            model_name='expenseadvance',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expenseadvance_positive'),
        ),
        migrations.AddConstraint(
            model_name='expenseadvance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'asked'), ('overpaid_by__isnull', True)), models.Q(('origin', 'overpaid'), ('overpaid_by__isnull', False)), _connector='OR'), name='expenseadvance_origin'),
        ),
        migrations.AddConstraint(
            model_name='expenseadvance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_on__isnull', False), ('state__in', ('given', 'settled'))), models.Q(models.Q(('state__in', ('given', 'settled')), _negated=True), ('given_on__isnull', True)), _connector='OR'), name='expenseadvance_given_when'),
        ),
        migrations.AddConstraint(
            model_name='expenseadvance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='expenseadvance_refusal_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseadvance',
            trigger=pgtrigger.compiler.Trigger(name='expenseadvance_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."overpaid_by_id" IS DISTINCT FROM (NEW."overpaid_by_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='19818b4c24a50bbe60afe14ecb0973244546bbf0', operation='UPDATE', pgid='pgtrigger_expenseadvance_frozen_cc65e', table='invoicing_expenseadvance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseadvance',
            trigger=pgtrigger.compiler.Trigger(name='expenseadvance_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0a6012b8e5eb0e1e8d5281941ef1a1e5fb52f02b', operation='DELETE', pgid='pgtrigger_expenseadvance_kept_24aae', table='invoicing_expenseadvance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseadvance',
            trigger=pgtrigger.compiler.Trigger(name='expenseadvance_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9b279ef473483aa1851af36a48bb1b37a402e5bb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_expenseadvance_no_truncate_306ec', table='invoicing_expenseadvance', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='advanceuse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('reverses__isnull', True)), models.Q(('amount__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='advanceuse_sign'),
        ),
        migrations.AddConstraint(
            model_name='advanceuse',
            constraint=models.CheckConstraint(condition=models.Q(('reverses', models.F('pk')), _negated=True), name='advanceuse_not_its_own'),
        ),
        migrations.AddConstraint(
            model_name='advanceuse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', True), ('entry__isnull', False)), models.Q(('claim__isnull', False), ('entry__isnull', True)), _connector='OR'), name='advanceuse_one_origin'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='advanceuse',
            trigger=pgtrigger.compiler.Trigger(name='advanceuse_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='218affcb761ba910c59f34046ff7e82d17e7e346', operation='UPDATE OR DELETE', pgid='pgtrigger_advanceuse_append_only_62e65', table='invoicing_advanceuse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='advanceuse',
            trigger=pgtrigger.compiler.Trigger(name='advanceuse_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='39ccbe5417654f255ac32e3bc99bf5c253857a74', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_advanceuse_no_truncate_eefa6', table='invoicing_advanceuse', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='expensekind',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['actual', 'flat', 'mileage'])), name='expensekind_way_known'),
        ),
        migrations.AddConstraint(
            model_name='expensekind',
            constraint=models.CheckConstraint(condition=models.Q(('usual_share__gt', 0), ('usual_share__lte', 1)), name='expensekind_share'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expensekind',
            trigger=pgtrigger.compiler.Trigger(name='expensekind_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."way" IS DISTINCT FROM (NEW."way"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4918d2c9d26322719b4ad4a64e23ba4457a82b4d', operation='UPDATE', pgid='pgtrigger_expensekind_frozen_a1e50', table='invoicing_expensekind', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expensekind',
            trigger=pgtrigger.compiler.Trigger(name='expensekind_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ab6c9a353c2ae83fdeefecbd72eff99363883620', operation='DELETE', pgid='pgtrigger_expensekind_kept_6c78a', table='invoicing_expensekind', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expensekind',
            trigger=pgtrigger.compiler.Trigger(name='expensekind_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='41917b23febee1cf8468f5ec0af4133c36149467', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_expensekind_no_truncate_8ae4d', table='invoicing_expensekind', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='expensefavourite',
            constraint=models.CheckConstraint(condition=models.Q(('paid_with__in', ['own', 'cooperative', 'advance'])), name='expensefavourite_paid_known'),
        ),
        migrations.AddConstraint(
            model_name='expensefavourite',
            constraint=models.CheckConstraint(condition=models.Q(('business_share__gt', 0), ('business_share__lte', 1)), name='expensefavourite_share'),
        ),
        migrations.AddConstraint(
            model_name='expensefavourite',
            constraint=models.UniqueConstraint(fields=('person', 'name'), name='expensefavourite_once_a_name'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=models.CheckConstraint(condition=models.Q(('vat_recovery__gte', 0), ('vat_recovery__lte', 1)), name='expenserule_recovery'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('limit_amount__isnull', True), ('limit_per', '')), models.Q(('limit_amount__gt', 0), ('limit_per__in', ['line', 'day', 'month', 'year'])), _connector='OR'), name='expenserule_limit_whole'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('flat_amount__isnull', True), ('flat_unit', '')), models.Q(('flat_amount__gt', 0), ('flat_unit__in', ['meal', 'night', 'day', 'month'])), _connector='OR'), name='expenserule_flat_whole'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='expenserule_says_source'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='expenserule_period'),
        ),
        migrations.AddConstraint(
            model_name='expenserule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('kind', '='), (people.models.periods.DateSpan('valid_from', 'valid_to'), '&&')], name='expenserule_one_at_a_date'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenserule',
            trigger=pgtrigger.compiler.Trigger(name='expenserule_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind_id" IS DISTINCT FROM (NEW."kind_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."vat_recovery" IS DISTINCT FROM (NEW."vat_recovery") OR OLD."limit_amount" IS DISTINCT FROM (NEW."limit_amount") OR OLD."limit_per" IS DISTINCT FROM (NEW."limit_per") OR OLD."flat_amount" IS DISTINCT FROM (NEW."flat_amount") OR OLD."flat_unit" IS DISTINCT FROM (NEW."flat_unit") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7114da8a613146c867bbdc31646405cbd0ecffcd', operation='UPDATE', pgid='pgtrigger_expenserule_frozen_9c8b7', table='invoicing_expenserule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenserule',
            trigger=pgtrigger.compiler.Trigger(name='expenserule_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='054b2ec84bcbb87796c4b2bb1d8c83908d71e132', operation='DELETE', pgid='pgtrigger_expenserule_kept_77e8e', table='invoicing_expenserule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenserule',
            trigger=pgtrigger.compiler.Trigger(name='expenserule_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b53160b31c41859a5ace3322c9924c0f4b3cf91b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_expenserule_no_truncate_5a633', table='invoicing_expenserule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='favouritetrip',
            constraint=models.UniqueConstraint(fields=('person', 'start', 'arrival', 'purpose'), name='favouritetrip_once'),
        ),
        migrations.AddConstraint(
            model_name='favouritetrip',
            constraint=models.CheckConstraint(condition=models.Q(('km__gt', 0)), name='favouritetrip_km_positive'),
        ),
        migrations.AddIndex(
            model_name='incomingfile',
            index=models.Index(fields=['activity', '-received_at'], name='incoming_of_activity'),
        ),
        migrations.AddIndex(
            model_name='incomingfile',
            index=models.Index(condition=models.Q(('state__in', ('to_sort', 'unreadable'))), fields=['state_since'], name='incoming_waiting'),
        ),
        migrations.AddIndex(
            model_name='incomingfile',
            index=models.Index(condition=models.Q(('findings__isnull', True), ('reading__isnull', False)), fields=['id'], name='incoming_unjudged'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['upload', 'mail', 'platform'])), name='incoming_source_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_sort', 'read', 'unreadable', 'attached', 'set_aside'])), name='incoming_state_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['', 'empty', 'too_large', 'programme', 'unknown_format', 'damaged_pdf', 'locked_pdf', 'no_data', 'picture', 'broken_xml', 'doctype', 'order', 'old_zugferd', 'other_xml', 'schema', 'term_missing', 'term_invalid'])), name='incoming_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='incoming_hash_shape'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'read'), _negated=True), ('reading__isnull', False), _connector='OR'), name='incoming_read_whole'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'unreadable'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='incoming_unreadable_says_why'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), ('reading__isnull', True), _connector='OR'), name='incoming_read_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'set_aside'), _negated=True), models.Q(('note', ''), _negated=True), ('same_as__isnull', False), _connector='OR'), name='incoming_aside_says_why'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.UniqueConstraint(condition=models.Q(('same_as__isnull', True)), fields=('sha256',), name='incoming_first_of_its_bytes'),
        ),
        migrations.AddConstraint(
            model_name='incomingfile',
            constraint=models.UniqueConstraint(fields=('form_key', 'position'), name='incoming_once_a_form'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingfile',
            trigger=pgtrigger.compiler.Trigger(name='incoming_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."mail_id" IS DISTINCT FROM (NEW."mail_id") OR OLD."same_as_id" IS DISTINCT FROM (NEW."same_as_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1d8744dbbaca23a60f724033b4a0f745faab1e38', operation='UPDATE', pgid='pgtrigger_incoming_frozen_25487', table='invoicing_incomingfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingfile',
            trigger=pgtrigger.compiler.Trigger(name='incoming_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='18ce5bf9baf18123f9c3203a0993b42976a7ccc7', operation='DELETE', pgid='pgtrigger_incoming_kept_2037f', table='invoicing_incomingfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingfile',
            trigger=pgtrigger.compiler.Trigger(name='incoming_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9180f77524902afcd9eb6c8fc9c219b06dd5ce5a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_incoming_no_truncate_21903', table='invoicing_incomingfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'offered', 'ordered', 'invoiced', 'declined', 'discarded'])), name='internalsale_state_known'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='internalsale_titled'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='internalsale_worth'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(('seller', models.F('buyer')), _negated=True), name='internalsale_between_two'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(('offered_on__isnull', False), ('state__in', ['draft', 'discarded']), _connector='OR'), name='internalsale_offered'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), ('state__in', ['ordered', 'invoiced', 'declined'])), models.Q(('answered_on__isnull', True), models.Q(('state__in', ['ordered', 'invoiced', 'declined']), _negated=True)), _connector='OR'), name='internalsale_answered'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('refusal_reason', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('refusal_reason', '')), _connector='OR'), name='internalsale_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='internalsale',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoiced_on__isnull', False), ('number__isnull', False), ('state', 'invoiced')), models.Q(('invoiced_on__isnull', True), ('number__isnull', True), models.Q(('state', 'invoiced'), _negated=True)), _connector='OR'), name='internalsale_invoiced'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalsale',
            trigger=pgtrigger.compiler.Trigger(name='internalsale_seller_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."seller_id" IS DISTINCT FROM (NEW."seller_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='70ca571bad91d47701dae44bf7fdbf3d4a3eb7f2', operation='UPDATE', pgid='pgtrigger_internalsale_seller_kept_55b21', table='invoicing_internalsale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalsale',
            trigger=pgtrigger.compiler.Trigger(name='internalsale_agreed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND (OLD.buyer_id, OLD.amount, OLD.title, OLD.description) IS DISTINCT FROM (NEW.buyer_id, NEW.amount, NEW.title, NEW.description))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='77e67e48f1349be11763273a641072e16c03ab2b', operation='UPDATE', pgid='pgtrigger_internalsale_agreed_f1568', table='invoicing_internalsale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalsale',
            trigger=pgtrigger.compiler.Trigger(name='internalsale_invoiced_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'invoiced\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9fdacfc24c800fc5a34b1343fe9fa4fce1f2910e', operation='UPDATE OR DELETE', pgid='pgtrigger_internalsale_invoiced_for_good_8cd56', table='invoicing_internalsale', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='internalcredit',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='internalcredit_worth'),
        ),
        migrations.AddConstraint(
            model_name='internalcredit',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='internalcredit_explained'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalcredit',
            trigger=pgtrigger.compiler.Trigger(name='internalcredit_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cc8478c08c4db9e45bd183a9c04b7dfd23a162fc', operation='UPDATE OR DELETE', pgid='pgtrigger_internalcredit_append_only_6e10a', table='invoicing_internalcredit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalcredit',
            trigger=pgtrigger.compiler.Trigger(name='internalcredit_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6428681c44fdda6ac69ff4f61468e3a4511024d8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_internalcredit_no_truncate_a1b96', table='invoicing_internalcredit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='internalcredit',
            trigger=pgtrigger.compiler.Trigger(name='internalcredit_within', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    PERFORM 1 FROM invoicing_internalsale WHERE id = NEW.sale_id FOR NO KEY UPDATE;\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_internalsale sale\n        WHERE sale.id = NEW.sale_id AND sale.state = \'invoiced\' AND sale.invoiced_on <= NEW."on"\n        AND sale.amount >= NEW.amount + COALESCE((\n            SELECT SUM(credit.amount) FROM invoicing_internalcredit credit WHERE credit.sale_id = NEW.sale_id\n        ), 0)\n    ) THEN\n        RAISE EXCEPTION \'pgtrigger: credit notes exceed internal sale %\', NEW.sale_id\n            USING ERRCODE = \'integrity_constraint_violation\';\n    END IF;\n    RETURN NEW;\n', hash='0a72beec033171ca4f66c0e7fd45a2dac864fb0e', operation='INSERT', pgid='pgtrigger_internalcredit_within_0cb35', table='invoicing_internalcredit', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='invoicedisbursement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='invoicedisbursement_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoicedisbursement',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='invoicedisbursement_says_what'),
        ),
        migrations.AddConstraint(
            model_name='invoicedisbursement',
            constraint=models.UniqueConstraint(fields=('invoice', 'position'), name='invoicedisbursement_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicedisbursement',
            trigger=pgtrigger.compiler.Trigger(name='invoicedisbursement_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = OLD.invoice_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = OLD.invoice_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = NEW.invoice_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='66b315ca3cfbb2df9b866a76db38d38e93863c60', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_invoicedisbursement_of_draft_a2852', table='invoicing_invoicedisbursement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoicedisbursement',
            trigger=pgtrigger.compiler.Trigger(name='invoicedisbursement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='46c396b3564a3497af860a3efd2eb1282f88500d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoicedisbursement_no_truncate_4170d', table='invoicing_invoicedisbursement', when='BEFORE')),
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
            model_name='lineshare',
            constraint=models.UniqueConstraint(fields=('line', 'activity'), name='lineshare_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineshare',
            trigger=pgtrigger.compiler.Trigger(name='lineshare_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='456efbf4eea6d76c2775e4a21670bc88bda08435', operation='UPDATE OR DELETE', pgid='pgtrigger_lineshare_append_only_4d69e', table='invoicing_lineshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineshare',
            trigger=pgtrigger.compiler.Trigger(name='lineshare_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='30b25055a742953644540084ef8308e0862700f3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_lineshare_no_truncate_a6819', table='invoicing_lineshare', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mailinaddress',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['vouchers', 'purchases'])), name='mailin_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='mailinaddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', True), ('kind', 'vouchers'), ('person__isnull', False)), models.Q(('activity__isnull', False), ('kind', 'purchases'), ('person__isnull', True)), _connector='OR'), name='mailin_of_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='mailinaddress',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False), ('withdrawn_at__isnull', True)), fields=('person',), name='mailin_one_live_a_person'),
        ),
        migrations.AddConstraint(
            model_name='mailinaddress',
            constraint=models.UniqueConstraint(condition=models.Q(('activity__isnull', False), ('withdrawn_at__isnull', True)), fields=('activity',), name='mailin_one_live_an_activity'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailinaddress',
            trigger=pgtrigger.compiler.Trigger(name='mailin_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bef0a9b3d86c41f09488bf0a035c474e19df940b', operation='UPDATE', pgid='pgtrigger_mailin_frozen_4a713', table='invoicing_mailinaddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailinaddress',
            trigger=pgtrigger.compiler.Trigger(name='mailin_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='67b2d89616465e5ee4917018fb4d2da9fe2e41b7', operation='DELETE', pgid='pgtrigger_mailin_kept_19edb', table='invoicing_mailinaddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailinaddress',
            trigger=pgtrigger.compiler.Trigger(name='mailin_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2db54d609f14a647d737bf8ebf0a284d047ee7ac', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_mailin_no_truncate_c2450', table='invoicing_mailinaddress', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='incomingmail',
            index=models.Index(fields=['message_id'], name='incomingmail_message'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['kept', 'stray', 'empty', 'automatic', 'too_large', 'report'])), name='incomingmail_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'kept'), _negated=True), ('address__isnull', False), _connector='OR'), name='incomingmail_kept_has_address'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingmail',
            trigger=pgtrigger.compiler.Trigger(name='incomingmail_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'sender\', \'subject\', \'left_out\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'sender\', \'subject\', \'left_out\'] OR (NEW.sender IS DISTINCT FROM OLD.sender AND to_jsonb(NEW.sender) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.subject IS DISTINCT FROM OLD.subject AND to_jsonb(NEW.subject) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.left_out IS DISTINCT FROM OLD.left_out AND to_jsonb(NEW.left_out) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cdbb0f8212a126473dec810030b9d106a2385e7a', operation='UPDATE', pgid='pgtrigger_incomingmail_append_only_de86b', table='invoicing_incomingmail', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingmail',
            trigger=pgtrigger.compiler.Trigger(name='incomingmail_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='242c99caaba9006cd7b8aa41a04ce46c60c942b5', operation='DELETE', pgid='pgtrigger_incomingmail_kept_475ef', table='invoicing_incomingmail', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incomingmail',
            trigger=pgtrigger.compiler.Trigger(name='incomingmail_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2c924517839de65e87c887a25d900f7a2a71b7f2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_incomingmail_no_truncate_110e6', table='invoicing_incomingmail', when='BEFORE')),
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
            model_name='paidshift',
            constraint=models.UniqueConstraint(fields=('note', 'activity'), name='paidshift_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidshift',
            trigger=pgtrigger.compiler.Trigger(name='paidshift_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a79829ce39e08982f25a6ab30da67b1a35254045', operation='UPDATE OR DELETE', pgid='pgtrigger_paidshift_append_only_7efaf', table='invoicing_paidshift', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidshift',
            trigger=pgtrigger.compiler.Trigger(name='paidshift_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6c5578f4ce6e6d9450426594393cbdb0e244b1ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_paidshift_no_truncate_e575e', table='invoicing_paidshift', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paidshift',
            trigger=pgtrigger.compiler.Trigger(name='paidshift_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT SUM(amount) FROM invoicing_paidshift WHERE note_id = NEW.note_id) <> 0 THEN\n        RAISE EXCEPTION 'pgtrigger: what moves between activities makes nothing'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='93902b6faca9bc7a8bcfc245e6d38380c7321aae', operation='INSERT', pgid='pgtrigger_paidshift_nothing_cfd32', table='invoicing_paidshift', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='paymentshare',
            constraint=models.UniqueConstraint(fields=('payment', 'activity'), name='paymentshare_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentshare',
            trigger=pgtrigger.compiler.Trigger(name='paymentshare_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='126cee9fa2e6a1ca81d69956df61fac510639e66', operation='UPDATE OR DELETE', pgid='pgtrigger_paymentshare_append_only_d076f', table='invoicing_paymentshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentshare',
            trigger=pgtrigger.compiler.Trigger(name='paymentshare_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6c8439c7d584451069a6206ab73f35f7efba11a6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_paymentshare_no_truncate_1cade', table='invoicing_paymentshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentshare',
            trigger=pgtrigger.compiler.Trigger(name='paymentshare_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM invoicing_payment whole\n        WHERE whole.id = NEW.payment_id AND (whole.amount, whole.advance) <> (\n            SELECT SUM(amount), SUM(advance) FROM invoicing_paymentshare WHERE payment_id = NEW.payment_id\n        )\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: the parts of payment % do not make it', NEW.payment_id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='f0fb1e3ea6039e2457208ee7f3154880c45a9c95', operation='INSERT', pgid='pgtrigger_paymentshare_whole_df340', table='invoicing_paymentshare', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
        migrations.AddConstraint(
            model_name='piecesending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivery__isnull', False), ('proforma__isnull', True)), models.Q(('delivery__isnull', True), ('proforma__isnull', False)), _connector='OR'), name='piecesending_one_piece'),
        ),
        migrations.AddConstraint(
            model_name='piecesending',
            constraint=models.UniqueConstraint(fields=('form_key', 'to'), name='piecesending_once_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='piecesending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email__isnull', True), ('to', '')), models.Q(('email__isnull', False), models.Q(('to', ''), _negated=True)), _connector='OR'), name='piecesending_mailed_unless_copied'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='piecesending',
            trigger=pgtrigger.compiler.Trigger(name='piecesending_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='902bc3dc11d68504846b050b1b9ee4a0f7ca0578', operation='DELETE', pgid='pgtrigger_piecesending_kept_30889', table='invoicing_piecesending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='piecesending',
            trigger=pgtrigger.compiler.Trigger(name='piecesending_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."delivery_id" IS DISTINCT FROM (NEW."delivery_id") OR OLD."email_id" IS DISTINCT FROM (NEW."email_id") OR OLD."link_id" IS DISTINCT FROM (NEW."link_id") OR OLD."proforma_id" IS DISTINCT FROM (NEW."proforma_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."to" IS DISTINCT FROM (NEW."to"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='54491a25ba8fcffc89e1ddc80edae7540d9459d7', operation='UPDATE', pgid='pgtrigger_piecesending_frozen_59a3e', table='invoicing_piecesending', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='piecesending',
            trigger=pgtrigger.compiler.Trigger(name='piecesending_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d63ef33271e62e4e8031951335c9041518e55f54', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_piecesending_no_truncate_bed33', table='invoicing_piecesending', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='einvoicestatus',
            index=models.Index(fields=['invoice', 'code'], name='einvoicestatus_of_invoice'),
        ),
        migrations.AddIndex(
            model_name='einvoicestatus',
            index=models.Index(fields=['purchase', 'code'], name='einvoicestatus_of_purchase'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', False), ('purchase__isnull', True)), models.Q(('invoice__isnull', True), ('payment__isnull', True), ('purchase__isnull', False)), _connector='OR'), name='einvoicestatus_one_document'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['200', '201', '202', '203', '204', '205', '206', '207', '208', '209', '210', '211', '212', '213', '214', '220', '221', '224', '225', '501'])), name='einvoicestatus_code_known'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['house', 'platform', 'noted'])), name='einvoicestatus_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__in', ('206', '207', '208', '210', '213', '221', '501')), _negated=True), models.Q(('reasons', []), _negated=True), _connector='OR'), name='einvoicestatus_says_why'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('code', '212')), ('code', '211'), models.Q(models.Q(('code', '212'), _negated=True), ('amount__isnull', True)), _connector='OR'), name='einvoicestatus_says_how_much'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='einvoicestatus_some_money'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_in__isnull', False), ('origin', 'platform')), models.Q(models.Q(('origin', 'platform'), _negated=True), ('arrived_in__isnull', True)), _connector='OR'), name='einvoicestatus_arrived_from_platform'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.UniqueConstraint(fields=('arrived_in', 'invoice', 'code'), name='einvoicestatus_once_a_message'),
        ),
        migrations.AddConstraint(
            model_name='einvoicestatus',
            constraint=models.UniqueConstraint(fields=('arrived_in', 'purchase', 'code'), name='einvoicestatus_once_a_message_in'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='einvoicestatus',
            trigger=pgtrigger.compiler.Trigger(name='einvoicestatus_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4d8f7b792d480663d7e90606621721f32a797d8', operation='UPDATE OR DELETE', pgid='pgtrigger_einvoicestatus_append_only_5c130', table='invoicing_einvoicestatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='einvoicestatus',
            trigger=pgtrigger.compiler.Trigger(name='einvoicestatus_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='eb1be974da85753dcc0f10d733b1a0baf2e27370', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_einvoicestatus_no_truncate_c2f29', table='invoicing_einvoicestatus', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='disbursementproof',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='disbursementproof_positive'),
        ),
        migrations.AddConstraint(
            model_name='disbursementproof',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='disbursementproof_says_what'),
        ),
        migrations.AddConstraint(
            model_name='disbursementproof',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('expense_line__isnull', True), ('purchase_line__isnull', True)), models.Q(('document__isnull', True), ('expense_line__isnull', False), ('purchase_line__isnull', True)), models.Q(('document__isnull', True), ('expense_line__isnull', True), ('purchase_line__isnull', False)), _connector='OR'), name='disbursementproof_one_source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disbursementproof',
            trigger=pgtrigger.compiler.Trigger(name='disbursementproof_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dba9b2f879a023e6bec48af9195de2d0426b010c', operation='UPDATE', pgid='pgtrigger_disbursementproof_frozen_dcbb0', table='invoicing_disbursementproof', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disbursementproof',
            trigger=pgtrigger.compiler.Trigger(name='disbursementproof_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3b9897fc95063bccc619c8ae00705b35e376529d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_disbursementproof_no_truncate_ecfdb', table='invoicing_disbursementproof', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasedelivery',
            trigger=pgtrigger.compiler.Trigger(name='purchasedelivery_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='856782515b9c7687e510b6ee61e717a4c1df6deb', operation='UPDATE OR DELETE', pgid='pgtrigger_purchasedelivery_append_only_dba43', table='invoicing_purchasedelivery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasedelivery',
            trigger=pgtrigger.compiler.Trigger(name='purchasedelivery_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='cd5a3e71cc9bdf924f565647e858d4d13d67f7c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchasedelivery_no_truncate_775d9', table='invoicing_purchasedelivery', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='purchaseorderline',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='purchaseorderline_position_once'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='purchaseorderline_some'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorderline',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='purchaseorderline_priced'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorderline',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lte', 1)), name='purchaseorderline_rate_within'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorderline',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='purchaseorderline_unit_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorderline',
            trigger=pgtrigger.compiler.Trigger(name='purchaseorderline_of_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_purchaseorder WHERE id = OLD.order_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_purchaseorder WHERE id = OLD.order_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_purchaseorder WHERE id = NEW.order_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_purchaseorder WHERE id = NEW.order_id AND number IS NOT NULL) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='1779c1db1ddef625ae0106bea9287eec6ca52f51', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_purchaseorderline_of_open_9dbf5', table='invoicing_purchaseorderline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorderline',
            trigger=pgtrigger.compiler.Trigger(name='purchaseorderline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ade7c5e6c877806aad593d341ef1edead06bfba5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchaseorderline_no_truncate_f2b1a', table='invoicing_purchaseorderline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.UniqueConstraint(fields=('purchase', 'position'), name='purchaseline_position_once'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lte', 1)), name='purchaseline_rate_within'),
        ),
        migrations.AddConstraint(
            model_name='purchaseline',
            constraint=models.CheckConstraint(condition=models.Q(('recovery__gte', 0), ('recovery__lte', 1)), name='purchaseline_recovery_within'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseline',
            trigger=pgtrigger.compiler.Trigger(name='purchaseline_of_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_purchase WHERE id = OLD.purchase_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = OLD.purchase_id AND entry_id IS NOT NULL) THEN\n            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_purchase WHERE id = NEW.purchase_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = NEW.purchase_id AND entry_id IS NOT NULL) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='52c8b2ff82824c782ac1ae798f5920e10449fc56', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_purchaseline_of_open_7239a', table='invoicing_purchaseline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseline',
            trigger=pgtrigger.compiler.Trigger(name='purchaseline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9d4b7823d99efb9b2cc85a6cb2985e2767959239', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchaseline_no_truncate_9e44a', table='invoicing_purchaseline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='purchasedeliveryline',
            constraint=models.UniqueConstraint(fields=('delivery', 'line'), name='purchasedeliveryline_once'),
        ),
        migrations.AddConstraint(
            model_name='purchasedeliveryline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='purchasedeliveryline_some'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasedeliveryline',
            trigger=pgtrigger.compiler.Trigger(name='purchasedeliveryline_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1dd057aaf9d136b3de917d67d65faf8cd1c71239', operation='UPDATE OR DELETE', pgid='pgtrigger_purchasedeliveryline_append_only_9085b', table='invoicing_purchasedeliveryline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasedeliveryline',
            trigger=pgtrigger.compiler.Trigger(name='purchasedeliveryline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b05264f62054a7249e8008b6b81734c5fd8a50e0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchasedeliveryline_no_truncate_ae796', table='invoicing_purchasedeliveryline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='purchaseshare',
            constraint=models.UniqueConstraint(fields=('purchase', 'section'), name='purchaseshare_section_once'),
        ),
        migrations.AddConstraint(
            model_name='purchaseshare',
            constraint=models.CheckConstraint(condition=models.Q(('weight__isnull', True), ('weight__gt', 0), _connector='OR'), name='purchaseshare_weighs'),
        ),
        migrations.AddConstraint(
            model_name='purchaseshare',
            constraint=models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax')))), name='purchaseshare_totals_agree'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseshare',
            trigger=pgtrigger.compiler.Trigger(name='purchaseshare_of_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_purchase WHERE id = OLD.purchase_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = OLD.purchase_id AND entry_id IS NOT NULL) THEN\n            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_purchase WHERE id = NEW.purchase_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = NEW.purchase_id AND entry_id IS NOT NULL) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='e9e1deecc1de7ba00d7577ccc14be9ed31e83c91', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_purchaseshare_of_open_5011d', table='invoicing_purchaseshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseshare',
            trigger=pgtrigger.compiler.Trigger(name='purchaseshare_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='47211bf56dd4d2f5a3dcb6cf652fccf0c260d1b3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchaseshare_no_truncate_16d65', table='invoicing_purchaseshare', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='purchasetax',
            constraint=models.UniqueConstraint(fields=('purchase', 'rate'), name='purchasetax_rate_once'),
        ),
        migrations.AddConstraint(
            model_name='purchasetax',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0), ('rate__lte', 1)), name='purchasetax_rate_within'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasetax',
            trigger=pgtrigger.compiler.Trigger(name='purchasetax_of_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_purchase WHERE id = OLD.purchase_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = OLD.purchase_id AND entry_id IS NOT NULL) THEN\n            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_purchase WHERE id = NEW.purchase_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_purchase WHERE id = NEW.purchase_id AND entry_id IS NOT NULL) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='b06033e92b6ce883fdce73a87f3221f9eb5501be', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_purchasetax_of_open_ded29', table='invoicing_purchasetax', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchasetax',
            trigger=pgtrigger.compiler.Trigger(name='purchasetax_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ac20e6622703bc7ae4fc4a9819ce1ff1f528a8e7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchasetax_no_truncate_eaabe', table='invoicing_purchasetax', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['activity', 'state', 'approved_on'], name='quote_of_activity'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('state__in', ['draft', 'submitted', 'approved'])), fields=['state', 'activity'], name='quote_waiting'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(cae.core.plain.PlainText('order_reference'), name='gin_trgm_ops'), name='quote_ordered'),
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
            constraint=models.CheckConstraint(condition=models.Q(('disbursed__gte', 0)), name='quote_disbursed_some'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('billing__in', ['once', 'instalments', 'progress'])), name='quote_billing_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('billing', 'once'), ('sharing', 'none')), ('disbursed', 0), _connector='OR'), name='quote_parts_disburse_nothing'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('sharing__in', ['none', 'whole', 'lines'])), name='quote_sharing_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('retention_rate__isnull', True), models.Q(('retention_rate__gte', 0), ('retention_rate__lte', Decimal('0.0500'))), _connector='OR'), name='quote_retention_share'),
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
            trigger=pgtrigger.compiler.Trigger(name='quote_shared', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.facts IS NULL AND NEW.facts IS NOT NULL AND (\n        (NEW.sharing = 'none' AND EXISTS (SELECT 1 FROM invoicing_quoteshare WHERE quote_id = NEW.id))\n        OR (NEW.sharing <> 'none' AND NOT (\n            SELECT COUNT(*) >= 2 AND SUM(rate) = 1 AND BOOL_OR(activity_id = NEW.activity_id)\n                AND BOOL_AND(agreed_at IS NOT NULL)\n            FROM invoicing_quoteshare WHERE quote_id = NEW.id\n        ))\n        OR EXISTS (\n            SELECT 1 FROM invoicing_quoteline line\n            LEFT JOIN invoicing_quoteshare bearer\n                ON bearer.quote_id = line.quote_id AND bearer.activity_id = line.borne_by_id\n            WHERE line.quote_id = NEW.id AND line.borne_by_id IS NOT NULL\n            AND (NEW.sharing <> 'lines' OR bearer.id IS NULL)\n        )\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: quote % is not shared and agreed as it says', NEW.id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='fe0bde307085b7cb7dbf2cfcd2e4d27d14f3b0d1', operation='UPDATE', pgid='pgtrigger_quote_shared_fc12b', table='invoicing_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='quote_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f8500674cb4c648fe8b8c2f31e577ffffeffbe6c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quote_no_truncate_322ae', table='invoicing_quote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proforma',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', False), ('quote__isnull', True)), _connector='OR'), name='proforma_one_origin'),
        ),
        migrations.AddConstraint(
            model_name='proforma',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('quote',), name='proforma_first_of_quote'),
        ),
        migrations.AddConstraint(
            model_name='proforma',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('invoice',), name='proforma_first_of_invoice'),
        ),
        migrations.AddConstraint(
            model_name='proforma',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$')), name='proforma_hashed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proforma',
            trigger=pgtrigger.compiler.Trigger(name='proforma_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (to_jsonb(OLD) - 'pdf_id' IS DISTINCT FROM to_jsonb(NEW) - 'pdf_id' OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cc582b08ae27f1b311f2d3aa9746edddc21fdad2', operation='UPDATE', pgid='pgtrigger_proforma_frozen_564b6', table='invoicing_proforma', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proforma',
            trigger=pgtrigger.compiler.Trigger(name='proforma_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4e2a1ba99f25cab69f51d87053a59231827146aa', operation='DELETE', pgid='pgtrigger_proforma_kept_8b167', table='invoicing_proforma', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proforma',
            trigger=pgtrigger.compiler.Trigger(name='proforma_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a575256ce4401958a6d9973500a42e3f70021e57', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_proforma_no_truncate_19368', table='invoicing_proforma', when='BEFORE')),
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
            model_name='deliverynote',
            index=models.Index(fields=['activity', 'state'], name='deliverynote_of_activity'),
        ),
        migrations.AddConstraint(
            model_name='deliverynote',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'signed', 'cancelled'])), name='deliverynote_state_known'),
        ),
        migrations.AddConstraint(
            model_name='deliverynote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', False), ('quote__isnull', True)), _connector='OR'), name='deliverynote_one_order'),
        ),
        migrations.AddConstraint(
            model_name='deliverynote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_sha256__regex', '^[0-9a-f]{64}$'), ('facts__isnull', False), ('issued_on__isnull', False), ('number__isnull', False), ('state__in', ('issued', 'signed'))), ('state', 'cancelled'), models.Q(('issued_on__isnull', True), ('number__isnull', True), ('state', 'draft')), _connector='OR'), name='deliverynote_numbered_once_issued'),
        ),
        migrations.AddConstraint(
            model_name='deliverynote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('state', 'signed'), models.Q(('signer_name', ''), _negated=True), models.Q(models.Q(('noted_by__isnull', True), ('scan__isnull', True), ('signature__isnull', False)), models.Q(('noted_by__isnull', False), ('signature__isnull', True)), _connector='OR')), models.Q(models.Q(('state', 'signed'), _negated=True), ('noted_by__isnull', True), ('scan__isnull', True), ('signature__isnull', True), ('signed_on__isnull', True), ('signed_pdf__isnull', True), ('signer_name', '')), _connector='OR'), name='deliverynote_signed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='deliverynote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='deliverynote_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverynote',
            trigger=pgtrigger.compiler.Trigger(name='deliverynote_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.number IS NOT NULL AND (\n        to_jsonb(OLD) - string_to_array('state state_since signed_on signer_name signer_function reserves signature_id noted_by_id scan_id cancel_reason pdf_id signed_pdf_id', ' ') <> to_jsonb(NEW) - string_to_array('state state_since signed_on signer_name signer_function reserves signature_id noted_by_id scan_id cancel_reason pdf_id signed_pdf_id', ' ')\n        OR NEW.state = 'draft'\n        OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)\n        OR (OLD.state IN ('signed', 'cancelled')\n            AND to_jsonb(OLD) - ARRAY['pdf_id', 'signed_pdf_id']\n                <> to_jsonb(NEW) - ARRAY['pdf_id', 'signed_pdf_id'])\n        OR (OLD.signed_pdf_id IS NOT NULL AND NEW.signed_pdf_id IS DISTINCT FROM OLD.signed_pdf_id)\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: delivery note % is frozen', OLD.number\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='7477cb0549e494d069305f8d42ef292441917357', operation='UPDATE', pgid='pgtrigger_deliverynote_frozen_b28cc', table='invoicing_deliverynote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverynote',
            trigger=pgtrigger.compiler.Trigger(name='deliverynote_within_order', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'issued' AND OLD.state <> 'issued' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR NO KEY UPDATE;\n        PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR NO KEY UPDATE;\n        IF NOT EXISTS (SELECT 1 FROM invoicing_deliveryline WHERE note_id = NEW.id) OR EXISTS (\n            SELECT 1 FROM invoicing_deliveryline line\n            LEFT JOIN invoicing_quoteline sold ON sold.id = line.quote_line_id\n            LEFT JOIN invoicing_invoiceline billed ON billed.id = line.invoice_line_id\n            WHERE line.note_id = NEW.id AND (\n                sold.quote_id IS DISTINCT FROM NEW.quote_id\n                OR billed.invoice_id IS DISTINCT FROM NEW.invoice_id\n                OR line.quantity + COALESCE((\n                    SELECT SUM(other.quantity) FROM invoicing_deliveryline other\n                    JOIN invoicing_deliverynote note ON note.id = other.note_id\n                    WHERE note.state IN ('issued', 'signed') AND note.id <> NEW.id\n                    AND (other.quote_line_id = line.quote_line_id\n                        OR other.invoice_line_id = line.invoice_line_id)\n                ), 0) > COALESCE(sold.quantity, billed.quantity)\n            )\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: delivery note % hands over what was not ordered', NEW.number\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='b50e7f5850539c4dc6245d61db36627717724508', operation='UPDATE', pgid='pgtrigger_deliverynote_within_order_efaf9', table='invoicing_deliverynote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverynote',
            trigger=pgtrigger.compiler.Trigger(name='deliverynote_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='880a733db15627abcaf063e187f7feff7fb603ac', operation='DELETE', pgid='pgtrigger_deliverynote_kept_7c7da', table='invoicing_deliverynote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliverynote',
            trigger=pgtrigger.compiler.Trigger(name='deliverynote_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='01ef5672ec71468a58d7dec301e126be98d31c42', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deliverynote_no_truncate_f6141', table='invoicing_deliverynote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='dealpiece',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expense__isnull', True), ('invoice__isnull', True), ('purchase__isnull', True), ('quote__isnull', False)), models.Q(('expense__isnull', True), ('invoice__isnull', False), ('purchase__isnull', True), ('quote__isnull', True)), models.Q(('expense__isnull', True), ('invoice__isnull', True), ('purchase__isnull', False), ('quote__isnull', True)), models.Q(('expense__isnull', False), ('invoice__isnull', True), ('purchase__isnull', True), ('quote__isnull', True)), _connector='OR'), name='dealpiece_one_thing'),
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
            model_name='contractreview',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'to_negotiate', 'refused', 'withdrawn'])), name='contractreview_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contractreview',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='contractreview_titled'),
        ),
        migrations.AddConstraint(
            model_name='contractreview',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='contractreview_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='contractreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by__isnull', False), ('state__in', ('approved', 'to_negotiate', 'refused'))), models.Q(models.Q(('state__in', ('approved', 'to_negotiate', 'refused')), _negated=True), ('answer', ''), ('answered_by__isnull', True)), _connector='OR'), name='contractreview_answered_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('quote', models.F('work')), _negated=True), name='amendment_of_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_like', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_quote quote JOIN invoicing_quote work ON work.id = NEW.work_id\n        WHERE quote.id = NEW.quote_id AND quote.state = 'accepted' AND work.state = 'accepted'\n        AND quote.customer_id = work.customer_id AND quote.activity_id = work.activity_id\n    ) OR EXISTS (\n        SELECT 1 FROM invoicing_amendment other\n        WHERE other.quote_id = NEW.work_id OR other.work_id = NEW.quote_id\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: an amendment is an accepted quote of the same customer, of one work'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='6a951fe2a14fd9120edd6f24f028b614f3213499', operation='INSERT OR UPDATE', pgid='pgtrigger_amendment_like_67087', table='invoicing_amendment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='amendment',
            trigger=pgtrigger.compiler.Trigger(name='amendment_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='be193c9ad880086df751fbc5cb319bf530e512c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_amendment_no_truncate_7432a', table='invoicing_amendment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='quotedisbursement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='quotedisbursement_positive'),
        ),
        migrations.AddConstraint(
            model_name='quotedisbursement',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='quotedisbursement_says_what'),
        ),
        migrations.AddConstraint(
            model_name='quotedisbursement',
            constraint=models.UniqueConstraint(fields=('quote', 'position'), name='quotedisbursement_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotedisbursement',
            trigger=pgtrigger.compiler.Trigger(name='quotedisbursement_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='674212a18d3e6957c37b57dc353700483dfee512', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_quotedisbursement_of_draft_214da', table='invoicing_quotedisbursement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotedisbursement',
            trigger=pgtrigger.compiler.Trigger(name='quotedisbursement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b0c1cc36a271818c8871cd2f6d8ab920113db149', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quotedisbursement_no_truncate_3a31e', table='invoicing_quotedisbursement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.UniqueConstraint(fields=('quote', 'position'), name='quoteinstalment_position_once'),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['deposit', 'interim'])), name='quoteinstalment_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.CheckConstraint(condition=models.Q(('rate__isnull', True), ('amount__isnull', True), _connector='OR'), name='quoteinstalment_one_measure'),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'deposit'), _negated=True), ('rate__isnull', False), ('amount__isnull', False), _connector='OR'), name='quoteinstalment_deposit_says'),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.CheckConstraint(condition=models.Q(('rate__isnull', True), models.Q(('rate__gt', 0), ('rate__lt', 1)), _connector='OR'), name='quoteinstalment_share'),
        ),
        migrations.AddConstraint(
            model_name='quoteinstalment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='quoteinstalment_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteinstalment',
            trigger=pgtrigger.compiler.Trigger(name='quoteinstalment_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='9b0c3501077e6de35979d814763fd4b5bb9c5ef9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_quoteinstalment_of_draft_d71d5', table='invoicing_quoteinstalment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteinstalment',
            trigger=pgtrigger.compiler.Trigger(name='quoteinstalment_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='899f25b8884c37888d8e384eb72d051e5498eba1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quoteinstalment_no_truncate_f3c60', table='invoicing_quoteinstalment', when='BEFORE')),
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
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(cae.core.plain.PlainText('order_reference'), name='gin_trgm_ops'), name='invoice_ordered'),
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
            constraint=models.CheckConstraint(condition=models.Q(('disbursed__gte', 0)), name='invoice_disbursed_some'),
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
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['whole', 'deposit', 'interim', 'progress', 'balance'])), name='invoice_part_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('part', 'whole'), models.Q(('kind', 'invoice'), ('quote__isnull', False)), _connector='OR'), name='invoice_part_of_quote'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part', 'progress'), ('situation__isnull', False)), models.Q(models.Q(('part', 'progress'), _negated=True), ('situation__isnull', True)), _connector='OR'), name='invoice_situation_numbered'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted']), models.Q(('part', 'whole'), _negated=True)), fields=('quote',), name='invoice_one_part_prepared'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retained', 0), ('retention_rate__isnull', True)), models.Q(('part__in', ['progress', 'balance']), ('retained__gte', 0), ('retained__lte', models.F('total_incl_tax')), ('retention_rate__gt', 0), ('retention_rate__lte', Decimal('0.0500'))), _connector='OR'), name='invoice_retained_by_rate'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), models.Q(('retained', 0), ('retained_until__isnull', True)), models.Q(('retained__gt', 0), ('retained_until__gte', models.F('issued_on'))), _connector='OR'), name='invoice_retained_until_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), ('total_incl_tax__gt', 0), models.Q(('disbursed__gt', 0), ('kind', 'credit_note'), ('total_incl_tax', 0)), _connector='OR'), name='invoice_issued_positive'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('part', 'whole'), ('disbursed', 0), _connector='OR'), name='invoice_part_disburses_nothing'),
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
            trigger=pgtrigger.compiler.Trigger(name='invoice_credit_within', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'issued' AND NEW.kind = 'credit_note' AND OLD.state <> 'issued' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = NEW.credited_id FOR UPDATE;\n        IF NOT EXISTS (\n            SELECT 1 FROM invoicing_invoice invoice\n            WHERE invoice.id = NEW.credited_id\n            AND invoice.kind = 'invoice' AND invoice.state = 'issued'\n            AND invoice.customer_id = NEW.customer_id\n            AND invoice.total_incl_tax >= NEW.total_incl_tax + COALESCE((\n                SELECT SUM(note.total_incl_tax) FROM invoicing_invoice note\n                WHERE note.credited_id = NEW.credited_id AND note.state = 'issued' AND note.id <> NEW.id\n            ), 0)\n            AND invoice.total_incl_tax + invoice.disbursed\n            >= NEW.total_incl_tax + NEW.disbursed + COALESCE((\n                SELECT SUM(note.total_incl_tax + note.disbursed) FROM invoicing_invoice note\n                WHERE note.credited_id = NEW.credited_id AND note.state = 'issued' AND note.id <> NEW.id\n            ), 0) + COALESCE((\n                SELECT SUM(loss.amount) FROM invoicing_writeoff loss WHERE loss.invoice_id = NEW.credited_id\n            ), 0)\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: credit notes exceed invoice %', NEW.credited_id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='d94b1b12bba5230b9c882861493008c42ed63f88', operation='UPDATE', pgid='pgtrigger_invoice_credit_within_6727a', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_within_quote', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'issued' AND OLD.state <> 'issued' AND NEW.part <> 'whole' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR UPDATE;\n        IF NEW.total_incl_tax + COALESCE((\n            SELECT SUM(CASE document.kind WHEN 'invoice' THEN document.total_incl_tax\n                ELSE -document.total_incl_tax END)\n            FROM invoicing_invoice document\n            LEFT JOIN invoicing_invoice origin ON origin.id = document.credited_id\n            WHERE document.state = 'issued' AND document.id <> NEW.id\n            AND COALESCE(origin.quote_id, document.quote_id) = NEW.quote_id\n        ), 0) > COALESCE((\n            SELECT SUM(answer.total_incl_tax) FROM invoicing_answer answer\n            LEFT JOIN invoicing_amendment amendment ON amendment.quote_id = answer.quote_id\n            WHERE answer.accepted AND COALESCE(amendment.work_id, answer.quote_id) = NEW.quote_id\n        ), 0) THEN\n            RAISE EXCEPTION 'pgtrigger: parts exceed quote %', NEW.quote_id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='ca29141d5b3ed407b951997692a930b99faad64a', operation='UPDATE', pgid='pgtrigger_invoice_within_quote_b6d48', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_disbursed_proved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'issued' AND OLD.state <> 'issued' THEN\n        IF NEW.disbursed <> COALESCE((\n            SELECT SUM(amount) FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id\n        ), 0) THEN\n            RAISE EXCEPTION 'pgtrigger: the disbursements of document % do not make their total', NEW.id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF EXISTS (\n            SELECT 1 FROM invoicing_invoicedisbursement asked\n            LEFT JOIN invoicing_disbursementproof proof ON proof.id = asked.proof_id\n            LEFT JOIN invoicing_invoicedisbursement former ON former.id = asked.gives_back_id\n            WHERE asked.invoice_id = NEW.id AND (\n                proof.activity_id IS DISTINCT FROM NEW.activity_id\n                OR former.invoice_id IS DISTINCT FROM NEW.credited_id\n                OR (former.id IS NOT NULL AND former.proof_id <> asked.proof_id)\n            )\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: a disbursement of document % has no proof', NEW.id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        PERFORM 1 FROM invoicing_disbursementproof WHERE id IN (\n            SELECT proof_id FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id\n        ) ORDER BY id FOR UPDATE;\n        IF EXISTS (\n            SELECT 1 FROM invoicing_invoicedisbursement asked\n            JOIN invoicing_invoice document ON document.id = asked.invoice_id\n            JOIN invoicing_disbursementproof proof ON proof.id = asked.proof_id\n            WHERE asked.proof_id IN (\n                SELECT proof_id FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id\n            ) AND (document.state = 'issued' OR document.id = NEW.id)\n            GROUP BY proof.id\n            HAVING SUM(CASE document.kind WHEN 'invoice' THEN asked.amount ELSE -asked.amount END)\n                NOT BETWEEN 0 AND proof.amount\n        ) OR EXISTS (\n            SELECT 1 FROM invoicing_invoicedisbursement given\n            JOIN invoicing_invoice document ON document.id = given.invoice_id\n            JOIN invoicing_invoicedisbursement former ON former.id = given.gives_back_id\n            WHERE former.invoice_id = NEW.credited_id AND (document.state = 'issued' OR document.id = NEW.id)\n            GROUP BY former.id\n            HAVING SUM(given.amount) > former.amount\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: document % asks more than the proof of a disbursement', NEW.id\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='35a93b27861b7c7a1d0487f47380e77011e439a9', operation='UPDATE', pgid='pgtrigger_invoice_disbursed_proved_14972', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a58c90d77fd80b2815a2f474a324c8a4726aa9d2', operation='DELETE', pgid='pgtrigger_invoice_kept_053b1', table='invoicing_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='48aff9f2adf33dfa2d63037b714064e3c5e49dbf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_no_truncate_d02f5', table='invoicing_invoice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.UniqueConstraint(fields=('note', 'position'), name='deliveryline_position_once'),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.UniqueConstraint(fields=('note', 'quote_line'), name='deliveryline_quote_line_once'),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.UniqueConstraint(fields=('note', 'invoice_line'), name='deliveryline_invoice_line_once'),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice_line__isnull', True), ('quote_line__isnull', False)), models.Q(('invoice_line__isnull', False), ('quote_line__isnull', True)), _connector='OR'), name='deliveryline_one_line'),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='deliveryline_some'),
        ),
        migrations.AddConstraint(
            model_name='deliveryline',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='deliveryline_unit_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliveryline',
            trigger=pgtrigger.compiler.Trigger(name='deliveryline_of_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_deliverynote WHERE id = OLD.note_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_deliverynote WHERE id = OLD.note_id AND number IS NOT NULL) THEN\n            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_deliverynote WHERE id = NEW.note_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_deliverynote WHERE id = NEW.note_id AND number IS NOT NULL) THEN\n        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='9f09138e3e6e7e0906be549c0e49ed49daf73686', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_deliveryline_of_open_5b295', table='invoicing_deliveryline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deliveryline',
            trigger=pgtrigger.compiler.Trigger(name='deliveryline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7ab4e1253b425e765aa67c44ec92df3618551b4c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deliveryline_no_truncate_8736e', table='invoicing_deliveryline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='chosenoption',
            constraint=models.UniqueConstraint(condition=models.Q(('choice', ''), _negated=True), fields=('quote', 'choice'), name='chosenoption_one_variant'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chosenoption',
            trigger=pgtrigger.compiler.Trigger(name='chosenoption_of_line', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_quoteline line\n        WHERE line.id = NEW.line_id AND line.quote_id = NEW.quote_id AND line.choice = NEW.choice\n        AND (line.optional OR line.choice <> '')\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: only an option or a variant of the quote is taken'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='0ccc5285c3c67274750f01c5c84fda9917124a71', operation='INSERT OR UPDATE', pgid='pgtrigger_chosenoption_of_line_2259a', table='invoicing_chosenoption', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='quoteshare',
            index=models.Index(condition=models.Q(('agreed_at__isnull', True), ('asked_at__isnull', False)), fields=['activity'], name='quoteshare_waiting'),
        ),
        migrations.AddConstraint(
            model_name='quoteshare',
            constraint=models.UniqueConstraint(fields=('quote', 'activity'), name='quoteshare_once'),
        ),
        migrations.AddConstraint(
            model_name='quoteshare',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gt', 0), ('rate__lt', 1)), name='quoteshare_share'),
        ),
        migrations.AddConstraint(
            model_name='quoteshare',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by__isnull', True), ('agreed_at__isnull', False), _connector='OR'), name='quoteshare_agreed_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteshare',
            trigger=pgtrigger.compiler.Trigger(name='quoteshare_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') AND (\n            TG_OP = 'DELETE'\n            OR NOT EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state = 'submitted')\n            OR to_jsonb(OLD) - string_to_array('asked_at agreed_at agreed_by_id', ' ')\n                <> to_jsonb(NEW) - string_to_array('asked_at agreed_at agreed_by_id', ' ')\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: the shares of a quote that is no draft'\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    ELSE\n        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: the shares of a quote that is no draft'\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='97d4a78627f66f13be6f3c1858a0257958a4fa91', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_quoteshare_open_eb8c1', table='invoicing_quoteshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteshare',
            trigger=pgtrigger.compiler.Trigger(name='quoteshare_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6224147dde6cfe3be30ffaec5127c8427ed706e5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_quoteshare_no_truncate_1fdd2', table='invoicing_quoteshare', when='BEFORE')),
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
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'refunded', 'offset', 'deposit'])), name='receipt_kind_known'),
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
            trigger=pgtrigger.compiler.Trigger(name='receipt_shared', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF (SELECT COALESCE(SUM(amount), 0) FROM invoicing_payment WHERE receipt_id = NEW.id)\n        <> (CASE NEW.kind WHEN 'refunded' THEN -NEW.amount WHEN 'offset' THEN 0 ELSE NEW.amount END)\n            * (CASE WHEN NEW.reverses_id IS NULL THEN 1 ELSE -1 END)\n        OR NOT EXISTS (SELECT 1 FROM invoicing_payment WHERE receipt_id = NEW.id)\n    THEN\n        RAISE EXCEPTION 'pgtrigger: the shares of receipt % do not make its amount', NEW.id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    IF NEW.reverses_id IS NOT NULL AND EXISTS (\n        SELECT 1\n        FROM (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.reverses_id) former\n        FULL JOIN (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.id) latter\n            ON latter.invoice_id = former.invoice_id\n        WHERE former.amount IS DISTINCT FROM -latter.amount\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: a receipt is reversed whole'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='37f8084bd2e2ee5ecece13399c7805d1bf24dc4d', operation='INSERT', pgid='pgtrigger_receipt_shared_007f2', table='invoicing_receipt', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
            model_name='recharge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('line',), name='recharge_once'),
        ),
        migrations.AddConstraint(
            model_name='recharge',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='recharge_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recharge',
            trigger=pgtrigger.compiler.Trigger(name='recharge_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='be65c6339c0157abb17dc245d45989d0ef177c2d', operation='UPDATE', pgid='pgtrigger_recharge_frozen_17690', table='invoicing_recharge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recharge',
            trigger=pgtrigger.compiler.Trigger(name='recharge_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ead53170a9c6bf4bf0612fe6fab440c2870bde10', operation='DELETE', pgid='pgtrigger_recharge_kept_8e17a', table='invoicing_recharge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recharge',
            trigger=pgtrigger.compiler.Trigger(name='recharge_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9c2b55ee3988869252071044ce13c5f7feacb134', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_recharge_no_truncate_3fd1a', table='invoicing_recharge', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='recurringplan',
            index=models.Index(condition=models.Q(('state', 'active')), fields=['next_on'], name='recurringplan_to_make'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='recurringplan_titled'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', False), ('order__isnull', True), ('quote__isnull', True)), models.Q(('invoice__isnull', True), ('order__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', True), ('order__isnull', False), ('quote__isnull', True)), _connector='OR'), name='recurringplan_one_model'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('customer__isnull', False), ('order__isnull', True)), models.Q(('customer__isnull', True), ('mode', 'draft'), ('order__isnull', False)), _connector='OR'), name='recurringplan_customer_of_sale'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(('every__in', ['month', 'quarter', 'half', 'year'])), name='recurringplan_every_known'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['draft', 'send'])), name='recurringplan_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'ended'])), name='recurringplan_state_known'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_on__isnull', True), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('next_on__gte', models.F('first_on')), ('next_on__isnull', False)), _connector='OR'), name='recurringplan_next_unless_ended'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('first_on')), _connector='OR'), name='recurringplan_until_after_first'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('index_rate__isnull', True), ('index_since__isnull', True)), models.Q(('index_rate__gt', 0), ('index_rate__lte', Decimal('0.5000')), ('index_since__isnull', False)), _connector='OR'), name='recurringplan_index_whole'),
        ),
        migrations.AddConstraint(
            model_name='recurringplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failed_at__isnull', True), ('failure', '')), models.Q(models.Q(('failure', ''), _negated=True), ('failed_at__isnull', False)), _connector='OR'), name='recurringplan_failure_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringplan',
            trigger=pgtrigger.compiler.Trigger(name='recurringplan_model_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."quote_id" IS DISTINCT FROM (NEW."quote_id") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e2469e825186754c5d484f78306e6083409f7eae', operation='UPDATE', pgid='pgtrigger_recurringplan_model_kept_be8fe', table='invoicing_recurringplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringplan',
            trigger=pgtrigger.compiler.Trigger(name='recurringplan_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a9d50abe6491dfe7f5066cae924345f4eb363d56', operation='DELETE', pgid='pgtrigger_recurringplan_kept_1b759', table='invoicing_recurringplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringplan',
            trigger=pgtrigger.compiler.Trigger(name='recurringplan_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ef6c871860afad6104af266a3eca812c53ccb3c8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_recurringplan_no_truncate_e4666', table='invoicing_recurringplan', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='recurringmade',
            constraint=models.UniqueConstraint(fields=('plan', 'on'), name='recurringmade_once'),
        ),
        migrations.AddConstraint(
            model_name='recurringmade',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'made'), models.Q(models.Q(('invoice__isnull', False), ('order__isnull', True), ('quote__isnull', True)), models.Q(('invoice__isnull', True), ('order__isnull', True), ('quote__isnull', False)), models.Q(('invoice__isnull', True), ('order__isnull', False), ('quote__isnull', True)), _connector='OR')), models.Q(('outcome', 'skipped'), ('invoice__isnull', True), ('order__isnull', True), ('quote__isnull', True)), _connector='OR'), name='recurringmade_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringmade',
            trigger=pgtrigger.compiler.Trigger(name='recurringmade_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2814f8cdbf3bed56590d3a25393d2fe437e8d8d1', operation='UPDATE OR DELETE', pgid='pgtrigger_recurringmade_append_only_4b41d', table='invoicing_recurringmade', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringmade',
            trigger=pgtrigger.compiler.Trigger(name='recurringmade_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d07584011bfb43fff5df5dd763f1d6deeb426f1f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_recurringmade_no_truncate_a7b05', table='invoicing_recurringmade', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='refundwaiver',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refundwaiver_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refundwaiver',
            trigger=pgtrigger.compiler.Trigger(name='refundwaiver_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e10bcd53caecb99a8b34bd7334621d7c0c6729cb', operation='UPDATE OR DELETE', pgid='pgtrigger_refundwaiver_append_only_5ba4a', table='invoicing_refundwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refundwaiver',
            trigger=pgtrigger.compiler.Trigger(name='refundwaiver_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2522b6feb1332f9076cb458724151ae685c9b75d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refundwaiver_no_truncate_aea73', table='invoicing_refundwaiver', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['mail', 'letter', 'call'])), name='reminder_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('tone__in', ['courteous', 'firm', 'formal'])), name='reminder_tone_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access__isnull', False), ('channel', 'mail'), models.Q(('to', ''), _negated=True)), models.Q(models.Q(('channel', 'mail'), _negated=True), ('access__isnull', True), ('to', '')), _connector='OR'), name='reminder_mailed_behind_a_link'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tone', 'formal'), _negated=True), ('channel', 'letter'), _connector='OR'), name='reminder_formal_by_letter'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('pdf__isnull', True), ('channel', 'letter'), _connector='OR'), name='reminder_only_a_letter_has_a_file'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True), ('undone_reason', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_reason', ''), _negated=True), models.Q(('channel', 'mail'), _negated=True)), _connector='OR'), name='reminder_undone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reminder_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('due__gt', 0), ('indemnity__gte', 0), ('penalty__gte', 0)), name='reminder_amounts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='reminder_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ecbd184aaa8165618514e9a0294079f30ef09172', operation='DELETE', pgid='pgtrigger_reminder_kept_04cd4', table='invoicing_reminder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='reminder_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."access_id" IS DISTINCT FROM (NEW."access_id") OR OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."due" IS DISTINCT FROM (NEW."due") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indemnity" IS DISTINCT FROM (NEW."indemnity") OR OLD."penalty" IS DISTINCT FROM (NEW."penalty") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."to" IS DISTINCT FROM (NEW."to") OR OLD."tone" IS DISTINCT FROM (NEW."tone"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='94f2ccb5f7ab9ad8e55de22805742c57ef76218a', operation='UPDATE', pgid='pgtrigger_reminder_frozen_df1b9', table='invoicing_reminder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='reminder_letter_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."pdf_id" IS NOT NULL AND OLD."pdf_id" IS DISTINCT FROM (NEW."pdf_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='003da31a216d2ad157357dcd147fe5c2362ca460', operation='UPDATE', pgid='pgtrigger_reminder_letter_once_b2f98', table='invoicing_reminder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='reminder_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fe8fa8ce05d1e8c80f3698b0cebb98210e9f342d', operation='UPDATE', pgid='pgtrigger_reminder_undone_once_700f0', table='invoicing_reminder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='reminder_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='756f22be7b2202b4118a1848272045fb3b2e62c5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reminder_no_truncate_ca9d1', table='invoicing_reminder', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reminderline',
            constraint=models.UniqueConstraint(fields=('reminder', 'invoice'), name='reminderline_invoice_once'),
        ),
        migrations.AddConstraint(
            model_name='reminderline',
            constraint=models.CheckConstraint(condition=models.Q(('due__gt', 0), ('indemnity__gte', 0), ('penalty__gte', 0)), name='reminderline_amounts'),
        ),
        migrations.AddConstraint(
            model_name='reminderline',
            constraint=models.CheckConstraint(condition=models.Q(('days_late__gt', 0)), name='reminderline_late'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminderline',
            trigger=pgtrigger.compiler.Trigger(name='reminderline_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7430d084df960487de0451b7429aac4e8dd221d3', operation='UPDATE OR DELETE', pgid='pgtrigger_reminderline_append_only_304e2', table='invoicing_reminderline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminderline',
            trigger=pgtrigger.compiler.Trigger(name='reminderline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='bd30e697c8c661166a78f3634883cd8860622b9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reminderline_no_truncate_24fe4', table='invoicing_reminderline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reminderpause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('customer__isnull', False), ('invoice__isnull', True)), models.Q(('customer__isnull', True), ('invoice__isnull', False)), _connector='OR'), name='reminderpause_of_one'),
        ),
        migrations.AddConstraint(
            model_name='reminderpause',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reminderpause_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminderpause',
            trigger=pgtrigger.compiler.Trigger(name='reminderpause_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a5543c10dcd4a706ca0a8d5fb3f4177959bf1f66', operation='DELETE', pgid='pgtrigger_reminderpause_kept_ffdd5', table='invoicing_reminderpause', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminderpause',
            trigger=pgtrigger.compiler.Trigger(name='reminderpause_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='94b58d454f8c192154c945aad372eb872f34bbe0', operation='UPDATE', pgid='pgtrigger_reminderpause_frozen_a3798', table='invoicing_reminderpause', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminderpause',
            trigger=pgtrigger.compiler.Trigger(name='reminderpause_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d9f63698a4e77d37dc4782111a7c34ef6350aace', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reminderpause_no_truncate_bca08', table='invoicing_reminderpause', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reminderstep',
            constraint=models.UniqueConstraint(fields=('activity', 'days'), name='reminderstep_day_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reminderstep',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365)), name='reminderstep_days_within'),
        ),
        migrations.AddConstraint(
            model_name='reminderstep',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['mail', 'letter', 'call'])), name='reminderstep_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='reminderstep',
            constraint=models.CheckConstraint(condition=models.Q(('tone__in', ['courteous', 'firm', 'formal'])), name='reminderstep_tone_known'),
        ),
        migrations.AddConstraint(
            model_name='reminderstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tone', 'formal'), _negated=True), ('channel', 'letter'), _connector='OR'), name='reminderstep_formal_by_letter'),
        ),
        migrations.AddConstraint(
            model_name='retentionrelease',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='retentionrelease_positive'),
        ),
        migrations.AddConstraint(
            model_name='retentionrelease',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('on'))), name='retentionrelease_due_after'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionrelease',
            trigger=pgtrigger.compiler.Trigger(name='retentionrelease_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='011503823df6e6c537462eb527d76ad7fab4722f', operation='UPDATE OR DELETE', pgid='pgtrigger_retentionrelease_append_only_3ea28', table='invoicing_retentionrelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionrelease',
            trigger=pgtrigger.compiler.Trigger(name='retentionrelease_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0c889052bc23833a62f700a71a7613f949a660d8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_retentionrelease_no_truncate_8e58f', table='invoicing_retentionrelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionrelease',
            trigger=pgtrigger.compiler.Trigger(name='retentionrelease_held', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF NOT EXISTS (\n        SELECT 1 FROM invoicing_invoice invoice\n        WHERE invoice.id = NEW.invoice_id AND invoice.state = \'issued\' AND invoice.retained = NEW.amount\n        AND invoice.issued_on <= NEW."on"\n    ) THEN\n        RAISE EXCEPTION \'pgtrigger: what is released is what was held\'\n            USING ERRCODE = \'integrity_constraint_violation\';\n    END IF;\n    RETURN NEW;\n', hash='8250774659eeb5c65de21a482c24f60b1e4435ce', operation='INSERT', pgid='pgtrigger_retentionrelease_held_1e381', table='invoicing_retentionrelease', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reviewpoint',
            constraint=models.UniqueConstraint(fields=('review', 'subject'), name='reviewpoint_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewpoint',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['amount', 'liability', 'penalties', 'insurance', 'payment', 'property', 'termination'])), name='reviewpoint_subject_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewpoint',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['good', 'reserve', 'blocking'])), name='reviewpoint_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewpoint',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'good'), models.Q(('words', ''), _negated=True), models.Q(('proposed', ''), _negated=True), _connector='OR'), name='reviewpoint_fault_explained'),
        ),
        migrations.AddConstraint(
            model_name='routingaddress',
            constraint=models.CheckConstraint(condition=models.Q(('suffix__regex', '^[A-Z0-9][A-Z0-9+/_-]*$')), name='routing_suffix_plain'),
        ),
        migrations.AddConstraint(
            model_name='routingaddress',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='routing_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='routingaddress',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('activity',), name='routing_one_current'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='routingaddress',
            trigger=pgtrigger.compiler.Trigger(name='routing_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0b6f8163a748599c34f66cea615efe60332a22bb', operation='DELETE', pgid='pgtrigger_routing_kept_d34a8', table='invoicing_routingaddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='routingaddress',
            trigger=pgtrigger.compiler.Trigger(name='routing_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."suffix" IS DISTINCT FROM (NEW."suffix"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eb11b8036b04068cf72690383c756ecb08f39003', operation='UPDATE', pgid='pgtrigger_routing_frozen_ed318', table='invoicing_routingaddress', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='routingaddress',
            trigger=pgtrigger.compiler.Trigger(name='routingaddress_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a9f22f1840a7498c2a7f78534d61280dd6f1b5cf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_routingaddress_no_truncate_20e19', table='invoicing_routingaddress', when='BEFORE')),
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
            model_name='senderidentity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('reply_to', '')), models.Q(models.Q(('reply_to', ''), _negated=True), ('confirmed_at__isnull', False)), _connector='OR'), name='sender_confirmed_when_dated'),
        ),
        migrations.AddConstraint(
            model_name='senderidentity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked', ''), ('asked_at__isnull', True), ('link__isnull', True)), models.Q(models.Q(('asked', ''), _negated=True), ('asked_at__isnull', False), ('link__isnull', False)), _connector='OR'), name='sender_asked_by_link'),
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
        migrations.AddConstraint(
            model_name='splitkeypart',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='splitkeypart_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='splitkeypart',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='splitkeypart_weighs'),
        ),
        migrations.AddConstraint(
            model_name='splitkeypart',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('key', '='), ('section', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='splitkeypart_one_at_a_date'),
        ),
        migrations.AddIndex(
            model_name='supplier',
            index=models.Index(fields=['sort_name', 'id'], name='supplier_in_order'),
        ),
        migrations.AddIndex(
            model_name='supplier',
            index=django.contrib.postgres.indexes.GinIndex(fields=['sort_name'], name='supplier_found', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='supplier_named'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.UniqueConstraint(condition=models.Q(('siren', ''), _negated=True), fields=('siren',), name='supplier_one_per_siren'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.UniqueConstraint(condition=models.Q(('vat_number', ''), _negated=True), fields=('vat_number',), name='supplier_one_per_vat_number'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.CheckConstraint(condition=models.Q(('payment_days__isnull', True), ('payment_days__lte', 60), _connector='OR'), name='supplier_payment_days_legal'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.CheckConstraint(condition=models.Q(('vat_rate__gte', 0), ('vat_rate__lte', 1)), name='supplier_rate_within'),
        ),
        migrations.AddConstraint(
            model_name='supplier',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', False), _connector='OR'), name='supplier_accepted_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='purchaseorder',
            index=models.Index(fields=['activity', 'state'], name='purchaseorder_of_activity'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'sent', 'closed', 'cancelled'])), name='purchaseorder_state_known'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='purchaseorder_says_what'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', False), ('approved_on__isnull', False), ('number__isnull', False), ('state__in', ('approved', 'sent', 'closed'))), ('state', 'cancelled'), models.Q(('approved_on__isnull', True), ('number__isnull', True), ('state__in', ['draft', 'submitted'])), _connector='OR'), name='purchaseorder_numbered_once_approved'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='purchaseorder_sent_dated'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('closed_reason', ''), _negated=True), _connector='OR'), name='purchaseorder_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='purchaseorder_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.number IS NOT NULL AND to_jsonb(OLD) - string_to_array('state state_since sent_at closed_reason pdf_id version internal_note', ' ')\n        <> to_jsonb(NEW) - string_to_array('state state_since sent_at closed_reason pdf_id version internal_note', ' ')\n    THEN\n        RAISE EXCEPTION 'pgtrigger: supplier order % is frozen', OLD.number\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='a0863a997de1a1e18ab2e67255f214f90136e4ed', operation='UPDATE', pgid='pgtrigger_purchaseorder_frozen_1fa1e', table='invoicing_purchaseorder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='purchaseorder_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c60e794df1456148a42b5d42a07df0cfc4ec7f73', operation='DELETE', pgid='pgtrigger_purchaseorder_kept_4ec3d', table='invoicing_purchaseorder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='purchaseorder_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7f3d254a6c446a5a5b3c244283aee0e252bb12d1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchaseorder_no_truncate_431bf', table='invoicing_purchaseorder', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['activity', 'state', 'on'], name='purchase_of_activity'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['state', 'due_on'], name='purchase_due'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['invoice', 'credit_note'])), name='purchase_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'checking', 'approved', 'disputed', 'refused', 'ordered', 'paid'])), name='purchase_state_known'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('number_key', ''), _negated=True)), name='purchase_numbered'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.UniqueConstraint(models.F('supplier'), models.F('number_key'), django.db.models.functions.datetime.ExtractYear('on'), condition=models.Q(('state', 'refused'), _negated=True), name='purchase_once'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('total_gross', django.db.models.expressions.CombinedExpression(models.F('total_net'), '+', models.F('total_tax')))), name='purchase_totals_agree'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('total_gross__gt', 0)), name='purchase_of_money'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('on'))), name='purchase_due_after_date'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('entry__isnull', False), ('state__in', ('approved', 'ordered', 'paid'))), models.Q(models.Q(('state__in', ('approved', 'ordered', 'paid')), _negated=True), ('approved_at__isnull', True), ('entry__isnull', True)), _connector='OR'), name='purchase_posted_whole'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['disputed', 'refused']), _negated=True), models.Q(('reason_code', ''), _negated=True), _connector='OR'), name='purchase_answer_says_why'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_on__isnull', True)), _connector='OR'), name='purchase_paid_dated'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('imputed_on__isnull', True), models.Q(('kind', 'credit_note'), ('state', 'paid'), models.Q(('imputed_on', models.F('pk')), _negated=True)), _connector='OR'), name='purchase_credit_imputed'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='purchase_currency_shape'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(('currency', 'EUR'), models.Q(('currency_note', ''), _negated=True), _connector='OR'), name='purchase_foreign_says_how_much'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='purchase_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.entry_id IS NOT NULL AND to_jsonb(OLD) - string_to_array('state state_since entry_id approved_by_id approved_at paid_on imputed_on_id reason_code reason dispute_kind version order_id document_id note', ' ')\n        <> to_jsonb(NEW) - string_to_array('state state_since entry_id approved_by_id approved_at paid_on imputed_on_id reason_code reason dispute_kind version order_id document_id note', ' ')\n    THEN\n        RAISE EXCEPTION 'pgtrigger: purchase % is posted and frozen', OLD.id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='00042a046e5f94054e2184581f086a69713f726b', operation='UPDATE', pgid='pgtrigger_purchase_frozen_6c11e', table='invoicing_purchase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='purchase_shared', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF NEW.entry_id IS NOT NULL AND (\n        SELECT COALESCE(SUM(gross), 0) FROM invoicing_purchaseshare WHERE purchase_id = NEW.id\n    ) <> NEW.total_gross THEN\n        RAISE EXCEPTION 'pgtrigger: the shares of purchase % do not make its total', NEW.id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='8d1227bbaaf4eccb9dd71a314a176b3f30bb651b', operation='INSERT OR UPDATE', pgid='pgtrigger_purchase_shared_38206', table='invoicing_purchase', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='purchase_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0b23fce8b335b0c324e1ecb3e0d082a9d8354c4e', operation='DELETE', pgid='pgtrigger_purchase_kept_44cfc', table='invoicing_purchase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='purchase_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8e4ac7de68d3fe560a9b81d271b9d4b15d455fea', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchase_no_truncate_fd74b', table='invoicing_purchase', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['typed', 'invoice'])), name='supplierbank_source_known'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'confirmed', 'rejected'])), name='supplierbank_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(('iban__regex', '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$')), name='supplierbank_iban_shape'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='supplierbank_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'confirmed'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='supplierbank_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'confirmed'), _negated=True), models.Q(models.Q(('called_whom', ''), _negated=True), models.Q(('called_number', ''), _negated=True), ('called_on__isnull', False)), _connector='OR'), name='supplierbank_confirmed_after_a_call'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='supplierbank_rejected_says_why'),
        ),
        migrations.AddConstraint(
            model_name='supplierbank',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', '')), fields=('supplier',), name='supplierbank_one_waiting'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierbank',
            trigger=pgtrigger.compiler.Trigger(name='supplierbank_proposal_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."supplier_id" IS DISTINCT FROM (NEW."supplier_id") OR OLD."iban" IS DISTINCT FROM (NEW."iban") OR OLD."bic" IS DISTINCT FROM (NEW."bic") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='40903e6285181cf0d15d6290a83df7f07665cd77', operation='UPDATE', pgid='pgtrigger_supplierbank_proposal_frozen_e308a', table='invoicing_supplierbank', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierbank',
            trigger=pgtrigger.compiler.Trigger(name='supplierbank_decision_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.verdict <> '')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d5a432852d8fb5cc5173f20041a43b3db2f97c9e', operation='UPDATE', pgid='pgtrigger_supplierbank_decision_frozen_892bd', table='invoicing_supplierbank', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierbank',
            trigger=pgtrigger.compiler.Trigger(name='supplierbank_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cbed5acc3acfc12408406dd14bfb729b247a22a9', operation='DELETE', pgid='pgtrigger_supplierbank_kept_f3295', table='invoicing_supplierbank', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierbank',
            trigger=pgtrigger.compiler.Trigger(name='supplierbank_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='da293f87b42bf167053eea5f6db762b8aa7f5fcc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_supplierbank_no_truncate_3f5e0', table='invoicing_supplierbank', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='taxshare',
            constraint=models.UniqueConstraint(fields=('of', 'activity'), name='taxshare_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxshare',
            trigger=pgtrigger.compiler.Trigger(name='taxshare_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='813468e4a52686b4b46724230d7b2d18def5c26c', operation='UPDATE OR DELETE', pgid='pgtrigger_taxshare_append_only_ca2ce', table='invoicing_taxshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxshare',
            trigger=pgtrigger.compiler.Trigger(name='taxshare_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='668be91980301da1e12acd9783efb761466427da', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_taxshare_no_truncate_06ba7', table='invoicing_taxshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taxshare',
            trigger=pgtrigger.compiler.Trigger(name='taxshare_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM invoicing_invoicetax whole\n        WHERE whole.id = NEW.of_id AND (whole.base, whole.tax) <> (\n            SELECT SUM(base), SUM(tax) FROM invoicing_taxshare WHERE of_id = NEW.of_id\n        )\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: the parts of tax % do not make it', NEW.of_id\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='c0ca82c48ee90e617b18c4d5153decb35f7b94f2', operation='INSERT', pgid='pgtrigger_taxshare_whole_48bdd', table='invoicing_taxshare', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
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
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('reached__isnull', True), models.Q(('quote_line__isnull', False), ('reached__gte', 0), ('reached__lte', 1)), _connector='OR'), name='invoiceline_reached_share'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='invoiceline_of_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_invoice WHERE id = OLD.invoice_id FOR KEY SHARE;\n        IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = OLD.invoice_id AND state <> 'draft') THEN\n            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR KEY SHARE;\n    IF EXISTS (SELECT 1 FROM invoicing_invoice WHERE id = NEW.invoice_id AND state <> 'draft') THEN\n        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='2622a9970d1773fca47cae04a8f4dc552c3b7dd2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_invoiceline_of_draft_46a5c', table='invoicing_invoiceline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='invoiceline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7e4a828eed34f0db52e2c39dbc846950b37a1ac2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoiceline_no_truncate_01ed5', table='invoicing_invoiceline', when='BEFORE')),
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
        migrations.AddIndex(
            model_name='mileagetrip',
            index=models.Index(fields=['vehicle', 'on'], name='mileagetrip_of_year'),
        ),
        migrations.AddConstraint(
            model_name='mileagetrip',
            constraint=models.CheckConstraint(condition=models.Q(('km__gt', 0)), name='mileagetrip_km_positive'),
        ),
        migrations.AddConstraint(
            model_name='mileagetrip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returns', False), ('total_km', models.F('km'))), models.Q(('returns', True), ('total_km', django.db.models.expressions.CombinedExpression(models.F('km'), '*', models.Value(2)))), _connector='OR'), name='mileagetrip_total_km'),
        ),
        migrations.AddConstraint(
            model_name='mileagetrip',
            constraint=models.CheckConstraint(condition=models.Q(('back_on__isnull', True), models.Q(('back_on__gte', models.F('on')), ('returns', True), django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractYear('back_on'), django.db.models.functions.datetime.ExtractYear('on'))), _connector='OR'), name='mileagetrip_of_one_year'),
        ),
        migrations.AddConstraint(
            model_name='mileagetrip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('start', ''), _negated=True), models.Q(('arrival', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='mileagetrip_says_where'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileagetrip',
            trigger=pgtrigger.compiler.Trigger(name='mileagetrip_of_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."line_id" IS DISTINCT FROM (NEW."line_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1040d41404c061caf808be277ed45b044ce9d655', operation='UPDATE', pgid='pgtrigger_mileagetrip_of_line_88441', table='invoicing_mileagetrip', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='mileageadjustment',
            index=models.Index(fields=['vehicle', 'year'], name='mileageadjust_of_year'),
        ),
        migrations.AddConstraint(
            model_name='mileageadjustment',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000)), name='mileageadjust_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mileageadjustment',
            trigger=pgtrigger.compiler.Trigger(name='mileageadjust_of_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."vehicle_id" IS DISTINCT FROM (NEW."vehicle_id") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='63e85e9cccb11d8b92a988221e7e16c6aa286dd7', operation='UPDATE', pgid='pgtrigger_mileageadjust_of_line_f9fcb', table='invoicing_mileageadjustment', when='BEFORE')),
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
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(condition=models.Q(('state', 'to_complete')), fields=['person'], name='voucher_waiting'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['sha256'], name='voucher_sha256'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['photo', 'upload', 'mail'])), name='voucher_source_known'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_complete', 'used', 'set_aside'])), name='voucher_state_known'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='voucher_hash_shape'),
        ),
        migrations.AddConstraint(
            model_name='voucher',
            constraint=models.UniqueConstraint(fields=('person', 'sha256'), name='voucher_once_a_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."taken_at" IS DISTINCT FROM (NEW."taken_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cbabfd5e4d752c799a69a593022115a5008b43f3', operation='UPDATE', pgid='pgtrigger_voucher_frozen_6a621', table='invoicing_voucher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2234f016e70d107d6bb2f45a1ba67cd3e6bb09aa', operation='DELETE', pgid='pgtrigger_voucher_kept_43f47', table='invoicing_voucher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f92d5a4949c1924d1dad62d37a38dbcfaca9f713', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_voucher_no_truncate_384db', table='invoicing_voucher', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='expenseline',
            index=models.Index(fields=['on', 'gross'], name='expenseline_twins'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('paid_with__in', ['own', 'cooperative', 'advance'])), name='expenseline_paid_known'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['pending', 'approved', 'corrected', 'refused'])), name='expenseline_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('tax', 0), models.Q(('tax__gt', 0), ('tax__lt', models.F('gross'))), _connector='OR'), name='expenseline_tax_within'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('deductible__gte', 0), ('deductible__lte', models.F('tax'))), name='expenseline_deductible_within'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('business_share__gt', 0), ('business_share__lte', 1)), name='expenseline_share'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('recovery__gte', 0), ('recovery__lte', 1)), name='expenseline_recovery'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gte', 0), ('amount__lte', models.F('gross')), ('gross__gte', 0)), models.Q(('amount', models.F('gross')), ('gross__lt', 0)), _connector='OR'), name='expenseline_amount_within'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='expenseline_says_what'),
        ),
        migrations.AddConstraint(
            model_name='expenseline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['corrected', 'refused']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='expenseline_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseline',
            trigger=pgtrigger.compiler.Trigger(name='expenseline_of_open_claim', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        PERFORM 1 FROM invoicing_expenseclaim WHERE id = OLD.claim_id FOR KEY SHARE;\n        IF EXISTS (\n            SELECT 1 FROM invoicing_expenseclaim\n            WHERE id = OLD.claim_id AND state NOT IN ('draft', 'submitted')\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: line of a claim that is booked'\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN\n            RETURN OLD;\n        END IF;\n    END IF;\n    PERFORM 1 FROM invoicing_expenseclaim WHERE id = NEW.claim_id FOR KEY SHARE;\n    IF EXISTS (\n        SELECT 1 FROM invoicing_expenseclaim\n        WHERE id = NEW.claim_id AND state NOT IN ('draft', 'submitted')\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: line of a claim that is booked'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='78f74ff399aedd8aacf00fafc16992b250f64f09', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_expenseline_of_open_claim_ea052', table='invoicing_expenseline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='expenseline',
            trigger=pgtrigger.compiler.Trigger(name='expenseline_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='af4e8ea5559e81529bb7f643de98d5efb969dfc7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_expenseline_no_truncate_db4c6', table='invoicing_expenseline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='writeoff_says_why'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('charge__gte', 0), ('proof__isnull', False), ('reverses__isnull', True), ('tax__gte', 0)), models.Q(('amount__lt', 0), ('charge__lte', 0), ('reverses__isnull', False), ('tax__lte', 0)), _connector='OR'), name='writeoff_signed'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('charge'), '+', models.F('tax')))), name='writeoff_whole'),
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('reverses', models.F('pk')), _negated=True), name='writeoff_not_its_own'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='writeoff',
            trigger=pgtrigger.compiler.Trigger(name='writeoff_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44ac7a796931c0058d6ead43fc467e83e4ee16b8', operation='UPDATE OR DELETE', pgid='pgtrigger_writeoff_append_only_9c727', table='invoicing_writeoff', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='writeoff',
            trigger=pgtrigger.compiler.Trigger(name='writeoff_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='664477437f82f25b1c07b355c84d104c4bdacb22', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_writeoff_no_truncate_99c2b', table='invoicing_writeoff', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='writeoff',
            trigger=pgtrigger.compiler.Trigger(name='writeoff_coherent', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;\n    IF NEW.reverses_id IS NOT NULL THEN\n        IF NOT EXISTS (\n            SELECT 1 FROM invoicing_writeoff former\n            WHERE former.id = NEW.reverses_id AND former.reverses_id IS NULL\n            AND former.invoice_id = NEW.invoice_id\n            AND former.charge = -NEW.charge AND former.tax = -NEW.tax\n        ) THEN\n            RAISE EXCEPTION 'pgtrigger: a loss is taken back whole'\n                USING ERRCODE = 'integrity_constraint_violation';\n        END IF;\n    ELSIF NOT EXISTS (\n        SELECT 1 FROM invoicing_invoice invoice\n        JOIN invoicing_balance balance ON balance.document_id = invoice.id\n        WHERE invoice.id = NEW.invoice_id AND invoice.kind = 'invoice' AND invoice.state = 'issued'\n        AND balance.due = NEW.amount\n    ) THEN\n        RAISE EXCEPTION 'pgtrigger: only the whole rest of an issued invoice is given up'\n            USING ERRCODE = 'integrity_constraint_violation';\n    END IF;\n    RETURN NEW;\n", hash='173a28f363bdb2dfcfb1ad443e290f09ab58b84f', operation='INSERT', pgid='pgtrigger_writeoff_coherent_2af23', table='invoicing_writeoff', when='BEFORE')),
        ),
        migrations.RunSQL(CREATE_VIEW, DROP_VIEW),
    ]
