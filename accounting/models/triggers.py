"""The last word on entries: what PostgreSQL verifies, whoever wrote the rows."""

import pgtrigger

from accounting.states.periods import POSTING_TURN, PeriodState, YearState
from cae.core.permanence import at_commit

# An entry announces its day, its total and its number of lines. At commit its lines must be exactly these,
# and each analytic section must balance; so nothing can be added to it later, and half an entry cannot exist.
_VERIFY = """
    IF EXISTS (
        SELECT 1 FROM accounting_entryline line
        WHERE line.entry_id = {entry_id}
        GROUP BY line.analytic_id
        HAVING SUM(line.debit) <> SUM(line.credit)
    ) THEN
        RAISE EXCEPTION 'entry % does not balance in each analytic section', {entry_id}
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounting_entry entry JOIN accounting_entryline line ON line.entry_id = entry.id
        WHERE entry.id = {entry_id}
        GROUP BY entry.id
        HAVING COUNT(*) = entry.line_count
        AND SUM(line.debit) = entry.total
        AND SUM(line.credit) = entry.total
        AND BOOL_AND(line."on" = entry."on")
    ) THEN
        RAISE EXCEPTION 'entry % is not made of the lines it announces', {entry_id}
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def balanced_at_commit(name: str, entry_id: str) -> pgtrigger.Trigger:
    return at_commit(name, _VERIFY.replace("{entry_id}", entry_id))


# Whoever closes a month has the turn alone: it waits for the entries being written, those after wait for it
# and then read that the month is closed. What is before the last month closed is closed too.
MONTH_OPEN = "entry_month_open"
_IN_OPEN_MONTH = """
    PERFORM pg_advisory_xact_lock_shared(hashtext('{turn}'));
    IF EXISTS (
        SELECT 1 FROM accounting_period
        WHERE state <> '{open}' AND starts_on >= date_trunc('month', NEW."on")::date
    ) OR EXISTS (
        SELECT 1 FROM accounting_fiscalyear WHERE state = '{closed}' AND ends_on >= NEW."on"
    ) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW."on"
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def in_open_month() -> pgtrigger.Trigger:
    """Refuses an entry of a month that is closed, even when it is closed while the entry is written."""
    words = {"turn": POSTING_TURN, "open": PeriodState.OPEN, "closed": YearState.CLOSED, "name": MONTH_OPEN}
    return pgtrigger.Trigger(
        name=MONTH_OPEN,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_IN_OPEN_MONTH.format(**words),
    )
