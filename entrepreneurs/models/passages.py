"""What was decided of a passage to the CESA, with the figures of that day, for ever (ENT-30)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from entrepreneurs.models.contracts import CONTRACT_READERS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.passages import OUTCOME_SHAPES, PassageOutcome


class PassageQuerySet(models.QuerySet["PassageDecision"]):
    """Questions about decisions of passage."""

    def visible_to(self, user: Any) -> PassageQuerySet:
        """Gives those about oneself, and those of the persons within reach."""
        reached = models.Q(person__in=coached_persons(user, kinds=CONTRACT_READERS))
        own = getattr(user, "person_id", None)
        return self.filter(reached if own is None else reached | models.Q(person_id=own))


class PassageDecision(models.Model):
    """One decision; a later one does not rewrite it."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="passages", verbose_name=_("personne")
    )
    outcome = models.CharField(_("décision"), max_length=10, choices=PassageOutcome)
    reason = models.CharField(_("motif"), max_length=500, blank=True)
    decided_on = models.DateField(_("décidé le"))
    # [{"code", "label", "wanted", "found", "met", "months"}]: what the rule asked and what it found that day.
    figures = models.JSONField(_("chiffres"), encoder=DjangoJSONEncoder)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    created_at = models.DateTimeField(_("saisi le"), default=timezone.now, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("décision de passage")
        verbose_name_plural = _("décisions de passage")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="passage_outcome_known", condition=models.Q(outcome__in=PassageOutcome.values)
            ),
            models.CheckConstraint(
                name="passage_says_why",
                condition=models.Q(outcome=PassageOutcome.GRANTED) | ~models.Q(reason=""),
            ),
        ]
        triggers = append_only("passage", words=("reason",))

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.person}"

    @property
    def status(self) -> tuple[str, str, str]:
        return (*OUTCOME_SHAPES[self.outcome], self.get_outcome_display())
