"""The pages of shares: what each shows and does, to whom, at a constant cost (GOV-02, GOV-05 to GOV-08)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import (
    Admission,
    Associate,
    CapitalLoss,
    Refund,
    ShareClass,
    ShareMovement,
    SharePayment,
    Subscription,
)
from governance.services.refunds import RefundData, ask_refund, withdraw_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    content_hash,
    prepare_subscription,
    sign_subscription,
)
from governance.services.voting_rights import notify_late
from governance.states.register import LossCause, PaymentPlan, RefundState, SubscriptionState
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_member
from tests.factories.governance_shares import make_holder, make_holders
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

BEFORE = date(2025, 1, 2)
D = Decimal


def subscribed(actor: User, associate: Associate, parts: ShareClass, **plan: Any) -> Subscription:
    """A bulletin of ten shares, signed on paper a month ago."""
    on = timezone.localdate() - timedelta(days=31)
    row = prepare_subscription(
        associate, data=SubscriptionData(parts, 10, on, **plan), actor=actor, on=on, accepted=True
    )
    return sign_subscription(row, actor=actor, at=timezone.now(), paper=Paper(on, "Armoire"))


def page(user: User, name: str, /, *keys: Any, **query: Any) -> Any:
    return client_of(user).get(reverse(f"governance:{name}", args=keys), query)


def send(user: User, name: str, /, *keys: Any, **typed: Any) -> Any:
    return client_of(user).post(reverse(f"governance:{name}", args=keys), typed)


def today() -> str:
    return timezone.localdate().isoformat()


LISTS = (
    "share_movements",
    "share_holders",
    "subscription_list",
    "late_payments",
    "refund_list",
    "refund_queue",
    "share_limits",
    "share_class_list",
    "capital_loss_list",
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_empty_and_full_at_the_same_cost(name: str, accountant: User, parts: ShareClass) -> None:
    def fill(count: int) -> None:
        for one in make_holders(accountant, parts, count):
            subscribed(accountant, one, parts)
            data = RefundData(parts, 1, timezone.now())
            ask_refund(one, data=data, actor=accountant, now=timezone.now())

    assert page(accountant, name).status_code == 200
    costs = []
    for count in (3, 12):
        fill(count)
        with CaptureQueriesContext(connection) as asked:
            assert page(accountant, name).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_movements_read_as_of_a_day_with_the_capital_of_that_day(
    accountant: User, parts: ShareClass
) -> None:
    first, second, *_rest = make_holders(accountant, parts)
    subscribed(accountant, first, parts)
    shown = text(page(accountant, "share_movements"))
    assert "4 200,00 €" in shown
    assert "Minimum : 1 050,00 €" in shown
    then = text(page(accountant, "share_movements", au="2025-06-01"))
    assert "Capital au 01/06/2025 : 4 000,00 €" in then
    assert "Souscription" in then
    found = page(accountant, "share_movements", q=second.name)
    assert text(found).count("Parts d’avant") == 1
    exported = page(accountant, "share_movements", export="csv").content.decode()
    assert exported.count("Parts A") or exported.count("A;") or "Souscription" in exported
    holders = text(page(accountant, "share_holders", au="2025-06-01"))
    assert first.name in holders
    assert "1 000,00 €" in holders


def test_a_transfer_shows_what_it_changes_then_is_written(accountant: User, parts: ShareClass) -> None:
    giver, receiver, *_rest = make_holders(accountant, parts)
    typed = {
        "giver": giver.name,
        "receiver": receiver.name,
        "share_class": parts.pk,
        "quantity": 10,
        "on": today(),
        "decision": "Agrément du jour",
    }
    tried = send(accountant, "share_transfer", do="try", **typed)
    assert "Plus gros capital d’un·e seul·e associé·e" in text(tried)
    assert ShareMovement.objects.count() == 4
    done = send(accountant, "share_transfer", do="save", **typed)
    assert done.status_code == 302
    assert ShareMovement.objects.count() == 5
    refused = send(accountant, "share_transfer", do="save", **typed | {"quantity": 100})
    assert refused.status_code == 422
    assert "détient 40 parts" in text(refused)
    assert 'value="Agrément du jour"' in refused.content.decode()
    assert ShareMovement.objects.count() == 5


def test_a_broken_limit_asks_to_be_accepted(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]
    typed = {
        "associate": who.name,
        "share_class": parts.pk,
        "quantity": 200,
        "plan": PaymentPlan.AT_ONCE,
        "first_due_on": today(),
    }
    told = send(accountant, "subscription_prepare", do="save", **typed)
    assert told.status_code == 422
    assert "J’accepte que ces limites soient dépassées" in text(told)
    assert not Subscription.objects.exists()
    done = send(accountant, "subscription_prepare", do="save", accepted="on", **typed)
    row = Subscription.objects.get()
    assert done.url == row.get_absolute_url()
    assert row.accepted_limits == ["holder_half"]


def test_shares_of_before_are_entered_and_undone(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    who = make_associate()
    typed = {
        "associate": who.name,
        "share_class": parts.pk,
        "quantity": 5,
        "on": "2025-02-03",
        "decision": "Registre papier",
    }
    assert send(accountant, "shares_enter", do="save", **typed).status_code == 302
    row = ShareMovement.objects.get(receiver=who)
    assert page(accountant, "movement_reverse", row.pk).status_code == 200
    wrong = send(accountant, "movement_reverse", row.pk, reason="", on=today())
    assert wrong.status_code == 422
    assert send(accountant, "movement_reverse", row.pk, reason="Doublon", on=today()).status_code == 302
    again = send(accountant, "movement_reverse", row.pk, reason="Doublon", on=today())
    assert again.status_code == 422
    assert "déjà annulé" in text(again)


def test_an_associate_subscribes_signs_and_reads_the_account(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    member, associate = make_member()
    assert "Aucune part à cette date" in text(page(member, "own_shares"))
    typed = {
        "share_class": parts.pk,
        "quantity": 3,
        "plan": PaymentPlan.IN_PARTS,
        "part_amount": "20",
        "first_due_on": today(),
    }
    asked = send(member, "own_subscribe", **typed)
    row = Subscription.objects.get()
    assert asked.url == reverse("governance:subscription_sign", args=[row.pk])
    shown = text(client_of(member).get(asked.url))
    assert "60,00 €" in shown
    unsigned = send(member, "subscription_sign", row.pk, shown=content_hash(row), way="typed", typed="")
    assert unsigned.status_code == 422
    mark = {"way": "typed", "typed": associate.name, "accepted": "on"}
    stale = send(member, "subscription_sign", row.pk, shown="0" * 64, **mark)
    assert stale.status_code == 422
    signed = send(member, "subscription_sign", row.pk, shown=content_hash(row), **mark)
    assert signed.url == row.get_absolute_url()
    row.refresh_from_db()
    assert row.state == SubscriptionState.SIGNED
    # Whoever clicks twice has signed once.
    assert send(member, "subscription_sign", row.pk, shown=content_hash(row), **mark).status_code == 302
    assert ShareMovement.objects.filter(receiver=associate).count() == 1
    account = text(page(member, "own_shares"))
    assert "60,00 €" in account
    assert "Reste à verser" in account
    assert text(page(member, "subscription_detail", row.pk)).count("À venir") == 3


def test_the_first_bulletin_begins_with_what_the_request_asked(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    member, associate = make_member()
    said = {"share_class": parts, "share_count": 7, "payment_plan": PaymentPlan.ON_PAY}
    Admission.objects.create(
        person=member.person,
        state="admitted",
        associate=associate,
        decided_on=BEFORE,
        decision="AG",
        **said,
    )
    shown = page(member, "own_subscribe").content.decode()
    assert 'name="quantity" value="7"' in shown
    assert '<option value="on_pay" selected>' in shown
    subscribed(accountant, associate, parts)
    assert 'value="7"' not in page(member, "own_subscribe").content.decode()


def test_a_limit_that_a_member_would_break_is_said_without_a_box(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    member, _associate = make_member()
    typed = {"share_class": parts.pk, "quantity": 500, "plan": "at_once", "first_due_on": today()}
    told = send(member, "own_subscribe", **typed)
    assert told.status_code == 422
    assert "feraient sortir des limites" in text(told)
    assert not Subscription.objects.exists()


def test_who_represents_an_organisation_acts_for_it(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    member, own = make_member()
    firm = make_associate(organisation=OrganisationFactory.create(name="Ferme des Saules"))
    firm.representatives.create(person=member.person, starts_on=BEFORE)
    make_holder(accountant, parts, 7, associate=firm)
    assert "140,00 €" in text(page(member, "own_shares", pour=firm.pk))
    assert "140,00 €" not in text(page(member, "own_shares", pour=own.pk))
    other = Associate.objects.exclude(pk__in=[own.pk, firm.pk]).first()
    assert other is not None
    assert own.name in text(page(member, "own_shares", pour=other.pk))


def test_nobody_reads_nor_signs_for_another(accountant: User, parts: ShareClass) -> None:
    other = make_holders(accountant, parts)[0]
    row = prepare_subscription(
        other,
        data=SubscriptionData(parts, 3, timezone.localdate()),
        actor=accountant,
        on=timezone.localdate(),
    )
    data = RefundData(parts, 1, timezone.now())
    refund = ask_refund(other, data=data, actor=accountant, now=timezone.now())
    member, _associate = make_member()
    for name, key in (
        ("subscription_detail", row.pk),
        ("subscription_sign", row.pk),
        ("refund_detail", refund.pk),
    ):
        assert page(member, name, key).status_code == 404
    for name in LISTS:
        assert page(member, name).status_code == 403
    assert send(member, "refund_act", refund.pk, do="cancel", reason="x").status_code == 404
    # The house keeps the register and does not sign in their place on a screen.
    assert page(accountant, "subscription_sign", row.pk).status_code == 403
    auditor = make_user(RoleKind.AUDITOR)
    assert page(auditor, "subscription_detail", row.pk).status_code == 200
    assert send(auditor, "subscription_pay", row.pk, amount="1", on=today(), way="bank").status_code == 403


def test_nobody_keeps_the_books_of_their_own_shares(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    own = make_holder(accountant, parts, 5, associate=make_associate(accountant.person))
    row = subscribed(accountant, own, parts)
    assert page(accountant, "subscription_detail", row.pk).status_code == 200
    assert page(accountant, "subscription_pay", row.pk).status_code == 403
    typed = {
        "giver": own.name,
        "receiver": make_associate().name,
        "share_class": parts.pk,
        "quantity": 1,
        "on": today(),
        "decision": "x",
    }
    said = "Ce sont vos parts"
    refused = send(accountant, "share_transfer", do="save", **typed)
    assert (refused.status_code, said in text(refused)) == (422, True)
    before = typed | {"associate": own.name}
    for name in ("shares_enter", "subscription_prepare", "refund_ask"):
        more = {"plan": "at_once", "first_due_on": today(), "asked_on": today(), "do": "save"}
        refused = send(accountant, name, **before | more)
        assert (refused.status_code, said in text(refused)) == (422, True)
    assert ShareMovement.objects.filter(giver=own).count() == 0
    assert Subscription.objects.filter(associate=own).count() == 1
    assert not Refund.objects.exists()


def test_what_only_another_may_do_is_not_shown(accountant: User, parts: ShareClass) -> None:
    """One's own wrong movement is undone by another hand; the pay of oneself too; no notice to oneself."""
    make_holders(accountant, parts)
    human = make_user(RoleKind.HUMAN_RESOURCES)
    own = make_holder(accountant, parts, 5, associate=make_associate(human.person))
    movement = ShareMovement.objects.get(receiver=own)
    undo = reverse("governance:movement_reverse", args=[movement.pk])
    assert undo in page(accountant, "share_movements").content.decode()
    assert undo not in page(human, "share_movements").content.decode()
    others = ShareMovement.objects.exclude(pk=movement.pk).values_list("pk", flat=True)
    shown = page(human, "share_movements").content.decode()
    assert all(reverse("governance:movement_reverse", args=[pk]) in shown for pk in others)
    on_pay = {"plan": PaymentPlan.ON_PAY, "part_amount": D("60.00")}
    row = subscribed(accountant, own, parts, **on_pay)
    left = subscribed(accountant, make_holders(accountant, parts, 1)[0], parts)
    left.associate.left_on, left.associate.loss_cause = timezone.localdate(), LossCause.DEATH
    left.associate.save()
    notice = [
        reverse("governance:associate_rights", args=[one.associate_id, "mise-en-demeure"])
        for one in (row, left)
    ]
    late = page(human, "late_payments").content.decode()
    assert own.name in late
    assert left.associate.name in late
    assert not any(url in late for url in notice)
    assert "Aucune des souscriptions choisies" in text(send(human, "held_on_pay", ids=[row.pk]))
    assert send(human, "held_on_pay", ids=[row.pk], on=today()).status_code == 422
    assert not SharePayment.objects.exists()


