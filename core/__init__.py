"""The ground floor: database, settings, access, audit, forms, time. Nothing here knows what a meeting or a case is."""
