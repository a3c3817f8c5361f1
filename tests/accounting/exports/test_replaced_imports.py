"""An import whose entries later files took says so, in the list and on its page (ACC-50)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounting.models import LedgerImport
from accounting.selectors.ledger_replacing import listed_imports, replacement_of
from accounting.services.ledger_applying import start_undoing
from people.states import RoleKind
from tests.factories.accounting_ledger_imports import FEES, PREMIUM, make_applied, make_source, sheet
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

MORE_PREMIUM = tuple(line.replace("900,00", "950,00") for line in PREMIUM)
LAST = "Le dernier fichier qui en a pris la place :"
MORE_FEES = tuple(line.replace("12,50", "13,50") for line in FEES)


def said_of(row: LedgerImport) -> tuple[str, str]:
    """The word of an import in the list, and its page."""
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    listed = client.get(reverse("accounting:ledger_import_list") + "?export=csv").content.decode("utf-8-sig")
    line = next(line for line in listed.splitlines()[1:] if line.startswith(f"{row.pk};"))
    return line.split(";")[-1].strip(' "'), text(client.get(row.get_absolute_url()))


def test_an_import_says_which_file_took_its_place() -> None:
    source = make_source()
    first = make_applied(source, sheet(*PREMIUM, *FEES))
    word, page = said_of(first)
    assert (word, replacement_of(first)) == ("Reprise", None)
    assert "Annuler la reprise" in page
    assert "plus dans les livres" not in page

    second = make_applied(source, sheet(*MORE_PREMIUM, *FEES))
    word, page = said_of(first)
    assert word == "Remplacée en partie"
    assert f"Une de ses écritures n’est plus dans les livres. {LAST} {second}" in page
    assert f"annulez d’abord celle qui repose sur elle : {second}" in page
    assert "Annuler la reprise" not in page
    assert said_of(second)[0] == "Reprise"

    third = make_applied(source, sheet(*MORE_PREMIUM, *MORE_FEES))
    word, page = said_of(first)
    assert word == "Remplacée"
    assert f"Plus aucune de ses écritures n’est dans les livres. {LAST} {third}" in page

    start_undoing(third, reason="Erreur", actor=None)
    assert said_of(first)[0] == "Remplacée en partie"
    start_undoing(second, reason="Erreur", actor=None)
    assert (said_of(first)[0], said_of(second)[0]) == ("Reprise", "Annulée")


def test_the_list_asks_as_much_for_any_number_of_imports(django_assert_num_queries: object) -> None:
    source = make_source()
    make_applied(source, sheet(*PREMIUM))
    make_applied(source, sheet(*MORE_PREMIUM))
    with django_assert_num_queries(1):  # type: ignore[operator]
        told = [(one.is_taken, one.is_left) for one in listed_imports()]
    assert told == [(False, True), (True, False)]
