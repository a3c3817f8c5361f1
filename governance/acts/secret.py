"""What is done to secret ballots, as the journal says it: in the words of the journal of the scrutin."""

from typing import Any

from governance.states.secret import JOURNAL_WORDS, SECRET_FLOW

_MOVES = {move.name for move in SECRET_FLOW.moves}
ACTS: dict[str, Any] = {f"governance.SecretVote.{move}": JOURNAL_WORDS[move] for move in _MOVES} | {
    "governance.secret.prepare": JOURNAL_WORDS["prepare"],
    "governance.secret.step": JOURNAL_WORDS["step"],
    "governance.secret.restart": JOURNAL_WORDS["restart"],
    "governance.secret.extend": JOURNAL_WORDS["extend"],
    "governance.secret.unsound": JOURNAL_WORDS["unsound"],
    "governance.secret.share": JOURNAL_WORDS["share"],
}
