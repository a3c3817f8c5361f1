"""Jobs of the books."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from celery.signals import worker_process_shutdown
from django.utils import timezone

from accounting.engines.pay_rules import close_engine
from accounting.models import FiscalYear, PayMonth, ScaleTrial
from accounting.selectors.contribution_year import CLOSING_TASK as YEAR_TASK
from accounting.services.audit_files import TASK as AUDIT_TASK
from accounting.services.audit_files import make_audit_file
from accounting.services.bank_importing import TASK as IMPORT_TASK
from accounting.services.bank_importing import import_later
from accounting.services.closing_files import make_closing_file, make_waiting_files
from accounting.services.contribution_run import TASK, ask_for_last_month, run_contributions
from accounting.services.contribution_year import close_contributions
from accounting.services.controlling import control_books
from accounting.services.deadline_notices import keep_deadlines
from accounting.services.deposit_files import make_deposit_file
from accounting.services.entry_models import post_due
from accounting.services.exporting import TASK as EXPORT_TASK
from accounting.services.exporting import export_asked
from accounting.services.fec_making import TASK as FEC_TASK
from accounting.services.fec_making import make_fec_file
from accounting.services.forecast_alerts import tell_low_forecasts
from accounting.services.ledger_applying import work_on_ledger
from accounting.services.ledger_imports import TASK as LEDGER_TASK
from accounting.services.lettering_bulk import TASK as LETTER_TASK
from accounting.services.lettering_bulk import letter_account
from accounting.services.pay_engines import engine_of
from accounting.services.pay_journals import TASK as JOURNAL_TASK
from accounting.services.pay_journals import import_stored
from accounting.services.pay_making import TASK as PROPOSE_TASK
from accounting.services.pay_making import propose_pay
from accounting.services.pay_sheets import TASK as SHEETS_TASK
from accounting.services.pay_sheets import print_month
from accounting.services.pay_years import TASK as YEARS_TASK
from accounting.services.pay_years import compute_years
from accounting.services.periods import FILE_TASK as CLOSING_FILE_TASK
from accounting.services.reversals import reverse_due
from accounting.services.scale_trials import TASK as TRIAL_TASK
from accounting.services.scale_trials import run_trial
from accounting.services.totals import fold_totals
from accounting.services.year_closings import TASK as CARRY_TASK
from accounting.services.year_closings import carry_year
from accounting.services.year_statements import TASK as STATEMENTS_TASK
from accounting.services.year_statements import send_statements
from cae.core.jobs import Progress, run_job
from cae.core.models import Document
from cae.core.periods import Month, Span


@shared_task(name="accounting.check_books")
def check_books() -> None:
    """Each night, on behalf of nobody."""
    control_books(actor=None)


@shared_task(name="accounting.check_books_now")
def check_books_now(job_id: int) -> None:
    """Asked for by a person, who follows it on its page."""

    def work(progress: Progress) -> None:
        control_books(actor=progress.job.author, through=progress)

    run_job(job_id, work)


@shared_task(name=TASK)
def run_contributions_now(job_id: int) -> None:
    """The contribution of a month, over all its activities or those that failed."""

    def work(progress: Progress) -> None:
        month = Month.parse(progress.arguments["month"])
        only = progress.arguments.get("ids")
        run_contributions(month, today=timezone.localdate(), through=progress, only=only)

    run_job(job_id, work)


@shared_task(name="accounting.run_last_month")
def run_last_month() -> None:
    """Each month, once the one before is over."""
    ask_for_last_month(today=timezone.localdate())


@shared_task(name=IMPORT_TASK)
def import_bank_file(job_id: int) -> None:
    """A long statement of the bank, asked for by a person who follows it on its page."""

    def work(progress: Progress) -> None:
        import_later(progress, today=timezone.localdate())

    run_job(job_id, work)


@shared_task(name=CLOSING_FILE_TASK)
def make_closing_certificate(closing_id: int) -> None:
    make_closing_file(closing_id)


@shared_task(name=PROPOSE_TASK)
def propose_pay_now(job_id: int) -> None:
    """The proposals of a month, for all who are salaried or those that failed."""

    def work(progress: Progress) -> None:
        month = Month.parse(progress.arguments["month"])
        only = progress.arguments.get("ids")
        propose_pay(month, today=timezone.localdate(), through=progress, engines=engine_of, only=only)

    run_job(job_id, work)


@shared_task(name="accounting.keep_deadlines")
def keep_deadlines_of_year() -> None:
    """Each morning: the tax calendar of the year, and reminders of what is near."""
    keep_deadlines(today=timezone.localdate())


@shared_task(name=TRIAL_TASK)
def run_scale_trial(job_id: int) -> None:
    """A proposed scale over the years that were chosen."""

    def work(progress: Progress) -> None:
        trial = ScaleTrial.objects.get(pk=progress.arguments["trial"])
        run_trial(trial, today=timezone.localdate(), through=progress)

    run_job(job_id, work)


@worker_process_shutdown.connect
def end_pay_engine(**_facts: object) -> None:
    """A child of the worker ends without Python's last words: V8 would keep it from ending."""
    close_engine()


