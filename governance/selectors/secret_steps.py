"""A secret ballot told as steps: what is done and by whom, what comes next and whose turn it is (GOV-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.templatetags.formats import moment
from governance.models import (
    BallotBox,
    BureauSeat,
    DecryptionShare,
    PublicCredential,
    RollEntry,
    SecretJournal,
    SecretVote,
    Trustee,
)
from governance.states.assemblies import BureauRole
from governance.states.secret import SECRET_FLOW, CodeMode, SecretState
from governance.states.secret_acts import KEYS, SHARES

# Who does an act, where it is no seat of the bureau.
BUREAU, TRUSTEES, SERVER = "bureau", "trustees", "server"
# Every act in order with who does it, grouped as people live it.
PHASES: tuple[tuple[Any, tuple[tuple[str, str], ...]], ...] = (
    (
        gettext_lazy("Préparer"),
        (
            ("freeze_roll", BureauRole.SECRETARY.value),
            (KEYS, TRUSTEES),
            ("ready_keys", BUREAU),
            ("rehearse", BUREAU),
        ),
    ),
    (
        gettext_lazy("Voter"),
        (("open", BureauRole.CHAIR.value), ("close", BureauRole.CHAIR.value)),
    ),
    (
        gettext_lazy("Dépouiller"),
        (
            ("tally", BUREAU),
            (SHARES, TRUSTEES),
            ("verify", BUREAU),
            ("proclaim", BureauRole.CHAIR.value),
            ("record", BUREAU),
            ("purge", SERVER),
        ),
    ),
)
SEATS: dict[str, str] = {act: seat for _title, acts in PHASES for act, seat in acts}
# Paused, a scrutin is still to close; the state that each act leads to.
_REACHED: dict[str, str] = {
    act: {KEYS: SecretState.KEYS_READY.value, SHARES: SecretState.DECRYPTED.value}.get(act)
    or SECRET_FLOW.move(act).target
    for act in SEATS
}
_ORDER: tuple[str, ...] = (SecretState.DRAFT.value, *dict.fromkeys(_REACHED.values()))
_FUNCTIONS: dict[str, Any] = {
    BureauRole.CHAIR: gettext_lazy("présidence de séance"),
    BureauRole.SECRETARY: gettext_lazy("secrétariat de séance"),
    BUREAU: gettext_lazy("bureau de séance"),
    TRUSTEES: gettext_lazy("scrutateurs et scrutatrices"),
    SERVER: gettext_lazy("le serveur"),
}


@dataclass(frozen=True)
class Phase:
    """A part of the life of a scrutin: its steps, as {% steps %} draws them."""

    title: Any
    steps: Sequence[Mapping[str, Any]]
    is_current: bool


@dataclass(frozen=True)
class Keeper:
    """A scrutineer, how far their key is, whether they gave their share of every box."""

    trustee: Trustee
    has_shared: bool

    @property
    def has_key(self) -> bool:
        return self.trustee.tried_at is not None

    @property
    def status(self) -> tuple[str, str, Any]:
        """The tone, the shape and the word of what this scrutineer did last."""
        if self.has_shared:
            return ("success", "✔", gettext_lazy("Part donnée"))
        if self.has_key:
            return ("info", "●", gettext_lazy("Clé essayée"))
        if self.trustee.certificate:
            return ("warning", "▲", gettext_lazy("Clé commencée"))
        return ("neutral", "◇", gettext_lazy("Clé à faire"))


@dataclass(frozen=True)
class Life:
    """Where a scrutin stands: its steps, its scrutineers, the act to come and whose turn it is, in words."""

    phases: Sequence[Phase]
    keepers: Sequence[Keeper]
    # Empty when nothing is to do any more.
    next_act: str
    turn: str
    # Cards whose codes a scrutineer has still to make.
    awaits_cards: bool
    shares_missing: int


def keepers_of(vote: SecretVote) -> list[Keeper]:
    """Gives the scrutineers in their order. A share is given box by box: that of all is in, or one waits."""
    shared = DecryptionShare.objects.filter(trustee=OuterRef("pk"))
    of_box = DecryptionShare.objects.filter(box=OuterRef("pk"), trustee=OuterRef(OuterRef("pk")))
    left = BallotBox.objects.filter(~Exists(of_box), secret_vote=vote)
    rows = vote.trustees.select_related("person").annotate(has_shared=Exists(shared) & ~Exists(left))
    return [Keeper(row, row.has_shared) for row in rows.order_by("index")]


def awaits_cards(vote: SecretVote) -> bool:
    """Tells whether voices of the roll have no code yet, where a scrutineer makes them on cards."""
    if vote.mode != CodeMode.CARDS or vote.state != SecretState.ROLL_FROZEN:
        return False
    entries = RollEntry.objects.filter(box__secret_vote=vote).count()
    return PublicCredential.objects.filter(box__secret_vote=vote).count() < entries


def life_of(vote: SecretVote, journal: Sequence[SecretJournal]) -> Life:
    """Gives where a scrutin stands. `journal`: its acts with their authors, the latest last."""
    keepers, cards = keepers_of(vote), awaits_cards(vote)
    keyless = [one for one in keepers if not one.has_key]
    silent = [one for one in keepers if not one.has_shared]
    missing = max(0, vote.threshold - (len(keepers) - len(silent)))
    done = _done(vote.state, are_keys_made=not keyless and not cards)
    step = next((act for act in SEATS if act not in done), "")
    if vote.state == SecretState.CANCELLED:
        return Life((), keepers, "", "", cards, missing)
    act = "resume" if vote.state == SecretState.PAUSED else step
    turn = _turn(vote, act, keyless if act == KEYS else silent)
    hints: dict[str, str] = {line.act: _author(line) for line in journal if line.act in done}
    hints[step] = turn
    phases = [
        Phase(
            title,
            [
                _drawn(act, "done" if act in done else "current" if act == step else "todo", hints)
                for act, _seat in acts
            ],
            any(act == step for act, _seat in acts),
        )
        for title, acts in PHASES
    ]
    return Life(phases, keepers, act, turn, cards, missing)


def _done(state: str, *, are_keys_made: bool) -> frozenset[str]:
    """The acts that this state leaves behind."""
    if state == SecretState.CANCELLED:
        return frozenset()
    rank = _ORDER.index(SecretState.OPEN if state == SecretState.PAUSED else state)
    found = {act for act, reached in _REACHED.items() if _ORDER.index(reached) <= rank}
    if state == SecretState.ROLL_FROZEN and are_keys_made:
        found.add(KEYS)
    return frozenset(found)


def _turn(vote: SecretVote, act: str, awaited: Sequence[Keeper]) -> str:
    """Whose turn it is: who is seated for it, else the function that does it."""
    seat = SEATS.get(act, BUREAU)
    if not act:
        return ""
    if seat == TRUSTEES and awaited:
        return ", ".join(str(one.trustee) for one in awaited)
    if seat in BureauRole.values:
        seated = BureauSeat.objects.filter(assembly=vote.assembly_id, role=seat).select_related("person")
        names = ", ".join(str(one.person) for one in seated)
        return f"{names}, {_FUNCTIONS[seat]}" if names else _("qui organise l’assemblée")
    return str(_FUNCTIONS[seat])


def _author(line: SecretJournal) -> str:
    who = line.by.person if line.by is not None else _FUNCTIONS[SERVER]
    return f"{who} · {moment(line.at)}"


def _drawn(act: str, state: str, hints: Mapping[str, str]) -> dict[str, Any]:
    words = {KEYS: _("Faire et essayer les clés"), SHARES: _("Donner les parts de dépouillement")}
    label = words.get(act) or SECRET_FLOW.move(act).label
    return {"label": label, "state": state, "hint": hints.get(act, "")}
