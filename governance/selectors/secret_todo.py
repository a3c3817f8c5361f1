"""What a secret ballot waits for: a ballot to cast, a key to make or to use, cards to make, the next act of
the bureau (CAE-07, GOV-26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from governance.models import BallotBox, BureauSeat, DecryptionShare, RollEntry, SecretVote, Trustee
from governance.selectors.marks import BUREAU
from governance.selectors.room_todo import GROUP
from governance.selectors.secret_ceremony import KEPT_IN, MAKES_KEYS
from governance.selectors.secret_people import entries_of
from governance.states.assemblies import AssemblyState
from governance.states.secret import SecretState, TrusteeStep
from people.selectors import has_mark

# The bureau has the next act, whatever the others do.
_OF_BUREAU = (
    SecretState.KEYS_READY,
    SecretState.TESTED,
    SecretState.CLOSED,
    SecretState.DECRYPTED,
    SecretState.VERIFIED,
    SecretState.PROCLAIMED,
)


def ballots_waiting(person: Any, day: Any) -> QuerySet[RollEntry]:
    """Gives the voices that somebody casts, in scrutins that take ballots, and that have not voted."""
    return entries_of(person, day).filter(channel="", box__secret_vote__state=SecretState.OPEN)


def keys_to_make(person: Any) -> QuerySet[Trustee]:
    """Gives the places of somebody among scrutineers whose next step waits for nobody: a step is done once
    all have done the one before."""
    steps = [_lacks(step) for step in KEPT_IN]
    ready = steps[0]
    for before, step in pairwise(steps):
        others = Trustee.objects.filter(before, secret_vote=OuterRef("secret_vote"))
        ready |= Q(step, ~Exists(others))
    return Trustee.objects.filter(ready, person=person, secret_vote__state__in=[*MAKES_KEYS])


def _lacks(step: str) -> Q:
    """The condition, on a scrutineer, that this step is not done."""
    field = KEPT_IN[step]
    return Q(tried_at=None) if step == TrusteeStep.TRIAL else Q(**{field: ""})


def shares_to_give(person: Any) -> QuerySet[Trustee]:
    """Gives the places of somebody among scrutineers of boxes that their key has not opened yet."""
    given = DecryptionShare.objects.filter(box=OuterRef("pk"), trustee=OuterRef(OuterRef("pk")))
    closed = BallotBox.objects.filter(~Exists(given), secret_vote=OuterRef("secret_vote"))
    return Trustee.objects.filter(Exists(closed), person=person, secret_vote__state=SecretState.TALLIED)


def cards_to_make(person: Any) -> QuerySet[Trustee]:
    """Gives the places of somebody among scrutineers of whom any makes the cards of a roll that is frozen."""
    return Trustee.objects.filter(
        Exists(_uncoded()), person=person, secret_vote__state=SecretState.ROLL_FROZEN
    )


def scrutins_to_lead(person: Any) -> QuerySet[SecretVote]:
    """Gives the scrutins that wait for the bureau in which somebody sits: a roll to freeze, keys and cards
    all made, an act that comes next."""
    unmade = Trustee.objects.filter(secret_vote=OuterRef("pk"), tried_at=None)
    ready = Q(state__in=_OF_BUREAU)
    ready |= Q(state=SecretState.DRAFT, assembly__state=AssemblyState.OPEN)
    ready |= Q(~Exists(unmade), ~Exists(_uncoded("pk")), state=SecretState.ROLL_FROZEN)
    seats = BureauSeat.objects.filter(person=person, assembly=OuterRef("assembly"))
    return SecretVote.objects.filter(ready, Exists(seats))


def _uncoded(scrutin: str = "secret_vote") -> QuerySet[BallotBox]:
    """The boxes of a scrutin without their codes: cards bring those of a box all at once, mails when the roll
    is frozen."""
    return BallotBox.objects.filter(roll="", secret_vote=OuterRef(scrutin))


def _told(user: Any, today: date) -> dict[str, Any] | None:
    return {"person": user.person_id, "day": today} if user.person_id is not None else None


def _led(user: Any, _today: date) -> dict[str, Any] | None:
    """For those who have a seat in a bureau, a mark read with the roles."""
    return {"person": user.person_id} if has_mark(user, BUREAU) else None


def _votes(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    waiting = ballots_waiting(user.person_id, today).order_by().values("box__secret_vote")
    for vote in SecretVote.objects.filter(pk__in=waiting).order_by("pk"):
        yield _todo(vote, _("Voter à bulletin secret : %(title)s"), "secret_cast", today, tally)


def _keys(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    for one in keys_to_make(user.person_id).select_related("secret_vote").order_by("secret_vote"):
        yield _todo(one.secret_vote, _("Faire votre clé : %(title)s"), "secret_key", today, tally)


def _cards(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    for one in cards_to_make(user.person_id).select_related("secret_vote").order_by("secret_vote"):
        yield _todo(one.secret_vote, _("Faire les cartes de codes : %(title)s"), "secret_cards", today, tally)


def _shares(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    for one in shares_to_give(user.person_id).select_related("secret_vote").order_by("secret_vote"):
        words = _("Donner votre part de dépouillement : %(title)s")
        yield _todo(one.secret_vote, words, "secret_key", today, tally)


def _leads(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    for vote in scrutins_to_lead(user.person_id).order_by("pk"):
        yield _todo(vote, _("Conduire le scrutin secret : %(title)s"), "secret_detail", today, tally)


def _todo(vote: SecretVote, words: str, page: str, today: date, tally: Tally) -> Todo:
    """A line that comes before all that waits today: a sitting does."""
    return Todo(
        words % {"title": vote.title},
        reverse(f"governance:{page}", args=[vote.pk]),
        since=tally.since,
        due=today,
        group=GROUP,
    )


AWAITED = (
    Awaited(
        Pile(
            "governance.secret_ballots",
            lambda: (ballots_waiting(Given("person"), Given("day")), "box__secret_vote__opened_at"),
        ),
        _told,
        _votes,
    ),
    Awaited(
        Pile(
            "governance.secret_keys",
            lambda: (keys_to_make(Given("person")), "secret_vote__state_since"),
        ),
        _told,
        _keys,
    ),
    Awaited(
        Pile(
            "governance.secret_cards",
            lambda: (cards_to_make(Given("person")), "secret_vote__state_since"),
        ),
        _told,
        _cards,
    ),
    Awaited(
        Pile(
            "governance.secret_shares",
            lambda: (shares_to_give(Given("person")), "secret_vote__state_since"),
        ),
        _told,
        _shares,
    ),
    Awaited(
        Pile("governance.secret_votes", lambda: (scrutins_to_lead(Given("person")), "state_since")),
        _led,
        _leads,
    ),
)
