"""What the room gives to the forecast of cash when it starts."""

from accounting.selectors.expected_flows import EXPECTED, ORDERED_DOCUMENT
from cae.core import facts
from invoicing.selectors.expected import (
    claim_sources,
    documents_ordered,
    expected_flows_of,
    plan_sources,
    quote_sources,
)


def register_expected() -> None:
    """Called once, when models are ready."""
    facts.provide(EXPECTED, expected_flows_of)
    facts.provide(ORDERED_DOCUMENT, documents_ordered)
    facts.provide_source("invoicing.quote", quote_sources)
    facts.provide_source("invoicing.recurringplan", plan_sources)
    facts.provide_source("invoicing.expenseclaim", claim_sources)
