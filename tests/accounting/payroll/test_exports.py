"""The file of variables: what a layout writes, what is sent once, what replaces it (ACC-26)."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounting.calculations.payroll.exporting import LayoutRules, Variable, code_of, file_of, without_code
from accounting.models import ExportLayout, PayExport, PayExportEntry, PayProposal
from accounting.payroll_presets import HOUSE, PRESETS
from accounting.services.pay_exports import export_pay, resend_export
from accounting.services.pay_layouts import LayoutData, confirm_layout, offer_layout, save_layout
from accounting.services.pay_proposals import PayChanges, agree_pay, check_pay, revise_pay
from accounting.states.payroll import PayColumn, PayState
from cae.core.documents import read_document
from cae.core.errors import Code
from people.states import RoleKind
from tests.factories.accounting_payroll import TODAY, make_layout, make_proposal, november, plain
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

COLUMNS = [(column, str(column)) for column in PayColumn.values]


def variable(**changes: Any) -> Variable:
    facts: dict[str, Any] = {
        "number": "00012",
        "last_name": "Lœil",
        "first_name": "Zoé",
        "element": "absence.sick",
        "label": "Absence",
        "value": Decimal("1234.50"),
        "starts": date(2026, 11, 2),
        "ends": date(2026, 11, 3),
        "analytic": "ACT;1",
        "month": date(2026, 11, 1),
    }
    return Variable(**facts | changes)


def test_each_mark_of_a_layout_is_that_of_its_file() -> None:
    codes = {"absence": "ABS", "absence.sick": "MAL", "fixed": "100"}
    plain_rules = LayoutRules(COLUMNS, codes, encoding="cp1252")
    head, line, end = file_of(plain_rules, [variable()]).decode("cp1252").split("\r\n")
    assert head == "number;last_name;first_name;code;label;value;starts;ends;analytic;month"
    assert line == '00012;Lœil;Zoé;MAL;Absence;1234,50;02/11/2026;03/11/2026;"ACT;1";11/2026'
    assert end == ""
    other = LayoutRules(
        [("value", ""), ("starts", ""), ("ends", "")],
        codes,
        separator="tab",
        decimal_mark="point",
        date_shape="compact",
        has_header=False,
    )
    assert file_of(other, [variable()]) == b"1234.50\t02112026\t03112026\r\n"
    iso = LayoutRules([("code", "C"), ("starts", "D")], codes, separator="comma", date_shape="iso")
    assert file_of(iso, [variable(element="absence.other")]) == b"C,D\r\nABS,2026-11-02\r\n"
    assert code_of(iso, "year") == ""
    assert without_code(iso, [variable(), variable(element="year"), variable(element="daily")]) == [
        "daily",
        "year",
    ]
    with pytest.raises(UnicodeEncodeError):
        file_of(plain_rules, [variable(last_name="Łuczak")])


def checked(cash: str = "2000.00", **details: Any) -> PayProposal:
    user, row = make_proposal(cash, **details)
    agree_pay(row, actor=user)
    return check_pay(row, actor=None)


def test_what_is_checked_leaves_once_and_again_under_another_number() -> None:
    hr, layout = make_user(RoleKind.HUMAN_RESOURCES), make_layout()
    row = checked()
    _waiting, other = make_proposal()
    export = export_pay(november(), layout, actor=hr)
    content = read_document(export.document).decode("utf-8-sig").split("\r\n")
    number = row.person.pay_number.number
    assert content[0].startswith("Matricule;Nom;Prénom;Code")
    assert [line.split(";")[0] for line in content[1:-1]] == [number, number]
    assert [line.split(";")[3] for line in content[1:-1]] == ["FIXE", "ACOMPTE"]
    assert content[2].split(";")[5] == "800,00"
    assert (export.number, export.line_count) == (1, 2)
    assert export.sha256 == hashlib.sha256(read_document(export.document)).hexdigest()
    assert PayProposal.objects.get(pk=row.pk).state == PayState.EXPORTED
    assert PayProposal.objects.get(pk=other.pk).state == PayState.PROPOSED
    with refused(Code.VALUE_MISSING, "month"):
        export_pay(november(), layout, actor=hr)
    again = resend_export(export, layout=layout, actor=hr)
    assert (again.number, again.replaces, again.sha256) == (2, export, export.sha256)
    assert list(PayExportEntry.objects.filter(is_live=True).values_list("export", flat=True)) == [again.pk]
    with refused(Code.ILLEGAL_MOVE, said="n° 2"):
        resend_export(export, layout=layout, actor=hr)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayExportEntry.objects.filter(export=export).update(is_live=True)
    offer_layout(layout, is_used=False, actor=None)
    layout.refresh_from_db()
    with refused(Code.VALUE_INVALID, "layout", "plus proposé"):
        resend_export(again, layout=layout, actor=hr)
    PayProposal.objects.filter(pk=row.pk).update(state=PayState.REAL)
    with refused(Code.ILLEGAL_MOVE, said=str(row.person)):
        resend_export(again, layout=layout, actor=hr)


def test_a_layout_that_cannot_say_it_sends_nothing() -> None:
    row = checked(last_name="Łuczak")
    layout = make_layout(codes={"fixed": "1"})
    with refused(Code.VALUE_MISSING, "layout", "Avance sur la part variable"):
        export_pay(november(), layout, actor=None)
    narrow = make_layout(name="Étroit", encoding="cp1252")
    with refused(Code.VALUE_INVALID, "layout", "« Ł »"):
        export_pay(november(), narrow, actor=None)
    offer_layout(layout, is_used=False, actor=None)
    layout.refresh_from_db()
    with refused(Code.VALUE_INVALID, "layout", "plus proposé"):
        export_pay(november(), layout, actor=None)
    assert PayProposal.objects.get(pk=row.pk).state == PayState.CHECKED
    assert PayExport.objects.count() == 0


def test_the_days_of_an_absence_and_what_is_only_said_have_a_value() -> None:
    user, row = make_proposal()
    changes = PayChanges(is_covered_elsewhere=True, expenses=Decimal("12.30"))
    revise_pay(row, changes=changes, reason="Essai", engines=plain, today=TODAY, actor=None)
    agree_pay(row, actor=user)
    check_pay(row, actor=None)
    export = export_pay(november(), make_layout(), actor=None)
    lines = [line.split(";") for line in read_document(export.document).decode("utf-8-sig").split("\r\n")]
    assert {line[3]: line[5] for line in lines[1:-1]} == {
        "FIXE": "800,00",
        "FRAIS": "12,30",
        "DISP-MUT": "1",
    }


def test_a_layout_is_made_changed_confirmed_and_refused() -> None:
    whole: dict[str, Any] = {
        "name": "Essai",
        "columns": [("number", "M"), ("code", "C"), ("value", "V")],
        "codes": {"fixed": " 10 ", "daily": " "},
    }
    layout = save_layout(None, data=LayoutData(**whole), actor=None)
    assert layout.codes == {"fixed": "10"}
    confirmed = confirm_layout(layout, on=TODAY, actor=None)
    assert confirmed.status[2] == "Confirmé"
    with refused(Code.ALREADY_DONE):
        confirm_layout(layout, on=TODAY, actor=None)
    changed = save_layout(layout, data=LayoutData(**whole | {"separator": "tab"}), actor=None, version=1)
    assert (changed.confirmed_on, changed.version) == (None, 2)
    for field, code, changes in (
        ("name", Code.VALUE_MISSING, {"name": " "}),
        ("columns", Code.VALUE_MISSING, {"columns": [("number", "M"), ("code", "C")]}),
        ("columns", Code.DUPLICATE, {"columns": [*whole["columns"], ("value", "W")]}),
        ("decimal_mark", Code.VALUE_INVALID, {"separator": "comma"}),
        ("encoding", Code.VALUE_INVALID, {"encoding": "latin-9"}),
        ("encoding", Code.VALUE_INVALID, {"encoding": "cp1252", "codes": {"fixed": "→"}}),
    ):
        with refused(code, field):
            save_layout(layout, data=LayoutData(**whole | changes), actor=None, version=2)
    with refused(Code.STALE_FORM):
        save_layout(layout, data=LayoutData(**whole), actor=None, version=1)
    with refused(Code.VALUE_INVALID, "name"):
        save_layout(None, data=LayoutData(**whole), actor=None)


def test_from_a_preset_to_the_file_by_the_pages() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client = client_of(hr)
    add = reverse("accounting:pay_layout_add")
    page = text(client.get(add + "?modele=silae"))
    assert "Modèles, à confirmer" in page
    assert client.get(add + "?modele=autre").status_code == 404
    sent = {f"column_{rank}": column for rank, (column, _heading) in enumerate(HOUSE.columns, start=1)}
    sent |= {f"heading_{rank}": heading for rank, (_column, heading) in enumerate(HOUSE.columns, start=1)}
    sent |= {f"code_{element}": code for element, code in HOUSE.codes.items()}
    sent |= {"name": "Bureau", "separator": "semicolon", "decimal_mark": "comma", "date_shape": "slashes"}
    sent |= {"encoding": "utf-8", "has_header": "on"}
    shown = client.post(add, sent | {"apercu": "1"})
    assert "1234,50" in text(shown)
    assert not ExportLayout.objects.exists()
    unreadable = client.post(add, sent | {"apercu": "1", "encoding": "cp1252", "heading_1": "N° Ł"})
    assert (unreadable.status_code, "choisissez UTF-8" in text(unreadable)) == (422, True)
    wrong = client.post(add, sent | {"column_1": ""})
    assert wrong.status_code == 422
    assert "« Matricule »" in text(wrong)
    layout_page = client.post(add, sent, follow=True)
    layout = ExportLayout.objects.get()
    assert "À confirmer" in text(layout_page)
    change = reverse("accounting:pay_layout_change", args=[layout.pk])
    assert client.post(change, sent | {"name": "Bureau 2", "version": "1"}).status_code == 302
    assert client.post(change, sent | {"name": "Bureau 3", "version": "1"}).status_code == 422
    client.post(reverse("accounting:pay_layout_confirm", args=[layout.pk]))
    client.post(reverse("accounting:pay_layout_offer", args=[layout.pk]))
    client.post(reverse("accounting:pay_layout_offer", args=[layout.pk]))
    checked()
    asked = {"month": november().pk, "layout": layout.pk}
    export_page = client.post(reverse("accounting:pay_export_add"), asked, follow=True)
    assert "Envoi n° 1" in text(export_page)
    assert client.post(reverse("accounting:pay_export_add"), asked).status_code == 422
    export = PayExport.objects.get()
    opened = client.get(reverse("core:document", args=[export.document_id]) + "?telecharger")
    assert b"Matricule" in (b"".join(opened.streaming_content) if opened.streaming else opened.content)
    again = reverse("accounting:pay_export_again", args=[export.pk])
    assert "nouveau numéro" in text(client.get(again))
    assert client.post(again, {"layout": layout.pk}).status_code == 302
    assert "remplace ce fichier" in text(client.get(export.get_absolute_url()))
    assert "Envois" in text(client.get(reverse("accounting:pay_exports")))
    assert "Bureau 2" in text(client.get(reverse("accounting:pay_layouts")))
    assert set(PRESETS) == {"house", "silae", "sage", "cegid", "ebp"}
    stranger = client_of(make_user(RoleKind.ADVISOR))
    for name in ("pay_layouts", "pay_exports", "pay_list"):
        assert stranger.get(reverse(f"accounting:{name}")).status_code == 403
    assert stranger.get(reverse("core:document", args=[export.document_id])).status_code in (403, 404)
