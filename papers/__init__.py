"""Papers of a meeting beside its minutes: copies for those who may have them, the office's own forms, and the sheets for the wall and the file."""
