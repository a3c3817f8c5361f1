"""People salaried by their activity, and the pay of a month at each of its states, made through services."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from accounting.calculations.payroll.proposing import PayEngine, PayFigures
from accounting.models import ExportLayout, PayJournalImport, PayMonth, PayNumber, PayProposal
from accounting.payroll_presets import HOUSE
from accounting.selectors.accounts import section_of
from accounting.selectors.pay_means import Payee
from accounting.services.pay_exports import export_pay
from accounting.services.pay_journals import FILE_KIND, JournalFile, import_journal
from accounting.services.pay_layouts import LayoutData, save_layout
from accounting.services.pay_making import TASK, propose_pay
from accounting.services.pay_proposals import agree_pay, check_pay
from cae.core.documents import store_document
from cae.core.jobs import Progress
from cae.core.models import Job, JobState
from cae.core.money import CENT, cents
from cae.core.periods import Month
from entrepreneurs.models import Activity, Contract
from entrepreneurs.services.clauses import write_clauses
from people.models import Person, User
from people.services.scopes import join_scope
from people.states import RoleKind, ScopePart
from tests.factories.contracts import CLAUSES_OF, hand_over, make_draft, make_manager, no_code, sign_next
from tests.factories.entrepreneurs import make_activity
from tests.factories.payments import make_cash
from tests.factories.people import make_person, make_role, make_user

NOVEMBER = Month(2026, 11)
TODAY = date(2026, 11, 25)


class PlainEngine:
    """A simulator that one does in one's head: the cost is the gross and a quarter, the net four fifths."""

    rules = "essai"

    def figures(self, gross: Decimal) -> PayFigures:
        return PayFigures(gross, cents(gross * Decimal("1.25")), cents(gross * Decimal("0.80")))

    def gross_for(self, cost: Decimal) -> Decimal:
        return (cost / Decimal("1.25")).quantize(CENT, rounding=ROUND_DOWN)


def plain(_payee: Payee, _month: Month) -> PayEngine:
    return PlainEngine()


def make_salaried(
    cash: str = "2000.00",
    *,
    fixed: str = "800.00",
    activity: Activity | None = None,
    starts_on: date = date(2026, 1, 1),
    last: date | None = None,
    **fields: Any,
) -> tuple[User, Activity, Contract]:
    """Somebody under a CESA, their activity with so much cash."""
    address = {"address_line": "1 rue des Tests", "postcode": "40000", "city": "Mont-de-Marsan"}
    user = make_user(person=make_person(**(address | fields)))
    assert user.person is not None
    make_role(user.person, RoleKind.ENTREPRENEUR)
    if activity is None:
        activity = make_activity(user)
        if Decimal(cash):
            make_cash(section_of(activity), cash)
    else:
        join_scope(user.person, scope=activity.scope, part=ScopePart.MEMBER, starts_on=starts_on, actor=None)
    contract = make_employed(user, activity, fixed=fixed, starts_on=starts_on, last=last)
    return user, activity, contract


def make_employed(
    user: User,
    activity: Activity,
    *,
    fixed: str = "800.00",
    starts_on: date = date(2026, 1, 1),
    last: date | None = None,
) -> Contract:
    """A CESA that both parties signed, for somebody of the activity."""
    assert user.person is not None
    no_code()
    contract = make_draft(
        user.person, kind="cesa", starts_on=starts_on, last=last, whole=False, activity=activity
    )
    clauses = CLAUSES_OF["cesa"] | {"fixed_part": Decimal(fixed)}
    write_clauses(contract.terms.get(), clauses=clauses, actor=None)
    terms = hand_over(contract.terms.get())
    sign_next(terms, user)
    sign_next(terms, make_manager())
    contract.refresh_from_db()
    return contract


def propose_month(
    month: Month = NOVEMBER, *, today: date = TODAY, actor: Any = None, engines: Any = plain, only: Any = None
) -> Job:
    """The proposals of a month, as the job makes them."""
    job = Job.objects.create(
        task=TASK, label="Paie", total=99, state=JobState.RUNNING, author=actor or make_user()
    )
    propose_pay(month, today=today, through=Progress(job), engines=engines, only=only)
    job.refresh_from_db()
    return job


def make_proposal(cash: str = "2000.00", **details: Any) -> tuple[User, PayProposal]:
    """The November pay of somebody, to accept."""
    user, _activity, _contract = make_salaried(cash, **details)
    propose_month()
    return user, PayProposal.objects.get(person=user.person)


def november() -> PayMonth:
    return PayMonth.objects.get(first=NOVEMBER.first)


def make_layout(**changes: Any) -> ExportLayout:
    """The layout of the house, unless said otherwise."""
    names = ("name", "columns", "codes", "separator", "decimal_mark", "date_shape", "encoding", "has_header")
    data = {name: getattr(HOUSE, name) for name in names} | changes
    return save_layout(None, data=LayoutData(**data), actor=None)


def make_sent(cash: str = "2000.00", **details: Any) -> tuple[User, PayProposal]:
    """The November pay of somebody, sent to payroll."""
    user, row = make_proposal(cash, **details)
    return user, send(row)


def send(row: PayProposal) -> PayProposal:
    """A proposal accepted, checked and sent."""
    agree_pay(row, actor=None)
    check_pay(row, actor=None)
    export_pay(november(), ExportLayout.objects.first() or make_layout(), actor=None)
    return PayProposal.objects.get(pk=row.pk)


SUMMARY_HEAD = (
    "Matricule;Brut;Cotisations salariales;Cotisations patronales;RGDU;Net avant impôt;PAS;Net versé"
)


def summary_line(row: PayProposal, **changes: str) -> str:
    """What payroll says of somebody: 22 % taken from the gross, 15 % added, no tax, unless said otherwise."""
    gross = row.gross
    taken, added = cents(gross * Decimal("0.22")), cents(gross * Decimal("0.15"))
    facts = {
        "number": PayNumber.objects.get(person=row.person_id).number,
        "gross": str(gross),
        "employee": str(taken),
        "employer": str(added),
        "rgdu": "100,00",
        "net": str(gross - taken),
        "withholding": "0",
        "paid": str(gross - taken),
    }
    return ";".join((facts | changes).values())


def summary(*lines: str) -> bytes:
    return "\n".join([SUMMARY_HEAD, *lines]).encode()


def make_received(content: bytes, *, kind: str = "summary", actor: Any = None) -> PayJournalImport:
    """A file of payroll, posted on the last day of November."""
    file = JournalFile(november(), kind, NOVEMBER.last, content, "paie.csv")
    document = store_document(
        content,
        kind=FILE_KIND,
        name="paie.csv",
        mime="text/csv",
        about=november(),
        actor=actor,
        retention_until=date(2036, 12, 31),
    )
    return import_journal(file, document=document, actor=actor)


def make_slips_pdf(*pages: str) -> bytes:
    """A PDF whose pages bear these words, each with a link to the first, as payroll programs write some."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(width=595, height=842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        lines = words.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)").split(b"\n")
        shown = b" T* ".join(b"(" + line + b") Tj" for line in lines)
        stream.set_data(b"BT /F1 12 Tf 14 TL 50 780 Td " + shown + b" ET" if words else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
    for rank in range(len(pages)):
        writer.add_annotation(rank, Link(rect=(0, 0, 9, 9), target_page_index=0))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def slip_words(person: Person) -> str:
    """A page of a payslip, as printed."""
    number = PayNumber.objects.get(person=person).number
    return f"BULLETIN DE PAIE\nMatricule : {number}\nMme {person.last_name.upper()} {person.first_name}"
