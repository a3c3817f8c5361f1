"""A VAT return, the lines it counts, its boxes as filed, and what the accountant says of doubtful lines."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models.entries import EntryLine
from accounting.models.vat_forms import VatBox, VatForm
from accounting.states.vat import VAT_SHAPES, VatKind, VatState
from cae.core.elision import elided
from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate

_SPAN = Func(
    F("starts_on"),
    F("ends_on"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)
# Once a return is filed, nothing enters it and nothing leaves it, whoever writes.
_PART_OF_FILED = """
    IF EXISTS (
        SELECT 1 FROM accounting_vatreturn
        WHERE id IN (OLD.vat_return_id, NEW.vat_return_id) AND state = 'filed'
    ) THEN
        RAISE EXCEPTION 'pgtrigger: % of a filed return', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""
# What is said of a line holds as long as a return counts it.
_RULED_AND_COUNTED = """
    IF EXISTS (SELECT 1 FROM accounting_vatcounted WHERE line_id = OLD.line_id) THEN
        RAISE EXCEPTION 'pgtrigger: line % is counted in a return', OLD.line_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


def _part_of_return(prefix: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(
            name=f"{prefix}_of_open_return",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=_PART_OF_FILED,
        ),
        no_truncate(prefix),
    ]


class VatReturn(models.Model):
    """A VAT return (déclaration de TVA) of a month or a quarter: locked once filed."""

    form = models.ForeignKey(
        VatForm, models.PROTECT, related_name="returns", verbose_name=_("formulaire de TVA")
    )
    starts_on = models.DateField(_("du"), unique=True)
    ends_on = models.DateField(_("au"))
    state = models.CharField(
        _("état"), max_length=10, choices=VatState, default=VatState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Whole euros: due when positive, a credit when negative; known once the lines are counted.
    result = MoneyField(_("résultat"), null=True, editable=False)
    filed_on = models.DateField(_("déposée le"), null=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("déposée par")
    )
    reference = models.CharField(_("numéro d’enregistrement"), max_length=60, blank=True, editable=False)
    proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("accusé de dépôt")
    )
    # What empties the VAT accounts; none when nothing was counted.
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, null=True, related_name="+", verbose_name=_("écriture")
    )
    paid_on = models.DateField(_("payée le"), null=True, editable=False)
    payment = models.OneToOneField(
        "accounting.Entry",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("écriture de paiement"),
    )
    undone_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("déclaration de TVA")
        verbose_name_plural = _("déclarations de TVA")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(name="vatreturn_state", condition=Q(state__in=VatState.values)),
            models.CheckConstraint(
                name="vatreturn_order", condition=Q(starts_on__day=1, ends_on__gt=F("starts_on"))
            ),
            ExclusionConstraint(name="vatreturn_no_overlap", expressions=[(_SPAN, RangeOperators.OVERLAPS)]),
            models.CheckConstraint(
                name="vatreturn_filed_whole",
                condition=Q(state=VatState.FILED, filed_on__isnull=False, filed_by__isnull=False)
                & ~Q(reference="")
                | ~Q(state=VatState.FILED)
                & Q(filed_on__isnull=True, filed_by__isnull=True, entry__isnull=True, reference=""),
            ),
            models.CheckConstraint(
                name="vatreturn_counted_has_result",
                condition=Q(state=VatState.DRAFT, result__isnull=True)
                | ~Q(state=VatState.DRAFT) & Q(result__isnull=False),
            ),
            models.CheckConstraint(
                name="vatreturn_paid_whole",
                condition=Q(paid_on__isnull=True, payment__isnull=True)
                | Q(paid_on__isnull=False, payment__isnull=False, state=VatState.FILED, result__gt=0),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="vatreturn_frozen", fields=["form", "starts_on", "ends_on"]),
            # A filed return is paid, or undone; nothing else of it changes.
            pgtrigger.Protect(
                name="vatreturn_filed_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'filed' AND NEW.state = 'filed' AND"
                    " to_jsonb(OLD.*) - ARRAY['paid_on', 'payment_id', 'proof_id']"
                    " IS DISTINCT FROM to_jsonb(NEW.*) - ARRAY['paid_on', 'payment_id', 'proof_id']"
                ),
            ),
            pgtrigger.Protect(
                name="vatreturn_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=VatState.FILED),
            ),
            no_truncate("vatreturn"),
        ]

    def __str__(self) -> str:
        if (self.starts_on.year, self.starts_on.month) == (self.ends_on.year, self.ends_on.month):
            return elided(gettext("TVA de %(month)s"), {"month": date_format(self.starts_on, "F Y")})
        days = {"start": date_format(self.starts_on, "F"), "end": date_format(self.ends_on, "F Y")}
        return elided(gettext("TVA de %(start)s à %(end)s"), days)

    def get_absolute_url(self) -> str:
        return reverse("accounting:vat_return", args=[self.pk])

    @property
    def name(self) -> str:
        """What a list calls it."""
        return str(self)

    @property
    def status(self) -> tuple[str, str, Any]:
        if self.paid_on is not None:
            return ("success", "✔", gettext("Déposée et payée"))
        return (*VAT_SHAPES[self.state], self.get_state_display())

    @property
    def is_filed(self) -> bool:
        return self.state == VatState.FILED

    @property
    def awaits_payment(self) -> bool:
        return self.is_filed and self.paid_on is None and bool(self.result and self.result > 0)


class VatCounted(models.Model):
    """An entry line in the one return that counts it: its operation box, and the box of its rate or its
    deduction."""

    line = models.OneToOneField(
        EntryLine, models.PROTECT, related_name="vat_counted", verbose_name=_("ligne d’écriture")
    )
    vat_return = models.ForeignKey(
        VatReturn, models.PROTECT, related_name="counted", verbose_name=_("déclaration de TVA")
    )
    operation = models.ForeignKey(
        VatBox, models.PROTECT, null=True, related_name="+", verbose_name=_("case de l’opération")
    )
    box = models.ForeignKey(
        VatBox, models.PROTECT, null=True, related_name="+", verbose_name=_("case de la taxe")
    )
    base = MoneyField(_("base"))
    tax = MoneyField(_("taxe"))

    class Meta:
        verbose_name = _("ligne comptée en TVA")
        verbose_name_plural = _("lignes comptées en TVA")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="vatcounted_somewhere",
                condition=Q(operation__isnull=False) | Q(box__isnull=False),
            ),
        ]
        triggers = _part_of_return("vatcounted")

    def __str__(self) -> str:
        return str(self.line)


class VatFigure(models.Model):
    """A box of a return as it is filed: exact sums, and the whole euros that are declared."""

    vat_return = models.ForeignKey(
        VatReturn,
        models.PROTECT,
        related_name="figures",
        db_index=False,
        verbose_name=_("déclaration de TVA"),
    )
    box = models.ForeignKey(VatBox, models.PROTECT, related_name="+", verbose_name=_("case de TVA"))
    exact_base = MoneyField(_("base exacte"))
    exact_tax = MoneyField(_("taxe exacte"))
    base = MoneyField(_("base déclarée"))
    tax = MoneyField(_("taxe déclarée"))

    class Meta:
        verbose_name = _("montant d’une case de TVA")
        verbose_name_plural = _("montants des cases de TVA")
        ordering = ["vat_return", "box__position"]
        constraints = [
            models.UniqueConstraint(name="vatfigure_once", fields=["vat_return", "box"]),
            # The form takes neither cents nor signs.
            models.CheckConstraint(
                name="vatfigure_whole_euros",
                condition=Q(base__gte=0, tax__gte=0, base__regex=r"\.00$", tax__regex=r"\.00$"),
            ),
        ]
        triggers = _part_of_return("vatfigure")

    def __str__(self) -> str:
        return f"{self.vat_return} · {self.box.code}"


class VatRuling(models.Model):
    """What the accountant says of a line that does not say enough (qualification): rate and kind, or out."""

    line = models.OneToOneField(
        EntryLine, models.PROTECT, related_name="vat_ruling", verbose_name=_("ligne d’écriture")
    )
    is_out = models.BooleanField(_("hors déclaration"), default=False)
    rate = models.DecimalField(_("taux de TVA"), max_digits=5, decimal_places=2, null=True)
    kind = models.CharField(_("nature de TVA"), max_length=20, choices=VatKind, blank=True)
    reason = models.CharField(_("motif"), max_length=300)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("qualifiée par")
    )
    ruled_at = models.DateTimeField(_("qualifiée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("qualification de TVA")
        verbose_name_plural = _("qualifications de TVA")
        ordering = ["-ruled_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="vatruling_kind", condition=Q(kind__in=["", *VatKind.values])),
            models.CheckConstraint(name="vatruling_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="vatruling_out_or_rated",
                condition=Q(is_out=True, rate__isnull=True, kind="") | Q(is_out=False, rate__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="vatruling_while_uncounted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_RULED_AND_COUNTED,
            ),
            no_truncate("vatruling"),
        ]

    def __str__(self) -> str:
        return str(self.line)
