"""Papers that another replaced, beside it: proofs of a convocation, papers of a proxy (GOV-20, GOV-23)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.assemblies import Convocation
from governance.models.representation import Proxy


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


class FormerProxyPaper(models.Model):
    """The PDF of a proxy until its instructions changed: what was signed stays beside what is asked now."""

    proxy = models.ForeignKey(Proxy, models.PROTECT, related_name="former_papers", verbose_name=_("pouvoir"))
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    replaced_at = models.DateTimeField(_("remplacé le"))

    class Meta:
        verbose_name = _("pouvoir remplacé")
        verbose_name_plural = _("pouvoirs remplacés")
        ordering = ["proxy", "-replaced_at", "-pk"]
        triggers = append_only("former_proxy_paper")

    def __str__(self) -> str:
        return str(self.document)
