"""What the room does of its own news: the personnel register follows contracts (ENT-37)."""

from entrepreneurs.events import ContractEnded, ContractSigned
from entrepreneurs.models import Contract
from entrepreneurs.services.register import enter_signed_contract, leave_with_contract
from people.models import User


def on_contract_signed(event: ContractSigned) -> None:
    contract = Contract.objects.select_related("person__civil", "activity").get(pk=event.contract_id)
    enter_signed_contract(contract, actor=_actor(event.actor_id))


def on_contract_ended(event: ContractEnded) -> None:
    contract = Contract.objects.get(pk=event.contract_id)
    leave_with_contract(contract, last_day=event.last_day, actor=_actor(event.actor_id))


def _actor(key: int | None) -> User | None:
    return User.objects.filter(pk=key).first() if key is not None else None
