"""Attendance marks from CSV: `upn,date,session,code[,minutes_late]`."""
