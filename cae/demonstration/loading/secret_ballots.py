"""Secret ballots of the demonstration: played by the services, as three scrutineers and many voters would,
with keys that anybody may read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cae.demonstration.loading.people import Population
from cae.demonstration.loading.sittings import Room
from governance.calculations.secret_questions import plaintexts
from governance.engines.ballots.ceremony import commitment
from governance.engines.ballots.decryption import trial_fingerprint
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.rehearsing import Group, make_group, share_of
from governance.models import Assembly, Associate, Resolution, SecretVote, Trustee, Vote
from governance.selectors.box_archive import election_of, tally_of
from governance.selectors.secret_ceremony import trial_of
from governance.selectors.secret_people import entries_castable
from governance.selectors.secret_totals import votes_asked
from governance.selectors.secret_voting import kept_code_mails
from governance.selectors.vote_papers import paper_of
from governance.services.ballot_casting import cast_ballot
from governance.services.secret_counting import SERVER, give_share, tally, verify
from governance.services.secret_keys import ready_keys, receive_step
from governance.services.secret_opening import close_secret_vote, open_secret_vote
from governance.services.secret_publishing import proclaim_secret_vote, record
from governance.services.secret_rehearsal import rehearse
from governance.services.secret_rolls import freeze_roll
from governance.services.secret_votes import prepare_secret_vote
from governance.states.secret import CodeMode, TrusteeStep
from people.models import User
from people.services.accounts import open_account

# Who keeps a key: two associates and who organises the assemblies; any two of them open a box.
KEEPERS = ("trusted", "associate", "life")
THRESHOLD = 2
# A code, as the mail shows it.
_CODE = re.compile(r"^\w{5}-\w{6}-\w{5}-\w{6}$", re.MULTILINE)
_MINUTE = timedelta(minutes=1)

# What a voice says at a vote; its rank is among the voices of the scrutin.
Says = Callable[[Vote, int], dict[str, Any]]


@dataclass
class Scrutin:
    """A secret ballot, who leads it, and scrutineers who hide nothing."""

    room: Room
    vote: SecretVote
    group: Group

    @property
    def keepers(self) -> list[User]:
        return [self.room.population.accounts[slug] for slug in KEEPERS]

    @property
    def trustees(self) -> list[Trustee]:
        return list(self.vote.trustees.select_related("secret_vote").order_by("index"))


def open_accounts(population: Population, associates: Mapping[str, Associate]) -> None:
    """Does: opens the account of each associate who works here: a code is sent to an account. Refuses:
    nothing. Leaves behind: accounts without password, which the page of sign-in does not list."""
    for slug in sorted(associates.keys() & population.persons.keys() - population.accounts.keys()):
        person = population.persons[slug]
        open_account(person, email=person.email, password=None, actor=population.accounts["admin"])


def begin_scrutin(
    room: Room, assembly: Assembly, title: str, resolutions: Sequence[Resolution], at: datetime
) -> Scrutin:
    """Does: prepares a secret ballot of these resolutions and makes its three keys. Refuses: nothing. Leaves
    behind: a scrutin whose roll is still to be frozen."""
    scrutin = Scrutin(
        room,
        prepare_secret_vote(
            assembly,
            title=title,
            resolutions=resolutions,
            mode=CodeMode.MAIL,
            trustees=[one for slug in KEEPERS if (one := room.population.accounts[slug].person)],
            threshold=THRESHOLD,
            closes_at=None,
            actor=room.manager,
            at=at,
        ),
        make_group(len(KEEPERS), THRESHOLD),
    )
    for minutes, step in enumerate(TrusteeStep.values, start=1):
        for trustee, keeper in zip(scrutin.trustees, scrutin.keepers, strict=True):
            message = _message(scrutin.group, trustee, step)
            receive_step(trustee, step=step, message=message, actor=keeper, at=at + minutes * _MINUTE)
    return scrutin


def _message(group: Group, trustee: Trustee, step: str) -> str:
    """What the browser of a scrutineer sends at a step of the ceremony."""
    place = trustee.index - 1
    if step == TrusteeStep.TRIAL:
        fingerprint = trial_fingerprint(trustee.secret_vote.uuid)
        return share_of(group, trustee.index, trial_of(trustee), fingerprint, owner=trustee.index)
    return {
        TrusteeStep.CERTIFICATE: group.certificate_texts[place],
        TrusteeStep.COMMITMENT: commitment(group.polynomial_texts[place]),
        TrusteeStep.POLYNOMIAL: group.polynomial_texts[place],
        TrusteeStep.VERIFICATION: group.output_texts[place],
    }[TrusteeStep(step)]


def open_scrutin(scrutin: Scrutin, *, at: datetime) -> None:
    """Does: freezes the roll, seals and tries the box, opens it. Refuses: nothing. Leaves behind: an open
    scrutin, its codes in the mails that the demonstration keeps."""
    room, vote = scrutin.room, scrutin.vote
    vote = freeze_roll(vote, actor=room.second, at=at)
    vote = ready_keys(vote, actor=room.manager, at=at + _MINUTE)
    vote = rehearse(vote, actor=room.manager, at=at + 2 * _MINUTE)
    scrutin.vote = open_secret_vote(vote, actor=room.manager, at=at + 3 * _MINUTE)


def vote_in_secret(scrutin: Scrutin, says: Says, *, at: datetime, silent: Iterable[User] = ()) -> None:
    """Does: casts the voices of everybody who received a code, but those who wait. Refuses: nothing. Leaves
    behind: one ballot a voice."""
    asked = votes_asked(scrutin.vote)
    waiting = {user.pk for user in silent}
    voters = User.objects.filter(person__isnull=False, is_active=True).exclude(pk__in=waiting)
    rank = 0
    for user in voters.order_by("email"):
        for entry, code in _in_hand(scrutin.vote, user):
            votes = [list(one) for vote in asked for one in plaintexts(paper_of(vote), says(vote, rank))]
            text = make_ballot(election_of(entry.box), code, votes)
            cast_ballot(entry, text=text, actor=user, at=at)
            rank += 1


def _in_hand(vote: SecretVote, user: User) -> Iterator[tuple[Any, str]]:
    """Each voice that somebody casts, with one of the codes of their mail: any of them opens any voice."""
    codes = [code for mail in kept_code_mails(vote, user) for code in _CODE.findall(mail)]
    if codes:
        yield from zip(entries_castable(user).filter(box__secret_vote=vote), codes, strict=True)


def count_scrutin(scrutin: Scrutin, *, at: datetime) -> None:
    """Does: closes the box, opens it with two keys of three, verifies, proclaims and publishes. Refuses:
    nothing. Leaves behind: the result, the archive, which everybody may verify."""
    room, vote = scrutin.room, scrutin.vote
    vote = close_secret_vote(vote, actor=room.manager, at=at)
    vote = tally(vote, actor=room.manager, at=at + _MINUTE)
    for trustee, keeper in list(zip(scrutin.trustees, scrutin.keepers, strict=True))[1:]:
        for box in vote.boxes.order_by("pk"):
            owner = SERVER + trustee.index
            message = share_of(scrutin.group, trustee.index, tally_of(box), box.fingerprint, owner=owner)
            give_share(trustee, box=box, message=message, actor=keeper, at=at + 2 * _MINUTE)
    vote.refresh_from_db()
    vote = verify(vote, actor=room.manager, at=at + 3 * _MINUTE)
    vote = proclaim_secret_vote(vote, actor=room.manager, at=at + 4 * _MINUTE)
    scrutin.vote = record(vote, actor=room.manager, at=at + 5 * _MINUTE)
