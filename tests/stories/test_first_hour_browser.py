"""The first hour of somebody who has just joined, its gestures counted: forty customers from a sheet, logo
and terms of sale, a first quote that its customer signs (INV-05, INV-29, INV-14 to INV-18)."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from cae.core.models import OutgoingEmail
from invoicing.models import Customer, DocumentLook
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import trust
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

READER = "helene@client.example"
BROKEN = 17


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """A cooperative with its scale, and somebody who joined today, trusted to validate quotes alone."""
    make_cooperative()
    books.scale("0.1000")
    newcomer = trust(make_user(RoleKind.ENTREPRENEUR, first_name="Noé"), "quote")
    return {"newcomer": newcomer, "activity": make_activity(newcomer)}


def test_the_first_hour(walker: Walker, house: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    number, began = f"D{timezone.localdate().year}-0001", monotonic()
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("signs in", lambda: walker.sign_in(house["newcomer"].email)),
        ("brings customers in, and takes them back", lambda: _first_import(walker)),
        ("brings them in again", lambda: _second_import(walker)),
        ("sets logo and terms of sale", lambda: _look(walker)),
        ("writes and validates a quote", lambda: _quote(walker, number)),
        ("sends it", lambda: _send(walker, number)),
        ("the customer signs", lambda: _sign(walker)),
    )
    told = []
    for words, act in steps:
        started, gestures, letters = monotonic(), walker.gestures, walker.letters
        act()
        told.append(_told(words, walker.gestures - gestures, walker.letters - letters, started))
    told.append(_told("the first hour", walker.gestures, walker.letters, began))
    with capsys.disabled():
        print("", *told, sep="\n")  # noqa: T201  (what the story measures)


def _told(words: str, gestures: int, letters: int, since: float) -> str:
    return f"{words:<42} {gestures:>4} gestures {letters:>5} letters {monotonic() - since:>6.1f} s"


def sheet() -> bytes:
    """Forty customers as a spreadsheet of Windows writes them; the quotes of one line were never closed."""
    lines = ["Raison sociale;Nature;Adresse;CP;Commune;E-mail"]
    for rank in range(1, 41):
        name = f'"Fermé l’été {rank}' if rank == BROKEN else f"Hélène Œuvrard n° {rank}"
        email = READER if rank == 1 else f"client{rank}@client.example"
        lines.append(f"{name};Particulier;{rank} rue de l’Étang;35000;Saint-Méen;{email}")
    return "\r\n".join(lines).encode("cp1252")


def _first_import(walker: Walker) -> None:
    walker.press_link("Ventes")
    walker.press_link("Clients")
    walker.judge("Clients")
    walker.press_link("Importer un tableau")
    _import(walker)
    walker.press_button("Annuler cet import")
    expect(walker.page.locator("main")).to_contain_text("Retirées : 39.")
    walker.judge("clients.csv")
    assert not Customer.objects.exists()


def _second_import(walker: Walker) -> None:
    walker.press_link("Importer un autre fichier")
    _import(walker)
    _brought_back(walker)
    walker.press_link("Voir le résultat")
    walker.judge("Clients")
    assert Customer.objects.filter(city="Saint-Méen", name__startswith="Hélène Œuvrard").count() == 39


def _import(walker: Walker) -> None:
    """The file, its columns, a trial that writes nothing, the import, its report."""
    main = walker.page.locator("main")
    walker.judge("Importer des clients")
    walker.bring("Fichier", "clients.csv", sheet())
    walker.press_button("Lire ce fichier")
    walker.judge("Les colonnes de « clients.csv »")
    expect(main).to_contain_text("Windows-1252")
    walker.press_button("Essayer, sans rien écrire")
    walker.judge("clients.csv")
    expect(main).to_contain_text("Nouvelles lignes : 39.")
    _refused(walker)
    assert not Customer.objects.exists()
    walker.press_button("Importer 39 lignes")
    expect(main).to_contain_text("39 lignes sont importées.")
    walker.judge("clients.csv")


def _refused(walker: Walker) -> None:
    """One line is left aside, with its number in the file and what is wrong."""
    walker.press(walker.page.get_by_role("link", name=re.compile("^Refusé")))
    row = walker.page.get_by_role("row").nth(1)
    expect(row).to_contain_text(str(BROKEN + 1))
    expect(row).to_contain_text("guillemet")


def _brought_back(walker: Walker) -> None:
    """The line left aside comes back as a file to correct, with its reason."""
    with walker.page.expect_download() as downloading:
        walker.press(walker.page.get_by_role("link", name=re.compile("^Télécharger les lignes laissées")))
    lines = Path(downloading.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert f"Fermé l’été {BROKEN}" in lines[1]
    assert "guillemet" in lines[1]


def _look(walker: Walker) -> None:
    page = walker.page
    walker.press_link("Présentation")
    walker.judge("Présentation des documents")
    walker.bring("Logo", "logo.png", _logo())
    walker.type("Conditions générales de vente", "Acompte de 30 % à la commande, solde à la livraison.")
    walker.press_button("Enregistrer")
    expect(page.get_by_text("Vos prochains documents auront cette présentation.")).to_be_visible()
    walker.judge("Présentation des documents")
    look = DocumentLook.objects.get()
    assert look.logo is not None
    assert look.terms_of_sale.startswith("Acompte de 30 %")


def _logo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (240, 80), "#1f5f5b").save(drawn, "PNG")
    return drawn.getvalue()


def _quote(walker: Walker, number: str) -> None:
    page = walker.page
    walker.press_link("Devis")
    walker.judge("Devis")
    walker.press_link("Nouveau devis")
    walker.judge("Nouveau devis")
    walker.type("Client", "Hélène Œuvrard n° 1")
    walker.type("Objet", "Portraits de famille")
    line = page.locator("[data-line]").nth(0)
    walker.type("Désignation", "Séance en studio", within=line)
    walker.type("Prix unitaire HT", "350", within=line)
    page.keyboard.press("Tab")
    expect(page.locator("#rest")).to_contain_text("315,00 €")
    walker.press_button("Vérifier")
    walker.judge("Valider ce devis de 350,00 € HT pour Hélène Œuvrard n° 1")
    walker.press_button("Valider")
    walker.judge(f"Devis {number}")


def _send(walker: Walker, number: str) -> None:
    walker.press_link("Envoyer au client")
    walker.judge("Envoyer")
    walker.press_button("Envoyer")
    walker.judge(f"Devis {number}")
    expect(walker.page.locator("main")).to_contain_text(READER)
    walker.sign_out()


def _sign(walker: Walker) -> None:
    """The customer has no account: the link of the mail is all."""
    page = walker.page
    found = re.search(r"/d/[\w-]+/", OutgoingEmail.objects.get(to=READER).text)
    assert found
    page.goto(found[0])
    walker.judge("Devis")
    walker.press_link("Accepter le devis")
    walker.judge("Accepter le devis")
    walker.unfold("Lire les conditions générales de vente")
    expect(page.locator("main")).to_contain_text("Acompte de 30 % à la commande")
    walker.type("Votre nom", "Hélène Œuvrard")
    walker.type("Tapez votre nom, qui vaut signature", "Hélène Œuvrard")
    walker.tick("J’ai lu ce devis et j’en accepte les conditions")
    walker.press_button("Vérifier avant de signer")
    walker.judge("Vous acceptez le devis")
    walker.press_button("Signer et accepter le devis")
    expect(page).to_have_url(re.compile("/preuve/"))
    walker.judge("Preuve d’acceptation")
    expect(page.locator("main")).to_contain_text("Hélène Œuvrard")
