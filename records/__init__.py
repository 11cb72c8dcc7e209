"""The records room: everything final, found, listed and carried out by the year."""
