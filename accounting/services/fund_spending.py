"""Counts costs of the books on earmarked funds, and takes them back (ACC-44).

Called within the posting of the entry that names a fund, so that what the fund may not pay is not posted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.funds import Unfit, unfit
from accounting.models import Entry, EntryLine, Fund, FundSpending
from accounting.selectors.funds import cost_of, left_on, live_spendings, terms_of
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day, money
from people.services.changes import one_line

_CODES = {
    Unfit.DATE: Code.DATE_INVALID,
    Unfit.LINE: Code.AMOUNT_INVALID,
    Unfit.BEYOND: Code.AMOUNT_ABOVE_DUE,
}


def spend(asked: Iterable[tuple[int, EntryLine]], *, actor: Any) -> list[FundSpending]:
    """Does: counts whole lines on the funds they name, within the transaction of their entry. Refuses: what
    the fund may not pay, in one sentence. Leaves behind: the spendings."""
    rows = sorted(asked, key=lambda one: (one[0], one[1].pk))
    funds = _locked({fund for fund, _line in rows})
    return [_count(funds[fund], line, line.debit - line.credit, actor) for fund, line in rows]


@transaction.atomic
def count_line(fund: Fund, line: EntryLine, *, amount: Decimal, actor: Any) -> FundSpending:
    """Does: counts a cost that is in the books already, or a part of it, on a fund. Refuses: another section,
    nature or day, a cost that was reversed, more than is free of the line, more than is left, a fund that
    does not run. Leaves behind: the spending, audit."""
    # A reversal at the same moment waits here, or is seen: the entry first, as it does.
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).get(pk=line.entry_id)
    if entry.reverses_id is not None or Entry.objects.filter(reverses=entry).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette dépense est contre-passée : elle ne se compte plus."))
    row = _locked([fund.pk])[fund.pk]
    held = (
        EntryLine.objects.select_for_update(no_key=True, of=("self",))
        .select_related("cost_kind")
        .get(pk=line.pk)
    )
    spending = _count(row, held, amount, actor)
    audit.record(actor, "accounting.count_spending", row, detail={"amount": str(amount)})
    return spending


@transaction.atomic
def undo_spending(spending: FundSpending, *, reason: str, actor: Any) -> FundSpending:
    """Does: takes a cost off the fund that paid it. Refuses: no reason, one taken back already. Leaves
    behind: the row the other way, audit."""
    why = one_line(reason, "reason", _("Dites pourquoi cette dépense n’est plus comptée."), most=300)
    fund = _locked([spending.fund_id])[spending.fund_id]
    if spending.undoes_id or FundSpending.objects.filter(undoes=spending).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette dépense n’est déjà plus comptée."))
    row = _take_back(spending, why, actor)
    audit.record(actor, "accounting.undo_spending", fund, detail={"amount": str(spending.amount)})
    return row


def take_back_entry(entry: Entry, *, reason: str, actor: Any) -> None:
    """Does: takes off the funds what the lines of a reversed entry had counted, within the transaction of the
    reversal. Refuses: nothing. Leaves behind: the rows the other way."""
    found = list(live_spendings(entry.pk))
    _locked({spending.fund_id for spending in found})
    for spending in found:
        _take_back(spending, reason, actor)


def _locked(keys: Iterable[int]) -> dict[int, Fund]:
    rows = Fund.objects.select_for_update(of=("self",), no_key=True).select_related("section")
    return {fund.pk: fund for fund in rows.filter(pk__in=set(keys)).order_by("pk")}


def _take_back(spending: FundSpending, reason: str, actor: Any) -> FundSpending:
    return FundSpending.objects.create(
        fund_id=spending.fund_id,
        line_id=spending.line_id,
        amount=-spending.amount,
        undoes=spending,
        reason=reason,
        created_by=actor,
    )


def _count(fund: Fund, line: EntryLine, amount: Decimal, actor: Any) -> FundSpending:
    fault = unfit(terms_of(fund), cost_of(line), amount)
    if fault is not None:
        raise Refused(_CODES.get(fault, Code.NOT_ALLOWED), _sentence(fund, line, fault), field="fund")
    return FundSpending.objects.create(fund=fund, line=line, amount=amount, created_by=actor)


def _sentence(fund: Fund, line: EntryLine, fault: Unfit) -> str:
    kind = line.cost_kind.label if line.cost_kind else line.account.label
    facts = {
        "fund": fund.label,
        "section": fund.section.label,
        "kind": kind,
        "on": day(line.on),
        "start": day(fund.starts_on),
        "end": day(fund.ends_on),
        "left": money(left_on(fund)),
    }
    sentences = {
        Unfit.NOT_RUNNING: _("« %(fund)s » n’est pas ouverte aux dépenses."),
        Unfit.SECTION: _("« %(fund)s » ne paie que les dépenses de « %(section)s »."),
        Unfit.KIND: _("« %(fund)s » ne paie pas « %(kind)s » : cette nature n’est pas éligible."),
        Unfit.DATE: _(
            "« %(fund)s » paie les dépenses du %(start)s au %(end)s : celle du %(on)s n’y est pas."
        ),
        Unfit.LINE: _("Le montant dépasse ce qui reste à compter de cette dépense, ou n’est pas un montant."),
        Unfit.BEYOND: _("« %(fund)s » n’a plus que %(left)s : cette dépense va au-delà."),
    }
    return sentences[fault] % facts
