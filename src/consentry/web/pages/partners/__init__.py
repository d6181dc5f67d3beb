"""Pages for companies that build apps: registering, and all that they do for their apps."""
