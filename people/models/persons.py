"""The human being: exists before any account and after it, apart from statuses and activities (PEO-05)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.plain import PlainText
from people.models.addresses import Address
from people.states import RoleKind
from people.states.statuses import StatusKind

NO_ACCOUNT = ("neutral", "◇", _("Pas de compte"))


class Person(Address):
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom de naissance"), max_length=80)
    usual_name = models.CharField(_("nom d’usage"), max_length=80, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    territory = models.ForeignKey(
        "people.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name=_("territoire"),
    )
    # Two files were one person: this one answers with the other (PEO-17).
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_files",
        verbose_name=_("fusionnée avec"),
    )
    # Nobody’s any more: names and contact details are gone (PEO-38).
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Same key, same click: a form sent twice creates one person.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    sort_name = models.GeneratedField(
        expression=PlainText(
            Concat(
                Coalesce(NullIf(F("usual_name"), Value("")), F("last_name")),
                Value(" "),
                F("first_name"),
            )
        ),
        output_field=models.CharField(max_length=250),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name"], name="person_sort_name"),
            models.Index(fields=["email"], name="person_email"),
            # Any part of a name or of an address, for the search everywhere.
            GinIndex(fields=["sort_name", "email"], opclasses=["gin_trgm_ops"] * 2, name="person_found"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("people:person_detail", args=[self.pk])

    @property
    def shown_last_name(self) -> str:
        return self.usual_name or self.last_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.shown_last_name}"

    @property
    def told_apart(self) -> str:
        """What tells somebody from another of the same name."""
        return self.email or self.phone

    @property
    def role_labels(self) -> list[str]:
        """The words of the `role_kinds` that the list reads with each person."""
        kinds = getattr(self, "role_kinds", [])
        return [str(label) for kind, label in RoleKind.choices if kind in kinds]

    @property
    def status_labels(self) -> list[str]:
        """The words of the `status_kinds` that the list reads with each person."""
        kinds = getattr(self, "status_kinds", [])
        return [str(label) for kind, label in StatusKind.choices if kind in kinds]

    @property
    def account_status(self) -> tuple[str, str, Any]:
        """Tone, shape and word; `is_invited` is read by the list with each person."""
        account = getattr(self, "user", None)
        if account is not None:
            return ("success", "●", _("Ouvert")) if account.is_active else ("neutral", "✕", _("Fermé"))
        return ("info", "◇", _("Invitation en attente")) if getattr(self, "is_invited", False) else NO_ACCOUNT


def in_use(persons: models.QuerySet[Person]) -> models.QuerySet[Person]:
    """Those of the files that neither a merge nor an erasure ended."""
    return persons.filter(merged_into__isnull=True, erased_at__isnull=True)
