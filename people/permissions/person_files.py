"""The rights on civil status, social situations and skills."""

from __future__ import annotations

import rules
from rules.predicates import Predicate

from cae.core.models import Document
from people.models import Person, Skill, User
from people.permissions.predicates import has_role, is_about_another, is_oneself, writes_person
from people.selectors.persons import reached_persons
from people.states import RoleKind

# Means and family are for who supports the person: not for the administrator of the application.
SUPPORT_KINDS: tuple[str, ...] = (RoleKind.HUMAN_RESOURCES, RoleKind.ADVISOR)


@rules.predicate
def supports_person(user: User, person: Person | None = None) -> bool:
    """Human resources, or an advisor within reach."""
    if person is None:
        return bool(has_role(*SUPPORT_KINDS).test(user))
    return reached_persons(user, SUPPORT_KINDS).filter(pk=person.pk).exists()


@rules.predicate
def opens_proof(user: User, document: Document | None = None) -> bool:
    """Whoever may read the skills of the person whose proof it is."""
    if document is None:
        return True
    person = Person.objects.filter(skills__proof_key=document.pk).first()
    return person is not None and (is_oneself | writes_person).test(user, person)


@rules.predicate
def supports_holder(user: User, skill: Skill | None = None) -> bool:
    return bool(supports_person.test(user, skill.person if skill else None))


PERMISSIONS: dict[str, Predicate] = {
    "people.view_civil_record": is_oneself | writes_person,
    "people.view_situation": is_oneself | supports_person,
    "people.change_situation": supports_person,
    "people.view_skills": is_oneself | writes_person,
    "people.change_skill": is_oneself | writes_person,
    "people.check_skill": is_about_another & supports_holder,
    "people.open_skill_proof": opens_proof,
}
