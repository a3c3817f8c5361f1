"""What the bank may settle: what the books hold of a bank account and nobody ticked yet, transfers that the
bank has, dues of third parties, and what the rooms above give."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from accounting.calculations.matching.items import Item, ItemKind, Rule
from accounting.models import (
    BankAccount,
    BankMatchedLine,
    BankRule,
    BankStatement,
    Entry,
    EntryLine,
    PaymentLine,
)
from accounting.selectors.lettering import open_lines
from accounting.states.bank import RuleSide
from accounting.states.books import AccountRole
from accounting.states.payments import BatchState, LineState
from cae.core.money import ZERO

Provider = Callable[[date], Iterable[Item]]
# Entries by key → how the money came (« cheque »), for those brought to the bank together.
DepositProvider = Callable[[Collection[int]], dict[int, str]]

_HAS_DIGIT = re.compile(r"[0-9]")
# What was booked so long before the first statement is over.
_BEFORE = timedelta(days=90)

_providers: list[Provider] = []
_deposits: list[DepositProvider] = []

# What is paid or received as such: third parties, people, taxes. VAT of a document is paid by its return.
_PAYABLE = ("401", "411", "42", "43", "441", "442", "444", "44551", "447", "45", "46")
# Their documents say what they are: the rooms above give them, or their payment order does.
_OF_DOCUMENTS = (
    AccountRole.CUSTOMER,
    AccountRole.CUSTOMER_RETENTION,
    AccountRole.CUSTOMER_ADVANCE,
    AccountRole.SUPPLIER,
    AccountRole.CLAIMANT,
    AccountRole.EXPENSE_ADVANCE,
)


def provide_open_items(provider: Provider) -> None:
    """Registers what a room above has open on a day: invoices, credits, purchases."""
    _providers.append(provider)


def provide_deposits(provider: DepositProvider) -> None:
    """Registers who knows how the money of an entry came."""
    _deposits.append(provider)


def open_items(account: BankAccount, on: date) -> list[Item]:
    """Everything that a line of this account may settle, in a number of queries that does not depend on how
    many there are."""
    ibans = _known_ibans()
    items = [
        *_in_books(account),
        *_at_bank(),
        *_dues(on),
        *(item for provider in _providers for item in provider(on)),
    ]
    return [_with_ibans(item, ibans) for item in items]


def _with_ibans(item: Item, known: dict[str, set[str]]) -> Item:
    more = known.get(item.party, set()) - set(item.ibans)
    return replace(item, ibans=(*item.ibans, *sorted(more)))


def _known_ibans() -> dict[str, set[str]]:
    """The IBAN from which, or to which, money of each party moved, as matched before."""
    rows = (
        EntryLine.objects.filter(
            entry__lines__bank_matches__is_live=True,
            entry__lines__bank_matches__match__line__counterparty_iban__gt="",
        )
        .exclude(party="")
        .order_by()
        .values_list("party", "entry__lines__bank_matches__match__line__counterparty_iban")
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for party, iban in rows:
        found[party].add(iban)
    return found


def unticked_lines(account: BankAccount) -> QuerySet[EntryLine]:
    """Lines of the books of this account that no line of the bank was matched with. An entry and the one that
    reverses it cancel each other as long as the bank saw neither; when the reversal is itself reversed, these
    two do, and the entry stands."""
    live = BankMatchedLine.objects.filter(entry_line=OuterRef("pk"), is_live=True)
    seen = BankMatchedLine.objects.filter(is_live=True)
    rows = EntryLine.objects.filter(~Exists(live), account=account.account_id)
    undone = Entry.objects.filter(reverses=OuterRef("entry"), reversed_by=None)
    undone = undone.filter(~Exists(seen.filter(entry_line__entry=OuterRef("pk"))))
    undoing = Entry.objects.filter(pk=OuterRef("entry"), reverses__isnull=False)
    undoing = undoing.filter(~Exists(seen.filter(entry_line__entry=OuterRef("reverses"))))
    return rows.filter(~Exists(undone), ~Exists(undoing))


def _in_books(account: BankAccount) -> Iterator[Item]:
    first = BankStatement.objects.filter(bank_account=account, previous=None).first()
    if first is None:
        return
    sums = (
        unticked_lines(account)
        .filter(on__gte=first.first_on - _BEFORE)
        .order_by()
        .values("entry", "entry__on", "entry__label", "entry__piece")
        .annotate(amount=Sum(F("debit") - F("credit")))
    )
    rows = {row["entry"]: row for row in sums if row["amount"]}
    parties, labels = _words_of(rows)
    # A slip of the books, declared first, says more than the way a receipt came.
    deposits = {key: mode for provider in reversed(_deposits) for key, mode in provider(list(rows)).items()}
    alone = {mode for mode, count in Counter(deposits.values()).items() if count == 1}
    for key, row in rows.items():
        party, deposit = parties.get(key, ""), deposits.get(key, "")
        # The bank writes the number of a slip; where a single receipt makes it, it is a number of its own.
        slip = deposit if deposit in alone and _HAS_DIGIT.search(deposit) else ""
        yield Item(
            key=f"entry:{key}",
            kind=ItemKind.LEDGER,
            label=row["entry__label"],
            amount=row["amount"],
            party=party,
            on=row["entry__on"],
            numbers=tuple(filter(None, (row["entry__piece"], slip, *labels.get(key, ())))),
            group=f"entry:{party}" if party else "",
            deposit=deposit,
        )
    yield from _paid_lots(rows.keys())


def _words_of(keys: Collection[int]) -> tuple[dict[int, str], dict[int, set[str]]]:
    """Whom each entry names, and the numbers that its lines bear."""
    parties: dict[int, str] = {}
    labels: dict[int, set[str]] = defaultdict(set)
    rows = EntryLine.objects.filter(entry__in=list(keys)).exclude(party="", label="")
    for key, party, label in rows.order_by("pk").values_list("entry", "party", "label"):
        if party:
            parties.setdefault(key, party)
        if label:
            labels[key].add(label)
    return parties, labels


def _paid_lots(rows: Collection[int]) -> Iterator[Item]:
    """A lot whose orders are all noted paid and none ticked: the bank may write it as one line."""
    paid = PaymentLine.objects.filter(entry__in=list(rows), state=LineState.SETTLED).select_related("batch")
    lots: dict[int, list[PaymentLine]] = defaultdict(list)
    for line in paid:
        lots[line.batch_id].append(line)
    settled = dict(
        PaymentLine.objects.filter(batch__in=list(lots), state=LineState.SETTLED)
        .order_by()
        .values("batch")
        .annotate(amount=Sum("amount"))
        .values_list("batch", "amount")
    )
    for key, lines in lots.items():
        amount = sum((line.amount for line in lines), ZERO)
        if len(lines) > 1 and amount == settled[key]:
            batch, on = lines[0].batch, lines[0].settled_on
            yield Item(
                key=f"batch:{key}",
                kind=ItemKind.LEDGER,
                label=str(batch),
                amount=-amount,
                on=on,
                references=(batch.reference,),
            )


def _at_bank() -> Iterator[Item]:
    """Orders that the bank has, each alone and each lot as a whole."""
    waiting = PaymentLine.objects.filter(state=LineState.PENDING, batch__state=BatchState.RELEASED)
    lots: dict[int, list[PaymentLine]] = defaultdict(list)
    for line in waiting.select_related("batch", "order").order_by("pk"):
        lots[line.batch_id].append(line)
        yield Item(
            key=f"order:{line.order_id}",
            kind=ItemKind.TRANSFER,
            label=f"{line.name} · {line.label}",
            amount=-line.amount,
            party=line.name,
            on=line.batch.execution_on,
            references=(line.order.reference,),
            ibans=(line.iban,),
        )
    for key, lines in lots.items():
        if len(lines) > 1:
            batch = lines[0].batch
            yield Item(
                key=f"lot:{key}",
                kind=ItemKind.LOT,
                label=str(batch),
                amount=-sum((line.amount for line in lines), ZERO),
                on=batch.execution_on,
                references=(batch.reference,),
            )


def _dues(on: date) -> Iterator[Item]:
    """What third parties are owed, or owe, by what no document of a room above says: pay, taxes, cards,
    entries by hand; each line alone, and those of one entry together (the pay of a month)."""
    wholes: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for one in (one for prefix in _PAYABLE for one in open_lines(on=on, prefix=prefix)):
        line = one.line
        of_document = line.account.role in _OF_DOCUMENTS and line.entry.source_id is not None
        if of_document:
            continue
        item = Item(
            key=f"due:{line.pk}",
            kind=ItemKind.DUE,
            label=" · ".join(filter(None, (line.party or line.account.label, line.entry.label))),
            amount=one.left,
            party=line.party or line.label or line.account.label,
            on=line.on,
            due_on=line.due_on,
            numbers=tuple(filter(None, (line.entry.piece,))),
        )
        wholes[line.entry_id, line.account_id].append(item)
        yield item
    for (entry, account), items in wholes.items():
        amount = sum((item.amount for item in items), ZERO)
        if len(items) > 1 and amount:
            first = items[0]
            yield Item(
                key=f"dues:{entry}:{account}",
                kind=ItemKind.DUE,
                label=first.label.rpartition(" · ")[2],
                amount=amount,
                party=first.label.rpartition(" · ")[2],
                on=first.on,
                due_on=first.due_on,
                numbers=first.numbers,
            )


def rules_in_force() -> list[Rule]:
    """What was learnt and not stopped, with how often it was accepted."""
    rows = BankRule.objects.filter(stopped_at__isnull=True).select_related("account")
    live = Count("matches", filter=Q(matches__undone_at__isnull=True))
    return [_rule(row) for row in rows.annotate(seen=live).order_by("pk")]


def _rule(row: BankRule) -> Rule:
    return Rule(
        key=f"rule:{row.pk}",
        label=f"{row} → {row.account}",
        words=(row.words,) if row.words else (),
        is_in=row.side == RuleSide.IN,
        iban=row.iban,
        least=row.least,
        most=row.most,
        seen=row.seen,  # type: ignore[attr-defined]
    )
