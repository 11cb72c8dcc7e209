"""After the meeting: who was asked, who has answered, what goes on, what the next meeting must take up."""
