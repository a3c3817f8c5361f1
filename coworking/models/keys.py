"""What opens the doors of a place, and to whom it was lent (COW-07)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from coworking.models.held_money import HeldMoney
from coworking.models.places import Place
from coworking.states.places import LOAN_SHAPES, AccessKind, LoanState


class AccessItem(models.Model):
    """A key, a badge, a code: told by its mark; a code itself is never written here."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="access_items", verbose_name=_("lieu"))
    kind = models.CharField(_("nature"), max_length=5, choices=AccessKind, default=AccessKind.KEY)
    label = models.CharField(_("repère"), max_length=60)
    opens = models.CharField(_("ce qu’il ouvre"), max_length=120, blank=True)
    deposit = MoneyField(_("caution"), default=0)
    archived_at = models.DateTimeField(_("retiré le"), null=True, editable=False)

    class Meta:
        verbose_name = _("clé, badge ou code")
        verbose_name_plural = _("clés, badges et codes")
        ordering = ["place", "kind", "label", "pk"]
        constraints = [
            models.CheckConstraint(name="access_kind_known", condition=Q(kind__in=AccessKind.values)),
            models.CheckConstraint(name="access_deposit_positive", condition=Q(deposit__gte=0)),
            models.UniqueConstraint(name="access_labelled_once", fields=["place", "label"]),
        ]
        triggers = [pgtrigger.Protect(name="access_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.label


class AccessLoan(HeldMoney):
    """Lent to somebody, with its deposit, until it comes back or is lost."""

    item = models.ForeignKey(
        AccessItem, models.PROTECT, related_name="loans", verbose_name=_("clé, badge ou code")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="access_loans", verbose_name=_("prêté à")
    )
    lent_on = models.DateField(_("prêté le"))
    due_on = models.DateField(_("à rendre le"), null=True, blank=True)
    deposit = MoneyField(_("caution reçue"), default=0)
    # What was given back of the deposit; the rest was kept.
    deposit_back = MoneyField(_("caution rendue"), null=True, blank=True)
    ended_on = models.DateField(_("fini le"), null=True, blank=True)
    note = models.CharField(_("remarque"), max_length=200, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=LoanState, default=LoanState.LENT, editable=False
    )
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("prêt de clé")
        verbose_name_plural = _("prêts de clés")
        ordering = ["-lent_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="loan_state_known", condition=Q(state__in=LoanState.values)),
            models.CheckConstraint(
                name="loan_ended_says_when",
                condition=Q(state=LoanState.LENT, ended_on__isnull=True)
                | ~Q(state=LoanState.LENT) & Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="loan_deposit",
                condition=Q(deposit__gte=0)
                & (
                    Q(deposit_back__isnull=True)
                    | Q(deposit_back__gte=0, deposit_back__lte=models.F("deposit"))
                ),
            ),
            models.CheckConstraint(
                name="loan_kept_is_due",
                condition=Q(charge__isnull=True, receipt__isnull=True)
                | Q(charge__isnull=False, entry__isnull=False) & ~Q(state=LoanState.LENT),
            ),
            models.UniqueConstraint(
                name="loan_one_at_a_time", fields=["item"], condition=Q(state=LoanState.LENT)
            ),
        ]
        triggers = [pgtrigger.Protect(name="loan_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.item} · {self.person}"

    def get_absolute_url(self) -> str:
        """It is read among the keys of its place."""
        return reverse("coworking:keys", args=[self.item.place_id])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*LOAN_SHAPES[self.state], self.get_state_display())

    @property
    def place(self) -> Place:
        return self.item.place

    @property
    def number(self) -> str:
        """What names its deposit in the books and at the bank."""
        return f"CLE-{self.pk}"

    @property
    def party(self) -> str:
        return str(self.person)

    @property
    def kept(self) -> Decimal:
        """What was kept of its deposit."""
        return ZERO if self.deposit_back is None else self.deposit - self.deposit_back
