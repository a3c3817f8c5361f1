"""Where a person is paid: locked in the database, in force once somebody else confirmed it."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import NOT_ERASING
from people.states.banks import BANK_SHAPES, BankState

LONGEST_HOLDER, LONGEST_REASON = 70, 300


class PersonBank(models.Model):
    """Bank details as a person gave them one day. They change by other ones, which take their place."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="banks", verbose_name=_("personne")
    )
    holder = models.CharField(_("titulaire du compte"), max_length=LONGEST_HOLDER)
    # IBAN and BIC as one locked text (cae.core.secrets); the four last signs tell two accounts apart.
    locked = models.TextField(_("contenu chiffré"), editable=False)
    ending = models.CharField(_("quatre derniers signes"), max_length=4, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=BankState, default=BankState.PROPOSED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("données par")
    )
    asked_at = models.DateTimeField(_("données le"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmées par"),
    )
    decided_at = models.DateTimeField(_("confirmées le"), null=True, editable=False)
    refusal = models.CharField(_("motif du refus"), max_length=LONGEST_REASON, blank=True, editable=False)

    class Meta:
        verbose_name = _("coordonnées bancaires")
        verbose_name_plural = _("coordonnées bancaires")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="bank_state_known", condition=Q(state__in=BankState.values)),
            # A Fernet token: nothing readable can be written here by mistake.
            models.CheckConstraint(name="bank_is_locked", condition=Q(locked__startswith="gAAAA")),
            models.CheckConstraint(
                name="bank_two_people", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="bank_decided_by_somebody",
                condition=~Q(state__in=[BankState.CONFIRMED, BankState.REFUSED])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bank_refused_why", condition=~Q(state=BankState.REFUSED) | ~Q(refusal="")
            ),
            models.UniqueConstraint(
                name="bank_one_in_force", fields=["person"], condition=Q(state=BankState.CONFIRMED)
            ),
            models.UniqueConstraint(
                name="bank_one_proposed", fields=["person"], condition=Q(state=BankState.PROPOSED)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="bank_frozen", fields=["holder", "locked", "ending", "asked_by", "asked_at"]
            ),
            pgtrigger.Protect(
                name="bank_kept", operation=pgtrigger.Delete, condition=pgtrigger.Condition(NOT_ERASING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} · …{self.ending}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*BANK_SHAPES[self.state], self.get_state_display())
