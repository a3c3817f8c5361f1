"""What the bank says: its accounts, the files it gives, the statements and the lines they bring (ACC-35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account
from accounting.models.bank_triggers import line_goes_with_statement, statement_follows, statement_whole
from accounting.states.bank import (
    LINE_SHAPES,
    BankLineState,
    DayFormat,
    DecimalSign,
    Encoding,
    Separator,
    StatementFormat,
)
from cae.core.banks import LONGEST_IBAN, end_of
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate

_IBAN = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
LONGEST_TEXT, LONGEST_REFERENCE = 300, 140


class BankLayout(models.Model):
    """How a bank writes its CSV files: which column says what (numbered from 1), dates, decimals, signs."""

    name = models.CharField(_("nom"), max_length=60, unique=True)
    separator = models.CharField(
        _("séparateur"), max_length=1, choices=Separator, default=Separator.SEMICOLON
    )
    encoding = models.CharField(_("encodage"), max_length=10, choices=Encoding, default=Encoding.UTF8)
    header_lines = models.PositiveSmallIntegerField(_("lignes d’en-tête"), default=1)
    day_format = models.CharField(
        _("format des dates"), max_length=8, choices=DayFormat, default=DayFormat.FRENCH
    )
    decimal_sign = models.CharField(
        _("séparateur décimal"), max_length=1, choices=DecimalSign, default=DecimalSign.COMMA
    )
    booked_on_column = models.PositiveSmallIntegerField(_("colonne de la date"))
    value_on_column = models.PositiveSmallIntegerField(
        _("colonne de la date de valeur"), null=True, blank=True
    )
    label_column = models.PositiveSmallIntegerField(_("colonne du libellé"))
    detail_column = models.PositiveSmallIntegerField(_("colonne du détail"), null=True, blank=True)
    amount_column = models.PositiveSmallIntegerField(_("colonne du montant signé"), null=True, blank=True)
    debit_column = models.PositiveSmallIntegerField(_("colonne du débit"), null=True, blank=True)
    credit_column = models.PositiveSmallIntegerField(_("colonne du crédit"), null=True, blank=True)
    counterparty_column = models.PositiveSmallIntegerField(_("colonne du tiers"), null=True, blank=True)
    iban_column = models.PositiveSmallIntegerField(_("colonne de l’IBAN du tiers"), null=True, blank=True)
    reference_column = models.PositiveSmallIntegerField(_("colonne de la référence"), null=True, blank=True)

    class Meta:
        verbose_name = _("format de relevé CSV")
        verbose_name_plural = _("formats de relevé CSV")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="banklayout_separator", condition=Q(separator__in=Separator.values)),
            models.CheckConstraint(name="banklayout_encoding", condition=Q(encoding__in=Encoding.values)),
            models.CheckConstraint(
                name="banklayout_day_format", condition=Q(day_format__in=DayFormat.values)
            ),
            models.CheckConstraint(
                name="banklayout_decimal_sign", condition=Q(decimal_sign__in=DecimalSign.values)
            ),
            # One signed column, or one a side.
            models.CheckConstraint(
                name="banklayout_amounts",
                condition=Q(
                    amount_column__isnull=False, debit_column__isnull=True, credit_column__isnull=True
                )
                | Q(amount_column__isnull=True, debit_column__isnull=False, credit_column__isnull=False),
            ),
            models.CheckConstraint(
                name="banklayout_columns_from_one", condition=Q(booked_on_column__gte=1, label_column__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounting:bank_layout_change", args=[self.pk])


class BankAccount(models.Model):
    """An account of the cooperative at a bank, and the account of the chart that keeps it."""

    label = models.CharField(_("libellé"), max_length=80)
    iban = models.CharField(_("IBAN"), max_length=LONGEST_IBAN, unique=True)
    account = models.OneToOneField(
        Account, models.PROTECT, related_name="bank_account", verbose_name=_("compte du plan")
    )
    layout = models.ForeignKey(
        BankLayout,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bank_accounts",
        verbose_name=_("format CSV habituel"),
    )
    closed_on = models.DateField(_("clôturé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("compte bancaire")
        verbose_name_plural = _("comptes bancaires")
        ordering = ["account__number"]
        constraints = [
            models.CheckConstraint(name="bankaccount_iban", condition=Q(iban__regex=_IBAN)),
        ]
        triggers = [
            pgtrigger.Protect(name="bankaccount_kept", operation=pgtrigger.Delete),
            # What its statements were checked against.
            pgtrigger.ReadOnly(name="bankaccount_frozen", fields=["iban", "account"]),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("accounting:bank_account", args=[self.pk])

    @property
    def iban_end(self) -> str:
        return end_of(self.iban)

    def is_open(self, on: date) -> bool:
        return self.closed_on is None or on <= self.closed_on


class BankStatement(models.Model):
    """What one file brought for one account: it begins where the one before ends, and never changes. Taken
    away whole while it is the last and nothing of it was matched."""

    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="statements", verbose_name=_("compte bancaire")
    )
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", verbose_name=_("relevé précédent")
    )
    format = models.CharField(_("format"), max_length=4, choices=StatementFormat)
    document = models.ForeignKey(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier reçu")
    )
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64)
    first_on = models.DateField(_("du"))
    last_on = models.DateField(_("au"))
    opening = MoneyField(_("solde au début"))
    total = MoneyField(_("mouvements"))
    closing = MoneyField(_("solde à la fin"))
    line_count = models.PositiveIntegerField(_("lignes"))
    known_count = models.PositiveIntegerField(_("lignes déjà connues, laissées"), default=0)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("importé par")
    )
    imported_at = models.DateTimeField(_("importé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("relevé bancaire")
        verbose_name_plural = _("relevés bancaires")
        ordering = ["-last_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="bankstatement_file_once", fields=["bank_account", "sha256"]),
            models.UniqueConstraint(
                name="bankstatement_one_first", fields=["bank_account"], condition=Q(previous__isnull=True)
            ),
            models.CheckConstraint(
                name="bankstatement_format", condition=Q(format__in=StatementFormat.values)
            ),
            models.CheckConstraint(
                name="bankstatement_adds_up", condition=Q(closing=F("opening") + F("total"))
            ),
            models.CheckConstraint(name="bankstatement_days", condition=Q(first_on__lte=F("last_on"))),
            models.CheckConstraint(name="bankstatement_of_something", condition=Q(line_count__gte=1)),
        ]
        triggers = [
            # The last one of an account may go, with its lines, as long as none was ever matched.
            pgtrigger.Protect(name="bankstatement_frozen", operation=pgtrigger.Update),
            no_truncate("bankstatement"),
            statement_follows(),
            statement_whole(),
        ]

    def __str__(self) -> str:
        return str(_("relevé n° %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("accounting:bank_statement", args=[self.pk])


class BankLine(models.Model):
    """One movement as the bank wrote it; only its matching moves."""

    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("compte bancaire")
    )
    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("relevé")
    )
    position = models.PositiveIntegerField(_("rang"))
    booked_on = models.DateField(_("date"))
    value_on = models.DateField(_("date de valeur"), null=True)
    amount = MoneyField(_("montant"))
    label = models.CharField(_("libellé"), max_length=LONGEST_TEXT)
    counterparty = models.CharField(_("tiers"), max_length=LONGEST_REFERENCE, blank=True)
    counterparty_iban = models.CharField(_("IBAN du tiers"), max_length=LONGEST_IBAN, blank=True)
    reference = models.CharField(_("référence"), max_length=LONGEST_REFERENCE, blank=True)
    end_to_end = models.CharField(_("référence de bout en bout"), max_length=LONGEST_REFERENCE, blank=True)
    # As the file has it: what an auditor compares.
    raw = models.TextField(_("ligne d’origine"))
    fingerprint = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=BankLineState, default=BankLineState.TO_MATCH, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Moves with each matching: two people on one line cannot both be the first.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ligne bancaire")
        verbose_name_plural = _("lignes bancaires")
        ordering = ["booked_on", "pk"]
        indexes = [
            models.Index(fields=["bank_account", "state", "booked_on"], name="bankline_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(name="bankline_known_once", fields=["bank_account", "fingerprint"]),
            models.UniqueConstraint(name="bankline_position_once", fields=["statement", "position"]),
            models.CheckConstraint(name="bankline_state", condition=Q(state__in=BankLineState.values)),
            models.CheckConstraint(name="bankline_some", condition=~Q(amount=0)),
        ]
        triggers = [
            line_goes_with_statement(),
            no_truncate("bankline"),
            pgtrigger.Protect(
                name="bankline_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "to_jsonb(OLD.*) - ARRAY['state', 'state_since', 'version']"
                    " IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['state', 'state_since', 'version']"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on:%d/%m/%Y} · {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:bank_line", args=[self.pk])

    @property
    def iban_end(self) -> str:
        return end_of(self.counterparty_iban)

    @property
    def is_in(self) -> bool:
        return self.amount > Decimal(0)

    @property
    def who(self) -> str:
        """The counterparty where the bank names one, else what it wrote."""
        return self.counterparty or self.label

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*LINE_SHAPES[self.state], self.get_state_display())
