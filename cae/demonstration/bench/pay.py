"""A simulated pay from a cost to a net, against the bare calls of the engine; what five hundred weigh."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import ROUND_DOWN, Decimal
from multiprocessing import get_context

from accounting.calculations.pay.simulating import Asked, play, read_terms
from accounting.calculations.pay.situations import PaidMonth, PaySituation, Target, TargetKind, Values
from accounting.calculations.pay.vocabulary import COST, GROSS, READ, per_month, told
from accounting.engines.pay_rules import VENDOR, Source, compute
from cae.core.money import CENT
from cae.core.periods import Month
from cae.demonstration.bench.memory import most_megabytes
from cae.demonstration.bench.report import Comparison

SIMULATIONS = 500
LIMIT = 1.5
MOST_MEGABYTES = 400
_MONTH = Month(2026, 11)
_SITUATION = PaySituation(20, Decimal("0.011"), Decimal("0.02"), Decimal(40), Decimal("0.5"))
_FORMER = PaidMonth(_MONTH.previous(), Decimal("1800.00"), Decimal("700.00"))


def measure_pay(simulations: int = SIMULATIONS) -> list[Comparison]:
    """In a process of its own, whose memory is that of the engine and of nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        ours, bare, peak = pool.submit(_measured, simulations).result()
    return [
        Comparison("cost to net of a pay", ours / simulations * 1000, bare / simulations * 1000, LIMIT),
        Comparison(f"memory of {simulations} simulations", peak, MOST_MEGABYTES, 1.0, unit="MB"),
    ]


def _measured(simulations: int) -> tuple[float, float, float]:
    """Seconds of ours, seconds of the bare calls, megabytes at most. Turn by turn: a busy machine slows both
    alike; the year so far is counted on our side only, with what it costs."""
    source = Source(max(VENDOR.iterdir()))

    def engine(situation: Mapping[str, str], names: Sequence[str]) -> Values:
        return compute(source, situation, names)

    terms = {month: read_terms(engine, month, _SITUATION) for month in (_MONTH, _FORMER.month)}
    asked = Asked(_SITUATION, _MONTH, (_FORMER,), terms)
    words = told(_SITUATION, _MONTH)
    ours = bare = 0.0
    for rank in range(simulations):
        cost = Decimal(300 + rank * 13)
        start = time.perf_counter()
        play(engine, asked, Target(TargetKind.COST, cost))
        middle = time.perf_counter()
        found = compute(source, {**words, COST: per_month(cost)}, (GROSS,))[GROSS]
        gross = (found or Decimal(0)).quantize(CENT, rounding=ROUND_DOWN)
        compute(source, {**words, GROSS: per_month(gross)}, READ)
        ours, bare = ours + middle - start, bare + time.perf_counter() - middle
    return ours, bare, most_megabytes()
