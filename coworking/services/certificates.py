"""Certificates of what was followed: in bulk once a session is over, and gathered in one archive (COW-46)."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, run_job, start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from coworking.documents.training import certificate_pdf
from coworking.models import Enrolment, TrainingSession
from coworking.selectors.sheets import line_of
from coworking.services.training_mails import send_certificate
from coworking.states.training import EnrolmentState, SessionState

MAKE_CERTIFICATES = "coworking.make_certificates"
CERTIFICATE_FILE = "coworking.training_certificate"
RETENTION_YEARS = 10
GATHER_CERTIFICATES = "coworking.gather_certificates"
ARCHIVE_FILE = "coworking.training_certificates"
# A convenience copy: the certificates themselves are kept ten years.
KEPT_DAYS = 7
_FOLLOWED = (EnrolmentState.DONE, EnrolmentState.DROPPED)


def ask_certificates(session: TrainingSession, *, actor: Any) -> Job:
    """Does: asks for the certificates that are missing of a session. Refuses: a session that is not over, one
    whose certificates are all made. Leaves behind: the job that a page follows."""
    if session.state != SessionState.DONE:
        raise Refused(Code.ILLEGAL_MOVE, _("Terminez d’abord cette session."))
    waiting = waiting_for_certificate(session)
    if not waiting:
        raise Refused(Code.ALREADY_DONE, _("Tous les certificats sont faits."))
    return start_job(
        MAKE_CERTIFICATES,
        label=house_words(gettext_lazy("Certificats de réalisation"), session),
        actor=actor,
        total=len(waiting),
        session=session.pk,
        ids=waiting,
    )


def waiting_for_certificate(session: TrainingSession) -> list[int]:
    """The keys of the enrolments of a session that have no certificate yet."""
    rows = session.enrolments.filter(state__in=_FOLLOWED, certificate__isnull=True)
    return list(rows.order_by("sort_name", "pk").values_list("pk", flat=True))


def run_certificates(job_id: int) -> None:
    """Does: makes each certificate that a job asks for, once. Refuses: against its trainee, a half-day that
    they did not sign and may still sign, nothing signed at all. Leaves behind: a document each, named by its
    enrolment."""
    run_job(job_id, _made)


def _made(progress: Progress) -> None:
    actor = progress.job.author
    rows = Enrolment.objects.filter(pk__in=progress.arguments["ids"]).order_by("sort_name", "pk")

    def make(one: Enrolment) -> None:
        make_certificate(one, actor=actor)

    progress.each(rows, make)


def ask_archive(session: TrainingSession, *, actor: Any) -> Job:
    """Does: asks for the archive of the certificates that a session has. Refuses: a session without any.
    Leaves behind: the job whose page gives the archive."""
    ids = list(session.enrolments.filter(certificate__isnull=False).values_list("pk", flat=True))
    if not ids:
        raise Refused(Code.EMPTY_DOCUMENT, _("Cette session n’a pas encore de certificat."))
    return start_job(
        GATHER_CERTIFICATES,
        label=house_words(gettext_lazy("Archive des certificats"), session),
        actor=actor,
        total=len(ids),
        session=session.pk,
        ids=ids,
    )


def gather_certificates(job_id: int) -> None:
    """Does: puts the certificates that a job asks for in one archive, as they were sent. Refuses: against its
    trainee, a file that was changed. Leaves behind: the archive as the result of the job, kept a week."""
    run_job(job_id, _gathered)


def _gathered(progress: Progress) -> Document:
    if progress.kept is not None:
        return progress.kept
    job, buffer = progress.job, BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:

        def add(one: Enrolment) -> None:
            if one.certificate is not None:
                archive.writestr(one.certificate.name, read_document(one.certificate))

        rows = Enrolment.objects.filter(pk__in=progress.arguments["ids"]).select_related("certificate")
        progress.each(rows.order_by("sort_name", "pk"), add)
    on = timezone.localdate()
    with transaction.atomic():
        made = store_document(
            buffer.getvalue(),
            kind=ARCHIVE_FILE,
            name=f"certificats-session-{progress.arguments['session']}-{on.isoformat()}.zip",
            mime="application/zip",
            about=job,
            actor=job.author,
            retention_until=on + timedelta(days=KEPT_DAYS),
        )
        progress.keep(made)
    return made


@transaction.atomic
def make_certificate(enrolment: Enrolment, *, actor: Any) -> Document:
    """Does: makes the certificate of a trainee from the half-days they signed; a second call finds it done.
    Refuses: nothing signed, a missing signature of somebody who did not give up. Leaves behind: the document,
    mailed to the trainee; audit."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("session__course")
    row = rows.get(pk=enrolment.pk)
    if row.certificate is not None:
        return row.certificate
    now = timezone.now()
    line = line_of(row, now=now)
    if not line.hours:
        raise Refused(Code.VALUE_MISSING, _("Aucune demi-journée signée."))
    missing = sum(cell.may_sign for cell in line.cells)
    if missing:
        raise Refused(Code.VALUE_MISSING, _("Il manque des signatures (%(count)d).") % {"count": missing})
    on = timezone.localdate(now)
    row.certificate = store_document(
        certificate_pdf(line, on=on),
        kind=CERTIFICATE_FILE,
        name=f"certificat-{slugify(row.full_name)}-{row.pk}.pdf",
        mime="application/pdf",
        about=row,
        actor=actor,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
    row.save(update_fields=["certificate"])
    audit.record(actor, "coworking.certificate.make", row)
    send_certificate(row, row.certificate.pk, actor=actor)
    return row.certificate
