"""What the cooperative decides of its option lists: a word, its order, whether it is offered (PEO-14)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only


class OptionDecision(models.Model):
    """What one option of a list is from a date on; without an option, what the list itself asks for."""

    list_code = models.CharField(_("liste"), max_length=80)
    code = models.CharField(_("option"), max_length=40, blank=True)
    label = models.CharField(_("libellé"), max_length=120, blank=True)
    help = models.TextField(_("définition ou règle de saisie"), max_length=1000, blank=True)
    rank = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_offered = models.BooleanField(_("proposée"), default=True)
    valid_from = models.DateField(_("à partir du"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    reason = models.CharField(_("motif"), max_length=300)
    created_at = models.DateTimeField(_("saisi le"), auto_now_add=True)

    class Meta:
        verbose_name = _("décision sur une liste")
        verbose_name_plural = _("décisions sur une liste")
        ordering = ["list_code", "code", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["list_code", "valid_from"], name="option_in_force")]
        constraints = [
            models.CheckConstraint(condition=Q(code="") | ~Q(label=""), name="option_has_label"),
            models.CheckConstraint(condition=~Q(reason=""), name="option_has_reason"),
        ]
        triggers = append_only("option_decision")

    def __str__(self) -> str:
        return self.label or self.list_code
