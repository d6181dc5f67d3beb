"""What is sent at the operator's desk."""
