"""Days that the tests of purchases share."""

from datetime import date

TODAY = date(2026, 11, 27)
DUE = date(2026, 12, 27)
