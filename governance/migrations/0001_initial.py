import cae.core.fields
import datetime
import django.contrib.postgres.constraints
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
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
        ('accounting', '0002_first_chart'),
        ('core', '0002_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordre')),
                ('kind', models.CharField(choices=[('information', 'Information'), ('debate', 'Débat'), ('decision', 'Décision')], default='decision', max_length=12, verbose_name='nature')),
                ('title', models.CharField(max_length=200, verbose_name='point')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='présentation')),
                ('speaker', models.CharField(blank=True, max_length=120, verbose_name='présenté par')),
                ('minutes', models.PositiveSmallIntegerField(default=10, verbose_name='durée prévue (minutes)')),
                ('awaited', models.TextField(blank=True, max_length=1000, verbose_name='documents à joindre')),
            ],
            options={
                'verbose_name': 'point de l’ordre du jour',
                'verbose_name_plural': 'points de l’ordre du jour',
                'ordering': ['assembly', 'position'],
            },
        ),
        migrations.CreateModel(
            name='BallotBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.CharField(editable=False, max_length=22, unique=True, verbose_name='identifiant')),
                ('roll', models.TextField(blank=True, editable=False, verbose_name='clés publiques des codes')),
                ('trustees', models.TextField(blank=True, editable=False, verbose_name='clés des scrutateurs')),
                ('election', models.TextField(blank=True, editable=False, verbose_name='élection')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=43, verbose_name='empreinte de l’élection')),
                ('roll_fingerprint', models.CharField(blank=True, editable=False, max_length=43, verbose_name='empreinte de la liste')),
                ('timestamp', models.PositiveBigIntegerField(editable=False, null=True)),
                ('server_key', models.TextField(blank=True, editable=False)),
                ('tally', models.TextField(blank=True, editable=False, verbose_name='sommes chiffrées')),
                ('result', models.TextField(blank=True, editable=False, verbose_name='totaux ouverts')),
                ('kept_count', models.PositiveIntegerField(editable=False, null=True, verbose_name='bulletins retenus')),
                ('report', models.JSONField(default=dict, editable=False, verbose_name='rapport de vérification')),
            ],
            options={
                'verbose_name': 'urne',
                'verbose_name_plural': 'urnes',
                'ordering': ['secret_vote', 'college__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='College',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('rank', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
                ('is_active', models.BooleanField(default=True, verbose_name='en service')),
            ],
            options={
                'verbose_name': 'collège',
                'verbose_name_plural': 'collèges',
                'ordering': ['rank', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ShareMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('issue', 'Souscription'), ('transfer', 'Cession'), ('cancellation', 'Annulation de parts non libérées'), ('withdrawal', 'Retrait, parts à rembourser')], max_length=12, verbose_name='nature')),
                ('on', models.DateField(db_index=True, verbose_name='le')),
                ('quantity', models.PositiveIntegerField(verbose_name='nombre de parts')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='décision ou acte')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
            ],
            options={
                'verbose_name': 'mouvement de parts sociales',
                'verbose_name_plural': 'mouvements de parts sociales',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SharePayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='le')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='montant (€)')),
                ('way', models.CharField(choices=[('bank', 'Virement ou chèque'), ('pay', 'Retenue sur la paie')], max_length=8, verbose_name='moyen')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='précision')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
            ],
            options={
                'verbose_name': 'libération de parts',
                'verbose_name_plural': 'libérations de parts',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakingTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('speech', 'Prise de parole'), ('order', 'Point d’ordre')], default='speech', max_length=6, verbose_name='demande')),
                ('state', models.CharField(choices=[('waiting', 'En attente'), ('speaking', 'Parle'), ('done', 'A parlé'), ('withdrawn', 'Retirée')], default='waiting', editable=False, max_length=9, verbose_name='état')),
                ('asked_at', models.DateTimeField(verbose_name='demandée à')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='commencée à')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='finie à')),
            ],
            options={
                'verbose_name': 'tour de parole',
                'verbose_name_plural': 'tours de parole',
                'ordering': ['assembly', 'asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='nombre de parts')),
                ('nominal', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='valeur nominale (€)')),
                ('plan', models.CharField(choices=[('at_once', 'En une fois'), ('in_parts', 'En plusieurs fois'), ('on_pay', 'Retenue sur la paie')], default='at_once', max_length=10, verbose_name='libération')),
                ('part_amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant de chaque versement (€)')),
                ('first_due_on', models.DateField(verbose_name='premier versement le')),
                ('state', models.CharField(choices=[('draft', 'À signer'), ('signed', 'Souscrite, à libérer'), ('paid', 'Libérée'), ('cancelled', 'Abandonnée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('signed_on', models.DateField(editable=False, null=True, verbose_name='signé le')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                ('paid_on', models.DateField(editable=False, null=True, verbose_name='libérée le')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('accepted_limits', models.JSONField(default=list, editable=False)),
                ('paper_note', models.CharField(blank=True, editable=False, max_length=200, verbose_name='original sur papier')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouverte le')),
            ],
            options={
                'verbose_name': 'souscription de parts',
                'verbose_name_plural': 'souscriptions de parts',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Trustee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('certificate', models.TextField(blank=True, editable=False, verbose_name='certificat')),
                ('commitment', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du polynôme')),
                ('polynomial', models.TextField(blank=True, editable=False, verbose_name='polynôme')),
                ('verification', models.TextField(blank=True, editable=False, verbose_name='clé publique et note à soi')),
                ('tried_at', models.DateTimeField(editable=False, null=True, verbose_name='clé essayée le')),
            ],
            options={
                'verbose_name': 'gardien·ne de clé',
                'verbose_name_plural': 'gardien·nes de clé',
                'ordering': ['secret_vote', 'index'],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_blank_proxy', models.BooleanField(default=False, verbose_name='pouvoir en blanc')),
                ('is_by_correspondence', models.BooleanField(default=False, verbose_name='par correspondance')),
            ],
            options={
                'verbose_name': 'voix',
                'verbose_name_plural': 'voix des votes',
                'ordering': ['vote', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='tour')),
                ('way', models.CharField(choices=[('screen', 'Chacun·e sur son écran'), ('hands', 'À main levée, compté par le bureau'), ('roll_call', 'Par appel nominal'), ('secret', 'Au scrutin secret')], default='screen', max_length=9, verbose_name='vote')),
                ('state', models.CharField(choices=[('draft', 'À ouvrir'), ('open', 'Ouvert'), ('closed', 'Clos, à proclamer'), ('proclaimed', 'Proclamé'), ('cancelled', 'Annulé')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('text', models.TextField(blank=True, editable=False, verbose_name='texte mis aux voix')),
                ('text_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du texte')),
                ('choices', models.JSONField(default=list, editable=False, verbose_name='choix offerts')),
                ('rule', models.JSONField(default=dict, editable=False, verbose_name='règle')),
                ('quorum', models.JSONField(default=dict, editable=False, verbose_name='quorum à l’ouverture')),
                ('draw_seed', models.CharField(blank=True, editable=False, max_length=64, verbose_name='graine du tirage')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='ouvert à')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='clos à')),
                ('proclaimed_at', models.DateTimeField(editable=False, null=True, verbose_name='proclamé à')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ['assembly', 'resolution__number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VoteResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='numéro')),
                ('verdict', models.CharField(max_length=24, verbose_name='issue')),
                ('facts', models.JSONField(verbose_name='décompte')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la correction')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='établi le')),
            ],
            options={
                'verbose_name': 'résultat de vote',
                'verbose_name_plural': 'résultats de vote',
                'ordering': ['vote', '-number'],
            },
        ),
        migrations.CreateModel(
            name='VotingRightEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('notice', 'Mise en demeure'), ('suspension', 'Droit de vote suspendu'), ('return', 'Droit de vote rendu')], max_length=10, verbose_name='nature')),
                ('at', models.DateTimeField(verbose_name='à partir de')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
            ],
            options={
                'verbose_name': 'fait sur le droit de vote',
                'verbose_name_plural': 'faits sur le droit de vote',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Assembly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ordinary', 'Assemblée générale ordinaire'), ('extraordinary', 'Assemblée générale extraordinaire'), ('mixed', 'Assemblée générale mixte')], max_length=14, verbose_name='nature')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('call_number', models.PositiveSmallIntegerField(default=1, verbose_name='convocation n°')),
                ('starts_at', models.DateTimeField(verbose_name='le')),
                ('mode', models.CharField(choices=[('room', 'En salle'), ('remote', 'À distance'), ('both', 'En salle et à distance')], default='both', max_length=6, verbose_name='tenue')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='lieu')),
                ('remote_link', models.URLField(blank=True, max_length=300, verbose_name='lien de visioconférence')),
                ('introduction', models.TextField(blank=True, max_length=4000, verbose_name='mot de la convocation')),
                ('rules', models.JSONField(default=dict, editable=False, verbose_name='règles figées')),
                ('rules_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte des règles')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('convened', 'Convoquée'), ('open', 'Ouverte'), ('closed', 'Close, procès-verbal à signer'), ('signed', 'Procès-verbal signé'), ('published', 'Publiée'), ('cancelled', 'Annulée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('convened_at', models.DateTimeField(editable=False, null=True, verbose_name='convoquée le')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='ouverte à')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='levée à')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
                ('item_since', models.DateTimeField(editable=False, null=True)),
                ('room_key', models.CharField(blank=True, editable=False, max_length=40)),
                ('screen_key', models.CharField(blank=True, editable=False, max_length=40)),
                ('pulse', models.PositiveBigIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouverte le')),
                ('convened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='convoquée par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('current_item', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='governance.agendaitem', verbose_name='point en cours')),
                ('earlier_call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later_calls', to='governance.assembly', verbose_name='suite de')),
            ],
            options={
                'verbose_name': 'assemblée générale',
                'verbose_name_plural': 'assemblées générales',
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='assembly',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='governance.assembly', verbose_name='assemblée'),
        ),
        migrations.CreateModel(
            name='Associate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, null=True, unique=True, verbose_name='numéro')),
                ('admitted_on', models.DateField(verbose_name='admis·e le')),
                ('admission_decision', models.CharField(max_length=200, verbose_name='décision d’admission')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='sorti·e le')),
                ('loss_cause', models.CharField(blank=True, choices=[('resignation', 'Démission'), ('employment_ended', 'Fin du contrat de travail'), ('retirement', 'Retraite'), ('redundancy', 'Licenciement économique'), ('disability', 'Invalidité'), ('death', 'Décès'), ('deemed_resigned', 'Réputé·e démissionnaire'), ('exclusion', 'Exclusion'), ('dissolution', 'Dissolution de la personne morale')], max_length=16, verbose_name='cause de la sortie')),
                ('loss_decision', models.CharField(blank=True, max_length=200, verbose_name='décision de sortie')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='inscrit·e le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='associates', to='people.organisation', verbose_name='organisme')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='associates', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'associé·e',
                'verbose_name_plural': 'associé·es',
                'ordering': [models.OrderBy(models.F('number'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrival', 'Arrivée'), ('departure', 'Départ'), ('connected', 'Connexion à distance'), ('disconnected', 'Déconnexion')], max_length=12, verbose_name='fait')),
                ('way', models.CharField(choices=[('desk', 'Noté par le bureau'), ('qr', 'Code QR de la salle'), ('tablet', 'Tablette à l’entrée'), ('account', 'Par son compte')], max_length=8, verbose_name='noté par')),
                ('at', models.DateTimeField(verbose_name='à')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='governance.assembly', verbose_name='assemblée')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='governance.associate', verbose_name='associé·e')),
                ('cancels', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cancelled_by', to='governance.attendanceevent', verbose_name='annule')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='personne')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'fait de présence',
                'verbose_name_plural': 'faits de présence',
                'ordering': ['assembly', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='nom')),
                ('kind', models.CharField(choices=[('assembly', 'Assemblée générale'), ('management', 'Cogérance'), ('board', 'Conseil d’administration'), ('supervisory', 'Conseil de surveillance'), ('committee', 'Comité'), ('section', 'Assemblée de section')], max_length=11, verbose_name='nature')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='rôle')),
                ('seats_least', models.PositiveSmallIntegerField(default=1, verbose_name='sièges, au moins')),
                ('seats_most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sièges, au plus')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée d’un mandat (mois)')),
                ('terms_most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mandats de suite, au plus')),
                ('electorate', models.CharField(choices=[('associates', 'Les associé·es'), ('entrepreneurs', 'Les entrepreneur·es'), ('all', 'Associé·es et entrepreneur·es')], default='associates', max_length=14, verbose_name='élu par, selon les statuts')),
                ('quorum', models.CharField(blank=True, max_length=120, verbose_name='quorum')),
                ('majority', models.CharField(blank=True, max_length=120, verbose_name='majorité')),
                ('rhythm', models.CharField(blank=True, max_length=120, verbose_name='réunions')),
                ('article', models.CharField(blank=True, max_length=80, verbose_name='article des statuts')),
                ('handover_days', models.PositiveSmallIntegerField(default=30, verbose_name='jours de passation')),
                ('is_active', models.BooleanField(default=True, verbose_name='en service')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'organe',
                'verbose_name_plural': 'organes',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['assembly', 'management', 'board', 'supervisory', 'committee', 'section'])), name='body_kind_known'), models.CheckConstraint(condition=models.Q(('seats_most__isnull', True), ('seats_most__gte', models.F('seats_least')), _connector='OR'), name='body_seats')],
            },
        ),
        migrations.CreateModel(
            name='BoxEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('height', models.PositiveIntegerField(verbose_name='rang')),
                ('kind', models.CharField(max_length=17, verbose_name='nature')),
                ('text', models.TextField(verbose_name='événement')),
                ('digest', models.CharField(max_length=64, verbose_name='empreinte')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='governance.ballotbox', verbose_name='urne')),
            ],
            options={
                'verbose_name': 'événement d’urne',
                'verbose_name_plural': 'événements d’urne',
                'ordering': ['box', 'height'],
            },
        ),
        migrations.CreateModel(
            name='BureauSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'Président·e de séance'), ('secretary', 'Secrétaire'), ('scrutineer', 'Scrutateur·rice')], max_length=10, verbose_name='fonction')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bureau', to='governance.assembly', verbose_name='assemblée')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bureau_seats', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'membre du bureau de séance',
                'verbose_name_plural': 'membres du bureau de séance',
                'ordering': ['assembly', 'role', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CapitalLoss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closed_on', models.DateField(verbose_name='exercice clos le')),
                ('amount', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='perte supportée par le capital (€)')),
                ('whole', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='valeur des parts qui la supportent (€)')),
                ('decision', models.CharField(max_length=200, verbose_name='décision')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'perte supportée par le capital',
                'verbose_name_plural': 'pertes supportées par le capital',
                'ordering': ['-closed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CategoryPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('category', models.CharField(choices=[('employee', 'Salarié·e'), ('former_employee', 'Ancien·ne salarié·e'), ('producer', 'Producteur·rice'), ('beneficiary', 'Bénéficiaire des biens ou services'), ('volunteer', 'Bénévole'), ('public_body', 'Collectivité ou organisme public'), ('cooperative', 'Coopérative'), ('outside', 'Autre associé·e extérieur·e')], max_length=16, verbose_name='catégorie')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='governance.associate', verbose_name='associé·e')),
                ('college', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='governance.college', verbose_name='collège')),
            ],
            options={
                'verbose_name': 'catégorie d’associé·e',
                'verbose_name_plural': 'catégories d’associé·es',
                'ordering': ['associate', 'starts_on'],
            },
        ),
        migrations.AddField(
            model_name='ballotbox',
            name='college',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.college', verbose_name='collège'),
        ),
        migrations.CreateModel(
            name='Convocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('letter', 'Courrier')], max_length=6, verbose_name='envoi')),
                ('posted_on', models.DateField(blank=True, null=True, verbose_name='postée le')),
                ('tracking', models.CharField(blank=True, max_length=40, verbose_name='n° de recommandé')),
                ('read_at', models.DateTimeField(editable=False, null=True, verbose_name='documents lus le')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convocations', to='governance.assembly', verbose_name='assemblée')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convocations', to='governance.associate', verbose_name='associé·e')),
                ('email', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.outgoingemail', verbose_name='e-mail')),
                ('letter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='lettre')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='personne')),
                ('posted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='postée par')),
                ('proof', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='preuve')),
            ],
            options={
                'verbose_name': 'convocation',
                'verbose_name_plural': 'convocations',
                'ordering': ['assembly', 'associate'],
            },
        ),
        migrations.CreateModel(
            name='CorrespondenceForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(verbose_name='réponses')),
                ('origin', models.CharField(choices=[('account', 'Par son compte'), ('paper', 'Sur papier, saisi par le bureau')], max_length=8, verbose_name='reçu')),
                ('received_at', models.DateTimeField(verbose_name='reçu le')),
                ('replaced_at', models.DateTimeField(editable=False, null=True, verbose_name='remplacé le')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correspondence', to='governance.assembly', verbose_name='assemblée')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correspondence', to='governance.associate', verbose_name='associé·e')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
            ],
            options={
                'verbose_name': 'formulaire de vote par correspondance',
                'verbose_name_plural': 'formulaires de vote par correspondance',
                'ordering': ['assembly', 'received_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DeclaredCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hands', 'Mains levées'), ('paper', 'Bulletins de papier')], max_length=5, verbose_name='nature')),
                ('choice', models.CharField(max_length=40, verbose_name='choix')),
                ('count', models.PositiveIntegerField(verbose_name='nombre')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('college', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.college', verbose_name='collège')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compté aussi par')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compté par')),
            ],
            options={
                'verbose_name': 'décompte déclaré',
                'verbose_name_plural': 'décomptes déclarés',
                'ordering': ['vote', 'kind', 'college', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DecryptionShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('text', models.TextField(verbose_name='part')),
                ('strict', models.TextField(verbose_name='preuves strictes')),
                ('given_at', models.DateTimeField(verbose_name='donnée à')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='governance.ballotbox', verbose_name='urne')),
            ],
            options={
                'verbose_name': 'part de dépouillement',
                'verbose_name_plural': 'parts de dépouillement',
                'ordering': ['box', 'owner'],
            },
        ),
        migrations.CreateModel(
            name='FormerProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tracking', models.CharField(blank=True, max_length=40, verbose_name='n° de recommandé')),
                ('reason', models.CharField(max_length=300, verbose_name='motif du remplacement')),
                ('replaced_at', models.DateTimeField(verbose_name='remplacée le')),
                ('convocation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_proofs', to='governance.convocation', verbose_name='convocation')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='preuve')),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'preuve remplacée',
                'verbose_name_plural': 'preuves remplacées',
                'ordering': ['convocation', '-replaced_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FoundingText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statutes', 'Statuts'), ('internal_rules', 'Règlement intérieur')], max_length=14, verbose_name='nature')),
                ('valid_from', models.DateField(verbose_name='en vigueur le')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='décision')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déposé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
            ],
            options={
                'verbose_name': 'texte fondateur',
                'verbose_name_plural': 'textes fondateurs',
                'ordering': ['kind', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='à')),
                ('text', models.CharField(max_length=500, verbose_name='fait')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='governance.assembly', verbose_name='assemblée')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'incident de séance',
                'verbose_name_plural': 'incidents de séance',
                'ordering': ['assembly', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='question')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='posée le')),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='réponse')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='répondue le')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='governance.assembly', verbose_name='assemblée')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='governance.associate', verbose_name='associé·e')),
            ],
            options={
                'verbose_name': 'question d’associé·e',
                'verbose_name_plural': 'questions d’associé·es',
                'ordering': ['assembly', 'asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, null=True, unique=True, verbose_name='numéro au registre')),
                ('opening', models.TextField(blank=True, max_length=8000, verbose_name='ouverture')),
                ('closing', models.TextField(blank=True, max_length=8000, verbose_name='clôture')),
                ('state', models.CharField(choices=[('draft', 'À relire'), ('to_sign', 'À signer'), ('signed', 'Signé')], default='draft', editable=False, max_length=8, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('facts', models.JSONField(default=dict, editable=False, verbose_name='faits')),
                ('content_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('assembly', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='governance.assembly', verbose_name='assemblée')),
                ('pdf', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF')),
                ('signed_pdf', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF signé')),
            ],
            options={
                'verbose_name': 'procès-verbal',
                'verbose_name_plural': 'procès-verbaux',
                'ordering': ['-number', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MinutesNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=8000, verbose_name='débat')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='governance.agendaitem', verbose_name='point')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='governance.minutes', verbose_name='procès-verbal')),
            ],
            options={
                'verbose_name': 'note du procès-verbal',
                'verbose_name_plural': 'notes du procès-verbal',
                'ordering': ['minutes', 'item'],
            },
        ),
        migrations.CreateModel(
            name='MinutesSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code_ends_at', models.DateTimeField(editable=False, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('role', models.CharField(choices=[('chair', 'Président·e de séance'), ('secretary', 'Secrétaire'), ('scrutineer', 'Scrutateur·rice'), ('manager', 'Gérance')], max_length=10, verbose_name='fonction')),
                ('unsigned_reason', models.CharField(blank=True, max_length=200, verbose_name='motif de l’absence de signature')),
                ('unsigned_at', models.DateTimeField(null=True, verbose_name='noté le')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='governance.minutes', verbose_name='procès-verbal')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='personne')),
                ('signature', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('unsigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
            ],
            options={
                'verbose_name': 'signature du procès-verbal',
                'verbose_name_plural': 'signatures du procès-verbal',
                'ordering': ['minutes', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NamedBallot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(default=1, verbose_name='rang')),
                ('choice', models.JSONField(verbose_name='choix')),
                ('way', models.CharField(choices=[('screen', 'Sur son écran'), ('roll_call', 'À l’appel de son nom'), ('correspondence', 'Par correspondance'), ('blank_proxy', 'Pouvoir en blanc')], max_length=14, verbose_name='par')),
                ('at', models.DateTimeField(verbose_name='à')),
                ('receipt', models.CharField(max_length=16, unique=True, verbose_name='reçu')),
                ('cast_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'bulletin nominatif',
                'verbose_name_plural': 'bulletins nominatifs',
                'ordering': ['voice', 'rank'],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='mis à disposition le')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='governance.assembly', verbose_name='assemblée')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='governance.agendaitem', verbose_name='point')),
            ],
            options={
                'verbose_name': 'document de l’assemblée',
                'verbose_name_plural': 'documents de l’assemblée',
                'ordering': ['assembly', 'item', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Proxy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instructions', models.JSONField(blank=True, default=dict, verbose_name='consignes')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='mot au mandataire')),
                ('origin', models.CharField(choices=[('account', 'Par son compte'), ('paper', 'Sur papier, saisi par le bureau')], default='account', max_length=8, verbose_name='donné')),
                ('state', models.CharField(choices=[('given', 'Donné'), ('refused', 'Refusé'), ('replaced', 'Remplacé'), ('revoked', 'Retiré')], default='given', editable=False, max_length=8, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('given_at', models.DateTimeField(verbose_name='donné le')),
                ('instructed_at', models.DateTimeField(editable=False, null=True, verbose_name='consignes changées le')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='fini le')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to='governance.assembly', verbose_name='assemblée')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proxies_held', to='governance.associate', verbose_name='mandataire')),
                ('pdf', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_given', to='governance.associate', verbose_name='mandant·e')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'pouvoir',
                'verbose_name_plural': 'pouvoirs',
                'ordering': ['assembly', 'given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FormerProxyPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('replaced_at', models.DateTimeField(verbose_name='remplacé le')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='fichier')),
                ('proxy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_papers', to='governance.proxy', verbose_name='pouvoir')),
            ],
            options={
                'verbose_name': 'pouvoir remplacé',
                'verbose_name_plural': 'pouvoirs remplacés',
                'ordering': ['proxy', '-replaced_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublicCredential',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(max_length=64, verbose_name='clé publique')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credentials', to='governance.ballotbox', verbose_name='urne')),
            ],
            options={
                'verbose_name': 'clé publique d’un code',
                'verbose_name_plural': 'clés publiques des codes',
                'ordering': ['box', 'value'],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='bulletin chiffré')),
                ('tracker', models.CharField(max_length=43, verbose_name='numéro de suivi')),
                ('body_hash', models.CharField(max_length=43)),
                ('height', models.PositiveIntegerField(verbose_name='rang')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='governance.ballotbox', verbose_name='urne')),
                ('credential', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='governance.publiccredential', verbose_name='clé publique')),
            ],
            options={
                'verbose_name': 'bulletin secret',
                'verbose_name_plural': 'bulletins secrets',
                'ordering': ['box', 'height'],
            },
        ),
        migrations.CreateModel(
            name='Representative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='representatives', to='governance.associate', verbose_name='associé·e')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represents', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'représentant·e',
                'verbose_name_plural': 'représentant·es',
                'ordering': ['associate', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='numéro')),
                ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                ('decision_kind', models.CharField(choices=[('ordinary', 'Décision ordinaire'), ('extraordinary', 'Décision extraordinaire'), ('manager_election', 'Élection de la gérance'), ('manager_removal', 'Révocation de la gérance'), ('board_election', 'Élection d’un conseil'), ('admission', 'Admission d’un·e associé·e')], max_length=16, verbose_name='nature de la décision')),
                ('method', models.CharField(choices=[('resolution', 'Pour, contre, abstention'), ('list', 'Scrutin de liste à deux tours'), ('names', 'Scrutin de noms à deux tours'), ('majority_judgment', 'Jugement majoritaire'), ('schulze', 'Classement (Condorcet, méthode de Schulze)'), ('transferable', 'Vote unique transférable'), ('consent', 'Consentement')], default='resolution', max_length=18, verbose_name='mode de scrutin')),
                ('amount', cae.core.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='montant (€)')),
                ('supported', models.BooleanField(default=True, verbose_name='soutenue par la gérance')),
                ('state', models.CharField(choices=[('proposed', 'Proposée par des associé·es'), ('on_agenda', 'À l’ordre du jour'), ('refused', 'Non inscrite'), ('withdrawn', 'Retirée')], default='on_agenda', editable=False, max_length=10, verbose_name='état')),
                ('state_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('seats', models.PositiveSmallIntegerField(default=1, verbose_name='sièges')),
                ('electorate', models.CharField(choices=[('associates', 'Les associé·es'), ('entrepreneurs', 'Les entrepreneur·es'), ('all', 'Associé·es et entrepreneur·es')], default='associates', max_length=14, verbose_name='qui vote')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée du mandat (mois)')),
                ('powers', models.TextField(blank=True, max_length=1000, verbose_name='pouvoirs')),
                ('minimum_participation', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='participation minimale')),
                ('draw_seed', models.CharField(blank=True, editable=False, max_length=64, verbose_name='graine du tirage')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déposée le')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='governance.assembly', verbose_name='assemblée')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='governance.body', verbose_name='organe')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='resolutions', to='governance.agendaitem', verbose_name='point')),
            ],
            options={
                'verbose_name': 'résolution',
                'verbose_name_plural': 'résolutions',
                'ordering': ['assembly', models.OrderBy(models.F('number'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=80, verbose_name='fonction')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='fini le')),
                ('end_cause', models.CharField(blank=True, choices=[('term', 'Arrivé à son terme'), ('resignation', 'Démission'), ('removal', 'Révocation'), ('associate_lost', 'Perte de la qualité d’associé·e'), ('other', 'Autre')], max_length=14, verbose_name='fin')),
                ('end_note', models.CharField(blank=True, max_length=300, verbose_name='précision')),
                ('term', models.PositiveSmallIntegerField(default=1, verbose_name='mandat n°')),
                ('rotation', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rang de renouvellement')),
                ('handover_on', models.DateField(blank=True, null=True, verbose_name='passation le')),
                ('powers', models.TextField(blank=True, max_length=1000, verbose_name='pouvoirs')),
                ('decision', models.CharField(max_length=200, verbose_name='décision')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.body', verbose_name='organe')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='people.person', verbose_name='personne')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'mandat',
                'verbose_name_plural': 'mandats',
                'ordering': ['body', '-starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(blank=True, max_length=160, verbose_name='destiné à')),
                ('content_sha256', models.CharField(editable=False, max_length=64, verbose_name='empreinte')),
                ('form_key', models.UUIDField(editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='établi le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='PDF')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature', verbose_name='signature')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extracts', to='governance.minutes', verbose_name='procès-verbal')),
                ('resolutions', models.ManyToManyField(related_name='extracts', to='governance.resolution', verbose_name='résolutions')),
            ],
            options={
                'verbose_name': 'extrait de procès-verbal',
                'verbose_name_plural': 'extraits de procès-verbal',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='le')),
                ('title', models.CharField(max_length=200, verbose_name='décision')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='texte')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour le')),
                ('state', models.CharField(choices=[('to_do', 'À faire'), ('done', 'Faite'), ('dropped', 'Abandonnée'), ('none', 'Sans suite à donner')], default='to_do', editable=False, max_length=7, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a été fait')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('assembly', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='governance.assembly', verbose_name='assemblée')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='governance.body', verbose_name='organe')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='people.person', verbose_name='confiée à')),
                ('resolution', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'décision',
                'verbose_name_plural': 'décisions',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='nom')),
                ('statement', models.TextField(blank=True, max_length=1500, verbose_name='présentation')),
                ('position', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='ordre tiré au sort')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='né·e le')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='retirée le')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='people.person', verbose_name='personne')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'candidature à une élection',
                'verbose_name_plural': 'candidatures à une élection',
                'ordering': ['resolution', models.OrderBy(models.F('position'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AccountsResolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('approve', 'Approbation des comptes'), ('allocate', 'Affectation du résultat')], max_length=10, verbose_name='objet')),
                ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='accounting.resultallocation', verbose_name='affectation du résultat')),
                ('resolution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'résolution sur les comptes',
                'verbose_name_plural': 'résolutions sur les comptes',
                'ordering': ['allocation', 'purpose'],
            },
        ),
        migrations.CreateModel(
            name='ResolutionSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='governance.associate', verbose_name='associé·e')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'soutien à une résolution',
                'verbose_name_plural': 'soutiens à une résolution',
                'ordering': ['resolution', 'at'],
            },
        ),
        migrations.CreateModel(
            name='ResolutionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('text', models.TextField(max_length=20000, verbose_name='texte')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrite le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='governance.resolution', verbose_name='résolution')),
            ],
            options={
                'verbose_name': 'version de résolution',
                'verbose_name_plural': 'versions de résolution',
                'ordering': ['resolution', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('replace', 'Remplacer le paragraphe'), ('delete', 'Supprimer le paragraphe'), ('insert', 'Ajouter après le paragraphe')], max_length=8, verbose_name='nature')),
                ('paragraph', models.PositiveSmallIntegerField(verbose_name='paragraphe')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='nouveau texte')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='motif')),
                ('distance', models.PositiveIntegerField(default=0, editable=False, verbose_name='éloignement')),
                ('state', models.CharField(choices=[('proposed', 'À voter'), ('adopted', 'Adopté'), ('rejected', 'Rejeté'), ('fallen', 'Sans objet'), ('withdrawn', 'Retiré')], default='proposed', editable=False, max_length=9, verbose_name='état')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='déposé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='governance.associate', verbose_name='déposé par')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='governance.resolution', verbose_name='résolution')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='governance.resolutionversion', verbose_name='version amendée')),
            ],
            options={
                'verbose_name': 'amendement',
                'verbose_name_plural': 'amendements',
                'ordering': ['resolution', 'paragraph', '-distance', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code_sent_at', models.DateTimeField(null=True, verbose_name='code remis le')),
                ('channel', models.CharField(blank=True, choices=[('screen', 'Sur son écran'), ('paper', 'Sur papier')], max_length=6, verbose_name='par')),
                ('quarter', models.DateTimeField(null=True, verbose_name='quart d’heure')),
                ('associate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries', to='governance.associate', verbose_name='associé·e')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='governance.ballotbox', verbose_name='urne')),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries_held', to='governance.associate', verbose_name='mandataire')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noté par')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries', to='people.person', verbose_name='personne')),
            ],
            options={
                'verbose_name': 'émargement d’un scrutin',
                'verbose_name_plural': 'émargements de scrutins',
                'ordering': ['box', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('form', models.CharField(choices=[('scop_sarl', 'SCOP SARL'), ('scop_sa', 'SCOP SA'), ('scop_sas', 'SCOP SAS'), ('scic_sarl', 'SCIC SARL'), ('scic_sa', 'SCIC SA'), ('scic_sas', 'SCIC SAS'), ('cooperative', 'Coopérative (loi de 1947)'), ('association', 'Association')], max_length=12, verbose_name='forme')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('reason', models.CharField(max_length=250, verbose_name='motif')),
                ('state', models.CharField(choices=[('draft', 'À confirmer'), ('confirmed', 'Confirmée'), ('discarded', 'Abandonnée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrit le')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmé par')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('statutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.foundingtext', verbose_name='statuts')),
            ],
            options={
                'verbose_name': 'jeu de règles',
                'verbose_name_plural': 'jeux de règles',
                'ordering': ['-valid_from', '-number'],
            },
        ),
        migrations.CreateModel(
            name='RuleLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='règle')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='valeur')),
                ('article', models.CharField(blank=True, max_length=160, verbose_name='article')),
                ('to_check', models.BooleanField(default=False, verbose_name='à confirmer')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmée le')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmée par')),
                ('rule_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='governance.ruleset', verbose_name='règles')),
            ],
            options={
                'verbose_name': 'règle de décision',
                'verbose_name_plural': 'règles de décision',
                'ordering': ['rule_set', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='assembly',
            name='rule_set',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='governance.ruleset', verbose_name='règles'),
        ),
        migrations.CreateModel(
            name='SecretVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='intitulé')),
                ('mode', models.CharField(choices=[('cards', 'Cartes faites par un·e scrutateur·rice'), ('mail', 'Codes envoyés par e-mail')], default='mail', max_length=5, verbose_name='codes de vote')),
                ('threshold', models.PositiveSmallIntegerField(default=2, verbose_name='parts nécessaires')),
                ('state', models.CharField(choices=[('draft', 'En préparation'), ('roll_frozen', 'Liste arrêtée'), ('keys_ready', 'Clés prêtes'), ('tested', 'Essayé'), ('open', 'Ouvert'), ('paused', 'Suspendu'), ('closed', 'Clos'), ('tallied', 'Sommes publiées'), ('decrypted', 'Dépouillé'), ('verified', 'Vérifié'), ('proclaimed', 'Proclamé'), ('recorded', 'Archivé'), ('purged', 'Liens détruits'), ('cancelled', 'Annulé')], default='draft', editable=False, max_length=11, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='clôture prévue')),
                ('uuid', models.CharField(editable=False, max_length=22, unique=True)),
                ('rehearsal', models.JSONField(default=dict, editable=False, verbose_name='essai')),
                ('programs', models.JSONField(default=dict, editable=False, verbose_name='programmes')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='ouvert à')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='clos à')),
                ('proclaimed_at', models.DateTimeField(editable=False, null=True, verbose_name='proclamé à')),
                ('purged_at', models.DateTimeField(editable=False, null=True, verbose_name='liens détruits le')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
                ('unsound_at', models.DateTimeField(editable=False, null=True)),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secret_votes', to='governance.assembly', verbose_name='assemblée')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ouvert par')),
            ],
            options={
                'verbose_name': 'scrutin secret',
                'verbose_name_plural': 'scrutins secrets',
                'ordering': ['assembly', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SecretQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place')),
                ('secret_vote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='governance.secretvote', verbose_name='scrutin')),
            ],
            options={
                'verbose_name': 'question du scrutin',
                'verbose_name_plural': 'questions du scrutin',
                'ordering': ['secret_vote', 'position'],
            },
        ),
        migrations.CreateModel(
            name='SecretJournal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField(verbose_name='rang')),
                ('at', models.DateTimeField(verbose_name='à')),
                ('act', models.CharField(max_length=20, verbose_name='acte')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('facts', models.JSONField(default=dict, verbose_name='faits')),
                ('seal', models.CharField(max_length=64, verbose_name='sceau')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('secret_vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal', to='governance.secretvote', verbose_name='scrutin')),
            ],
            options={
                'verbose_name': 'acte du scrutin',
                'verbose_name_plural': 'actes du scrutin',
                'ordering': ['secret_vote', 'rank'],
            },
        ),
        migrations.AddField(
            model_name='ballotbox',
            name='secret_vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='governance.secretvote', verbose_name='scrutin'),
        ),
        migrations.CreateModel(
            name='SectionMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='section')),
                ('starts_at', models.DateTimeField(verbose_name='le')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='lieu')),
                ('remote_link', models.URLField(blank=True, max_length=300, verbose_name='lien de visioconférence')),
                ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='annulée le')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de l’annulation')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='section_meetings', to='governance.assembly', verbose_name='assemblée')),
            ],
            options={
                'verbose_name': 'réunion de section',
                'verbose_name_plural': 'réunions de section',
                'ordering': ['assembly', 'starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ShareClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=12, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('nominal', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='valeur nominale (€)')),
                ('is_active', models.BooleanField(default=True, verbose_name='proposée à la souscription')),
                ('article', models.CharField(blank=True, max_length=80, verbose_name='article des statuts')),
            ],
            options={
                'verbose_name': 'catégorie de parts',
                'verbose_name_plural': 'catégories de parts',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('nominal__gt', 0)), name='share_class_worth_something')],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='nombre de parts')),
                ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                ('cause', models.CharField(blank=True, choices=[('resignation', 'Démission'), ('employment_ended', 'Fin du contrat de travail'), ('retirement', 'Retraite'), ('redundancy', 'Licenciement économique'), ('disability', 'Invalidité'), ('death', 'Décès'), ('deemed_resigned', 'Réputé·e démissionnaire'), ('exclusion', 'Exclusion'), ('dissolution', 'Dissolution de la personne morale')], max_length=16, verbose_name='cause')),
                ('lost_on', models.DateField(verbose_name='perte de la qualité le')),
                ('state', models.CharField(choices=[('asked', 'Demandé'), ('withdrawn', 'Parts annulées, à rembourser'), ('paid', 'Remboursé'), ('cancelled', 'Abandonné')], default='asked', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('withdrawn_on', models.DateField(editable=False, null=True, verbose_name='parts annulées le')),
                ('valued_on', models.DateField(blank=True, null=True, verbose_name='valeur au')),
                ('losses', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='pertes de l’exercice (€)')),
                ('later_losses', cae.core.fields.MoneyField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='pertes des exercices suivants (€)')),
                ('payable_from', models.DateField(blank=True, null=True, verbose_name='à payer à partir du')),
                ('early_decision', models.CharField(blank=True, max_length=200, verbose_name='décision de payer avant')),
                ('paid_on', models.DateField(editable=False, null=True, verbose_name='remboursé le')),
                ('paid_amount', cae.core.fields.MoneyField(decimal_places=2, editable=False, max_digits=12, null=True, verbose_name='montant remboursé (€)')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noté le')),
                ('associate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='governance.associate', verbose_name='associé·e')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture')),
                ('share_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='governance.shareclass', verbose_name='parts')),
            ],
            options={
                'verbose_name': 'remboursement de parts',
                'verbose_name_plural': 'remboursements de parts',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('employee', 'Salarié·e'), ('former_employee', 'Ancien·ne salarié·e'), ('producer', 'Producteur·rice'), ('beneficiary', 'Bénéficiaire des biens ou services'), ('volunteer', 'Bénévole'), ('public_body', 'Collectivité ou organisme public'), ('cooperative', 'Coopérative'), ('outside', 'Autre associé·e extérieur·e')], default='employee', max_length=16, verbose_name='catégorie')),
                ('letter', models.TextField(blank=True, max_length=3000, verbose_name='ce qui vous amène')),
                ('share_count', models.PositiveIntegerField(default=1, verbose_name='nombre de parts')),
                ('payment_plan', models.CharField(choices=[('at_once', 'En une fois'), ('in_parts', 'En plusieurs fois'), ('on_pay', 'Retenue sur la paie')], default='at_once', max_length=10, verbose_name='libération')),
                ('state', models.CharField(choices=[('draft', 'À compléter'), ('submitted', 'À instruire'), ('to_vote', 'Mise au vote'), ('admitted', 'Admise'), ('refused', 'Refusée'), ('withdrawn', 'Retirée')], default='draft', editable=False, max_length=10, verbose_name='état')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('submitted_on', models.DateField(editable=False, null=True, verbose_name='reçue le')),
                ('opinion', models.TextField(blank=True, max_length=2000, verbose_name='avis')),
                ('opinion_on', models.DateField(editable=False, null=True, verbose_name='avis du')),
                ('route', models.CharField(blank=True, choices=[('vote', 'Vote de l’assemblée'), ('by_rule', 'De plein droit, par les statuts')], max_length=8, verbose_name='voie')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='décidée le')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='décision')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='motif')),
                ('may_return_on', models.DateField(editable=False, null=True, verbose_name='peut revenir le')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ouverte le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('opinion_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='avis de')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='people.organisation', verbose_name='organisme')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='people.person', verbose_name='personne')),
                ('representative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='représentant·e')),
                ('associate', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='governance.associate', verbose_name='associé·e')),
                ('sponsor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sponsored', to='governance.associate', verbose_name='parrain ou marraine')),
                ('college', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.college', verbose_name='collège')),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='governance.resolution', verbose_name='résolution')),
                ('share_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.shareclass', verbose_name='parts')),
            ],
            options={
                'verbose_name': 'candidature au sociétariat',
                'verbose_name_plural': 'candidatures au sociétariat',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shareclass',
            trigger=pgtrigger.compiler.Trigger(name='share_class_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."nominal" IS DISTINCT FROM (NEW."nominal"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6fcb332ac1decba30fce5a4f147421e1823d6e71', operation='UPDATE', pgid='pgtrigger_share_class_frozen_e93b8', table='governance_shareclass', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='giver',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares_given', to='governance.associate', verbose_name='de'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='receiver',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares_received', to='governance.associate', verbose_name='à'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='refund',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='governance.refund', verbose_name='remboursement'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='governance.sharemovement', verbose_name='annule'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='share_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='governance.shareclass', verbose_name='parts'),
        ),
        migrations.AddField(
            model_name='sharepayment',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par'),
        ),
        migrations.AddField(
            model_name='sharepayment',
            name='entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.entry', verbose_name='écriture'),
        ),
        migrations.AddField(
            model_name='sharepayment',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='governance.sharepayment', verbose_name='annule'),
        ),
        migrations.AddField(
            model_name='speakingturn',
            name='assembly',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='governance.assembly', verbose_name='assemblée'),
        ),
        migrations.AddField(
            model_name='speakingturn',
            name='associate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='governance.associate', verbose_name='associé·e'),
        ),
        migrations.AddField(
            model_name='speakingturn',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='turns', to='governance.agendaitem', verbose_name='point'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='associate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='governance.associate', verbose_name='associé·e'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='bulletin',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='bulletin'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='certificate',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='attestation'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='share_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to='governance.shareclass', verbose_name='parts'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='signature',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.signature'),
        ),
        migrations.AddField(
            model_name='sharepayment',
            name='subscription',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='governance.subscription', verbose_name='souscription'),
        ),
        migrations.AddField(
            model_name='sharemovement',
            name='subscription',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='governance.subscription', verbose_name='souscription'),
        ),
        migrations.AddField(
            model_name='trustee',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trusteeships', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='trustee',
            name='secret_vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trustees', to='governance.secretvote', verbose_name='scrutin'),
        ),
        migrations.AddField(
            model_name='decryptionshare',
            name='trustee',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='governance.trustee', verbose_name='scrutateur·rice'),
        ),
        migrations.AddField(
            model_name='voice',
            name='associate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='governance.associate', verbose_name='associé·e'),
        ),
        migrations.AddField(
            model_name='voice',
            name='college',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.college', verbose_name='collège'),
        ),
        migrations.AddField(
            model_name='voice',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices_held', to='governance.associate', verbose_name='mandataire'),
        ),
        migrations.AddField(
            model_name='voice',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='people.person', verbose_name='personne'),
        ),
        migrations.AddField(
            model_name='namedballot',
            name='voice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='governance.voice', verbose_name='voix'),
        ),
        migrations.AddField(
            model_name='vote',
            name='amendment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='governance.amendment', verbose_name='amendement'),
        ),
        migrations.AddField(
            model_name='vote',
            name='assembly',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='governance.assembly', verbose_name='assemblée'),
        ),
        migrations.AddField(
            model_name='vote',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='clos par'),
        ),
        migrations.AddField(
            model_name='vote',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ouvert par'),
        ),
        migrations.AddField(
            model_name='vote',
            name='resolution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='governance.resolution', verbose_name='résolution'),
        ),
        migrations.AddField(
            model_name='voice',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='governance.vote', verbose_name='vote'),
        ),
        migrations.AddField(
            model_name='secretquestion',
            name='vote',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='secret_question', to='governance.vote', verbose_name='vote'),
        ),
        migrations.AddField(
            model_name='declaredcount',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared', to='governance.vote', verbose_name='vote'),
        ),
        migrations.AddField(
            model_name='voteresult',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par'),
        ),
        migrations.AddField(
            model_name='voteresult',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='governance.vote', verbose_name='vote'),
        ),
        migrations.AddField(
            model_name='votingrightevent',
            name='associate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_events', to='governance.associate', verbose_name='associé·e'),
        ),
        migrations.AddField(
            model_name='votingrightevent',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par'),
        ),
        migrations.AddField(
            model_name='votingrightevent',
            name='subscription',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rights_events', to='governance.subscription', verbose_name='souscription en retard'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'debate', 'decision'])), name='item_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('assembly', 'position'), name='item_position_once'),
        ),
        migrations.AddConstraint(
            model_name='associate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='associate_is_one_of_two'),
        ),
        migrations.AddConstraint(
            model_name='associate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_on__isnull', True), ('loss_cause', '')), models.Q(('left_on__gte', models.F('admitted_on')), ('loss_cause__in', ['resignation', 'employment_ended', 'retirement', 'redundancy', 'disability', 'death', 'deemed_resigned', 'exclusion', 'dissolution'])), _connector='OR'), name='associate_left_says_why'),
        ),
        migrations.AddConstraint(
            model_name='associate',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('person',), name='associate_person_once'),
        ),
        migrations.AddConstraint(
            model_name='associate',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('organisation',), name='associate_organisation_once'),
        ),
        migrations.AddIndex(
            model_name='attendanceevent',
            index=models.Index(fields=['assembly', 'at'], name='attendance_at'),
        ),
        migrations.AddConstraint(
            model_name='attendanceevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['arrival', 'departure', 'connected', 'disconnected'])), name='attendance_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='attendanceevent',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['desk', 'qr', 'tablet', 'account'])), name='attendance_way_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceevent',
            trigger=pgtrigger.compiler.Trigger(name='attendance_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c4786c56dd679508b9d671a9e2b92d8eac0f565', operation='UPDATE OR DELETE', pgid='pgtrigger_attendance_append_only_838b3', table='governance_attendanceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceevent',
            trigger=pgtrigger.compiler.Trigger(name='attendance_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6d594984d6c18225f7d5810890fdb5a6e78c800f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_attendance_no_truncate_c6a10', table='governance_attendanceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='boxevent',
            constraint=models.UniqueConstraint(fields=('box', 'height'), name='box_event_height_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boxevent',
            trigger=pgtrigger.compiler.Trigger(name='box_event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98d7d6501baac950b232c08ce6a045a85bae8412', operation='UPDATE OR DELETE', pgid='pgtrigger_box_event_append_only_df556', table='governance_boxevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boxevent',
            trigger=pgtrigger.compiler.Trigger(name='box_event_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='6e05b7b57eb801ab58247e42e77f51f726bd795b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_box_event_no_truncate_78687', table='governance_boxevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='bureauseat',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['chair', 'secretary', 'scrutineer'])), name='bureau_role_known'),
        ),
        migrations.AddConstraint(
            model_name='bureauseat',
            constraint=models.UniqueConstraint(fields=('assembly', 'person', 'role'), name='bureau_person_role_once'),
        ),
        migrations.AddConstraint(
            model_name='bureauseat',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'scrutineer'), _negated=True), fields=('assembly', 'role'), name='bureau_one_of_each'),
        ),
        migrations.AddConstraint(
            model_name='capitalloss',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), _negated=True), ('whole__gt', 0)), name='capital_loss_of_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capitalloss',
            trigger=pgtrigger.compiler.Trigger(name='capital_loss_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='19da34e194cf76f2a8efeebe498310e8302c7c61', operation='UPDATE OR DELETE', pgid='pgtrigger_capital_loss_append_only_7d262', table='governance_capitalloss', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capitalloss',
            trigger=pgtrigger.compiler.Trigger(name='capital_loss_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c2873a7e5cd0580cb8b53c5f95aaa0d6e7230630', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_capital_loss_no_truncate_efab6', table='governance_capitalloss', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='categoryperiod',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['employee', 'former_employee', 'producer', 'beneficiary', 'volunteer', 'public_body', 'cooperative', 'outside'])), name='category_known'),
        ),
        migrations.AddConstraint(
            model_name='categoryperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='category_dates', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='categoryperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('associate', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='category_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='convocation',
            constraint=models.UniqueConstraint(fields=('assembly', 'associate'), name='convocation_once'),
        ),
        migrations.AddConstraint(
            model_name='convocation',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['mail', 'letter'])), name='convocation_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='convocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('posted_by__isnull', True), ('posted_on__isnull', True)), models.Q(('channel', 'letter'), ('posted_by__isnull', False), ('posted_on__isnull', False)), _connector='OR'), name='convocation_posted_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='convocation',
            trigger=pgtrigger.compiler.Trigger(name='convocation_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='809b9714ca3e82e2118d681e2e156d95b1c60bf8', operation='DELETE', pgid='pgtrigger_convocation_kept_2585f', table='governance_convocation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='correspondenceform',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('assembly', 'associate'), name='correspondence_one_an_associate'),
        ),
        migrations.AddConstraint(
            model_name='formerproof',
            constraint=models.CheckConstraint(condition=models.Q(('document__isnull', False), models.Q(('tracking', ''), _negated=True), _connector='OR'), name='former_proof_holds_something'),
        ),
        migrations.AddConstraint(
            model_name='formerproof',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='former_proof_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerproof',
            trigger=pgtrigger.compiler.Trigger(name='former_proof_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='95cc511e647e7f703961d7a2c6d92524d628edab', operation='UPDATE OR DELETE', pgid='pgtrigger_former_proof_append_only_a93a7', table='governance_formerproof', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerproof',
            trigger=pgtrigger.compiler.Trigger(name='former_proof_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e015f564960d6465f59dd16f7580502be82552a6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_former_proof_no_truncate_e2101', table='governance_formerproof', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='foundingtext',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['statutes', 'internal_rules'])), name='founding_text_known'),
        ),
        migrations.AddConstraint(
            model_name='foundingtext',
            constraint=models.UniqueConstraint(fields=('kind', 'valid_from'), name='founding_text_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='incident_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'text\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'text\'] OR (NEW.text IS DISTINCT FROM OLD.text AND to_jsonb(NEW.text) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0617a6850b7f9f1246fd567a441464e74ac7bbf6', operation='UPDATE', pgid='pgtrigger_incident_append_only_bf505', table='governance_incident', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='incident_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7f94655c736405495d1a46573cfdfc45fbfc9976', operation='DELETE', pgid='pgtrigger_incident_kept_53d9d', table='governance_incident', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='incident_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ec98e4fae3c801b7f4af986e84a406812a294bf3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_incident_no_truncate_88f5f', table='governance_incident', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'to_sign', 'signed'])), name='minutes_state_known'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('content_sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='minutes_handed_over_is_hashed'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('number__isnull', True)), _connector='OR'), name='minutes_signed_is_numbered'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='minutes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2abd9eeb5d52aa77888090f553ebe57b991eaf96', operation='DELETE', pgid='pgtrigger_minutes_kept_3ff21', table='governance_minutes', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='minutes',
            trigger=pgtrigger.compiler.Trigger(name='minutes_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'signed' AND (OLD.opening, OLD.closing, OLD.facts, OLD.content_sha256, OLD.number, OLD.state) IS DISTINCT FROM (NEW.opening, NEW.closing, NEW.facts, NEW.content_sha256, NEW.number, NEW.state))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='64894565c9ba633dcb79370b0a5ad5c3e0a0a9b0', operation='UPDATE', pgid='pgtrigger_minutes_frozen_51b15', table='governance_minutes', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='minutesnote',
            constraint=models.UniqueConstraint(fields=('minutes', 'item'), name='minutes_note_once'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.UniqueConstraint(fields=('minutes', 'person'), name='minutes_signed_once'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unsigned_at__isnull', True), ('unsigned_by__isnull', True), ('unsigned_reason', '')), models.Q(models.Q(('unsigned_reason', ''), _negated=True), ('signature__isnull', True), ('unsigned_at__isnull', False), ('unsigned_by__isnull', False)), _connector='OR'), name='minutes_unsigned_is_told'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['given', 'refused', 'replaced', 'revoked'])), name='proxy_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(('holder__isnull', True), models.Q(('holder', models.F('principal')), _negated=True), _connector='OR'), name='proxy_not_to_oneself'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'given')), models.Q(models.Q(('state', 'given'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='proxy_over_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'given')), fields=('assembly', 'principal'), name='proxy_one_a_principal'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerproxypaper',
            trigger=pgtrigger.compiler.Trigger(name='former_proxy_paper_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7ffb50c533cde21cb7657454f05eeadb3d2d51b5', operation='UPDATE OR DELETE', pgid='pgtrigger_former_proxy_paper_append_only_d8fd3', table='governance_formerproxypaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerproxypaper',
            trigger=pgtrigger.compiler.Trigger(name='former_proxy_paper_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e9550bd63d4775c4cb30db7acbb8d9f9741b2876', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_former_proxy_paper_no_truncate_e2cba', table='governance_formerproxypaper', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publiccredential',
            constraint=models.UniqueConstraint(fields=('box', 'value'), name='credential_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publiccredential',
            trigger=pgtrigger.compiler.Trigger(name='credential_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0d2f192c484e40fe1def39a88ed0c5aca960322c', operation='UPDATE', pgid='pgtrigger_credential_never_changed_1c8b6', table='governance_publiccredential', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publiccredential',
            trigger=pgtrigger.compiler.Trigger(name='credential_kept', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE sealed boolean;', func="\n                    SELECT election <> '' INTO sealed FROM governance_ballotbox\n                        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.box_id ELSE NEW.box_id END;\n                    IF sealed THEN\n                        RAISE EXCEPTION 'credential_kept: the list of this box is sealed'\n                            USING ERRCODE = 'raise_exception';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ", hash='98dc796803ffb6222fadb0f5cfbf33ac585e0ce7', operation='INSERT OR DELETE', pgid='pgtrigger_credential_kept_a6095', table='governance_publiccredential', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('box', 'tracker'), name='ballot_tracker_once'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('box', 'credential', 'body_hash'), name='ballot_body_once'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('box', 'height'), name='ballot_height_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='secret_ballot_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e3ca581814d7b6cc743b54da9a20e94936e3c066', operation='UPDATE OR DELETE', pgid='pgtrigger_secret_ballot_append_only_a5ff7', table='governance_ballot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='secret_ballot_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='aa7566847d6500195e71db3358205ffe35e32b54', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_secret_ballot_no_truncate_e157d', table='governance_ballot', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='representative',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='representative_dates', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
        migrations.AddConstraint(
            model_name='representative',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('associate', '='), (people.models.periods.DateSpan('starts_on', 'ends_on'), '&&')], name='representative_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'on_agenda', 'refused', 'withdrawn'])), name='resolution_state_known'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['resolution', 'list', 'names', 'majority_judgment', 'schulze', 'transferable', 'consent'])), name='resolution_method_known'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('decision_kind__in', ['ordinary', 'extraordinary', 'manager_election', 'manager_removal', 'board_election', 'admission'])), name='resolution_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='resolution_seats'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('assembly', 'number'), name='resolution_number_once'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='mandate_dates'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_cause', ''), ('ended_on__isnull', True)), models.Q(('end_cause__in', ['term', 'resignation', 'removal', 'associate_lost', 'other']), ('ended_on__isnull', False)), _connector='OR'), name='mandate_ended_says_how'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['to_do', 'done', 'dropped', 'none'])), name='decision_state_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='decision_dropped_says_why'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('resolution', 'label'), name='candidate_label_once'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('resolution', 'position'), name='candidate_position_once'),
        ),
        migrations.AddConstraint(
            model_name='accountsresolution',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['approve', 'allocate'])), name='accounts_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='accountsresolution',
            constraint=models.UniqueConstraint(fields=('allocation', 'purpose'), name='accounts_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='resolutionsupport',
            constraint=models.UniqueConstraint(fields=('resolution', 'associate'), name='support_once'),
        ),
        migrations.AddConstraint(
            model_name='resolutionversion',
            constraint=models.UniqueConstraint(fields=('resolution', 'number'), name='resolution_version_once'),
        ),
        migrations.AddConstraint(
            model_name='resolutionversion',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='resolution_version_hashed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolutionversion',
            trigger=pgtrigger.compiler.Trigger(name='resolution_version_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d17ad761c75de18586d52989d4c2f19d44c769b2', operation='UPDATE OR DELETE', pgid='pgtrigger_resolution_version_append_only_66534', table='governance_resolutionversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolutionversion',
            trigger=pgtrigger.compiler.Trigger(name='resolution_version_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d684d9eac439417f83a1ff79ea8879d9e77589a1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_resolution_version_no_truncate_eba32', table='governance_resolutionversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'adopted', 'rejected', 'fallen', 'withdrawn'])), name='amendment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'delete'), ('paragraph__gte', 1), ('text', '')), models.Q(('kind', 'replace'), ('paragraph__gte', 1), models.Q(('text', ''), _negated=True)), models.Q(('kind', 'insert'), models.Q(('text', ''), _negated=True)), _connector='OR'), name='amendment_says_its_text'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('box', 'associate'), name='entry_associate_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(fields=('box', 'person'), name='entry_person_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('associate__isnull', True), ('person__isnull', False)), models.Q(('associate__isnull', False), ('person__isnull', True)), _connector='OR'), name='entry_is_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('holder', None), models.Q(('holder', models.F('associate')), _negated=True), _connector='OR'), name='entry_holder_is_another'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['', 'screen', 'paper'])), name='entry_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(('quarter', None), ('channel', 'screen'), _connector='OR'), name='entry_quarter_is_of_a_screen'),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'confirmed', 'discarded'])), name='rule_set_state_known'),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_by__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='rule_set_confirmed_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('valid_from',), name='rule_set_one_from_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='rule_set_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d23129042c0fac3f5d93d89f375259daa10ba598', operation='DELETE', pgid='pgtrigger_rule_set_kept_3364d', table='governance_ruleset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleset',
            trigger=pgtrigger.compiler.Trigger(name='rule_set_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fc2fa24bb51e411e6ee7804b103f1ff9065ad301', operation='UPDATE', pgid='pgtrigger_rule_set_frozen_b639f', table='governance_ruleset', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ruleline',
            constraint=models.UniqueConstraint(fields=('rule_set', 'key'), name='rule_line_once'),
        ),
        migrations.AddConstraint(
            model_name='ruleline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='rule_line_confirmed_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ruleline',
            trigger=pgtrigger.compiler.Trigger(name='rule_line_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT state FROM governance_ruleset\n                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.rule_set_id\n                                        ELSE NEW.rule_set_id END) <> 'draft' THEN\n                        RAISE EXCEPTION 'pgtrigger: rule lines of a decided set are frozen';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ", hash='730d972f3c7ffeeb585c526ddd1c5647fc1c245f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_rule_line_frozen_fc47e', table='governance_ruleline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ordinary', 'extraordinary', 'mixed'])), name='assembly_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['room', 'remote', 'both'])), name='assembly_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'convened', 'open', 'closed', 'signed', 'published', 'cancelled'])), name='assembly_state_known'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call_number', 1), ('earlier_call__isnull', True)), models.Q(('call_number', 2), ('earlier_call__isnull', False)), _connector='OR'), name='assembly_second_call_follows_one'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['room', 'both']), ('place', ''), _negated=True), name='assembly_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('convened_at__isnull', False), ('rule_set__isnull', False), ('rules_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='assembly_convened_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('opened_at__isnull', True), ('state__in', ['draft', 'convened', 'cancelled'])), models.Q(('closed_at__isnull', True), ('opened_at__isnull', False), ('state', 'open')), models.Q(('closed_at__isnull', False), ('opened_at__isnull', False), ('state__in', ['closed', 'signed', 'published'])), _connector='OR'), name='assembly_open_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='assembly_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assembly',
            trigger=pgtrigger.compiler.Trigger(name='assembly_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2758c6cce2239f967f575bfb648429a13e67039e', operation='DELETE', pgid='pgtrigger_assembly_kept_7a58a', table='governance_assembly', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assembly',
            trigger=pgtrigger.compiler.Trigger(name='assembly_rules_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state NOT IN ('draft', 'cancelled') AND (OLD.kind, OLD.call_number, OLD.rules, OLD.rules_sha256, OLD.rule_set_id, OLD.convened_at) IS DISTINCT FROM (NEW.kind, NEW.call_number, NEW.rules, NEW.rules_sha256, NEW.rule_set_id, NEW.convened_at))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5d0060e42c7fd4090b378f06e4d96af5b3a9c1df', operation='UPDATE', pgid='pgtrigger_assembly_rules_frozen_d5412', table='governance_assembly', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'roll_frozen', 'keys_ready', 'tested', 'open', 'paused', 'closed', 'tallied', 'decrypted', 'verified', 'proclaimed', 'recorded', 'purged', 'cancelled'])), name='secret_state_known'),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['cards', 'mail'])), name='secret_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__gte', 1)), name='secret_threshold_positive'),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('state__in', ['draft', 'keys_ready', 'roll_frozen', 'tested'])), models.Q(('closed_at', None), ('opened_at__isnull', False), ('state__in', ['open', 'paused'])), ('state', 'cancelled'), models.Q(('closed_at__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='secret_opened_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='secret_closes_after_it_opened'),
        ),
        migrations.AddConstraint(
            model_name='secretvote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='secret_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretvote',
            trigger=pgtrigger.compiler.Trigger(name='secret_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4aa2ef3c125b3d8aea9449340eb0a3ad7e07f7c6', operation='DELETE', pgid='pgtrigger_secret_kept_faf8b', table='governance_secretvote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretvote',
            trigger=pgtrigger.compiler.Trigger(name='secret_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND (OLD.assembly_id, OLD.title, OLD.mode, OLD.threshold, OLD.uuid) IS DISTINCT FROM (NEW.assembly_id, NEW.title, NEW.mode, NEW.threshold, NEW.uuid) OR OLD.opened_at IS NOT NULL AND (OLD.opened_at, OLD.programs, OLD.rehearsal) IS DISTINCT FROM (NEW.opened_at, NEW.programs, NEW.rehearsal) OR OLD.closed_at IS NOT NULL AND OLD.closed_at IS DISTINCT FROM NEW.closed_at OR OLD.closes_at > NEW.closes_at AND OLD.opened_at IS NOT NULL OR OLD.state IN ('purged', 'cancelled') AND OLD.state <> NEW.state)", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='57276f36b6ad2c1ffa67d79d1a5515c8bcc88d2a', operation='UPDATE', pgid='pgtrigger_secret_frozen_ab51a', table='governance_secretvote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='secretjournal',
            constraint=models.UniqueConstraint(fields=('secret_vote', 'rank'), name='secret_journal_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='secretjournal',
            constraint=models.CheckConstraint(condition=models.Q(('seal__regex', '^[0-9a-f]{64}$')), name='secret_journal_sealed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretjournal',
            trigger=pgtrigger.compiler.Trigger(name='secret_journal_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e2ddc3752b0b46b5b412208b28b563485f4b633c', operation='UPDATE', pgid='pgtrigger_secret_journal_append_only_6d6a5', table='governance_secretjournal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretjournal',
            trigger=pgtrigger.compiler.Trigger(name='secret_journal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='eeb9e1b8167c3c17a21d41b2ea577c3532248348', operation='DELETE', pgid='pgtrigger_secret_journal_kept_37766', table='governance_secretjournal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretjournal',
            trigger=pgtrigger.compiler.Trigger(name='secret_journal_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2d2ec234b2f71d58866f548c0bdad8d127dc7358', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_secret_journal_no_truncate_b971c', table='governance_secretjournal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ballotbox',
            constraint=models.UniqueConstraint(fields=('secret_vote', 'college'), name='box_college_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='ballotbox',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('election', ''), ('fingerprint', ''), ('trustees', '')), models.Q(models.Q(('election', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True), models.Q(('trustees', ''), _negated=True), models.Q(('roll', ''), _negated=True), ('timestamp__isnull', False)), _connector='OR'), name='box_sealed_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballotbox',
            trigger=pgtrigger.compiler.Trigger(name='box_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='815a14fb472a857ccc7227ffc1afe551070876a2', operation='DELETE', pgid='pgtrigger_box_kept_ce2d9', table='governance_ballotbox', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballotbox',
            trigger=pgtrigger.compiler.Trigger(name='box_sealed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.election <> '' AND (OLD.secret_vote_id, OLD.college_id, OLD.uuid, OLD.roll, OLD.trustees, OLD.election, OLD.fingerprint, OLD.roll_fingerprint, OLD.timestamp) IS DISTINCT FROM (NEW.secret_vote_id, NEW.college_id, NEW.uuid, NEW.roll, NEW.trustees, NEW.election, NEW.fingerprint, NEW.roll_fingerprint, NEW.timestamp) OR OLD.tally <> '' AND (OLD.tally, OLD.kept_count) IS DISTINCT FROM (NEW.tally, NEW.kept_count) OR OLD.result <> '' AND OLD.result <> NEW.result OR OLD.server_key <> '' AND NEW.server_key NOT IN ('', OLD.server_key))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b082196f3b09315e5e821dda321b447bc978e468', operation='UPDATE', pgid='pgtrigger_box_sealed_c9e54', table='governance_ballotbox', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sectionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('remote_link', ''), _negated=True), _connector='OR'), name='section_meeting_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='sectionmeeting',
            constraint=models.UniqueConstraint(models.F('assembly'), django.db.models.functions.text.Lower('name'), models.F('starts_at'), name='section_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='sectionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at__isnull', True)), models.Q(('cancelled_at__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='section_meeting_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'withdrawn', 'paid', 'cancelled'])), name='refund_state_known'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='refund_of_shares'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('later_losses__gte', 0), ('losses__gte', 0)), name='refund_losses_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['withdrawn', 'paid']), _negated=True), models.Q(('payable_from__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='refund_withdrawn_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_amount__gte', 0), ('paid_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_amount__isnull', True), ('paid_on__isnull', True)), _connector='OR'), name='refund_paid_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7f72bb159e21b407c25894d447e8476e38b8e68f', operation='DELETE', pgid='pgtrigger_refund_kept_3cbed', table='governance_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'paid' AND (OLD.state, OLD.withdrawn_on, OLD.losses, OLD.later_losses, OLD.payable_from, OLD.paid_on, OLD.paid_amount, OLD.entry_id) IS DISTINCT FROM (NEW.state, NEW.withdrawn_on, NEW.losses, NEW.later_losses, NEW.payable_from, NEW.paid_on, NEW.paid_amount, NEW.entry_id) OR (OLD.associate_id, OLD.share_class_id, OLD.quantity, OLD.asked_at, OLD.lost_on) IS DISTINCT FROM (NEW.associate_id, NEW.share_class_id, NEW.quantity, NEW.asked_at, NEW.lost_on))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6d97c6551419da997637c7b99e2b841858e1f61b', operation='UPDATE', pgid='pgtrigger_refund_frozen_89263', table='governance_refund', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'to_vote', 'admitted', 'refused', 'withdrawn'])), name='admission_state_known'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='admission_is_one_of_two'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['admitted', 'refused']), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='admission_decided_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('associate__isnull', False), ('state', 'admitted')), models.Q(models.Q(('state', 'admitted'), _negated=True), ('associate__isnull', True)), _connector='OR'), name='admission_makes_an_associate'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'to_vote'))), fields=('person',), name='admission_one_open'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'to_vote'))), fields=('organisation',), name='admission_one_open_of_body'),
        ),
        migrations.AddConstraint(
            model_name='speakingturn',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'speaking'])), fields=('assembly', 'associate'), name='turn_one_waiting'),
        ),
        migrations.AddConstraint(
            model_name='speakingturn',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'speaking')), fields=('assembly',), name='turn_one_speaks'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'paid', 'cancelled'])), name='subscription_state_known'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('nominal__gt', 0), ('quantity__gt', 0)), name='subscription_of_shares'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part_amount__isnull', True), ('plan', 'at_once')), models.Q(('part_amount__gt', 0), ('plan__in', ['in_parts', 'on_pay'])), _connector='OR'), name='subscription_plan_whole'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'paid']), _negated=True), models.Q(('signed_on__isnull', False), models.Q(('signature__isnull', False), models.Q(('paper_note', ''), _negated=True), _connector='OR')), _connector='OR'), name='subscription_signed_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_on__isnull', True)), _connector='OR'), name='subscription_paid_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='subscription_cancelled_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='subscription_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2f50cb080c55abfa513f3f5ec422a1ed16425f0a', operation='DELETE', pgid='pgtrigger_subscription_kept_0cc39', table='governance_subscription', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subscription',
            trigger=pgtrigger.compiler.Trigger(name='subscription_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND (OLD.associate_id, OLD.share_class_id, OLD.quantity, OLD.nominal, OLD.plan, OLD.part_amount, OLD.first_due_on, OLD.signed_on, OLD.signature_id, OLD.content_sha256, OLD.paper_note) IS DISTINCT FROM (NEW.associate_id, NEW.share_class_id, NEW.quantity, NEW.nominal, NEW.plan, NEW.part_amount, NEW.first_due_on, NEW.signed_on, NEW.signature_id, NEW.content_sha256, NEW.paper_note))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6db8292a7c4a09a492c92d1e1f2c9cf7b56dfd54', operation='UPDATE', pgid='pgtrigger_subscription_frozen_18684', table='governance_subscription', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sharepayment',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['bank', 'pay'])), name='share_payment_way_known'),
        ),
        migrations.AddConstraint(
            model_name='sharepayment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('reverses__isnull', True)), models.Q(('amount__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='share_payment_sign'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharepayment',
            trigger=pgtrigger.compiler.Trigger(name='share_payment_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'note\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'note\'] OR (NEW.note IS DISTINCT FROM OLD.note AND to_jsonb(NEW.note) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b14edc38ef41f597f6448f486ec146a7e1030998', operation='UPDATE', pgid='pgtrigger_share_payment_append_only_f1d15', table='governance_sharepayment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharepayment',
            trigger=pgtrigger.compiler.Trigger(name='share_payment_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5bf19e6dfd0c630225fa89699aee50b28d79dcc1', operation='DELETE', pgid='pgtrigger_share_payment_kept_64b69', table='governance_sharepayment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharepayment',
            trigger=pgtrigger.compiler.Trigger(name='share_payment_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='fd566623a3e2ff1c7c53a130a503b225fc17f69a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_share_payment_no_truncate_a5d28', table='governance_sharepayment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sharemovement',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['issue', 'transfer', 'cancellation', 'withdrawal'])), name='movement_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='sharemovement',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='movement_of_shares'),
        ),
        migrations.AddConstraint(
            model_name='sharemovement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('giver__isnull', False), ('kind', 'transfer'), ('receiver__isnull', False), models.Q(('giver', models.F('receiver')), _negated=True)), models.Q(('giver__isnull', True), ('kind', 'issue'), ('receiver__isnull', False), ('reverses__isnull', True)), models.Q(('giver__isnull', False), ('kind__in', ['cancellation', 'withdrawal']), ('receiver__isnull', True), ('reverses__isnull', True)), models.Q(('giver__isnull', False), ('kind', 'issue'), ('receiver__isnull', True), ('reverses__isnull', False)), models.Q(('giver__isnull', True), ('kind__in', ['cancellation', 'withdrawal']), ('receiver__isnull', False), ('reverses__isnull', False)), _connector='OR'), name='movement_has_its_sides'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a1f991bc1c98fc96dd651f48b3e9d43ddb93e21', operation='UPDATE OR DELETE', pgid='pgtrigger_movement_append_only_0b085', table='governance_sharemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e41dcd1cafff55e20749b98fea26bc98bcdb7bc8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_movement_no_truncate_f9df6', table='governance_sharemovement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='trustee',
            constraint=models.UniqueConstraint(fields=('secret_vote', 'index'), name='trustee_index_once'),
        ),
        migrations.AddConstraint(
            model_name='trustee',
            constraint=models.UniqueConstraint(fields=('secret_vote', 'person'), name='trustee_person_once'),
        ),
        migrations.AddConstraint(
            model_name='trustee',
            constraint=models.CheckConstraint(condition=models.Q(('index__gte', 1)), name='trustee_index_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trustee',
            trigger=pgtrigger.compiler.Trigger(name='trustee_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.certificate <> '' AND NEW.certificate NOT IN ('', OLD.certificate) OR OLD.commitment <> '' AND NEW.commitment NOT IN ('', OLD.commitment) OR OLD.polynomial <> '' AND NEW.polynomial NOT IN ('', OLD.polynomial) OR OLD.verification <> '' AND NEW.verification NOT IN ('', OLD.verification))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a0a55a471594fc7d8610ae81e69c5dbb605cc143', operation='UPDATE', pgid='pgtrigger_trustee_frozen_5af41', table='governance_trustee', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='decryptionshare',
            constraint=models.UniqueConstraint(fields=('box', 'owner'), name='share_owner_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decryptionshare',
            trigger=pgtrigger.compiler.Trigger(name='decryption_share_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d14a7d945fc854e561b09cb0c70f39e60e02e335', operation='UPDATE OR DELETE', pgid='pgtrigger_decryption_share_append_only_1e921', table='governance_decryptionshare', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decryptionshare',
            trigger=pgtrigger.compiler.Trigger(name='decryption_share_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d876660dd01a85b16a4fd06e313f8f45aba2b27f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_decryption_share_no_truncate_6cfe7', table='governance_decryptionshare', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='namedballot',
            constraint=models.UniqueConstraint(fields=('voice', 'rank'), name='ballot_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='namedballot',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['screen', 'roll_call', 'correspondence', 'blank_proxy'])), name='ballot_way_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedballot',
            trigger=pgtrigger.compiler.Trigger(name='ballot_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='da8a1df5a283a6b29d556ca0c81e31dcaefccb54', operation='UPDATE OR DELETE', pgid='pgtrigger_ballot_append_only_08dd0', table='governance_namedballot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedballot',
            trigger=pgtrigger.compiler.Trigger(name='ballot_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='37f19e29861f9fd16ec54ad17ec24f64d67a1877', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ballot_no_truncate_925be', table='governance_namedballot', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed', 'proclaimed', 'cancelled'])), name='vote_state_known'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['screen', 'hands', 'roll_call', 'secret'])), name='vote_way_known'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('state', 'draft')), models.Q(('closed_at__isnull', True), ('opened_at__isnull', False), ('state', 'open')), models.Q(('closed_at__isnull', False), ('proclaimed_at__isnull', True), ('state', 'closed')), models.Q(('closed_at__isnull', False), ('proclaimed_at__isnull', False), ('state', 'proclaimed')), ('state', 'cancelled'), _connector='OR'), name='vote_opened_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='vote_cancelled_says_why'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('resolution', 'amendment', 'round'), name='vote_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='vote_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='581dca93477ae3f086d3808fde55a0a25f1ddc41', operation='DELETE', pgid='pgtrigger_vote_kept_78be8', table='governance_vote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='vote_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND (OLD.resolution_id, OLD.amendment_id, OLD.round, OLD.way, OLD.text, OLD.text_sha256, OLD.choices, OLD.rule, OLD.quorum, OLD.draw_seed, OLD.opened_at) IS DISTINCT FROM (NEW.resolution_id, NEW.amendment_id, NEW.round, NEW.way, NEW.text, NEW.text_sha256, NEW.choices, NEW.rule, NEW.quorum, NEW.draw_seed, NEW.opened_at) OR OLD.state IN ('proclaimed', 'cancelled'))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='afedffeca6392414a14ed991fb85f5bb2418a3b7', operation='UPDATE', pgid='pgtrigger_vote_frozen_0103d', table='governance_vote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('vote', 'associate'), name='voice_associate_once'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('vote', 'person'), name='voice_person_once'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('associate__isnull', True), ('person__isnull', False)), models.Q(('associate__isnull', False), ('person__isnull', True)), _connector='OR'), name='voice_is_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder__isnull', True), ('is_blank_proxy', False), ('is_by_correspondence', False)), models.Q(('holder__isnull', False), ('is_blank_proxy', False), ('is_by_correspondence', False), models.Q(('holder', models.F('associate')), _negated=True)), models.Q(('holder__isnull', True), ('is_blank_proxy', True), ('is_by_correspondence', False)), models.Q(('holder__isnull', True), ('is_blank_proxy', False), ('is_by_correspondence', True)), _connector='OR'), name='voice_speaks_by_one_way'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voice',
            trigger=pgtrigger.compiler.Trigger(name='voice_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='023e31d976f1c7efe8dc97858edaba0cd1e03cbd', operation='UPDATE OR DELETE', pgid='pgtrigger_voice_append_only_c33e8', table='governance_voice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voice',
            trigger=pgtrigger.compiler.Trigger(name='voice_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c6bd8154347bc45f5eba1fef7079a3d15a0ee28d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_voice_no_truncate_f2987', table='governance_voice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='secretquestion',
            constraint=models.UniqueConstraint(fields=('secret_vote', 'position'), name='secret_question_place_once'),
        ),
        migrations.AddConstraint(
            model_name='declaredcount',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['hands', 'paper'])), name='declared_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='declaredcount',
            constraint=models.UniqueConstraint(fields=('vote', 'kind', 'college', 'choice'), name='declared_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='declaredcount',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='declared_by_two'),
        ),
        migrations.AddConstraint(
            model_name='voteresult',
            constraint=models.UniqueConstraint(fields=('vote', 'number'), name='result_number_once'),
        ),
        migrations.AddConstraint(
            model_name='voteresult',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='result_sealed'),
        ),
        migrations.AddConstraint(
            model_name='voteresult',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='result_correction_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voteresult',
            trigger=pgtrigger.compiler.Trigger(name='result_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='220e8a8a39707881fa2884c0a0dc9b26256b27e1', operation='UPDATE OR DELETE', pgid='pgtrigger_result_append_only_d735c', table='governance_voteresult', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voteresult',
            trigger=pgtrigger.compiler.Trigger(name='result_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='aa46dde3afb2078f57335e998f11804d926e0d96', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_result_no_truncate_865aa', table='governance_voteresult', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='votingrightevent',
            index=models.Index(fields=['associate', 'at'], name='rights_event_at'),
        ),
        migrations.AddConstraint(
            model_name='votingrightevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notice', 'suspension', 'return'])), name='rights_event_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingrightevent',
            trigger=pgtrigger.compiler.Trigger(name='rights_event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'reason\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'reason\'] OR (NEW.reason IS DISTINCT FROM OLD.reason AND to_jsonb(NEW.reason) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cbb26f67d01d6f42e193d98daed46b8747ff5f97', operation='UPDATE', pgid='pgtrigger_rights_event_append_only_72a6b', table='governance_votingrightevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingrightevent',
            trigger=pgtrigger.compiler.Trigger(name='rights_event_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='57226c7e8142c7d79dff24bd163286b8ce23c585', operation='DELETE', pgid='pgtrigger_rights_event_kept_856f9', table='governance_votingrightevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='votingrightevent',
            trigger=pgtrigger.compiler.Trigger(name='rights_event_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e871e8effbade212d0f7e0af68db326097c8f04c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_rights_event_no_truncate_02337', table='governance_votingrightevent', when='BEFORE')),
        ),
    ]
