"""Today, for each of the three people; and the office's own pages."""
