"""What the page of one draft is made of, whatever its kind: forms, catalogue, totals, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.forms.lines import PREFIX, LineFormSet
from invoicing.forms.rows import item_price, item_values, item_word
from invoicing.models import CatalogueItem, Invoice, TypedForm, VatRate
from invoicing.selectors.customers import customers_of
from invoicing.selectors.disbursements import proofs_offered
from invoicing.selectors.mentions import mentions_offered
from invoicing.selectors.typing import mode_of
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.states.sales import EditorMode
from invoicing.views.gate import gate_of
from invoicing.views.kinds import Document, Kind
from invoicing.views.totals import totals_of


@dataclass(frozen=True)
class Done:
    """What a button did, the button that undoes it, and what that one needs to know."""

    said: str
    undo: str
    removed: str = ""


@dataclass
class Editor:
    """The page, and what was sent to it."""

    request: HttpRequest
    kind: Kind
    activity: Activity
    document: Document | None
    offered: list[Activity]
    form: Any = None
    lines: Any = None
    # Sentences about what a button could not do, the paste it left alone, what was typed and not finished.
    notes: list[str] = field(default_factory=list)
    pasted: str = ""
    done: Done | None = None
    kept: TypedForm | None = None
    unfinished: list[TypedForm] = field(default_factory=list)
    # Another tab saved the draft meanwhile.
    conflict: bool = False

    @cached_property
    def rates(self) -> list[VatRate]:
        """Those of today, and those the draft already uses: an old rate is shown, then refused in words."""
        rates = list(vat_rates_in_force(timezone.localdate()))
        if self.document is not None:
            used = VatRate.objects.filter(pk__in=self.document.lines.values("vat_rate"))
            rates += [rate for rate in used if rate not in rates]
        return rates

    @cached_property
    def items(self) -> list[CatalogueItem]:
        return list(CatalogueItem.objects.offered_to(self.activity))

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The catalogue as the browser needs it, to fill a line at once."""
        rates = self.rates
        return [
            {
                "word": item_word(one),
                "item": one,
                "values": item_values(one, rates),
                "price": item_price(one, rates),
            }
            for one in self.items
        ]

    def draw(
        self,
        *,
        data: Any = None,
        head: dict[str, Any] | None = None,
        rows: list[dict[str, Any]] | None = None,
    ) -> None:
        """Prepares the forms: from what was sent (read), or from values to show (unread)."""
        customers = list(customers_of(self.activity))
        if self.document is not None and self.document.customer not in customers:
            customers.append(self.document.customer)  # archived since the draft was written
        today = timezone.localdate()
        mentions = list(mentions_offered(self.activity, place=self.kind.place, on=today))
        self.form = self.kind.form(data, customers=customers, mentions=mentions, initial=head)
        if not self.kind.options:
            invoice = self.document if isinstance(self.document, Invoice) else None
            self.form.offer_proofs(proofs_offered(self.activity, kept=invoice))
        kwargs = {
            "rates": self.rates,
            "items": self.items,
            "options": self.kind.options,
            "unit": self.activity.trade.unit,
            "usual_vat": self.activity.trade.usual_vat,
        }
        self.lines = LineFormSet(data, prefix=PREFIX, initial=rows or None, form_kwargs=kwargs)

    def focus(self, place: int, field: str) -> None:
        """Where the cursor stands when the page comes back."""
        if 0 <= place < len(self.lines.forms):
            self.lines.forms[place].fields[field].widget.attrs["autofocus"] = True

    def head_typed(self, data: Any) -> dict[str, Any]:
        """The head as it was sent, unread."""
        found: dict[str, Any] = {name: data.get(name, "") for name in self.kind.form.base_fields}
        return found | {"mentions": data.getlist("mentions")}

    @property
    def is_sent(self) -> bool:
        """The page shows again what was sent to it: nothing of it is stored yet."""
        return self.request.method == "POST"

    @property
    def new_url(self) -> str:
        return self.kind.url("new")

    @property
    def address(self) -> str:
        """Where the form is sent: the page of the draft, once there is one."""
        if self.document is None:
            return reverse(self.kind.url("new"))
        return reverse(self.kind.url("edit"), args=[self.document.pk])

    def page(self, *, status: int = 200) -> HttpResponse:
        context = {
            "editor": self,
            "kind": self.kind,
            "form": self.form,
            "lines": self.lines,
            "activity": self.activity,
            "document": self.document,
            "mode": mode_of(self.request.user),
            "modes": EditorMode.choices,
            "gate": gate_of(self.request.user, self.document) if self.document is not None else None,
            "swapped": False,
            "totals": totals_of(
                self.lines, self.form, self.activity, kind=self.kind.code, user=self.request.user
            ),
        }
        return render(self.request, "invoicing/editor.html", context, status=status)
