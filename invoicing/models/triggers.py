"""The last word on issued documents: what PostgreSQL refuses, whoever writes, in raw SQL too."""

import pgtrigger

from cae.core.permanence import at_commit
from invoicing.models.disbursement_triggers import disbursed_proved

# A document is born a draft, a draft alone is issued (submitted or not), and an issued one changes no more:
# only its PDF, made after commit, comes once.
_FROZEN = """
    IF OLD.state = 'issued' THEN
        IF to_jsonb(OLD) - 'pdf_id' <> to_jsonb(NEW) - 'pdf_id'
            OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)
        THEN
            RAISE EXCEPTION 'pgtrigger: document % is issued and frozen', OLD.number
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.state = 'issued' AND OLD.state NOT IN ('draft', 'submitted') THEN
        RAISE EXCEPTION 'pgtrigger: only a draft is issued' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_BORN_DRAFT = """
    RAISE EXCEPTION 'pgtrigger: a document is born a draft' USING ERRCODE = 'integrity_constraint_violation';
"""

# Locking the invoice makes two credit notes issued at once wait for each other.
_CREDIT_WITHIN = """
    IF NEW.state = 'issued' AND NEW.kind = 'credit_note' AND OLD.state <> 'issued' THEN
        PERFORM 1 FROM invoicing_invoice WHERE id = NEW.credited_id FOR UPDATE;
        IF NOT EXISTS (
            SELECT 1 FROM invoicing_invoice invoice
            WHERE invoice.id = NEW.credited_id
            AND invoice.kind = 'invoice' AND invoice.state = 'issued'
            AND invoice.customer_id = NEW.customer_id
            AND invoice.total_incl_tax >= NEW.total_incl_tax + COALESCE((
                SELECT SUM(note.total_incl_tax) FROM invoicing_invoice note
                WHERE note.credited_id = NEW.credited_id AND note.state = 'issued' AND note.id <> NEW.id
            ), 0)
            AND invoice.total_incl_tax + invoice.disbursed
            >= NEW.total_incl_tax + NEW.disbursed + COALESCE((
                SELECT SUM(note.total_incl_tax + note.disbursed) FROM invoicing_invoice note
                WHERE note.credited_id = NEW.credited_id AND note.state = 'issued' AND note.id <> NEW.id
            ), 0) + COALESCE((
                SELECT SUM(loss.amount) FROM invoicing_writeoff loss WHERE loss.invoice_id = NEW.credited_id
            ), 0)
        ) THEN
            RAISE EXCEPTION 'pgtrigger: credit notes exceed invoice %', NEW.credited_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""

