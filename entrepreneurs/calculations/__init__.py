"""The formulas of the path: dates and figures in, dates and figures out."""
