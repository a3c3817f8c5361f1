import cae.core.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from cae.core.first_tables import FirstTables
from django.db import migrations, models


class Migration(FirstTables):

    dependencies = [
        ('accounting', '0002_first_chart'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('core', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ('account', models.CharField(choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('supplier', 'Fournisseurs'), ('bank', 'Banque'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues')], max_length=30, verbose_name='compte soldé')),
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
        migrations.RemoveConstraint(
            model_name='account',
            name='account_role_known',
        ),
        migrations.AlterField(
            model_name='account',
            name='role',
            field=models.CharField(blank=True, choices=[('customer', 'Clients'), ('customer_retention', 'Clients, retenues de garantie'), ('customer_advance', 'Clients, avances et acomptes reçus'), ('claimant', 'Notes de frais à rembourser'), ('expense_advance', 'Avances sur frais'), ('card_expense', 'Dépenses par carte, à rapprocher'), ('supplier', 'Fournisseurs'), ('bank', 'Banque'), ('vat_collected', 'TVA collectée'), ('vat_pending', 'TVA collectée en attente d’encaissement'), ('vat_deductible', 'TVA déductible'), ('revenue_services', 'Prestations de services'), ('revenue_training', 'Formation professionnelle'), ('revenue_goods', 'Ventes de marchandises'), ('revenue_rebilled', 'Frais refacturés'), ('discount_granted', 'Remises accordées'), ('expense_fuel', 'Carburant'), ('expense_phone', 'Téléphone et poste'), ('expense_travel', 'Voyages et déplacements'), ('expense_mileage', 'Indemnités kilométriques'), ('expense_meals', 'Repas et réceptions'), ('internal_link', 'Liaison entre activités'), ('internal_charge', 'Charge interne (contribution)'), ('internal_income', 'Produit interne (contribution)'), ('share_charge', 'Résultat réparti entre membres (charge)'), ('share_income', 'Part de résultat reçue (produit)'), ('waiver_income', 'Abandons de créance'), ('bad_debt', 'Créances irrécouvrables'), ('capital_unpaid', 'Capital souscrit, appelé, non versé'), ('capital_paid', 'Capital souscrit, appelé, versé'), ('shares_called', 'Associé·es, capital appelé, non versé'), ('shares_to_refund', 'Associé·es, capital à rembourser'), ('shares_losses', 'Pertes supportées par les parts remboursées'), ('pay_due', 'Personnel, rémunérations dues')], default=None, max_length=30, null=True, unique=True, verbose_name='rôle'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('role__isnull', True), ('role__in', ['customer', 'customer_retention', 'customer_advance', 'claimant', 'expense_advance', 'card_expense', 'supplier', 'bank', 'vat_collected', 'vat_pending', 'vat_deductible', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'share_charge', 'share_income', 'waiver_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due']), _connector='OR'), name='account_role_known'),
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
            constraint=models.CheckConstraint(condition=models.Q(('account__in', ['customer', 'customer_retention', 'customer_advance', 'claimant', 'expense_advance', 'card_expense', 'supplier', 'bank', 'vat_collected', 'vat_pending', 'vat_deductible', 'revenue_services', 'revenue_training', 'revenue_goods', 'revenue_rebilled', 'discount_granted', 'expense_fuel', 'expense_phone', 'expense_travel', 'expense_mileage', 'expense_meals', 'internal_link', 'internal_charge', 'internal_income', 'share_charge', 'share_income', 'waiver_income', 'bad_debt', 'capital_unpaid', 'capital_paid', 'shares_called', 'shares_to_refund', 'shares_losses', 'pay_due'])), name='payment_order_account'),
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
    ]
