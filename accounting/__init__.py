"""The books of the cooperative: accounts, journals, entries, contribution, and each activity's statement."""
