"""Compiles the translations with Babel, so that no machine needs gettext's tools to run."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_catalogues() -> list[Path]:
    """Does: writes each .mo that is older than its .po. Gives the files written."""
    written = []
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                with source.open("rb") as readable:
                    catalogue = read_po(readable, locale=source.parent.parent.name)
                with target.open("wb") as writable:
                    write_mo(writable, catalogue)
                written.append(target)
    return written
