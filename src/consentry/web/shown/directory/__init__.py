"""What the pages of the partner directory show."""
