"""An assembly is prepared: what it is, its bureau, agenda and papers, its second call (GOV-19, GOV-20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from cae.core.errors import Code
from cae.core.models import OutgoingEmail
from governance.models import Assembly, Vote, VoteResult
from governance.selectors.assemblies import agenda_of, text_of
from governance.selectors.assembly_people import undecided
from governance.selectors.preparing import papers_awaited
from governance.services import agenda, assemblies
from governance.services.agenda import ItemData
from governance.services.assemblies import AssemblyData
from governance.services.resolutions import ResolutionData, put_resolution, withdraw_resolution
from people.models import User
from tests.factories.governance import (
    call,
    make_assembly,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import PDF, in_days, make_draft, make_item
from tests.factories.governance_minutes import make_held, make_voted, signed_minutes
from tests.factories.people import make_person
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DATA = AssemblyData("ordinary", "Assemblée de juin", in_days(30), mode="room", place="Salle des fêtes")


def create(actor: User, **changes: Any) -> Assembly:
    return assemblies.create_assembly(data=replace(DATA, **changes), actor=actor, at=timezone.now())


def test_an_assembly_is_opened_in_preparation(actor: User) -> None:
    assembly = create(actor)
    assert (assembly.state, assembly.call_number, assembly.created_by) == ("draft", 1, actor)


def test_a_second_click_prepares_nothing_twice(actor: User) -> None:
    assembly = create(actor)
    with refused(Code.DUPLICATE, "title"):
        create(actor)
    create(actor, starts_at=in_days(31))
    pause = ItemData("Pause", kind="information")
    item = agenda.add_item(assembly, data=ItemData("Comptes"), actor=actor)
    with refused(Code.DUPLICATE, "title"):
        agenda.add_item(assembly, data=ItemData("Comptes"), actor=actor)
    for data in (pause, ItemData("Budget"), pause):
        agenda.add_item(assembly, data=data, actor=actor)
    put = {"data": ResolutionData("Comptes", "ordinary", item), "text": "Un texte.", "actor": actor}
    put_resolution(assembly, **put)
    with refused(Code.DUPLICATE, "title"):
        put_resolution(assembly, **put)
    assert (Assembly.objects.count(), assembly.items.count(), assembly.resolutions.count()) == (2, 4, 1)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"place": " "}, Code.VALUE_MISSING, "place"),
        ({"starts_at": in_days(-1)}, Code.DATE_INVALID, "starts_at"),
        ({"kind": "secret"}, Code.VALUE_INVALID, "kind"),
        ({"mode": "moon"}, Code.VALUE_INVALID, "mode"),
        ({"introduction": "x" * 4001}, Code.TEXT_TOO_LONG, "introduction"),
    ],
)
def test_what_an_assembly_may_not_be(actor: User, changes: Any, code: Code, field: str) -> None:
    with refused(code, field):
        create(actor, **changes)


def test_a_form_opened_before_somebody_else_wrote_is_refused(actor: User) -> None:
    assembly = create(actor)
    how: dict[str, Any] = {"data": replace(DATA, title="Autre"), "actor": actor, "at": timezone.now()}
    assert assemblies.change_assembly(assembly, version=1, **how).title == "Autre"
    with refused(Code.STALE_FORM):
        assemblies.change_assembly(assembly, version=1, **how)


def test_what_was_sent_does_not_change(actor: User) -> None:
    assembly = make_assembly()
    item = make_item(assembly)
    with refused(Code.ILLEGAL_MOVE):
        assemblies.change_assembly(assembly, data=DATA, version=None, actor=actor, at=timezone.now())
    with refused(Code.ILLEGAL_MOVE):
        agenda.add_item(assembly, data=ItemData("Autre"), actor=actor)
    with refused(Code.ILLEGAL_MOVE):
        agenda.remove_item(item, actor=actor)


def test_the_place_of_a_convened_assembly_changes_and_everybody_is_told(actor: User) -> None:
    _user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(associates=(associate,), mode="room")
    with refused(Code.VALUE_MISSING, "place"):
        assemblies.move_assembly(assembly, place=" ", remote_link="", actor=actor)
    with refused(Code.ALREADY_DONE):
        assemblies.move_assembly(assembly, place=assembly.place, remote_link="", actor=actor)
    moved = assemblies.move_assembly(assembly, place="Maison des associations", remote_link="", actor=actor)
    assert moved.place == "Maison des associations"
    email = OutgoingEmail.objects.get(cause="governance.assembly_moved")
    assert (email.to, "Maison des associations" in email.text) == ("nina@example.org", True)
    draft = make_draft(rule_set=assembly.rule_set)
    with refused(Code.ILLEGAL_MOVE):
        assemblies.move_assembly(draft, place="Ici", remote_link="", actor=actor)


def test_each_reads_what_changes_in_their_own_language(actor: User) -> None:
    """Whoever writes works in English; associates read French, or English where they chose it."""
    made = [make_member(email=f"{language}@example.org") for language in ("fr", "en")]
    User.objects.filter(pk=made[1][0].pk).update(language="en")
    rule_set = make_rule_set()
    assembly = make_assembly(rule_set=rule_set, associates=tuple(associate for _user, associate in made))
    resolution = make_resolution(assembly, number=3)
    with override("en"):
        assemblies.move_assembly(assembly, place="Bègles", remote_link="https://visio.example", actor=actor)
        add_paper(assembly, actor)
        withdraw_resolution(resolution, reason="Sans objet", actor=actor)
    french = [mail.text for mail in OutgoingEmail.objects.filter(to="fr@example.org").order_by("pk")]
    english = [mail.text for mail in OutgoingEmail.objects.filter(to="en@example.org").order_by("pk")]
    words = (
        ("Visioconférence :", "Video"),
        ("le document « Rapport de gestion » est ajouté", "Rapport de gestion"),
        ("est retirée de l’ordre du jour", "Sans objet"),
    )
    for (said, told), one, other in zip(words, french, english, strict=True):
        assert said in one
        assert told in other
        assert said not in other


def test_the_bureau_is_named_and_who_chairs_does_not_count(actor: User) -> None:
    assembly, chair, secretary, counting = make_draft(), make_person(), make_person(), make_person()
    seats: dict[str, Any] = {"chair": chair, "secretary": secretary, "actor": actor}
    with refused(Code.ROLE_INVALID, "scrutineers"):
        assemblies.seat_bureau(assembly, scrutineers=[chair], **seats)
    with refused(Code.VALUE_MISSING, "chair"):
        assemblies.seat_bureau(assembly, scrutineers=[], **seats | {"chair": None})
    assemblies.seat_bureau(assembly, scrutineers=[counting, counting], **seats)
    assemblies.seat_bureau(assembly, scrutineers=[counting], **seats)
    assert sorted(assembly.bureau.values_list("role", flat=True)) == ["chair", "scrutineer", "secretary"]


def test_an_assembly_called_off_is_told_with_the_reason(actor: User) -> None:
    _user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(associates=(associate,))
    with refused(Code.VALUE_MISSING, "reason"):
        assemblies.cancel_assembly(assembly, reason=" ", actor=actor)
    assert assemblies.cancel_assembly(assembly, reason="Salle inondée", actor=actor).state == "cancelled"
    assert "Salle inondée" in OutgoingEmail.objects.get(cause="governance.assembly_cancelled").text
    with refused(Code.ILLEGAL_MOVE):
        assemblies.cancel_assembly(assembly, reason="encore", actor=actor)


def test_a_draft_called_off_writes_to_nobody(actor: User) -> None:
    make_member()
    assemblies.cancel_assembly(make_draft(), reason="Reportée", actor=actor)
    assert not OutgoingEmail.objects.exists()


def test_signed_minutes_are_published_to_the_associates(actor: User) -> None:
    assembly, people = make_held()
    make_voted(assembly)
    closed = Assembly.objects.get(pk=assembly.pk)
    with refused(Code.ILLEGAL_MOVE):
        assemblies.publish_assembly(closed, actor=actor)
    signed_minutes(assembly, people)
    assert assemblies.publish_assembly(assembly, actor=actor).state == "published"
    mails = OutgoingEmail.objects.filter(cause="governance.minutes_published")
    assert mails.count() == len(people)


def test_points_change_places_and_resolutions_are_numbered_again(actor: User) -> None:
    assembly = make_draft()
    first = assembly.items.get()
    second = agenda.add_item(assembly, data=ItemData("Élection"), actor=actor)
    third = agenda.add_item(assembly, data=ItemData("Questions", minutes=5), actor=actor)
    one, two = assembly.resolutions.get(), make_resolution(assembly, item=second)
    agenda.move_item(second, up=True, actor=actor)
    assert [point.item for point in agenda_of(assembly)] == [second, first, third]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (two.number, one.number) == (1, 2)
    for item, up in ((second, True), (third, False)):
        with refused(Code.VALUE_INVALID):
            agenda.move_item(item, up=up, actor=actor)
    with refused(Code.ILLEGAL_MOVE):
        agenda.remove_item(second, actor=actor)
    agenda.remove_item(third, actor=actor)
    assert list(assembly.items.values_list("position", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (ItemData(" "), Code.VALUE_MISSING, "title"),
        (ItemData("A", kind="dance"), Code.VALUE_INVALID, "kind"),
        (ItemData("A", minutes=0), Code.VALUE_INVALID, "minutes"),
        (ItemData("A", speaker="x" * 121), Code.TEXT_TOO_LONG, "speaker"),
    ],
)
def test_what_a_point_may_not_be(actor: User, data: ItemData, code: Code, field: str) -> None:
    assembly = make_draft()
    with refused(code, field):
        agenda.add_item(assembly, data=data, actor=actor)


def add_paper(assembly: Assembly, actor: User, **how: Any) -> Any:
    said = {"item": None, "title": "Rapport de gestion", "content": PDF, "name": "rapport.pdf"}
    return agenda.add_paper(assembly, **said | how, actor=actor, on=timezone.localdate())


def test_a_paper_has_its_hash_and_is_no_longer_awaited(actor: User) -> None:
    assembly = make_draft()
    item = make_item(assembly, "Comptes", awaited="Rapport de gestion\n\n Bilan ")
    assert [title for _item, title in papers_awaited(assembly)] == ["Rapport de gestion", "Bilan"]
    paper = add_paper(assembly, actor, item=item, title="rapport de gestion")
    assert len(paper.document.sha256) == 64
    assert [title for _item, title in papers_awaited(assembly)] == ["Bilan"]
    with refused(Code.DUPLICATE, "title"):
        add_paper(assembly, actor, item=item)
    with refused(Code.FILE_REFUSED, "file"):
        add_paper(assembly, actor, content=b"MZ\0", title="Programme")
    with refused(Code.VALUE_MISSING, "title"):
        add_paper(assembly, actor, title=" ")
    agenda.remove_paper(paper, actor=actor)
    assert not assembly.papers.exists()


def test_a_paper_of_another_assembly_s_point_is_refused(actor: User) -> None:
    assembly = make_draft()
    other = make_item(make_draft(rule_set=assembly.rule_set))
    with refused(Code.VALUE_INVALID, "item"):
        add_paper(assembly, actor, item=other)


def test_a_paper_added_after_the_convocation_is_told_and_stays(actor: User) -> None:
    _user, associate = make_member()
    assembly = make_assembly(associates=(associate,))
    paper = add_paper(assembly, actor)
    assert "Rapport de gestion" in OutgoingEmail.objects.get(cause="governance.assembly_added").text
    with refused(Code.ILLEGAL_MOVE):
        agenda.remove_paper(paper, actor=actor)
    closed = make_assembly(state="closed", rule_set=assembly.rule_set)
    with refused(Code.ILLEGAL_MOVE):
        add_paper(closed, actor)


def call_again(assembly: Assembly, actor: User, **how: Any) -> Assembly:
    said: dict[str, Any] = {"starts_at": in_days(40), "keys": undecided(assembly), "at": timezone.now()}
    return assemblies.call_again(assembly, **said | how, actor=actor)


def test_the_second_call_takes_what_the_first_could_not_decide(actor: User) -> None:
    assembly = make_draft(rule_set=make_rule_set())
    item = assembly.items.get()
    add_paper(assembly, actor, item=item)
    lost = assembly.resolutions.get()
    won = make_resolution(assembly, item=item)
    Assembly.objects.filter(pk=assembly.pk).update(state="cancelled", cancel_reason="essai")
    now = timezone.now()
    Assembly.objects.filter(pk=assembly.pk).update(
        state="closed",
        cancel_reason="",
        convened_at=now,
        opened_at=now,
        closed_at=now,
        rules={"a": "b"},
        rules_sha256="0" * 64,
    )
    assembly.refresh_from_db()
    vote = Vote.objects.create(
        assembly=assembly, resolution=won, state="closed", opened_at=now, closed_at=now
    )
    VoteResult.objects.create(vote=vote, verdict="adopted", facts={}, sha256="0" * 64)
    assert undecided(assembly) == [lost.pk]
    second = call_again(assembly, actor)
    assert (second.call_number, second.earlier_call, second.state) == (2, assembly, "draft")
    copied = second.resolutions.get()
    assert (copied.title, copied.number, text_of(copied)) == (lost.title, 1, text_of(lost))
    assert [point.papers[0].title for point in agenda_of(second)] == ["Rapport de gestion"]
    with refused(Code.DUPLICATE):
        call_again(assembly, actor)


def test_a_second_call_that_may_not_be(actor: User) -> None:
    convened = make_assembly()
    with refused(Code.ILLEGAL_MOVE):
        call_again(convened, actor)
    closed = make_assembly(state="closed", rule_set=convened.rule_set)
    make_resolution(closed)
    with refused(Code.VALUE_MISSING, "resolutions"):
        call_again(closed, actor, keys=[])
    with refused(Code.DATE_INVALID, "starts_at"):
        call_again(closed, actor, starts_at=timezone.now() - timedelta(days=1))
    second = make_assembly(state="closed", rule_set=convened.rule_set, call_number=2, earlier_call=closed)
    make_resolution(second)
    with refused(Code.ILLEGAL_MOVE):
        call_again(second, actor)


def test_associates_see_what_called_them_and_no_draft() -> None:
    user, associate = make_member()
    draft = make_draft()
    convened = make_assembly(rule_set=draft.rule_set)
    other = make_assembly(rule_set=draft.rule_set)
    call(convened, associate)
    assert list(Assembly.objects.visible_to(user)) == [convened]
    assert set(Assembly.objects.visible_to(make_organiser())) == {draft, convened, other}
