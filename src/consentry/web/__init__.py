"""Pages for people: forms, templates, static files. Translation only."""
