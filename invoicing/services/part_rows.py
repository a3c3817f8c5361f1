"""The lines and amounts of each part of a quote, computed from what was agreed: nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cae.core.money import ZERO
from cae.core.templatetags.formats import day, money, percent
from entrepreneurs.states.trades import Unit
from invoicing.calculations.progress import Group, WorkLine, held, recovered
from invoicing.calculations.schedule import Groups, by_nature, of_nets
from invoicing.calculations.totals import TaxGroup, Totals, totals_of_groups
from invoicing.models import InvoiceLine, QuoteLine, VatRate
from invoicing.selectors.parts import MadePart, Vein, Work, group_of
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import MAX_LABEL


@dataclass(frozen=True)
class Content:
    """What a part says: its lines in order, its totals, the discount on the whole that it takes."""

    rows: list[InvoiceLine]
    totals: Totals
    discount: Decimal = ZERO

    @property
    def figures(self) -> tuple[list[Decimal], list[TaxGroup]]:
        """What two contents have in common when they ask the same."""
        return [row.net for row in self.rows], [one for one in self.totals.breakdown if one.net or one.tax]


def rows_of_groups(work: Work, groups: Groups, *, label: str) -> Content:
    """One line for each rate and nature of sale: a deposit, or an instalment."""
    veins = work.veins_left()
    rows = []
    for group in groups:
        left = {nature: net for (key, nature), net in veins.items() if key == (group.category, group.rate)}
        parts = by_nature(group.net, left) or {next(iter(left)): group.net}
        for nature, net in parts.items():
            rows.append(_row(label, net, work, ((group.category, group.rate), nature)))
    return Content(rows, totals_of_groups(groups))


def rows_of_balance(work: Work) -> Content:
    """All that was agreed, less each document already issued: what remains of each rate, net and tax."""
    rows = [_copied(line, title) for line, title in titled(work)]
    for part in work.parts:
        for vein, net in part.veins.items():
            if net:
                rows.append(_taken_off(part, -net, work, vein))
    discount = sum((off.net for one in work.accepted for off in one.discounts), ZERO)
    return Content(rows, totals_of_groups(_every_rate(work, work.left)), discount)


def rows_of_progress(work: Work, reached: Mapping[int, Decimal]) -> Content:
    """Each line to the share reached, less what was invoiced of it; the deposit comes back at that pace."""
    rows, done = [], dict.fromkeys((group_of(line) for line in work.lines), ZERO)
    total = dict(done)
    for line, title in titled(work):
        known = work.work_lines[line.pk]
        share = reached.get(line.pk, known.reached)
        net = known.to(share) if line.pk in reached else ZERO
        done[known.group] += known.invoiced + net
        total[known.group] += known.amount
        if net:
            rows.append(_advanced(line, net, share, known, title))
    for deposit in work.deposits:
        rows += _recovery(work, deposit, done, total)
    nets: dict[Group, Decimal] = {}
    for row in rows:
        nets[group_of(row)] = nets.get(group_of(row), ZERO) + row.net
    groups = {(group.category, group.rate): group for group in of_nets(work.left, nets)}
    found = [groups.get(key, TaxGroup(*key, ZERO, ZERO)) for key in nets]
    return Content(rows, totals_of_groups(found))


def retained_of(content: Content, rate: Decimal | None) -> Decimal:
    return held(content.totals.gross, rate)


def _recovery(
    work: Work, deposit: MadePart, done: Mapping[Group, Decimal], total: Mapping[Group, Decimal]
) -> Iterator[InvoiceLine]:
    """What this document takes of a deposit: per rate, cut between natures by what is left of each."""
    for group in deposit.groups:
        key = (group.category, group.rate)
        own = {nature: net for (rate, nature), net in deposit.veins.items() if rate == key}
        before = {nature: deposit.recovered.get((key, nature), ZERO) for nature in own}
        taken = recovered(
            group.net,
            before=sum(before.values(), ZERO),
            done=done.get(key, ZERO),
            total=total.get(key, ZERO),
        )
        for nature, net in by_nature(taken, {one: own[one] - before[one] for one in own}).items():
            yield _taken_off(deposit, -net, work, (key, nature))


def titled(work: Work) -> Iterator[tuple[QuoteLine, str]]:
    """The lines of the work with the title that each opens; each quote under its number when there are
    amendments."""
    for one in work.accepted:
        several, title, group = len(work.accepted) > 1, "", ""
        for line in one.lines:
            group = line.group_title or group
            wanted = " · ".join(filter(None, (str(one.quote) if several else "", group)))
            yield line, "" if wanted == title else wanted[:MAX_LABEL]
            title = wanted


def _every_rate(work: Work, left: Groups) -> list[TaxGroup]:
    """The rates of the lines, with what is left of each, nothing too."""
    known = {(group.category, group.rate): group for group in left}
    keys = dict.fromkeys((group.category, group.rate) for group in work.groups)
    return [known.get(key, TaxGroup(*key, ZERO, ZERO)) for key in keys]


_KEPT = (
    "label",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "nature",
    "discount_rate",
    "discount_amount",
    "vat_rate",
    "item",
    "net",
)


def _copied(line: QuoteLine, title: str) -> InvoiceLine:
    kept = {name: getattr(line, name) for name in _KEPT}
    return InvoiceLine(**kept, group_title=title, borne_by_id=line.borne_by_id)


def _advanced(line: QuoteLine, net: Decimal, share: Decimal, known: WorkLine, title: str) -> InvoiceLine:
    said = {"share": percent(share), "amount": money(known.amount), "before": money(known.invoiced)}
    told = _("Avancement : %(share)s de %(amount)s HT.") % said
    if known.invoiced:
        told = _("Avancement : %(share)s de %(amount)s HT, dont %(before)s déjà facturés.") % said
    return InvoiceLine(
        label=line.label,
        description=told,
        group_title=title,
        quantity=Decimal(1 if net > 0 else -1),
        unit=Unit.LUMP_SUM,
        unit_price=abs(net),
        nature=line.nature,
        vat_rate=line.vat_rate,
        net=net,
        quote_line=line,
        reached=share,
        borne_by_id=line.borne_by_id,
    )


def _taken_off(part: MadePart, net: Decimal, work: Work, vein: Vein) -> InvoiceLine:
    invoice = part.invoice
    words = {"number": invoice.number, "day": day(invoice.issued_on)}
    deposit = invoice.part == InvoicePart.DEPOSIT
    label = (
        _("Acompte déduit : %(number)s du %(day)s") if deposit else _("Déjà facturé : %(number)s du %(day)s")
    )
    row = _row(label % words, net, work, vein)
    row.deducts = invoice
    return row


def _row(label: str, net: Decimal, work: Work, vein: Vein) -> InvoiceLine:
    group, nature = vein
    return InvoiceLine(
        label=label,
        quantity=Decimal(1 if net > 0 else -1),
        unit=Unit.LUMP_SUM,
        unit_price=abs(net),
        nature=nature,
        vat_rate=_rate_of(work.lines, group),
        net=net,
    )


def _rate_of(lines: Sequence[QuoteLine], group: Group) -> VatRate:
    return next(line.vat_rate for line in lines if group_of(line) == group)
