"""Suppliers' files as they came in, the messages that brought them, the addresses that they came to."""

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

from cae.core.permanence import append_only, no_truncate
from invoicing.engines.incoming import Read, Unreadability
from invoicing.models.sight import in_sight, scopes_in_sight
from invoicing.states.incoming import (
    MAX_DETAIL,
    MAX_NOTE,
    MAX_TROUBLE,
    WAITING,
    FileSource,
    FileState,
    MailInKind,
    MailOutcome,
)

# How each state is drawn: tone and shape.
SHAPES: dict[str, tuple[str, str]] = {
    FileState.TO_SORT: ("warning", "◇"),
    FileState.READ: ("success", "✔"),
    FileState.UNREADABLE: ("danger", "▲"),
    FileState.ATTACHED: ("success", "✔"),
    FileState.SET_ASIDE: ("neutral", "■"),
}


# What a page draws inside itself: nothing that could run.
PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})


class MailInAddress(models.Model):
    """A secret address: what is sent to it belongs to one person, or to one activity."""

    kind = models.CharField(_("nature"), max_length=9, choices=MailInKind)
    token = models.CharField(_("jeton"), max_length=20, unique=True, editable=False)
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="mail_in_addresses",
        verbose_name=_("personne"),
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        related_name="mail_in_addresses",
        verbose_name=_("activité"),
    )
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("créée par")
    )
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("adresse de dépôt")
        verbose_name_plural = _("adresses de dépôt")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="mailin_kind_known", condition=Q(kind__in=MailInKind.values)),
            models.CheckConstraint(
                name="mailin_of_one_owner",
                condition=Q(kind=MailInKind.VOUCHERS, person__isnull=False, activity__isnull=True)
                | Q(kind=MailInKind.PURCHASES, person__isnull=True, activity__isnull=False),
            ),
            models.UniqueConstraint(
                name="mailin_one_live_a_person",
                fields=["person"],
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="mailin_one_live_an_activity",
                fields=["activity"],
                condition=Q(activity__isnull=False, withdrawn_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="mailin_frozen",
                fields=["kind", "token", "person", "activity", "created_at", "created_by"],
            ),
            pgtrigger.Protect(name="mailin_kept", operation=pgtrigger.Delete),
            no_truncate("mailin"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.person or self.activity}"

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None


class IncomingMail(models.Model):
    """A message that came in: from whom, about what, and what became of it. Its text is not kept."""

    address = models.ForeignKey(
        MailInAddress, models.PROTECT, null=True, related_name="mails", verbose_name=_("adresse de dépôt")
    )
    message_id = models.CharField(_("identifiant de l’e-mail"), max_length=250, blank=True)
    sender = models.CharField(_("expéditeur"), max_length=254, blank=True)
    recipient = models.CharField(_("destinataire"), max_length=254, blank=True)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    sha256 = models.CharField(_("empreinte"), max_length=64, unique=True)
    size = models.PositiveIntegerField(_("taille"))
    outcome = models.CharField(_("suite"), max_length=9, choices=MailOutcome)
    kept = models.PositiveSmallIntegerField(_("pièces gardées"), default=0)
    known = models.PositiveSmallIntegerField(_("pièces déjà reçues"), default=0)
    # Names of the pieces left out, one a line.
    left_out = models.TextField(_("pièces laissées"), blank=True)
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)

    class Meta:
        verbose_name = _("e-mail reçu")
        verbose_name_plural = _("e-mails reçus")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["message_id"], name="incomingmail_message")]
        constraints = [
            models.CheckConstraint(
                name="incomingmail_outcome_known", condition=Q(outcome__in=MailOutcome.values)
            ),
            models.CheckConstraint(
                name="incomingmail_kept_has_address",
                condition=~Q(outcome=MailOutcome.KEPT) | Q(address__isnull=False),
            ),
        ]
        triggers = append_only("incomingmail", words=("sender", "subject", "left_out"))

    def __str__(self) -> str:
        return self.subject or self.sender or str(self.pk)


