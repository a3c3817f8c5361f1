"""Reminders leave once, counted again under lock; what was paid, paused or contested stays (INV-42)."""

from __future__ import annotations

import uuid
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, OutgoingEmail
from entrepreneurs.models import Activity
from invoicing.calculations.reminders import Unpaid, chase_of
from invoicing.models import Invoice, Reminder, ReminderLine
from invoicing.selectors.chasing import chased, chased_of, chased_visible, own_steps, steps_of
from invoicing.selectors.late_fees import fees_of
from invoicing.services import chase_settings, chasing
from invoicing.services.reminder_letters import make_letter, make_waiting_letters, recovery_file
from invoicing.states.chasing import ChaseStage, ReminderChannel, ReminderTone
from invoicing.states.sales import CustomerKind
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import invoicing_chasing as make
from tests.factories import sendings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


def stage_of(invoice: Invoice, on: date) -> str:
    return str(chased(Invoice.objects.filter(pk=invoice.pk), on=on).get().stage)


def test_sql_says_what_the_rule_says(shop: Activity) -> None:
    """Never chased, chased, paused, contested, at the end of the steps; each day of two months."""
    plain, chased_one, paused = (make.late(shop) for _ in range(3))
    make.remind(chased_one, on=make.day_late(chased_one, 5))
    chase_settings.pause_reminders(
        paused,
        until=make.day_late(paused, 20),
        reason="Promesse",
        actor=None,
        at=make.noon(make.day_late(paused, 1)),
    )
    ended = make.late(shop)
    for days, channel, tone in (
        (3, "mail", "courteous"),
        (15, "mail", "firm"),
        (30, "letter", "formal"),
    ):
        make.remind(ended, on=make.day_late(ended, days), channel=channel, tone=tone)
    steps = steps_of(shop)
    seen = set()
    for days in range(1, 60):
        on = make.day_late(plain, days)
        for row in chased(Invoice.objects.filter(activity=shop), on=on):
            told = chase_of(
                Unpaid(row.due_on, row.reached, row.reminded_on, row.paused_until, False),
                steps,
                gap=7,
                today=on,
            )
            assert (row.stage, row.next_on) == (told.stage, told.on), (row, days)
            assert row.days_late == days
            seen.add(row.stage)
    assert seen == {"due", "upcoming", "paused", "ended"}


def test_an_activity_with_steps_of_its_own_follows_them_alone(shop: Activity) -> None:
    invoice = make.late(shop)
    chase_settings.save_steps(shop, steps=[chase_settings.Step(10, "call", "firm")], actor=None)
    assert stage_of(invoice, make.day_late(invoice, 9)) == ChaseStage.UPCOMING
    assert stage_of(invoice, make.day_late(invoice, 10)) == ChaseStage.DUE
    chase_settings.save_steps(shop, steps=(), actor=None)
    assert stage_of(invoice, make.day_late(invoice, 3)) == ChaseStage.DUE


def test_one_mail_for_several_invoices_with_what_each_owes(shop: Activity, seller: User) -> None:
    one, two = make.late(shop), make.late(shop, sales.line("100.00"))
    sales.pay(two, "20.00", on=sales.DAY)
    on = make.day_late(one, 4)
    reminder = make.remind(one, two, on=on, actor=seller)
    email = OutgoingEmail.objects.get()
    assert (email.to, email.cause) == (sendings.READER, "invoicing.chase_courteous")
    assert email.reply_to == shop.email
    assert "F2026-0001" in email.text
    assert "100,00" in reminder.text
    assert (reminder.due, reminder.penalty, reminder.indemnity) == (Decimal("340.00"), 0, 0)
    assert [line.step_days for line in reminder.lines.all()] == [3, 3]
    assert reminder.access is not None
    assert stage_of(one, on) == ChaseStage.UPCOMING


def test_the_firm_step_asks_fees_of_a_firm_and_nothing_of_a_person(shop: Activity) -> None:
    firm = make.late(shop)
    person = sendings.buyer(shop, siren="", kind=CustomerKind.PRIVATE_PERSON, name="Jeanne Durand")
    private = make.late(shop, customer=person)
    for invoice in (firm, private):
        make.remind(invoice, on=make.day_late(invoice, 3))
    on = make.day_late(firm, 15)
    asked = make.remind(firm, on=on, tone=ReminderTone.FIRM)
    spared = make.remind(private, on=on, tone=ReminderTone.FIRM)
    # 240 × (2.15 % + 10 points) × 15 / 365 = 1.198…
    assert (asked.penalty, asked.indemnity) == (Decimal("1.20"), Decimal("40.00"))
    assert "40,00" in asked.text
    assert (spared.penalty, spared.indemnity) == (0, 0)
    assert "indemnité" not in spared.text


