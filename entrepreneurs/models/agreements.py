"""The agreement of a collective: dated versions, each with the key by which its result is shared (ENT-44)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import at_commit
from entrepreneurs.models.activities import Activity
from entrepreneurs.models.contracts import unchanged
from entrepreneurs.models.signing_codes import SigningCode
from entrepreneurs.states.agreements import AgreementState
from people.models.periods import Dated, DateSpan, coherent_dates

# At commit the parts of an agreement that was proposed make its whole: nothing is left unshared.
_WHOLE = """
    IF EXISTS (
        SELECT 1 FROM entrepreneurs_agreement one
        WHERE one.id = {agreement} AND one.state IN ('to_sign', 'signed')
        AND (
            one.result_whole <> COALESCE((SELECT SUM(part.result_parts) FROM entrepreneurs_agreementshare part
                WHERE part.agreement_id = one.id), 0)
            OR one.contribution_whole <> COALESCE((SELECT SUM(part.contribution_parts)
                FROM entrepreneurs_agreementshare part WHERE part.agreement_id = one.id), 0)
        )
    ) THEN
        RAISE EXCEPTION 'the key of agreement % is not whole', {agreement} USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""

# What everybody signed, and that they did: not a column of these changes afterwards.
_SIGNED = (
    "functioning",
    "starts_on",
    "result_whole",
    "contribution_whole",
    "content_sha256",
    "countersignature_id",
    "state",
    "signed_on",
)

# The lines of an agreement move while it is a draft; each is signed while it waits; then they stay.
_KEPT = """
    IF (SELECT one.state FROM entrepreneurs_agreement one WHERE one.id = OLD.agreement_id) = 'signed'
    OR (TG_OP = 'DELETE' AND (SELECT one.state FROM entrepreneurs_agreement one
        WHERE one.id = OLD.agreement_id) <> 'draft')
    THEN
        RAISE EXCEPTION 'the key of agreement % is signed', OLD.agreement_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def _whole_at_commit(name: str, agreement: str) -> pgtrigger.Trigger:
    return at_commit(
        name, _WHOLE.replace("{agreement}", agreement), operation=pgtrigger.Insert | pgtrigger.Update
    )


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, on: date) -> AgreementQuerySet:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def visible_to(self, user: Any) -> AgreementQuerySet:
        """Those of the activities that this person sees."""
        return self.filter(activity__in=Activity.objects.visible_to(user).order_by().values("pk"))


class Agreement(SigningCode, Dated):
    """One version. Its key is in parts of a whole (1 of 3, 60 of 100): exact, and whole or refused."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="agreements", verbose_name=_("activité")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    functioning = models.TextField(
        _("fonctionnement"),
        max_length=8000,
        help_text=_("Qui fait quoi, comment l’on décide, comment l’on entre et comment l’on sort."),
    )
    result_whole = models.PositiveIntegerField(_("base de la clé de résultat"), default=100)
    contribution_whole = models.PositiveIntegerField(_("base de la clé de contribution"), default=100)
    state = models.CharField(_("état"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # What everybody signs: the hash of the text and of the key, set when it is proposed.
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    countersignature = models.ForeignKey(
        "core.Signature",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signature de la coopérative"),
    )
    signed_on = models.DateField(_("signée le"), null=True)
    # The pages that everybody signed with their proof, made once after the last signature.
    signed_pdf = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", editable=False
    )
    # Why a member did not sign the last text proposed; told on the draft that it became again.
    decline_reason = models.CharField(_("pourquoi elle n’est pas signée"), max_length=500, blank=True)
    declined_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("non signée par")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrite par")
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("convention collective d’activité")
        verbose_name_plural = _("conventions collectives d’activité")
        ordering = ["activity", "-number"]
        constraints = [
            coherent_dates("agreement_dates_coherent"),
            models.CheckConstraint(
                condition=Q(state__in=AgreementState.values), name="agreement_state_known"
            ),
            models.UniqueConstraint(fields=["activity", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state__in=[AgreementState.DRAFT, AgreementState.TO_SIGN]),
                name="agreement_one_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(result_whole__gte=1, contribution_whole__gte=1), name="agreement_wholes_positive"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AgreementState.SIGNED, signed_on__isnull=False, countersignature__isnull=False
                )
                | (~Q(state=AgreementState.SIGNED) & Q(signed_on__isnull=True)),
                name="agreement_signed_by_the_house",
            ),
            models.CheckConstraint(
                condition=Q(signed_pdf__isnull=True) | Q(state=AgreementState.SIGNED),
                name="agreement_pdf_once_signed",
            ),
            ExclusionConstraint(
                name="agreement_one_in_force",
                expressions=[
                    ("activity", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=AgreementState.SIGNED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="agreement_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="agreement_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"(({unchanged(_SIGNED, (AgreementState.SIGNED,))}) OR (OLD.signed_pdf_id IS NOT NULL"
                    " AND OLD.signed_pdf_id IS DISTINCT FROM NEW.signed_pdf_id))"
                ),
            ),
            _whole_at_commit("agreement_whole", "NEW.id"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:agreement_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == AgreementState.DRAFT

    @property
    def is_to_sign(self) -> bool:
        return self.state == AgreementState.TO_SIGN

    @property
    def is_signed(self) -> bool:
        return self.state == AgreementState.SIGNED


class AgreementShare(SigningCode):
    """The line of one member: what they do, their part of the result and of the contribution."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="shares", verbose_name=_("convention collective d’activité")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="agreement_shares", verbose_name=_("personne")
    )
    function = models.CharField(_("rôle"), max_length=120, blank=True)
    result_parts = models.PositiveIntegerField(_("part du résultat"))
    contribution_parts = models.PositiveIntegerField(_("part de la contribution"))
    # Where the share goes: an activity of theirs; without one, a section of the person's own.
    credited = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("activité créditée"),
    )
    signature = models.ForeignKey(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    told_at = models.DateTimeField(_("prévenu le"), null=True, editable=False)

    class Meta:
        verbose_name = _("part d’une convention")
        verbose_name_plural = _("parts d’une convention")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="agreementshare_once"),
        ]
        triggers = [
            _whole_at_commit("agreementshare_whole", "NEW.agreement_id"),
            pgtrigger.Trigger(
                name="agreementshare_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_KEPT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def result_key(self) -> Fraction:
        return Fraction(self.result_parts, self.agreement.result_whole)

    @property
    def contribution_key(self) -> Fraction:
        return Fraction(self.contribution_parts, self.agreement.contribution_whole)
