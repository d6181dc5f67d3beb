"""What can be done in connections."""
