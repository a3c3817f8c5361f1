"""A sheet comes in (INV-05): what cannot be read is refused, the trial writes nothing, the import can be
undone."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from cae.core import jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.importing import runs, trying
from cae.core.importing.columns import guessed
from cae.core.importing.registry import import_named, register_import
from cae.core.importing.reports import counts_of, left_aside
from cae.core.models import (
    Document,
    FateKind,
    ImportLine,
    ImportRun,
    ImportState,
    Job,
    Notice,
    Outcome,
    SavedView,
)
from people.models import User
from tests.factories.imports import CODE, PAGE, sample_import
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

SHEET = "Nom;Filtre\nAtelier;a=1\nBoulangerie;b=2\n"


@pytest.fixture(autouse=True)
def _kind() -> None:
    sample_import()


@pytest.fixture
def user() -> User:
    return make_user()


def opened(user: User, content: str | bytes = SHEET, name: str = "vues.csv", target: str = "a") -> ImportRun:
    raw = content.encode() if isinstance(content, str) else content
    return runs.open_import(import_named(CODE), content=raw, name=name, target=target, actor=user)


def tried(user: User, content: str | bytes = SHEET) -> ImportRun:
    run = opened(user, content)
    read = guessed(import_named(CODE), run.header, author=user)
    return trying.try_import(run, mapping=read, actor=user)


def applied(user: User, content: str | bytes = SHEET) -> ImportRun:
    return finished(runs.start_applying(tried(user, content), actor=user), runs.apply_import)


def finished(run: ImportRun, work: Any) -> ImportRun:
    """Runs the job as its worker does; jobs of the tests only start after a commit."""
    assert run.job is not None
    work(run.job.pk)
    run.refresh_from_db()
    return run


def fates(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(run.lines.values_list("number", "fate", "message"))


def names() -> set[str]:
    return set(SavedView.objects.filter(page=PAGE).values_list("name", flat=True))


def test_the_trial_says_each_fate_and_writes_nothing(user: User) -> None:
    SavedView.objects.create(owner=user, page=PAGE, name="Ancienne", query="x=1")
    SavedView.objects.create(owner=user, page=PAGE, name="Pareille", query="y=1")
    content = "Nom;Filtre\nNeuve;n=1\nAncienne;x=2\nPareille;y=1\ninterdit;z\nNeuve;n=2\n;seul\n"
    run = tried(user, content)
    assert run.state == ImportState.TRIED
    assert fates(run) == [
        (2, FateKind.NEW, ""),
        (3, FateKind.UPDATE, ""),
        (4, FateKind.UNCHANGED, ""),
        (5, FateKind.REFUSED, "Ce nom est interdit."),
        (6, FateKind.DUPLICATE, "Déjà à la ligne 2 de ce fichier."),
        (7, FateKind.REFUSED, "« Nom » manque."),
    ]
    line = run.lines.get(number=3)
    assert (line.before, line.after) == ({"query": "x=1"}, {"query": "x=2"})
    assert names() == {"Ancienne", "Pareille"}
    assert SavedView.objects.get(name="Ancienne").query == "x=1"


def test_a_trial_that_writes_is_rolled_back(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = import_named(CODE)

    def writes(row: Any, context: Any) -> Any:
        SavedView.objects.create(owner=context["owner"], page=PAGE, name=row["name"], query="")
        return spec.plan(row, context)

    lines = list(opened(user).lines.all())
    run = ImportRun.objects.get()
    run.mapping = {"name": 0, "query": 1}
    monkeypatch.setattr(
        trying, "fate_of", lambda _spec, line, mapping, context: writes(trying.row_of(line, mapping), context)
    )
    trying._say_fates(run, spec)
    assert names() == set()
    assert len(lines) == 2
    assert {fate for _number, fate, _message in fates(run)} == {FateKind.NEW}


def test_the_import_does_what_the_trial_showed_and_no_more_when_asked_twice(user: User) -> None:
    run = applied(user, SHEET + "interdit;z\n")
    assert run.state == ImportState.APPLIED
    assert names() == {"Atelier", "Boulangerie"}
    counts = counts_of(run)
    assert (counts["done"], counts["left"], counts["to_write"]) == (2, 1, 0)
    before = list(SavedView.objects.order_by("pk").values())
    with pytest.raises(IllegalMove):
        runs.start_applying(run, actor=user)
    assert run.job is not None
    Job.objects.filter(pk=run.job.pk).update(state="running")
    runs.apply_import(run.job.pk)
    assert list(SavedView.objects.order_by("pk").values()) == before


def test_one_line_refused_on_the_way_stops_no_other(user: User) -> None:
    run = applied(user, "Nom;Filtre\nA;1\nB;en panne\nC;3\n")
    assert names() == {"A", "C"}
    left = run.lines.get(outcome=Outcome.LEFT)
    assert (left.number, left.message) == (3, "Refusé en chemin.")


def test_a_database_that_refuses_a_line_stops_no_other(user: User) -> None:
    run = applied(user, f"Nom;Filtre\nA;1\n{'B' * 70};2\nC;3\n")
    assert names() == {"A", "C"}
    assert run.lines.get(outcome=Outcome.LEFT).number == 3


def test_what_changed_since_the_trial_is_left_aside(user: User) -> None:
    view = SavedView.objects.create(owner=user, page=PAGE, name="Atelier", query="a=0")
    run = tried(user)
    view.query = "touché"
    view.save()
    run = finished(runs.start_applying(run, actor=user), runs.apply_import)
    view.refresh_from_db()
    assert view.query == "touché"
    assert run.lines.get(number=2).outcome == Outcome.LEFT
    assert names() == {"Atelier", "Boulangerie"}


def test_undoing_takes_back_what_was_made_and_leaves_what_changed(user: User) -> None:
    kept = SavedView.objects.create(owner=user, page=PAGE, name="Atelier", query="a=0")
    touched = SavedView.objects.create(owner=user, page=PAGE, name="Boulangerie", query="b=0")
    run = applied(user, SHEET + "Neuve;n=1\n")
    SavedView.objects.filter(pk=touched.pk).update(query="repris à la main")
    run = finished(runs.start_undoing(run, actor=user), runs.undo_import)
    assert run.state == ImportState.UNDONE
    outcomes = dict(run.lines.values_list("label", "outcome"))
    assert outcomes == {
        "Atelier": Outcome.PUT_BACK,
        "Boulangerie": Outcome.CHANGED_SINCE,
        "Neuve": Outcome.REMOVED,
    }
    kept.refresh_from_db()
    touched.refresh_from_db()
    assert (kept.query, touched.query) == ("a=0", "repris à la main")
    assert names() == {"Atelier", "Boulangerie"}
    with pytest.raises(IllegalMove):
        runs.start_undoing(run, actor=user)


def test_a_killed_worker_leaves_the_rest_to_the_next(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    run = runs.start_applying(tried(user, "Nom;Filtre\nA;1\nB;2\nC;3\n"), actor=user)
    assert run.job is not None
    spec = import_named(CODE)
    calls: list[str] = []

    def dies(spec_: Any, run_: Any, line: ImportLine, context: Any) -> None:
        calls.append(line.label)
        if line.label == "B":
            raise SystemExit
        real(spec_, run_, line, context)

    real = runs._apply_line
    monkeypatch.setattr(runs, "_apply_line", dies)
    with pytest.raises(SystemExit):
        runs.apply_import(run.job.pk)
    assert names() == {"A"}
    monkeypatch.setattr(runs, "_apply_line", real)
    Job.objects.filter(pk=run.job.pk).update(state="running", ended_at=None)
    run = finished(run, runs.apply_import)
    assert names() == {"A", "B", "C"}
    assert run.state == ImportState.APPLIED
    assert Job.objects.get(pk=run.job_id).done == 3
    assert calls == ["A", "B"]
    assert spec.code == CODE


def test_a_cancelled_import_can_be_taken_up_again_or_undone(user: User) -> None:
    run = runs.start_applying(tried(user), actor=user)
    assert run.job is not None
    with pytest.raises(IllegalMove):
        runs.start_applying(run, actor=user)
    jobs.cancel_job(run.job, actor=user)
    runs.apply_import(run.job.pk)
    assert names() == set()
    run = ImportRun.objects.get(pk=run.pk)
    assert run.is_interrupted
    run = finished(runs.start_applying(run, actor=user), runs.apply_import)
    assert names() == {"Atelier", "Boulangerie"}
    assert run.state == ImportState.APPLIED


def test_a_sheet_with_nothing_to_write_is_not_imported(user: User) -> None:
    run = tried(user, "Nom;Filtre\ninterdit;1\n")
    with pytest.raises(Refused) as refusal:
        runs.start_applying(run, actor=user)
    assert refusal.value.code == Code.EMPTY_DOCUMENT
    assert not Job.objects.exists()


def test_a_long_sheet_is_tried_by_a_job(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "AT_ONCE", 1)
    run = tried(user)
    assert (run.state, run.is_at_work) == (ImportState.TRYING, True)
    run = finished(run, trying.try_in_job)
    assert run.state == ImportState.TRIED
    assert [fate for _number, fate, _message in fates(run)] == [FateKind.NEW, FateKind.NEW]


def test_giving_up_forgets_the_lines(user: User) -> None:
    run = tried(user)
    runs.discard_import(run, actor=user)
    assert not ImportLine.objects.exists()
    with pytest.raises(IllegalMove):
        runs.discard_import(ImportRun.objects.get(), actor=user)
    done = applied(user)
    with pytest.raises(IllegalMove):
        runs.discard_import(done, actor=user)
    assert done.lines.count() == 2


def test_the_columns_of_last_time_are_kept(user: User) -> None:
    run = opened(user, "Raison sociale,Mon filtre,note\nA,1,x\n")
    assert guessed(import_named(CODE), run.header, author=user) == {"name": 0, "note": 2}
    trying.try_import(run, mapping={"name": 0, "query": 1}, actor=user)
    again = opened(user, "mon FILTRE;raison sociale\n1;A\n")
    assert guessed(import_named(CODE), again.header, author=user) == {"query": 0, "name": 1}
    assert guessed(import_named(CODE), again.header, author=make_user()) == {"name": 1}


@pytest.mark.parametrize(
    ("mapping", "field"), [({"query": 1}, "name"), ({"name": 0, "query": 0}, "query")], ids=["lacks", "twice"]
)
def test_a_mapping_that_cannot_be_is_refused(user: User, mapping: dict[str, int], field: str) -> None:
    run = opened(user)
    with pytest.raises(Refused) as refusal:
        trying.try_import(run, mapping=mapping, actor=user)
    assert refusal.value.field == field
    assert ImportRun.objects.get().state == ImportState.MAPPING


def test_a_target_out_of_reach_is_refused(user: User) -> None:
    with pytest.raises(Refused):
        opened(user, target="z")
    assert not ImportRun.objects.exists()
    assert not Document.objects.exists()


def test_a_name_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        register_import(sample_import())


def test_the_lines_left_aside_come_back_with_their_reason(user: User) -> None:
    run = applied(user, "Nom;Filtre\nA;1\ninterdit;=2\n")
    assert list(left_aside(run)) == [
        ["Nom", "Filtre", "ligne", "motif"],
        ["interdit", "=2", "3", "Ce nom est interdit."],
    ]
    answer = client_of(user).get(reverse("core:import_left", args=[CODE, run.pk]))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["interdit", "'=2", "3", "Ce nom est interdit."]


# --- pages --------------------------------------------------------------------------------------


def post_file(client: Client, content: bytes, name: str = "vues.csv", target: str = "a") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("core:import_new", args=[CODE]), {"file": file, "target": target})


def test_from_the_file_to_the_report_and_back(user: User) -> None:
    client = client_of(user)
    assert "Vues d’essai" in text(client.get(reverse("core:import_list")))
    answer = post_file(client, SHEET.encode("cp1252"))
    run = ImportRun.objects.get()
    assert answer.url == reverse("core:import_columns", args=[CODE, run.pk])
    page = client.get(answer.url)
    assert page.context["form"]["name"].initial == "0"
    wrong = client.post(answer.url, {"name": "0", "query": "0"})
    assert wrong.status_code == 422
    answer = client.post(answer.url, {"name": "0", "query": "1"}, follow=True)
    assert "Essai : rien n’est encore écrit" in text(answer)
    assert "Importer 2 lignes" in text(answer)
    assert names() == set()
    url = reverse("core:import_run", args=[CODE, run.pk])
    client.post(reverse("core:import_act", args=[CODE, run.pk, "appliquer"]))
    run.refresh_from_db()
    assert 'hx-trigger="every 2s"' in client.get(url).content.decode()
    finished(run, runs.apply_import)
    assert client.get(reverse("core:import_progress", args=[CODE, run.pk]))["HX-Refresh"] == "true"
    assert run.job is not None
    assert client.get(reverse("core:job_detail", args=[run.job.pk])).url == url
    assert Notice.objects.filter(user=user, read_at=None).count() == 0
    assert "2 lignes sont importées" in text(client.get(url))
    assert client.get(url, {"outcome": "done"}).context["list"].count.rows == 2
    twice = client.post(reverse("core:import_act", args=[CODE, run.pk, "appliquer"]), follow=True)
    assert "Cet import est déjà lancé, ou terminé." in text(twice)
    client.post(reverse("core:import_act", args=[CODE, run.pk, "annuler"]))
    run.refresh_from_db()
    finished(run, runs.undo_import)
    assert "Import annulé" in text(client.get(url))
    assert names() == set()


def test_the_trial_shows_what_changes_before_and_after(user: User) -> None:
    SavedView.objects.create(owner=user, page=PAGE, name="Atelier", query="a=0")
    run = tried(user)
    client = client_of(user)
    page = client.get(reverse("core:import_run", args=[CODE, run.pk]), {"fate": "update"})
    assert "Filtre : <del>a=0</del> → <ins>a=1</ins>" in page.content.decode()
    assert page.context["list"].count.rows == 1
    export = client.get(reverse("core:import_run", args=[CODE, run.pk]), {"export": "csv"})
    assert "Filtre : a=0 → a=1" in export.content.decode()


def test_a_model_sheet_runs_no_formula(user: User) -> None:
    answer = client_of(user).get(reverse("core:import_template", args=[CODE]), {"format": "csv"})
    assert answer.content.decode("utf-8-sig").splitlines() == ["Nom;Filtre;Remarque", "Atelier Çelik;'=1+1;"]
    assert client_of(user).get(reverse("core:import_template", args=[CODE]))["Content-Type"].endswith("sheet")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\0\x03\0\0\0", "clients.csv", "programme"),
        (b"\x7fELF\x02\x01", "clients.xlsx", "programme"),
        (b"#!/bin/sh\nrm -rf /\n", "clients.csv", "programme"),
        (b"%PDF-1.7\n", "clients.csv", "n’est pas un tableau"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "clients.xls", "ancien format"),
        (b"PK\x03\x04rien", "clients.xlsx", "ne s’ouvre pas"),
        (b"\0\1\2\3", "clients.csv", "n’est pas un tableau"),
        (b"", "clients.csv", "vide"),
        (b"Nom;Filtre\n", "clients.csv", "ligne de titres"),
        (b"a" * (5 * 1024 * 1024 + 1), "clients.csv", "5 Mo"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_one_sentence(
    user: User, content: bytes, name: str, sentence: str
) -> None:
    answer = post_file(client_of(user), content, name)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ImportRun.objects.exists()
    assert not Document.objects.exists()


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped(xl__workbook_xml=b"<a/>", xl__bomb_xml=b"0" * (81 * 1024 * 1024)), "trop gros"),
        (zipped(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "ne s’ouvre pas"),
        (zipped(word__document_xml=b"<a/>"), "n’est pas un classeur"),
    ],
    ids=["bomb", "entities", "letter"],
)
def test_a_workbook_that_hides_something_is_refused(user: User, content: bytes, sentence: str) -> None:
    answer = post_file(client_of(user), content, "clients.xlsx")
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ImportRun.objects.exists()


def test_too_many_lines_are_refused(user: User) -> None:
    with pytest.raises(Refused) as refusal:
        opened(user, "Nom\n" + "x\n" * 20_001)
    assert "20 000" in str(refusal.value)
    assert not ImportRun.objects.exists()


def test_a_workbook_is_read_as_a_french_hand_types(user: User) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Nom", "Filtre", None], [552100554, date(2026, 11, 25), None], [None], ["B", 12.5, None]):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    run = opened(user, out.getvalue(), "vues.xlsx")
    assert run.header == ["Nom", "Filtre"]
    assert list(run.lines.values_list("number", "raw")) == [
        (2, ["552100554", "25/11/2026"]),
        (4, ["B", "12,5"]),
    ]


def test_another_person_sees_nothing_of_it(user: User) -> None:
    run = applied(user)
    stranger = client_of(make_user())
    for name in ("import_run", "import_columns", "import_progress", "import_left"):
        assert stranger.get(reverse(f"core:{name}", args=[CODE, run.pk])).status_code == 404
    assert run.file is not None
    assert stranger.get(reverse("core:document", args=[run.file.pk])).status_code in (403, 404)
    answer = stranger.post(reverse("core:import_act", args=[CODE, run.pk, "annuler"]))
    assert answer.status_code == 404
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert names() == {"Atelier", "Boulangerie"}


def test_an_unknown_import_or_act_is_a_missing_page(user: User) -> None:
    client = client_of(user)
    assert client.get(reverse("core:import_new", args=["core.nothing"])).status_code == 404
    run = tried(user)
    assert client.post(reverse("core:import_act", args=[CODE, run.pk, "danser"])).status_code == 404


def test_the_database_knows_the_states(user: User) -> None:
    run = opened(user)
    with pytest.raises(DatabaseError):
        ImportRun.objects.filter(pk=run.pk).update(state="applied")
