"""School > Programmes: courses and registration forms, and mending many of them in one go."""
