"""Writing a quote or an invoice on one page: customer, lines, live totals; also without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.middleware import status_of
from cae.core.permissions import requires
from entrepreneurs.models import Activity
from invoicing.forms.drafts import blank_draft, draft_typed
from invoicing.forms.fields import customer_word
from invoicing.forms.lines import lines_typed
from invoicing.forms.rows import (
    as_typed,
    field_after,
    rows_after,
    rows_filled,
    rows_pasted,
    rows_picked,
    rows_removed,
    rows_typed,
    rows_undone,
)
from invoicing.models import Customer, Invoice
from invoicing.selectors.customers import customers_of
from invoicing.selectors.typing import draft_of_form, typed_form, unfinished_forms
from invoicing.services.keeping import choose_mode, forget_typed, require_latest
from invoicing.views import autosave, typed
from invoicing.views.editing import Done, Editor
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.gate import gate_of
from invoicing.views.kinds import INVOICE, QUOTE, Document, Kind

SAVE, CHECK, NEW_CUSTOMER, AUTOSAVE = "save", "check", "new-customer", "autosave"
NEW_PROOF = "proof"
# After a conflict: what is typed here rather than what another tab saved, as the person has read.
OVERWRITE = "overwrite"


@requires("invoicing.create_quote")
def quote_new(request: HttpRequest) -> HttpResponse:
    return _new(request, QUOTE)


@requires("invoicing.edit_quote")
def quote_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, QUOTE, pk)


@requires("invoicing.create_invoice")
def invoice_new(request: HttpRequest) -> HttpResponse:
    return _new(request, INVOICE)


@requires("invoicing.edit_invoice")
def invoice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, INVOICE, pk)


@require_POST
@requires("invoicing.create_invoice")
def editor_mode(request: HttpRequest) -> HttpResponse:
    """Keeps « rapide » or « complet », chosen on the page by a script."""
    choose_mode(request.user, mode=request.POST.get("mode", ""))
    return HttpResponse(status=204)


@require_POST
@requires("invoicing.create_invoice")
def typed_discard(request: HttpRequest) -> HttpResponse:
    """Puts aside what somebody began to type and never finished."""
    kept = next(
        (one for one in unfinished_forms(request.user) if str(one.pk) == request.POST.get("pk")), None
    )
    if kept is not None:
        forget_typed(kept.form_key)
        messages.success(request, _("La saisie commencée est effacée."))
    return redirect("invoicing:invoice_new" if kept and kept.kind == INVOICE.code else "invoicing:quote_new")


def _new(request: HttpRequest, kind: Kind) -> HttpResponse:
    offered = activities_to_sell_for(request, kind.create_right)
    if not offered:
        raise Forbidden(kind.no_activity)
    activity = chosen_activity(request, offered)
    if activity is None:
        context = {"offered": offered, "title": kind.new, "kind": kind}
        return render(request, "invoicing/choose_activity.html", context)
    editor = Editor(request, kind, activity, None, offered)
    if request.method == "POST":
        return _receive(editor)
    key = request.GET.get("saisie", "")
    made = draft_of_form(key, activity=activity, model=kind.model)
    if made is not None:
        return redirect(kind.url("edit"), made.pk)
    kept = typed_form(key, activity=activity, kind=kind.code)
    if kept is not None:
        return _show_kept(editor, kept)
    editor.unfinished = list(unfinished_forms(request.user, kind=kind.code))
    return _show(editor, blank_draft(uuid4(), _named_customer(request, activity)), [{}])


def _edit(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    document: Document = kind.find_draft(request, pk)
    if not document.is_draft or (isinstance(document, Invoice) and document.is_credit_note):
        raise IllegalMove(kind.not_editable)
    if isinstance(document, Invoice) and document.is_part:
        return redirect("invoicing:part_edit", document.pk)
    editor = Editor(request, kind, document.activity, document, [document.activity])
    if request.method == "POST":
        return _receive(editor)
    kept = typed_form(str(document.form_key), activity=document.activity, kind=kind.code)
    if kept is not None and "reprise" not in request.GET:
        return _show_kept(editor, kept)
    rows = lines_typed(list(document.lines.select_related("vat_rate").order_by("position")))
    return _show(editor, draft_typed(document, kind.form.own), rows or [{}])


def _show_kept(editor: Editor, kept: Any) -> HttpResponse:
    """Shows again what was typed and is not whole yet, at the point where it was left."""
    data = QueryDict(kept.typed)
    version = editor.document.version if editor.document is not None else -kept.version
    head = editor.head_typed(data) | {"version": version, "form_key": kept.form_key}
    editor.kept = kept
    editor.draw(head=head, rows=rows_typed(data) or [{}])
    return editor.page()


def _show(editor: Editor, head: dict[str, Any], rows: list[dict[str, Any]]) -> HttpResponse:
    """Shows a page not yet sent; what was typed before going to create a customer comes back first."""
    kept = typed.take_back(editor.request)
    if kept is not None:
        head, rows = editor.head_typed(kept), rows_typed(kept)
        customer = _named_customer(editor.request, editor.activity)
        if customer is not None:
            head["customer"] = customer_word(customer)
    editor.draw(head=head, rows=rows)
    return editor.page()


def _receive(editor: Editor) -> HttpResponse:
    request = editor.request
    act = request.POST.get("do", SAVE)
    if act == AUTOSAVE:
        return autosave.receive(editor)
    if act == NEW_CUSTOMER:
        key = request.POST.get("form_key", "")
        typed.keep(request, key)
        return redirect(f"{reverse('invoicing:customer_new')}?retour={key}&activite={editor.activity.pk}")
    if act == NEW_PROOF:
        key = request.POST.get("form_key", "")
        typed.keep(request, key)
        return redirect(f"{reverse('invoicing:proof_new', args=[editor.activity.pk])}?retour={key}")
    if act not in {SAVE, CHECK, OVERWRITE}:
        return _handle_rows(editor, act)
    editor.draw(data=request.POST)
    if not (editor.form.is_valid() & editor.lines.is_valid()):
        return editor.page(status=422)
    return _finish(editor, act)


def _finish(editor: Editor, act: str) -> HttpResponse:
    """Stores the form and goes on; a refusal stands at its field, with all that was typed."""
    request = editor.request
    try:
        document = _save(editor, over=act == OVERWRITE)
    except Forbidden:
        raise
    except Refused as refusal:
        editor.conflict = refusal.code == Code.STALE_FORM and editor.document is not None
        if not editor.lines.refuse(refusal):
            refuse(editor.form, editor.form.placed(refusal))
        return editor.page(status=status_of(refusal))
    if act == CHECK:
        return redirect(gate_of(request.user, document).url)
    messages.success(request, _("Le brouillon est enregistré."))
    return redirect(document)


def _handle_rows(editor: Editor, act: str) -> HttpResponse:
    """A button that changes the rows or the mode: the page is drawn again, nothing is judged yet."""
    request = editor.request
    before = rows_typed(request.POST)
    items, rates = editor.items, editor.rates
    rows, place = before, len(before) - 1
    if act == "paste":
        text = request.POST.get("pasted", "")
        at = request.POST.get("paste_at", "")
        rows, editor.notes, came = rows_pasted(before, text, items=items, rates=rates, at=at)
        editor.pasted = text if rows is before else ""
        editor.done = _pasted(came)
        place = came.start
    elif act.startswith("item-"):
        rows = rows_picked(before, act, items=items, rates=rates)
        place = len(rows) - 1
    elif act.startswith("fill-"):
        rows, note, place = rows_filled(before, act, items=items, rates=rates)
        editor.notes = [note] if note else []
    elif act.startswith("mode-"):
        choose_mode(request.user, mode=act.removeprefix("mode-"))
    elif act.startswith(("restore-", "unpaste-")):
        rows, place = rows_undone(before, act, removed=QueryDict(request.POST.get("removed", "")))
    else:
        rows, place = rows_after(before, act)
    editor.done = editor.done or _removed(act, before)
    editor.draw(head=editor.head_typed(request.POST), rows=rows or [{}])
    if not (editor.notes or act.startswith("mode-")):
        editor.focus(max(place, 0), field_after(act))
    return editor.page()


def _removed(act: str, rows: list[dict[str, Any]]) -> Done | None:
    """What a button took away, and the one that brings it back."""
    removed, place = rows_removed(rows, act)
    if not removed:
        return None
    said = _("Groupe supprimé.") if act.startswith("remove_group") else _("Ligne supprimée.")
    return Done(said, f"restore-{place}", as_typed(removed))


def _pasted(came: range) -> Done | None:
    """What a paste brought, and the button that takes it away."""
    if not came:
        return None
    said = ngettext("%(count)d ligne ajoutée.", "%(count)d lignes ajoutées.", len(came)) % {
        "count": len(came)
    }
    return Done(said, f"unpaste-{came.start}-{len(came)}")


def _save(editor: Editor, *, over: bool) -> Any:
    """Stores a whole form: opens the draft, or replaces its content, `over` what another tab saved."""
    content = editor.form.content(editor.lines.contents())
    actor, key = editor.request.user, editor.form.key
    seen = key_in(editor.request.POST.get("seen", "")) if over else None
    version = editor.form.cleaned_data["version"] if seen is None else seen
    if editor.document is None:
        require_latest(key, version)
        return editor.kind.create(editor.activity, content=content, form_key=key, actor=actor)
    if version is None:
        raise Refused(Code.STALE_FORM, _("Ce formulaire est incomplet : rechargez la page."))
    return editor.kind.save(editor.document, content=content, version=version, actor=actor)


def _named_customer(request: HttpRequest, activity: Activity) -> Customer | None:
    """The customer that the address names: « Nouvelle facture » on its page, or one just created."""
    pk = request.GET.get("client", "")
    return customers_of(activity).filter(pk=pk).first() if pk.isdecimal() else None
