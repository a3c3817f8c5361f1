"""What the path does."""
