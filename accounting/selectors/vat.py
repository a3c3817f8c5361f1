"""What a VAT return counts: the lines of the books that belong to it, its boxes, what lacks, its control."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounting.calculations.vat import (
    ADJUSTMENT,
    ASSETS,
    COLLECTED,
    CREDIT,
    DEDUCTED_ROLES,
    DEDUCTIBLE,
    DUE,
    DUE_ROLES,
    NOT_DEDUCTED,
    REVERSE,
    UNKNOWN,
    Box,
    Counted,
    Figure,
    Standing,
    TaxLine,
    box_of_rate,
    figures,
    gathered,
    place,
)
from accounting.models import Entry, EntryLine, VatBox, VatForm, VatReturn
from accounting.selectors.vat_coefficients import coefficients_in_force
from accounting.states.books import BETWEEN_ACTIVITIES, AccountKind, AccountRole
from accounting.states.vat import VatState
from cae.core.facts import Source
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permissions import can

COUNTED_ROLES = (COLLECTED, REVERSE, DEDUCTIBLE, ASSETS)
_KNOWN_ROLES = (*COUNTED_ROLES, AccountRole.VAT_PENDING, DUE, CREDIT)
# All the accounts of the tax on sales; those of the house have a role.
TAX_ACCOUNTS = "445"
_SALES = Q(account__kind=AccountKind.INCOME) & ~Q(account__role__in=BETWEEN_ACTIVITIES)
_UNTAXED = Q(vat_rate=0) & (_SALES | Q(account__role=AccountRole.CUSTOMER_ADVANCE))
_OF_RETURNS = Q(account__number__startswith=TAX_ACCOUNTS) & (
    Q(account__role__isnull=True) | ~Q(account__role__in=_KNOWN_ROLES)
)
_READ = (
    "pk",
    "on",
    "account__role",
    "account__number",
    "vat_rate",
    "vat_kind",
    "debit",
    "credit",
    "vat_base",
    "vat_ruling__rate",
    "vat_ruling__kind",
    "analytic_id",
)


def vat_returns() -> QuerySet[VatReturn]:
    return VatReturn.objects.select_related("filed_by__person", "form")


def return_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each return that an entry comes from, for who may open it."""
    if not can(user, "accounting.view_vat"):
        return {}
    rows = VatReturn.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def first_day() -> date | None:
    """The first day that returns of the house answer for; older lines were declared elsewhere."""
    return VatReturn.objects.order_by("starts_on").values_list("starts_on", flat=True).first()


def form_on(day: date) -> VatForm | None:
    """The version of the form used by a period that begins on a day."""
    return VatForm.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def boxes_of(form: VatForm) -> list[VatBox]:
    return list(form.boxes.order_by("position"))


def as_calculated(boxes: Iterable[VatBox]) -> list[Box]:
    return [
        Box(box.code, rate=box.rate, gathers=tuple(box.gathers), formula=box.formula, overflow=box.overflow)
        for box in boxes
    ]


def lines_concerned() -> QuerySet[EntryLine]:
    """Tax and untaxed sales, but what the returns themselves have posted."""
    kind = ContentType.objects.get_for_model(VatReturn)
    ruled = Q(vat_ruling__rate=0) & _SALES
    rows = EntryLine.objects.filter(Q(account__role__in=COUNTED_ROLES) | _UNTAXED | ruled | _OF_RETURNS)
    return rows.exclude(entry__source_type=kind).order_by("on", "entry_id", "position")


def lines_to_count(vat_return: VatReturn) -> QuerySet[EntryLine]:
    """What no return counts yet, up to the end of this one."""
    since = first_day() or vat_return.starts_on
    rows = lines_concerned().filter(on__range=(since, vat_return.ends_on), vat_counted__isnull=True)
    return rows.exclude(vat_ruling__is_out=True)


@dataclass(frozen=True)
class Worked:
    """A return worked out from the books as they are now."""

    boxes: Sequence[VatBox]
    counted: Sequence[Counted]
    missing: Sequence[Counted]
    figures: Mapping[str, Figure]
    carried: Decimal

    @property
    def late_due(self) -> Decimal:
        """Tax due of periods already declared: the law wants a corrective return above a threshold."""
        return sum((one.tax for one in self.counted if one.operation.startswith("late/")), ZERO)

    @property
    def late_count(self) -> int:
        """Lines of earlier periods; what a final coefficient changes is of its own day, in the same box."""
        late = [one for one in self.counted if "late" in (one.operation + one.deduction)]
        return sum(one.line.kind != ADJUSTMENT for one in late)


def worked(vat_return: VatReturn) -> Worked:
    """Reads the lines and places them; nothing is written."""
    boxes = boxes_of(vat_return.form)
    rates = {box.rate for box in boxes if box.rate is not None}
    placed = [
        place(line, starts_on=vat_return.starts_on, rates=rates)
        for line in tax_lines(lines_to_count(vat_return))
    ]
    counted = [one for one in placed if not one.why]
    carried = carried_on(vat_return)
    found = figures(as_calculated(boxes), counted, carried=carried)
    return Worked(boxes, counted, [one for one in placed if one.why], found, carried)


