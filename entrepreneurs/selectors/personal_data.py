"""What the room holds of a person, as they read and download it: applications, contracts, activities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cae.core.facts import Held
from entrepreneurs.models import Activity, Application, Contract
from entrepreneurs.states.applications import OPEN_APPLICATIONS
from people.models import Person
from people.selectors.merging import file_keys


def held_of_path(person: Person, _reader: Any) -> Iterator[Held]:
    """What one sent to come in, what one signed, what one exercises; never what others wrote in private."""
    keys = file_keys(person)
    applications = Application.objects.filter(person__in=keys)
    yield Held(
        _("Candidatures"),
        (_("référence"), _("envoyée le"), _("état"), _("réponses")),
        [(one.reference, one.sent_at, one.get_state_display(), _answers(one)) for one in applications],
        kept=_("Deux ans après le dernier contact si elle reste sans suite."),
    )
    yield Held(
        _("Contrats"),
        (_("nature"), _("état"), _("du"), _("au")),
        [
            (one.get_kind_display(), one.get_state_display(), one.starts_on, one.ends_on)
            for one in Contract.objects.filter(person__in=keys)
        ],
        kept=_("Cinq ans après la sortie."),
    )
    yield Held(
        _("Activités"),
        (_("nom commercial"), _("métier"), _("ouverte le"), _("fermée le")),
        [
            (one.name, one.trade_name, one.opened_on, one.closed_on)
            for one in Activity.objects.filter(scope__members__person__in=keys).distinct()
        ],
    )


def waits_for_answer(person: Person, _on: date) -> str:
    """An application that is still to be answered: nothing of it goes before."""
    waiting = Application.objects.filter(person__in=file_keys(person), state__in=OPEN_APPLICATIONS)
    return _("Une candidature attend encore une réponse.") if waiting.exists() else ""


def last_contacts() -> dict[int, date]:
    """The last day on which each applicant and the cooperative were in touch."""
    rows = Application.objects.filter(person__isnull=False).order_by().values("person")
    return dict(rows.annotate(day=Max("last_contact_on")).values_list("person", "day"))


def _answers(application: Application) -> str:
    """What was typed, question by question, without what was left empty."""
    said = (
        (field.verbose_name, getattr(application, field.name))
        for field in application._meta.concrete_fields
        if field.name in TYPED
    )
    return " · ".join(f"{label} : {value}" for label, value in said if value not in (None, ""))


# What the candidate wrote of themselves and of their project.
TYPED: tuple[str, ...] = (
    *("first_name", "last_name", "email", "phone", "postcode", "city", "prescriber_name"),
    *("trade_text", "project_name", "summary", "customers", "progress"),
    *("career", "skills", "training", "motivation", "relation_to_work"),
    *("area", "collective_name", "collective_part", "charter_typed", "withdrawn_reason"),
)