# Locking the quote makes two parts issued at once wait for each other; a credit note gives its share back.
_WITHIN_QUOTE = """
    IF NEW.state = 'issued' AND OLD.state <> 'issued' AND NEW.part <> 'whole' THEN
        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR UPDATE;
        IF NEW.total_incl_tax + COALESCE((
            SELECT SUM(CASE document.kind WHEN 'invoice' THEN document.total_incl_tax
                ELSE -document.total_incl_tax END)
            FROM invoicing_invoice document
            LEFT JOIN invoicing_invoice origin ON origin.id = document.credited_id
            WHERE document.state = 'issued' AND document.id <> NEW.id
            AND COALESCE(origin.quote_id, document.quote_id) = NEW.quote_id
        ), 0) > COALESCE((
            SELECT SUM(answer.total_incl_tax) FROM invoicing_answer answer
            LEFT JOIN invoicing_amendment amendment ON amendment.quote_id = answer.quote_id
            WHERE answer.accepted AND COALESCE(amendment.work_id, answer.quote_id) = NEW.quote_id
        ), 0) THEN
            RAISE EXCEPTION 'pgtrigger: parts exceed quote %', NEW.quote_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""

_AMENDS_LIKE = """
    IF NOT EXISTS (
        SELECT 1 FROM invoicing_quote quote JOIN invoicing_quote work ON work.id = NEW.work_id
        WHERE quote.id = NEW.quote_id AND quote.state = 'accepted' AND work.state = 'accepted'
        AND quote.customer_id = work.customer_id AND quote.activity_id = work.activity_id
    ) OR EXISTS (
        SELECT 1 FROM invoicing_amendment other
        WHERE other.quote_id = NEW.work_id OR other.work_id = NEW.quote_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an amendment is an accepted quote of the same customer, of one work'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_RELEASES_HELD = """
    IF NOT EXISTS (
        SELECT 1 FROM invoicing_invoice invoice
        WHERE invoice.id = NEW.invoice_id AND invoice.state = 'issued' AND invoice.retained = NEW.amount
        AND invoice.issued_on <= NEW."on"
    ) THEN
        RAISE EXCEPTION 'pgtrigger: what is released is what was held'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# The shared lock makes a line written during the issue wait, then see the document issued.
_PART_OF_DRAFT = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM invoicing_{of} WHERE id = OLD.{of}_id FOR KEY SHARE;
        IF EXISTS (SELECT 1 FROM invoicing_{of} WHERE id = OLD.{of}_id AND state <> 'draft') THEN
            RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    END IF;
    PERFORM 1 FROM invoicing_{of} WHERE id = NEW.{of}_id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM invoicing_{of} WHERE id = NEW.{of}_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'pgtrigger: % of a document that is no draft', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Once numbered, what a quote says is frozen; what becomes of it is not, and no move leads back to a draft.
_QUOTE_FATE = (
    "state state_since checker_id correction answered_on refusal_reason pdf_id signed_pdf_id internal_note"
)
_QUOTE_FROZEN = f"""
    IF OLD.facts IS NOT NULL THEN
        IF to_jsonb(OLD) - string_to_array('{_QUOTE_FATE}', ' ')
            <> to_jsonb(NEW) - string_to_array('{_QUOTE_FATE}', ' ')
            OR NEW.state IN ('draft', 'submitted', 'discarded')
            OR (OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id)
            OR (OLD.signed_pdf_id IS NOT NULL AND NEW.signed_pdf_id IS DISTINCT FROM OLD.signed_pdf_id)
            OR (OLD.state IN ('accepted', 'refused', 'replaced', 'withdrawn') AND NEW.state <> OLD.state)
        THEN
            RAISE EXCEPTION 'pgtrigger: quote % is frozen', OLD.number
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""

_OPTION_OF_LINE = """
    IF NOT EXISTS (
        SELECT 1 FROM invoicing_quoteline line
        WHERE line.id = NEW.line_id AND line.quote_id = NEW.quote_id AND line.choice = NEW.choice
        AND (line.optional OR line.choice <> '')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only an option or a variant of the quote is taken'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_PAYMENT_COHERENT = """
    IF NOT EXISTS (
        SELECT 1 FROM invoicing_invoice invoice JOIN invoicing_receipt receipt ON receipt.id = NEW.receipt_id
        WHERE invoice.id = NEW.invoice_id AND invoice.kind = 'invoice' AND invoice.state = 'issued'
        AND invoice.activity_id = receipt.activity_id AND invoice.customer_id = receipt.customer_id
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only an issued invoice of this customer is paid'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Locking the invoice makes a loss and a payment wait for each other: what is given up is what is left, whole.
_LOSS_COHERENT = """
    PERFORM 1 FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF NEW.reverses_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT 1 FROM invoicing_writeoff former
            WHERE former.id = NEW.reverses_id AND former.reverses_id IS NULL
            AND former.invoice_id = NEW.invoice_id
            AND former.charge = -NEW.charge AND former.tax = -NEW.tax
        ) THEN
            RAISE EXCEPTION 'pgtrigger: a loss is taken back whole'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM invoicing_invoice invoice
        JOIN invoicing_balance balance ON balance.document_id = invoice.id
        WHERE invoice.id = NEW.invoice_id AND invoice.kind = 'invoice' AND invoice.state = 'issued'
        AND balance.due = NEW.amount
    ) THEN
        RAISE EXCEPTION 'pgtrigger: only the whole rest of an issued invoice is given up'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Asked at commit, when every share is written: shares make the whole, and a reversal is the exact opposite.
_RECEIPT_SHARED = """
    IF (SELECT COALESCE(SUM(amount), 0) FROM invoicing_payment WHERE receipt_id = NEW.id)
        <> (CASE NEW.kind WHEN 'refunded' THEN -NEW.amount WHEN 'offset' THEN 0 ELSE NEW.amount END)
            * (CASE WHEN NEW.reverses_id IS NULL THEN 1 ELSE -1 END)
        OR NOT EXISTS (SELECT 1 FROM invoicing_payment WHERE receipt_id = NEW.id)
    THEN
        RAISE EXCEPTION 'pgtrigger: the shares of receipt % do not make its amount', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND EXISTS (
        SELECT 1
        FROM (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.reverses_id) former
        FULL JOIN (SELECT * FROM invoicing_payment WHERE receipt_id = NEW.id) latter
            ON latter.invoice_id = former.invoice_id
        WHERE former.amount IS DISTINCT FROM -latter.amount
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a receipt is reversed whole'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def frozen_document() -> list[pgtrigger.Trigger]:
    """The triggers of `Invoice`."""
    return [
        pgtrigger.Trigger(
            name="invoice_born_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition("NEW.state <> 'draft'"),
            func=_BORN_DRAFT,
        ),
        pgtrigger.Trigger(
            name="invoice_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_FROZEN
        ),
        pgtrigger.Trigger(
            name="invoice_credit_within",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=_CREDIT_WITHIN,
        ),
        pgtrigger.Trigger(
            name="invoice_within_quote", when=pgtrigger.Before, operation=pgtrigger.Update, func=_WITHIN_QUOTE
        ),
        disbursed_proved(),
        pgtrigger.Protect(name="invoice_kept", operation=pgtrigger.Delete),
    ]


def frozen_quote() -> list[pgtrigger.Trigger]:
    """The triggers of `Quote`."""
    return [
        pgtrigger.Trigger(
            name="quote_born_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition("NEW.state <> 'draft'"),
            func=_BORN_DRAFT,
        ),
        pgtrigger.Trigger(
            name="quote_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_QUOTE_FROZEN
        ),
        pgtrigger.Protect(name="quote_kept", operation=pgtrigger.Delete),
    ]


def part_of_draft(prefix: str, *, of: str) -> pgtrigger.Trigger:
    """A line or a tax row of a quote or an invoice (`of`) is written and erased with its draft only."""
    return pgtrigger.Trigger(
        name=f"{prefix}_of_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_PART_OF_DRAFT.format(of=of),
    )


def option_of_line() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="chosenoption_of_line",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_OPTION_OF_LINE,
    )


def amends_like() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="amendment_like",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_AMENDS_LIKE,
    )


def releases_held() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="retentionrelease_held",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_RELEASES_HELD,
    )


def coherent_payment() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="payment_coherent", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_PAYMENT_COHERENT
    )


def coherent_receipt() -> pgtrigger.Trigger:
    return at_commit("receipt_shared", _RECEIPT_SHARED)


def coherent_loss() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="writeoff_coherent", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_LOSS_COHERENT
    )