def test_a_subscription_is_signed_on_paper_paid_reversed_and_given_up(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    on = timezone.localdate()
    row = prepare_subscription(who, data=SubscriptionData(parts, 10, on), actor=accountant, on=on)
    paper = {"signed_on": today(), "kept_at": "Classeur"}
    assert send(accountant, "subscription_paper", row.pk, **paper | {"kept_at": ""}).status_code == 422
    assert send(accountant, "subscription_paper", row.pk, **paper).url == row.get_absolute_url()
    assert 'value="200,00"' in page(accountant, "subscription_pay", row.pk).content.decode()
    paid = {"amount": "200,01", "on": today(), "way": "bank"}
    wrong = send(accountant, "subscription_pay", row.pk, **paid)
    assert (wrong.status_code, "ne reste que 200,00 €" in text(wrong)) == (422, True)
    assert send(accountant, "subscription_pay", row.pk, **paid | {"amount": "200"}).status_code == 302
    # A second click finds nothing left to pay.
    assert send(accountant, "subscription_pay", row.pk, **paid | {"amount": "200"}).status_code == 422
    payment = SharePayment.objects.get()
    detail = text(page(accountant, "subscription_detail", row.pk))
    assert "Libérée" in detail
    undo = {"reason": "Impayé", "on": today()}
    assert send(accountant, "payment_reverse", row.pk, payment.pk, **undo).status_code == 302
    assert send(accountant, "payment_reverse", row.pk, payment.pk, **undo).status_code == 422
    given_up = {"reason": "Renonce", "on": today()}
    assert page(accountant, "subscription_cancel", row.pk).status_code == 200
    assert send(accountant, "subscription_cancel", row.pk, **given_up).status_code == 302
    row.refresh_from_db()
    assert row.state == SubscriptionState.CANCELLED
    assert "Renonce" in text(page(accountant, "subscription_detail", row.pk))


def test_what_is_held_on_pay_is_shown_then_noted(accountant: User, parts: ShareClass) -> None:
    everybody = make_holders(accountant, parts)
    plan = {"plan": PaymentPlan.ON_PAY, "part_amount": D("60.00")}
    rows = [subscribed(accountant, one, parts, **plan) for one in everybody[:2]]
    other = subscribed(accountant, everybody[2], parts)
    ids = [one.pk for one in (*rows, other)]
    shown = send(accountant, "held_on_pay", ids=ids)
    assert "En tout : 120,00 €" in text(shown)
    assert not SharePayment.objects.exists()
    done = send(accountant, "held_on_pay", ids=ids, on=today())
    assert done.url == reverse("governance:subscription_list")
    assert SharePayment.objects.count() == 2
    none = send(accountant, "held_on_pay", ids=[other.pk], on=today())
    assert none.status_code == 422


def test_late_payments_are_listed_with_what_is_missing(accountant: User, parts: ShareClass) -> None:
    who, other, *_rest = make_holders(accountant, parts)
    assert "Aucun versement en retard" in text(page(accountant, "late_payments"))
    row = subscribed(accountant, who, parts)
    paid = subscribed(accountant, other, parts)
    record_payment(
        paid,
        data=PaymentData(timezone.localdate(), D("200.00")),
        actor=accountant,
        today=timezone.localdate(),
    )
    shown = text(page(accountant, "late_payments"))
    assert who.name in shown
    assert "200,00 €" in shown
    assert other.name not in shown
    assert "Versement en retard" in text(page(accountant, "subscription_detail", row.pk))
    now = timezone.localtime()
    notify_late(who, at=now, reason="Deux échéances manquent.", subscription=row, actor=accountant)
    assert f"Mise en demeure le {now:%d/%m/%Y}" in text(page(accountant, "subscription_detail", row.pk))
    assert f"{now:%d/%m/%Y}" in text(page(accountant, "late_payments"))


def gone(actor: User, parts: ShareClass) -> Associate:
    who = make_holders(actor, parts)[0]
    who.left_on, who.loss_cause = BEFORE + timedelta(days=30), LossCause.RESIGNATION
    who.save()
    return who


def test_a_request_goes_through_its_page(accountant: User, parts: ShareClass) -> None:
    who = gone(accountant, parts)
    typed = {"associate": who.name, "share_class": parts.pk, "quantity": 50, "asked_on": "2025-03-03"}
    assert send(accountant, "refund_ask", **typed | {"quantity": 60}).status_code == 422
    done = send(accountant, "refund_ask", **typed)
    row = Refund.objects.get()
    assert done.url == row.get_absolute_url()
    shown = text(page(accountant, "refund_detail", row.pk))
    assert "Rang 1 sur 1" in shown
    assert "Parts à annuler" in shown
    wrong = send(accountant, "refund_act", row.pk, do="withdraw", on="2025-01-15")
    assert (wrong.status_code, "ne partent pas avant" in text(wrong)) == (422, True)
    assert send(accountant, "refund_act", row.pk, do="withdraw", on="2025-03-10").status_code == 302
    early = {"do": "early", "decision": "AG", "payable_on": "2025-04-01"}
    assert send(accountant, "refund_act", row.pk, **early | {"decision": ""}).status_code == 422
    soon = send(accountant, "refund_act", row.pk, do="pay", on=today())
    assert (soon.status_code, "se paie à partir du" in text(soon)) == (422, True)
    assert send(accountant, "refund_act", row.pk, do="give_back", reason="", on=today()).status_code == 422
    assert send(accountant, "refund_act", row.pk, **early).status_code == 302
    assert "À payer" in text(page(accountant, "refund_queue"))
    assert send(accountant, "refund_act", row.pk, do="pay", on=today()).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.paid_amount) == (RefundState.PAID, D("1000.00"))
    # Again, from a tab left open: nothing more is paid.
    assert send(accountant, "refund_act", row.pk, do="pay", on=today()).status_code == 302
    assert send(accountant, "refund_act", row.pk, do="nothing").status_code == 302
    assert "1 000,00 €" in text(page(accountant, "refund_detail", row.pk))
    assert "Parts à annuler" in text(page(accountant, "refund_queue", au="2025-03-05"))


