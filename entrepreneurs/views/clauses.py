"""Writing the clauses of a draft: saved by itself while one types; two tabs lose nothing (ENT-26, ENT-27)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.form_drawing import all_errors
from cae.core.forms import form_page, refuse
from cae.core.keys import key_in
from cae.core.middleware import status_of
from cae.core.permissions import require, signed_in
from entrepreneurs.calculations.contents import clauses_of
from entrepreneurs.forms.contracts import ClausesForm
from entrepreneurs.models import ContractTerms
from entrepreneurs.services.clauses import write_clauses
from entrepreneurs.states.contracts import TermsState
from entrepreneurs.views.contract_facts import seen_terms, shown_clauses

SAVE, AUTOSAVE = "save", "autosave"
# After a conflict: what is typed here rather than what another tab saved, as the person has read.
OVERWRITE = "overwrite"


@signed_in
def terms_write(request: HttpRequest, pk: int) -> HttpResponse:
    """The clauses of a draft; what was typed stays on the page whatever became of the draft meanwhile."""
    terms = seen_terms(request, pk)
    require(request.user, "entrepreneurs.write_contract", terms)
    if request.method != "POST" and terms.state != TermsState.DRAFT:
        return redirect(terms.contract)
    act, form = request.POST.get("do", SAVE), ClausesForm(request.POST or None, instance=terms)
    if act == AUTOSAVE:
        return _saved_by_itself(request, terms, form)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, terms, form, over=act == OVERWRITE)
        except Refused as refusal:
            refuse(form, refusal)
            return clauses_page(request, terms, form, is_stale=refusal.code == Code.STALE_FORM)
        messages.success(request, _("Clauses enregistrées."))
        return redirect(terms.contract)
    return clauses_page(request, terms, form)


def _write(
    request: HttpRequest,
    terms: ContractTerms,
    form: ClausesForm,
    *,
    over: bool = False,
    by_itself: bool = False,
) -> ContractTerms:
    seen = key_in(request.POST.get("seen", "")) if over else None
    return write_clauses(
        terms,
        clauses=form.readable,
        version=seen if seen is not None else form.cleaned_data.get("version", 0),
        subject=form.cleaned_data.get("subject"),
        by_itself=by_itself,
        actor=request.user,
    )


def _saved_by_itself(request: HttpRequest, terms: ContractTerms, form: ClausesForm) -> HttpResponse:
    """Answers a script: what can be read is stored, what cannot is told at its field."""
    form.is_valid()
    try:
        row = _write(request, terms, form, by_itself=True)
    except Refused as refusal:
        over = refusal.code == Code.STALE_FORM or isinstance(refusal, IllegalMove)
        said = {"state": "stale" if over else "refused", "sentence": str(refusal)}
        return JsonResponse(said, status=status_of(refusal))
    at, faults = timezone.localtime().strftime("%H:%M"), all_errors(form)
    sentence = _("Enregistré à %(time)s, sauf ce qui est signalé") if faults else _("Enregistré à %(time)s")
    return JsonResponse(
        {
            "state": "kept" if faults else "saved",
            "sentence": sentence % {"time": at},
            "faults": faults,
            "version": row.version,
            "address": request.path,
        }
    )


def clauses_page(
    request: HttpRequest, terms: ContractTerms, form: ClausesForm, *, is_stale: bool = False
) -> HttpResponse:
    """The form of the clauses, also with what keeps them from being handed to be signed; after a conflict,
    what was saved elsewhere stands beside what is typed here."""
    page = terms.contract.get_absolute_url()
    return form_page(
        request,
        form,
        title=_("Clauses : %(title)s") % {"title": terms.title},
        lead=_("Tout peut rester vide jusqu’à la mise à la signature, qui vérifie ce que la loi demande."),
        submit=_("Enregistrer les clauses"),
        back_url=page,
        crumbs=[(str(terms.contract), page), (_("Clauses"), "")],
        template="entrepreneurs/contract/clauses.html",
        is_stale=is_stale,
        is_draft=terms.state == TermsState.DRAFT,
        elsewhere=_elsewhere(terms, form) if is_stale else [],
        seen=ContractTerms.objects.get(pk=terms.pk).version if is_stale else "",
    )


def _elsewhere(terms: ContractTerms, form: ClausesForm) -> list[dict[str, Any]]:
    """The clauses that were saved otherwise than they are typed here."""
    stored = ContractTerms.objects.select_related("contract").get(pk=terms.pk)
    typed = form.readable
    return [
        {"label": label, "words": words}
        for name, label, words in shown_clauses(stored, clauses_of(terms.contract.kind))
        if name not in typed or _plain(typed[name]) != _plain(getattr(stored, name))
    ]


def _plain(value: Any) -> Any:
    """As it is stored: the ends of lines that a browser sends are not a difference."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
