"""Users, accounts at sites, business roles with their permissions, notifications."""
