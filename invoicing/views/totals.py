"""The totals beside the lines being typed: counted by the server, from the lines that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounting.selectors.scales import scale_of
from cae.core.money import cents
from entrepreneurs.models import Activity
from invoicing.calculations.totals import PricedLine, Totals, document_totals, line_net
from invoicing.forms.lines import LinesBase


@dataclass(frozen=True)
class ShownTotals:
    """The totals, how many lines could not be counted, and the rate of the contribution if one is known."""

    totals: Totals
    left_out: int
    contribution: Decimal | None

    @property
    def rest(self) -> Decimal:
        """What stays with the activity after the contribution: an estimate, the books have the last word."""
        return self.totals.net - cents(self.totals.net * (self.contribution or Decimal(0)))


def contribution_rate(activity: Activity) -> Decimal | None:
    """The flat rate that this activity's sales give to the shared services today."""
    scale = scale_of(activity, timezone.localdate())
    return scale.rate if scale else None


def totals_of(lines: LinesBase, contribution: Decimal | None) -> ShownTotals:
    """Counts the lines of a page, sent (bound) or only shown; each row learns what it is worth."""
    read = lines
    if not lines.is_bound:
        read = type(lines)(_as_sent(lines), prefix=lines.prefix, form_kwargs=lines.form_kwargs)
    read.is_valid()
    counted, left_out = [], 0
    for place, form in read.written:
        priced = form.priced()
        if priced is None or not _is_worth_something(priced):
            left_out += 1
            continue
        lines.forms[place].net = line_net(priced)
        counted.append(priced)
    return ShownTotals(document_totals(counted), left_out, contribution)


def _is_worth_something(line: PricedLine) -> bool:
    try:
        line_net(line)
    except ValueError:
        return False
    return True


def _as_sent(lines: LinesBase) -> dict[str, str]:
    """The values shown by a page, as its browser would send them."""
    data = {f"{lines.prefix}-TOTAL_FORMS": str(len(lines.forms)), f"{lines.prefix}-INITIAL_FORMS": "0"}
    for form in lines.forms:
        data |= {form[name].html_name: str(form[name].value() or "") for name in form.fields}
    return data
