"""A quote that nobody asked for, to show how the documents of an activity look (INV-27, INV-29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from entrepreneurs.models import Activity
from invoicing.engines import model
from invoicing.selectors.einvoices import seller_of

_NORMAL = Decimal("20.00")


def sample_quote(
    activity: Activity, *, look: model.Look, on: date, notes: Sequence[model.Note] = ()
) -> model.EInvoice:
    """Two groups, an option, usual terms; nothing is stored."""
    return model.EInvoice(
        kind=model.DocumentKind.QUOTE,
        number="D0000-0001",
        issued_on=on,
        valid_until=on + timedelta(days=30),
        process=model.Process.SERVICES,
        treatment=model.Treatment.B2B,
        seller=seller_of(activity, cooperative_on(on), on),
        buyer=model.Party(
            name=_("Exemple de client"),
            address=model.Address(line_one=_("12 rue du Port"), postcode="33000", city="Bordeaux"),
        ),
        lines=_lines(),
        vat=(_vat(),),
        totals=model.Totals(
            lines=Decimal("1080.00"),
            net=Decimal("1080.00"),
            tax=Decimal("216.00"),
            gross=Decimal("1296.00"),
            due=Decimal("1296.00"),
        ),
        purpose=_("Un exemple, pour juger de l’effet"),
        payment_terms=_("Paiement à 30 jours à compter de la facture."),
        notes=tuple(notes),
        look=look,
    )


def _vat() -> model.VatBreakdown:
    return model.VatBreakdown(
        category=model.VatCategory.STANDARD,
        rate=_NORMAL,
        base=Decimal("1080.00"),
        tax=Decimal("216.00"),
    )


def _lines() -> tuple[model.Line, ...]:
    return (
        _line(1, _("Préparation"), "1", "180.00", group=_("Avant"), unit="DAY"),
        _line(
            2,
            _("Prestation"),
            "2",
            "450.00",
            group=_("Le jour même"),
            unit="DAY",
            description=_("Ce qui est compris, et ce qui ne l’est pas."),
        ),
        _line(3, _("Un supplément"), "1", "250.00", optional=True),
    )


def _line(
    position: int,
    label: str,
    quantity: str,
    price: str,
    *,
    group: str = "",
    unit: str = "LS",
    description: str = "",
    optional: bool = False,
) -> model.Line:
    return model.Line(
        position=position,
        label=label,
        description=description,
        quantity=Decimal(quantity),
        unit=unit,
        unit_price=Decimal(price),
        net=Decimal(quantity) * Decimal(price),
        category=model.VatCategory.STANDARD,
        vat_rate=_NORMAL,
        group_title=group,
        optional=optional,
    )
