"""Groups in the editor without a script: moved, copied, removed, put back; lines that pass a heading."""

from __future__ import annotations

from typing import Any

import pytest

from entrepreneurs.models import Activity
from invoicing.forms.groups import group_after, group_of, line_after, restored
from invoicing.forms.rows import as_typed
from invoicing.models import Customer, Quote
from people.models import User
from tests.factories import invoicing as sales
from tests.invoicing.pages import draft_form, line, url
from tests.pages import client_of, text

Row = dict[str, Any]


def rows_of(told: str) -> list[Row]:
    """« a |Un b c |!Deux d »: labels; |U opens a group on the next row, |!U a variant."""
    found: list[Row] = []
    heading: Row = {"group_title": "", "choice": "", "proposed": ""}
    for word in told.split():
        if word.startswith("|"):
            title = word.strip("|!")
            heading = {"group_title": title, "choice": "Formule" if "!" in word else "", "proposed": ""}
            continue
        found.append({"label": word} | heading)
        heading = {"group_title": "", "choice": "", "proposed": ""}
    return found


def told(rows: list[Row]) -> str:
    words = []
    for row in rows:
        if row["group_title"]:
            words.append(("|!" if row["choice"] else "|") + row["group_title"])
        words.append(row["label"])
    return " ".join(words)


@pytest.mark.parametrize(
    ("before", "place", "verb", "after", "to"),
    [
        ("|U a b |V c", 2, "up", "|V c |U a b", 0),
        ("|U a b |V c", 1, "down", "|V c |U a b", 1),
        ("|U a |V b c |W d", 0, "down", "|V b c |U a |W d", 2),
        ("|U a b |V c |W d e", 4, "up", "|U a b |W d e |V c", 2),
        ("|U a |!V b c |!W d", 3, "up", "|U a |!W d |!V b c", 1),
        ("|!V b |!W c d |U a", 3, "up", "|!V b |U a |!W c d", 1),
        ("|U a |V b", 0, "up", "|U a |V b", 0),
        ("|U a |V b", 1, "down", "|U a |V b", 1),
        ("a |U b |V c", 1, "up", "a |U b |V c", 1),
        ("a |U b", 0, "down", "a |U b", 0),
        ("|U a b |V c", 1, "copy", "|U a b |U a b |V c", 2),
        ("|U a b |V c", 1, "remove", "|V c", 0),
        ("a |U b c", 2, "remove", "a", 0),
        ("|U b c", 0, "remove", "", 0),
        ("a", 0, "remove", "a", 0),
    ],
)
def test_a_group_goes_whole(before: str, place: int, verb: str, after: str, to: int) -> None:
    rows, stands = group_after(rows_of(before), place, verb)
    assert (told(rows), stands) == (after, to)


def test_the_copy_of_a_variant_is_not_proposed_too() -> None:
    rows = rows_of("|!V a b")
    rows[0]["proposed"] = "on"
    assert [row["proposed"] for row in group_after(rows, 0, "copy")[0]] == ["on", "", "", ""]


@pytest.mark.parametrize(
    ("before", "place", "step", "after", "to"),
    [
        ("a b c", 2, -1, "a c b", 1),
        ("a b c", 0, 1, "b a c", 1),
        ("a b", 0, -1, "a b", 0),
        ("a b", 1, 1, "a b", 1),
        ("|U a b", 0, 1, "|U b a", 1),
        ("|U a b", 1, -1, "|U b a", 0),
        ("|U a b |V c d", 1, 1, "|U a |V b c d", 1),
        ("|U a b |V c d", 2, -1, "|U a b c |V d", 2),
        ("|U a b", 0, -1, "a |U b", 0),
        ("a |U b", 0, 1, "|U a b", 0),
        ("|U a |V b", 1, -1, "|V b |U a", 0),
        ("|U a |V b", 0, 1, "|V b |U a", 1),
        ("|U a |V b", 0, -1, "|U a |V b", 0),
        ("a |U b", 1, -1, "|U b a", 0),
        ("|U a b |!V c d", 1, 1, "|U a |!V b c d", 1),
    ],
)
def test_a_line_passes_headings_one_by_one(before: str, place: int, step: int, after: str, to: int) -> None:
    rows, stands = line_after(rows_of(before), place, step)
    assert (told(rows), stands) == (after, to)


@pytest.mark.parametrize("before", ["|U a b |V c d", "a |U b c |V d", "|U a |V b |W c"])
def test_a_step_back_undoes_a_step_of_a_line(before: str) -> None:
    for place in range(3):
        rows, to = line_after(rows_of(before), place, 1)
        if told(rows) != before:
            assert told(line_after(rows, to, -1)[0]) == before


def test_what_was_removed_comes_back_with_its_heading() -> None:
    rows = rows_of("|U a b |V c")
    gone = rows_of("|U a")
    assert told(restored(rows_of("|U b |V c"), gone, 0)) == "|U a b |V c"
    assert told(restored(rows_of("|V c"), rows[:2], 0)) == "|U a b |V c"
    assert told(restored(rows_of("|U a b"), rows[2:], 9)) == "|U a b |V c"


def test_every_line_is_of_the_group_above_it() -> None:
    rows = rows_of("a |U b c |V d")
    assert [list(group_of(rows, place)) for place in range(4)] == [[], [1, 2], [1, 2], [3]]


@pytest.fixture
def customer(shop: Activity) -> Customer:
    return sales.firm(shop)


