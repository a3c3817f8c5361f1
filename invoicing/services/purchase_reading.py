"""What a file that was read becomes in our words: lines, taxes, totals that agree, doubts beside (INV-47)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren as siren_number

from cae.core.money import ZERO, cents
from invoicing.calculations.purchase_split import Printed
from invoicing.engines.incoming import Read, ReadInvoice
from invoicing.models import Supplier
from invoicing.selectors.purchases import LINES_COMPLETED, SELF_ASSESSED
from invoicing.services.purchase_inputs import PurchaseLineContent, SupplierContent
from invoicing.states.purchases import EURO, MAX_PURCHASE_LINES, PurchaseKind
from invoicing.states.sales import VatCategory

_FOUR = Decimal("0.0001")
_LABEL, _NUMBER, _PURPOSE, _IBAN, _EMAIL = 250, 60, 250, 34, 254
# Rates of France and of nothing: what a file without the detail of its VAT is read with.
_RATES = (Decimal("0.2000"), Decimal("0.1000"), Decimal("0.0550"), Decimal("0.0210"), Decimal("0.0000"))
_SELF_ASSESSED = (VatCategory.REVERSE_CHARGE, VatCategory.INTRA_COMMUNITY)


@dataclass(frozen=True, slots=True)
class ReadCost:
    label: str
    net: Decimal
    rate: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document in the words of the house. Net, VAT and total agree; lines make the net."""

    kind: str
    number: str
    on: date
    due_on: date | None
    purpose: str
    currency: str
    currency_note: str
    supplier: SupplierContent
    order_reference: str
    iban: str
    costs: tuple[ReadCost, ...]
    taxes: tuple[Printed, ...]
    net: Decimal
    tax: Decimal
    doubts: tuple[dict[str, str], ...]

    def lines_for(self, supplier: Supplier) -> tuple[PurchaseLineContent, ...]:
        """The lines, each with the usual account of the supplier."""
        return tuple(
            PurchaseLineContent(
                label=cost.label,
                net=cost.net,
                rate=cost.rate,
                quantity=cost.quantity,
                account=supplier.account,
            )
            for cost in self.costs
        )

    def supplier_key(self, form_key: UUID) -> UUID:
        """One proposal a file and a name, however often it is read."""
        return uuid5(NAMESPACE_URL, f"{form_key}/{self.supplier.name}")


def reading_of(read: Read) -> Reading:
    """Gives what the house makes of a reading; nothing is refused here."""
    invoice = read.invoice
    tax = cents(invoice.tax_total)
    net = cents(invoice.totals.gross) - tax
    doubts: list[dict[str, str]] = [_plain(doubt) for doubt in read.warnings]
    costs = _costs(invoice)
    taxes = _taxes(invoice, net, tax)
    costs, completed = _completed(costs, taxes, net)
    if completed:
        doubts.append({"code": LINES_COMPLETED})
    if any(one.category in _SELF_ASSESSED for one in invoice.taxes):
        doubts.append({"code": SELF_ASSESSED})
    return Reading(
        kind=PurchaseKind.CREDIT_NOTE if invoice.is_credit_note else PurchaseKind.INVOICE,
        number=" ".join(invoice.number.split())[:_NUMBER],
        on=invoice.issued_on,
        due_on=invoice.due_on if invoice.due_on and invoice.due_on >= invoice.issued_on else None,
        purpose=costs[0].label[:_PURPOSE] if len(invoice.lines) == 1 else "",
        currency=invoice.currency[:3].upper() or EURO,
        currency_note=_foreign(invoice),
        supplier=_supplier(invoice),
        order_reference=invoice.order_reference.strip(),
        iban=invoice.iban[:_IBAN],
        costs=tuple(costs),
        taxes=tuple(taxes),
        net=net,
        tax=tax,
        doubts=tuple(doubts),
    )


def _plain(doubt: Any) -> dict[str, str]:
    return {
        "code": doubt.code.value,
        "written": doubt.written,
        "found": doubt.found,
    }


def _foreign(invoice: ReadInvoice) -> str:
    if invoice.currency.upper() == EURO:
        return ""
    return f"{invoice.totals.gross} {invoice.currency.upper()}"


