"""Adds, changes, checks and removes what a person can do, with its proof and its last day (PEO-32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import forget_document, store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.periods import after_months
from cae.core.uploads import plain_name, proof_mime
from people.models import Person, Skill, User
from people.services.changes import require_text, write
from people.services.deadlines import close_deadlines, set_deadline
from people.states.deadlines import DeadlineKind
from people.states.situations import SkillKind

PROOF_KIND = "people.skill_proof"
PROOF_RIGHT = "people.open_skill_proof"
PROOF_MEGABYTES = 20
# The five years during which a liability may still be asked about (Civil code, art. 2224).
KEPT_MONTHS = 60


@dataclass(frozen=True)
class SkillData:
    """What the form holds, without the file."""

    name: str
    kind: str = SkillKind.SKILL
    level: str = ""
    issuer: str = ""
    obtained_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Proof:
    """A file as it came in."""

    content: bytes
    name: str


@transaction.atomic
def save_skill(
    skill: Skill | None,
    *,
    person: Person,
    data: SkillData,
    proof: Proof | None = None,
    actor: User | None,
    on: date,
) -> Skill:
    """Does: adds a skill or changes it; another name, date or file makes it to be checked again. Refuses: no
    name, dates that cross, a file that is no PDF nor picture, or too large. Leaves behind: the file, the date
    that its end sets, audit."""
    require_text(data.name, "name", _("Donnez un intitulé."))
    if data.obtained_on and data.expires_on and data.expires_on < data.obtained_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder l’obtention."), field="expires_on")
    row = Skill(person=person) if skill is None else _locked(skill)
    verb = "people.skill.add" if row.pk is None else "people.skill.change"
    changed = write(row, data)
    if not changed and proof is None:
        return row
    row.checked_at = row.checked_by = None
    row.save()
    if proof is not None:
        _keep(row, proof, actor, on)
    _set_date(row, actor)
    audit.record(actor, verb, row, detail=changed)
    return row


@transaction.atomic
def check_skill(skill: Skill, *, actor: User, now: datetime) -> Skill:
    """Does: says that the proof was read and holds. Refuses: without a proof, one's own, twice.
    Leaves behind: who and when, audit."""
    row = _locked(skill)
    if row.proof_key is None:
        raise Refused(Code.VALUE_MISSING, _("Il n’y a pas de justificatif à vérifier."))
    if row.person_id == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("Une autre personne de l’équipe vérifie vos justificatifs."))
    if row.is_checked:
        raise Refused(Code.ALREADY_DONE, _("Ce justificatif est déjà vérifié."))
    row.checked_by, row.checked_at = actor, now
    row.save(update_fields=["checked_by", "checked_at"])
    audit.record(actor, "people.skill.check", row)
    return row


@transaction.atomic
def remove_skill(skill: Skill, *, actor: User | None, now: datetime) -> Skill:
    """Does: takes a skill off the file. Refuses: one already taken off. Leaves behind: the row, unseen; its
    date closed; audit."""
    row = _locked(skill)
    if row.removed_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette ligne est déjà retirée."))
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    close_deadlines(row, actor=actor)
    audit.record(actor, "people.skill.remove", row)
    return row


def _locked(skill: Skill) -> Skill:
    return Skill.objects.select_for_update(of=("self",)).select_related("person").get(pk=skill.pk)


def _keep(row: Skill, proof: Proof, actor: User | None, on: date) -> None:
    mime = proof_mime(proof.content, most=PROOF_MEGABYTES, field="proof")
    former = Document.objects.filter(pk=row.proof_key or 0).first()
    row.proof_key = store_document(
        proof.content,
        kind=PROOF_KIND,
        name=plain_name(proof.name, otherwise="justificatif"),
        mime=mime,
        about=row,
        actor=actor,
        retention_until=after_months(max(on, row.expires_on or on), KEPT_MONTHS),
    ).pk
    row.save(update_fields=["proof_key"])
    if former is not None:
        forget_document(former, on=on)


def _set_date(row: Skill, actor: User | None) -> None:
    set_deadline(
        about=row,
        kind=DeadlineKind.QUALIFICATION,
        person=row.person,
        due_on=row.expires_on,
        label=row.name,
        actor=actor,
    )
