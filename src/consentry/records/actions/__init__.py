"""What can be done to records as a whole."""
