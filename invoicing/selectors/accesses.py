"""The links to a customer's own page: who has one, which still open, what opens behind (INV-39)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.links import find_link, link_of
from invoicing.models import Customer, CustomerAccess

ACCOUNT_LINK = "invoicing.account"


def open_access(token: str) -> CustomerAccess:
    """Gives the access behind a live link. Raises Refused: link_unknown, link_withdrawn, link_expired."""
    access = _whole().filter(link=find_link(token, ACCOUNT_LINK)).first()
    if access is None:
        raise Refused(Code.LINK_UNKNOWN, _("Ce lien n’ouvre aucun compte."))
    return access


def closed_access(token: str) -> CustomerAccess | None:
    """Gives the access behind a link that opens no more, to say why and whom to write to."""
    link = link_of(token)
    return _whole().filter(link=link).first() if link else None


def accesses_of(customer: Customer, *, most: int = 10) -> list[CustomerAccess]:
    """The links given to a customer, the latest first."""
    rows = CustomerAccess.objects.filter(customer=customer)
    return list(rows.select_related("link", "email", "sent_by__person")[:most])


def live_account_addresses(customer: Customer) -> list[str]:
    """The addresses of the customer whose link still opens, each once."""
    rows = customer.accesses.filter(link__withdrawn_at=None).exclude(to="").order_by("pk")
    return list(dict.fromkeys(rows.values_list("to", flat=True)))


def _whole() -> QuerySet[CustomerAccess]:
    return CustomerAccess.objects.select_related("link", "customer__activity__look__logo")
