"""What shares tell the rest of the house: to-dos, the pages behind entries, what is held of a person."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.models import Notice
from cae.core.notices import unread_count
from cae.core.permanence import ERASED, erasing
from governance.models import Associate, Refund, ShareClass, SharePayment
from governance.selectors.share_data import held_shares, hinders_shares
from governance.services.erasing_shares import erase_shares
from governance.services.refunds import RefundData, ask_refund, cancel_refund, withdraw_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    cancel_subscription,
    prepare_subscription,
    sign_subscription,
)
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_member
from tests.factories.governance_shares import make_holders
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

BEFORE = date(2025, 1, 2)
TODAY = timezone.localdate


@pytest.fixture
def parts(accountant: User, parts: ShareClass) -> ShareClass:
    """Four associates hold fifty shares each: any limit is far."""
    make_holders(accountant, parts)
    return parts


def _labels(user: User, today: date) -> list[str]:
    return [one.label for one in facts.todos_of(user, today)]


def test_a_bulletin_waits_for_its_associate_and_late_payments_for_the_house(
    accountant: User, parts: ShareClass
) -> None:
    member, associate = make_member()
    data = SubscriptionData(parts, 10, TODAY())
    row = prepare_subscription(associate, data=data, actor=accountant, on=TODAY())
    assert "Signer le bulletin de 10 parts" in _labels(member, TODAY())
    row = sign_subscription(row, actor=accountant, at=timezone.now(), paper=Paper(TODAY(), "Armoire"))
    assert "Signer le bulletin de 10 parts" not in _labels(member, TODAY())
    assert "Relancer 1 versement de parts en retard" not in _labels(accountant, TODAY())
    later = TODAY() + timedelta(days=1)
    assert "Relancer 1 versement de parts en retard" in _labels(accountant, later)
    assert not any("Relancer" in label for label in _labels(member, later))
    source = facts.sources_of(member, [("governance.subscription", str(row.pk))])
    assert [one.url for one in source.values()] == [row.get_absolute_url()]
    stranger = make_user(RoleKind.ENTREPRENEUR)
    assert facts.sources_of(stranger, [("governance.subscription", str(row.pk))]) == {}


def test_who_is_to_sign_is_told_and_no_more_once_it_is_done(accountant: User, parts: ShareClass) -> None:
    member, associate = make_member()
    acting = make_user()
    body = make_associate(organisation=OrganisationFactory.create(), category="public_body")
    body.representatives.create(person=acting.person, starts_on=BEFORE)
    data = SubscriptionData(parts, 10, TODAY())
    row = prepare_subscription(associate, data=data, actor=accountant, on=TODAY())
    of_body = prepare_subscription(body, data=data, actor=accountant, on=TODAY(), accepted=True)
    told = {one.user: one for one in Notice.objects.filter(kind="governance.bulletin_to_sign")}
    assert set(told) == {member, acting}
    assert "10 parts attend votre signature" in told[member].subject
    assert told[acting].url == reverse("governance:subscription_sign", args=[of_body.pk])
    assert f"Signer le bulletin de 10 parts pour {body}" in _labels(acting, TODAY())
    sign_subscription(row, actor=accountant, at=timezone.now(), paper=Paper(TODAY(), "Armoire"))
    assert unread_count(member) == 0
    assert unread_count(acting) == 1
    client_of(acting).get(told[acting].url)
    assert unread_count(acting) == 0
    # Who prepares for oneself knows; who has no account signs on paper; what is given up waits for nobody.
    own = prepare_subscription(associate, data=data, actor=member, on=TODAY(), by_associate=True)
    prepare_subscription(make_associate(), data=data, actor=accountant, on=TODAY())
    assert Notice.objects.filter(kind="governance.bulletin_to_sign").count() == 2
    cancel_subscription(own, reason="Plus tard", on=TODAY(), actor=member, today=TODAY())
    again = prepare_subscription(associate, data=data, actor=accountant, on=TODAY())
    assert unread_count(member) == 1
    cancel_subscription(again, reason="Refait", on=TODAY(), actor=accountant, today=TODAY())
    assert unread_count(member) == 0


def test_refunds_wait_to_be_processed_then_paid(accountant: User, parts: ShareClass) -> None:
    who = Associate.objects.first()
    assert who is not None
    data = RefundData(parts, 10, timezone.now())
    row = ask_refund(who, data=data, actor=accountant, now=timezone.now())
    assert "Traiter 1 demande de remboursement de parts" in _labels(accountant, TODAY())
    withdraw_shares(row, on=TODAY(), actor=accountant, today=TODAY())
    assert "Payer 1 remboursement de parts" not in _labels(accountant, TODAY())
    Refund.objects.filter(pk=row.pk).update(payable_from=TODAY())
    assert "Payer 1 remboursement de parts" in _labels(accountant, TODAY())
    source = facts.sources_of(accountant, [("governance.refund", str(row.pk))])
    assert [one.url for one in source.values()] == [row.get_absolute_url()]


def test_a_person_reads_all_that_is_held_and_the_words_go_not_the_figures(
    accountant: User, parts: ShareClass
) -> None:
    member, associate = make_member()
    data = SubscriptionData(parts, 10, TODAY())
    row = prepare_subscription(associate, data=data, actor=accountant, on=TODAY())
    row = sign_subscription(row, actor=accountant, at=timezone.now(), paper=Paper(TODAY(), "Armoire"))
    paid = PaymentData(TODAY(), Decimal("200.00"), "bank", "Chèque de sa mère")
    record_payment(row, data=paid, actor=accountant, today=TODAY())
    asked = RefundData(parts, 2, timezone.now())
    refund = ask_refund(associate, data=asked, actor=accountant, now=timezone.now())
    assert "encore à rembourser" in hinders_shares(member.person, TODAY())
    cancel_refund(refund, reason="Se fâche puis reste", actor=accountant)
    assert "détient encore" in hinders_shares(member.person, TODAY())
    held = {str(one.label): one for one in held_shares(member.person, member)}
    assert [len(one.rows) for one in held.values()] == [1, 1, 1, 1]
    with erasing():
        assert erase_shares(member.person, TODAY()) == 2
    refund.refresh_from_db()
    assert refund.cancel_reason == ERASED
    payment = SharePayment.objects.get()
    assert (payment.note, payment.amount) == (ERASED, Decimal("200.00"))
    assert hinders_shares(make_user().person, TODAY()) == ""
