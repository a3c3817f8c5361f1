"""Matches a line of the bank with what it is, and undoes it (ACC-36)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.bank_entries import Due, Piece, SplitPart, due_entry, moved_entry, split_entry
from accounting.events import LinesSettled, LinesTakenBack
from accounting.models import (
    Account,
    BankLine,
    BankMatch,
    BankMatchedLine,
    BankRule,
    Entry,
    EntryLine,
    PaymentBatch,
    PaymentLine,
    PaymentOrder,
)
from accounting.selectors.accounts import accounts_named, shared_section
from accounting.selectors.bank import live_match_of
from accounting.selectors.lettering import open_lines
from accounting.selectors.open_items import unticked_lines
from accounting.services.lettering import letter_lines
from accounting.services.payment_batches import settle_batch, settle_payment
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.services.vat_returns import take_back_payments
from accounting.states.bank import LINE_FLOW, MatchKind
from accounting.states.books import AccountRole
from accounting.states.lettering import LetteringOrigin
from accounting.states.payments import LineState
from cae.core.errors import Code, Refused
from cae.core.events import publish
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

_TURN = "accounting.bank_matching"
_SPACE = uuid.UUID("5d0d6a3e-4c0f-4f43-9f5c-6c1c8f1f5a10")
MOST_REASON, MOST_PARTS = 300, 30
_MOST_LABEL = 200

# What each kind of item makes of its match.
_KINDS = {
    "entry": MatchKind.LEDGER,
    "batch": MatchKind.LEDGER,
    "order": MatchKind.TRANSFER,
    "lot": MatchKind.TRANSFER,
}


@dataclass(frozen=True)
class Choice:
    """What the accountant says a line is: items of the books by their key, each for an amount signed as the
    bank writes it, or parts of a split; nothing of both puts the line in suspense."""

    items: Sequence[tuple[str, Decimal]] = ()
    parts: Sequence[SplitPart] = ()
    label: str = ""
    reasons: Sequence[dict[str, str]] = ()
    rule: BankRule | None = None


@dataclass
class _Made:
    """What a choice comes to: entries that were there, and those that it posted."""

    held: list[EntryLine] = field(default_factory=list)
    posted: list[Entry] = field(default_factory=list)


@performs(LINE_FLOW, "match")
def match_line(row: BankLine, *, choice: Choice, shown: int, actor: Any, today: date) -> None:
    """Does: says what a line is: ticks what the books hold, settles what is open, or posts its split.
    Refuses: a line that changed since it was shown, an item that is open no more or that another line has
    taken, a sum that is not that of the line, and what recording each refuses (closed month, account
    missing). Leaves behind: the match and the entries it made, a lettering of the dues, audit."""
    if row.version != shown:
        raise Refused(
            Code.STALE_FORM, _("Quelqu’un vient de s’occuper de cette ligne : relisez-la avant de choisir.")
        )
    take_turn(_TURN)
    made = _do(row, choice, actor=actor, today=today)
    counted = _counted(row, made, actor=actor)
    total = sum((line.debit - line.credit for line in counted), ZERO)
    if total != row.amount:
        raise _other_sum(row, total)
    match = BankMatch.objects.create(
        line=row,
        kind=_kind_of(choice),
        label=(choice.label or _suspense_label())[:_MOST_LABEL],
        reasons=list(choice.reasons),
        rule=choice.rule,
        accepted_by=actor,
    )
    match.made.set(made.posted)
    BankMatchedLine.objects.bulk_create([BankMatchedLine(match=match, entry_line=line) for line in counted])
    row.version += 1


@performs(LINE_FLOW, "undo")
def undo_match(row: BankLine, *, reason: str, shown: int, actor: Any, today: date) -> None:
    """Does: undoes the match of a line; what it had posted is reversed on the day it was dated, receipts with
    their VAT. A transfer or a purchase noted paid stays so; a VAT return that it paid is to be paid again.
    Refuses: a line that changed since it was shown, no reason, a closed month, money used since. Leaves
    behind: the match with its reason, the line to be matched anew, audit."""
    if row.version != shown:
        raise Refused(
            Code.STALE_FORM, _("Quelqu’un vient de s’occuper de cette ligne : relisez-la avant de choisir.")
        )
    why = one_line(reason, "reason", _("Dites pourquoi ce rapprochement est défait."), most=MOST_REASON)
    take_turn(_TURN)
    match = live_match_of(row)
    if match is None:
        raise Refused(Code.ALREADY_DONE, _("Cette ligne n’est plus rapprochée."))
    BankMatchedLine.objects.filter(match=match).update(is_live=False)
    match.undone_at, match.undone_by, match.undone_reason = timezone.now(), actor, why
    match.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    _take_back(row, list(match.made.order_by("-pk")), why, actor=actor, today=today)
    row.version += 1


def _take_back(row: BankLine, entries: list[Entry], why: str, *, actor: Any, today: date) -> None:
    """Its own entries first, then what a room above recorded by the others."""
    own = ContentType.objects.get_for_model(BankLine)
    mine = [entry for entry in entries if (entry.source_type_id, entry.source_id) == (own.pk, row.pk)]
    for entry in mine:
        reverse_entry(entry, on=entry.on, reason=why, actor=actor)
    take_back_payments(mine, actor=actor)
    others = tuple(entry for entry in entries if entry not in mine)
    if others:
        publish(LinesTakenBack(others, on=row.booked_on, reason=why, today=today, actor=actor))


def _kind_of(choice: Choice) -> MatchKind:
    if choice.items:
        return _KINDS.get(choice.items[0][0].partition(":")[0], MatchKind.ITEMS)
    return MatchKind.SPLIT if choice.parts else MatchKind.WAITING


def _do(row: BankLine, choice: Choice, *, actor: Any, today: date) -> _Made:
    made = _Made()
    above = []
    for key, amount in choice.items:
        kind, _sep, rest = key.partition(":")
        if kind in _KINDS and kind in ("entry", "batch"):
            made.held += _held_lines(row, kind, rest)
        elif kind in _KINDS:
            made.posted += _paid(row, kind, rest, actor=actor, today=today)
        elif kind in ("due", "dues"):
            made.posted.append(_settle_due(row, kind, rest, amount, actor=actor))
        else:
            above.append((key, amount))
    if above:
        made.posted += _settled_above(row, above, actor=actor, today=today)
    parts = choice.parts if choice.items or choice.parts else [_suspense(row)]
    if parts:
        made.posted.append(_post_split(row, parts, actor=actor))
    return made


def _other_sum(row: BankLine, total: Decimal) -> Refused:
    return Refused(
        Code.AMOUNT_INVALID,
        _("Ce choix fait %(total)s et la ligne %(amount)s : ventilez la différence.")
        % {"total": money(total), "amount": money(row.amount)},
    )


def gone() -> Refused:
    """What is said of a choice that somebody took meanwhile."""
    return Refused(
        Code.ALREADY_DONE,
        _("Ce choix n’est plus ouvert : quelqu’un vient de s’en occuper. Relisez la ligne."),
    )


def _held_lines(row: BankLine, kind: str, key: str) -> list[EntryLine]:
    """What the books hold already, that no line of the bank has."""
    free = unticked_lines(row.bank_account)
    if kind == "entry":
        entries = [int(key)]
    else:
        lines = PaymentLine.objects.filter(batch=int(key), state=LineState.SETTLED)
        entries = [entry for entry in lines.values_list("entry", flat=True) if entry is not None]
    found = list(free.filter(entry__in=entries).order_by("pk"))
    if {line.entry_id for line in found} != set(entries):
        raise gone()
    return found


def _paid(row: BankLine, kind: str, key: str, *, actor: Any, today: date) -> list[Entry]:
    """An order, or all that waits in a lot, noted paid on the day of the line."""
    if kind == "order":
        order = PaymentOrder.objects.get(pk=int(key))
        settle_payment(order, on=row.booked_on, actor=actor, today=today)
        lines = PaymentLine.objects.filter(order=order, state=LineState.SETTLED)
    else:
        batch = PaymentBatch.objects.get(pk=int(key))
        waiting = PaymentLine.objects.filter(batch=batch, state=LineState.PENDING)
        keys = list(waiting.values_list("pk", flat=True))
        settle_batch(batch, on=row.booked_on, actor=actor, today=today)
        lines = PaymentLine.objects.filter(pk__in=keys)
    return [line.entry for line in lines.select_related("entry").order_by("pk") if line.entry is not None]


def _settle_due(row: BankLine, kind: str, key: str, amount: Decimal, *, actor: Any) -> Entry:
    """Posts the payment of what a third party is owed by the books alone, and letters the two."""
    keys = [int(part) for part in key.split(":")]
    wanted = {"pk": keys[0]} if kind == "due" else {"entry": keys[0], "account": keys[-1]}
    lines = EntryLine.objects.filter(**wanted).select_related("account")
    accounts = {line.account_id: line.account for line in lines}
    own = {line.pk for line in lines}
    # What is left of it now: what answered it after the day of the line is paid no second time.
    found = (one for account in accounts.values() for one in open_lines(on=date.max, account=account))
    held = [one for one in found if one.line.pk in own]
    whole = sum((one.left for one in held), ZERO)
    if not held or (amount > ZERO) != (whole > ZERO):
        raise gone()
    if abs(amount) > abs(whole):
        raise _other_sum(row, row.amount - amount + whole)
    if len(held) > 1 and amount != whole:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Plusieurs dus ne se règlent ensemble qu’en entier : choisissez-les un par un."),
        )
    dues = [
        Due(
            one.line.account.number,
            one.line.analytic_id,
            amount if len(held) == 1 else one.left,
            party=one.line.party,
        )
        for one in held
    ]
    entry = post_entry(due_entry(_piece(row), dues), actor=actor, source=row)
    _letter(entry, [one.line for one in held], actor=actor, on=row.booked_on)
    return entry


def _letter(entry: Entry, lines: Sequence[EntryLine], *, actor: Any, on: date) -> None:
    """Each account and section answers itself."""
    places: dict[tuple[int, int], list[EntryLine]] = defaultdict(list)
    for line in lines:
        places[line.account_id, line.analytic_id].append(line)
    for (account, section), held in places.items():
        answer = entry.lines.filter(account=account, analytic=section)
        letter_lines([*held, *answer], actor=actor, on=on, origin=LetteringOrigin.ITSELF)


def _settled_above(
    row: BankLine, shares: Sequence[tuple[str, Decimal]], *, actor: Any, today: date
) -> list[Entry]:
    event = LinesSettled(
        tuple(shares),
        on=row.booked_on,
        reference=row.reference[:100],
        form_key=uuid.uuid5(_SPACE, f"{row.pk}:{row.version}"),
        today=today,
        actor=actor,
    )
    publish(event)
    if not event.entries:
        raise gone()
    return event.entries


def _suspense(row: BankLine) -> SplitPart:
    """What nobody explains yet waits in suspense, at the shared services."""
    return SplitPart(AccountRole.SUSPENSE, shared_section().pk, abs(row.amount), party=row.counterparty)


def _suspense_label() -> str:
    return str(accounts_named([AccountRole.SUSPENSE])[AccountRole.SUSPENSE])


def _post_split(row: BankLine, parts: Sequence[SplitPart], *, actor: Any) -> Entry:
    if len(parts) > MOST_PARTS:
        raise Refused(
            Code.VALUE_INVALID, _("Une ligne se ventile en %(most)d parts au plus.") % {"most": MOST_PARTS}
        )
    draft = split_entry(_piece(row), parts, is_in=row.amount > ZERO)
    return post_entry(draft, actor=actor, source=row)


def _piece(row: BankLine) -> Piece:
    return Piece(
        number=f"BQ-{row.pk}", on=row.booked_on, label=row.label, bank=row.bank_account.account.number
    )


def _counted(row: BankLine, made: _Made, *, actor: Any) -> list[EntryLine]:
    """The lines of the account of this bank, each once however it was named (an order and its lot); what was
    posted on the usual one is first moved here."""
    account = row.bank_account.account
    posted = EntryLine.objects.filter(entry__in=made.posted).order_by("pk")
    usual: Account = accounts_named([AccountRole.BANK])[AccountRole.BANK]
    if made.posted and usual != account:
        elsewhere: dict[int, Decimal] = defaultdict(lambda: ZERO)
        for line in posted.filter(account=usual):
            elsewhere[line.analytic_id] += line.debit - line.credit
        sums = {section: amount for section, amount in elsewhere.items() if amount}
        if sums:
            draft = moved_entry(_piece(row), usual=usual.number, sums=sums)
            made.posted.append(post_entry(draft, actor=actor, source=row))
            posted = EntryLine.objects.filter(entry__in=made.posted).order_by("pk")
    return list({line.pk: line for line in (*made.held, *posted.filter(account=account))}.values())
