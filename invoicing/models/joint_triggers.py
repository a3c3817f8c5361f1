"""The last word on what several activities share: what PostgreSQL refuses, whoever writes."""

import pgtrigger

from cae.core.permanence import at_commit

# Shares are written with a draft; once it is handed over, only agreements come; once numbered, nothing.
_SHARE_OPEN = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM invoicing_quote WHERE id = OLD.quote_id FOR KEY SHARE;
        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state <> 'draft') AND (
            TG_OP = 'DELETE'
            OR NOT EXISTS (SELECT 1 FROM invoicing_quote WHERE id = OLD.quote_id AND state = 'submitted')
            OR to_jsonb(OLD) - string_to_array('asked_at agreed_at agreed_by_id', ' ')
                <> to_jsonb(NEW) - string_to_array('asked_at agreed_at agreed_by_id', ' ')
        ) THEN
            RAISE EXCEPTION 'pgtrigger: the shares of a quote that is no draft'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    ELSE
        PERFORM 1 FROM invoicing_quote WHERE id = NEW.quote_id FOR KEY SHARE;
        IF EXISTS (SELECT 1 FROM invoicing_quote WHERE id = NEW.quote_id AND state <> 'draft') THEN
            RAISE EXCEPTION 'pgtrigger: the shares of a quote that is no draft'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""

# Asked when the quote is numbered: shares make the whole, all are agreed, lines are borne by them alone.
_QUOTE_SHARED = """
    IF OLD.facts IS NULL AND NEW.facts IS NOT NULL AND (
        (NEW.sharing = 'none' AND EXISTS (SELECT 1 FROM invoicing_quoteshare WHERE quote_id = NEW.id))
        OR (NEW.sharing <> 'none' AND NOT (
            SELECT COUNT(*) >= 2 AND SUM(rate) = 1 AND BOOL_OR(activity_id = NEW.activity_id)
                AND BOOL_AND(agreed_at IS NOT NULL)
            FROM invoicing_quoteshare WHERE quote_id = NEW.id
        ))
        OR EXISTS (
            SELECT 1 FROM invoicing_quoteline line
            LEFT JOIN invoicing_quoteshare bearer
                ON bearer.quote_id = line.quote_id AND bearer.activity_id = line.borne_by_id
            WHERE line.quote_id = NEW.id AND line.borne_by_id IS NOT NULL
            AND (NEW.sharing <> 'lines' OR bearer.id IS NULL)
        )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: quote % is not shared and agreed as it says', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Asked at commit, when every part is written.
_TAX_SHARED = """
    IF EXISTS (
        SELECT 1 FROM invoicing_invoicetax whole
        WHERE whole.id = NEW.of_id AND (whole.base, whole.tax) <> (
            SELECT SUM(base), SUM(tax) FROM invoicing_taxshare WHERE of_id = NEW.of_id
        )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the parts of tax % do not make it', NEW.of_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_PAYMENT_SHARED = """
    IF EXISTS (
        SELECT 1 FROM invoicing_payment whole
        WHERE whole.id = NEW.payment_id AND (whole.amount, whole.advance) <> (
            SELECT SUM(amount), SUM(advance) FROM invoicing_paymentshare WHERE payment_id = NEW.payment_id
        )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the parts of payment % do not make it', NEW.payment_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_SHIFTS_TO_NOTHING = """
    IF (SELECT SUM(amount) FROM invoicing_paidshift WHERE note_id = NEW.note_id) <> 0 THEN
        RAISE EXCEPTION 'pgtrigger: what moves between activities makes nothing'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def shares_of_open_quote() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="quoteshare_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_SHARE_OPEN,
    )


def shared_as_agreed() -> pgtrigger.Trigger:
    """Of `Quote`."""
    return pgtrigger.Trigger(
        name="quote_shared", when=pgtrigger.Before, operation=pgtrigger.Update, func=_QUOTE_SHARED
    )


def tax_parts_whole() -> pgtrigger.Trigger:
    return at_commit("taxshare_whole", _TAX_SHARED)


def shifts_to_nothing() -> pgtrigger.Trigger:
    return at_commit("paidshift_nothing", _SHIFTS_TO_NOTHING)


def payment_parts_whole() -> pgtrigger.Trigger:
    return at_commit("paymentshare_whole", _PAYMENT_SHARED)
