"""The ceremony by which scrutineers make a key together: how far each has come, what the group made, what a
scrutineer’s page is given (GOV-26, voting-protocol.md §4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from governance.engines.ballots.canonical import dumps, fields, loads_exact
from governance.engines.ballots.ceremony import (
    Output,
    Polynomial,
    check_output,
    check_polynomial,
    gather_certificates,
    group_object,
)
from governance.engines.ballots.group import hash_to_scalar
from governance.engines.ballots.sharing import trial_tally
from governance.engines.ballots.tally import Tally
from governance.engines.ballots.trustees import Certificates, write_trustees
from governance.models import SecretVote, Trustee
from governance.states.secret import COUNTED, SecretState, TrusteeStep

# Where what each step brings is kept, in the order of the ceremony.
KEPT_IN: dict[str, str] = {
    TrusteeStep.CERTIFICATE: "certificate",
    TrusteeStep.COMMITMENT: "commitment",
    TrusteeStep.POLYNOMIAL: "polynomial",
    TrusteeStep.VERIFICATION: "verification",
    TrusteeStep.TRIAL: "tried_at",
}
# While these last, keys are made: before the boxes are sealed with them.
MAKES_KEYS = frozenset({SecretState.DRAFT, SecretState.ROLL_FROZEN})
# No key is asked for any more: the totals are open, or never will be.
KEYS_OVER = COUNTED | {SecretState.DECRYPTED, SecretState.CANCELLED}
# Sums that a trial opens: of nothing.
_TRIALS = 2


def trustees_of(vote: SecretVote) -> list[Trustee]:
    return list(vote.trustees.select_related("person").order_by("index"))


def has_done(trustee: Trustee, step: str) -> bool:
    return bool(getattr(trustee, KEPT_IN[step]))


def next_step(trustee: Trustee) -> str:
    """Gives what this scrutineer has to send next; nothing once their key is made and tried."""
    return next((step for step in KEPT_IN if not has_done(trustee, step)), "")


def waited_for(trustees: Sequence[Trustee], step: str) -> list[Trustee]:
    """Gives the scrutineers whom a step waits for: those who have not done the one before it. Nobody shows
    anything before all have announced theirs."""
    steps = list(KEPT_IN)
    if step not in steps[1:]:
        return []
    before = steps[steps.index(step) - 1]
    return [one for one in trustees if not has_done(one, before)]


def is_whole(trustees: Sequence[Trustee]) -> bool:
    return not any(next_step(one) for one in trustees)


def certificates_of(trustees: Sequence[Trustee]) -> Certificates:
    return gather_certificates([one.certificate for one in trustees])


def polynomials_of(trustees: Sequence[Trustee], certificates: Certificates) -> list[Polynomial]:
    return [check_polynomial(one.polynomial, certificates, one.index, one.commitment) for one in trustees]


def group_of(trustees: Sequence[Trustee]) -> dict[str, Any]:
    """Gives what the ceremony made, each part checked again."""
    certificates = certificates_of(trustees)
    polynomials = polynomials_of(trustees, certificates)
    outputs: list[Output] = [
        check_output(one.verification, certificates, polynomials, one.index) for one in trustees
    ]
    return group_object(certificates, polynomials, outputs)


def trial_numbers(trustee: Trustee) -> list[int]:
    """Gives the numbers of which a trial is made: known to all, so that its share opens nothing."""
    place = f"trial|{trustee.secret_vote.uuid}|{trustee.index}"
    return [hash_to_scalar(f"{place}|{rank}") for rank in range(_TRIALS)]


def trial_of(trustee: Trustee) -> Tally:
    """Gives the sums of nothing that this scrutineer’s key opens to show that it was kept."""
    return trial_tally(trial_numbers(trustee))


def state_for(trustee: Trustee) -> dict[str, Any]:
    """Gives what the page of a scrutineer reads: the step that is theirs, whom it waits for, and what all
    have sent, of which a polynomial is shown once all are there."""
    vote = trustee.secret_vote
    trustees = trustees_of(vote)
    mine = next(one for one in trustees if one.pk == trustee.pk)
    step = next_step(mine)
    state: dict[str, Any] = {
        "state": vote.state,
        "over": vote.state in KEYS_OVER,
        "step": step if vote.state in MAKES_KEYS else "",
        "waiting_for": [one.index for one in waited_for(trustees, step)],
        "done": {one.index: [known for known in KEPT_IN if has_done(one, known)] for one in trustees},
        "uuid": vote.uuid,
        "context": {"size": len(trustees), "threshold": vote.threshold, "index": mine.index},
    }
    for name, field in (
        ("certificates", "certificate"),
        ("commitments", "commitment"),
        ("polynomials", "polynomial"),
    ):
        sent = [getattr(one, field) for one in trustees]
        state[name] = sent if all(sent) else []
    if all(one.verification for one in trustees):
        state["privateKey"] = _sealed_share(mine)
        state["trustees"] = write_trustees([group_of(trustees)])
        state["numbers"] = dumps([str(number) for number in trial_numbers(mine)])
    return state | {"boxes": _boxes(vote, mine)}


def _sealed_share(trustee: Trustee) -> str:
    sealed, _public = fields(loads_exact(trustee.verification), "private_key", "public_key")
    return str(sealed)


def _boxes(vote: SecretVote, trustee: Trustee) -> list[dict[str, Any]]:
    """The boxes to open, as they were announced, and whether this scrutineer’s share is in."""
    given = set(trustee.shares.values_list("box_id", flat=True))
    return [
        {
            "uuid": box.uuid,
            "name": str(box),
            "announced": {"uuid": box.uuid, "fingerprint": box.fingerprint, "roll": box.roll_fingerprint},
            "given": box.pk in given,
        }
        for box in vote.boxes.select_related("college").order_by("pk")
        if box.tally
    ]
