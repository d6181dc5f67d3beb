"""School > Data > Export > Attendance API Submissions: consent, what is sent, and what became of it."""
