"""Makes the papers of representation: each proxy once; the attendance sheet and the blank form as they stand
when they are asked for (GOV-22 to 24)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import store_document
from cae.core.jobs import Progress, run_job, start_job
from cae.core.kept_words import house_words
from cae.core.letters import LANGUAGE
from cae.core.models import Document, Job
from cae.core.signing import evidence_of
from governance.documents.representation import form_pdf, proxy_pdf, sheet_pdf
from governance.models import Assembly, Proxy, Resolution
from governance.selectors.assemblies import texts_of
from governance.selectors.attendance_sheet import sheet_rows, sheet_totals
from governance.selectors.correspondence import asked_of
from governance.selectors.representation import correspondence_until, resolutions_asked
from governance.selectors.standing import standing_at
from governance.selectors.vote_papers import choice_words
from governance.services.representing import require_correspondence
from governance.states.assemblies import ProxyState
from governance.states.votes import ON_SCREEN

PROXY_FILE = "governance.proxy"
SHEET_FILE = "governance.attendance_sheet"
FORM_FILE = "governance.correspondence_form"
MAKE_SHEET, MAKE_FORM = "governance.make_attendance_sheet", "governance.make_correspondence_form"
# As long as the papers of a company’s assemblies may be asked for.
KEPT_YEARS = 10
SWEEP = 20


@transaction.atomic
def archive_proxy(proxy_id: int) -> Document | None:
    """Does: makes the PDF of a proxy, of its instructions as they are now; a second call finds it done.
    Refuses: nothing; one refused has none. Leaves behind: the document."""
    rows = Proxy.objects.select_for_update(of=("self",)).select_related(
        "assembly", "principal__person", "principal__organisation", "holder__person", "holder__organisation"
    )
    proxy = rows.select_related("signature__drawing").get(pk=proxy_id)
    if proxy.pdf_id is not None or proxy.state == ProxyState.REFUSED:
        return proxy.pdf
    content = proxy_pdf(
        proxy,
        instructions=instructions_read(proxy),
        signature=evidence_of(proxy.signature) if proxy.signature else None,
    )
    on, former = timezone.localdate(proxy.given_at), proxy.former_papers.count()
    name = f"pouvoir-{proxy.pk}-version-{former + 1}.pdf" if former else f"pouvoir-{proxy.pk}.pdf"
    proxy.pdf = _stored(content, PROXY_FILE, name, proxy, actor=None, on=on)
    proxy.save(update_fields=["pdf"])
    return proxy.pdf


def archive_waiting_proxies() -> int:
    """Does: makes the PDFs that a dead worker left behind. Refuses: nothing. Leaves behind: the documents;
    gives how many were made."""
    waiting = Proxy.objects.filter(pdf=None).exclude(state=ProxyState.REFUSED).order_by("pk")
    return sum(archive_proxy(pk) is not None for pk in list(waiting.values_list("pk", flat=True)[:SWEEP]))


def instructions_read(proxy: Proxy) -> list[tuple[Resolution, str]]:
    """Gives the resolutions on which the principal said something, with its words, in order."""
    labels = {answer.value: str(answer.label) for answer in ON_SCREEN}
    said = proxy.instructions
    return [
        (one, choice_words({"answer": said[str(one.pk)]}, labels))
        for one in resolutions_asked(proxy.assembly)
        if said.get(str(one.pk))
    ]


def ask_sheet(assembly: Assembly, *, actor: Any) -> Job:
    """Does: asks for the attendance sheet as it will stand when it is made. Refuses: nothing. Leaves behind:
    the job, whose page gives the document."""
    label = house_words(gettext_lazy("Feuille de présence"), assembly.title)
    return start_job(MAKE_SHEET, label=label, actor=actor, total=1, assembly=assembly.pk)


def ask_form(assembly: Assembly, *, actor: Any) -> Job:
    """Does: asks for the blank form of vote by correspondence. Refuses: rules that do not admit it. Leaves
    behind: the job, whose page gives the document."""
    require_correspondence(assembly)
    label = house_words(gettext_lazy("Formulaire de vote par correspondance"), assembly.title)
    return start_job(MAKE_FORM, label=label, actor=actor, total=1, assembly=assembly.pk)


def run_sheet(job_id: int) -> None:
    """Does: makes the sheet of a job. Refuses: nothing. Leaves behind: the document, audit."""
    run_job(job_id, _make_sheet)


def run_form(job_id: int) -> None:
    """Does: makes the form of a job. Refuses: nothing. Leaves behind: the document."""
    run_job(job_id, _make_form)


def _make_sheet(progress: Progress) -> Document | None:
    return _made(progress, make_sheet)


def _make_form(progress: Progress) -> Document | None:
    return _made(progress, make_form)


def _made(progress: Progress, make: Callable[..., Document]) -> Document | None:
    """The one document of a job."""
    made: list[Document] = []
    now, author = timezone.now(), progress.job.author
    rows = Assembly.objects.filter(pk=progress.arguments["assembly"])
    progress.each(list(rows), lambda one: made.append(make(one, now=now, actor=author)))
    return made[0] if made else None


def make_sheet(assembly: Assembly, *, now: datetime, actor: Any) -> Document:
    """Does: writes the sheet as it stands now, at the end of the sitting once it is closed. Refuses: nothing.
    Leaves behind: the document, audit."""
    at = assembly.closed_at or now
    with translation.override(LANGUAGE):
        standing = standing_at(assembly, at)
        content = sheet_pdf(assembly, sheet_rows(assembly, standing), sheet_totals(assembly, standing))
    with transaction.atomic():
        name = f"feuille-de-presence-{timezone.localtime(at):%Y-%m-%d-%Hh%M}.pdf"
        document = _stored(content, SHEET_FILE, name, assembly, actor=actor, on=timezone.localdate(now))
        audit.record(actor, "governance.attendance.print", assembly)
        return document


def make_form(assembly: Assembly, *, now: datetime, actor: Any) -> Document:
    """Does: writes the blank form. Refuses: rules that do not admit it. Leaves behind: the document."""
    require_correspondence(assembly)
    asked = [asked_of(one) for one in resolutions_asked(assembly)]
    texts = texts_of([one.resolution for one in asked])
    until = correspondence_until(assembly) or assembly.starts_at
    content = form_pdf(assembly, asked, texts, until=until, at=now)
    on = timezone.localdate(now)
    return _stored(content, FORM_FILE, "vote-par-correspondance.pdf", assembly, actor=actor, on=on)


def _stored(content: bytes, kind: str, name: str, about: Any, *, actor: Any, on: date) -> Document:
    return store_document(
        content,
        kind=kind,
        name=name,
        mime="application/pdf",
        about=about,
        actor=actor,
        retention_until=date(on.year + KEPT_YEARS, 12, 31),
    )
