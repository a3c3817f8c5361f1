"""What waits in the rules and the bodies: lines to confirm, decisions in charge, mandates to open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from governance.models import Decision, RuleLine
from governance.models.assemblies import ORGANISER_KINDS
from governance.selectors.elections import elections_to_seat
from governance.selectors.whose import of_kinds, of_person
from governance.states.bodies import DecisionState
from governance.states.rules import RuleSetState
from people.states import RoleKind


def lines_to_confirm() -> QuerySet[RuleLine]:
    return RuleLine.objects.filter(rule_set__state=RuleSetState.DRAFT, confirmed_at__isnull=True)


def decisions_owed(person: Any) -> QuerySet[Decision]:
    """Gives the decisions that somebody is in charge of and that are still to do."""
    return Decision.objects.filter(owner=person, state=DecisionState.TO_DO)


def _rules(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    line = lines_to_confirm().select_related("rule_set").first()
    if line is not None:
        words = ngettext(
            "Confirmer %(count)d règle de décision", "Confirmer %(count)d règles de décision", tally.count
        )
        yield Todo(
            words % {"count": tally.count}, line.rule_set.get_absolute_url(), tally.since, count=tally.count
        )


def _decisions(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in decisions_owed(user.person_id).order_by("due_on", "pk"):
        yield Todo(
            _("Faire ce qui a été décidé : %(title)s") % {"title": row.title},
            row.get_absolute_url(),
            since=row.on,
            due=row.due_on,
        )


def _elections(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in elections_to_seat():
        yield Todo(
            _("Ouvrir les mandats de l’élection : %(title)s") % {"title": row.title},
            reverse("governance:election_seat", args=[row.pk]),
        )


RULES_AWAITED = (
    Awaited(
        Pile("governance.rules", lambda: (lines_to_confirm(), "rule_set__created_at")),
        of_kinds(RoleKind.CO_MANAGER),
        _rules,
    ),
)
BODIES_AWAITED = (
    Awaited(
        Pile("governance.decisions", lambda: (decisions_owed(Given("person")), "on")), of_person, _decisions
    ),
    Awaited(
        Pile("governance.elections", lambda: (elections_to_seat(), "assembly__closed_at")),
        of_kinds(*ORGANISER_KINDS),
        _elections,
    ),
)
