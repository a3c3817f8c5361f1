"""The bank in the demonstration: three months of statements made from its own books, two of them matched.

Fees taught a rule, a line is in suspense, cheques went together; a second account waits for its first
statement, to be imported for a trial (docs/demonstration/releve-livret.xml)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Max, Q, Sum

from accounting.calculations.bank_entries import SplitPart
from accounting.calculations.matching.texts import plain
from accounting.models import Account, BankAccount, BankLine, DepositSlip, EntryLine
from accounting.selectors.accounts import accounts_named, shared_section
from accounting.selectors.bank_proposals import first_offers
from accounting.selectors.deposits import deposables
from accounting.services.accounts import add_account
from accounting.services.bank_accounts import open_bank_account
from accounting.services.bank_importing import Given, import_statements
from accounting.services.bank_matching import Choice, match_line
from accounting.services.bank_rules import choice_of, match_and_learn
from accounting.services.deposits import deposit_slip, prepare_slip
from accounting.states.books import AccountKind, AccountRole
from accounting.states.reconciliation import DepositKind
from cae.core.identity import cooperative_on
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.demonstration.loading.bank_files import Movement, camt_of
from cae.demonstration.loading.people import key_of
from invoicing.models import Invoice
from people.models import User

# Bank 99999 exists nowhere; the key is right. Said in docs/demonstration/releve-livret.xml too.
SAVINGS_IBAN = "FR7699999000010000000004383"
_FEES, _FEE = "COTISATION COMPTE PRO", Decimal("-24.00")


def keep_bank(*, today: date, actor: User) -> None:
    """Two accounts, three statements; the last one is left to match."""
    account = open_bank_account(
        label="Compte courant",
        iban=cooperative_on(today).iban,
        account=accounts_named([AccountRole.BANK])[AccountRole.BANK],
        actor=actor,
    )
    savings = add_account(
        number="512100", label="Livret de la coopérative", kind=AccountKind.BALANCE, role=None, actor=actor
    )
    open_bank_account(label="Livret", iban=SAVINGS_IBAN, account=savings, actor=actor)
    last, yesterday = Month.of(today), today - timedelta(days=1)
    months = list(last.previous().previous().until(last))
    opening = _before(account.account, months[0].first)
    slip = _take_cheques(account, last, today=today, actor=actor)
    for month in months:
        movements = _movements(account, month, until=yesterday, is_last=month == last)
        if slip is not None and month == Month.of(yesterday):
            movements = [*movements, Movement(yesterday, slip.total, f"REMISE CHEQUES {slip.number}")]
        if not movements:
            continue
        given = Given(camt_of(account.iban, opening, movements), f"releve-{month}.xml")
        import_statements(given, actor=actor, today=today)
        opening += sum((one.amount for one in movements), ZERO)
        if month != last:
            _match(account, today=today, actor=actor)
    _wait_for_one(today=today, actor=actor)


def _take_cheques(account: BankAccount, month: Month, *, today: date, actor: User) -> DepositSlip | None:
    """The cheques of the last weeks, taken to the bank two days ago: it credits them together."""
    on = today - timedelta(days=2)
    since = on - timedelta(days=45)
    keys = [one.entry for one in deposables(DepositKind.CHEQUES, on) if one.on >= since]
    if not keys:
        return None
    key = key_of("deposit", str(month))
    slip = prepare_slip(
        keys, kind=DepositKind.CHEQUES, bank_account=account, on=on, form_key=key, actor=actor
    )
    return deposit_slip(slip, on=on, actor=actor, today=today)


def _before(account: Account, on: date) -> Decimal:
    rows = EntryLine.objects.filter(account=account, on__lt=on)
    found: Decimal = rows.aggregate(sum=Sum(F("debit") - F("credit"), default=ZERO))["sum"]
    return found


def _movements(account: BankAccount, month: Month, *, until: date, is_last: bool) -> list[Movement]:
    """What the bank saw of the books that month, its fees, and in the last one what nobody noted yet."""
    seen = [
        *_of_books(account.account, month),
        Movement(month.first + timedelta(days=4), _FEE, f"{_FEES} {month.first:%m/%Y}"),
        *(_news(month) if is_last else ()),
    ]
    return sorted((one for one in seen if one.on <= until), key=lambda one: (one.on, one.label))


def _of_books(account: Account, month: Month) -> Iterator[Movement]:
    rows = (
        EntryLine.objects.filter(account=account, on__range=(month.first, month.last))
        .filter(entry__reverses=None, entry__reversed_by=None, entry__deposit_items=None)
        .order_by()
        .values("entry", "entry__on", "entry__piece")
        .annotate(amount=Sum(F("debit") - F("credit")))
        .order_by("entry__on", "entry")
    )
    held = [row for row in rows if row["amount"]]
    parties = _parties([row["entry"] for row in held])
    for row in held:
        who, amount, piece = parties.get(row["entry"], ""), row["amount"], row["entry__piece"]
        label = plain(f"{'VIR' if amount > 0 else 'VIR SEPA'} {who} {piece}")
        reference = piece if piece.startswith("ORD-") else "NOTPROVIDED"
        yield Movement(row["entry__on"], amount, label, who, reference)


def _parties(entries: list[int]) -> dict[int, str]:
    rows = EntryLine.objects.filter(entry__in=entries).exclude(party="").order_by()
    return dict(rows.values("entry").annotate(who=Max("party")).values_list("entry", "who"))


def _news(month: Month) -> Iterator[Movement]:
    """What customers paid and nobody noted: an invoice whole, a part of another; a debit, an unknown sum."""
    day = month.first + timedelta(days=1)
    due = Invoice.objects.issued().invoices().filter(Q(balance__due__gt=200), retained=0, issued_on__lt=day)
    for rank, invoice in enumerate(due.select_related("customer", "balance").order_by("issued_on", "pk")[:2]):
        left, who = invoice.balance.due, invoice.customer.name
        amount = left if rank == 0 else Decimal("150.00")
        yield Movement(day, amount, plain(f"VIR {who} {invoice.number}"), who)
    yield Movement(day, Decimal("-59.90"), "PRLV SEPA TELECOM OUEST CONTRAT 88120", "Télécom Ouest")
    yield Movement(day, Decimal("350.00"), "VIR RECU SANS MOTIF")


def _match(account: BankAccount, *, today: date, actor: User) -> None:
    """What is sure is accepted, as the page does; the first fees teach the rule that settles the next."""
    for line, offer in first_offers(account, today):
        match_line(line, choice=choice_of(offer, line), shown=1, actor=actor, today=today)
    part = SplitPart("627000", shared_section().pk, -_FEE, party="Banque des Quais")
    for line in BankLine.objects.filter(state="to_match", label__startswith=_FEES):
        choice = Choice(parts=[part], label="Services bancaires et assimilés")
        match_and_learn(line, choice, words=_FEES, actor=actor, shown=1, today=today)


def _wait_for_one(*, today: date, actor: User) -> None:
    """Nobody knows yet what this one is."""
    line = BankLine.objects.filter(label="VIR RECU SANS MOTIF").first()
    if line is not None:
        match_line(line, choice=Choice(), shown=1, actor=actor, today=today)
