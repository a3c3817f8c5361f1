"""Proves that what was sold, as months and documents count it, is what the books say was sold."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounting.states.books import AccountKind, AccountRole, JournalCode
from accounting.states.contributions import SaleCategory
from cae.core.controls import rows_of

# The net of each document, from the movements and from the revenue lines of the sales journal. Training has
# an account of its own. Discounts have one for all, and an account may have lost its role: such lines may be
# of any category, so that training stands between two bounds. Other sales are the rest of an equal sum. A
# deposit counts as sold the day it is asked; the books keep it among advances until a document takes it back.
# What an activity sells to another is income of its section in the analytic journal.
_UNLIKE = """
WITH sold AS (
    SELECT activity_id, document, "on", SUM(net) AS net,
        COALESCE(SUM(net) FILTER (WHERE category = %(training)s), 0) AS training
    FROM accounting_salemovement
    GROUP BY activity_id, document, "on"
), revenue AS (
    SELECT section.activity_id, entry.piece AS document, entry."on", line.credit - line.debit AS net,
        COALESCE(account.role = %(revenue)s, FALSE) AS is_training,
        COALESCE(account.role IN (%(discount)s, %(advance)s, %(inside)s), TRUE) AS is_of_any
    FROM accounting_entryline line
    JOIN accounting_account account ON account.id = line.account_id
        AND (account.kind = %(income)s OR account.role = %(advance)s)
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id AND (
        journal.code = %(sales)s OR (journal.code = %(analytic)s AND account.role = %(inside)s)
    )
    JOIN accounting_analyticaccount section ON section.id = line.analytic_id
        AND section.activity_id IS NOT NULL
), booked AS (
    SELECT activity_id, document, "on", SUM(net) AS net,
        SUM(CASE WHEN is_training THEN net WHEN is_of_any THEN LEAST(net, 0) ELSE 0 END) AS least,
        SUM(CASE WHEN is_training THEN net WHEN is_of_any THEN GREATEST(net, 0) ELSE 0 END) AS most
    FROM revenue
    GROUP BY activity_id, document, "on"
)
SELECT activity.name AS activity, document, "on",
    COALESCE(sold.net, 0) AS sold, COALESCE(booked.net, 0) AS booked
FROM sold FULL JOIN booked USING (activity_id, document, "on")
JOIN entrepreneurs_activity activity ON activity.id = activity_id
WHERE COALESCE(sold.net, 0) <> COALESCE(booked.net, 0)
    OR COALESCE(sold.training, 0) NOT BETWEEN COALESCE(booked.least, 0) AND COALESCE(booked.most, 0)
ORDER BY document, activity.name, "on"
"""


def sale_faults() -> Iterator[str]:
    """Movements of sale and revenue lines say the same, by activity, document, day and category."""
    names = {
        "training": SaleCategory.TRAINING,
        "revenue": AccountRole.REVENUE_TRAINING,
        "discount": AccountRole.DISCOUNT_GRANTED,
        "advance": AccountRole.CUSTOMER_ADVANCE,
        "income": AccountKind.INCOME,
        "sales": JournalCode.SALES,
        "inside": AccountRole.INSIDE_INCOME,
        "analytic": JournalCode.ANALYTIC,
    }
    for row in rows_of(_UNLIKE, names):
        words = row | {"on": f"{row['on']:%d/%m/%Y}"}
        if row["sold"] == row["booked"]:
            said = _(
                "%(document)s du %(on)s (%(activity)s) : la part de formation n’est pas celle des livres."
            )
        else:
            said = _(
                "%(document)s du %(on)s (%(activity)s) : ventes comptées %(sold)s €, livres %(booked)s €."
            )
        yield said % words
