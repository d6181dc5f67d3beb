"""The databases that are measured: one school of 1,500 pupils with a year of marks, and the same among 200 schools."""
