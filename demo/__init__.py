"""Sample data: みなも市, a city that does not exist, with its agencies, three households and their meetings.

Everything here is invented. Days are counted from today, so that the sample is never out of date.
"""
