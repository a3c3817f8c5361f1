"""Writes the lines and totals of a draft: the one place where amounts of a document are computed and
stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import cents
from cae.core.settings import value_of
from entrepreneurs.states.trades import Unit
from invoicing import parameters
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.totals import PricedLine, Totals, line_gross, line_net
from invoicing.calculations.variants import choices_of, variants_of
from invoicing.models import Invoice, InvoiceLine, InvoiceTax, OwnMention, Quote, QuoteLine, QuoteTax
from invoicing.services.disbursing import (
    check_disbursements,
    place_disbursements,
    write_disbursements,
)
from invoicing.services.inputs import DraftContent, LineContent, PartContent
from invoicing.services.schedules import check_schedule, place_schedule, write_schedule
from invoicing.states.joint import Sharing
from invoicing.states.sales import (
    MAX_CHOICE,
    MAX_DESCRIPTION,
    MAX_LABEL,
    MAX_LINES,
    MAX_QUANTITY,
    MAX_TEXT,
    MAX_TOTAL,
    MAX_UNIT_PRICE,
    Operation,
    SaleNature,
    VatDueOn,
)

_FOUR_DECIMALS = Decimal("0.0001")
_LONGEST = {"purpose": MAX_TEXT, "order_reference": 100, "internal_note": MAX_DESCRIPTION}

Document = Invoice | Quote


@dataclass(frozen=True)
class Parts:
    """The rows that a kind of document is made of, and how they name it."""

    line: type[InvoiceLine] | type[QuoteLine]
    tax: type[InvoiceTax] | type[QuoteTax]
    owner: str


PARTS: dict[type[Document], Parts] = {
    Invoice: Parts(InvoiceLine, InvoiceTax, "invoice"),
    Quote: Parts(QuoteLine, QuoteTax, "quote"),
}


def checked_totals(content: DraftContent) -> Totals:
    """The totals of a content, or a refusal that names the field of the line."""
    check_texts(content)
    if len(content.lines) > MAX_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un document compte au plus %(most)d lignes.") % {"most": MAX_LINES},
            field="lines",
        )
    for index, line in enumerate(content.lines):
        _check_line(line, f"lines-{index}")
    _check_variants(content.lines)
    totals = _discounted(content)
    parts = (totals.gross, totals.net, *(group.net for group in totals.breakdown))
    if max(abs(part) for part in parts) > MAX_TOTAL:
        raise Refused(
            Code.AMOUNT_INVALID, _("Le total dépasse ce qu’un document peut porter."), field="lines"
        )
    check_schedule(content.schedule, totals)
    check_disbursements(content)
    return totals


def _discounted(content: DraftContent) -> Totals:
    """The totals less the discount on the whole, which is a share or an amount of what is sold."""
    rate, amount = content.discount_rate, content.discount_amount
    whole = (rate is None or _fits(rate, Decimal(1))) and (amount is None or _fits(amount, MAX_TOTAL))
    lines = [line.priced() for line in content.lines]
    if whole and (amount is None or amount == cents(amount)):
        try:
            return sale_totals(lines, rate=rate, amount=amount)
        except ValueError:
            whole = False
    raise Refused(
        Code.AMOUNT_INVALID,
        _("La remise sur le total est un pourcentage ou un montant, sans dépasser ce total."),
        field="total_discount_rate" if rate is not None else "total_discount_amount",
    )


def check_texts(content: DraftContent | PartContent) -> None:
    """Refuses a text of the head that is too long."""
    for field, most in _LONGEST.items():
        _refuse_long(getattr(content, field), most, field)


def _check_line(line: LineContent, prefix: str) -> None:
    if not line.label.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites ce que vend cette ligne."), field=f"{prefix}-label")
    _refuse_long(line.label, MAX_LABEL, f"{prefix}-label")
    _refuse_long(line.description, MAX_DESCRIPTION, f"{prefix}-description")
    if not line.quantity or not _fits(line.quantity, MAX_QUANTITY):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une quantité n’est pas nulle et a quatre décimales au plus."),
            field=f"{prefix}-quantity",
        )
    if line.unit_price < 0 or not _fits(line.unit_price, MAX_UNIT_PRICE):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un prix est positif, avec quatre décimales au plus ; pour déduire, la quantité est négative."),
            field=f"{prefix}-unit_price",
        )
    if abs(line_gross(line.priced())) > MAX_TOTAL:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Cette ligne dépasse ce qu’un document peut porter."),
            field=f"{prefix}-unit_price",
        )
    _refuse_long(line.group_title, MAX_LABEL, f"{prefix}-group_title")
    if line.unit not in Unit.values or line.nature not in SaleNature.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field=f"{prefix}-unit")
    _check_discount(line.priced(), prefix)


def _check_variants(lines: Sequence[LineContent]) -> None:
    """A variant has a title and is taken whole; each choice proposes exactly one."""
    for index, line in enumerate(lines):
        _refuse_long(line.choice, MAX_CHOICE, f"lines-{index}-choice")
        if line.choice.strip() and not line.group_title.strip():
            raise Refused(
                Code.VALUE_MISSING, _("Donnez un titre à cette variante."), field=f"lines-{index}-group_title"
            )
    variants = variants_of(lines)
    for place in (place for one in variants for place in one.places if lines[place].optional == one.proposed):
        raise Refused(
            Code.VALUE_INVALID,
            _("Une variante se prend en entier : elle n’a pas d’option."),
            field=f"lines-{place}-optional",
        )
    for name, some in choices_of(variants).items():
        proposed = [one for one in some if one.proposed]
        if len(proposed) != 1:
            wrong = (*proposed[1:], some[0])[0]
            raise Refused(
                Code.VALUE_INVALID,
                _("Proposez une variante, et une seule : %(choice)s.") % {"choice": name},
                field=f"lines-{wrong.first}-proposed",
            )


def _check_discount(line: PricedLine, prefix: str) -> None:
    field = f"{prefix}-discount_rate" if line.discount_rate is not None else f"{prefix}-discount_amount"
    rate, amount = line.discount_rate, line.discount_amount
    whole = (rate is None or _fits(rate, Decimal(1))) and (amount is None or _fits(amount, MAX_TOTAL))
    try:
        sound = whole and (amount is None or amount == cents(amount)) and line_net(line) is not None
    except ValueError:
        sound = False
    if not sound:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une remise est un pourcentage ou un montant, sans dépasser sa ligne."),
            field=field,
        )


def _fits(number: Decimal, most: Decimal) -> bool:
    return number.is_finite() and abs(number) <= most and number == number.quantize(_FOUR_DECIMALS)


def _refuse_long(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
            % {"most": most, "count": len(text)},
            field=field,
        )


def write_content(document: Document, content: DraftContent) -> None:
    """Fills a draft's own fields, its lines, its totals and its chosen mentions; saves everything."""
    rows, totals = _compose(document, content)
    disbursed = place_disbursements(document, content)
    write_rows(document, rows, totals)
    write_disbursements(document, disbursed)
    if isinstance(document, Quote):
        write_schedule(document, content.schedule)
    _write_mentions(document, content)


