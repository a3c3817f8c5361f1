"""What the cooperative declares of a CAPE: at its signature, at each renewal, at an early end (ENT-25)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.contracts import Contract
from entrepreneurs.states.contracts import DeclaredEvent, DeclaredTo


class ContractDeclaration(models.Model):
    """One letter or form to one body about one event; done on a day by somebody."""

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="declarations", verbose_name=_("contrat")
    )
    body = models.CharField(_("organisme informé"), max_length=12, choices=DeclaredTo)
    event = models.CharField(_("événement"), max_length=10, choices=DeclaredEvent)
    due_on = models.DateField(_("à faire avant le"))
    done_on = models.DateField(_("faite le"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("faite par")
    )
    reference = models.CharField(_("référence"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("déclaration de contrat")
        verbose_name_plural = _("déclarations de contrat")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="declaration_body_known", condition=Q(body__in=DeclaredTo.values)),
            models.CheckConstraint(
                name="declaration_event_known", condition=Q(event__in=DeclaredEvent.values)
            ),
            models.CheckConstraint(
                name="declaration_done_by_somebody",
                condition=Q(done_on__isnull=True, done_by__isnull=True, reference="")
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
            models.UniqueConstraint(name="declaration_once", fields=["contract", "body", "event"]),
        ]
        triggers = [
            pgtrigger.Protect(name="declaration_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="declaration_done_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(body)s, %(event)s, %(contract)s") % {
            "body": self.get_body_display(),
            "event": self.get_event_display().lower(),
            "contract": self.contract,
        }

    def get_absolute_url(self) -> str:
        return self.contract.get_absolute_url()
