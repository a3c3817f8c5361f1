"""What payments, credit notes, losses and retentions leave of each document, and what each customer was
invoiced and owes, added up by the database in one place.

Views rather than annotations: each figure is computed once a row, whatever the number of expressions that
use it, and a query on it stays short.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField

# As calculations/settlement.py says; a test compares them. What is asked: the sale and the disbursements.
# What a customer keeps of an issued document (retention) is not due until it is released.
CREATE_VIEW = """
CREATE VIEW invoicing_balance AS
SELECT
    document.id AS document_id,
    money.paid,
    notes.credited,
    CASE WHEN owed.so
        THEN GREATEST(asked.total - money.paid - notes.credited - given_up.lost - kept.held, 0)
        ELSE 0 END AS due,
    CASE WHEN owed.so THEN GREATEST(money.paid + notes.credited - asked.total, 0) ELSE 0 END
        AS customer_credit,
    given_up.lost,
    kept.held
FROM invoicing_invoice document
CROSS JOIN LATERAL (SELECT document.kind = 'invoice' AND document.state = 'issued' AS so) owed
CROSS JOIN LATERAL (SELECT document.total_incl_tax + document.disbursed AS total) asked
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(amount), 0) AS paid FROM invoicing_payment WHERE invoice_id = document.id
) money
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(note.total_incl_tax + note.disbursed), 0) AS credited FROM invoicing_invoice note
    WHERE note.credited_id = document.id AND note.kind = 'credit_note' AND note.state = 'issued'
) notes
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(amount), 0) AS lost FROM invoicing_writeoff WHERE invoice_id = document.id
) given_up
CROSS JOIN LATERAL (
    SELECT CASE WHEN document.state = 'issued' THEN document.retained - COALESCE((
        SELECT amount FROM invoicing_retentionrelease WHERE invoice_id = document.id
    ), 0) ELSE 0 END AS held
) kept;

CREATE VIEW invoicing_customerbalance AS
SELECT customer.id AS customer_id, sums.*
FROM invoicing_customer customer
CROSS JOIN LATERAL (
    SELECT
        COUNT(*) AS invoice_count,
        MAX(invoice.issued_on) AS last_invoiced_on,
        COALESCE(SUM(invoice.total_incl_tax + invoice.disbursed - balance.credited), 0) AS invoiced,
        COALESCE(SUM(balance.due), 0) AS due
    FROM invoicing_invoice invoice
    JOIN invoicing_balance balance ON balance.document_id = invoice.id
    WHERE invoice.customer_id = customer.id AND invoice.kind = 'invoice' AND invoice.state = 'issued'
) sums;
"""
DROP_VIEW = "DROP VIEW invoicing_customerbalance; DROP VIEW invoicing_balance;"


class Balance(models.Model):
    """One row a document, read only."""

    document = models.OneToOneField(
        "invoicing.Invoice", models.DO_NOTHING, primary_key=True, related_name="balance"
    )
    paid = MoneyField(_("réglé"))
    credited = MoneyField(_("annulé par avoir"))
    due = MoneyField(_("reste dû"))
    customer_credit = MoneyField(_("avance du client"))
    lost = MoneyField(_("passé en perte"))
    held = MoneyField(_("retenue de garantie"))

    class Meta:
        managed = False
        db_table = "invoicing_balance"
        verbose_name = _("solde d’une facture")
        verbose_name_plural = _("soldes des factures")

    def __str__(self) -> str:
        return str(self.due)


class CustomerBalance(models.Model):
    """One row a customer, of its issued invoices, net of their credit notes; read only."""

    customer = models.OneToOneField(
        "invoicing.Customer", models.DO_NOTHING, primary_key=True, related_name="balance"
    )
    invoice_count = models.IntegerField(_("factures"))
    last_invoiced_on = models.DateField(_("dernière facture"), null=True)
    invoiced = MoneyField(_("facturé"))
    due = MoneyField(_("reste dû"))

    class Meta:
        managed = False
        db_table = "invoicing_customerbalance"
        verbose_name = _("solde d’un client")
        verbose_name_plural = _("soldes des clients")

    def __str__(self) -> str:
        return str(self.due)
