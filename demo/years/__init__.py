"""Two years and some months of みなも市 before the sample's own stories: what an office has behind it when it counts.

The year before last, the last one and this one until yesterday, as seen from the sample's today. A life (lives.py) is one
household from its first day on, a sitting (sittings.py) one meeting; both are plain data, made up from words.toml by the
same rules every time. planting*.py put them into the database, many rows at once.
"""
