"""The minutes: drafted from the facts, frozen to be signed, extracted (GOV-34)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.signing_codes import SigningCode
from governance.models.assemblies import ORGANISER_KINDS, AgendaItem, Assembly, BureauSeat
from governance.models.associates import Associate
from governance.states.assemblies import MINUTES_SHAPES, AssemblyState, MinutesState, SignerRole
from people.selectors.rights import held_kinds
from people.states import RoleKind


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: Any) -> MinutesQuerySet:
        """All for organisers and auditors; those of one's bureau; once published, every associate reads them,
        even one who came later (C. com. L223-26)."""
        kinds = held_kinds(user)
        if not kinds.isdisjoint({*ORGANISER_KINDS, RoleKind.ADMINISTRATOR, RoleKind.AUDITOR}):
            return self
        person = getattr(user, "person_id", None)
        if person is None:
            return self.none()
        seen = Q(assembly__in=BureauSeat.objects.filter(person=person).values("assembly"))
        today = timezone.localdate()
        if Associate.objects.acted_by(person, today).on(today).exists():
            seen |= Q(assembly__state=AssemblyState.PUBLISHED)
        return self.filter(seen)


class Minutes(models.Model):
    """The procès-verbal of an assembly. What it says is frozen when it is handed to be signed."""

    assembly = models.OneToOneField(
        Assembly, models.PROTECT, related_name="minutes", verbose_name=_("assemblée")
    )
    # In the special register, in order, when signed.
    number = models.PositiveIntegerField(_("numéro au registre"), null=True, unique=True, editable=False)
    opening = models.TextField(_("ouverture"), max_length=8000, blank=True)
    closing = models.TextField(_("clôture"), max_length=8000, blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=MinutesState, default=MinutesState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Everything printed: bureau, attendance, quorum of each vote, texts, counts, incidents.
    facts = models.JSONField(_("faits"), default=dict, editable=False)
    content_sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"), editable=False
    )
    signed_pdf = models.OneToOneField(
        "core.Document",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("PDF signé"),
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("procès-verbal")
        verbose_name_plural = _("procès-verbaux")
        ordering = ["-number", "-pk"]
        constraints = [
            models.CheckConstraint(name="minutes_state_known", condition=Q(state__in=MinutesState.values)),
            models.CheckConstraint(
                name="minutes_handed_over_is_hashed",
                condition=Q(state=MinutesState.DRAFT) | Q(content_sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="minutes_signed_is_numbered",
                condition=Q(state=MinutesState.SIGNED, number__isnull=False)
                | ~Q(state=MinutesState.SIGNED) & Q(number__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="minutes_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="minutes_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'signed' AND (OLD.opening, OLD.closing, OLD.facts, OLD.content_sha256,"
                    " OLD.number, OLD.state) IS DISTINCT FROM (NEW.opening, NEW.closing, NEW.facts,"
                    " NEW.content_sha256, NEW.number, NEW.state)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Procès-verbal de « %(name)s »") % {"name": self.assembly})

    def get_absolute_url(self) -> str:
        return reverse("governance:minutes_detail", args=[self.assembly_id])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*MINUTES_SHAPES[self.state], self.get_state_display())


class MinutesNote(models.Model):
    """What the secretary adds about a point: the debate, in a few sentences."""

    minutes = models.ForeignKey(
        Minutes, models.CASCADE, related_name="notes", verbose_name=_("procès-verbal")
    )
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="notes", verbose_name=_("point"))
    text = models.TextField(_("débat"), max_length=8000)

    class Meta:
        verbose_name = _("note du procès-verbal")
        verbose_name_plural = _("notes du procès-verbal")
        ordering = ["minutes", "item"]
        constraints = [models.UniqueConstraint(name="minutes_note_once", fields=["minutes", "item"])]

    def __str__(self) -> str:
        return self.text[:60]


class MinutesSignature(SigningCode):
    """The signature of one of the bureau under the frozen text: awaited, then given, or noted as one that
    does not come, with its reason. Gone when it is taken back; what was signed stays in the journal."""

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="signatures", verbose_name=_("procès-verbal")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("personne"))
    # The first of the functions this person had; all are in the facts.
    role = models.CharField(_("fonction"), max_length=10, choices=SignerRole)
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    # Somebody who died, refuses or cannot: the minutes say so and wait for the others only.
    unsigned_reason = models.CharField(_("motif de l’absence de signature"), max_length=200, blank=True)
    unsigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )
    unsigned_at = models.DateTimeField(_("noté le"), null=True)

    class Meta:
        verbose_name = _("signature du procès-verbal")
        verbose_name_plural = _("signatures du procès-verbal")
        ordering = ["minutes", "pk"]
        constraints = [
            models.UniqueConstraint(name="minutes_signed_once", fields=["minutes", "person"]),
            models.CheckConstraint(
                name="minutes_unsigned_is_told",
                condition=Q(unsigned_reason="", unsigned_by__isnull=True, unsigned_at__isnull=True)
                | ~Q(unsigned_reason="")
                & Q(unsigned_by__isnull=False, unsigned_at__isnull=False, signature__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ExtractQuerySet(models.QuerySet["Extract"]):
    def visible_to(self, user: Any) -> ExtractQuerySet:
        """Those who read the minutes read what was drawn from them."""
        return self.filter(minutes__in=Minutes.objects.visible_to(user).order_by().values("pk"))


class Extract(models.Model):
    """An extract of signed minutes: some resolutions, certified by a person for somebody."""

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="extracts", verbose_name=_("procès-verbal")
    )
    resolutions = models.ManyToManyField(
        "governance.Resolution", related_name="extracts", verbose_name=_("résolutions")
    )
    purpose = models.CharField(_("destiné à"), max_length=160, blank=True)
    # Of the signed minutes and of what is drawn from them: what the certifier signs.
    content_sha256 = models.CharField(_("empreinte"), max_length=64, editable=False)
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    # Same key, same click: a form sent twice makes one extract.
    form_key = models.UUIDField(unique=True, editable=False)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF")
    )
    created_at = models.DateTimeField(_("établi le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = ExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extrait de procès-verbal")
        verbose_name_plural = _("extraits de procès-verbal")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(
            _("extrait du %(day)s") % {"day": timezone.localdate(self.created_at).strftime("%d/%m/%Y")}
        )
