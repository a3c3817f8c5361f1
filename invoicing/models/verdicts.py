"""What the judges said of the data of a draft on a day: issuing with a fresh verdict asks nobody again
(INV-35)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only


class Verdict(models.Model):
    """The answer of XSD and schematrons to one content, dated; kept by the hash of the XML with no real
    number."""

    content_sha256 = models.CharField(_("empreinte"), max_length=64)
    on = models.DateField(_("jour"))
    accepted = models.BooleanField(_("accepté"))
    # [{"code": "BR-FR-12", "message": "…", "field": "customer"}], in words for the author.
    findings = models.JSONField(_("remarques"), default=list)
    checked_at = models.DateTimeField(_("contrôlé le"), default=timezone.now)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(name="verdict_once_a_day", fields=["content_sha256", "on"]),
            models.CheckConstraint(name="verdict_hash", condition=Q(content_sha256__regex="^[0-9a-f]{64}$")),
        ]
        triggers = append_only("verdict")

    def __str__(self) -> str:
        return f"{self.on} {self.content_sha256[:12]}"
