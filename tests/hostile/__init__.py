"""Files that were made to stop, hang, fill or mislead the reader, and what must become of each."""
