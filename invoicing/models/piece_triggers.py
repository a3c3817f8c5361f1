"""The last word on delivery notes: what PostgreSQL refuses, whoever writes, in raw SQL too."""

import pgtrigger

# Once numbered, what a note hands over is frozen; what becomes of it is written once, signed or cancelled.
_FATE = (
    "state state_since signed_on signer_name signer_function reserves signature_id noted_by_id scan_id"
    " cancel_reason pdf_id signed_pdf_id"
)
_FROZEN = f"""
    IF OLD.number IS NOT NULL AND (
        to_jsonb(OLD) - string_to_array('{_FATE}', ' ') <> to_jsonb(NEW) - string_to_array('{_FATE}', ' ')
        OR NEW.state = 'draft'
        OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)
        OR (OLD.state IN ('signed', 'cancelled')
            AND to_jsonb(OLD) - ARRAY['pdf_id', 'signed_pdf_id']
                <> to_jsonb(NEW) - ARRAY['pdf_id', 'signed_pdf_id'])
        OR (OLD.signed_pdf_id IS NOT NULL AND NEW.signed_pdf_id IS DISTINCT FROM OLD.signed_pdf_id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: delivery note % is frozen', OLD.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Locking the order makes two notes of the last unit wait for each other.
_WITHIN_ORDER = """
    IF NEW.state = 'issued' AND OLD.state <> 'issued' THEN
        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR NO KEY UPDATE;
        PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR NO KEY UPDATE;
        IF NOT EXISTS (SELECT 1 FROM invoicing_deliveryline WHERE note_id = NEW.id) OR EXISTS (
            SELECT 1 FROM invoicing_deliveryline line
            LEFT JOIN invoicing_quoteline sold ON sold.id = line.quote_line_id
            LEFT JOIN invoicing_invoiceline billed ON billed.id = line.invoice_line_id
            WHERE line.note_id = NEW.id AND (
                sold.quote_id IS DISTINCT FROM NEW.quote_id
                OR billed.invoice_id IS DISTINCT FROM NEW.invoice_id
                OR line.quantity + COALESCE((
                    SELECT SUM(other.quantity) FROM invoicing_deliveryline other
                    JOIN invoicing_deliverynote note ON note.id = other.note_id
                    WHERE note.state IN ('issued', 'signed') AND note.id <> NEW.id
                    AND (other.quote_line_id = line.quote_line_id
                        OR other.invoice_line_id = line.invoice_line_id)
                ), 0) > COALESCE(sold.quantity, billed.quantity)
            )
        ) THEN
            RAISE EXCEPTION 'pgtrigger: delivery note % hands over what was not ordered', NEW.number
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""


def frozen_delivery() -> list[pgtrigger.Trigger]:
    """The triggers of `DeliveryNote`."""
    return [
        pgtrigger.Trigger(
            name="deliverynote_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_FROZEN
        ),
        pgtrigger.Trigger(
            name="deliverynote_within_order",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=_WITHIN_ORDER,
        ),
        pgtrigger.Protect(name="deliverynote_kept", operation=pgtrigger.Delete),
    ]
