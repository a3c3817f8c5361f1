"""What the room declares of the allocation of a result when it starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.allocation_parameters import register_allocation_parameters
from accounting.selectors.allocation import allocation_sources, share_sources
from accounting.selectors.allocation_todo import AWAITED, held_of_allocations
from cae.core import facts, menu


def register_allocation() -> None:
    """Called once, when models are ready."""
    register_allocation_parameters()
    facts.provide_awaited(AWAITED)
    facts.provide_source("accounting.resultallocation", allocation_sources)
    facts.provide_source("accounting.allocationshare", share_sources)
    facts.provide_personal_data(
        facts.PersonalData("accounting.allocations", _("Parts de résultat"), held=held_of_allocations)
    )
    menu.register_pages("accounting:month_list", "/compta/affectations/")
