"""What can be done in people."""
