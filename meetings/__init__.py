"""The meeting: planned, seated, opened, captured, closed, and its minutes."""
