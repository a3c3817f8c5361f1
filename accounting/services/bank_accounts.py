"""Declares the accounts of the cooperative at its banks, and how each bank writes its CSV (ACC-35)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import Account, BankAccount, BankLayout
from accounting.selectors.bank import BANK_PREFIX, last_statement
from cae.core import audit
from cae.core.banks import checked_iban
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from people.services.changes import one_line

_TURN = "accounting.bank_accounts"
_MOST_LABEL, _MOST_NAME = 80, 60


@transaction.atomic
def open_bank_account(
    *, label: str, iban: str, account: Account, actor: Any, layout: BankLayout | None = None
) -> BankAccount:
    """Does: declares an account of the cooperative. Refuses: no label, a wrong IBAN or one known already, an
    account of the chart that is no bank account or that another has. Leaves behind: the account, audit."""
    take_turn(_TURN)
    name = one_line(label, "label", _("Dites comment vous appelez ce compte."), most=_MOST_LABEL)
    number = checked_iban(iban)
    if BankAccount.objects.filter(iban=number).exists():
        raise Refused(Code.DUPLICATE, _("Ce compte bancaire est déjà déclaré."), field="iban")
    if not account.number.startswith(BANK_PREFIX):
        raise Refused(
            Code.VALUE_INVALID, _("Un compte bancaire est tenu par un compte 512 du plan."), field="account"
        )
    if BankAccount.objects.filter(account=account).exists():
        raise Refused(
            Code.DUPLICATE,
            _("Le compte %(number)s tient déjà un autre compte bancaire : ajoutez-en un au plan.")
            % {"number": account.number},
            field="account",
        )
    row = BankAccount.objects.create(label=name, iban=number, account=account, layout=layout)
    audit.record(actor, "accounting.open_bank_account", row, detail={"account": account.number})
    return row


@transaction.atomic
def change_bank_account(
    row: BankAccount, *, label: str, closed_on: date | None, layout: BankLayout | None, actor: Any
) -> BankAccount:
    """Does: renames an account, notes the day it was closed, or opens it again. Refuses: no label, a day
    before its last statement. Leaves behind: the row, audit."""
    held = BankAccount.objects.select_for_update(of=("self",)).get(pk=row.pk)
    held.label = one_line(label, "label", _("Dites comment vous appelez ce compte."), most=_MOST_LABEL)
    last = last_statement(held)
    if closed_on is not None and last is not None and closed_on < last.last_on:
        raise Refused(
            Code.DATE_INVALID,
            _("La banque a encore bougé ce compte après ce jour : voyez son dernier relevé."),
            field="closed_on",
        )
    held.closed_on, held.layout = closed_on, layout
    held.save(update_fields=["label", "closed_on", "layout"])
    audit.record(actor, "accounting.change_bank_account", held)
    return held


@transaction.atomic
def keep_layout(row: BankLayout | None, *, actor: Any, **typed: Any) -> BankLayout:
    """Does: keeps how a bank writes its CSV, a new one or one that changes; what was imported stays. Refuses:
    no name or one taken, neither or both ways of writing an amount. Leaves behind: the layout, audit."""
    take_turn(_TURN)
    typed["name"] = one_line(typed["name"], "name", _("Donnez un nom à ce format."), most=_MOST_NAME)
    same = BankLayout.objects.filter(name__iexact=typed["name"])
    if (same.exclude(pk=row.pk) if row else same).exists():
        raise Refused(Code.DUPLICATE, _("Un autre format porte déjà ce nom."), field="name")
    sides = (typed["debit_column"], typed["credit_column"])
    if (typed["amount_column"] is None) != all(sides) or (typed["amount_column"] and any(sides)):
        raise Refused(
            Code.VALUE_INVALID,
            _("Indiquez la colonne du montant signé, ou bien celles du débit et du crédit."),
            field="amount_column",
        )
    if row is None:
        kept = BankLayout.objects.create(**typed)
    else:
        kept = BankLayout.objects.select_for_update().get(pk=row.pk)
        for name, value in typed.items():
            setattr(kept, name, value)
        kept.save()
    audit.record(actor, "accounting.keep_bank_layout", kept)
    return kept
