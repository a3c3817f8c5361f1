"""Legal situations of the books, made through the services: scales, entries, worked cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.models import AnalyticAccount, ContributionRun, ContributionScale, Entry, Exemption
from accounting.selectors.accounts import section_of
from accounting.services.contribution import take_weighed, weigh_document
from accounting.services.posting import post_entry
from accounting.services.scales import Decision, create_scale, grant_exemption
from entrepreneurs.models import Activity
from tests.factories.kernel import BEGINNING

CASES = Path(__file__).parent.parent / "data" / "ledger_cases.json"


def cases(*kinds: str) -> list[dict[str, Any]]:
    """The worked cases of these types, amounts as Decimal when they are numbers."""
    rows = json.loads(CASES.read_text(), parse_float=Decimal)["cases"]
    return [row for row in rows if row["type"] in kinds]


def case(key: str) -> dict[str, Any]:
    rows = json.loads(CASES.read_text(), parse_float=Decimal)["cases"]
    return next(row for row in rows if row["id"] == key)


def scale(
    rate: str = "0.1000", *, code: str = "general", on: date = BEGINNING, **details: Any
) -> ContributionScale:
    """A voted scale, given to new activities unless said otherwise: this rate of documents, or `rules`."""
    details = {
        "label": f"Barème {code}",
        "decision": Decision("Assemblée générale", date(2024, 6, 12), "5"),
        "is_default": True,
        "rules": flat(rate),
    } | details
    return create_scale(code=code, valid_from=on, actor=None, **details)


def flat(rate: str, window: str = "document") -> dict[str, Any]:
    """A flat rate of what is invoiced, taken on documents, or each month for any other window."""
    return {
        "base": {"turnover": "invoiced", "minus": []},
        "shape": {"kind": "flat", "rate": rate, "window": window},
        "taken_on": "document" if window == "document" else "month",
    }


def monthly(shape: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """Rules taken each month: 13,5 % of the margin over the year, unless said otherwise."""
    margin = {"turnover": "invoiced", "minus": ["raw_materials", "goods", "subcontracting", "mission_costs"]}
    shape = shape or {"kind": "flat", "rate": "0.1350", "window": "year"}
    return {"base": margin, "shape": shape, "taken_on": "month"} | parts


def cost(of: Activity, amount: str, *, on: date = date(2026, 3, 10), kind: str = "goods") -> Entry:
    """A purchase of this nature, paid by the bank."""
    section, net = section_of(of).pk, Decimal(amount)
    lines = (debit("606100", section, net, cost=kind), credit("bank", section, net))
    draft = EntryDraft(journal="OD", on=on, label="Achat", piece="ACH-1", lines=lines)
    return post_entry(draft, actor=None, source=None)


def sale(
    of: Activity,
    amount: str = "100.00",
    *,
    on: date = date(2026, 3, 2),
    number: str = "F-1",
    source: Any = None,
    vat: str = "0.20",
) -> Entry:
    """A sale on debits: customer, revenue, VAT collected."""
    section, net = section_of(of).pk, Decimal(amount)
    tax = (net * Decimal(vat)).quantize(Decimal("0.01"))
    lines = (
        debit("customer", section, net + tax, party="Client A"),
        credit("revenue_services", section, net, vat_rate=Decimal("20.00")),
        credit("vat_collected", section, tax, vat_rate=Decimal("20.00")),
    )
    draft = EntryDraft(journal="VE", on=on, label=f"{number} Client A", piece=number, lines=lines)
    return post_entry(draft, actor=None, source=source)


def draft_of(expected: dict[str, Any], sections: dict[str, AnalyticAccount]) -> EntryDraft:
    """The draft that a worked case expects."""
    return EntryDraft(
        journal=expected["journal"],
        on=date.fromisoformat(expected["on"]),
        label=expected["label"],
        lines=tuple(
            LineDraft(
                account=line["account"],
                analytic_id=sections[line["analytic"]].pk,
                debit=Decimal(line["debit"]),
                credit=Decimal(line["credit"]),
                vat_rate=Decimal(line["vat"]) if "vat" in line else None,
                due_on=date.fromisoformat(line["due"]) if "due" in line else None,
                party=line.get("party", ""),
            )
            for line in expected["lines"]
        ),
    )


def read_back(entry: Entry) -> dict[str, Any]:
    """An entry in the words of the worked cases, its lines in no order that matters."""
    lines = entry.lines.select_related("account", "analytic")
    return {
        "journal": entry.journal.code,
        "on": entry.on.isoformat(),
        "lines": sorted(
            (
                {
                    "account": line.account.role,
                    "analytic": line.analytic.code,
                    "debit": str(line.debit),
                    "credit": str(line.credit),
                }
                | ({"vat": str(line.vat_rate)} if line.vat_rate is not None else {})
                | ({"due": line.due_on.isoformat()} if line.due_on else {})
                | ({"party": line.party} if line.party else {})
                for line in lines
            ),
            key=str,
        ),
    }


def as_read(expected: dict[str, Any]) -> dict[str, Any]:
    return {
        "journal": expected["journal"],
        "on": expected["on"],
        "lines": sorted((dict(line) for line in expected["lines"]), key=str),
    }


def receipt(
    of: Activity, amount: str, *, number: str = "F-1", on: date = date(2026, 3, 20), source: Any = None
) -> Entry:
    """Money of a customer for a document."""
    section, paid = section_of(of).pk, Decimal(amount)
    lines = (debit("bank", section, paid), credit("customer", section, paid, party="Client A"))
    draft = EntryDraft(journal="BQ", on=on, label=f"{number} Client A", piece=number, lines=lines)
    return post_entry(draft, actor=None, source=source)


@transaction.atomic
def take_contribution(
    of: Activity,
    *,
    parts: Sequence[tuple[str, Decimal]],
    on: date,
    document_number: str,
    source: Any,
    actor: Any,
    corrects: str = "",
) -> ContributionRun | None:
    """What a document gives, taken as its issue does."""
    weighed = weigh_document(of, parts=parts, on=on, corrects=corrects)
    return take_weighed(weighed, document_number=document_number, source=source, actor=actor)


def take(
    of: Activity, net: str, *, on: date = date(2026, 3, 2), number: str = "F-1", corrects: str = ""
) -> ContributionRun | None:
    """What a document of ordinary sales gives, if the scale of the activity is taken on documents."""
    return take_contribution(
        of,
        parts=[("ordinary", Decimal(net))],
        on=on,
        document_number=number,
        source=None,
        actor=None,
        corrects=corrects,
    )


def exemption(of: Activity, **details: Any) -> Exemption:
    """Three months on minima sociaux, decided by the works council."""
    facts = {
        "situation": "minima_sociaux",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 5, 31),
        "decided_by": "CSE du 3 mars 2026",
        "reason": "Attestation reçue",
    }
    return grant_exemption(of, actor=None, **facts | details)
