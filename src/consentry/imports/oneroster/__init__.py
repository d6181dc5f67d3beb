"""OneRoster 1.2 CSV: a zip of linked tables, taken whole (bulk)."""
