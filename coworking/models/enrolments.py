"""A trainee in a session, the paper that binds whom pays, and what was signed each half-day (COW-44, 45)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from cae.core.plain import plain_column
from coworking.models.sessions import HalfDay, TrainingSession
from coworking.models.trainers import Trainer
from coworking.states.training import (
    ENROLMENT_SHAPES,
    SEATED,
    EnrolmentState,
    Funding,
    FundingState,
    PaperKind,
    Payer,
    SheetWay,
    TraineeType,
)

# Locking the session makes two enrolments for the last seat wait for each other.
_WITHIN_CAPACITY = """
    IF NEW.state IN ('enrolled', 'done', 'dropped')
        AND (TG_OP = 'INSERT' OR OLD.state NOT IN ('enrolled', 'done', 'dropped'))
    THEN
        PERFORM 1 FROM coworking_trainingsession WHERE id = NEW.session_id FOR NO KEY UPDATE;
        IF (SELECT COUNT(*) FROM coworking_enrolment other
            WHERE other.session_id = NEW.session_id AND other.id <> NEW.id
            AND other.state IN ('enrolled', 'done', 'dropped'))
            >= (SELECT capacity FROM coworking_trainingsession WHERE id = NEW.session_id)
        THEN
            RAISE EXCEPTION 'pgtrigger: session % is full', NEW.session_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
