"""The rights on files, accounts, roles, organisations and territories."""

from rules.predicates import Predicate

from people.permissions.predicates import (
    acts_for,
    is_accountant,
    is_admin,
    is_advisor,
    is_cooperative_life,
    is_hr,
    is_manager,
    is_oneself,
    is_project_manager,
    is_training_manager,
    reads_persons,
    sees_person,
    writes_person,
)

PERMISSIONS: dict[str, Predicate] = {
    "people.view_persons": reads_persons,
    "people.view_person": sees_person,
    "people.change_person": is_oneself | writes_person,
    "people.invite_person": is_admin | is_hr | is_advisor,
    "people.give_role": is_admin | is_hr,
    "people.give_guarded_role": is_admin,
    "people.change_account": is_admin | is_hr,
    "people.reset_second_factor": is_admin,
    "people.act_for": acts_for,
    "people.view_organisations": reads_persons | is_project_manager,
    "people.change_organisation": (
        is_admin
        | is_accountant
        | is_advisor
        | is_hr
        | is_cooperative_life
        | is_training_manager
        | is_project_manager
    ),
    "people.view_territories": is_admin | is_manager,
    "people.change_territory": is_admin,
}
