"""The records room: everything final, findable, filed, listed and taken out by the year."""