class IncomingFileQuerySet(models.QuerySet["IncomingFile"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the activities that one sees, and those one brought oneself; the accountant, all."""
        # Without limit, the condition is empty: « or » would make it the second one alone.
        if scopes_in_sight(user) is None:
            return self
        return self.filter(in_sight(user) | Q(created_by=user.pk))

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)


class IncomingFile(models.Model):
    """A supplier's file, as it came in; what it says became a purchase, or waits for somebody."""

    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier d’origine")
    )
    name = models.CharField(_("nom"), max_length=200, editable=False)
    sha256 = models.CharField(_("empreinte"), max_length=64, editable=False)
    source = models.CharField(_("origine"), max_length=8, choices=FileSource)
    received_at = models.DateTimeField(_("reçu le"))
    sender = models.CharField(_("expéditeur"), max_length=254, blank=True)
    mail = models.ForeignKey(
        IncomingMail, models.PROTECT, null=True, related_name="files", verbose_name=_("e-mail reçu")
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        related_name="incoming_files",
        verbose_name=_("activité"),
    )
    state = models.CharField(_("état"), max_length=10, choices=FileState, default=FileState.TO_SORT)
    state_since = models.DateTimeField(_("depuis le"), default=timezone.now, editable=False)
    # What was read (`Read.to_json`), or why nothing could be and what the tool said of it.
    reading = models.JSONField(_("lecture"), null=True, editable=False)
    reason = models.CharField(_("raison"), max_length=20, blank=True, editable=False)
    detail = models.CharField(_("détail"), max_length=MAX_DETAIL, blank=True, editable=False)
    # Why no purchase could be opened from a reading: the sentence that refused it.
    trouble = models.CharField(_("empêchement"), max_length=MAX_TROUBLE, blank=True, editable=False)
    # [{"rule": "BR-CO-15", "text": "…"}], once the checker answered; null until then.
    findings = models.JSONField(_("constats"), null=True, editable=False)
    # Why somebody set it aside.
    note = models.CharField(_("motif"), max_length=MAX_NOTE, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", verbose_name=_("copie de")
    )
    # The page that sent it, and its place among the files of that page.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("enregistré le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposé par")
    )

    objects = IncomingFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier reçu")
        verbose_name_plural = _("fichiers reçus")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["activity", "-received_at"], name="incoming_of_activity"),
            models.Index(fields=["state_since"], condition=Q(state__in=WAITING), name="incoming_waiting"),
            models.Index(
                fields=["id"],
                condition=Q(reading__isnull=False, findings__isnull=True),
                name="incoming_unjudged",
            ),
        ]
        constraints = [
            models.CheckConstraint(name="incoming_source_known", condition=Q(source__in=FileSource.values)),
            models.CheckConstraint(name="incoming_state_known", condition=Q(state__in=FileState.values)),
            models.CheckConstraint(
                name="incoming_reason_known",
                condition=Q(reason__in=["", *(one.value for one in Unreadability)]),
            ),
            models.CheckConstraint(name="incoming_hash_shape", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="incoming_read_whole",
                condition=~Q(state=FileState.READ) | Q(reading__isnull=False),
            ),
            models.CheckConstraint(
                name="incoming_unreadable_says_why", condition=~Q(state=FileState.UNREADABLE) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="incoming_read_or_reason", condition=Q(reason="") | Q(reading__isnull=True)
            ),
            models.CheckConstraint(
                name="incoming_aside_says_why",
                condition=~Q(state=FileState.SET_ASIDE) | ~Q(note="") | Q(same_as__isnull=False),
            ),
            models.UniqueConstraint(
                name="incoming_first_of_its_bytes", fields=["sha256"], condition=Q(same_as__isnull=True)
            ),
            models.UniqueConstraint(name="incoming_once_a_form", fields=["form_key", "position"]),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="incoming_frozen",
                fields=[
                    "document",
                    "name",
                    "sha256",
                    "source",
                    "received_at",
                    "mail",
                    "same_as",
                    "form_key",
                    "position",
                    "created_at",
                    "created_by",
                ],
            ),
            pgtrigger.Protect(name="incoming_kept", operation=pgtrigger.Delete),
            no_truncate("incoming"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:incoming_detail", args=[self.pk])

    @property
    def read(self) -> Read | None:
        """What the file says; nothing when it could not be read."""
        return Read.from_json(self.reading) if self.reading else None

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def is_pdf(self) -> bool:
        return self.document.mime == PDF

    @property
    def is_damaged(self) -> bool:
        """No reader draws it: showing it would only say so again."""
        return self.reason == Unreadability.DAMAGED_PDF

    @property
    def is_picture(self) -> bool:
        return self.document.mime in PICTURES

    @property
    def status(self) -> tuple[str, str, str]:
        return (*SHAPES[self.state], str(self.get_state_display()))
