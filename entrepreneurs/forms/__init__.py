"""What is typed on the path: a module a subject."""
