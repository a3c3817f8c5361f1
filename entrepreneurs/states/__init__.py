"""The closed lists and tables of moves of the path: a module a subject."""
