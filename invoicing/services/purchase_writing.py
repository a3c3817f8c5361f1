"""Writes what a purchase says: figures that agree, who bears what, once (INV-47, INV-49)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount
from accounting.selectors.accounts import section_of, shared_section
from cae.core.errors import Code, Refused
from cae.core.money import CENT, ZERO, cents
from cae.core.templatetags.formats import day, money
from invoicing.calculations.purchase_split import (
    Borne,
    Cell,
    CostLine,
    Printed,
    RateWithoutLine,
    borne_by_section,
    computed_taxes,
    split,
    with_printed_tax,
)
from invoicing.calculations.terms import due_on
from invoicing.calculations.totals import percent
from invoicing.models import Purchase, PurchaseLine, PurchaseShare, PurchaseTax, Supplier
from invoicing.selectors.purchases import number_key, same_purchase, weights_of_key
from invoicing.services.purchase_inputs import PurchaseContent, PurchaseLineContent
from invoicing.states.purchases import EURO, MAX_PURCHASE_LINES, MAX_PURCHASE_TOTAL
from people.services.changes import one_line, refuse_long

# What the law says when nothing was agreed (C. com. L441-10).
USUAL_DAYS = 30
_NUMBER, _LABEL, _PURPOSE, _NOTE, _FOREIGN = 60, 250, 250, 2000, 100


class PurchaseKnown(Refused):
    """The document is here already; `purchase` is the one to look at."""

    def __init__(self, purchase: Purchase) -> None:
        sentence = _("Déjà enregistré : %(supplier)s, n° %(number)s du %(day)s.")
        facts = {"supplier": purchase.supplier.name, "number": purchase.number, "day": day(purchase.on)}
        super().__init__(Code.DUPLICATE, sentence % facts, field="number")
        self.purchase = purchase


@dataclass(frozen=True, slots=True)
class Figures:
    """What a document prints, line after line, once it is sure that it adds up."""

    taxes: tuple[Printed, ...]
    net: Decimal
    tax: Decimal
    gross: Decimal


def fill_purchase(purchase: Purchase, content: PurchaseContent, *, today: date) -> Figures:
    """Puts the heading on the row. Raises Refused at the field at fault, PurchaseKnown for a second one."""
    content = _checked(content, today=today)
    figures = figures_of(content)
    purchase.kind, purchase.supplier, purchase.activity = content.kind, content.supplier, content.activity
    purchase.number, purchase.number_key = content.number, number_key(content.number)
    purchase.on, purchase.received_on = content.on, content.received_on or today
    purchase.due_on = content.due_on or usual_due_date(content.supplier, content.on)
    purchase.purpose, purchase.note = content.purpose, content.note
    purchase.currency, purchase.currency_note = content.currency, content.currency_note
    purchase.order, purchase.advanced_by = content.order, content.advanced_by
    purchase.split_key = content.split_key
    purchase.total_net, purchase.total_tax, purchase.total_gross = figures.net, figures.tax, figures.gross
    refuse_known(purchase)
    return figures


def usual_due_date(supplier: Supplier, on: date) -> date:
    days = supplier.payment_days if supplier.payment_days is not None else USUAL_DAYS
    return due_on(on, days=days, end_of_month=supplier.payment_end_of_month)


def refuse_known(purchase: Purchase) -> None:
    """Raises PurchaseKnown when the supplier's document of that number and year is here already."""
    known = same_purchase(purchase.supplier, purchase.number, purchase.on, but=purchase.pk)
    if known is not None:
        raise PurchaseKnown(known)


def save_once(purchase: Purchase) -> None:
    """Saves; another hand that saved the same document meanwhile is told like any second one."""
    try:
        with transaction.atomic():
            purchase.save()
    except IntegrityError as error:
        if "purchase_once" not in str(error):
            raise
        refuse_known(purchase)
        raise Refused(Code.DUPLICATE, _("Cette facture est déjà enregistrée."), field="number") from error


