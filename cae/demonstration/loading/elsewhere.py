"""What a broker keeps of the books in the demonstration: the file of the month, then the same corrected, and
one that waits for an account of the chart."""

from __future__ import annotations

from datetime import date

from accounting.models import Journal, LedgerImport, LedgerSource
from accounting.selectors.accounts import shared_section
from accounting.services.ledger_applying import start_applying
from accounting.services.ledger_imports import LedgerFile, bring_ledger
from accounting.services.ledger_sources import declare_source
from cae.core.periods import Month, Span
from people.models import User

_HEADER = "Journal;Numéro;Date;Compte;Tiers;Libellé;Pièce;Débit;Crédit"
_INSURER = "Mutuelle des Ateliers"
_PREMIUM = ("616000", _INSURER)


def bring_ledgers(*, today: date, actor: User) -> None:
    """The insurances of the house, kept by a broker: the file of the month, then the same with a premium
    corrected and one more; the month to come names an account that the chart lacks."""
    source = declare_source(
        label="Cabinet Ducos, assurances",
        journal=Journal.objects.get(code="OD"),
        section=shared_section(),
        actor=actor,
    )
    month = Month.of(today)
    premium = _entry(1, month, _PREMIUM, "Responsabilité civile", "184,20")
    office = _entry(2, month, _PREMIUM, "Multirisque des bureaux", "96,75")
    right = _entry(2, month, _PREMIUM, "Multirisque des bureaux", "102,40")
    fees = _entry(3, month, ("627000", "Courtage Ducos"), "Frais de gestion", "15,00")
    for lines in ((*premium, *office), (*premium, *right, *fees)):
        start_applying(_bring(source, month, lines, actor), actor=actor)
    unknown = _entry(4, month.next(), ("616300", _INSURER), "Transport", "38,00")
    _bring(source, month.next(), unknown, actor)


def _bring(source: LedgerSource, month: Month, lines: tuple[str, ...], actor: User) -> LedgerImport:
    content = "\r\n".join([_HEADER, *lines, ""]).encode()
    given = LedgerFile(source, Span(month.first, month.last), content, f"assurances-{month}.csv")
    return bring_ledger(given, actor=actor)


def _entry(number: int, month: Month, cost: tuple[str, str], label: str, amount: str) -> tuple[str, str]:
    """A cost owed to somebody, as the program of the broker writes it."""
    start, (account, party) = f"OD;{number};{month.first:%d/%m/%Y}", cost
    return (
        f"{start};{account};;{label};ASS-{number};{amount};",
        f"{start};401000;{party};{label};ASS-{number};;{amount}",
    )
