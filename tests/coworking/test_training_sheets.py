"""Half-days signed once and in time, opinions, certificates, the statement from these rows to its page."""

import re
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import Document, Job, JobState, OutgoingEmail
from cae.core.permissions import can
from coworking.models import Evaluation, HalfDay, SheetSignature, TrainingStatement
from coworking.selectors.sheets import line_of, sheet_of
from coworking.selectors.training_statement import statement_of, years_of_training
from coworking.services import evaluations, sheets
from coworking.services.certificates import (
    ask_archive,
    ask_certificates,
    gather_certificates,
    make_certificate,
    run_certificates,
)
from coworking.services.enrolments import drop_enrolment, send_summons
from coworking.services.sessions import begin_session, finish_session
from coworking.services.training_papers import make_paper, sign_paper
from coworking.services.training_statements import (
    file_statement,
    open_statement,
    set_charges,
    set_origin,
)
from coworking.states.training import SheetWay, TraineeType
from coworking.views.training_statements import key_in_years
from invoicing.models import InvoiceLine
from invoicing.selectors.deal_papers import papers_missing
from invoicing.states.sales import SaleNature
from people.states import RoleKind
from tests.factories import deals
from tests.factories import invoicing as sales
from tests.factories.coworking_training import (
    ORIGIN,
    days_of,
    hand_of,
    make_course,
    make_enrolment,
    make_keeper,
    make_session,
    make_trainer,
    sign_days,
)
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import OrganisationFactory, make_user
from tests.factories.person_files import PDF
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def today() -> date:
    return timezone.localdate()


def sign(day: HalfDay, who: Any, at: datetime) -> SheetSignature:
    return sheets.sign_half_day(day, who, hand=hand_of(who), origin=ORIGIN, at=at, actor=None)


def test_a_half_day_is_signed_once_and_in_time() -> None:
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1))
    one, other = make_enrolment(session), make_enrolment(make_session(course=make_course(title="Ailleurs")))
    stranger = make_trainer()
    morning, afternoon = days_of(session)
    with refused(Code.DATE_INVALID, said="n’a pas commencé"):
        sign(morning, one, morning.starts_at - timedelta(minutes=1))
    with refused(Code.NOT_ALLOWED):
        sign(morning, other, morning.starts_at)
    with refused(Code.NOT_ALLOWED):
        sign(morning, stranger, morning.starts_at)
    first = sign(morning, one, morning.starts_at)
    assert (first.is_late, first.way) == (False, SheetWay.SIGNED)
    assert first.signature is not None
    assert first.signature.signer_name == one.full_name
    with refused(Code.ALREADY_DONE, said="déjà signée"):
        sign(morning, one, morning.ends_at)
    # The database too, and for ever.
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetSignature.objects.create(
            half_day=morning, enrolment=one, way=SheetWay.MANAGER, reason="x", signed_at=morning.ends_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetSignature.objects.create(
            half_day=morning, enrolment=other, way=SheetWay.MANAGER, reason="x", signed_at=morning.ends_at
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        SheetSignature.objects.filter(pk=first.pk).update(is_late=True)
    last = afternoon.ends_at + timedelta(days=3)
    with refused(Code.PERIOD_CLOSED, said="délai"):
        sign(afternoon, one, last + timedelta(seconds=1))
    with refused(Code.VALUE_MISSING, "reason"):
        sheets.add_signature(afternoon, one, reason=" ", at=last, actor=keeper)
    with refused(Code.DATE_INVALID):
        sheets.add_signature(afternoon, one, reason="x", at=afternoon.starts_at, actor=keeper)
    added = sheets.add_signature(afternoon, one, reason="Liste d’appel", at=last, actor=keeper)
    assert (added.is_late, added.way, added.reason) == (True, SheetWay.MANAGER, "Liste d’appel")
    assert line_of(one, now=last).hours == Decimal("7.00")


def test_paper_comes_back_and_what_lacks_is_chased() -> None:
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1))
    one, two = make_enrolment(session), make_enrolment(session)
    morning, afternoon = days_of(session)
    now = morning.ends_at
    told: dict[str, Any] = {"content": PDF, "name": "feuille.pdf", "at": now, "actor": keeper}
    with refused(Code.VALUE_MISSING, "signers"):
        sheets.file_scan(morning, signers=[], **told)
    with refused(Code.FILE_REFUSED, "file"):
        sheets.file_scan(morning, signers=[one], **told | {"content": b"x"})
    with refused(Code.DATE_INVALID):
        sheets.file_scan(afternoon, signers=[one], **told | {"at": morning.starts_at})
    scan = sheets.file_scan(morning, signers=[one, morning.trainer], **told)
    assert Document.objects.get(pk=scan.pk).kind == sheets.SHEET_FILE
    with refused(Code.ALREADY_DONE):
        sheets.file_scan(morning, signers=[two, one], **told)
    late = sign(morning, two, morning.ends_at + timedelta(days=1))
    assert late.is_late
    at = afternoon.ends_at + timedelta(hours=1)
    # The afternoon of both, and of the trainer.
    assert sheet_of(session, now=at).missing == 3
    drop_enrolment(two, reason="Embauchée", on=today() - timedelta(days=1), today=today(), actor=keeper)
    assert sheet_of(session, now=at).missing == 2
    assert sheets.chase_signatures(at=at) == 1
    assert "signature manque" in OutgoingEmail.objects.get(to=one.email).subject
    assert sheets.chase_signatures(at=at + timedelta(days=4)) == 0


