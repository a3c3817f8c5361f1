"""Keeps the kinds of expense and their dated rules: what changes is a new rule, the former is given its end
(INV-51, INV-53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import Account, CostKind
from accounting.states.books import AccountKind, AccountRole
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import cents
from invoicing.models import ExpenseKind, ExpenseRule
from invoicing.states.expenses import ExpenseWay, FlatUnit, LimitPer


@dataclass(frozen=True)
class KindContent:
    """What the accountant says of a kind."""

    label: str
    account: Account
    cost_kind: CostKind | None = None
    needs_voucher: bool = True
    needs_guests: bool = False
    usual_share: Decimal = Decimal(1)


@dataclass(frozen=True)
class RuleContent:
    """A rule from a day on: shares are fractions, amounts euros."""

    valid_from: date
    vat_recovery: Decimal
    source: str
    limit_amount: Decimal | None = None
    limit_per: str = ""
    flat_amount: Decimal | None = None
    flat_unit: str = ""


def save_kind(kind: ExpenseKind, *, content: KindContent, actor: Any) -> ExpenseKind:
    """Does: changes what a kind is called, where it is booked and what it asks for, from now on. Refuses: no
    label, an account that is no expense, a share out of bounds. Leaves behind: the row, audit; lines already
    written keep their amounts."""
    label = content.label.strip()
    if not label:
        raise Refused(Code.VALUE_MISSING, _("Donnez un libellé à cette nature."), field="label")
    booked = content.account
    if booked.kind != AccountKind.EXPENSE and booked.role != AccountRole.DISBURSEMENT:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un compte de charge."), field="account")
    if not 0 < content.usual_share <= 1:
        raise Refused(Code.AMOUNT_INVALID, _("Cette part va de 1 à 100 %."), field="usual_share")
    with transaction.atomic():
        row = ExpenseKind.objects.select_for_update().get(pk=kind.pk)
        row.label, row.account, row.cost_kind = label[:80], content.account, content.cost_kind
        row.needs_voucher, row.needs_guests = content.needs_voucher, content.needs_guests
        row.usual_share = content.usual_share
        row.save()
        audit.record(actor, "invoicing.save_expense_kind", row)
        return row


def add_rule(kind: ExpenseKind, *, content: RuleContent, actor: Any) -> ExpenseRule:
    """Does: gives a kind another rule from a day on; the one in force ends the day before. Refuses: a day
    that is not after the start of the latest rule, figures out of bounds, a flat amount where none is asked,
    no source. Leaves behind: both rules, audit; lines already written keep theirs."""
    _check(kind, content)
    with transaction.atomic():
        row = ExpenseKind.objects.select_for_update().get(pk=kind.pk)
        last = row.rules.order_by("-valid_from").first()
        if last is not None and content.valid_from <= last.valid_from:
            raise Refused(
                Code.DATE_BEFORE_LAST,
                _("Une règle commence après la précédente, du %(day)s.")
                % {"day": f"{last.valid_from:%d/%m/%Y}"},
                field="valid_from",
            )
        if last is not None and (last.valid_to is None or last.valid_to >= content.valid_from):
            last.valid_to = content.valid_from - timedelta(days=1)
            last.save(update_fields=["valid_to"])
        made = ExpenseRule.objects.create(
            kind=row,
            valid_from=content.valid_from,
            vat_recovery=content.vat_recovery,
            limit_amount=content.limit_amount,
            limit_per=content.limit_per,
            flat_amount=content.flat_amount,
            flat_unit=content.flat_unit,
            source=content.source.strip()[:200],
            created_by=actor,
        )
        audit.record(actor, "invoicing.add_expense_rule", row, detail={"from": str(content.valid_from)})
        return made


def confirm_rule(rule: ExpenseRule, *, actor: Any) -> ExpenseRule:
    """Does: notes that somebody read a rule against its source. Refuses: one already confirmed. Leaves
    behind: the row, audit."""
    with transaction.atomic():
        row = ExpenseRule.objects.select_for_update(of=("self",)).select_related("kind").get(pk=rule.pk)
        if not row.to_confirm:
            raise Refused(Code.ALREADY_DONE, _("Cette règle est déjà confirmée."))
        row.to_confirm = False
        row.save(update_fields=["to_confirm"])
        audit.record(actor, "invoicing.confirm_expense_rule", row.kind, detail={"from": str(row.valid_from)})
        return row


def _check(kind: ExpenseKind, content: RuleContent) -> None:
    if not 0 <= content.vat_recovery <= 1:
        raise Refused(Code.AMOUNT_INVALID, _("Cette part va de 0 à 100 %."), field="vat_recovery")
    if not content.source.strip():
        raise Refused(
            Code.VALUE_MISSING,
            _("Dites d’où vient cette règle : texte, délibération, usage."),
            field="source",
        )
    for name in ("limit_amount", "flat_amount"):
        amount = getattr(content, name)
        if amount is not None and not (amount > 0 and amount == cents(amount)):
            raise Refused(
                Code.AMOUNT_INVALID, _("Un montant est positif, avec deux décimales au plus."), field=name
            )
    if (content.limit_amount is None) != (content.limit_per not in LimitPer.values):
        raise Refused(
            Code.VALUE_MISSING,
            _("Un plafond est un montant, et ce sur quoi il se compte."),
            field="limit_per",
        )
    if (kind.way == ExpenseWay.FLAT) != (content.flat_amount is not None):
        raise Refused(
            Code.VALUE_INVALID,
            _("Un forfait a un montant ; les autres natures n’en ont pas."),
            field="flat_amount",
        )
    if (content.flat_amount is None) != (content.flat_unit not in FlatUnit.values):
        raise Refused(Code.VALUE_MISSING, _("Dites par quoi ce forfait est donné."), field="flat_unit")
