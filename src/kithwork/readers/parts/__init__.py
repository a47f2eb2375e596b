"""What readers are made of: modules that several of them share."""