def test_opinions_are_asked_once_and_answered_once() -> None:
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1))
    one, at = make_enrolment(session), timezone.now()
    begin_session(session, at=at, actor=keeper)
    with refused(Code.VALUE_INVALID, "moment"):
        evaluations.ask_evaluations(session, moment="x", at=at, actor=keeper)
    assert evaluations.ask_evaluations(session, moment="before", at=at, actor=keeper) == 1
    assert evaluations.ask_evaluations(session, moment="before", at=at, actor=keeper) == 0
    first = days_of(session)[0]
    with refused(Code.DATE_INVALID):
        evaluations.ask_evaluations(session, moment="end", at=first.starts_at, actor=keeper)
    assert evaluations.ask_evaluations_due(at=at) == 1
    assert evaluations.ask_evaluations_due(at=at + timedelta(days=95)) == 1
    row = Evaluation.objects.get(enrolment=one, moment="before")
    with refused(Code.VALUE_MISSING):
        evaluations.answer_evaluation(row, answers={"level": 6, "need": 2}, comment="", at=at)
    evaluations.answer_evaluation(row, answers={"level": 2, "need": 5}, comment="Vite !", at=at)
    with refused(Code.ALREADY_DONE):
        evaluations.answer_evaluation(row, answers={"level": 2, "need": 5}, comment="", at=at)
    data = evaluations.ComplaintData("Driss", today(), "Salle froide")
    later = evaluations.ComplaintData("Driss", today() + timedelta(days=1), "x")
    with refused(Code.DATE_INVALID, "told_on"):
        evaluations.hear_complaint(session, data=later, today=today(), actor=keeper)
    complaint = evaluations.hear_complaint(session, data=data, today=today(), actor=keeper)
    with refused(Code.VALUE_MISSING, "answer"):
        evaluations.answer_complaint(complaint, answer=" ", actor=keeper)
    assert evaluations.answer_complaint(complaint, answer="Chauffage", actor=keeper).answer == "Chauffage"


