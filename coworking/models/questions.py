"""Questions of an inverted conference: sent before by those who come, moderated, voted, answered (COW-37)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.models.events import Event
from coworking.models.registrations import Registration
from coworking.states.events import QUESTION_SHAPES, QuestionState


class Question(models.Model):
    """What somebody who comes wants to hear about."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="questions", verbose_name=_("événement"))
    # Nothing once its author’s registration is erased: the question stays, without a name.
    registration = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        related_name="questions",
        verbose_name=_("posée par"),
    )
    text = models.CharField(_("question"), max_length=500)
    is_unnamed = models.BooleanField(_("sans mon nom"), default=False)
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now, editable=False)
    state = models.CharField(
        _("état"), max_length=9, choices=QuestionState, default=QuestionState.SENT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # When it was put to the speaker.
    put_at = models.DateTimeField(_("posée le"), null=True, editable=False)
    answer = models.TextField(_("réponse"), max_length=8000, blank=True)

    class Meta:
        verbose_name = _("question posée avant un événement")
        verbose_name_plural = _("questions posées avant un événement")
        ordering = ["event", "sent_at", "pk"]
        constraints = [
            models.CheckConstraint(name="question_state_known", condition=Q(state__in=QuestionState.values)),
            models.CheckConstraint(name="question_asked", condition=~Q(text="")),
            models.CheckConstraint(
                name="question_answered_in_words",
                condition=Q(state=QuestionState.ANSWERED) & ~Q(answer="")
                | ~Q(state=QuestionState.ANSWERED) & Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*QUESTION_SHAPES[self.state], self.get_state_display())


class QuestionVote(models.Model):
    """Somebody who comes wants this question answered too: once each."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes", verbose_name=_("question"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="question_votes", verbose_name=_("inscription")
    )
    voted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("voix pour une question")
        verbose_name_plural = _("voix pour des questions")
        ordering = ["question", "pk"]
        constraints = [models.UniqueConstraint(name="questionvote_once", fields=["question", "registration"])]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.registration_id}"
