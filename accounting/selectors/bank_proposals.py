"""What is proposed for lines of the bank, with its reasons in words (ACC-36)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.calculations.matching.items import Item, ItemKind, Proposal, Reason, Seen, Why
from accounting.calculations.matching.proposing import Pool, propose, propose_all
from accounting.calculations.matching.texts import words_of
from accounting.models import BankAccount, BankLine, BankRule
from accounting.selectors.bank import lines_to_match
from accounting.selectors.open_items import open_items, rules_in_force
from cae.core.elision import elided
from cae.core.money import ZERO

# Beyond, the rest is proposed once these are done.
MOST_AT_ONCE = 500
MOST_FOUND = 20


@dataclass(frozen=True)
class Offer:
    """A proposal as a page shows it."""

    proposal: Proposal
    title: str
    verb: str
    reasons: tuple[str, ...]
    rule: BankRule | None = None

    @property
    def key(self) -> str:
        return self.proposal.key

    @property
    def is_sure(self) -> bool:
        return self.proposal.is_sure

    @property
    def items(self) -> list[tuple[str, Decimal]]:
        """What accepting it settles."""
        return [(part.item.key, part.amount) for part in self.proposal.parts]

    @property
    def parts(self) -> list[tuple[Item, Decimal, Decimal]]:
        """Each item, what is settled of it, and what is left of it then."""
        return [(one.item, one.amount, one.item.amount - one.amount) for one in self.proposal.parts]


def seen(line: BankLine) -> Seen:
    references = tuple(filter(None, (line.end_to_end, line.reference)))
    return Seen(
        str(line.pk),
        line.booked_on,
        line.amount,
        line.label,
        line.counterparty,
        line.counterparty_iban,
        references,
    )


def pool_of(account: BankAccount, on: date) -> Pool:
    return Pool.of(open_items(account, on), rules_in_force())


def offers_of(line: BankLine, pool: Pool) -> list[Offer]:
    """The proposals of one line, the best first."""
    return _offers(propose(seen(line), pool))


def first_offers(account: BankAccount, on: date) -> list[tuple[BankLine, Offer]]:
    """The sure first proposal of each line that waits, none taking what another takes."""
    lines = list(lines_to_match().filter(bank_account=account)[:MOST_AT_ONCE])
    found = propose_all([seen(line) for line in lines], pool_of(account, on))
    sure = {line.pk: found[str(line.pk)][0] for line in lines if _is_sure(found[str(line.pk)])}
    offers = dict(zip(sure, _offers(sure.values()), strict=True))
    return [(line, offers[line.pk]) for line in lines if line.pk in offers]


def _is_sure(proposals: Sequence[Proposal]) -> bool:
    return bool(proposals) and proposals[0].is_sure


def found_items(line: BankLine, pool: Pool, text: str) -> list[Item]:
    """Open items on the side of a line whose words hold those typed, or of that amount."""
    wanted = words_of(text)
    if not wanted:
        return []
    found = [
        item
        for item in pool.items.values()
        if (item.amount > ZERO) == (line.amount > ZERO) and _says(item, wanted)
    ]
    return sorted(found, key=lambda item: (abs(item.amount - line.amount), item.label))[:MOST_FOUND]


def _says(item: Item, wanted: list[str]) -> bool:
    amount = "".join(words_of(str(abs(item.amount))))
    said = " ".join(words_of(f"{item.label} {item.party} {' '.join(item.numbers)}"))
    return all(word in said for word in wanted) or "".join(wanted) == amount


def _offers(proposals: Iterable[Proposal]) -> list[Offer]:
    rows = list(proposals)
    keys = [int(one.rule.key.partition(":")[2]) for one in rows if one.rule]
    rules = BankRule.objects.select_related("account", "section", "cost_kind").in_bulk(keys) if keys else {}
    return [_offer(one, rules) for one in rows]


def _offer(one: Proposal, rules: dict[int, BankRule]) -> Offer:
    reasons = tuple(reason_words(reason) for reason in one.reasons)
    if one.rule is not None:
        rule = rules[int(one.rule.key.partition(":")[2])]
        title = f"{rule.account} · {rule.section}"
        return Offer(one, title, _("Passer l’écriture de la règle"), reasons, rule)
    labels = [part.item.label for part in one.parts]
    title = labels[0] if len(labels) == 1 else _more(labels)
    return Offer(one, title, _verb(one), reasons)


def _more(labels: list[str]) -> str:
    rest = len(labels) - 1
    word = ngettext("%(first)s et %(count)d autre", "%(first)s et %(count)d autres", rest)
    return word % {"first": labels[0], "count": rest}


def _verb(one: Proposal) -> str:
    words: dict[ItemKind, Any] = {
        ItemKind.LEDGER: _("Pointer l’écriture déjà passée"),
        ItemKind.TRANSFER: _("Noter le virement exécuté"),
        ItemKind.LOT: _("Noter le lot exécuté"),
        ItemKind.INVOICE: _("Encaisser"),
        ItemKind.CREDIT: _("Noter le remboursement"),
        ItemKind.PURCHASE: _("Noter l’achat payé"),
        ItemKind.DUE: _("Solder ce qui est dû"),
    }
    return str(words[one.kind])


def reason_words(reason: Reason) -> str:
    """« même montant », « n° F2026-0012 dans le libellé »."""
    if reason.why in (Why.NEAR, Why.DUE):
        return _day_words(reason)
    words: dict[Why, Any] = {
        Why.AMOUNT: _("même montant"),
        Why.SUM: _("somme de %(detail)s pièces"),
        Why.PART: _("une partie du montant"),
        Why.SURPLUS: _("plus que le reste dû : le surplus va en avance"),
        Why.REFERENCE: _("référence %(detail)s"),
        Why.NUMBER: _("n° %(detail)s dans le libellé"),
        Why.NUMBER_END: _("fin du n° %(detail)s dans le libellé"),
        Why.IBAN: _("IBAN connu de %(detail)s"),
        Why.NAME: _("nom de %(detail)s"),
        Why.NAME_PART: _("une partie du nom de %(detail)s"),
        Why.DEPOSIT: _("remise de chèques"),
        Why.RULE: _("règle « %(detail)s »"),
        Why.RULE_OFTEN: _("déjà acceptée %(detail)s fois"),
    }
    return elided(str(words[reason.why]), {"detail": reason.detail})


def _day_words(reason: Reason) -> str:
    days = int(reason.detail)
    if reason.why == Why.DUE:
        if not days:
            return _("jour de l’échéance")
        word = ngettext("à %(days)d jour de l’échéance", "à %(days)d jours de l’échéance", days)
    elif not days:
        return _("même jour")
    else:
        word = ngettext("date à %(days)d jour", "date à %(days)d jours", days)
    return word % {"days": days}


def told_reasons(offer: Offer) -> list[dict[str, str]]:
    """What a match keeps of why it was proposed."""
    return [{"why": reason.why.value, "detail": reason.detail} for reason in offer.proposal.reasons]


def kept_reasons(rows: Iterable[dict[str, str]]) -> list[str]:
    """The reasons that a match kept, in words."""
    return [reason_words(Reason(Why(row["why"]), row["detail"])) for row in rows]
