"""`./alveole reset`: deletes the demonstration's data, and nothing while something runs on it."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from cae.embedded.environment import uses_outside_servers
from cae.embedded.slots import EmbeddedError, Slot, SlotBusy, slot_folders

SLOTS = ("demo", "outside", "bench", "test")


def _existing_slots(name: str) -> list[Slot]:
    return [slot for folder in slot_folders(name) if (slot := Slot(folder)).folder.exists()]


def _size(folder: Path) -> str:
    used = sum(path.lstat().st_size for path in folder.rglob("*"))
    return f"{used / 1_000_000:.0f} MB"


def _acquire(slots: Sequence[Slot]) -> None:
    for slot in slots:
        try:
            slot.acquire()
        except SlotBusy:
            raise EmbeddedError(f"{slot.folder} is in use: stop ./alveole run first.") from None


def _agreed(folders: Sequence[Path]) -> bool:
    print("This deletes for good:")
    for folder in folders:
        print(f"  {folder} ({_size(folder)})")
    try:
        return input("Type yes to delete: ").strip().lower() in ("yes", "y", "oui", "o")
    except EOFError:
        return False


def reset(*, sure: bool) -> int:
    """Does: deletes the slots' folders. Refuses: while a run uses one. Leaves behind: nothing of the data."""
    if uses_outside_servers(os.environ):
        raise EmbeddedError("DATABASE_URL is set: reset deletes embedded data only, never that of a server.")
    slots = _existing_slots("demo")
    _acquire(slots)
    for name in SLOTS[1:]:
        for slot in _existing_slots(name):
            with contextlib.suppress(SlotBusy):
                slot.acquire(patience=0)
                slots.append(slot)
    if not slots:
        print("There is nothing to delete.")
        return 0
    folders = [slot.folder for slot in slots]
    if not sure and not _agreed(folders):
        print("Nothing was deleted.")
        return 1
    for slot in slots:
        shutil.rmtree(slot.folder)
        shutil.rmtree(slot.sockets, ignore_errors=True)
        slot.release()
    print(f"Deleted: {', '.join(str(folder) for folder in folders)}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./alveole reset", description="Deletes the demonstration's data.")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    try:
        return reset(sure=parser.parse_args(arguments).yes)
    except EmbeddedError as problem:
        print(f"alveole: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
