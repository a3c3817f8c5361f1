"""Rights over simulation of pay and price: a figure is anyone's to try, a year so far is not."""

from __future__ import annotations

from typing import Any

import rules

from accounting.permissions.books import owns_one, reads_books, sees_section
from people.permissions import is_accountant, is_advisor, is_entrepreneur, is_hr, is_manager


@rules.predicate
def reads_year_of(user: Any, person: Any = None) -> bool:
    """One's own year so far; or anybody's, for those who prepare pay or keep the books."""
    if person is not None and person.pk == user.person_id:
        return True
    return bool((is_hr | is_accountant).test(user))


PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.simulate_pay": is_entrepreneur | owns_one | is_hr | is_accountant | is_advisor | is_manager,
    "accounting.read_pay_year": reads_year_of,
    "accounting.view_affordable": (is_entrepreneur | owns_one | is_accountant) & sees_section,
    "accounting.view_pay_rules": is_hr | reads_books,
    "accounting.change_pay_rules": is_hr | is_accountant,
}
