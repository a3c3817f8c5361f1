"""One PDF of payslips: read, looked at, cut into the safe of each person, and of nobody else (ACC-28)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from accounting.calculations.payroll.splitting import Part, Payee, SlipFault, SlipFaultKind, plain, split
from accounting.models import Payslip, PayslipBatch
from accounting.services.pay_making import give_number, open_pay_month
from accounting.services.pay_slips import drop_slips, file_slips, read_slips
from accounting.states.payroll import SlipsState
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from people.states import RoleKind
from tests.factories.accounting_payroll import (
    NOVEMBER,
    make_sent,
    make_slips_pdf,
    november,
    slip_words,
)
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text
from tests.refusals import refused

ZOE = Payee(1, "00001", ("Zoé Dupré", "Dupré Zoé"))
JEAN = Payee(2, "J-2", ("Jean Martin", "Martin Jean"))
JEANNE = Payee(3, "00003", ("Jean Martinez", "Martinez Jean"))
NAMESAKE = Payee(4, "00004", ("Zoé Dupré", "Dupré Zoé"))
PEOPLE = (ZOE, JEAN, JEANNE)


def parts(*pages: str, people: Any = PEOPLE, expected: Any = (), filed: Any = ()) -> list[Part]:
    return split(pages, people, expected=expected, filed=filed)


def test_each_page_goes_to_whom_it_names() -> None:
    assert parts("Mme DUPRE Zoé", "", "M. Jean MARTIN, 40000", "M. Jean MARTIN suite", "Jean Martinez") == [
        Part(1, 1, 2),
        Part(2, 3, 4),
        Part(3, 5, 5),
    ]
    # The number decides between two people of one name.
    both = (ZOE, NAMESAKE)
    assert parts("Matricule : 00004 Zoé DUPRÉ", people=both) == [Part(4, 1, 1)]
    assert parts("MATRICULE N° J-2 Martin Jean") == [Part(2, 1, 1)]
    assert parts("Zoé Dupré", filed={2}, expected={1, 2}) == [Part(1, 1, 1)]
    assert plain("Lœil  d’Été") == "LOEIL D'ETE"


@pytest.mark.parametrize(
    ("pages", "kind", "page", "about"),
    [
        (("", "Zoé Dupré"), SlipFaultKind.NO_TEXT, 1, ""),
        (("Zoé Dupré", "M. Paul Inconnu"), SlipFaultKind.UNKNOWN, 2, "M. PAUL INCONNU"),
        (("Zoé Dupré", "Matricule 99 Paul"), SlipFaultKind.UNKNOWN, 2, "99"),
        (("Zoé Dupré et Jean Martin",), SlipFaultKind.AMBIGUOUS, 1, "Zoé Dupré / Jean Martin"),
        (
            ("Matricule J-2 Matricule 00001 Zoé Dupré",),
            SlipFaultKind.AMBIGUOUS,
            1,
            "Zoé Dupré / Jean Martin",
        ),
        (("Matricule J-2 Zoé Dupré",), SlipFaultKind.CONFLICT, 1, "J-2 · Zoé Dupré"),
        (("Matricule J-2 personne",), SlipFaultKind.CONFLICT, 1, "J-2 · MATRICULE J-2 PERSONNE"),
        (("Zoé Dupré", "Jean Martin", "Zoé Dupré"), SlipFaultKind.TWICE, 3, "Zoé Dupré"),
        (("Jean Martinez",), SlipFaultKind.FILED, 1, "Jean Martinez"),
        (("Jean Martin",), SlipFaultKind.MISSING, 0, "Zoé Dupré"),
    ],
)
def test_whatever_is_not_sure_stops_the_file(
    pages: tuple[str, ...], kind: SlipFaultKind, page: int, about: str
) -> None:
    with pytest.raises(SlipFault) as caught:
        parts(*pages, expected={1, 3}, filed={3})
    assert (caught.value.kind, caught.value.page, caught.value.about) == (kind, page, about)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_a_file_is_cut_into_the_safe_of_each_and_of_nobody_else() -> None:
    first, row = make_sent(first_name="Zoé", last_name="Dupré")
    second, other = make_sent(first_name="Jean", last_name="Martin")
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    content = make_slips_pdf(slip_words(row.person), "", slip_words(other.person))
    batch = read_slips(november(), content=content, name="novembre.pdf", actor=hr)
    assert (batch.state, batch.page_count, Payslip.objects.count()) == (SlipsState.READ, 3, 0)
    with refused(Code.ALREADY_DONE, "month"):
        read_slips(november(), content=content, name="novembre.pdf", actor=hr)
    file_slips(batch, actor=hr)
    mine, theirs = Payslip.objects.order_by("first_page")
    assert (mine.person, mine.first_page, mine.last_page) == (row.person, 1, 2)
    for slip, pages, name, never in ((mine, 2, "DUPR", "MARTIN"), (theirs, 1, "MARTIN", "DUPR")):
        cut = read_document(slip.document)
        reader = PdfReader(BytesIO(cut))
        assert len(reader.pages) == pages
        assert name in reader.pages[0].extract_text()
        # Nor in what no page shows: a link leads nowhere, and takes no other page along.
        everything = b" ".join(
            found.get_data() if hasattr(found, "get_data") else repr(found).encode()
            for found in (reader.get_object(rank) for rank in range(1, len(reader.xref[0]) + 1))
            if found is not None
        )
        assert never.encode() not in everything
        assert b"Annots" not in cut
    told = Notice.objects.filter(kind="accounting.payslip_filed")
    assert set(told.values_list("user", flat=True)) == {first.pk, second.pk}
    assert not OutgoingEmail.objects.filter(attachments__kind="accounting.payslip").exists()
    with refused(Code.FILE_REFUSED, "file", "Page 1 : le bulletin de Zoé Dupré est déjà classé"):
        read_slips(november(), content=content, name="novembre.pdf", actor=hr)
    client = client_of(first)
    opened = client.get(mine.get_absolute_url())
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(reverse("core:document", args=[theirs.document_id])).status_code in (403, 404)
    assert client.get(reverse("core:document", args=[mine.document_id])).status_code == 200
    mine.refresh_from_db()
    assert mine.opened_at is not None
    coach = client_of(make_user(RoleKind.ADVISOR))
    assert coach.get(mine.get_absolute_url()).status_code == 404
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    assert accountant.get(mine.get_absolute_url()).status_code == 404
    assert client_of(hr).get(theirs.get_absolute_url()).status_code == 200
    theirs.refresh_from_db()
    assert theirs.opened_at is None
    assert AuditEntry.objects.filter(verb="accounting.open_payslip").count() == 1


def test_what_cannot_be_filed_is_refused_with_its_page_and_its_name() -> None:
    _user, row = make_sent(first_name="Zoé", last_name="Dupré")
    _other, missing = make_sent(first_name="Jean", last_name="Martin")
    _third, gone = make_sent(first_name="Inès", last_name="Petit")
    for content, said in (
        (b"Bonjour", "Déposez un PDF."),
        (b"%PDF-1.7 torn", "ne se lit pas"),
        (make_slips_pdf(slip_words(row.person)), "Il manque 2 bulletins, dont celui de Jean Martin."),
        (
            make_slips_pdf(slip_words(row.person), slip_words(missing.person)),
            "Il manque le bulletin d’Inès Petit.",
        ),
        (make_slips_pdf(slip_words(row.person), "Mme Ada Lovelace"), "Page 2 : personne de connu (« MME ADA"),
        (make_slips_pdf("", slip_words(row.person)), "Page 1 : elle n’a pas de texte"),
    ):
        with refused(Code.FILE_REFUSED, "file", said):
            read_slips(november(), content=content, name="x.pdf", actor=None)
    assert gone.person is not None


def test_from_the_drop_to_the_reading_by_the_pages() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    staff = make_person(first_name="Nadia", last_name="Morel")
    open_pay_month(NOVEMBER, actor=None)
    give_number(staff.pk)
    client = client_of(hr)
    add, month = reverse("accounting:slips_add"), november()
    assert "Rien n’est classé" in text(client.get(add))

    def drop(content: bytes) -> Any:
        sent = SimpleUploadedFile("b.pdf", content)
        return client.post(add, {"month": month.pk, "file": sent}, follow=True)

    assert drop(make_slips_pdf("Mme Ada Lovelace")).status_code == 422
    page = text(drop(make_slips_pdf(slip_words(staff))))
    assert "hors liste : à vérifier" in page
    batch = PayslipBatch.objects.get()
    assert "Vérifier le fichier déposé" in text(client.get(reverse("accounting:slip_list")))
    client.post(reverse("accounting:slips_drop", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == SlipsState.DROPPED
    with refused(Code.ILLEGAL_MOVE):
        drop_slips(batch, actor=hr)
    drop(make_slips_pdf(slip_words(staff)))
    again = PayslipBatch.objects.exclude(pk=batch.pk).get()
    client.post(reverse("accounting:slips_file", args=[again.pk]))
    listed = reverse("accounting:slip_list")
    assert "pas encore" in text(client.get(listed))
    assert "Nadia Morel" not in text(client.get(listed + "?ouvert=oui"))
    assert "Nadia Morel" in text(client.get(listed + "?ouvert=non&mois=" + str(month.pk)))
    stranger = client_of(make_user(RoleKind.ACCOUNTANT))
    for address in (listed, add, again.get_absolute_url()):
        assert stranger.get(address).status_code == 403
