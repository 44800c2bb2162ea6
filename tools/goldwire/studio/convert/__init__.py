"""Labels to Label Studio's results and back."""