def test_certificates_are_made_in_bulk_from_what_was_signed() -> None:
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1))
    signed, half, none = (make_enrolment(session) for _ in range(3))
    days = days_of(session)
    sign_days(signed, days)
    sign_days(half, days[:1])
    with refused(Code.ILLEGAL_MOVE):
        ask_certificates(session, actor=keeper)
    at = timezone.now()
    session = finish_session(begin_session(session, at=at, actor=keeper), at=at, actor=keeper)
    job = ask_certificates(session, actor=keeper)
    run_certificates(job.pk)
    job = Job.objects.get(pk=job.pk)
    reasons = sorted(failure["reason"] for failure in job.failures)
    assert (job.done, reasons) == (3, ["Aucune demi-journée signée.", "Il manque des signatures (1)."])
    signed.refresh_from_db()
    assert signed.certificate is not None
    assert make_certificate(signed, actor=keeper) == signed.certificate
    mail = OutgoingEmail.objects.get(to=signed.email, cause="coworking.training.certificate")
    assert list(mail.attachments.all()) == [signed.certificate]
    sheets.add_signature(days[1], half, reason="Liste", at=at, actor=keeper)
    assert make_certificate(half, actor=keeper).about_id == str(half.pk)
    assert none.certificate is None
    keeper_client = client_of(keeper)
    page = keeper_client.get(session.get_absolute_url())
    assert "Télécharger les certificats" in text(page)
    keeper_client.post(reverse("coworking:session_certificates", args=[session.pk]), {"do": "gather"})
    asked = Job.objects.latest("pk")
    gather_certificates(asked.pk)
    asked.refresh_from_db()
    assert (asked.done, asked.failures) == (2, [])
    with zipfile.ZipFile(BytesIO(read_document(asked.result))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    half.refresh_from_db()
    assert held == {one.certificate.name: read_document(one.certificate) for one in (signed, half)}
    # Taken up by another worker, it is made no second time; it opens to whoever asked for it.
    Job.objects.filter(pk=asked.pk).update(state=JobState.RUNNING)
    gather_certificates(asked.pk)
    assert Job.objects.get(pk=asked.pk).result == asked.result
    assert can(keeper, "coworking.open_certificates", asked.result)
    assert not can(make_keeper(), "coworking.open_certificates", asked.result)
    assert not can(make_user(RoleKind.ACCOUNTANT), "coworking.open_certificates", asked.result)
    bare = make_session()
    with refused(Code.EMPTY_DOCUMENT):
        ask_archive(bare, actor=keeper)


LAST = timezone.localdate().year - 1


def sold_last_year(net: str, activity: Any, *, credit: bool = False) -> InvoiceLine:
    line = sales.line(net, vat="training", nature=SaleNature.TRAINING, label="Formation")
    invoice = sales.issued(activity, line, on=date(LAST, 12, 14))
    if credit:
        invoice = sales.issue(sales.credit(invoice), on=date(LAST, 12, 15))
    found: InvoiceLine = invoice.lines.get()
    return found


def test_a_year_is_stated_from_its_rows_then_frozen() -> None:
    """Three trainings of last year: ours (two half-days signed by two, one of whom gave up), one entrusted to
    another body, one entrusted to us. F: 7 + 3.50 + 7 = 17.50 h and 3 trainees, printed 18; G: 7 h."""
    keeper, (_seller, activity) = make_keeper(), make_entrepreneur()
    day, trainer = date(LAST, 6, 1), make_trainer()
    ours = make_session(day, trainer=trainer)
    one, gone = make_enrolment(ours), make_enrolment(ours, kind=TraineeType.INDIVIDUAL)
    body = OrganisationFactory.create()
    theirs = make_session(
        day, course=make_course(title="Business models", objective="rs", speciality="312"), entrusted_to=body
    )
    for_them = make_session(day, course=make_course(title="Autre"), entrusted_by=body)
    other, last = make_enrolment(theirs, kind=""), make_enrolment(for_them)
    for who, days in ((one, days_of(ours)), (gone, days_of(ours)[:1]), (trainer, days_of(ours))):
        sign_days(who, days)
    sign_days(other, days_of(theirs))
    sign_days(last, days_of(for_them))
    drop_enrolment(gone, reason="Embauchée", on=day, today=today(), actor=keeper)
    sold = sold_last_year("812.60", activity)
    back = sold_last_year("100.40", activity, credit=True)
    row = open_statement(LAST, actor=keeper)
    assert open_statement(LAST, actor=keeper) == row
    with refused(Code.VALUE_MISSING, said="C (3), F-1 (1)"):
        file_statement(row, on=today(), actor=keeper)
    with refused(Code.VALUE_INVALID, "origin"):
        set_origin(sold, origin="x", actor=keeper)
    for line in InvoiceLine.objects.filter(nature=SaleNature.TRAINING):
        set_origin(line, origin="1", actor=keeper)
    other.kind = TraineeType.EMPLOYEE
    other.save(update_fields=["kind"])
    with refused(Code.AMOUNT_INVALID, "total"):
        set_charges(
            row, total=Decimal(1), pay=Decimal(1), purchases=Decimal(1), seen=row.version, actor=keeper
        )
    row = set_charges(
        row, total=Decimal(900), pay=Decimal(500), purchases=Decimal(300), seen=row.version, actor=keeper
    )
    frames = statement_of(LAST, row)
    # 812.60, 100.40 and its credit note.
    assert frames.income["1"].amount == Decimal("812.60")
    assert back.invoice.is_credit_note
    assert frames.turnover == Decimal("812.60")
    assert {code: (row.people, row.hours) for code, row in frames.by_kind.items()} == {
        "employee": (2, Decimal("14.00")),
        "individual": (1, Decimal("3.50")),
    }
    assert (frames.own_trainers.people, frames.own_trainers.hours) == (1, Decimal("7.00"))
    assert (frames.entrusted.people, frames.for_others.hours) == (1, Decimal("7.00"))
    with refused(Code.DATE_INVALID, "on"):
        file_statement(row, on=date(LAST, 12, 31), actor=keeper)
    page = client_of(keeper).get(reverse("coworking:statement", args=[LAST]))
    assert "F-1, F-3 et F-4 sont égaux" in text(page)
    lines = client_of(keeper).get(reverse("coworking:statement_lines", args=[LAST, "F-1", "individual"]))
    assert gone.full_name in text(lines)
    assert one.full_name not in text(lines)
    filed = file_statement(row, on=today(), actor=keeper)
    assert filed.figures is not None
    assert filed.figures["F-3"] == {
        "lines": {"other": {"people": 2, "hours": 11}, "rs": {"people": 1, "hours": 7}},
        "people": 3,
        "hours": 18,
    }
    assert (filed.figures["C"]["total"], filed.figures["D"]["total"]) == (813, 900)
    with refused(Code.PERIOD_CLOSED):
        set_origin(sold, origin="9", actor=keeper)
    with refused(Code.ILLEGAL_MOVE):
        set_charges(
            filed,
            total=Decimal(0),
            pay=Decimal(0),
            purchases=Decimal(0),
            seen=filed.version,
            actor=keeper,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        TrainingStatement.objects.filter(pk=row.pk).update(charges_total=Decimal(0))
    assert "ne changent plus" in text(client_of(keeper).get(reverse("coworking:statement", args=[LAST])))
    sheet = client_of(keeper).get(reverse("coworking:statement_export", args=[LAST]))
    assert "C;1;" in sheet.content.decode("utf-8-sig")
    assert LAST in years_of_training()
    assert [key_in_years(one, 2026) for one in ("2025", "x", "2027", "1999")] == [2025, 2026, 2026, 2026]


def link_in(mail: OutgoingEmail) -> str:
    found = re.search(r"https?://[^/\s]+(/[^\s]+)", mail.text)
    assert found, mail.text
    return found[1]


def test_on_a_phone_from_the_notice_to_the_signature() -> None:
    cache.clear()
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1), today() + timedelta(days=1))
    one = make_enrolment(session, outside=True)
    send_summons(session, at=timezone.now(), actor=keeper)
    address = link_in(OutgoingEmail.objects.get(to=one.email))
    page = Client().get(address)
    assert page.status_code == 200
    assert "noindex" in page["X-Robots-Tag"]
    first, last = days_of(session)[0], days_of(session)[-1]
    early = Client().post(f"{address}{last.pk}/", {"way": "typed", "typed": "Claire"})
    assert (early.status_code, "n’a pas commencé" in text(early)) == (422, True)
    url = f"{address}{first.pk}/"
    assert "en retard" in text(Client().get(url))
    assert Client().post(url, {"way": "typed", "typed": ""}).status_code == 422
    assert Client().post(url, {"way": "typed", "typed": "Claire"}).status_code == 302
    again = Client().post(url, {"way": "typed", "typed": "Claire"})
    assert (again.status_code, SheetSignature.objects.count()) == (422, 1)
    assert "déjà signée" in text(again)
    assert Client().get("/formation/emargement/rien/").status_code == 404


