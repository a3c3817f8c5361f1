"""The pages of the path."""
