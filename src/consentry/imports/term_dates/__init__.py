"""Term dates, half terms, closures and openings from a CSV file."""
