"""What each activity makes of a joint quote, has invoiced of it and received: what pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Q, Sum, When

from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.joint import Parts, added, shared
from invoicing.models import Invoice, PaidShift, PaymentShare, Quote, TaxShare
from invoicing.selectors.joint import agreed_on
from invoicing.selectors.parts import accepted_of
from invoicing.states.joint import Sharing
from invoicing.states.sales import InvoiceKind, InvoiceState


@dataclass(frozen=True)
class Sums:
    """Of one activity: net agreed, net invoiced (credit notes off), with tax, money received, that which
    a credit note moved between them included."""

    agreed: Decimal = ZERO
    net: Decimal = ZERO
    gross: Decimal = ZERO
    received: Decimal = ZERO
    name: str = ""


def sums_of_quote(quote: Quote) -> dict[int, Sums]:
    """By the key of each activity."""
    agreed = agreed_on(quote)
    worth = worth_of_each(quote, agreed)
    documents = Q(of__invoice__quote=quote) | Q(of__invoice__credited__quote=quote)
    found = _sums(
        TaxShare.objects.filter(documents),
        PaymentShare.objects.filter(payment__invoice__quote=quote),
        PaidShift.objects.filter(note__credited__quote=quote),
    )
    return {key: replace(found.get(key, Sums()), agreed=worth.get(key, ZERO)) for key in agreed}


def sums_of_invoice(invoice: Invoice) -> list[Sums]:
    """What each has of an issued document; of a credit note, what it gives back."""
    found = _sums(
        TaxShare.objects.filter(of__invoice=invoice),
        PaymentShare.objects.filter(payment__invoice=invoice),
        PaidShift.objects.filter(note__credited=invoice),
    )
    names = dict(Activity.objects.filter(pk__in=found).order_by("pk").values_list("pk", "name"))
    sign = -1 if invoice.is_credit_note else 1
    return [
        replace(found[key], name=name, net=sign * found[key].net, gross=sign * found[key].gross)
        for key, name in names.items()
    ]


def worth_of_each(quote: Quote, agreed: Parts) -> Mapping[int, Decimal]:
    """What each makes of the quote before tax, as proposed or as accepted."""
    accepted = accepted_of(quote)
    if quote.sharing == Sharing.WHOLE:
        return shared(sum(accepted.worth.values(), ZERO), agreed)
    found: dict[int, Decimal] = dict.fromkeys(agreed, ZERO)
    common = ZERO
    for line in accepted.lines:
        if line.borne_by_id is None:
            common += accepted.worth[line.pk]
        else:
            found = added(found, {line.borne_by_id: accepted.worth[line.pk]})
    return added(found, shared(common, agreed))


def _sums(taxes: Any, *money: Any) -> dict[int, Sums]:
    note = Q(of__invoice__kind=InvoiceKind.CREDIT_NOTE)
    rows = taxes.filter(of__invoice__state=InvoiceState.ISSUED).order_by()
    signed = {
        name: Sum(Case(When(note, then=-F(name)), default=F(name), output_field=DecimalField()), default=ZERO)
        for name in ("base", "tax")
    }
    found = {
        key: Sums(net=base, gross=base + tax)
        for key, base, tax in rows.values_list("activity").annotate(
            sum_of_base=signed["base"], sum_of_tax=signed["tax"]
        )
    }
    received: Parts = {}
    for moves in money:
        sums = moves.order_by().values_list("activity").annotate(Sum("amount"))
        received = added(received, dict(sums))
    for key, amount in received.items():
        found[key] = replace(found.get(key, Sums()), received=amount)
    return found
