"""An assembly is convened: rules frozen, each associate called once, by which door, with which proof
(GOV-20)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Document, OutgoingEmail
from governance.models import Assembly, Convocation
from governance.selectors.assemblies import calendar_of
from governance.services import convening, convocation_proofs
from governance.services.convocation_files import (
    CONVOCATION_FILE,
    LETTERS_FILE,
    make_convocation_files,
    make_waiting_convocations,
)
from governance.services.convocation_proofs import ProofData
from governance.services.reading import note_reading
from people.models import Organisation, User
from tests.factories.governance import make_associate, make_organiser, make_resolution, make_rule_set
from tests.factories.governance_assemblies import (
    PDF,
    in_days,
    make_draft,
    make_item,
    make_posted,
    make_reached,
)
from tests.factories.people import make_person
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organiser() -> User:
    return make_organiser(email="organise@example.org")


def actor() -> User:
    return User.objects.get(email="organise@example.org")


def convene(assembly: Assembly, **how: Any) -> Assembly:
    return convening.convene(assembly, **{"actor": actor(), "at": timezone.now()} | how)


def test_each_associate_is_called_once_by_mail_or_by_letter() -> None:
    assembly, mailed, posted = make_draft(), make_reached(), make_posted()
    convened = convene(assembly)
    assert convened.state == "convened"
    called = {row.associate: row for row in convened.convocations.all()}
    assert set(called) == {mailed, posted}
    email = called[mailed].email
    assert email is not None
    assert (email.to, email.cause) == ("nina@example.org", "governance.convocation")
    assert "1. Comptes de l’année" in email.text
    assert "Salle des fêtes, Bègles" in email.text
    assert (called[posted].channel, called[posted].email) == ("letter", None)


def test_the_rules_and_the_keys_are_frozen() -> None:
    rule_set = make_rule_set()
    make_reached()
    convened = convene(make_draft(rule_set=rule_set))
    assert convened.rules == dict(rule_set.lines.values_list("key", "value"))
    assert convened.rules_sha256 == rule_set.sha256
    assert len(convened.room_key) > 20
    assert convened.room_key != convened.screen_key


def test_a_suspended_associate_is_called_too() -> None:
    associate = make_reached()
    associate.rights_events.create(kind="suspension", at=in_days(-1), reason="parts impayées")
    assert convene(make_draft()).convocations.get().associate == associate


def test_who_leaves_before_the_day_is_not_called() -> None:
    make_reached()
    gone = make_associate(email="parti@example.org")
    type(gone).objects.filter(pk=gone.pk).update(
        left_on=timezone.localdate() + timedelta(days=3), loss_cause="resignation"
    )
    assert convene(make_draft()).convocations.count() == 1


def test_the_representative_of_a_legal_person_is_called() -> None:
    associate = make_associate(organisation=Organisation.objects.create(name="Ville de Bègles"))
    elected = make_person(email="elue@example.org")
    associate.representatives.create(person=elected, starts_on=date(2025, 1, 1))
    row = convene(make_draft()).convocations.get()
    assert (row.person, row.email.to) == (elected, "elue@example.org")  # type: ignore[union-attr]


def test_too_late_is_refused_with_the_first_legal_day() -> None:
    make_reached()
    assembly = make_draft(days=14)
    legal = (timezone.localdate() + timedelta(days=15)).strftime("%d/%m/%Y")
    with refused(Code.DATE_INVALID, "starts_at", legal):
        convene(assembly)
    assert convene(make_draft(days=15, rule_set=assembly.rule_set)).state == "convened"


def test_a_convention_that_nobody_decided_is_named() -> None:
    make_reached()
    assembly = make_draft(rule_set=make_rule_set(without=("blank_proxy",)))
    with refused(Code.VALUE_MISSING, "rule_set", "Les règles ne disent rien"):
        convene(assembly)


def test_without_rules_in_force_nothing_is_convened() -> None:
    make_reached()
    later = make_rule_set(valid_from=timezone.localdate() + timedelta(days=90))
    assembly = make_draft(rule_set=later)
    Assembly.objects.filter(pk=assembly.pk).update(rule_set=None)
    with refused(Code.VALUE_MISSING, "rule_set", "Aucune version"):
        convene(assembly)


def test_a_day_already_past_is_refused() -> None:
    make_reached()
    assembly = make_draft(days=-1)
    with refused(Code.DATE_INVALID, "starts_at", "passée"):
        convene(assembly)


def test_a_set_that_is_not_confirmed_is_refused() -> None:
    make_reached()
    rule_set = make_rule_set()
    draft = type(rule_set).objects.create(
        number=9, form="scop_sarl", valid_from=date(2026, 1, 1), reason="révision"
    )
    assembly = make_draft(rule_set=draft)
    with refused(Code.VALUE_MISSING, "rule_set", "confirmée"):
        convene(assembly)


def test_an_empty_agenda_a_silent_resolution_an_awaited_paper_are_refused() -> None:
    make_reached()
    empty = make_draft()
    empty.resolutions.update(item=None)
    empty.items.all().delete()
    with refused(Code.EMPTY_DOCUMENT, said="L’ordre du jour est vide"):
        convene(empty)
    silent = make_draft(rule_set=empty.rule_set)
    row = make_resolution(silent, item=silent.items.get(), text=" ")
    with refused(Code.EMPTY_DOCUMENT, said=str(row)):
        convene(silent)
    awaiting = make_draft(rule_set=empty.rule_set)
    make_item(awaiting, "Rapport", awaited="Rapport de révision")
    with refused(Code.EMPTY_DOCUMENT, said="Rapport de révision (Rapport)"):
        convene(awaiting)


def test_whom_nothing_reaches_is_named() -> None:
    make_associate(email="", first_name="Paul", last_name="Sans")
    assembly = make_draft()
    with refused(Code.VALUE_MISSING, said="Paul Sans"):
        convene(assembly)


def test_a_legal_person_that_nobody_represents_is_named() -> None:
    make_associate(organisation=Organisation.objects.create(name="Ville de Bègles"))
    assembly = make_draft()
    with refused(Code.VALUE_MISSING, said="Ville de Bègles"):
        convene(assembly)


def test_remote_presence_that_the_rules_do_not_count_is_refused() -> None:
    make_reached()
    assembly = make_draft(mode="both", rule_set=make_rule_set(remote="refused"))
    with refused(Code.VALUE_INVALID, "mode"):
        convene(assembly)


def test_convened_twice_is_once() -> None:
    make_reached()
    convened = convene(make_draft())
    with refused(Code.ILLEGAL_MOVE):
        convene(convened)


def test_rules_that_ask_for_letters_call_everybody_by_letter() -> None:
    make_reached(address_line="1 rue", postcode="33000", city="Bordeaux")
    assembly = make_draft(rule_set=make_rule_set(notice_form="letter"))
    assert convene(assembly).convocations.get().channel == "letter"


def test_the_files_are_made_once_and_the_letters_together() -> None:
    make_reached()
    make_posted(first_name="Ada", last_name="Port")
    convened = convene(make_draft())
    assert make_convocation_files(convened.pk) == 3
    assert make_convocation_files(convened.pk) == 0
    assert make_waiting_convocations() == 0
    kinds = list(Document.objects.values_list("kind", flat=True))
    assert kinds.count(CONVOCATION_FILE) == kinds.count(LETTERS_FILE) == 1
    letter = convened.convocations.get(channel="letter").letter
    assert letter is not None
    with letter.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"


def test_a_dead_worker_s_letters_are_swept() -> None:
    make_posted()
    convened = convene(make_draft())
    assert make_waiting_convocations() == 3
    assert convened.convocations.get().letter is not None


def posted(convened: Assembly, **how: Any) -> int:
    row = convened.convocations.get(channel="letter")
    today = timezone.localdate()
    by = actor()
    said = {"keys": [row.pk], "posted_on": today, "posted_by": by, "actor": by, "today": today}
    return convening.post_letters(convened, **said | how)


def test_letters_are_posted_by_somebody_on_a_day() -> None:
    make_posted()
    convened = convene(make_draft())
    with refused(Code.FILE_REFUSED, "ids"):
        posted(convened)
    make_convocation_files(convened.pk)
    for wrong in (timezone.localdate() + timedelta(days=1), timezone.localdate() - timedelta(days=1)):
        with refused(Code.DATE_INVALID, "posted_on"):
            posted(convened, posted_on=wrong)
    assert posted(convened) == 1
    assert convened.convocations.get().posted_by is not None
    with refused(Code.ALREADY_DONE, "ids"):
        posted(convened)
    with refused(Code.VALUE_MISSING, "ids"):
        posted(convened, keys=[])


def prove(row: Convocation, **how: Any) -> Convocation:
    return convocation_proofs.add_proof(row, data=ProofData(**how), actor=actor(), at=timezone.now())


def test_a_letter_has_its_number_and_its_proof() -> None:
    make_posted()
    convened = convene(make_draft())
    row = convened.convocations.get()
    with refused(Code.ILLEGAL_MOVE):
        prove(row, tracking="1A 123")
    make_convocation_files(convened.pk)
    posted(convened)
    with refused(Code.VALUE_MISSING, "tracking"):
        prove(row)
    with refused(Code.FILE_REFUSED, "file"):
        prove(row, content=b"MZ\0 program", name="preuve.pdf")
    assert prove(row, tracking=" 1A 123 ").tracking == "1A 123"
    proven = prove(row, content=PDF, name="preuve.pdf")
    assert (proven.tracking, proven.proof is not None) == ("1A 123", True)


def test_a_mail_that_came_back_is_replaced_by_a_letter() -> None:
    make_reached(address_line="1 rue", postcode="33000", city="Bordeaux")
    convened = convene(make_draft())
    row = convened.convocations.get()
    with refused(Code.ILLEGAL_MOVE):
        convening.send_letter_instead(row, actor=actor())
    OutgoingEmail.objects.filter(pk=row.email_id).update(state="failed")
    sent = convening.send_letter_instead(row, actor=actor())
    assert (sent.channel, sent.email_id) == ("letter", row.email_id)
    make_convocation_files(convened.pk)
    assert convened.convocations.get().letter is not None


def test_who_is_admitted_afterwards_is_called_apart() -> None:
    make_reached()
    convened = convene(make_draft())
    with refused(Code.ALREADY_DONE):
        convening.call_newcomers(convened, actor=actor(), at=timezone.now())
    later = make_reached("nouveau@example.org", admitted_on=timezone.localdate())
    assert convening.call_newcomers(convened, actor=actor(), at=timezone.now()) == 1
    assert convened.convocations.filter(associate=later).exists()


def test_reading_is_noted_once() -> None:
    associate = make_reached()
    convened = convene(make_draft())
    first = timezone.now()
    assert associate.person is not None
    for at in (first, in_days(1)):
        note_reading(convened, person=associate.person, at=at)
    assert convened.convocations.get().read_at == first


def test_the_calendar_says_each_day_that_the_rules_fix() -> None:
    assembly = make_draft(days=30)
    on = timezone.localdate(assembly.starts_at)
    steps = calendar_of(assembly, timezone.localdate())
    assert [(step.on, step.until) for step in steps] == [
        (on - timedelta(days=15), None),
        (on - timedelta(days=15), on - timedelta(days=5)),
        (on - timedelta(days=3), None),
        (on, None),
    ]
