"""People who sign in, their office roles, and their sign-ins."""
