"""Before a quote is over: the sellers told once, the customer reminded in one click or by itself (INV-17)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Notice, OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.models import Quote, Sending
from invoicing.services import reminding
from invoicing.services.seeing import SEEN, note_seen
from invoicing.services.sending import copy_link
from invoicing.states.sales import SendingKind
from people.models import User
from tests.factories import sendings as make

pytestmark = pytest.mark.django_db


def days_before_the_end(quote: Quote, days: int) -> datetime:
    assert quote.valid_until is not None
    return timezone.now() + (quote.valid_until - timezone.localdate()) - timedelta(days=days)


def test_the_end_is_told_three_days_before_and_once(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    assert reminding.watch_ending_quotes(at=days_before_the_end(quote, 4)) == 0
    assert reminding.watch_ending_quotes(at=days_before_the_end(quote, 3)) == 1
    assert reminding.watch_ending_quotes(at=days_before_the_end(quote, 2)) == 0
    notice = Notice.objects.get(user=seller, kind=reminding.ENDING)
    assert f"{quote.valid_until:%d/%m/%Y}" in notice.subject


def test_after_a_week_off_the_end_is_still_told(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    assert reminding.watch_ending_quotes(at=days_before_the_end(quote, -4)) == 1
    assert "n’est plus valable" in Notice.objects.get(user=seller, kind=reminding.ENDING).subject


def test_what_is_answered_or_never_left_is_not_told(shop: Activity) -> None:
    quote, token = make.sent_quote(shop)
    make.accept(quote, token)
    make.ready_quote(shop)
    assert reminding.watch_ending_quotes(at=days_before_the_end(quote, 0)) == 0


def test_the_customer_is_reminded_in_one_click(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    reminding.remind_customer(quote, actor=seller, at=timezone.now())
    sending = quote.sendings.get(kind=SendingKind.REMINDER)
    assert (sending.to, sending.sent_by) == (make.READER, seller)
    assert sending.email is not None
    assert sending.email.cause == "invoicing.mail_reminder"


def test_a_quote_that_left_by_no_mail_reminds_nobody(shop: Activity, seller: User) -> None:
    quote = make.ready_quote(shop)
    copy_link(quote, actor=seller, at=timezone.now())
    with pytest.raises(Refused) as refusal:
        reminding.remind_customer(quote, actor=seller, at=timezone.now())
    assert refusal.value.code == Code.VALUE_MISSING
    assert not OutgoingEmail.objects.exists()


def test_an_answered_quote_reminds_nobody(shop: Activity, seller: User) -> None:
    quote, token = make.sent_quote(shop)
    make.accept(quote, token)
    before = Sending.objects.count(), OutgoingEmail.objects.count()
    with pytest.raises(IllegalMove):
        reminding.remind_customer(quote, actor=seller, at=timezone.now())
    assert (Sending.objects.count(), OutgoingEmail.objects.count()) == before


def test_by_itself_only_if_the_cooperative_says_so_and_once(shop: Activity) -> None:
    quote, _token = make.sent_quote(shop)
    reminding.watch_ending_quotes(at=days_before_the_end(quote, 5))
    assert not quote.sendings.filter(kind=SendingKind.REMINDER).exists()
    set_setting(
        parameters.REMINDER_DAYS, value="5", valid_from=timezone.localdate(), actor=None, reason="Essai"
    )
    for days in (6, 5, 4, 1):
        reminding.watch_ending_quotes(at=days_before_the_end(quote, days))
    reminder = quote.sendings.get(kind=SendingKind.REMINDER)
    assert reminder.sent_by is None


def test_nobody_is_reminded_of_a_quote_that_is_over(shop: Activity) -> None:
    set_setting(
        parameters.REMINDER_DAYS, value="5", valid_from=timezone.localdate(), actor=None, reason="Essai"
    )
    quote, _token = make.sent_quote(shop)
    reminding.watch_ending_quotes(at=days_before_the_end(quote, -1))
    assert not quote.sendings.filter(kind=SendingKind.REMINDER).exists()


def test_seen_is_told_the_first_time_only(shop: Activity, seller: User) -> None:
    quote, _token = make.sent_quote(shop)
    first, later = timezone.now(), timezone.now() + timedelta(hours=2)
    note_seen(quote.sendings.get(), at=first)
    note_seen(quote.sendings.get(), at=later)
    sending = quote.sendings.get()
    assert (sending.first_seen_at, sending.last_seen_at) == (first, later)
    assert Notice.objects.filter(user=seller, kind=SEEN).count() == 1
