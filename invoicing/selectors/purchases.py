"""Purchases in sight: who has each, what is to be looked at before approving it (INV-47)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from accounting.models import AnalyticAccount, PaymentOrder
from accounting.states.payments import OrderState
from cae.core.banks import end_of
from cae.core.fields import MoneyField
from cae.core.templatetags.formats import money
from invoicing.calculations.purchase_entries import left_to_pay
from invoicing.calculations.purchase_match import Gap, GapKind, Invoiced, gaps
from invoicing.engines.incoming import Doubt
from invoicing.engines.records import from_plain
from invoicing.models import Purchase, PurchaseOrder, PurchaseShare, SplitKey, Supplier
from invoicing.selectors.purchase_orders import ordered_lines
from invoicing.selectors.reading_words import doubt_sentence
from invoicing.selectors.suppliers import bank_in_force
from invoicing.states.purchases import EURO, PurchaseKind, PurchaseState, PurchaseStep

# Kept by readings of this room, beside the doubts of the engine.
SELF_ASSESSED, LINES_COMPLETED = "self_assessed", "lines_completed"

SHAPES: dict[str, tuple[str, str]] = {
    PurchaseState.RECEIVED: ("info", "●"),
    PurchaseState.CHECKING: ("warning", "◇"),
    PurchaseState.APPROVED: ("success", "●"),
    PurchaseState.DISPUTED: ("danger", "▲"),
    PurchaseState.REFUSED: ("neutral", "✕"),
    PurchaseState.ORDERED: ("info", "◇"),
    PurchaseState.PAID: ("success", "✔"),
}


def status_of_purchase(purchase: Purchase, *, on: date) -> tuple[str, str, str]:
    """Tone, shape and word; late when the supplier waits for what was approved."""
    tone, shape = SHAPES[purchase.state]
    word = str(purchase.get_state_display())
    if purchase.state in (PurchaseState.APPROVED, PurchaseState.ORDERED) and purchase.is_overdue(on):
        return ("danger", "▲", _("%(state)s, échu") % {"state": word})
    return (tone, shape, word)


def number_key(number: str) -> str:
    """Letters and digits alone, in capitals: « fa 2026/12 » is « FA202612 »."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def same_purchase(supplier: Supplier, number: str, on: date, *, but: int | None = None) -> Purchase | None:
    """The document of this supplier that has this number in this year; refused ones apart."""
    rows = Purchase.objects.filter(supplier=supplier, number_key=number_key(number), on__year=on.year)
    rows = rows.exclude(state=PurchaseState.REFUSED).select_related("supplier")
    return (rows if but is None else rows.exclude(pk=but)).first()


def weights_of_key(key: SplitKey, on: date) -> dict[AnalyticAccount, Decimal]:
    """What each section weighs in a key on a day."""
    parts = key.parts.in_force(on).select_related("section").order_by("section__label", "pk")
    return {part.section: part.weight for part in parts}


def purchases_visible(user: Any) -> QuerySet[Purchase]:
    """Adds `signed_net` and `signed_gross`: what a credit note gives back is below zero."""
    sign = Case(When(kind=PurchaseKind.CREDIT_NOTE, then=Value(-1)), default=Value(1))
    seen = Purchase.objects.visible_to(user).select_related("supplier", "activity", "advanced_by")
    return seen.annotate(
        signed_net=ExpressionWrapper(F("total_net") * sign, output_field=MoneyField()),
        signed_gross=ExpressionWrapper(F("total_gross") * sign, output_field=MoneyField()),
    )


def at_step(rows: QuerySet[Purchase], step: str, *, on: date) -> QuerySet[Purchase]:
    """Narrows a list to those of whom something is expected."""
    conditions = {
        PurchaseStep.TO_TAKE: Q(state=PurchaseState.RECEIVED),
        PurchaseStep.TO_APPROVE: Q(state=PurchaseState.CHECKING),
        PurchaseStep.TO_PAY: Q(state=PurchaseState.APPROVED, kind=PurchaseKind.INVOICE),
        PurchaseStep.OVERDUE: Q(
            state__in=[PurchaseState.APPROVED, PurchaseState.ORDERED],
            kind=PurchaseKind.INVOICE,
            due_on__lt=on,
        ),
        PurchaseStep.DISPUTED: Q(state=PurchaseState.DISPUTED),
    }
    return rows.filter(conditions[PurchaseStep(step)])


def shares_of(purchase: Purchase) -> list[PurchaseShare]:
    return list(purchase.shares.select_related("section__activity"))


def credits_on(purchase: Purchase) -> list[Purchase]:
    """The credit notes imputed on an invoice."""
    return list(purchase.imputed.prefetch_related("shares").order_by("on", "pk"))


def left_of(purchase: Purchase) -> dict[int, Decimal]:
    """What each section still pays of a purchase, credit notes imputed on it taken off."""
    owed = {share.section_id: share.gross for share in purchase.shares.all()}
    notes = [{one.section_id: one.gross for one in note.shares.all()} for note in credits_on(purchase)]
    return left_to_pay(owed, notes)