def test_a_refund_is_offered_once_it_is_due(accountant: User, parts: ShareClass) -> None:
    who = gone(accountant, parts)
    row = ask_refund(who, data=RefundData(parts, 5, timezone.now()), actor=accountant, now=timezone.now())
    row = withdraw_shares(
        row, on=timezone.localdate(), actor=accountant, today=timezone.localdate(), accepted=True
    )
    shown = page(accountant, "refund_detail", row.pk).content.decode()
    assert 'value="pay"' not in shown
    assert 'value="early"' in shown
    early = send(accountant, "refund_act", row.pk, do="pay", on=today())
    assert (early.status_code, 'value="pay"' in early.content.decode()) == (422, True)
    Refund.objects.filter(pk=row.pk).update(payable_from=timezone.localdate())
    assert 'value="pay"' in page(accountant, "refund_detail", row.pk).content.decode()
    assert send(accountant, "refund_act", row.pk, do="pay", on=today()).status_code == 302
    over = page(accountant, "refund_detail", row.pk).content.decode()
    assert "split-side" not in over


def test_who_left_still_reads_what_is_owed(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    member, associate = make_member()
    make_holder(accountant, parts, 20, associate=associate)
    asked = send(member, "own_refund", share_class=parts.pk, quantity=5)
    row = Refund.objects.get()
    assert asked.url == row.get_absolute_url()
    assert send(member, "own_refund", share_class=parts.pk, quantity=15).status_code == 422
    associate.left_on, associate.loss_cause = timezone.localdate(), LossCause.RESIGNATION
    associate.save()
    withdraw_shares(row, on=timezone.localdate(), actor=accountant, today=timezone.localdate())
    assert "Parts annulées, à rembourser" in text(page(member, "own_shares"))
    assert page(member, "refund_detail", row.pk).status_code == 200
    assert page(member, "own_subscribe").status_code == 403


def test_the_queue_says_why_it_is_not_computed(parts: ShareClass) -> None:
    make_cooperative()
    user = make_user(RoleKind.ACCOUNTANT)
    assert "ne disent pas le délai" in text(page(user, "refund_queue"))
    assert "Aucune règle en vigueur" in text(page(user, "share_limits"))
    row = ask_refund(
        gone(user, parts), data=RefundData(parts, 1, timezone.now()), actor=user, now=timezone.now()
    )
    assert "ne disent pas le délai" in text(page(user, "refund_detail", row.pk))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": "subscription", "receiver": "Bea", "amount": "9000"}, "Des limites seraient dépassées"),
        ({"what": "newcomer", "category": "outside", "amount": "100"}, "Voix des associé·es extérieur·es"),
        ({"what": "newcomer", "category": "outside", "amount": "6000"}, "La personne qui entre 25 % 60 %"),
        ({"what": "transfer", "giver": "Bea", "receiver": "Carl", "amount": "20"}, "4 000,00 € après"),
        ({"what": "withdrawal", "giver": "Bea", "amount": "3500"}, "le retrait serait refusé"),
    ],
)
def test_a_movement_is_tried_and_nothing_is_written(
    typed: dict[str, Any], said: str, accountant: User, parts: ShareClass
) -> None:
    make_holders(accountant, parts, 2)
    for name in ("Bea", "Carl"):
        make_holder(accountant, parts, first_name=name, last_name="Dupin")
    assert said in text(page(accountant, "share_limits", **typed))
    assert ShareMovement.objects.count() == 4