def test_a_public_body_owes_eight_points(shop: Activity) -> None:
    town = sendings.buyer(shop, kind=CustomerKind.PUBLIC_BODY, name="Commune de Lormont")
    invoice = make.late(shop, customer=town)
    on = make.day_late(invoice, 15)
    (row,) = chased_of(town, on=on)
    assert fees_of([row], on=on)[invoice.pk].penalty == Decimal("1.00")  # 240 × 10.15 % × 15 / 365


def test_a_formal_notice_of_a_private_person_asks_no_indemnity_and_is_a_letter(shop: Activity) -> None:
    person = sendings.buyer(shop, siren="", kind=CustomerKind.PRIVATE_PERSON, name="Jeanne Durand")
    invoice = make.late(shop, customer=person)
    on = make.day_late(invoice, 40)
    with pytest.raises(Refused) as refusal:
        make.remind(invoice, on=on, tone=ReminderTone.FORMAL)
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "channel")
    assert not Reminder.objects.exists()
    letter = make.remind(invoice, on=on, tone=ReminderTone.FORMAL, channel=ReminderChannel.LETTER)
    assert letter.fees == 0
    assert "40,00" not in letter.text.replace("240,00", "")
    assert "intérêt au taux légal" in letter.text
    assert not OutgoingEmail.objects.exists()


def test_a_payment_seen_between_stops_everything(shop: Activity, seller: User) -> None:
    one, two = make.late(shop), make.late(shop)
    on = make.day_late(one, 5)
    read = make.wanted(one.customer, one, two, on=on)
    sales.pay(one, "240.00", on=on)
    with pytest.raises(Refused) as refusal:
        chasing.send_reminder(
            one.customer, wanted=read, actor=seller, at=make.noon(on), form_key=uuid.uuid4()
        )
    assert refusal.value.code == Code.ALREADY_DONE
    assert str(one.number) in str(refusal.value)
    read = make.wanted(one.customer, two, on=on)
    sales.pay(two, "40.00", on=on)
    with pytest.raises(Refused) as refusal:
        chasing.send_reminder(
            one.customer, wanted=read, actor=seller, at=make.noon(on), form_key=uuid.uuid4()
        )
    assert refusal.value.code == Code.STALE_FORM
    assert not Reminder.objects.exists()
    assert not OutgoingEmail.objects.exists()


def test_the_same_form_sent_twice_reminds_once(shop: Activity) -> None:
    invoice = make.late(shop)
    on, key = make.day_late(invoice, 4), uuid.uuid4()
    read = make.wanted(invoice.customer, invoice, on=on)
    first, second = (
        chasing.send_reminder(invoice.customer, wanted=read, actor=None, at=make.noon(on), form_key=key)
        for _ in range(2)
    )
    assert first == second
    assert OutgoingEmail.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        make.remind(invoice, on=on)
    assert refusal.value.code == Code.ALREADY_DONE


def test_nothing_leaves_to_whom_contests_or_is_paused(shop: Activity) -> None:
    invoice = make.late(shop)
    customer, on = invoice.customer, make.day_late(invoice, 5)
    chase_settings.open_dispute(customer, reason="Livraison partielle", actor=None, on=on)
    with pytest.raises(IllegalMove):
        make.remind(invoice, on=on)
    chase_settings.close_dispute(customer, actor=None)
    pause = chase_settings.pause_reminders(
        customer, until=on, reason="Promesse de règlement", actor=None, at=make.noon(on)
    )
    with pytest.raises(IllegalMove):
        make.remind(invoice, on=on)
    assert not Reminder.objects.exists()
    chase_settings.resume_reminders(pause, actor=None, at=make.noon(on))
    assert make.remind(invoice, on=on).due == Decimal("240.00")


def test_no_invoice_chosen_no_address_no_words(shop: Activity) -> None:
    invoice = make.late(shop)
    on = make.day_late(invoice, 5)
    for details, field in (({"to": ""}, "to"), ({"to": "jeanne"}, "to")):
        with pytest.raises(Refused) as refusal:
            make.remind(invoice, on=on, **details)
        assert refusal.value.field == field
    empty = make.wanted(invoice.customer, on=on)
    with pytest.raises(Refused) as refusal:
        chasing.send_reminder(
            invoice.customer, wanted=empty, actor=None, at=make.noon(on), form_key=uuid.uuid4()
        )
    assert refusal.value.field == "invoices"
    assert not Reminder.objects.exists()