def test_each_sees_what_is_theirs() -> None:
    keeper, (seller, activity) = make_keeper(), make_entrepreneur()
    session = make_session(today(), activity=activity, course=None)
    trainee, stranger = make_user(), make_user(RoleKind.ENTREPRENEUR)
    teacher = make_user()
    trainer = make_trainer(teacher.person)
    mine = make_session(today(), course=make_course(title="À nous"), trainer=trainer)
    one = make_enrolment(session, trainee.person)
    url = reverse("coworking:session", args=[session.pk])
    codes = {
        name: client_of(user).get(url).status_code
        for name, user in (
            ("keeper", keeper),
            ("seller", seller),
            ("trainee", trainee),
            ("stranger", stranger),
        )
    }
    assert codes == {"keeper": 200, "seller": 200, "trainee": 403, "stranger": 403}
    assert client_of(teacher).get(reverse("coworking:session", args=[mine.pk])).status_code == 200
    own = reverse("coworking:enrolment", args=[one.pk])
    assert [client_of(user).get(own).status_code for user in (trainee, stranger)] == [200, 403]
    for name in ("training_home", "course_list"):
        assert client_of(trainee).get(reverse(f"coworking:{name}")).status_code == 200
    for name in ("session_list", "trainer_list", "statement_list", "origin_list", "session_plan"):
        assert client_of(keeper).get(reverse(f"coworking:{name}")).status_code == 200, name
    assert client_of(seller).get(reverse("coworking:statement_list")).status_code == 403
    public = Client().get(reverse("coworking:public_catalogue"))
    assert "À nous" in text(public)
    form = {"capacity": "0", "elsewhere": "Brach", "practical": "Venir tôt", "version": "1"}
    page = client_of(seller).post(reverse("coworking:session_change", args=[session.pk]), form)
    assert (page.status_code, "Venir tôt" in text(page)) == (422, True)


def test_what_is_signed_answers_the_papers_of_the_deal() -> None:
    keeper, (seller, activity) = make_keeper(), make_entrepreneur()
    affair = deals.deal(activity, of="training")
    session = make_session(today() - timedelta(days=1), activity=activity, deal=affair)
    lacking = [str(one) for one in papers_missing([affair])[affair.pk]]
    assert lacking[:2] == ["Convention de formation signée", "Feuilles d’émargement"]
    body = OrganisationFactory.create()
    one = make_enrolment(session, payer="organisation", organisation=body, price_excl_tax=Decimal(600))
    paper = make_paper(one, at=timezone.now(), actor=seller)
    told: dict[str, Any] = {"hand": hand_of("Claire"), "origin": ORIGIN, "at": timezone.now()}
    signed = sign_paper(paper, **told, shown=paper.document.sha256)
    assert signed.scan is not None
    assert [str(one) for one in papers_missing([affair])[affair.pk]] == lacking[1:]
    sign_days(one, days_of(session))
    at = timezone.now()
    finish_session(begin_session(session, at=at, actor=keeper), at=at, actor=keeper)
    assert [str(one) for one in papers_missing([affair])[affair.pk]] == lacking[2:]
