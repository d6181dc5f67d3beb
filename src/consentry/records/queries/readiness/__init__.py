"""What an app's sync may need of a school's records: how many records there are to look at, and which of them fail."""
