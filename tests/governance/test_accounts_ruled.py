"""An assembly rules on the accounts of a year: the books draft, it votes, they follow (ACC-29, ACC-47)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import ResultAllocation, YearEndRegularisation
from accounting.selectors.allocation import resolution_of
from accounting.selectors.allocation_words import allocation_draft
from accounting.services.allocation import join_allocation, post_allocation
from accounting.services.year_end import carry_result
from cae.core.errors import Code
from governance.models import AccountsResolution, Assembly, Paper, Resolution, RuleSet
from governance.services.accounts_agenda import Ruled, put_accounts, tell_ruled
from governance.services.assemblies import call_again, cancel_assembly
from governance.services.corrections import Recount, correct_result
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.resolutions import withdraw_resolution
from governance.services.voting import close_vote
from governance.states.accounts import AccountsPurpose
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_allocation import DECISION, make_proposed
from tests.factories.accounting_pay_years import compute
from tests.factories.governance import make_resolution
from tests.factories.governance_assemblies import in_days, make_draft, make_item
from tests.factories.governance_votes import Sitting, make_sitting, make_vote
from tests.factories.people import make_user
from tests.pages import text
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n%%EOF"


def put(assembly: Assembly, row: ResultAllocation, actor: User) -> list[Resolution]:
    item = assembly.items.first() or make_item(assembly)
    on = timezone.localdate()
    return put_accounts(assembly, item=item, allocation=row, paper=PAPER, actor=actor, on=on)


def before(sitting: Sitting, row: ResultAllocation, purpose: str, words: str = "") -> Resolution:
    """A resolution on the accounts, in the hands of a sitting that is open."""
    made = make_resolution(sitting.assembly, words or allocation_draft(row).text)
    AccountsResolution.objects.create(resolution=made, allocation=row, purpose=purpose)
    return made


def counted(sitting: Sitting, resolution: Resolution, **counts: int) -> Any:
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    vote = close_vote(make_vote(sitting, resolution, way="hands"), **by)
    declare_counts(vote, kind="hands", college=None, counts=counts, **by)
    return proclaim(vote, **by)


def state_of(row: ResultAllocation) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.state_reason


def test_the_books_draft_the_resolutions_and_an_assembly_lets_them_go(actor: User) -> None:
    row, _users = make_proposed()
    assembly = make_draft()

    approving, allocating = put(assembly, row, actor)

    assert [approving.title, allocating.title] == [
        "Approbation des comptes de l’exercice clos le 31/12/2025",
        "Affectation du résultat de l’exercice clos le 31/12/2025",
    ]
    said = allocating.versions.get().text.replace("\u202f", " ").replace("\xa0", " ")
    for words in (
        "le bénéfice de l’exercice, 100 000,00 €, comme suit :",
        "• réserve légale : 15 000,00 € ;",
        "• part travail : 45 000,00 €.",
        "La part travail revient aux 3 personnes qui y ont droit. Clé : rémunération 100 %.",
    ):
        assert words in said, words
    assert Paper.objects.get(assembly=assembly).title == "Affectation du résultat : ce que chacun reçoit"
    state, _why = state_of(row)
    assert (state, row.decision.split(",")[0]) == ("joined", assembly.title)
    source = resolution_of(actor, row)
    assert source is not None
    assert source.url == allocating.get_absolute_url()
    assert resolution_of(make_user(RoleKind.ACCOUNTANT), row) is None
    with refused(Code.ILLEGAL_MOVE):
        put(assembly, row, actor)

    withdraw_resolution(allocating, reason="À revoir", actor=actor)

    assert state_of(row) == ("proposed", "À revoir")
    # The same year, before another assembly, which is then called off.
    other = make_draft(days=60, rule_set=RuleSet.objects.get())
    put(other, row, actor)
    assert AccountsResolution.objects.count() == 2
    cancel_assembly(other, reason="Salle prise", actor=actor)
    assert state_of(row) == ("proposed", "Salle prise")
    assert not AccountsResolution.objects.exists()


def test_what_is_adopted_is_voted_and_balances_of_pay_are_due(actor: User) -> None:
    row, _users = make_proposed()
    compute()
    join_allocation(row, decision=DECISION, actor=None)
    sitting = make_sitting(3)
    approving = before(sitting, row, AccountsPurpose.APPROVE, "Les comptes sont approuvés.")
    allocating = before(sitting, row, AccountsPurpose.ALLOCATE)

    counted(sitting, approving, pour=3)
    vote = counted(sitting, allocating, pour=3)

    today = timezone.localdate()
    assert state_of(row) == ("voted", "")
    assert (row.voted_on, row.decision) == (today, DECISION)
    balances = YearEndRegularisation.objects.all()
    assert balances
    assert {one.assembly_on for one in balances} == {today}
    # A wrong count put right: what the assembly did not adopt is a proposal again.
    wrong = Recount("hands", None, {"pour": 1, "contre": 2})
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    correct_result(vote, change=wrong, reason="Recompté", **by)
    state, why = state_of(row)
    assert state == "proposed"
    assert "corrigé" in why
    # Once in the books, the books are put right first.
    right = Recount("hands", None, {"pour": 3})
    correct_result(vote, change=right, reason="Bien compté", **by)
    state, why = state_of(row)
    assert (state, why, row.voted_on) == ("voted", "", today)
    assert row.decision.startswith(sitting.assembly.title)
    carry_result(row.year, actor=None)
    post_allocation(row, on=today, actor=None)
    with refused(Code.ILLEGAL_MOVE, said="contre-passez-la d’abord"):
        correct_result(vote, change=wrong, reason="Recompté", **by)


def test_a_proposal_changed_since_does_not_follow_a_corrected_vote(actor: User) -> None:
    row, _users = make_proposed()
    join_allocation(row, decision=DECISION, actor=None)
    sitting = make_sitting(3)
    allocating = before(sitting, row, AccountsPurpose.ALLOCATE)
    vote = counted(sitting, allocating, contre=3)
    assert state_of(row)[0] == "proposed"
    ResultAllocation.objects.update(by_pay=0, by_equal=1)
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    correct_result(vote, change=Recount("hands", None, {"pour": 3}), reason="Mal compté", **by)
    assert (state_of(row)[0], row.voted_on) == ("proposed", None)


def test_a_text_rejected_or_amended_gives_the_proposal_back(actor: User) -> None:
    row, _users = make_proposed()
    join_allocation(row, decision=DECISION, actor=None)
    sitting = make_sitting(3)
    amended = before(sitting, row, AccountsPurpose.ALLOCATE, "Tout va au fonds de développement.")
    counted(sitting, amended, pour=3)
    state, why = state_of(row)
    assert state == "proposed"
    assert "texte amendé" in why
    AccountsResolution.objects.all().delete()

    join_allocation(row, decision=DECISION, actor=None)
    rejected = before(sitting, row, AccountsPurpose.ALLOCATE)
    counted(sitting, rejected, contre=3)
    assert state_of(row)[0] == "proposed"
    # A second call asks again what the first did not decide.
    Assembly.objects.filter(pk=sitting.assembly.pk).update(state="closed", closed_at=timezone.now())
    again: dict[str, Any] = {"starts_at": in_days(40), "actor": actor, "at": timezone.now()}
    second = call_again(sitting.assembly, keys=[rejected.pk], **again)
    assert state_of(row)[0] == "joined"
    assert AccountsResolution.objects.get().resolution == second.resolutions.get()
    # Unless the proposal has changed: that text is no longer its own.
    cancel_assembly(second, reason="Report", actor=actor)
    AccountsResolution.objects.create(resolution=rejected, allocation=row, purpose=AccountsPurpose.ALLOCATE)
    rejected.versions.all()
    ResultAllocation.objects.update(by_pay=0, by_equal=1)
    call_again(sitting.assembly, keys=[rejected.pk], **again)
    assert state_of(row)[0] == "proposed"
    assert not AccountsResolution.objects.exists()


@pytest.mark.usefixtures("demonstration")
def test_the_page_puts_accounts_to_the_vote_or_says_what_was_ruled(client: Client, actor: User) -> None:
    row, _users = make_proposed()
    client.force_login(actor)
    sitting = make_sitting(3)
    assembly = make_draft(rule_set=RuleSet.objects.get())
    item = make_item(assembly)
    url = reverse("governance:assembly_accounts", args=[assembly.pk])
    assert url in client.get(assembly.get_absolute_url()).content.decode()
    assert client.post(url, {"allocation": row.pk}).status_code == 422
    assert client.post(url, {"allocation": row.pk, "item": item.pk}).status_code == 302
    assert "exercice clos le 31/12/2025" in text(client.get(assembly.get_absolute_url()))
    cancel_assembly(assembly, reason="Salle prise", actor=actor)
    assert client.get(url).status_code == 404

    # Another assembly typed its texts and adopted them.
    typed = make_resolution(sitting.assembly, "Le résultat est affecté.")
    ignored = make_resolution(sitting.assembly, "Autre chose.")
    approving = make_resolution(sitting.assembly)
    for one in (typed, approving):
        counted(sitting, one, pour=3)
    url = reverse("governance:assembly_accounts", args=[sitting.assembly.pk])
    with refused(Code.ILLEGAL_MOVE, said="pas encore été tenue"):
        tell_ruled(sitting.assembly, ruled=Ruled(typed), allocation=row, actor=actor)
    Assembly.objects.filter(pk=sitting.assembly.pk).update(state="closed", closed_at=timezone.now())
    with refused(Code.VALUE_INVALID, "allocating", said="n’a pas adopté"):
        tell_ruled(sitting.assembly, ruled=Ruled(ignored), allocation=row, actor=actor)
    with refused(Code.VALUE_INVALID, "approving", said="n’a pas adopté"):
        tell_ruled(sitting.assembly, ruled=Ruled(typed, ignored), allocation=row, actor=actor)
    sent = {"allocation": row.pk, "allocating": typed.pk}
    assert client.post(url, {**sent, "approving": typed.pk}).status_code == 422
    compute()
    assert client.post(url, {**sent, "approving": approving.pk}).status_code == 302
    assert state_of(row)[0] == "voted"
    assert YearEndRegularisation.objects.exclude(assembly_on=None).exists()
