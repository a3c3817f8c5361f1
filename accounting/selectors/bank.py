"""Accounts at the bank, statements and lines, and the balance of the bank beside that of the books."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from accounting.models import (
    Account,
    AnalyticAccount,
    BankAccount,
    BankLayout,
    BankLine,
    BankMatch,
    BankMatchedLine,
    BankRule,
    BankStatement,
    CostKind,
    EntryLine,
)
from accounting.states.bank import BankLineState, MatchKind
from accounting.states.books import AccountKind
from cae.core.money import ZERO
from cae.core.questions import Given

# The accounts of the chart that keep money at a bank (PCG 512).
BANK_PREFIX = "512"


@dataclass(frozen=True)
class Standing:
    """How an account stands: what the bank says, what the books say, what is left to match."""

    account: BankAccount
    at_bank: Decimal | None
    last_on: date | None
    in_books: Decimal
    to_match: int
    lines: int
    # The oldest that waits.
    next_line: int | None = None

    @property
    def matched(self) -> int:
        return self.lines - self.to_match

    @property
    def key(self) -> str:
        return str(self.account.pk)

    @property
    def gap(self) -> Decimal | None:
        return None if self.at_bank is None else self.at_bank - self.in_books


def bank_accounts() -> QuerySet[BankAccount]:
    return BankAccount.objects.select_related("account", "layout")


def open_accounts(on: date) -> QuerySet[BankAccount]:
    return bank_accounts().filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on))


def accounts_to_give() -> QuerySet[Account]:
    """Accounts of the chart that keep money at a bank and that no bank account has yet."""
    rows = Account.objects.filter(kind=AccountKind.BALANCE, number__startswith=BANK_PREFIX)
    return rows.filter(bank_account__isnull=True)


def standings(on: date) -> list[Standing]:
    """How each account stands, in four queries whatever their number: the books are read on the day of the
    last statement, so that the two balances speak of one day; today where there is none."""
    last = BankStatement.objects.filter(bank_account=OuterRef("pk"), next__isnull=True)
    waiting = BankLine.objects.filter(bank_account=OuterRef("pk"), state=BankLineState.TO_MATCH)
    rows = list(
        bank_accounts().annotate(
            at_bank=Subquery(last.values("closing")[:1]),
            last_on=Subquery(last.values("last_on")[:1]),
            next_line=Subquery(waiting.order_by("booked_on", "pk").values("pk")[:1]),
        )
    )
    counts = (
        BankLine.objects.order_by()
        .values("bank_account")
        .annotate(lines=Count("pk"), to_match=Count("pk", filter=Q(state=BankLineState.TO_MATCH)))
    )
    counted = {row["bank_account"]: (row["to_match"], row["lines"]) for row in counts}
    books = _in_books(rows, on)
    return [
        Standing(
            row,
            row.at_bank,
            row.last_on,
            books.get(row.account_id, ZERO),
            *counted.get(row.pk, (0, 0)),
            row.next_line,
        )
        for row in rows
    ]


def _in_books(rows: Iterable[BankAccount], on: date) -> dict[int, Decimal]:
    until = Q(pk__in=[])
    for row in rows:
        day = getattr(row, "last_on", None) or on
        until |= Q(account=row.account_id, on__lte=day)
    sums = EntryLine.objects.filter(until).order_by().values("account")
    return dict(sums.annotate(sum=Sum(F("debit") - F("credit"))).values_list("account", "sum"))


def bank_layouts() -> QuerySet[BankLayout]:
    return BankLayout.objects.all()


def bank_rules() -> QuerySet[BankRule]:
    """Rules with how many matches in force each made (`seen`)."""
    live = Count("matches", filter=Q(matches__undone_at__isnull=True))
    people = ("account", "section", "cost_kind", "created_by__person", "stopped_by__person")
    return BankRule.objects.select_related(*people).annotate(seen=live)


def last_statement(account: BankAccount) -> BankStatement | None:
    """The statement that nothing continues yet."""
    return BankStatement.objects.filter(bank_account=account, next__isnull=True).first()


def known_fingerprints(account: BankAccount, prints: Collection[str]) -> set[str]:
    rows = BankLine.objects.filter(bank_account=account, fingerprint__in=list(prints))
    return set(rows.values_list("fingerprint", flat=True))


def bank_statements() -> QuerySet[BankStatement]:
    """Statements with how many of their lines wait (`to_match`)."""
    people = ("bank_account", "document", "imported_by__person")
    left = Count("lines", filter=Q(lines__state=BankLineState.TO_MATCH))
    return BankStatement.objects.select_related(*people).annotate(to_match=left)


def is_removable(statement: BankStatement) -> bool:
    """Nothing continues it, and nothing of it was ever matched."""
    following = BankStatement.objects.filter(previous=statement)
    return not following.exists() and not BankMatch.objects.filter(line__statement=statement).exists()


def bank_lines() -> QuerySet[BankLine]:
    """Every line with what it is matched with (`live`, at most one)."""
    live = BankMatch.objects.filter(undone_at__isnull=True)
    return BankLine.objects.select_related("bank_account", "statement").prefetch_related(
        Prefetch("matches", queryset=live, to_attr="live")
    )


def lines_to_match() -> QuerySet[BankLine]:
    """What waits, the oldest first."""
    return bank_lines().filter(state=BankLineState.TO_MATCH).order_by("booked_on", "pk")


def lines_waiting_since(on: date | Given) -> QuerySet[BankLine]:
    return BankLine.objects.filter(state=BankLineState.TO_MATCH, booked_on__lte=on)


def unmatched_until(on: date) -> QuerySet[BankLine]:
    """What a month that closes leaves unmatched."""
    return BankLine.objects.filter(state=BankLineState.TO_MATCH, booked_on__lte=on)


def lines_said(lines: QuerySet[BankLine], text: str) -> QuerySet[BankLine]:
    """Keeps the lines whose label, counterparty or references hold each word, or of this very amount."""
    for word in text.split():
        said = Q()
        for column in ("label", "counterparty", "reference", "end_to_end"):
            said |= Q(**{f"{column}__unaccent__icontains": word})
        plain = word.replace(",", ".").lstrip("+-")
        if plain.replace(".", "", 1).isdecimal() and len(plain) <= 13:
            said |= Q(amount__in=[Decimal(plain), -Decimal(plain)])
        lines = lines.filter(said)
    return lines


def with_kind(lines: QuerySet[BankLine], kind: str) -> QuerySet[BankLine]:
    """Keeps the lines matched in this way."""
    live = BankMatch.objects.filter(line=OuterRef("pk"), undone_at__isnull=True, kind=kind)
    return lines.filter(Exists(live))


def matches_of(line: BankLine) -> QuerySet[BankMatch]:
    """Every matching of a line, the latest first, with the lines of the books that each counted."""
    counted = BankMatchedLine.objects.select_related(
        "entry_line__entry__journal", "entry_line__analytic", "entry_line__account"
    )
    rows = BankMatch.objects.filter(line=line).select_related(
        "accepted_by__person", "undone_by__person", "rule"
    )
    return rows.prefetch_related(Prefetch("lines", queryset=counted)).order_by("-pk")


def live_match_of(line: BankLine) -> BankMatch | None:
    return BankMatch.objects.filter(line=line, undone_at__isnull=True).first()


def lines_in_suspense() -> QuerySet[BankMatch]:
    """Lines that wait on the suspense account for an explanation."""
    return BankMatch.objects.filter(undone_at__isnull=True, kind=MatchKind.WAITING)


def last_booked_on() -> date | None:
    found: date | None = BankLine.objects.aggregate(last=Max("booked_on"))["last"]
    return found


def parts_offered() -> dict[str, list[tuple[int, str]]]:
    """What a part of a split may name, read once for all its rows: accounts, sections with the shared
    services first, natures of cost."""
    sections = AnalyticAccount.objects.order_by("-kind", "sort_label")
    return {
        "accounts": [(row.pk, str(row)) for row in Account.objects.all()],
        "sections": [(row.pk, str(row)) for row in sections],
        "costs": [(row.pk, str(row)) for row in CostKind.objects.all()],
    }
