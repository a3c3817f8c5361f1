"""The yearly statement of an activity: sent, reminded, accepted, sent again when something is booked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from accounting.models import StatementAgreement
from accounting.selectors.accounts import section_of
from accounting.selectors.desk import DeskList, desk_on
from accounting.selectors.year_statements import file_of_statement, moved_since
from accounting.services.year_statements import ask_to_send, remind_statements
from accounting.states.year_end import StatementState
from accounting.tasks import send_year_statements
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.facts import todos_of
from cae.core.models import JobState, Notice
from cae.core.permissions import can
from cae.core.signing import Hand
from people.states import RoleKind
from tests.factories.accounting_year_end import END, SIGNED_AT, TODAY, make_year, moved, sent, signed
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_a_statement_is_sent_reminded_accepted_and_to_be_sent_again() -> None:
    user, activity, year = make_year()
    with refused(Code.PERIOD_INVALID, said="n’est pas fini"):
        ask_to_send(year, today=END, actor=user)
    row = sent(activity, year)
    assert (row.result, row.debit, row.credit) == tuple(map(Decimal, ("600.00", "900.00", "900.00")))
    assert sent(activity, year) == row
    found = file_of_statement(row)
    assert found is not None
    assert read_document(found).startswith(b"%PDF")
    assert "Lire et accepter mon relevé annuel" in [todo.label for todo in todos_of(user, TODAY)]

    # Told when it was sent: not twice the same day.
    day = row.created_at
    with refused(Code.ALREADY_DONE, said="Personne à relancer"):
        remind_statements(year, now=day, actor=None)
    assert remind_statements(year, now=day + timedelta(days=1), actor=None) == 1
    with refused(Code.ALREADY_DONE):
        remind_statements(year, now=day + timedelta(days=1), actor=None)
    assert Notice.objects.filter(user=user, kind="accounting.year_statement_to_sign").count() == 2

    with refused(Code.STALE_FORM):
        signed(row, user, shown="0" * 64)
    with refused(Code.VALUE_MISSING, "typed"):
        signed(row, user, hand=Hand(str(user)))
    row = signed(row, user)
    assert row.state == StatementState.SIGNED
    assert row.signature is not None
    assert (row.signature.content_sha256, row.signature.signed_at) == (found.sha256, SIGNED_AT)
    assert "rien n’y manque" in row.signature.terms
    with refused(Code.ALREADY_DONE):
        remind_statements(year, now=day + timedelta(days=9), actor=None)

    # What belongs to the next year changes nothing; what comes into this one does.
    moved(section_of(activity), "50.00", on=TODAY)
    assert not moved_since(row)
    moved(section_of(activity), "50.00")
    assert moved_since(row)
    again = sent(activity, year)
    assert (again.pk != row.pk, again.result) == (True, Decimal("650.00"))
    row.refresh_from_db()
    assert row.state == StatementState.REPLACED
    moved(section_of(activity), "1.00")
    with refused(Code.ILLEGAL_MOVE, said="Des écritures sont passées"):
        signed(again, user)
    # Nobody can accept it: it waits for the accountant, who sends it again.
    assert "Lire et accepter mon relevé annuel" not in [todo.label for todo in todos_of(user, TODAY)]
    accountant, stale = (
        make_user(RoleKind.ACCOUNTANT),
        "Renvoyer 1 relevé annuel que des écritures ont changé",
    )
    assert stale in [todo.label for todo in todos_of(accountant, TODAY)]
    pile = next(one for one in desk_on(TODAY) if one.code == DeskList.CHECK).piles
    assert [line.label for one in pile for line in one.found.lines if one.verb == "Renvoyer"] == [again]
    sent(activity, year)
    assert stale not in [todo.label for todo in todos_of(accountant, TODAY)]
    assert "Lire et accepter mon relevé annuel" in [todo.label for todo in todos_of(user, TODAY)]
    again = StatementAgreement.objects.latest("pk")
    moved(section_of(activity), "2.00")
    with refused(Code.ALREADY_DONE):
        remind_statements(year, now=again.created_at + timedelta(days=1), actor=None)


def test_all_statements_come_in_one_file() -> None:
    _user, activity, year = make_year()
    _other, second = make_entrepreneur(code="FORGE")
    moved(section_of(second), "120.00")
    make_activity(code="SANS")
    accountant = make_user(RoleKind.ACCOUNTANT)
    job = ask_to_send(year, today=TODAY, actor=accountant)
    assert job.total == 2
    send_year_statements(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failures, job.done) == (JobState.DONE, [], 2)
    with ZipFile(BytesIO(read_document(job.result))) as archive:
        assert sorted(archive.namelist()) == ["releve-etabli-2025-12-31.pdf", "releve-forge-2025-12-31.pdf"]
    assert client_of(accountant).get(reverse("core:document", args=[job.result.pk])).status_code == 200
    # Asked again: those that say what the books say stay.
    keys = set(StatementAgreement.objects.values_list("pk", flat=True))
    send_year_statements(ask_to_send(year, today=TODAY, actor=accountant).pk)
    assert set(StatementAgreement.objects.values_list("pk", flat=True)) == keys
    assert {row.analytic.activity for row in StatementAgreement.objects.all()} == {activity, second}


def test_who_leads_reads_and_accepts_others_do_not() -> None:
    user, activity, year = make_year()
    row = sent(activity, year)
    client, page = client_of(user), row.get_absolute_url()
    own = client.get(reverse("accounting:my_year_statements"))
    assert f'href="{page}"' in own.content.decode()
    assert "Accepter le relevé" in text(client.get(page))
    assert client.post(page, {"way": "typed", "typed": "x", "shown": row.content_sha256}).status_code == 422
    typed = {"way": "typed", "typed": str(user), "shown": row.content_sha256, "accepted": "on"}
    stranger, _theirs = make_entrepreneur(code="AILLEURS")
    assert client_of(stranger).get(page).status_code == 404
    assert client_of(stranger).post(page, typed).status_code == 404
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    assert "Accepter le relevé" not in text(accountant.get(page))
    assert accountant.post(page, typed).status_code == 403
    document = file_of_statement(row)
    assert document is not None
    for reader, answer in ((client, 200), (accountant, 200), (client_of(stranger), 404)):
        assert reader.get(reverse("core:document", args=[document.pk])).status_code == answer
    assert client.post(page, typed).url == page
    row.refresh_from_db()
    assert row.state == StatementState.SIGNED
    assert "Accepté par" in text(client.get(page))
    listed = text(client.get(reverse("accounting:year_statements", args=[activity.pk])))
    assert "Exercice 2025" in listed
    assert "Exercice 2025" in text(client.get(reverse("accounting:my_year_statements")))
    moved(section_of(activity), "5.00")
    assert "À revoir" in text(client.get(page))


def test_rights_over_a_statement_follow_the_activity() -> None:
    user, activity, year = make_year()
    row = sent(activity, year)
    stranger, _theirs = make_entrepreneur(code="AILLEURS")
    nobody = make_user()
    document = file_of_statement(row)
    opens, signs = "accounting.open_year_statement", "accounting.sign_statement"
    assert [can(one, opens, document) for one in (user, stranger, nobody)] == [True, False, False]
    assert [can(one, opens) for one in (user, stranger)] == [True, False]
    assert [can(one, signs, row) for one in (user, stranger, nobody)] == [True, False, False]
    assert [can(one, signs) for one in (user, stranger, nobody)] == [True, True, False]
