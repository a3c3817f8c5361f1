"""What the menu of every page asks of a person: is one an associate, has one an account of shares, a seat in
a bureau. Read with the roles, in their question."""

from __future__ import annotations

from django.db.models import QuerySet

from cae.core.questions import Given
from governance.models import Associate, BureauSeat

# The mark of those who are associates today, or represent one.
ASSOCIATE = "governance.associate"
# Of those who are or were, or represent one that is or was: who left reads what is still owed.
ACCOUNT = "governance.account"
# Of those who have a seat in the bureau of an assembly, past or to come.
BUREAU = "governance.bureau"


def accounts_of_person() -> QuerySet[Associate]:
    return Associate.objects.acted_by(Given("person"), Given("on"))


def associates_of_person() -> QuerySet[Associate]:
    return Associate.objects.acted_by(Given("person"), Given("on")).on(Given("on"))


def bureau_seats_of_person() -> QuerySet[BureauSeat]:
    return BureauSeat.objects.filter(person=Given("person"))
