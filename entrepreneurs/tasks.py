"""The jobs of the room."""

from celery import shared_task
from django.utils import timezone

from entrepreneurs.services import (
    agreement_files,
    applications,
    archiving,
    contract_files,
    ending,
    entry,
    interviews,
    letters,
    meetings,
    paper_mails,
    papers,
    signals,
    slot_invitations,
)


@shared_task(name="entrepreneurs.archive_report")
def archive_report_pdf(report_id: int) -> None:
    archiving.archive_report(report_id)


@shared_task(name="entrepreneurs.archive_interview")
def archive_interview_pdf(interview_id: int) -> None:
    archiving.archive_interview(interview_id)


@shared_task(name="entrepreneurs.remind_meetings")
def remind_meetings() -> None:
    meetings.remind_of_meetings(now=timezone.now())


@shared_task(name="entrepreneurs.plan_interviews")
def plan_interviews_of_today() -> None:
    interviews.plan_interviews(on=timezone.localdate())


@shared_task(name="entrepreneurs.raise_alerts")
def raise_alerts_of_today() -> None:
    signals.raise_alerts(on=timezone.localdate())


@shared_task(name="entrepreneurs.archive_signed_terms")
def archive_signed_terms(terms_id: int) -> None:
    contract_files.archive_signed_terms(terms_id)


@shared_task(name="entrepreneurs.archive_signed_agreement")
def archive_signed_agreement(agreement_id: int) -> None:
    agreement_files.archive_signed_agreement(agreement_id)


@shared_task(name="entrepreneurs.archive_waiting_signed")
def archive_waiting_signed() -> None:
    contract_files.archive_waiting()
    agreement_files.archive_waiting_agreements()


@shared_task(name="entrepreneurs.settle_contracts")
def settle_contracts_of_today() -> None:
    ending.settle_contracts(at=timezone.now())


@shared_task(name="entrepreneurs.make_letters")
def make_letters(job_id: int) -> None:
    letters.run_letters(job_id)


@shared_task(name="entrepreneurs.watch_invitations")
def watch_invitations_of_today() -> None:
    slot_invitations.watch_invitations(now=timezone.now())


@shared_task(name="entrepreneurs.keep_applications")
def keep_applications_of_today() -> None:
    today = timezone.localdate()
    applications.erase_forgotten_drafts(today)
    papers.expire_papers(today)
    paper_mails.remind_of_papers(today)
    entry.refresh_checklists(timezone.now())
