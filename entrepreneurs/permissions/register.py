"""The rights on the personnel register and on declarations before hiring."""

from rules.predicates import Predicate

from people.permissions import is_hr, is_manager

PERMISSIONS: dict[str, Predicate] = {
    # Shown to the labour inspection and to the staff delegates by those who keep it.
    "entrepreneurs.view_register": is_hr | is_manager,
    "entrepreneurs.write_register": is_hr,
    "entrepreneurs.declare_hiring": is_hr,
    "entrepreneurs.open_receipt": is_hr | is_manager,
}
