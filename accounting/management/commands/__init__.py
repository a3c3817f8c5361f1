"""Commands of the books, run by hand or by a scheduler."""
