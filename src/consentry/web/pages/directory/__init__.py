"""Pages of the partner directory."""
