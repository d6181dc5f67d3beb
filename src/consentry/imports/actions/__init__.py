"""What can be done with a file: each format is one use case."""
