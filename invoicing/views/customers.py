"""Customers: the list, the page of one, its creation (also from an invoice being written), its changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, Refused
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.middleware import status_of
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.ui import status as drawn_status
from invoicing.forms.customers import CustomerForm, customer_typed, new_customer
from invoicing.models import Customer
from invoicing.selectors.customers import customers_visible
from invoicing.selectors.invoices import invoices_visible
from invoicing.services.customers import archive_customer, create_customer, restore_customer, save_customer
from invoicing.services.importing_customers import IMPORT_CODE
from invoicing.views import typed
from invoicing.views.chase_shown import account_of_customer
from invoicing.views.finding import activities_to_sell_for, chosen_activity, find_customer
from invoicing.views.shown import import_link, status_of_document, with_undo
from invoicing.views.tables import CustomerFilters, CustomerTable, sales_tabs, sees_several, staff_view

# The page of a customer shows its latest documents; the list of invoices, narrowed to it, shows them all.
SHOWN = 12


@requires("invoicing.view_customers")
def customer_list(request: HttpRequest) -> HttpResponse:
    rows, counted = customers_visible(request.user), Customer.objects.visible_to(request.user)
    if not request.GET.get("archived"):
        rows, counted = rows.active(), counted.active()
    new = Action(
        _("Nouveau client"),
        reverse("invoicing:customer_new"),
        right="invoicing.edit_customer",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=rows,
        counted=counted,
        table=staff_view(CustomerTable, request),
        filters=CustomerFilters,
        page="invoicing.customers",
        title=_("Clients"),
        intro=import_link(request.user, IMPORT_CODE, "invoicing.edit_customer"),
        empty=EmptyState(
            _("Aucun client pour l’instant."),
            _("Créez le premier : il vous sera proposé à chaque facture."),
            new,
        ),
        main_action=new,
        tabs=sales_tabs("customer_list"),
        totals_later=sees_several(request),
    )


@requires("invoicing.view_customers")
def customer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk)
    rows = invoices_visible(request.user, on=timezone.localdate()).filter(customer=customer)
    all_url = f"{reverse('invoicing:invoice_list')}?customer={customer.pk}"
    context = {
        "customer": customer,
        "badge": drawn_status("neutral", "✕", _("Archivé")) if customer.is_archived else "",
        "documents": [(row, status_of_document(row)) for row in rows.order_by("-created_at")[:SHOWN]],
        "contacts": list(customer.contacts.all()),
        "all_url": all_url,
        "due_url": f"{all_url}&settlement=to_pay" if customer.due else "",
        "may_edit": can(request.user, "invoicing.edit_customer", customer),
        "may_invoice": can(request.user, "invoicing.create_invoice", customer.activity),
        **account_of_customer(request.user, customer),
    }
    return render(request, "invoicing/customer_detail.html", context)


@requires("invoicing.edit_customer")
def customer_new(request: HttpRequest) -> HttpResponse:
    """Creates a customer; comes back to the invoice that was being written, if one was."""
    back = request.GET.get("retour", "")
    offered = activities_to_sell_for(request, "invoicing.edit_customer")
    if not offered:
        raise Forbidden(_("Un client appartient à une activité : vous n’en avez aucune où en créer."))
    activity = chosen_activity(request, offered)
    if activity is None:
        return render(
            request, "invoicing/choose_activity.html", {"offered": offered, "title": _("Nouveau client")}
        )
    form = CustomerForm(request.POST or None, initial=new_customer())
    if request.method == "POST" and form.is_valid():
        try:
            customer = create_customer(
                activity, content=form.content(), form_key=form.key, actor=request.user
            )
        except Refused as refusal:
            return _again(request, form, refusal, {"activity": activity, "offered": offered, "back": back})
        messages.success(
            request, _("« %(name)s » est enregistré parmi vos clients.") % {"name": customer.name}
        )
        return redirect(typed.address_back(request, back, customer) or customer)
    context = {"form": form, "activity": activity, "offered": offered, "back": back}
    return render(request, "invoicing/customer_form.html", context, status=422 if form.errors else 200)


@requires("invoicing.edit_customer")
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a customer; goes back to the issue of an invoice that waits for it, if one does."""
    waiting = request.GET.get("facture", "")
    customer = find_customer(request, pk, right="invoicing.edit_customer")
    form = CustomerForm(request.POST or None, initial=customer_typed(customer))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = save_customer(customer, content=form.content(), version=version, actor=request.user)
        except Refused as refusal:
            return _again(request, form, refusal, {"customer": customer, "waiting": waiting})
        messages.success(request, _("Les changements sont enregistrés."))
        return redirect(saved) if key_in(waiting) is None else redirect("invoicing:invoice_issue", waiting)
    context = {"form": form, "customer": customer, "waiting": waiting}
    return render(request, "invoicing/customer_form.html", context, status=422 if form.errors else 200)


def _again(
    request: HttpRequest, form: CustomerForm, refusal: Refused, context: dict[str, object]
) -> HttpResponse:
    if isinstance(refusal, Forbidden):
        raise refusal
    refuse(form, refusal)
    return render(
        request, "invoicing/customer_form.html", {"form": form} | context, status=status_of(refusal)
    )


@require_POST
@requires("invoicing.edit_customer")
def customer_archive(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right="invoicing.edit_customer")
    archive_customer(customer, actor=request.user, at=timezone.now())
    sentence = _("« %(name)s » est archivé : il n’est plus proposé dans les factures.")
    messages.success(request, with_undo(sentence % {"name": customer.name}))
    return redirect(customer)


@require_POST
@requires("invoicing.edit_customer")
def customer_restore(request: HttpRequest, pk: int) -> HttpResponse:
    customer = find_customer(request, pk, right="invoicing.edit_customer")
    restore_customer(customer, actor=request.user)
    sentence = _("« %(name)s » est de nouveau proposé dans les factures.")
    messages.success(request, sentence % {"name": customer.name})
    return redirect(customer)
