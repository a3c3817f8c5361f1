"""What the books say that training cost in a civil year: a proposal for frame D, and its lines (COW-49)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.models import Account, AnalyticAccount, EntryLine
from accounting.states.books import AccountRole, JournalCode
from cae.core.money import ZERO
from cae.core.permissions import can
from cae.core.templatetags.formats import percent
from coworking.calculations.training_charges import (
    OF_FIGURE,
    Cost,
    Part,
    SectionSales,
    of_figure,
    training_parts,
)
from coworking.selectors.statement_pages import Lines
from coworking.selectors.training_statement import SALES


def charges_in_books(year: int) -> list[Part]:
    """The part of each cost that training bears, by section and account."""
    sales = _sales(year)
    sections = [key for key, sold in sales.items() if sold.training > 0]
    rows = (
        _lines(year)
        .filter(account__number__startswith="6", analytic__in=sections)
        .values_list("analytic", "account", "account__number")
        .annotate(sum=Sum(F("debit") - F("credit")))
        .order_by("account__number", "analytic")
    )
    return training_parts(sales, [Cost(*row) for row in rows])


def charge_lines(user: Any, year: int, figure: str) -> Lines | None:
    """What makes a figure proposed: by section and account to those who read the books, where a section is
    somebody’s pay; by account to others."""
    if figure not in OF_FIGURE:
        return None
    parts = of_figure(charges_in_books(year), figure)
    accounts = Account.objects.in_bulk({one.cost.account for one in parts})
    title = _("Charges proposées depuis les comptes")
    if not can(user, "accounting.view_ledger"):
        rows = [
            (str(accounts[key]), "", [sum((one.part for one in parts if one.cost.account == key), ZERO)])
            for key in accounts
        ]
        return title, (_("Compte"), _("Part de la formation")), rows
    sections = AnalyticAccount.objects.in_bulk({one.cost.section for one in parts})
    sales = _sales(year)
    heads = (
        _("Compte"),
        _("Section"),
        _("Dans les comptes"),
        _("Formation dans ses ventes"),
        _("Part de la formation"),
    )
    return title, heads, [_line(one, accounts, sections, sales) for one in parts]


def _line(
    one: Part,
    accounts: dict[int, Account],
    sections: dict[int, AnalyticAccount],
    sales: dict[int, SectionSales],
) -> tuple[str, str, list[Any]]:
    cost = one.cost
    query = urlencode({"activite": cost.section, "compte": cost.account})
    cells = [sections[cost.section].label, cost.amount, percent(sales[cost.section].key), one.part]
    return str(accounts[cost.account]), f"{reverse('accounting:entry_list')}?{query}", cells


def _sales(year: int) -> dict[int, SectionSales]:
    net, training = F("credit") - F("debit"), Q(account__role=AccountRole.REVENUE_TRAINING)
    rows = (
        _lines(year)
        .filter(account__number__startswith=SALES)
        .values_list("analytic")
        .annotate(training=Sum(net, filter=training), total=Sum(net))
    )
    return {key: SectionSales(sold or Decimal(0), total) for key, sold, total in rows}


def _lines(year: int) -> QuerySet[EntryLine]:
    """The lines of a civil year, what was carried forward left out."""
    return EntryLine.objects.order_by().filter(
        ~Q(entry__journal__code=JournalCode.OPENING), on__range=(date(year, 1, 1), date(year, 12, 31))
    )
