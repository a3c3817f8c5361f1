"""The pay of a month: what is proposed to each person, from which cash, and what was agreed (ACC-23)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounting.states.payroll import (
    ONCE_KINDS,
    PAY_SHAPES,
    SENT_STATES,
    WORDS_KINDS,
    PayItemKind,
    PayState,
)
from cae.core.fields import MoneyField
from cae.core.money import ZERO
from cae.core.periods import Month
from people.selectors import held_kinds
from people.states import RoleKind

# They read the pay of everybody; an advisor reads only what it costs the activity, in its accounts.
PAY_READERS = frozenset({RoleKind.HUMAN_RESOURCES, RoleKind.ACCOUNTANT})
LONGEST_NUMBER = 20


class PayMonth(models.Model):
    """The pay of one month."""

    first = models.DateField(_("mois"), unique=True)
    paid_on = models.DateField(_("payée le"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ouvert par")
    )
    opened_at = models.DateTimeField(_("ouvert le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("mois de paie")
        verbose_name_plural = _("mois de paie")
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(name="pay_month_first_day", condition=Q(first__day=1)),
            models.CheckConstraint(name="pay_month_paid_after", condition=Q(paid_on__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return date_format(self.first, "F Y")

    def get_absolute_url(self) -> str:
        return f"{reverse('accounting:pay_list')}?mois={self.month}"

    @property
    def month(self) -> Month:
        return Month.of(self.first)


class PayNumber(models.Model):
    """The number of a person in the payroll software: one each, never another's."""

    person = models.OneToOneField(
        "people.Person", models.PROTECT, related_name="pay_number", verbose_name=_("personne")
    )
    number = models.CharField(_("matricule"), max_length=LONGEST_NUMBER, unique=True)

    class Meta:
        verbose_name = _("matricule de paie")
        verbose_name_plural = _("matricules de paie")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="pay_number_shape", condition=Q(number__regex=r"^[A-Z0-9][A-Z0-9_.-]{0,19}$")
            )
        ]

    def __str__(self) -> str:
        return self.number


class PayProposalQuerySet(models.QuerySet["PayProposal"]):
    def visible_to(self, user: Any) -> PayProposalQuerySet:
        """All for those who prepare pay or keep the books; else one's own."""
        if not PAY_READERS.isdisjoint(held_kinds(user)):
            return self
        return self.filter(person_id=user.person_id) if user.person_id else self.none()

    def standing(self) -> PayProposalQuerySet:
        return self.exclude(state=PayState.WITHDRAWN)


