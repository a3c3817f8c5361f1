"""Pay in the demonstration: a month come back from payroll with its payslips, one sent, one to accept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.payroll.proposing import PayEngine
from accounting.documents import pay_sheets_pdf
from accounting.models import ExportLayout, PayMonth, PayNumber, PayProposal
from accounting.payroll_presets import HOUSE
from accounting.selectors.pay_means import Payee
from accounting.selectors.pay_years import years_over
from accounting.selectors.payroll import proposals_of, sheets_of
from accounting.selectors.periods import first_to_close
from accounting.services.pay_engines import engine_of
from accounting.services.pay_exports import export_pay
from accounting.services.pay_journals import FILE_KIND, RETENTION_YEARS, JournalFile, import_journal
from accounting.services.pay_layouts import LayoutData, save_layout
from accounting.services.pay_making import TASK, propose_pay
from accounting.services.pay_proposals import agree_pay, ask_other_pay, check_pay
from accounting.services.pay_slips import file_slips, read_slips
from accounting.services.pay_years import TASK as YEARS_TASK
from accounting.services.pay_years import compute_years
from accounting.states.payroll import ImportKind, PayItemKind
from cae.core.documents import store_document
from cae.core.jobs import Progress
from cae.core.models import Job, JobState
from cae.core.money import CENT, ZERO, cents
from cae.core.periods import Month
from cae.demonstration.loading.paying_out import pay_out
from cae.demonstration.loading.people import Population
from people.models import User

_HEAD = "Matricule;Brut;Cotisations salariales;Cotisations patronales;RGDU;PAS;Net versé"
# What payroll found beyond the simulation, for the first of each month: enough to be shown.
_GAP = Decimal("23.40")
_WITHHELD = Decimal("0.02")


def pay_people(population: Population, *, today: date) -> None:
    """Does: plays three months of pay. Refuses: nothing. Leaves behind: one real with its payslips, one real
    with a gap, that of this month to accept, with another amount asked; balances of the year before."""
    officer, accountant = population.accounts["hr"], population.accounts["accountant"]
    current = Month.of(today)
    before = current.previous()
    layout = house_layout(officer)
    # What the books hold of older pay is that of the team.
    for month in (first_to_close() or before).until(before.previous().previous()):
        pay_out(month, today=today, actor=accountant)
    for month in (before.previous(), before):
        opened = _propose(month, today=month.last, actor=officer)
        rows = list(proposals_of(opened))
        for row in rows:
            agree_pay(row, actor=_account(row, officer))
            check_pay(row, actor=officer)
        if rows:
            export_pay(opened, layout, actor=officer)
            _come_back(opened, rows, gap=_GAP if month == before else ZERO, actor=accountant)
        pay_out(month, today=today, actor=accountant)
    _file_slips(PayMonth.objects.get(first=before.previous().first), officer)
    _ask_otherwise(_propose(current, today=today, actor=officer), officer)
    _year(today, officer)


def house_layout(actor: User) -> ExportLayout:
    data = LayoutData(
        name=HOUSE.name,
        columns=HOUSE.columns,
        codes=HOUSE.codes,
        separator=HOUSE.separator,
        decimal_mark=HOUSE.decimal_mark,
        date_shape=HOUSE.date_shape,
        encoding=HOUSE.encoding,
        has_header=HOUSE.has_header,
    )
    return save_layout(None, data=data, actor=actor)


def _propose(month: Month, *, today: date, actor: User) -> PayMonth:
    known: dict[int, PayEngine] = {}

    def engine(payee: Payee, wanted: Month) -> PayEngine:
        return known.setdefault(payee.pk, engine_of(payee, wanted))

    job = open_job(TASK, f"Propositions de paie · {month.month:02}/{month.year}", actor)
    propose_pay(month, today=today, through=Progress(job), engines=engine)
    end_job(job)
    return PayMonth.objects.get(first=month.first)


def open_job(task: str, label: str, actor: User) -> Job:
    return Job.objects.create(task=task, label=label, author=actor, total=1, state=JobState.RUNNING)


def end_job(job: Job) -> None:
    job.refresh_from_db()
    job.state, job.total = JobState.DONE, max(job.done, 1)
    job.save(update_fields=["state", "total"])


def _account(row: PayProposal, otherwise: User) -> User:
    return User.objects.filter(person=row.person_id).first() or otherwise


def _come_back(opened: PayMonth, rows: list[PayProposal], *, gap: Decimal, actor: User) -> None:
    content = summary_of(rows, gap=gap)
    file = JournalFile(opened, ImportKind.SUMMARY, opened.month.last, content, "journal-de-paie.csv")
    document = store_document(
        content,
        kind=FILE_KIND,
        name=file.name,
        mime="text/csv",
        about=opened,
        actor=actor,
        retention_until=date(opened.first.year + RETENTION_YEARS, 12, 31),
    )
    import_journal(file, document=document, actor=actor)


def summary_of(rows: Iterable[PayProposal], *, gap: Decimal = ZERO) -> bytes:
    """The file that payroll sends back, with a gap for the first of these pays."""
    return "\n".join([_HEAD, *(_line(row, ZERO if rank else gap) for rank, row in enumerate(rows))]).encode()


def _line(row: PayProposal, gap: Decimal) -> str:
    """What payroll says: the simulation, to a few euros."""
    sums: dict[str, Decimal] = dict.fromkeys(PayItemKind.values, ZERO)
    for item in row.items.all():
        sums[item.kind] += item.amount
    beside = sums[PayItemKind.EXPENSES] + sums[PayItemKind.DAILY] - sums[PayItemKind.SHARES]
    withheld = cents(row.net * _WITHHELD)
    paid = row.net - withheld + beside
    number = PayNumber.objects.get(person=row.person_id).number
    cells: list[Any] = [number, row.gross, row.gross - row.net, row.cost - row.gross + gap, row.rgdu]
    return ";".join(str(cell) for cell in [*cells, withheld, paid])


def _file_slips(opened: PayMonth, actor: User) -> None:
    sheets = sheets_of(opened)
    if sheets:
        content = pay_sheets_pdf(sheets, opened, title="Bulletin de paie (exemple)")
        batch = read_slips(opened, content=content, name=f"bulletins-{opened.month}.pdf", actor=actor)
        file_slips(batch, actor=actor)


def _ask_otherwise(opened: PayMonth, officer: User) -> None:
    """The last of those who have an advance would rather keep half of it in the activity."""
    told: list[Any] = list(proposals_of(opened))
    rows = [row for row in told if row.advance]
    if len(rows) > 1:
        row = rows[-1]
        wanted = (row.fixed + row.advance / 2).quantize(CENT)
        ask_other_pay(
            row,
            wanted=wanted,
            reason="Je garde de quoi payer mon stand au salon de janvier",
            engines=engine_of,
            actor=_account(row, officer),
        )


def _year(today: date, actor: User) -> None:
    year = years_over(today)[0]
    job = open_job(YEARS_TASK, f"Soldes de fin d’année · {year.ends_on.year}", actor)
    compute_years(year, through=Progress(job))
    end_job(job)
