"""The last word on entries: what PostgreSQL verifies at commit, whoever wrote the rows."""

import pgtrigger

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
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=_VERIFY.replace("{entry_id}", entry_id),
    )
