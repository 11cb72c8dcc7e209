"""Yearly figures: each a small record (reports/figure.py) with its words, its one question to the database and the rows behind it.

To add one, write a function that gives its facts and put it into the list with `figure(...)`; pages, charts, exports, rows and the
benchmark take it from there.
"""
