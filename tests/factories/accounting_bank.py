"""Accounts at the bank, statements and lines, made through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.models import Account, BankAccount, BankLine
from accounting.services.bank_accounts import open_bank_account
from accounting.services.bank_importing import Given, import_statements
from accounting.states.books import AccountRole

IBAN, OTHER_IBAN = "FR7630006000011234567890189", "FR1420041010050500013M02606"
TODAY = date(2026, 3, 31)


def make_bank_account(label: str = "Compte courant", **changes: Any) -> BankAccount:
    """The account that plays the role of the bank, unless another is said."""
    facts = {"iban": IBAN, "account": Account.objects.get(role=AccountRole.BANK), "actor": None} | changes
    return open_bank_account(label=label, **facts)


def camt(
    *lines: tuple[str, str, str], opening: str = "1000.00", closing: str | None = None, **changes: str
) -> bytes:
    """A CAMT.053 of these lines: day, amount, label; `iban` for another account."""
    total = sum((Decimal(amount) for _day, amount, _label in lines), Decimal(0))
    end = closing if closing is not None else str(Decimal(opening) + total)
    entries = "".join(_entry(*line, **changes) for line in lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>{changes.get("iban", IBAN)}</IBAN></Id></Acct>
{_balance("OPBD", opening)}{_balance("CLBD", end)}{entries}</Stmt></BkToCstmrStmt></Document>""".encode()


def _balance(code: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount.lstrip("-")}</Amt><CdtDbtInd>{_side(amount)}</CdtDbtInd></Bal>'
    )


def _side(amount: str) -> str:
    return "DBIT" if amount.startswith("-") else "CRDT"


def _entry(day: str, amount: str, label: str, **changes: str) -> str:
    party = "Cdtr" if amount.startswith("-") else "Dbtr"
    who = changes.get("who", "")
    known = f"<{party}><Pty><Nm>{who}</Nm></Pty></{party}>" if who else ""
    if changes.get("their_iban"):
        known += f"<{party}Acct><Id><IBAN>{changes['their_iban']}</IBAN></Id></{party}Acct>"
    return (
        f'<Ntry><Amt Ccy="EUR">{amount.lstrip("-")}</Amt><CdtDbtInd>{_side(amount)}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{changes.get('reference', 'NOTPROVIDED')}</EndToEndId></Refs>"
        f"<RltdPties>{known}</RltdPties><RmtInf><Ustrd>{label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def make_lines(
    *lines: tuple[str, str, str], account: BankAccount | None = None, actor: Any = None, **changes: str
) -> Sequence[BankLine]:
    """Lines of a statement that was imported, in its order."""
    known = account or BankAccount.objects.first() or make_bank_account()
    given = Given(camt(*lines, iban=known.iban, **changes), "releve.xml")
    (statement,) = import_statements(given, actor=actor, today=TODAY).statements
    return list(statement.lines.order_by("position"))


def make_line(
    amount: str = "-12.50", label: str = "FRAIS DE TENUE", day: str = "2026-03-10", **changes: Any
) -> BankLine:
    (line,) = make_lines((day, amount, label), **changes)
    return line
