"""The last year of the books, closed on the workbench: statements accepted, one to send again, accruals, the
result of each section (ACC-46, ACC-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Account, FiscalYear
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.periods import first_to_close
from accounting.selectors.year_statements import leaders_of, sections_of_year
from accounting.services.accruals import AccrualContent, declare_accrual
from accounting.services.periods import close_month, ensure_year
from accounting.services.posting import post_entry
from accounting.services.reversals import reverse_due
from accounting.services.year_closings import TASK, carry_year, prepare_year
from accounting.services.year_statements import send_statement, sign_statement
from accounting.states.books import AccountRole, JournalCode
from cae.core.jobs import Progress
from cae.core.notices import read_about
from cae.core.periods import Month
from cae.core.signing import Hand, Origin
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.paying import end_job, open_job
from cae.demonstration.loading.people import Population
from people.models import User

_AUDITOR, _INSURER = "Cabinet Laborde", "Mutuelle des ateliers"
_PREMIUM = "Assurance professionnelle de décembre"
# How many activities were sent their statement: each is a file to print.
_SENT = 4


def close_last_year(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """Does: accruals, statements and result of the last year. Refuses: nothing. Leaves behind: the year
    carried, its last month still open."""
    accountant = population.accounts["accountant"]
    year = ensure_year(date(today.year - 1, 12, 31), actor=accountant)
    _accrue(shops, year, actor=accountant)
    reverse_due(today=today)
    _agree(shops, year, today=today, actor=accountant)
    last, month = Month.of(year.ends_on), first_to_close()
    while month is not None and month < last:
        close_month(month, looked=True, actor=accountant, today=today)
        month = month.next()
    prepare_year(year, looked=True, today=today, actor=accountant)
    job = open_job(TASK, "Résultat porté par section", accountant)
    carry_year(year, through=Progress(job))
    end_job(job)


def _accrue(shops: Sequence[Shop], year: FiscalYear, *, actor: User) -> None:
    """The auditor to be paid, an insurance that runs into the next year; a premium of the photographer, asked
    and paid in January."""
    accounts, shared = {row.number: row for row in Account.objects.all()}, shared_section()
    hers = next(section_of(shop.activity) for shop in shops if shop.activity.code == "LENOIR")
    for kind, section, number, label, party, amount, vat in (
        ("to_receive", shared, "604000", "Honoraires du commissaire aux comptes", _AUDITOR, "2400", "480"),
        ("prepaid", shared, "616000", "Assurance, part de l’année suivante", _INSURER, "310", "0"),
        ("to_receive", hers, "616000", _PREMIUM, _INSURER, "38", "0"),
    ):
        content = AccrualContent(kind, section, accounts[number], label, Decimal(amount), Decimal(vat), party)
        declare_accrual(content, year=year, form_key=uuid4(), actor=actor)
    lines = (
        debit("616000", hers.pk, Decimal(38), party=_INSURER),
        credit(AccountRole.BANK, hers.pk, Decimal(38), party=_INSURER),
    )
    paid_on = date(year.ends_on.year + 1, 1, 15)
    post_entry(EntryDraft(JournalCode.BANK, paid_on, _PREMIUM, lines), actor=actor, source=None)


def _agree(shops: Sequence[Shop], year: FiscalYear, *, today: date, actor: User) -> None:
    """Statements sent to some, accepted by those who have an account; an invoice that came in afterwards."""
    at = timezone.make_aware(datetime.combine(today, time(9)))
    moved = set(sections_of_year(year).values_list("pk", flat=True))
    sections = [one for one in (section_of(shop.activity) for shop in shops) if one.pk in moved]
    # Those who have an account first: theirs are accepted.
    sections = sorted(sections, key=lambda one: not leaders_of(one, today))[:_SENT]
    waiting = []
    for row in [send_statement(one, year=year, today=today, actor=actor) for one in sections]:
        leader = next(iter(leaders_of(row.analytic, today)), None)
        if leader is None:
            waiting.append(row)
            continue
        hand = Hand(leader.get_full_name(), typed=leader.get_full_name())
        sign_statement(row, hand=hand, shown=row.content_sha256, at=at, origin=Origin(), actor=leader)
        read_about(leader, row, at=at)
    for row in waiting[:1]:
        late, amount = row.analytic_id, Decimal("46.00")
        lines = (debit("626000", late, amount), credit("supplier", late, amount, party="Poste aux colis"))
        draft = EntryDraft("OD", year.ends_on, "Affranchissements de décembre, reçus en retard", lines)
        post_entry(draft, actor=actor, source=None)
