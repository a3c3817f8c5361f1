"""What anyone may verify of a secret vote without trusting who gives its archive: the eight steps of
voting-protocol.md §11, in order; whatever does not hold is named, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from governance.engines.ballots.archive import (
    Archive,
    ArchiveFault,
    Kind,
    Where,
    check_chain,
    read_archive,
)
from governance.engines.ballots.ballots import Ballot, check_ballot
from governance.engines.ballots.canonical import dumps, items, loads_exact, text_of
from governance.engines.ballots.credentials import read_roll
from governance.engines.ballots.decryption import check_partial, check_strict, combine, read_owner_object
from governance.engines.ballots.elections import Election, read_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import b64_of
from governance.engines.ballots.tally import (
    Counts,
    Points,
    Tally,
    add_ballots,
    open_tally,
    read_result,
    sized_object,
)
from governance.engines.ballots.trustees import Trustees, read_trustees


class Step(IntEnum):
    """In the order of the protocol; each rests on those before it, but for the third."""

    CONTAINER = 1
    CHAIN = 2
    CONTINUITY = 3
    SETUP = 4
    BALLOTS = 5
    TALLY = 6
    SHARES = 7
    RESULT = 8


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    NOT_REACHED = "not_reached"  # it rests on a step that fails
    NOT_YET = "not_yet"  # the vote has not come to this
    NOT_ASKED = "not_asked"  # there was nothing to compare with


@dataclass(frozen=True)
class Expected:
    """What was announced, displayed or kept before: an archive alone cannot prove to be the right one."""

    uuid: str | None = None
    head: str | None = None
    fingerprint: str | None = None
    roll_fingerprint: str | None = None
    voters: int | None = None
    earlier: bytes | None = None
    trackers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold."""

    step: Step
    code: Fault
    where: Where


Progress = Callable[[int, int], None]  # so many ballots done, of so many


def _silent(_done: int, _total: int) -> None:
    pass


@dataclass
class Report:
    """What was verified, and found; `unasked`: what might have been compared, and was not given."""

    verdicts: dict[Step, Verdict] = field(default_factory=lambda: dict.fromkeys(Step, Verdict.NOT_REACHED))
    faults: list[Finding] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    head: str = ""
    fingerprint: str = ""
    roll_fingerprint: str = ""
    election: Election | None = None
    credentials: int = 0
    trackers: list[str] = field(default_factory=list)
    kept: int = 0
    strict: bool = False
    counts: Counts = ()

    @property
    def sound(self) -> bool:
        """Whatever could be verified holds."""
        return not self.faults


