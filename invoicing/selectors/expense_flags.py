"""The warnings of expenses, in sentences, for any number of lines in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from invoicing.calculations.expense_flags import ExpenseFacts, ExpenseFlag, excess, flags_of
from invoicing.calculations.expenses import Spent, spent_within
from invoicing.calculations.totals import percent
from invoicing.models import ExpenseLine, ExpenseRule, Voucher
from invoicing.states.expenses import LineDecision

ICONS = {
    ExpenseFlag.NO_VOUCHER: "paperclip",
    ExpenseFlag.NO_GUESTS: "people",
    ExpenseFlag.SAME_FILE: "files",
    ExpenseFlag.TWIN: "files",
    ExpenseFlag.OVER_LIMIT: "exclamation-triangle",
    ExpenseFlag.NO_VAT: "info-circle",
    ExpenseFlag.OTHER_MONTH: "calendar3",
}
_PLAIN: dict[ExpenseFlag, Any] = {
    ExpenseFlag.NO_VOUCHER: gettext_lazy("Justificatif manquant"),
    ExpenseFlag.NO_GUESTS: gettext_lazy("Personnes à nommer"),
    ExpenseFlag.SAME_FILE: gettext_lazy("Fichier déjà utilisé"),
    ExpenseFlag.TWIN: gettext_lazy("Doublon probable : même montant, même jour"),
    ExpenseFlag.OVER_LIMIT: gettext_lazy("Plafond dépassé"),
    ExpenseFlag.NO_VAT: gettext_lazy("TVA non récupérable"),
}
# They stop a submission; the others only say.
STOPPING = frozenset({ExpenseFlag.NO_VOUCHER, ExpenseFlag.NO_GUESTS})
_SAYING = frozenset({ExpenseFlag.NO_VAT, ExpenseFlag.OTHER_MONTH})


@dataclass(frozen=True)
class Flag:
    """A warning: its kind, its sentence, how it is drawn."""

    code: ExpenseFlag
    words: str

    @property
    def tone(self) -> str:
        return "neutral" if self.code in _SAYING else "warning"

    @property
    def icon(self) -> str:
        return ICONS[self.code]

    @property
    def stops(self) -> bool:
        return self.code in STOPPING


@dataclass(frozen=True)
class _Neighbour:
    """Another expense of the same person."""

    key: int
    person_id: int
    kind_id: int
    on: date
    gross: Decimal
    amount: Decimal


def flags_of_lines(lines: Sequence[ExpenseLine]) -> dict[int | None, list[Flag]]:
    """Gives the warnings of each line by its key (None: a line that is being typed). Claim, kind and receipt
    are to be loaded."""
    if not lines:
        return {}
    rules, near, files = _rules(lines), _neighbours(lines), _files(lines)
    return {line.pk: _flags(line, _rule(rules, line), near, files) for line in lines}


def _flags(
    line: ExpenseLine, rule: ExpenseRule | None, near: list[_Neighbour], files: dict[str, set[int]]
) -> list[Flag]:
    others = [one for one in near if one.person_id == line.claim.person_id and one.key != line.pk]
    same_kind = [Spent(one.on, one.amount) for one in others if one.kind_id == line.kind_id]
    limit = rule.limit_amount if rule is not None else None
    spent = spent_within(rule.limit_per, line.on, same_kind) if rule and limit is not None else ZERO
    facts = ExpenseFacts(
        on=line.on,
        month=line.claim.month,
        amount=line.amount,
        tax=line.tax,
        recovery=line.recovery,
        needs_voucher=line.kind.needs_voucher,
        has_voucher=line.voucher_id is not None or bool(line.missing_reason),
        needs_guests=line.kind.needs_guests,
        has_guests=bool(line.guests),
        limit=limit,
        spent=spent,
        has_twin=not line.kind.is_mileage
        and any((one.on, one.gross) == (line.on, line.gross) for one in others),
        has_same_file=_is_elsewhere(line, files),
    )
    return [Flag(code, _words(code, facts, rule)) for code in flags_of(facts)]


def _words(code: ExpenseFlag, facts: ExpenseFacts, rule: ExpenseRule | None) -> str:
    if code == ExpenseFlag.OVER_LIMIT and rule is not None:
        return _("Plafond de %(limit)s %(per)s dépassé de %(more)s") % {
            "limit": money(facts.limit),
            "per": rule.get_limit_per_display(),
            "more": money(excess(facts)),
        }
    if code == ExpenseFlag.NO_VAT and facts.recovery:
        return _("TVA récupérable à %(share)s %%") % {"share": int(percent(facts.recovery))}
    if code == ExpenseFlag.OTHER_MONTH:
        return _("Dépense d’un autre mois : %(month)s") % {"month": date_format(facts.on, "F Y")}
    return str(_PLAIN[code])


def _rules(lines: Iterable[ExpenseLine]) -> dict[int, list[ExpenseRule]]:
    found: dict[int, list[ExpenseRule]] = {}
    for rule in ExpenseRule.objects.filter(kind__in={line.kind_id for line in lines}):
        found.setdefault(rule.kind_id, []).append(rule)
    return found


def _rule(rules: dict[int, list[ExpenseRule]], line: ExpenseLine) -> ExpenseRule | None:
    held = (one for one in rules.get(line.kind_id, []) if one.holds_on(line.on))
    return next(held, None)


def _neighbours(lines: Sequence[ExpenseLine]) -> list[_Neighbour]:
    """The expenses of the same people in the same years, those refused apart."""
    wanted = Q()
    for person, year in {(line.claim.person_id, line.on.year) for line in lines}:
        wanted |= Q(claim__person=person, on__year=year)
    rows = ExpenseLine.objects.filter(wanted).exclude(decision=LineDecision.REFUSED)
    columns = ("pk", "claim__person_id", "kind_id", "on", "gross", "amount")
    return [_Neighbour(*row) for row in rows.order_by().values_list(*columns)]


def _files(lines: Iterable[ExpenseLine]) -> dict[str, set[int]]:
    """Who else, or which other receipt, has the same file."""
    seals = {line.voucher.sha256 for line in lines if line.voucher is not None}
    found: dict[str, set[int]] = {}
    for seal, key in Voucher.objects.filter(sha256__in=seals).values_list("sha256", "pk"):
        found.setdefault(seal, set()).add(key)
    return found


def _is_elsewhere(line: ExpenseLine, files: dict[str, set[int]]) -> bool:
    return line.voucher is not None and bool(files[line.voucher.sha256] - {line.voucher.pk})
