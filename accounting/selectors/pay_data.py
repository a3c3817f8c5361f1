"""What pay holds of a person, given back to them in « Mes données » (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accounting.models import PayProposal, PayResult, Payslip, RetainedResultAgreement, YearEndRegularisation
from accounting.states.payroll import ImportState
from cae.core.facts import Held
from people.models import Person
from people.selectors.merging import file_keys


def held_of_pay(person: Person, _reader: Any) -> Iterator[Held]:
    """Gives what was proposed, what was paid, the payslips, the balances of years and their agreements."""
    keys = file_keys(person)
    kept = _("Six ans pour les paies, cinquante ans pour les bulletins (C. trav. L3243-4, D3243-8).")
    rows = PayProposal.objects.filter(person__in=keys).select_related("month").order_by("-month__first")
    yield Held(
        _("Propositions de paie"),
        (_("mois"), _("brut simulé"), _("net simulé"), _("état"), _("motif"), _("motif de l’équipe")),
        [
            (
                str(row.month),
                row.gross,
                row.net,
                row.get_state_display(),
                row.wanted_reason,
                row.team_reason,
            )
            for row in rows
        ],
        kept=kept,
    )
    results = PayResult.objects.filter(person__in=keys, received__state=ImportState.POSTED)
    yield Held(
        _("Paies réelles"),
        (_("mois"), _("brut"), _("prélèvement à la source"), _("net versé")),
        [
            (str(row.received.month), row.gross, row.withholding, row.net_paid)
            for row in results.select_related("received__month").order_by("-received__month__first")
        ],
        kept=kept,
    )
    slips = Payslip.objects.filter(person__in=keys).select_related("month", "document")
    slips = slips.order_by("-month__first")
    yield Held(
        _("Bulletins de paie"),
        (_("mois"), _("ouvert le")),
        [(str(slip.month), slip.opened_at) for slip in slips],
        files=[slip.document for slip in slips],
        kept=kept,
    )
    years = YearEndRegularisation.objects.filter(person__in=keys).select_related("activity")
    yield Held(
        _("Soldes de fin d’année"),
        (_("activité"), _("au"), _("solde en coût"), _("état")),
        [(str(row.activity), row.ends_on, row.balance, row.get_state_display()) for row in years],
        kept=kept,
    )
    agreements = RetainedResultAgreement.objects.filter(year__person__in=keys)
    yield Held(
        _("Accords de résultat laissé"),
        (_("texte"), _("montant laissé"), _("état")),
        [(row.terms, row.amount, row.get_state_display()) for row in agreements],
        kept=kept,
    )
