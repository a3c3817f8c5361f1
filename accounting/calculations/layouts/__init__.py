"""Statements by layout: which accounts a line takes, what its formula says, what both come to."""
