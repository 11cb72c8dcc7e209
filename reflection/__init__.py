"""Reflection (ふりかえり): one minute after each meeting, anonymous by construction.

What is kept cannot be led back to a person, neither by the database nor by the order of time; results are shown from five
answers up, as a trend of the office, never of a person.
"""
