"""What can be done in partners."""
