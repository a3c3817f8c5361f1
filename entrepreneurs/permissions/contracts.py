"""Who reads, writes, signs and ends contracts; who writes letters and decides of passages."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document, Job
from cae.core.permissions import kept
from entrepreneurs.models import Contract, ContractTerms, Letter, Signatory
from entrepreneurs.models.contracts import CONTRACT_READERS, CONTRACT_WRITERS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.selectors.signing import awaited_signatory, may_sign
from entrepreneurs.states.contracts import ContractState
from people.models import Person
from people.permissions import has_role, is_admin, is_hr, is_manager, is_oneself
from people.states import RoleKind


def person_id_of(obj: Any) -> int | None:
    """The person that a contract, its clauses, a decision or a file is about."""
    if isinstance(obj, Person):
        return obj.pk
    if isinstance(obj, ContractTerms):
        return obj.contract.person_id
    if isinstance(obj, Signatory):
        return obj.terms.contract.person_id
    found: int | None = getattr(obj, "person_id", None)
    return found if found is not None else getattr(getattr(obj, "contract", None), "person_id", None)


def reaches_as(*kinds: str) -> rules.Predicate:
    """The object is about somebody within reach of one of these functions: what another lets one read is not
    thereby written."""
    name = "reach:" + "|".join(sorted(kinds))

    def reaches(user: Any, obj: Any = None) -> bool:
        if obj is None:
            return bool(has_role(*kinds).test(user))
        reached = coached_persons(user, kinds=kinds).filter(pk=person_id_of(obj) or 0)
        return kept(user, obj, name, reached.exists)

    return rules.Predicate(reaches, name=name)


@rules.predicate
def binds_another(user: Any, obj: Any = None) -> bool:
    """Nobody writes, sends, waives nor ends what binds themselves: the cooperative is the other party."""
    return obj is None or user.person_id is None or person_id_of(obj) != user.person_id


@rules.predicate
def sees_contract(user: Any, obj: Any = None) -> bool:
    """Asks the same queryset as the list."""
    if obj is None:
        return True
    pk = obj.contract_id if isinstance(obj, ContractTerms) else obj.pk
    return Contract.objects.visible_to(user).filter(pk=pk).exists()


@rules.predicate
def is_to_sign(user: Any, obj: Any = None) -> bool:
    """It is the user’s turn to sign; without object: somebody with a person, who may have a turn."""
    if obj is None:
        return getattr(user, "person_id", None) is not None
    if isinstance(obj, Contract):
        obj = ContractTerms.objects.select_related("contract").filter(contract=obj, number=0).first()
    if obj is None or obj.contract.state == ContractState.CANCELLED:
        return False
    awaited = awaited_signatory(obj)
    return awaited is not None and may_sign(user, awaited)


@rules.predicate
def sees_file_of_contract(user: Any, document: Document | None = None) -> bool:
    """Whoever sees the contract opens its files."""
    if document is None:
        return True
    terms = ContractTerms.objects.filter(pk=document.about_id).first()
    return terms is not None and Contract.objects.visible_to(user).filter(pk=terms.contract_id).exists()


@rules.predicate
def sees_letter(user: Any, document: Document | None = None) -> bool:
    """A letter opens to its person and to who reads their contracts."""
    return document is None or Letter.objects.visible_to(user).filter(document=document).exists()


@rules.predicate
def asked_for_letters(user: Any, document: Document | None = None) -> bool:
    """The archive of a batch opens to who asked for it."""
    return document is None or Job.objects.filter(pk=document.about_id, author=user).exists()


keeps_contracts = is_hr | is_manager
reads_contracts_of = reaches_as(*CONTRACT_READERS)
writes_contracts_of = binds_another & reaches_as(*CONTRACT_WRITERS)
keeps_contracts_of = binds_another & reaches_as(RoleKind.HUMAN_RESOURCES, RoleKind.CO_MANAGER)

PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_contracts": has_role(*CONTRACT_READERS),
    "entrepreneurs.view_contract": sees_contract,
    "entrepreneurs.view_contract_drafts": reads_contracts_of,
    "entrepreneurs.write_contract": writes_contracts_of,
    "entrepreneurs.send_contract": keeps_contracts_of,
    "entrepreneurs.override_contract": keeps_contracts,
    "entrepreneurs.sign_contract": is_to_sign,
    "entrepreneurs.record_paper": keeps_contracts,
    "entrepreneurs.end_contract": keeps_contracts_of,
    "entrepreneurs.declare_contract": is_hr,
    "entrepreneurs.open_contract_file": sees_file_of_contract,
    "entrepreneurs.write_letter_texts": is_admin | is_hr,
    "entrepreneurs.make_letters": keeps_contracts,
    "entrepreneurs.open_letter": sees_letter,
    "entrepreneurs.open_letters": asked_for_letters,
    "entrepreneurs.view_own_path": has_role(
        RoleKind.CANDIDATE, RoleKind.PROJECT_HOLDER, RoleKind.ENTREPRENEUR, RoleKind.ASSOCIATE
    ),
    "entrepreneurs.view_path": is_oneself | reads_contracts_of,
    "entrepreneurs.decide_passage": keeps_contracts_of,
}
