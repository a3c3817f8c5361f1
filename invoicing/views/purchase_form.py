"""A purchase written or corrected by hand: heading, lines as printed, file (INV-47)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, Refused
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from entrepreneurs.models import Activity
from invoicing.forms.fields import typed
from invoicing.forms.purchases import (
    PREFIX,
    PurchaseForm,
    PurchaseLineSet,
    blank_rows,
    new_purchase,
    offered_to_lines,
    purchase_typed,
    rows_typed,
    with_more_rows,
)
from invoicing.models import IncomingFile, Purchase, PurchaseOrder
from invoicing.selectors.purchase_orders import ordered_lines
from invoicing.services.incoming import attach_file
from invoicing.services.purchase_writing import PurchaseKnown
from invoicing.services.purchases import create_purchase, save_purchase
from invoicing.views.finding import activities_to_sell_for
from invoicing.views.purchase_parts import (
    crumbs_of,
    find_order,
    find_purchase,
    purchase_crumbs,
    supplier_named_in,
)

KEEPS = "invoicing.pay_purchase"


@requires("invoicing.create_purchase")
def purchase_new(request: HttpRequest) -> HttpResponse:
    """Enters a purchase; from an order, what is left to invoice of it is proposed; from a file that could not
    be read, the file is kept with it."""
    order, incoming = _order_in(request), _file_in(request)
    activities = _activities(request, order)
    if not activities and not can(request.user, KEEPS):
        raise Forbidden(_("Un achat est celui d’une activité : vous n’en avez aucune où en enregistrer."))
    form = _heading(request, activities, _proposed(request, order, activities), with_file=incoming is None)
    rows = _rows(request, order, _rows_proposed(order))
    page = {
        "title": _("Nouvel achat"),
        "order": order,
        "incoming": incoming,
        "crumbs": purchase_crumbs((_("Nouvel achat"), "")),
    }
    if _asks_rows(request) or not _is_whole(request, form, rows):
        return _draw(request, form, rows, page)

    def write() -> Purchase:
        content = form.content(rows.contents(form.cleaned_data["supplier"]))
        if content.activity is not None:
            require(request.user, "invoicing.create_purchase", content.activity)
        purchase = create_purchase(
            content=content,
            form_key=form.key,
            actor=request.user,
            today=timezone.localdate(),
            file=form.sent_file(),
            incoming=incoming,
        )
        if incoming is not None and incoming.waits:
            attach_file(incoming, purchase=purchase, actor=request.user)
        return purchase

    return _written(request, form, rows, write, page | {"done": _("L’achat est enregistré.")})


@requires("invoicing.edit_purchase")
def purchase_edit(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right="invoicing.edit_purchase")
    lines = list(purchase.lines.select_related("account", "section", "order_line", "fund"))
    activities = _activities(request, None)
    if purchase.activity is not None and purchase.activity not in activities:
        activities.append(purchase.activity)
    has_file = purchase.document_id is not None
    form = _heading(request, activities, purchase_typed(purchase), with_file=not has_file)
    rows = _rows(request, purchase.order, rows_typed(lines))
    page = {
        "title": _("Modifier l’achat"),
        "order": purchase.order,
        "purchase": purchase,
        "crumbs": crumbs_of(purchase, _("Modifier")),
    }
    if _asks_rows(request) or not _is_whole(request, form, rows):
        return _draw(request, form, rows, page)

    def write() -> Purchase:
        known = dict(enumerate(lines))
        content = form.content(rows.contents(form.cleaned_data["supplier"], known))
        if content.activity is not None and content.activity != purchase.activity:
            require(request.user, "invoicing.create_purchase", content.activity)
        return save_purchase(
            purchase,
            content=content,
            version=form.cleaned_data["version"] or 0,
            actor=request.user,
            today=timezone.localdate(),
            file=form.sent_file(),
        )

    return _written(request, form, rows, write, page | {"done": _("Les changements sont enregistrés.")})


def _written(
    request: HttpRequest, form: PurchaseForm, rows: Any, write: Callable[[], Purchase], page: dict[str, Any]
) -> HttpResponse:
    """Writes, or draws the page again with what was refused at its place."""
    try:
        purchase = write()
    except Forbidden:
        raise
    except PurchaseKnown as known:
        refuse(form, known)
        seen = Purchase.objects.visible_to(request.user).filter(pk=known.purchase.pk)
        return _draw(request, form, rows, page | {"twin": seen.first()})
    except Refused as refusal:
        if not rows.refuse(refusal):
            refuse(form, refusal)
        return _draw(request, form, rows, page)
    messages.success(request, page["done"])
    return redirect(purchase)


def _draw(request: HttpRequest, form: PurchaseForm, rows: Any, page: dict[str, Any]) -> HttpResponse:
    wrong = request.method == "POST" and not _asks_rows(request)
    context = {"form": form, "rows": rows, "back_url": page["crumbs"][-2][1], "lead": _source(page)} | page
    return render(request, "invoicing/purchases/form.html", context, status=422 if wrong else 200)


def _source(page: dict[str, Any]) -> str:
    """What the purchase is typed from."""
    order, incoming = page.get("order"), page.get("incoming")
    if order is not None:
        return _("D’après la commande %(number)s") % {"number": order.number}
    if incoming is not None:
        return _("D’après le fichier %(name)s") % {"name": incoming.name}
    return ""


def _asks_rows(request: HttpRequest) -> bool:
    """« Ajouter des lignes » draws the page again with what was typed."""
    return request.method == "POST" and request.POST.get("act") == "rows"


def _is_whole(request: HttpRequest, form: PurchaseForm, rows: Any) -> bool:
    if request.method != "POST":
        return False
    both = [form.is_valid(), rows.is_valid()]
    return all(both)


def _heading(
    request: HttpRequest, activities: list[Activity], initial: dict[str, Any], *, with_file: bool
) -> PurchaseForm:
    keeps = can(request.user, KEEPS)
    bound = request.method == "POST" and not _asks_rows(request)
    if _asks_rows(request):
        initial = initial | {
            name: request.POST.get(name) for name in PurchaseForm.base_fields if name != "file"
        }
    return PurchaseForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        initial=initial,
        activities=activities,
        keeps=keeps,
        with_file=with_file,
    )


def _rows(request: HttpRequest, order: PurchaseOrder | None, initial: list[dict[str, Any]]) -> Any:
    given = {"keeps": can(request.user, KEEPS), "order": order, "offered": offered_to_lines(order)}
    if _asks_rows(request):
        sent = with_more_rows(request.POST)
        count = key_in(sent[f"{PREFIX}-TOTAL_FORMS"]) or 0
        names = ("label", "quantity", "net", "rate", "account", "recovery", "section", "order_line", "fund")
        initial = [
            {name: sent.get(f"{PREFIX}-{place}-{name}", "") for name in names} for place in range(count)
        ]
        return PurchaseLineSet(initial=initial, prefix=PREFIX, form_kwargs=given)
    if request.method == "POST":
        return PurchaseLineSet(request.POST, prefix=PREFIX, form_kwargs=given)
    return PurchaseLineSet(initial=[*initial, *blank_rows()], prefix=PREFIX, form_kwargs=given)


def _activities(request: HttpRequest, order: PurchaseOrder | None) -> list[Activity]:
    if order is not None:
        return [order.activity]
    return activities_to_sell_for(request, "invoicing.create_purchase")


def _order_in(request: HttpRequest) -> PurchaseOrder | None:
    key = key_in(request.GET.get("commande", "") or request.POST.get("order", ""))
    return find_order(request, key) if key is not None else None


def _file_in(request: HttpRequest) -> IncomingFile | None:
    """The file that could not be read, kept with the purchase typed from it. Raises Http404 out of sight,
    Forbidden for who sees it and may not sort it."""
    key = key_in(request.GET.get("fichier", ""))
    if key is None:
        return None
    seen = IncomingFile.objects.visible_to(request.user)
    file: IncomingFile = get_object_or_404(seen.select_related("activity__scope"), pk=key)
    require(request.user, "invoicing.sort_incoming_file", file)
    return file


def _proposed(
    request: HttpRequest, order: PurchaseOrder | None, activities: list[Activity]
) -> dict[str, Any]:
    if order is not None:
        return new_purchase(
            supplier=order.supplier_id, activity=order.activity_id, order=order.pk, purpose=order.purpose
        )
    supplier = supplier_named_in(request)
    in_use: Any = getattr(request, "activity", None)
    activity = in_use if in_use in activities else (activities[0] if len(activities) == 1 else None)
    return new_purchase(supplier=supplier, activity=activity)


def _rows_proposed(order: PurchaseOrder | None) -> list[dict[str, Any]]:
    """What is left to invoice of an order, at its prices."""
    if order is None:
        return []
    rates = {line.pk: line.rate for line in order.lines.all()}
    return [
        {
            "label": line.label,
            "quantity": typed(line.left_to_invoice),
            "net": typed((line.left_to_invoice * line.unit_price).quantize(order.total_net), least=2),
            "rate": typed(rates[line.key] * 100),
            "recovery": "100",
            "order_line": line.key,
        }
        for line in ordered_lines(order)
        if line.left_to_invoice
    ]
