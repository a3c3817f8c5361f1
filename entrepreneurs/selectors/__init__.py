"""What the path answers."""
