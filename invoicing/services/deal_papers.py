"""Files of a deal, papers it must hold before a quote, an invoice or its closing, waivers (INV-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.uploads import plain_name, proof_mime
from invoicing.models import Deal, DealFile, DealRequirement, DealWaiver, Invoice, Quote
from invoicing.selectors.deal_papers import deal_of, papers_missing
from invoicing.states.deals import MAX_FOLDER, DealState, Moment
from people.services.changes import one_line, refuse_long

FILE_KIND = "invoicing.deal_file"
MOST_MB = 20
# The commercial file of a sale: ten years after the year it was made in (C. com. L123-22).
RETENTION_YEARS = 10
_MOST_LABEL, _MOST_REASON = 120, 500


@transaction.atomic
def add_file(
    deal: Deal,
    *,
    content: bytes,
    name: str,
    label: str = "",
    folder: str = "",
    requirement: DealRequirement | None = None,
    on: date,
    actor: Any,
) -> DealFile:
    """Does: keeps a file with a deal, as the answer to a paper when one is named. Refuses: a closed deal, a
    file that is no PDF and no picture, or too large, a paper that this kind of deal does not ask. Leaves
    behind: the document, its row, audit."""
    mime = proof_mime(content, most=MOST_MB, field="file")
    row = _locked(deal)
    name = plain_name(name, otherwise=_("fichier"))
    if requirement is not None and requirement.kind_id != row.kind_id:
        raise Refused(
            Code.VALUE_INVALID, _("Ce genre d’affaire ne demande pas cette pièce."), field="requirement"
        )
    label = " ".join(label.split()) or (str(requirement) if requirement else name)
    refuse_long(label, "label", _MOST_LABEL)
    folder = " ".join(folder.split())
    refuse_long(folder, "folder", MAX_FOLDER)
    document = store_document(
        content,
        kind=FILE_KIND,
        name=name,
        mime=mime,
        about=row,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    kept = DealFile.objects.create(
        deal=row, requirement=requirement, document=document, label=label, folder=folder, added_by=actor
    )
    audit.record(actor, "invoicing.add_deal_file", row, detail={"file": label})
    return kept


@transaction.atomic
def remove_file(file: DealFile, *, at: datetime, actor: Any) -> DealFile:
    """Does: sets a file aside; it answers no paper any more. Refuses: a closed deal, one already set aside.
    Leaves behind: the row and its document, audit."""
    deal = _locked(file.deal)
    row = DealFile.objects.select_for_update().get(pk=file.pk)
    if row.removed_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Ce fichier est déjà retiré."))
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    audit.record(actor, "invoicing.remove_deal_file", deal, detail={"file": row.label})
    return row


@transaction.atomic
def restore_file(file: DealFile, *, actor: Any) -> DealFile:
    """Does: takes a file that was set aside back into its deal. Refuses: a closed deal, one that is there.
    Leaves behind: the row, audit."""
    deal = _locked(file.deal)
    row = DealFile.objects.select_for_update().get(pk=file.pk)
    if row.removed_at is None:
        raise Refused(Code.ALREADY_DONE, _("Ce fichier est déjà dans l’affaire."))
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    audit.record(actor, "invoicing.restore_deal_file", deal, detail={"file": row.label})
    return row


@transaction.atomic
def waive_paper(deal: Deal, *, requirement: DealRequirement, reason: str, actor: Any) -> DealWaiver:
    """Does: lets a deal go on without a paper. Refuses: no reason, a paper that is not missing. Leaves
    behind: the waiver, for ever, and audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi cette pièce peut manquer."), most=_MOST_REASON)
    row = _locked(deal)
    if requirement.pk not in {one.pk for one in papers_missing([row])[row.pk]}:
        raise Refused(Code.ALREADY_DONE, _("Cette pièce ne manque pas."))
    waiver = DealWaiver.objects.create(deal=row, requirement=requirement, reason=reason, given_by=actor)
    audit.record(actor, "invoicing.waive_paper", row, detail={"paper": str(requirement), "reason": reason})
    return waiver


def require_papers(document: Quote | Invoice, moment: Moment) -> None:
    """Raises Refused when the deal of this document lacks a paper asked before this moment."""
    deal = deal_of(document)
    if deal is not None:
        require_papers_of(deal, moment)


def require_papers_of(deal: Deal, moment: Moment) -> None:
    """Raises Refused naming the first paper that the deal lacks before this moment."""
    missing = [one for one in papers_missing([deal])[deal.pk] if one.moment == moment]
    if missing:
        sentence = _("Il manque une pièce à l’affaire %(deal)s : %(paper)s.")
        raise Refused(Code.VALUE_MISSING, sentence % {"deal": deal.number, "paper": missing[0].label})


def _locked(deal: Deal) -> Deal:
    row = Deal.objects.select_for_update(of=("self",)).get(pk=deal.pk)
    if row.state != DealState.OPEN:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette affaire est close : rouvrez-la d’abord."))
    return row
