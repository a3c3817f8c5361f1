"""The rights on secret ballots: who prepares, runs, keeps a key, votes, looks (GOV-26, 33)."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate, always_false

from cae.core.models import Document
from cae.core.permissions import kept
from governance.models import BallotBox, SecretVote
from governance.permissions.predicates import is_organiser, sees_assembly, sits_in_bureau
from governance.selectors.secret_people import holds_entry_in, keeps_key_of, leads_as
from governance.states.assemblies import BureauRole
from people.models import User


def secret_vote_of(obj: Any) -> SecretVote | None:
    """The scrutin; nothing for an assembly, and for no object."""
    return obj if isinstance(obj, SecretVote) else None


def _leads(role: BureauRole) -> Predicate:
    """One has this seat in the bureau; organisers stand in while it is empty."""

    def leads(user: User, obj: Any = None) -> bool:
        vote = secret_vote_of(obj)
        if vote is None:
            return bool((sits_in_bureau | is_organiser)(user, obj))
        stands_in = bool(is_organiser(user))
        return kept(user, vote, f"leads_as_{role}", lambda: leads_as(user, vote, role, stands_in=stands_in))

    return rules.predicate(leads, name=f"leads_as_{role}")


leads_as_chair = _leads(BureauRole.CHAIR)
leads_as_secretary = _leads(BureauRole.SECRETARY)


@rules.predicate
def keeps_key(user: User, obj: Any = None) -> bool:
    """One is a scrutineer of this scrutin."""
    if obj is None:
        return user.person_id is not None
    vote = secret_vote_of(obj)
    return vote is not None and kept(user, vote, "keeps_key", lambda: keeps_key_of(user, vote))


@rules.predicate
def holds_entry(user: User, obj: Any = None) -> bool:
    """One casts a voice of the roll: one’s own, or that of somebody who gave a proxy."""
    vote = secret_vote_of(obj)
    if vote is None:
        return user.person_id is not None
    return kept(user, vote, "holds_entry", lambda: holds_entry_in(user, vote))


@rules.predicate
def opens_archive(user: User, document: Document | None = None) -> bool:
    """The files of a box, by whoever sees its scrutin; the page of the box gives them to everybody."""
    if document is None:
        return True
    seen = SecretVote.objects.visible_to(user)
    return BallotBox.objects.filter(secret_vote__in=seen, pk=int(document.about_id or 0)).exists()


_OF_BUREAU = sees_assembly & (is_organiser | sits_in_bureau)

PERMISSIONS: dict[str, Predicate] = {
    # Writes the scrutin, names scrutineers, freezes the roll, seals the boxes.
    "governance.prepare_secret_vote": _OF_BUREAU,
    "governance.freeze_secret_roll": sees_assembly & leads_as_secretary,
    # Rehearses, pauses, extends, counts, verifies, publishes, cancels; notes who votes on paper.
    "governance.run_secret_vote": _OF_BUREAU,
    # Opens, closes, proclaims.
    "governance.chair_secret_vote": sees_assembly & leads_as_chair,
    # Makes a key, gives a share, makes cards.
    "governance.keep_key": keeps_key,
    "governance.cast_secret_ballot": holds_entry,
    "governance.view_secret_vote": sees_assembly | keeps_key | holds_entry,
    "governance.open_secret_archive": opens_archive,
    # The roll of who has voted, in alphabetical order.
    "governance.read_secret_roll": _OF_BUREAU | keeps_key,
    # Counters, chain and incidents, while ballots enter and after.
    "governance.watch_secret_vote": _OF_BUREAU | keeps_key,
    # What only the server does: nobody has a button for it.
    "governance.serve_secret_vote": always_false,
}
