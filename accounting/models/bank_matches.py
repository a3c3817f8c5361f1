"""What lines of the bank were matched with, and the rules learnt from it (ACC-36)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount
from accounting.models.bank import BankLine
from accounting.models.bank_triggers import match_worth_its_line
from accounting.models.entries import EntryLine
from accounting.states.bank import MatchKind, RuleSide
from cae.core.banks import LONGEST_IBAN
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate


class BankRule(models.Model):
    """What the accountant does with lines that look alike; learnt from one, stopped in one click."""

    words = models.CharField(_("mots du libellé"), max_length=200, blank=True)
    iban = models.CharField(_("IBAN du tiers"), max_length=LONGEST_IBAN, blank=True)
    side = models.CharField(_("sens"), max_length=3, choices=RuleSide)
    least = MoneyField(_("montant minimal"), null=True, blank=True)
    most = MoneyField(_("montant maximal"), null=True, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("compte"))
    section = models.ForeignKey(
        AnalyticAccount, models.PROTECT, related_name="+", verbose_name=_("section analytique")
    )
    cost_kind = models.ForeignKey(
        "accounting.CostKind",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nature de charge"),
    )
    # In percent (20.00), taken out of the amount of the line.
    vat_rate = models.DecimalField(_("taux de TVA"), max_digits=5, decimal_places=2, null=True, blank=True)
    party = models.CharField(_("tiers"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("apprise de")
    )
    created_at = models.DateTimeField(_("apprise le"), default=timezone.now, editable=False)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("arrêtée par")
    )
    stopped_at = models.DateTimeField(_("arrêtée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("règle de rapprochement")
        verbose_name_plural = _("règles de rapprochement")
        ordering = ["words", "pk"]
        constraints = [
            models.CheckConstraint(name="bankrule_side", condition=Q(side__in=RuleSide.values)),
            models.CheckConstraint(name="bankrule_says_when", condition=~Q(words="") | ~Q(iban="")),
            models.CheckConstraint(
                name="bankrule_amounts",
                condition=(Q(least__isnull=True) | Q(least__gte=0)) & (Q(most__isnull=True) | Q(most__gte=0)),
            ),
            models.CheckConstraint(
                name="bankrule_stopped_by",
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True) | Q(stopped_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="bankrule_once",
                fields=["words", "iban", "side"],
                condition=Q(stopped_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="bankrule_kept", operation=pgtrigger.Delete),
            # A rule that changes is another rule: what it proposed stays explained.
            pgtrigger.Protect(
                name="bankrule_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.stopped_at IS NOT NULL OR to_jsonb(OLD.*) - ARRAY['stopped_at', 'stopped_by_id']"
                    " IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['stopped_at', 'stopped_by_id']"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.iban

    def get_absolute_url(self) -> str:
        return reverse("accounting:bank_rule", args=[self.pk])

    @property
    def known_by(self) -> str:
        """Its words, or the IBAN that is enough."""
        return str(self)

    @property
    def is_stopped(self) -> bool:
        return self.stopped_at is not None

    @property
    def status(self) -> tuple[str, str, Any]:
        return ("neutral", "✕", _("Arrêtée")) if self.is_stopped else ("success", "✔", _("Active"))


class BankMatch(models.Model):
    """One matching of a line; undone, it stays with its reason and the line may be matched anew."""

    line = models.ForeignKey(
        BankLine, models.PROTECT, related_name="matches", db_index=False, verbose_name=_("ligne bancaire")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=MatchKind)
    label = models.CharField(_("rapprochée de"), max_length=200)
    # Why it was proposed, in the words shown that day; none when the accountant chose by hand.
    reasons = models.JSONField(_("raisons"), default=list)
    rule = models.ForeignKey(
        BankRule, models.PROTECT, null=True, related_name="matches", verbose_name=_("règle")
    )
    # What it posted, which undoing it takes back; nothing for what the books held already.
    made = models.ManyToManyField("accounting.Entry", related_name="+", verbose_name=_("écritures passées"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("rapprochée par"),
    )
    accepted_at = models.DateTimeField(_("rapprochée le"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("défaite le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("défaite par")
    )
    undone_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("rapprochement")
        verbose_name_plural = _("rapprochements")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["line"], name="bankmatch_of_line")]
        constraints = [
            models.CheckConstraint(name="bankmatch_kind", condition=Q(kind__in=MatchKind.values)),
            models.UniqueConstraint(
                name="bankmatch_one_live", fields=["line"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                name="bankmatch_undone_why",
                condition=Q(undone_at__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False) & ~Q(undone_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="bankmatch_kept", operation=pgtrigger.Delete),
            no_truncate("bankmatch"),
            pgtrigger.Protect(
                name="bankmatch_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.undone_at IS NOT NULL"
                    " OR to_jsonb(OLD.*) - ARRAY['undone_at', 'undone_by_id', 'undone_reason']"
                    " IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['undone_at', 'undone_by_id', 'undone_reason']"
                ),
            ),
            match_worth_its_line(),
        ]

    def __str__(self) -> str:
        return self.label


class BankMatchedLine(models.Model):
    """A line of the books that a match counts: once, as long as the match is alive."""

    match = models.ForeignKey(
        BankMatch, models.PROTECT, related_name="lines", db_index=False, verbose_name=_("rapprochement")
    )
    entry_line = models.ForeignKey(
        EntryLine,
        models.PROTECT,
        related_name="bank_matches",
        db_index=False,
        verbose_name=_("ligne d’écriture"),
    )
    is_live = models.BooleanField(_("en vigueur"), default=True, editable=False)

    class Meta:
        verbose_name = _("ligne rapprochée")
        verbose_name_plural = _("lignes rapprochées")
        ordering = ["match", "pk"]
        indexes = [models.Index(fields=["entry_line"], name="bankmatched_of_line")]
        constraints = [
            models.UniqueConstraint(
                name="bankmatched_line_once", fields=["entry_line"], condition=Q(is_live=True)
            ),
            models.UniqueConstraint(name="bankmatched_once_in_match", fields=["match", "entry_line"]),
        ]
        triggers = [
            pgtrigger.Protect(name="bankmatched_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="bankmatched_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NOT OLD.is_live OR OLD.match_id <> NEW.match_id"
                    " OR OLD.entry_line_id <> NEW.entry_line_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.entry_line_id}"
