"""Writing records: every write belongs to one numbered revision of its school."""
