"""Yearly statements: sent to each activity, reminded, accepted by whoever leads it (ACC-46)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.documents import year_statement_pdf
from accounting.models import AnalyticAccount, FiscalYear, StatementAgreement, YearClosing
from accounting.selectors.year_statements import (
    ARCHIVE_FILE,
    STATEMENT_FILE,
    Moved,
    file_of_statement,
    is_to_review,
    moved_by_section,
    moved_since,
    sections_of_year,
    standing_of_year,
)
from accounting.services.year_closings import ensure_closing
from accounting.services.year_notices import tell_again, tell_sent
from accounting.states.year_end import STATEMENT_FLOW, StatementState
from cae.core import audit
from cae.core.documents import open_document, store_document, store_file
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from cae.core.signing import Hand, Origin, sign
from cae.core.templatetags.formats import day
from cae.core.workflow import performs

TASK = "accounting.send_year_statements"
PURPOSE = "accounting.year_statement"
# As long as the books (C. com. L123-22).
RETENTION_YEARS = 10


def ask_to_send(year: FiscalYear, *, today: date, actor: Any) -> Job:
    """Does: starts the job that makes and sends the statements of a year. Refuses: a year that is not over,
    one in which no activity moved anything. Leaves behind: the job, which leads to all of them together."""
    if year.ends_on >= today:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cet exercice n’est pas fini : ses relevés s’envoient à partir du lendemain du %(day)s.")
            % {"day": day(year.ends_on)},
        )
    count = sections_of_year(year).count()
    if not count:
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucune activité n’a d’écriture dans cet exercice."))
    label = house_words(gettext_lazy("Relevés annuels des activités"), day(year.ends_on))
    return start_job(TASK, label=label, actor=actor, total=count, year=year.pk)


def send_statements(
    year: FiscalYear, *, today: date, through: Progress, only: Sequence[int] | None = None
) -> Document:
    """Does: sends each activity the statement of its year, `only` those if some are named. Refuses: nothing;
    what one activity lacks is noted against it and the others go on. Leaves behind: statements, a notice
    each; those that still say what the books say are left as they are; gives all of them in one file."""
    rows = sections_of_year(year)
    if only is not None:
        rows = rows.filter(pk__in=only)

    def work(section: AnalyticAccount) -> None:
        send_statement(section, year=year, today=today, actor=through.job.author)

    through.each(rows, work)
    return _archive(year, through)


@transaction.atomic
def send_statement(
    section: AnalyticAccount, *, year: FiscalYear, today: date, actor: Any
) -> StatementAgreement:
    """Does: makes the statement of an activity and sends it; one that still says what the books say is given
    as it is. Refuses: nothing. Leaves behind: the statement with its file, the former one replaced, a notice
    to those who lead the activity; audit."""
    # One after the other: two accountants send one statement.
    YearClosing.objects.select_for_update().get(pk=ensure_closing(year).pk)
    moved = moved_by_section(year, only=section).get(section.pk, Moved())
    known = StatementAgreement.objects.standing().filter(year=year, analytic=section).first()
    if known is not None:
        if not is_to_review(known, moved):
            return known
        _replace(known, actor=actor)
    content = year_statement_pdf(section, year)
    row = StatementAgreement.objects.create(
        year=year,
        analytic=section,
        result=moved.result,
        debit=moved.debit,
        credit=moved.credit,
        content_sha256=hashlib.sha256(content).hexdigest(),
        created_by=actor,
    )
    store_document(
        content,
        kind=STATEMENT_FILE,
        name=_name(row),
        mime="application/pdf",
        about=row,
        actor=actor,
        retention_until=_kept_until(year),
    )
    audit.record(actor, "accounting.send_statement", row)
    tell_sent(row, today=today, actor=actor)
    return row


@performs(STATEMENT_FLOW, "replace")
def _replace(row: StatementAgreement, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `send_statement`."""


def _name(row: StatementAgreement) -> str:
    return f"releve-{row.analytic.code.lower()}-{row.year.ends_on:%Y-%m-%d}.pdf"


def _kept_until(year: FiscalYear) -> date:
    return date(year.ends_on.year + RETENTION_YEARS, 12, 31)


def _archive(year: FiscalYear, through: Progress) -> Document:
    """All the statements that stand, in one file."""
    with TemporaryFile() as held:
        # PDF files are compressed already.
        with ZipFile(held, "w", ZIP_STORED) as archive:
            for row in standing_of_year(year).values():
                document = file_of_statement(row)
                if document is None:
                    continue
                through.beat()
                with open_document(document) as content:
                    archive.writestr(document.name, content.read())
        return store_file(
            held,
            kind=ARCHIVE_FILE,
            name=f"releves-{year.ends_on:%Y-%m-%d}.zip",
            mime="application/zip",
            about=ensure_closing(year),
            actor=through.job.author,
            retention_until=_kept_until(year),
        )


@transaction.atomic
def remind_statements(year: FiscalYear, *, now: datetime, actor: Any) -> int:
    """Does: reminds those who did not answer, once a day at most; gives how many. A statement that something
    was booked since cannot be accepted: nobody is asked to. Refuses: nobody left to remind today. Leaves
    behind: a notice each, when they were reminded; audit."""
    today, moved = timezone.localdate(now), moved_by_section(year)
    waiting = StatementAgreement.objects.select_for_update(of=("self",)).filter(
        year=year, state=StatementState.TO_SIGN
    )
    rows = [
        row
        for row in waiting.select_related("analytic__activity", "year").order_by("pk")
        if timezone.localdate(row.reminded_at or row.created_at) < today
        and not is_to_review(row, moved.get(row.analytic_id, Moved()))
    ]
    if not rows:
        raise Refused(
            Code.ALREADY_DONE,
            _(
                "Personne à relancer : chacun a répondu, a été prévenu aujourd’hui,"
                " ou attend que son relevé soit refait."
            ),
        )
    for row in rows:
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        audit.record(actor, "accounting.remind_statement", row)
        tell_again(row, today=today, actor=actor)
    return len(rows)


def terms_of(row: StatementAgreement) -> str:
    """The very words that are signed."""
    return _(
        "J’ai lu le relevé de « %(activity)s » pour l’%(year)s. À ma connaissance, rien n’y manque, ni vente"
        " à facturer, ni dépense à rembourser, ni stock, et rien n’y appartient à une autre année."
    ) % {"activity": row.analytic.label, "year": row.year}


@performs(STATEMENT_FLOW, "sign")
def sign_statement(
    row: StatementAgreement, *, hand: Hand, shown: str, at: datetime, origin: Origin, actor: Any
) -> None:
    """Does: whoever leads the activity accepts its statement. Refuses: another file than the one shown, no
    mark, entries booked since it was made. Leaves behind: the signature over the hash of the file; audit."""
    if shown != row.content_sha256:
        raise Refused(Code.STALE_FORM, _("Ce relevé a changé : relisez-le avant d’accepter."))
    if moved_since(row):
        raise IllegalMove(
            _("Des écritures sont passées depuis ce relevé : la comptabilité doit vous le renvoyer.")
        )
    row.signature = sign(
        row,
        purpose=PURPOSE,
        hand=hand,
        content_sha256=row.content_sha256,
        at=at,
        origin=origin,
        terms=terms_of(row),
        actor=actor,
    )
