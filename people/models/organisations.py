"""Organisations: one record each, whatever they are for us, with several contacts (PEO-19)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import SirenField, SiretField
from cae.core.plain import plain_column
from people.models.addresses import Address
from people.states import OrganisationKind, RelationKind


class Organisation(Address):
    name = models.CharField(_("nom"), max_length=160)
    kind = models.CharField(
        _("nature"), max_length=12, choices=OrganisationKind, default=OrganisationKind.FIRM
    )
    relations = ArrayField(
        models.CharField(max_length=12, choices=RelationKind), verbose_name=_("relations"), default=list
    )
    siren = SirenField(_("SIREN"), blank=True)
    siret = SiretField(_("SIRET"), blank=True)
    vat_number = models.CharField(_("n° de TVA intracommunautaire"), max_length=20, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    website = models.URLField(_("site web"), blank=True, validators=[URLValidator(schemes=["http", "https"])])
    social_links = ArrayField(models.URLField(), verbose_name=_("réseaux sociaux"), default=list, blank=True)
    note = models.TextField(_("remarques"), blank=True, max_length=2000)
    is_archived = models.BooleanField(_("archivé"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    sort_name = plain_column("name", max_length=200)

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name"], name="organisation_sort_name"),
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="organisation_found"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(relations__contained_by=RelationKind.values), name="organisation_relations_known"
            ),
            models.UniqueConstraint(
                fields=["siren"], condition=~Q(siren=""), name="organisation_one_per_siren"
            ),
            models.CheckConstraint(
                condition=Q(siret="") | Q(siren=Left(F("siret"), 9)), name="organisation_siret_of_siren"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organisation_detail", args=[self.pk])

    @property
    def relation_labels(self) -> list[str]:
        return [str(RelationKind(relation).label) for relation in self.relations]


class OrganisationContact(models.Model):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("organisme")
    )
    name = models.CharField(_("nom"), max_length=160)
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
