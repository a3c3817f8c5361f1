"""The dated clauses of a contract, of origin or of an amendment, and who signs them (ENT-27, ENT-23)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import no_truncate
from entrepreneurs.models.contracts import Contract, unchanged
from entrepreneurs.models.signing_codes import SigningCode
from entrepreneurs.states.contracts import TERMS_SHAPES, AccountsRhythm, GoalPeriod, Party, TermsState

# What is written in a set of clauses: frozen from the moment it is handed to be signed.
CLAUSES: tuple[str, ...] = (
    "programme",
    "commitments_before",
    "commitments_after",
    "objectives",
    "minimum_amount",
    "minimum_period",
    "means",
    "contribution_rule",
    "contribution_scale",
    "fixed_part",
    "variable_method",
    "working_time",
    "statutes_version",
    "customers_clause",
    "property_clause",
    "associate_clause",
    "accounts_rhythm",
    "third_parties_clause",
    "early_end_clause",
    "other_clauses",
)
# What each signer is shown: the text, its file, the hash of it.
_SHOWN = ("frozen_text", "content_sha256", "pdf_id", "round")


class ContractTerms(models.Model):
    """One set of clauses; number 0 is the contract itself, the others its amendments, each whole."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="terms", verbose_name=_("contrat"))
    number = models.PositiveSmallIntegerField(_("numéro"), default=0)
    state = models.CharField(
        _("état"), max_length=10, choices=TermsState, default=TermsState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    starts_on = models.DateField(_("en vigueur à partir du"))
    subject = models.CharField(_("objet de l’avenant"), max_length=200, blank=True)

    programme = models.TextField(_("programme de préparation"), blank=True)
    commitments_before = models.TextField(_("engagements avant le début de l’activité"), blank=True)
    commitments_after = models.TextField(_("engagements après le début de l’activité"), blank=True)
    objectives = models.TextField(_("objectifs"), blank=True)
    minimum_amount = MoneyField(_("activité minimale, HT (€)"), null=True, blank=True)
    minimum_period = models.CharField(
        _("période de l’activité minimale"), max_length=10, choices=GoalPeriod, blank=True
    )
    means = models.TextField(_("moyens mis à disposition"), blank=True)
    contribution_rule = models.TextField(_("calcul de la contribution coopérative"), blank=True)
    # Of the scale in force in the books, which are a room above: its code is all that is kept here.
    contribution_scale = models.SlugField(_("code du barème"), max_length=30, blank=True)
    fixed_part = MoneyField(_("part fixe brute mensuelle (€)"), null=True, blank=True)
    variable_method = models.TextField(_("calcul de la part variable"), blank=True)
    working_time = models.TextField(_("durée du travail"), blank=True)
    statutes_version = models.CharField(_("version des statuts"), max_length=120, blank=True)
    customers_clause = models.TextField(_("droits sur la clientèle"), blank=True)
    property_clause = models.TextField(_("droits de propriété intellectuelle"), blank=True)
    associate_clause = models.TextField(_("accès au sociétariat"), blank=True)
    accounts_rhythm = models.CharField(
        _("remise des comptes"), max_length=10, choices=AccountsRhythm, blank=True
    )
    third_parties_clause = models.TextField(_("engagements envers les tiers"), blank=True)
    early_end_clause = models.TextField(_("rupture anticipée"), blank=True)
    other_clauses = models.TextField(_("autres clauses"), blank=True)

    # The text as merged and the file as shown to who signs: one and the same, under one hash.
    frozen_text = models.JSONField(default=list, editable=False)
    content_sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    pdf = models.ForeignKey("core.Document", models.PROTECT, null=True, related_name="+", editable=False)
    signed_pdf = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", editable=False
    )
    # How many times it was handed to be signed: a refusal opens another round.
    round = models.PositiveSmallIntegerField(_("mise à la signature"), default=0, editable=False)
    signed_on = models.DateField(_("signé le"), null=True, editable=False)
    decline_reason = models.CharField(
        _("motif du refus de signer"), max_length=500, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("clauses")
        verbose_name_plural = _("clauses")
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(name="terms_number_once", fields=["contract", "number"]),
            models.CheckConstraint(name="terms_state_known", condition=Q(state__in=TermsState.values)),
            models.CheckConstraint(
                name="terms_minimum_positive",
                condition=Q(minimum_amount__isnull=True) | Q(minimum_amount__gte=0),
            ),
            models.CheckConstraint(
                name="terms_fixed_part_positive", condition=Q(fixed_part__isnull=True) | Q(fixed_part__gte=0)
            ),
            models.CheckConstraint(
                name="terms_minimum_period_known", condition=Q(minimum_period__in=["", *GoalPeriod.values])
            ),
            models.CheckConstraint(
                name="terms_accounts_rhythm_known",
                condition=Q(accounts_rhythm__in=["", *AccountsRhythm.values]),
            ),
            models.CheckConstraint(
                name="terms_amendment_has_a_subject", condition=Q(number=0) | ~Q(subject="")
            ),
            models.CheckConstraint(
                name="terms_to_sign_are_frozen",
                condition=~Q(state__in=[TermsState.TO_SIGN, TermsState.SIGNED])
                | (Q(pdf__isnull=False) & Q(content_sha256__regex="^[0-9a-f]{64}$")),
            ),
            models.CheckConstraint(
                name="terms_signed_have_a_day",
                condition=Q(state=TermsState.SIGNED, signed_on__isnull=False)
                | (~Q(state=TermsState.SIGNED) & Q(signed_on__isnull=True)),
            ),
            # One amendment at a time is written or signed.
            models.UniqueConstraint(
                name="terms_one_open_at_a_time",
                fields=["contract"],
                condition=Q(state__in=[TermsState.DRAFT, TermsState.TO_SIGN]),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="terms_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="terms_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    unchanged(
                        ("contract_id", "number", "starts_on", "subject", *CLAUSES),
                        (TermsState.TO_SIGN, TermsState.SIGNED, TermsState.CANCELLED),
                    )
                ),
            ),
            pgtrigger.Protect(
                name="terms_paper_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"(({unchanged(_SHOWN, (TermsState.TO_SIGN, TermsState.SIGNED))})"
                    f" OR ({unchanged(('state', 'signed_on'), (TermsState.SIGNED,))})"
                    " OR (OLD.signed_pdf_id IS NOT NULL"
                    " AND OLD.signed_pdf_id IS DISTINCT FROM NEW.signed_pdf_id))"
                ),
            ),
            no_truncate("terms"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.contract.person}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:contract_detail", args=[self.contract_id])

    @property
    def title(self) -> str:
        """« CAPE », or « Avenant 2, CESA »."""
        if self.number == 0:
            return self.contract.title
        return gettext("Avenant %(number)d, %(contract)s") % {
            "number": self.number,
            "contract": self.contract.title,
        }

    @property
    def person_id(self) -> int:
        return self.contract.person_id

    @property
    def status(self) -> tuple[str, str, str]:
        return (*TERMS_SHAPES[self.state], self.get_state_display())

    @property
    def clauses(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CLAUSES}


