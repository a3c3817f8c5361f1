"""What the welcome holds of a person, for « Mes données »: decisions, opinions, the insurer’s answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.templatetags.formats import day
from entrepreneurs.models import ApplicationDecision, ColleagueOpinion, InsurerSlip


def held_of_welcome(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what was decided of their applications, asked of an insurer about them, and what they said of
    others; the marks of reviewers are theirs."""
    decisions = ApplicationDecision.objects.filter(application__person=person).select_related("application")
    yield Held(
        _("Décisions sur mes candidatures"),
        (_("Candidature"), _("Décision"), _("Explication"), _("Conditions"), _("Le")),
        [
            (
                row.application.reference,
                str(row.get_verdict_display()),
                row.reason,
                row.conditions,
                day(timezone.localdate(row.decided_at)),
            )
            for row in decisions
        ],
    )
    slips = InsurerSlip.objects.filter(person=person)
    yield Held(
        _("Avis demandés à l’assureur"),
        (_("Métier"), _("Envoyée le"), _("Réponse"), _("Garantie, exclusions ou motif")),
        [(row.trade_name, day(row.sent_on), str(row.get_state_display()), row.answer) for row in slips],
        files=[row.document for row in slips.select_related("document") if row.document],
    )
    opinions = ColleagueOpinion.objects.filter(person=person).exclude(opinion="").select_related("activity")
    yield Held(
        _("Avis que j’ai donnés sur des candidatures"),
        (_("Activité"), _("Avis"), _("Ce qui le motive")),
        [(row.activity.name, str(row.get_opinion_display()), row.text) for row in opinions],
    )
