"""Columns of the lists of the books."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounting.models import (
    Account,
    AnalyticAccount,
    ContributionRun,
    Entry,
    EntryLine,
    Exemption,
    ScaleAssignment,
)
from accounting.selectors.contribution import subject_words
from accounting.selectors.scale_words import parts_words
from cae.core.tables import DateColumn, LinkColumn, MoneyColumn, Table
from cae.core.templatetags.formats import NOTHING


class SideColumn(MoneyColumn):
    """An amount that stands on one side of two: nothing is left blank, so that the eye finds the other."""

    def render(self, value: Any) -> Any:
        return super().render(value) if value else ""


class EntryTable(Table):
    """Entries of the journals."""

    number = LinkColumn(
        verbose_name=_("Écriture"), accessor="reference", order_by=("journal__code", "number")
    )
    on = DateColumn(verbose_name=_("Date"))
    label = tables.Column(verbose_name=_("Libellé"))
    piece = tables.Column(verbose_name=_("Pièce"), default=NOTHING)
    total = MoneyColumn(verbose_name=_("Montant"), total=True)

    class Meta(Table.Meta):
        model = Entry
        fields = ("number", "on", "label", "piece", "total")
        order_by = ("-on", "-number")


class LineTable(Table):
    """Entry lines behind a figure, or of an account."""

    on = DateColumn(verbose_name=_("Date"))
    entry = LinkColumn(
        verbose_name=_("Écriture"),
        accessor="entry__reference",
        url="entry__get_absolute_url",
        order_by=("entry__journal__code", "entry__number"),
    )
    label = tables.Column(verbose_name=_("Libellé"), accessor="entry__label")
    account = tables.Column(verbose_name=_("Compte"), accessor="account__number")
    debit = SideColumn(verbose_name=_("Débit"), total=True)
    credit = SideColumn(verbose_name=_("Crédit"), total=True)

    class Meta(Table.Meta):
        model = EntryLine
        fields: tuple[str, ...] = ("on", "entry", "label", "account", "debit", "credit")


class LedgerTable(LineTable):
    """One account: its lines and the balance after each."""

    section = tables.Column(
        verbose_name=_("Section"), accessor="analytic__label", order_by="analytic__sort_label"
    )
    running = MoneyColumn(verbose_name=_("Solde progressif"), orderable=False)

    class Meta(LineTable.Meta):
        fields = ("on", "entry", "label", "section", "debit", "credit", "running")
        exclude = ("account",)
        orderable = False


class BalanceTable(Table):
    """The « balance générale »."""

    number = tables.Column(verbose_name=_("Compte"))
    label = tables.Column(verbose_name=_("Libellé"))
    carried = SideColumn(verbose_name=_("Report"), orderable=False)
    debits = SideColumn(verbose_name=_("Débits"), total=True)
    credits = SideColumn(verbose_name=_("Crédits"), total=True)
    debit_balance = SideColumn(verbose_name=_("Solde débiteur"), total=True)
    credit_balance = SideColumn(verbose_name=_("Solde créditeur"), total=True)

    class Meta(Table.Meta):
        model = Account
        fields = ("number", "label", "carried", "debits", "credits", "debit_balance", "credit_balance")

    def render_number(self, record: Account) -> SafeString:
        """The account opens its ledger over the same period."""
        kept = {name: self.request.GET[name] for name in ("du", "au") if self.request.GET.get(name)}
        url = reverse("accounting:general_ledger") + "?" + urlencode({"compte": record.pk} | kept)
        return format_html('<a class="row-link" href="{}">{}</a>', url, record.number)

    def value_number(self, value: str) -> str:
        return value


class SectionTable(Table):
    """Each activity and what its section holds."""

    label = LinkColumn(verbose_name=_("Activité"), order_by="sort_label")
    sales = MoneyColumn(verbose_name=_("Ventes HT"), total=True)
    costs = MoneyColumn(verbose_name=_("Charges"), total=True)
    contribution = MoneyColumn(verbose_name=_("Contribution"), total=True)
    result = MoneyColumn(verbose_name=_("Résultat"), total=True)
    receivables = MoneyColumn(verbose_name=_("À encaisser"), total=True)
    cash = MoneyColumn(verbose_name=_("Trésorerie"), total=True)

    class Meta(Table.Meta):
        model = AnalyticAccount
        fields = ("label", "sales", "costs", "contribution", "result", "receivables", "cash")


class AccountTable(Table):
    """The chart of accounts."""

    number = LinkColumn(verbose_name=_("Numéro"))
    label = tables.Column(verbose_name=_("Libellé"))
    kind = tables.Column(verbose_name=_("Nature"))
    role = tables.Column(verbose_name=_("Rôle"), default=NOTHING)

    class Meta(Table.Meta):
        model = Account
        fields = ("number", "label", "kind", "role")


class AssignmentTable(Table):
    """The scale of each activity."""

    activity = LinkColumn(
        verbose_name=_("Activité"), accessor="activity__name", order_by="activity__sort_name"
    )
    scale = tables.Column(verbose_name=_("Barème"), accessor="scale__label")
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"), default=NOTHING)
    reason = tables.Column(verbose_name=_("Motif"))

    class Meta(Table.Meta):
        model = ScaleAssignment
        fields = ("activity", "scale", "starts_on", "ends_on", "reason")


class ExemptionTable(Table):
    """Who gives less, why, and until when."""

    activity = LinkColumn(
        verbose_name=_("Activité"), accessor="activity__name", order_by="activity__sort_name"
    )
    situation = tables.Column(verbose_name=_("Situation"))
    waives = tables.Column(verbose_name=_("Parts dispensées"), orderable=False)
    starts_on = DateColumn(verbose_name=_("Du"))
    ends_on = DateColumn(verbose_name=_("Au"), default=NOTHING)
    decided_by = tables.Column(verbose_name=_("Décidé par"))
    reason = tables.Column(verbose_name=_("Motif"))

    class Meta(Table.Meta):
        model = Exemption
        fields = ("activity", "situation", "waives", "starts_on", "ends_on", "decided_by", "reason")

    def render_waives(self, value: list[str]) -> str:
        return parts_words(value) or str(_("ce que prévoit le barème"))

    def value_waives(self, value: list[str]) -> str:
        return parts_words(value)


class SubjectColumn(tables.Column):
    """The month of a contribution in words, or its document."""

    def render(self, record: ContributionRun) -> str:
        return capfirst(subject_words(record))

    def value(self, record: ContributionRun) -> str:
        return capfirst(subject_words(record))


class SubjectLink(LinkColumn):
    """The same, which opens the contribution."""

    def render(self, value: Any, record: ContributionRun) -> Any:
        return super().render(capfirst(subject_words(record)), record)

    def value(self, record: ContributionRun, value: Any) -> str:
        return capfirst(subject_words(record))


class ContributionTable(Table):
    """What each month and each document gave."""

    on = DateColumn(verbose_name=_("Date"))
    subject = SubjectLink(verbose_name=_("Mois ou document"))
    nature = tables.Column(verbose_name=_("Nature"))
    base = MoneyColumn(verbose_name=_("Base HT"), total=True)
    due = MoneyColumn(verbose_name=_("Contribution"), total=True)
    scale = tables.Column(verbose_name=_("Barème"), accessor="scale__label")
    corrects = tables.Column(verbose_name=_("Rend"), accessor="corrects__subject", default=NOTHING)

    class Meta(Table.Meta):
        model = ContributionRun
        fields = ("on", "subject", "nature", "base", "due", "corrects", "scale")


class RunTable(Table):
    """The contributions of every activity."""

    on = DateColumn(verbose_name=_("Date"), order_by=("on", "pk"))
    activity = LinkColumn(
        verbose_name=_("Activité"), accessor="activity__name", order_by="activity__sort_name"
    )
    subject = SubjectColumn(verbose_name=_("Mois ou document"))
    nature = tables.Column(verbose_name=_("Nature"))
    base = MoneyColumn(verbose_name=_("Base HT"), total=True)
    due = MoneyColumn(verbose_name=_("Contribution"), total=True)
    scale = tables.Column(verbose_name=_("Barème"), accessor="scale__label")

    class Meta(Table.Meta):
        model = ContributionRun
        fields = ("activity", "subject", "on", "nature", "base", "due", "scale")
        sequence = ("activity", "subject", "on", "nature", "base", "due", "scale")
        order_by = ("-on",)
