"""Where the result of the last year goes: proposed, decided by the assembly of June, posted (ACC-47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from accounting.models import ResultAllocation
from accounting.selectors.periods import fiscal_year_of
from accounting.services.allocation import post_allocation
from accounting.services.allocation_proposing import Wished, correct_facts, decide_parts, propose_allocation
from cae.core.money import ZERO, cents
from cae.demonstration.loading.people import Population
from governance.models import Assembly
from governance.selectors.accounts import resolutions_adopted
from governance.selectors.assemblies import day_of
from governance.services.accounts_agenda import Ruled, tell_ruled
from governance.states.assemblies import HELD
from people.models import User

ALLOCATING = "Affectation du résultat"
# Of the surplus, and the key: half by pay, half in equal parts.
_LABOUR, _EQUAL = Decimal("0.45"), Decimal("0.5")
_CEILING = Decimal("0.045")


def allocate_result(population: Population, *, today: date) -> None:
    """Does: allocates the result of the last year as the assembly of June decided. Refuses: nothing. Leaves
    behind: a proposal while no assembly has ruled; else its entry, people still to be paid."""
    accountant = population.accounts["accountant"]
    year = fiscal_year_of(date(today.year - 1, 12, 31))
    if year is None:
        return
    row = _decide(propose_allocation(year, today=today, actor=accountant), accountant)
    assembly = Assembly.objects.filter(state__in=HELD).order_by("-starts_at").first()
    if assembly is None or day_of(assembly) <= year.ends_on:
        return
    allocating = resolutions_adopted(assembly).filter(title=ALLOCATING).first()
    if allocating is None:
        return
    actor = population.accounts["life"]
    tell_ruled(assembly, ruled=Ruled(allocating), allocation=row, actor=actor)
    row.refresh_from_db()
    post_allocation(row, on=day_of(assembly), actor=accountant)


def _decide(row: ResultAllocation, actor: User) -> ResultAllocation:
    """The capital was higher before these books; nearly half of the surplus goes to those who work."""
    known = replace(row.facts, highest_capital=row.capital + 2000, interest_rate=_CEILING)
    reason = "Capital atteint en 2019, avant la reprise des livres, et taux publié pour l’exercice"
    row = correct_facts(row, facts=known, reason=reason, version=None, actor=actor)
    surplus = row.facts.surplus
    if surplus <= ZERO or not row.rights.filter(is_entitled=True).exists():
        return row
    by_time = row.by_time - _EQUAL if row.by_time else Decimal(0)
    wished = Wished(cents(surplus * _LABOUR), by_time=by_time, by_equal=_EQUAL)
    return decide_parts(row, wished=wished, version=None, actor=actor)
