"""A quote that nothing insures waits for an answer of the team; an invoice is signalled (ENT-42)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import InternalError, ProgrammingError
from django.urls import reverse

from cae.core.errors import Code, Refused
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from entrepreneurs.services.covers import end_cover, record_cover
from entrepreneurs.states.covers import COVER_DEMAND
from entrepreneurs.states.trades import InsuranceClass
from invoicing.models import CoverWaiver, Quote
from invoicing.selectors.checks import checks_of
from invoicing.services.approving import approve_quote
from invoicing.services.sending import send_quote
from invoicing.services.submitting import submit_quote
from invoicing.services.waiving import waive_cover
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

NONE = "Aucune assurance n’est notée pour cette activité : l’équipe doit répondre."
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("Europe/Paris"))


def mason() -> Activity:
    make_cooperative()
    trade = make_trade("Maçon", needs_cover=True, insurance_class=InsuranceClass.BUILDING)
    return make_activity(trade=trade)


def insure(activity: Activity, **changes: object) -> None:
    told = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "classes": ["building"]} | changes
    record_cover(activity, insurer="SMA", policy="D1", actor=None, **told)  # type: ignore[arg-type]


def said(document: object) -> dict[str, str]:
    return {check.sentence: check.tone for check in checks_of(document, on=ON)}  # type: ignore[arg-type]


def refused(quote: Quote) -> str:
    with pytest.raises(Refused) as refusal:
        approve_quote(quote, actor=None, on=ON)
    assert refusal.value.code == Code.COVER_MISSING
    kept = Quote.objects.get(pk=quote.pk)
    assert (kept.number, kept.state) == (None, quote.state)
    return str(refusal.value)


def test_without_insurance_a_quote_is_handed_over_but_goes_no_further() -> None:
    quote = submit_quote(quotes.quote(mason()), actor=None, on=ON)
    assert "Aucune assurance" in refused(quote)
    assert (
        said(quote)["Aucune assurance n’est notée pour cette activité : l’équipe doit répondre."] == "danger"
    )


def test_a_cover_lapsed_or_for_another_trade_or_too_small_stops_too() -> None:
    activity = mason()
    quote = quotes.quote(activity, sales.line("1000.00"))
    insure(activity, ends_on=date(2026, 2, 27))
    assert "27 févr. 2026" in refused(quote) or "27/02/2026" in refused(quote)
    insure(activity, classes=["civil"])
    assert "pris fin" in refused(quote)
    insure(activity, job_limit=999)
    assert "999" in refused(quote)
    insure(activity)
    assert approve_quote(quote, actor=None, on=ON).number


def test_an_approved_quote_does_not_leave_once_the_cover_is_over() -> None:
    activity = mason()
    insure(activity)
    quote = approve_quote(quotes.quote(activity), actor=None, on=ON)
    end_cover(activity.covers.get(), last_day=ON - timedelta(days=1), reason="Impayé", actor=None)
    with pytest.raises(Refused) as refusal:
        send_quote(quote, to=(), letter=None, actor=None, at=AT)
    assert refusal.value.code == Code.COVER_MISSING
    assert Quote.objects.get().state == "approved"


def test_the_team_lets_one_quote_through_for_a_reason_that_stays() -> None:
    activity = mason()
    quote, other = quotes.quote(activity), quotes.quote(activity)
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    for reason in (" ", "x" * 301):
        with pytest.raises(Refused):
            waive_cover(quote, reason=reason, on=ON, actor=hr)
    assert not CoverWaiver.objects.exists()
    waiver = waive_cover(quote, reason="Attestation attendue lundi", on=ON, actor=hr)
    assert (waiver.stop, waiver.given_by) == ("none", hr)
    with pytest.raises(Refused) as twice:
        waive_cover(quote, reason="Encore", on=ON, actor=hr)
    assert twice.value.code == Code.ALREADY_DONE
    assert approve_quote(quote, actor=None, on=ON).number
    refused(other)
    with pytest.raises((InternalError, ProgrammingError)):
        CoverWaiver.objects.update(reason="Autre")


def test_an_invoice_is_signalled_and_a_trade_that_asks_nothing_is_silent() -> None:
    activity = mason()
    assert said(sales.draft(activity))[NONE] == "warning"
    assert NONE not in said(sales.draft(make_activity()))
    insure(activity)
    assert said(quotes.quote(activity))["L’activité est assurée pour cette prestation."] == "success"


def test_the_cooperative_decides_which_quotes_ask() -> None:
    activity = mason()
    quote = quotes.quote(activity)
    set_setting(COVER_DEMAND, value="never", valid_from=ON, actor=make_user(), reason="Contrat global")
    assert approve_quote(quote, actor=None, on=ON).number


def test_the_page_of_the_answer_and_its_refusals() -> None:
    activity = mason()
    quote = submit_quote(quotes.quote(activity), actor=None, on=ON)
    page, listed = reverse("invoicing:cover_waive", args=[quote.pk]), reverse("invoicing:cover_stop_list")
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    assert activity.name in hr.get(listed).content.decode()
    assert hr.post(page, {"reason": ""}).status_code == 422
    assert hr.post(page, {"reason": "Vu avec l’assureur"}).status_code == 302
    assert activity.name not in hr.get(listed).content.decode()
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(page).status_code == 403
    elsewhere = make_user()
    make_activity(elsewhere)
    assert client_of(elsewhere).get(page).status_code == 403


def test_a_new_line_counts_in_the_usual_unit_of_the_trade() -> None:
    seller = make_user(RoleKind.ENTREPRENEUR)
    make_activity(seller, trade=make_trade("Jardinier", unit="HUR"))
    page = client_of(seller).get(reverse("invoicing:quote_new")).content.decode()
    assert '<option value="HUR" selected>' in page