"""
_OF_THE_SESSION = """
    IF NOT EXISTS (
        SELECT 1 FROM coworking_halfday day
        LEFT JOIN coworking_enrolment trainee ON trainee.id = NEW.enrolment_id
        WHERE day.id = NEW.half_day_id
        AND (NEW.trainer_id = day.trainer_id OR trainee.session_id = day.session_id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: whoever signs half-day % is of another session', NEW.half_day_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Enrolment(models.Model):
    """A trainee in a session, own or from outside: needs, payer, funding, what came of it."""

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="enrolments", verbose_name=_("session")
    )
    # One of ours, who finds the session again in their space; outsiders have a name and an address.
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("personne"),
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    kind = models.CharField(_("type de stagiaire (BPF)"), max_length=10, choices=TraineeType, blank=True)
    needs = models.TextField(_("besoins et attentes"), max_length=4000, blank=True)
    payer = models.CharField(_("qui paie"), max_length=12, choices=Payer, default=Payer.COOPERATIVE)
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme qui paie"),
    )
    # What a stranger typed of who pays, until its file is chosen.
    payer_name = models.CharField(_("organisme annoncé"), max_length=160, blank=True)
    price_excl_tax = MoneyField(_("prix HT"), default=Decimal("0.00"))
    funding = models.CharField(_("financement"), max_length=14, choices=Funding, default=Funding.NONE)
    funding_state = models.CharField(
        _("demande de financement"), max_length=7, choices=FundingState, default=FundingState.NONE
    )
    funding_reference = models.CharField(_("référence du dossier"), max_length=60, blank=True)
    state = models.CharField(
        _("état"), max_length=9, choices=EnrolmentState, default=EnrolmentState.ASKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    end_reason = models.CharField(_("motif"), max_length=300, blank=True)
    dropped_on = models.DateField(_("abandon le"), null=True, blank=True, editable=False)
    summoned_at = models.DateTimeField(_("convoqué·e le"), null=True, editable=False)
    certificate = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("certificat")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    sort_name = plain_column("last_name", max_length=80)

    class Meta:
        verbose_name = _("inscription à une formation")
        verbose_name_plural = _("inscriptions aux formations")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_state_known", condition=Q(state__in=EnrolmentState.values)
            ),
            models.CheckConstraint(
                name="enrolment_kind_known", condition=Q(kind="") | Q(kind__in=TraineeType.values)
            ),
            models.CheckConstraint(name="enrolment_payer_known", condition=Q(payer__in=Payer.values)),
            models.CheckConstraint(name="enrolment_funding_known", condition=Q(funding__in=Funding.values)),
            models.CheckConstraint(
                name="enrolment_funding_state_known", condition=Q(funding_state__in=FundingState.values)
            ),
            models.CheckConstraint(name="enrolment_price_positive", condition=Q(price_excl_tax__gte=0)),
            models.CheckConstraint(
                name="enrolment_paid_by_somebody",
                condition=~Q(payer=Payer.ORGANISATION)
                | Q(organisation__isnull=False)
                | ~Q(state__in=SEATED) & ~Q(payer_name=""),
            ),
            models.CheckConstraint(
                name="enrolment_dropped_says_when",
                condition=Q(state=EnrolmentState.DROPPED, dropped_on__isnull=False) & ~Q(end_reason="")
                | ~Q(state=EnrolmentState.DROPPED) & Q(dropped_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="enrolment_once",
                fields=["session", "person"],
                condition=Q(state__in=(EnrolmentState.ASKED, *SEATED)),
            ),
            models.UniqueConstraint(
                "session",
                Lower("email"),
                name="enrolment_asked_once",
                condition=Q(person__isnull=True, state=EnrolmentState.ASKED) & ~Q(email=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="enrolment_within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_WITHIN_CAPACITY,
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("coworking:enrolment", args=[self.pk])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*ENROLMENT_SHAPES[self.state], self.get_state_display())


class TrainingPaper(models.Model):
    """The agreement (L6353-1) or contract (L6353-3) of an enrolment: made, sent, signed."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="papers", verbose_name=_("inscription")
    )
    kind = models.CharField(_("nature"), max_length=9, choices=PaperKind)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("document")
    )
    made_at = models.DateTimeField(_("fait le"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    sent_at = models.DateTimeField(_("envoyé le"), null=True, editable=False)
    signed_at = models.DateTimeField(_("signé le"), null=True, editable=False)
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    # Signed on paper, and brought back.
    scan = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("exemplaire signé")
    )
    # Of a contract: the last day to withdraw, during which nothing is paid (L6353-5, L6353-6).
    withdraw_until = models.DateField(_("rétractation jusqu’au"), null=True, editable=False)
    withdrawn_on = models.DateField(_("rétracté le"), null=True, editable=False)
    # Another one was made in its place.
    replaced_at = models.DateTimeField(_("remplacé le"), null=True, editable=False)

    class Meta:
        verbose_name = _("convention ou contrat de formation")
        verbose_name_plural = _("conventions et contrats de formation")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="trainingpaper_kind_known", condition=Q(kind__in=PaperKind.values)),
            models.CheckConstraint(
                name="trainingpaper_signed_somehow",
                condition=Q(signed_at__isnull=True, signature__isnull=True, scan__isnull=True)
                | Q(signed_at__isnull=False) & (Q(signature__isnull=False) | Q(scan__isnull=False)),
            ),
            models.CheckConstraint(
                name="trainingpaper_withdrawn_in_time",
                condition=Q(withdrawn_on__isnull=True)
                | Q(withdraw_until__isnull=False, withdrawn_on__lte=models.F("withdraw_until")),
            ),
            models.UniqueConstraint(
                name="trainingpaper_one_current",
                fields=["enrolment"],
                condition=Q(replaced_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="trainingpaper_made", fields=["enrolment", "kind", "document", "made_at", "made_by"]
            ),
            pgtrigger.Protect(name="trainingpaper_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.enrolment}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class SheetSignature(models.Model):
    """One signature of a half-day, by its trainee or its trainer: once, for ever (L6362-6)."""

    half_day = models.ForeignKey(
        HalfDay, models.PROTECT, related_name="signatures", verbose_name=_("demi-journée")
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, related_name="signatures", verbose_name=_("stagiaire")
    )
    trainer = models.ForeignKey(
        Trainer, models.PROTECT, null=True, related_name="signatures", verbose_name=_("formateur·rice")
    )
    way = models.CharField(_("manière"), max_length=7, choices=SheetWay)
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    signed_at = models.DateTimeField(_("signée le"))
    is_late = models.BooleanField(_("en retard"), default=False)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    scan = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("feuille scannée")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("émargement")
        verbose_name_plural = _("émargements")
        ordering = ["half_day", "pk"]
        constraints = [
            models.CheckConstraint(name="sheetsignature_way_known", condition=Q(way__in=SheetWay.values)),
            models.CheckConstraint(
                name="sheetsignature_of_one",
                condition=Q(enrolment__isnull=False, trainer__isnull=True)
                | Q(enrolment__isnull=True, trainer__isnull=False),
            ),
            models.CheckConstraint(
                name="sheetsignature_as_its_way_says",
                condition=Q(way=SheetWay.SIGNED, signature__isnull=False)
                | Q(way=SheetWay.PAPER, signature__isnull=True, scan__isnull=False)
                | Q(way=SheetWay.MANAGER, signature__isnull=True) & ~Q(reason=""),
            ),
            models.UniqueConstraint(name="sheetsignature_trainee_once", fields=["half_day", "enrolment"]),
            models.UniqueConstraint(name="sheetsignature_trainer_once", fields=["half_day", "trainer"]),
        ]
        triggers = [
            *append_only("sheetsignature", words=("reason",)),
            pgtrigger.Trigger(
                name="sheetsignature_of_the_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_OF_THE_SESSION,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment or self.trainer} · {self.half_day}"
