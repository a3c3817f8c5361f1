"""A person whose file is full: statuses, civil status, situations, a skill with its proof."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from people.models import Person, StatusPeriod
from people.services.civil import CivilData, save_civil_record
from people.services.situations import JobData, SituationData, save_situation
from people.services.skills import Proof, SkillData, save_skill
from people.services.statuses import correct_status, open_status, record_status
from people.states.situations import Moment, SkillKind
from people.states.statuses import StatusKind
from tests.factories.people import make_person

PDF = b"%PDF-1.7 certificat"


def make_status(
    person: Person, kind: str, starts_on: date, ends_on: date | None = None, reason: str = "pour le test"
) -> StatusPeriod:
    return open_status(person, kind=kind, starts_on=starts_on, ends_on=ends_on, reason=reason, actor=None)


def make_filed_person() -> StatusPeriod:
    """Gives the status written by hand of somebody whose file is full."""
    person, today = make_person(first_name="Maïté", last_name="Etcheverry"), timezone.localdate()
    year = timedelta(days=365)
    make_status(person, StatusKind.PROJECT_HOLDER, today - 2 * year, today - year, "CAPE")
    status = record_status(
        person,
        kind=StatusKind.COMMUNITY_MEMBER,
        starts_on=today - year,
        ends_on=today + year,
        reason="Mutuelle de travail",
        actor=None,
    )
    correct_status(
        status,
        starts_on=today - timedelta(days=300),
        ends_on=today + year,
        reason="Date lue de travers",
        actor=None,
    )
    born = date(today.year - 40, 5, 6)
    civil = CivilData("mrs", born, "Dax", "FR", "FR", emergency_name="Ana Etcheverry", emergency_link="sœur")
    save_civil_record(person, data=civil, actor=None, on=today)
    job = JobData("fixed_term", Decimal("17.5"), "Mairie", Decimal("980.00"))
    for moment, level, jobs in ((Moment.ENTRY, "level_5", (job,)), (Moment.TODAY, "level_6", ())):
        data = SituationData(today - year, ["jobseeker_paid"], "single", 2, level)
        save_situation(person, moment=moment, data=data, jobs=jobs, actor=None, on=today)
    skill = SkillData("Habilitation électrique", SkillKind.AUTHORISATION, "", "Apave", None, today + year)
    save_skill(None, person=person, data=skill, proof=Proof(PDF, "habilitation.pdf"), actor=None, on=today)
    status.refresh_from_db()
    return status
