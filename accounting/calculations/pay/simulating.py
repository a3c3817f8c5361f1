"""One month of pay simulated in any direction, given the engine as a function (design §11, §12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.pay.figures import Figures, figures
from accounting.calculations.pay.reduction import Counted, Terms, counted_smic, reduction_of_month
from accounting.calculations.pay.searching import gross_for, largest_gross
from accounting.calculations.pay.situations import (
    Compute,
    PaidMonth,
    PaySimulation,
    PaySituation,
    Target,
    TargetKind,
    Why,
)
from accounting.calculations.pay.vocabulary import (
    GROSS,
    NET,
    POWER,
    READ,
    REFERENCE_SMIC,
    SMIC,
    TDELTA,
    TMIN,
    per_month,
    told,
)
from cae.core.money import ZERO, cents
from cae.core.periods import Month

# The rules tell the terms of the reduction only where it applies: a pay below the minimum wage is one.
_PROBE = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose pay, of which month, after which months of the same year; terms by month."""

    situation: PaySituation
    month: Month
    year_so_far: tuple[PaidMonth, ...]
    terms: Mapping[Month, Terms]

    def counted(self) -> tuple[Counted, ...]:
        """The months of the same year before this one: others never count."""
        return tuple(
            Counted(
                paid.gross, counted_smic(paid.gross, self.situation, self.terms[paid.month]), paid.reduction
            )
            for paid in self.year_so_far
            if paid.month.year == self.month.year and paid.month < self.month
        )


def read_terms(compute: Compute, month: Month, situation: PaySituation) -> Terms:
    """Gives what the rules say of the reduction in a month, for this headcount. Rules that freeze no minimum
    wage, and that no override freezes, know none of reference: that of the month is."""
    full_time = PaySituation(situation.headcount, situation.accident_rate)
    words = {**told(full_time, month), GROSS: per_month(_PROBE)}
    found = compute(words, (TMIN, TDELTA, POWER, SMIC))
    tmin, tdelta, power, current = (_given(found, name) for name in (TMIN, TDELTA, POWER, SMIC))
    try:
        reference = compute(words, (REFERENCE_SMIC,))[REFERENCE_SMIC]
    except LookupError:
        reference = None
    return Terms(tmin, tdelta, power, current if reference is None else reference, current)


def _given(values: Mapping[str, Decimal | None], name: str) -> Decimal:
    value = values[name]
    if value is None:
        raise ValueError(f"the rules give no value for {name}")
    return value


class Player:
    """Plays a month at several gross amounts, each asked of the engine once."""

    def __init__(self, compute: Compute, asked: Asked) -> None:
        self._compute = compute
        self._asked = asked
        self._words = told(asked.situation, asked.month)
        self._year = asked.counted()
        self._seen: dict[Decimal, Figures] = {}

    def at(self, gross: Decimal) -> Figures:
        if gross not in self._seen:
            values = self._compute({**self._words, GROSS: per_month(gross)}, READ)
            asked = self._asked
            self._seen[gross] = figures(values, gross, asked.situation, self._year, asked.terms[asked.month])
        return self._seen[gross]

    def whole(self, gross: Decimal) -> Decimal:
        """The cost before any reduction, not rounded: what needs the engine."""
        return self.at(gross).whole

    def reduction(self, gross: Decimal) -> Decimal:
        """What the year leaves to a gross: no need of the engine."""
        asked = self._asked
        terms = asked.terms[asked.month]
        return reduction_of_month(gross, counted_smic(gross, asked.situation, terms), self._year, terms)

    def inverted(self, name: str, amount: Decimal) -> Decimal:
        """The gross that the rules themselves find for a cost or a net; the amount where they find none."""
        found = self._compute({**self._words, name: per_month(amount)}, (GROSS,))[GROSS]
        return amount if found is None else max(ZERO, found)

    def play(self, target: Target) -> PaySimulation:
        """Gives the month that reaches the target; `why` says what kept it from there."""
        situation = self._asked.situation
        why = Why.NONE
        if target.kind is TargetKind.GROSS:
            gross = target.amount
        elif target.kind is TargetKind.COST:
            gross, why = _for_cost(self, target.amount)
        elif target.kind is TargetKind.NET:
            gross = _for_net(self, target.amount)
        else:
            gross = _for_net_after(self, target.amount, situation)
        return _told(self.at(gross), self._asked, target, why)


def play(compute: Compute, asked: Asked, target: Target) -> PaySimulation:
    """One month, one target."""
    return Player(compute, asked).play(target)


def _for_cost(player: Player, available: Decimal) -> tuple[Decimal, Why]:
    """The largest pay within a cost: above a gap, the sentence says why some is left."""
    found = largest_gross(available, player.whole, player.reduction)
    if found is None:
        return ZERO, Why.BELOW_COVER
    return found.gross, Why.GAP if found.is_gap else Why.NONE


def _for_net(player: Player, wanted: Decimal) -> Decimal:
    guess = player.inverted(NET, wanted)
    return gross_for(wanted, lambda amount: player.at(amount).net, guess=guess)


def _for_net_after(player: Player, wanted: Decimal, situation: PaySituation) -> Decimal:
    def net_after(amount: Decimal) -> Decimal:
        played = player.at(amount)
        return played.net - withheld(played, situation)

    guess = player.inverted(NET, wanted)
    return gross_for(wanted, net_after, guess=guess)


def withheld(played: Figures, situation: PaySituation) -> Decimal:
    """The income tax that the employer withholds, never more than the net."""
    return min(played.net, cents(played.taxable * (situation.withholding_rate or ZERO)))


def _told(played: Figures, asked: Asked, target: Target, why: Why) -> PaySimulation:
    withholding = withheld(played, asked.situation) if asked.situation.withholding_rate is not None else None
    return PaySimulation(
        month=asked.month,
        gross=played.gross,
        employer_cost=played.cost,
        net_before_withholding=played.net,
        net_taxable=played.taxable,
        withholding=withholding,
        net_after_withholding=None if withholding is None else played.net - withholding,
        rgdu=played.reduction,
        regularisation=played.reduction - played.alone,
        owed_by_person=played.owed,
        lines=played.lines,
        target=target,
        why=why,
        year_so_far=asked.year_so_far,
    )
