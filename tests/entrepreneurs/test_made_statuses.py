"""A status that a contract would cross is told when it is drafted or handed over, not at the last mark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OutgoingEmail
from entrepreneurs.calculations import made_statuses
from entrepreneurs.calculations.made_statuses import Held, Made, status_made
from entrepreneurs.models import Contract
from entrepreneurs.services.clauses import change_days
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.states.contracts import ContractKind
from people.models import Person, StatusPeriod
from people.services.statuses import open_status
from people.states import RoleKind
from people.states.statuses import GIVE_WAY, StatusKind
from tests.entrepreneurs.refusals import refused
from tests.factories.contracts import hand_over, make_draft, make_manager, make_signer, no_code, sign_next
from tests.factories.people import make_user
from tests.pages import client_of

D = date
DEC, MAY = D(2026, 12, 1), D(2027, 5, 31)
HOLDER, ENTREPRENEUR, CANDIDATE, LEAVER = "project_holder", "entrepreneur", "candidate", "leaver"


def test_the_pure_rule_speaks_of_the_statuses_that_there_are() -> None:
    assert made_statuses.GIVE_WAY == GIVE_WAY
    assert set(made_statuses.STATUS_OF) <= set(ContractKind.values)
    assert set(made_statuses.STATUS_OF.values()) == {StatusKind.PROJECT_HOLDER, StatusKind.ENTREPRENEUR}


def held(kind: str, starts_on: date, ends_on: date | None = None, key: int = 1) -> Held:
    return Held(key, kind, starts_on, ends_on)


CAPE_BEFORE = held(HOLDER, D(2026, 6, 1), D(2026, 11, 30))
WAITING = held(CANDIDATE, D(2026, 9, 1))
RUNNING = held(HOLDER, D(2026, 6, 1), D(2027, 2, 28))
LATER = held(LEAVER, D(2027, 3, 1), key=2)
AFTER = held(LEAVER, D(2027, 6, 1))
NEVER_THERE = held(CANDIDATE, D(2026, 3, 1), D(2026, 8, 31), key=3)

MADE: tuple[tuple[str, str, tuple[Held, ...], date | None, Made], ...] = (
    ("nobody yet", HOLDER, (), MAY, Made(HOLDER, opened=True)),
    ("held for good", ENTREPRENEUR, (held(ENTREPRENEUR, D(2026, 1, 1)),), None, Made(ENTREPRENEUR)),
    ("held longer", HOLDER, (held(HOLDER, D(2026, 6, 1), MAY),), MAY, Made(HOLDER)),
    ("renewed on the next day", HOLDER, (CAPE_BEFORE,), MAY, Made(HOLDER, prolonged=CAPE_BEFORE)),
    ("after a gap", HOLDER, (held(HOLDER, D(2026, 1, 1), D(2026, 6, 30)),), MAY, Made(HOLDER, opened=True)),
    ("a candidate gives way", HOLDER, (WAITING,), MAY, Made(HOLDER, opened=True)),
    ("what is over crosses nothing", HOLDER, (NEVER_THERE,), MAY, Made(HOLDER, opened=True)),
    (
        "what comes after is not crossed",
        HOLDER,
        (held(LEAVER, D(2027, 6, 1)),),
        MAY,
        Made(HOLDER, opened=True),
    ),
    (
        "a holder becomes an entrepreneur",
        ENTREPRENEUR,
        (RUNNING,),
        None,
        Made(ENTREPRENEUR, ended=(RUNNING,), opened=True),
    ),
    (
        "for good after a term: not the eve",
        ENTREPRENEUR,
        (held(ENTREPRENEUR, D(2026, 6, 1), D(2026, 11, 30)),),
        None,
        Made(ENTREPRENEUR, opened=True),
    ),
    (
        "an entrepreneur is no holder again",
        HOLDER,
        (held(ENTREPRENEUR, D(2026, 1, 1)),),
        MAY,
        Made(HOLDER, opened=True, crossed=held(ENTREPRENEUR, D(2026, 1, 1))),
    ),
    (
        "a holder of that very day stays",
        ENTREPRENEUR,
        (held(HOLDER, DEC, MAY),),
        None,
        Made(ENTREPRENEUR, opened=True, crossed=held(HOLDER, DEC, MAY)),
    ),
    (
        "a candidate with a last day does not give way",
        HOLDER,
        (held(CANDIDATE, D(2026, 9, 1), D(2027, 1, 31)),),
        MAY,
        Made(HOLDER, opened=True, crossed=held(CANDIDATE, D(2026, 9, 1), D(2027, 1, 31))),
    ),
    ("an exit to come", HOLDER, (LATER,), MAY, Made(HOLDER, opened=True, crossed=LATER)),
    (
        "a renewal over an exit to come",
        HOLDER,
        (LATER, CAPE_BEFORE),
        MAY,
        Made(HOLDER, prolonged=CAPE_BEFORE, crossed=LATER),
    ),
)


@pytest.mark.parametrize(
    ("kind", "rows", "ends_on", "made"), [row[1:] for row in MADE], ids=[r[0] for r in MADE]
)
def test_what_a_contract_makes_of_the_statuses_held(
    kind: str, rows: tuple[Held, ...], ends_on: date | None, made: Made
) -> None:
    assert status_made(kind, DEC, ends_on, rows) == made


def crossed_person(**days: Any) -> Person:
    """Somebody written down as an entrepreneur on days on which a CAPE would make them a project holder."""
    person = make_signer().person
    assert person is not None
    days = {"starts_on": D(2027, 2, 1), "ends_on": D(2027, 4, 30)} | days
    open_status(person, kind=ENTREPRENEUR, reason="Reprise d’un autre outil", actor=None, **days)
    return person


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_a_draft_that_crosses_a_status_is_refused_at_its_first_day_and_leaves_nothing() -> None:
    person = crossed_person()
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    typed = {"person": person.pk, "kind": "cape", "starts_on": "2026-12-01", "ends_on": "2027-05-31"}
    said = AuditEntry.objects.count()
    answer = hr.post(reverse("entrepreneurs:contract_new"), typed)
    assert answer.status_code == 422
    [sentence] = answer.context["form"].errors["starts_on"]
    assert "« Entrepreneur·e salarié·e » du 01/02/2027 au 30/04/2027" in sentence
    assert str(person) in sentence
    assert (Contract.objects.count(), AuditEntry.objects.count()) == (0, said)
    # An open one says since when; a contract that makes no status crosses none.
    other = crossed_person(starts_on=D(2026, 1, 1), ends_on=None)
    with refused(Code.PERIOD_INVALID, "starts_on"):
        draft_contract(other, kind="support_agreement", starts_on=DEC, ends_on=MAY, actor=None)
    assert draft_contract(other, kind="other", starts_on=DEC, ends_on=MAY, actor=None).pk
    # Before those days, it is drafted; moved onto them, refused.
    draft = draft_contract(person, kind="cape", starts_on=DEC, ends_on=D(2027, 1, 31), actor=None)
    with refused(Code.PERIOD_INVALID, "starts_on"):
        change_days(draft, starts_on=DEC, ends_on=MAY, activity=None, actor=None)
    assert Contract.objects.get(pk=draft.pk).ends_on == D(2027, 1, 31)


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_a_status_noted_after_the_draft_is_told_when_it_is_handed_over_where_its_days_change() -> None:
    no_code()
    user, manager = make_signer(), make_manager()
    assert user.person is not None
    contract = make_draft(user.person, starts_on=DEC, ends_on=MAY)
    days: dict[str, Any] = {"starts_on": D(2027, 2, 1), "ends_on": D(2027, 4, 30)}
    open_status(user.person, kind=ENTREPRENEUR, reason="Reprise", actor=None, **days)
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    terms = contract.terms.get()
    before = (AuditEntry.objects.count(), OutgoingEmail.objects.count(), StatusPeriod.objects.count())
    answer = hr.post(reverse("entrepreneurs:terms_send", args=[terms.pk]))
    assert answer.status_code == 422
    assert "du 01/02/2027 au 30/04/2027" in answer.context["form"].errors["starts_on"][0]
    terms.refresh_from_db()
    contract.refresh_from_db()
    assert (contract.state, terms.state, terms.pdf_id, terms.signatories.count()) == (
        "draft",
        "draft",
        None,
        0,
    )
    after = (AuditEntry.objects.count(), OutgoingEmail.objects.count(), StatusPeriod.objects.count())
    assert after == before
    # The page that says so changes the days, and then it is handed over, signed and takes effect.
    save = answer.context["action"]
    assert f'formaction="{save}"' in answer.content.decode()
    moved = {"starts_on": "2026-12-01", "ends_on": "2027-01-31", "activity": "", "override_reason": ""}
    assert hr.post(save, moved).status_code == 302
    terms = hand_over(contract.terms.get())
    sign_next(terms, user)
    sign_next(terms, manager)
    made = StatusPeriod.objects.get(person=user.person, kind=HOLDER)
    assert (made.starts_on, made.ends_on) == (DEC, D(2027, 1, 31))


@pytest.mark.django_db
def test_a_status_noted_while_it_is_signed_is_still_told_at_the_last_signature_in_the_same_words() -> None:
    no_code()
    user, manager = make_signer(), make_manager()
    assert user.person is not None
    contract = make_draft(user.person, starts_on=DEC, ends_on=MAY)
    terms = hand_over(contract.terms.get())
    sign_next(terms, user)
    open_status(
        user.person, kind=ENTREPRENEUR, starts_on=MAY - timedelta(days=9), reason="Reprise", actor=None
    )
    with refused(Code.PERIOD_INVALID, "starts_on"):
        sign_next(terms, manager)
    with pytest.raises(Refused, match="« Entrepreneur·e salarié·e » depuis le 22/05/2027"):
        sign_next(terms, manager)
    contract.refresh_from_db()
    assert contract.state == "to_sign"
    assert not StatusPeriod.objects.filter(person=user.person, kind=HOLDER).exists()
