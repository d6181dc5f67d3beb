"""What is sent in the partner directory."""
