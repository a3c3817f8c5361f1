"""Commands of the cooperative's life."""
