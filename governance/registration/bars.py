"""The bar of tabs of « Gouvernance », which bodies, minutes and turnout share (cae.core.tab_bars)."""

from governance.states.bodies import GOVERNANCE_BAR

GOVERNANCE = GOVERNANCE_BAR
