"""Cash of today, cash to come, habits, floors: pure."""
