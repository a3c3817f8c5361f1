"""A stored file with its hash: kept until a date, found from the record it concerns."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import NOT_ERASING, no_truncate

# The day that counts is that of France: the connection tells its own in UTC, late by an hour or two.
TODAY = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"


class Document(models.Model):
    """One file, written once. `about_*` names the record it belongs to."""

    kind = models.CharField(_("nature"), max_length=60)
    name = models.CharField(_("nom"), max_length=200)
    mime = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64, db_index=True)
    file = models.FileField(_("fichier"), upload_to="documents/%Y/%m", max_length=200)
    about_type = models.CharField(_("objet"), max_length=80)
    about_id = models.CharField(_("identifiant"), max_length=40)
    about_label = models.CharField(_("concerne"), max_length=200)
    retention_until = models.DateField(_("conservé jusqu’au"))
    created_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposé par")
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["about_type", "about_id"], name="document_about")]
        triggers = [
            pgtrigger.Protect(name="document_frozen", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="document_kept",
                operation=pgtrigger.Delete,
                # A file that says the words of an erased file goes with them (docs/decisions/0026).
                condition=pgtrigger.Condition(f"OLD.retention_until >= {TODAY} AND {NOT_ERASING}"),
            ),
            no_truncate("document"),
        ]

    def __str__(self) -> str:
        return self.name
