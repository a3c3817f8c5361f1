"""The rights themselves, asked about objects out of sight: pages find nothing there before they ask."""

from __future__ import annotations

import pytest

from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.models import (
    Customer,
    CustomerMerge,
    IncomingFile,
    InternalSale,
    Purchase,
    ReminderPause,
    Voucher,
)
from invoicing.permissions import chasing, disbursements, expenses, incoming, joint, purchases
from invoicing.states.joint import InternalState
from people.models import Person, User
from people.states import RoleKind
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> User:
    return make_user(RoleKind.ENTREPRENEUR)


def test_a_stranger_sees_no_expense_no_file_and_no_purchase(stranger: User) -> None:
    assert not expenses.sees_voucher(stranger, Voucher(pk=0, person_id=0))
    assert not expenses.writes_expenses(stranger, Activity(scope_id=0))
    assert not incoming.sees_file(stranger, IncomingFile(pk=0))
    assert not purchases.sees_purchase(stranger, Purchase(pk=0))
    assert not disbursements.sees_proof_of_file(stranger, Document(pk=0))


def test_a_stranger_opens_no_file_carried_by_a_received_one(stranger: User) -> None:
    inside = Document(pk=0, about_type=IncomingFile._meta.label_lower, about_id=0)
    assert not incoming.sees_file_of_document(stranger, inside)


def test_a_stranger_sees_no_draft_between_activities(stranger: User) -> None:
    sale = InternalSale(seller=Activity(pk=0, scope_id=0), buyer=Activity(pk=0, scope_id=0))
    sale.state = InternalState.DRAFT
    assert not joint.sees_internal(stranger, sale)


def test_a_merge_belongs_to_the_record_kept_and_a_pause_to_its_customer() -> None:
    kept = Customer(pk=1)
    assert chasing._owner(CustomerMerge(kept=kept)) is kept
    assert chasing._owner(ReminderPause(customer=kept)) is kept


def test_an_address_of_receipts_is_its_person_s(stranger: User) -> None:
    assert not incoming.keeps_address(stranger, Person(pk=0))
    assert incoming.keeps_address(stranger, stranger.person)
