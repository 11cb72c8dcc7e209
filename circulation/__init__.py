"""The draft of the minutes goes round (回覧): agreement, corrections, dissent, and what became of each."""
