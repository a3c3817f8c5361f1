"""Where each figure of a working leads: to what was counted, to the rule, to the decision, to the entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from django.urls import reverse

from accounting.calculations.contribution.scales import Part, Scale
from accounting.models import ContributionRun, Exemption
from accounting.selectors.behind import exemptions_behind
from accounting.selectors.contribution import lines_of_run
from accounting.selectors.contribution_month import Foreseen
from accounting.selectors.scale_tables import tier_place
from accounting.selectors.scale_words import CAP, FIXED, FLOOR, FRANCHISE
from accounting.selectors.working_words import Opens, Piece, WorkingLine

# The places of the page of a run; those of a scale are named where it is said.
SALES, COSTS, BEFORE, YEAR = "ventes", "charges", "deja-compte", "annee"

Address: TypeAlias = Callable[[Opens, str], str]


@dataclass(frozen=True)
class LinkedPiece:
    text: str
    url: str


@dataclass(frozen=True)
class LinkedLine:
    """A line of a working with the address of each of its figures; none for one that opens nothing."""

    label: str
    label_url: str
    pieces: tuple[LinkedPiece, ...]
    amount: Decimal | None
    url: str
    is_total: bool


def lines_with_links(lines: Iterable[WorkingLine], address: Address) -> list[LinkedLine]:
    return [
        LinkedLine(
            label=line.label,
            label_url=address(line.label_opens, "") if line.label_opens else "",
            pieces=tuple(_piece(piece, address) for piece in line.pieces),
            amount=line.amount,
            url=address(line.opens, "") if line.opens and line.amount else "",
            is_total=line.is_total,
        )
        for line in lines
    ]


def linked_runs(runs: Sequence[ContributionRun]) -> list[list[LinkedLine]]:
    """The working of each run, as it was found."""
    met = exemptions_behind(runs)
    scales = {run.scale_id: run.scale for run in runs}
    rules = {key: scale.get_absolute_url() for key, scale in scales.items()}
    return [
        lines_with_links(lines_of_run(run), _run_addresses(run, rules[run.scale_id], met.get(run.pk, ())))
        for run in runs
    ]


def _piece(piece: Piece, address: Address) -> LinkedPiece:
    return LinkedPiece(piece.text, address(piece.opens, piece.of) if piece.opens else "")


def _run_addresses(run: ContributionRun, rule: str, exemptions: Iterable[Exemption]) -> Address:
    """The figures of a run: its own page says what it counted, that of its scale (`rule`) says the rule."""
    page = run.get_absolute_url()
    places = {Opens.SALES: SALES, Opens.COSTS: COSTS, Opens.BEFORE: BEFORE, Opens.YEAR: YEAR}

    def address(opens: Opens, of: str) -> str:
        if opens in places:
            return f"{page}#{places[opens]}"
        if opens == Opens.WAIVER:
            return _waiver(run.scale.rule, rule, of, exemptions)
        if opens == Opens.ENTRY:
            whole = run.entry is not None and Decimal(run.working["due"]) == run.due
            return run.entry.get_absolute_url() if run.entry is not None and whole else ""
        return _place_in(rule, opens, of)

    return address


def foreseen_addresses(run: Foreseen) -> Address:
    """The figures of a run to come: the entries of the activity that month, and the rule."""
    activity, month = run.activity.pk, run.month
    year, rule = reverse("accounting:contribution_list", args=[activity, month]), run.scale.get_absolute_url()
    places = {
        Opens.SALES: reverse("accounting:figure", args=[activity, month, "ventes", "mois"]),
        Opens.COSTS: reverse("accounting:figure", args=[activity, month, "charges", "mois"]),
        Opens.BEFORE: year,
        Opens.YEAR: year,
        Opens.WAIVER: reverse("accounting:exemption_list") + f"?q={run.activity.name}",
        Opens.ENTRY: "",
    }

    def address(opens: Opens, of: str) -> str:
        return places[opens] if opens in places else _place_in(rule, opens, of)

    return address


def _place_in(page: str, opens: Opens, of: str) -> str:
    """The place of the page of a scale that says this part of its rule."""
    places = {Opens.TIER: tier_place(of), Opens.FIXED: FIXED, Opens.FLOOR: FLOOR, Opens.CAP: CAP}
    return f"{page}#{places[opens]}" if opens in places else page


def _waiver(rule: Scale, page: str, part: str, met: Iterable[Exemption]) -> str:
    """The exemption that takes this part away, else the first months of the scale, on its page."""
    for one in met:
        if part in one.waives or part in rule.waived_for(one.situation):
            return one.get_absolute_url()
    return f"{page}#{FRANCHISE}" if _is_free_first(rule, part) else ""


def _is_free_first(rule: Scale, part: str) -> bool:
    return rule.franchise is not None and Part(part) in rule.franchise.waives
