"""A request to the staff, from any page: who answers, by when, what was said (CAE-23)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import unless_words_go
from people.states.requests import OPEN_STATES, OVER, REQUEST_SHAPES, Department, RequestState

# What goes from a request when the file of its person is erased.
WORDS = ("title", "page", "page_title")


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(state__in=OPEN_STATES)


class Request(models.Model):
    """What somebody asks; the words are the messages of its thread (`core.threads`)."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="requests", verbose_name=_("de la part de")
    )
    department = models.CharField(_("service"), max_length=20, choices=Department)
    kind = models.CharField(_("sujet"), max_length=40)
    title = models.CharField(_("objet"), max_length=120)
    # From which page it was written, in words and as an address of the house.
    page_title = models.CharField(_("page"), max_length=120, blank=True, editable=False)
    page = models.CharField(max_length=300, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests_taken",
        verbose_name=_("prise en charge par"),
    )
    due_on = models.DateField(_("réponse attendue le"))
    state = models.CharField(
        _("état"), max_length=10, choices=RequestState, default=RequestState.NEW, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("envoyée le"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("première réponse le"), null=True, editable=False)
    # The answer serves everybody: it becomes a page of the handbook.
    is_useful = models.BooleanField(_("réponse utile à tous"), default=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["department", "due_on"], condition=Q(state__in=OPEN_STATES), name="request_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(department__in=Department.values), name="request_department_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.TAKEN) | Q(owner__isnull=False),
                name="request_taken_has_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ANSWERED) | Q(answered_at__isnull=False),
                name="request_answered_has_instant",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="request_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="request_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    # pgtrigger puts parentheses around what does not begin with one.
                    "((OLD.person_id, OLD.created_at, OLD.page, OLD.page_title, OLD.title) IS DISTINCT FROM"
                    " (NEW.person_id, NEW.created_at, NEW.page, NEW.page_title, NEW.title)"
                    f" AND {unless_words_go(WORDS)})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("people:request_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        tone, shape = REQUEST_SHAPES[self.state]
        return tone, shape, self.get_state_display()

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def is_late(self, on: date) -> bool:
        return not self.is_over and self.due_on < on
