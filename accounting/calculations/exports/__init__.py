"""Entries as accounting programs read them: lines, grouping, the text of each layout."""
