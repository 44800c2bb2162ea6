"""What the outputs of known libraries mean."""
