"""Pages of statements by layout: what they show, to whom, and what each figure opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounting.models import AnalyticAccount, LayoutLine, StatementLayout
from accounting.selectors.accounts import section_of, shared_section
from entrepreneurs.models import Activity
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import accounting_layouts as made
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

END = date(2026, 3, 31)


@pytest.fixture
def owner() -> User:
    return make_user(RoleKind.ENTREPRENEUR)


@pytest.fixture
def activity(owner: User) -> Activity:
    """900 sold in March 2025; 3 000 in March 2026, 600 of goods, 300 given to the shared services, which
    spent 100."""
    make_cooperative()
    one = make_activity(owner, code="A1", name="Atelier clair")
    books.sale(one, "900.00", on=date(2025, 3, 3), number="F-0")
    books.sale(one, "3000.00", on=date(2026, 3, 3), number="F-1")
    books.receipt(one, "3600.00", on=date(2026, 3, 20))
    section, shared = section_of(one), shared_section()
    made.moves(section, "607000", "401000", "600.00", date(2026, 2, 10))
    made.between(section, shared, ("internal_charge", "internal_income"), "300.00", END)
    made.moves(shared, "626000", "512000", "100.00", date(2026, 1, 15))
    return one


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def state(client: Client, activity: Activity | None, kind: str, query: str = "?mois=2026-03") -> Any:
    name, args = (
        ("cooperative_statement", [kind]) if activity is None else ("layout_statement", [activity.pk, kind])
    )
    return client.get(reverse(f"accounting:{name}", args=args) + query)


def row(page: str, label: str) -> list[str]:
    """The figures of a line of the page."""
    found = re.search(rf"<th scope=\"row\">{label}</th>(.*?)</tr>", page, re.DOTALL)
    assert found, label
    cells = re.findall(r"<td.*?>(.*?)</td>", found.group(1), re.DOTALL)
    plain = (re.sub(r"<[^>]+>", "", cell).strip() for cell in cells)
    return [cell.replace("\u202f", "").replace("\xa0", " ") for cell in plain]


def test_an_activity_beside_its_earlier_years(activity: Activity, accountant: Client) -> None:
    page = state(accountant, activity, "resultat").content.decode()
    assert row(page, "Ventes") == ["3000,00", "900,00", "3000,00", "900,00", "0,00"]
    assert row(page, "Achats") == ["0,00", "0,00", "600,00", "0,00", "0,00"]
    assert row(page, "Taux de marge brute") == ["100 %", "100 %", "80 %", "100 %", "—"]
    assert row(page, "Résultat") == ["2700,00", "900,00", "2100,00", "900,00", "0,00"]
    sheet = state(accountant, activity, "bilan").content.decode()
    assert row(sheet, "Banque") == ["3600,00", "0,00", "0,00"]
    assert row(sheet, "Résultat de l’exercice") == ["2100,00", "900,00", "0,00"]
    assert row(sheet, "Résultats antérieurs, à affecter") == ["900,00", "0,00", "0,00"]
    assert row(sheet, "Total de l’actif") == row(sheet, "Total du passif")
    # Any day: the contribution of the 31st is not there on the 30th.
    eve = state(accountant, activity, "bilan", "?au=2026-03-30").content.decode()
    assert row(eve, "Résultat de l’exercice")[0] == "2400,00"
    assert (
        row(state(accountant, activity, "tresorerie").content.decode(), "Trésorerie de référence")[0]
        == "1920,00"
    )


def test_the_cooperative_by_its_parts(activity: Activity, accountant: Client) -> None:
    page = state(accountant, None, "resultat").content.decode()
    assert row(page, "Contribution aux services communs") == ["300,00", "−300,00", "0,00", "0,00"]
    assert row(page, "Résultat") == ["2100,00", "200,00", "0,00", "2300,00"]
    sheet = state(accountant, None, "bilan").content.decode()
    assert row(sheet, "Liaison avec d’autres activités") == ["300,00", "−300,00", "0,00", "0,00"]
    assert row(sheet, "Total de l’actif")[-1] == row(sheet, "Total du passif")[-1]
    assert "ne s’annulent pas" not in sheet
    # A section of another nature has its own column: nothing is in the total that is not shown.
    fund = AnalyticAccount.objects.create(code="SOLIDAIRE", label="Fonds de solidarité", kind="fund")
    made.moves(fund, "512000", "740000", "50.00", END)
    shown = row(state(accountant, None, "resultat").content.decode(), "Autres produits")
    assert shown == ["0,00", "0,00", "50,00", "0,00", "50,00"]


def test_exchanges_that_do_not_cancel_are_told(activity: Activity, accountant: Client) -> None:
    made.moves(section_of(activity), "186000", "181000", "5.00", END)
    assert "Il en reste 5,00 €" in text(state(accountant, None, "resultat"))


def test_accounts_that_no_line_takes_are_listed(activity: Activity, accountant: Client) -> None:
    made.add_account("808000", "balance")
    made.moves(section_of(activity), "808000", "401000", "40.00", END)
    page = text(state(accountant, activity, "bilan"))
    assert "808000 Compte 808000" in page
    assert "Écart entre l’actif et le passif : −40,00 €" in page


def test_a_figure_opens_its_lines_then_their_entry(
    activity: Activity, accountant: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    page = state(accountant, activity, "resultat").content.decode()
    urls = [
        url.replace("&amp;", "&") for url in re.findall(r'href="(/etats/[^"]*lignes/resultat/[^"]*)"', page)
    ]
    assert len(urls) == 5
    with django_assert_max_num_queries(25):
        lines = accountant.get(urls[2])
    said = text(lines)
    assert "Du 01/01/2026 au 31/03/2026" in said
    assert all(number in said for number in ("706000", "607000", "186000"))
    assert "626000" not in said
    assert re.search(r'href="/compta/ecritures/\d+/"', lines.content.decode())
    assert state(accountant, activity, "resultat", "").status_code == 200
    for wrong in ("inconnu", "p"):
        url = reverse("accounting:layout_lines", args=[activity.pk, "bilan", wrong])
        assert accountant.get(url).status_code == 404


def test_the_lines_of_the_cooperative_say_their_section(activity: Activity, accountant: Client) -> None:
    said = text(
        accountant.get(
            reverse("accounting:cooperative_lines", args=["resultat", "charges"]) + "?mois=2026-03"
        )
    )
    assert "Services communs" in said
    assert "100,00" in said


def test_files_say_the_same(activity: Activity, accountant: Client) -> None:
    for name, args in (("layout_file", [activity.pk, "resultat"]), ("cooperative_file", ["bilan"])):
        url = reverse(f"accounting:{name}", args=[*args, "pdf"]) + "?mois=2026-03"
        said = PdfReader(BytesIO(accountant.get(url).content)).pages[0].extract_text()
        assert "Résultat" in said
        book = load_workbook(BytesIO(accountant.get(url.replace(".pdf", ".xlsx")).content))
        figures = {line[0]: line[1:] for line in book.active.iter_rows(values_only=True)}
        assert figures["Résultat" if "resultat" in args else "Total de l’actif"][0] is not None
        assert accountant.get(url.replace(".pdf", ".doc")).status_code == 404


def test_ones_own_and_no_other(activity: Activity, owner: User) -> None:
    stranger = client_of(make_entrepreneur(code="B2", name="Autre")[0])
    assert state(stranger, activity, "resultat").status_code == 404
    assert state(stranger, None, "resultat").status_code == 403
    assert stranger.get(reverse("accounting:layout_list")).status_code == 403
    own = client_of(owner)
    assert state(own, activity, "bilan").status_code == 200
    assert state(own, activity, "autre").status_code == 404
    assert own.get(reverse("accounting:layout_add")).status_code == 403


def test_a_house_without_layout_says_not_found(activity: Activity, accountant: Client) -> None:
    unknown = state(accountant, activity, "resultat", "?mois=x&presentation=999999")
    assert unknown.status_code == 200


# -- the editor


def sent(lines: list[dict[str, Any]], **said: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "income",
        "label": "Synthèse",
        "code": "synthese",
        "valid_from": "2026-01-01",
        "reason": "Demande du conseil",
        "until": "2026-03-31",
        "lines-TOTAL_FORMS": str(len(lines)),
        "lines-INITIAL_FORMS": "0",
    } | said
    for rank, line in enumerate(lines):
        data |= {f"lines-{rank}-{name}": value for name, value in line.items()}
    return data


LINES = [
    {"rank": "20", "code": "MARGE", "label": "Marge", "style": "total", "formula": "VENTES − ACHATS"},
    {"rank": "10", "code": "ventes", "label": "Ventes", "accounts": "70", "side": "credit"},
    {"code": "", "label": ""},
    {"rank": "15", "code": "ACHATS", "label": "Achats", "accounts": "60", "side": "debit"},
]


def test_a_version_is_made_then_another(activity: Activity, accountant: Client) -> None:
    url = reverse("accounting:layout_add")
    preview = text(
        accountant.post(reverse("accounting:layout_try"), sent(LINES, section=str(section_of(activity).pk)))
    )
    assert "Marge 2 400,00" in preview
    assert "186000" in preview  # the contribution falls in no line
    assert not StatementLayout.objects.filter(code="synthese").exists()
    assert accountant.post(url, sent(LINES)).status_code == 302
    first = StatementLayout.objects.get(code="synthese")
    assert list(first.lines.order_by("rank").values_list("code", "rank")) == [
        ("VENTES", 1),
        ("ACHATS", 2),
        ("MARGE", 3),
    ]
    form = accountant.get(f"{url}?version={first.pk}")
    assert "VENTES − ACHATS" in form.content.decode()
    again = sent(LINES, valid_from="2026-03-01", reason="Autre")
    assert accountant.post(f"{url}?version={first.pk}", again).status_code == 302
    first.refresh_from_db()
    assert first.valid_to == date(2026, 2, 28)
    second = StatementLayout.objects.get(code="synthese", version=2)
    shown = state(accountant, activity, "resultat", f"?mois=2026-03&presentation={second.pk}")
    assert row(shown.content.decode(), "Marge")[2] == "2400,00"
    detail = text(accountant.get(first.get_absolute_url()))
    assert "du 01/01/2026 au 28/02/2026" in detail
    assert "Version 2" in detail
    assert "Synthèse" in text(accountant.get(reverse("accounting:layout_list")))


def test_a_fault_stands_at_its_row_and_nothing_is_kept(activity: Activity, accountant: Client) -> None:
    wrong = [*LINES, {"code": "X", "label": "X", "formula": "X + 1"}]
    before = (StatementLayout.objects.count(), LayoutLine.objects.count())
    page = accountant.post(reverse("accounting:layout_add"), sent(wrong))
    assert page.status_code == 422
    assert 'value="Demande du conseil"' in page.content.decode()
    errors = page.context["lines"].forms[4].errors
    assert errors == {"formula": ["La formule de X dépend d’elle-même : elle tourne en rond."]}
    tried = text(accountant.post(reverse("accounting:layout_try"), sent(wrong)))
    assert "X : Formule : La formule de X dépend" in tried
    more = accountant.post(reverse("accounting:layout_add"), sent(wrong, ajouter="1"))
    assert more.status_code == 200
    assert len(more.context["lines"].forms) == 9
    looked = accountant.post(reverse("accounting:layout_add"), sent(LINES, voir="1", label="", reason=""))
    assert "En euros" in text(looked)
    assert (StatementLayout.objects.count(), LayoutLine.objects.count()) == before
