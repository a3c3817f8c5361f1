"""Statements that a bank would give of what the demonstration paid and received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

_SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True)
class Movement:
    """A line as the bank writes it."""

    on: date
    amount: Decimal
    label: str
    who: str = ""
    end_to_end: str = "NOTPROVIDED"


def camt_of(iban: str, opening: Decimal, movements: Sequence[Movement]) -> bytes:
    """A CAMT.053 of these movements, its balances around them."""
    closing = opening + sum((one.amount for one in movements), Decimal(0))
    entries = "".join(map(_entry, movements))
    balances = _balance("OPBD", opening) + _balance("CLBD", closing)
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_SPACE}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>\n"
    )
    return text.encode()


def _money(amount: Decimal) -> str:
    side = "DBIT" if amount < 0 else "CRDT"
    return f'<Amt Ccy="EUR">{abs(amount):.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _balance(code: str, amount: Decimal) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_money(amount)}</Bal>"


def _entry(one: Movement) -> str:
    party = "Cdtr" if one.amount < 0 else "Dbtr"
    who = (
        f"<RltdPties><{party}><Pty><Nm>{escape(one.who)}</Nm></Pty></{party}></RltdPties>" if one.who else ""
    )
    return (
        f"<Ntry>{_money(one.amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{one.on}</Dt></BookgDt>"
        f"<ValDt><Dt>{one.on}</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>{escape(one.end_to_end)}"
        f"</EndToEndId></Refs>{who}<RmtInf><Ustrd>{escape(one.label)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
