"""The totals beside the lines being typed: counted by the server, from the lines that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounting.selectors.contribution import Estimate, estimate
from cae.core.money import ZERO
from cae.core.permissions import requires
from entrepreneurs.models import Activity
from invoicing.calculations.categories import Sold, nets_by_category
from invoicing.calculations.discounts import spread
from invoicing.calculations.totals import Adjustment, PricedLine, Totals, document_totals, line_net
from invoicing.forms.drafts import SaleForm
from invoicing.forms.lines import PREFIX, LineFormSet, LinesBase
from invoicing.models import VatRate
from invoicing.selectors.customers import customers_of
from invoicing.selectors.warnings import warnings_of
from invoicing.states import CONTRIBUTION_CATEGORIES, SaleNature
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.kinds import INVOICE, KINDS


@dataclass(frozen=True)
class ShownTotals:
    """The totals, how many lines could not be counted, and the rate of the contribution if one is known."""

    totals: Totals
    before: Decimal
    options: Decimal
    left_out: int
    estimate: Estimate | None
    warnings: tuple[str, ...] = ()

    @property
    def discount(self) -> Decimal:
        """What the discount on the whole takes off."""
        return self.before - self.totals.net

    @property
    def rest(self) -> Decimal:
        """What stays with the activity after the contribution (ACC-19)."""
        return self.totals.net - (self.estimate.due if self.estimate is not None else ZERO)


@require_POST
@requires("invoicing.create_invoice")
def live_totals(request: HttpRequest) -> HttpResponse:
    """The true totals of what is being typed; nothing is kept."""
    kind = KINDS.get(request.POST.get("kind", ""), INVOICE)
    activity = chosen_activity(request, activities_to_sell_for(request, kind.create_right))
    kwargs = {"rates": list(VatRate.objects.all()), "options": kind.options}
    lines: Any = LineFormSet(request.POST, prefix=PREFIX, form_kwargs=kwargs)
    form = kind.form(request.POST, customers=list(customers_of(activity)) if activity else [])
    totals = totals_of(lines, form, activity, kind=kind.code, user=request.user)
    return render(request, "invoicing/_totals.html", {"totals": totals, "swapped": True})


def totals_of(
    lines: LinesBase, head: SaleForm, activity: Activity | None, *, kind: str, user: Any
) -> ShownTotals:
    """Counts the lines of a page, sent (bound) or only shown; each row learns what it is worth."""
    read = lines
    if not lines.is_bound:
        read = type(lines)(_lines_as_sent(lines), prefix=lines.prefix, form_kwargs=lines.form_kwargs)
    read.is_valid()
    counted: list[PricedLine] = []
    natures: list[str] = []
    left_out = 0
    for place, form in read.written:
        priced = form.priced()
        if priced is None or not _is_worth_something(priced):
            left_out += 1
            continue
        lines.forms[place].net = line_net(priced)
        counted.append(priced)
        natures.append(form.cleaned_data.get("nature") or SaleNature.SERVICES)
    before = document_totals(counted)
    options = sum((line_net(line) for line in counted if line.optional), ZERO)
    read_head = _read(head)
    discounts = _spread(counted, read_head.discounts())
    totals = document_totals(counted, discounts=discounts)
    sold = [
        Sold(CONTRIBUTION_CATEGORIES[nature], (line.category, line.rate), net)
        for nature, line, net in zip(natures, counted, before.line_nets, strict=True)
        if not line.optional
    ]
    customer = read_head.cleaned_data.get("customer")
    return ShownTotals(
        totals=totals,
        before=before.net,
        options=options,
        left_out=left_out,
        estimate=_estimate(activity, nets_by_category(sold, discounts)) if activity else None,
        warnings=tuple(
            warnings_of(user, kind=kind, customer=customer, net=totals.net, on=timezone.localdate())
        ),
    )


def _read(head: SaleForm) -> SaleForm:
    """The head, read: what cannot be is absent."""
    if not head.is_bound:
        names = ("customer", "total_discount_rate", "total_discount_amount")
        sent = {name: str(head[name].value() or "") for name in names}
        head = type(head)(sent, customers=head.fields["customer"].customers)
    head.is_valid()
    return head


def _spread(lines: list[PricedLine], typed: dict[str, Decimal | None]) -> tuple[Adjustment, ...]:
    """The discount on the whole, as long as it is possible."""
    try:
        return spread(lines, rate=typed["discount_rate"], amount=typed["discount_amount"])
    except ValueError:
        return ()


def _estimate(activity: Activity, nets: Mapping[str, Decimal]) -> Estimate | None:
    """What the document would give; None when no scale takes anything, or when nothing is sold."""
    found = estimate(activity, list(nets.items()), timezone.localdate())
    return found if found.scale_label and any(nets.values()) else None


def _is_worth_something(line: PricedLine) -> bool:
    try:
        line_net(line)
    except ValueError:
        return False
    return True


def _lines_as_sent(lines: LinesBase) -> dict[str, str]:
    """The values shown by a page, as its browser would send them."""
    data = {f"{lines.prefix}-TOTAL_FORMS": str(len(lines.forms)), f"{lines.prefix}-INITIAL_FORMS": "0"}
    for form in lines.forms:
        data |= {form[name].html_name: str(form[name].value() or "") for name in form.fields}
    return data
