"""What each rule says is no longer needed on a day (PEO-38); delays are dated settings with their source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core import facts
from cae.core.models import Document
from cae.core.periods import last_day
from cae.core.settings import value_of
from people.models import (
    Person,
    PersonScope,
    RetentionProposal,
    Role,
    SensitiveRecord,
    StatusPeriod,
    User,
    in_use,
)
from people.states import RoleKind
from people.states.retention import ProposalState
from people.states.statuses import StatusKind

# Those who only applied, or have left, are nothing for the cooperative any more.
PAST_STATUSES: frozenset[str] = frozenset({StatusKind.CANDIDATE, StatusKind.LEAVER})


@dataclass(frozen=True)
class Candidate:
    """A file that a rule would end: the day from which its delay counts, and the last day of it."""

    person_id: int
    counted_from: date
    kept_until: date


@dataclass(frozen=True)
class Rule:
    """A kind of record: its words, what ending it does, the setting of its delay, who it is about."""

    code: str
    label: Any
    effect: Any
    setting: str
    starts: Callable[[date], dict[int, date]]


def due_for(rule: Rule, *, on: date) -> list[Candidate]:
    """What a rule ends on a day, apart from what waits for a decision or was kept for longer."""
    months = int(value_of(rule.setting, on=on))
    decided = RetentionProposal.objects.filter(
        Q(state=ProposalState.PROPOSED) | Q(state=ProposalState.KEPT, keep_until__gt=on), rule=rule.code
    )
    out = set(decided.values_list("person_id", flat=True))
    found = (
        Candidate(key, start, last_day(start, months=months) if months else start)
        for key, start in sorted(rule.starts(on).items())
        if key not in out
    )
    return [one for one in found if one.kept_until < on]


def proposals() -> QuerySet[RetentionProposal]:
    return RetentionProposal.objects.select_related("person", "decided_by__person")


def last_contacts() -> dict[int, date]:
    """The last day on which this room heard of each person: file, roles, statuses, sign-in."""
    latest = _Latest()
    latest.add((key, timezone.localdate(at)) for key, at in Person.objects.values_list("pk", "created_at"))
    for rows in (Role.objects, StatusPeriod.objects, PersonScope.objects):
        end = Greatest("starts_on", Coalesce("ends_on", "starts_on"))
        ends = rows.order_by().values("person").annotate(day=Max(end))
        latest.add(ends.values_list("person", "day"))
    seen = User.objects.filter(person__isnull=False, last_login__isnull=False)
    latest.add((key, timezone.localdate(at)) for key, at in seen.values_list("person", "last_login"))
    return latest.days


class _Latest:
    """The latest day of each key."""

    def __init__(self) -> None:
        self.days: dict[int, date] = {}

    def add(self, rows: Iterable[tuple[Any, Any]]) -> None:
        for key, day in rows:
            self.days[key] = max(day, self.days.get(key, day))


def _every_contact() -> dict[int, date]:
    latest = _Latest()
    for subject in facts.personal_data():
        if subject.last_contacts is not None:
            latest.add(subject.last_contacts().items())
    return latest.days


def _were_more_than_candidates() -> set[int]:
    roles = Role.objects.exclude(kind=RoleKind.CANDIDATE).values_list("person", flat=True)
    statuses = StatusPeriod.objects.exclude(kind=StatusKind.CANDIDATE).values_list("person", flat=True)
    return {*roles, *statuses, *PersonScope.objects.values_list("person", flat=True)}


def _still_there(on: date) -> set[int]:
    """Who holds, or will hold, something else than a past status."""
    coming = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    roles = Role.objects.filter(coming).exclude(kind=RoleKind.CANDIDATE).values_list("person", flat=True)
    statuses = StatusPeriod.objects.filter(coming).exclude(kind__in=PAST_STATUSES)
    return {*roles, *statuses.values_list("person", flat=True)}


def candidates_since(_on: date) -> dict[int, date]:
    """Files of persons who only applied, with the last contact."""
    more, contacts = _were_more_than_candidates(), _every_contact()
    keys = in_use(Person.objects.all()).exclude(pk__in=more).values_list("pk", flat=True)
    return {key: contacts[key] for key in keys}


def leavers_since(on: date) -> dict[int, date]:
    """Files of persons who were there and are no more, with the last day on which they were something."""
    gone = _were_more_than_candidates() - _still_there(on)
    latest = _Latest()
    for rows in (
        Role.objects.exclude(kind=RoleKind.CANDIDATE),
        StatusPeriod.objects.exclude(kind__in=PAST_STATUSES),
        PersonScope.objects.all(),
    ):
        latest.add(rows.filter(person__in=gone, ends_on__isnull=False).values_list("person", "ends_on"))
    used = set(in_use(Person.objects.all()).filter(pk__in=gone).values_list("pk", flat=True))
    return {key: day for key, day in latest.days.items() if key in used}


def protected_since(on: date) -> dict[int, date]:
    """Protected records of persons who have left."""
    holders = set(SensitiveRecord.objects.values_list("person", flat=True))
    return {key: day for key, day in leavers_since(on).items() if key in holders}


def files_past(on: date) -> dict[int, date]:
    """Persons whose files are past their date, with the oldest of these."""
    label = Person._meta.label_lower
    rows = Document.objects.filter(about_type=label, retention_until__lt=on)
    found: dict[int, date] = {}
    for key, day in rows.values_list("about_id", F("retention_until")):
        found[int(key)] = min(day, found.get(int(key), day))
    return {key: found[key] for key in Person.objects.filter(pk__in=found).values_list("pk", flat=True)}


def _rules() -> Iterator[Rule]:
    whole = _("Nom et coordonnées effacés, compte fermé pour toujours ; pièces comptables gardées.")
    yield Rule("candidate", _("Candidature sans suite"), whole, "people.keep_candidates", candidates_since)
    yield Rule("leaver", _("Fiche d’une personne sortie"), whole, "people.keep_leavers", leavers_since)
    yield Rule(
        "sensitive",
        _("Fiche protégée d’une personne sortie"),
        _("Fiche protégée effacée ; le reste de la fiche demeure."),
        "people.keep_sensitive",
        protected_since,
    )
    yield Rule(
        "files",
        _("Fichiers passés de date"),
        _("Fichiers effacés ; la fiche demeure."),
        "people.keep_files_longer",
        files_past,
    )


RULES: dict[str, Rule] = {rule.code: rule for rule in _rules()}
