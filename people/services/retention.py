"""Proposes each month what is no longer needed, and does what a person decides of it (PEO-38)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.documents import forget_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, run_job, start_job
from cae.core.models import Job
from cae.core.periods import last_day
from cae.core.personal_data import files_about
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.models import RetentionProposal, User
from people.selectors.retention import RULES, due_for
from people.services.changes import require_text
from people.services.erasing import close_dates, erase_person, erase_sensitive
from people.states.retention import RETENTION_FLOW

APPROVE_TASK = "people.approve_erasures"
# A file kept for a reason is not kept for ever: the question comes back.
LONGEST_KEEPING = 60


@transaction.atomic
def propose_erasures(*, on: date) -> int:
    """Does: writes what each rule ends on a day; gives how many. Refuses: nothing; run twice, it proposes
    once. Leaves behind: proposals that wait for a person; nothing is erased."""
    take_turn("people.propose_erasures")
    rows = [
        RetentionProposal(
            person_id=one.person_id,
            rule=rule.code,
            counted_from=one.counted_from,
            kept_until=one.kept_until,
        )
        for rule in RULES.values()
        for one in due_for(rule, on=on)
    ]
    RetentionProposal.objects.bulk_create(rows)
    return len(rows)


@performs(RETENTION_FLOW, "approve")
def approve_erasure(proposal: RetentionProposal, *, actor: User, now: datetime) -> None:
    """Does: erases what the rule is about, at once and for good. Refuses: a file that the rule no longer ends
    (somebody came back), what `erase_person` refuses. Leaves behind: the decision, audit without the data."""
    on = timezone.localdate(now)
    _refuse_if_no_longer_due(proposal, on)
    if proposal.rule in ("candidate", "leaver"):
        erase_person(proposal.person, actor=actor, now=now, on=on)
    elif proposal.rule == "sensitive":
        erase_sensitive(proposal.person, on)
        close_dates(proposal.person, on)
        audit.record(actor, "people.sensitive.erase", proposal.person)
    else:
        erased = sum(forget_document(document, on=on) for document in files_about(proposal.person))
        audit.record(actor, "people.files.erase", proposal.person, detail={"erased": erased})
    proposal.decided_by, proposal.decided_at = actor, now


@performs(RETENTION_FLOW, "keep")
def keep_file(
    proposal: RetentionProposal, *, reason: str, keep_until: date, actor: User, now: datetime
) -> None:
    """Does: keeps the file until a day, after which it is proposed again. Refuses: no reason, a day past or
    beyond five years. Leaves behind: the decision, audit."""
    on = timezone.localdate(now)
    require_text(reason, "reason", _("Dites pourquoi cette fiche est encore nécessaire."))
    if not on < keep_until <= last_day(on, months=LONGEST_KEEPING):
        raise Refused(
            Code.DATE_INVALID, _("Choisissez un jour à venir, dans les cinq ans."), field="keep_until"
        )
    proposal.reason, proposal.keep_until = reason.strip(), keep_until
    proposal.decided_by, proposal.decided_at = actor, now


def ask_erasures(keys: list[int], *, actor: User) -> Job:
    """Does: asks for a job that approves several proposals, one by one. Refuses: none chosen.
    Leaves behind: the job; what a proposal refuses is told against it, the others go on."""
    if not keys:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une fiche."))
    label = gettext_lazy("Effacement de fiches")
    return start_job(APPROVE_TASK, label=label, actor=actor, total=len(keys), ids=sorted(keys))


def approve_erasures(job_id: int) -> None:
    """Does: runs that job. Refuses: as `run_job`. Leaves behind: as `approve_erasure`, for each."""

    def work(progress: Progress) -> None:
        rows = RetentionProposal.objects.filter(pk__in=progress.arguments["ids"]).order_by("pk")
        author: User = progress.job.author
        progress.each(
            rows,
            lambda row: _approved(row, author),
            label=lambda row: _("fiche n° %(number)d") % {"number": row.person_id},
        )

    run_job(job_id, work)


def _approved(proposal: RetentionProposal, actor: User) -> None:
    approve_erasure(proposal, actor=actor, now=timezone.now())


def _refuse_if_no_longer_due(proposal: RetentionProposal, on: date) -> None:
    starts = RULES[proposal.rule].starts(on)
    if starts.get(proposal.person_id, on) > proposal.counted_from:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette fiche a servi depuis la proposition : la règle ne s’y applique plus."),
        )