def tax_lines(rows: QuerySet[EntryLine]) -> list[TaxLine]:
    """Lines as the calculation takes them: a ruling says what the line does not, a coefficient what is left
    of a deduction."""
    shares = coefficients_in_force()
    return [_tax_line(row, shares) for row in rows.values(*_READ)]


def _tax_line(row: Mapping[str, Any], shares: Mapping[tuple[int, int], Decimal]) -> TaxLine:
    key, on, role = row["pk"], row["on"], row["account__role"] or ""
    rate, kind = row["vat_rate"], row["vat_kind"]
    if row["vat_ruling__rate"] is not None:
        rate, kind = row["vat_ruling__rate"], row["vat_ruling__kind"]
    amount: Decimal = row["credit"] - row["debit"]
    if role in DEDUCTED_ROLES:
        share = shares.get((row["analytic_id"], on.year), Decimal(1))
        return TaxLine(key, on, role, rate, kind, -amount, share=share)
    if role in DUE_ROLES:
        base = row["vat_base"]
        return TaxLine(key, on, role, rate, kind, amount, None if base is None else -base)
    if row["account__number"].startswith(TAX_ACCOUNTS):
        return TaxLine(key, on, UNKNOWN, rate, kind, amount)
    return TaxLine(key, on, role, rate, kind, ZERO, amount)


def carried_on(vat_return: VatReturn) -> Decimal:
    """The credit that stands on its account before this return is settled."""
    return sum((one.signed for one in _credit_standings(vat_return)), ZERO)


def _credit_standings(vat_return: VatReturn) -> list[Standing]:
    rows = _before_settlement(vat_return).filter(account__role=CREDIT)
    return _standings(rows)


def _before_settlement(vat_return: VatReturn) -> QuerySet[EntryLine]:
    """All the lines up to the end of a return, and what earlier returns posted, whenever they did."""
    kind = ContentType.objects.get_for_model(VatReturn)
    earlier = VatReturn.objects.filter(starts_on__lt=vat_return.starts_on).values("pk")
    of_returns = Q(entry__source_type=kind)
    others = Q(on__lte=vat_return.ends_on) & (Q(entry__source_type__isnull=True) | ~of_returns)
    return EntryLine.objects.filter(others | of_returns & Q(entry__source_id__in=earlier)).order_by()


def standings_of(vat_return: VatReturn) -> list[Standing]:
    """What the lines counted leave on each account and section, the part that is not deducted, which joins
    the costs, and the credit carried there."""
    rows = EntryLine.objects.filter(vat_counted__vat_return=vat_return, account__role__in=COUNTED_ROLES)
    return [*_standings(rows), *_not_deducted(rows), *_credit_standings(vat_return)]


def _not_deducted(rows: QuerySet[EntryLine]) -> list[Standing]:
    kept = rows.filter(account__role__in=DEDUCTED_ROLES).order_by("analytic").values_list("analytic")
    left = kept.annotate(left=Sum(F("debit") - F("credit") - F("vat_counted__tax")))
    return [Standing(NOT_DEDUCTED, section, -amount) for section, amount in left if amount]


def _standings(rows: QuerySet[EntryLine]) -> list[Standing]:
    sums = rows.order_by("account__role", "analytic").values_list("account__role", "analytic")
    return [
        Standing(role, section, signed)
        for role, section, signed in sums.annotate(signed=Sum(F("debit") - F("credit")))
        if signed
    ]


def figures_kept(vat_return: VatReturn) -> dict[str, Figure]:
    """The boxes of a return whose lines are counted."""
    rows = vat_return.figures.values_list("box__code", "exact_base", "exact_tax", "base", "tax")
    return {code: Figure(*amounts) for code, *amounts in rows}


def lines_behind(vat_return: VatReturn, box: VatBox) -> QuerySet[EntryLine]:
    """The entry lines that a box is the sum of."""
    base = Coalesce("vat_counted__base", -F("vat_base"))
    rows = EntryLine.objects.select_related("entry__journal", "account", "analytic").annotate(said_base=base)
    if vat_return.state == VatState.DRAFT:
        found = worked(vat_return)
        keys = [one.line.key for one in found.counted if box.code in boxes_told(found.boxes, one)]
        return rows.filter(pk__in=keys).order_by("on", "entry_id", "position")
    wanted = Q(vat_counted__operation=box) | Q(vat_counted__box=box)
    for name in box.gathers:
        if name.startswith("tax_of/"):
            wanted |= Q(vat_counted__operation__code=name.removeprefix("tax_of/"))
    return rows.filter(wanted, vat_counted__vat_return=vat_return).order_by("on", "entry_id", "position")


