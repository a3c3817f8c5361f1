"""What the minutes say of each secret ballot: who kept its keys, its boxes with their fingerprints and the
head of their chain, what was done to it (GOV-31, GOV-34)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import moment
from governance.models import Assembly, BallotBox, SecretJournal, SecretQuestion, SecretVote, Trustee
from governance.selectors.secret_boxes import figures_of
from governance.selectors.secret_warnings import few_on_roll
from governance.selectors.votes import title_of
from governance.states.secret import SecretState
from governance.states.secret_words import JOURNAL_WORDS

# The act that the journal notes at each message of a key.
KEY_STEP = "step"


def scrutins_told(assembly: Assembly) -> list[dict[str, Any]]:
    """Gives each scrutin whose roll was frozen, in a number of queries that does not grow."""
    questions = SecretQuestion.objects.select_related("vote__resolution", "vote__amendment")
    rows = list(
        SecretVote.objects.filter(assembly=assembly, boxes__isnull=False)
        .exclude(state=SecretState.DRAFT)
        .distinct()
        .prefetch_related(
            Prefetch("questions", questions.order_by("position"), to_attr="questions_read"),
            Prefetch("trustees", Trustee.objects.select_related("person").order_by("index")),
            Prefetch("journal", SecretJournal.objects.select_related("by__person").order_by("rank")),
        )
        .order_by("opened_at", "pk")
    )
    boxes: dict[int, list[BallotBox]] = defaultdict(list)
    for box in figures_of(BallotBox.objects.filter(secret_vote__in=rows)):
        boxes[box.secret_vote_id].append(box)
    return [_told(row, boxes[row.pk]) for row in rows]


def _told(row: SecretVote, boxes: list[BallotBox]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "state": row.get_state_display(),
        "mode": row.get_mode_display(),
        "cancelled": row.cancel_reason,
        "opened": moment(row.opened_at) if row.opened_at else "",
        "closed": moment(row.closed_at) if row.closed_at else "",
        "questions": [_question(one) for one in row.questions_read],  # type: ignore[attr-defined]
        "trustees": [_trustee(one) for one in row.trustees.all()],
        "threshold": row.threshold,
        "rehearsal": row.rehearsal.get("ballots"),
        "boxes": [_box(box) for box in boxes],
        "programs": [{"name": name, "sha256": found} for name, found in sorted(row.programs.items())],
        "warnings": few_on_roll(boxes),
        # Each key was made in as many steps as its scrutineer’s line sums up; the seal covers them all.
        "journal": [_act(one) for one in row.journal.all() if one.act != KEY_STEP],
        "seal": _last_seal(row),
    }


def _last_seal(row: SecretVote) -> str:
    return next((one.seal for one in reversed(row.journal.all())), "")


def _trustee(one: Trustee) -> str:
    if one.tried_at is None:
        return str(one.person)
    return _("%(name)s (clé essayée le %(at)s)") % {"name": one.person, "at": moment(one.tried_at)}


def _question(one: SecretQuestion) -> str:
    vote = one.vote
    number = _("n° %(number)s, ") % {"number": vote.resolution.number} if vote.resolution.number else ""
    return f"{number}{title_of(vote)}"


def _box(box: Any) -> dict[str, Any]:
    return {
        "name": str(box),
        "uuid": box.uuid,
        "voices": box.voices,
        "on_paper": box.on_paper,
        "voters": box.voters,
        "kept": box.kept_count,
        "fingerprint": box.fingerprint,
        "roll_fingerprint": box.roll_fingerprint,
        "head": box.head or "",
    }


def _act(one: SecretJournal) -> dict[str, str]:
    by = str(one.by.person or one.by) if one.by is not None else _("le serveur")
    return {
        "at": moment(one.at),
        "act": str(JOURNAL_WORDS.get(one.act, one.act)),
        "by": by,
        "reason": one.reason,
    }
