"""How anybody verifies a secret ballot: the programs, the command lines, the check of an opened ballot
(GOV-27, GOV-28)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cae.core.answers import file_saved
from cae.core.permissions import public
from cae.core.quiet import quiet
from governance.selectors.verifiers import verifier
from governance.selectors.voting_programs import programs


def _layout(request: HttpRequest) -> str:
    return "layouts/app.html" if request.user.is_authenticated else "layouts/site.html"


@quiet
@public
@require_safe
def box_verify(request: HttpRequest) -> HttpResponse:
    """What each check proves, how it is done, and what no check proves."""
    context = {"layout": _layout(request), "verifier": verifier(), "programs": programs()}
    return render(request, "governance/secret/verify.html", context)


@quiet
@public
@require_safe
def box_program(request: HttpRequest) -> HttpResponse:
    """The verifier, in one file that can be read."""
    program = verifier()
    return file_saved(program.content, name=program.name, mime="text/x-python")


@quiet
@public
@require_safe
def ballot_check(request: HttpRequest) -> HttpResponse:
    """Where an opened ballot is read again, in the browser alone: nothing of it is sent here."""
    return render(request, "governance/secret/check.html", {"layout": _layout(request)})
