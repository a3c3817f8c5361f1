"""The jobs of the room: each calls services that can run twice without harm."""

from celery import shared_task
from django.utils import timezone

from coworking.services import (
    billing,
    billing_documents,
    booking_days,
    booking_series,
    certificates,
    enrolment_requests,
    erasing_events,
    erasing_members,
    evaluations,
    event_promotion,
    held_money,
    hire_quotes,
    hiring,
    presences,
    sending_bills,
    sheets,
    signups,
    subscriptions,
    visitors,
    waiting,
    waiting_list,
)


@shared_task(name=billing.TASK)
def bill_month(job_id: int) -> None:
    billing_documents.bill_month(job_id)


@shared_task(name=held_money.PAY_TASK)
def pay_with_deposits(invoice_id: int) -> None:
    """Pays an invoice just issued with the deposits kept for it."""
    held_money.pay_with_deposits(invoice_id, today=timezone.localdate())


@shared_task(name=sending_bills.SEND_TASK)
def send_invoice(invoice_id: int) -> None:
    """Sends an invoice of a run that was just issued."""
    sending_bills.send_run_invoice(invoice_id, at=timezone.now())


@shared_task(name="coworking.settle_members")
def settle_members() -> None:
    """Closes the subscriptions whose last day is past, erases the requests refused long ago, pays with
    deposits kept what a stopped worker left."""
    now = timezone.now()
    held_money.pay_waiting(today=timezone.localdate(now))
    subscriptions.end_past(on=timezone.localdate(now))
    signups.erase_refused(now=now)


@shared_task(name="coworking.run_bookings")
def run_bookings() -> None:
    """Begins what its holder is there for, frees what nobody came for, ends what is over, lets offers and
    quotes without answer lapse."""
    now = timezone.now()
    presences.begin_for_those_there(now=now)
    booking_days.release_missed(now=now)
    booking_days.end_past(now=now)
    waiting.lapse_offers(now=now)
    hiring.lapse_hires(now=now)


@shared_task(name=hire_quotes.TASK)
def give_up_hire_quote(booking: int, is_due: bool) -> None:
    hire_quotes.give_up_quote(booking, is_due=is_due)


@shared_task(name="coworking.end_days")
def end_days() -> None:
    """Each night: ends the presences of the day before that nobody said, erases the names of visitors."""
    now = timezone.now()
    presences.close_forgotten(now=now)
    visitors.erase_visitors(now=now)


@shared_task(name="coworking.keep_series")
def keep_series() -> None:
    booking_series.keep_series(now=timezone.now())


@shared_task(name="coworking.remind_of_bookings")
def remind_of_bookings() -> None:
    booking_days.remind_of_bookings(now=timezone.now())


@shared_task(name="coworking.move_waiting_lists")
def move_waiting_lists() -> None:
    waiting_list.move_waiting_lists(now=timezone.now())


@shared_task(name="coworking.remind_of_events")
def remind_of_events() -> None:
    event_promotion.remind_of_events(now=timezone.now())


@shared_task(name="coworking.forget_registrations")
def forget_registrations() -> None:
    """Each night: strangers who came, who asked for a training that they did not follow, or for a room that
    they did not have."""
    today = timezone.localdate()
    erasing_events.forget_registrations(on=today)
    enrolment_requests.forget_requests(on=today)
    erasing_members.forget_hires(on=today)


@shared_task(name="coworking.make_certificates")
def make_certificates(job_id: int) -> None:
    certificates.run_certificates(job_id)


@shared_task(name="coworking.gather_certificates")
def gather_certificates(job_id: int) -> None:
    certificates.gather_certificates(job_id)


@shared_task(name="coworking.keep_training")
def keep_training() -> None:
    """Each morning: missing signatures are chased, opinions asked for."""
    now = timezone.now()
    sheets.chase_signatures(at=now)
    evaluations.ask_evaluations_due(at=now)
