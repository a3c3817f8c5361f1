"""What proved a convocation before a better proof took its place: nothing is erased (GOV-20)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.assemblies import Convocation


class FormerProof(models.Model):
    """What was kept as the proof or the number of a convocation until another took its place, and why."""

    convocation = models.ForeignKey(
        Convocation, models.PROTECT, related_name="former_proofs", verbose_name=_("convocation")
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("preuve")
    )
    tracking = models.CharField(_("n° de recommandé"), max_length=40, blank=True)
    reason = models.CharField(_("motif du remplacement"), max_length=300)
    replaced_at = models.DateTimeField(_("remplacée le"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("preuve remplacée")
        verbose_name_plural = _("preuves remplacées")
        ordering = ["convocation", "-replaced_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="former_proof_holds_something", condition=Q(document__isnull=False) | ~Q(tracking="")
            ),
            models.CheckConstraint(name="former_proof_says_why", condition=~Q(reason="")),
        ]
        triggers = append_only("former_proof")

    def __str__(self) -> str:
        return self.tracking or str(self.document)
