"""What is still owed to somebody for a year, and what they agreed to leave in the cooperative (ACC-29)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.payroll import PAY_READERS, PayProposal
from accounting.states.payroll import RETAINED_SHAPES, YEAR_END_SHAPES, RetainedState, YearEndState
from cae.core.fields import MoneyField
from cae.core.money import ZERO
from people.selectors import held_kinds


class YearEndQuerySet(models.QuerySet["YearEndRegularisation"]):
    def visible_to(self, user: Any) -> YearEndQuerySet:
        """All for those who prepare pay or keep the books; else one's own."""
        if not PAY_READERS.isdisjoint(held_kinds(user)):
            return self
        return self.filter(person_id=user.person_id) if user.person_id else self.none()


class YearEndRegularisation(models.Model):
    """The balance of the variable part of one person in one activity, for one financial year."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="pay_years", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="pay_years", verbose_name=_("activité")
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    turnover = MoneyField(_("chiffre d’affaires"))
    direct_costs = MoneyField(_("charges directes"))
    contribution = MoneyField(_("contribution"))
    real_cost = MoneyField(_("coût réel des paies"))
    left = MoneyField(_("laissé en résultat"), default=ZERO)
    # What the year before left to recover; never positive.
    carried = MoneyField(_("report de l’année d’avant"), default=ZERO)
    balance = MoneyField(_("solde en coût"))
    gross = MoneyField(_("brut simulé"), default=ZERO)
    net = MoneyField(_("net simulé"), default=ZERO)
    rules = models.CharField(_("règles"), max_length=120, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=YearEndState, default=YearEndState.COMPUTED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    # The assembly that ruled on the accounts; due one month later (C. trav. R7331-12).
    assembly_on = models.DateField(_("assemblée du"), null=True, editable=False)
    due_on = models.DateField(_("à verser au plus tard le"), null=True, editable=False)
    paid_with = models.ForeignKey(
        PayProposal,
        models.PROTECT,
        null=True,
        related_name="year_balances",
        editable=False,
        verbose_name=_("versée avec"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("calculée par")
    )
    created_at = models.DateTimeField(_("calculée le"), default=timezone.now, editable=False)

    objects = YearEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("régularisation de fin d’année")
        verbose_name_plural = _("régularisations de fin d’année")
        ordering = ["-ends_on", "person"]
        constraints = [
            models.UniqueConstraint(name="pay_year_once", fields=["person", "activity", "starts_on"]),
            models.CheckConstraint(name="pay_year_state", condition=Q(state__in=YearEndState.values)),
            models.CheckConstraint(name="pay_year_dates", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="pay_year_sum",
                condition=Q(
                    balance=F("turnover")
                    - F("direct_costs")
                    - F("contribution")
                    - F("real_cost")
                    - F("left")
                    + F("carried")
                ),
            ),
            models.CheckConstraint(name="pay_year_left", condition=Q(left__gte=0, carried__lte=0)),
            models.CheckConstraint(
                name="pay_year_due_dated",
                condition=~Q(state__in=[YearEndState.DUE, YearEndState.SETTLED])
                | Q(due_on__isnull=False, balance__gt=0),
            ),
            models.CheckConstraint(
                name="pay_year_carried_negative", condition=~Q(state=YearEndState.CARRIED) | Q(balance__lte=0)
            ),
            models.CheckConstraint(
                name="pay_year_settled_with",
                condition=Q(state=YearEndState.SETTLED, paid_with__isnull=False)
                | (~Q(state=YearEndState.SETTLED) & Q(paid_with__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="pay_year_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pay_year_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'computed' AND (OLD.balance, OLD.person_id, OLD.activity_id, OLD.starts_on)"
                    " IS DISTINCT FROM (NEW.balance, NEW.person_id, NEW.activity_id, NEW.starts_on)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.activity} · {self.ends_on.year}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_year", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*YEAR_END_SHAPES[self.state], self.get_state_display())


class RetainedResultAgreement(models.Model):
    """What somebody agrees to leave as a result of the cooperative; signed, it enters the balance."""

    year = models.ForeignKey(
        YearEndRegularisation,
        models.PROTECT,
        related_name="agreements",
        verbose_name=_("régularisation de fin d’année"),
    )
    amount = MoneyField(_("montant laissé"))
    # The very words that are signed, and their hash.
    terms = models.TextField(_("texte"))
    content_sha256 = models.CharField(_("empreinte"), max_length=64, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=RetainedState, default=RetainedState.TO_SIGN, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("préparé par")
    )
    created_at = models.DateTimeField(_("préparé le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("accord de résultat laissé")
        verbose_name_plural = _("accords de résultat laissé")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="retained_state", condition=Q(state__in=RetainedState.values)),
            models.CheckConstraint(name="retained_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="retained_sealed", condition=Q(content_sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="retained_signed_by_somebody",
                condition=Q(state=RetainedState.SIGNED, signature__isnull=False)
                | (~Q(state=RetainedState.SIGNED) & Q(signature__isnull=True)),
            ),
            models.UniqueConstraint(
                name="retained_one_alive", fields=["year"], condition=~Q(state=RetainedState.DROPPED)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="retained_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="retained_frozen", fields=["year", "amount", "terms", "content_sha256"]),
        ]

    def __str__(self) -> str:
        return f"{self.year.person} · {self.year.ends_on.year}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*RETAINED_SHAPES[self.state], self.get_state_display())

    @property
    def person_id(self) -> int:
        return self.year.person_id