class Signatory(SigningCode):
    """Who is to sign a set of clauses, in which order; and what came of it."""

    terms = models.ForeignKey(
        ContractTerms, models.PROTECT, related_name="signatories", verbose_name=_("clauses")
    )
    round = models.PositiveSmallIntegerField(_("mise à la signature"))
    rank = models.PositiveSmallIntegerField(_("ordre"))
    party = models.CharField(_("partie"), max_length=12, choices=Party)
    # Of the cooperative, whoever holds the function that day: their name stands in the signature.
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("personne")
    )
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    # Signed on paper: the scan of the original stands in the place of a signature made here.
    scan = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("original numérisé")
    )
    signed_on = models.DateField(_("signé le"), null=True)
    declined_on = models.DateField(_("refusé le"), null=True)
    decline_reason = models.CharField(_("motif du refus"), max_length=500, blank=True)
    told_at = models.DateTimeField(_("prévenu le"), null=True)

    class Meta:
        verbose_name = _("signataire")
        verbose_name_plural = _("signataires")
        ordering = ["terms", "round", "rank"]
        constraints = [
            models.UniqueConstraint(name="signatory_rank_once", fields=["terms", "round", "rank"]),
            models.CheckConstraint(name="signatory_party_known", condition=Q(party__in=Party.values)),
            models.CheckConstraint(
                name="signatory_person_named",
                condition=Q(party=Party.PERSON, person__isnull=False)
                | Q(party=Party.COOPERATIVE, person__isnull=True),
            ),
            models.CheckConstraint(
                name="signatory_signed_one_way",
                condition=Q(signed_on__isnull=True, signature__isnull=True, scan__isnull=True)
                | Q(signed_on__isnull=False, signature__isnull=False, scan__isnull=True)
                | Q(signed_on__isnull=False, signature__isnull=True, scan__isnull=False),
            ),
            models.CheckConstraint(
                name="signatory_declines_with_a_reason",
                condition=Q(declined_on__isnull=True, decline_reason="")
                | (Q(declined_on__isnull=False, signed_on__isnull=True) & ~Q(decline_reason="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="signatory_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="signatory_signs_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.signed_on IS NOT NULL OR OLD.declined_on IS NOT NULL)"
                    " AND OLD.* IS DISTINCT FROM NEW.*)"
                ),
            ),
            no_truncate("signatory"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.terms.title}"

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else gettext("La coopérative")

    @property
    def is_done(self) -> bool:
        return self.signed_on is not None or self.declined_on is not None
