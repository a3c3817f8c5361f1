"""Makes the files of the register: certified and signed as of a day; the certificate of one associate."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.jobs import Progress, run_job, start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job, Signature
from cae.core.signing import Hand, Origin, evidence_of, sign
from cae.core.templatetags.formats import day as shown
from governance.documents.register import certificate_pdf, lines_of, register_hash, register_pdf
from governance.models import Associate
from governance.selectors.register import register_on

REGISTER_FILE, CERTIFICATE_FILE = "governance.register", "governance.associate_certificate"
CERTIFY, MAKE_CERTIFICATE = "governance.certify_register", "governance.make_associate_certificate"
PURPOSE = "governance.register"
# A certified register proves who could decide: kept as long as a decision can be disputed, and beyond.
REGISTER_YEARS, CERTIFICATE_YEARS = 50, 5


@transaction.atomic
def certify_register(*, on: date, hand: Hand, origin: Origin, actor: Any, at: datetime) -> Job:
    """Does: signs the register as of a day and asks for its file. Refuses: a day to come, no name, no mark,
    no identity of the cooperative. Leaves behind: the signature of what the register says; the job that a
    page follows; audit."""
    _refuse_future(on, at)
    cooperative_on(timezone.localdate(at))
    content_sha256 = register_hash(lines_of(register_on(on)), on)
    job = start_job(
        CERTIFY,
        label=house_words(gettext_lazy("Registre des associé·es certifié"), shown(on)),
        actor=actor,
        total=1,
        on=on.isoformat(),
    )
    sign(
        job,
        purpose=PURPOSE,
        hand=hand,
        content_sha256=content_sha256,
        at=at,
        origin=origin,
        terms=_("Je certifie ce registre conforme à celui de la coopérative."),
        actor=actor,
    )
    audit.record(actor, "governance.register.certify", job, detail={"on": on.isoformat()})
    return job


def run_certify(job_id: int) -> None:
    """Does: prints the register that was signed. Refuses: a register that says something else since; the job
    then fails with the reason. Leaves behind: the file, once."""
    run_job(job_id, _certified)


def _certified(progress: Progress) -> Document | None:
    job, on = progress.job, date.fromisoformat(progress.arguments["on"])
    known = Document.objects.filter(kind=REGISTER_FILE, **audit.about(job)).first()
    if known is not None:
        return known
    signature = Signature.objects.filter(purpose=PURPOSE, **audit.about(job)).get()
    lines = lines_of(register_on(on))
    if register_hash(lines, on) != signature.content_sha256:
        raise Refused(
            Code.STALE_FORM, _("Le registre a changé depuis votre signature : certifiez-le de nouveau.")
        )
    content = register_pdf(
        lines,
        on=on,
        made_on=timezone.localdate(signature.signed_at),
        content_sha256=signature.content_sha256,
        hand=evidence_of(signature),
    )
    return _stored(content, job, REGISTER_FILE, f"registre-des-associes-{on}.pdf", REGISTER_YEARS)


def ask_certificate(associate: Associate, *, on: date, actor: Any, at: datetime) -> Job:
    """Does: asks for the certificate of an associate as of a day. Refuses: a day to come, a day on which the
    register does not name them. Leaves behind: the job that a page follows."""
    _refuse_future(on, at)
    if not associate.is_associate_on(on):
        raise Refused(
            Code.DATE_INVALID,
            _("%(name)s n’est pas associé·e à cette date.") % {"name": associate},
            field="on",
        )
    return start_job(
        MAKE_CERTIFICATE,
        label=house_words(gettext_lazy("Attestation d’associé·e"), associate),
        actor=actor,
        total=1,
        associate=associate.pk,
        on=on.isoformat(),
    )


def run_certificate(job_id: int) -> None:
    """Does: prints the certificate that a job asks for. Refuses: nothing. Leaves behind: the file, once."""
    run_job(job_id, _certificate)


def _certificate(progress: Progress) -> Document | None:
    job, on = progress.job, date.fromisoformat(progress.arguments["on"])
    known = Document.objects.filter(kind=CERTIFICATE_FILE, **audit.about(job)).first()
    if known is not None:
        return known
    row = register_on(on).filter(pk=progress.arguments["associate"]).first()
    if row is None:
        raise Refused(Code.DATE_INVALID, _("Cette personne n’est pas associée à cette date."))
    made_on = timezone.localdate(job.created_at)
    content = certificate_pdf(lines_of([row])[0], on=on, made_on=made_on)
    name = f"attestation-associe-{slugify(str(row))}-{on}.pdf"
    return _stored(content, job, CERTIFICATE_FILE, name, CERTIFICATE_YEARS)


def _stored(content: bytes, job: Job, kind: str, name: str, years: int) -> Document:
    today = timezone.localdate(job.created_at)
    return store_document(
        content,
        kind=kind,
        name=name,
        mime="application/pdf",
        about=job,
        actor=job.author,
        retention_until=date(today.year + years, 12, 31),
    )


def _refuse_future(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="on")
