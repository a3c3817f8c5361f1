"""Internal sales in sight, what was given back of one, and who may buy (INV-31)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from cae.core import audit
from cae.core.facts import Awaited, Todo
from cae.core.models import Document
from cae.core.money import ZERO
from cae.core.permissions import can
from cae.core.plain import with_words
from cae.core.questions import Pile, Tally
from cae.core.search import Hit, amount_in
from cae.core.templatetags.formats import money
from entrepreneurs.models import Activity
from invoicing.models import InternalCredit, InternalSale
from invoicing.models.internal_sales import InternalSaleQuerySet
from invoicing.models.sight import reach, within
from invoicing.states.joint import AGREED, InternalState
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS

QUOTE_FILE, INVOICE_FILE, CREDIT_FILE = (
    "invoicing.internal_quote_file",
    "invoicing.internal_invoice_file",
    "invoicing.internal_credit_file",
)
SALES = gettext_lazy("Ventes internes")
_SALE, _CREDIT = "invoicing.internalsale", "invoicing.internalcredit"


def internal_sales_visible(user: Any) -> InternalSaleQuerySet:
    """What this person sells or buys inside the cooperative, or follows, with the two activities."""
    return InternalSale.objects.visible_to(user).select_related("seller", "buyer", "answered_by__person")


def credited_on(sale: InternalSale) -> Decimal:
    """What credit notes have given back of an internal invoice."""
    return sale.credits.aggregate(sum=Sum("amount"))["sum"] or ZERO


def buyers_for(seller: Activity, *, on: date) -> QuerySet[Activity]:
    """The other activities open that day."""
    return Activity.objects.open_on(on).exclude(pk=seller.pk).order_by("name")


def has_paper(about: InternalSale | InternalCredit, kind: str) -> bool:
    return Document.objects.filter(kind=kind, **audit.about(about)).exists()


def papers_of(sale: InternalSale, given_back: Sequence[InternalCredit]) -> dict[tuple[str, str], int]:
    """The files of a sale and of its credit notes: {(kind, key of what it is about): key of the file}."""
    of_credits = Q(about_type=_CREDIT, about_id__in=[str(one.pk) for one in given_back], kind=CREDIT_FILE)
    of_sale = Q(about_type=_SALE, about_id=str(sale.pk), kind__in=[QUOTE_FILE, INVOICE_FILE])
    rows = Document.objects.filter(of_sale | of_credits).order_by("pk")
    return {(kind, about): pk for kind, about, pk in rows.values_list("kind", "about_id", "pk")}


def without_paper(most: int) -> list[int]:
    """The sales of which a paper was never made."""

    def there(kind: str, about: str = _SALE) -> Exists:
        key = Cast(OuterRef("pk"), CharField())
        return Exists(Document.objects.filter(about_type=about, about_id=key, kind=kind))

    bare = InternalCredit.objects.filter(~there(CREDIT_FILE, _CREDIT)).values("sale")
    waiting = InternalSale.objects.filter(
        Q(pk__in=bare)
        | Q(~there(QUOTE_FILE), state__in=AGREED)
        | Q(~there(INVOICE_FILE), state=InternalState.INVOICED)
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:most])


def find_internals(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the title, of the number or of a name, or by the amount; the latest first."""
    if not can(user, "invoicing.view_internals"):
        return
    seen, amount = internal_sales_visible(user), amount_in(terms)
    rows: QuerySet[InternalSale]
    if amount is not None:
        rows = seen.filter(amount=amount)
    else:
        rows = with_words(seen, terms, "title", "number", "seller__name", "buyer__name")
    for row in rows.order_by("-pk")[:limit]:
        detail = f"{row.seller.name} → {row.buyer.name} · {money(row.amount)}"
        yield Hit(SALES, str(row), detail, row.get_absolute_url(), "arrow-left-right")


def _of_buyer(user: Any, _today: date) -> dict[str, Any] | None:
    own = scopes_with_part(user, SELLING_PARTS)
    return reach(own) if own else None


def _offered() -> QuerySet[InternalSale]:
    return InternalSale.objects.filter(within("buyer"), state=InternalState.OFFERED)


def _to_answer(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Répondre à %(count)d devis interne", "Répondre à %(count)d devis internes", waiting.count
    )
    url = f"{reverse('invoicing:internal_list')}?state={InternalState.OFFERED}"
    yield Todo(label % {"count": waiting.count}, url, since=waiting.since, count=waiting.count)


AWAITED = (
    Awaited(Pile("invoicing.internal_to_answer", lambda: (_offered(), "state_since")), _of_buyer, _to_answer),
)
