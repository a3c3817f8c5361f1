"""« Mon parcours », the same for staff, and the decision of passage to the CESA (ENT-30, ENT-31)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, signed_in
from entrepreneurs.forms.passages import PassageForm
from entrepreneurs.models import Contract
from entrepreneurs.models.contracts import CONTRACT_READERS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.selectors.contracts import contracts_of
from entrepreneurs.selectors.passages import passages_of, rule_of
from entrepreneurs.selectors.path import path_of
from entrepreneurs.selectors.signing import to_sign_by
from entrepreneurs.services.passages import decide_passage
from entrepreneurs.states.contracts import ContractKind
from entrepreneurs.states.passages import PassageOutcome
from people.models import Person


@signed_in
def own_path(request: HttpRequest) -> HttpResponse:
    """Where I am, what comes next, the last day to act."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise Http404
    return _path_page(request, person, own=True)


@signed_in
def person_path(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page about somebody followed."""
    return _path_page(request, _seen_person(request, pk), own=False)


def _seen_person(request: HttpRequest, pk: int) -> Person:
    reached = coached_persons(request.user, kinds=CONTRACT_READERS)
    own = getattr(request.user, "person_id", None)
    return get_object_or_404(reached | Person.objects.filter(pk=own) if own else reached, pk=pk)


def _path_page(request: HttpRequest, person: Person, *, own: bool) -> HttpResponse:
    today = timezone.localdate()
    seen = Contract.objects.visible_to(request.user).order_by().values("pk")
    path = path_of(person, today)
    in_test = path.contract is not None and path.contract.kind == ContractKind.CAPE
    decides = not own and can(request.user, "entrepreneurs.decide_passage", person)
    decisions = list(passages_of(person))
    context = {
        "path": path,
        "person": person,
        "own": own,
        "contracts": contracts_of(person).filter(pk__in=seen),
        "rule": rule_of(person, today) if in_test else None,
        "decisions": decisions,
        "may_decide": decides and in_test,
        "may_draft": not own
        and can(request.user, "entrepreneurs.write_contract", person)
        and bool(decisions)
        and decisions[0].outcome != PassageOutcome.POSTPONED
        and in_test,
        "waiting": list(to_sign_by(request.user)) if own else [],
    }
    return render(request, "entrepreneurs/path.html", context)


@signed_in
def passage_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision, beside the figures that it will keep."""
    person = _seen_person(request, pk)
    require(request.user, "entrepreneurs.decide_passage", person)
    form = PassageForm(request.POST or None)
    page = reverse("entrepreneurs:person_path", args=[pk])
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            decision = decide_passage(person, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("Décision enregistrée avec ses chiffres."))
            if decision.outcome == PassageOutcome.POSTPONED:
                return redirect(page)
            return redirect(
                f"{reverse('entrepreneurs:contract_new')}?personne={pk}&nature={ContractKind.CESA.value}"
            )
    rule = rule_of(person, form.read_on)
    form.show(rule)
    return form_page(
        request,
        form,
        title=_("Décider du passage au CESA"),
        lead=str(person),
        submit=_("Enregistrer la décision"),
        back_url=page,
        crumbs=[(str(person), page), (_("Décider du passage au CESA"), "")],
        template="entrepreneurs/contract/passage.html",
        rule=rule,
    )
