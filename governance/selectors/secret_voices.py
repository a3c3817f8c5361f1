"""The voices of a secret roll as they are shown and told: in alphabetical order, never in that of arrival."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from governance.models import Associate, RollEntry, SecretVote
from governance.selectors.representation import users_of
from governance.selectors.secret_rolls import NAMES
from people.models import Person, User

_NAMED = ("box__college", "associate__person", "associate__organisation", "person")
_HOLDERS = ("holder__person", "holder__organisation")


def alphabetical(entries: QuerySet[RollEntry]) -> list[RollEntry]:
    """Gives entries by the name of whose voice it is, with all that their names need."""
    named = entries.select_related(*_NAMED, *_HOLDERS).annotate(name=Coalesce(*NAMES))
    return list(named.order_by("name", "pk"))


def voices_of(vote: SecretVote) -> list[RollEntry]:
    """Gives the voices of a scrutin, its boxes together."""
    return alphabetical(RollEntry.objects.filter(box__secret_vote=vote))


def accounts_of(entries: Iterable[RollEntry], on: date) -> Accounts:
    """Gives who reads what is told of these voices on a day: those with an account that is open."""
    rows = list(entries)
    keys = {key for one in rows for key in (one.associate_id, one.holder_id) if key is not None}
    persons = [one.person_id for one in rows if one.person_id is not None]
    users = User.objects.filter(person__in=persons, is_active=True)
    return Accounts(users_of(keys, on), {user.person_id or 0: [user] for user in users})


class Accounts:
    """The accounts of those whose voices these are, and of those who cast them."""

    def __init__(self, acting: dict[int, list[User]], persons: dict[int, list[User]]) -> None:
        self._acting, self._persons = acting, persons

    def of_owner(self, entry: RollEntry) -> list[User]:
        if entry.associate_id is None:
            return self._persons.get(entry.person_id or 0, [])
        return self._acting.get(entry.associate_id, [])

    def of_holder(self, entry: RollEntry) -> list[User]:
        """Nobody where one votes for oneself."""
        return self._acting.get(entry.holder_id or 0, [])

    def of_caster(self, entry: RollEntry) -> list[User]:
        return self.of_holder(entry) if entry.holder_id is not None else self.of_owner(entry)


def whose(entry: RollEntry) -> Associate | Person:
    """Gives the row that the journal of acts names: the associate, or the entrepreneur who is none."""
    return next(one for one in (entry.associate, entry.person) if one is not None)
