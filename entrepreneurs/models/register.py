"""The single personnel register and the declaration that precedes each hiring (ENT-37).

C. trav. L1221-13: in the order of hiring, never erased; D1221-23: what each line says. L1221-10: the
declaration is made before the first day of work."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.states.register import DECLARATION_SHAPES, DeclarationState
from people.models import Person

# What D1221-23 asks and that a contract does not say: written once, when it is known.
COMPLETED = ("birth_date", "sex", "nationality", "qualification", "permit")


class Sex(models.TextChoices):
    """As the register asks it."""

    FEMALE = "female", _("Féminin")
    MALE = "male", _("Masculin")


class RegisterEntry(models.Model):
    """One hiring: one line of the register, whose number is its rank."""

    rank = models.PositiveIntegerField(_("numéro"), unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="register_entries", verbose_name=_("personne")
    )
    contract = models.OneToOneField(
        "entrepreneurs.Contract",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="register_entry",
        verbose_name=_("contrat"),
    )
    # As they were on the day of hiring: a later change of name does not rewrite the register.
    last_name = models.CharField(_("nom"), max_length=80)
    first_name = models.CharField(_("prénom"), max_length=80)
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    sex = models.CharField(_("sexe"), max_length=6, choices=Sex, blank=True)
    nationality = models.CharField(_("nationalité"), max_length=60, blank=True)
    job = models.CharField(_("emploi"), max_length=120)
    qualification = models.CharField(_("qualification"), max_length=120, blank=True)
    contract_kind = models.CharField(_("contrat"), max_length=80)
    is_part_time = models.BooleanField(_("à temps partiel"), default=False)
    # Kind and number of the document that lets a foreign worker work.
    permit = models.CharField(_("titre autorisant à travailler"), max_length=120, blank=True)
    hired_on = models.DateField(_("entrée le"))
    left_on = models.DateField(_("sortie le"), null=True, blank=True)
    written_at = models.DateTimeField(_("inscrite le"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("inscrite par")
    )

    class Meta:
        verbose_name = _("inscription au registre du personnel")
        verbose_name_plural = _("inscriptions au registre du personnel")
        ordering = ["rank"]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=[*Sex.values, ""]), name="register_sex_known"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("hired_on")),
                name="register_left_after_hired",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="register_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "rank",
                    "person",
                    "contract",
                    "last_name",
                    "first_name",
                    "job",
                    "contract_kind",
                    "is_part_time",
                    "hired_on",
                    "written_at",
                ),
            ),
            pgtrigger.Protect(
                name="register_left_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.left_on IS NOT NULL AND NEW.left_on IS DISTINCT FROM OLD.left_on"
                ),
            ),
            pgtrigger.Protect(
                name="register_completed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    # pgtrigger puts parentheses around what does not begin with one.
                    "OLD.birth_date IS NOT NULL AND NEW.birth_date IS DISTINCT FROM OLD.birth_date OR "
                    + " OR ".join(f"OLD.{name} <> '' AND NEW.{name} <> OLD.{name}" for name in COMPLETED[1:])
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} · {self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:register_complete", args=[self.pk])


class HiringDeclaration(models.Model):
    """The declaration made before a hiring, with its receipt."""

    entry = models.OneToOneField(
        RegisterEntry, models.PROTECT, related_name="declaration", verbose_name=_("inscription")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=DeclarationState, default=DeclarationState.TO_DO, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    # The eve of the first day: past it, the declaration is late.
    due_on = models.DateField(_("dernier jour"))
    made_on = models.DateField(_("faite le"), null=True, blank=True)
    receipt = models.CharField(_("numéro d’accusé de réception"), max_length=60, blank=True)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    proof = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("accusé de réception")
    )

    class Meta:
        verbose_name = _("déclaration préalable à l’embauche")
        verbose_name_plural = _("déclarations préalables à l’embauche")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeclarationState.values), name="hiring_declaration_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeclarationState.DONE) | (Q(made_on__isnull=False) & ~Q(receipt="")),
                name="hiring_declaration_done_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeclarationState.CANCELLED) | ~Q(note=""),
                name="hiring_declaration_cancelled_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="hiring_declaration_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="hiring_declaration_frozen",
                operation=pgtrigger.Update,
                # The file of a receipt may come later, once.
                condition=pgtrigger.Condition(
                    "OLD.state <> 'to_do' AND (OLD.proof_id IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.* OR"
                    " to_jsonb(OLD.*) - 'proof_id' IS DISTINCT FROM to_jsonb(NEW.*) - 'proof_id')"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:hiring_declare", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        tone, shape = DECLARATION_SHAPES[self.state]
        return tone, shape, self.get_state_display()
