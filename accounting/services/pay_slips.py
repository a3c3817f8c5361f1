"""Files payslips: one PDF read, looked at, then cut into the safe of each person (ACC-28)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.calculations.payroll.splitting import SlipFault, SlipFaultKind, split
from accounting.engines.pdf_pages import PageCutter, Unreadable, page_texts
from accounting.models import PayMonth, Payslip, PayslipBatch
from accounting.selectors.pay_slips import (
    batches_to_look_at,
    expected_people,
    filed_people,
    kept_parts,
    parts_of,
    slip_payees,
)
from accounting.services.pay_notices import tell_filed
from accounting.states.payroll import SLIPS_FLOW
from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.elision import elided
from cae.core.errors import Code, Refused
from cae.core.uploads import kind_of, refuse_programme
from cae.core.workflow import performs
from people.models import Person

BATCH_KIND, SLIP_KIND = "accounting.payslips", "accounting.payslip"
# An electronic payslip stays within reach of its person for fifty years (C. trav. D3243-8).
SLIP_YEARS, BATCH_YEARS = 50, 6
MOST_MEGABYTES = 50
_PDF = "application/pdf"


@transaction.atomic
def read_slips(month: PayMonth, *, content: bytes, name: str, actor: Any) -> PayslipBatch:
    """Does: finds whose payslip each page of a PDF is. Refuses: what is no PDF, too big or locked, another
    file of the month still to look at; a page of nobody or of two people, somebody twice, filed already or
    missing: the page and the name are said. Leaves behind: the file and its parts, to look at; nothing is
    filed yet; audit."""
    PayMonth.objects.select_for_update().get(pk=month.pk)
    refuse_programme(content, field="file")
    if kind_of(content) != "pdf":
        raise Refused(Code.FILE_REFUSED, _("Déposez un PDF."), field="file")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        sentence = _("Ce fichier dépasse %(most)d Mo : déposez le mois en plusieurs fois.")
        raise Refused(Code.FILE_REFUSED, sentence % {"most": MOST_MEGABYTES}, field="file")
    waiting = batches_to_look_at().filter(month=month).first()
    if waiting is not None:
        raise Refused(
            Code.ALREADY_DONE,
            elided(
                _("Un fichier de %(month)s attend déjà d’être vérifié : classez-le ou abandonnez-le."),
                {"month": month},
            ),
            field="month",
        )
    try:
        pages = page_texts(content)
        parts = split(pages, slip_payees(), expected=expected_people(month), filed=filed_people(month))
    except Unreadable as error:
        sentence = _("Ce PDF ne se lit pas : il est abîmé ou fermé par un mot de passe.")
        raise Refused(Code.FILE_REFUSED, sentence, field="file") from error
    except SlipFault as fault:
        raise Refused(Code.FILE_REFUSED, _sentence(fault), field="file") from fault
    document = store_document(
        content,
        kind=BATCH_KIND,
        name=name,
        mime=_PDF,
        about=month,
        actor=actor,
        retention_until=date(month.first.year + BATCH_YEARS, 12, 31),
    )
    batch = PayslipBatch.objects.create(
        month=month, document=document, page_count=len(pages), parts=kept_parts(parts), created_by=actor
    )
    audit.record(actor, "accounting.read_payslips", batch, detail={"seal": document.sha256})
    return batch


@performs(SLIPS_FLOW, "file")
def file_slips(row: PayslipBatch, *, actor: Any) -> None:
    """Does: cuts the file and puts each part in the safe of its person, who is told. Refuses: somebody whose
    payslip of the month was filed meanwhile. Leaves behind: payslips, their files, a notice each; audit."""
    PayMonth.objects.select_for_update().get(pk=row.month_id)
    parts, filed = parts_of(row), filed_people(row.month)
    people = Person.objects.in_bulk([part.key for part in parts])
    again = next((part for part in parts if part.key in filed), None)
    if again is not None:
        fault = SlipFault(SlipFaultKind.FILED, again.first, str(people[again.key]))
        raise Refused(Code.DUPLICATE, _sentence(fault))
    cutter = PageCutter(read_document(row.document))
    for part in parts:
        person = people[part.key]
        document = store_document(
            cutter.cut(part.first, part.last),
            kind=SLIP_KIND,
            name=f"bulletin-{row.month.month}-{slugify(person.full_name)}.pdf",
            mime=_PDF,
            about=person,
            actor=None,
            retention_until=date(row.month.first.year + SLIP_YEARS, 12, 31),
        )
        slip = Payslip.objects.create(
            batch=row,
            month=row.month,
            person=person,
            document=document,
            first_page=part.first,
            last_page=part.last,
        )
        tell_filed(slip, actor=actor)


@performs(SLIPS_FLOW, "drop")
def drop_slips(row: PayslipBatch, *, actor: Any) -> None:
    """Does: gives up a file that was read. Refuses: one filed already. Leaves behind: nothing filed; the
    month free for another file; audit."""


@transaction.atomic
def note_opened(slip: Payslip, *, by: Any, at: datetime) -> None:
    """Does: notes the first time that the person opens their payslip; any other reader is written in the
    journal. Refuses: nothing. Leaves behind: the moment, or audit."""
    if by.person_id == slip.person_id:
        Payslip.objects.filter(pk=slip.pk, opened_at=None).update(opened_at=at)
    else:
        audit.record(by, "accounting.open_payslip", slip)


def _sentence(fault: SlipFault) -> str:
    words = {"page": fault.page, "about": fault.about}
    said = {
        SlipFaultKind.NO_TEXT: _("Page %(page)d : elle n’a pas de texte, et n’en suit aucune."),
        SlipFaultKind.UNKNOWN: _("Page %(page)d : personne de connu (« %(about)s »)."),
        SlipFaultKind.AMBIGUOUS: _("Page %(page)d : deux personnes s’y lisent (%(about)s)."),
        SlipFaultKind.CONFLICT: _("Page %(page)d : le matricule et le nom ne vont pas ensemble (%(about)s)."),
        SlipFaultKind.TWICE: _("Page %(page)d : %(about)s a déjà un bulletin plus haut dans ce fichier."),
        SlipFaultKind.FILED: _("Page %(page)d : le bulletin de %(about)s est déjà classé pour ce mois."),
    }
    if fault.kind == SlipFaultKind.MISSING:
        others = ngettext(
            "Il manque le bulletin de %(about)s.",
            "Il manque %(count)d bulletins, dont celui de %(about)s.",
            fault.count,
        )
        return elided(others, {**words, "count": fault.count})
    return elided(said[fault.kind], words)
