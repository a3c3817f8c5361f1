"""A view of a list that somebody saved: its address, under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """The filters, order and columns of one list, kept for one person or shown to the team; without a name,
    the columns with which the list opens for its owner."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)
    name = models.CharField(_("nom"), max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(_("partagée avec l’équipe"), default=False)

    class Meta:
        verbose_name = _("vue enregistrée")
        verbose_name_plural = _("vues enregistrées")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name
