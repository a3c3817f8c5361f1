"""The jobs of the room."""

from celery import shared_task

from governance.services import (
    convocation_files,
    minutes_files,
    register_files,
    representation_files,
    secret_jobs,
    secret_opening,
    secret_publishing,
    secret_watch,
    share_files,
)


@shared_task(name="governance.make_convocation_files")
def make_convocation_files(assembly_id: int) -> None:
    convocation_files.make_convocation_files(assembly_id)


@shared_task(name="governance.make_waiting_convocations")
def make_waiting_convocations() -> None:
    convocation_files.make_waiting_convocations()


@shared_task(name="governance.archive_minutes")
def archive_minutes(minutes_id: int) -> None:
    minutes_files.archive_minutes(minutes_id)


@shared_task(name="governance.archive_extract")
def archive_extract(extract_id: int) -> None:
    minutes_files.archive_extract(extract_id)


@shared_task(name="governance.archive_waiting_minutes")
def archive_waiting_minutes() -> None:
    minutes_files.archive_waiting_minutes()


@shared_task(name="governance.archive_bulletin")
def archive_bulletin(subscription_id: int) -> None:
    share_files.archive_bulletin(subscription_id)


@shared_task(name="governance.archive_share_certificate")
def archive_share_certificate(subscription_id: int) -> None:
    share_files.archive_certificate(subscription_id)


@shared_task(name="governance.archive_waiting_shares")
def archive_waiting_shares() -> None:
    share_files.archive_waiting_shares()


@shared_task(name="governance.archive_proxy")
def archive_proxy(proxy_id: int) -> None:
    representation_files.archive_proxy(proxy_id)


@shared_task(name="governance.archive_waiting_proxies")
def archive_waiting_proxies() -> None:
    representation_files.archive_waiting_proxies()


@shared_task(name="governance.make_attendance_sheet")
def make_attendance_sheet(job_id: int) -> None:
    representation_files.run_sheet(job_id)


@shared_task(name="governance.make_correspondence_form")
def make_correspondence_form(job_id: int) -> None:
    representation_files.run_form(job_id)


@shared_task(name="governance.certify_register")
def certify_register(job_id: int) -> None:
    register_files.run_certify(job_id)


@shared_task(name="governance.make_associate_certificate")
def make_associate_certificate(job_id: int) -> None:
    register_files.run_certificate(job_id)


@shared_task(name="governance.close_due_secret_votes")
def close_due_secret_votes() -> None:
    secret_opening.close_due()


@shared_task(name="governance.watch_boxes")
def watch_boxes() -> None:
    secret_watch.check_chains()


@shared_task(name="governance.purge_secret_votes")
def purge_secret_votes() -> None:
    secret_publishing.purge_due()


@shared_task(name="governance.tally_secret_vote")
def tally_secret_vote(job_id: int) -> None:
    secret_jobs.run_tally(job_id)


@shared_task(name="governance.verify_secret_vote")
def verify_secret_vote(job_id: int) -> None:
    secret_jobs.run_verify(job_id)
