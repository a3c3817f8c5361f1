"""The platform as a folder: whole files only, each to one worker, nothing lost nor overwritten."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from invoicing.engines.exchange import Arrived, ExchangeDown, platform_of
from invoicing.engines.exchange import drop as drop_module
from invoicing.engines.exchange.absent import Absent
from invoicing.engines.exchange.drop import CLAIM_SECONDS, FileDrop


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def put(root: Path, name: str, content: bytes = b"x") -> Path:
    (root / "inbox").mkdir(parents=True, exist_ok=True)
    path = root / "inbox" / name
    path.write_bytes(content)
    return path


def test_a_file_leaves_whole_and_once(tmp_path: Path) -> None:
    platform = FileDrop(tmp_path)
    platform.submit_invoice("a.pdf", b"%PDF")
    platform.submit_invoice("a.pdf", b"%PDF")
    platform.submit_status("b.xml", b"<a/>")
    assert names(tmp_path / "outbox") == ["a.pdf", "b.xml"]
    assert (tmp_path / "outbox/a.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize("name", ["../a.pdf", "a/b.pdf", ".a.pdf", ""])
def test_a_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a file"):
        FileDrop(tmp_path / "drop").submit_invoice(name, b"x")
    assert not (tmp_path / "drop").exists()


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_bytes(b"a file where the folder should be")
    with pytest.raises(ExchangeDown):
        FileDrop(tmp_path).submit_invoice("a.pdf", b"%PDF")


def test_what_came_is_claimed_then_put_away(tmp_path: Path) -> None:
    put(tmp_path, "b.xml", b"<b/>")
    put(tmp_path, "a.xml", b"<a/>")
    platform = FileDrop(tmp_path)
    first, second = platform.fetch(10)
    assert (first.name, first.content) == ("a.xml", b"<a/>")
    assert names(tmp_path / "inbox") == []
    platform.keep(first)
    platform.refuse(second)
    assert names(tmp_path / "taking") == []
    assert [name.partition("--")[2] for name in names(tmp_path / "done")] == ["a.xml"]
    assert [name.partition("--")[2] for name in names(tmp_path / "error")] == ["b.xml"]


def test_the_same_name_later_overwrites_nothing(tmp_path: Path) -> None:
    platform = FileDrop(tmp_path)
    for content in (b"<a/>", b"<b/>"):
        put(tmp_path, "a.xml", content)
        for arrived in platform.fetch(10):
            platform.keep(arrived)
    assert sorted(path.read_bytes() for path in (tmp_path / "done").iterdir()) == [b"<a/>", b"<b/>"]


def test_what_is_being_written_waits(tmp_path: Path) -> None:
    for name in (".a.xml", "a.xml.part", "b.TMP", "c.filepart"):
        put(tmp_path, name)
    (tmp_path / "inbox/folder").mkdir()
    (tmp_path / "inbox/link.xml").symlink_to("/etc/hostname")
    assert list(FileDrop(tmp_path).fetch(10)) == []


def test_no_more_than_asked(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path, f"{number}.xml")
    assert len(list(FileDrop(tmp_path).fetch(3))) == 3
    assert names(tmp_path / "inbox") == ["3.xml", "4.xml"]


def test_a_file_too_big_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drop_module, "MOST_BYTES", 3)
    put(tmp_path, "a.pdf", b"%PDF")
    (arrived,) = FileDrop(tmp_path).fetch(10)
    assert arrived.content is None


def test_two_workers_take_each_file_once(tmp_path: Path) -> None:
    for number in range(60):
        put(tmp_path, f"{number:02}.xml", str(number).encode())
    with ThreadPoolExecutor(4) as pool:
        taken = [
            one for some in pool.map(lambda _n: list(FileDrop(tmp_path).fetch(60)), range(4)) for one in some
        ]
    assert sorted(one.name for one in taken) == [f"{number:02}.xml" for number in range(60)]


def test_what_a_dead_worker_had_claimed_comes_again(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", b"<a/>")
    platform = FileDrop(tmp_path)
    (lost,) = platform.fetch(10)
    assert list(platform.fetch(10)) == []
    long_ago = time.time() - CLAIM_SECONDS - 1
    os.utime(lost.ticket, (long_ago, long_ago))
    (found,) = platform.fetch(10)
    assert (found.name, found.content) == ("a.xml", b"<a/>")
    with pytest.raises(ExchangeDown):
        platform.keep(lost)
    platform.keep(found)


def test_a_claim_is_fresh_however_old_its_file(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xml")
    os.utime(path, (0, 0))
    platform = FileDrop(tmp_path)
    assert len(list(platform.fetch(10))) == 1
    assert list(platform.fetch(10)) == []


def test_the_setting_names_the_platform(tmp_path: Path) -> None:
    assert platform_of("").is_there is False
    found = platform_of(f"file://{tmp_path}/a%20b")
    assert isinstance(found, FileDrop)
    assert found.root == tmp_path / "a b"
    for url in ("https://pa.example", "file://host/folder", "file:folder"):
        with pytest.raises(ValueError, match="EXCHANGE_URL"):
            platform_of(url)


def test_without_platform_nothing_moves() -> None:
    absent = Absent()
    assert list(absent.fetch(10)) == []
    for verb in (absent.submit_invoice, absent.submit_status):
        with pytest.raises(ExchangeDown):
            verb("a", b"x")
    for put_away in (absent.keep, absent.refuse):
        with pytest.raises(ExchangeDown):
            put_away(Arrived("a", b"x", ""))
