"""The rules of decision of the demonstration: the model of a Scop SARL, read and confirmed line by line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cae.demonstration.loading.days import days_ago
from governance.models import RuleSet
from governance.selectors.rules import rules_in_force
from governance.services.rule_sets import RuleSetData, confirm_line, confirm_rule_set, draft_from_preset
from governance.states.rules import RuleForm

# What the model leaves to the statutes, or what these say otherwise.
CHOSEN: dict[str, str] = {
    "blank_ballots": "outside",
    "quorum_moment": "each_vote",
    "casting_vote": "none",
    "tie": "age",
    "median": "lower",
    "schulze_strength": "winning_votes",
    "consent_minimum": "3",
    "ballot_final": "last",
    "correspondence": "allowed",
    "correspondence_days": "3",
    "remote": "counted",
    "notice_form": "either",
    "manager_terms_most": "3",
    "admission_route": "vote",
}
ARTICLE = "art. 21 des statuts"
# Before the first assembly of the demonstration.
SINCE = 1300


def lay_voting_rules(*, today: date, now: datetime, actor: Any) -> RuleSet:
    """Does: puts a version of the rules in force. Refuses: nothing. Leaves behind: each line confirmed."""
    since = days_ago(today, SINCE)
    held = rules_in_force(since)
    if held is not None:
        return held
    data = RuleSetData(since, "Statuts adoptés à l’assemblée constitutive")
    rule_set = draft_from_preset(form=RuleForm.SCOP_SARL, data=data, actor=actor)
    for line in rule_set.lines.order_by("pk"):
        value = CHOSEN.get(line.key, line.value)
        confirm_line(line, value=value, article=line.article or ARTICLE, actor=actor, at=now)
    return confirm_rule_set(rule_set, actor=actor)
