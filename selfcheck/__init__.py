"""Self-check (自己点検): once a year the office asks itself what the national survey asked, beside its figures."""
