"""What spans several domains in one go."""
