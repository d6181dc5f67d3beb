"""What the pages of registers are asked for and sent."""