def sent(told_rows: str, **values: str) -> dict[str, str]:
    rows = [line(place, **row) for place, row in enumerate(rows_of(told_rows))]
    return draft_form(*rows) | {"kind": "quote"} | values


def shown(response: Any) -> str:
    names = ("label", "group_title", "choice")
    return told([{name: form[name].value() or "" for name in names} for form in response.context["lines"]])


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
class TestPages:
    @pytest.mark.parametrize(
        ("act", "after", "focused"),
        [
            ("up_group-3", "|V c d |U a b", "id_lines-0-group_title"),
            ("down_group-0", "|V c d |U a b", "id_lines-2-group_title"),
            ("copy_group-0", "|U a b |U a b |V c d", "id_lines-2-group_title"),
            ("remove_group-0", "|V c d", "id_lines-0-label"),
            ("remove-0", "|U b |V c d", "id_lines-0-label"),
            ("down_group-99", "|U a b |V c d", "id_lines-3-group_title"),
        ],
    )
    def test_buttons_move_copy_and_remove_a_group(
        self, act: str, after: str, focused: str, seller: User, customer: Customer
    ) -> None:
        response = client_of(seller).post(url("quote_new"), sent("|U a b |V c d", do=act))
        assert shown(response) == after
        fields = [tag for tag in response.content.decode().split("<") if " autofocus" in tag]
        assert [f'id="{focused}"' in tag for tag in fields] == [True]
        assert not Quote.objects.exists()

    @pytest.mark.parametrize("act", ["remove_group-2", "remove_group-3", "remove-0", "remove-3"])
    def test_what_is_removed_comes_back_among_what_was_typed_since(
        self, act: str, seller: User, customer: Customer
    ) -> None:
        client = client_of(seller)
        page = client.post(url("quote_new"), sent("|U a b |V c d", do=act))
        done = page.context["editor"].done
        assert "supprimé" in text(page)
        assert done.undo.startswith("restore-")
        kept = shown(page).replace("b", "b2")
        back = client.post(url("quote_new"), sent(kept, do=done.undo, removed=done.removed))
        assert shown(back) == "|U a b2 |V c d"

    def test_a_paste_may_be_taken_away(self, seller: User, customer: Customer) -> None:
        client = client_of(seller)
        pasted = client.post(url("quote_new"), sent("|U a", do="paste", pasted="x\t1\t5\ny\t2\t6"))
        assert "2 lignes ajoutées" in text(pasted)
        act = pasted.context["editor"].done.undo
        assert shown(client.post(url("quote_new"), sent("|U a x y", do=act))) == "|U a"

    @pytest.mark.parametrize(
        ("rows", "at", "after"),
        [
            ("|U a b |V c", "", "|U a b |V c |L x y |M z"),
            ("|U a b |V c", "0", "|U a |L x y |M z b |V c"),
            ("|U a b |V c", "99", "|U a b |V c |L x y |M z"),
            ("|U a b |V c", "-1", "|U a b |V c |L x y |M z"),
        ],
    )
    def test_a_paste_comes_under_the_line_one_types_in_with_its_headings(
        self, rows: str, at: str, after: str, seller: User, customer: Customer
    ) -> None:
        sheet = "L\nx\t1\t5\ny\t2\t6\nM\t\t\nz\t3\t7"
        page = client_of(seller).post(url("quote_new"), sent(rows, do="paste", pasted=sheet, paste_at=at))
        assert shown(page) == after
        assert "3 lignes ajoutées" in text(page)

    def test_a_paste_takes_the_heading_that_has_no_line_yet(self, seller: User, customer: Customer) -> None:
        form = sent("a |U b", do="paste", pasted="x\t1\t5\ny\t2\t6", paste_at="1")
        form |= {"lines-1-label": "", "lines-1-unit_price": ""}
        assert shown(client_of(seller).post(url("quote_new"), form)) == "a |U x y"

    def test_words_alone_stay_lines_where_nothing_has_a_price(self, seller: User, customer: Customer) -> None:
        form = sent("a", do="paste", pasted="x\ny\nz")
        assert shown(client_of(seller).post(url("quote_new"), form)) == "a x y z"

    @pytest.mark.parametrize(
        "act", ["restore-", "restore-x", "unpaste-", "unpaste-0", "unpaste-7-x", "restore-0"]
    )
    def test_an_undo_that_says_nothing_changes_nothing(
        self, act: str, seller: User, customer: Customer
    ) -> None:
        form = sent("|U a b", do=act, removed="lines-TOTAL_FORMS=x&lines-0-label=z")
        assert shown(client_of(seller).post(url("quote_new"), form)) == "|U a b"

    def test_the_server_keeps_the_order_that_was_saved(self, seller: User, customer: Customer) -> None:
        client = client_of(seller)
        first = client.post(url("quote_new"), sent("|U a b |V c d", do="autosave")).json()
        form = sent("|V c d |U a b", do="autosave", version=str(first["version"]))
        quote = Quote.objects.get()
        form["form_key"] = str(quote.form_key)
        assert client.post(first["address"], form).json()["state"] == "saved"
        lines = quote.lines.order_by("position")
        assert [one.label for one in lines] == ["c", "d", "a", "b"]
        assert [one.group_title for one in lines] == ["V", "", "U", ""]
        assert as_typed([]) == "lines-TOTAL_FORMS=0"