def test_a_trial_asks_what_it_needs(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    told = page(accountant, "share_limits", what="transfer", amount="10")
    assert told.status_code == 422
    assert "Ce mouvement en a besoin" in text(told)


def test_classes_and_losses_are_noted_by_who_may(accountant: User, parts: ShareClass) -> None:
    make_holders(accountant, parts)
    typed = {"code": "B", "name": "Parts B", "nominal": "50", "is_active": "on"}
    assert send(accountant, "share_class_open", **typed).status_code == 302
    assert send(accountant, "share_class_open", **typed).status_code == 422
    row = ShareClass.objects.get(code="B")
    assert page(accountant, "share_class_change", row.pk).status_code == 200
    assert send(accountant, "share_class_change", row.pk, name="Soutien").status_code == 302
    loss = {"closed_on": "2025-12-31", "amount": "400", "decision": "AG du 12/06/2026"}
    assert send(accountant, "capital_loss_note", **loss | {"amount": "9999"}).status_code == 422
    assert send(accountant, "capital_loss_note", **loss).status_code == 302
    assert CapitalLoss.objects.get().whole == D("4000.00")
    officer = make_user(RoleKind.HUMAN_RESOURCES)
    assert send(officer, "share_class_open", **typed).status_code == 403
    assert page(officer, "share_class_list").status_code == 200
