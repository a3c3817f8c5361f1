"""The single personnel register: in order, never erased, as it was on a day; declarations (ENT-37)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from cae.core import facts
from cae.core.errors import Code, IllegalMove, Refused
from entrepreneurs.events import ContractEnded, ContractSigned
from entrepreneurs.models import Contract, HiringDeclaration, RegisterEntry
from entrepreneurs.selectors.register import register_on
from entrepreneurs.services import register as verbs
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.states.register import DECLARATION_FLOW
from entrepreneurs.subscribers import on_contract_ended, on_contract_signed
from people.models import Deadline, User
from people.states import RoleKind
from tests.factories.applications import PDF
from tests.factories.contracts import make_signed, make_signer
from tests.factories.desk import DAY, make_hiring
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

MOVES: dict[str, Any] = {
    "declare": lambda row, actor: verbs.declare_hiring(row, receipt="AR-1", made_on=DAY, actor=actor, on=DAY),
    "cancel": lambda row, actor: verbs.cancel_declaration(row, note="Stage", actor=actor),
}
WAY = {"to_do": (), "done": ("declare",), "cancelled": ("cancel",)}


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


def test_lines_follow_each_other_and_ask_a_declaration() -> None:
    first, second = make_hiring(), make_hiring()
    assert (first.rank, second.rank) == (1, 2)
    assert first.declaration.due_on == date(2026, 3, 31)
    assert Deadline.objects.open().filter(kind="declaration").count() == 2  # type: ignore[attr-defined]


def test_somebody_there_is_not_hired_twice() -> None:
    entry = make_hiring()
    with pytest.raises(Refused) as refusal:
        make_hiring(entry.person)
    assert (refusal.value.code, refusal.value.field) == (Code.DUPLICATE, "person")
    assert RegisterEntry.objects.count() == 1
    verbs.leave_register(entry, left_on=date(2026, 6, 30), actor=None)
    assert make_hiring(entry.person, hired_on=date(2026, 9, 1)).rank == 2


@pytest.mark.parametrize("field", ["job", "contract_kind"])
def test_a_line_says_what_the_law_asks(field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_hiring(**{field: " "})
    assert refusal.value.field == field
    assert not RegisterEntry.objects.exists()


def test_what_is_missing_is_written_once(hr: User) -> None:
    entry = make_hiring()
    known = {"birth_date": date(1990, 1, 2), "sex": "female", "nationality": "FR", "qualification": "Cadre"}
    entry = verbs.complete_entry(entry, **known, actor=hr)
    assert {name: getattr(entry, name) for name in known} == known
    assert verbs.complete_entry(entry, **known, actor=hr) == entry
    with pytest.raises(Refused) as refusal:
        verbs.complete_entry(entry, nationality="BE", actor=hr)
    assert refusal.value.field == "nationality"
    assert RegisterEntry.objects.get().nationality == "FR"


def test_the_database_keeps_the_register(hr: User) -> None:
    entry = verbs.complete_entry(make_hiring(), birth_date=DAY, nationality="FR", actor=hr)
    verbs.leave_register(entry, left_on=date(2026, 6, 30), actor=hr)
    rows = RegisterEntry.objects.filter(pk=entry.pk)
    for wrong in (
        {"rank": 7},
        {"last_name": "Autre"},
        {"hired_on": DAY},
        {"left_on": None},
        {"birth_date": None},
        {"nationality": "BE"},
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        entry.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(sex="x")


def test_who_left_is_still_there_before(hr: User) -> None:
    entry = make_hiring()
    with pytest.raises(Refused):
        verbs.leave_register(entry, left_on=date(2026, 3, 31), actor=hr)
    verbs.leave_register(entry, left_on=date(2026, 6, 30), actor=hr)
    verbs.leave_register(entry, left_on=date(2027, 6, 30), actor=hr)
    assert register_on(date(2026, 3, 31)) == []
    assert [row.left_on for row in register_on(date(2026, 6, 29))] == [None]
    assert [row.left_on for row in register_on(date(2026, 6, 30))] == [date(2026, 6, 30)]


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_or_is_refused(move: str, state: str, hr: User) -> None:
    row = make_hiring().declaration
    for step in WAY[state]:
        row = MOVES[step](row, hr)
    before = list(HiringDeclaration.objects.values())
    if state in DECLARATION_FLOW.move(move).sources:
        assert MOVES[move](row, hr).state == DECLARATION_FLOW.move(move).target
        assert not Deadline.objects.open().exists()  # type: ignore[attr-defined]
    else:
        with pytest.raises(IllegalMove):
            MOVES[move](row, hr)
        assert list(HiringDeclaration.objects.values()) == before


@pytest.mark.parametrize(
    ("perform", "field"),
    [
        (
            lambda row, hr: verbs.declare_hiring(row, receipt=" ", made_on=DAY, actor=hr, on=DAY),
            "receipt",
        ),
        (
            lambda row, hr: verbs.declare_hiring(
                row, receipt="AR", made_on=date(2026, 3, 3), actor=hr, on=DAY
            ),
            "made_on",
        ),
        (lambda row, hr: verbs.cancel_declaration(row, note=" ", actor=hr), "note"),
    ],
)
def test_a_declaration_is_proved_or_explained(perform: Any, field: str, hr: User) -> None:
    row = make_hiring().declaration
    with pytest.raises(Refused) as refusal:
        perform(row, hr)
    assert refusal.value.field == field
    assert HiringDeclaration.objects.get().state == "to_do"
    assert Deadline.objects.open().exists()  # type: ignore[attr-defined]


def test_a_made_declaration_is_frozen(hr: User) -> None:
    row = MOVES["declare"](make_hiring().declaration, hr)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        HiringDeclaration.objects.filter(pk=row.pk).update(receipt="AR-2")
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        row.delete()


def test_a_file_comes_with_the_receipt_or_after_it_once(hr: User) -> None:
    row = make_hiring().declaration
    with pytest.raises(Refused):
        verbs.attach_receipt(row, proof=PDF, proof_name="a.pdf", actor=hr)
    row = MOVES["declare"](row, hr)
    with pytest.raises(Refused) as refusal:
        verbs.attach_receipt(row, proof=b"", proof_name="", actor=hr)
    assert refusal.value.field == "proof"
    with pytest.raises(Refused) as refusal:
        verbs.attach_receipt(row, proof=PDF + bytes(10 * 1024 * 1024), proof_name="a.pdf", actor=hr)
    assert refusal.value.code == Code.FILE_REFUSED
    row = verbs.attach_receipt(row, proof=PDF, proof_name="", actor=hr)
    assert row.proof is not None
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        HiringDeclaration.objects.update(proof=None)
    other = verbs.declare_hiring(
        make_hiring().declaration,
        receipt="AR-2",
        made_on=DAY,
        proof=PDF,
        proof_name="b.pdf",
        actor=hr,
        on=DAY,
    )
    assert other.proof is not None


def test_a_signed_cesa_writes_itself_in_and_out(hr: User) -> None:
    person = make_person()
    contract = draft_contract(person, kind="cesa", starts_on=date(2026, 4, 1), actor=hr)
    cape = draft_contract(
        make_person(), kind="cape", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31), actor=hr
    )
    for signed in (contract, contract, cape):
        on_contract_signed(ContractSigned(signed.pk, signed.starts_on, hr.pk))
    entry = RegisterEntry.objects.get()
    assert (entry.person, entry.contract, entry.hired_on) == (person, contract, date(2026, 4, 1))
    for ended in (contract, cape):
        on_contract_ended(ContractEnded(ended.pk, date(2027, 4, 1), hr.pk))
    entry.refresh_from_db()
    assert entry.left_on == date(2027, 4, 1)
    assert Contract.objects.count() == 2


def test_a_cesa_that_follows_another_hiring_has_its_line_and_its_declaration(hr: User) -> None:
    after_cesa, after_staff = make_signer(), make_signer()
    first, then = date(2026, 12, 1), date(2027, 6, 1)
    make_signed(after_cesa, kind="cesa", starts_on=first, last=date(2027, 5, 31))
    make_signed(after_cesa, kind="cesa", starts_on=then)
    lines = RegisterEntry.objects.filter(person=after_cesa.person).order_by("rank")
    assert [(line.hired_on, line.left_on) for line in lines] == [(first, None), (then, None)]
    assert HiringDeclaration.objects.filter(entry__in=lines, due_on=date(2027, 5, 31)).count() == 1
    assert after_staff.person
    staff = make_hiring(after_staff.person, hired_on=date(2026, 1, 5))
    contract = make_signed(after_staff, kind="cesa", starts_on=first)
    assert not RegisterEntry.objects.filter(contract=contract).exists()
    verbs.leave_register(staff, left_on=date(2026, 11, 30), actor=hr)
    line = RegisterEntry.objects.get(contract=contract)
    assert (line.hired_on, line.declaration.due_on) == (first, date(2026, 11, 30))
    verbs.leave_register(line, left_on=date(2027, 1, 31), actor=hr)
    assert RegisterEntry.objects.filter(person=after_staff.person).count() == 2


def test_the_pages(hr: User, demonstration: None) -> None:
    client = client_of(hr)
    person = make_person(last_name="Martin")
    typed = {"person": person.pk, "job": "Comptable", "contract_kind": "CDI", "hired_on": "2026-04-01"}
    assert client.post("/registre-du-personnel/inscrire/", typed | {"job": ""}).status_code == 422
    assert client.post("/registre-du-personnel/inscrire/", typed).status_code == 302
    entry = RegisterEntry.objects.get()
    listed = client.get("/registre-du-personnel/").text
    # On a phone, a column that says nothing (one has not left) takes no line of the card.
    left, job = (re.search(rf'data-label="{name}"([^>]*)>', listed) for name in ("Sortie le", "Emploi"))
    assert left is not None
    assert job is not None
    assert "data-nothing" in left[1]
    assert "data-nothing" not in job[1]
    assert "Martin" in listed
    assert client.get("/registre-du-personnel/?export=csv").status_code == 200
    url = f"/registre-du-personnel/{entry.pk}/completer/"
    assert client.post(url, {"nationality": "FR", "sex": "female"}).status_code == 302
    assert "Nationalité" not in client.get(url).content.decode()
    queued = facts.queue_of(hr, "human_resources", DAY)
    declaration = f"/declarations-a-l-embauche/{entry.declaration.pk}/"
    assert [item.url for item in queued] == [declaration]
    assert client.post(declaration, {"do": "declare", "made_on": ""}).status_code == 422
    assert (
        client.post(declaration, {"do": "declare", "receipt": "", "made_on": "2026-03-02"}).status_code == 422
    )
    typed = {"do": "declare", "receipt": "AR-77", "made_on": "2026-03-02"}
    for wrong in (b"MZ\0\0", b"Bonjour"):
        file = SimpleUploadedFile("accuse.pdf", wrong)
        assert client.post(declaration, typed | {"proof": file}).status_code == 422
    assert HiringDeclaration.objects.get().state == "to_do"
    assert client.post(declaration, typed).status_code == 302
    assert client.post(declaration, typed).status_code == 422
    # The file comes later, once; the register opens it.
    file = SimpleUploadedFile("../accuse.pdf", PDF)
    assert client.post(declaration, {"proof": file}).status_code == 302
    row = HiringDeclaration.objects.get()
    assert (row.proof.name, row.proof.mime) == ("accuse.pdf", "application/pdf")
    for page in (declaration, "/registre-du-personnel/"):
        assert reverse("core:document", args=[row.proof_id]) in client.get(page).content.decode()
    stranger = client_of(make_user(RoleKind.ADVISOR))
    assert stranger.get(reverse("core:document", args=[row.proof_id])).status_code in (403, 404)
    with pytest.raises(Refused):
        verbs.attach_receipt(row, proof=PDF, proof_name="a.pdf", actor=hr)
    assert "AR-77" in client.get("/declarations-a-l-embauche/").content.decode()
    other = make_hiring().declaration
    page = f"/declarations-a-l-embauche/{other.pk}/"
    assert client.post(page, {"do": "cancel", "note": "Stage"}).status_code == 302


def test_the_register_is_printed_as_it_was(hr: User, demonstration: None) -> None:
    make_hiring()
    client = client_of(hr)
    for query in ("", "?le=2026-01-01", "?le=x"):
        answer = client.get(f"/registre-du-personnel/registre.pdf{query}")
        assert answer.content.startswith(b"%PDF-")


def test_others_read_nothing_of_it(demonstration: None) -> None:
    entry = make_hiring()
    for kind in (RoleKind.ENTREPRENEUR, RoleKind.ADVISOR, RoleKind.ACCOUNTANT):
        client = client_of(make_user(kind))
        for url in (
            "/registre-du-personnel/",
            "/registre-du-personnel/registre.pdf",
            f"/registre-du-personnel/{entry.pk}/completer/",
            f"/declarations-a-l-embauche/{entry.declaration.pk}/",
        ):
            assert client.get(url).status_code == 403
