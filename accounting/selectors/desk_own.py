"""What the books themselves put on the desk of the accountant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models import (
    FundInstalment,
    PaymentBatch,
    PlannedReversal,
    RecurringEntry,
    StatementAgreement,
)
from accounting.selectors.accounts import roles_unset
from accounting.selectors.bank import lines_waiting_since
from accounting.selectors.contribution import month_label
from accounting.selectors.contribution_month import scales_to_compute
from accounting.selectors.controls import last_control
from accounting.selectors.desk import (
    DeskLine,
    DeskList,
    DeskPile,
    Found,
    day_of,
    of_lines,
    of_rows,
    register_pile,
)
from accounting.selectors.manual import manual_entries, planned_due, recurring_due
from accounting.selectors.payments import batches_at_bank, orders_due, orders_rejected
from accounting.selectors.periods import first_to_close, years_to_close
from accounting.selectors.scales import activities_without_scale
from accounting.selectors.tax_deadlines import REMINDED_BEFORE, deadlines_to_do
from accounting.selectors.working_words import of
from accounting.selectors.year_statements import statements_to_review
from accounting.states.manual import ManualState
from accounting.states.payments import BatchState
from cae.core.periods import Month


def _faults(_today: date) -> Found:
    control = last_control()
    if control is None or control.is_sound:
        return Found()
    since, url = day_of(control.ended_at), reverse("accounting:control_list")
    return of_lines([DeskLine(fault, url, since) for fault in control.faults])


def _bare(today: date) -> Found:
    url = reverse("accounting:assignment_list")
    return of_rows(
        activities_without_scale(today),
        lambda row: DeskLine(gettext("Pas de barème de contribution"), url, row.opened_on, activity=row.name),
        since="opened_on",
    )


def _roles(_today: date) -> Found:
    url = reverse("accounting:account_list")
    words = gettext("Aucun compte pour le rôle « %(role)s »")
    return of_lines([DeskLine(words % {"role": role}, url) for role in roles_unset()])


def _drafts(_today: date) -> Found:
    rows = manual_entries().filter(state=ManualState.DRAFT)
    return of_rows(
        rows,
        lambda row: DeskLine(row.label, row.get_absolute_url(), day_of(row.created_at), row.total),
        since="created_at",
        amount="total",
    )


def _bank(today: date) -> Found:
    return of_rows(
        lines_waiting_since(today),
        lambda row: DeskLine(row.label, row.get_absolute_url(), row.booked_on, row.amount),
        since="booked_on",
        amount="amount",
    )


def _contribution(today: date) -> Found:
    month = Month.of(today).previous()
    if not scales_to_compute(month.last, str(month)).exists():
        return Found()
    words = gettext("Contribution %(whose)s") % {"whose": of(month_label(month))}
    url = reverse("accounting:month_preview")
    return of_lines([DeskLine(words, url, month.last + timedelta(days=1))])


def _recurring(today: date) -> Found:
    def line(row: RecurringEntry) -> DeskLine:
        return DeskLine(
            f"{row} : {row.failure}" if row.failure else row, row.get_absolute_url(), row.next_on, row.total
        )

    return of_rows(recurring_due(today), line, since="next_on", amount="total")


def _planned(today: date) -> Found:
    def line(row: PlannedReversal) -> DeskLine:
        words = f"{row.entry} : {row.failure}" if row.failure else row.entry.label
        return DeskLine(words, row.entry.get_absolute_url(), row.on, row.entry.total)

    rows = planned_due(today).select_related("entry__journal")
    return of_rows(rows, line, since="on", amount="entry__total")


def _order(row: Any) -> DeskLine:
    url = reverse("accounting:payment_detail", args=[row.pk])
    return DeskLine(f"{row.name} · {row.label}", url, row.due_on, row.amount, row.section.label)


def _orders(today: date) -> Found:
    return of_rows(orders_due(today), _order, since="due_on", amount="amount")


def _rejected(_today: date) -> Found:
    return of_rows(orders_rejected(), _order, since="state_since", amount="amount")


def _batch(row: PaymentBatch) -> DeskLine:
    return DeskLine(row.reference, row.get_absolute_url(), row.execution_on, row.total)


def _to_release(_today: date) -> Found:
    rows = PaymentBatch.objects.filter(state=BatchState.PREPARED)
    return of_rows(rows, _batch, since="execution_on", amount="total")


def _at_bank(today: date) -> Found:
    return of_rows(batches_at_bank(today), _batch, since="execution_on", amount="total")


def _deadlines(today: date) -> Found:
    url = reverse("accounting:deadline_list")
    return of_rows(
        deadlines_to_do(today + timedelta(days=REMINDED_BEFORE)),
        lambda row: DeskLine(row.label, url, row.due_on),
        since="due_on",
    )


def _instalments(today: date) -> Found:
    rows = FundInstalment.objects.filter(received_on__isnull=True, due_on__lte=today)

    def line(row: FundInstalment) -> DeskLine:
        return DeskLine(f"{row.fund} · {row.label}", row.fund.get_absolute_url(), row.due_on, row.amount)

    return of_rows(rows.select_related("fund"), line, since="due_on", amount="amount")


def _months(today: date) -> Found:
    """The months that are over, from the first to close: they close one by one."""
    month, lines = first_to_close(), []
    while month is not None and month.last < today:
        url = reverse("accounting:month_detail", args=[str(month)])
        lines.append(DeskLine(capfirst(month_label(month)), url, month.last + timedelta(days=1)))
        month = month.next()
    return of_lines(lines)


def _years(_today: date) -> Found:
    """The years of which every month is locked."""
    return of_lines(
        [
            DeskLine(capfirst(str(row)), row.get_absolute_url(), row.ends_on + timedelta(days=1))
            for row in years_to_close().order_by("starts_on")
        ]
    )


def _statements(_today: date) -> Found:
    def line(row: StatementAgreement) -> DeskLine:
        return DeskLine(row, row.get_absolute_url(), day_of(row.state_since), activity=row.analytic.label)

    rows = statements_to_review().select_related("year", "analytic")
    return of_rows(rows, line, since="state_since")


def register_own_piles() -> None:
    """Called once, when the room starts."""
    check, post, pay, claim, close = DeskList
    for code, where, title, verb, page, find in (
        ("faults", check, _("Anomalies des livres"), _("Examiner"), "control_list", _faults),
        ("bare", check, _("Activités sans barème"), _("Affecter"), "assignment_list", _bare),
        ("roles", check, _("Rôles sans compte"), _("Choisir"), "account_list", _roles),
        ("statements", check, _("Relevés annuels à renvoyer"), _("Renvoyer"), "month_list", _statements),
        ("bank", post, _("Lignes de banque"), _("Rapprocher"), "bank_lines?etat=to_match", _bank),
        ("drafts", post, _("Écritures en préparation"), _("Valider"), "manual_list?etat=draft", _drafts),
        ("contribution", post, _("Contributions"), _("Calculer"), "month_preview", _contribution),
        ("recurring", post, _("Abonnements en retard"), _("Voir"), "recurring_list", _recurring),
        ("planned", post, _("Contre-passations en retard"), _("Voir"), "planned_list", _planned),
        ("orders", pay, _("Ordres de paiement"), _("Préparer"), "batch_prepare", _orders),
        ("rejected", pay, _("Rejetés par la banque"), _("Corriger"), "payment_all", _rejected),
        ("release", pay, _("Lots à valider"), _("Valider"), "batch_list?etat=prepared", _to_release),
        ("at_bank", pay, _("Lots à la banque"), _("Noter l’exécution"), "batch_list", _at_bank),
        ("deadlines", claim, _("Échéances fiscales et sociales"), _("Déclarer"), "deadline_list", _deadlines),
        ("grants", claim, _("Versements de subventions"), _("Réclamer"), "fund_list", _instalments),
        ("months", close, _("Mois finis"), _("Clore"), "month_list", _months),
        ("years", close, _("Exercices finis"), _("Clore"), "month_list", _years),
    ):
        register_pile(DeskPile(f"accounting.{code}", where, title, verb, f"accounting:{page}", find))
