"""What each document of the room says."""
