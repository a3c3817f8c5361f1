"""Puts approved expenses on the invoice draft of their customer, once, and takes them off (INV-56)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.letters import LANGUAGE
from cae.core.templatetags.formats import day
from invoicing.models import ExpenseLine, Invoice, Recharge, VatRate
from invoicing.selectors.recharges import lines_to_recharge, recharges_of
from invoicing.services.drafting import copied, save_draft
from invoicing.services.inputs import LineContent
from invoicing.states.sales import MAX_LABEL, SaleNature

_USUAL_RATE = "normal"


@transaction.atomic
def recharge_expenses(invoice: Invoice, *, keys: Iterable[int], actor: Any) -> list[Recharge]:
    """Does: adds a line of rebilled costs for each expense chosen, at what it costs the activity, under the
    VAT rate of the draft. Refuses: none chosen, an expense that another invoice took or that is not this
    customer's, a document that is no draft. Leaves behind: the lines, the link of each expense, audit."""
    row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    wanted = set(keys)
    if not wanted:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une dépense."), field="lines")
    # Two drafts at once: the second waits here, then finds the expense taken.
    list(ExpenseLine.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    lines = list(lines_to_recharge(row).filter(pk__in=wanted))
    if len(lines) != len(wanted):
        raise Refused(
            Code.ALREADY_DONE, _("Une de ces dépenses est déjà sur une facture : relisez la liste.")
        )
    content, rate = copied(row, whole=True), _rate_of(row)
    added = tuple(_line(line, rate) for line in lines)
    save_draft(row, content=replace(content, lines=content.lines + added), version=row.version, actor=actor)
    made = [
        Recharge.objects.create(line=line, invoice=row, amount=line.cost, created_by=actor) for line in lines
    ]
    total = str(sum((one.amount for one in made), Decimal(0)))
    audit.record(actor, "invoicing.recharge_expenses", row, detail={"amount": total, "count": len(made)})
    return made


@transaction.atomic
def undo_recharge(recharge: Recharge, *, at: datetime, actor: Any) -> None:
    """Does: takes an expense off a draft, its line with it when it still says the same. Refuses: one already
    taken off, a document that is no draft. Leaves behind: the expense to invoice again, audit."""
    invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=recharge.invoice_id)
    row = Recharge.objects.select_for_update(of=("self",)).select_related("line").get(pk=recharge.pk)
    if row.undone_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette dépense n’est déjà plus sur cette facture."))
    if not invoice.is_draft:
        raise IllegalMove(_("Cette facture n’est plus un brouillon : elle ne change plus."))
    content = copied(invoice, whole=True)
    kept = _without(content.lines, row)
    if len(kept) != len(content.lines):
        save_draft(invoice, content=replace(content, lines=kept), version=invoice.version, actor=actor)
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    audit.record(actor, "invoicing.undo_recharge", invoice, detail={"label": row.line.label})


def free_recharges(invoice: Invoice, *, at: datetime) -> None:
    """Does: lets the expenses of a draft that is given up go on another one. Refuses: nothing. Leaves behind:
    when each was freed."""
    recharges_of(invoice).update(undone_at=at)


def take_recharges_again(invoice: Invoice) -> None:
    """Does: links again the expenses whose lines a draft taken up still holds. Refuses: one that another
    invoice took meanwhile. Leaves behind: the links."""
    lines = list(copied(invoice, whole=True).lines) if not invoice.is_credit_note else []
    for row in Recharge.objects.filter(invoice=invoice).exclude(undone_at=None).select_related("line"):
        if not any(_says(line, row) for line in lines):
            continue
        ExpenseLine.objects.select_for_update(of=("self",)).get(pk=row.line_id)
        other = Recharge.objects.filter(line=row.line_id, undone_at=None).select_related("invoice").first()
        if other is not None:
            if other.invoice_id == invoice.pk:
                continue
            raise Refused(
                Code.ALREADY_DONE,
                _("La dépense « %(label)s » est sur une autre facture : refaites celle-ci.")
                % {"label": row.line.label},
            )
        row.undone_at = None
        row.save(update_fields=["undone_at"])


def _rate_of(invoice: Invoice) -> VatRate:
    """The rate of what the draft sells; costs rebilled follow the sale."""
    last = invoice.lines.select_related("vat_rate").order_by("-position").first()
    return last.vat_rate if last is not None else VatRate.objects.get(code=_USUAL_RATE, valid_to=None)


def _line(line: ExpenseLine, rate: VatRate) -> LineContent:
    return LineContent(
        label=_label(line),
        quantity=Decimal(1),
        unit_price=line.cost,
        vat_rate=rate,
        nature=SaleNature.REBILLED,
    )


def _label(line: ExpenseLine) -> str:
    words = {"label": line.label, "day": day(line.on)}
    with override(LANGUAGE):
        return (_("%(label)s, le %(day)s") % words)[:MAX_LABEL]


def _says(line: LineContent, recharge: Recharge) -> bool:
    """A line of the draft is still that of the expense."""
    return (
        line.nature == SaleNature.REBILLED
        and line.unit_price == recharge.amount
        and line.label.startswith(recharge.line.label[:100])
    )


def _without(lines: tuple[LineContent, ...], recharge: Recharge) -> tuple[LineContent, ...]:
    """The lines of a draft less the first one that is the expense's."""
    found = next((rank for rank, line in enumerate(lines) if _says(line, recharge)), None)
    return lines if found is None else lines[:found] + lines[found + 1 :]
