"""An agreement is written whole, signed by every member then by the house, and stays (ENT-44)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cae.core import links
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail, PersonalLink
from cae.core.settings import set_setting
from cae.core.signing import Hand, Origin
from entrepreneurs.agreement_mails import AGREEMENT_LINK, SIGNED, TO_SIGN, UNDONE
from entrepreneurs.calculations.keys import parts_of, said, share_of
from entrepreneurs.models import Agreement, AgreementShare
from entrepreneurs.selectors.agreements import (
    agreement_on,
    agreements_between,
    agreements_of,
    agreements_to_countersign,
)
from entrepreneurs.selectors.signing import CODE_SETTING
from entrepreneurs.services.agreement_signing import (
    countersign_agreement,
    decline_agreement,
    renew_agreement_link,
    send_house_code,
    send_member_code,
    sign_agreement,
    sign_for_house,
    tell_again,
)
from entrepreneurs.services.agreements import (
    cancel_agreement,
    change_agreement,
    draft_agreement,
    end_agreement,
    propose_agreement,
    take_back_agreement,
)
from entrepreneurs.services.members import join_activity
from entrepreneurs.states.activities import ActivityKind
from people.models import Person, User
from people.states import RoleKind
from tests.factories.collectives import (
    AT,
    HALVES,
    contents,
    make_agreement,
    make_collective,
    signed_agreement,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user

JULY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/3", Fraction(1, 3)),
        (" 2 / 7 ", Fraction(2, 7)),
        ("60 %", Fraction(3, 5)),
        ("60", Fraction(3, 5)),
        ("33,5", Fraction(67, 200)),
        ("0", Fraction(0)),
        ("100", Fraction(1)),
    ],
)
def test_a_share_is_read_as_people_write_it(text: str, share: Fraction) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "1/0", "4/3", "101", "-5", "un tiers", "1/3/3", "1,2,3"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        share_of(text)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(sum))
def test_parts_count_every_share_exactly(weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    whole, parts = parts_of(shares)
    assert sum(parts) == whole
    assert [Fraction(part, whole) for part in parts] == shares
    assert [share_of(said(share)) for share in shares] == shares


def test_a_key_that_is_not_whole_or_too_fine_is_refused() -> None:
    with pytest.raises(ValueError):
        parts_of([Fraction(1, 3), Fraction(1, 3)])
    fine = Fraction(1, 100_003)
    with pytest.raises(ValueError):
        parts_of([fine, Fraction(1, 99_991), 1 - fine - Fraction(1, 99_991)])


def hand(person: object) -> Hand:
    return Hand(str(person), typed=str(person))


def sign(agreement: Agreement, person: Person) -> AgreementShare:
    return sign_agreement(agreement, person=person, hand=hand(person), origin=Origin(), at=AT, actor=None)


def countersign(agreement: Agreement) -> Agreement:
    return countersign_agreement(agreement, hand=hand("Gérance"), origin=Origin(), at=AT, actor=None)


@pytest.mark.django_db
def test_everybody_signs_then_the_house() -> None:
    activity, people = make_collective()
    agreement = propose_agreement(make_agreement(activity, contents(people, HALVES)), actor=None)
    sign(agreement, people[0])
    with pytest.raises(Refused) as early:
        countersign(agreement)
    assert people[1].full_name in str(early.value)
    with pytest.raises(Refused) as twice:
        sign(agreement, people[0])
    assert twice.value.code == Code.ALREADY_DONE
    with pytest.raises(Refused) as stranger:
        sign(agreement, make_person())
    assert stranger.value.code == Code.NOT_ALLOWED
    sign(agreement, people[1])
    agreement = countersign(agreement)
    assert agreement.is_signed
    assert agreement_on(activity, BEGINNING) == agreement
    with pytest.raises(Refused) as signed:
        sign(agreement, people[0])
    assert signed.value.code == Code.ALREADY_DONE
    with pytest.raises(IllegalMove):
        take_back_agreement(agreement, actor=None)


@pytest.mark.django_db
def test_taken_back_its_signatures_count_no_more() -> None:
    activity, people = make_collective()
    agreement = propose_agreement(make_agreement(activity, contents(people, HALVES)), actor=None)
    sign(agreement, people[0])
    agreement = take_back_agreement(agreement, actor=None)
    assert not agreement.shares.exclude(signature=None).exists()
    text = {"functioning": "Autrement.", "starts_on": JULY, "shares": contents(people, HALVES)}
    agreement = change_agreement(agreement, actor=None, **text)  # type: ignore[arg-type]
    agreement = propose_agreement(agreement, actor=None)
    with pytest.raises(IllegalMove):
        change_agreement(agreement, actor=None, **text)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        cancel_agreement(agreement, actor=None)


@pytest.mark.django_db
def test_the_next_version_ends_the_former_on_the_eve() -> None:
    activity, people = make_collective()
    first = signed_agreement(activity, contents(people, HALVES))
    second = signed_agreement(activity, contents(people, HALVES), starts_on=JULY)
    first.refresh_from_db()
    assert (first.ends_on, second.number) == (date(2025, 6, 30), 2)
    assert list(agreements_between(activity, BEGINNING, JULY)) == [first, second]
    third = propose_agreement(make_agreement(activity, contents(people, HALVES), starts_on=JULY), actor=None)
    for person in people:
        sign(third, person)
    with pytest.raises(Refused) as refusal:
        countersign(third)
    assert refusal.value.field == "starts_on"
    end_agreement(second, last_day=date(2025, 12, 31), actor=None)
    for last_day, code in ((date(2026, 1, 1), Code.ALREADY_DONE), (date(2025, 6, 29), Code.PERIOD_INVALID)):
        with pytest.raises(Refused) as late:
            end_agreement(second, last_day=last_day, actor=None)
        assert late.value.code == code
    with pytest.raises(IllegalMove):
        end_agreement(third, last_day=JULY, actor=None)


@pytest.mark.django_db
def test_a_member_left_out_or_gone_is_refused() -> None:
    activity, people = make_collective()
    newcomer = make_person()
    join_activity(activity, person=newcomer, starts_on=BEGINNING, actor=None)
    agreement = make_agreement(activity, contents(people, HALVES))
    with pytest.raises(Refused) as refusal:
        propose_agreement(agreement, actor=None)
    assert newcomer.full_name in str(refusal.value)
    assert Agreement.objects.get().is_draft
    cancel_agreement(agreement, actor=None)
    assert not agreements_of(activity).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"functioning": " "}, Code.VALUE_MISSING),
        ({"functioning": "x" * 8001}, Code.TEXT_TOO_LONG),
        ({"starts_on": date(2024, 12, 31)}, Code.PERIOD_INVALID),
        ({"results": [Fraction(1, 2), Fraction(1, 3)]}, Code.VALUE_INVALID),
        ({"contributions": [Fraction(1), Fraction(1)]}, Code.VALUE_INVALID),
        ({"twice": True}, Code.DUPLICATE),
        ({"stranger": True}, Code.VALUE_INVALID),
        ({"elsewhere": True}, Code.VALUE_INVALID),
    ],
)
def test_a_version_that_is_not_whole_leaves_nothing(changes: dict[str, Any], code: Code) -> None:
    activity, people = make_collective()
    if changes.get("twice"):
        people = [people[0], people[0]]
    if changes.get("stranger"):
        people = [people[0], make_person()]
    credited = [make_activity(), None] if changes.get("elsewhere") else None
    shares = contents(people, changes.get("results", HALVES), changes.get("contributions", HALVES), credited)
    before = AuditEntry.objects.count()
    told = {"functioning": "Ensemble.", "starts_on": BEGINNING}
    told |= {name: changes[name] for name in told if name in changes}
    with pytest.raises(Refused) as refusal:
        draft_agreement(activity, shares=shares, actor=None, **told)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert not Agreement.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_one_version_in_hand_and_collectives_alone() -> None:
    activity, people = make_collective()
    make_agreement(activity, contents(people, HALVES))
    with pytest.raises(Refused) as second:
        make_agreement(activity, contents(people, HALVES))
    assert second.value.code == Code.DUPLICATE
    alone = make_person()
    with pytest.raises(Refused) as single:
        make_agreement(make_activity(alone), contents([alone], [Fraction(1)]))
    assert single.value.code == Code.VALUE_INVALID


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_a_key_whole_and_a_signed_one_as_it_is() -> None:
    activity, people = make_collective()
    agreement = signed_agreement(activity, contents(people, HALVES))
    share = agreement.shares.first()
    assert share is not None
    for act in (
        lambda: AgreementShare.objects.filter(pk=share.pk).update(result_parts=9),
        share.delete,
        lambda: Agreement.objects.filter(pk=agreement.pk).update(functioning="Autre"),
        lambda: AgreementShare.objects.create(
            agreement=agreement, person=make_person(), result_parts=1, contribution_parts=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert connection.is_usable()
    assert agreement.shares.count() == 2


@pytest.mark.django_db
def test_each_is_told_their_turn_by_the_bell_or_by_a_link_and_signs_by_it() -> None:
    activity, (ana, jean) = make_collective()
    account = User.objects.create_user(email="ana@exemple.fr", person=ana)
    Person.objects.filter(pk=jean.pk).update(email="jean@exemple.fr")
    agreement = propose_agreement(make_agreement(activity, contents([ana, jean], HALVES)), actor=None)
    assert [notice.user for notice in Notice.objects.filter(kind=TO_SIGN)] == [account]
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.agreement.sign")
    assert mail.to == "jean@exemple.fr"
    share = agreement.shares.get(person=jean)
    link = links.live_links_of(share, AGREEMENT_LINK).get()
    tell_again(agreement.shares.get(person=ana), actor=None, at=AT)
    now = timezone.now()
    with pytest.raises(Refused):
        renew_agreement_link(PersonalLink(about_id=str(share.pk), ends_at=now + timedelta(days=1)), at=now)
    renew_agreement_link(PersonalLink(about_id=str(share.pk), ends_at=now - timedelta(days=1)), at=now)
    Person.objects.filter(pk=jean.pk).update(email="")
    with pytest.raises(Refused) as early:
        tell_again(AgreementShare.objects.get(pk=share.pk), actor=None, at=AT)
    assert early.value.code == Code.VALUE_MISSING
    link.refresh_from_db()
    assert link.withdrawn_at is not None, "a new link ends the former"
    manager = make_user(RoleKind.CO_MANAGER)
    for person in (ana, jean):
        sign(agreement, person)
    asked = Notice.objects.filter(kind=TO_SIGN, user=manager).get()
    assert asked.url.endswith("/contresigner/")
    countersign(agreement)
    assert Notice.objects.filter(kind=SIGNED, user=account).exists()


@pytest.mark.django_db
def test_a_member_who_does_not_sign_says_why_and_it_is_a_draft_again() -> None:
    activity, people = make_collective(3)
    account = User.objects.create_user(email="ana@exemple.fr", person=people[0])
    thirds = [Fraction(1, 3)] * 3
    agreement = propose_agreement(make_agreement(activity, contents(people, thirds)), actor=None)
    sign(agreement, people[0])
    for person, reason, code in (
        (people[0], "Trop tard", Code.ALREADY_DONE),
        (make_person(), "Ailleurs", Code.NOT_ALLOWED),
        (people[1], " ", Code.VALUE_MISSING),
        (people[1], "x" * 501, Code.TEXT_TOO_LONG),
    ):
        with pytest.raises(Refused) as refusal:
            decline_agreement(agreement, person=person, reason=reason, actor=None)
        assert refusal.value.code == code
    assert Agreement.objects.get().is_to_sign
    agreement = decline_agreement(agreement, person=people[1], reason="La part est trop petite", actor=None)
    assert agreement.is_draft
    assert (agreement.declined_by, agreement.decline_reason) == (people[1], "La part est trop petite")
    assert not agreement.shares.exclude(signature=None).exists()
    assert "La part est trop petite" in Notice.objects.get(kind=UNDONE, user=account).text
    with pytest.raises(IllegalMove):
        sign(agreement, people[0])
    assert not propose_agreement(agreement, actor=None).decline_reason


@pytest.mark.django_db
def test_a_code_is_asked_of_members_and_of_the_house_and_serves_once() -> None:
    activity, (ana, jean) = make_collective()
    for person in (ana, jean):
        User.objects.create_user(email=f"{person.pk}@exemple.fr", person=person)
    agreement = propose_agreement(make_agreement(activity, contents([ana, jean], HALVES)), actor=None)
    set_setting(CODE_SETTING, value="always", valid_from=BEGINNING, actor=None, reason="pour le test")
    manager = make_user(RoleKind.CO_MANAGER)
    with pytest.raises(Refused) as none:
        sign(agreement, ana)
    assert none.value.field == "code"
    for person in (ana, jean):
        share = agreement.shares.get(person=person)
        send_member_code(share, page="/", actor=None, at=AT)
        code = _mailed_code()
        with pytest.raises(Refused):
            _sign(agreement, person, code="000000" if code != "000000" else "111111")
        share.refresh_from_db()
        assert share.code_tries == 1, "a wrong code counts though nothing is signed"
        assert _sign(agreement, person, code=code).signature_id
    said = {"hand": hand("Gérance"), "origin": Origin(), "at": AT, "shown_sha256": agreement.content_sha256}
    with pytest.raises(Refused):
        sign_for_house(agreement, **said, actor=manager)
    send_house_code(agreement, page="/", actor=manager, at=AT)
    assert sign_for_house(agreement, **said, actor=manager, code=_mailed_code()).is_signed
    with pytest.raises(IllegalMove):
        send_house_code(agreement, page="/", actor=manager, at=AT)


@pytest.mark.django_db
def test_a_co_manager_who_is_a_member_does_not_sign_for_the_house() -> None:
    manager = make_user(RoleKind.CO_MANAGER)
    assert manager.person is not None
    other = make_person()
    activity = make_activity(manager, other, kind=ActivityKind.COLLECTIVE)
    agreement = make_agreement(activity, contents([manager.person, other], HALVES))
    agreement = propose_agreement(agreement, actor=None)
    for person in (manager.person, other):
        sign(agreement, person)
    with pytest.raises(Refused) as refusal:
        countersign_agreement(agreement, hand=hand("Gérance"), origin=Origin(), at=AT, actor=manager)
    assert refusal.value.code == Code.NOT_ALLOWED
    assert not agreements_to_countersign(manager).exists()
    assert agreements_to_countersign(make_user(RoleKind.CO_MANAGER)).get() == agreement


def _sign(agreement: Agreement, person: Person, *, code: str) -> AgreementShare:
    said = {"hand": hand(person), "origin": Origin(), "at": AT, "actor": None}
    return sign_agreement(agreement, person=person, code=code, **said)  # type: ignore[arg-type]


def _mailed_code() -> str:
    mail = OutgoingEmail.objects.filter(cause="entrepreneurs.signing.code").latest("pk")
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found is not None
    return found.group()
