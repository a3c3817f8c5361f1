"""Questions that associates send before an assembly, and their answers (GOV-35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from governance.models import Assembly, Associate, MemberQuestion
from governance.services.agenda import live
from governance.states.assemblies import AssemblyState
from people.models import User
from people.services.changes import refuse_long, require_text

ASKED, ANSWERED = "governance.question_asked", "governance.question_answered"


@transaction.atomic
def ask_question(
    assembly: Assembly, *, associate: Associate, text: str, actor: Any, at: datetime
) -> MemberQuestion:
    """Does: sends the question of an associate to those who prepare the assembly. Refuses: an assembly not
    convened or begun, somebody it did not call, nothing written, the same question twice. Leaves behind: the
    question, a notice to who convened, audit."""
    row = live(assembly)
    if row.state != AssemblyState.CONVENED:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Les questions écrites se posent entre la convocation et la séance.")
        )
    if not row.convocations.filter(associate=associate).exists():
        raise Refused(Code.NOT_ALLOWED, _("Cette assemblée n’a pas convoqué cet·te associé·e."))
    text = text.strip()
    require_text(text, "text", _("Écrivez votre question."))
    refuse_long(text, "text", 2000)
    if row.questions.filter(associate=associate, text=text).exists():
        raise Refused(Code.DUPLICATE, _("Cette question est déjà envoyée."), field="text")
    question = MemberQuestion.objects.create(assembly=row, associate=associate, text=text, asked_at=at)
    notify(
        User.objects.filter(pk=row.convened_by_id or 0, is_active=True),
        ASKED,
        subject=lambda: _("%(name)s pose une question pour l’assemblée") % {"name": associate},
        text=text[:300],
        url=row.get_absolute_url(),
        about=question,
        actor=actor,
    )
    audit.record(actor, "governance.question.ask", question)
    return question


@transaction.atomic
def answer_question(question: MemberQuestion, *, answer: str, actor: Any, at: datetime) -> MemberQuestion:
    """Does: answers a question; every associate called reads both. Refuses: nothing written, too long a text.
    Leaves behind: the answer, the latest when it is written again; a notice to who asked, audit."""
    row = MemberQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    require_text(answer, "answer", _("Écrivez la réponse."))
    refuse_long(answer, "answer", 3000)
    row.answer, row.answered_at, row.answered_by = answer.strip(), at, actor
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    asker = row.assembly.convocations.filter(associate=row.associate_id).values("person")
    notify(
        User.objects.filter(person__in=asker, is_active=True),
        ANSWERED,
        subject=lambda: _("Votre question pour l’assemblée a une réponse"),
        url=row.assembly.get_absolute_url(),
        about=row,
        actor=actor,
    )
    audit.record(actor, "governance.question.answer", row)
    return row
