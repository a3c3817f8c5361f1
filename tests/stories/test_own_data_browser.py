"""What is held of oneself, by the keyboard: seen, corrected, exported, and who opened it (PEO-15)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, expect

from cae.core import facts, jobs
from cae.core.models import Job
from people.models import DataRequest, Person, SensitiveReading, User
from people.services.own_export import make_export
from people.states import RoleKind
from people.states.sensitive import SensitivePurpose
from tests.factories.coaching import coach, make_advisor, make_meeting, make_report, person_of
from tests.factories.desk import make_absence, make_deadline, make_request
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.own_data import protect
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PHONE, WRONG = "06 12 34 56 78", "Mon nom s’écrit Le Noir."
# What each room keeps of Claire, and what the same rooms keep of somebody else.
HERS = {
    "Identité et coordonnées": PHONE,
    "Échéances": "Titre à renouveler",
    "Messages que j’ai écrits": "Où est ma fiche de paie ?",
    "Demandes sur mes données": WRONG,
    "Activités": "Photographie Lenoir",
    "Rendez-vous": "Suivi",
    "Comptes rendus partagés": "Les prix de Claire sont revus.",
    "Fiche protégée": "pas de charge lourde",
    "Lectures de ma fiche protégée": "Sofia Pereira",
}
OTHERS = ("Quatrelivres", "zephyrin@", "genoux fragiles", "Prix de Zéphyrin", "Poterie lointaine")
NEVER = "Confidence gardée par Hélène"


@dataclass
class House:
    claire: User
    helene: User
    sofia: User


@pytest.fixture
def house(demonstration: None) -> House:
    """Two people of whom the same rooms keep the same things, the advisor of both, human resources."""
    make_cooperative()
    helene = make_advisor(first_name="Hélène", last_name="Marchand")
    claire = make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir", email="claire@x.fr")
    names = {"first_name": "Zéphyrin", "last_name": "Quatrelivres", "email": "zephyrin@x.fr"}
    other = make_user(RoleKind.ENTREPRENEUR, **names)
    told = {claire: "Les prix de Claire sont revus.", other: "Prix de Zéphyrin : à revoir."}
    for who, limits, activity in (
        (claire, "pas de charge lourde", "Photographie Lenoir"),
        (other, "genoux fragiles", "Poterie lointaine"),
    ):
        make_activity(person_of(who), name=activity)
        coach(who, helene)
        make_report(who, helene, said=told[who], private=NEVER)
        protect(person_of(who), limits=limits)
        make_absence(who)
        asked = "Où est ma fiche de paie ?" if who == claire else "Quatrelivres attend"
        make_request(who, title="Ma fiche", text=asked)
        make_deadline(person_of(who), timezone.localdate() + timedelta(days=40), label="Titre à renouveler")
    make_meeting(claire, helene)
    sofia = make_user(RoleKind.HUMAN_RESOURCES, first_name="Sofia", last_name="Pereira")
    return House(claire, helene, sofia)


def test_seen_corrected_exported(walker: Walker, house: House, monkeypatch: Any) -> None:
    person = person_of(house.claire)
    opened_by_human_resources(walker, house, person)
    walker.sign_in(house.claire.email)
    walker.page.goto(reverse("people:own_data"))
    read_and_corrected(walker, person)
    archive = exported(walker, house, monkeypatch)
    holds_what_is_hers(archive)
    for name in archive.namelist():
        text = archive.read(name).decode("utf-8", errors="ignore")
        assert [word for word in (*OTHERS, NEVER) if word in text] == [], name
    walker.judge("Mes données")


def protected_card(walker: Walker) -> Locator:
    return walker.page.locator(".card-box").filter(has_text="Ma fiche protégée").last


def opened_by_human_resources(walker: Walker, house: House, person: Person) -> None:
    """The protected record opens for a purpose: that is noted before anything is shown."""
    walker.sign_in(house.sofia.email)
    walker.page.goto(reverse("people:sensitive_index", args=[person.pk]))
    opening = reverse("people:sensitive_record", args=[person.pk, SensitivePurpose.HEALTH])
    walker.press(walker.page.locator(f"a[href='{opening}']"))
    expect(walker.page.locator("main")).to_contain_text("cette ouverture est notée")
    assert SensitiveReading.objects.filter(person=person, reader=house.sofia).count() == 1
    walker.sign_out()


def read_and_corrected(walker: Walker, person: Person) -> None:
    """What is held, who opened the rest; an own detail is corrected at once, another is asked for."""
    page = walker.page
    card = protected_card(walker)
    expect(card).to_contain_text("Sofia Pereira")
    expect(card).to_contain_text(str(SensitivePurpose.HEALTH.label))
    assert "pas de charge lourde" not in page.content()
    for word in ("Les prix de Claire sont revus.", "Photographie Lenoir", "Où est ma fiche de paie ?"):
        assert word in page.content()
    assert not any(word in page.content() for word in (*OTHERS, NEVER))
    walker.judge("Mes données")
    walker.press_link("Corriger mes coordonnées")
    walker.type("Téléphone", PHONE)
    walker.press_button("Enregistrer")
    page.wait_for_url("**/personnes/*/")
    person.refresh_from_db()
    assert person.phone == PHONE
    page.goto(reverse("people:own_data"))
    walker.press_link("Faire une demande")
    walker.type("Votre demande", WRONG)
    walker.press_button("Envoyer ma demande")
    expect(page.locator("main")).to_contain_text("Réponse au plus tard le")
    assert DataRequest.objects.get(person=person).text == WRONG


def exported(walker: Walker, house: House, monkeypatch: Any) -> ZipFile:
    """The file is made by a worker, here held back for a moment: its page waits, then gives it."""
    page, asked = walker.page, []
    monkeypatch.setattr(jobs, "run_later", lambda task, **given: asked.append((task, given["job_id"])))
    walker.press_button("Tout télécharger")
    progress = page.locator("#progress")
    expect(progress.locator("progress")).to_be_attached()
    expect(page.get_by_role("link", name="mes-donnees-")).to_have_count(0)
    [(task, key)] = asked
    assert task == "people.export_own_data"
    make_export(key)
    expect(progress.locator(".status")).to_contain_text("Terminé")
    job = Job.objects.get(pk=key)
    assert (job.done, job.total, job.failures) == (job.total, len(facts.personal_data()), [])
    assert job.result is not None
    with page.expect_download() as coming:
        walker.press(page.get_by_role("link", name="mes-donnees-"))
    file = coming.value
    assert file.suggested_filename == f"mes-donnees-{timezone.localdate()}.zip"
    archive = ZipFile(file.path())
    assert archive.testzip() is None
    # The export opened the protected record: its owner sees that too; nobody else opens the file.
    page.goto(reverse("people:own_data"))
    expect(protected_card(walker)).to_contain_text(str(SensitivePurpose.OWN.label))
    address = reverse("core:document", args=[job.result.pk])
    for somebody in (house.helene, house.sofia):
        walker.sign_out()
        walker.sign_in(somebody.email)
        assert page.request.get(address).status in {403, 404}
    walker.sign_out()
    walker.sign_in(house.claire.email)
    page.goto(reverse("people:own_data"))
    return archive


def holds_what_is_hers(archive: ZipFile) -> None:
    """Every room answers, in three forms that say the same: to be read, sorted, taken elsewhere."""
    content = json.loads(archive.read("mes-donnees.json"))
    assert [one["label"] for one in content["sections"]] == [str(one.label) for one in facts.personal_data()]
    tables = {table["label"]: table for one in content["sections"] for table in one["tables"]}
    page = archive.read("mes-donnees.html").decode()
    for label, word in HERS.items():
        assert word in json.dumps(tables[label]["rows"], ensure_ascii=False), label
        assert word in page, label
    names = [name for name in archive.namelist() if name.startswith("tableaux/")]
    sheets = {name: archive.read(name).decode("utf-8-sig") for name in names}
    filled = [table for table in tables.values() if table["rows"]]
    assert len(sheets) == len(filled)
    for sheet in sheets.values():
        assert len(list(csv.reader(StringIO(sheet), delimiter=";"))) > 1
