"""What somebody is typing: kept as it is until it is whole, and how they like to type (INV-14)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invoicing.states.sales import EditorMode, SaleKind


class TypedForm(models.Model):
    """The form of a document as typed, while it cannot be stored: a line half written, no customer yet.

    One row a form; the draft that the form made, if it made one, bears the same key. It goes away once the
    form is whole."""

    form_key = models.UUIDField(_("clé du formulaire"), unique=True, editable=False)
    kind = models.CharField(_("documents"), max_length=7, choices=SaleKind)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="+", verbose_name=_("activité")
    )
    # As a browser sends it (application/x-www-form-urlencoded).
    typed = models.TextField(_("saisie"), max_length=2_000_000)
    # Moves at each save, so that two tabs cannot overwrite each other before there is a draft.
    version = models.PositiveIntegerField(default=1, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saisie par")
    )
    saved_at = models.DateTimeField(_("gardée le"), default=timezone.now)

    class Meta:
        verbose_name = _("saisie en cours")
        verbose_name_plural = _("saisies en cours")
        indexes = [models.Index(fields=["author", "kind"], name="typedform_of_author")]
        constraints = [
            models.CheckConstraint(name="typedform_kind_known", condition=Q(kind__in=SaleKind.values)),
        ]

    def __str__(self) -> str:
        return str(self.form_key)


class EditorPreference(models.Model):
    """How a person likes the editor of documents; no row means « rapide »."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("compte d’accès")
    )
    mode = models.CharField(_("mode de saisie"), max_length=5, choices=EditorMode, default=EditorMode.QUICK)

    class Meta:
        verbose_name = _("préférence de saisie")
        verbose_name_plural = _("préférences de saisie")
        constraints = [
            models.CheckConstraint(
                name="editorpreference_mode_known", condition=Q(mode__in=EditorMode.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_mode_display())
