"""The paper that proves an expense: photographed, uploaded or mailed, kept with its hash (INV-50)."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import no_truncate
from invoicing.models.expense_sight import entered_for, seen_claims
from invoicing.states.expenses import VoucherSource, VoucherState


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, those one enters for somebody, and those of the claims that one reads."""
        in_claims = self.model._default_manager.filter(seen_claims(user, "lines__claim__"))
        return self.filter(Q(person_id=user.person_id) | entered_for(user) | Q(pk__in=in_claims.values("pk")))

    def to_complete(self) -> Self:
        return self.filter(state=VoucherState.TO_COMPLETE)


class Voucher(models.Model):
    """A receipt or a supplier's ticket (justificatif), as it came in; what it proves is an `ExpenseLine`."""

    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier d’origine")
    )
    # What a browser draws, when it cannot draw the file as it came: HEIC.
    preview = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("image affichée")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="vouchers", verbose_name=_("personne")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vouchers",
        verbose_name=_("activité"),
    )
    source = models.CharField(_("origine"), max_length=6, choices=VoucherSource)
    taken_at = models.DateTimeField(_("pris le"))
    state = models.CharField(_("état"), max_length=11, choices=VoucherState, default=VoucherState.TO_COMPLETE)
    # The same file of the same person is the same receipt.
    sha256 = models.CharField(_("empreinte"), max_length=64, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposé par")
    )

    objects = VoucherQuerySet.as_manager()

    # Set by `keep_voucher` on what it gives: the file had come before, and nothing new was kept.
    was_known = False

    class Meta:
        verbose_name = _("justificatif")
        verbose_name_plural = _("justificatifs")
        ordering = ["-taken_at", "-pk"]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(state=VoucherState.TO_COMPLETE),
                name="voucher_waiting",
            ),
            models.Index(fields=["sha256"], name="voucher_sha256"),
        ]
        constraints = [
            models.CheckConstraint(name="voucher_source_known", condition=Q(source__in=VoucherSource.values)),
            models.CheckConstraint(name="voucher_state_known", condition=Q(state__in=VoucherState.values)),
            models.CheckConstraint(name="voucher_hash_shape", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.UniqueConstraint(name="voucher_once_a_person", fields=["person", "sha256"]),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="voucher_frozen",
                fields=["document", "sha256", "source", "taken_at", "form_key", "created_at", "created_by"],
            ),
            pgtrigger.Protect(name="voucher_kept", operation=pgtrigger.Delete),
            no_truncate("voucher"),
        ]

    def __str__(self) -> str:
        return self.document.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:voucher_detail", args=[self.pk])

    @property
    def shown(self) -> Any:
        """The document that a browser draws."""
        return self.preview or self.document

    @property
    def is_picture(self) -> bool:
        return str(self.shown.mime).startswith("image/")

    @property
    def waits(self) -> bool:
        return self.state == VoucherState.TO_COMPLETE
