"""What companies send."""
