"""The accounts of a year before an assembly: put to the vote, or ruled by texts typed there (ACC-47)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.documents import allocation_pdf
from cae.core.acting import act_page
from cae.core.permissions import requires
from governance.forms.accounts import PutForm, RuledForm
from governance.models import Assembly
from governance.selectors.accounts import allocations_offered, may_rule, resolutions_adopted
from governance.services.accounts_agenda import put_accounts, tell_ruled
from governance.states.assemblies import AssemblyState
from governance.views.assembly_parts import ORGANISE, crumbs_of, find_assembly
from people.requests import SignedIn


@requires(ORGANISE)
def assembly_accounts(request: SignedIn, pk: int) -> HttpResponse:
    """While it is prepared, the books draft its resolutions; once held, one says which of them ruled."""
    assembly = find_assembly(request, pk, ORGANISE)
    if not may_rule(assembly):
        raise Http404
    return (_put if assembly.state == AssemblyState.DRAFT else _tell)(request, assembly)


def _put(request: SignedIn, assembly: Assembly) -> HttpResponse:
    form = PutForm(
        request.POST or None,
        allocations=allocations_offered(),
        items=assembly.items.order_by("position"),
    )
    title = _("Mettre les comptes au vote")
    return act_page(
        request,
        form,
        lambda typed: put_accounts(
            assembly,
            item=typed["item"],
            allocation=typed["allocation"],
            paper=allocation_pdf(typed["allocation"]),
            actor=request.user,
            on=timezone.localdate(),
        ),
        done=_("Les comptes et le résultat sont à l’ordre du jour."),
        back_url=assembly.get_absolute_url(),
        title=title,
        submit=_("Mettre au vote"),
        lead=_("L’affectation choisie ne change plus tant que l’assemblée ne s’est pas prononcée."),
        crumbs=crumbs_of(assembly, (title, "")),
    )


def _tell(request: SignedIn, assembly: Assembly) -> HttpResponse:
    form = RuledForm(
        request.POST or None,
        allocations=allocations_offered(),
        resolutions=resolutions_adopted(assembly),
    )
    title = _("Dire ce qu’elle a décidé des comptes")
    return act_page(
        request,
        form,
        lambda typed: tell_ruled(
            assembly, ruled=form.ruled(), allocation=typed["allocation"], actor=request.user
        ),
        done=_("L’affectation du résultat est notée comme votée."),
        back_url=assembly.get_absolute_url(),
        title=title,
        submit=_("Enregistrer"),
        lead=_("Pour des résolutions écrites à la main, que cette assemblée a adoptées."),
        crumbs=crumbs_of(assembly, (title, "")),
    )
