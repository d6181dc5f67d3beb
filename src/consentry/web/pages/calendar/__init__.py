"""School > School Calendar: a school year as a picture, what was entered into it, and entering it."""
