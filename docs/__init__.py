"""The documentation, and the program that writes docs/reference from the code."""
