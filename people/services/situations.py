"""Writes the social situation of a person, at entry or today, with the jobs held elsewhere (PEO-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import OutsideJob, Person, SocialSituation, User
from people.services.changes import refuse_stale, write
from people.states.situations import Moment


@dataclass(frozen=True)
class JobData:
    """A job outside the cooperative."""

    kind: str
    weekly_hours: Decimal
    employer: str = ""
    gross_monthly: Decimal | None = None


@dataclass(frozen=True)
class SituationData:
    """A situation, without its jobs."""

    described_on: date
    statuses: list[str]
    family_status: str = ""
    children: int | None = None
    study_level: str = ""


@transaction.atomic
def save_situation(
    person: Person,
    *,
    moment: str,
    data: SituationData,
    jobs: Sequence[JobData] = (),
    actor: User | None,
    on: date,
    version: int | None = None,
) -> SocialSituation:
    """Does: writes one of the two situations, with its jobs. Refuses: a day to come, a situation « today » of
    before that of entry, a form opened before another change. Leaves behind: audit that names the fields
    changed, never their values."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if data.described_on > on:
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="described_on")
    _check_order(locked, moment, data.described_on)
    row = SocialSituation.objects.filter(person=locked, moment=moment).first()
    if row is None:
        row = SocialSituation(person=locked, moment=moment)
    else:
        refuse_stale(row, version)
        row.version += 1
    changed = sorted(write(row, data))
    row.save()
    before = [JobData(job.kind, job.weekly_hours, job.employer, job.gross_monthly) for job in row.jobs.all()]
    if before != list(jobs):
        row.jobs.all().delete()
        OutsideJob.objects.bulk_create(OutsideJob(situation=row, **vars(job)) for job in jobs)
        changed.append("jobs")
    if changed:
        audit.record(actor, "people.situation.change", locked, detail={"kind": moment, "fields": changed})
    return row


def _check_order(person: Person, moment: str, described_on: date) -> None:
    """The entry comes first."""
    days = dict(SocialSituation.objects.filter(person=person).values_list("moment", "described_on"))
    days[moment] = described_on
    if len(days) == len(Moment) and days[Moment.TODAY] < days[Moment.ENTRY]:
        raise Refused(
            Code.PERIOD_INVALID,
            _("La situation d’aujourd’hui ne peut pas précéder celle de l’entrée."),
            field="described_on",
        )
