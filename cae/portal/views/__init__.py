"""Common pages: the welcome, the home of each person, the activity in use, help."""
