"""What the pages of the operator's desk show."""
