import cae.core.fields
import cae.core.plain
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
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
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='adresse e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='compte ouvert')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='se ferme le')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'Anglais')], default='fr', max_length=2, verbose_name='langue')),
                ('theme', models.CharField(choices=[('system', 'Comme mon appareil'), ('light', 'Clair'), ('dark', 'Sombre')], default='system', max_length=10, verbose_name='apparence')),
                ('density', models.CharField(choices=[('comfort', 'Confort'), ('compact', 'Compact')], default='comfort', max_length=10, verbose_name='densité')),
                ('shortcuts', models.BooleanField(default=True, verbose_name='raccourcis clavier')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
            ],
            options={
                'verbose_name': 'compte d’accès',
                'verbose_name_plural': 'comptes d’accès',
            },
        ),
        migrations.CreateModel(
            name='OutsideJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='nature')),
                ('employer', models.CharField(blank=True, max_length=120, verbose_name='chez')),
                ('weekly_hours', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(60)], verbose_name='heures par semaine')),
                ('gross_monthly', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='brut mensuel')),
            ],
            options={
                'verbose_name': 'emploi hors de la coopérative',
                'verbose_name_plural': 'emplois hors de la coopérative',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.CharField(choices=[('advice', 'Accompagnement'), ('accounts', 'Comptabilité'), ('human_resources', 'Ressources humaines'), ('training', 'Formation'), ('places', 'Lieux'), ('cooperative_life', 'Vie de la coopérative')], max_length=20, verbose_name='service')),
                ('kind', models.CharField(max_length=40, verbose_name='sujet')),
                ('title', models.CharField(max_length=120, verbose_name='objet')),
                ('page_title', models.CharField(blank=True, editable=False, max_length=120, verbose_name='page')),
                ('page', models.CharField(blank=True, editable=False, max_length=300)),
                ('due_on', models.DateField(verbose_name='réponse attendue le')),
                ('state', models.CharField(choices=[('new', 'Nouvelle'), ('taken', 'Prise en charge'), ('waiting', 'Attend la personne'), ('answered', 'Répondue'), ('closed', 'Close'), ('reopened', 'Rouverte')], default='new', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='envoyée le')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='première réponse le')),
                ('is_useful', models.BooleanField(default=False, verbose_name='réponse utile à tous')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'demande',
                'verbose_name_plural': 'demandes',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RetentionProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40, verbose_name='règle')),
                ('counted_from', models.DateField(verbose_name='délai compté du')),
                ('kept_until', models.DateField(verbose_name='conservé jusqu’au')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='proposé le')),
                ('state', models.CharField(choices=[('proposed', 'À décider'), ('erased', 'Effacé'), ('kept', 'Gardé pour l’instant')], default='proposed', editable=False, max_length=10, verbose_name='état')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='décidé le')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('keep_until', models.DateField(blank=True, null=True, verbose_name='ne plus proposer avant le')),
            ],
            options={
                'verbose_name': 'proposition d’effacement',
                'verbose_name_plural': 'propositions d’effacement',
                'ordering': ['kept_until', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('kind', models.CharField(choices=[('entrepreneur', 'Entrepreneur·e salarié·e'), ('project_holder', 'Porteur·se de projet'), ('candidate', 'Candidat·e'), ('associate', 'Associé·e'), ('advisor', 'Accompagnateur·rice'), ('accountant', 'Comptable'), ('human_resources', 'Ressources humaines'), ('training_manager', 'Responsable formation'), ('place_facilitator', 'Animateur·rice de lieu'), ('cooperative_life', 'Vie coopérative et communication'), ('webmaster', 'Webmestre'), ('project_manager', 'Chef·fe de projets européens'), ('co_manager', 'Cogérant·e'), ('data_officer', 'Délégué·e à la protection des données'), ('administrator', 'Administrateur·rice'), ('auditor', 'Commissaire aux comptes, réviseur·e'), ('trainer', 'Formateur·rice'), ('committee_member', 'Membre d’un comité')], max_length=20, verbose_name='rôle')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='donné le')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='arrêté le')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’arrêt')),
            ],
            options={
                'verbose_name': 'rôle',
                'verbose_name_plural': 'rôles',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('activity', 'Activité'), ('place', 'Lieu'), ('territory', 'Territoire'), ('project', 'Projet'), ('portfolio', 'Portefeuille')], max_length=10, verbose_name='nature')),
                ('label', models.CharField(max_length=160, verbose_name='intitulé')),
            ],
            options={
                'verbose_name': 'périmètre',
                'verbose_name_plural': 'périmètres',
                'ordering': ['kind', 'label', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SensitiveReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='le')),
                ('purpose', models.CharField(choices=[('pay', 'Paie et déclarations sociales'), ('funder', 'Suivi demandé par un financeur'), ('health', 'Santé au travail'), ('right_to_work', 'Droit de travailler en France'), ('own', 'Lecture de mes propres données'), ('request', 'Réponse à une demande de la personne')], max_length=20, verbose_name='pour')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='champs ouverts')),
            ],
            options={
                'verbose_name': 'lecture d’une fiche protégée',
                'verbose_name_plural': 'lectures de fiches protégées',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SensitiveRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked', models.TextField(editable=False, verbose_name='contenu chiffré')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='modifié le')),
            ],
            options={
                'verbose_name': 'fiche protégée',
                'verbose_name_plural': 'fiches protégées',
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('skill', 'Compétence'), ('diploma', 'Diplôme ou titre'), ('authorisation', 'Habilitation ou autorisation')], default='skill', max_length=15, verbose_name='nature')),
                ('name', models.CharField(max_length=120, verbose_name='intitulé')),
                ('level', models.CharField(blank=True, max_length=40, verbose_name='niveau')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='délivré par')),
                ('obtained_on', models.DateField(blank=True, null=True, verbose_name='obtenu le')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='valable jusqu’au')),
                ('proof_key', models.BigIntegerField(editable=False, null=True, verbose_name='justificatif')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='vérifié le')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='retiré le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
            ],
            options={
                'verbose_name': 'compétence',
                'verbose_name_plural': 'compétences',
                'ordering': ['kind', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SocialSituation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('entry', 'À l’entrée'), ('today', 'Aujourd’hui')], max_length=5, verbose_name='moment')),
                ('described_on', models.DateField(verbose_name='situation au')),
                ('statuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='situation')),
                ('family_status', models.CharField(blank=True, max_length=40, verbose_name='situation familiale')),
                ('children', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='enfants à charge')),
                ('study_level', models.CharField(blank=True, max_length=40, verbose_name='niveau d’études')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'situation sociale',
                'verbose_name_plural': 'situations sociales',
                'ordering': ['person', 'moment'],
            },
        ),
        migrations.CreateModel(
            name='StatusPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('kind', models.CharField(choices=[('candidate', 'Candidat·e'), ('community_member', 'Membre de la communauté'), ('project_holder', 'Porteur·se de projet'), ('entrepreneur', 'Entrepreneur·e salarié·e'), ('associate', 'Associé·e'), ('staff', 'Équipe d’appui'), ('coworker', 'Coworker·se'), ('leaver', 'Sorti·e')], max_length=20, verbose_name='statut')),
                ('line', models.GeneratedField(db_persist=True, expression=models.Case(models.When(kind__in=('candidate', 'project_holder', 'entrepreneur', 'leaver'), then=models.Value('path')), default=models.F('kind')), output_field=models.CharField(max_length=20))),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
                ('change', models.CharField(choices=[('opened', 'Noté'), ('prolonged', 'Prolongé'), ('ended', 'Arrêté'), ('corrected', 'Corrigé'), ('withdrawn', 'Retiré')], default='opened', max_length=10, verbose_name='dernière écriture')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changé le')),
                ('change_reason', models.CharField(max_length=300, verbose_name='motif du changement')),
                ('about_type', models.CharField(blank=True, editable=False, max_length=80)),
                ('about_id', models.CharField(blank=True, editable=False, max_length=40)),
                ('about_label', models.CharField(blank=True, editable=False, max_length=200, verbose_name='vient de')),
            ],
            options={
                'verbose_name': 'statut',
                'verbose_name_plural': 'statuts',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatusVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(null=True, verbose_name='au')),
                ('change', models.CharField(choices=[('opened', 'Noté'), ('prolonged', 'Prolongé'), ('ended', 'Arrêté'), ('corrected', 'Corrigé'), ('withdrawn', 'Retiré')], max_length=10, verbose_name='écriture')),
                ('known_at', models.DateTimeField(verbose_name='su le')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'version d’un statut',
                'verbose_name_plural': 'versions d’un statut',
                'ordering': ['known_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('country', 'Pays'), ('region', 'Région'), ('department', 'Département'), ('area', 'Bassin de vie'), ('town', 'Commune')], max_length=12, verbose_name='niveau')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='existe depuis le')),
                ('closed_on', models.DateField(blank=True, help_text='Vide : le territoire existe toujours.', null=True, verbose_name='jusqu’au')),
            ],
            options={
                'verbose_name': 'territoire',
                'verbose_name_plural': 'territoires',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TerritoryFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('zone', models.CharField(choices=[('rural', 'Rural'), ('urban', 'Urbain')], max_length=5, verbose_name='zone')),
                ('source', models.CharField(help_text='INSEE, recensement de…', max_length=160, verbose_name='source')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='noté le')),
            ],
            options={
                'verbose_name': 'population d’un territoire',
                'verbose_name_plural': 'populations d’un territoire',
                'ordering': ['-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Assistance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('started_at', models.DateTimeField(verbose_name='commencée le')),
                ('ends_at', models.DateTimeField(verbose_name='dure jusqu’à')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='arrêtée le')),
                ('helped', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assistances', to=settings.AUTH_USER_MODEL, verbose_name='pour qui')),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='qui agit')),
            ],
            options={
                'verbose_name': 'intervention',
                'verbose_name_plural': 'interventions',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DataIncident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('known_at', models.DateTimeField(verbose_name='connu le')),
                ('facts', models.TextField(max_length=4000, verbose_name='ce qui s’est passé')),
                ('data', models.CharField(max_length=300, verbose_name='données concernées')),
                ('people_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='nombre de personnes')),
                ('risks', models.TextField(blank=True, max_length=4000, verbose_name='conséquences probables')),
                ('measures', models.TextField(blank=True, max_length=4000, verbose_name='mesures prises')),
                ('state', models.CharField(choices=[('open', 'Ouvert'), ('notified', 'Notifié à la CNIL'), ('closed', 'Clos')], default='open', editable=False, max_length=10, verbose_name='état')),
                ('notified_at', models.DateTimeField(blank=True, null=True, verbose_name='CNIL prévenue le')),
                ('late_because', models.CharField(blank=True, max_length=300, verbose_name='motif du retard')),
                ('told_people_on', models.DateField(blank=True, null=True, verbose_name='personnes prévenues le')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='clos le')),
                ('conclusion', models.TextField(blank=True, max_length=4000, verbose_name='conclusion')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
            ],
            options={
                'verbose_name': 'incident sur des données',
                'verbose_name_plural': 'incidents sur des données',
                'ordering': ['-known_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract_end', 'Fin de contrat'), ('trial_end', 'Fin de la période d’essai'), ('associate', 'Entrée au sociétariat'), ('interview', 'Entretien d’accompagnement'), ('insurance', 'Assurance professionnelle'), ('house_insurance', 'Assurance de la coopérative'), ('qualification', 'Qualification ou autorisation d’exercer'), ('residence_permit', 'Titre de séjour'), ('medical_visit', 'Visite médicale'), ('rights_end', 'Fin de droits à l’allocation chômage'), ('aah_end', 'Fin de l’allocation aux adultes handicapés'), ('declaration', 'Déclaration préalable à l’embauche'), ('contract_declaration', 'Déclaration d’un CAPE'), ('paper', 'Pièce demandée'), ('exit', 'Sortie de la coopérative'), ('follow_up_6', 'Nouvelles à 6 mois'), ('follow_up_12', 'Nouvelles à 12 mois'), ('mandate', 'Fin d’un mandat')], max_length=20, verbose_name='nature')),
                ('about_type', models.CharField(editable=False, max_length=80)),
                ('about_id', models.CharField(editable=False, max_length=40)),
                ('page', models.CharField(blank=True, editable=False, max_length=200)),
                ('due_on', models.DateField(verbose_name='dernier jour')),
                ('words', models.JSONField(editable=False, verbose_name='mots')),
                ('house_label', models.CharField(editable=False, max_length=200, verbose_name='intitulé')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='close le')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrite le')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
            ],
            options={
                'verbose_name': 'échéance',
                'verbose_name_plural': 'échéances',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='dernier jour')),
                ('step', models.CharField(max_length=5, verbose_name='délai')),
                ('state', models.CharField(choices=[('told', 'Dit'), ('skipped', 'Passé sous silence')], max_length=8, verbose_name='état')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='le')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.deadline', verbose_name='échéance')),
            ],
            options={
                'verbose_name': 'avis d’échéance',
                'verbose_name_plural': 'avis d’échéances',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GuidePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='question')),
                ('text', models.TextField(max_length=8000, verbose_name='réponse')),
                ('state', models.CharField(choices=[('draft', 'Brouillon'), ('published', 'Publiée'), ('withdrawn', 'Retirée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='depuis')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='modifiée le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
            ],
            options={
                'verbose_name': 'page du guide',
                'verbose_name_plural': 'pages du guide',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OpenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(editable=False, max_length=40, unique=True, verbose_name='clé')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ouverte le')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='utilisée le')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='adresse IP')),
                ('user_agent', models.CharField(blank=True, max_length=200, verbose_name='navigateur')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'session ouverte',
                'verbose_name_plural': 'sessions ouvertes',
                'ordering': ['-seen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('address_line2', models.CharField(blank=True, max_length=200, verbose_name='complément d’adresse')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='ville')),
                ('country', models.CharField(default='FR', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='pays')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('kind', models.CharField(choices=[('firm', 'Entreprise'), ('cooperative', 'Coopérative'), ('association', 'Association'), ('public_body', 'Organisme public'), ('other', 'Autre')], default='firm', max_length=12, verbose_name='nature')),
                ('relations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('customer', 'Client'), ('supplier', 'Fournisseur'), ('prescriber', 'Prescripteur'), ('funder', 'Financeur'), ('host', 'Lieu d’accueil'), ('employer', 'Employeur'), ('federation', 'Fédération ou réseau'), ('partner', 'Partenaire')], max_length=12), default=list, size=None, verbose_name='relations')),
                ('siren', cae.core.fields.SirenField(blank=True, max_length=9, verbose_name='SIREN')),
                ('siret', cae.core.fields.SiretField(blank=True, max_length=14, verbose_name='SIRET')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='n° de TVA intracommunautaire')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('website', models.URLField(blank=True, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='site web')),
                ('social_links', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(), blank=True, default=list, size=None, verbose_name='réseaux sociaux')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='remarques')),
                ('is_archived', models.BooleanField(default=False, verbose_name='archivé')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créé le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=200))),
            ],
            options={
                'verbose_name': 'organisme',
                'verbose_name_plural': 'organismes',
                'ordering': ['sort_name', 'pk'],
                'indexes': [models.Index(fields=['sort_name'], name='organisation_sort_name'), django.contrib.postgres.indexes.GinIndex(fields=['sort_name'], name='organisation_found', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['firm', 'cooperative', 'association', 'public_body', 'other'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('relations__contained_by', ['customer', 'supplier', 'prescriber', 'funder', 'host', 'employer', 'federation', 'partner'])), name='organisation_relations_known'), models.UniqueConstraint(condition=models.Q(('siren', ''), _negated=True), fields=('siren',), name='organisation_one_per_siren'), models.CheckConstraint(condition=models.Q(('siret', ''), ('siren', django.db.models.functions.text.Left(models.F('siret'), 9)), _connector='OR'), name='organisation_siret_of_siren')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.organisation', verbose_name='organisme')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_line', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('address_line2', models.CharField(blank=True, max_length=200, verbose_name='complément d’adresse')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='code postal')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='ville')),
                ('country', models.CharField(default='FR', max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='pays')),
                ('first_name', models.CharField(max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(max_length=80, verbose_name='nom de naissance')),
                ('usual_name', models.CharField(blank=True, max_length=80, verbose_name='nom d’usage')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='effacée le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(django.db.models.functions.text.Concat(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.NullIf(models.F('usual_name'), models.Value('')), models.F('last_name')), models.Value(' '), models.F('first_name'))), output_field=models.CharField(max_length=250))),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_files', to='people.person', verbose_name='fusionnée avec')),
            ],
            options={
                'verbose_name': 'personne',
                'verbose_name_plural': 'personnes',
                'ordering': ['sort_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MergeRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='fusionnées le')),
                ('moved', models.JSONField(default=dict, verbose_name='ce qui a changé de fiche')),
                ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='annulée le')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fusionnées par')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='annulée par')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.person', verbose_name='fiche gardée')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='people.person', verbose_name='fiche fusionnée')),
            ],
            options={
                'verbose_name': 'fusion de fiches',
                'verbose_name_plural': 'fusions de fiches',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='deadline',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='people.person', verbose_name='personne'),
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asker', models.CharField(blank=True, max_length=160, verbose_name='qui demande, sans fiche')),
                ('kind', models.CharField(choices=[('access', 'Accès à mes données'), ('correction', 'Correction'), ('erasure', 'Effacement'), ('restriction', 'Limitation de l’usage'), ('portability', 'Remise pour un autre organisme'), ('objection', 'Opposition')], max_length=12, verbose_name='nature')),
                ('text', models.TextField(max_length=4000, verbose_name='demande')),
                ('received_on', models.DateField(verbose_name='reçue le')),
                ('due_on', models.DateField(editable=False, verbose_name='répondre au plus tard le')),
                ('longer_because', models.CharField(blank=True, max_length=300, verbose_name='motif de la prolongation')),
                ('state', models.CharField(choices=[('received', 'À traiter'), ('answered', 'Satisfaite'), ('refused', 'Refusée, avec le motif')], default='received', editable=False, max_length=10, verbose_name='état')),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='répondu le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='notée le')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='réponse de')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='notée par')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'demande sur des données',
                'verbose_name_plural': 'demandes sur des données',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('directory', 'Figurer dans l’annuaire de la coopérative'), ('photo', 'Publication de ma photo'), ('prescriber', 'Suivi par l’organisme qui m’a orienté·e'), ('public_page', 'Page publique de mon activité'), ('named_figures', 'Chiffres publiés avec mon nom'), ('expenses', 'Saisie de mes dépenses par quelqu’un d’autre')], max_length=20, verbose_name='pour')),
                ('given_on', models.DateField(verbose_name='donné le')),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='preuve')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='retiré le')),
                ('withdrawal_proof', models.CharField(blank=True, max_length=300, verbose_name='preuve du retrait')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retrait noté par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'consentement',
                'verbose_name_plural': 'consentements',
                'ordering': ['-given_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CivilRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('civility', models.CharField(blank=True, max_length=40, verbose_name='civilité')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='né·e le')),
                ('birth_place', models.CharField(blank=True, max_length=120, verbose_name='commune de naissance')),
                ('birth_country', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='pays de naissance')),
                ('nationality', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Le pays est un code de deux lettres, par exemple FR.')], verbose_name='nationalité')),
                ('second_email', models.EmailField(blank=True, max_length=254, verbose_name='seconde adresse e-mail')),
                ('mobile', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^[0-9+(). /-]{6,}$', 'Un numéro de téléphone : chiffres, espaces et +.')], verbose_name='mobile')),
                ('emergency_name', models.CharField(blank=True, max_length=160, verbose_name='personne à prévenir')),
                ('emergency_link', models.CharField(blank=True, help_text='Conjoint·e, parent, ami·e…', max_length=80, verbose_name='lien avec vous')),
                ('emergency_phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^[0-9+(). /-]{6,}$', 'Un numéro de téléphone : chiffres, espaces et +.')], verbose_name='son téléphone')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='civil', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'état civil',
                'verbose_name_plural': 'états civils',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='people.person', verbose_name='personne'),
        ),
        migrations.CreateModel(
            name='PersonScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('part', models.CharField(choices=[('lead', 'Responsable'), ('member', 'Membre'), ('invoices', 'Devis et factures seulement'), ('reader', 'Lecture seule')], default='lead', max_length=8, verbose_name='rôle dans l’activité')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'appartenance',
                'verbose_name_plural': 'appartenances',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Processing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='traitement')),
                ('purpose', models.TextField(max_length=1000, verbose_name='finalité')),
                ('basis', models.CharField(choices=[('contract', 'Contrat'), ('legal_duty', 'Obligation légale'), ('consent', 'Consentement'), ('legitimate_interest', 'Intérêt légitime'), ('public_task', 'Mission d’intérêt public'), ('vital_interest', 'Intérêts vitaux')], max_length=20, verbose_name='base légale')),
                ('people', models.CharField(max_length=300, verbose_name='personnes concernées')),
                ('data', models.TextField(max_length=1000, verbose_name='catégories de données')),
                ('recipients', models.TextField(max_length=1000, verbose_name='destinataires')),
                ('retention', models.CharField(max_length=300, verbose_name='durée de conservation')),
                ('security', models.TextField(blank=True, max_length=1000, verbose_name='mesures de sécurité')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='arrêté le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'traitement de données',
                'verbose_name_plural': 'traitements de données',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('basis__in', ['contract', 'legal_duty', 'consent', 'legitimate_interest', 'public_task', 'vital_interest'])), name='processing_basis_known'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('name',), name='processing_named_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='processing',
            trigger=pgtrigger.compiler.Trigger(name='processing_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='66d7eb93af1ff5a0890b1b1fd33cd8e239bc2b21', operation='DELETE', pgid='pgtrigger_processing_kept_92f7b', table='people_processing', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='request',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests_taken', to=settings.AUTH_USER_MODEL, verbose_name='prise en charge par'),
        ),
        migrations.AddField(
            model_name='request',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='people.person', verbose_name='de la part de'),
        ),
        migrations.AddField(
            model_name='guidepage',
            name='request',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guide_page', to='people.request', verbose_name='demande d’où elle vient'),
        ),
        migrations.AddField(
            model_name='retentionproposal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par'),
        ),
        migrations.AddField(
            model_name='retentionproposal',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_proposals', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='role',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='arrêté par'),
        ),
        migrations.AddField(
            model_name='role',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='donné par'),
        ),
        migrations.AddField(
            model_name='role',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='scope',
            name='portfolio',
            field=models.ForeignKey(blank=True, limit_choices_to={'kind': 'portfolio'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed', to='people.scope', verbose_name='portefeuille'),
        ),
        migrations.AddField(
            model_name='role',
            name='scope',
            field=models.ForeignKey(blank=True, help_text='Vide : toute la coopérative.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.scope', verbose_name='périmètre'),
        ),
        migrations.AddField(
            model_name='personscope',
            name='scope',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.scope', verbose_name='périmètre'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='scope',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='people.scope', verbose_name='périmètre'),
        ),
        migrations.AddField(
            model_name='sensitivereading',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sensitive_readings', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='sensitivereading',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lue par'),
        ),
        migrations.AddField(
            model_name='sensitiverecord',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sensitive', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='skill',
            name='checked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vérifié par'),
        ),
        migrations.AddField(
            model_name='skill',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='socialsituation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='situations', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='outsidejob',
            name='situation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='people.socialsituation', verbose_name='situation'),
        ),
        migrations.AddField(
            model_name='statusperiod',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par'),
        ),
        migrations.AddField(
            model_name='statusperiod',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changé par'),
        ),
        migrations.AddField(
            model_name='statusperiod',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='statusperiod',
            name='role',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='status', to='people.role', verbose_name='rôle'),
        ),
        migrations.AddField(
            model_name='statusversion',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrit par'),
        ),
        migrations.AddField(
            model_name='statusversion',
            name='status',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='people.statusperiod', verbose_name='statut'),
        ),
        migrations.AddField(
            model_name='territory',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.territory', verbose_name='rattaché à'),
        ),
        migrations.AddField(
            model_name='scope',
            name='territory',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scopes', to='people.territory', verbose_name='territoire'),
        ),
        migrations.AddField(
            model_name='person',
            name='territory',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='people.territory', verbose_name='territoire'),
        ),
        migrations.AddField(
            model_name='territoryfigure',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par'),
        ),
        migrations.AddField(
            model_name='territoryfigure',
            name='territory',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='people.territory', verbose_name='territoire'),
        ),
        migrations.AddConstraint(
            model_name='assistance',
            constraint=models.CheckConstraint(condition=models.Q(('helper', models.F('helped')), _negated=True), name='assistance_of_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='assistance',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='assistance_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='assistance',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('started_at'))), name='assistance_has_an_end'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assistance',
            trigger=pgtrigger.compiler.Trigger(name='assistance_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c241f5a3a34e33cd6664ddf8da3c224dd6bfb9bf', operation='DELETE', pgid='pgtrigger_assistance_kept_ad8f3', table='people_assistance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assistance',
            trigger=pgtrigger.compiler.Trigger(name='assistance_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."helped_id" IS DISTINCT FROM (NEW."helped_id") OR OLD."helper_id" IS DISTINCT FROM (NEW."helper_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='615761c7f9af93fe917974993934a2022f214a8e', operation='UPDATE', pgid='pgtrigger_assistance_frozen_5ae71', table='people_assistance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assistance',
            trigger=pgtrigger.compiler.Trigger(name='assistance_ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bdeb77a4a43ea7f2492c6d2cc876b22edbadda33', operation='UPDATE', pgid='pgtrigger_assistance_ended_once_3cce2', table='people_assistance', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='dataincident',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'notified', 'closed'])), name='incident_state_known'),
        ),
        migrations.AddConstraint(
            model_name='dataincident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'notified'), _negated=True), ('notified_at__isnull', False), _connector='OR'), name='incident_notified_at'),
        ),
        migrations.AddConstraint(
            model_name='dataincident',
            constraint=models.CheckConstraint(condition=models.Q(('notified_at__isnull', True), ('notified_at__gte', models.F('known_at')), _connector='OR'), name='incident_notified_after'),
        ),
        migrations.AddConstraint(
            model_name='dataincident',
            constraint=models.CheckConstraint(condition=models.Q(('notified_at__isnull', True), ('notified_at__lte', django.db.models.expressions.CombinedExpression(models.F('known_at'), '+', models.Value(datetime.timedelta(days=3)))), models.Q(('late_because', ''), _negated=True), _connector='OR'), name='incident_lateness_said'),
        ),
        migrations.AddConstraint(
            model_name='dataincident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('conclusion', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='incident_closed_with_conclusion'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dataincident',
            trigger=pgtrigger.compiler.Trigger(name='incident_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='83643cfe7df7ec3ceb76d0046252796e45344274', operation='DELETE', pgid='pgtrigger_incident_kept_69063', table='people_dataincident', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deadlinenotice',
            constraint=models.UniqueConstraint(fields=('deadline', 'due_on', 'step'), name='deadline_notice_once'),
        ),
        migrations.AddConstraint(
            model_name='deadlinenotice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['told', 'skipped'])), name='deadline_notice_state_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinenotice',
            trigger=pgtrigger.compiler.Trigger(name='deadline_notice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='7a21b5601f8d50ede6a92de9e4c2602b27dd5547', operation='DELETE OR UPDATE', pgid='pgtrigger_deadline_notice_kept_a6752', table='people_deadlinenotice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mergerecord',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_of_two_files'),
        ),
        migrations.AddConstraint(
            model_name='mergerecord',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='merge_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='mergerecord',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='merge_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergerecord',
            trigger=pgtrigger.compiler.Trigger(name='merge_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f8a2c6adfcab833853f9bd4c8c0ddc53e1668b06', operation='DELETE', pgid='pgtrigger_merge_kept_ea810', table='people_mergerecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergerecord',
            trigger=pgtrigger.compiler.Trigger(name='merge_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kept_id" IS DISTINCT FROM (NEW."kept_id") OR OLD."merged_id" IS DISTINCT FROM (NEW."merged_id") OR OLD."moved" IS DISTINCT FROM (NEW."moved") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2200299edf1bcd3e27ef038405fb1d677601f482', operation='UPDATE', pgid='pgtrigger_merge_frozen_de7d1', table='people_mergerecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mergerecord',
            trigger=pgtrigger.compiler.Trigger(name='merge_undone_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."undone_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='203666408c054d4679eaf91a6667fe133a19a96f', operation='UPDATE', pgid='pgtrigger_merge_undone_once_a6238', table='people_mergerecord', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['access', 'correction', 'erasure', 'restriction', 'portability', 'objection'])), name='datarequest_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'answered', 'refused'])), name='datarequest_state_known'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asker', ''), ('person__isnull', False)), models.Q(('person__isnull', True), models.Q(('asker', ''), _negated=True)), _connector='OR'), name='datarequest_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('received_on'))), name='datarequest_due_after'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('state', 'received')), models.Q(models.Q(('state', 'received'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='datarequest_answer_said'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datarequest',
            trigger=pgtrigger.compiler.Trigger(name='datarequest_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='656feb1c6fdaf495d0468ae1bd3190375ba2d19f', operation='DELETE', pgid='pgtrigger_datarequest_kept_c980a', table='people_datarequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='datarequest',
            trigger=pgtrigger.compiler.Trigger(name='datarequest_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3ca9450ac8a148a2c22a6af97ab95585e79101bb', operation='UPDATE', pgid='pgtrigger_datarequest_frozen_b956c', table='people_datarequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['directory', 'photo', 'prescriber', 'public_page', 'named_figures', 'expenses'])), name='consent_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_withdrawn_after'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('person', 'purpose'), name='consent_one_in_force'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='consent_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id") OR OLD."given_on" IS DISTINCT FROM (NEW."given_on") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."proof" IS DISTINCT FROM (NEW."proof") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='628f744c4ee1c5103a3fba8cbf386d36f938c635', operation='UPDATE', pgid='pgtrigger_consent_frozen_e2555', table='people_consent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='consent_withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='20d36cbb2b13b0af96e691d43c971b7c2a562d0c', operation='UPDATE', pgid='pgtrigger_consent_withdrawn_once_91f32', table='people_consent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='civilrecord',
            constraint=models.CheckConstraint(condition=models.Q(('emergency_phone', ''), models.Q(('emergency_name', ''), _negated=True), _connector='OR'), name='civil_emergency_has_name'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower(models.F('email')))), name='user_email_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'en'])), name='user_language_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('theme__in', ['system', 'light', 'dark'])), name='user_theme_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('density__in', ['comfort', 'compact'])), name='user_density_known'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('state__in', ('new', 'taken', 'reopened', 'waiting'))), fields=['department', 'due_on'], name='request_open'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'taken', 'waiting', 'answered', 'closed', 'reopened'])), name='request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('department__in', ['advice', 'accounts', 'human_resources', 'training', 'places', 'cooperative_life'])), name='request_department_known'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), ('owner__isnull', False), _connector='OR'), name='request_taken_has_owner'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='request_answered_has_instant'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='request_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1f1b6b9a70df86f87238b4ff25d2e9f89ca2fc65', operation='DELETE', pgid='pgtrigger_request_kept_9dd30', table='people_request', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='request',
            trigger=pgtrigger.compiler.Trigger(name='request_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.person_id, OLD.created_at, OLD.page, OLD.page_title, OLD.title) IS DISTINCT FROM (NEW.person_id, NEW.created_at, NEW.page, NEW.page_title, NEW.title) AND (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'title\', \'page\', \'page_title\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'title\', \'page\', \'page_title\'] OR (NEW.title IS DISTINCT FROM OLD.title AND to_jsonb(NEW.title) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.page IS DISTINCT FROM OLD.page AND to_jsonb(NEW.page) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.page_title IS DISTINCT FROM OLD.page_title AND to_jsonb(NEW.page_title) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb))))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b03449f9c9214a88ed770b88b3976a3a64050613', operation='UPDATE', pgid='pgtrigger_request_frozen_e3bfb', table='people_request', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='guidepage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'withdrawn'])), name='guidepage_state_known'),
        ),
        migrations.AddConstraint(
            model_name='guidepage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='guidepage_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='guidepage',
            trigger=pgtrigger.compiler.Trigger(name='guidepage_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='99d88d08dfb9cc1b11c770962f6b6e4d2344fa5c', operation='DELETE', pgid='pgtrigger_guidepage_kept_ab923', table='people_guidepage', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'erased', 'kept'])), name='proposal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposal_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('keep_until__isnull', False)), _connector='OR'), name='proposal_kept_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='retentionproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('person', 'rule'), name='proposal_waits_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionproposal',
            trigger=pgtrigger.compiler.Trigger(name='proposal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='81a60079ca7339203092a5410fb93572d7fdd065', operation='DELETE', pgid='pgtrigger_proposal_kept_717c6', table='people_retentionproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionproposal',
            trigger=pgtrigger.compiler.Trigger(name='proposal_decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decided_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bd5787ced4d6283746c0b57d2879af9898c5ff1f', operation='UPDATE', pgid='pgtrigger_proposal_decided_once_2b9bc', table='people_retentionproposal', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='role',
            index=models.Index(fields=['kind', 'person'], name='role_kind_person'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['entrepreneur', 'project_holder', 'candidate', 'associate', 'advisor', 'accountant', 'human_resources', 'training_manager', 'place_facilitator', 'cooperative_life', 'webmaster', 'project_manager', 'co_manager', 'data_officer', 'administrator', 'auditor', 'trainer', 'committee_member'])), name='role_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='role_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ends_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='role_end_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('kind', '='), (django.db.models.functions.comparison.Coalesce('scope', models.Value(0)), '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='role_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='role_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6051947dccfb4a5998efd9a37df09171792eabd0', operation='DELETE', pgid='pgtrigger_role_kept_bf3b6', table='people_role', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='role_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."scope_id" IS DISTINCT FROM (NEW."scope_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3286374e566c68d1f898879ad99858fcef4745d4', operation='UPDATE', pgid='pgtrigger_role_frozen_72fd7', table='people_role', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='role_ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='40b2129828d3e2b27d1e243d24fd95aaf444c632', operation='UPDATE', pgid='pgtrigger_role_ended_once_fa1a9', table='people_role', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='personscope',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='personscope_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='personscope',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['lead', 'member', 'invoices', 'reader'])), name='personscope_part_known'),
        ),
        migrations.AddConstraint(
            model_name='personscope',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('scope', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='personscope_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personscope',
            trigger=pgtrigger.compiler.Trigger(name='personscope_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='efcb5ee4faa84a5768a1435f0ed5d604426ee0d1', operation='DELETE', pgid='pgtrigger_personscope_kept_f1d42', table='people_personscope', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['due_on'], name='deadline_open_due'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('about_type', 'about_id', 'kind'), name='deadline_once_about'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['contract_end', 'trial_end', 'associate', 'interview', 'insurance', 'house_insurance', 'qualification', 'residence_permit', 'medical_visit', 'rights_end', 'aah_end', 'declaration', 'contract_declaration', 'paper', 'exit', 'follow_up_6', 'follow_up_12', 'mandate'])), name='deadline_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('scope__isnull', False), ('kind__in', ['house_insurance']), _connector='OR'), name='deadline_of_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadline',
            trigger=pgtrigger.compiler.Trigger(name='deadline_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d7ce9d9edc8bea7627dfd8b84a6c35d67c81feb3', operation='DELETE', pgid='pgtrigger_deadline_kept_dd8f2', table='people_deadline', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='sensitivereading',
            index=models.Index(fields=['person', '-at'], name='reading_of_person'),
        ),
        migrations.AddIndex(
            model_name='sensitivereading',
            index=models.Index(fields=['-at', 'reader'], name='reading_by_reader'),
        ),
        migrations.AddConstraint(
            model_name='sensitivereading',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['pay', 'funder', 'health', 'right_to_work', 'own', 'request'])), name='reading_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='sensitivereading',
            constraint=models.CheckConstraint(condition=models.Q(('fields', []), _negated=True), name='reading_names_fields'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sensitivereading',
            trigger=pgtrigger.compiler.Trigger(name='reading_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='45402f6ce2b6a03ce902eff34e1b8f4bcbf740f0', operation='UPDATE OR DELETE', pgid='pgtrigger_reading_append_only_be2b8', table='people_sensitivereading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sensitivereading',
            trigger=pgtrigger.compiler.Trigger(name='reading_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c64a3488d96cbb94d5c41f08e11ea6d76e163176', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reading_no_truncate_3c8aa', table='people_sensitivereading', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sensitiverecord',
            constraint=models.CheckConstraint(condition=models.Q(('locked__startswith', 'gAAAA')), name='sensitive_is_locked'),
        ),
        migrations.AddIndex(
            model_name='skill',
            index=models.Index(fields=['person', 'kind'], name='skill_of_person'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['skill', 'diploma', 'authorisation'])), name='skill_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(('obtained_on__isnull', True), ('expires_on__isnull', True), ('expires_on__gte', models.F('obtained_on')), _connector='OR'), name='skill_dates_coherent'),
        ),
        migrations.AddConstraint(
            model_name='skill',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('proof_key__isnull', False)), _connector='OR'), name='skill_checked_on_a_proof'),
        ),
        migrations.AddConstraint(
            model_name='socialsituation',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['entry', 'today'])), name='situation_moment_known'),
        ),
        migrations.AddConstraint(
            model_name='socialsituation',
            constraint=models.UniqueConstraint(fields=('person', 'moment'), name='situation_once_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='outsidejob',
            constraint=models.CheckConstraint(condition=models.Q(('weekly_hours__gte', 0), ('weekly_hours__lte', 60)), name='job_hours_possible'),
        ),
        migrations.AddConstraint(
            model_name='outsidejob',
            constraint=models.CheckConstraint(condition=models.Q(('gross_monthly__isnull', True), ('gross_monthly__gte', 0), _connector='OR'), name='job_gross_positive'),
        ),
        migrations.AddIndex(
            model_name='statusperiod',
            index=models.Index(fields=['kind', 'person'], name='status_kind_person'),
        ),
        migrations.AddIndex(
            model_name='statusperiod',
            index=models.Index(fields=['about_type', 'about_id'], name='status_about'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['candidate', 'community_member', 'project_holder', 'entrepreneur', 'associate', 'staff', 'coworker', 'leaver'])), name='status_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=models.CheckConstraint(condition=models.Q(('change__in', ['opened', 'prolonged', 'ended', 'corrected', 'withdrawn'])), name='status_change_known'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('change_reason', ''), _negated=True)), name='status_change_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_id', ''), ('about_label', ''), ('about_type', '')), models.Q(models.Q(('about_type', ''), _negated=True), models.Q(('about_id', ''), _negated=True), models.Q(('about_label', ''), _negated=True)), _connector='OR'), name='status_fact_whole'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='status_dates_coherent', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='statusperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('line', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='status_one_of_a_line_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusperiod',
            trigger=pgtrigger.compiler.Trigger(name='status_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='867c16517203f9311a22a672c69e6d24dde8a49f', operation='DELETE', pgid='pgtrigger_status_kept_47f4f', table='people_statusperiod', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusperiod',
            trigger=pgtrigger.compiler.Trigger(name='status_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."about_label" IS DISTINCT FROM (NEW."about_label") OR OLD."about_type" IS DISTINCT FROM (NEW."about_type") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cfa6392a9a2b62cf1e61695ab63bcf4cfe73522c', operation='UPDATE', pgid='pgtrigger_status_frozen_f9594', table='people_statusperiod', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusperiod',
            trigger=pgtrigger.compiler.Trigger(name='status_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP = 'INSERT' OR (NEW.starts_on, NEW.ends_on) IS DISTINCT FROM (OLD.starts_on, OLD.ends_on) THEN\n        INSERT INTO people_statusversion\n            (status_id, starts_on, ends_on, change, known_at, author_id, reason)\n        VALUES\n            (NEW.id, NEW.starts_on, NEW.ends_on, NEW.change, NEW.changed_at, NEW.changed_by_id,\n             NEW.change_reason);\n    END IF;\n    RETURN NULL;\n", hash='ec38c4ae7674e63c93f598abe356aefdf809804f', operation='INSERT OR UPDATE', pgid='pgtrigger_status_versions_98004', table='people_statusperiod', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='statusversion',
            index=models.Index(fields=['status', 'known_at'], name='status_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusversion',
            trigger=pgtrigger.compiler.Trigger(name='status_version_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='631728f12bd6605a5deebdfe91ee4e6169757989', operation='UPDATE OR DELETE', pgid='pgtrigger_status_version_append_only_b2367', table='people_statusversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusversion',
            trigger=pgtrigger.compiler.Trigger(name='status_version_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e9cb05f1ddf503e28479c6f2c17e5b12cbe25700', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_status_version_no_truncate_470e2', table='people_statusversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['country', 'region', 'department', 'area', 'town'])), name='territory_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('opened_on__isnull', True), ('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='territory_dates_coherent'),
        ),
        migrations.AddConstraint(
            model_name='territory',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='territory_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['activity', 'place', 'territory', 'project', 'portfolio'])), name='scope_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'territory'), _negated=True), ('territory__isnull', False), _connector='OR'), name='scope_of_territory_names_it'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.CheckConstraint(condition=models.Q(('portfolio__isnull', True), ('kind__in', ['activity', 'project']), _connector='OR'), name='scope_in_portfolio_is_followed'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'territory')), fields=('territory',), name='scope_one_per_territory'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'portfolio')), fields=('label',), name='scope_one_portfolio_per_label'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['sort_name'], name='person_sort_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['email'], name='person_email'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['sort_name', 'email'], name='person_found', opclasses=['gin_trgm_ops', 'gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='territoryfigure',
            index=models.Index(fields=['territory', 'valid_from'], name='figure_of_territory'),
        ),
        migrations.AddConstraint(
            model_name='territoryfigure',
            constraint=models.CheckConstraint(condition=models.Q(('zone__in', ['rural', 'urban'])), name='figure_zone_known'),
        ),
        migrations.AddConstraint(
            model_name='territoryfigure',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='figure_has_source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territoryfigure',
            trigger=pgtrigger.compiler.Trigger(name='territory_figure_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c41b606ba17c96133fb8e741476365f7d5f4d8c7', operation='UPDATE OR DELETE', pgid='pgtrigger_territory_figure_append_only_03dd8', table='people_territoryfigure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='territoryfigure',
            trigger=pgtrigger.compiler.Trigger(name='territory_figure_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c1eb2fa4e819564ab18777b3db1c556ccdef91ad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_territory_figure_no_truncate_1c804', table='people_territoryfigure', when='BEFORE')),
        ),
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