def test_a_reminder_never_changes(shop: Activity) -> None:
    invoice = make.late(shop)
    reminder = make.remind(invoice, on=make.day_late(invoice, 4))
    with pytest.raises(DatabaseError):
        Reminder.objects.filter(pk=reminder.pk).update(text="autre chose")


def test_a_call_noted_by_mistake_is_undone_once_and_its_step_is_due_again(
    shop: Activity, seller: User
) -> None:
    invoice = make.late(shop)
    on = make.day_late(invoice, 15)
    made = make.remind(invoice, on=on, channel=ReminderChannel.CALL)
    assert stage_of(invoice, on) == ChaseStage.UPCOMING
    with pytest.raises(Refused) as refusal:
        chasing.undo_reminder(made, reason=" ", actor=seller, at=make.noon(on))
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_MISSING, "reason")
    assert stage_of(invoice, on) == ChaseStage.UPCOMING
    undone = chasing.undo_reminder(made, reason="Personne n’a répondu", actor=seller, at=make.noon(on))
    assert (undone.undone_by, undone.undone_reason) == (seller, "Personne n’a répondu")
    assert stage_of(invoice, on) == ChaseStage.DUE
    with pytest.raises(Refused) as refusal:
        chasing.undo_reminder(made, reason="Encore", actor=seller, at=make.noon(on))
    assert refusal.value.code == Code.ALREADY_DONE
    assert AuditEntry.objects.filter(verb="invoicing.undo_reminder").count() == 1
    # The same day, the true call is noted.
    assert make.remind(invoice, on=on, channel=ReminderChannel.CALL).undone_at is None
    with pytest.raises(DatabaseError):
        Reminder.objects.filter(pk=made.pk).update(undone_reason="Autre")


def test_a_letter_undone_is_no_longer_made_nor_part_of_the_recovery(shop: Activity, seller: User) -> None:
    invoice = make.late(shop)
    on = make.day_late(invoice, 15)
    made = make.remind(invoice, on=on, channel=ReminderChannel.LETTER)
    chasing.undo_reminder(made, reason="Jamais postée", actor=seller, at=make.noon(on))
    assert make_letter(made.pk) is None
    assert make_waiting_letters() == 0
    sealed = make.remind(invoice, on=on, channel=ReminderChannel.LETTER)
    assert make_letter(sealed.pk) is not None
    sealed.refresh_from_db()
    assert chasing.undo_reminder(sealed, reason="Jamais postée", actor=seller, at=make.noon(on)).pdf
    names = zipfile.ZipFile(BytesIO(recovery_file(invoice, actor=seller, on=on))).namelist()
    assert not [name for name in names if name.startswith("3-")]


def test_a_mail_that_left_is_not_undone(shop: Activity, seller: User) -> None:
    invoice = make.late(shop)
    made = make.remind(invoice, on=make.day_late(invoice, 5))
    with pytest.raises(Refused) as refusal:
        chasing.undo_reminder(made, reason="Erreur", actor=seller, at=make.noon(make.day_late(invoice, 5)))
    assert refusal.value.code == Code.NOT_ALLOWED
    made.refresh_from_db()
    assert made.undone_at is None


def test_a_line_never_changes(shop: Activity) -> None:
    invoice = make.late(shop)
    make.remind(invoice, on=make.day_late(invoice, 4))
    with pytest.raises(DatabaseError):
        ReminderLine.objects.update(due=1)


def test_alone_only_where_the_activity_lets_it(shop: Activity) -> None:
    invoice = make.late(shop)
    at = make.noon(make.day_late(invoice, 3))
    assert chasing.leave_alone(at=at) == 0
    chase_settings.set_policy(shop, automatic=True, actor=None, at=at)
    assert chasing.leave_alone(at=at) == 1
    assert chasing.leave_alone(at=at + timedelta(days=1)) == 0
    assert Reminder.objects.get().sent_by is None
    chase_settings.set_policy(shop, automatic=False, actor=None, at=at)
    assert chasing.leave_alone(at=make.noon(make.day_late(invoice, 15))) == 0


