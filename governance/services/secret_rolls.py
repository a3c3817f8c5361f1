"""The roll of a secret ballot: whose voices, cast by whom, in which box; frozen before anything is sealed
(GOV-26)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from governance.engines.ballots.credentials import new_uuid
from governance.models import BallotBox, RollEntry, SecretVote, Voice, Vote
from governance.selectors.representation import names_of
from governance.selectors.rules import rules_of
from governance.selectors.standing import standing_at
from governance.selectors.vote_papers import method_of
from governance.selectors.vote_rules import WEIGHTED, refuse_rules_missing
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.secret_codes import make_mail_codes
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_votes
from governance.services.vote_rolls import call_roll
from governance.services.voting import require_quorum, rule_of_roll
from governance.states.assemblies import AssemblyState
from governance.states.secret import SECRET_FLOW, CodeMode
from people.models import Person, User


@performs(SECRET_FLOW, "freeze_roll")
def freeze_roll(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: writes the voices of this instant: one entry for each that somebody casts, in the box of its
    college where colleges are weighed; forms of correspondence and blank proxies will speak by name. Makes
    and mails the codes, where the server makes them. Refuses: a sitting that is not open, a quorum that is
    not met, a rule that nobody decided, nobody to cast a voice. Leaves behind: the boxes, their entries, the
    rule of each vote with its figures, audit."""
    votes = locked_votes(vote)
    assembly = locked_assembly(vote.assembly_id)
    if assembly.state != AssemblyState.OPEN:
        raise Refused(Code.ILLEGAL_MOVE, _("La liste s’arrête une fois la séance ouverte."))
    standing = standing_at(assembly, at)
    cast: list[Voice] = []
    for one in votes:
        one.assembly = assembly
        refuse_rules_missing(one)
        require_quorum(one, standing)
        roll = call_roll(one, standing)
        one.rule = rule_of_roll(one, roll, standing)
        one.save(update_fields=["rule"])
        # The same voices for all: prepared with one electorate.
        cast = [voice for voice in roll.voices if not _speaks_by_name(voice)]
        Voice.objects.bulk_create(voice for voice in roll.voices if _speaks_by_name(voice))
    if not cast:
        raise Refused(Code.EMPTY_DOCUMENT, _("Personne ne vote sur un écran : il n’y a pas d’urne à ouvrir."))
    _name(cast)
    entries = _entries(vote, cast, by_college=any(_is_weighted(one) for one in votes))
    if vote.mode == CodeMode.MAIL:
        make_mail_codes(vote, actor=actor, at=at)
    note(vote, "freeze_roll", actor=actor, at=at, facts=_facts(entries))
    beat(assembly.pk)


def _speaks_by_name(voice: Voice) -> bool:
    return voice.is_blank_proxy or voice.is_by_correspondence


def _name(voices: list[Voice]) -> None:
    """Gives the voices their names, read at once: lists are alphabetical."""
    named = names_of(key for one in voices for key in (one.associate_id, one.holder_id) if key)
    persons = Person.objects.in_bulk([one.person_id for one in voices if one.person_id])
    for one in voices:
        one.associate = named.get(one.associate_id or 0)
        one.holder = named.get(one.holder_id or 0)
        one.person = persons.get(one.person_id or 0)


def _is_weighted(vote: Vote) -> bool:
    return bool(rules_of(vote.assembly).weights()) and method_of(vote) in WEIGHTED


def _entries(vote: SecretVote, cast: list[Voice], *, by_college: bool) -> list[RollEntry]:
    """Writes the boxes and their entries, in alphabetical order: nothing else orders them."""
    colleges = {voice.college_id if by_college else None for voice in cast}
    boxes = {
        college: BallotBox.objects.create(secret_vote=vote, college_id=college, uuid=new_uuid())
        for college in sorted(colleges, key=lambda key: key or 0)
    }
    return RollEntry.objects.bulk_create(
        RollEntry(
            box=boxes[voice.college_id if by_college else None],
            associate=voice.associate,
            person=voice.person,
            holder=voice.holder,
        )
        for voice in sorted(cast, key=str)
    )


def _facts(entries: list[RollEntry]) -> dict[str, Any]:
    """Sizes, and the hash of the list, which the scrutineers compare."""
    sizes = Counter(str(one.box) for one in entries)
    rows = [[str(one.box), str(one), str(one.holder or "")] for one in entries]
    return {"voters": len(entries), "boxes": dict(sorted(sizes.items())), "sha256": sha256_of(sorted(rows))}
