import cae.core.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    initial = True

    dependencies = [
        ('core', '0001_foundations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=120, verbose_name='libellé')),
                ('template', models.CharField(max_length=40, verbose_name='modèle de numéro')),
                ('dates_rise', models.BooleanField(default=True, verbose_name='dates croissantes')),
                ('counter', models.PositiveBigIntegerField(default=0, verbose_name='dernier rang')),
                ('last_on', models.DateField(blank=True, null=True, verbose_name='dernière date')),
                ('last_seal', models.CharField(blank=True, max_length=64, verbose_name='dernier sceau')),
            ],
            options={
                'verbose_name': 'série de numéros',
                'verbose_name_plural': 'séries de numéros',
            },
        ),
        migrations.CreateModel(
            name='Cooperative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True, verbose_name='à partir du')),
                ('legal_name', models.CharField(max_length=120, verbose_name='dénomination')),
                ('legal_form', models.CharField(choices=[('scop_sarl', 'SCOP SARL à capital variable'), ('scop_sa', 'SCOP SA à capital variable'), ('scop_sas', 'SCOP SAS à capital variable'), ('scic_sarl', 'SCIC SARL à capital variable'), ('scic_sa', 'SCIC SA à capital variable'), ('scic_sas', 'SCIC SAS à capital variable')], max_length=10, verbose_name='forme')),
                ('siren', cae.core.fields.SirenField(max_length=9, verbose_name='SIREN')),
                ('siret', cae.core.fields.SiretField(max_length=14, verbose_name='SIRET du siège')),
                ('vat_number', models.CharField(max_length=20, verbose_name='n° de TVA intracommunautaire')),
                ('rcs', models.CharField(help_text='Ville du greffe : « RCS Bordeaux ».', max_length=80, verbose_name='RCS')),
                ('training_number', models.CharField(blank=True, max_length=20, verbose_name='n° de déclaration d’activité de formation')),
                ('capital', cae.core.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='capital social (€)')),
                ('address_line', models.CharField(max_length=120, verbose_name='adresse')),
                ('postcode', models.CharField(max_length=10, verbose_name='code postal')),
                ('city', models.CharField(max_length=80, verbose_name='ville')),
                ('country', models.CharField(default='FR', max_length=2, verbose_name='pays')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('bic', models.CharField(max_length=11, verbose_name='BIC')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(max_length=30, verbose_name='téléphone')),
                ('website', models.URLField(blank=True, verbose_name='site')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='saisi le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'identité de la coopérative',
                'verbose_name_plural': 'identités de la coopérative',
                'ordering': ['-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='nature')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('mime', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='taille')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='empreinte')),
                ('file', models.FileField(max_length=200, upload_to='documents/%Y/%m', verbose_name='fichier')),
                ('about_type', models.CharField(max_length=80, verbose_name='objet')),
                ('about_id', models.CharField(max_length=40, verbose_name='identifiant')),
                ('about_label', models.CharField(max_length=200, verbose_name='concerne')),
                ('retention_until', models.DateField(verbose_name='conservé jusqu’au')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='déposé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déposé par')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='import')),
                ('target', models.CharField(blank=True, max_length=40)),
                ('target_label', models.CharField(blank=True, max_length=200, verbose_name='pour')),
                ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                ('reading', models.CharField(max_length=80, verbose_name='lecture')),
                ('header', models.JSONField(verbose_name='colonnes du fichier')),
                ('mapping', models.JSONField(default=dict, verbose_name='colonnes retenues')),
                ('state', models.CharField(choices=[('mapping', 'Colonnes à vérifier'), ('trying', 'Essai en cours'), ('tried', 'Essayé'), ('applying', 'Import en cours'), ('applied', 'Importé'), ('undoing', 'Annulation en cours'), ('undone', 'Annulé'), ('discarded', 'Abandonné')], default='mapping', max_length=10, verbose_name='état')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='déposé le')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='importé le')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='annulé le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='importé par')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='ligne')),
                ('raw', models.JSONField()),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='objet')),
                ('fate', models.CharField(blank=True, choices=[('new', 'Nouveau'), ('update', 'Modifié'), ('unchanged', 'Inchangé'), ('refused', 'Refusé'), ('duplicate', 'Doublon dans le fichier')], max_length=10, verbose_name='effet')),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Importé'), ('left', 'Laissé de côté'), ('removed', 'Retiré'), ('archived', 'Archivé'), ('put_back', 'Remis comme avant'), ('changed_since', 'Modifié depuis')], max_length=14, verbose_name='résultat')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='motif')),
                ('about_type', models.CharField(blank=True, max_length=80)),
                ('about_id', models.CharField(blank=True, max_length=40)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='core.importrun', verbose_name='import')),
            ],
            options={
                'verbose_name': 'ligne d’import',
                'verbose_name_plural': 'lignes d’import',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=80, verbose_name='tâche')),
                ('arguments', models.JSONField(default=dict)),
                ('label', models.CharField(max_length=200, verbose_name='intitulé')),
                ('state', models.CharField(choices=[('pending', 'En attente'), ('running', 'En cours'), ('done', 'Terminé'), ('failed', 'Échoué'), ('cancelled', 'Arrêté')], default='pending', max_length=10, verbose_name='état')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='faits')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='total')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='message')),
                ('failures', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='demandé le')),
                ('started_at', models.DateTimeField(null=True, verbose_name='commencé le')),
                ('beat_at', models.DateTimeField(null=True, verbose_name='dernier signe')),
                ('run', models.PositiveSmallIntegerField(default=0, verbose_name='passage')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='terminé le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
            ],
            options={
                'verbose_name': 'travail',
                'verbose_name_plural': 'travaux',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='importrun',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.job'),
        ),
        migrations.CreateModel(
            name='MailText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='sorte d’e-mail')),
                ('language', models.CharField(max_length=2, verbose_name='langue')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='objet')),
                ('body', models.TextField(blank=True, verbose_name='texte')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saisi le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrit par')),
            ],
            options={
                'verbose_name': 'texte d’e-mail',
                'verbose_name_plural': 'textes d’e-mails',
                'ordering': ['code', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_type', models.CharField(max_length=80, verbose_name='nature')),
                ('about_id', models.CharField(max_length=40, verbose_name='identifiant')),
                ('text', models.TextField(max_length=4000, verbose_name='message')),
                ('author_name', models.CharField(max_length=120, verbose_name='nom')),
                ('audience', models.CharField(choices=[('staff', 'Équipe seulement'), ('house', 'Coopérative'), ('outside', 'Aussi hors de la coopérative')], default='house', max_length=10, verbose_name='lu par')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='écrit le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='sorte')),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('text', models.TextField(blank=True, verbose_name='texte')),
                ('url', models.CharField(max_length=500, verbose_name='page')),
                ('about_type', models.CharField(blank=True, max_length=80)),
                ('about_id', models.CharField(blank=True, max_length=40)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lu le')),
                ('mail_due_at', models.DateTimeField(blank=True, null=True, verbose_name='e-mail à partir du')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='e-mail écrit le')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='destinataire')),
            ],
            options={
                'verbose_name': 'avis',
                'verbose_name_plural': 'avis',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='sorte')),
                ('rhythm', models.CharField(choices=[('now', 'Tout de suite'), ('daily', 'Chaque matin'), ('weekly', 'Le lundi'), ('none', 'Jamais')], max_length=10, verbose_name='rythme')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='destinataire')),
            ],
            options={
                'verbose_name': 'choix d’avis',
                'verbose_name_plural': 'choix d’avis',
            },
        ),
        migrations.CreateModel(
            name='OptionDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_code', models.CharField(max_length=80, verbose_name='liste')),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='option')),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='libellé')),
                ('help', models.TextField(blank=True, max_length=1000, verbose_name='définition ou règle de saisie')),
                ('rank', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
                ('is_offered', models.BooleanField(default=True, verbose_name='proposée')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saisi le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par')),
            ],
            options={
                'verbose_name': 'décision sur une liste',
                'verbose_name_plural': 'décisions sur une liste',
                'ordering': ['list_code', 'code', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OutgoingEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254, verbose_name='destinataire')),
                ('reply_to', models.EmailField(blank=True, max_length=254, verbose_name='réponse à')),
                ('sender_name', models.CharField(blank=True, max_length=120, verbose_name='expéditeur')),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('text', models.TextField(verbose_name='texte')),
                ('html', models.TextField(verbose_name='HTML')),
                ('secret', models.TextField(blank=True)),
                ('cause', models.CharField(max_length=80, verbose_name='cause')),
                ('about_type', models.CharField(blank=True, max_length=80)),
                ('about_id', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('queued', 'En attente'), ('sent', 'Envoyé'), ('kept', 'Gardé (démonstration)'), ('failed', 'Non remis'), ('bounced', 'Revenu')], default='queued', max_length=10, verbose_name='état')),
                ('message_id', models.CharField(max_length=200, unique=True, verbose_name='identifiant de l’e-mail')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='prochain essai')),
                ('error', models.TextField(blank=True, verbose_name='erreur')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='écrit le')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='revenu le')),
                ('attachments', models.ManyToManyField(blank=True, related_name='emails', to='core.document', verbose_name='pièces jointes')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'e-mail envoyé',
                'verbose_name_plural': 'e-mails envoyés',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=40, verbose_name='usage')),
                ('about_type', models.CharField(max_length=80)),
                ('about_id', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                ('ends_at', models.DateTimeField(verbose_name='valable jusqu’au')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='utilisé le')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lien personnel',
                'verbose_name_plural': 'liens personnels',
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=60, verbose_name='nom')),
                ('query', models.CharField(max_length=2000)),
                ('is_shared', models.BooleanField(default=False, verbose_name='partagée avec l’équipe')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'vue enregistrée',
                'verbose_name_plural': 'vues enregistrées',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='paramètre')),
                ('value', models.TextField(verbose_name='valeur')),
                ('valid_from', models.DateField(verbose_name='à partir du')),
                ('reason', models.CharField(max_length=300, verbose_name='motif')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saisi le')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidé par')),
            ],
            options={
                'verbose_name': 'paramètre daté',
                'verbose_name_plural': 'paramètres datés',
                'ordering': ['code', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about_type', models.CharField(max_length=80)),
                ('about_id', models.CharField(max_length=40)),
                ('about_label', models.CharField(max_length=200, verbose_name='concerne')),
                ('purpose', models.CharField(max_length=80, verbose_name='objet')),
                ('signer_name', models.CharField(max_length=120, verbose_name='nom')),
                ('signer_function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('terms', models.TextField(blank=True, verbose_name='conditions acceptées')),
                ('terms_sha256', models.CharField(blank=True, max_length=64, verbose_name='empreinte des conditions')),
                ('way', models.CharField(choices=[('typed', 'Nom tapé au clavier'), ('drawn', 'Signature dessinée')], max_length=5, verbose_name='manière')),
                ('typed', models.CharField(blank=True, max_length=120, verbose_name='signature tapée')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='empreinte du contenu signé')),
                ('signed_at', models.DateTimeField(verbose_name='signé le')),
                ('ip', models.GenericIPAddressField(null=True, verbose_name='adresse IP')),
                ('user_agent', models.CharField(blank=True, max_length=300, verbose_name='navigateur')),
                ('seal', models.CharField(max_length=64, verbose_name='sceau')),
                ('drawing', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document', verbose_name='dessin')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ['-signed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='le')),
                ('ip', models.GenericIPAddressField(null=True, verbose_name='depuis')),
                ('verb', models.CharField(max_length=80, verbose_name='acte')),
                ('about_type', models.CharField(max_length=80, verbose_name='nature')),
                ('about_id', models.CharField(max_length=40, verbose_name='identifiant')),
                ('about_label', models.CharField(max_length=200, verbose_name='objet')),
                ('detail', models.JSONField(default=dict, verbose_name='détail')),
                ('rank', models.BigIntegerField(null=True, unique=True, verbose_name='rang')),
                ('seal', models.CharField(blank=True, max_length=64, verbose_name='sceau')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('real_actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par l’intermédiaire de')),
            ],
            options={
                'verbose_name': 'ligne du journal',
                'verbose_name_plural': 'journal',
                'indexes': [models.Index(fields=['about_type', 'about_id'], name='audit_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('rank__isnull', True), ('seal', '')), models.Q(('rank__isnull', False), models.Q(('seal', ''), _negated=True)), _connector='OR'), name='audit_sealed_when_ranked'), models.CheckConstraint(condition=models.Q(('real_actor__isnull', True), ('actor__isnull', True), models.Q(('real_actor', models.F('actor')), _negated=True), _connector='OR'), name='audit_helper_is_somebody_else')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='audit_no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5a7cbac00455ff9b1e0a6ec1b7161e7787b448b4', operation='DELETE', pgid='pgtrigger_audit_no_delete_8589f', table='core_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='audit_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."about_label" IS DISTINCT FROM (NEW."about_label") OR OLD."about_type" IS DISTINCT FROM (NEW."about_type") OR OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."detail" IS DISTINCT FROM (NEW."detail") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ip" IS DISTINCT FROM (NEW."ip") OR OLD."real_actor_id" IS DISTINCT FROM (NEW."real_actor_id") OR OLD."verb" IS DISTINCT FROM (NEW."verb"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a3944d7db8094a3060b7d8e0f4b52b71a49ce8fc', operation='UPDATE', pgid='pgtrigger_audit_frozen_4d20d', table='core_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='audit_sealed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rank" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5a23f20ca894d49880d62549d2c330e5086585cd', operation='UPDATE', pgid='pgtrigger_audit_sealed_once_afe10', table='core_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='audit_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9e7c4339321635facbfcb03aba25c5146e14b3b0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_audit_no_truncate_aace1', table='core_auditentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('legal_form__in', ['scop_sarl', 'scop_sa', 'scop_sas', 'scic_sarl', 'scic_sa', 'scic_sas'])), name='cooperative_form_known'),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('capital__gt', 0)), name='cooperative_capital_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cooperative',
            trigger=pgtrigger.compiler.Trigger(name='cooperative_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ca9cd78c5272339a30f5922b3f8c76730f4ea3b', operation='UPDATE OR DELETE', pgid='pgtrigger_cooperative_append_only_930bd', table='core_cooperative', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cooperative',
            trigger=pgtrigger.compiler.Trigger(name='cooperative_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0353c9eefcab9652a55a65d9233bb628a0691450', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_cooperative_no_truncate_3a8c6', table='core_cooperative', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['about_type', 'about_id'], name='document_about'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='59857548f363d3a067699f19384d05c21e562a60', operation='UPDATE', pgid='pgtrigger_document_frozen_706a6', table='core_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.retention_until >= (now() AT TIME ZONE 'Europe/Paris')::date AND current_setting('alveole.erasing', true) IS DISTINCT FROM 'on')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d8cc294dbfc9c55b02bf64f6cdcb3901e9899751', operation='DELETE', pgid='pgtrigger_document_kept_f23c8', table='core_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='145ca9b1b977345200382ea6b934fd5c3ab9ef06', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_document_no_truncate_43ca9', table='core_document', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='importline',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='import_line_once'),
        ),
        migrations.AddConstraint(
            model_name='importline',
            constraint=models.CheckConstraint(condition=models.Q(('fate__in', ['', 'new', 'update', 'unchanged', 'refused', 'duplicate'])), name='import_fate_known'),
        ),
        migrations.AddConstraint(
            model_name='importline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'done', 'left', 'removed', 'archived', 'put_back', 'changed_since'])), name='import_outcome_known'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['author', '-created_at'], name='job_of_author'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'running')), fields=['beat_at'], name='job_running'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'running', 'done', 'failed', 'cancelled'])), name='job_state_known'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='job_done_within_total'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['mapping', 'trying', 'tried', 'applying', 'applied', 'undoing', 'undone', 'discarded'])), name='import_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('applied', 'undoing', 'undone')), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='import_applied_when_dated'),
        ),
        migrations.AddIndex(
            model_name='mailtext',
            index=models.Index(fields=['code', 'language', 'valid_from'], name='mail_text_in_force'),
        ),
        migrations.AddConstraint(
            model_name='mailtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', ''), ('subject', '')), models.Q(models.Q(('subject', ''), _negated=True), models.Q(('body', ''), _negated=True)), _connector='OR'), name='mail_text_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailtext',
            trigger=pgtrigger.compiler.Trigger(name='mail_text_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='51c5e379f3f0c94fe935df84602552c2001aa3cc', operation='UPDATE OR DELETE', pgid='pgtrigger_mail_text_append_only_1d8d0', table='core_mailtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailtext',
            trigger=pgtrigger.compiler.Trigger(name='mail_text_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='103c12edf8fa32d5a09ecfd693279403a87ad018', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_mail_text_no_truncate_27c20', table='core_mailtext', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['about_type', 'about_id', 'created_at'], name='message_about'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['staff', 'house', 'outside'])), name='message_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('author_name', ''), _negated=True)), name='message_has_text'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('author__isnull', False), ('audience', 'outside'), _connector='OR'), name='message_from_outside'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (current_setting(\'alveole.erasing\', true) IS DISTINCT FROM \'on\' OR to_jsonb(OLD.*) - ARRAY[\'text\', \'author_name\'] IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY[\'text\', \'author_name\'] OR (NEW.text IS DISTINCT FROM OLD.text AND to_jsonb(NEW.text) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)) OR (NEW.author_name IS DISTINCT FROM OLD.author_name AND to_jsonb(NEW.author_name) NOT IN (\'"[effacé]"\'::jsonb, \'""\'::jsonb, \'{}\'::jsonb)))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6d5567aa4aa3c59b7f14d3463b952dccec5ad66b', operation='UPDATE', pgid='pgtrigger_message_append_only_d6e8b', table='core_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='557166f12be7f2660579c078b5f085f48a97f582', operation='DELETE', pgid='pgtrigger_message_kept_9d4cb', table='core_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e18fba4e4c827d2b925e4a3db66af42b5c051475', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_message_no_truncate_c6824', table='core_message', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', '-created_at'], name='notice_of_user'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail_due_at__isnull', False), ('mailed_at__isnull', True)), fields=['mail_due_at'], name='notice_to_mail'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['user', 'kind', 'mailed_at'], name='notice_last_mail'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['about_type', 'about_id'], name='notice_about'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('mailed_at__isnull', True), ('mail_due_at__isnull', False), _connector='OR'), name='notice_mailed_when_due'),
        ),
        migrations.AddConstraint(
            model_name='noticechoice',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='one_choice_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='noticechoice',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['now', 'daily', 'weekly', 'none'])), name='choice_rhythm_known'),
        ),
        migrations.AddIndex(
            model_name='optiondecision',
            index=models.Index(fields=['list_code', 'valid_from'], name='option_in_force'),
        ),
        migrations.AddConstraint(
            model_name='optiondecision',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), models.Q(('label', ''), _negated=True), _connector='OR'), name='option_has_label'),
        ),
        migrations.AddConstraint(
            model_name='optiondecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='option_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='optiondecision',
            trigger=pgtrigger.compiler.Trigger(name='option_decision_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72076141cc74b26d6af301f709479ae72b314f98', operation='UPDATE OR DELETE', pgid='pgtrigger_option_decision_append_only_bd3a8', table='core_optiondecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='optiondecision',
            trigger=pgtrigger.compiler.Trigger(name='option_decision_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9b7337979dc7e7b31d7b424ffcbd6ddd00edd47f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_option_decision_no_truncate_addda', table='core_optiondecision', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(fields=['about_type', 'about_id'], name='email_about'),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['next_attempt_at'], name='email_waiting'),
        ),
        migrations.AddConstraint(
            model_name='outgoingemail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'kept', 'failed', 'bounced'])), name='email_state_known'),
        ),
        migrations.AddConstraint(
            model_name='outgoingemail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'bounced'))), models.Q(('state__in', ('sent', 'bounced')), _negated=True), _connector='OR'), name='email_sent_when_dated'),
        ),
        migrations.AddConstraint(
            model_name='outgoingemail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bounced_at__isnull', False), ('state', 'bounced')), models.Q(('state', 'bounced'), _negated=True), _connector='OR'), name='email_bounced_when_dated'),
        ),
        migrations.AddIndex(
            model_name='personallink',
            index=models.Index(fields=['about_type', 'about_id', 'purpose'], name='link_about'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'page', 'name'), name='one_view_per_name'),
        ),
        migrations.AddIndex(
            model_name='setting',
            index=models.Index(fields=['code', 'valid_from'], name='setting_in_force'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='setting',
            trigger=pgtrigger.compiler.Trigger(name='setting_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e78e9477c5e266a99757a361b18d5f8666542daa', operation='UPDATE OR DELETE', pgid='pgtrigger_setting_append_only_ad11e', table='core_setting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='setting',
            trigger=pgtrigger.compiler.Trigger(name='setting_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='215718d2ada9900a52783ed8680c55108fa80478', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_setting_no_truncate_8249b', table='core_setting', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['about_type', 'about_id', 'purpose'], name='signature_about'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['typed', 'drawn'])), name='signature_way_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawing__isnull', True), ('way', 'typed'), models.Q(('typed', ''), _negated=True)), models.Q(('drawing__isnull', False), ('typed', ''), ('way', 'drawn')), _connector='OR'), name='signature_as_its_way_says'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('signer_name', ''), _negated=True), name='signature_named'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$'), ('seal__regex', '^[0-9a-f]{64}$')), name='signature_sealed'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('terms', ''), ('terms_sha256', '')), models.Q(models.Q(('terms', ''), _negated=True), ('terms_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='signature_terms_hashed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signature',
            trigger=pgtrigger.compiler.Trigger(name='signature_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='924acdb1e21e967b42b618f94ff61da7bfbd3e3b', operation='UPDATE OR DELETE', pgid='pgtrigger_signature_append_only_62472', table='core_signature', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signature',
            trigger=pgtrigger.compiler.Trigger(name='signature_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='bbe2a09bdb94211aba2b09fbef4aa851734e5568', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_signature_no_truncate_bf7fb', table='core_signature', when='BEFORE')),
        ),
    ]
