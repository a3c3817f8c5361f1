"""What each flow of a forecast is called, how sure it is, and the page of what it tells (ACC-31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.treasury.forecast import Flow, FlowKind, Sureness
from accounting.calculations.treasury.risks import Risk, RiskKind
from cae.core.elision import elided
from cae.core.facts import Source, sources_of
from cae.core.periods import Month

KINDS: dict[FlowKind, Any] = {
    FlowKind.CUSTOMER: gettext_lazy("Clients"),
    FlowKind.QUOTE: gettext_lazy("Ventes à venir"),
    FlowKind.GRANT: gettext_lazy("Subventions"),
    FlowKind.SUPPLIER: gettext_lazy("Fournisseurs"),
    FlowKind.USUAL: gettext_lazy("Frais habituels"),
    FlowKind.PAY: gettext_lazy("Paie"),
    FlowKind.CONTRIBUTION: gettext_lazy("Contribution"),
    FlowKind.TAX: gettext_lazy("Impôts et cotisations"),
    FlowKind.LOAN: gettext_lazy("Emprunts"),
    FlowKind.OTHER: gettext_lazy("Autres"),
}
SURE: dict[Sureness, Any] = {
    Sureness.BOOKED: gettext_lazy("dans les livres"),
    Sureness.ORDERED: gettext_lazy("virement prévu"),
    Sureness.DUE: gettext_lazy("facturé"),
    Sureness.SIGNED: gettext_lazy("signé"),
    Sureness.PLANNED: gettext_lazy("prévu"),
    Sureness.USUAL: gettext_lazy("habituel"),
}
# What no document tells, by the first word of its subject.
_NAMES: dict[str, Any] = {
    "pay due": gettext_lazy("Salaires dus"),
    "social due": gettext_lazy("Cotisations et prélèvements dus"),
    "vat due": gettext_lazy("TVA et taxes dues"),
    "vat": gettext_lazy("TVA des encaissements à venir"),
    "link": gettext_lazy("Dû entre l’activité et les services communs"),
    "contribution due": gettext_lazy("Contribution des derniers mois, à calculer"),
    "contribution": gettext_lazy("Contribution des ventes à venir"),
    "usual": gettext_lazy("Autres frais : moyenne des six derniers mois"),
    "scenario": gettext_lazy("Paie supposée"),
}
RISKS: dict[RiskKind, Any] = {
    RiskKind.CUSTOMER: gettext_lazy("Client en retard"),
    RiskKind.GRANT: gettext_lazy("Subvention en retard"),
    RiskKind.UNDER: gettext_lazy("Passe sous le plancher"),
}


@dataclass(frozen=True)
class FlowRow:
    """A flow as a page tells it."""

    flow: Flow
    kind: Any
    label: str
    sure: Any
    source: Source | None

    @property
    def is_moved(self) -> bool:
        """Expected on another day than it should come."""
        return self.flow.due_on is not None and self.flow.due_on != self.flow.on


def flow_rows(flows: Iterable[Flow], user: Any) -> list[FlowRow]:
    """The flows with their words; their pages, for what this person may see."""
    rows = list(flows)
    asked = {row.subject for row in rows if _is_document(row)}
    pages: Any = sources_of(user, asked)  # type: ignore[arg-type]
    return [
        FlowRow(row, KINDS[row.kind], label_of(row), SURE[row.sureness], pages.get(row.subject))
        for row in rows
    ]


def _is_document(row: Flow) -> bool:
    subject = row.subject
    return isinstance(subject, tuple) and len(subject) == 2 and "." in str(subject[0])


def label_of(row: Flow) -> str:
    """What the flow is called: as its document says, or as its nature does."""
    if row.label:
        return row.label
    subject = row.subject if isinstance(row.subject, tuple) else (row.subject,)
    if subject[0] == "pay":
        month = Month.parse(str(subject[1]))
        return elided(_("Paie de %(month)s"), {"month": date_format(month.first, "F Y")})
    name = _NAMES.get(str(subject[0]))
    return str(name if name is not None else KINDS[row.kind])


def risk_label(risk: Risk) -> str:
    return risk.name or _("Sans nom")
