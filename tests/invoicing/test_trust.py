"""Who numbers a document: the team, or its author within what was granted to them by date (PEO-24)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Notice
from cae.core.permissions import can
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.models import Invoice, Quote, SelfValidation
from invoicing.services.self_validating import end_self_validation, give_self_validation
from invoicing.services.submitting import submit_invoice, submit_quote
from invoicing.states.sales import INVOICE_FLOW, QUOTE_FLOW, CheckedKind
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

D = Decimal
APPROVE, ISSUE = "invoicing.approve_quote", "invoicing.issue_invoice"


@pytest.fixture
def owner() -> User:
    """An entrepreneur whom nobody trusts yet."""
    return make_user(RoleKind.ENTREPRENEUR)


@pytest.fixture
def own(owner: User) -> Activity:
    return make_activity(owner)


def today() -> date:
    return timezone.localdate()


def trust(
    user: User, kind: str = CheckedKind.QUOTE, ceiling: str | None = None, **dates: Any
) -> SelfValidation:
    assert user.person is not None
    facts: dict[str, Any] = {"starts_on": today(), "reason": "Deux ans sans correction", "actor": None}
    amount = None if ceiling is None else D(ceiling)
    return give_self_validation(user.person, kind=kind, ceiling=amount, **facts | dates)


def may(user: User, right: str, document: Quote | Invoice) -> bool:
    """As a new request would ask."""
    user.refresh_from_db()
    return can(user, right, document)


def test_without_trust_everything_is_checked(owner: User, own: Activity) -> None:
    quote, invoice = quotes.quote(own), make.draft(own)
    assert not can(owner, APPROVE)
    assert not can(owner, ISSUE)
    assert not may(owner, APPROVE, quote)
    assert not may(owner, ISSUE, invoice)
    assert [move.name for move in QUOTE_FLOW.moves_open_to(owner, quote)] == ["submit", "discard"]
    assert [move.name for move in INVOICE_FLOW.moves_open_to(owner, invoice)] == ["submit", "discard"]


@pytest.mark.parametrize(
    ("ceiling", "granted"), [("199.99", False), ("200.00", True), ("200.01", True), (None, True)]
)
def test_the_ceiling_is_before_tax_and_within(
    owner: User, own: Activity, ceiling: str | None, granted: bool
) -> None:
    quote = quotes.quote(own)  # 200,00 before tax, 240,00 with it
    trust(owner, ceiling=ceiling)
    assert may(owner, APPROVE, quote) is granted
    assert can(owner, APPROVE)


@pytest.mark.parametrize(("extra", "granted"), [("800.00", True), ("800.01", False), ("50000.00", False)])
def test_an_option_is_no_way_round_the_ceiling(owner: User, own: Activity, extra: str, granted: bool) -> None:
    """The customer may take it: what they may sign at most is what somebody answers for."""
    trust(owner, ceiling="1000.00")
    less = make.line("150.00", quantity=Decimal(-1), optional=True)
    quote = quotes.quote(own, make.line("200.00"), make.line(extra, optional=True), less)
    assert may(owner, APPROVE, quote) is granted


@pytest.mark.parametrize(
    ("starts", "ends", "granted"),
    [(0, None, True), (1, None, False), (-5, -1, False), (-5, 0, True), (-5, 5, True)],
)
def test_trust_lives_between_its_dates(
    owner: User, own: Activity, starts: int, ends: int | None, granted: bool
) -> None:
    day = timedelta(days=1)
    trust(owner, starts_on=today() + starts * day, ends_on=None if ends is None else today() + ends * day)
    assert may(owner, APPROVE, quotes.quote(own)) is granted


def test_trust_is_of_one_kind(owner: User, own: Activity, judges: Judges) -> None:
    quote, invoice = quotes.quote(own), make.draft(own)
    note = make.credit(make.issued(own))
    documents: tuple[tuple[str, str, Any], ...] = (
        (CheckedKind.QUOTE, APPROVE, quote),
        (CheckedKind.INVOICE, ISSUE, invoice),
        (CheckedKind.CREDIT_NOTE, ISSUE, note),
    )
    for kind, _right, _document in documents:
        trust(owner, kind)
        held = set(SelfValidation.objects.filter(person=owner.person).values_list("kind", flat=True))
        for other, right, document in documents:
            assert may(owner, right, document) is (other in held), (held, other)


def test_trust_stays_inside_ones_own_activities(owner: User, own: Activity) -> None:
    trust(owner)
    trust(owner, CheckedKind.INVOICE)
    other, theirs = make_entrepreneur()
    assert not may(owner, APPROVE, quotes.quote(theirs))
    assert not may(owner, ISSUE, make.draft(theirs))
    assert not may(other, APPROVE, quotes.quote(own))


def test_everybody_may_be_trusted_by_decision(owner: User, own: Activity) -> None:
    quote, dear = quotes.quote(own), quotes.quote(own, make.line("200.01"))
    assert not may(owner, APPROVE, quote)
    set_setting(
        parameters.TRUSTED_QUOTES, value="200", valid_from=today(), actor=None, reason="petits montants"
    )
    assert may(owner, APPROVE, quote)
    assert not may(owner, APPROVE, dear)
    assert not may(owner, ISSUE, make.draft(own))
    assert not may(make_entrepreneur()[0], APPROVE, quote)
    # A named person keeps what they were given above it.
    trust(owner, ceiling="200.01")
    assert may(owner, APPROVE, dear)


def test_the_team_answers_what_was_handed_over(owner: User, own: Activity) -> None:
    portfolio = save_portfolio(None, label="Suivi", scopes=[own.scope], actor=None)
    advisor = make_user(RoleKind.ADVISOR, scope=portfolio)
    elsewhere = make_user(
        RoleKind.ADVISOR,
        scope=save_portfolio(None, label="Loin", scopes=[make_activity().scope], actor=None),
    )
    accountant = make_user(RoleKind.ACCOUNTANT)
    draft, quote = quotes.quote(own), submit_quote(quotes.quote(own), actor=owner, on=today())
    invoice = submit_invoice(make.draft(own), actor=owner, on=today())
    assert not may(advisor, APPROVE, draft)
    assert may(accountant, APPROVE, draft)
    for user, granted in ((advisor, True), (accountant, True), (elsewhere, False), (owner, False)):
        assert may(user, APPROVE, quote) is granted
        assert may(user, ISSUE, invoice) is granted
        assert may(user, "invoicing.check_document", quote) is granted
    moves = [move.name for move in QUOTE_FLOW.moves_open_to(advisor, quote)]
    assert moves == ["correct", "approve"]
    for kind in (RoleKind.CO_MANAGER, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR, RoleKind.HUMAN_RESOURCES):
        stranger = make_user(kind)
        assert not may(stranger, APPROVE, quote)
        assert not can(stranger, "invoicing.check_document")


def test_money_received_is_given_back_by_the_accountant_alone(
    owner: User, own: Activity, judges: Judges
) -> None:
    invoice = make.issued(own)
    note = submit_invoice(make.credit(invoice), actor=owner, on=today())
    advisor, accountant = make_user(RoleKind.ADVISOR), make_user(RoleKind.ACCOUNTANT)
    trust(owner, CheckedKind.CREDIT_NOTE)
    assert all(may(user, ISSUE, note) for user in (advisor, accountant, owner))
    make.pay(invoice, "20.00")
    assert [may(user, ISSUE, note) for user in (advisor, accountant, owner)] == [False, True, False]


def test_a_right_is_given_with_its_reason_and_told(owner: User) -> None:
    giver = make_user(RoleKind.ACCOUNTANT)
    given = trust(owner, CheckedKind.INVOICE, "1500.00", actor=giver)
    assert (given.ceiling, given.given_by, given.reason) == (D("1500.00"), giver, "Deux ans sans correction")
    entry = AuditEntry.objects.get(verb="invoicing.give_self_validation")
    assert (entry.actor, entry.detail["amount"], entry.detail["reason"]) == (giver, "1500.00", given.reason)
    told = Notice.objects.get(user=owner)
    assert (told.kind, told.subject) == (
        "invoicing.self_validation_given",
        "Vous pouvez valider sans relecture : factures",
    )


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reason": "  "}, Code.VALUE_MISSING, "reason"),
        ({"ceiling": "0.00"}, Code.AMOUNT_INVALID, "ceiling"),
        ({"ceiling": "-5.00"}, Code.AMOUNT_INVALID, "ceiling"),
        ({"ends_on": date(2020, 1, 1)}, Code.PERIOD_INVALID, "ends_on"),
        ({"kind": "order"}, Code.VALUE_INVALID, "kind"),
    ],
)
def test_a_right_that_means_nothing_is_refused(
    owner: User, changes: dict[str, Any], code: Code, field: str
) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as refusal:
        trust(owner, **changes)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not SelfValidation.objects.exists()
    assert AuditEntry.objects.count() == before


def test_one_right_a_kind_at_a_date(owner: User) -> None:
    first = trust(owner, ceiling="100.00", ends_on=today() + timedelta(days=10))
    with pytest.raises(Refused) as refusal:
        trust(owner, ceiling="500.00")
    assert (refusal.value.code, refusal.value.field) == (Code.DUPLICATE, "kind")
    assert list(SelfValidation.objects.all()) == [first]
    later = trust(owner, ceiling="500.00", starts_on=today() + timedelta(days=11))
    assert later.ceiling == D("500.00")


def test_a_right_ends_and_may_be_given_again(owner: User, own: Activity) -> None:
    given, quote = trust(owner, starts_on=today() - timedelta(days=30)), quotes.quote(own)
    yesterday = today() - timedelta(days=1)
    assert may(owner, APPROVE, quote)
    ended = end_self_validation(given, last_day=yesterday, reason="Trop d’erreurs", actor=None, today=today())
    assert ended.ends_on == yesterday
    assert not may(owner, APPROVE, quote)
    with pytest.raises(Refused) as refusal:
        end_self_validation(given, last_day=yesterday, reason="Encore", actor=None, today=today())
    assert refusal.value.code == Code.ALREADY_DONE
    assert trust(owner).is_in_force(today())
    assert may(owner, APPROVE, quote)


def test_the_past_of_a_right_is_not_rewritten(owner: User) -> None:
    given = trust(owner, starts_on=today() - timedelta(days=30))
    for changes, code, field in (
        ({"last_day": today() - timedelta(days=2)}, Code.PERIOD_INVALID, "last_day"),
        ({"reason": " "}, Code.VALUE_MISSING, "reason"),
    ):
        facts: dict[str, Any] = {"last_day": today(), "reason": "Départ"}
        with pytest.raises(Refused) as refusal:
            end_self_validation(given, actor=None, today=today(), **facts | changes)
        assert (refusal.value.code, refusal.value.field) == (code, field)
        given.refresh_from_db()
        assert given.ends_on is None


def test_a_right_to_come_can_be_taken_back(owner: User) -> None:
    given = trust(owner, starts_on=today() + timedelta(days=5))
    ended = end_self_validation(given, last_day=today(), reason="Erreur", actor=None, today=today())
    assert ended.is_empty
    assert trust(owner, starts_on=today() + timedelta(days=5)).kind == CheckedKind.QUOTE


def test_a_person_reads_what_they_may_validate_alone(owner: User, own: Activity, demonstration: None) -> None:
    trust(owner, CheckedKind.INVOICE, "1500.00")
    trust(owner, CheckedKind.QUOTE, ends_on=today() + timedelta(days=30))
    set_setting(parameters.TRUSTED_CREDIT_NOTES, value="50", valid_from=today(), actor=None, reason="essai")
    said = text(client_of(owner).get("/mon-compte/"))
    assert "Valider sans relecture : factures jusqu’à 1 500,00 € HT · depuis le" in said
    assert "Valider sans relecture : devis sans plafond · du" in said
    assert "Valider sans relecture : avoirs jusqu’à 50,00 € HT, comme tout le monde" in said
    stranger = client_of(make_user(RoleKind.CANDIDATE)).get("/mon-compte/")
    assert "Valider sans relecture" not in text(stranger)


def test_the_pages_of_trust(owner: User, own: Activity, demonstration: None) -> None:
    giver = make_user(RoleKind.ADMINISTRATOR)
    client = client_of(giver)
    assert "Personne ne valide seul." in text(client.get(url("self_validation_list")))
    assert owner.person is not None
    form = {
        "person": str(owner.person.pk),
        "kind": "quote",
        "ceiling": "1 500,50",
        "starts_on": today().isoformat(),
        "ends_on": "",
        "reason": "Deux ans sans correction",
    }
    refused = client.post(url("self_validation_give"), form | {"reason": " "})
    assert refused.status_code == 422
    assert not SelfValidation.objects.exists()
    said = text(client.post(url("self_validation_give"), form, follow=True))
    given = SelfValidation.objects.get()
    assert (given.person, given.ceiling, given.given_by) == (owner.person, D("1500.50"), giver)
    assert "valide désormais sans relecture : devis." in said
    again = client.post(url("self_validation_give"), form)
    assert again.status_code == 422
    assert "Cette personne a déjà ce droit sur ces dates" in text(again)
    end = {"last_day": (today() - timedelta(days=1)).isoformat(), "reason": "Départ"}
    assert "Le droit est arrêté" in text(client.post(url("self_validation_end", given.pk), end, follow=True))
    given.refresh_from_db()
    assert not given.is_in_force(today())
    # Somebody without activity is not offered: the right would mean nothing.
    stranger = make_user(RoleKind.CANDIDATE)
    assert stranger.person is not None
    wrong = client.post(url("self_validation_give"), form | {"person": str(stranger.person.pk)})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "kind", [RoleKind.ENTREPRENEUR, RoleKind.ADVISOR, RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES]
)
def test_who_gives_trust(kind: str, owner: User, own: Activity, demonstration: None) -> None:
    given = trust(owner)
    client = client_of(make_user(kind))
    for name, args in (
        ("self_validation_list", ()),
        ("self_validation_give", ()),
        ("self_validation_end", (given.pk,)),
    ):
        assert client.get(url(name, *args)).status_code == 403
        assert client.post(url(name, *args), {"reason": "x"}).status_code == 403
    given.refresh_from_db()
    assert given.ends_on is None
