"""The totals beside the lines being typed: counted by the server, from the lines that can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from invoicing.calculations.disbursements import Disbursement, asked_back
from invoicing.calculations.discounts import spread
from invoicing.calculations.totals import Adjustment, PricedLine, Totals, document_totals, line_net
from invoicing.calculations.variants import Variant, extremes_of
from invoicing.forms.drafts import SaleForm
from invoicing.forms.lines import PREFIX, LineFormSet, LinesBase
from invoicing.models import VatRate
from invoicing.selectors.customers import customers_of
from invoicing.selectors.warnings import warnings_of
from invoicing.states.sales import CONTRIBUTION_CATEGORIES, SaleNature
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.kinds import INVOICE, KINDS


@dataclass(frozen=True)
class ShownTotals:
    """The totals, how many lines could not be counted, and what the contribution would take."""

    totals: Totals
    before: Decimal
    options: Decimal
    left_out: int
    disbursed: Decimal
    estimate: Estimate | None
    # What stays with the cheapest variants, then with the dearest; empty without variants.
    rests: tuple[Decimal, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def discount(self) -> Decimal:
        """What the discount on the whole takes off."""
        return self.before - self.totals.net

    @property
    def to_pay(self) -> Decimal:
        return self.totals.gross + self.disbursed

    @property
    def rest(self) -> Decimal:
        """What stays with the activity after the contribution (ACC-19)."""
        return self.totals.net - (self.estimate.taken if self.estimate is not None else ZERO)


@dataclass(frozen=True)
class Row:
    """A line that can be counted: its place among those written, its price, what it sells."""

    place: int
    line: PricedLine
    category: str

    @property
    def net(self) -> Decimal:
        return line_net(self.line)


@dataclass(frozen=True)
class Sums:
    """What the lines make, less the discount on the whole."""

    before: Decimal
    totals: Totals
    nets: dict[str, Decimal]


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
    read = lines if lines.is_bound else _as_sent(lines)
    read.is_valid()
    rows = _readable(read)
    for row in rows:
        lines.forms[read.written[row.place][0]].net = row.net
    inside = {place for variant in read.variants for place in variant.places}
    read_head = _read(head)
    sums = _sums(rows, read_head)
    customer = read_head.cleaned_data.get("customer")
    warnings = warnings_of(user, kind=kind, customer=customer, net=sums.totals.net, on=timezone.localdate())
    return ShownTotals(
        totals=sums.totals,
        before=sums.before,
        options=sum((row.net for row in rows if row.line.optional and row.place not in inside), ZERO),
        left_out=len(read.written) - len(rows),
        disbursed=asked_back(Disbursement(one.label, one.amount) for one in read_head.disbursements()),
        estimate=_estimate(activity, sums.nets),
        rests=_rests(read.variants, rows, read_head, activity),
        warnings=tuple(warnings),
    )


def _readable(read: LinesBase) -> list[Row]:
    """The lines that have a price, a quantity, a rate, and a discount within them."""
    found = []
    for place, (_place, form) in enumerate(read.written):
        priced = form.priced()
        if priced is not None and _is_worth_something(priced):
            nature = form.cleaned_data.get("nature") or SaleNature.SERVICES
            found.append(Row(place, priced, CONTRIBUTION_CATEGORIES[nature]))
    return found


def _sums(rows: Sequence[Row], head: SaleForm) -> Sums:
    lines = [row.line for row in rows]
    discounts = _spread(lines, head.discounts())
    sold = [
        Sold(row.category, (row.line.category, row.line.rate), row.net)
        for row in rows
        if not row.line.optional
    ]
    totals = document_totals(lines, discounts=discounts)
    return Sums(document_totals(lines).net, totals, nets_by_category(sold, discounts))


def _rests(
    variants: Sequence[Variant], rows: Sequence[Row], head: SaleForm, activity: Activity | None
) -> tuple[Decimal, ...]:
    """What stays with the cheapest variant of each choice, then with the dearest."""
    nets = dict.fromkeys((place for one in variants for place in one.places), ZERO)
    nets |= {row.place: row.net for row in rows}
    found = []
    for taken in extremes_of(variants, nets):
        left = {place for one in variants if one not in taken for place in one.places}
        kept = {place for one in taken for place in one.places}
        picked = [
            replace(row, line=replace(row.line, optional=row.place in left))
            if row.place in left | kept
            else row
            for row in rows
        ]
        sums = _sums(picked, head)
        given = _estimate(activity, sums.nets)
        if given is not None:
            found.append(sums.totals.net - given.taken)
    return tuple(found)


def _read(head: SaleForm) -> SaleForm:
    """The head, read: what cannot be is absent."""
    if not head.is_bound:
        names = ("customer", "total_discount_rate", "total_discount_amount", *head.disbursement_names)
        sent = {name: str(head[name].value() or "") for name in names if name in head.fields}
        head = type(head)(sent, customers=head.fields["customer"].customers)
    head.is_valid()
    return head


def _spread(lines: list[PricedLine], typed: dict[str, Decimal | None]) -> tuple[Adjustment, ...]:
    """The discount on the whole, as long as it is possible."""
    try:
        return spread(lines, rate=typed["discount_rate"], amount=typed["discount_amount"])
    except ValueError:
        return ()


def _estimate(activity: Activity | None, nets: Mapping[str, Decimal]) -> Estimate | None:
    """What the document would give; None when neither a scale nor a levy takes anything, or
    when nothing is sold."""
    if activity is None:
        return None
    found = estimate(activity, list(nets.items()), timezone.localdate())
    return found if found.says_something and any(nets.values()) else None


def _is_worth_something(line: PricedLine) -> bool:
    try:
        line_net(line)
    except ValueError:
        return False
    return True


def _as_sent(lines: LinesBase) -> LinesBase:
    """The rows shown by a page, as its browser would send them."""
    data = {f"{lines.prefix}-TOTAL_FORMS": str(len(lines.forms)), f"{lines.prefix}-INITIAL_FORMS": "0"}
    for form in lines.forms:
        data |= {form[name].html_name: str(form[name].value() or "") for name in form.fields}
    return type(lines)(data, prefix=lines.prefix, form_kwargs=lines.form_kwargs)