def _rate(percent: Decimal | None) -> Decimal:
    """A percentage as printed to a fraction; one beyond what exists is none."""
    rate = (percent or ZERO) / 100
    return rate.quantize(_FOUR) if 0 <= rate <= 1 else Decimal("0.0000")


def _costs(invoice: ReadInvoice) -> list[ReadCost]:
    """Its lines, then the discounts and charges of the whole."""
    found = [
        ReadCost(
            (line.label or _("Ligne %(rank)s") % {"rank": line.position})[:_LABEL],
            cents(line.net),
            _rate(line.vat_rate),
            line.quantity,
        )
        for line in invoice.lines
        if line.counts
    ]
    found += [
        ReadCost(
            (one.reason or (_("Frais") if one.is_charge else _("Remise")))[:_LABEL],
            cents(one.signed),
            _rate(one.vat_rate),
        )
        for one in invoice.adjustments
    ]
    return found


def _taxes(invoice: ReadInvoice, net: Decimal, tax: Decimal) -> list[Printed]:
    """VAT by rate as printed; a short profile says its total only: the nearest rate of the list is taken."""
    by_rate: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for one in invoice.taxes:
        base, given = by_rate.get(_rate(one.rate), (ZERO, ZERO))
        by_rate[_rate(one.rate)] = (base + cents(one.base or ZERO), given + cents(one.tax))
    if not by_rate:
        nearest = min(_RATES, key=lambda rate: abs(net * rate - tax))
        return [Printed(nearest, net, tax)]
    found = [Printed(rate, base, given) for rate, (base, given) in sorted(by_rate.items(), reverse=True)]
    gap = tax - sum((one.tax for one in found), ZERO)
    return [Printed(found[0].rate, found[0].net, found[0].tax + gap), *found[1:]]


def _completed(costs: list[ReadCost], taxes: list[Printed], net: Decimal) -> tuple[list[ReadCost], bool]:
    """Lines that make the net, with at least one at each rate that bears VAT; whether some were added to
    lines that were there."""
    if len(costs) > MAX_PURCHASE_LINES:
        costs = _by_rate(costs)
    had = bool(costs)
    held = {cost.rate for cost in costs}
    for one in taxes:
        if one.rate not in held and (one.tax or not had):
            costs.append(ReadCost(_("Achat (détail non fourni)"), one.net, one.rate))
    gap = net - sum((cost.net for cost in costs), ZERO)
    if gap:
        costs.append(ReadCost(_("Écart entre les lignes et le total"), gap, taxes[0].rate))
    return costs, had and bool(gap)


def _by_rate(costs: list[ReadCost]) -> list[ReadCost]:
    """More lines than a purchase holds: one a rate; the file keeps the others."""
    nets: dict[Decimal, Decimal] = {}
    for cost in costs:
        nets[cost.rate] = nets.get(cost.rate, ZERO) + cost.net
    label = _("%(count)d lignes du fichier") % {"count": len(costs)}
    return [ReadCost(label, net, rate) for rate, net in nets.items()]


def _supplier(invoice: ReadInvoice) -> SupplierContent:
    """Who sends it. Its telephone is left out: an IBAN is confirmed at a number known before."""
    seller = invoice.seller
    siren, number = seller.siren, "".join(seller.vat_number.split()).upper()
    country = seller.address.country.upper()
    return SupplierContent(
        name=" ".join(seller.shown_name.split())[:160] or _("Fournisseur sans nom"),
        siren=siren if siren_number.is_valid(siren) else "",
        vat_number=number if len(number) <= 20 and vat.is_valid(number) else "",
        email=_email(seller.email),
        address_line=seller.address.line_one[:200],
        address_line2=seller.address.line_two[:200],
        postcode=seller.address.postcode[:12],
        city=seller.address.city[:120],
        country=country if len(country) == 2 and country.isalpha() else "FR",
    )


def _email(written: str) -> str:
    """The address where a refusal is answered; none when it is not one."""
    address = written.strip()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= _EMAIL else ""
