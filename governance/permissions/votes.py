"""The rights on votes: who runs them, who reads them, who casts a voice."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.permissions import kept
from governance.models import Vote
from governance.permissions.predicates import assembly_of, is_organiser, sees_assembly, sits_in_bureau
from governance.selectors.votes import has_entry_in, has_voice_in
from people.models import User


@rules.predicate
def holds_voice(user: User, obj: Any = None) -> bool:
    """One has, or had, a voice in this vote, or in one of this assembly: an entrepreneur who is no associate
    too, where the electorate takes them in, and then of that vote only."""
    held = obj if isinstance(obj, Vote) else assembly_of(obj)
    if held is None:
        return user.person_id is not None
    return kept(user, held, "holds_voice", lambda: has_voice_in(user, held))


@rules.predicate
def is_on_secret_roll(user: User, obj: Any = None) -> bool:
    """One casts a voice of the roll of this vote, or of one of this assembly, at a secret ballot: on pages of
    its own, not here."""
    held = obj if isinstance(obj, Vote) else assembly_of(obj)
    return held is not None and kept(user, held, "is_on_secret_roll", lambda: has_entry_in(user, held))


PERMISSIONS: dict[str, Predicate] = {
    # Prepares, opens, closes, cancels, proclaims, corrects; enters voices called by name.
    "governance.run_vote": sees_assembly & (is_organiser | sits_in_bureau),
    # The count of paper needs two of these people.
    "governance.count_votes": sees_assembly & (is_organiser | sits_in_bureau),
    "governance.cast_vote": holds_voice,
    # How it goes, then who said what once it is proclaimed: a vote by name is open.
    "governance.view_vote": sees_assembly | holds_voice | is_on_secret_roll,
}
