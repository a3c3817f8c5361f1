import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import entrepreneurs.models.absences
import entrepreneurs.models.meetings
import people.models.periods
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WelcomeStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('label', models.CharField(max_length=60, verbose_name='nom')),
                ('kind', models.CharField(choices=[('entry', 'Entrée'), ('work', 'Travail'), ('decision', 'Décision'), ('end', 'Fin')], default='work', max_length=10, verbose_name='sorte')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('late_after', models.PositiveSmallIntegerField(blank=True, help_text='Vide : une carte de cette colonne n’est jamais en retard.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='en retard après (jours)')),
            ],
            options={
                'verbose_name': 'colonne d’accueil',
                'verbose_name_plural': 'colonnes d’accueil',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WelcomeTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('entries', 'Entrées dans l’année'), ('capacity', 'Places chez un·e accompagnateur·rice')], max_length=10, verbose_name='sorte')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('door', models.CharField(blank=True, choices=[('activity', 'J’ai une activité'), ('idea', 'J’ai une idée'), ('collective', 'Je viens avec mes compétences, dans un collectif')], max_length=12, verbose_name='porte d’entrée')),
                ('value', models.PositiveSmallIntegerField(verbose_name='nombre')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='décidé le')),
            ],
            options={
                'verbose_name': 'objectif d’accueil',
                'verbose_name_plural': 'objectifs d’accueil',
                'ordering': ['-year', 'kind', '-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='motif')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('from_noon', models.BooleanField(default=False, verbose_name='à partir de midi')),
                ('ends_on', models.DateField(verbose_name='dernier jour')),
                ('to_noon', models.BooleanField(default=False, verbose_name='jusqu’à midi')),
                ('days', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='jours ouvrables')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('state', models.CharField(choices=[('asked', 'Demandée'), ('approved', 'Acceptée'), ('refused', 'Refusée'), ('cancelled', 'Annulée')], default='asked', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='réponse')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandée le')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='répondu par')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'absence',
                'verbose_name_plural': 'absences',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom commercial')),
                ('kind', models.CharField(choices=[('individual', 'Individuelle'), ('collective', 'Collective')], default='individual', max_length=10, verbose_name='sorte')),
                ('trade_label', models.CharField(help_text='« Photographe de chantiers ».', max_length=80, verbose_name='métier, dans vos mots')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='présentation')),
                ('links', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(validators=[django.core.validators.URLValidator(schemes=['http', 'https'])]), blank=True, default=list, size=None, verbose_name='liens')),
                ('code', models.CharField(help_text='Court et définitif : lettres capitales et chiffres, par exemple LENOIR.', max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+$', 'Lettres capitales et chiffres seulement.')], verbose_name='code')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('opened_on', models.DateField(verbose_name='ouverte le')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermée le')),
                ('close_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la fermeture')),
                ('is_open_to_join', models.BooleanField(default=False, verbose_name='ouverte à de nouveaux membres')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=80))),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='activity', to='people.scope', verbose_name='périmètre')),
            ],
            options={
                'verbose_name': 'activité',
                'verbose_name_plural': 'activités',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('code_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code_ends_at', models.DateTimeField(editable=False, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('functioning', models.TextField(help_text='Qui fait quoi, comment l’on décide, comment l’on entre et comment l’on sort.', max_length=8000, verbose_name='fonctionnement')),
                ('result_whole', models.PositiveIntegerField(default=100, verbose_name='base de la clé de résultat')),
                ('contribution_whole', models.PositiveIntegerField(default=100, verbose_name='base de la clé de contribution')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('to_sign', 'À signer'), ('signed', 'Signée'), ('cancelled', 'Abandonnée')], default='draft', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('signed_on', models.DateField(null=True, verbose_name='signée le')),
                ('decline_reason', models.CharField(blank=True, max_length=500, verbose_name='pourquoi elle n’est pas signée')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='entrepreneurs.activity', verbose_name='activité')),
                ('countersignature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature de la coopérative')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='non signée par')),
                ('signed_pdf', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
            ],
            options={
                'verbose_name': 'convention collective d’activité',
                'verbose_name_plural': 'conventions collectives d’activité',
                'ordering': ['activity', '-number'],
            },
        ),
        migrations.CreateModel(
            name='AgreementShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code_ends_at', models.DateTimeField(editable=False, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='rôle')),
                ('result_parts', models.PositiveIntegerField(verbose_name='part du résultat')),
                ('contribution_parts', models.PositiveIntegerField(verbose_name='part de la contribution')),
                ('told_at', models.DateTimeField(editable=False, null=True, verbose_name='prévenu le')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='entrepreneurs.agreement', verbose_name='convention collective d’activité')),
                ('credited', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité créditée')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_shares', to='people.person', verbose_name='personne')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'part d’une convention',
                'verbose_name_plural': 'parts d’une convention',
                'ordering': ['agreement', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('low_cash', 'Trésorerie sous le seuil'), ('falling_sales', 'Ventes en baisse'), ('no_contact', 'Sans contact'), ('late_payers', 'Clients en retard de paiement'), ('contract_end', 'Contrat qui se termine')], max_length=14, verbose_name='signe')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='chiffre')),
                ('day', models.DateField(null=True, verbose_name='jour')),
                ('raised_on', models.DateField(verbose_name='apparue le')),
                ('state', models.CharField(choices=[('open', 'À prendre'), ('taken', 'Prise en charge'), ('muted', 'En sourdine'), ('closed', 'Close')], default='open', editable=False, max_length=6, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('muted_until', models.DateField(null=True, verbose_name='en sourdine jusqu’au')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='entrepreneurs.activity', verbose_name='activité')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='people.person', verbose_name='personne')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts_taken', to='people.person', verbose_name='prise par')),
            ],
            options={
                'verbose_name': 'alerte de suivi',
                'verbose_name_plural': 'alertes de suivi',
                'ordering': ['-raised_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Availability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True, verbose_name='jour de la semaine')),
                ('opens_at', models.TimeField(verbose_name='de')),
                ('closes_at', models.TimeField(verbose_name='à')),
                ('slot_minutes', models.PositiveSmallIntegerField(default=60, verbose_name='durée d’un rendez-vous (minutes)')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='lieu')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='lien de visioconférence')),
                ('by_phone', models.BooleanField(default=False, verbose_name='par téléphone aussi')),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('first_interview', 'Premier entretien'), ('follow_up', 'Suivi'), ('yearly_interview', 'Entretien annuel'), ('figures', 'Chiffres et gestion'), ('papers', 'Contrat, paie, démarches'), ('other', 'Autre')], max_length=20), help_text='Les motifs pour lesquels ces créneaux se réservent.', size=None, verbose_name='pour')),
                ('advisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='availabilities', to='people.person', verbose_name='accompagnateur·rice')),
            ],
            options={
                'verbose_name': 'plage de rendez-vous',
                'verbose_name_plural': 'plages de rendez-vous',
                'ordering': ['weekday', 'starts_on', 'opens_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('text', models.TextField(verbose_name='texte')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrite le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'charte des valeurs',
                'verbose_name_plural': 'chartes des valeurs',
                'ordering': ['-valid_from', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(choices=[('activity', 'J’ai une activité'), ('idea', 'J’ai une idée'), ('collective', 'Je viens avec mes compétences, dans un collectif')], max_length=10, verbose_name='porte d’entrée')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('submitted', 'Envoyée'), ('accepted', 'Acceptée'), ('refused', 'Refusée'), ('redirected', 'Réorientée'), ('pooled', 'Au vivier'), ('withdrawn', 'Retirée')], default='draft', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('reference', models.CharField(blank=True, editable=False, max_length=20, verbose_name='référence')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='commune')),
                ('entry_status', models.CharField(blank=True, max_length=40, verbose_name='situation')),
                ('referral', models.CharField(blank=True, max_length=40, verbose_name='connue par')),
                ('prescriber_name', models.CharField(blank=True, max_length=160, verbose_name='qui vous oriente')),
                ('tells_prescriber', models.BooleanField(default=False, verbose_name='le tenir au courant')),
                ('trade_text', models.CharField(blank=True, max_length=120, verbose_name='métier')),
                ('project_name', models.CharField(blank=True, max_length=120, verbose_name='nom du projet')),
                ('summary', models.TextField(blank=True, max_length=3000, verbose_name='le projet en quelques mots')),
                ('customers', models.TextField(blank=True, max_length=3000, verbose_name='pour qui')),
                ('progress', models.TextField(blank=True, max_length=3000, verbose_name='où en est le projet')),
                ('career', models.TextField(blank=True, max_length=3000, verbose_name='parcours')),
                ('skills', models.TextField(blank=True, max_length=3000, verbose_name='compétences')),
                ('training', models.TextField(blank=True, max_length=3000, verbose_name='diplômes et formations')),
                ('is_tested', models.BooleanField(blank=True, null=True, verbose_name='activité déjà testée')),
                ('tested_as', models.CharField(blank=True, max_length=40, verbose_name='dans quel cadre')),
                ('tested_from', models.DateField(blank=True, null=True, verbose_name='testée depuis le')),
                ('tested_until', models.DateField(blank=True, null=True, verbose_name='testée jusqu’au')),
                ('sales_12_months', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='ventes des 12 derniers mois, HT')),
                ('costs_12_months', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='dépenses des 12 derniers mois, HT')),
                ('weekly_hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(80)], verbose_name='heures par semaine')),
                ('is_time_chosen', models.BooleanField(blank=True, null=True, verbose_name='temps de travail choisi')),
                ('motivation', models.TextField(blank=True, max_length=3000, verbose_name='pourquoi une coopérative')),
                ('relation_to_work', models.TextField(blank=True, max_length=3000, verbose_name='rapport au travail')),
                ('charter_typed', models.CharField(blank=True, max_length=120, verbose_name='signature de la charte')),
                ('area', models.CharField(blank=True, max_length=200, verbose_name='où vous travailleriez')),
                ('collective_name', models.CharField(blank=True, max_length=120, verbose_name='nom du collectif')),
                ('collective_part', models.TextField(blank=True, max_length=3000, verbose_name='place dans le collectif')),
                ('sends_papers_later', models.BooleanField(default=False, verbose_name='documents envoyés plus tard')),
                ('consent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='accord donné le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='commencée le')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='modifiée le')),
                ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='envoyée le')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=250, verbose_name='motif du retrait')),
                ('last_contact_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='dernier contact')),
                ('retention_until', models.DateField(verbose_name='conservée jusqu’au')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(django.db.models.functions.text.Concat(models.F('last_name'), models.Value(' '), models.F('first_name'))), output_field=models.CharField(max_length=200))),
                ('advisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications_followed', to='people.person', verbose_name='suivie par')),
                ('charter_signature', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('collective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='entrepreneurs.activity', verbose_name='collectif visé')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.person', verbose_name='personne')),
                ('prescriber', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation', verbose_name='organisme qui oriente')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.territory', verbose_name='territoire')),
                ('charter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.charter', verbose_name='charte')),
            ],
            options={
                'verbose_name': 'candidature',
                'verbose_name_plural': 'candidatures',
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ClosedDays',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('label', models.CharField(help_text='Congés, formation, pont…', max_length=120, verbose_name='intitulé')),
                ('advisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_days', to='people.person', verbose_name='accompagnateur·rice')),
            ],
            options={
                'verbose_name': 'jours sans rendez-vous',
                'verbose_name_plural': 'jours sans rendez-vous',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='date')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='lieu')),
                ('mode', models.CharField(choices=[('vote', 'Vote'), ('consent', 'Consentement')], default='consent', max_length=8, verbose_name='décision par')),
                ('agenda', models.TextField(blank=True, max_length=2000, verbose_name='autres points à l’ordre du jour')),
                ('state', models.CharField(choices=[('planned', 'Prévu'), ('convened', 'Convoqué'), ('held', 'Tenu'), ('cancelled', 'Annulé')], default='planned', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par')),
                ('minutes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='compte rendu')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'comité d’admission',
                'verbose_name_plural': 'comités d’admission',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitteeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('frozen', models.JSONField(null=True, verbose_name='dossier figé')),
                ('frozen_hash', models.CharField(blank=True, max_length=64, verbose_name='empreinte')),
                ('frozen_at', models.DateTimeField(null=True, verbose_name='figé le')),
                ('fit', models.CharField(blank=True, choices=[('yes', 'Conforme à l’objet'), ('partly', 'Conforme en partie'), ('no', 'Étranger à l’objet')], max_length=8, verbose_name='conformité à l’objet')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_files', to='entrepreneurs.application', verbose_name='candidature')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='entrepreneurs.committee', verbose_name='comité')),
            ],
            options={
                'verbose_name': 'dossier d’un comité',
                'verbose_name_plural': 'dossiers d’un comité',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('accepted', 'Acceptée'), ('postponed', 'Reportée'), ('refused', 'Refusée'), ('redirected', 'Réorientée'), ('pooled', 'Au vivier'), ('reopened', 'Rouverte')], max_length=10, verbose_name='décision')),
                ('reason_code', models.CharField(blank=True, max_length=40, verbose_name='motif')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='explication')),
                ('conditions', models.TextField(blank=True, max_length=2000, verbose_name='conditions')),
                ('again_on', models.DateField(null=True, verbose_name='à reprendre le')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='entrepreneurs.application', verbose_name='candidature')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='entrepreneurs.committeefile', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'décision sur une candidature',
                'verbose_name_plural': 'décisions sur des candidatures',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitteeMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chairs', models.BooleanField(default=False, verbose_name='anime')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='entrepreneurs.committee', verbose_name='comité')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'membre d’un comité d’admission',
                'verbose_name_plural': 'membres d’un comité d’admission',
                'ordering': ['-chairs', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitteeVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voice', models.CharField(choices=[('for', 'Pour'), ('against', 'Contre'), ('abstain', 'Abstention'), ('objection', 'Objection')], max_length=10, verbose_name='voix')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ce qui la motive')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donnée le')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='entrepreneurs.committeefile', verbose_name='dossier')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='entrepreneurs.committeemember', verbose_name='membre')),
            ],
            options={
                'verbose_name': 'voix d’un comité',
                'verbose_name_plural': 'voix d’un comité',
                'ordering': ['given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('support_agreement', 'Convention d’accompagnement'), ('cape', 'CAPE'), ('cesa', 'CESA'), ('other', 'Autre contrat')], max_length=20, verbose_name='nature')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('to_sign', 'À signer'), ('signed', 'En cours'), ('ended', 'Terminé'), ('cancelled', 'Annulé')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='dernier jour prévu')),
                ('period', models.PositiveSmallIntegerField(default=1, verbose_name='période')),
                ('override_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la dérogation')),
                ('signed_on', models.DateField(editable=False, null=True, verbose_name='conclu le')),
                ('ended_on', models.DateField(editable=False, null=True, verbose_name='dernier jour')),
                ('end_kind', models.CharField(blank=True, choices=[('term', 'Arrivé à son terme'), ('early', 'Rupture anticipée'), ('followed', 'Suivi d’un autre contrat'), ('by_law', 'Fin de plein droit, sans entrée au sociétariat')], editable=False, max_length=10, verbose_name='fin')),
                ('end_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif de la fin')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='préparé le')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='préparé par')),
                ('overridden_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dérogation de')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='people.person', verbose_name='personne')),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='entrepreneurs.contract', verbose_name='renouvelle')),
            ],
            options={
                'verbose_name': 'contrat',
                'verbose_name_plural': 'contrats',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContractDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(choices=[('urssaf', 'URSSAF'), ('unemployment', 'Assurance chômage')], max_length=12, verbose_name='organisme informé')),
                ('event', models.CharField(choices=[('signature', 'Signature et terme'), ('renewal', 'Renouvellement'), ('early_end', 'Rupture anticipée')], max_length=10, verbose_name='événement')),
                ('due_on', models.DateField(verbose_name='à faire avant le')),
                ('done_on', models.DateField(null=True, verbose_name='faite le')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='référence')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='entrepreneurs.contract', verbose_name='contrat')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='faite par')),
            ],
            options={
                'verbose_name': 'déclaration de contrat',
                'verbose_name_plural': 'déclarations de contrat',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContractTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=0, verbose_name='numéro')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('to_sign', 'À signer'), ('signed', 'Signé'), ('cancelled', 'Annulé')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('starts_on', models.DateField(verbose_name='en vigueur à partir du')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='objet de l’avenant')),
                ('programme', models.TextField(blank=True, verbose_name='programme de préparation')),
                ('commitments_before', models.TextField(blank=True, verbose_name='engagements avant le début de l’activité')),
                ('commitments_after', models.TextField(blank=True, verbose_name='engagements après le début de l’activité')),
                ('objectives', models.TextField(blank=True, verbose_name='objectifs')),
                ('minimum_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='activité minimale, HT (€)')),
                ('minimum_period', models.CharField(blank=True, choices=[('month', 'par mois'), ('quarter', 'par trimestre'), ('half_year', 'par semestre'), ('year', 'par an')], max_length=10, verbose_name='période de l’activité minimale')),
                ('means', models.TextField(blank=True, verbose_name='moyens mis à disposition')),
                ('contribution_rule', models.TextField(blank=True, verbose_name='calcul de la contribution coopérative')),
                ('contribution_scale', models.SlugField(blank=True, max_length=30, verbose_name='code du barème')),
                ('fixed_part', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='part fixe brute mensuelle (€)')),
                ('variable_method', models.TextField(blank=True, verbose_name='calcul de la part variable')),
                ('working_time', models.TextField(blank=True, verbose_name='durée du travail')),
                ('statutes_version', models.CharField(blank=True, max_length=120, verbose_name='version des statuts')),
                ('customers_clause', models.TextField(blank=True, verbose_name='droits sur la clientèle')),
                ('property_clause', models.TextField(blank=True, verbose_name='droits de propriété intellectuelle')),
                ('associate_clause', models.TextField(blank=True, verbose_name='accès au sociétariat')),
                ('accounts_rhythm', models.CharField(blank=True, choices=[('month', 'chaque mois'), ('quarter', 'chaque trimestre'), ('year', 'chaque année')], max_length=10, verbose_name='remise des comptes')),
                ('third_parties_clause', models.TextField(blank=True, verbose_name='engagements envers les tiers')),
                ('early_end_clause', models.TextField(blank=True, verbose_name='rupture anticipée')),
                ('other_clauses', models.TextField(blank=True, verbose_name='autres clauses')),
                ('frozen_text', models.JSONField(default=list, editable=False)),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                ('round', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='mise à la signature')),
                ('signed_on', models.DateField(editable=False, null=True, verbose_name='signé le')),
                ('decline_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='motif du refus de signer')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='entrepreneurs.contract', verbose_name='contrat')),
                ('pdf', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
                ('signed_pdf', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
            ],
            options={
                'verbose_name': 'clauses',
                'verbose_name_plural': 'clauses',
                'ordering': ['contract', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('insurer', models.CharField(max_length=120, verbose_name='assureur')),
                ('policy', models.CharField(max_length=60, verbose_name='n° de contrat')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('civil', 'Responsabilité civile professionnelle'), ('building', 'Garantie décennale'), ('products', 'Produits livrés'), ('care', 'Pratiques de bien-être'), ('food', 'Intoxication alimentaire'), ('data', 'Risques numériques')], max_length=10), blank=True, default=list, size=None, verbose_name='garanties')),
                ('works', models.CharField(blank=True, max_length=250, verbose_name='travaux ou prestations couverts')),
                ('area', models.CharField(blank=True, max_length=120, verbose_name='zone couverte')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant garanti par sinistre')),
                ('job_limit', cae.core.fields.MoneyField(blank=True, decimal_places=2, help_text='Au-delà, un devis n’est pas couvert.', max_digits=12, null=True, verbose_name='chantier ou contrat le plus élevé (HT)')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='notée le')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’arrêt')),
                ('activity', models.ForeignKey(blank=True, help_text='Vide : le contrat de la coopérative, pour toutes ses activités.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to='entrepreneurs.activity', verbose_name='activité')),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='attestation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='notée par')),
            ],
            options={
                'verbose_name': 'garantie',
                'verbose_name_plural': 'garanties',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_on', models.DateField(verbose_name='survenu le')),
                ('description', models.TextField(max_length=2000, verbose_name='ce qui est arrivé')),
                ('third_party', models.CharField(blank=True, max_length=160, verbose_name='qui a subi le dommage')),
                ('estimate', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='dommage estimé')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='n° de dossier de l’assureur')),
                ('outcome', models.CharField(blank=True, max_length=300, verbose_name='issue')),
                ('state', models.CharField(choices=[('declared', 'Déclaré'), ('sent', 'Transmis à l’assureur'), ('closed', 'Clos')], default='declared', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('declared_on', models.DateField(verbose_name='déclaré le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='entrepreneurs.activity', verbose_name='activité')),
                ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déclaré par')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='entrepreneurs.cover', verbose_name='garantie')),
            ],
            options={
                'verbose_name': 'sinistre',
                'verbose_name_plural': 'sinistres',
                'ordering': ['-happened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saisi le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par')),
                ('territory', models.ForeignKey(blank=True, help_text='Vide : toute la coopérative.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'grille de critères',
                'verbose_name_plural': 'grilles de critères',
                'ordering': ['-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80, verbose_name='critère')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='ce qui est regardé')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='poids')),
                ('order', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='entrepreneurs.criteriaset', verbose_name='grille')),
            ],
            options={
                'verbose_name': 'critère de la grille',
                'verbose_name_plural': 'critères de la grille',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='nature')),
                ('precision', models.CharField(blank=True, max_length=160, verbose_name='précision')),
                ('about_type', models.CharField(max_length=80, verbose_name='objet')),
                ('about_id', models.CharField(max_length=40, verbose_name='identifiant')),
                ('about_label', models.CharField(max_length=200, verbose_name='concerne')),
                ('state', models.CharField(choices=[('asked', 'Demandé'), ('received', 'Reçu, à vérifier'), ('accepted', 'Accepté'), ('refused', 'Refusé'), ('expired', 'Périmé'), ('waived', 'Dispensé')], default='asked', max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('asked_on', models.DateField(verbose_name='demandée le')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='attendue pour le')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='relancée le')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valable jusqu’au')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='motif')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifiée par')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='people.person', verbose_name='personne')),
                ('reuses', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.documentrequest', verbose_name='reprend')),
            ],
            options={
                'verbose_name': 'document demandé',
                'verbose_name_plural': 'documents demandés',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EconomicWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='accordée le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='entrepreneurs.application', verbose_name='candidature')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accordée par')),
            ],
            options={
                'verbose_name': 'dispense du critère économique',
                'verbose_name_plural': 'dispenses du critère économique',
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EntryChecklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('activity', 'Avec une activité'), ('collective', 'Dans un collectif')], max_length=10, verbose_name='entrée')),
                ('opened_on', models.DateField(verbose_name='ouverte le')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='close le')),
                ('application', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checklist', to='entrepreneurs.application', verbose_name='candidature')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ouverte par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entry_checklists', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'liste d’entrée',
                'verbose_name_plural': 'listes d’entrée',
                'ordering': ['-opened_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EntryLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='ligne')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('ball', models.CharField(choices=[('person', 'La personne'), ('advisor', 'L’accompagnateur·rice'), ('human_resources', 'Les ressources humaines'), ('accountant', 'La comptabilité')], max_length=16, verbose_name='à qui de jouer')),
                ('fact', models.CharField(blank=True, choices=[('contract_signed', 'contrat signé'), ('account_open', 'compte ouvert'), ('bank_details', 'relevé d’identité bancaire accepté'), ('papers_settled', 'tous les documents acceptés'), ('covered', 'assurance en cours'), ('activity_open', 'activité ouverte'), ('coach_named', 'accompagnement désigné'), ('', 'aucun')], max_length=16, verbose_name='fait')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fait le')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='remarque')),
                ('waits_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='attend depuis')),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='entrepreneurs.entrychecklist', verbose_name='liste')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par')),
            ],
            options={
                'verbose_name': 'ligne d’entrée',
                'verbose_name_plural': 'lignes d’entrée',
                'ordering': ['checklist', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Exit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='raison')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='précisions')),
                ('notice', models.CharField(blank=True, max_length=120, verbose_name='préavis')),
                ('last_day', models.DateField(verbose_name='dernier jour')),
                ('account_closes_on', models.DateField(help_text='Dès le matin de ce jour, la personne ne se connecte plus.', verbose_name='le compte se ferme le')),
                ('choice', models.CharField(choices=[('undecided', 'Hésite encore'), ('leaves', 'Part'), ('stays', 'Reste')], default='leaves', max_length=10, verbose_name='rester ou partir')),
                ('choice_note', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a été dit')),
                ('state', models.CharField(choices=[('prepared', 'En préparation'), ('closed', 'Sortie faite'), ('cancelled', 'Abandonnée')], default='prepared', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouverte le')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’abandon')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ouverte par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exits', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'sortie',
                'verbose_name_plural': 'sorties',
                'ordering': ['-last_day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExitStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('invoices', 'Factures impayées encaissées ou passées en perte'), ('stock', 'Stock vendu, repris ou passé en perte'), ('balance', 'Solde de l’activité versé, ou facturé s’il est négatif'), ('handover', 'Clients et chiffres remis à la personne'), ('insurance', 'Assurance et garanties en cours réglées'), ('keys', 'Clés, badges et matériel rendus'), ('shares', 'Parts sociales : remboursement demandé ou maintien décidé'), ('papers', 'Papiers de fin de contrat remis')], max_length=20, verbose_name='étape')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('done_on', models.DateField(verbose_name='réglée le')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='réglée par')),
                ('exit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='entrepreneurs.exit', verbose_name='sortie')),
            ],
            options={
                'verbose_name': 'étape de sortie',
                'verbose_name_plural': 'étapes de sortie',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FeasibilityFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('point', models.CharField(choices=[('regulated', 'Métier réglementé'), ('proofs', 'Justificatifs du métier réunis'), ('insurable', 'Responsabilité civile professionnelle assurable'), ('investment', 'Investissement lourd'), ('lease', 'Bail à signer'), ('hiring', 'Embauche proche')], max_length=12, verbose_name='point')),
                ('finding', models.CharField(choices=[('yes', 'Oui'), ('no', 'Non'), ('to_see', 'À voir')], max_length=8, verbose_name='constat')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='entrepreneurs.application', verbose_name='candidature')),
                ('found_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'constat de faisabilité',
                'verbose_name_plural': 'constats de faisabilité',
                'ordering': ['-found_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('sales', 'Ventes HT'), ('margin', 'Marge'), ('cash', 'Trésorerie en fin de période'), ('hours', 'Heures passées'), ('prospects', 'Prospects contactés')], max_length=10, verbose_name='mesure')),
                ('month', models.DateField(verbose_name='mois')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='compté')),
                ('typed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saisi le')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_figures', to='people.person', verbose_name='personne')),
                ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisi par')),
            ],
            options={
                'verbose_name': 'chiffre de suivi',
                'verbose_name_plural': 'chiffres de suivi',
                'ordering': ['month', 'measure'],
            },
        ),
        migrations.CreateModel(
            name='FollowGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('sales', 'Ventes HT'), ('margin', 'Marge'), ('cash', 'Trésorerie en fin de période'), ('hours', 'Heures passées'), ('prospects', 'Prospects contactés')], max_length=10, verbose_name='mesure')),
                ('rhythm', models.CharField(choices=[('month', 'Mois'), ('quarter', 'Trimestre'), ('year', 'Année')], max_length=8, verbose_name='période')),
                ('starts_on', models.DateField(verbose_name='début de la période')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='objectif')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='posé le')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_goals', to='people.person', verbose_name='personne')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='posé par')),
            ],
            options={
                'verbose_name': 'objectif de suivi',
                'verbose_name_plural': 'objectifs de suivi',
                'ordering': ['starts_on', 'measure'],
            },
        ),
        migrations.CreateModel(
            name='FollowNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('month', 'Mois'), ('quarter', 'Trimestre'), ('year', 'Année')], max_length=8, verbose_name='période')),
                ('starts_on', models.DateField(verbose_name='début de la période')),
                ('text', models.TextField(verbose_name='avis')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='écrit le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_notes', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'avis sur une période',
                'verbose_name_plural': 'avis sur les périodes',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='FundedAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='intitulé')),
                ('reference', models.CharField(blank=True, max_length=80, verbose_name='référence de la convention')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='heures financées')),
                ('hours_each', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='heures au plus par personne')),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='personnes au plus')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funded_actions', to='people.organisation', verbose_name='financeur')),
            ],
            options={
                'verbose_name': 'action financée',
                'verbose_name_plural': 'actions financées',
                'ordering': ['-ends_on', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='InformationPresence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='réunion du')),
                ('presence', models.CharField(choices=[('planned', 'Prévue'), ('came', 'Venue'), ('missed', 'Pas venue')], default='planned', max_length=10, verbose_name='présence')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='information', to='entrepreneurs.application', verbose_name='candidature')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
            ],
            options={
                'verbose_name': 'présence à la réunion d’information',
                'verbose_name_plural': 'présences à la réunion d’information',
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('due_on', models.DateField(verbose_name='à tenir avant le')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='tenu le')),
                ('texts', models.JSONField(default=dict, verbose_name='rubriques')),
                ('figures', models.JSONField(default=list, verbose_name='chiffres')),
                ('wants_amendment', models.BooleanField(default=False, verbose_name='donne lieu à un avenant')),
                ('state', models.CharField(choices=[('due', 'À tenir'), ('proposed', 'Proposé, à signer'), ('signed', 'Signé des deux côtés'), ('cancelled', 'Sans objet')], default='due', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='correction demandée')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('advisor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interviews_held', to='people.person', verbose_name='accompagnateur·rice')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='entrepreneurs.contract', verbose_name='contrat')),
                ('pdf', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'entretien annuel',
                'verbose_name_plural': 'entretiens annuels',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_members', models.BooleanField(default=False, verbose_name='proposée par les membres')),
                ('part', models.CharField(choices=[('lead', 'Responsable'), ('member', 'Membre'), ('invoices', 'Devis et factures seulement'), ('reader', 'Lecture seule')], default='member', max_length=8, verbose_name='rôle dans l’activité')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('state', models.CharField(choices=[('asked', 'En attente'), ('accepted', 'Acceptée'), ('refused', 'Refusée'), ('withdrawn', 'Retirée')], default='asked', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dans cet état depuis')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandée le')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='entrepreneurs.activity', verbose_name='activité')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='répondue par')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'demande d’entrée',
                'verbose_name_plural': 'demandes d’entrée',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ColleagueOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('trade', 'Même métier à côté'), ('collective', 'Membre du collectif')], max_length=10, verbose_name='à quel titre')),
                ('asked_on', models.DateField(verbose_name='demandé le')),
                ('opinion', models.CharField(blank=True, choices=[('for', 'Favorable'), ('reserved', 'Réservé'), ('against', 'Défavorable')], max_length=10, verbose_name='avis')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='ce qui le motive')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='donné le')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.activity', verbose_name='activité')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='entrepreneurs.application', verbose_name='candidature')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions_asked', to='people.person', verbose_name='personne')),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='entrepreneurs.joinrequest', verbose_name='demande d’entrée')),
            ],
            options={
                'verbose_name': 'avis demandé',
                'verbose_name_plural': 'avis demandés',
                'ordering': ['asked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='intitulé')),
                ('made_on', models.DateField(verbose_name='fait le')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.job', verbose_name='travail')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'courrier',
                'verbose_name_plural': 'courriers',
                'ordering': ['-made_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='intitulé')),
                ('body', models.TextField(max_length=60000, verbose_name='texte')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='écrit le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrit par')),
            ],
            options={
                'verbose_name': 'modèle de courrier',
                'verbose_name_plural': 'modèles de courrier',
                'ordering': ['code', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('first_interview', 'Premier entretien'), ('follow_up', 'Suivi'), ('yearly_interview', 'Entretien annuel'), ('figures', 'Chiffres et gestion'), ('papers', 'Contrat, paie, démarches'), ('other', 'Autre')], max_length=20, verbose_name='motif')),
                ('mode', models.CharField(choices=[('place', 'Sur place'), ('video', 'Par visioconférence'), ('phone', 'Par téléphone')], max_length=5, verbose_name='manière')),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('ends_at', models.DateTimeField(verbose_name='fin')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='lieu')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='lien de visioconférence')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='à aborder')),
                ('state', models.CharField(choices=[('booked', 'Prévu'), ('held', 'Tenu'), ('cancelled', 'Annulé'), ('no_show', 'Personne absente')], default='booked', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
                ('booked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='réservé le')),
                ('reminded_at', models.DateTimeField(editable=False, null=True, verbose_name='rappelé le')),
                ('revision', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('advisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings_given', to='people.person', verbose_name='accompagnateur·rice')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='entrepreneurs.application', verbose_name='candidature')),
                ('booked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='réservé par')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'rendez-vous',
                'verbose_name_plural': 'rendez-vous',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('met_on', models.DateField(verbose_name='rencontre du')),
                ('mode', models.CharField(choices=[('place', 'Sur place'), ('video', 'Par visioconférence'), ('phone', 'Par téléphone')], max_length=5, verbose_name='manière')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='durée (minutes)')),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='thèmes')),
                ('said', models.TextField(verbose_name='ce qui s’est dit')),
                ('decisions', models.TextField(blank=True, verbose_name='décisions')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('shared', 'Partagé')], default='draft', editable=False, max_length=6, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrit le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports_written', to='people.person', verbose_name='rédigé par')),
                ('funded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='entrepreneurs.fundedaction', verbose_name='action financée')),
                ('meeting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='entrepreneurs.meeting', verbose_name='rendez-vous')),
                ('next_meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.meeting', verbose_name='prochain rendez-vous')),
                ('pdf', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_reports', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'compte rendu',
                'verbose_name_plural': 'comptes rendus',
                'ordering': ['-met_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PassageDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('granted', 'Passage accordé'), ('waived', 'Passage accordé par dérogation'), ('postponed', 'Passage reporté')], max_length=10, verbose_name='décision')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='motif')),
                ('decided_on', models.DateField(verbose_name='décidé le')),
                ('figures', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='chiffres')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='saisi le')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'décision de passage',
                'verbose_name_plural': 'décisions de passage',
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('project', 'Démarrage du projet'), ('development', 'Développement de l’activité'), ('skills', 'Compétences'), ('cooperative', 'Place dans la coopérative')], max_length=12, verbose_name='sorte')),
                ('label', models.CharField(max_length=200, verbose_name='objectif')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour le')),
                ('state', models.CharField(choices=[('open', 'En cours'), ('reached', 'Atteint'), ('dropped', 'Abandonné')], default='open', editable=False, max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='posé le')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_goals', to='entrepreneurs.activity', verbose_name='activité')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='posé par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_goals', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'objectif',
                'verbose_name_plural': 'objectifs',
                'ordering': ['state', 'due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=200, verbose_name='action')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour le')),
                ('state', models.CharField(choices=[('todo', 'À faire'), ('doing', 'En cours'), ('done', 'Faite'), ('dropped', 'Abandonnée')], default='todo', editable=False, max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='posée le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='posée par')),
                ('interview', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='entrepreneurs.interview', verbose_name='décidée à l’entretien')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions_to_do', to='people.person', verbose_name='par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_actions', to='people.person', verbose_name='personne')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='entrepreneurs.meetingreport', verbose_name='décidée au compte rendu')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='entrepreneurs.plangoal', verbose_name='objectif')),
            ],
            options={
                'verbose_name': 'action du plan',
                'verbose_name_plural': 'actions du plan',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='partie privée')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='écrite le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='rédigée par')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='private_note', to='entrepreneurs.meetingreport', verbose_name='compte rendu')),
            ],
            options={
                'verbose_name': 'note privée',
                'verbose_name_plural': 'notes privées',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ProjectVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('label', models.CharField(blank=True, max_length=160, verbose_name='ce qui change')),
                ('idea', models.TextField(blank=True, verbose_name='idée')),
                ('targets', models.TextField(blank=True, verbose_name='clientèle et marché')),
                ('costs', models.TextField(blank=True, verbose_name='coûts')),
                ('prices', models.TextField(blank=True, verbose_name='prix')),
                ('communication', models.TextField(blank=True, verbose_name='plan de communication')),
                ('model', models.TextField(blank=True, verbose_name='modèle économique')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrite le')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.application', verbose_name='candidature d’où elle vient')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_versions', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'version de fiche projet',
                'verbose_name_plural': 'versions de fiche projet',
                'ordering': ['person', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Referent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('function', models.CharField(max_length=40, verbose_name='fonction')),
                ('advisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followed_people', to='people.person', verbose_name='référent·e')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='désigné·e par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referents', to='people.person', verbose_name='personne suivie')),
            ],
            options={
                'verbose_name': 'référent·e',
                'verbose_name_plural': 'référent·es',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField(unique=True, verbose_name='numéro')),
                ('last_name', models.CharField(max_length=80, verbose_name='nom')),
                ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='date de naissance')),
                ('sex', models.CharField(blank=True, choices=[('female', 'Féminin'), ('male', 'Masculin')], max_length=6, verbose_name='sexe')),
                ('nationality', models.CharField(blank=True, max_length=60, verbose_name='nationalité')),
                ('job', models.CharField(max_length=120, verbose_name='emploi')),
                ('qualification', models.CharField(blank=True, max_length=120, verbose_name='qualification')),
                ('contract_kind', models.CharField(max_length=80, verbose_name='contrat')),
                ('is_part_time', models.BooleanField(default=False, verbose_name='à temps partiel')),
                ('permit', models.CharField(blank=True, max_length=120, verbose_name='titre autorisant à travailler')),
                ('hired_on', models.DateField(verbose_name='entrée le')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='sortie le')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='inscrite le')),
                ('contract', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_entry', to='entrepreneurs.contract', verbose_name='contrat')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='people.person', verbose_name='personne')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='inscrite par')),
            ],
            options={
                'verbose_name': 'inscription au registre du personnel',
                'verbose_name_plural': 'inscriptions au registre du personnel',
                'ordering': ['rank'],
            },
        ),
        migrations.CreateModel(
            name='HiringDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('to_do', 'À faire'), ('done', 'Faite'), ('cancelled', 'Sans objet')], default='to_do', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('due_on', models.DateField(verbose_name='dernier jour')),
                ('made_on', models.DateField(blank=True, null=True, verbose_name='faite le')),
                ('receipt', models.CharField(blank=True, max_length=60, verbose_name='numéro d’accusé de réception')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('proof', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='accusé de réception')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='declaration', to='entrepreneurs.registerentry', verbose_name='inscription')),
            ],
            options={
                'verbose_name': 'déclaration préalable à l’embauche',
                'verbose_name_plural': 'déclarations préalables à l’embauche',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportAddendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='complément')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrit le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='rédigé par')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='entrepreneurs.meetingreport', verbose_name='compte rendu')),
            ],
            options={
                'verbose_name': 'complément de compte rendu',
                'verbose_name_plural': 'compléments de comptes rendus',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='ce qui me frappe')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donnée le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='entrepreneurs.application', verbose_name='candidature')),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.criteriaset', verbose_name='grille')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='évaluateur·rice')),
            ],
            options={
                'verbose_name': 'évaluation',
                'verbose_name_plural': 'évaluations',
                'ordering': ['given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='note')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif du changement')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donnée le')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.criterion', verbose_name='critère')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='entrepreneurs.mark', verbose_name='remplace')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='entrepreneurs.review', verbose_name='évaluation')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='demandée le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_requests', to='entrepreneurs.application', verbose_name='candidature')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='évaluateur·rice')),
            ],
            options={
                'verbose_name': 'évaluation demandée',
                'verbose_name_plural': 'évaluations demandées',
                'ordering': ['asked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code_ends_at', models.DateTimeField(editable=False, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('round', models.PositiveSmallIntegerField(verbose_name='mise à la signature')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='ordre')),
                ('party', models.CharField(choices=[('person', 'La personne'), ('cooperative', 'La coopérative')], max_length=12, verbose_name='partie')),
                ('signed_on', models.DateField(null=True, verbose_name='signé le')),
                ('declined_on', models.DateField(null=True, verbose_name='refusé le')),
                ('decline_reason', models.CharField(blank=True, max_length=500, verbose_name='motif du refus')),
                ('told_at', models.DateTimeField(null=True, verbose_name='prévenu le')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='personne')),
                ('scan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='original numérisé')),
                ('signature', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatories', to='entrepreneurs.contractterms', verbose_name='clauses')),
            ],
            options={
                'verbose_name': 'signataire',
                'verbose_name_plural': 'signataires',
                'ordering': ['terms', 'round', 'rank'],
            },
        ),
        migrations.CreateModel(
            name='SlotInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Attend un créneau'), ('booked', 'Créneau choisi'), ('no_answer', 'Sans réponse'), ('stopped', 'Relances arrêtées')], default='waiting', max_length=10, verbose_name='état')),
                ('sent', models.PositiveSmallIntegerField(default=1, verbose_name='envois comptés')),
                ('stop_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’arrêt')),
                ('invited_on', models.DateField(verbose_name='invitée le')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='close le')),
                ('advisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='accompagnateur·rice')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='entrepreneurs.application', verbose_name='candidature')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'invitation à choisir un créneau',
                'verbose_name_plural': 'invitations à choisir un créneau',
                'ordering': ['-invited_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StageMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('since', models.DateField(verbose_name='depuis le')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='fait le')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='entrepreneurs.application', verbose_name='candidature')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'passage d’une colonne à l’autre',
                'verbose_name_plural': 'passages d’une colonne à l’autre',
                'ordering': ['-moved_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SupportKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('name', models.CharField(max_length=120, verbose_name='intitulé')),
                ('what', models.TextField(max_length=1500, verbose_name='ce que c’est')),
                ('audience', models.CharField(max_length=200, verbose_name='pour qui')),
                ('given_by', models.CharField(max_length=200, verbose_name='qui l’apporte')),
                ('where', models.CharField(max_length=200, verbose_name='où')),
            ],
            options={
                'verbose_name': 'accompagnement proposé',
                'verbose_name_plural': 'accompagnements proposés',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='supportkind_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('what', ''), _negated=True), models.Q(('audience', ''), _negated=True), models.Q(('given_by', ''), _negated=True), models.Q(('where', ''), _negated=True)), name='supportkind_says_all')],
            },
        ),
        migrations.CreateModel(
            name='SupportRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='précisions')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='réponse')),
                ('state', models.CharField(choices=[('asked', 'Demandé'), ('planned', 'Prévu'), ('given', 'Reçu'), ('declined', 'Non retenu')], default='asked', editable=False, max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandé le')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='entrepreneurs.supportkind', verbose_name='accompagnement')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_requests', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'demande d’accompagnement',
                'verbose_name_plural': 'demandes d’accompagnement',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Trade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('family', models.CharField(choices=[('building', 'Bâtiment et paysage'), ('crafts', 'Fabrication et réparation'), ('image', 'Image, création et édition'), ('digital', 'Numérique'), ('advice', 'Conseil et services aux organisations'), ('training', 'Formation'), ('care', 'Bien-être et services aux personnes'), ('culture', 'Culture et spectacle'), ('food', 'Alimentation et agriculture'), ('other', 'Autre')], default='other', max_length=10, verbose_name='famille')),
                ('definition', models.TextField(blank=True, help_text='Ce que l’on fait, et ce que l’on ne fait pas.', max_length=1000, verbose_name='définition')),
                ('is_regulated', models.BooleanField(default=False, verbose_name='métier réglementé')),
                ('authority', models.CharField(blank=True, help_text='Pour un métier réglementé : qui l’autorise, ou quel texte l’encadre.', max_length=160, verbose_name='autorité ou texte')),
                ('proofs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Pièces qu’une personne montre avant d’exercer ce métier.', size=None, verbose_name='justificatifs demandés')),
                ('insurance_class', models.CharField(choices=[('civil', 'Responsabilité civile professionnelle'), ('building', 'Garantie décennale'), ('products', 'Produits livrés'), ('care', 'Pratiques de bien-être'), ('food', 'Intoxication alimentaire'), ('data', 'Risques numériques')], default='civil', max_length=10, verbose_name='assurance')),
                ('needs_cover', models.BooleanField(default=False, help_text='Un devis sans garantie en vigueur attend la réponse de l’équipe.', verbose_name='assurance exigée avant tout devis')),
                ('vat_hint', models.CharField(blank=True, help_text='Le taux habituel et ses exceptions, en une phrase.', max_length=250, verbose_name='TVA')),
                ('usual_vat', cae.core.fields.RateField(blank=True, decimal_places=4, help_text='Proposé sur chaque nouvelle ligne de devis ou de facture ; vide : le taux normal.', max_digits=6, null=True, verbose_name='taux de TVA habituel')),
                ('notice_hint', models.CharField(blank=True, help_text='Ce que devis et factures doivent porter.', max_length=250, verbose_name='mentions')),
                ('unit', models.CharField(choices=[('C62', 'unité'), ('HUR', 'heure'), ('DAY', 'jour'), ('LS', 'forfait'), ('KGM', 'kg'), ('MTR', 'm'), ('MTK', 'm²'), ('KMT', 'km'), ('LTR', 'litre')], default='C62', max_length=3, verbose_name='unité habituelle')),
                ('opened_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='ouvert le')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermé le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=80))),
            ],
            options={
                'verbose_name': 'métier',
                'verbose_name_plural': 'métiers',
                'ordering': ['sort_name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('sort_name',), name='trade_name_once'), models.CheckConstraint(condition=models.Q(('family__in', ['building', 'crafts', 'image', 'digital', 'advice', 'training', 'care', 'culture', 'food', 'other'])), name='trade_family_known'), models.CheckConstraint(condition=models.Q(('unit__in', ['C62', 'HUR', 'DAY', 'LS', 'KGM', 'MTR', 'MTK', 'KMT', 'LTR'])), name='trade_unit_known'), models.CheckConstraint(condition=models.Q(('insurance_class__in', ['civil', 'building', 'products', 'care', 'food', 'data'])), name='trade_insurance_known'), models.CheckConstraint(condition=models.Q(('usual_vat__isnull', True), models.Q(('usual_vat__gte', 0), ('usual_vat__lt', 1)), _connector='OR'), name='trade_vat_is_a_share'), models.CheckConstraint(condition=models.Q(('is_regulated', False), models.Q(('authority', ''), _negated=True), _connector='OR'), name='trade_regulated_by_somebody', violation_error_message='Dites quelle autorité ou quel texte encadre ce métier.'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='trade_closed_after_opened')],
            },
        ),
        migrations.CreateModel(
            name='InsurerSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trade_name', models.CharField(max_length=120, verbose_name='métier décrit')),
                ('description', models.TextField(max_length=2000, verbose_name='ce qui sera fait')),
                ('state', models.CharField(choices=[('sent', 'Envoyée'), ('agreed', 'Acceptée'), ('limited', 'Acceptée avec exclusions'), ('refused', 'Refusée')], default='sent', max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_to', models.EmailField(max_length=254, verbose_name='envoyée à')),
                ('sent_on', models.DateField(verbose_name='envoyée le')),
                ('answered_on', models.DateField(null=True, verbose_name='réponse du')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='garantie, exclusions ou motif')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='entrepreneurs.application', verbose_name='candidature')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fiche')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='people.person', verbose_name='personne')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('trade', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.trade', verbose_name='métier')),
            ],
            options={
                'verbose_name': 'fiche navette',
                'verbose_name_plural': 'fiches navette',
                'ordering': ['-sent_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='cover',
            name='trades',
            field=models.ManyToManyField(blank=True, related_name='covers', to='entrepreneurs.trade', verbose_name='métiers nommés au contrat'),
        ),
        migrations.AddField(
            model_name='application',
            name='trade',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='entrepreneurs.trade', verbose_name='métier de la liste'),
        ),
        migrations.AddField(
            model_name='activity',
            name='trade',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='entrepreneurs.trade', verbose_name='métier'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trade',
            trigger=pgtrigger.compiler.Trigger(name='trade_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='91f1fab2913559daf38c063da46980c0c7dd1234', operation='DELETE', pgid='pgtrigger_trade_kept_1fac3', table='entrepreneurs_trade', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='welcomestage',
            name='territory',
            field=models.ForeignKey(blank=True, help_text='Vide : toute la coopérative.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='territoire'),
        ),
        migrations.AddField(
            model_name='stagemove',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.welcomestage', verbose_name='quittée'),
        ),
        migrations.AddField(
            model_name='stagemove',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.welcomestage', verbose_name='rejointe'),
        ),
        migrations.AddField(
            model_name='applicationdecision',
            name='stage',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entrepreneurs.welcomestage', verbose_name='étape atteinte'),
        ),
        migrations.AddField(
            model_name='welcometarget',
            name='advisor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='accompagnateur·rice'),
        ),
        migrations.AddField(
            model_name='welcometarget',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par'),
        ),
        migrations.AddField(
            model_name='welcometarget',
            name='territory',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.territory', verbose_name='territoire'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['starts_on', 'ends_on'], name='absence_days'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'refused', 'cancelled'])), name='absence_state_known'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on')), ('from_noon', False), ('to_noon', False), _connector='OR'), name='absence_lasts_half_a_day'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('asked', 'approved'))), expressions=[('person', '='), (entrepreneurs.models.absences.HalfDays(), '&&')], name='absence_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='absence_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5e245947e9fd4675b806d63c9b0fa8d5d43291b7', operation='DELETE', pgid='pgtrigger_absence_kept_c8c8b', table='entrepreneurs_absence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='absence_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."days" IS DISTINCT FROM (NEW."days") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."from_noon" IS DISTINCT FROM (NEW."from_noon") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."to_noon" IS DISTINCT FROM (NEW."to_noon"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ba3b48cd5d1a84d1ecb3e249ecd9a0ba19b76f34', operation='UPDATE', pgid='pgtrigger_absence_frozen_78327', table='entrepreneurs_absence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='agreement_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'to_sign', 'signed', 'cancelled'])), name='agreement_state_known'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('activity', 'number'), name='agreement_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'to_sign'])), fields=('activity',), name='agreement_one_in_hand'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('contribution_whole__gte', 1), ('result_whole__gte', 1)), name='agreement_wholes_positive'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('countersignature__isnull', False), ('signed_on__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_on__isnull', True)), _connector='OR'), name='agreement_signed_by_the_house'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('signed_pdf__isnull', True), ('state', 'signed'), _connector='OR'), name='agreement_pdf_once_signed'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'signed')), expressions=[('activity', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='agreement_one_in_force'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='agreement_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3ed8a3a044366a6f1fda61b645587351e6731a30', operation='DELETE', pgid='pgtrigger_agreement_kept_16181', table='entrepreneurs_agreement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='agreement_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((OLD.state IN ('signed') AND (OLD.functioning, OLD.starts_on, OLD.result_whole, OLD.contribution_whole, OLD.content_sha256, OLD.countersignature_id, OLD.state, OLD.signed_on) IS DISTINCT FROM (NEW.functioning, NEW.starts_on, NEW.result_whole, NEW.contribution_whole, NEW.content_sha256, NEW.countersignature_id, NEW.state, NEW.signed_on)) OR (OLD.signed_pdf_id IS NOT NULL AND OLD.signed_pdf_id IS DISTINCT FROM NEW.signed_pdf_id))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a5dd186e1dbce390f87b9758a0fb4964bf9e9d1e', operation='UPDATE', pgid='pgtrigger_agreement_frozen_a095f', table='entrepreneurs_agreement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='agreement_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM entrepreneurs_agreement one\n        WHERE one.id = NEW.id AND one.state IN ('to_sign', 'signed')\n        AND (\n            one.result_whole <> COALESCE((SELECT SUM(part.result_parts) FROM entrepreneurs_agreementshare part\n                WHERE part.agreement_id = one.id), 0)\n            OR one.contribution_whole <> COALESCE((SELECT SUM(part.contribution_parts)\n                FROM entrepreneurs_agreementshare part WHERE part.agreement_id = one.id), 0)\n        )\n    ) THEN\n        RAISE EXCEPTION 'the key of agreement % is not whole', NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='b2ae90ac0a7e107aada7dd3eb7451c2fc3139e52', operation='INSERT OR UPDATE', pgid='pgtrigger_agreement_whole_5e5a3', table='entrepreneurs_agreement', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='agreementshare',
            constraint=models.UniqueConstraint(fields=('agreement', 'person'), name='agreementshare_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementshare',
            trigger=pgtrigger.compiler.Trigger(name='agreementshare_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM entrepreneurs_agreement one\n        WHERE one.id = NEW.agreement_id AND one.state IN ('to_sign', 'signed')\n        AND (\n            one.result_whole <> COALESCE((SELECT SUM(part.result_parts) FROM entrepreneurs_agreementshare part\n                WHERE part.agreement_id = one.id), 0)\n            OR one.contribution_whole <> COALESCE((SELECT SUM(part.contribution_parts)\n                FROM entrepreneurs_agreementshare part WHERE part.agreement_id = one.id), 0)\n        )\n    ) THEN\n        RAISE EXCEPTION 'the key of agreement % is not whole', NEW.agreement_id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='bf139bcce629f095fc1421fbe8819a4de9cec373', operation='INSERT OR UPDATE', pgid='pgtrigger_agreementshare_whole_f153f', table='entrepreneurs_agreementshare', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementshare',
            trigger=pgtrigger.compiler.Trigger(name='agreementshare_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (SELECT one.state FROM entrepreneurs_agreement one WHERE one.id = OLD.agreement_id) = 'signed'\n    OR (TG_OP = 'DELETE' AND (SELECT one.state FROM entrepreneurs_agreement one\n        WHERE one.id = OLD.agreement_id) <> 'draft')\n    THEN\n        RAISE EXCEPTION 'the key of agreement % is signed', OLD.agreement_id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='60d45ff2efd9f3ba9f333f04875919c87acc19dc', operation='UPDATE OR DELETE', pgid='pgtrigger_agreementshare_kept_381f6', table='entrepreneurs_agreementshare', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['low_cash', 'falling_sales', 'no_contact', 'late_payers', 'contract_end'])), name='alert_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'taken', 'muted', 'closed'])), name='alert_state_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('person', 'kind'), name='alert_one_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'muted'), _negated=True), models.Q(('muted_until__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='alert_muted_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='alert_closed_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='availability_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__isnull', True), ('weekday__range', (0, 6)), _connector='OR'), name='availability_weekday_known'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='availability_closes_later'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(('slot_minutes__range', (10, 240))), name='availability_slot_length'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), ('by_phone', True), _connector='OR'), name='availability_says_where'),
        ),
        migrations.AddConstraint(
            model_name='availability',
            constraint=models.CheckConstraint(condition=models.Q(('purposes__len__gt', 0)), name='availability_says_why'),
        ),
        migrations.AddConstraint(
            model_name='charter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('sha256__regex', '^[0-9a-f]{64}$')), name='charter_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='charter',
            trigger=pgtrigger.compiler.Trigger(name='charter_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='222fde88a21f231bfa151695ced7a47e70631beb', operation='UPDATE OR DELETE', pgid='pgtrigger_charter_append_only_9d6bc', table='entrepreneurs_charter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='charter',
            trigger=pgtrigger.compiler.Trigger(name='charter_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2b3b6d2a9b77ee12aa8e0a672ec04889d6e9bb18', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_charter_no_truncate_3ea46', table='entrepreneurs_charter', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='closeddays',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', False)), name='closeddays_end'),
        ),
        migrations.AddConstraint(
            model_name='committee',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'convened', 'held', 'cancelled'])), name='committee_state_known'),
        ),
        migrations.AddConstraint(
            model_name='committee',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['vote', 'consent'])), name='committee_mode_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committee',
            trigger=pgtrigger.compiler.Trigger(name='committee_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c7802af2338450cab56bfc9fd9346eb1d74010b2', operation='DELETE', pgid='pgtrigger_committee_kept_47e63', table='entrepreneurs_committee', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='committeefile',
            constraint=models.UniqueConstraint(fields=('committee', 'application'), name='committeefile_once'),
        ),
        migrations.AddConstraint(
            model_name='committeefile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen__isnull', True), ('frozen_at__isnull', True), ('frozen_hash', '')), models.Q(('frozen__isnull', False), ('frozen_at__isnull', False), models.Q(('frozen_hash', ''), _negated=True)), _connector='OR'), name='committeefile_frozen_whole'),
        ),
        migrations.AddConstraint(
            model_name='committeefile',
            constraint=models.CheckConstraint(condition=models.Q(('fit', ''), ('fit__in', ['yes', 'partly', 'no']), _connector='OR'), name='committeefile_fit_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committeefile',
            trigger=pgtrigger.compiler.Trigger(name='committeefile_stays_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.frozen_hash <> \'\' AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'frozen\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'frozen\'] OR (NEW.frozen IS DISTINCT FROM OLD.frozen AND to_jsonb(NEW.frozen) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))) AND (NEW.frozen, NEW.frozen_hash, NEW.frozen_at, NEW.application_id, NEW.committee_id) IS DISTINCT FROM (OLD.frozen, OLD.frozen_hash, OLD.frozen_at, OLD.application_id, OLD.committee_id))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7c8bdea4c03fe24cac9351f69089dca32d423f21', operation='UPDATE', pgid='pgtrigger_committeefile_stays_frozen_8305f', table='entrepreneurs_committeefile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committeefile',
            trigger=pgtrigger.compiler.Trigger(name='committeefile_frozen_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.frozen_hash <> '')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='35c0ebef0eb9be102536d9f22f9f096e6f2321c4', operation='DELETE', pgid='pgtrigger_committeefile_frozen_kept_5cf40', table='entrepreneurs_committeefile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='committeemember',
            constraint=models.UniqueConstraint(fields=('committee', 'user'), name='committeemember_once'),
        ),
        migrations.AddConstraint(
            model_name='committeemember',
            constraint=models.UniqueConstraint(condition=models.Q(('chairs', True)), fields=('committee',), name='committeemember_one_chairs'),
        ),
        migrations.AddConstraint(
            model_name='committeevoice',
            constraint=models.CheckConstraint(condition=models.Q(('voice__in', ['for', 'against', 'abstain', 'objection'])), name='committeevoice_known'),
        ),
        migrations.AddConstraint(
            model_name='committeevoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('voice', 'objection'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='committeevoice_objection_is_said'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committeevoice',
            trigger=pgtrigger.compiler.Trigger(name='committeevoice_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'note\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'note\'] OR (NEW.note IS DISTINCT FROM OLD.note AND to_jsonb(NEW.note) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e8a3a4544052215014d97662b776fa799cb1e3c3', operation='UPDATE', pgid='pgtrigger_committeevoice_append_only_1a30d', table='entrepreneurs_committeevoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committeevoice',
            trigger=pgtrigger.compiler.Trigger(name='committeevoice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a3306155df09d6c46454ef5d22b26414fd3fa099', operation='DELETE', pgid='pgtrigger_committeevoice_kept_e9ff9', table='entrepreneurs_committeevoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='committeevoice',
            trigger=pgtrigger.compiler.Trigger(name='committeevoice_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ced286b3e83aadd650976b95084b44a2fdefb07a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_committeevoice_no_truncate_4e32d', table='entrepreneurs_committeevoice', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['state', 'ends_on'], name='contract_state_end'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['support_agreement', 'cape', 'cesa', 'other'])), name='contract_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'to_sign', 'signed', 'ended', 'cancelled'])), name='contract_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contract_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cape'), _negated=True), models.Q(('ends_on__isnull', False), ('ends_on__lte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '+', models.Value(datetime.timedelta(days=366))))), _connector='OR'), name='contract_cape_within_a_year'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'support_agreement'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='contract_agreement_has_a_term'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cape'), _negated=True), ('period__lte', 3), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='contract_fourth_cape_overridden'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('state__in', ('signed', 'ended'))), models.Q(models.Q(('state__in', ('signed', 'ended')), _negated=True), ('signed_on__isnull', True)), _connector='OR'), name='contract_signed_when_concluded'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), models.Q(('ended_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), models.Q(('ends_on__isnull', True), ('ended_on__lte', models.F('ends_on')), _connector='OR')), _connector='OR'), name='contract_end_within_its_days'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_kind', ''), ('ended_on__isnull', True)), models.Q(('end_kind__in', ['term', 'early', 'followed', 'by_law']), ('ended_on__isnull', False)), _connector='OR'), name='contract_end_has_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='contract_over_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'cape'), models.Q(('state', 'cancelled'), _negated=True), models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('starts_on')), _connector='OR')), fields=('person', 'period'), name='contract_cape_period_once'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('starts_on')), _connector='OR')), fields=('renews',), name='contract_renewed_once'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), expressions=[('person', '='), (people.models.periods.DateSpan('starts_on', django.db.models.functions.comparison.Coalesce('ended_on', 'ends_on')), '&&')], name='contract_one_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='contract_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5c011e53bf9b474e626170d05e8240be68155658', operation='DELETE', pgid='pgtrigger_contract_kept_78d9c', table='entrepreneurs_contract', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='contract_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((OLD.state IN ('to_sign', 'signed', 'ended') AND (OLD.person_id, OLD.kind, OLD.starts_on, OLD.ends_on, OLD.period, OLD.activity_id, OLD.renews_id) IS DISTINCT FROM (NEW.person_id, NEW.kind, NEW.starts_on, NEW.ends_on, NEW.period, NEW.activity_id, NEW.renews_id)) OR (OLD.state IN ('signed', 'ended') AND (OLD.signed_on) IS DISTINCT FROM (NEW.signed_on)))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff8b46da57d01982ab217972a1f6c0458c08f452', operation='UPDATE', pgid='pgtrigger_contract_frozen_576b1', table='entrepreneurs_contract', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='contract_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='aebfd5d57a51828808eb011304e455e9ffb197de', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_contract_no_truncate_637ce', table='entrepreneurs_contract', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='contractdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(('body__in', ['urssaf', 'unemployment'])), name='declaration_body_known'),
        ),
        migrations.AddConstraint(
            model_name='contractdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['signature', 'renewal', 'early_end'])), name='declaration_event_known'),
        ),
        migrations.AddConstraint(
            model_name='contractdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True), ('reference', '')), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='declaration_done_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='contractdeclaration',
            constraint=models.UniqueConstraint(fields=('contract', 'body', 'event'), name='declaration_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='declaration_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2122e22131ec9794a62251b6493812764dd1cb61', operation='DELETE', pgid='pgtrigger_declaration_kept_bab15', table='entrepreneurs_contractdeclaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='declaration_done_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."done_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d3c0dea5736167183f4fcb61b034f3d384de24b2', operation='UPDATE', pgid='pgtrigger_declaration_done_once_11e5a', table='entrepreneurs_contractdeclaration', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.UniqueConstraint(fields=('contract', 'number'), name='terms_number_once'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'to_sign', 'signed', 'cancelled'])), name='terms_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_amount__isnull', True), ('minimum_amount__gte', 0), _connector='OR'), name='terms_minimum_positive'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('fixed_part__isnull', True), ('fixed_part__gte', 0), _connector='OR'), name='terms_fixed_part_positive'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_period__in', ['', 'month', 'quarter', 'half_year', 'year'])), name='terms_minimum_period_known'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('accounts_rhythm__in', ['', 'month', 'quarter', 'year'])), name='terms_accounts_rhythm_known'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(('number', 0), models.Q(('subject', ''), _negated=True), _connector='OR'), name='terms_amendment_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['to_sign', 'signed']), _negated=True), models.Q(('pdf__isnull', False), ('content_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='terms_to_sign_are_frozen'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signed_on__isnull', True)), _connector='OR'), name='terms_signed_have_a_day'),
        ),
        migrations.AddConstraint(
            model_name='contractterms',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'to_sign'])), fields=('contract',), name='terms_one_open_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterms',
            trigger=pgtrigger.compiler.Trigger(name='terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='966ce417ba57889c7d1f0e08e659b29ac936a091', operation='DELETE', pgid='pgtrigger_terms_kept_ccf8c', table='entrepreneurs_contractterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterms',
            trigger=pgtrigger.compiler.Trigger(name='terms_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state IN ('to_sign', 'signed', 'cancelled') AND (OLD.contract_id, OLD.number, OLD.starts_on, OLD.subject, OLD.programme, OLD.commitments_before, OLD.commitments_after, OLD.objectives, OLD.minimum_amount, OLD.minimum_period, OLD.means, OLD.contribution_rule, OLD.contribution_scale, OLD.fixed_part, OLD.variable_method, OLD.working_time, OLD.statutes_version, OLD.customers_clause, OLD.property_clause, OLD.associate_clause, OLD.accounts_rhythm, OLD.third_parties_clause, OLD.early_end_clause, OLD.other_clauses) IS DISTINCT FROM (NEW.contract_id, NEW.number, NEW.starts_on, NEW.subject, NEW.programme, NEW.commitments_before, NEW.commitments_after, NEW.objectives, NEW.minimum_amount, NEW.minimum_period, NEW.means, NEW.contribution_rule, NEW.contribution_scale, NEW.fixed_part, NEW.variable_method, NEW.working_time, NEW.statutes_version, NEW.customers_clause, NEW.property_clause, NEW.associate_clause, NEW.accounts_rhythm, NEW.third_parties_clause, NEW.early_end_clause, NEW.other_clauses))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1b600f0a18c65c0cbdfbc6718707f756128b32bd', operation='UPDATE', pgid='pgtrigger_terms_frozen_16dce', table='entrepreneurs_contractterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterms',
            trigger=pgtrigger.compiler.Trigger(name='terms_paper_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((OLD.state IN ('to_sign', 'signed') AND (OLD.frozen_text, OLD.content_sha256, OLD.pdf_id, OLD.round) IS DISTINCT FROM (NEW.frozen_text, NEW.content_sha256, NEW.pdf_id, NEW.round)) OR (OLD.state IN ('signed') AND (OLD.state, OLD.signed_on) IS DISTINCT FROM (NEW.state, NEW.signed_on)) OR (OLD.signed_pdf_id IS NOT NULL AND OLD.signed_pdf_id IS DISTINCT FROM NEW.signed_pdf_id))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='453d65526b31b3f961af7e7bf4ff651f6ae35b9b', operation='UPDATE', pgid='pgtrigger_terms_paper_frozen_9e269', table='entrepreneurs_contractterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterms',
            trigger=pgtrigger.compiler.Trigger(name='terms_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f5ada9b268a9d346067fc3aeb99f42de9b48f6db', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_terms_no_truncate_9a70a', table='entrepreneurs_contractterms', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['declared', 'sent', 'closed'])), name='claim_state_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('declared_on__gte', models.F('happened_on'))), name='claim_told_after'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('estimate__isnull', True), ('estimate__gte', 0), _connector='OR'), name='claim_estimate_positive'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='claim_closed_with_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6167a1337f3cf9c40fc727915c976ee68f997166', operation='DELETE', pgid='pgtrigger_claim_kept_5050b', table='entrepreneurs_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaset',
            trigger=pgtrigger.compiler.Trigger(name='criteriaset_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4172b34b2efc204cada64352c80b6a856be0b46b', operation='UPDATE OR DELETE', pgid='pgtrigger_criteriaset_append_only_b1053', table='entrepreneurs_criteriaset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaset',
            trigger=pgtrigger.compiler.Trigger(name='criteriaset_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6716f45215dc3f68a50d5d81868aa259904083a6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_criteriaset_no_truncate_3431f', table='entrepreneurs_criteriaset', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='criterion_weighs_something'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('criteria', 'label'), name='criterion_once_a_grid'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='criterion_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='713e2c0bf78b8d7b5467b6bc1ba8c82a1b213af6', operation='UPDATE OR DELETE', pgid='pgtrigger_criterion_append_only_a508d', table='entrepreneurs_criterion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='criterion_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a393edcdccf6dc355939bae811d5139fbf1eb074', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_criterion_no_truncate_685fa', table='entrepreneurs_criterion', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='documentrequest',
            index=models.Index(fields=['about_type', 'about_id'], name='paper_about'),
        ),
        migrations.AddIndex(
            model_name='documentrequest',
            index=models.Index(fields=['state', 'due_on'], name='paper_waiting'),
        ),
        migrations.AddConstraint(
            model_name='documentrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'received', 'accepted', 'refused', 'expired', 'waived'])), name='paper_state_known'),
        ),
        migrations.AddConstraint(
            model_name='documentrequest',
            constraint=models.UniqueConstraint(fields=('about_type', 'about_id', 'person', 'kind', 'precision'), name='paper_asked_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='documentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['received', 'accepted']), _negated=True), ('document__isnull', False), _connector='OR'), name='paper_brought_has_a_file'),
        ),
        migrations.AddConstraint(
            model_name='documentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'waived']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='paper_refused_or_waived_says_why'),
        ),
        migrations.AddConstraint(
            model_name='economicwaiver',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='economicwaiver_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='economicwaiver',
            constraint=models.UniqueConstraint(fields=('application',), name='economicwaiver_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='economicwaiver',
            trigger=pgtrigger.compiler.Trigger(name='economicwaiver_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b1676cd68ff4a23ee35b87480d0413895aac26c2', operation='UPDATE', pgid='pgtrigger_economicwaiver_append_only_ceb34', table='entrepreneurs_economicwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='economicwaiver',
            trigger=pgtrigger.compiler.Trigger(name='economicwaiver_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='85e78d718d86a2cd4eb12a60b306e83031a74646', operation='DELETE', pgid='pgtrigger_economicwaiver_kept_ea7c6', table='entrepreneurs_economicwaiver', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='economicwaiver',
            trigger=pgtrigger.compiler.Trigger(name='economicwaiver_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='34ce9f31518545fffa208461a9b26da624902091', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_economicwaiver_no_truncate_0d8a7', table='entrepreneurs_economicwaiver', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='entrychecklist',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['activity', 'collective'])), name='checklist_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='entrychecklist',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('person',), name='checklist_one_open_per_person'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.UniqueConstraint(fields=('checklist', 'code'), name='entryline_once'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(('ball__in', ['person', 'advisor', 'human_resources', 'accountant'])), name='entryline_ball_known'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(('fact__in', ['contract_signed', 'account_open', 'bank_details', 'papers_settled', 'covered', 'activity_open', 'coach_named', ''])), name='entryline_fact_known'),
        ),
        migrations.AddConstraint(
            model_name='entryline',
            constraint=models.CheckConstraint(condition=models.Q(('done_by__isnull', True), ('done_at__isnull', False), _connector='OR'), name='entryline_hand_is_named'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'closed', 'cancelled'])), name='exit_state_known'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['undecided', 'leaves', 'stays'])), name='exit_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.CheckConstraint(condition=models.Q(('account_closes_on__gt', models.F('last_day'))), name='exit_account_closes_after'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='exit_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('person',), name='exit_one_prepared'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exit',
            trigger=pgtrigger.compiler.Trigger(name='exit_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='48fdc2a094a62d6788e9cce6b234a63cc84c5036', operation='DELETE', pgid='pgtrigger_exit_kept_e8324', table='entrepreneurs_exit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exit',
            trigger=pgtrigger.compiler.Trigger(name='exit_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'prepared' AND (OLD.person_id, OLD.kind, OLD.last_day, OLD.account_closes_on, OLD.state) IS DISTINCT FROM (NEW.person_id, NEW.kind, NEW.last_day, NEW.account_closes_on, NEW.state))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='00a3e0539031f86896f7648faa4e683e53561e7d', operation='UPDATE', pgid='pgtrigger_exit_frozen_8d42c', table='entrepreneurs_exit', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='exitstep',
            constraint=models.UniqueConstraint(fields=('exit', 'code'), name='exit_step_once'),
        ),
        migrations.AddConstraint(
            model_name='exitstep',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ('invoices', 'stock', 'balance', 'handover', 'insurance', 'keys', 'shares', 'papers'))), name='exit_step_known'),
        ),
        migrations.AddConstraint(
            model_name='feasibilityfinding',
            constraint=models.CheckConstraint(condition=models.Q(('point__in', ['regulated', 'proofs', 'insurable', 'investment', 'lease', 'hiring'])), name='feasibilityfinding_point_known'),
        ),
        migrations.AddConstraint(
            model_name='feasibilityfinding',
            constraint=models.CheckConstraint(condition=models.Q(('finding__in', ['yes', 'no', 'to_see'])), name='feasibilityfinding_finding_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feasibilityfinding',
            trigger=pgtrigger.compiler.Trigger(name='feasibilityfinding_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'note\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'note\'] OR (NEW.note IS DISTINCT FROM OLD.note AND to_jsonb(NEW.note) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='aa5e1753248c3b1e0be6f34fc8ea3eab7d011001', operation='UPDATE', pgid='pgtrigger_feasibilityfinding_append_only_a2c9f', table='entrepreneurs_feasibilityfinding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feasibilityfinding',
            trigger=pgtrigger.compiler.Trigger(name='feasibilityfinding_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='48e3852522b9e33cbcc9a5605eebeaa516a00958', operation='DELETE', pgid='pgtrigger_feasibilityfinding_kept_62691', table='entrepreneurs_feasibilityfinding', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feasibilityfinding',
            trigger=pgtrigger.compiler.Trigger(name='feasibilityfinding_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7526b0fb7b6af1ce8304e654a2cb92c0014a823b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_feasibilityfinding_no_truncate_72c54', table='entrepreneurs_feasibilityfinding', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='followfigure',
            constraint=models.UniqueConstraint(fields=('person', 'measure', 'month'), name='followfigure_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='followfigure',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ('margin', 'hours', 'prospects'))), name='followfigure_is_typed'),
        ),
        migrations.AddConstraint(
            model_name='followfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='followfigure_first_of_month'),
        ),
        migrations.AddConstraint(
            model_name='followfigure',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='followfigure_positive'),
        ),
        migrations.AddConstraint(
            model_name='followgoal',
            constraint=models.UniqueConstraint(fields=('person', 'measure', 'rhythm', 'starts_on'), name='followgoal_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='followgoal',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['sales', 'margin', 'cash', 'hours', 'prospects'])), name='followgoal_measure_known'),
        ),
        migrations.AddConstraint(
            model_name='followgoal',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['month', 'quarter', 'year'])), name='followgoal_rhythm_known'),
        ),
        migrations.AddConstraint(
            model_name='followgoal',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='followgoal_first_of_month'),
        ),
        migrations.AddConstraint(
            model_name='follownote',
            constraint=models.UniqueConstraint(fields=('person', 'rhythm', 'starts_on'), name='follownote_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='follownote',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['month', 'quarter', 'year'])), name='follownote_rhythm_known'),
        ),
        migrations.AddConstraint(
            model_name='follownote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='follownote_says_something'),
        ),
        migrations.AddConstraint(
            model_name='fundedaction',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='fundedaction_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='fundedaction',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='fundedaction_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='fundedaction',
            constraint=models.CheckConstraint(condition=models.Q(('hours_each__isnull', True), ('hours_each__gt', 0), _connector='OR'), name='fundedaction_hours_each_positive'),
        ),
        migrations.AddConstraint(
            model_name='informationpresence',
            constraint=models.CheckConstraint(condition=models.Q(('presence__in', ['planned', 'came', 'missed'])), name='informationpresence_known'),
        ),
        migrations.AddIndex(
            model_name='interview',
            index=models.Index(fields=['state', 'due_on'], name='interview_due'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('contract', 'rank'), name='interview_once_a_rank'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['due', 'proposed', 'signed', 'cancelled'])), name='interview_state_known'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'signed']), _negated=True), models.Q(('advisor__isnull', False), ('held_on__isnull', False), models.Q(('content_sha256', ''), _negated=True)), _connector='OR'), name='interview_proposed_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='interview_cancelled_with_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interview',
            trigger=pgtrigger.compiler.Trigger(name='interview_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5e61538e9ff9e9e743c4139baf9c8a69ea681748', operation='DELETE', pgid='pgtrigger_interview_kept_d7c20', table='entrepreneurs_interview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interview',
            trigger=pgtrigger.compiler.Trigger(name='interview_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IN (\'signed\') AND (OLD.person_id, OLD.contract_id, OLD.due_on, OLD.held_on, OLD.advisor_id, OLD.texts, OLD.figures, OLD.content_sha256, OLD.state) IS DISTINCT FROM (NEW.person_id, NEW.contract_id, NEW.due_on, NEW.held_on, NEW.advisor_id, NEW.texts, NEW.figures, NEW.content_sha256, NEW.state) AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'texts\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'texts\'] OR (NEW.texts IS DISTINCT FROM OLD.texts AND to_jsonb(NEW.texts) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3a48bfcafd4914d12903565b878a987bcfd08942', operation='UPDATE', pgid='pgtrigger_interview_frozen_4117e', table='entrepreneurs_interview', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'accepted', 'refused', 'withdrawn'])), name='joinrequest_state_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['lead', 'member', 'invoices', 'reader'])), name='joinrequest_part_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('activity', 'person'), name='joinrequest_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='joinrequest_refused_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joinrequest',
            trigger=pgtrigger.compiler.Trigger(name='joinrequest_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='87a87aa3002851c55f722866c7aceab1ec313a4e', operation='DELETE', pgid='pgtrigger_joinrequest_kept_2b9a5', table='entrepreneurs_joinrequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='colleagueopinion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['trade', 'collective'])), name='colleagueopinion_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='colleagueopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('opinion', '')), models.Q(('answered_at__isnull', False), ('opinion__in', ['for', 'reserved', 'against'])), _connector='OR'), name='colleagueopinion_whole'),
        ),
        migrations.AddConstraint(
            model_name='colleagueopinion',
            constraint=models.UniqueConstraint(fields=('application', 'person'), name='colleagueopinion_once'),
        ),
        migrations.AddConstraint(
            model_name='colleagueopinion',
            constraint=models.UniqueConstraint(fields=('request', 'person'), name='colleagueopinion_once_a_demand'),
        ),
        migrations.AddConstraint(
            model_name='colleagueopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('request__isnull', True)), models.Q(('application__isnull', True), ('kind', 'collective'), ('request__isnull', False)), _connector='OR'), name='colleagueopinion_about_one_thing'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='colleagueopinion',
            trigger=pgtrigger.compiler.Trigger(name='colleagueopinion_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e2f9c8b38138a55a9d24aa4709599d8cc3c8d34f', operation='DELETE', pgid='pgtrigger_colleagueopinion_kept_dae0c', table='entrepreneurs_colleagueopinion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='colleagueopinion',
            trigger=pgtrigger.compiler.Trigger(name='colleagueopinion_given_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.answered_at IS NOT NULL AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'text\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'text\'] OR (NEW.text IS DISTINCT FROM OLD.text AND to_jsonb(NEW.text) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c8a6f85737fd94e7e6c94cdfdc16a7a696174950', operation='UPDATE', pgid='pgtrigger_colleagueopinion_given_once_c28e0', table='entrepreneurs_colleagueopinion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('job__isnull', False)), fields=('job', 'person'), name='letter_once_a_job'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9828926d6f3df751b88df22bc71847669f8f396d', operation='UPDATE OR DELETE', pgid='pgtrigger_letter_append_only_58df2', table='entrepreneurs_letter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='letter_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3216568f22e200b7b9442d63b58976f02f1e7a1c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_letter_no_truncate_84e52', table='entrepreneurs_letter', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='lettertext',
            index=models.Index(fields=['code', 'valid_from'], name='letter_text_in_force'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='letter_text_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettertext',
            trigger=pgtrigger.compiler.Trigger(name='letter_text_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0119a0f91576f2e7eda1c37e222ff3d112f6acd', operation='UPDATE OR DELETE', pgid='pgtrigger_letter_text_append_only_f1ff2', table='entrepreneurs_lettertext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettertext',
            trigger=pgtrigger.compiler.Trigger(name='letter_text_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='5ccc6c6777bbff169389805a1f50b40f9a3ddbad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_letter_text_no_truncate_39aff', table='entrepreneurs_lettertext', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['advisor', 'starts_at'], name='meeting_advisor'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['person', 'starts_at'], name='meeting_person'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['booked', 'held', 'cancelled', 'no_show'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['place', 'video', 'phone'])), name='meeting_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['first_interview', 'follow_up', 'yearly_interview', 'figures', 'papers', 'other'])), name='meeting_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('application__isnull', False), _connector='OR'), name='meeting_with_somebody'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='meeting_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('booked', 'held'))), expressions=[('advisor', '='), (entrepreneurs.models.meetings.TimeSpan('starts_at', 'ends_at'), '&&')], name='meeting_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('booked', 'held'))), expressions=[('person', '='), (entrepreneurs.models.meetings.TimeSpan('starts_at', 'ends_at'), '&&')], name='meeting_one_place_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='meetingreport',
            index=models.Index(fields=['person', 'met_on'], name='report_person'),
        ),
        migrations.AddConstraint(
            model_name='meetingreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'shared'])), name='report_state_known'),
        ),
        migrations.AddConstraint(
            model_name='meetingreport',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['place', 'video', 'phone'])), name='report_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='meetingreport',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (1, 240))), name='report_length'),
        ),
        migrations.AddConstraint(
            model_name='meetingreport',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('said', ''), _negated=True), _connector='OR'), name='report_shared_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingreport',
            trigger=pgtrigger.compiler.Trigger(name='report_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IN (\'shared\') AND (OLD.person_id, OLD.author_id, OLD.met_on, OLD.mode, OLD.minutes, OLD.themes, OLD.said, OLD.decisions, OLD.state) IS DISTINCT FROM (NEW.person_id, NEW.author_id, NEW.met_on, NEW.mode, NEW.minutes, NEW.themes, NEW.said, NEW.decisions, NEW.state) AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'said\', \'decisions\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'said\', \'decisions\'] OR (NEW.said IS DISTINCT FROM OLD.said AND to_jsonb(NEW.said) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.decisions IS DISTINCT FROM OLD.decisions AND to_jsonb(NEW.decisions) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b9f7ddeda44b8b4d307ad9c0aa89052df8a05dd8', operation='UPDATE', pgid='pgtrigger_report_frozen_83662', table='entrepreneurs_meetingreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingreport',
            trigger=pgtrigger.compiler.Trigger(name='report_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'shared\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e302fafcca579e68c08a2460fe85e6af7df2fef8', operation='DELETE', pgid='pgtrigger_report_kept_5ca07', table='entrepreneurs_meetingreport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='passagedecision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['granted', 'waived', 'postponed'])), name='passage_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='passagedecision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'granted'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='passage_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passagedecision',
            trigger=pgtrigger.compiler.Trigger(name='passage_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff129c8318f3fc9071c31db634ba5e51e89f5067', operation='UPDATE', pgid='pgtrigger_passage_append_only_e7633', table='entrepreneurs_passagedecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passagedecision',
            trigger=pgtrigger.compiler.Trigger(name='passage_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='590a7ad973cf30a4dccafbf30287ae1fcaa5fcd8', operation='DELETE', pgid='pgtrigger_passage_kept_78fae', table='entrepreneurs_passagedecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passagedecision',
            trigger=pgtrigger.compiler.Trigger(name='passage_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c0893af385db43489949c6b0fedfcc1f92c4373d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_passage_no_truncate_6db6a', table='entrepreneurs_passagedecision', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='plangoal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['project', 'development', 'skills', 'cooperative'])), name='plangoal_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='plangoal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'reached', 'dropped'])), name='plangoal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='plangoal',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='plangoal_says_something'),
        ),
        migrations.AddIndex(
            model_name='planaction',
            index=models.Index(fields=['owner', 'state', 'due_on'], name='planaction_owner'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['todo', 'doing', 'done', 'dropped'])), name='planaction_state_known'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='planaction_says_something'),
        ),
        migrations.AddConstraint(
            model_name='privatenote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='privatenote_says_something'),
        ),
        migrations.AddConstraint(
            model_name='projectversion',
            constraint=models.UniqueConstraint(fields=('person', 'number'), name='projectversion_once_a_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectversion',
            trigger=pgtrigger.compiler.Trigger(name='projectversion_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'idea\', \'targets\', \'costs\', \'prices\', \'communication\', \'model\', \'label\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'idea\', \'targets\', \'costs\', \'prices\', \'communication\', \'model\', \'label\'] OR (NEW.idea IS DISTINCT FROM OLD.idea AND to_jsonb(NEW.idea) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.targets IS DISTINCT FROM OLD.targets AND to_jsonb(NEW.targets) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.costs IS DISTINCT FROM OLD.costs AND to_jsonb(NEW.costs) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.prices IS DISTINCT FROM OLD.prices AND to_jsonb(NEW.prices) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.communication IS DISTINCT FROM OLD.communication AND to_jsonb(NEW.communication) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.model IS DISTINCT FROM OLD.model AND to_jsonb(NEW.model) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.label IS DISTINCT FROM OLD.label AND to_jsonb(NEW.label) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8f8b25f1f609843b58d9b9c79852634131364f92', operation='UPDATE', pgid='pgtrigger_projectversion_append_only_cf6c6', table='entrepreneurs_projectversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectversion',
            trigger=pgtrigger.compiler.Trigger(name='projectversion_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='56d8ec029812ce732f294521c45e77b706c8a66c', operation='DELETE', pgid='pgtrigger_projectversion_kept_330b5', table='entrepreneurs_projectversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='projectversion',
            trigger=pgtrigger.compiler.Trigger(name='projectversion_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='307204bc3453d4ed15c77b75a0c463e30b5e8c0a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_projectversion_no_truncate_ec0a2', table='entrepreneurs_projectversion', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='referent',
            index=models.Index(fields=['advisor', 'function'], name='referent_advisor'),
        ),
        migrations.AddConstraint(
            model_name='referent',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='referent_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='referent',
            constraint=models.CheckConstraint(condition=models.Q(('advisor', models.F('person')), _negated=True), name='referent_is_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='referent',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('function', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='referent_one_per_function'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referent',
            trigger=pgtrigger.compiler.Trigger(name='referent_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0700078cc380314f59f40f3703e1f2c42550a3f2', operation='DELETE', pgid='pgtrigger_referent_kept_033dd', table='entrepreneurs_referent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['female', 'male', ''])), name='register_sex_known'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('hired_on')), _connector='OR'), name='register_left_after_hired'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerentry',
            trigger=pgtrigger.compiler.Trigger(name='register_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='85d057fe2bfd2a4a6acbac7c134c82f8d9f09f9f', operation='DELETE', pgid='pgtrigger_register_kept_3c554', table='entrepreneurs_registerentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerentry',
            trigger=pgtrigger.compiler.Trigger(name='register_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."contract_kind" IS DISTINCT FROM (NEW."contract_kind") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."hired_on" IS DISTINCT FROM (NEW."hired_on") OR OLD."is_part_time" IS DISTINCT FROM (NEW."is_part_time") OR OLD."job" IS DISTINCT FROM (NEW."job") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bebaecbb153ad11885d26488b9c7b0543eba321f', operation='UPDATE', pgid='pgtrigger_register_frozen_a1cdb', table='entrepreneurs_registerentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerentry',
            trigger=pgtrigger.compiler.Trigger(name='register_left_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.left_on IS NOT NULL AND NEW.left_on IS DISTINCT FROM OLD.left_on)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1096f5a0bf4f5205962e0de2ca1685e0268c87d2', operation='UPDATE', pgid='pgtrigger_register_left_once_560fb', table='entrepreneurs_registerentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerentry',
            trigger=pgtrigger.compiler.Trigger(name='register_completed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.birth_date IS NOT NULL AND NEW.birth_date IS DISTINCT FROM OLD.birth_date OR OLD.sex <> '' AND NEW.sex <> OLD.sex OR OLD.nationality <> '' AND NEW.nationality <> OLD.nationality OR OLD.qualification <> '' AND NEW.qualification <> OLD.qualification OR OLD.permit <> '' AND NEW.permit <> OLD.permit)", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e81752268d4255ae62d60242b01d68af4c607fea', operation='UPDATE', pgid='pgtrigger_register_completed_once_c11de', table='entrepreneurs_registerentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='hiringdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_do', 'done', 'cancelled'])), name='hiring_declaration_state_known'),
        ),
        migrations.AddConstraint(
            model_name='hiringdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('made_on__isnull', False), models.Q(('receipt', ''), _negated=True)), _connector='OR'), name='hiring_declaration_done_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='hiringdeclaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='hiring_declaration_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hiringdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='hiring_declaration_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d9843f2194f855479f752753a1880dacdffb949e', operation='DELETE', pgid='pgtrigger_hiring_declaration_kept_24560', table='entrepreneurs_hiringdeclaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hiringdeclaration',
            trigger=pgtrigger.compiler.Trigger(name='hiring_declaration_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'to_do' AND (OLD.proof_id IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.* OR to_jsonb(OLD.*) - 'proof_id' IS DISTINCT FROM to_jsonb(NEW.*) - 'proof_id'))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1bfcb034eb3cb7efd7638dab6445624ddc6efe23', operation='UPDATE', pgid='pgtrigger_hiring_declaration_frozen_5ecec', table='entrepreneurs_hiringdeclaration', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='addendum_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportaddendum',
            trigger=pgtrigger.compiler.Trigger(name='reportaddendum_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'text\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'text\'] OR (NEW.text IS DISTINCT FROM OLD.text AND to_jsonb(NEW.text) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a860a9a12c5b5197a643fb2669d23815fcdd03c6', operation='UPDATE', pgid='pgtrigger_reportaddendum_append_only_d08b2', table='entrepreneurs_reportaddendum', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportaddendum',
            trigger=pgtrigger.compiler.Trigger(name='reportaddendum_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='80bd9578853112f2d9a4a098edff6da9e22b0a1f', operation='DELETE', pgid='pgtrigger_reportaddendum_kept_4fca8', table='entrepreneurs_reportaddendum', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportaddendum',
            trigger=pgtrigger.compiler.Trigger(name='reportaddendum_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='7a863e581f9a5174c875ad73ce71085f441ff8ee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reportaddendum_no_truncate_54637', table='entrepreneurs_reportaddendum', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('application', 'reviewer'), name='review_once_a_reviewer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='review_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'comment\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'comment\'] OR (NEW.comment IS DISTINCT FROM OLD.comment AND to_jsonb(NEW.comment) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='852e0acb0d86ed4ccde9cf839c710ee46aad9d82', operation='UPDATE', pgid='pgtrigger_review_append_only_e2d3c', table='entrepreneurs_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='review_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='337a05814a25750054bd1f109f8b421e2cde66d3', operation='DELETE', pgid='pgtrigger_review_kept_eee41', table='entrepreneurs_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='review',
            trigger=pgtrigger.compiler.Trigger(name='review_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='233d7f0b0279a399d993ea10201e07b4ead6541f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_review_no_truncate_685e5', table='entrepreneurs_review', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('value__lte', 4)), name='mark_within_scale'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('replaces__isnull', True)), models.Q(('replaces__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='mark_change_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='mark_replaces_another'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('review', 'criterion'), name='mark_first_once_a_criterion'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mark',
            trigger=pgtrigger.compiler.Trigger(name='mark_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b8982b50e24848c8636af8eae3e579e3fc20c2da', operation='UPDATE', pgid='pgtrigger_mark_append_only_79fcc', table='entrepreneurs_mark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mark',
            trigger=pgtrigger.compiler.Trigger(name='mark_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c06f4bf5a5356441a4ffb1c7e5be02c163b4f6d5', operation='DELETE', pgid='pgtrigger_mark_kept_abe51', table='entrepreneurs_mark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mark',
            trigger=pgtrigger.compiler.Trigger(name='mark_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='1a3edc87554caf0df6d7eee0567cc0da1cdc1b02', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_mark_no_truncate_8ed7f', table='entrepreneurs_mark', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reviewrequest',
            constraint=models.UniqueConstraint(fields=('application', 'reviewer'), name='reviewrequest_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrequest',
            trigger=pgtrigger.compiler.Trigger(name='reviewrequest_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72579f2f38881ed6f6ed2c0f77eecbf3ab0a301b', operation='UPDATE OR DELETE', pgid='pgtrigger_reviewrequest_append_only_b64dc', table='entrepreneurs_reviewrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewrequest',
            trigger=pgtrigger.compiler.Trigger(name='reviewrequest_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b545921a823235b1bdf9d58b830bb4b4b8001ebd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reviewrequest_no_truncate_c7994', table='entrepreneurs_reviewrequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(fields=('terms', 'round', 'rank'), name='signatory_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(('party__in', ['person', 'cooperative'])), name='signatory_party_known'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', 'person'), ('person__isnull', False)), models.Q(('party', 'cooperative'), ('person__isnull', True)), _connector='OR'), name='signatory_person_named'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan__isnull', True), ('signature__isnull', True), ('signed_on__isnull', True)), models.Q(('scan__isnull', True), ('signature__isnull', False), ('signed_on__isnull', False)), models.Q(('scan__isnull', False), ('signature__isnull', True), ('signed_on__isnull', False)), _connector='OR'), name='signatory_signed_one_way'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decline_reason', ''), ('declined_on__isnull', True)), models.Q(('declined_on__isnull', False), ('signed_on__isnull', True), models.Q(('decline_reason', ''), _negated=True)), _connector='OR'), name='signatory_declines_with_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='signatory_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='818405d0613cd5c01ebb76184e06af331a5e5c82', operation='DELETE', pgid='pgtrigger_signatory_kept_fba70', table='entrepreneurs_signatory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='signatory_signs_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.signed_on IS NOT NULL OR OLD.declined_on IS NOT NULL) AND OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ec10c5e33c92a541efb8cb5f4b2c44a028e0399d', operation='UPDATE', pgid='pgtrigger_signatory_signs_once_94f5c', table='entrepreneurs_signatory', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signatory',
            trigger=pgtrigger.compiler.Trigger(name='signatory_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='888ac8f0d010aa26cde6acda238a61ae0f2860cd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_signatory_no_truncate_f0149', table='entrepreneurs_signatory', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='slotinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'booked', 'no_answer', 'stopped'])), name='slotinvitation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='slotinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('stop_reason', ''), _negated=True), _connector='OR'), name='slotinvitation_stop_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='slotinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='slotinvitation_ended_or_waiting'),
        ),
        migrations.AddConstraint(
            model_name='slotinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('application',), name='slotinvitation_one_waits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slotinvitation',
            trigger=pgtrigger.compiler.Trigger(name='slotinvitation_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='dfcb7e557eef564a7ba5183d5a6e2f790fc9f13e', operation='DELETE', pgid='pgtrigger_slotinvitation_kept_574b5', table='entrepreneurs_slotinvitation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='supportrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'planned', 'given', 'declined'])), name='supportrequest_state_known'),
        ),
        migrations.AddConstraint(
            model_name='supportrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'planned'])), fields=('kind', 'person'), name='supportrequest_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='supportrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='supportrequest_declined_with_words'),
        ),
        migrations.AddConstraint(
            model_name='insurerslip',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'agreed', 'limited', 'refused'])), name='insurerslip_state_known'),
        ),
        migrations.AddConstraint(
            model_name='insurerslip',
            constraint=models.CheckConstraint(condition=models.Q(('application__isnull', False), ('person__isnull', False), _connector='OR'), name='insurerslip_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='insurerslip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='insurerslip_answer_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='insurerslip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('limited', 'refused')), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='insurerslip_limits_are_said'),
        ),
        migrations.AddConstraint(
            model_name='insurerslip',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sent')), fields=('application', 'trade_name'), name='insurerslip_one_waits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='insurerslip',
            trigger=pgtrigger.compiler.Trigger(name='insurerslip_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3a929bf0d12b753124983445e04a28fe651338c5', operation='DELETE', pgid='pgtrigger_insurerslip_kept_09d5c', table='entrepreneurs_insurerslip', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='insurerslip',
            trigger=pgtrigger.compiler.Trigger(name='insurerslip_answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state <> \'sent\' AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'answer\', \'description\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'answer\', \'description\'] OR (NEW.answer IS DISTINCT FROM OLD.answer AND to_jsonb(NEW.answer) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.description IS DISTINCT FROM OLD.description AND to_jsonb(NEW.description) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))) AND (NEW.state, NEW.answered_on, NEW.answer, NEW.trade_name) IS DISTINCT FROM (OLD.state, OLD.answered_on, OLD.answer, OLD.trade_name))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9e269b8e658d68d05d88fcedfcc0d6e832f9eda8', operation='UPDATE', pgid='pgtrigger_insurerslip_answered_once_4ae04', table='entrepreneurs_insurerslip', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='cover_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('classes__contained_by', ['civil', 'building', 'products', 'care', 'food', 'data'])), name='cover_classes_known'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), models.Q(('job_limit__isnull', True), ('job_limit__gt', 0), _connector='OR')), name='cover_amounts_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cover',
            trigger=pgtrigger.compiler.Trigger(name='cover_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='717ca559f42f696e8c490182478509eaa1499861', operation='DELETE', pgid='pgtrigger_cover_kept_96679', table='entrepreneurs_cover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cover',
            trigger=pgtrigger.compiler.Trigger(name='cover_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."insurer" IS DISTINCT FROM (NEW."insurer") OR OLD."policy" IS DISTINCT FROM (NEW."policy") OR OLD."classes" IS DISTINCT FROM (NEW."classes") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."job_limit" IS DISTINCT FROM (NEW."job_limit"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3f7eda1426648f058d61307240a4f603449ab356', operation='UPDATE', pgid='pgtrigger_cover_frozen_28066', table='entrepreneurs_cover', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['state', 'territory'], name='application_board'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['email'], name='application_email'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['sort_name'], name='application_sort_name'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('door__in', ['activity', 'idea', 'collective'])), name='application_door_known'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'accepted', 'refused', 'redirected', 'pooled', 'withdrawn'])), name='application_state_known'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), ('sent_at__isnull', True), ('state', 'draft')), models.Q(('reference', ''), ('sent_at__isnull', True), ('state', 'withdrawn')), models.Q(('consent_at__isnull', False), ('person__isnull', False), ('sent_at__isnull', False), models.Q(('state', 'draft'), _negated=True), models.Q(('reference', ''), _negated=True), models.Q(('first_name', ''), _negated=True), models.Q(('last_name', ''), _negated=True)), _connector='OR'), name='application_sent_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='application_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('person',), name='application_one_waits_per_person'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('tested_from__isnull', True), ('tested_until__isnull', True), ('tested_until__gte', models.F('tested_from')), _connector='OR'), name='application_tested_dates'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('sales_12_months__isnull', True), ('sales_12_months__gte', 0), _connector='OR'), name='application_sales_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('costs_12_months__isnull', True), ('costs_12_months__gte', 0), _connector='OR'), name='application_costs_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('charter__isnull', True), ('charter_typed', '')), models.Q(('charter__isnull', False), models.Q(('charter_typed', ''), _negated=True)), _connector='OR'), name='application_charter_typed'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('charter__isnull', False), ('charter_signature__isnull', False), ('sent_at__isnull', False)), models.Q(('charter_signature__isnull', True), models.Q(('charter__isnull', True), ('sent_at__isnull', True), _connector='OR')), _connector='OR'), name='application_charter_signed'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9]{1,12}$')), name='activity_code_plain'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['individual', 'collective'])), name='activity_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('is_open_to_join', False), ('kind', 'collective'), _connector='OR'), name='activity_joined_is_collective'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), models.Q(('close_reason', ''), _negated=True), _connector='OR'), name='activity_closed_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='activity_closed_after_opened'),
        ),
        migrations.AddConstraint(
            model_name='welcomestage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['entry', 'work', 'decision', 'end'])), name='welcomestage_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='welcomestage',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='welcomestage_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomestage',
            trigger=pgtrigger.compiler.Trigger(name='welcomestage_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9b1c29d3a5ca16d60613dc81c55c365249e17a41', operation='DELETE', pgid='pgtrigger_welcomestage_kept_cd82a', table='entrepreneurs_welcomestage', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='stagemove',
            index=models.Index(fields=['application', '-moved_at'], name='stagemove_latest'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stagemove',
            trigger=pgtrigger.compiler.Trigger(name='stagemove_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c17aba04f5883edd3f0148c2da667727f2a6a744', operation='UPDATE', pgid='pgtrigger_stagemove_append_only_04083', table='entrepreneurs_stagemove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stagemove',
            trigger=pgtrigger.compiler.Trigger(name='stagemove_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='293fdcfb22b6c74f4700316129c547638afb51d5', operation='DELETE', pgid='pgtrigger_stagemove_kept_716ff', table='entrepreneurs_stagemove', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stagemove',
            trigger=pgtrigger.compiler.Trigger(name='stagemove_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8482d809abeb9d06287ef9b21ef1090b19fa5f2d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_stagemove_no_truncate_87f0c', table='entrepreneurs_stagemove', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='applicationdecision',
            index=models.Index(fields=['application', '-decided_at'], name='applicationdecision_latest'),
        ),
        migrations.AddConstraint(
            model_name='applicationdecision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['accepted', 'postponed', 'refused', 'redirected', 'pooled', 'reopened'])), name='applicationdecision_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='applicationdecision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ('accepted', 'reopened')), models.Q(('reason_code', ''), _negated=True), _connector='OR'), name='applicationdecision_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationdecision',
            trigger=pgtrigger.compiler.Trigger(name='applicationdecision_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\', \'conditions\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\', \'conditions\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.conditions IS DISTINCT FROM OLD.conditions AND to_jsonb(NEW.conditions) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dc3e2a78587e183c8620d01f09eba6658ff7bc3d', operation='UPDATE', pgid='pgtrigger_applicationdecision_append_only_59ec6', table='entrepreneurs_applicationdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationdecision',
            trigger=pgtrigger.compiler.Trigger(name='applicationdecision_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='07d430b1e8bcbc6bf934c848f3f22d9a84246893', operation='DELETE', pgid='pgtrigger_applicationdecision_kept_a1e5a', table='entrepreneurs_applicationdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationdecision',
            trigger=pgtrigger.compiler.Trigger(name='applicationdecision_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9f99c34532e85cabc064655a13d8358a78ab6594', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_applicationdecision_no_truncate_70158', table='entrepreneurs_applicationdecision', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='welcometarget',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['entries', 'capacity'])), name='welcometarget_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='welcometarget',
            constraint=models.CheckConstraint(condition=models.Q(('door', ''), ('door__in', ['activity', 'idea', 'collective']), _connector='OR'), name='welcometarget_door_known'),
        ),
        migrations.AddConstraint(
            model_name='welcometarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('advisor__isnull', False), ('door', ''), ('kind', 'capacity')), models.Q(('advisor__isnull', True), ('kind', 'entries')), _connector='OR'), name='welcometarget_says_whose'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcometarget',
            trigger=pgtrigger.compiler.Trigger(name='welcometarget_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9b5ed0db6e3d7f635203ec829a5ab1bbba3998cc', operation='UPDATE OR DELETE', pgid='pgtrigger_welcometarget_append_only_23003', table='entrepreneurs_welcometarget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcometarget',
            trigger=pgtrigger.compiler.Trigger(name='welcometarget_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='27f809a02bb06d8f401389ca5a9c4b8725265ebc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_welcometarget_no_truncate_05465', table='entrepreneurs_welcometarget', when='BEFORE')),
        ),
    ]
