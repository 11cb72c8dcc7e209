"""Who the people of a case are: names, addresses, birth dates, kept apart from the case and sealed at rest."""
