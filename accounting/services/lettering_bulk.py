"""Letters many lines at once: what was proposed and looked at, or all that an account proposes (ACC-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.lettering import Proposal
from accounting.models import Account, EntryLine
from accounting.selectors.lettering import proposals_of
from accounting.services.lettering import letter_lines
from accounting.states.lettering import LetteringOrigin
from cae.core import audit, jobs
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Job

TASK = "accounting.letter_account"
# Each takes a few milliseconds: the page is told twice a second, not at each.
_PACE = timedelta(milliseconds=500)


@dataclass
class Applied:
    """How many proposals were lettered, and why others were not."""

    count: int = 0
    refusals: list[str] = field(default_factory=list)


def letter_proposals(account: Account, groups: Sequence[Sequence[int]], *, actor: Any, on: date) -> Applied:
    """Does: letters groups of lines of an account, as they were proposed. Refuses: no group at all; one that
    changed meanwhile is left as it is, with the reason. Leaves behind: the letterings; audit."""
    if not groups:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une proposition."), field="groups")
    applied = Applied()
    for keys in groups:
        try:
            _letter(account, keys, actor=actor, on=on)
            applied.count += 1
        except Refused as refusal:
            applied.refusals.append(str(refusal))
    audit.record(actor, "accounting.letter_proposals", account, detail={"count": applied.count})
    return applied


def start_lettering(account: Account, *, actor: Any) -> Job:
    """Does: asks for all that is proposed of an account to be lettered. Refuses: nothing to propose. Leaves
    behind: a job that its page follows."""
    total = sum(1 for _one in proposals_of(account))
    if not total:
        raise Refused(Code.ALREADY_DONE, _("Rien n’est à proposer sur ce compte."))
    label = house_words(gettext_lazy("Lettrage du compte"), account.number)
    return jobs.start_job(TASK, label=label, actor=actor, total=total, account=account.pk)


def letter_account(job_id: int, *, on: date) -> None:
    """Does: letters what is proposed of an account, one proposal after the other; begun again, what is
    lettered is proposed no more. Refuses: nothing: a proposal that changed is noted on the job. Leaves
    behind: the letterings."""

    def work(progress: jobs.Progress) -> None:
        account = Account.objects.get(pk=progress.arguments["account"])
        actor = progress.job.author

        def letter(one: Proposal) -> None:
            _letter(account, [mark.key for mark in one.marks], actor=actor, on=on)

        progress.each(list(proposals_of(account)), letter, label=_name_of, pace=_PACE)

    jobs.run_job(job_id, work)


def _name_of(proposal: Proposal) -> str:
    first = proposal.marks[0]
    return first.piece or first.party


def _letter(account: Account, keys: Sequence[int], *, actor: Any, on: date) -> None:
    with transaction.atomic():
        lines = list(EntryLine.objects.filter(pk__in=keys, account=account))
        if len(lines) != len(set(keys)):
            raise Refused(Code.STALE_FORM, _("Une proposition nomme une ligne d’un autre compte."))
        letter_lines(lines, actor=actor, on=on, origin=LetteringOrigin.BULK)
