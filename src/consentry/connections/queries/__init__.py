"""What can be asked about a site's connections: one file a question, each inside `reading(school)` by the caller."""
