"""The ground rules: compliance, psychological safety and procedure, in editions, and who acknowledged which."""