def unsaved(document: Document, content: DraftContent) -> Document:
    """The document as it would be, with its rows at hand and nothing written: for a preview."""
    rows, totals = _compose(document, content)
    document.pk = 0
    taxes = _place(document, rows, totals)
    mentions = [OwnMention(mention=mention) for mention in content.mentions]
    disbursed = place_disbursements(document, content)
    known = {"lines": rows, "taxes": taxes, "own_mentions": mentions, "disbursements": disbursed}
    if isinstance(document, Quote):
        known["instalments"] = place_schedule(document, content.schedule)
    document._prefetched_objects_cache = known  # type: ignore[union-attr]
    return document


def _compose(document: Document, content: DraftContent) -> tuple[list[Any], Totals]:
    totals = checked_totals(content)
    plain = ("customer", "discount_rate", "discount_amount")
    own = ("delivered_on", "due_on") if isinstance(document, Invoice) else _OF_QUOTE
    for name in (*plain, *own):
        setattr(document, name, getattr(content, name))
    for name in _LONGEST:
        setattr(document, name, getattr(content, name).strip())
    document.operation = operation_of([line.nature for line in content.lines])
    document.vat_due_on = content.vat_due_on or default_vat_due_on(document)
    lines = zip(content.lines, totals.line_nets, strict=True)
    rows = [_row(document, line, net) for line, net in lines]
    if isinstance(document, Quote):
        _name_bearers(document, rows, content.lines)
    return rows, totals


