"""What is typed about an expense, and the rules that a line obeys whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.models import Fund
from cae.core.errors import Code, Refused
from cae.core.money import ZERO, cents
from invoicing.calculations.expenses import flat_gross, worth
from invoicing.models import Customer, ExpenseKind, ExpenseLine, ExpenseRule, Voucher
from invoicing.states.expenses import MAX_GUESTS, MAX_LINE_LABEL, MAX_REASON, ExpenseWay, PaidWith

# Above, a figure was typed in the wrong field.
MOST = Decimal("99999.99")
_LONGEST = {"label": MAX_LINE_LABEL, "guests": MAX_GUESTS, "missing_reason": MAX_REASON}


@dataclass(frozen=True)
class ExpenseContent:
    """One expense as its author says it: amounts of the receipt, euros with tax."""

    kind: ExpenseKind
    on: date
    label: str
    gross: Decimal = ZERO
    tax: Decimal = ZERO
    business_share: Decimal = Decimal(1)
    paid_with: str = PaidWith.OWN
    quantity: Decimal | None = None
    voucher: Voucher | None = None
    customer: Customer | None = None
    fund: Fund | None = None
    guests: str = ""
    missing_reason: str = ""


def rule_of(kind: ExpenseKind, on: date) -> ExpenseRule:
    """The rule of a kind on a day. Raises Refused when it has none."""
    found = ExpenseRule.objects.in_force(on).filter(kind=kind).first()
    if found is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(kind)s » n’a pas de règle à cette date : choisissez une autre nature.")
            % {"kind": kind.said},
            field="kind",
        )
    return found


def fill_line(line: ExpenseLine, content: ExpenseContent, *, today: date) -> None:
    """Writes on a line what was said and what follows from it. Raises Refused at the field."""
    _check_texts(content)
    if content.on > today:
        raise Refused(Code.DATE_INVALID, _("Cette dépense n’a pas encore eu lieu."), field="on")
    if content.paid_with not in PaidWith.values:
        raise Refused(Code.VALUE_INVALID, _("Ce moyen de paiement n’existe pas."), field="paid_with")
    if not 0 < content.business_share <= 1:
        raise Refused(
            Code.AMOUNT_INVALID, _("La part professionnelle va de 1 à 100 %."), field="business_share"
        )
    rule = rule_of(content.kind, content.on)
    gross, tax, quantity = _amounts(content, rule)
    found = worth(gross, tax, business_share=content.business_share, recovery=rule.vat_recovery)
    line.kind, line.on, line.paid_with = content.kind, content.on, content.paid_with
    line.label, line.guests, line.missing_reason = (
        getattr(content, name).strip() for name in ("label", "guests", "missing_reason")
    )
    line.quantity, line.gross, line.tax = quantity, gross, tax
    line.business_share, line.recovery = content.business_share, rule.vat_recovery
    line.amount, line.deductible = found.amount, found.deductible
    line.customer, line.fund = content.customer, content.fund


def _amounts(content: ExpenseContent, rule: ExpenseRule) -> tuple[Decimal, Decimal, Decimal | None]:
    """Amount and tax of the receipt, or those of a flat allowance and how many of it."""
    if content.kind.way == ExpenseWay.MILEAGE:
        raise Refused(
            Code.VALUE_INVALID, _("Un trajet se saisit dans « Trajets », avec son véhicule."), field="kind"
        )
    if content.kind.way == ExpenseWay.FLAT:
        return *_flat(content, rule), content.quantity
    gross, tax = content.gross, content.tax
    if not (ZERO < gross <= MOST and gross == cents(gross)):
        raise Refused(
            Code.AMOUNT_INVALID, _("Écrivez le montant TTC du justificatif, en euros."), field="gross"
        )
    if not (ZERO <= tax < gross and tax == cents(tax)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("La TVA est une partie du montant TTC : elle lui est inférieure."),
            field="tax",
        )
    return gross, tax, None


def _flat(content: ExpenseContent, rule: ExpenseRule) -> tuple[Decimal, Decimal]:
    if rule.flat_amount is None:
        raise Refused(Code.VALUE_INVALID, _("Ce forfait n’a pas de montant à cette date."), field="kind")
    quantity = content.quantity
    if quantity is None or not 0 < quantity <= 366:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Dites combien de forfaits : %(unit)s.") % {"unit": rule.get_flat_unit_display()},
            field="quantity",
        )
    return flat_gross(quantity, rule.flat_amount), ZERO


def _check_texts(content: ExpenseContent) -> None:
    if not content.label.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites ce qui a été acheté, et où."), field="label")
    for name, most in _LONGEST.items():
        if len(getattr(content, name).strip()) > most:
            raise Refused(
                Code.TEXT_TOO_LONG, _("Ce texte dépasse %(most)d caractères.") % {"most": most}, field=name
            )
