"""The pages of three scrutineers, from the making of their keys to the opening of a box (GOV-27, GOV-28)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from governance.engines.ballots import ceremony
from tests.browser.ballots.hall import WORDS, Hall
from tests.browser.ballots.opening import COUNTED, SEEDS, UUID, Box, Ceremony
from tests.browser.ballots.origin import Answer, Origin

pytestmark = pytest.mark.browser

Open = Callable[[int], Page]


@pytest.fixture
def opened(browser: Browser, origin: Origin) -> Iterator[Open]:
    """The page of the scrutineer of this number, in a browser of its own; what it stores is a fault."""
    pages: list[Page] = []

    def open_one(index: int) -> Page:
        context = browser.new_context(base_url=origin.url, accept_downloads=True, locale="fr-FR")
        context.add_init_script("window.print = () => { window.printed = true; };")
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        pages.append(page)
        page.goto(f"/scrutineer/{index}")
        return page

    yield open_one
    for page in pages:
        stored = page.evaluate(
            "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
        )
        page.context.close()
        assert stored == [0, 0, 0]


@pytest.fixture
def hall(origin: Origin) -> Hall:
    return Hall(origin)


def at(page: Page, step: str) -> None:
    expect(page.locator(f"[data-step={step}]")).to_be_visible()


def go_on(page: Page) -> None:
    page.locator("[data-step]:visible [data-act=send]").click()


def status(page: Page) -> Any:
    return expect(page.locator("[data-status]"))


def keep(page: Page, folder: Path) -> Path:
    """Makes a key, and keeps its file."""
    with page.expect_download() as downloading:
        page.locator("[data-act=make]").click()
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    return file


def give(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    go_on(page)


@pytest.fixture
def awaited(hall: Hall, made: Ceremony) -> Hall:
    """All certificates are in, n° 1 of the first seed; the two others have announced their polynomials."""
    hall.held["certificate"] = dict(enumerate(made.certificates, 1))
    hall.held["commitment"] = {index: made.commitments[index - 1] for index in (2, 3)}
    hall.tell()
    return hall


def ready(hall: Hall, made: Ceremony, *boxes: Box) -> None:
    """All keys are made and tried, and these boxes wait to be opened."""
    outputs = [
        json.dumps({"private_key": output.private_key, "public_key": output.public_key})
        for output in made.outputs
    ]
    hall.held = {
        step: dict(enumerate(column, 1))
        for step, column in {
            "certificate": made.certificates,
            "commitment": made.commitments,
            "polynomial": made.polynomials,
            "verification": [text.replace(": ", ":").replace(", ", ",") for text in outputs],
            "trial": ["", "", ""],
        }.items()
    }
    hall.open_boxes(*boxes)


@pytest.fixture(scope="module")
def made() -> Ceremony:
    return Ceremony()


# --- the whole story ----------------------------------------------------------------------------


def test_three_pages_make_a_key_and_two_of_them_open_the_box(
    hall: Hall, opened: Open, tmp_path: Path, origin: Origin
) -> None:
    pages = {index: opened(index) for index in (1, 2, 3)}
    files = {}
    for index, page in pages.items():
        at(page, "certificate")
        (tmp_path / str(index)).mkdir()
        files[index] = keep(page, tmp_path / str(index))
        at(page, "keep")
        give(page, files[index])
    for page in pages.values():
        at(page, "commitment")
    hashes = {page.locator("[data-step=commitment] [data-hash]").inner_text() for page in pages.values()}
    digest = ceremony.gather_certificates(hall.column("certificate")).digest
    assert [said.replace(" ", "") for said in hashes] == [digest]
    for page in pages.values():
        go_on(page)
    # With the keys in hand, the next steps ask for nothing, each as soon as the others are done.
    for index, page in pages.items():
        at(page, "trial")  # of the key as it was kept
        give(page, files[index])
        at(page, "kept")
        expect(page.locator("[data-key]")).to_be_hidden()
    assert all(hall.whole(step) for step in ("polynomial", "verification", "trial"))

    box = Box(hall.trustees).tallied()
    hall.open_boxes(box)
    for index in (1, 3):
        at(pages[index], "share")
        expect(pages[index].locator("[data-key]")).to_be_visible()
        expect(pages[index].locator("[data-figure=box]")).to_have_text("Urne 8")
        expect(pages[index].locator("[data-figure=kept]")).to_have_text("3")
        expect(pages[index].locator("[data-figure=closing]")).to_have_text(box.events[-2].hash)
        give(pages[index], files[index])
        at(pages[index], "done")
    assert hall.result_of(box) == COUNTED
    seeds = [json.loads(file.read_text())["seed"] for file in files.values()]
    assert [seed for seed in seeds for sent in origin.sent if seed in sent.body] == []


# --- the key ------------------------------------------------------------------------------------


def test_a_key_is_kept_as_a_file_and_on_a_sheet(hall: Hall, opened: Open, tmp_path: Path) -> None:
    page = opened(2)
    file = keep(page, tmp_path)
    assert file.name == "cle-2.json"
    kept = json.loads(file.read_text())
    seed = kept.pop("seed")
    assert kept == {"version": 1, "uuid": UUID, "index": 2}
    shown = page.locator("[data-seed]").inner_text()
    assert shown == f"{seed[:5]}-{seed[5:11]}-{seed[11:16]}-{seed[16:]}"
    expect(page.get_by_role("img", name="Code QR de la clé")).to_be_visible()
    page.locator("[data-act=print]").click()
    assert page.evaluate("window.printed") is True
    with page.expect_download() as again:
        page.locator("[data-act=download]").click()
    assert json.loads(again.value.path().read_text())["seed"] == seed


def test_a_key_that_was_not_kept_is_not_used(hall: Hall, opened: Open, tmp_path: Path) -> None:
    page = opened(1)
    file = keep(page, tmp_path)
    go_on(page)
    expect(page.locator("[data-error=key]")).to_have_text(WORDS["key_needed"])
    page.locator("[data-typed]").fill("hC2dV-taxqZp-XPMhF-169gSR")
    go_on(page)
    expect(page.locator("[data-error=key]")).to_have_text(WORDS["key_other"])
    assert hall.held == {}
    page.locator("[data-typed]").fill(page.locator("[data-seed]").inner_text())
    page.locator("[data-typed]").press("Enter")
    at(page, "wait")
    assert list(hall.held["certificate"]) == [1]
    assert page.locator("[data-seed]").inner_text() == ""
    assert json.loads(file.read_text())["seed"] not in page.content()


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ({"version": 1, "uuid": UUID, "index": 2, "seed": SEEDS[0]}, "key_other"),
        ({"version": 1, "uuid": "9yKip69wPe2yLi", "index": 1, "seed": SEEDS[0]}, "key_other"),
        ({"version": 1, "uuid": UUID, "index": 1, "seed": SEEDS[1]}, "key_other"),
        ({"version": 2, "uuid": UUID, "index": 1, "seed": SEEDS[0]}, "file_malformed"),
        ({"version": 1, "uuid": UUID, "index": 1, "seed": "0" * 22}, "seed_malformed"),
        ({"version": 1, "uuid": UUID, "index": 1}, "file_malformed"),
        ("seed", "file_malformed"),
        (None, "file_malformed"),
    ],
)
def test_another_file_is_refused_in_words_and_the_right_one_then_taken(
    awaited: Hall, opened: Open, tmp_path: Path, written: Any, word: str
) -> None:
    page = opened(1)
    at(page, "commitment")
    wrong, right = tmp_path / "wrong.json", tmp_path / "right.json"
    wrong.write_text(json.dumps(written))
    right.write_text(json.dumps({"version": 1, "uuid": UUID, "index": 1, "seed": SEEDS[0]}))
    give(page, wrong)
    expect(page.locator("[data-error=key]")).to_have_text(WORDS[word])
    assert page.evaluate("document.activeElement.type") == "file"
    assert list(awaited.held["commitment"]) == [2, 3]
    give(page, right)
    at(page, "wait")
    assert awaited.held["commitment"][1] == ceremony.commitment(awaited.held["polynomial"][1])


@pytest.mark.usefixtures("awaited")
def test_a_file_that_is_no_text_is_refused(opened: Open, tmp_path: Path) -> None:
    page = opened(1)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    give(page, photo)
    expect(page.locator("[data-error=key]")).to_have_text(WORDS["file_malformed"])


# --- what does not hold -------------------------------------------------------------------------


def test_a_cheat_is_named_and_nothing_is_sent(awaited: Hall, made: Ceremony, opened: Open) -> None:
    message = json.loads(made.polynomials[1])
    message["secrets"][0] = message["secrets"][1]
    changed = json.dumps(message, separators=(",", ":"))
    announced = [made.commitments[0], ceremony.commitment(changed), made.commitments[2]]
    awaited.held["commitment"] = dict(enumerate(announced, 1))
    awaited.held["polynomial"] = dict(enumerate([made.polynomials[0], changed, made.polynomials[2]], 1))
    awaited.tell()
    page = opened(1)
    page.locator("[data-typed]").fill(SEEDS[0])
    at(page, "verification")
    go_on(page)
    expect(page.locator("[data-error=page]")).to_have_text(
        "Ce qu’a envoyé le n° 2 ne tient pas (channel_wrong)."
    )
    assert awaited.origin.sent == []


def test_an_altered_archive_gets_no_share(hall: Hall, made: Ceremony, opened: Open) -> None:
    box = Box(made.trustees).tallied()
    ready(hall, made, box)
    place = box.data.index(b'"challenge":"', box.data.index(b'"election_hash"')) + 20
    digit = (box.data[place] - ord("0") + 1) % 10 + ord("0")
    altered = box.data[:place] + bytes([digit]) + box.data[place + 1 :]
    hall.origin.pages[f"/archive/{UUID}"] = Answer(altered.decode())
    page = opened(1)
    expect(page.locator("[data-error=page]")).to_have_text(
        "L’archive ne tient pas, événement 0 (name_wrong)."
    )
    expect(page.locator("[data-checked]")).to_be_hidden()


def test_the_check_where_it_stops_is_shown(hall: Hall, made: Ceremony, opened: Open) -> None:
    """Those before are right, those after are not begun."""
    box = Box(made.trustees).tallied()
    ready(hall, made, box)
    page = opened(1)
    expect(page.locator("[data-verdict-said]")).to_have_text(["vérifié"] * 6)
    hall.open_boxes(Box(made.trustees).opened())
    page.reload()
    said = ["vérifié"] * 3 + ["ne tient pas"] + ["à vérifier"] * 2
    expect(page.locator("[data-verdict-said]")).to_have_text(said)
    expect(page.locator("[data-checked]")).to_be_hidden()


def test_how_far_the_others_are_is_followed_by_name(awaited: Hall, made: Ceremony, opened: Open) -> None:
    page = opened(2)
    status(page).to_have_text("En attente de 1 : Gardien 1.")
    steps = "[...document.querySelectorAll('progress')].map((one) => one.value)"
    assert page.evaluate(steps) == [1, 2, 2]
    expect(page.locator("[data-said]")).to_have_text(["Clé 1", "Clé 2", "Clé 3"])
    awaited.held["commitment"][1] = made.commitments[0]
    awaited.tell()
    at(page, "polynomial")
    status(page).to_have_text("")
    assert page.evaluate(steps) == [2, 2, 2]


def test_a_share_that_the_others_made_needless_is_asked_no_more(
    hall: Hall, made: Ceremony, opened: Open
) -> None:
    ready(hall, made, Box(made.trustees).tallied())
    page = opened(3)
    expect(page.locator("[data-checked]")).to_be_visible()
    page.locator("[data-typed]").fill(SEEDS[2])
    hall.over = True
    hall.tell()
    at(page, "over")
    assert page.locator("[data-typed]").input_value() == ""
    assert hall.origin.sent == []


@pytest.mark.parametrize("state", ["opened", "closed"])
def test_no_share_before_the_close(hall: Hall, made: Ceremony, opened: Open, state: str) -> None:
    ready(hall, made, getattr(Box(made.trustees), state)())
    page = opened(1)
    word = {"opened": "box_open", "closed": "tally_missing"}[state]
    expect(page.locator("[data-error=page]")).to_have_text(WORDS[word])
    expect(page.locator("[data-checked]")).to_be_hidden()


def test_a_share_that_the_server_refuses_is_said_in_its_words(
    hall: Hall, made: Ceremony, opened: Open
) -> None:
    ready(hall, made, Box(made.trustees).tallied())
    hall.origin.posted = lambda _sent: Answer('{"fault":"late","message":"Trop tard."}', status=422)
    page = opened(1)
    page.locator("[data-typed]").fill(SEEDS[0])
    expect(page.locator("[data-checked]")).to_be_visible()
    go_on(page)
    expect(page.locator("[data-error=page]")).to_have_text("Trop tard.")
    hall.origin.posted = hall.take
    go_on(page)
    at(page, "done")


def test_boxes_are_opened_one_after_the_other_each_once_checked(
    hall: Hall, made: Ceremony, opened: Open
) -> None:
    first, second = Box(made.trustees).tallied(), Box(made.trustees, uuid="9yKip69wPe2yLi").tallied()
    ready(hall, made, first, second)
    page = opened(2)
    page.locator("[data-typed]").fill(SEEDS[1])
    for name in ("Urne 8", "Urne 9"):
        expect(page.locator("[data-figure=box]")).to_have_text(name)
        expect(page.locator("[data-checked]")).to_be_visible()
        go_on(page)
    at(page, "done")
    assert sorted(hall.shares) == [(first.uuid, 3), (second.uuid, 3)]


def test_the_box_that_is_to_be_opened_is_checked_without_being_asked(
    hall: Hall, made: Ceremony, opened: Open
) -> None:
    """Its archive does not come at first; then its share is given from another page, and the next one is."""
    first, second = Box(made.trustees).tallied(), Box(made.trustees, uuid="9yKip69wPe2yLi").tallied()
    ready(hall, made, first, second)
    archive = hall.origin.pages.pop(f"/archive/{first.uuid}")
    page = opened(2)
    expect(page.locator("[data-error=page]")).to_have_text(WORDS["unreachable"])
    hall.origin.pages[f"/archive/{first.uuid}"] = archive
    expect(page.locator("[data-figure=box]")).to_have_text("Urne 8", timeout=15_000)
    expect(page.locator("[data-error=page]")).to_be_hidden()
    hall.shares[first.uuid, 3] = ()
    hall.tell()
    expect(page.locator("[data-figure=box]")).to_have_text("Urne 9", timeout=15_000)
    expect(page.locator("[data-checked]")).to_be_visible()


def test_a_ceremony_begun_again_asks_for_a_new_key(awaited: Hall, opened: Open, tmp_path: Path) -> None:
    page = opened(1)
    page.locator("[data-typed]").fill(SEEDS[0])
    go_on(page)
    at(page, "wait")
    awaited.held = {}
    awaited.tell()
    at(page, "certificate")
    file = keep(page, tmp_path)
    give(page, file)
    at(page, "wait")
    assert SEEDS[0] not in file.read_text()
    assert len(awaited.held["certificate"]) == 1


def test_a_server_that_answers_nothing_is_asked_again(hall: Hall, opened: Open, origin: Origin) -> None:
    hall.held = {"certificate": {1: ""}}
    hall.tell()
    page = opened(1)
    at(page, "wait")
    state = origin.pages.pop("/state/1")
    status(page).to_have_text(WORDS["unreachable"])
    origin.pages["/state/1"] = state
    status(page).to_have_text("En attente de 2 : Gardien 2, Gardien 3.")


def test_a_server_that_answers_again_is_said_no_more_to_be_silent(
    hall: Hall, made: Ceremony, opened: Open, origin: Origin
) -> None:
    ready(hall, made)
    page = opened(1)
    at(page, "kept")
    state = origin.pages.pop("/state/1")
    status(page).to_have_text(WORDS["unreachable"])
    origin.pages["/state/1"] = state
    status(page).to_have_text("")
