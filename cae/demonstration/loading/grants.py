"""What the cooperative takes beside the contribution, a scale put to the test, and money for one purpose: a
European project with two instalments, a fund for tools (ACC-21, 22, 43, 44)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Account, Fund
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.funds import countable_lines
from accounting.selectors.simulation import years_to_simulate
from accounting.services.fund_following import add_duty, add_instalment, receive_instalment
from accounting.services.fund_spending import count_line
from accounting.services.funds import FundDraft, award_fund, create_fund, start_fund
from accounting.services.levies import Decided, LevyDraft, add_term, create_levy
from accounting.services.levy_taking import take_levies_of_month
from accounting.services.posting import post_entry
from accounting.services.scale_trials import ask_for_trial
from accounting.states.books import AccountRole
from accounting.states.contributions import SaleCategory
from cae.core.periods import Month
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population
from people.models import User

_PHOTOGRAPHER, _BUILDER = "LENOIR", "RENOV"
_VOTE = "Assemblée générale, résolution 7"
# What the next assembly is asked: 12 % then 9 % of the year, whatever was seen before.
_PROPOSED = {
    "base": {"turnover": "invoiced", "minus": []},
    "shape": {
        "kind": "slices",
        "window": "year",
        "slices": [{"up_to": "40000.00", "rate": "0.1200"}, {"up_to": None, "rate": "0.0900"}],
    },
    "taken_on": "month",
}


def levy_and_grant(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """Does: decides three levies and takes the month of one, asks for the trial of a scale, follows two
    funds. Refuses: nothing. Leaves behind: takings, a job for the workers, a grant half spent."""
    accountant = population.accounts["accountant"]
    _levy(shops, today=today, actor=accountant)
    ask_for_trial(
        title="Barème à deux tranches, 12 puis 9 %",
        rules=_PROPOSED,
        years=years_to_simulate(today)[:2],
        today=today,
        actor=accountant,
    )
    _european_project(today=today, actor=accountant)
    _tools(shops, today=today, actor=accountant)


def _levy(shops: Sequence[Shop], *, today: date, actor: User) -> None:
    month = Month.of(today).previous()
    decided = Decided(_VOTE, month.first)
    create_levy(
        _draft("Cotisation au réseau", month.first, taken_on="month", amount=Decimal("6.00")),
        decision=decided,
        actor=actor,
    )
    for shop in shops:
        take_levies_of_month(shop.activity, month, today=today, actor=actor)
    this = Month.of(today).first
    solidarity = _draft(
        "Solidarité", this, base="received", rate=Decimal("0.0050"), new_fund="Fonds de solidarité"
    )
    create_levy(solidarity, decision=decided, actor=actor)
    insurance = _draft("Assurance décennale", this, rate=Decimal("0.0200"), for_all=False)
    levy = create_levy(insurance, decision=decided, actor=actor)
    for shop in shops:
        if shop.plan.code == _BUILDER:
            add_term(
                levy,
                shop.activity,
                starts_on=this,
                ends_on=None,
                decided_by="Cogérance",
                reason="Chantiers couverts par la décennale de la coopérative",
                actor=actor,
            )


def _draft(
    label: str,
    valid_from: date,
    *,
    base: str = "invoiced",
    taken_on: str = "document",
    rate: Decimal | None = None,
    amount: Decimal | None = None,
    new_fund: str = "",
    for_all: bool = True,
) -> LevyDraft:
    roles = {account.role: account for account in Account.objects.exclude(role=None)}
    return LevyDraft(
        label=label,
        base=base,
        taken_on=taken_on,
        rate=rate,
        amount=amount,
        categories=[SaleCategory.ORDINARY, SaleCategory.TRAINING],
        held_months=None,
        for_all=for_all,
        charge_account=roles[AccountRole.LEVY_CHARGE],
        link_account=roles[AccountRole.INTERNAL_LINK],
        income_account=roles[AccountRole.LEVY_INCOME],
        section=None if new_fund else shared_section(),
        new_fund=new_fund,
        valid_from=valid_from,
    )


def _european_project(*, today: date, actor: User) -> None:
    """Half paid, half spent; a report is due within the month."""
    month = Month.of(today).previous()
    fund = create_fund(
        FundDraft(
            nature="grant",
            label="Compétences sans frontières",
            funder="Agence Erasmus+",
            purpose="Échanges de pratiques entre coopératives de trois pays : mobilités et interprètes.",
            section=None,
            new_section="Projet européen",
            kinds=["mission_costs", "subcontracting"],
            starts_on=date(today.year - 1, 9, 1),
            ends_on=date(today.year + 1, 8, 31),
            requested_on=date(today.year - 1, 3, 1),
            requested_amount=Decimal("28000.00"),
        ),
        form_key=uuid4(),
        actor=actor,
    )
    fund = award_fund(
        fund, amount=Decimal("24000.00"), on=month.first, reference="2026-1-FR01-KA210", actor=actor
    )
    first = add_instalment(
        fund,
        label="Acompte",
        amount=Decimal("14400.00"),
        due_on=month.first,
        condition="Convention signée",
        actor=actor,
    )
    add_instalment(
        fund,
        label="Solde",
        amount=Decimal("9600.00"),
        due_on=date(today.year + 1, 10, 31),
        condition="Rapport final accepté",
        actor=actor,
    )
    receive_instalment(first, on=month.first + timedelta(days=9), actor=actor)
    fund = start_fund(fund, actor=actor)
    for days, amount, supplier, account in (
        (12, "2350.00", "Babel Interprètes", "604000"),
        (18, "1184.60", "Rail Europe", "625100"),
    ):
        _bought(fund, month.first + timedelta(days=days), Decimal(amount), (supplier, account), actor)
    add_duty(
        fund, kind="report", label="Rapport intermédiaire", due_on=today + timedelta(days=20), actor=actor
    )
    add_duty(
        fund,
        kind="condition",
        label="Feuilles de présence signées de chaque mobilité",
        due_on=today + timedelta(days=45),
        actor=actor,
    )


def _bought(fund: Fund, on: date, amount: Decimal, what: tuple[str, str], actor: User) -> None:
    supplier, account = what
    lines = (
        debit(account, fund.section_id, amount, fund_id=fund.pk),
        credit("supplier", fund.section_id, amount, party=supplier, due_on=on + timedelta(days=30)),
    )
    draft = EntryDraft(journal="AC", on=on, label=f"{supplier}, {fund.label}", piece="ERA-1", lines=lines)
    post_entry(draft, actor=actor, source=fund)


def _tools(shops: Sequence[Shop], *, today: date, actor: User) -> None:
    """Money that the cooperative set aside for the tools of an activity; its owner follows it."""
    shop = next(one for one in shops if one.plan.code == _PHOTOGRAPHER)
    fund = create_fund(
        FundDraft(
            nature="earmarked",
            label="Fonds outillage",
            funder="Fonds de développement de la coopérative",
            purpose="Aider une activité à s’équiper : matériel, marchandises, sous-traitance de départ.",
            section=section_of(shop.activity),
            kinds=["goods", "raw_materials", "subcontracting", "mission_costs"],
            starts_on=date(today.year, 1, 1),
            ends_on=date(today.year, 12, 31),
            requested_on=date(today.year, 1, 10),
            requested_amount=Decimal("1200.00"),
            owner=shop.author.person,
        ),
        form_key=uuid4(),
        actor=actor,
    )
    fund = award_fund(fund, amount=Decimal("1200.00"), on=date(today.year, 1, 20), reference="", actor=actor)
    fund = start_fund(fund, actor=actor)
    for row in countable_lines(fund)[:1]:
        count_line(fund, row.line, amount=min(row.free, Decimal("1200.00")), actor=actor)
