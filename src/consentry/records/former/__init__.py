"""Natural keys in the language of the database, so that records are found again after their site was wiped."""
