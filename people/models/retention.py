"""A file that its rule says is no longer needed: proposed once, decided by a person (PEO-38)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.states.retention import PROPOSAL_SHAPES, ProposalState


class RetentionProposal(models.Model):
    person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        related_name="retention_proposals",
        verbose_name=_("personne"),
    )
    # The code of a rule of people/selectors/retention.py.
    rule = models.CharField(_("règle"), max_length=40)
    counted_from = models.DateField(_("délai compté du"))
    kept_until = models.DateField(_("conservé jusqu’au"))
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("décidé par"),
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, editable=False)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    keep_until = models.DateField(_("ne plus proposer avant le"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposition d’effacement")
        verbose_name_plural = _("propositions d’effacement")
        ordering = ["kept_until", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PROPOSED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ProposalState.PROPOSED) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.KEPT) | (~Q(reason="") & Q(keep_until__isnull=False)),
                name="proposal_kept_has_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "rule"],
                condition=Q(state=ProposalState.PROPOSED),
                name="proposal_waits_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="proposal_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="proposal_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("people:retention_keep", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*PROPOSAL_SHAPES[self.state], self.get_state_display())
