"""A sheet is read whatever program wrote it; a line that is broken is kept with its fault, alone."""

from __future__ import annotations

import pytest

from cae.core.importing.files import Sheet, read_sheet
from cae.core.uploads import kind_of

HEAD = "Nom;Ville;Téléphone"


def lines(count: int) -> list[str]:
    return [f"Société Çelik {n};Orléans;05 56 00 00 {n:02d}" for n in range(count)]


def sheet(*rows: str, encoding: str = "utf-8", end: str = "\n") -> Sheet:
    return read_sheet(end.join([HEAD, *rows]).encode(encoding), "clients.csv")


def faults(read: Sheet) -> dict[int, str]:
    return {row.number: row.fault for row in read.rows if row.fault}


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old-mac"])
def test_encodings_and_ends_of_line(encoding: str, said: str, end: str) -> None:
    read = sheet(*lines(3), encoding=encoding, end=end)
    assert read.header == ("Nom", "Ville", "Téléphone")
    assert read.rows[0].cells == ("Société Çelik 0", "Orléans", "05 56 00 00 00")
    assert [row.number for row in read.rows] == [2, 3, 4]
    assert read.reading == f"{said}, point-virgule"


@pytest.mark.parametrize(
    ("separator", "said"), [(";", "point-virgule"), (",", "virgule"), ("\t", "tabulation")]
)
def test_the_separator_is_guessed(separator: str, said: str) -> None:
    text = f'"Nom, prénom; usage"{separator}Ville\n"Çelik, Noé"{separator}Lyon\n'
    read = read_sheet(text.encode(), "x.csv")
    assert read.header == ("Nom, prénom; usage", "Ville")
    assert read.rows[0].cells == ("Çelik, Noé", "Lyon")
    assert read.reading.endswith(said)


def test_a_separator_that_excel_declares_is_believed() -> None:
    read = read_sheet(b"sep=,\nNom,a;b;c\nA,1\n", "x.csv")
    assert read.header == ("Nom", "a;b;c")
    assert read.rows[0].number == 3


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b'"Soci\xe9t\xe9 sans fin;Lyon;04', "jamais fermé"),
        (b"Soci\xe9t\xe9;Lyon;04;de;trop", "5 cellules"),
        (b"Illisible \x81\x8d;Lyon;04", "illisible"),
    ],
    ids=["open-quote", "too-many-cells", "no-character"],
)
def test_one_broken_line_of_forty_is_alone_to_stay_aside(broken: bytes, said: str) -> None:
    rows = [line.encode("cp1252") for line in lines(40)]
    rows[17] = broken
    read = read_sheet(b"\r\n".join([HEAD.encode("cp1252"), *rows, b""]), "clients.csv")
    assert len(read.rows) == 40
    assert list(faults(read)) == [19]
    assert said in faults(read)[19]
    assert read.rows[39].cells[0] == "Société Çelik 39"


def test_one_line_in_another_encoding_does_not_spoil_the_accents_of_the_others() -> None:
    rows = [line.encode() for line in lines(5)]
    rows[2] = "Écrit ailleurs;Orléans;05".encode("cp1252")
    read = read_sheet(b"\n".join([HEAD.encode(), *rows]), "clients.csv")
    assert list(faults(read)) == [4]
    assert read.rows[4].cells[0] == "Société Çelik 4"


def test_a_cell_may_hold_quotes_separators_and_lines() -> None:
    read = sheet('"Au ""Bon Coin""; fils";"12 rue X\nBât. B";05', 'Café "Le Zinc";Lyon;04')
    assert read.rows[0].cells == ('Au "Bon Coin"; fils', "12 rue X\nBât. B", "05")
    assert read.rows[1].cells == ('Café "Le Zinc"', "Lyon", "04")
    assert [row.number for row in read.rows] == [2, 4]


def test_blank_lines_and_cells_that_lack_at_the_end_are_filled() -> None:
    read = sheet("", "A", "B;Lyon;;;;", ";;", "")
    assert [row.cells for row in read.rows] == [("A", "", ""), ("B", "Lyon", "")]
    assert faults(read) == {}


def test_columns_without_a_name_or_with_the_same_are_told_apart() -> None:
    read = read_sheet(b"Nom;;Nom;;\nA;B;C;;\n", "x.csv")
    assert read.header == ("Nom", "Colonne 2", "Nom (3)")
    assert read.rows[0].cells == ("A", "B", "C")


def test_the_guard_of_our_own_exports_is_taken_off() -> None:
    assert sheet("'=1+1;'+33 5;l'Œil").rows[0].cells == ("=1+1", "+33 5", "l'Œil")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\0", "programme"),
        ("MZ;Marque\n1;Zoé\n".encode(), "text"),
        (b"%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\0\0\0\0WEBP", "webp"),
        (b"PK\x03\x04", "zip"),
        (b"\0\0", "unknown"),
        (b"", "text"),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
