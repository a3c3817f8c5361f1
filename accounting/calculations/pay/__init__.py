"""Simulated pay: pure functions over what the official rules say (pay-and-contribution.md, part two)."""
