"""Activities opened as a house opens them."""

from datetime import date
from itertools import count
from typing import Any

from entrepreneurs.models import Activity, Trade
from entrepreneurs.services.opening import open_activity
from entrepreneurs.services.trades import create_trade
from people.models import Person, User
from people.states import RoleKind
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user

_serial = count(1)


def make_activity(*owners: Person | User, code: str = "", on: date = BEGINNING, **details: Any) -> Activity:
    """An open activity of these people, or of somebody new: its section comes with it, and the scale in
    force that day."""
    code = code or f"ACT{next(_serial)}"
    people = [one.person if isinstance(one, User) else one for one in owners] or [make_person()]
    facts = {"name": f"Atelier {code}", "trade": "Graphisme", "email": f"{code.lower()}@exemple.fr"} | details
    if isinstance(facts["trade"], str):
        facts["trade"] = make_trade(facts["trade"])
    return open_activity(code=code, people=people, on=on, actor=None, **facts)


def make_trade(name: str = "Graphisme", **rules: Any) -> Trade:
    """The trade of this name, opened at the beginning with these rules unless it is there already."""
    known = Trade.objects.filter(name=name).first()
    return known or create_trade(name=name, on=date(1990, 1, 1), actor=None, **rules)


def make_entrepreneur(**details: Any) -> tuple[User, Activity]:
    """An entrepreneur with an account, and the activity they exercise."""
    user = make_user(RoleKind.ENTREPRENEUR)
    return user, make_activity(user, **details)
