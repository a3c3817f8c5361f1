"""The texts of contracts and letters before any decision of the cooperative (ENT-22)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

_TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Origin:
    """A text of the house before any decision: its name, and whether it is that of a contract."""

    code: str
    label: Any
    of_contract: bool = False

    @property
    def body(self) -> str:
        return _text_of(self.code)


@cache
def _text_of(code: str) -> str:
    return (_TEXTS / f"{code}.txt").read_text(encoding="utf-8").strip()


AMENDMENT = "amendment"
WORK_CERTIFICATE, FAREWELL = "work_certificate", "farewell"
# A contract is written in French (C. trav. L1221-3): so are these texts, whoever reads the screens.
ORIGINS: dict[str, Origin] = {
    one.code: one
    for one in (
        Origin("support_agreement", _("Convention d’accompagnement"), of_contract=True),
        Origin("cape", _("CAPE"), of_contract=True),
        Origin("cesa", _("CESA"), of_contract=True),
        Origin("other", _("Autre contrat"), of_contract=True),
        Origin(AMENDMENT, _("Avenant"), of_contract=True),
        Origin("attestation", _("Attestation de contrat")),
        Origin("convocation", _("Invitation à faire le point")),
        # C. trav. L1234-19 and D1234-6: given to an employee at the end of the contract.
        Origin(WORK_CERTIFICATE, _("Certificat de travail")),
        Origin(FAREWELL, _("Fin d’accompagnement")),
    )
}
