"""The interviews owed each year of a contract, under eight headings, signed by both (ENT-54)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import unless_words_go
from cae.core.questions import Given
from entrepreneurs.models.contracts import unchanged
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.interviews import LATE, SHAPES, InterviewState

# What both sign: not one of these columns changes while a signature stands.
_SIGNED_COLUMNS = (
    "person_id",
    "contract_id",
    "due_on",
    "held_on",
    "advisor_id",
    "texts",
    "figures",
    "content_sha256",
    "state",
)
# What goes from a signed interview when the file of its person is erased; the seal of both stays.
WORDS = ("texts",)


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Questions about interviews."""

    def visible_to(self, user: Any) -> InterviewQuerySet:
        """One’s own, and those of the people one follows."""
        own = getattr(user, "person_id", None)
        mine = Q(person=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))

    def waiting(self) -> InterviewQuerySet:
        return self.filter(state__in=[InterviewState.DUE, InterviewState.PROPOSED])

    def missing(self, on: date | Given) -> InterviewQuerySet:
        """Due before this day, and not yet signed by both."""
        return self.waiting().filter(due_on__lt=on)


class Interview(models.Model):
    """One interview owed; its due date comes from the contract."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="interviews", verbose_name=_("personne")
    )
    contract = models.ForeignKey(
        "entrepreneurs.Contract", models.PROTECT, related_name="interviews", verbose_name=_("contrat")
    )
    # The place of this interview in the contract: 1, 2, 3… whatever their number a year.
    rank = models.PositiveSmallIntegerField(_("rang"))
    due_on = models.DateField(_("à tenir avant le"))
    held_on = models.DateField(_("tenu le"), null=True, blank=True)
    advisor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="interviews_held",
        verbose_name=_("accompagnateur·rice"),
    )
    # {heading: text}; {name of the figure: as it was read when the interview was written}.
    texts = models.JSONField(_("rubriques"), default=dict)
    figures = models.JSONField(_("chiffres"), default=list)
    # New objectives were decided: an amendment of the contract follows.
    wants_amendment = models.BooleanField(_("donne lieu à un avenant"), default=False)
    state = models.CharField(
        _("état"), max_length=10, choices=InterviewState, default=InterviewState.DUE, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    remark = models.CharField(_("correction demandée"), max_length=500, blank=True)
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True)
    content_sha256 = models.CharField(_("empreinte"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF"), editable=False
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("entretien annuel")
        verbose_name_plural = _("entretiens annuels")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="interview_due")]
        constraints = [
            models.UniqueConstraint(fields=["contract", "rank"], name="interview_once_a_rank"),
            models.CheckConstraint(
                name="interview_state_known", condition=Q(state__in=InterviewState.values)
            ),
            models.CheckConstraint(
                name="interview_proposed_is_whole",
                condition=~Q(state__in=[InterviewState.PROPOSED, InterviewState.SIGNED])
                | Q(held_on__isnull=False, advisor__isnull=False) & ~Q(content_sha256=""),
            ),
            models.CheckConstraint(
                name="interview_cancelled_with_reason",
                condition=Q(state=InterviewState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=InterviewState.CANCELLED) & Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="interview_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="interview_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{unchanged(_SIGNED_COLUMNS, [InterviewState.SIGNED])} AND {unless_words_go(WORDS)}"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Entretien %(rank)d de %(name)s") % {"rank": self.rank, "name": self.person})

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:interview_detail", args=[self.pk])

    def is_late(self, on: date) -> bool:
        return self.state in (InterviewState.DUE, InterviewState.PROPOSED) and self.due_on < on

    def status_on(self, on: date) -> tuple[str, str, Any]:
        if self.state == InterviewState.DUE and self.is_late(on):
            return (*LATE, _("En retard"))
        return (*SHAPES[self.state], self.get_state_display())
