"""Receipts and claims of an entrepreneur, built by the services."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter

from entrepreneurs.models import Activity
from invoicing.models import ExpenseClaim, ExpenseKind, ExpenseLine, Voucher
from invoicing.services.claiming import submit_claim
from invoicing.services.expense_favourites import keep_favourite
from invoicing.services.expense_inputs import ExpenseContent
from invoicing.services.expenses import add_expense
from invoicing.services.vouchers import keep_voucher
from invoicing.states.expenses import VoucherSource
from people.models import Person, User
from people.services.consents import give_consent
from people.states.consents import ConsentPurpose
from tests.factories.entrepreneurs import make_entrepreneur

DAY = date(2026, 11, 12)
AT = datetime(2026, 11, 12, 12, 30, tzinfo=timezone.get_default_timezone())


def picture(shade: int = 0, *, side: tuple[int, int] = (60, 90), form: str = "JPEG") -> bytes:
    """A small photograph; another shade is another file, whatever the compression makes of it."""
    drawn = BytesIO()
    said = {"comment": str(shade)} if form == "JPEG" else {}
    Image.new("RGB", side, (200, shade % 256, shade // 256 % 256)).save(drawn, form, **said)
    return drawn.getvalue()


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    """A file of blank pages."""
    writer, made = PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


def kind(code: str = "stationery") -> ExpenseKind:
    return ExpenseKind.objects.get(code=code)


def voucher(user: User, shade: int = 0, *, content: bytes | None = None, **details: Any) -> Voucher:
    values: dict[str, Any] = {
        "name": "ticket.jpg",
        "person": user.person,
        "source": VoucherSource.PHOTO,
        "taken_at": AT,
        "form_key": uuid.uuid4(),
        "actor": user,
    }
    return keep_voucher(content if content is not None else picture(shade), **values | details)


def content(
    code: str = "stationery", gross: str = "24.00", tax: str = "4.00", **details: Any
) -> ExpenseContent:
    values: dict[str, Any] = {
        "kind": kind(code),
        "on": DAY,
        "label": "Papeterie du Port",
        "gross": Decimal(gross),
        "tax": Decimal(tax),
    }
    return ExpenseContent(**values | details)


def expense(
    user: User, activity: Activity, said: ExpenseContent | None = None, **details: Any
) -> ExpenseLine:
    person: Person = details.pop("person", user.person)
    values: dict[str, Any] = {"form_key": uuid.uuid4(), "today": DAY, "actor": user}
    return add_expense(person, activity, content=said or content(), **values | details)


def claim(user: User | None = None, activity: Activity | None = None, **details: Any) -> ExpenseClaim:
    """A draft of one line with its receipt."""
    if user is None or activity is None:
        user, activity = make_entrepreneur()
    said = content(voucher=voucher(user), **details)
    return expense(user, activity, said).claim


def agree(person: Person, *, on: date = DAY) -> None:
    """Somebody else may enter the expenses of this person."""
    give_consent(person, purpose=ConsentPurpose.EXPENSES, on=on, actor=None, proof="Courrier du 2 janvier")


def spent_by(user: User, activity: Activity) -> dict[str, Any]:
    """What the walk shows of an entrepreneur: receipts that wait, a claim under way."""
    today = timezone.localdate()
    waiting = voucher(user, 1, taken_at=timezone.now())
    used = voucher(user, 2, taken_at=timezone.now())
    said = content(on=today, voucher=used)
    line = expense(user, activity, said, today=today)
    expense(user, activity, content(on=today - timedelta(days=1), label="Sans ticket"), today=today)
    # Further than the months that others hand over (invoicing_claims).
    before = today.replace(day=1) - timedelta(days=80)
    sent = expense(
        user, activity, content(on=before, label="Papier, encre", missing_reason="Perdu"), today=today
    )
    keep_favourite(line, name="Papeterie", actor=user)
    return {
        "voucher": waiting,
        "used_voucher": used,
        "expense_claim": line.claim,
        "expense": line,
        "submitted_claim": submit_claim(sent.claim, actor=user, on=today),
        "expense_kind": kind("meal"),
    }
