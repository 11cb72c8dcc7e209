"""The hour in the room: the views of an open meeting, what is written into it as it is said, its news, its closing."""
