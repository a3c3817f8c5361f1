"""The long works of the count, as jobs that a page follows where a box is large: thousands of ballots are
read and verified one by one (GOV-30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, run_job, start_job
from cae.core.models import Document, Job
from governance.models import Ballot, BallotBox, SecretVote
from governance.services.secret_counting import (
    conclude,
    counted,
    refuse_other,
    refuse_uncounted,
    tally,
    verified,
    verify,
    write_tally,
)
from governance.states.secret import SecretState
from people.models import User

TALLY, VERIFY = "governance.tally_secret_vote", "governance.verify_secret_vote"
# Up to so many ballots nobody waits long enough to be told of a job.
AT_ONCE = 100


def ask_tally(vote: SecretVote, *, actor: User, at: datetime) -> Job | None:
    """Does: what `tally` does, at once, or in a job where there are many ballots. Refuses: as `tally`. Leaves
    behind: the job, where there is one."""
    if not _is_large(vote):
        tally(vote, actor=actor, at=at)
        return None
    refuse_uncounted(vote)
    return _started(TALLY, gettext_lazy("Sommes chiffrées d’un scrutin secret"), vote, actor)


def ask_verify(vote: SecretVote, *, actor: User, at: datetime) -> Job | None:
    """Does: what `verify` does, at once, or in a job where there are many ballots. Refuses: as `verify`.
    Leaves behind: the job, where there is one."""
    if not _is_large(vote):
        verify(vote, actor=actor, at=at)
        return None
    refuse_other(vote, SecretState.DECRYPTED)
    return _started(VERIFY, gettext_lazy("Vérification d’un scrutin secret"), vote, actor)


def _is_large(vote: SecretVote) -> bool:
    return Ballot.objects.filter(box__secret_vote=vote).count() > AT_ONCE


def _started(task: str, label: Any, vote: SecretVote, actor: User) -> Job:
    return start_job(task, label=label, actor=actor, total=vote.boxes.count(), vote=vote.pk)


def run_tally(job_id: int) -> None:
    """Does, refuses, leaves behind: as `tally`, for a job; one that a dead worker had done is done."""
    run_job(
        job_id,
        _work(
            counted,
            SecretState.CLOSED,
            lambda vote, found, job: write_tally(vote, found=found, actor=job.author, at=timezone.now()),
        ),
    )


def run_verify(job_id: int) -> None:
    """Does, refuses, leaves behind: as `verify`, for a job; one that a dead worker had done is done."""
    run_job(
        job_id,
        _work(
            verified,
            SecretState.DECRYPTED,
            lambda vote, found, job: conclude(vote, found=found, actor=job.author, at=timezone.now()),
        ),
    )


def _work(
    compute: Callable[[BallotBox], Any],
    state: str,
    write: Callable[[SecretVote, dict[int, Any], Job], Any],
) -> Callable[[Progress], Document | None]:
    def work(progress: Progress) -> None:
        vote = SecretVote.objects.get(pk=progress.arguments["vote"])
        if vote.state != state:
            return
        found: dict[int, Any] = {}
        boxes = list(vote.boxes.select_related("college").order_by("pk"))
        progress.each(boxes, lambda box: found.update({box.pk: compute(box)}))
        for failure in progress.job.failures[:1]:
            raise Refused(Code.VERDICT_REFUSED, failure["reason"])
        write(vote, found, progress.job)

    return work
