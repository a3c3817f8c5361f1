"""The rights on rules: read by associates once confirmed, kept by organisers, confirmed by co-managers."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.permissions import kept
from governance.models import RuleSet
from governance.permissions.predicates import (
    acts_as_associate,
    is_manager,
    is_organiser,
    is_register_reader,
)
from governance.selectors.rule_sets import rule_sets_visible_to
from people.models import User


@rules.predicate
def sees_rule_set(user: User, obj: Any = None) -> bool:
    """Asks the same queryset as the list; a line is seen with its set."""
    if obj is None:
        return True
    found = obj if isinstance(obj, RuleSet) else obj.rule_set
    seen = rule_sets_visible_to(user)
    return kept(user, found, "sees_rule_set", lambda: seen.filter(pk=found.pk).exists())


PERMISSIONS: dict[str, Predicate] = {
    # The entry of the menu: those who keep or check the rules.
    "governance.keep_rules": is_register_reader,
    "governance.view_rules": (acts_as_associate | is_register_reader) & sees_rule_set,
    "governance.open_founding_text": acts_as_associate | is_register_reader,
    "governance.write_rules": is_organiser,
    "governance.confirm_rules": is_manager,
}
