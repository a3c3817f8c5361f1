"""Writes the single personnel register and follows the declarations made before hiring (ENT-37)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Document
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from entrepreneurs.models import Contract, HiringDeclaration, RegisterEntry
from entrepreneurs.models.register import COMPLETED
from entrepreneurs.selectors.register import hired_beyond, hirings_unwritten
from entrepreneurs.states.contracts import ContractKind
from entrepreneurs.states.register import DECLARATION_FLOW, DeclarationState
from people.models import Person, User
from people.services.changes import require_text
from people.services.deadlines import close_deadlines, set_deadline
from people.states.deadlines import DeadlineKind

DAY = timedelta(days=1)
RECEIPT_DOCUMENT = "entrepreneurs.hiring_receipt"
PROOF_MEGABYTES = 10
# C. trav. R1221-26; a file that a record still needs stays beyond its date.
KEPT_YEARS = 5


@transaction.atomic
def enter_register(
    person: Person,
    *,
    job: str,
    contract_kind: str,
    hired_on: date,
    actor: User | None,
    contract: Contract | None = None,
    is_part_time: bool = False,
    declared: bool = False,
) -> RegisterEntry:
    """Does: writes a hiring at the end of the register, with its next number; and the declaration to make
    before the first day, unless it was made elsewhere (`declared`). Refuses: no job, no kind of contract, a
    hiring not over of the same person. Leaves behind: the line, for ever; the declaration; audit."""
    require_text(job, "job", _("Indiquez l’emploi."))
    require_text(contract_kind, "contract_kind", _("Indiquez la nature du contrat."))
    take_turn("entrepreneurs.register")
    open_entry = hired_beyond(person, hired_on).first()
    if open_entry is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Cette personne est déjà inscrite au registre, sous le numéro %(rank)d, sans date de sortie.")
            % {"rank": open_entry.rank},
            field="person",
        )
    rank = (RegisterEntry.objects.aggregate(last=Max("rank"))["last"] or 0) + 1
    civil = getattr(person, "civil", None)
    entry = RegisterEntry.objects.create(
        rank=rank,
        person=person,
        contract=contract,
        last_name=person.last_name,
        first_name=person.first_name,
        birth_date=civil.birth_date if civil else None,
        nationality=civil.nationality if civil else "",
        job=job.strip()[:120],
        contract_kind=contract_kind.strip()[:80],
        is_part_time=is_part_time,
        hired_on=hired_on,
        written_by=actor,
    )
    audit.record(actor, "entrepreneurs.register.enter", entry, detail={"hired_on": hired_on.isoformat()})
    if not declared:
        _ask_declaration(entry, actor)
    return entry


def _ask_declaration(entry: RegisterEntry, actor: User | None) -> None:
    declaration = HiringDeclaration.objects.create(entry=entry, due_on=entry.hired_on - DAY)
    set_deadline(
        about=declaration,
        kind=DeadlineKind.DECLARATION,
        person=entry.person,
        due_on=declaration.due_on,
        actor=actor,
    )


@transaction.atomic
def complete_entry(entry: RegisterEntry, *, actor: User, **known: Any) -> RegisterEntry:
    """Does: writes what the register asks and was not known on the day of hiring. Refuses: to change what is
    written. Leaves behind: the line, completed; audit when something was."""
    row = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    changed = {}
    for name in COMPLETED:
        value, before = known.get(name), getattr(row, name)
        if not value or value == before:
            continue
        if before:
            raise Refused(
                Code.NOT_ALLOWED, _("Ce qui est inscrit au registre ne se modifie pas."), field=name
            )
        setattr(row, name, value)
        changed[name] = str(value)
    if changed:
        row.save(update_fields=list(changed))
        # The register says it; the journal says only what was completed.
        audit.record(actor, "entrepreneurs.register.complete", row, detail={"fields": sorted(changed)})
    return row


@transaction.atomic
def leave_register(entry: RegisterEntry, *, left_on: date, actor: User | None) -> RegisterEntry:
    """Does: writes the day on which somebody left. Refuses: a day before the hiring; a day already written is
    left as it is. Leaves behind: the day, for ever; a CESA signed meanwhile, whose line waited for it; audit.
    """
    row = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    if row.left_on is not None:
        return row
    if left_on < row.hired_on:
        raise Refused(Code.PERIOD_INVALID, _("La sortie ne peut pas précéder l’entrée."), field="left_on")
    row.left_on = left_on
    row.save(update_fields=["left_on"])
    audit.record(actor, "entrepreneurs.register.leave", row, detail={"left_on": left_on.isoformat()})
    for contract in hirings_unwritten(row.person, left_on).select_related("person__civil", "activity"):
        enter_signed_contract(contract, actor=actor)
    return row


def enter_signed_contract(contract: Contract, *, actor: User | None) -> RegisterEntry | None:
    """Does: writes in the register the hiring that a signed CESA makes. Refuses: nothing; a contract already
    there, or that hires nobody, is left. Leaves behind: as `enter_register`."""
    if contract.kind != ContractKind.CESA or RegisterEntry.objects.filter(contract=contract).exists():
        return None
    if hired_beyond(contract.person, contract.starts_on).exists():
        return None
    # The register is shown to the labour inspectorate: in French, whoever writes it.
    job, kind = gettext_lazy("Entrepreneur·e salarié·e"), gettext_lazy("CESA")
    if contract.ends_on is None:
        kind = gettext_lazy("CESA, durée indéterminée")
    return enter_register(
        contract.person,
        job=contract.activity.trade_name if contract.activity else house_words(job),
        contract_kind=house_words(kind),
        hired_on=contract.starts_on,
        contract=contract,
        actor=actor,
    )


def leave_with_contract(contract: Contract, *, last_day: date, actor: User | None) -> None:
    """Does: writes in the register that a contract is over. Refuses: nothing. Leaves behind: as
    `leave_register`, for the contract that is there."""
    entry = RegisterEntry.objects.filter(contract=contract).first()
    if entry is not None:
        leave_register(entry, left_on=max(last_day, entry.hired_on), actor=actor)


@performs(DECLARATION_FLOW, "declare")
def declare_hiring(
    declaration: HiringDeclaration,
    *,
    receipt: str,
    made_on: date,
    actor: User,
    on: date,
    note: str = "",
    proof: bytes = b"",
    proof_name: str = "",
) -> None:
    """Does: keeps the receipt of a declaration, with its file. Refuses: no number, a day to come, a file that
    is no PDF nor picture or is above 10 MB, one already made. Leaves behind: the receipt, the date closed,
    audit."""
    require_text(receipt, "receipt", _("Indiquez le numéro de l’accusé de réception."))
    if made_on > on:
        raise Refused(Code.DATE_INVALID, _("Une déclaration ne se note qu’une fois faite."), field="made_on")
    declaration.receipt, declaration.made_on, declaration.note = receipt.strip(), made_on, note.strip()
    if proof:
        declaration.proof = _kept(declaration, proof, proof_name, actor)
    close_deadlines(declaration, actor=actor)


@transaction.atomic
def attach_receipt(
    declaration: HiringDeclaration, *, proof: bytes, proof_name: str, actor: User
) -> HiringDeclaration:
    """Does: adds the file of a receipt that was noted without it. Refuses: no file, a declaration not made,
    one that has its file, what `declare_hiring` refuses of a file. Leaves behind: the document, for as long
    as the register keeps its line; audit."""
    row = HiringDeclaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
    if row.state != DeclarationState.DONE or row.proof is not None:
        raise Refused(Code.ALREADY_DONE, _("Le fichier de cet accusé de réception ne s’ajoute plus."))
    if not proof:
        raise Refused(Code.VALUE_MISSING, _("Choisissez le fichier."), field="proof")
    row.proof = _kept(row, proof, proof_name, actor)
    row.save(update_fields=["proof"])
    audit.record(actor, "entrepreneurs.hiringdeclaration.attach", row)
    return row


def _kept(declaration: HiringDeclaration, proof: bytes, name: str, actor: User) -> Document:
    """Five years after the person left, as the line of the register (C. trav. R1221-26)."""
    mime = proof_mime(proof, most=PROOF_MEGABYTES, field="proof")
    left_on = declaration.entry.left_on or declaration.entry.hired_on
    return store_document(
        proof,
        kind=RECEIPT_DOCUMENT,
        name=plain_name(name, otherwise="accuse-de-reception"),
        mime=mime,
        about=declaration,
        actor=actor,
        retention_until=date(left_on.year + KEPT_YEARS, 12, 31),
    )


@performs(DECLARATION_FLOW, "cancel")
def cancel_declaration(declaration: HiringDeclaration, *, note: str, actor: User) -> None:
    """Does: says that no declaration is to be made. Refuses: no reason, one already made.
    Leaves behind: the reason, the date closed, audit."""
    require_text(note, "note", _("Dites pourquoi cette déclaration est sans objet."))
    declaration.note = note.strip()
    close_deadlines(declaration, actor=actor)
