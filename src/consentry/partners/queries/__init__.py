"""Questions about companies, apps and their credentials."""