_OF_QUOTE = ("valid_until", "starts_on", "payment_days")
_PLAIN = ("quantity", "unit", "unit_price", "nature", "discount_rate", "discount_amount", "vat_rate", "item")


def _row(document: Document, line: LineContent, net: Decimal) -> Any:
    values: dict[str, Any] = {name: getattr(line, name) for name in _PLAIN}
    values |= {name: getattr(line, name).strip() for name in ("label", "description", "group_title")}
    if isinstance(document, Quote):
        values |= {"optional": line.optional, "choice": line.choice.strip()}
    elif line.optional or line.choice:
        raise Refused(Code.VALUE_INVALID, _("Une facture n’a ni option ni variante."), field="lines")
    return PARTS[type(document)].line(**values, net=net)


def _name_bearers(quote: Quote, rows: Sequence[QuoteLine], lines: Sequence[LineContent]) -> None:
    """Who does each line of a quote shared line by line, among those who have a share."""
    if quote.sharing != Sharing.LINES:
        return
    known = set(quote.shares.values_list("activity", flat=True)) if quote.pk else None
    for row, line in zip(rows, lines, strict=True):
        if known is None or line.borne_by in known:
            row.borne_by_id = line.borne_by


def _write_mentions(document: Document, content: DraftContent) -> None:
    """The optional notices that the author chose."""
    owner = {PARTS[type(document)].owner: document}
    OwnMention.objects.filter(**owner).delete()
    chosen = dict.fromkeys(content.mentions)
    OwnMention.objects.bulk_create(OwnMention(mention=mention, **owner) for mention in chosen)


def write_rows(document: Document, rows: Sequence[Any], totals: Totals) -> None:
    """Replaces the lines and taxes of a draft, in their order, and stores its totals."""
    parts = PARTS[type(document)]
    document.total_excl_tax, document.total_tax = totals.net, totals.tax
    document.total_incl_tax = totals.gross
    document.save()
    document.lines.all().delete()
    document.taxes.all().delete()
    taxes = _place(document, rows, totals)
    for model, found in ((parts.line, rows), (parts.tax, taxes)):
        manager: Any = model._default_manager
        manager.bulk_create(found)


def _place(document: Document, rows: Sequence[Any], totals: Totals) -> list[Any]:
    """Ties the rows to their document, in their order, and makes those of its taxes."""
    parts = PARTS[type(document)]
    owner = {parts.owner: document}
    document.total_excl_tax, document.total_tax = totals.net, totals.tax
    document.total_incl_tax = totals.gross
    for position, row in enumerate(rows, start=1):
        row.position = position
        setattr(row, parts.owner, document)
    return [
        parts.tax(**owner, category=group.category, rate=group.rate, base=group.net, tax=group.tax)
        for group in totals.breakdown
    ]


def operation_of(natures: Sequence[str]) -> str:
    """Goods, services or both, from what the lines sell."""
    goods = {nature == SaleNature.GOODS for nature in natures}
    if goods == {True, False}:
        return Operation.BOTH
    return Operation.GOODS if goods == {True} else Operation.SERVICES


def default_vat_due_on(document: Document) -> str:
    """Goods are taxed at delivery, so a sale with goods is never on receipts (CGI art. 269-2 a and c)."""
    if document.operation != Operation.SERVICES:
        return VatDueOn.DEBITS
    option: Any = value_of(parameters.VAT_DUE_ON, on=timezone.localdate(document.created_at))
    return option if option in VatDueOn.values else VatDueOn.RECEIPTS
