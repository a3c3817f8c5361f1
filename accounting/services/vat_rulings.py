"""What the accountant says of lines for the VAT statement: a rate, a kind, outside of it; reverse charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.calculations.vat import DEDUCTIBLE, REVERSE
from accounting.models import Entry, EntryLine, VatBox, VatCounted, VatRuling
from accounting.selectors.vat import COUNTED_ROLES, reverse_chargeable, reverse_charged
from accounting.services.posting import post_entry
from accounting.states.books import JournalCode
from accounting.states.vat import REVERSE_KINDS, TURN, UNTAXED_KINDS, VatKind
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import cents
from cae.core.turns import take_turn
from people.services.changes import one_line

MOST_REASON = 300
_TAX = "445"
# What a tax on sales may be, beyond its rate.
_TAXED_KINDS = ("", VatKind.ASSET)


@dataclass(frozen=True)
class Ruling:
    """`rate` in percent, `kind` a value of VatKind; nothing of both when the line is out of the statement."""

    is_out: bool
    reason: str
    rate: Decimal | None = None
    kind: str = ""


@transaction.atomic
def rule_line(line: EntryLine, ruling: Ruling, *, actor: Any) -> VatRuling:
    """Does: says what a line is for the VAT statement; said again, it replaces. Refuses: a line already
    counted, no reason, no rate, a rate or an account without box, a kind that is none of this line. Leaves
    behind: the ruling, audit; the line unchanged."""
    # A return that is being prepared counts what is said before it, or leaves the line to be said.
    take_turn(TURN)
    row = EntryLine.objects.select_related("account").get(pk=line.pk)
    reason = one_line(ruling.reason, "reason", _("Dites pourquoi."), most=MOST_REASON)
    if VatCounted.objects.filter(line=row).exists():
        raise IllegalMove(_("Cette ligne est déjà comptée dans une déclaration."))
    rate, kind = (None, "") if ruling.is_out else _checked(row, ruling)
    said, _made = VatRuling.objects.update_or_create(
        line=row,
        defaults={
            "is_out": ruling.is_out,
            "rate": rate,
            "kind": kind,
            "reason": reason,
            "ruled_by": actor,
            "ruled_at": timezone.now(),
        },
    )
    audit.record(actor, "accounting.rule_vat_line", row.entry, detail={"reason": reason})
    return said


def _checked(row: EntryLine, ruling: Ruling) -> tuple[Decimal, str]:
    if ruling.rate is None:
        raise Refused(
            Code.VALUE_MISSING, _("Donnez le taux, ou dites la ligne hors déclaration."), field="rate"
        )
    if row.account.number.startswith(_TAX):
        _check_tax(row.account.role, ruling.rate, ruling.kind)
    elif ruling.rate or ruling.kind not in UNTAXED_KINDS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une vente sans taxe a le taux 0 et dit pourquoi elle n’est pas taxée."),
            field="kind",
        )
    return ruling.rate, ruling.kind


def _check_tax(role: str | None, rate: Decimal, kind: str) -> None:
    if role not in COUNTED_ROLES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ce compte de TVA n’a pas de case : dites la ligne hors déclaration."),
            field="is_out",
        )
    if not VatBox.objects.filter(rate=rate).exists():
        raise Refused(Code.VALUE_INVALID, _("Le formulaire n’a pas de case pour ce taux."), field="rate")
    if kind not in (REVERSE_KINDS if role == REVERSE else _TAXED_KINDS):
        raise Refused(Code.VALUE_INVALID, _("Cette nature n’est pas celle d’une telle taxe."), field="kind")


@transaction.atomic
def self_assess(
    line: EntryLine, *, kind: str, rate: Decimal, recovery: Decimal, on: date, actor: Any
) -> Entry:
    """Does: posts the tax that the cooperative owes in place of a supplier, and deducts its share `recovery`
    (a fraction); what is not deducted joins the cost. Refuses: a line that is no purchase without tax, one
    taxed already, a kind, a rate or a share that does not fit. Leaves behind: the entry, which comes from
    that line."""
    row = EntryLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    row = EntryLine.objects.select_related("entry", "account").get(pk=row.pk)
    if not reverse_chargeable().filter(pk=row.pk).exists():
        raise IllegalMove(_("Cette ligne n’est pas un achat sans TVA."))
    if reverse_charged(row):
        raise Refused(Code.ALREADY_DONE, _("La TVA de cette ligne est déjà autoliquidée."))
    if kind not in REVERSE_KINDS:
        raise Refused(Code.VALUE_INVALID, _("Dites pourquoi la coopérative doit cette taxe."), field="kind")
    if not VatBox.objects.filter(rate=rate).exists():
        raise Refused(Code.VALUE_INVALID, _("Le formulaire n’a pas de case pour ce taux."), field="rate")
    if not 0 <= recovery <= 1:
        raise Refused(Code.VALUE_INVALID, _("La part déduite va de 0 à 100 %."), field="recovery")
    if on < row.on:
        raise Refused(Code.DATE_INVALID, _("La taxe n’est pas due avant l’achat."), field="on")
    draft = EntryDraft(
        journal=JournalCode.OTHER,
        on=on,
        # Written in the books, so in French whoever records.
        label=f"Autoliquidation {row.entry.label}",
        piece=row.entry.piece,
        lines=tuple(_assessed(row, VatKind(kind), rate, recovery)),
    )
    # Two lines of one purchase may say the same: each is taxed by its own.
    entry = post_entry(draft, actor=actor, source=row)
    audit.record(actor, "accounting.self_assess_vat", entry, detail={"of": str(row.entry)})
    return entry


def _assessed(row: EntryLine, kind: VatKind, rate: Decimal, recovery: Decimal) -> list[LineDraft]:
    base = row.debit - row.credit
    tax = cents(base * rate / 100)
    back = cents(tax * recovery)
    section = row.analytic_id
    return [
        debit(_deducted_on(row), section, back, vat_rate=rate, vat_kind=kind),
        debit(row.account.number, section, tax - back),
        credit(REVERSE, section, tax, vat_rate=rate, vat_kind=kind, vat_base=base),
    ]


def _deducted_on(row: EntryLine) -> str:
    return "vat_assets" if row.account.number.startswith("2") else DEDUCTIBLE
