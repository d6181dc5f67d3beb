"""Files to take away: the same table as CSV and as XLSX, both safe to open in a spreadsheet."""
