"""The last word on the bank: what PostgreSQL verifies of statements and matches, whoever wrote them."""

import pgtrigger

from cae.core.permanence import at_commit

# A statement begins where the one before ends: a gap would hide money for ever.
_FOLLOWS = """
    IF NEW.previous_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM accounting_bankstatement former
        WHERE former.id = NEW.previous_id
        AND former.bank_account_id = NEW.bank_account_id
        AND former.closing = NEW.opening
    ) THEN
        RAISE EXCEPTION 'statement % does not continue the one before', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

# At commit the lines of a statement are those it announces, unless it went meanwhile.
_WHOLE = """
    IF EXISTS (SELECT 1 FROM accounting_bankstatement WHERE id = NEW.id) AND NOT EXISTS (
        SELECT 1 FROM accounting_bankline line
        WHERE line.statement_id = NEW.id
        HAVING COUNT(*) = NEW.line_count AND SUM(line.amount) = NEW.total
    ) THEN
        RAISE EXCEPTION 'statement % is not made of the lines it announces', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""

# At commit a match is worth its line, in lines of the account of that bank.
_WORTH = """
    IF NOT EXISTS (
        SELECT 1 FROM accounting_bankmatchedline matched
        JOIN accounting_entryline line ON line.id = matched.entry_line_id
        JOIN accounting_bankline bank ON bank.id = NEW.line_id
        JOIN accounting_bankaccount account ON account.id = bank.bank_account_id
        WHERE matched.match_id = NEW.id
        GROUP BY bank.amount, account.account_id
        HAVING SUM(line.debit - line.credit) = bank.amount
        AND BOOL_AND(line.account_id = account.account_id)
    ) THEN
        RAISE EXCEPTION 'match % is not worth its bank line', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def statement_follows() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="bankstatement_follows", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_FOLLOWS
    )


# A line goes with its whole statement, when a wrong one is taken away, and never alone.
_GOES_WITH_IT = """
    IF EXISTS (SELECT 1 FROM accounting_bankstatement WHERE id = OLD.statement_id) THEN
        RAISE EXCEPTION 'line % goes with its whole statement only', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def line_goes_with_statement() -> pgtrigger.Trigger:
    return at_commit("bankline_goes_with_it", _GOES_WITH_IT, operation=pgtrigger.Delete)


def statement_whole() -> pgtrigger.Trigger:
    return at_commit("bankstatement_whole", _WHOLE)


def match_worth_its_line() -> pgtrigger.Trigger:
    return at_commit("bankmatch_worth", _WORTH)
