"""First lines of a rule set by legal form (governance.md §2.2): a draft that somebody confirms line by line.

A line without a source stays empty. `to_check`: the source itself waits to be confirmed by the trade."""

from __future__ import annotations

from dataclasses import dataclass

from governance.calculations.rules import KEYS


@dataclass(frozen=True)
class PresetLine:
    """What a preset says of a key, and where it was read."""

    value: str = ""
    source: str = ""
    to_check: bool = False


_MODEL = "Statuts types de Scop SARL"
_COOPERATIVES = "Loi 47-1775"
_SCOP = "Loi 78-763"


def _decisions(kind: str, first: PresetLine, second: PresetLine) -> dict[str, PresetLine]:
    return {f"decision.{kind}.1": first, f"decision.{kind}.2": second}


_ALL = "none all_members 1/2 strict"
_PRESENT = "none present_or_represented 1/2 strict"
_EXPRESSED = "none expressed 1/2 strict"

# What the law of cooperatives and the conventions of the house say, whatever the form.
_COMMON: dict[str, PresetLine] = {
    "quorum_base": PresetLine("voting", "", to_check=True),
    "proxy_holders": PresetLine("associates", _SCOP),
    "proxy_cap": PresetLine("legal", _SCOP),
    "proxy_later": PresetLine("replaces", "", to_check=True),
    "refund_years": PresetLine("5", f"{_COOPERATIVES}, statuts types art. 18"),
    "capital_floor": PresetLine("1/4", f"{_COOPERATIVES}, statuts types art. 18"),
}
# Written for a Scop; whether it holds for another cooperative waits for a source.
_OTHERS: dict[str, PresetLine] = _COMMON | {
    "proxy_holders": PresetLine("associates", _COOPERATIVES, to_check=True),
    "proxy_cap": PresetLine("legal", _SCOP, to_check=True),
}
_SARL_DECISIONS: dict[str, PresetLine] = (
    _decisions(
        "ordinary",
        PresetLine(_ALL, f"{_MODEL}, art. 26-31"),
        PresetLine(_EXPRESSED, "Code de commerce, L223-29", to_check=True),
    )
    | _decisions(
        "extraordinary",
        PresetLine("3/4 present_or_represented 3/4 at_least", f"{_MODEL}, art. 26-31"),
        PresetLine("1/2 present_or_represented 3/4 at_least", f"{_MODEL}, art. 26-31"),
    )
    | _decisions(
        "manager_election",
        PresetLine(_ALL, f"{_MODEL}, art. 26-31"),
        PresetLine(_PRESENT, f"{_MODEL}, art. 26-31"),
    )
    | _decisions(
        "manager_removal",
        PresetLine(_ALL, f"{_MODEL}, art. 26-31", to_check=True),
        PresetLine(_ALL, f"{_MODEL}, art. 26-31", to_check=True),
    )
    | _decisions(
        "board_election",
        PresetLine(_ALL, f"{_MODEL}, art. 26-31", to_check=True),
        PresetLine(_EXPRESSED, "Code de commerce, L223-29", to_check=True),
    )
    | _decisions(
        "admission",
        PresetLine(_ALL, f"{_SCOP}, art. 7-9", to_check=True),
        PresetLine(_EXPRESSED, f"{_SCOP}, art. 7-9", to_check=True),
    )
)
_SARL_MANAGEMENT: dict[str, PresetLine] = {
    "manager_electorate": PresetLine("associates", _MODEL, to_check=True),
    "manager_ballot": PresetLine("secret", f"{_MODEL}, art. 26-31"),
    "manager_term_months": PresetLine("24", _MODEL, to_check=True),
}
_SARL_CONVENING: dict[str, PresetLine] = {
    "notice_days": PresetLine("15", f"{_MODEL}, art. 26-31"),
    "notice_form": PresetLine("letter", f"{_MODEL}, art. 26-31"),
    "additions_threshold": PresetLine("1/20", f"{_MODEL}, art. 26-31"),
    "additions_open_days": PresetLine("15", f"{_MODEL}, art. 26-31"),
    "additions_close_days": PresetLine("5", f"{_MODEL}, art. 26-31"),
    "blank_proxy": PresetLine("by_support", "LEGISCTA000006133481"),
    "suspension_days": PresetLine("30", _MODEL),
}
_SA_ORDINARY = (
    PresetLine("1/5 expressed 1/2 strict", "Code de commerce, L225-98", to_check=True),
    PresetLine(_EXPRESSED, "Code de commerce, L225-98", to_check=True),
)
_SA_DECISIONS: dict[str, PresetLine] = (
    _decisions("ordinary", *_SA_ORDINARY)
    | _decisions(
        "extraordinary",
        PresetLine("1/4 expressed 2/3 at_least", "Code de commerce, L225-96", to_check=True),
        PresetLine("1/5 expressed 2/3 at_least", "Code de commerce, L225-96", to_check=True),
    )
    | _decisions("board_election", *_SA_ORDINARY)
    | _decisions("admission", *_SA_ORDINARY)
)
_SA_CONVENING: dict[str, PresetLine] = {
    "notice_days": PresetLine("15", "Code de commerce", to_check=True),
    "blank_proxy": PresetLine("by_support", "LEGISCTA000006133481"),
}
_PRESETS: dict[str, dict[str, PresetLine]] = {
    "scop_sarl": _COMMON | _SARL_DECISIONS | _SARL_MANAGEMENT | _SARL_CONVENING,
    "scop_sa": _COMMON | _SA_DECISIONS | _SA_CONVENING,
    "scop_sas": _COMMON,
    "scic_sarl": _OTHERS | _SARL_DECISIONS | _SARL_CONVENING,
    "scic_sa": _OTHERS | _SA_DECISIONS | _SA_CONVENING,
    "scic_sas": _OTHERS,
    "cooperative": _OTHERS,
    # Its statutes say everything; it has no capital.
    "association": {},
}


def preset_of(form: str) -> dict[str, PresetLine]:
    """Gives a line for every key, in the order of the table; empty where no source speaks. Raises KeyError
    for an unknown form."""
    known = _PRESETS[form]
    return {key.code: known.get(key.code, PresetLine()) for key in KEYS}