def invoices_to_impute_on(note: Purchase) -> QuerySet[Purchase]:
    """The approved invoices of the same supplier, or of the same person who advanced them."""
    return Purchase.objects.filter(
        kind=PurchaseKind.INVOICE,
        state=PurchaseState.APPROVED,
        supplier=note.supplier_id,
        advanced_by=note.advanced_by_id,
    ).order_by("due_on", "pk")


def payment_orders_of(purchase: Purchase) -> QuerySet[PaymentOrder]:
    """The payment orders of its shares, withdrawn ones apart."""
    kind = ContentType.objects.get_for_model(PurchaseShare)
    keys = purchase.shares.values_list("pk", flat=True)
    orders = PaymentOrder.objects.filter(source_type=kind, source_id__in=list(keys))
    return orders.exclude(state=OrderState.WITHDRAWN).select_related("section").order_by("pk")


def gaps_with_order(purchase: Purchase) -> list[Gap]:
    """Where an invoice differs from its order; nothing without order."""
    if purchase.order is None or purchase.is_credit_note:
        return []
    lines = [
        Invoiced(line.label, line.net, line.quantity, line.order_line_id) for line in purchase.lines.all()
    ]
    return gaps(lines, ordered_lines(purchase.order, but=purchase.pk))


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One thing to look at before approving."""

    sentence: str
    grave: bool = False


def doubts_of(purchase: Purchase) -> list[Doubtful]:
    """What is to be looked at, the gravest first: another IBAN, an amount that came twice, what does not add
    up in a file, gaps with the order."""
    found = [*_bank_doubts(purchase), *_twins(purchase)]
    if purchase.currency != EURO:
        words = {"currency": purchase.currency, "note": purchase.currency_note}
        found.append(Doubtful(_("Facture en %(currency)s (%(note)s) : vérifiez le montant débité.") % words))
    found += [Doubtful(_doubt_words(doubt, purchase.currency)) for doubt in purchase.doubts]
    found += [Doubtful(_gap_words(gap)) for gap in gaps_with_order(purchase)]
    return found


def _bank_doubts(purchase: Purchase) -> list[Doubtful]:
    if not purchase.iban_seen or purchase.advanced_by_id is not None:
        return []
    known = bank_in_force(purchase.supplier)
    if known is not None and known.iban == purchase.iban_seen:
        return []
    facts = {"seen": end_of(purchase.iban_seen), "known": end_of(known.iban) if known else ""}
    if known is None:
        sentence = _("IBAN imprimé …%(seen)s : aucune coordonnée de ce fournisseur n’est confirmée.")
        return [Doubtful(sentence % facts)]
    sentence = _(
        "ATTENTION : la facture demande un paiement sur l’IBAN …%(seen)s, celui que nous avons confirmé "
        "finit par %(known)s. Appelez le fournisseur à un numéro connu avant tout paiement."
    )
    return [Doubtful(sentence % facts, grave=True)]


def _twins(purchase: Purchase) -> list[Doubtful]:
    """The same supplier, day and amount under another number."""
    rows = Purchase.objects.filter(
        supplier=purchase.supplier_id,
        kind=purchase.kind,
        on=purchase.on,
        total_gross=purchase.total_gross,
    )
    twins = rows.exclude(pk=purchase.pk).exclude(state=PurchaseState.REFUSED).order_by("pk")
    sentence = _("Même fournisseur, même date et même montant que le n° %(number)s : est-ce un doublon ?")
    return [Doubtful(sentence % {"number": twin.number}, grave=True) for twin in twins[:3]]


def _doubt_words(doubt: Mapping[str, str], currency: str) -> str:
    own = {
        SELF_ASSESSED: _("TVA autoliquidée : l’écriture de TVA reste à passer par la comptabilité."),
        LINES_COMPLETED: _("Les lignes du fichier ne font pas son total : une ligne « écart » le complète."),
    }
    if doubt["code"] in own:
        return own[doubt["code"]]
    return doubt_sentence(from_plain(Doubt, doubt), currency=currency)


def _gap_words(gap: Gap) -> str:
    words = {"label": gap.label, "wanted": _figure(gap, gap.wanted), "found": _figure(gap, gap.found)}
    sentences = {
        GapKind.PRICE: _("« %(label)s » : commandé à %(wanted)s l’unité, facturé %(found)s."),
        GapKind.QUANTITY: _("« %(label)s » : il restait %(wanted)s à facturer, %(found)s le sont."),
        GapKind.NOT_RECEIVED: _("« %(label)s » : %(wanted)s reçus, %(found)s facturés en tout."),
        GapKind.NOT_ORDERED: _("« %(label)s » (%(found)s) ne figure pas sur la commande."),
    }
    return sentences[gap.kind] % words


def _figure(gap: Gap, value: Decimal) -> str:
    if gap.kind in (GapKind.PRICE, GapKind.NOT_ORDERED):
        return str(money(value))
    return f"{value.normalize():f}".replace(".", ",")


def orders_to_match(supplier_id: int, activity_id: int | None) -> QuerySet[PurchaseOrder]:
    """The orders that a new purchase may answer."""
    return PurchaseOrder.objects.filter(
        supplier=supplier_id, activity=activity_id, number__isnull=False
    ).order_by("-approved_on", "-pk")
