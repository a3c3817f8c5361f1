"""What customers keep of situations: the list of it, and the act that makes it due again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.acting import act_page
from cae.core.errors import IllegalMove
from cae.core.permissions import requires
from cae.core.settings import value_of
from cae.core.tables import DateColumn, EmptyState, Filters, LinkColumn, MoneyColumn, Table, list_page
from cae.core.templatetags.formats import money
from invoicing import parameters
from invoicing.forms.parts import ReleaseForm
from invoicing.models import Invoice
from invoicing.selectors.invoices import held_of
from invoicing.selectors.retentions import retentions_held
from invoicing.services.retaining import release_retention
from invoicing.views.finding import find_invoice
from invoicing.views.shown import crumbs_of
from invoicing.views.tables import CustomerColumn, activity_column, cells, sales_tabs, staff_view


class RetentionTable(Table):
    number = LinkColumn(verbose_name=gettext_lazy("Facture"), attrs=cells("one-line"))
    customer = CustomerColumn()
    activity = activity_column("wide")
    issued_on = DateColumn(verbose_name=gettext_lazy("Date"), attrs=cells("one-line"))
    retained = MoneyColumn(verbose_name=gettext_lazy("Retenu"), total=True)
    retained_until = DateColumn(verbose_name=gettext_lazy("Libération prévue"), attrs=cells("one-line"))


class RetentionFilters(Filters):
    searched = ("number", "customer__name", "activity__name", "purpose")

    class Meta:
        model = Invoice
        fields: tuple[str, ...] = ()


@requires("invoicing.view_invoices")
def retention_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=retentions_held(request.user),
        table=staff_view(RetentionTable, request),
        filters=RetentionFilters,
        page="invoicing.retentions",
        title=_("Retenues de garantie"),
        empty=EmptyState(
            _("Aucun client ne garde de retenue."),
            _("Une situation de travaux peut en prévoir : elle revient ici jusqu’à sa libération."),
        ),
        tabs=sales_tabs("retention_list"),
    )


@requires("invoicing.record_payment")
def retention_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes what the customer keeps due again; for good."""
    invoice = find_invoice(request, pk, right="invoicing.record_payment")
    today = timezone.localdate()
    due = today + timedelta(days=value_of(parameters.PAYMENT_DAYS, on=today))
    form = ReleaseForm(request.POST or None, initial={"on": today, "due_on": due})
    if not held_of(invoice):
        raise IllegalMove(_("Le client ne garde plus rien sur cette facture."))
    held = money(held_of(invoice))

    def run(said: dict[str, Any]) -> None:
        release_retention(
            invoice, on=said["on"], due_on=said["due_on"], actor=request.user, today=timezone.localdate()
        )

    return act_page(
        request,
        form,
        run,
        done=_("La retenue est libérée : elle est de nouveau à payer."),
        back_url=invoice.get_absolute_url(),
        title=_("Libérer la retenue de garantie"),
        submit=_("Libérer %(amount)s") % {"amount": held},
        lead=_("Le client garde %(amount)s sur %(number)s. La libérer est définitif.")
        % {"amount": held, "number": invoice.number},
        crumbs=[*crumbs_of(invoice), (_("Retenue de garantie"), "")],
    )
