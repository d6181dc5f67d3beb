"""Files that schools bring: read as streams, judged line by line, applied whole or not at all."""
