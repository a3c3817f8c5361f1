"""A file of the payroll software, read against what the house knows: whose pay, which sections (ACC-27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.calculations.entries import LineDraft
from accounting.calculations.payroll.journal import (
    Beside,
    Fault,
    FaultKind,
    Line,
    Row,
    Slip,
    Weights,
    by_number,
    check_net,
    entry_of_lines,
    entry_of_slip,
    held_lines,
    lines_of,
    slip_of,
    slips_of,
    without_shares,
)
from accounting.models import AnalyticAccount, PayItem, PayMonth, PayNumber, PayProposal
from accounting.selectors.accounts import accounts_named, shared_section
from accounting.selectors.pay_means import salaried_contracts
from accounting.states.payroll import GROSS_KINDS, MINUS_KINDS, ImportKind, PayItemKind, PayState
from cae.core.elision import elided
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.importing.columns import plain
from cae.core.importing.files import Sheet, read_sheet
from cae.core.money import ZERO, parse_amount
from cae.core.templatetags.formats import money
from people.models import Person

# What each column may be called in the file; the first is the one that a refusal names.
SUMMARY_COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("Matricule", "Numéro", "N° salarié"),
    "gross": ("Brut", "Salaire brut", "Total brut"),
    "employee": ("Cotisations salariales", "Charges salariales"),
    "employer": ("Cotisations patronales", "Charges patronales"),
    "net_paid": ("Net versé", "Net payé", "Net à payer"),
}
SUMMARY_MORE: dict[str, tuple[str, ...]] = {
    "rgdu": ("RGDU", "Réduction générale"),
    "net": ("Net avant impôt", "Net à payer avant impôt"),
    "withholding": ("Prélèvement à la source", "Prélèvement", "PAS"),
}
JOURNAL_COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("Matricule", "Numéro", "N° salarié"),
    "account": ("Compte", "CompteNum", "N° de compte"),
    "debit": ("Débit",),
    "credit": ("Crédit",),
}
JOURNAL_MORE: dict[str, tuple[str, ...]] = {"section": ("Section", "Activité", "Analytique", "Axe")}


@dataclass(frozen=True)
class ReadSlip:
    """What is to be posted for one person."""

    slip: Slip
    person: Person
    proposal: PayProposal | None
    lines: tuple[LineDraft, ...]
    held: Decimal


@dataclass(frozen=True)
class Reading:
    slips: tuple[ReadSlip, ...]

    @property
    def cost(self) -> Decimal:
        return sum((one.slip.cost for one in self.slips), ZERO)


@dataclass(frozen=True)
class Known:
    """What the house knows of those whom a file names."""

    persons: Mapping[str, Person]
    proposals: Mapping[int, PayProposal]
    items: Mapping[int, Sequence[PayItem]]
    shared: int
    salaried: frozenset[int]

    def whose(self, number: str, line: int) -> Person:
        if number not in self.persons:
            raise Fault(FaultKind.NUMBER, line, number)
        return self.persons[number]

    def pay_of(self, person: Person) -> PayProposal | None:
        """The pay that was sent for them; nothing for the support staff. Raises Refused otherwise."""
        found = self.proposals.get(person.pk)
        if found is None and person.pk not in self.salaried:
            return None
        if found is None or found.state != PayState.EXPORTED:
            state = found.get_state_display() if found else _("jamais proposée")
            raise IllegalMove(
                elided(
                    _("La paie de %(name)s n’attend pas de journal : son état est « %(state)s »."),
                    {"name": person, "state": state},
                )
            )
        return found

    def weights_of(self, person: Person) -> Weights:
        items = self.items.get(person.pk, ())
        main = next((one.section_id for one in items if one.kind == PayItemKind.FIXED), self.shared)
        parts: dict[int, Decimal] = defaultdict(lambda: ZERO)
        for one in items:
            sign = -1 if one.kind in MINUS_KINDS else 1
            if one.kind in (*GROSS_KINDS, *MINUS_KINDS):
                parts[one.section_id] += sign * one.amount
        return Weights(main, self.shared, parts)

    def beside_of(self, person: Person) -> Beside:
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for one in self.items.get(person.pk, ()):
            sums[one.kind] += one.amount
        return Beside(sums[PayItemKind.EXPENSES], sums[PayItemKind.DAILY], sums[PayItemKind.SHARES])


def read_journal(content: bytes, name: str, *, kind: str, month: PayMonth) -> Reading:
    """Gives what a file posts. Raises Refused at `file`, with the line, for whatever is wrong of it."""
    sheet = read_sheet(content, name)
    try:
        if kind == ImportKind.SUMMARY:
            return Reading(tuple(_summary(sheet, month)))
        return Reading(tuple(_journal(sheet, month)))
    except Fault as fault:
        raise Refused(Code.FILE_REFUSED, _sentence(fault), field="file") from fault


def _summary(sheet: Sheet, month: PayMonth) -> Iterable[ReadSlip]:
    slips = slips_of(_rows(sheet, SUMMARY_COLUMNS, SUMMARY_MORE), parse_amount)
    known = _known(month, [slip.number for slip in slips])
    for slip in slips:
        person = known.whose(slip.number, slip.line)
        proposal, weights, beside = known.pay_of(person), known.weights_of(person), known.beside_of(person)
        check_net(slip, beside)
        lines = entry_of_slip(slip, beside, weights, person.full_name)
        yield ReadSlip(slip, person, proposal, lines, beside.shares)


def _journal(sheet: Sheet, month: PayMonth) -> Iterable[ReadSlip]:
    sections = dict(AnalyticAccount.objects.values_list("code", "pk"))
    rows = _rows(sheet, JOURNAL_COLUMNS, JOURNAL_MORE)
    lines = lines_of(rows, parse_amount, {code.upper(): pk for code, pk in sections.items()})
    # One sentence for all: the account that the chart lacks.
    accounts_named({one.account for one in lines})
    people = by_number(lines)
    known = _known(month, list(people))
    for number, own in people.items():
        person = known.whose(number, own[0].line)
        yield _of_lines(own, person, known)


def _of_lines(own: Sequence[Line], person: Person, known: Known) -> ReadSlip:
    proposal, weights = known.pay_of(person), known.weights_of(person)
    kept, held = without_shares(own)
    drafts = entry_of_lines(kept, weights, person.full_name)
    moved = held_lines(held, weights, person.full_name)
    return ReadSlip(slip_of(kept, held), person, proposal, (*drafts, *moved), held)


def _known(month: PayMonth, numbers: Sequence[str]) -> Known:
    rows = PayNumber.objects.filter(number__in=numbers).select_related("person")
    persons = {row.number: row.person for row in rows}
    keys = [person.pk for person in persons.values()]
    proposals = PayProposal.objects.standing().filter(month=month, person__in=keys).select_related("month")
    found = {row.person_id: row for row in proposals}
    items: dict[int, list[PayItem]] = defaultdict(list)
    for item in PayItem.objects.filter(proposal__in=found.values()).select_related("proposal").order_by("pk"):
        items[item.proposal.person_id].append(item)
    salaried = salaried_contracts(month.month).order_by().filter(person__in=keys)
    return Known(
        persons=persons,
        proposals=found,
        items=items,
        shared=shared_section().pk,
        salaried=frozenset(salaried.values_list("person", flat=True)),
    )


def _rows(
    sheet: Sheet, wanted: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> list[Row]:
    """The rows of a sheet by the names of their columns. Raises Fault: a column missing, a row unreadable."""
    places = {plain(title): place for place, title in enumerate(sheet.header)}
    found: dict[str, int] = {}
    for code, names in {**wanted, **more}.items():
        place = next((places[plain(name)] for name in names if plain(name) in places), None)
        if place is not None:
            found[code] = place
        elif code in wanted:
            raise Fault(FaultKind.COLUMN, 0, names[0])
    rows: list[Row] = []
    for row in sheet.rows:
        if row.fault:
            raise Refused(Code.FILE_REFUSED, _line(row.number, row.fault), field="file")
        rows.append((row.number, _reader(row.cells, found)))
    return rows


def _reader(cells: Sequence[str], places: Mapping[str, int]) -> Callable[[str], str]:
    return lambda code: cells[places[code]].strip() if code in places else ""


def _line(number: int, sentence: str) -> str:
    return _("Ligne %(number)d : %(sentence)s") % {"number": number, "sentence": sentence}


def _sentence(fault: Fault) -> str:
    gap = money(Decimal(fault.about)) if fault.kind == FaultKind.BALANCE else ""
    about = {"about": fault.about, "gap": gap}
    said = {
        FaultKind.COLUMN: _("Il manque la colonne « %(about)s ».") % about,
        FaultKind.AMOUNT: _("« %(about)s » n’est pas un montant.") % about,
        FaultKind.TWICE: _("le matricule « %(about)s » y est deux fois.") % about,
        FaultKind.NET: _("le net avant impôt de « %(about)s » n’est pas le brut moins ses cotisations.")
        % about,
        FaultKind.SLIP: _("la paie de « %(about)s » n’est pas équilibrée.") % about,
        FaultKind.BALANCE: _("Le journal n’est pas équilibré : débit − crédit = %(gap)s.") % about,
        FaultKind.SECTION: _("aucune activité n’a le code « %(about)s ».") % about,
        FaultKind.EMPTY: _("Ce fichier ne contient aucun bulletin."),
    }
    if fault.kind == FaultKind.NUMBER:
        sentence = (
            _("le matricule « %(about)s » n’est celui de personne.") % about
            if fault.about
            else _("il manque le matricule.")
        )
    else:
        sentence = said[fault.kind]
    return _line(fault.line, sentence) if fault.line else sentence
