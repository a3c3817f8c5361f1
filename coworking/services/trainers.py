"""Files of trainers: what they may teach, with which proofs, and their subcontract (COW-47)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.uploads import plain_name, proof_mime
from coworking.models import Qualification, Trainer
from coworking.states.training import TrainerKind
from people.models import Organisation, Person, User
from people.services.changes import one_line, refuse_long, refuse_stale, require_text, write

CONTRACT_FILE = "coworking.trainer_contract"
# A contract is proved ten years after the year it was made in (C. com. L123-22).
RETENTION_YEARS = 10
_MOST_MB = 20


@dataclass(frozen=True)
class TrainerData:
    """What is typed of a trainer."""

    name: str
    kind: str
    person: Person | None = None
    organisation: Organisation | None = None
    email: str = ""
    specialities: str = ""
    references: str = ""
    declaration_number: str = ""


@transaction.atomic
def enter_trainer(*, data: TrainerData, actor: User | None) -> Trainer:
    """Does: opens the file of a trainer. Refuses: no name, an own trainer who is nobody of the house, a
    person who has a file already, an unknown kind. Leaves behind: the file, audit."""
    _check(data)
    row = Trainer()
    write(row, data)
    row.save()
    audit.record(actor, "coworking.trainer.enter", row)
    return row


@transaction.atomic
def change_trainer(trainer: Trainer, *, data: TrainerData, seen: int | None, actor: User) -> Trainer:
    """Does: changes a file; another number of activity or another body is to be checked again. Refuses: what
    `enter_trainer` refuses, a form opened before somebody else’s change. Leaves behind: audit with what
    changed."""
    row = Trainer.objects.select_for_update(of=("self",)).get(pk=trainer.pk)
    refuse_stale(row, seen)
    _check(data, besides=row)
    changed = write(row, data)
    if {"declaration_number", "organisation", "kind"} & changed.keys():
        row.checked_on = row.checked_by = None
    row.version += 1
    row.save()
    audit.record(actor, "coworking.trainer.change", row, detail=changed)
    return row


@transaction.atomic
def check_subcontract(trainer: Trainer, *, on: date, actor: User) -> Trainer:
    """Does: notes that the contract and the number of activity of an external trainer were looked at (décret
    2023-1350). Refuses: one of ours, no number, no contract. Leaves behind: who and when, audit."""
    row = Trainer.objects.select_for_update(of=("self",)).get(pk=trainer.pk)
    if row.kind == TrainerKind.OWN:
        raise Refused(Code.NOT_ALLOWED, _("Rien n’est à vérifier : cette personne est de la coopérative."))
    if not row.declaration_number:
        raise Refused(Code.VALUE_MISSING, _("Son numéro de déclaration d’activité manque."))
    if row.contract_id is None:
        raise Refused(Code.VALUE_MISSING, _("Son contrat de sous-traitance manque : déposez-le d’abord."))
    row.checked_on, row.checked_by, row.version = on, actor, row.version + 1
    row.save()
    audit.record(actor, "coworking.trainer.check", row)
    return row


@transaction.atomic
def file_contract(trainer: Trainer, *, content: bytes, name: str, on: date, actor: User) -> Trainer:
    """Does: keeps the contract of an external trainer, to be checked. Refuses: a file that is no PDF and no
    picture, one of ours. Leaves behind: the document, audit."""
    mime = proof_mime(content, most=_MOST_MB, field="file")
    row = Trainer.objects.select_for_update(of=("self",)).get(pk=trainer.pk)
    if row.kind == TrainerKind.OWN:
        raise Refused(Code.NOT_ALLOWED, _("Cette personne est de la coopérative : elle n’a pas ce contrat."))
    row.contract = store_document(
        content,
        kind=CONTRACT_FILE,
        name=plain_name(name, otherwise=_("contrat")),
        mime=mime,
        about=row,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    row.checked_on = row.checked_by = None
    row.version += 1
    row.save()
    audit.record(actor, "coworking.trainer.contract", row)
    return row


@transaction.atomic
def add_qualification(
    trainer: Trainer, *, label: str, obtained_on: date | None, ends_on: date | None, actor: User
) -> Qualification:
    """Does: adds what a trainer is qualified for. Refuses: no words, an end before the beginning. Leaves
    behind: the row, audit."""
    label = one_line(label, "label", _("Dites quelle qualification."), most=160)
    if obtained_on and ends_on and ends_on < obtained_on:
        raise Refused(Code.DATE_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    row = Qualification.objects.create(trainer=trainer, label=label, obtained_on=obtained_on, ends_on=ends_on)
    audit.record(actor, "coworking.trainer.qualify", trainer, detail={"label": label})
    return row


@transaction.atomic
def switch_trainer(trainer: Trainer, *, is_active: bool, actor: User) -> Trainer:
    """Does: takes a trainer out of those offered, or back. Refuses: what is already so. Leaves behind:
    audit."""
    row = Trainer.objects.select_for_update(of=("self",)).get(pk=trainer.pk)
    if row.is_active == is_active:
        raise Refused(Code.ALREADY_DONE, _("C’est déjà le cas."))
    row.is_active, row.version = is_active, row.version + 1
    row.save()
    audit.record(actor, "coworking.trainer.switch", row, detail={"value": str(is_active)})
    return row


def _check(data: TrainerData, besides: Trainer | None = None) -> None:
    require_text(data.name, "name", _("Donnez le nom de cette personne."))
    for field, most in (("name", 120), ("specialities", 2000), ("references", 4000)):
        refuse_long(getattr(data, field), field, most)
    refuse_long(data.declaration_number, "declaration_number", 20)
    if data.kind not in TrainerKind.values:
        raise Refused(Code.VALUE_INVALID, _("Dites si cette personne est de la coopérative."), field="kind")
    if data.kind == TrainerKind.OWN and data.person is None:
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez la personne de la coopérative qui forme."), field="person"
        )
    if data.person is not None:
        others = Trainer.objects.filter(person=data.person)
        if besides is not None:
            others = others.exclude(pk=besides.pk)
        if others.exists():
            raise Refused(Code.DUPLICATE, _("Cette personne a déjà sa fiche."), field="person")
