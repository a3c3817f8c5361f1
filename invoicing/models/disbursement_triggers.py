"""The last word on disbursements: each has its proof, and no proof is asked back beyond its amount."""

import pgtrigger

# Asked at the issue, when the rows change no more. Locking the proofs makes two documents that ask one of
# them back wait for each other; a credit note gives its rows back, so that the proof may be asked back again.
_DISBURSED_PROVED = """
    IF NEW.state = 'issued' AND OLD.state <> 'issued' THEN
        IF NEW.disbursed <> COALESCE((
            SELECT SUM(amount) FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id
        ), 0) THEN
            RAISE EXCEPTION 'pgtrigger: the disbursements of document % do not make their total', NEW.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM invoicing_invoicedisbursement asked
            LEFT JOIN invoicing_disbursementproof proof ON proof.id = asked.proof_id
            LEFT JOIN invoicing_invoicedisbursement former ON former.id = asked.gives_back_id
            WHERE asked.invoice_id = NEW.id AND (
                proof.activity_id IS DISTINCT FROM NEW.activity_id
                OR former.invoice_id IS DISTINCT FROM NEW.credited_id
                OR (former.id IS NOT NULL AND former.proof_id <> asked.proof_id)
            )
        ) THEN
            RAISE EXCEPTION 'pgtrigger: a disbursement of document % has no proof', NEW.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM 1 FROM invoicing_disbursementproof WHERE id IN (
            SELECT proof_id FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id
        ) ORDER BY id FOR UPDATE;
        IF EXISTS (
            SELECT 1 FROM invoicing_invoicedisbursement asked
            JOIN invoicing_invoice document ON document.id = asked.invoice_id
            JOIN invoicing_disbursementproof proof ON proof.id = asked.proof_id
            WHERE asked.proof_id IN (
                SELECT proof_id FROM invoicing_invoicedisbursement WHERE invoice_id = NEW.id
            ) AND (document.state = 'issued' OR document.id = NEW.id)
            GROUP BY proof.id
            HAVING SUM(CASE document.kind WHEN 'invoice' THEN asked.amount ELSE -asked.amount END)
                NOT BETWEEN 0 AND proof.amount
        ) OR EXISTS (
            SELECT 1 FROM invoicing_invoicedisbursement given
            JOIN invoicing_invoice document ON document.id = given.invoice_id
            JOIN invoicing_invoicedisbursement former ON former.id = given.gives_back_id
            WHERE former.invoice_id = NEW.credited_id AND (document.state = 'issued' OR document.id = NEW.id)
            GROUP BY former.id
            HAVING SUM(given.amount) > former.amount
        ) THEN
            RAISE EXCEPTION 'pgtrigger: document % asks more than the proof of a disbursement', NEW.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""


def disbursed_proved() -> pgtrigger.Trigger:
    """Of `Invoice`."""
    return pgtrigger.Trigger(
        name="invoice_disbursed_proved",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=_DISBURSED_PROVED,
    )