def boxes_told(boxes: Sequence[VatBox], one: Counted) -> tuple[str, str, str]:
    """The boxes that a line is counted in: its operation, its tax, the « dont » that repeats it."""
    known = as_calculated(boxes)
    operation = gathered(known, one.operation)
    tax = box_of_rate(known, one.rate) or gathered(known, one.deduction)
    return operation, tax, gathered(known, f"tax_of/{operation}")


def missing_lines(found: Worked, *, most: int) -> list[tuple[EntryLine, str]]:
    """The first lines that have no box, with why."""
    why = {one.line.key: one.why for one in found.missing[:most]}
    rows = EntryLine.objects.filter(pk__in=why).select_related("entry__journal", "account", "analytic")
    return [(row, why[row.pk]) for row in rows.order_by("on", "entry_id", "position")]


@dataclass(frozen=True)
class Controlled:
    """An account of the tax at the end of a period: its balance, and what explains it (credit less debit)."""

    number: str
    label: str
    balance: Decimal
    counted: Decimal
    waiting: Decimal
    older: Decimal

    @property
    def gap(self) -> Decimal:
        return self.balance - self.counted - self.waiting - self.older


def control_of(vat_return: VatReturn, found: Worked | None) -> list[Controlled]:
    """Each account of the tax. `found`: the working of a draft, whose lines are not counted yet."""
    since = first_day() or vat_return.starts_on
    kind = ContentType.objects.get_for_model(VatReturn)
    signed = F("credit") - F("debit")
    # Posted since it was prepared: no return counts it yet, or a later one does.
    uncounted = Q(vat_counted__isnull=True) & (
        Q(entry__source_type__isnull=True) | ~Q(entry__source_type=kind)
    )
    free = uncounted | Q(vat_counted__vat_return__starts_on__gt=vat_return.starts_on)
    rows = (
        _before_settlement(vat_return)
        .filter(account__number__startswith=TAX_ACCOUNTS)
        .exclude(account__role__in=(DUE, CREDIT))
        .values("account__number", "account__label", "account__role")
        .annotate(
            balance=Sum(signed),
            counted=Sum(signed, filter=Q(vat_counted__vat_return=vat_return), default=ZERO),
            free=Sum(signed, filter=free & Q(on__gte=since), default=ZERO),
            older=Sum(signed, filter=free & Q(on__lt=since), default=ZERO),
        )
        .order_by("account__number")
    )
    placed = _placed_by_role(found) if found is not None else {}
    return [_controlled(row, placed) for row in rows]


def _placed_by_role(found: Worked) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in found.counted:
        sign = -1 if one.line.role in DEDUCTED_ROLES else 1
        sums[one.line.role] = sums.get(one.line.role, ZERO) + sign * one.line.tax
    return sums


def _controlled(row: Mapping[str, Any], placed: Mapping[str, Decimal]) -> Controlled:
    name, balance = (row["account__number"], row["account__label"]), row["balance"]
    if row["account__role"] == AccountRole.VAT_PENDING:
        # It waits for payments, whenever it was sold.
        return Controlled(*name, balance, ZERO, balance, ZERO)
    soon = placed.get(row["account__role"] or "", ZERO)
    return Controlled(*name, balance, row["counted"] + soon, row["free"] - soon, row["older"])


def reverse_chargeable() -> QuerySet[EntryLine]:
    """Purchases that bore no tax: costs and fixed assets posted at rate 0."""
    bought = Q(account__kind=AccountKind.EXPENSE) | Q(account__number__startswith="2")
    rows = EntryLine.objects.filter(bought, vat_rate=0).select_related(
        "entry__journal", "account", "analytic"
    )
    return rows.order_by("-on", "-entry_id", "position")


def reverse_charged(line: EntryLine) -> bool:
    """Whether the tax of this purchase was posted."""
    found: Any = purchases_untaxed().filter(pk=line.pk).first()
    return found is not None and bool(found.is_assessed)


def purchases_untaxed() -> QuerySet[EntryLine]:
    """Purchases without tax, each with whether the cooperative taxed it by itself since."""
    kind = ContentType.objects.get_for_model(EntryLine)
    posted = Entry.objects.filter(
        source_type=kind, source_id=OuterRef("pk"), reverses__isnull=True, reversed_by__isnull=True
    )
    return reverse_chargeable().annotate(is_assessed=Exists(posted))


def next_period(today: date) -> date:
    """The first day that no return holds yet; the former month when there is none."""
    last = VatReturn.objects.order_by("-starts_on").first()
    return Month.of(last.ends_on).next().first if last else Month.of(today).previous().first


def waiting_since(vat_return: VatReturn) -> int:
    """Lines of its period posted since it was prepared: the next return takes them."""
    if vat_return.state == VatState.DRAFT:
        return 0
    return lines_to_count(vat_return).count()


def figures_told(vat_return: VatReturn) -> Mapping[str, Figure]:
    """The boxes as kept, or as the books make them while it is a draft."""
    is_draft = vat_return.state == VatState.DRAFT
    return worked(vat_return).figures if is_draft else figures_kept(vat_return)
