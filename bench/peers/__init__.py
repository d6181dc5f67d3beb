"""What this program is measured against; each serves the same records and fields from the same database."""
