"""The last word on orders and purchases: what PostgreSQL refuses, whoever writes, in raw SQL too."""

import pgtrigger

from cae.core.permanence import at_commit

# What becomes of a posted purchase; all that it says else is what the books were told.
_PURCHASE_FATE = (
    "state state_since entry_id approved_by_id approved_at paid_on imputed_on_id reason_code reason"
    " dispute_kind version order_id document_id note"
)
_PURCHASE_FROZEN = f"""
    IF OLD.entry_id IS NOT NULL AND to_jsonb(OLD) - string_to_array('{_PURCHASE_FATE}', ' ')
        <> to_jsonb(NEW) - string_to_array('{_PURCHASE_FATE}', ' ')
    THEN
        RAISE EXCEPTION 'pgtrigger: purchase % is posted and frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

_ORDER_FATE = "state state_since sent_at closed_reason pdf_id version internal_note"
_ORDER_FROZEN = f"""
    IF OLD.number IS NOT NULL AND to_jsonb(OLD) - string_to_array('{_ORDER_FATE}', ' ')
        <> to_jsonb(NEW) - string_to_array('{_ORDER_FATE}', ' ')
    THEN
        RAISE EXCEPTION 'pgtrigger: supplier order % is frozen', OLD.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# The shared lock makes a line written during the approval wait, then see the document closed.
_PART = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM invoicing_{table} WHERE id = OLD.{of}_id FOR KEY SHARE;
        IF EXISTS (SELECT 1 FROM invoicing_{table} WHERE id = OLD.{of}_id AND {closed} IS NOT NULL) THEN
            RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    END IF;
    PERFORM 1 FROM invoicing_{table} WHERE id = NEW.{of}_id FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM invoicing_{table} WHERE id = NEW.{of}_id AND {closed} IS NOT NULL) THEN
        RAISE EXCEPTION 'pgtrigger: % of a closed document', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Asked at commit, once every share is written: what is posted is borne to the cent.
_SHARED = """
    IF NEW.entry_id IS NOT NULL AND (
        SELECT COALESCE(SUM(gross), 0) FROM invoicing_purchaseshare WHERE purchase_id = NEW.id
    ) <> NEW.total_gross THEN
        RAISE EXCEPTION 'pgtrigger: the shares of purchase % do not make its total', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def frozen_purchase() -> list[pgtrigger.Trigger]:
    """The triggers of `Purchase`."""
    return [
        pgtrigger.Trigger(
            name="purchase_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_PURCHASE_FROZEN
        ),
        at_commit("purchase_shared", _SHARED, operation=pgtrigger.Insert | pgtrigger.Update),
        pgtrigger.Protect(name="purchase_kept", operation=pgtrigger.Delete),
    ]


def frozen_order() -> list[pgtrigger.Trigger]:
    """The triggers of `PurchaseOrder`."""
    return [
        pgtrigger.Trigger(
            name="purchaseorder_frozen", when=pgtrigger.Before, operation=pgtrigger.Update, func=_ORDER_FROZEN
        ),
        pgtrigger.Protect(name="purchaseorder_kept", operation=pgtrigger.Delete),
    ]


def part_of_open(prefix: str, *, of: str, table: str, closed: str) -> pgtrigger.Trigger:
    """A part of a document (`of`, in `table`) is written as long as the column `closed` is empty."""
    return pgtrigger.Trigger(
        name=f"{prefix}_of_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_PART.format(of=of, table=table, closed=closed),
    )
