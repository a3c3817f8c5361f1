"""The team answers a hire by a quote; the agreement of a hire as a paper (COW-20)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cae.core.answers import file_shown
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import public, signed_in
from coworking.documents.hires import hire_agreement_pdf
from coworking.forms.hiring import QuoteTermsForm
from coworking.models import Booking
from coworking.selectors.booking_words import span_words, title_of
from coworking.selectors.hires import AGREED, hire_of
from coworking.services import hire_quotes as verbs
from coworking.services.hiring import booking_of_link
from coworking.views.bookings import find_booking
from invoicing.states.sales import QuoteState
from people.requests import SignedIn


@signed_in
def hire_quote(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk, "coworking.approve_booking")
    if hire_of(row) is None:
        raise Http404
    form = QuoteTermsForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            today = timezone.localdate()
            quote = verbs.answer_by_quote(row, terms=form.typed(), actor=request.user, on=today)
            said = _("Devis %(number)s envoyé : la salle est gardée jusqu’à sa réponse.") % {"number": quote}
            if quote.state == QuoteState.SUBMITTED:
                said = _("Devis remis à qui le valide : il part une fois validé, la salle est gardée.")
            messages.success(request, said)
            return redirect(row)
    return form_page(
        request,
        form,
        title=_("Répondre par un devis"),
        lead=f"{row.holder}, {title_of(row)}, {span_words(row.during)}",
        submit=_("Envoyer le devis"),
        back_url=row.get_absolute_url(),
        crumbs=[(title_of(row), row.get_absolute_url()), (_("Devis"), "")],
    )


@require_POST
@signed_in
def hire_quote_send(request: SignedIn, pk: int) -> HttpResponse:
    row = find_booking(request, pk, "coworking.approve_booking")
    with refused_above(request):
        verbs.send_hire_quote(row, actor=request.user)
        messages.success(request, _("Devis envoyé : la salle est gardée jusqu’à sa réponse."))
    return redirect(row)


@require_safe
@signed_in
def hire_agreement(request: SignedIn, pk: int) -> HttpResponse:
    """The paper of a hire, for the team."""
    return _agreement(find_booking(request, pk, "coworking.run_day"))


@require_safe
@public
def hire_agreement_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same, for who hired."""
    try:
        row = booking_of_link(token)
    except Refused:
        raise Http404 from None
    answer = _agreement(row)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _agreement(row: Booking) -> HttpResponse:
    """Once the hire is agreed."""
    hire = hire_of(row)
    if hire is None or row.state not in AGREED:
        raise Http404
    content = hire_agreement_pdf(row, hire, on=timezone.localdate())
    return file_shown(content, name=f"convention-location-{row.pk}.pdf")
