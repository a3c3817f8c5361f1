"""Questions asked to the books."""
