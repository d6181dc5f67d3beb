"""What can be done to sites."""
