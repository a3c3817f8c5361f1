"""Tells who was asked for a paper: refused with its reason, awaited in a few days (ENT-21)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from cae.core.options import label_of
from cae.core.settings import value_of
from cae.core.templatetags.formats import spelled
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.services.application_mails import REPLY, write_to_candidate
from entrepreneurs.services.papers import refuse_paper
from entrepreneurs.states.papers import PAPER_KIND
from people.models import User

REMINDER_DAYS = "entrepreneurs.paper_reminder_days"
PAPER_NOTICE = "entrepreneurs.paper"


def send_back(paper: DocumentRequest, *, reason: str, actor: Any) -> DocumentRequest:
    """Does: refuses a paper and tells the person why. Refuses: without a reason, a paper not received.
    Leaves behind: the reason; a notice, or a mail to a candidate without account."""
    row = refuse_paper(paper, reason=reason, actor=actor)
    facts = {"paper": words_of(row), "reason": row.reason}
    tell_of_paper(row, _("« %(paper)s » est à renvoyer : %(reason)s") % facts, actor=actor)
    return row


def remind_of_papers(on: date) -> int:
    """Does: reminds, once, of each paper missing whose day comes. Refuses: nothing. Leaves behind: the day of
    the reminder, its notice or mail. Gives how many."""
    until = on + timedelta(days=value_of(REMINDER_DAYS, on=on))
    waiting = DocumentRequest.objects.missing().filter(due_on__lte=until, reminded_on__isnull=True)
    told = 0
    for paper in waiting.select_related("person"):
        if paper.due_on is None or not waiting.filter(pk=paper.pk).update(reminded_on=on):
            continue
        facts = {"paper": words_of(paper), "day": spelled(paper.due_on, "j F")}
        tell_of_paper(paper, _("« %(paper)s » est attendu pour le %(day)s.") % facts, actor=None)
        told += 1
    return told


def words_of(paper: DocumentRequest) -> str:
    """« Diplôme ou qualification (BP coiffure) », as the list called it on the day it was asked."""
    label = label_of(PAPER_KIND, paper.kind, on=paper.asked_on)
    return f"{label} ({paper.precision})" if paper.precision else label


def tell_of_paper(paper: DocumentRequest, sentence: str, *, actor: Any) -> None:
    """Does: tells the person, under the bell of their account, or by the link of their application. Refuses:
    nothing; without either nobody is told. Leaves behind: the notice or the mail."""
    account = User.objects.filter(person=paper.person_id, is_active=True) if paper.person_id else []
    notify(
        account,
        PAPER_NOTICE,
        subject=sentence,
        url=reverse("entrepreneurs:my_papers"),
        about=paper,
        actor=actor,
    )
    if account or paper.about_type != Application._meta.label_lower:
        return
    application = Application.objects.filter(pk=paper.about_id).first()
    if application is not None:
        author = actor.get_full_name() if actor else _("L’équipe")
        write_to_candidate(
            application,
            cause=REPLY,
            values={"auteur": author, "message": sentence},
            now=timezone.now(),
            actor=actor,
            button=_("Déposer le document"),
        )
