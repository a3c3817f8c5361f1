"""Proves that what customers paid and owe is the same in the documents and in the books."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cae.core.controls import rows_of

# Cash stands in class 5, deposits kept on the account that held them; what customers owe or advanced, in
# accounts 41.
_BANKED = """
SELECT customer.name AS customer, to_char(receipt."on", 'DD/MM/YYYY') AS "on",
    said.amount AS said, shared.amount AS shared, banked.amount AS banked
FROM invoicing_receipt receipt
JOIN invoicing_customer customer ON customer.id = receipt.customer_id
CROSS JOIN LATERAL (
    SELECT receipt.amount * CASE receipt.kind WHEN 'refunded' THEN -1 WHEN 'offset' THEN 0 ELSE 1 END
        * CASE WHEN receipt.reverses_id IS NULL THEN 1 ELSE -1 END AS amount
) said
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(amount), 0) AS amount FROM invoicing_payment WHERE receipt_id = receipt.id
) shared
CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(line.debit - line.credit), 0) AS amount
    FROM accounting_entryline line JOIN accounting_account account ON account.id = line.account_id
    WHERE line.entry_id = receipt.entry_id
        AND (account.number LIKE '5%%' OR receipt.kind = 'deposit' AND account.role = 'deposit_received')
) banked
WHERE said.amount <> shared.amount OR said.amount <> banked.amount
ORDER BY receipt.id
"""

# An invoice with its credit notes: what they ask less what was paid, and what the books still await.
_OWED = """
WITH asked AS (
    SELECT COALESCE(credited_id, id) AS invoice_id, activity_id, number AS document,
        (total_incl_tax + disbursed) * CASE kind WHEN 'invoice' THEN 1 ELSE -1 END AS amount
    FROM invoicing_invoice WHERE state = 'issued'
    UNION ALL
    -- Of a joint document, the others await their own part.
    SELECT DISTINCT COALESCE(document.credited_id, document.id), part.activity_id, document.number, 0
    FROM invoicing_taxshare part
    JOIN invoicing_invoicetax tax ON tax.id = part.of_id
    JOIN invoicing_invoice document ON document.id = tax.invoice_id
    WHERE part.activity_id <> document.activity_id
), awaited AS (
    SELECT section.activity_id, COALESCE(NULLIF(line.label, ''), entry.piece) AS document,
        SUM(line.debit - line.credit) AS amount
    FROM accounting_entryline line
    JOIN accounting_account account ON account.id = line.account_id AND account.number LIKE '41%%'
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id
    JOIN accounting_analyticaccount section ON section.id = line.analytic_id
    -- A deposit asked in a sale is no money: it waits there for the document that takes it off.
    WHERE NOT (journal.code = 'VE' AND account.role = 'customer_advance')
    GROUP BY 1, 2
), documents AS (
    SELECT invoice_id, SUM(asked.amount) AS asked, COALESCE(SUM(awaited.amount), 0) AS booked
    FROM asked LEFT JOIN awaited USING (activity_id, document)
    GROUP BY invoice_id
), paid AS (
    SELECT invoice_id, SUM(amount) AS amount FROM (
        SELECT invoice_id, amount FROM invoicing_payment
        -- What was given up left the books of the customer too.
        UNION ALL SELECT invoice_id, amount FROM invoicing_writeoff
    ) left_out GROUP BY invoice_id
)
SELECT invoice.number, documents.asked - COALESCE(paid.amount, 0) AS owed, documents.booked
FROM documents
JOIN invoicing_invoice invoice ON invoice.id = documents.invoice_id
LEFT JOIN paid USING (invoice_id)
WHERE documents.asked - COALESCE(paid.amount, 0) <> documents.booked
ORDER BY invoice.id
"""

_CREDITED = """
SELECT invoice.number, invoice.total_incl_tax + invoice.disbursed AS total,
    SUM(note.total_incl_tax + note.disbursed) AS credited
FROM invoicing_invoice note JOIN invoicing_invoice invoice ON invoice.id = note.credited_id
WHERE note.state = 'issued'
GROUP BY invoice.id
HAVING SUM(note.total_incl_tax) > invoice.total_incl_tax OR SUM(note.disbursed) > invoice.disbursed
ORDER BY invoice.id
"""


def money_faults() -> Iterator[str]:
    """Shares and bank lines make each receipt; the books await of each invoice what is left of it; credit
    notes never exceed it."""
    for row in rows_of(_BANKED):
        said = _(
            "Règlement du %(on)s, %(customer)s : %(said)s €, réparti %(shared)s €, en banque %(banked)s €."
        )
        yield said % row
    for row in rows_of(_OWED):
        yield _("%(number)s : reste %(owed)s €, les livres attendent %(booked)s €.") % row
    for row in rows_of(_CREDITED):
        yield _("%(number)s : %(credited)s € d’avoirs pour une facture de %(total)s €.") % row
