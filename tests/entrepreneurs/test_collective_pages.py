"""The pages of trades, insurance, members, agreements and sharings: what each shows, refuses and does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounting.models import ResultSharing
from entrepreneurs.models import Agreement, Claim, Cover, JoinRequest, Trade
from entrepreneurs.services.members import join_activity
from people.models import PersonScope, User
from people.states import RoleKind, ScopePart
from tests.factories import collectives
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def made() -> dict[str, Any]:
    lead = make_user(RoleKind.ENTREPRENEUR)
    return collectives.gathered(lead) | {"lead": lead}


def sent(client: Client, address: str, facts: dict[str, Any] | None = None) -> int:
    """What the page answers to a form."""
    return client.post(address, facts or {}).status_code


def url(name: str, *args: Any) -> str:
    return reverse(name if ":" in name else f"entrepreneurs:{name}", args=args)


def test_the_list_of_trades_counts_what_is_open_there(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    make_activity(trade="Maçon")
    client.get(url("trade_list"))
    with django_assert_max_num_queries(60) as one:
        assert "Maçon" in client.get(url("trade_list")).content.decode()
    for rank in range(20):
        make_activity(trade=f"Métier {rank}")
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(url("trade_list"))


def test_a_trade_is_added_changed_and_closed() -> None:
    client = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    facts = {"name": "Plombier", "family": "building", "unit": "HUR", "insurance_class": "building"}
    assert sent(client, url("trade_add"), facts | {"is_regulated": "on"}) == 422
    assert sent(client, url("trade_add"), facts | {"proofs": ["diploma"]}) == 302
    trade = Trade.objects.get()
    assert sent(client, url("trade_change", trade.pk), facts | {"version": 9}) == 422
    assert (
        client.post(url("trade_change", trade.pk), facts | {"version": 1, "needs_cover": "on"}).status_code
        == 302
    )
    assert sent(client, url("trade_close", trade.pk), {"last_day": "2020-01-01"}) == 422
    assert sent(client, url("trade_close", trade.pk), {"last_day": "2030-01-01"}) == 302
    assert Trade.objects.get().needs_cover
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(url("trade_add")).status_code == 403


def test_a_cover_is_recorded_and_ended(made: dict[str, Any]) -> None:
    client, activity = client_of(make_user(RoleKind.HUMAN_RESOURCES)), made["activity"]
    facts = {"insurer": "SMA", "policy": "D1", "starts_on": "2026-01-01"}
    add = url("cover_add", activity.pk)
    assert sent(client, add, facts) == 422
    assert sent(client, add, facts | {"classes": ["building"]}) == 302
    cover = Cover.objects.latest("pk")
    end = {"last_day": "2026-02-01", "reason": "Changement"}
    assert sent(client, url("cover_end", cover.pk), end | {"reason": ""}) == 422
    assert sent(client, url("cover_end", cover.pk), end) == 302
    assert "SMA D1" in client.get(url("activity_covers", activity.pk)).content.decode()
    assert sent(client, url("house_cover_add"), facts | {"classes": ["civil"]}) == 302
    assert "SMA" in client.get(url("cover_list")).content.decode()
    assert client_of(made["lead"]).get(add).status_code == 403
    assert client_of(make_user(RoleKind.ADVISOR)).get(url("house_cover_add")).status_code == 403


def test_a_claim_is_declared_by_a_member_and_followed_by_the_team(made: dict[str, Any]) -> None:
    lead, hr = client_of(made["lead"]), client_of(make_user(RoleKind.HUMAN_RESOURCES))
    declare = url("claim_declare", made["activity"].pk)
    assert sent(lead, declare, {"happened_on": "2030-01-01", "description": "x"}) == 422
    assert sent(lead, declare, {"happened_on": "2026-01-05", "description": "Choc"}) == 302
    claim = Claim.objects.latest("pk")
    assert lead.get(claim.get_absolute_url()).status_code == 200
    assert sent(lead, url("claim_move", claim.pk, "transmettre"), {}) == 403
    assert sent(hr, url("claim_move", claim.pk, "transmettre"), {}) == 302
    assert sent(hr, url("claim_move", claim.pk, "clore"), {}) == 422
    assert sent(hr, url("claim_move", claim.pk, "clore"), {"outcome": "Indemnisé"}) == 302
    assert sent(hr, url("claim_move", claim.pk, "clore"), {"outcome": "Encore"}) == 422
    assert hr.get(url("claim_move", claim.pk, "bruler")).status_code == 404


def test_members_come_change_and_leave(made: dict[str, Any]) -> None:
    activity, lead = made["activity"], client_of(made["lead"])
    advisor, newcomer = client_of(make_user(RoleKind.ADVISOR)), make_user()
    assert newcomer.person is not None
    facts = {"person": newcomer.person.pk, "role": ScopePart.INVOICES, "starts_on": "2026-01-01"}
    assert (
        advisor.post(url("member_add", activity.pk), facts | {"starts_on": "2020-01-01"}).status_code == 422
    )
    assert sent(advisor, url("member_add", activity.pk), facts) == 302
    member = PersonScope.objects.latest("pk")
    part = {"role": ScopePart.READER, "starts_on": "2026-02-01"}
    assert sent(lead, url("member_part", activity.pk, member.pk), part) == 302
    last = PersonScope.objects.latest("pk")
    assert sent(lead, url("member_end", activity.pk, last.pk), {"last_day": "2020-01-01"}) == 422
    assert sent(lead, url("member_end", activity.pk, last.pk), {"last_day": "2026-03-01"}) == 302
    assert newcomer.person.full_name in lead.get(url("member_list", activity.pk)).content.decode()
    reader = make_user()
    join_activity(activity, person=reader.person, role=ScopePart.READER, starts_on=BEGINNING, actor=None)
    assert client_of(reader).get(url("member_list", activity.pk)).status_code == 200
    assert client_of(reader).get(url("member_add", activity.pk)).status_code == 403


def test_joining_is_asked_and_answered_on_the_pages(made: dict[str, Any]) -> None:
    lead, demand = client_of(made["lead"]), made["demand"]
    assert sent(lead, url("join_opinion", demand.pk), {"opinion": "against"}) == 422
    assert sent(lead, url("join_opinion", demand.pk), {"opinion": "for"}) == 302
    assert sent(lead, url("join_move", demand.pk, "refuser"), {}) == 422
    assert client_of(made["asking"]).get(demand.get_absolute_url()).status_code == 200
    assert sent(lead, url("join_move", demand.pk, "accepter"), {"starts_on": "2026-01-01"}) == 302
    other = make_user(RoleKind.CANDIDATE)
    asked = client_of(other).post(url("join_ask", made["activity"].pk), {"message": "Bonjour"})
    assert asked.status_code == 302
    assert JoinRequest.objects.filter(person=other.person).exists()
    assert (
        lead.post(url("member_propose", made["activity"].pk), {"email": "nul@exemple.fr"}).status_code == 422
    )
    invited = make_user()
    assert sent(lead, url("member_propose", made["activity"].pk), {"email": invited.email}) == 302
    theirs = JoinRequest.objects.get(person=invited.person)
    assert (
        client_of(invited)
        .post(url("join_move", theirs.pk, "accepter"), {"starts_on": "2026-01-02"})
        .status_code
        == 302
    )
    lead.post(url("open_to_members", made["activity"].pk), {})
    assert (
        client_of(make_user(RoleKind.CANDIDATE)).get(url("join_ask", made["activity"].pk)).status_code == 404
    )


def _key(people: list[Any], share: str) -> dict[str, str]:
    return {
        f"{name}_{person.pk}": value
        for person in people
        for name, value in (("result", share), ("contribution", "1/2"), ("function", ""), ("credited", ""))
    }


def test_an_agreement_goes_from_draft_to_signed_on_the_pages(made: dict[str, Any]) -> None:
    lead, draft = client_of(made["lead"]), made["drafted"]
    people = [share.person for share in draft.shares.select_related("person")]
    text = {"functioning": "Ensemble.", "starts_on": "2026-01-01"}
    edit = url("agreement_edit", draft.pk)
    assert sent(lead, edit, text | _key(people, "un tiers")) == 422
    wrong = lead.post(edit, text | _key(people, "1/3"))
    assert wrong.status_code == 422
    assert "1/3" in wrong.content.decode(), "what was typed is kept"
    assert sent(lead, edit, text | _key(people, "50 %")) == 302
    assert sent(lead, url("agreement_move", draft.pk, "proposer"), {}) == 302
    page = url("agreement_sign", draft.pk)
    shown = lead.get(page).context["form"]["shown"].value()
    sign = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": shown}
    for missing in ("accepted", "typed"):
        assert sent(lead, page, sign | {missing: ""}) == 422
    assert sent(lead, page, sign | {"shown": "0" * 64}) == 422, "another text than the one read"
    assert sent(lead, page, sign) == 302
    assert sent(lead, page, sign) == 302, "twice is once"
    manager = client_of(make_user(RoleKind.CO_MANAGER))
    house = url("agreement_countersign", draft.pk)
    assert sent(manager, house, sign) == 422
    assert sent(lead, house, sign) == 403
    User.objects.create_user(email="autre@exemple.fr", person=people[1])
    other = client_of(User.objects.get(person=people[1]))
    assert sent(other, page, sign) == 302
    assert sent(manager, house, sign) == 302
    assert Agreement.objects.get(pk=draft.pk).is_signed
    assert (
        lead.post(url("agreement_move", draft.pk, "arreter"), {"last_day": "2026-06-30"}).status_code == 302
    )


def test_a_result_is_previewed_then_shared_and_undone(made: dict[str, Any]) -> None:
    client, activity = client_of(make_user(RoleKind.ACCOUNTANT)), made["activity"]
    sharing = made["sharing"]
    assert client.get(sharing.get_absolute_url()).status_code == 200
    undo = url("accounting:sharing_undo", sharing.pk)
    assert sent(client, undo, {"on": "2026-01-05", "reason": ""}) == 422
    assert sent(client, undo, {"on": "2026-01-05", "reason": "Erreur"}) == 302
    page = url("accounting:sharing_new", activity.pk) + "?start=2025-01-01&end=2025-12-31"
    shown = client.get(page)
    assert "1 000,01" in shown.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    for wrong in ("[]", "x", "{}", "[" * 100_000):
        assert sent(client, page, {"shown": wrong}) == 422
    assert sent(client, page, {"shown": shown.context["shown"]}) == 302
    assert sent(client, page, {"shown": shown.context["shown"]}) == 422
    assert ResultSharing.objects.filter(is_undone=False).count() == 1
    mine = client_of(made["lead"])
    assert mine.get(url("accounting:my_parts")).status_code == 200
    assert mine.get(url("accounting:sharing_new", activity.pk)).status_code == 403
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(sharing.get_absolute_url()).status_code == 404


def test_an_activity_closes_on_its_page(made: dict[str, Any]) -> None:
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    page = url("activity_close", made["activity"].pk)
    assert sent(client, page, {"on": "2020-01-01", "reason": "Fin"}) == 422
    assert sent(client, page, {"on": str(date(2026, 3, 1)), "reason": "Fin"}) == 302
    assert client_of(made["lead"]).get(page).status_code in (403, 404)


def test_a_trade_that_needs_no_cover_says_so() -> None:
    make_trade("Rédactrice")
    lead = make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(lead, trade="Rédactrice")
    assert client_of(lead).get(url("activity_detail", activity.pk)).status_code == 200
    assert sent(client_of(lead), url("make_collective", activity.pk)) == 302
