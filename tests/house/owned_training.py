"""What one person owns of training, address by address."""

from typing import Any

from entrepreneurs.models import Activity
from invoicing.states.sales import SaleNature
from people.models import User
from tests.factories import invoicing as sales
from tests.factories.coworking_training import trained_by
from tests.factories.quotes import approved

NOT_OWNED: tuple[str, ...] = (
    # Open to all, or to who holds a secret.
    "formations/",
    "formation/emargement/",
    "formation/signer/",
    "formation/avis/",
    "formation/demande/",
    # Of the whole cooperative: its right is asked for by the walk of the addresses.
    "formation/bpf/",
)


def training_of(user: User) -> dict[str, Any]:
    """By the beginning of its address."""
    activity = Activity.objects.get(scope__members__person=user.person)
    made = trained_by(activity)
    line = sales.line("600.00", vat="training", nature=SaleNature.TRAINING, label="Formation")
    invoice, quote = sales.issued(activity, line), approved(activity, line)
    return {
        "formation/catalogue/": made["draft"].course_id,
        "formation/versions/": made["draft"].pk,
        "formation/sessions/": made["session"].pk,
        "formation/reclamations/": made["complaint"].pk,
        "formation/demi-journees/": made["day"].pk,
        "formation/inscriptions/": made["followed"].pk,
        "formation/papiers/": made["paper"].pk,
        "formation/formateurs/": made["trainer"].pk,
        "formation/origines/devis/": quote.lines.get().pk,
        "formation/origines/": invoice.lines.get().pk,
    }