class PayProposal(models.Model):
    """What one person is paid for one month: made from the cash, agreed, checked, sent, then real."""

    month = models.ForeignKey(
        PayMonth, models.PROTECT, related_name="proposals", verbose_name=_("mois de paie")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="pay_proposals", verbose_name=_("personne")
    )
    contract = models.ForeignKey(
        "entrepreneurs.Contract", models.PROTECT, related_name="pay_proposals", verbose_name=_("contrat")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=PayState, default=PayState.PROPOSED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    # What it was made from, as it stood: sales of the month, contribution, cash, what is owed, floor.
    came_in = MoneyField(_("ventes du mois"), default=ZERO)
    contributed = MoneyField(_("contribution du mois"), default=ZERO)
    cash = MoneyField(_("trésorerie"), default=ZERO)
    owed = MoneyField(_("déjà dû"), default=ZERO)
    floor = MoneyField(_("plancher"), default=ZERO)
    available = MoneyField(_("ce qui peut être payé"), default=ZERO)
    shortage = MoneyField(_("manque pour la part fixe"), default=ZERO)
    # The simulation, and the version of the rules that made it.
    gross = MoneyField(_("brut simulé"), default=ZERO)
    cost = MoneyField(_("coût simulé"), default=ZERO)
    net = MoneyField(_("net simulé"), default=ZERO)
    # What the year gives of it so far begins with this (pay-and-contribution §11).
    rgdu = MoneyField(_("réduction générale simulée"), default=ZERO)
    rules = models.CharField(_("règles"), max_length=120)
    # What the person asked for instead, as a gross, and why.
    wanted = MoneyField(_("brut demandé"), null=True, editable=False)
    wanted_reason = models.CharField(_("motif"), max_length=300, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    checked_at = models.DateTimeField(_("contrôlée le"), null=True, editable=False)
    # Why the team changed it, or gave it up.
    team_reason = models.CharField(_("motif de l’équipe"), max_length=300, blank=True, editable=False)

    objects = PayProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition de paie")
        verbose_name_plural = _("propositions de paie")
        ordering = ["-month", "person"]
        constraints = [
            models.CheckConstraint(name="pay_proposal_state", condition=Q(state__in=PayState.values)),
            models.CheckConstraint(
                name="pay_proposal_amounts",
                condition=Q(gross__gte=0, cost__gte=0, shortage__gte=0)
                & (Q(wanted__isnull=True) | Q(wanted__gte=0)),
            ),
            models.CheckConstraint(name="pay_proposal_rules_named", condition=~Q(rules="")),
            models.CheckConstraint(
                name="pay_proposal_asked_whole",
                condition=~Q(state=PayState.ASKED) | (Q(wanted__isnull=False) & ~Q(wanted_reason="")),
            ),
            models.CheckConstraint(
                name="pay_proposal_checked_by_somebody",
                condition=~Q(state__in=[PayState.CHECKED, *SENT_STATES]) | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pay_proposal_withdrawn_why", condition=~Q(state=PayState.WITHDRAWN) | ~Q(team_reason="")
            ),
            models.UniqueConstraint(
                name="pay_proposal_once",
                fields=["month", "person"],
                condition=~Q(state=PayState.WITHDRAWN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="pay_proposal_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pay_proposal_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('exported', 'real') AND"
                    " (OLD.month_id, OLD.person_id, OLD.contract_id, OLD.gross, OLD.cost, OLD.net, OLD.rgdu)"
                    " IS DISTINCT FROM"
                    " (NEW.month_id, NEW.person_id, NEW.contract_id, NEW.gross, NEW.cost, NEW.net, NEW.rgdu)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.month}"

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*PAY_SHAPES[self.state], self.get_state_display())

    @property
    def reading(self) -> str:
        """What tells this proposal from what it was before somebody changed it."""
        return f"{self.state_since.isoformat()} {self.gross}"

    @property
    def is_sent(self) -> bool:
        return self.state in SENT_STATES


class PayItem(models.Model):
    """One element of a proposal, in one section; its sign is that of its kind."""

    proposal = models.ForeignKey(
        PayProposal, models.PROTECT, related_name="items", verbose_name=_("proposition de paie")
    )
    kind = models.CharField(_("élément"), max_length=10, choices=PayItemKind)
    # Of an absence, its reason, which human resources and the person alone read.
    detail = models.CharField(_("précision"), max_length=40, blank=True)
    section = models.ForeignKey(
        "accounting.AnalyticAccount",
        models.PROTECT,
        related_name="pay_items",
        verbose_name=_("section analytique"),
    )
    amount = MoneyField(_("montant"), default=ZERO)
    days = models.DecimalField(_("jours"), max_digits=5, decimal_places=1, null=True, blank=True)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    # The absence that it comes from, so that making the month again adds none.
    absence = models.ForeignKey(
        "entrepreneurs.Absence", models.PROTECT, null=True, related_name="+", verbose_name=_("absence")
    )

    class Meta:
        verbose_name = _("élément de paie")
        verbose_name_plural = _("éléments de paie")
        ordering = ["proposal", "pk"]
        constraints = [
            models.CheckConstraint(name="pay_item_kind", condition=Q(kind__in=PayItemKind.values)),
            models.CheckConstraint(
                name="pay_item_amount",
                condition=Q(amount__gt=0) | Q(amount=0, kind__in=[*WORDS_KINDS, PayItemKind.FIXED]),
            ),
            models.CheckConstraint(
                name="pay_item_dates",
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="pay_item_days", condition=Q(days__isnull=True) | Q(days__gt=Decimal(0))
            ),
            models.UniqueConstraint(
                name="pay_item_once", fields=["proposal", "kind", "section"], condition=Q(kind__in=ONCE_KINDS)
            ),
            models.UniqueConstraint(name="pay_item_absence_once", fields=["proposal", "absence"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="pay_item_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM accounting_payproposal proposal
                        WHERE proposal.id = COALESCE(NEW.proposal_id, OLD.proposal_id)
                        AND proposal.state IN ('exported', 'real')
                    ) THEN
                        RAISE EXCEPTION 'the elements of a pay that was sent never change'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def whole_days(self) -> int:
        """What chooses between « jour » and « jours »: a day and a half is still one."""
        return int(self.days or 0)
