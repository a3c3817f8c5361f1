"""How unpaid invoices are chased: steps, what leaves alone, pauses, each reminder (INV-42)."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only, no_truncate
from invoicing.models.sight import in_sight
from invoicing.states.chasing import MAX_REASON, MAX_STEP_DAYS, ReminderChannel, ReminderTone


class ReminderStep(models.Model):
    """So many days after the due date, a reminder leaves; those of an activity replace the cooperative's."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminder_steps",
        verbose_name=_("activité"),
    )
    days = models.PositiveSmallIntegerField(
        _("jours après l’échéance"), validators=[MinValueValidator(1), MaxValueValidator(MAX_STEP_DAYS)]
    )
    channel = models.CharField(
        _("moyen"), max_length=6, choices=ReminderChannel, default=ReminderChannel.MAIL
    )
    tone = models.CharField(_("ton"), max_length=9, choices=ReminderTone, default=ReminderTone.COURTEOUS)
    # Asked of professionals alone, whatever the step says (C. com. L441-10, D441-5).
    late_fees = models.BooleanField(_("pénalités et indemnité"), default=False)

    class Meta:
        verbose_name = _("étape de relance")
        verbose_name_plural = _("étapes de relance")
        ordering = [F("activity").asc(nulls_first=True), "days"]
        constraints = [
            models.UniqueConstraint(
                name="reminderstep_day_once", fields=["activity", "days"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="reminderstep_days_within", condition=Q(days__gte=1, days__lte=MAX_STEP_DAYS)
            ),
            models.CheckConstraint(
                name="reminderstep_channel_known", condition=Q(channel__in=ReminderChannel.values)
            ),
            models.CheckConstraint(name="reminderstep_tone_known", condition=Q(tone__in=ReminderTone.values)),
            models.CheckConstraint(
                name="reminderstep_formal_by_letter",
                condition=~Q(tone=ReminderTone.FORMAL) | Q(channel=ReminderChannel.LETTER),
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.days} · {self.get_tone_display()}"


class ChasePolicy(models.Model):
    """Whether the mails of an activity leave alone each morning; without a row, somebody sends them."""

    activity = models.OneToOneField(
        "entrepreneurs.Activity", models.PROTECT, related_name="chase_policy", verbose_name=_("activité")
    )
    automatic = models.BooleanField(_("les relances par e-mail partent seules"), default=False)
    changed_at = models.DateTimeField(_("changé le"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changé par")
    )

    class Meta:
        verbose_name = _("réglage des relances")
        verbose_name_plural = _("réglages des relances")

    def __str__(self) -> str:
        return str(self.activity)


class ReminderPause(models.Model):
    """A customer, or one invoice, is left alone until a day (included), for a reason; it may be lifted."""

    customer = models.ForeignKey(
        "invoicing.Customer",
        models.PROTECT,
        null=True,
        related_name="reminder_pauses",
        verbose_name=_("client"),
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice",
        models.PROTECT,
        null=True,
        related_name="reminder_pauses",
        verbose_name=_("facture"),
    )
    reason = models.CharField(_("motif"), max_length=MAX_REASON)
    until = models.DateField(_("jusqu’au"))
    created_at = models.DateTimeField(_("décidée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidée par")
    )
    ended_at = models.DateTimeField(_("levée le"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("levée par")
    )

    class Meta:
        verbose_name = _("pause des relances")
        verbose_name_plural = _("pauses des relances")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reminderpause_of_one",
                condition=Q(customer__isnull=False, invoice__isnull=True)
                | Q(customer__isnull=True, invoice__isnull=False),
            ),
            models.CheckConstraint(name="reminderpause_says_why", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.Protect(name="reminderpause_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="reminderpause_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ended_at", "ended_by"]),
            ),
            no_truncate("reminderpause"),
        ]

    def __str__(self) -> str:
        return self.reason


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))


class Reminder(models.Model):
    """One departure towards one customer about one or several invoices, as it was said that day."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="reminders", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="reminders", verbose_name=_("client")
    )
    channel = models.CharField(_("moyen"), max_length=6, choices=ReminderChannel)
    tone = models.CharField(_("ton"), max_length=9, choices=ReminderTone)
    subject = models.CharField(_("objet"), max_length=200)
    # The text as it left; of a call, what was said.
    text = models.TextField(_("texte"), max_length=8000)
    due = MoneyField(_("reste dû"))
    penalty = MoneyField(_("pénalités de retard"), default=0)
    indemnity = MoneyField(_("indemnité de recouvrement"), default=0)
    to = models.EmailField(_("destinataire"), max_length=254, blank=True)
    access = models.OneToOneField(
        "invoicing.CustomerAccess",
        models.PROTECT,
        null=True,
        related_name="reminder",
        verbose_name=_("accès du client"),
    )
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("lettre")
    )
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    # Nobody: it left alone, as the activity decided.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("envoyée par")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # A call that was not made, a letter that was never posted: it counts no more. A mail has left for good.
    undone_at = models.DateTimeField(_("annulée le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("annulée par")
    )
    undone_reason = models.CharField(
        _("motif de l’annulation"), max_length=MAX_REASON, blank=True, editable=False
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("relance")
        verbose_name_plural = _("relances")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reminder_channel_known", condition=Q(channel__in=ReminderChannel.values)
            ),
            models.CheckConstraint(name="reminder_tone_known", condition=Q(tone__in=ReminderTone.values)),
            models.CheckConstraint(
                name="reminder_mailed_behind_a_link",
                condition=(Q(channel=ReminderChannel.MAIL, access__isnull=False) & ~Q(to=""))
                | (~Q(channel=ReminderChannel.MAIL) & Q(access__isnull=True, to="")),
            ),
            models.CheckConstraint(
                name="reminder_formal_by_letter",
                condition=~Q(tone=ReminderTone.FORMAL) | Q(channel=ReminderChannel.LETTER),
            ),
            models.CheckConstraint(
                name="reminder_only_a_letter_has_a_file",
                condition=Q(pdf__isnull=True) | Q(channel=ReminderChannel.LETTER),
            ),
            models.CheckConstraint(
                name="reminder_undone_says_why",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_reason="") & ~Q(channel=ReminderChannel.MAIL)),
            ),
            models.CheckConstraint(name="reminder_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="reminder_amounts", condition=Q(due__gt=0, penalty__gte=0, indemnity__gte=0)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reminder_kept", operation=pgtrigger.Delete),
            # The letter is made after commit, and comes once; undone, it is so for good.
            pgtrigger.Protect(
                name="reminder_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["pdf", "undone_at", "undone_by", "undone_reason"]),
            ),
            pgtrigger.Protect(
                name="reminder_letter_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__pdf__isnull=False)
                & pgtrigger.Q(old__pdf__df=pgtrigger.F("new__pdf")),
            ),
            pgtrigger.Protect(
                name="reminder_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            no_truncate("reminder"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tone_display()} · {self.customer}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:reminder_detail", args=[self.pk])

    @property
    def is_formal(self) -> bool:
        return self.tone == ReminderTone.FORMAL

    @property
    def may_be_undone(self) -> bool:
        return self.undone_at is None and self.channel != ReminderChannel.MAIL

    @property
    def fees(self) -> Decimal:
        """What is asked beyond the invoices."""
        return Decimal(self.penalty + self.indemnity)


class ReminderLine(models.Model):
    """What one invoice owed that day, and which step this reminder was for it."""

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="lines", verbose_name=_("relance"))
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, related_name="reminder_lines", verbose_name=_("facture")
    )
    # The day of the step: steps may change since, and the next one is still the first after it.
    step_days = models.PositiveSmallIntegerField(_("étape"), default=0)
    days_late = models.PositiveIntegerField(_("jours de retard"))
    due = MoneyField(_("reste dû"))
    penalty = MoneyField(_("pénalités de retard"), default=0)
    indemnity = MoneyField(_("indemnité de recouvrement"), default=0)

    class Meta:
        verbose_name = _("facture relancée")
        verbose_name_plural = _("factures relancées")
        ordering = ["reminder_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="reminderline_invoice_once", fields=["reminder", "invoice"]),
            models.CheckConstraint(
                name="reminderline_amounts", condition=Q(due__gt=0, penalty__gte=0, indemnity__gte=0)
            ),
            models.CheckConstraint(name="reminderline_late", condition=Q(days_late__gt=0)),
        ]
        triggers = append_only("reminderline")

    def __str__(self) -> str:
        return f"{self.invoice} · {self.due}"