def test_alone_a_customer_without_address_waits_for_somebody(shop: Activity) -> None:
    invoice = make.late(shop, customer=sales.firm(shop))
    at = make.noon(make.day_late(invoice, 3))
    chase_settings.set_policy(shop, automatic=True, actor=None, at=at)
    assert chasing.leave_alone(at=at) == 0
    assert not Reminder.objects.exists()


def test_alone_letters_wait_for_somebody(shop: Activity) -> None:
    invoice = make.late(shop)
    make.remind(invoice, on=make.day_late(invoice, 3))
    make.remind(invoice, on=make.day_late(invoice, 15), tone=ReminderTone.FIRM)
    at = make.noon(make.day_late(invoice, 31))
    chase_settings.set_policy(shop, automatic=True, actor=None, at=at)
    assert stage_of(invoice, make.day_late(invoice, 31)) == ChaseStage.DUE
    assert chasing.leave_alone(at=at) == 0


def test_the_list_asks_as_much_for_one_as_for_many(shop: Activity, seller: User) -> None:
    invoice = make.late(shop)
    on = make.day_late(invoice, 4)
    with CaptureQueriesContext(connection) as one:
        list(chased_visible(seller, on=on))
    for _ in range(4):
        make.late(shop)
    with CaptureQueriesContext(connection) as many:
        rows = list(chased_visible(seller, on=on))
        fees_of(rows, on=on)
    assert len(rows) == 5
    assert len(many.captured_queries) <= len(one.captured_queries) + 4


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ([], "steps"),
        ([("3", "mail", "courteous"), ("3", "mail", "firm")], "steps-1-days"),
        ([("0", "mail", "courteous")], "steps-0-days"),
        ([("366", "mail", "courteous")], "steps-0-days"),
        ([("3", "pigeon", "courteous")], "steps-0-tone"),
        ([("3", "mail", "formal")], "steps-0-channel"),
        ([(str(day), "mail", "courteous") for day in range(1, 10)], "steps"),
    ],
)
def test_steps_that_make_no_sense_change_nothing(steps: list[tuple[str, str, str]], field: str) -> None:
    before = [step.days for step in steps_of_house()]
    told = [chase_settings.Step(int(days), channel, tone) for days, channel, tone in steps]
    with pytest.raises(Refused) as refusal:
        chase_settings.save_steps(None, steps=told, actor=None)
    assert refusal.value.field == field
    assert [step.days for step in steps_of_house()] == before == [3, 15, 30]


def steps_of_house() -> list[object]:
    return list(own_steps(None))


def test_a_pause_says_why_and_until_when(shop: Activity) -> None:
    invoice = make.late(shop)
    on = make.day_late(invoice, 5)
    for until, reason, field in ((on, " ", "reason"), (on - timedelta(days=1), "Promesse", "until")):
        with pytest.raises(Refused) as refusal:
            chase_settings.pause_reminders(invoice, until=until, reason=reason, actor=None, at=make.noon(on))
        assert refusal.value.field == field
    assert not invoice.reminder_pauses.exists()
    sales.pay(invoice, "240.00", on=on)
    with pytest.raises(Refused) as refusal:
        chase_settings.pause_reminders(invoice, until=on, reason="Promesse", actor=None, at=make.noon(on))
    assert refusal.value.code == Code.ALREADY_DONE


def test_a_dispute_is_opened_once_and_says_why(shop: Activity) -> None:
    customer = make.late(shop).customer
    for reason in ("", "x" * 251):
        with pytest.raises(Refused):
            chase_settings.open_dispute(customer, reason=reason, actor=None, on=sales.DAY)
    customer.refresh_from_db()
    assert customer.disputed_on is None
    chase_settings.open_dispute(customer, reason="Prix", actor=None, on=sales.DAY)
    with pytest.raises(Refused):
        chase_settings.open_dispute(customer, reason="Prix", actor=None, on=sales.DAY)
    chase_settings.close_dispute(customer, actor=None)
    with pytest.raises(Refused):
        chase_settings.close_dispute(customer, actor=None)


def test_a_limit_is_an_amount(shop: Activity) -> None:
    customer = sales.firm(shop)
    for wrong in ("-1", "1.001", "NaN"):
        with pytest.raises(Refused):
            chase_settings.set_credit_limit(customer, limit=Decimal(wrong), actor=None)
    assert chase_settings.set_credit_limit(customer, limit=Decimal(500), actor=None).credit_limit == 500
    assert chase_settings.set_credit_limit(customer, limit=None, actor=None).credit_limit is None
