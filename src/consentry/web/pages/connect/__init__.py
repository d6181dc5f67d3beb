"""The connect link: an app sends somebody here, who signs in, sees what it asks for, and approves."""
