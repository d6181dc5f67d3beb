"""School > Attendance > Registers: the registers of a day, one of them, and the marks of one pupil."""
