"""Applying a parsed file to the records: staged, compared by sets, written with one revision."""