def verify_archive(
    data: bytes,
    *,
    expected: Expected | None = None,
    strict: bytes | None = None,
    foreign: bool = False,
    unfinished: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Does: the eight steps, up to the first that fails. Refuses no bytes: reports them. `strict`: the file
    of strict proofs, which only a `foreign` archive may lack. `unfinished`: the vote or its count goes on."""
    audit = _Audit(data, expected or Expected(), strict, foreign, unfinished, progress or _silent)
    return audit.run()


def write_strict(objects: Iterable[str]) -> str:
    """The file of the strict proofs of an election, of each owner's in the order of their numbers."""
    return dumps([loads_exact(text) for text in objects])


@dataclass
class _Audit:
    """One run over one archive; each step says what to think of it if it notes no fault."""

    data: bytes
    expected: Expected
    strict: bytes | None
    foreign: bool
    unfinished: bool
    progress: Progress
    report: Report = field(default_factory=Report)
    step: Step = Step.CONTAINER
    archive: Archive = field(init=False)
    election: Election = field(init=False)
    trustees: Trustees = field(init=False)
    roll: frozenset[str] = field(init=False)
    replaced: set[str] = field(default_factory=set)  # trackers of ballots that a later one replaced
    tally: Tally = field(init=False)
    factors: Points = field(init=False)

    def run(self) -> Report:
        steps: dict[Step, Callable[[], Verdict]] = {
            Step.CONTAINER: self.container,
            Step.CHAIN: self.chain,
            Step.CONTINUITY: self.continuity,
            Step.SETUP: self.setup,
            Step.BALLOTS: self.ballots,
            Step.TALLY: self.sums,
            Step.SHARES: self.shares,
            Step.RESULT: self.result,
        }
        for self.step, verify in steps.items():
            verdict = self.verdict(verify)
            self.report.verdicts[self.step] = verdict
            if verdict is Verdict.FAILS and self.step is not Step.CONTINUITY:
                break
        return self.report

    def verdict(self, verify: Callable[[], Verdict]) -> Verdict:
        before = len(self.report.faults)
        found = Verdict.FAILS
        try:
            found = verify()
        except ArchiveFault as fault:
            self.note(fault.code, fault.where)
        return Verdict.FAILS if len(self.report.faults) > before else found

    def note(self, code: Fault, where: Where) -> None:
        self.report.faults.append(Finding(self.step, code, where))

    @contextmanager
    def noting(self, where: Where) -> Iterator[None]:
        """A fault found inside is reported, and what comes after is looked at all the same."""
        try:
            yield
        except BallotFault as fault:
            self.note(fault.code, replace(where, member=fault.trustee))

    def container(self) -> Verdict:
        self.archive = read_archive(self.data)
        self.report.head = self.archive.head
        return Verdict.HOLDS

    def chain(self) -> Verdict:
        check_chain(self.archive, unfinished=self.unfinished)
        return Verdict.HOLDS

    def continuity(self) -> Verdict:
        election, _, roll, _ = self.archive.events[0].objects
        self.report.fingerprint, self.report.roll_fingerprint = b64_of(election), b64_of(roll)
        self.compare("fingerprint", self.report.fingerprint, Fault.FINGERPRINT_WRONG)
        self.compare("roll_fingerprint", self.report.roll_fingerprint, Fault.ROLL_WRONG)
        self.compare("head", self.report.head, Fault.HEAD_WRONG)
        earlier = self.expected.earlier
        if earlier is not None and not self.data.startswith(earlier):
            self.note(Fault.EARLIER_DIFFERS, Where())
        asked = earlier is not None or len(self.report.unasked) < 3
        return Verdict.HOLDS if asked else Verdict.NOT_ASKED

    def compare(self, name: str, found: object, code: Fault) -> None:
        announced = getattr(self.expected, name)
        if announced is None:
            self.report.unasked.append(name)
        elif announced != found:
            self.note(code, Where())

    def setup(self) -> Verdict:
        election, trustees, roll, _ = self.archive.events[0].objects
        with self.noting(Where(height=0)):
            self.election = self.report.election = read_election(election)
            if self.expected.uuid is None:
                self.report.unasked.append("uuid")
            elif self.expected.uuid != self.election.uuid:
                raise BallotFault(Fault.UUID_WRONG)
            self.trustees = read_trustees(trustees)
            if self.trustees.key != self.election.key:
                raise BallotFault(Fault.ELECTION_KEY_WRONG)
            self.roll = frozenset(read_roll(roll))
            self.report.credentials = len(self.roll)
        return Verdict.HOLDS

    def ballots(self) -> Verdict:
        self.tally = add_ballots(self.election, self.checked())
        self.report.kept = self.tally.kept
        self.compare("voters", self.tally.kept, Fault.VOTERS_WRONG)
        if not self.expected.trackers:
            self.report.unasked.append("trackers")
        for tracker in self.expected.trackers:
            if tracker not in self.report.trackers:
                self.note(Fault.TRACKER_UNKNOWN, Where(tracker=tracker))
            elif tracker in self.replaced:
                self.note(Fault.TRACKER_REPLACED, Where(tracker=tracker))
        return Verdict.HOLDS

    def checked(self) -> Iterator[Ballot]:
        """The ballots that hold, one by one: ten thousand are not held at once."""
        recorded = self.archive.of(Kind.BALLOT)
        seen: set[str | tuple[str, str]] = set()
        last: dict[str, str] = {}
        for done, one in enumerate(recorded, 1):
            tracker = b64_of(one.objects[0])
            self.report.trackers.append(tracker)
            with self.noting(Where(height=one.event.height, tracker=tracker)):
                ballot = check_ballot(one.objects[0], self.election, self.roll, seen)
                seen |= {ballot.digest, ballot.pair}
                if ballot.credential in last:
                    self.replaced.add(last[ballot.credential])
                last[ballot.credential] = tracker
                yield ballot
            self.progress(done, len(recorded))

    def sums(self) -> Verdict:
        recorded = self.archive.of(Kind.TALLY)
        for one in recorded:
            tally, sized = one.objects
            with self.noting(Where(height=one.event.height)):
                if tally != self.tally.text:
                    raise BallotFault(Fault.TALLY_WRONG)
                if sized != sized_object(self.tally):
                    raise BallotFault(Fault.COUNT_WRONG)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET

    def shares(self) -> Verdict:
        recorded = self.archive.of(Kind.PARTIAL)
        shares: dict[int, Points] = {}
        for one in recorded:
            here = Where(height=one.event.height)
            with self.noting(here):
                owner, _ = read_owner_object(one.objects[1])
                public = self.trustees.public_of(owner)
                with self.noting(replace(here, owner=owner)):
                    if owner in shares:
                        raise BallotFault(Fault.OWNER_WRONG)
                    shares[owner] = check_partial(
                        one.objects[0], self.tally, fingerprint=self.election.fingerprint, public=public
                    )
        if len(shares) == len(recorded):
            self.strictly(shares)
        for one in self.archive.of(Kind.RESULT):
            with self.noting(Where(height=one.event.height)):
                self.factors = combine(self.trustees, shares)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET

    def strictly(self, shares: Mapping[int, Points]) -> None:
        """A proof that hashes what it is about, for each share: only archives of other programs have none."""
        if self.strict is None:
            if shares and not self.foreign:
                self.note(Fault.STRICT_PROOF_MISSING, Where())
            return
        with self.noting(Where()):
            objects = items(loads_exact(text_of(self.strict)), len(shares))
            held = 0
            for owner, value in zip(sorted(shares), objects, strict=True):
                with self.noting(Where(owner=owner)):
                    check_strict(
                        dumps(value),
                        self.tally,
                        shares[owner],
                        fingerprint=self.election.fingerprint,
                        public=self.trustees.public_of(owner),
                        owner=owner,
                    )
                    held += 1
            self.report.strict = 0 < held == len(shares)

    def result(self) -> Verdict:
        recorded = self.archive.of(Kind.RESULT)
        for one in recorded:
            with self.noting(Where(height=one.event.height)):
                found = open_tally(self.election, self.tally, self.factors)
                if one.objects[0] != found:
                    raise BallotFault(Fault.RESULT_WRONG)
                self.report.counts = read_result(found, self.election)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET
