"""Before the meeting: finding a date, convening notices and requests, written inquiries, preparation sheets."""
