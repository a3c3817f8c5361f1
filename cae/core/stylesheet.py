"""One style sheet for every page: Bootstrap with our palette, then our own files, each in its layer."""

import re
from pathlib import Path

from django.conf import settings

# Later layers win over earlier ones, whatever their selectors.
LAYERS = ("bootstrap", "base", "layout", "components", "print")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def sources(folder: Path) -> list[tuple[str, Path]]:
    """Each of our files with its layer, in the order of the sheet."""
    ours = [(name, folder / "css" / f"{name}.css") for name in ("base", "layout")]
    ours += [("components", path) for path in sorted((folder / "css" / "components").glob("*.css"))]
    return [*ours, ("print", folder / "css" / "print.css")]


def compiled(folder: Path) -> str:
    """The whole sheet as text."""
    import sass  # noqa: PLC0415  (comes with the `check` dependencies: the product runs without it)

    bootstrap = sass.compile(filename=str(folder / "scss" / "alveole.scss"), output_style="compressed")
    parts = [f"@layer {', '.join(LAYERS)};", (folder / "css" / "tokens.css").read_text()]
    parts.append(f"@layer bootstrap {{\n{bootstrap.lstrip(chr(0xFEFF))}}}\n")
    parts += [f"@layer {layer} {{\n{path.read_text()}}}\n" for layer, path in sources(folder)]
    return COMMENT.sub("", "\n".join(parts))


def static_folder() -> Path:
    """Where the sources and the result stand."""
    return Path(settings.BASE_DIR) / "static"


def built_file() -> Path:
    """The sheet that pages load, committed."""
    return static_folder() / "build" / "alveole.css"
