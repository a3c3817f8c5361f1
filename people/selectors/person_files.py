"""What the file of a person says of their civil status, situations and skills, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.options import Options, lists_on
from cae.core.templatetags import formats
from people.models import CivilRecord, Person, Skill, SocialSituation
from people.models.addresses import country_name
from people.options import CIVILITIES, FAMILY_STATUSES, JOB_KINDS, SKILL_LEVELS, SOCIAL_STATUSES, STUDY_LEVELS
from people.selectors.merging import file_keys
from people.states.situations import Moment

_OF_SITUATION = (SOCIAL_STATUSES, FAMILY_STATUSES, STUDY_LEVELS, JOB_KINDS)


def civil_record_of(person: Person) -> CivilRecord | None:
    return CivilRecord.objects.filter(person=person).first()


def civil_facts(record: CivilRecord | None, on: date) -> list[tuple[Any, Any]]:
    """The lines to read, with their words."""
    if record is None:
        return []
    civility = lists_on([CIVILITIES], on=on)[CIVILITIES].label_of(record.civility)
    born = " ".join(
        filter(
            None,
            (
                formats.day(record.birth_date) if record.birth_date else "",
                _("à %(town)s") % {"town": record.birth_place} if record.birth_place else "",
                f"({country_name(record.birth_country)})" if record.birth_country else "",
            ),
        )
    )
    emergency = " · ".join(
        filter(None, (record.emergency_name, record.emergency_link, record.emergency_phone))
    )
    lines = (
        (_("Civilité"), civility),
        (_("Naissance"), born),
        (_("Nationalité"), country_name(record.nationality) if record.nationality else ""),
        (_("Mobile"), record.mobile),
        (_("Seconde adresse"), record.second_email),
        (_("À prévenir"), emergency),
    )
    return [(label, value) for label, value in lines if value]


@dataclass(frozen=True)
class Compared:
    """One line of the two situations."""

    label: Any
    entry: str
    today: str

    @property
    def has_changed(self) -> bool:
        return bool(self.entry and self.today and self.entry != self.today)


def situations_of(person: Person) -> dict[str, SocialSituation]:
    """The situations of the person by moment."""
    rows = SocialSituation.objects.filter(person=person).prefetch_related("jobs")
    return {row.moment: row for row in rows}


def compared(situations: dict[str, SocialSituation]) -> list[Compared]:
    """The two side by side, each in the words of its day."""
    entry, today = (_in_words(situations.get(moment)) for moment in (Moment.ENTRY, Moment.TODAY))
    labels = (
        *(_("Situation"), _("Situation familiale"), _("Enfants à charge"), _("Niveau d’études")),
        _("Emplois hors de la coopérative"),
    )
    return [Compared(*line) for line in zip(labels, entry, today, strict=True)]


def _in_words(row: SocialSituation | None) -> list[str]:
    if row is None:
        return [""] * 5
    words = lists_on(_OF_SITUATION, on=row.described_on)
    return [
        ", ".join(words[SOCIAL_STATUSES].label_of(code) for code in row.statuses),
        words[FAMILY_STATUSES].label_of(row.family_status),
        "" if row.children is None else str(row.children),
        words[STUDY_LEVELS].label_of(row.study_level),
        " ; ".join(_job(job, words[JOB_KINDS]) for job in row.jobs.all()),
    ]


def _job(job: Any, kinds: Options) -> str:
    words = [
        kinds.label_of(job.kind),
        job.employer,
        _("%(hours)s h par semaine") % {"hours": formats.quantity(job.weekly_hours)},
        _("%(gross)s brut") % {"gross": formats.money(job.gross_monthly)}
        if job.gross_monthly is not None
        else "",
    ]
    return ", ".join(filter(None, words))


def skills_of(person: Person) -> QuerySet[Skill]:
    """What the person can do, with the proofs; what was taken off is left out."""
    rows = Skill.objects.filter(person=person, removed_at=None)
    return rows.select_related("checked_by__person")


def skill_levels(on: date) -> Options:
    """The words of levels that day."""
    return lists_on([SKILL_LEVELS], on=on)[SKILL_LEVELS]


def held_of_files(person: Person, _reader: Any) -> Iterator[Held]:
    """What « Mes données » shows and exports of civil status, situations and skills."""
    keys = file_keys(person)
    for record in CivilRecord.objects.filter(person__in=keys):
        facts = civil_facts(record, timezone.localdate())
        yield Held(_("État civil"), (_("quoi"), _("valeur")), facts)
    for row in SocialSituation.objects.filter(person__in=keys).prefetch_related("jobs"):
        lines = [(line.label, line.entry) for line in compared({Moment.ENTRY: row})]
        yield Held(f"{_('Situation sociale')} · {row}", (_("quoi"), _("valeur")), lines)
    skills = Skill.objects.filter(person__in=keys)
    yield Held(
        _("Compétences"),
        (
            _("nature"),
            _("intitulé"),
            _("délivré par"),
            _("obtenu le"),
            _("valable jusqu’au"),
            _("vérifié le"),
        ),
        [
            (row.get_kind_display(), row.name, row.issuer, row.obtained_on, row.expires_on, row.checked_at)
            for row in skills
        ],
    )
