"""Who has which right on which thing, as tables: each predicate asked of those it must tell apart.

Without object a right says who may have it at all: that table is docs/rights.md, compared in tests/house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import timezone

from cae.core import permissions
from cae.core.documents import store_document
from cae.core.models import Document, Job
from entrepreneurs.models import Contract, ContractDeclaration, ContractTerms, Cover, InsurerSlip
from entrepreneurs.permissions.coaching import reads_coaching
from entrepreneurs.services.covers import record_cover
from entrepreneurs.services.letters import LETTERS_FILE, make_letter
from entrepreneurs.services.templates import new_letter_text
from people.models import User
from people.states import RoleKind
from tests.factories import applications, collectives, welcome
from tests.factories.coaching import make_follow_up, person_of
from tests.factories.contracts import make_signed, make_signer
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.held_contracts import held_by
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.factories.welcome import insurer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

Row = tuple[str, Any, set[str]]


def wrong(rows: Sequence[Row], people: dict[str, User]) -> list[str]:
    """The rights that are not those of the table: on each thing, the names of those who have it."""
    found = []
    for right, thing, wanted in rows:
        named = f"entrepreneurs.{right}"
        have = {name for name, user in people.items() if permissions.can(user, named, thing)}
        if have != wanted:
            found.append(f"{right} on {thing!r}: {sorted(have)}")
    return found


def a_file(about: Any) -> Document:
    """A file of this thing, of a kind that says nothing more."""
    return store_document(
        b"%PDF", kind=LETTERS_FILE, name="x.pdf", mime="application/pdf", about=about, actor=None,
        retention_until=BEGINNING,
    )  # fmt: skip


def proof_of(cover: Cover) -> Document:
    """A proof, filed with the cover it proves."""
    proof = a_file(cover)
    Cover.objects.filter(pk=cover.pk).update(proof=proof)
    return proof


def staff() -> dict[str, User]:
    return {"hr": make_user(RoleKind.HUMAN_RESOURCES), "manager": make_user(RoleKind.CO_MANAGER)}


def test_contracts_and_letters() -> None:
    user, other = make_signer(), make_signer()
    made = held_by(user)
    people = staff() | {"signer": user, "other": other, "nobody": User.objects.create(email="x@exemple.fr")}
    signed = make_signed(other)
    frozen = ContractTerms.objects.get(pk=made["terms"].pk).pdf
    text = new_letter_text(label="Mot", body="Bonjour.", valid_from=BEGINNING, on=BEGINNING, actor=None)
    letter = make_letter(person_of(user), code=text.code, on=timezone.localdate(), actor=None)
    job = Job.objects.create(task="x", label="x", author=people["hr"], total=1)
    both = {"hr", "manager"}
    contract: Contract = made["contract"]
    strange = a_file(make_person(pk=987_654))
    declaration: ContractDeclaration = made["declaration"]
    rows: list[Row] = [
        ("view_contract", contract, {"hr", "manager", "signer"}),
        ("view_contract", made["terms"], {"hr", "manager", "signer"}),
        ("write_contract", contract, both),
        ("write_contract", made["signatory"], both),
        ("write_contract", made["terms"], both),
        ("write_contract", person_of(user), both),
        ("write_contract", declaration, both),
        ("write_contract", strange, set()),
        ("sign_contract", contract, {"signer"}),
        ("sign_contract", made["terms"], {"signer"}),
        ("sign_contract", signed, set()),
        ("open_contract_file", frozen, {"hr", "manager", "signer"}),
        ("open_contract_file", strange, set()),
        ("open_letter", letter.document, {"hr", "manager", "signer"}),
        ("open_letters", a_file(job), {"hr"}),
        ("open_letters", strange, set()),
        ("view_path", person_of(user), {"hr", "manager", "signer"}),
    ]
    assert wrong(rows, people) == []
    Contract.objects.filter(pk=contract.pk).update(state="cancelled")
    cancelled = Contract.objects.get(pk=contract.pk)
    assert wrong([("sign_contract", cancelled, set())], people) == []
    for right in ("sign_contract", "view_own_papers", "withdraw_application"):
        assert not permissions.can(people["nobody"], f"entrepreneurs.{right}")


def test_collectives_papers_and_covers() -> None:
    user, _own = make_entrepreneur()
    made = collectives.gathered(user)
    came = applications.entering(person_of(user))["came"]
    came.refresh_from_db()
    people = staff() | {"member": user, "asking": made["asking"], "other": make_entrepreneur()[0]}
    demand, claim, cover = made["demand"], made["claim"], made["cover"]
    house = record_cover(
        None,
        insurer="Mutuelle",
        policy="RC-2",
        classes=["civil"],
        starts_on=BEGINNING,
        ends_on=cover.ends_on,
        actor=None,
    )
    rows: list[Row] = [
        ("answer_join", demand, {"hr", "member"}),
        ("withdraw_join", demand, {"asking"}),
        ("view_join", demand, {"hr", "manager", "member", "asking"}),
        ("sign_agreement", made["signed"], {"member"}),
        ("view_claim", claim, {"hr", "manager", "member"}),
        ("follow_claim", claim, {"hr"}),
        ("record_cover", cover, {"hr"}),
        ("open_cover_proof", a_file(claim), set()),
        ("open_cover_proof", proof_of(cover), {"hr", "manager", "member"}),
        ("open_cover_proof", proof_of(house), {"hr", "manager", "member", "other"}),
        ("bring_paper", came, {"hr", "manager", "member"}),
        ("check_paper", came, {"hr", "manager"}),
        ("open_paper", came.document, {"hr", "manager", "member"}),
        ("open_paper", a_file(claim), set()),
    ]
    mistakes = wrong(rows, people)
    demand.by_members = True
    rows = [("answer_join", demand, {"asking"}), ("withdraw_join", demand, {"hr", "member"})]
    mistakes += wrong(rows, people)
    assert mistakes == [], "\n".join(mistakes)


def test_coaching() -> None:
    made = make_follow_up()
    people = {"advisor": made["advisor"], "person": made["user"], "other": make_user(RoleKind.ENTREPRENEUR)}
    report, meeting = made["report"], made["meeting"]
    both = {"advisor", "person"}
    rows: list[Row] = [
        ("view_coaching", made["person"], both),
        ("write_plan", made["goal"], both),
        ("coach", made["alert"], {"advisor"}),
        ("run_meeting", meeting, {"advisor"}),
        ("change_meeting", meeting, both),
        ("write_report", report, {"advisor"}),
        ("view_report", report, both),
        ("view_report", made["draft"], {"advisor"}),
        ("open_report_file", a_file(report), set()),
        ("open_interview_file", a_file(report), set()),
    ]
    assert wrong(rows, people) == []


def test_welcome() -> None:
    made = welcome.welcomed()
    insurer()
    people = {name: made[name] for name in ("manager", "member", "colleague")}
    people["other"] = make_user(RoleKind.COMMITTEE_MEMBER)
    slip = InsurerSlip.objects.get(pk=made["slip"].pk)
    rows: list[Row] = [
        ("view_candidate_file", made["application"], {"manager"}),
        ("withdraw_application", made["application"], set()),
        ("view_committee", made["convened"], {"manager", "member"}),
        ("view_committee", made["planned"], {"manager"}),
        ("give_voice", made["file"], {"manager", "member"}),
        ("give_opinion", made["opinion"], {"colleague"}),
        ("open_slip", slip.document, {"manager"}),
        ("open_slip", a_file(slip), set()),
        ("open_minutes", a_file(slip), set()),
    ]
    assert wrong(rows, people) == []


def test_coaching_asked_without_a_person_is_left_to_the_role() -> None:
    assert reads_coaching(make_user(RoleKind.ADVISOR))
