"""School > Data > Export > Attendance API Submissions, as templates/returns show it."""
