"""From an ask and what it may see to one SQL text in which PostgreSQL builds the JSON. No row passes through Python."""
