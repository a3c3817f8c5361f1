"""Empties what was said of a person and with them in coaching, once their file is erased (PEO-38)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cae.core.documents import forget_document
from cae.core.models import Document
from cae.core.permanence import erase_words
from cae.core.personal_data import forget_told
from cae.core.threads import messages_about
from entrepreneurs.models import (
    Alert,
    FollowNote,
    Interview,
    Meeting,
    MeetingReport,
    PlanAction,
    PlanGoal,
    PrivateNote,
    ProjectVersion,
    ReportAddendum,
    SupportRequest,
)
from entrepreneurs.models.projects import SECTIONS
from people.models import Person
from people.selectors.merging import file_keys


def erase_coaching(person: Person, _on: date) -> int:
    """Does: empties meetings, reports with their private part, interviews, plan, project sheet, follow-up and
    requests of support of a person, and deletes the PDFs that say the same. Refuses: nothing; the PDF of
    hours that a funder pays for stays until its own date. Leaves behind: dates, lengths, states and figures,
    which are counted; gives how many rows lost their words."""
    keys = file_keys(person)
    mine: dict[str, Any] = {"person__in": keys}
    met = Meeting.objects.filter(Q(person__in=keys) | Q(application__person__in=keys))
    reports, interviews = MeetingReport.objects.filter(**mine), Interview.objects.filter(**mine)
    alerts = Alert.objects.filter(**mine)
    for rows in (met, reports, interviews, alerts):
        forget_told(rows.model, rows.values_list("pk", flat=True))
    _forget_files(reports.filter(funded_by__isnull=True), "pdf")
    _forget_files(interviews, "pdf")
    about = {"about_type": Meeting._meta.label_lower, "about_id__in": [str(row.pk) for row in met]}
    for document in Document.objects.filter(**about):
        forget_document(document, on=date.max)
    said = messages_about(MeetingReport, reports.values_list("pk", flat=True))
    done = erase_words(met, "note", "link", "cancel_reason")
    done += erase_words(reports, "said", "decisions") + erase_words(said, "text", "author_name")
    for model in (ReportAddendum, PrivateNote):
        done += erase_words(model._default_manager.filter(report__person__in=keys), "text")
    done += interviews.exclude(texts={}).update(texts={})
    done += erase_words(interviews, "remark", "cancel_reason")
    done += erase_words(PlanGoal.objects.filter(**mine), "label")
    done += erase_words(PlanAction.objects.filter(**mine), "label")
    done += erase_words(FollowNote.objects.filter(**mine), "text")
    done += erase_words(ProjectVersion.objects.filter(**mine), *SECTIONS, "label")
    done += erase_words(SupportRequest.objects.filter(**mine), "words", "answer")
    return done + erase_words(alerts, "reason")


def _forget_files(rows: QuerySet[Any], column: str) -> None:
    """The words are erased with the approval of a person: a file of the same words does not outlive them."""
    documents = list(Document.objects.filter(pk__in=rows.exclude(**{column: None}).values(column)))
    rows.update(**{column: None})
    for document in documents:
        forget_document(document, on=date.max)