@shared_task(name="accounting.fold_totals")
def fold_month_totals() -> None:
    """All day long: what was posted joins the total of its month."""
    fold_totals()


@shared_task(name=YEAR_TASK)
def close_contributions_now(job_id: int) -> None:
    """The year of contribution of all its activities, or of those that failed."""

    def work(progress: Progress) -> None:
        year, only = progress.arguments["year"], progress.arguments.get("ids")
        close_contributions(year, today=timezone.localdate(), through=progress, only=only)

    run_job(job_id, work)


@shared_task(name=LETTER_TASK)
def letter_account_now(job_id: int) -> None:
    """All that is proposed of an account, asked for by a person who looked at it."""
    letter_account(job_id, on=timezone.localdate())


@shared_task(name="accounting.post_due_entries")
def post_due_entries() -> None:
    """Each night: subscriptions whose date has come, reversals planned, certificates not printed."""
    today = timezone.localdate()
    post_due(today=today)
    reverse_due(today=today)
    make_waiting_files()


@shared_task(name=JOURNAL_TASK)
def import_pay_journal(job_id: int) -> None:
    """The payroll journal of a month, in one transaction."""

    def work(progress: Progress) -> None:
        import_stored(progress.arguments, actor=progress.job.author)

    run_job(job_id, work)


@shared_task(name=YEARS_TASK)
def compute_pay_years(job_id: int) -> None:
    """The balance of a year, person by person, for all or those that failed."""

    def work(progress: Progress) -> None:
        given = progress.arguments
        year = Span(date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"]))
        compute_years(year, through=progress, only=given.get("ids"))

    run_job(job_id, work)


@shared_task(name="accounting.make_deposit_file")
def make_deposit_slip_file(slip_id: int) -> None:
    make_deposit_file(slip_id)


@shared_task(name=SHEETS_TASK)
def print_pay_month(job_id: int) -> None:
    """The pay of a month on paper, a page a person."""

    def work(progress: Progress) -> Document:
        month = PayMonth.objects.get(pk=progress.arguments["month"])
        return print_month(month, through=progress)

    run_job(job_id, work)


@shared_task(name=FEC_TASK)
def make_fec_now(job_id: int) -> None:
    """The FEC of a year, which the page of the job leads to."""
    run_job(job_id, make_fec_file)


@shared_task(name=LEDGER_TASK)
def import_ledger_now(job_id: int) -> None:
    """A long file of a ledger kept elsewhere: tried, applied or undone whole."""
    run_job(job_id, work_on_ledger)


@shared_task(name=EXPORT_TASK)
def export_entries_now(job_id: int) -> None:
    """A batch for an accounting program, which the page of the job leads to."""
    run_job(job_id, export_asked)


@shared_task(name=CARRY_TASK)
def carry_year_now(job_id: int) -> None:
    """The result of a year, section by section, for all or those that failed."""

    def work(progress: Progress) -> None:
        year = FiscalYear.objects.get(pk=progress.arguments["year"])
        carry_year(year, through=progress, only=progress.arguments.get("ids"))

    run_job(job_id, work)


@shared_task(name=STATEMENTS_TASK)
def send_year_statements(job_id: int) -> None:
    """The statement of a year to each activity, all of them in one file."""

    def work(progress: Progress) -> Document:
        year = FiscalYear.objects.get(pk=progress.arguments["year"])
        only = progress.arguments.get("ids")
        return send_statements(year, today=timezone.localdate(), through=progress, only=only)

    run_job(job_id, work)


@shared_task(name="accounting.tell_low_forecasts")
def tell_low_cash_forecasts() -> None:
    """Each Monday: the activities whose cash is to go below what they keep, once a month each."""
    tell_low_forecasts(today=timezone.localdate())


@shared_task(name=AUDIT_TASK)
def make_audit_file_now(job_id: int) -> None:
    """The proof file of a year, which the page of the job leads to."""
    run_job(job_id, make_audit_file)
