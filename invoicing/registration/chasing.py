"""Declares what reminders, statements, losses and merges need when the room starts."""

from django.utils.translation import gettext_lazy as _

from cae.core import documents, menu, threads
from invoicing.chase_parameters import register_chase_parameters
from invoicing.models import Customer
from invoicing.selectors.checkers import authors_of_activity
from invoicing.services.accesses import carry_account_message
from invoicing.services.chase_letters import register_chase_mails
from invoicing.services.losses import PROOF_KIND
from invoicing.services.reminder_letters import LETTER_KIND
from invoicing.services.statement_files import STATEMENT_KIND
from people.models import User

_DOCUMENTS = (
    (LETTER_KIND, "invoicing.open_reminder_letter", _("Lettre de relance")),
    (PROOF_KIND, "invoicing.open_loss_proof", _("Justificatif d’une perte")),
    (STATEMENT_KIND, "invoicing.open_statement", _("Relevé de compte")),
)


def register_chasing() -> None:
    """Called once, when models are ready."""
    register_chase_parameters()
    register_chase_mails()
    for code, right, label in _DOCUMENTS:
        documents.register_document_kind(code, right=right, label=label)
    threads.register_thread(
        "invoicing.customer",
        read="invoicing.view_customer",
        write="invoicing.write_on_customer",
        participants=_sellers_of,
        carry=carry_account_message,
    )
    menu.register_entry(
        group="sales",
        label=_("Relances"),
        url_name="invoicing:reminder_list",
        right="invoicing.view_reminders",
        icon="bell",
        order=12,
    )
    menu.register_pages("invoicing:customer_list", "/messages/invoicing.customer/")


def _sellers_of(customer: Customer) -> list[User]:
    """Whom a question of a customer concerns: the people of the activity."""
    return authors_of_activity(customer.activity)
