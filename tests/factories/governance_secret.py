"""Secret ballots at each stage of their life, brought there by the services, with throw-away keys that the
engine makes: their scrutineers hide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.engines.ballots.ceremony import commitment
from governance.engines.ballots.credentials import new_code, public_credential
from governance.engines.ballots.decryption import trial_fingerprint
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.rehearsing import Group, make_group, mock_vote, share_of
from governance.models import BallotBox, DecryptionShare, Resolution, RollEntry, SecretVote, Trustee
from governance.selectors.box_archive import election_of, tally_of
from governance.selectors.secret_ceremony import trial_of
from governance.selectors.secret_people import entries_castable
from governance.services.ballot_casting import Cast, cast_ballot
from governance.services.secret_codes import receive_cards
from governance.services.secret_counting import give_share, tally, verify
from governance.services.secret_keys import ready_keys, receive_step
from governance.services.secret_opening import close_secret_vote, open_secret_vote
from governance.services.secret_publishing import proclaim_secret_vote, record
from governance.services.secret_rehearsal import rehearse
from governance.services.secret_rolls import freeze_roll
from governance.services.secret_votes import prepare_secret_vote
from governance.states.secret import CodeMode, SecretState, TrusteeStep
from people.models import User
from tests.factories.governance import make_resolution
from tests.factories.governance_votes import Sitting, make_sitting
from tests.factories.people import make_user

_S = SecretState
# The way that leads everywhere; pauses and cancellations leave it.
WAY: tuple[str, ...] = (
    _S.DRAFT,
    _S.ROLL_FROZEN,
    _S.KEYS_READY,
    _S.TESTED,
    _S.OPEN,
    _S.CLOSED,
    _S.TALLIED,
    _S.DECRYPTED,
    _S.VERIFIED,
    _S.PROCLAIMED,
    _S.RECORDED,
)


@dataclass
class Scrutin:
    """A secret ballot with those around it, its scrutineers’ secrets and the codes of its voters."""

    sitting: Sitting
    vote: SecretVote
    keepers: list[User]
    group: Group
    # {entry whose: its code}, by associate or person: the roll is rewritten at the close.
    codes: dict[tuple[int | None, int | None], str] = field(default_factory=dict)

    @property
    def actor(self) -> User:
        return self.sitting.actor

    @property
    def trustees(self) -> list[Trustee]:
        return list(self.vote.trustees.order_by("index"))

    @property
    def box(self) -> BallotBox:
        """The only box, or the first one."""
        box = self.vote.boxes.order_by("pk").first()
        assert box is not None
        return box

    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "at": timezone.now()}

    # The steps, each by its service.

    def freeze_roll(self) -> None:
        self.vote = freeze_roll(self.vote, **self.by())

    def make_cards(self) -> None:
        """What the scrutineer of cards makes, where no mail brings the codes and no browser did."""
        if self.vote.mode == CodeMode.MAIL:
            return
        for box in self.vote.boxes.filter(roll="").order_by("pk"):
            codes = {(one.associate_id, one.person_id): new_code() for one in box.entries.all()}
            credentials = [public_credential(box.uuid, code) for code in codes.values()]
            receive_cards(box, credentials=credentials, **self.by() | {"actor": self.keepers[0]})
            self.codes |= codes

    def send(self, index: int, step: str) -> Trustee:
        """A scrutineer’s browser sends this step."""
        trustee = self.vote.trustees.get(index=index)
        message = self.message(trustee, step)
        keeper = self.keepers[index - 1]
        return receive_step(trustee, step=step, message=message, actor=keeper, at=timezone.now())

    def message(self, trustee: Trustee, step: str) -> str:
        index = trustee.index
        if step == TrusteeStep.CERTIFICATE:
            return self.group.certificate_texts[index - 1]
        if step == TrusteeStep.COMMITMENT:
            return commitment(self.group.polynomial_texts[index - 1])
        if step == TrusteeStep.POLYNOMIAL:
            return self.group.polynomial_texts[index - 1]
        if step == TrusteeStep.VERIFICATION:
            return self.group.output_texts[index - 1]
        return share_of(self.group, index, trial_of(trustee), trial_fingerprint(self.vote.uuid), owner=index)

    def make_keys(self, until: str = TrusteeStep.TRIAL) -> None:
        """All scrutineers send each step, up to this one."""
        for step in TrusteeStep.values:
            for index in range(1, len(self.keepers) + 1):
                self.send(index, step)
            if step == until:
                return

    def ready(self) -> None:
        self.make_cards()
        if not self.vote.trustees.exclude(certificate="").exists():
            self.make_keys()
        self.vote = ready_keys(self.vote, **self.by())

    def rehearse(self) -> None:
        self.vote = rehearse(self.vote, **self.by())

    def open(self) -> None:
        self.vote = open_secret_vote(self.vote, **self.by())

    def close(self) -> None:
        self.vote = close_secret_vote(self.vote, **self.by())

    def tally(self) -> None:
        self.vote = tally(self.vote, **self.by())

    def give_share(self, index: int, box: BallotBox | None = None) -> DecryptionShare:
        box = box or self.box
        message = share_of(self.group, index, tally_of(box), box.fingerprint, owner=index + 1)
        keeper = self.keepers[index - 1]
        trustee = self.vote.trustees.get(index=index)
        return give_share(trustee, box=box, message=message, actor=keeper, at=timezone.now())

    def decrypt(self) -> None:
        """As few scrutineers as may be, the last ones: the first is missing."""
        for index in range(len(self.keepers), len(self.keepers) - self.vote.threshold, -1):
            for box in self.vote.boxes.order_by("pk"):
                self.give_share(index, box)
        self.vote.refresh_from_db()

    def verify(self) -> None:
        self.vote = verify(self.vote, **self.by())

    def proclaim(self) -> None:
        self.vote = proclaim_secret_vote(self.vote, **self.by())

    def record(self) -> None:
        self.vote = record(self.vote, **self.by())

    def reach(self, state: str) -> Scrutin:
        """Goes on along the way as far as this state; voters vote in turn before the close."""
        steps = (
            self.freeze_roll,
            self.ready,
            self.rehearse,
            self.open,
            self.close,
            self.tally,
            self.decrypt,
            self.verify,
            self.proclaim,
            self.record,
        )
        for before, step in zip(WAY, steps, strict=False):
            if self.vote.state == state:
                break
            if self.vote.state != before:
                continue
            if step == self.close and not self.box.ballots.exists():
                self.vote_in_turn()
            step()
        assert self.vote.state == state
        return self

    # Voters.

    def entry_of(self, rank: int) -> RollEntry:
        """The entry of a member of the sitting."""
        associate = self.sitting.members[rank]
        return RollEntry.objects.get(box__secret_vote=self.vote, associate=associate)

    def code_of(self, entry: RollEntry) -> str:
        return self.codes[entry.associate_id, entry.person_id]

    def ballot(self, entry: RollEntry, votes: Sequence[Sequence[int]]) -> str:
        """The ballot that the browser of this voter makes."""
        return make_ballot(election_of(entry.box), self.code_of(entry), votes)

    def cast(self, entry: RollEntry, votes: Sequence[Sequence[int]]) -> Cast:
        """Whoever casts this voice casts it so."""
        text = self.ballot(entry, votes)
        return cast_ballot(entry, text=text, actor=caster_of(entry), at=timezone.now())

    def vote_in_turn(self) -> None:
        """Every voice votes: the first one the first answer of each question, the second one the second."""
        for box in self.vote.boxes.order_by("pk"):
            questions = election_of(box).questions
            entries = box.entries.order_by("associate_id", "person_id")
            for rank, entry in enumerate(entries):
                self.cast(entry, [mock_vote(question, rank) for question in questions])


def caster_of(entry: RollEntry) -> User:
    """An account that casts this voice."""
    return next(
        user for user in User.objects.filter(is_active=True) if entries_castable(user).filter(pk=entry.pk)
    )


def make_scrutin(
    state: str = SecretState.DRAFT,
    *,
    sitting: Sitting | None = None,
    resolutions: Sequence[Resolution] = (),
    size: int = 3,
    threshold: int = 2,
    mode: str = CodeMode.CARDS,
    closes_at: datetime | None = None,
    keepers: Sequence[User] = (),
    **fields: Any,
) -> Scrutin:
    """A scrutin of these resolutions, or of one made for it, in an open sitting of four members; its keepers
    are these, or made for it; `fields` are those of the sitting."""
    sitting = sitting or make_sitting(**{"present": 4} | fields)
    keepers = list(keepers) or [make_user() for _keeper in range(size)]
    vote = prepare_secret_vote(
        sitting.assembly,
        title="Scrutin du matin",
        resolutions=list(resolutions) or [make_resolution(sitting.assembly)],
        mode=mode,
        trustees=[user.person for user in keepers],
        threshold=threshold,
        closes_at=closes_at or timezone.now() + timedelta(hours=1),
        actor=sitting.actor,
        at=timezone.now(),
    )
    return Scrutin(sitting, vote, keepers, make_group(len(keepers), threshold)).reach(state)
