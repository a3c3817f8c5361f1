"""The people one speaks to at a customer's: added, changed, removed from its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, Refused
from cae.core.forms import form_page, refuse
from cae.core.permissions import requires
from invoicing.forms.customers import ContactForm
from invoicing.models import Customer, CustomerContact
from invoicing.services.contacts import remove_contact, save_contact
from invoicing.views.finding import find_customer


@requires("invoicing.edit_customer")
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right="invoicing.edit_customer")
    return _edit(request, customer, None)


@requires("invoicing.edit_customer")
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _find(request, pk)
    return _edit(request, contact.customer, contact)


@require_POST
@requires("invoicing.edit_customer")
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _find(request, pk)
    remove_contact(contact, actor=request.user)
    messages.success(request, _("« %(name)s » est retiré des contacts.") % {"name": contact.name})
    return redirect(contact.customer)


def _find(request: HttpRequest, pk: int) -> CustomerContact:
    """Gives a contact of a customer in sight. Raises Http404 out of sight, Forbidden without the right."""
    contact = get_object_or_404(CustomerContact, pk=pk)
    contact.customer = find_customer(request, contact.customer_id, right="invoicing.edit_customer")
    return contact


def _edit(request: HttpRequest, customer: Customer, contact: CustomerContact | None) -> HttpResponse:
    known = {name: getattr(contact, name, "") for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            save_contact(customer, content=form.content(), contact=contact, actor=request.user)
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Le contact est enregistré."))
            return redirect(customer)
    title = contact.name if contact else _("Nouveau contact")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        lead=customer.name,
        back_url=customer.get_absolute_url(),
        crumbs=[
            (_("Clients"), reverse("invoicing:customer_list")),
            (customer.name, customer.get_absolute_url()),
            (title, ""),
        ],
    )
