"""What sales and spending put on the desk of the accountant, and what they lack before a month is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.selectors.closing_checks import Missing, register_check
from accounting.selectors.corrections import register_correction
from accounting.selectors.desk import DeskLine, DeskList, DeskPile, Found, day_of, of_rows, register_pile
from cae.core.money import ZERO
from cae.core.periods import Month
from invoicing.models import ExpenseAdvance, ExpenseClaim, ExpenseLine, Invoice, Purchase
from invoicing.states.claims import AdvanceState
from invoicing.states.expenses import ClaimState, LineDecision
from invoicing.states.purchases import PurchaseKind, PurchaseState


def claims_to_check() -> QuerySet[Any]:
    """Each with `asked`, what its lines come to."""
    lines = ExpenseLine.objects.filter(claim=OuterRef("pk")).exclude(decision=LineDecision.REFUSED)
    sums = Subquery(lines.order_by().values("claim").annotate(sum=Sum("amount")).values("sum"))
    rows = ExpenseClaim.objects.filter(state=ClaimState.SUBMITTED).select_related("person", "activity")
    return rows.annotate(asked=Coalesce(sums, ZERO))


def purchases_to_approve() -> QuerySet[Purchase]:
    waiting = Q(state=PurchaseState.CHECKING) | Q(state=PurchaseState.RECEIVED, activity=None)
    return Purchase.objects.filter(waiting).select_related("supplier", "activity")


def _claims(_today: date) -> Found:
    def line(row: Any) -> DeskLine:
        url = row.get_absolute_url()
        return DeskLine(
            f"{row.person} · {row.month_said}", url, day_of(row.state_since), row.asked, row.activity.name
        )

    return of_rows(claims_to_check(), line, since="state_since", amount="asked")


def _advances(_today: date) -> Found:
    url = reverse("invoicing:advance_list") + f"?state={AdvanceState.ASKED}"
    rows = ExpenseAdvance.objects.filter(state=AdvanceState.ASKED).select_related("person", "activity")

    def line(row: ExpenseAdvance) -> DeskLine:
        return DeskLine(
            f"{row.person} · {row.purpose}", url, day_of(row.created_at), row.amount, row.activity.name
        )

    return of_rows(rows, line, since="created_at", amount="amount")


def _purchase(row: Purchase, since: date) -> DeskLine:
    activity = row.activity.name if row.activity else ""
    words = f"{row.supplier.name} · {row.number}"
    return DeskLine(words, row.get_absolute_url(), since, row.total_gross, activity)


def _purchases(_today: date) -> Found:
    return of_rows(
        purchases_to_approve(),
        lambda row: _purchase(row, day_of(row.state_since)),
        since="state_since",
        amount="total_gross",
    )


def _due(today: date) -> Found:
    """Approved, due, and in no order of payment yet: paid by direct debit, or to be ordered."""
    rows = Purchase.objects.filter(
        state=PurchaseState.APPROVED, kind=PurchaseKind.INVOICE, due_on__lte=today
    ).select_related("supplier", "activity")
    return of_rows(rows, lambda row: _purchase(row, row.due_on), since="due_on", amount="total_gross")


def _late(today: date) -> Found:
    rows = Invoice.objects.overdue(today).annotate(desk_due=F("balance__due"))

    def line(row: Any) -> DeskLine:
        words = f"{row.customer.name} · {row.number}"
        return DeskLine(words, row.get_absolute_url(), row.due_on, row.desk_due, row.activity.name)

    known = rows.select_related("customer", "activity").defer("facts")
    return of_rows(known, line, since="due_on", amount="desk_due")


def claims_left(month: Month) -> Missing | None:
    """Claims of the month, or before, that nobody answered."""
    rows = claims_to_check().filter(month__lte=month.first)
    words = ngettext(
        "%(count)d note de frais est à vérifier.", "%(count)d notes de frais sont à vérifier.", len(rows)
    )
    return _left(
        [(day_of(row.state_since), row.asked) for row in rows], words, reverse("invoicing:claim_queue")
    )


def purchases_left(month: Month) -> Missing | None:
    """Purchases dated in the month, or before, that are not in the books."""
    rows = purchases_to_approve().filter(on__lte=month.last)
    words = ngettext("%(count)d achat est à approuver.", "%(count)d achats sont à approuver.", len(rows))
    url = f"{reverse('invoicing:purchase_list')}?step=to_approve"
    return _left([(row.on, row.total_gross) for row in rows], words, url)


def _left(rows: list[tuple[date, Any]], words: str, url: str) -> Missing | None:
    if not rows:
        return None
    return Missing(
        sentence=words % {"count": len(rows)},
        url=url,
        count=len(rows),
        amount=sum((amount for _on, amount in rows), ZERO),
        since=min(on for on, _amount in rows),
    )


def register_accountant_desk() -> None:
    """Called once, when the room starts."""
    check, pay, claim = DeskList.CHECK, DeskList.PAY, DeskList.CLAIM
    asked = f"advance_list?state={AdvanceState.ASKED}"
    for code, where, title, verb, page, find in (
        ("claims", check, _("Notes de frais"), _("Vérifier"), "claim_queue", _claims),
        ("advances", check, _("Demandes d’avance"), _("Répondre"), asked, _advances),
        ("purchases", check, _("Achats"), _("Approuver"), "purchase_list?step=to_approve", _purchases),
        ("due", pay, _("Achats échus"), _("Payer"), "purchase_list?step=to_pay", _due),
        ("late", claim, _("Factures en retard"), _("Relancer"), "chased_list", _late),
    ):
        register_pile(DeskPile(f"invoicing.{code}", where, title, verb, f"invoicing:{page}", find))
    for label, sentence in (
        ("invoice", _("Cette écriture vient d’une vente : faites un avoir, ou annulez le règlement.")),
        ("purchase", _("Cette écriture vient d’un achat : annulez l’approbation ou le paiement de l’achat.")),
        ("expenseclaim", _("Cette écriture vient d’une note de frais : annulez son approbation.")),
        ("internalsale", _("Cette écriture vient d’une vente interne : faites un avoir interne.")),
    ):
        register_correction(f"invoicing.{label}", sentence)
    register_check("claims", label=_("Notes de frais"), find=claims_left, order=50)
    register_check("purchases", label=_("Achats"), find=purchases_left, order=55)