def write_parts(
    purchase: Purchase,
    lines: Sequence[PurchaseLineContent],
    taxes: Sequence[Printed],
    weights: Mapping[AnalyticAccount, Decimal],
) -> None:
    """Does: writes lines, taxes and shares in the place of the former ones. Refuses: VAT of a rate that no
    line bears, a share below nothing. Leaves behind: the rows, exact to the cent."""
    borne = _borne(lines, taxes, weights)
    for part in (purchase.lines, purchase.taxes, purchase.shares):
        part.all().delete()
    PurchaseLine.objects.bulk_create(
        PurchaseLine(
            purchase=purchase,
            position=position,
            label=line.label,
            quantity=line.quantity,
            net=line.net,
            rate=line.rate,
            account=line.account,
            recovery=line.recovery,
            section=line.section,
            order_line=line.order_line,
            fund=line.fund,
        )
        for position, line in enumerate(lines, start=1)
    )
    PurchaseTax.objects.bulk_create(
        PurchaseTax(purchase=purchase, rate=one.rate, base=one.net, tax=one.tax) for one in taxes
    )
    by_key = {section.pk: weight for section, weight in weights.items()}
    PurchaseShare.objects.bulk_create(
        _share(purchase, key, one, by_key.get(key)) for key, one in borne.items()
    )


def _share(purchase: Purchase, section_id: int, borne: Borne, weight: Decimal | None) -> PurchaseShare:
    amounts = {"net": borne.net, "tax": borne.tax, "gross": borne.gross}
    return PurchaseShare(purchase=purchase, section_id=section_id, weight=weight, **amounts)


def cells_of(purchase: Purchase) -> tuple[Cell, ...]:
    """The cells of a stored purchase, for its entry."""
    lines = [
        CostLine(
            account=line.account.number if line.account else "",
            net=line.net,
            rate=line.rate,
            recovery=line.recovery,
            section_id=line.section_id,
            fund_id=line.fund_id,
        )
        for line in purchase.lines.select_related("account")
    ]
    taxes = {one.rate: one.tax for one in purchase.taxes.all()}
    weights = {one.section_id: one.weight for one in purchase.shares.all() if one.weight is not None}
    return split(lines, taxes, weights)


def weights_of(content: PurchaseContent) -> dict[AnalyticAccount, Decimal]:
    """Who bears the lines that name nobody: the key on that day, else the activity, else the shared services.
    Raises Refused when the key weighs nothing that day."""
    if content.split_key is not None:
        found = weights_of_key(content.split_key, content.on)
        if not found:
            raise Refused(
                Code.VALUE_INVALID,
                _("La clé « %(name)s » n’a aucune part au %(day)s.")
                % {"name": content.split_key.name, "day": day(content.on)},
                field="split_key",
            )
        return found
    if all(line.section is not None for line in content.lines):
        return {}
    section = section_of(content.activity) if content.activity else shared_section()
    return {section: Decimal(1)}


def figures_of(content: PurchaseContent) -> Figures:
    """The taxes and totals of lines that agree with what is printed. Raises Refused with both figures."""
    computed = computed_taxes([(line.net, line.rate) for line in content.lines])
    net = sum((line.net for line in content.lines), ZERO)
    if content.tax is None:
        taxes = computed
    else:
        followed = with_printed_tax(computed, content.tax, lines=len(content.lines))
        if followed is None:
            found = sum((one.tax for one in computed), ZERO)
            raise Refused(Code.AMOUNT_INVALID, _tax_gap(found, content.tax), field="tax")
        taxes = followed
    tax = sum((one.tax for one in taxes), ZERO)
    if net + tax != content.gross:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Les lignes font %(found)s TTC ; la facture dit %(printed)s : corrigez une ligne, ou le total.")
            % {"found": money(net + tax), "printed": money(content.gross)},
            field="gross",
        )
    return Figures(tuple(taxes), net, tax, content.gross)


def _tax_gap(found: Decimal, printed: Decimal) -> str:
    return _("Les lignes font %(found)s de TVA ; la facture dit %(printed)s : vérifiez les taux.") % {
        "found": money(found),
        "printed": money(printed),
    }


