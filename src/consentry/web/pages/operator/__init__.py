"""Pages of the operator's desk."""
