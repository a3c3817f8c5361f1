"""Prints the yearly log of a person's trips (registre des déplacements, INV-52)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

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
from cae.core.models import Document, Job
from cae.core.money import ZERO
from invoicing.documents import mileage_log_pdf
from invoicing.selectors.mileage import adjustments_in_log, log_of
from invoicing.services.vouchers import kept_until
from people.models import Person

LOG_FILE = "invoicing.mileage_log"
TASK = "invoicing.make_mileage_log"


def ask_log(person: Person, *, year: int, actor: Any, at: datetime) -> Job:
    """Does: asks for the log of a year as a file. Refuses: a year without trips. Leaves behind: the job
    that a page follows."""
    if not log_of(person, year):
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucun trajet en %(year)d.") % {"year": year}, field="year")
    cooperative_on(timezone.localdate(at))
    return start_job(
        TASK,
        label=house_words(gettext_lazy("Registre des déplacements"), person, year),
        actor=actor,
        total=1,
        person=person.pk,
        year=year,
    )


def make_log(job_id: int) -> None:
    """Does: prints the log that a job asks for. Refuses: nothing. Leaves behind: the file, once."""
    run_job(job_id, _made)


def _made(progress: Progress) -> Document:
    job = progress.job
    known = Document.objects.filter(kind=LOG_FILE, **audit.about(job)).first()
    if known is not None:
        return known
    person, year = Person.objects.get(pk=progress.arguments["person"]), int(progress.arguments["year"])
    made_on = timezone.localdate(job.created_at)
    lines, right = log_of(person, year), list(adjustments_in_log(person, year))
    content = mileage_log_pdf(
        {
            "person": person,
            "year": year,
            "house": cooperative_on(made_on),
            "made_on": made_on,
            "lines": lines,
            "adjustments": right,
            "km": sum((line.trip.total_km for line in lines), Decimal(0)),
            "total": sum((line.amount for line in lines), ZERO) + sum((one.amount for one in right), ZERO),
        }
    )
    return store_document(
        content,
        kind=LOG_FILE,
        name=f"registre-deplacements-{slugify(str(person))}-{year}.pdf",
        mime="application/pdf",
        about=job,
        actor=job.author,
        retention_until=kept_until(date(year, 12, 31)),
    )
