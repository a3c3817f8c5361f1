"""Activities opened as a house opens them."""

from datetime import date
from itertools import count
from typing import Any

from entrepreneurs.models import Activity
from entrepreneurs.services.opening import open_activity
from people.models import Person, User
from people.states import RoleKind
from tests.factories.people import make_person, make_user

_serial = count(1)
OPENED = date(2025, 1, 1)


def make_activity(*people: Person, on: date = OPENED, **details: Any) -> Activity:
    """An open activity of these people, or of somebody new; without scale nor customer."""
    n = next(_serial)
    facts = {
        "name": f"Atelier {n}",
        "trade": "Graphisme",
        "code": f"ATELIER{n}",
        "email": f"atelier{n}@exemple.fr",
    }
    return open_activity(people=people or [make_person()], on=on, actor=None, **(facts | details))


def make_entrepreneur(**details: Any) -> tuple[User, Activity]:
    """An entrepreneur with an account, and the activity they exercise."""
    user = make_user(RoleKind.ENTREPRENEUR)
    assert user.person is not None
    return user, make_activity(user.person, **details)
