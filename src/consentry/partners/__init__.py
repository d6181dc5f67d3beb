"""Companies, their apps, credentials, and the permission sets that apps ask of every school."""
