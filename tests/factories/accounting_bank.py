"""Accounts at the bank, statements and lines, made through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.calculations.bank_entries import SplitPart
from accounting.models import Account, BankAccount, BankLayout, BankLine, BankRule
from accounting.selectors.accounts import shared_section
from accounting.services.bank_accounts import keep_layout, open_bank_account
from accounting.services.bank_importing import Given, import_statements
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.services.bank_rules import learn_rule
from accounting.states.books import AccountRole
from entrepreneurs.models import Activity
from people.models import User
from tests.factories.invoicing import issued

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


def make_layout(name: str = "Banque du Port", **changes: Any) -> BankLayout:
    """A CSV of three columns: day, text, signed amount."""
    unread = ("value_on", "detail", "debit", "credit", "counterparty", "iban", "reference")
    facts = {f"{column}_column": None for column in unread} | {
        "separator": ";",
        "encoding": "utf-8-sig",
        "header_lines": 1,
        "day_format": "%d/%m/%Y",
        "decimal_sign": ",",
        "booked_on_column": 1,
        "label_column": 2,
        "amount_column": 3,
    }
    return keep_layout(None, actor=None, name=name, **(facts | changes))


def make_rule(line: BankLine | None = None, words: str = "FRAIS DE TENUE") -> BankRule:
    """Fees of the bank, at the shared services."""
    line = line or make_line()
    part = SplitPart("627000", shared_section().pk, abs(line.amount), Decimal("20.00"), party="La banque")
    return learn_rule(line, part, words=words, actor=None)


def matched(line: BankLine) -> BankLine:
    """In suspense, as an unknown line."""
    return match_line(line, choice=Choice(), shown=line.version, actor=None, today=timezone.localdate())


def banked_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """An account with a statement: a line to match with its proposals, one in suspense, one undone; a rule, a
    CSV format."""
    accountant, today = users["accountant"], timezone.localdate()
    day = today.isoformat()
    invoice = issued(activity, on=today)
    waiting, unknown, undone, fees = make_lines(
        (day, str(invoice.total_incl_tax), f"VIR CLIENT A {invoice.number}"),
        (day, "-75.00", "PAIEMENT INCONNU"),
        (day, "-80.00", "PRLV SANS NOM"),
        (day, "-12.50", "FRAIS DE TENUE"),
        actor=accountant,
    )
    done = matched(undone)
    undo_match(done, reason="Retrouvée", shown=done.version, actor=accountant, today=today)
    return {
        "bank_account": waiting.bank_account,
        "bank_statement": waiting.statement,
        "bank_line": waiting,
        "bank_line_matched": matched(unknown),
        "bank_line_undone": undone,
        "bank_rule": make_rule(fees),
        "bank_line_ruled": fees,
        "bank_layout": make_layout(),
    }
