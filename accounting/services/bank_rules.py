"""Rules learnt from what the accountant does with lines that look alike (ACC-36)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.bank_entries import SplitPart
from accounting.calculations.matching.texts import words_of
from accounting.models import AnalyticAccount, BankLine, BankRule, CostKind
from accounting.selectors.accounts import accounts_named, cost_kinds_named
from accounting.selectors.bank_proposals import Offer, told_reasons
from accounting.services.bank_matching import Choice, match_line
from accounting.states.bank import RuleSide
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn

_TURN = "accounting.bank_rules"
_MOST_WORDS, _MOST_LENGTH = 5, 200
_HAS_DIGIT = re.compile(r"[0-9]")
# Months and words that change from a line to the next of the same kind, or say nothing.
_PASSING = frozenset(
    word
    for line in (
        "JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE",
        "DU AU LE",
    )
    for word in line.split()
)


def words_to_learn(label: str) -> str:
    """The words of a label that the next one of its kind will bear too: those before the first number or
    date."""
    kept: list[str] = []
    for word in words_of(label):
        if _HAS_DIGIT.search(word) or word in _PASSING:
            if kept:
                break
            continue
        kept.append(word)
        if len(kept) == _MOST_WORDS:
            break
    return " ".join(kept)[:_MOST_LENGTH]


@dataclass(frozen=True)
class Narrowed:
    """What tells lines of a kind beside their words: the IBAN of this one, amounts whatever their sign."""

    by_iban: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


@transaction.atomic
def learn_rule(
    line: BankLine, part: SplitPart, *, words: str, actor: Any, narrowed: Narrowed = Narrowed()
) -> BankRule:
    """Does: keeps what was done with this line for those that look like it: these words, this IBAN, between
    these amounts, on this side. A rule of the same words and IBAN gives way. Refuses: neither word nor IBAN,
    words, an IBAN or amounts that are not those of this line. Leaves behind: the rule, audit."""
    take_turn(_TURN)
    plain = " ".join(words_of(words))[:_MOST_LENGTH]
    _require_like(line, plain, narrowed)
    iban = line.counterparty_iban if narrowed.by_iban else ""
    side = RuleSide.IN if line.is_in else RuleSide.OUT
    for former in BankRule.objects.select_for_update().filter(
        words=plain, iban=iban, side=side, stopped_at__isnull=True
    ):
        _stop(former, actor=actor)
    kinds: dict[str, CostKind] = cost_kinds_named([part.cost])
    rule = BankRule.objects.create(
        words=plain,
        iban=iban,
        side=side,
        least=narrowed.least,
        most=narrowed.most,
        account=accounts_named([part.account])[part.account],
        section=AnalyticAccount.objects.get(pk=part.section_id),
        cost_kind=kinds.get(part.cost),
        vat_rate=part.vat_rate,
        party=part.party,
        created_by=actor,
    )
    audit.record(actor, "accounting.learn_bank_rule", rule, detail={"account": rule.account.number})
    return rule


def _require_like(line: BankLine, words: str, narrowed: Narrowed) -> None:
    """The line that teaches a rule is one of those that it tells."""
    if narrowed.by_iban and not line.counterparty_iban:
        raise Refused(Code.VALUE_MISSING, _("Cette ligne ne dit pas d’IBAN."), field="by_iban")
    if not words and not narrowed.by_iban:
        raise Refused(Code.VALUE_MISSING, _("Dites à quels mots reconnaître ces lignes."), field="words")
    if words and f" {words} " not in f" {' '.join(words_of(f'{line.label} {line.counterparty}'))} ":
        raise Refused(
            Code.VALUE_INVALID,
            _("Le libellé de cette ligne ne dit pas « %(words)s ».") % {"words": words},
            field="words",
        )
    amount = abs(line.amount)
    for name, outside in (
        ("least", narrowed.least is not None and amount < narrowed.least),
        ("most", narrowed.most is not None and amount > narrowed.most),
    ):
        if outside:
            raise Refused(
                Code.VALUE_INVALID, _("Cette ligne elle-même est hors de ces montants."), field=name
            )


@transaction.atomic
def match_and_learn(
    line: BankLine,
    choice: Choice,
    *,
    words: str,
    actor: Any,
    narrowed: Narrowed = Narrowed(),
    **shown: Any,
) -> BankLine:
    """Does: matches a line with its only part, and keeps that for the next ones. Refuses: several parts, and
    as `learn_rule` and `match_line`: nothing is learnt from what is refused. Leaves behind: both."""
    if len(choice.parts) != 1:
        raise Refused(
            Code.VALUE_INVALID, _("Une règle se retient d’une ligne qui n’a qu’une part."), field="learn"
        )
    rule = learn_rule(line, choice.parts[0], words=words, actor=actor, narrowed=narrowed)
    return match_line(line, choice=replace(choice, rule=rule), actor=actor, **shown)


@transaction.atomic
def stop_rule(rule: BankRule, *, actor: Any) -> BankRule:
    """Does: stops a rule: it proposes nothing any more. Refuses: one stopped already. Leaves behind: who and
    when, audit; what it did stays."""
    row = BankRule.objects.select_for_update().get(pk=rule.pk)
    if row.is_stopped:
        raise Refused(Code.ALREADY_DONE, _("Cette règle est déjà arrêtée."))
    return _stop(row, actor=actor)


def _stop(row: BankRule, *, actor: Any) -> BankRule:
    row.stopped_at, row.stopped_by = timezone.now(), actor
    row.save(update_fields=["stopped_at", "stopped_by"])
    audit.record(actor, "accounting.stop_bank_rule", row)
    return row


def choice_of(offer: Offer, line: BankLine) -> Choice:
    """A proposal as matching takes it."""
    parts = [_part_of(offer.rule, line)] if offer.rule else []
    # Names of rows, not a sentence: what is kept has no language.
    label = ", ".join(part.item.label for part in offer.proposal.parts) or offer.title
    return Choice(offer.items, parts=parts, label=label, reasons=told_reasons(offer), rule=offer.rule)


def _part_of(rule: BankRule, line: BankLine) -> SplitPart:
    """What a rule does with the whole of a line."""
    return SplitPart(
        account=rule.account.number,
        section_id=rule.section_id,
        amount=abs(line.amount),
        vat_rate=rule.vat_rate,
        cost=rule.cost_kind.code if rule.cost_kind else "",
        party=rule.party,
    )
