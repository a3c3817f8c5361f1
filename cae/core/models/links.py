"""A personal link: one object, one purpose, an end date, withdrawn in one click."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalLink(models.Model):
    """What opens one page without an account; only the hash of the secret is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(_("usage"), max_length=40)
    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ends_at = models.DateTimeField(_("valable jusqu’au"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien personnel")
        verbose_name_plural = _("liens personnels")
        indexes = [models.Index(fields=["about_type", "about_id", "purpose"], name="link_about")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about_type} {self.about_id}"
