"""What the law and the rules in force say of the capital on a day: limits, floor, refunds (GOV-08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from governance.calculations.limits import EMPLOYEE, FORMER, Holder, Limit, limits_of, moved, worsened
from governance.calculations.rules import RuleMissing, Rules
from governance.calculations.shares import capital, floor_of, highest_capital
from governance.models import Associate, CategoryPeriod
from governance.selectors.rules import rules_in_force, values_of
from governance.selectors.shares import capital_by_associate, moved_until


@dataclass(frozen=True)
class ShareRules:
    """The form of the cooperative and its conventions on a day; no form without rules in force."""

    form: str
    rules: Rules

    @property
    def weights(self) -> dict[int, int]:
        return self.rules.weights()

    def refund_years(self) -> int:
        """Raises Refused when nobody decided."""
        try:
            return self.rules.integer("refund_years")
        except RuleMissing:
            raise Refused(
                Code.VALUE_MISSING, _("Les règles en vigueur ne disent pas le délai des remboursements.")
            ) from None

    def floor_part(self) -> Fraction:
        """Raises Refused when nobody decided."""
        try:
            return self.rules.fraction("capital_floor")
        except RuleMissing:
            raise Refused(
                Code.VALUE_MISSING, _("Les règles en vigueur ne disent pas le capital minimum.")
            ) from None


def share_rules(on: date) -> ShareRules:
    """Gives what was in force on a day, in two queries."""
    found = rules_in_force(on)
    return ShareRules(found.form if found else "", Rules(values_of(found)))


@dataclass(frozen=True)
class Floor:
    """The capital of a day, the highest one reached by then, and what it must not go under."""

    capital: Decimal
    highest: Decimal
    part: Fraction | None
    least: Decimal

    @property
    def room(self) -> Decimal:
        """Euros that may still leave."""
        return max(self.capital - self.least, ZERO)


def floor_on(on: date, rules: ShareRules | None = None) -> Floor:
    """Gives the floor of a day; nothing is its least while nobody decided a part."""
    rows = moved_until(on)
    highest = highest_capital(rows, on)
    try:
        part = (rules or share_rules(on)).floor_part()
    except Refused:
        part = None
    least = floor_of(highest, part) if part is not None else ZERO
    return Floor(capital(rows, on), highest, part, least)


def holders_on(on: date) -> list[Holder]:
    """Gives everybody whom the limits count on a day: the associates, and who holds shares without a voice.

    Who left as an employee counts as a former one."""
    held = capital_by_associate(on)
    # What was noted wrong and written over the same day had no day.
    real = CategoryPeriod.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))
    last = real.filter(associate=OuterRef("pk"), starts_on__lte=on).order_by("-starts_on")
    inside = set(Associate.objects.on(on).values_list("pk", flat=True))
    rows = Associate.objects.filter(Q(pk__in=inside) | Q(pk__in=list(held))).annotate(
        held_category=Subquery(last.values("category")[:1]),
        held_college=Subquery(last.values("college")[:1]),
    )
    found = []
    for one in rows.order_by("pk"):
        votes = one.pk in inside
        category = one.held_category or ""
        if not votes and category == EMPLOYEE:
            category = FORMER
        euros = held.get(one.pk, ZERO)
        found.append(Holder(one.pk, category, euros, one.held_college, votes, _owner(one)))
    return found


def _owner(line: Associate) -> str:
    return f"person {line.person_id}" if line.person_id else f"organisation {line.organisation_id}"


def limits_on(on: date, rules: ShareRules | None = None) -> list[Limit]:
    """Gives the limits of the form in force as they stand at the end of a day."""
    rules = rules or share_rules(on)
    return limits_of(rules.form, holders_on(on), rules.weights)


@dataclass(frozen=True)
class Effect:
    """What a movement would do: the limits before and after, the capital and its floor before and after."""

    before: list[Limit]
    after: list[Limit]
    floor: Floor
    capital: Decimal
    # What the same movement breaks on a later day, and not on its own.
    later: tuple[Limit, ...] = ()

    @property
    def broken(self) -> list[Limit]:
        return [*worsened(self.before, self.after), *self.later]

    def joined(self, later: Effect) -> Effect:
        """The same effect with what it breaks on a later day beside."""
        known = {one.code for one in self.broken}
        return replace(self, later=tuple(one for one in later.broken if one.code not in known))


def effect_of(
    changes: Mapping[int, Decimal], on: date, *, newcomer: tuple[str, Decimal] | None = None
) -> Effect:
    """Gives what so many euros of shares more or less for each of these associates would do on a day;
    `newcomer` is the category and the euros of somebody who would enter."""
    rules = share_rules(on)
    holders = holders_on(on)
    after = moved(holders, changes)
    strangers = {key for key, euros in changes.items() if euros} - {one.key for one in holders}
    for line in Associate.objects.filter(pk__in=strangers).order_by("pk") if strangers else ():
        after.append(Holder(line.pk, "", changes[line.pk], votes=False, owner=_owner(line)))
    if newcomer is not None:
        after.append(Holder(0, newcomer[0], newcomer[1]))
    floor = floor_on(on, rules)
    added = sum(changes.values(), ZERO) + (newcomer[1] if newcomer else ZERO)
    return Effect(
        limits_of(rules.form, holders, rules.weights),
        limits_of(rules.form, after, rules.weights),
        floor,
        floor.capital + added,
    )
