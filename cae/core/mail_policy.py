"""The content policy under which a kept mail is shown: its own style sheet, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def policy_of(html: str, *, links: bool) -> str:
    """Names the mail's style sheets by their hash, so that no « unsafe » word is needed; `links`: they may
    open in the whole window."""
    styles = " ".join(f"'sha256-{_digest(sheet)}'" for sheet in _STYLE.findall(html)) or "'none'"
    sandbox = "sandbox allow-top-navigation-by-user-activation" if links else "sandbox"
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors 'self'; {sandbox}"
    )


def _digest(sheet: str) -> str:
    return base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
