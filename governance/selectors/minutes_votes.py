"""What the minutes say of each resolution: its text, its amendments, its votes with every figure (GOV-34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import moment, money
from governance.calculations.rules import BY_CODE, parse_decision
from governance.calculations.telling import told
from governance.models import (
    Amendment,
    Assembly,
    Candidate,
    College,
    DeclaredCount,
    Resolution,
    Vote,
    VoteResult,
)
from governance.selectors.assemblies import texts_of
from governance.selectors.rules import decision_words, labels, value_words
from governance.selectors.vote_papers import labels_of
from governance.selectors.vote_words import result_words
from governance.states.assemblies import ResolutionState
from governance.states.minutes_words import CODES, KEYS, ORDER
from governance.states.votes import VoteState

# Conventions that a result repeats, by the key of the rules that words them.
RULED = {"median": "median", "tie_rule": "tie"}
# Told in sentences beside the figures, not among them.
APART = ("text", "text_sha256", "rule", "warnings", "words", "whole", "key", "article", "verdict")


@dataclass
class _Names:
    """The words of keys that are numbers of the cooperative: colleges, then candidates of a vote."""

    colleges: Mapping[str, str]
    choices: dict[str, str] = field(default_factory=dict)


def resolutions_told(assembly: Assembly) -> list[dict[str, Any]]:
    """Gives each resolution that was on the agenda with its votes, in a number of queries that does not grow
    (but one for each result weighted by college)."""
    votes: dict[int, list[Vote]] = {}
    for vote in _votes_of(assembly):
        votes.setdefault(vote.resolution_id, []).append(vote)
    colleges = {str(pk): name for pk, name in College.objects.values_list("pk", "name")}
    rows = _resolutions_of(assembly)
    texts = texts_of(rows)
    return [_resolution_told(row, texts[row.pk], votes.get(row.pk, []), colleges) for row in rows]


def _resolutions_of(assembly: Assembly) -> list[Resolution]:
    amendments = Amendment.objects.select_related("author__person", "author__organisation")
    rows = (
        assembly.resolutions.exclude(number=None)
        .select_related("body")
        .prefetch_related(
            Prefetch("candidates", Candidate.objects.all(), to_attr="candidates_read"),
            Prefetch("amendments", amendments.order_by("paragraph", "pk"), to_attr="amendments_read"),
        )
    )
    return list(rows.order_by("number", "pk"))


def _votes_of(assembly: Assembly) -> Iterable[Vote]:
    """Those that were opened, in the order they were."""
    counts = DeclaredCount.objects.select_related("entered_by__person", "confirmed_by__person", "college")
    return (
        assembly.votes.exclude(opened_at=None)
        .select_related("amendment", "resolution")
        .prefetch_related(
            Prefetch("results", VoteResult.objects.order_by("number"), to_attr="results_read"),
            Prefetch("declared", counts.order_by("kind", "college", "pk"), to_attr="declared_read"),
        )
        .order_by("opened_at", "pk")
    )


def _resolution_told(
    row: Resolution, text: str, votes: Sequence[Vote], colleges: Mapping[str, str]
) -> dict[str, Any]:
    last = next((one for one in reversed(votes) if _decides(one)), None)
    return {
        "id": row.pk,
        "item": row.item_id,
        "number": row.number,
        "title": row.title,
        "kind": row.get_decision_kind_display(),
        "method": row.get_method_display(),
        "amount": money(row.amount) if row.amount is not None else "",
        "body": str(row.body) if row.body_id else "",
        "seats": row.seats if row.is_election else None,
        "term_months": row.term_months,
        "powers": row.powers,
        "candidates": [_candidate_told(one) for one in row.candidates_read],  # type: ignore[attr-defined]
        "text": last.text if last else text,
        "text_sha256": last.text_sha256 if last else "",
        "withdrawn": row.state_reason or _("retirée") if row.state == ResolutionState.WITHDRAWN else "",
        "amendments": [_amendment_told(one) for one in row.amendments_read],  # type: ignore[attr-defined]
        "votes": [_vote_told(vote, colleges) for vote in votes],
    }


def _decides(vote: Vote) -> bool:
    return vote.amendment_id is None and vote.state == VoteState.PROCLAIMED


def _candidate_told(one: Candidate) -> str:
    return _("%(name)s (candidature retirée)") % {"name": one.label} if one.withdrawn_at else one.label


def _amendment_told(one: Amendment) -> dict[str, Any]:
    return {
        "paragraph": one.paragraph,
        "kind": one.get_kind_display(),
        "text": one.text,
        "author": str(one.author) if one.author_id else "",
        "state": one.get_state_display(),
    }


def _vote_told(vote: Vote, colleges: Mapping[str, str]) -> dict[str, Any]:
    names = _Names(colleges, labels_of(vote))
    results: list[VoteResult] = vote.results_read  # type: ignore[attr-defined]
    return {
        "id": vote.pk,
        "about": str(vote.amendment) if vote.amendment_id else "",
        "round": vote.round,
        "way": vote.get_way_display(),
        "cancelled": vote.cancel_reason if vote.state == VoteState.CANCELLED else "",
        "opened": moment(vote.opened_at),
        "closed": moment(vote.closed_at) if vote.closed_at else "",
        "text_sha256": vote.text_sha256,
        "draw_seed": vote.draw_seed if vote.resolution.is_election and not vote.amendment_id else "",
        "rule": lines_of(vote.rule, names, of_rule=True),
        "quorum": lines_of(vote.quorum, names),
        "quorum_asked": bool(vote.quorum.get("fraction")),
        "declared": [_declared_told(one, names) for one in vote.declared_read],  # type: ignore[attr-defined]
        "results": [_result_told(one, names) for one in results],
    }


def _declared_told(one: DeclaredCount, names: _Names) -> dict[str, str]:
    """Who counted what: people vouch for these voices, not ballots."""
    what = [one.get_kind_display(), one.college.name if one.college else "", _key_words(names, (one.choice,))]
    by = [str(user.person or user) for user in (one.entered_by, one.confirmed_by) if user is not None]
    return {
        "label": " · ".join(filter(None, what)),
        "value": _("%(count)d, compté par %(names)s") % {"count": one.count, "names": _(" et ").join(by)},
    }


def _result_told(result: VoteResult, names: _Names) -> dict[str, Any]:
    said = result_words(result)
    return {
        "number": result.number,
        "verdict": str(said.status[2]),
        "sentence": said.sentence,
        "rule": said.rule,
        "warnings": said.warnings,
        "at": moment(result.created_at),
        "reason": result.reason,
        "sha256": result.sha256,
        "lines": lines_of(result.facts, names),
    }


def lines_of(facts: Mapping[str, Any], names: _Names, *, of_rule: bool = False) -> list[dict[str, Any]]:
    """Gives every figure of these facts, in words and in the order of a reader; `of_rule`: their keys are
    conventions of the rules, which a figure of the same name is not."""
    known = {key: key for key in BY_CODE} if of_rule else RULED
    ranks = {key: rank for rank, key in enumerate((*ORDER, *names.choices, *CODES, *names.colleges))}
    return told(
        _in_order(facts, ranks),
        words=partial(_key_words, names, of_rule=of_rule),
        said=partial(_value_words, names, known),
        apart=APART,
    )


def _in_order(facts: Any, ranks: Mapping[str, int]) -> Any:
    if isinstance(facts, Mapping):
        keys = sorted(facts, key=lambda key: ranks.get(str(key), len(ranks)))
        return {key: _in_order(facts[key], ranks) for key in keys}
    return [_in_order(one, ranks) for one in facts] if isinstance(facts, list) else facts


def _key_words(names: _Names, path: tuple[str, ...], *, of_rule: bool = False) -> str:
    """A college, a candidate, a convention of the rules, a word of the counts: else the key as it is."""
    key = path[-1]
    if any("college" in step for step in path[:-1]) and key in names.colleges:
        return names.colleges[key]
    if len(path) > 1:
        found = names.choices.get(key) or CODES.get(key) or KEYS.get(key)
        return str(found or key)
    if of_rule and key in BY_CODE:
        return labels(key)
    return str(KEYS.get(key) or CODES.get(key) or key.replace("_", " "))


def _value_words(names: _Names, known: Mapping[str, str], path: tuple[str, ...], value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if not isinstance(value, str):
        return str(value)
    if path == ("decision",):
        return decision_words(parse_decision(value))
    if len(path) == 1 and path[0] in known:
        return value_words(known[path[0]], value, {int(key): name for key, name in names.colleges.items()})
    return str(names.choices.get(value) or CODES.get(value) or value)