def _borne(
    lines: Sequence[PurchaseLineContent],
    taxes: Sequence[Printed],
    weights: Mapping[AnalyticAccount, Decimal],
) -> dict[int, Borne]:
    costs = [
        CostLine(
            account=line.account.number if line.account else "",
            net=line.net,
            rate=line.rate,
            recovery=line.recovery,
            section_id=line.section.pk if line.section else None,
        )
        for line in lines
    ]
    try:
        cells = split(
            costs,
            {one.rate: one.tax for one in taxes},
            {section.pk: weight for section, weight in weights.items()},
        )
    except RateWithoutLine as error:
        raise Refused(
            Code.VALUE_INVALID,
            _("De la TVA à %(rate)s %% est imprimée, mais aucune ligne n’est à ce taux.")
            % {"rate": f"{percent(error.rate).normalize():f}".replace(".", ",")},
            field="lines",
        ) from error
    borne = borne_by_section(cells)
    if any(one.gross < ZERO for one in borne.values()):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une activité porterait une part négative : donnez la remise à la ligne qu’elle réduit."),
            field="lines",
        )
    return borne


def _checked(content: PurchaseContent, *, today: date) -> PurchaseContent:
    content = replace(
        content,
        number=one_line(content.number, "number", _("Recopiez le numéro de la facture."), most=_NUMBER),
        purpose=" ".join(content.purpose.split()),
        currency=content.currency.strip().upper() or EURO,
        currency_note=" ".join(content.currency_note.split()),
    )
    refuse_long(content.purpose, "purpose", _PURPOSE)
    refuse_long(content.note, "note", _NOTE)
    refuse_long(content.currency_note, "currency_note", _FOREIGN)
    if not number_key(content.number):
        raise Refused(Code.VALUE_INVALID, _("Ce numéro n’a ni lettre ni chiffre."), field="number")
    if content.currency != EURO and not content.currency_note:
        raise Refused(
            Code.VALUE_MISSING,
            _("Dites le montant dans la devise de la facture : l’achat est tenu en euros."),
            field="currency_note",
        )
    _check_days(content, today=today)
    _check_parties(content)
    _check_lines(content)
    return content


def _check_days(content: PurchaseContent, *, today: date) -> None:
    if content.on > today:
        raise Refused(Code.DATE_INVALID, _("Une facture n’est pas datée d’un jour à venir."), field="on")
    if content.due_on is not None and content.due_on < content.on:
        raise Refused(
            Code.DATE_INVALID, _("L’échéance ne précède pas la date de la facture."), field="due_on"
        )
    closed = content.activity.closed_on if content.activity else None
    if closed is not None and content.on > closed:
        raise Refused(
            Code.DATE_INVALID,
            _("« %(name)s » a fermé le %(day)s : cet achat n’est pas pour elle.")
            % {"name": content.activity.name, "day": day(closed)},  # type: ignore[union-attr]
            field="activity",
        )


def _check_parties(content: PurchaseContent) -> None:
    if content.supplier.is_archived:
        raise Refused(
            Code.VALUE_INVALID, _("Ce fournisseur est archivé : reprenez d’abord sa fiche."), field="supplier"
        )
    order = content.order
    if order is not None and (order.supplier_id, order.activity_id) != (
        content.supplier.pk,
        content.activity.pk if content.activity else None,
    ):
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette commande est d’un autre fournisseur ou d’une autre activité."),
            field="order",
        )


def _check_lines(content: PurchaseContent) -> None:
    if not content.lines:
        raise Refused(Code.EMPTY_DOCUMENT, _("Saisissez au moins une ligne."), field="lines")
    if len(content.lines) > MAX_PURCHASE_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un achat compte au plus %(most)d lignes.") % {"most": MAX_PURCHASE_LINES},
            field="lines",
        )
    for place, line in enumerate(content.lines):
        one_line(line.label, f"lines-{place}-label", _("Nommez cette ligne."), most=_LABEL)
        if line.net != cents(line.net) or abs(line.net) > MAX_PURCHASE_TOTAL:
            raise Refused(
                Code.AMOUNT_INVALID, _("Un montant s’arrête au centime."), field=f"lines-{place}-net"
            )
        if not (Decimal(0) <= line.rate <= 1 and Decimal(0) <= line.recovery <= 1):
            raise Refused(Code.VALUE_INVALID, _("Un taux va de 0 à 100 %."), field=f"lines-{place}-rate")
    if not CENT <= content.gross <= MAX_PURCHASE_TOTAL:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le total d’un achat est positif ; un avoir aussi, sa nature dit qu’il vient en moins."),
            field="gross",
        )
