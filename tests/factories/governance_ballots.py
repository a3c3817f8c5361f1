"""An open secret ballot made of rows, with one key thrown away: what casting needs, without the ceremony."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.engines.ballots.archive import add_setup
from governance.engines.ballots.credentials import (
    fingerprint,
    new_code,
    new_uuid,
    public_credential,
    write_roll,
)
from governance.engines.ballots.elections import Question, read_election, write_election
from governance.engines.ballots.group import encode_point, multiply_base
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import single_key
from governance.engines.ballots.trustees import write_trustees
from governance.models import (
    Associate,
    BallotBox,
    BoxEvent,
    PublicCredential,
    RollEntry,
    SecretQuestion,
    SecretVote,
    Vote,
)
from governance.states.secret import CodeMode, SecretState
from governance.states.votes import VoteState, VoteWay
from tests.factories.governance import make_resolution
from tests.factories.governance_votes import Sitting, make_sitting

KEY = 5
POUR, CONTRE, ABSTENTION = (1, 0, 0), (0, 1, 0), (0, 0, 1)


@dataclass
class OpenBox:
    """A scrutin of one question with one box; the code of each voice, which no row holds."""

    sitting: Sitting
    vote: SecretVote
    box: BallotBox
    codes: list[str]

    def entry(self, rank: int) -> RollEntry:
        return self.box.entries.get(associate=self.sitting.members[rank])

    def ballot(self, rank: int, choice: tuple[int, ...] = POUR) -> str:
        """A ballot that the code of this rank signs; another at each call."""
        return make_ballot(read_election(self.box.election), self.codes[rank], [choice])

    def move(self, state: str, **fields: Any) -> SecretVote:
        """The scrutin in another state; a closed one has its instant."""
        if state not in (SecretState.OPEN, SecretState.PAUSED):
            fields = {"closed_at": timezone.now()} | fields
        SecretVote.objects.filter(pk=self.vote.pk).update(state=state, **fields)
        self.vote.refresh_from_db()
        return self.vote


def make_scrutin(
    sitting: Sitting, *, mode: str = CodeMode.MAIL, state: str = SecretState.ROLL_FROZEN, **fields: Any
) -> SecretVote:
    """A scrutin of one resolution, before any box."""
    resolution = make_resolution(sitting.assembly)
    now = timezone.now() - timedelta(minutes=1)
    is_open = state == SecretState.OPEN
    vote = Vote.objects.create(
        assembly=sitting.assembly,
        resolution=resolution,
        way=VoteWay.SECRET,
        state=VoteState.OPEN if is_open else VoteState.DRAFT,
        opened_at=now if is_open else None,
        rule=fields.pop("rule", {"ballot_final": "last"}),
    )
    usual = {"title": "Comptes de l’année", "uuid": new_uuid(), "opened_at": now if is_open else None}
    scrutin = SecretVote.objects.create(assembly=sitting.assembly, mode=mode, state=state, **usual | fields)
    SecretQuestion.objects.create(secret_vote=scrutin, vote=vote, position=1)
    return scrutin


def make_roll(scrutin: SecretVote, members: list[Associate], holders: dict[int, Associate]) -> BallotBox:
    """One box, one entry a member; `holders` cast the voices of these ranks."""
    box = BallotBox.objects.create(secret_vote=scrutin, uuid=new_uuid())
    RollEntry.objects.bulk_create(
        RollEntry(box=box, associate=one, holder=holders.get(rank)) for rank, one in enumerate(members)
    )
    return box


def make_open_box(
    present: int = 3,
    *,
    held: dict[int, int] | None = None,
    closes_at: datetime | None = None,
    ballot_final: str = "last",
    mode: str = CodeMode.CARDS,
    state: str = SecretState.OPEN,
    sitting: Sitting | None = None,
) -> OpenBox:
    """An open scrutin of those present; `held`: {rank of a voice: rank of who casts it}."""
    sitting = sitting or make_sitting(present)
    scrutin = make_scrutin(
        sitting,
        mode=mode,
        state=state,
        closes_at=closes_at,
        rule={"ballot_final": ballot_final},
    )
    members = sitting.members
    box = make_roll(scrutin, members, {who: members[by] for who, by in (held or {}).items()})
    codes = [new_code() for _member in members]
    seal(box, [public_credential(box.uuid, code) for code in codes])
    return OpenBox(sitting, scrutin, box, codes)


def seal(box: BallotBox, credentials: list[str]) -> None:
    """Its list and its election as published, and the first event of its chain."""
    PublicCredential.objects.bulk_create(PublicCredential(box=box, value=one) for one in sorted(credentials))
    box.roll = write_roll(credentials)
    box.roll_fingerprint = fingerprint(box.roll)
    question = Question("Comptes de l’année", ("Pour", "Contre", "Abstention"), 1, 1)
    box.election = write_election(
        uuid=box.uuid,
        name="Comptes de l’année",
        description="",
        public_key=encode_point(multiply_base(KEY)),
        questions=[question],
    )
    box.fingerprint = read_election(box.election).fingerprint
    box.trustees, box.timestamp = write_trustees([single_key(KEY)]), 1795400122
    box.save()
    event = add_setup(box.timestamp, election=box.election, trustees=box.trustees, roll=box.roll).event
    BoxEvent.objects.create(box=box, height=0, kind="Setup", text=event.text, digest=event.hash)
