"""The last word on earmarked money: what PostgreSQL verifies of each spending, whoever wrote the row."""

import pgtrigger

# Two spendings at once wait for each other on the rows of the fund and of the line.
_VERIFY = """
    PERFORM 1 FROM accounting_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    PERFORM 1 FROM accounting_entryline WHERE id = NEW.line_id FOR NO KEY UPDATE;
    IF NEW.undoes_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT 1 FROM accounting_fundspending former
            WHERE former.id = NEW.undoes_id AND former.fund_id = NEW.fund_id
            AND former.line_id = NEW.line_id
            AND former.undoes_id IS NULL AND former.amount = -NEW.amount
        ) THEN
            RAISE EXCEPTION 'spending % takes back another amount than it undoes', NEW.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounting_fund fund
        JOIN accounting_entryline line ON line.id = NEW.line_id
        JOIN accounting_costkind kind ON kind.id = line.cost_kind_id
        WHERE fund.id = NEW.fund_id AND fund.state = 'running'
        AND line.analytic_id = fund.section_id AND kind.code = ANY(fund.kinds)
        AND line."on" BETWEEN fund.starts_on AND fund.ends_on
        AND sign(NEW.amount) = sign(line.debit - line.credit)
        AND (SELECT abs(SUM(amount)) FROM accounting_fundspending WHERE line_id = line.id)
            <= abs(line.debit - line.credit)
    ) THEN
        RAISE EXCEPTION 'line % cannot be counted on fund %', NEW.line_id, NEW.fund_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT SUM(amount) FROM accounting_fundspending WHERE fund_id = NEW.fund_id)
        > (SELECT awarded_amount FROM accounting_fund WHERE id = NEW.fund_id)
    THEN
        RAISE EXCEPTION 'fund % is spent beyond what was awarded', NEW.fund_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
# An award may be amended, never below what is counted, nor so that a day counted falls outside.
_AMENDED = """
    IF (SELECT SUM(amount) FROM accounting_fundspending WHERE fund_id = NEW.id) > NEW.awarded_amount
        OR EXISTS (
            SELECT 1 FROM accounting_fundspending spending
            JOIN accounting_entryline line ON line.id = spending.line_id
            LEFT JOIN accounting_fundspending back ON back.undoes_id = spending.id
            WHERE spending.fund_id = NEW.id AND spending.undoes_id IS NULL AND back.id IS NULL
            AND line."on" NOT BETWEEN NEW.starts_on AND NEW.ends_on
        )
    THEN
        RAISE EXCEPTION 'fund % is amended below what it has paid', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def spent_within(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, when=pgtrigger.After, operation=pgtrigger.Insert, func=_VERIFY)


def amended_within(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "((OLD.awarded_amount, OLD.starts_on, OLD.ends_on)"
            " IS DISTINCT FROM (NEW.awarded_amount, NEW.starts_on, NEW.ends_on))"
        ),
        func=_AMENDED,
    )
