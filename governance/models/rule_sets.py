"""Rule sets by version, their lines confirmed one by one; statutes and internal rules by version (GOV-10)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.states.rules import RULE_SET_SHAPES, RuleForm, RuleSetState, TextKind


class FoundingText(models.Model):
    """The statutes or the internal rules in force from a day on, as a file."""

    kind = models.CharField(_("nature"), max_length=14, choices=TextKind)
    valid_from = models.DateField(_("en vigueur le"))
    title = models.CharField(_("intitulé"), max_length=160)
    decision = models.CharField(_("décision"), max_length=200, blank=True)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("fichier")
    )
    created_at = models.DateTimeField(_("déposé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("texte fondateur")
        verbose_name_plural = _("textes fondateurs")
        ordering = ["kind", "-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(name="founding_text_known", condition=Q(kind__in=TextKind.values)),
            models.UniqueConstraint(name="founding_text_once_a_day", fields=["kind", "valid_from"]),
        ]

    def __str__(self) -> str:
        return self.title


class RuleSet(models.Model):
    """A version of the rules of decision; nobody convenes before each of its lines was confirmed."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    form = models.CharField(_("forme"), max_length=12, choices=RuleForm)
    valid_from = models.DateField(_("à partir du"))
    reason = models.CharField(_("motif"), max_length=250)
    statutes = models.ForeignKey(
        FoundingText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("statuts")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=RuleSetState, default=RuleSetState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmé par")
    )
    # Of the lines as confirmed: what an assembly freezes.
    sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("jeu de règles")
        verbose_name_plural = _("jeux de règles")
        ordering = ["-valid_from", "-number"]
        constraints = [
            models.CheckConstraint(name="rule_set_state_known", condition=Q(state__in=RuleSetState.values)),
            models.CheckConstraint(
                name="rule_set_confirmed_is_sealed",
                condition=~Q(state=RuleSetState.CONFIRMED)
                | Q(sha256__regex="^[0-9a-f]{64}$", confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="rule_set_one_from_a_day",
                fields=["valid_from"],
                condition=Q(state=RuleSetState.CONFIRMED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="rule_set_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="rule_set_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Règles, version %(number)d") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("governance:rule_set_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*RULE_SET_SHAPES[self.state], self.get_state_display())


class RuleLine(models.Model):
    """One convention: its value, the article it comes from, and who confirmed it. Empty until decided."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="lines", verbose_name=_("règles"))
    # A key of `governance.calculations.rules.KEYS`.
    key = models.CharField(_("règle"), max_length=60)
    # Text, as the key says: « 1/2 », « expressed », « 15 »; empty while nobody decided.
    value = models.CharField(_("valeur"), max_length=200, blank=True)
    article = models.CharField(_("article"), max_length=160, blank=True)
    # The preset rests on a source that somebody of the trade has still to confirm.
    to_check = models.BooleanField(_("à confirmer"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmée par")
    )
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("règle de décision")
        verbose_name_plural = _("règles de décision")
        ordering = ["rule_set", "pk"]
        constraints = [
            models.UniqueConstraint(name="rule_line_once", fields=["rule_set", "key"]),
            models.CheckConstraint(
                name="rule_line_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rule_line_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF (SELECT state FROM governance_ruleset
                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.rule_set_id
                                        ELSE NEW.rule_set_id END) <> 'draft' THEN
                        RAISE EXCEPTION 'pgtrigger: rule lines of a decided set are frozen';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.key
